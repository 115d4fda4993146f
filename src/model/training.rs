//! What a programme of training is made of: posts, working time, time out, exams, goals.
//!
//! Every member of a list has an identity of its own, so that what two computers change merges
//! member by member. Those of earlier versions get one when they are next changed
//! ([`super::Person::give_ids`]).

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::text::{long_date, month};
use super::{Extra, Id, Layer};

/// One post in a programme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// Its identity in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The post, mostly its specialty ("acute medicine").
    pub post: String,
    /// Where ("Thornbury General").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub site: String,
    /// The first day.
    pub from: Date,
    /// The last day; nothing while it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// The clinical supervisor ("Dr Farah Osierly").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub supervisor: String,
    /// Whole-time equivalent in this post, in whole per cent; as the person's, where it is left
    /// out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wte: Option<u8>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A time of working less than full time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartTime {
    /// Its identity in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The first day.
    pub from: Date,
    /// The last day; nothing while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Whole-time equivalent in whole per cent.
    pub wte: u8,
    /// What the end date on record was reckoned with for this time; 100 where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u8>,
    /// Whether the end date on record already counts it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counted: bool,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A time away from training.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Its identity in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// What sort of time it is. Why is for the doctor to tell.
    pub kind: AbsenceKind,
    /// The first day.
    pub from: Date,
    /// The last day; nothing while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Whole days of training lost, a part of a day being one, where that is other than every
    /// day from the first to the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// Days of it that count as training all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rebate: Option<u16>,
    /// Whether the end date on record already counts it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counted: bool,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A sort of time away from training.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "`words` says what each is")]
pub enum AbsenceKind {
    #[default]
    Sickness,
    Parental,
    PhasedReturn,
    Unpaid,
    Paid,
    Unauthorised,
    Oopc,
    Oope,
    Oopp,
    Oopr,
    Oopt,
    Study,
    Annual,
    Shielding,
    /// In the doctor's words, or a sort of a newer version.
    #[serde(untagged)]
    Other(String),
}

/// An examination that is to be passed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exam {
    /// Its identity in the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// Its name ("MRCP(UK) PACES"); its attempts are found by it.
    pub name: String,
    /// The day of the next sitting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Date>,
    /// Whether that sitting is booked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub booked: bool,
    /// The most attempts that the college allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<u8>,
    /// The day of the rule that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap_of: Option<Date>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// One sitting of an examination.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attempt {
    /// Its identity in the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The name of the examination.
    pub exam: String,
    /// The day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What came of it.
    pub result: AttemptResult,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What came of an attempt.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "`words` says what each is")]
pub enum AttemptResult {
    #[default]
    Awaited,
    Passed,
    NotPassed,
    /// Booked and not there; many colleges count it.
    Absent,
    /// Taken back in time; it does not count.
    Withdrawn,
    /// In other words, or a result of a newer version.
    #[serde(untagged)]
    Other(String),
}

/// An ARCP panel that has sat.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastArcp {
    /// Its identity in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The day.
    pub date: Date,
    /// The outcome's code ("1", "10.1").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outcome: String,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What a doctor wants to reach over many conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// Its identity in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The words.
    pub text: String,
    /// The day it was set.
    pub since: Date,
    /// How far it is, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub progress: String,
    /// The day it was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Date>,
    /// The day it was given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped: Option<Date>,
    /// Why it was given up.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who reads it.
    #[serde(default = "narrowest")]
    pub layer: Layer,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

const fn narrowest() -> Layer {
    Layer::Private
}

/// A meeting that is arranged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its identity, kept when it is moved to another day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The day.
    pub date: Date,
    /// When it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// How long it is to take, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// Where.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The template it is to be held from, by its id in the library.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub template: String,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A person who went on to another supervisor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// The day.
    pub on: Date,
    /// To whom.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Placement {
    /// Whether a day lies in it.
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// The post and where it is: "acute medicine, Thornbury General".
    pub fn words(&self) -> String {
        let parts = [self.post.as_str(), self.site.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Its days: "5 August 2026 to 1 December 2026", "from 5 August 2026".
    pub fn days(&self) -> String {
        days(self.from, self.to)
    }
}

/// A time in words: "5 August 2026 to 1 December 2026", "from 5 August 2026".
pub fn days(from: Date, to: Option<Date>) -> String {
    match to {
        Some(to) => format!("{} to {}", long_date(from), long_date(to)),
        None => format!("from {}", long_date(from)),
    }
}

impl AbsenceKind {
    /// The sorts to choose from, the frequent ones first.
    pub const ALL: [AbsenceKind; 14] = [
        AbsenceKind::Sickness,
        AbsenceKind::Parental,
        AbsenceKind::PhasedReturn,
        AbsenceKind::Unpaid,
        AbsenceKind::Paid,
        AbsenceKind::Unauthorised,
        AbsenceKind::Oopc,
        AbsenceKind::Oope,
        AbsenceKind::Oopp,
        AbsenceKind::Oopr,
        AbsenceKind::Oopt,
        AbsenceKind::Study,
        AbsenceKind::Annual,
        AbsenceKind::Shielding,
    ];

    /// The words on screen.
    pub fn words(&self) -> &str {
        match self {
            AbsenceKind::Sickness => "Sickness",
            AbsenceKind::Parental => "Parental leave",
            AbsenceKind::PhasedReturn => "Phased return",
            AbsenceKind::Unpaid => "Unpaid leave",
            AbsenceKind::Paid => "Other paid leave",
            AbsenceKind::Unauthorised => "Unauthorised absence",
            AbsenceKind::Oopc => "Out of programme, career break (OOPC)",
            AbsenceKind::Oope => "Out of programme, experience (OOPE)",
            AbsenceKind::Oopp => "Out of programme, pause (OOPP)",
            AbsenceKind::Oopr => "Out of programme, research (OOPR)",
            AbsenceKind::Oopt => "Out of programme, training (OOPT)",
            AbsenceKind::Study => "Study leave",
            AbsenceKind::Annual => "Annual leave",
            AbsenceKind::Shielding => "Shielding",
            AbsenceKind::Other(words) => words,
        }
    }
}

impl AttemptResult {
    /// The results to choose from.
    pub const ALL: [AttemptResult; 5] = [
        AttemptResult::Awaited,
        AttemptResult::Passed,
        AttemptResult::NotPassed,
        AttemptResult::Absent,
        AttemptResult::Withdrawn,
    ];

    /// The words on screen.
    pub fn words(&self) -> &str {
        match self {
            AttemptResult::Awaited => "Result awaited",
            AttemptResult::Passed => "Passed",
            AttemptResult::NotPassed => "Not passed",
            AttemptResult::Absent => "Absent",
            AttemptResult::Withdrawn => "Withdrawn",
            AttemptResult::Other(words) => words,
        }
    }

    /// Whether the attempt uses one of those that the college allows.
    pub const fn counts(&self) -> bool {
        !matches!(self, AttemptResult::Withdrawn)
    }
}

impl Goal {
    /// Whether it is still followed.
    pub const fn is_open(&self) -> bool {
        self.done.is_none() && self.dropped.is_none()
    }
}

impl Exam {
    /// The cap with its rule: "At most 6, by the rule of January 2024".
    pub fn cap_words(&self) -> Option<String> {
        let cap = self.cap?;
        Some(match self.cap_of {
            Some(of) => {
                format!("At most {cap}, by the rule of {} {}", month(of.month()), of.year())
            }
            None => format!("At most {cap}. The rule has no date: check it with the college"),
        })
    }
}
