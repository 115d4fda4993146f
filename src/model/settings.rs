//! Settings that belong to the record and travel with it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::session::Role;
use super::{Extra, Id, Person};

/// What the owner of the record has set. How the window looks is not here: it belongs to the
/// computer and must be known before the record is unlocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The owner's name, as it stands on a summary.
    pub your_name: String,
    /// Supervisor or doctor.
    pub role: Role,
    /// What a supervised doctor is called ("resident doctor", "registrar", "trainee").
    pub noun: String,
    /// Minutes without a key or a click after which the record locks.
    pub idle_minutes: u16,
    /// What the owner thinks of templates and modules, by [`Mark::of_template`] and
    /// [`Mark::of_module`].
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub library: BTreeMap<String, Mark>,
    /// Words that are spelled as the owner wants them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub own_words: Vec<String>,
    /// Whether wording is checked for fairness while writing. Identifiers always are.
    #[serde(skip_serializing_if = "is_on")]
    pub check_wording: bool,
    /// Whether spelling is checked while writing.
    #[serde(skip_serializing_if = "is_on")]
    pub check_spelling: bool,
    /// Whether the journal asks a question of the day.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub daily_question: bool,
    /// The day of the last yearly look at who is kept, and until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<Date>,
    /// What the owner writes and chooses for their year as an educator.
    #[serde(skip_serializing_if = "Educator::is_empty")]
    pub educator: Educator,
    /// The days ahead of a doctor whose own record this is.
    #[serde(skip_serializing_if = "OwnDays::is_empty")]
    pub own: OwnDays,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn is_on(on: &bool) -> bool {
    *on
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            your_name: String::new(),
            role: Role::Supervisor,
            noun: "resident doctor".to_owned(),
            idle_minutes: 10,
            library: BTreeMap::new(),
            own_words: Vec::new(),
            check_wording: true,
            check_spelling: true,
            daily_question: false,
            looked_at: None,
            educator: Educator::default(),
            own: OwnDays::default(),
            extra: Extra::new(),
        }
    }
}

/// What a doctor counts down to in their own record. A supervisor's record holds the same of each
/// person; a doctor is none of the people in theirs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnDays {
    /// The next examination, in words ("PACES").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub exam: String,
    /// Its day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exam_date: Option<Date>,
    /// The day of the next ARCP panel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arcp_date: Option<Date>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl OwnDays {
    fn is_empty(&self) -> bool {
        *self == OwnDays::default()
    }
}

impl Settings {
    /// The owner as the person that a page about them is made from: their name and their days,
    /// and nothing else.
    pub fn owner(&self) -> Person {
        Person {
            name: self.your_name.clone(),
            next_exam: self.own.exam.clone(),
            exam_date: self.own.exam_date,
            arcp_date: self.own.arcp_date,
            ..Person::default()
        }
    }
}

/// What stands on the page of a year as an educator beside what is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Educator {
    /// Programmed activities for each doctor, in hundredths, where they are not the usual ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pa: Option<u16>,
    /// A change that the owner made.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub change: String,
    /// What comes next year.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next_year: String,
    /// The reflections of which a copy goes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reflections: Vec<Id>,
    /// Whether the coaching log gives each doctor a number.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub numbered: bool,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Educator {
    /// Programmed activities for each doctor, in hundredths: a quarter, unless another is typed.
    pub fn pa_each(&self) -> u16 {
        self.pa.unwrap_or(25)
    }

    fn is_empty(&self) -> bool {
        *self == Educator::default()
    }
}

/// What the owner of the record thinks of a template or a module. Nobody else reads it, and no
/// summary holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mark {
    /// It comes first in lists.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub star: bool,
    /// How useful it was, 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// What worked, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub worked: Vec<Worked>,
    /// A comment.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Something that worked, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worked {
    /// The day it was written.
    pub day: Date,
    /// The words.
    pub text: String,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Mark {
    /// The highest rating.
    pub const HIGHEST: u8 = 5;

    /// Under which name the mark of a template lies.
    pub fn of_template(id: &str) -> String {
        format!("template:{id}")
    }

    /// Under which name the mark of a module lies.
    pub fn of_module(id: &str) -> String {
        format!("module:{id}")
    }
}
