//! Requests of a person to see what is held about them: when they asked, by when the answer is due,
//! and when it was given.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::text::long_date;
use super::{Extra, Id};

/// A request to see what is held.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequest {
    /// Its identity in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The day it came.
    pub asked: Date,
    /// By when the answer is due, where it is another day than that of the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Date>,
    /// The day it was answered; open until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Date>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl AccessRequest {
    /// One calendar month after a day (`domain.md` 5.1): the same day of the next month, or its
    /// last day where it is shorter.
    pub fn month_after(asked: Date) -> Date {
        asked.checked_add(1.month()).unwrap_or(asked)
    }

    /// By when the answer is due.
    pub fn due(&self) -> Date {
        self.answer_by.unwrap_or_else(|| AccessRequest::month_after(self.asked))
    }

    /// Whether it waits for its answer.
    pub const fn is_open(&self) -> bool {
        self.answered.is_none()
    }

    /// "Asked on 20 November 2026".
    pub fn asked_words(&self) -> String {
        format!("Asked on {}", long_date(self.asked))
    }

    /// "Answer by 20 December 2026", "Answered on 3 December 2026".
    pub fn answer_words(&self) -> String {
        match self.answered {
            Some(day) => format!("Answered on {}", long_date(day)),
            None => format!("Answer by {}", long_date(self.due())),
        }
    }
}
