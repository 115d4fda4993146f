//! The places of an unlocked record.

use serde::{Deserialize, Serialize};

use super::letter::Topic;
use crate::model::{Id, Kind};

/// Where the person is. Ids and nothing else, none of them of what was written: it outlives a
/// lock, and the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Screen {
    /// What to do today.
    Today,
    /// The people, and the page of one of them.
    People(Option<Id>),
    /// Adding a person.
    AddPerson,
    /// Writing a template of one's own. It may not be saved yet.
    TemplateEdit(Id),
    /// Choosing a template, for a person or before one is chosen.
    Choose(Option<Id>),
    /// The learning modules, and the page of one of them, by its id.
    Learning(Option<String>),
    /// Which aims have which templates and modules.
    Coverage,
    /// The packs, and the page of one of them, by its id.
    Packs(Option<String>),
    /// Making a pack, and what leaves with it.
    MakePack,
    /// A file that was looked into, before it is taken in.
    BringIn,
    /// Bringing in people from a table.
    BringPeople,
    /// Bringing in notes from another program's file.
    BringNotes,
    /// The lists, and the page of one of them, by its id.
    Lists(Option<String>),
    /// A conversation or a reflection being written or read.
    Session(Id),
    /// The reflections.
    Journal,
    /// The ARCP summary of a person.
    Summary(Option<Id>),
    /// The boxes of a portfolio, filled from the summary of a person.
    Boxes(Id),
    /// What leaves before or after a meeting.
    Letter(Topic),
    /// The answers of a person that came back before a meeting.
    Answers(Id),
    /// The career plan with a person.
    Plan(Id),
    /// What is about to leave for a person.
    Send(Id),
    /// A file from somebody, before it is taken in.
    Received,
    /// What both changed, to be decided.
    Decide(Id),
    /// Pairing with a person: inviting them, and comparing four words.
    Pair(Id),
    /// Taking an invitation, of a person or of somebody new.
    Join(Option<Id>),
    /// Every word that a person can read.
    Reads(Id),
    /// The versions of a record.
    History(Id),
    /// What two computers changed in a record, to be settled.
    BothChanged(Id),
    /// What is known of unfair gaps, and what one can do.
    Fairness,
    /// Settings.
    Settings,
    /// Shortcuts, and where things are.
    Help,
}

/// The places of the rail, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// [`Screen::Today`]
    Today,
    /// [`Screen::People`]
    People,
    /// [`Screen::Journal`]
    Journal,
    /// [`Screen::Summary`]
    Summaries,
    /// [`Screen::Choose`] without a person.
    Templates,
    /// [`Screen::Fairness`]
    Fairness,
    /// [`Screen::Settings`]
    Settings,
    /// [`Screen::Help`]
    Help,
}

impl Screen {
    /// The record that the screen is about, if it is about one that has a history.
    pub const fn record(&self) -> Option<Id> {
        match self {
            Screen::People(id) => *id,
            Screen::Session(id)
            | Screen::TemplateEdit(id)
            | Screen::History(id)
            | Screen::BothChanged(id) => Some(*id),
            _ => None,
        }
    }

    /// The place of the rail that is marked while this screen is shown. `kind` is that of the
    /// record that the screen is about.
    pub const fn place(&self, kind: Option<Kind>) -> Place {
        match self {
            Screen::Today => Place::Today,
            Screen::Session(_) | Screen::History(_) | Screen::BothChanged(_)
                if matches!(kind, Some(Kind::Reflection)) =>
            {
                Place::Journal
            }
            Screen::History(_) | Screen::BothChanged(_)
                if matches!(kind, Some(Kind::Template | Kind::Pack | Kind::List)) =>
            {
                Place::Templates
            }
            Screen::Letter(Topic::Certificate(_)) => Place::Settings,
            Screen::Letter(Topic::Year(_) | Topic::Coaching(_)) => Place::Journal,
            Screen::People(_)
            | Screen::AddPerson
            | Screen::BringPeople
            | Screen::Choose(Some(_))
            | Screen::Letter(_)
            | Screen::Answers(_)
            | Screen::Plan(_)
            | Screen::Send(_)
            | Screen::Received
            | Screen::Decide(_)
            | Screen::Pair(_)
            | Screen::Join(_)
            | Screen::Reads(_)
            | Screen::Session(_)
            | Screen::History(_)
            | Screen::BothChanged(_) => Place::People,
            Screen::Journal | Screen::BringNotes => Place::Journal,
            Screen::Summary(_) | Screen::Boxes(_) => Place::Summaries,
            Screen::Choose(None)
            | Screen::TemplateEdit(_)
            | Screen::Learning(_)
            | Screen::Coverage
            | Screen::Packs(_)
            | Screen::MakePack
            | Screen::BringIn
            | Screen::Lists(_) => Place::Templates,
            Screen::Fairness => Place::Fairness,
            Screen::Settings => Place::Settings,
            Screen::Help => Place::Help,
        }
    }
}

impl Place {
    /// The places at the head of the rail.
    pub const HEAD: [Place; 6] = [
        Place::Today,
        Place::People,
        Place::Journal,
        Place::Summaries,
        Place::Templates,
        Place::Fairness,
    ];

    /// The places at the foot of the rail.
    pub const FOOT: [Place; 2] = [Place::Settings, Place::Help];

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Place::Today => "Today",
            Place::People => "People",
            Place::Journal => "Journal",
            Place::Summaries => "ARCP summaries",
            Place::Templates => "Templates",
            Place::Fairness => "Fairness",
            Place::Settings => "Settings",
            Place::Help => "Help",
        }
    }

    /// The screen that the rail opens.
    pub const fn screen(self) -> Screen {
        match self {
            Place::Today => Screen::Today,
            Place::People => Screen::People(None),
            Place::Journal => Screen::Journal,
            Place::Summaries => Screen::Summary(None),
            Place::Templates => Screen::Choose(None),
            Place::Fairness => Screen::Fairness,
            Place::Settings => Screen::Settings,
            Place::Help => Screen::Help,
        }
    }
}
