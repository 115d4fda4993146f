//! Actions: what was agreed, by whom, by when.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Extra, Id, Layer};

/// Why an action is dropped that was agreed and taken out again in the same conversation.
pub const TAKEN_OUT: &str = "Taken out while the conversation was written";

/// Something agreed. It comes up at the next conversation until it is done or dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// With whom it was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Id>,
    /// The conversation it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Id>,
    /// What will be done.
    pub text: String,
    /// Who does it.
    pub owner: Owner,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The same as it was typed, as long as it is no day that Cairn can read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub due_typed: String,
    /// How far it is.
    #[serde(default)]
    pub state: ActionState,
    /// The day it was last answered as done, part or dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Date>,
    /// Why it was dropped.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who reads it.
    pub layer: Layer,
    /// The day it was agreed.
    pub made: Date,
    /// The identity it had in the file it was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// When the plan or the import that made it was taken back. Its content stays in the versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Timestamp>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Who does an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The owner of this record.
    Me,
    /// The other person.
    Them,
}

/// How far an action is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionState {
    /// Not begun, or not yet asked about.
    #[default]
    Open,
    /// Begun; it comes up again.
    Part,
    /// Done.
    Done,
    /// Not to be done; a reason says why.
    Dropped,
}

impl Action {
    /// Whether it was taken out again where it was agreed, or with the plan or import that made it.
    pub fn is_taken_out(&self) -> bool {
        let dropped = self.state == ActionState::Dropped && self.reason == TAKEN_OUT;
        dropped || self.removed.is_some()
    }

    /// Whether it comes up again at the next conversation.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, ActionState::Open | ActionState::Part)
    }

    /// Whole days past the due day, when it is open and late.
    pub fn days_late(&self, today: Date) -> Option<i32> {
        let late = (today - self.due?).get_days();
        (self.is_open() && late > 0).then_some(late)
    }
}
