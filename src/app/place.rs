//! Where the person stopped, in the record and in each conversation, for when they come back.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::inputs::{Caret, Inputs};
use super::letter::Topic;
use super::screen::Screen;
use super::state::Open;
use crate::model::Id;

/// The most conversations of which it is kept.
const MOST: usize = 50;

/// Where the person stopped: ids and numbers, nothing that was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The screen that was left; nothing in what earlier versions kept.
    #[serde(default)]
    pub screen: Option<Screen>,
    /// Where the caret was.
    pub carets: BTreeMap<Id, Caret>,
    /// Conversations whose time is stopped.
    pub stopped: BTreeSet<Id>,
    /// Whether a lock came before a file was set: it did not leave, and that is to be told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_sent: bool,
}

impl Place {
    /// What is to be remembered; of many conversations the newest.
    pub fn of(screen: &Screen, inputs: &Inputs) -> Place {
        let carets = inputs.carets.iter().rev().take(MOST);
        let stopped = inputs.stopped.iter().rev().take(MOST);
        Place {
            screen: Some(screen.clone()),
            carets: carets.map(|(id, caret)| (*id, caret.clone())).collect(),
            stopped: stopped.copied().collect(),
            not_sent: false,
        }
    }

    /// Takes up what is remembered; what is known from this run of the program is newer. Gives
    /// the screen that was left.
    pub fn take_up(self, inputs: &mut Inputs) -> Option<Screen> {
        for (id, caret) in self.carets {
            inputs.carets.entry(id).or_insert(caret);
        }
        inputs.stopped.extend(self.stopped);
        self.screen
    }
}

/// Whether what a screen shows is in the record.
pub fn is_there(screen: &Screen, open: &Open, inputs: &Inputs) -> bool {
    let journal = &open.journal;
    match screen {
        Screen::People(Some(id))
        | Screen::Choose(Some(id))
        | Screen::Summary(Some(id))
        | Screen::Pair(id)
        | Screen::Join(Some(id))
        | Screen::Reads(id)
        | Screen::Plan(id) => journal.person(*id).is_some(),
        Screen::Letter(
            Topic::Questions(_, id)
            | Topic::Handover(id)
            | Topic::AfterArcp(id)
            | Topic::Plan(id, _)
            | Topic::Held(id),
        ) => journal.person(*id).is_some(),
        Screen::Session(id) | Screen::Letter(Topic::Note(id)) => journal.held(*id).is_some(),
        Screen::History(id) | Screen::BothChanged(id) | Screen::Letter(Topic::Certificate(id)) => {
            journal.holds(*id)
        }
        Screen::TemplateEdit(id) => {
            inputs.edits.contains_key(id) || journal.own().templates.contains_key(id)
        }
        // What they show is gone with the lock.
        Screen::Send(_) | Screen::Received | Screen::Decide(_) => false,
        _ => true,
    }
}
