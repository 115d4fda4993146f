//! What is chosen for the places that two computers changed in a record, kept as a draft until it
//! is settled: the words of something new are typed words like any others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::inputs::Choice;
use crate::model::fields::Field;
use crate::model::id::Beside;
use crate::model::merge::Conflict;
use crate::model::{Id, Rev};

/// The side of a conflict that exactly these versions wrote.
pub fn side_of(conflict: &Conflict, revs: &[Rev]) -> Option<usize> {
    conflict.sides.iter().position(|side| side.revs == revs)
}

/// The choices for one record that is not settled yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settling {
    /// Whom the record is about: when they are erased, this goes too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Id>,
    /// What is chosen for each place, in the order of the places.
    pub choices: Vec<(Field, Choice)>,
}

impl Settling {
    /// The identity of the draft for a record: the record's own draft may hold other words.
    pub const fn draft_of(id: Id) -> Id {
        id.beside(Beside::Choices)
    }

    /// Takes what is chosen.
    pub fn of(about: Option<Id>, choices: &BTreeMap<Field, Choice>) -> Settling {
        let choices = choices.iter().map(|(field, choice)| (field.clone(), choice.clone()));
        Settling { about, choices: choices.collect() }
    }

    /// Reads one from a draft; nothing when the draft holds something else.
    pub fn read(bytes: &[u8]) -> Option<Settling> {
        serde_json::from_slice(bytes).ok()
    }

    /// As the content of a draft.
    ///
    /// # Errors
    /// None; the signature is that of the JSON library.
    pub fn write(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// What is chosen for each place.
    pub fn into_choices(self) -> BTreeMap<Field, Choice> {
        self.choices.into_iter().collect()
    }
}
