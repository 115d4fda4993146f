//! Where the person stopped in each conversation, for when they come back to it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::inputs::{Caret, Inputs};
use crate::model::Id;

/// The most conversations of which it is kept.
const MOST: usize = 50;

/// Where the person stopped: ids and numbers, nothing that was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Where the caret was.
    pub carets: BTreeMap<Id, Caret>,
    /// Conversations whose time is stopped.
    pub stopped: BTreeSet<Id>,
}

impl Place {
    /// What is to be remembered; of many conversations the newest.
    pub fn of(inputs: &Inputs) -> Place {
        let carets = inputs.carets.iter().rev().take(MOST);
        let stopped = inputs.stopped.iter().rev().take(MOST);
        Place {
            carets: carets.map(|(id, caret)| (*id, caret.clone())).collect(),
            stopped: stopped.copied().collect(),
        }
    }

    /// Takes up what is remembered; what is known from this run of the program is newer.
    pub fn take_up(self, inputs: &mut Inputs) {
        for (id, caret) in self.carets {
            inputs.carets.entry(id).or_insert(caret);
        }
        inputs.stopped.extend(self.stopped);
    }
}
