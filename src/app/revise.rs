//! A plan of revision while it is made: from the exam, its day, the hours of a week and the topics
//! to a preview, and from there to actions.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::natural_date::{self, Known};
use crate::model::revision_plan::{Plan, Topic, Wanted, plan};
use crate::model::{Id, Layer};

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviseAction {
    /// Show the form, for an exam of a person.
    Open(Id, String),
    /// Make the plan that is typed, to look at.
    Preview,
    /// Make actions of the plan that is shown.
    Keep,
    /// Leave the form.
    Cancel,
}

/// What is typed for a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviseForm {
    /// Whose.
    pub person: Id,
    /// For which exam.
    pub exam: String,
    /// The day of the exam, as typed.
    pub day: String,
    /// The day that was there to begin with.
    pub offered: String,
    /// Hours of a week, as typed.
    pub hours: String,
    /// The day of the week without revision.
    #[serde(serialize_with = "put_weekday", deserialize_with = "take_weekday")]
    pub rest: Weekday,
    /// The topics with how sure the doctor feels, 1 to 5.
    pub topics: Vec<(String, u8)>,
    /// Who reads the actions.
    pub layer: Layer,
    /// The topic that takes the keyboard at the next drawing.
    #[serde(skip)]
    pub go_to: Option<usize>,
    /// What was made of it; gone as soon as anything is changed.
    #[serde(skip)]
    pub shown: Option<Result<Plan, Wrong>>,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the field of its name")]
pub enum ReviseField {
    Day,
    Hours,
    Topics,
}

/// What has to be mended, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The field.
    pub field: ReviseField,
    /// What to do.
    pub words: String,
}

/// The days of the week to choose from.
pub const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "Monday"),
    (Weekday::Tuesday, "Tuesday"),
    (Weekday::Wednesday, "Wednesday"),
    (Weekday::Thursday, "Thursday"),
    (Weekday::Friday, "Friday"),
    (Weekday::Saturday, "Saturday"),
    (Weekday::Sunday, "Sunday"),
];

impl ReviseForm {
    /// A form for an exam, which begins with one empty topic.
    pub fn new(person: Id, exam: &str, day: String) -> ReviseForm {
        ReviseForm {
            person,
            exam: exam.to_owned(),
            offered: day.clone(),
            day,
            hours: "6".to_owned(),
            rest: Weekday::Sunday,
            topics: vec![(String::new(), 3)],
            layer: Layer::Shared,
            go_to: Some(0),
            shown: None,
        }
    }

    /// Whether anything was typed or chosen.
    pub fn is_changed(&self) -> bool {
        let began = ReviseForm::new(self.person, &self.exam, self.offered.clone());
        ReviseForm { go_to: began.go_to, shown: None, ..self.clone() } != began
    }

    /// The plan for what is typed, from tomorrow on.
    ///
    /// # Errors
    /// What to mend.
    pub fn plan(&self, today: Date, known: &Known) -> Result<Plan, Wrong> {
        let wrong = |field, words: String| Wrong { field, words };
        let day = natural_date::read(&self.day, today, known)
            .map_err(|error| wrong(ReviseField::Day, error.to_string()))?
            .ok_or_else(|| wrong(ReviseField::Day, "Type the day of the exam".to_owned()))?;
        let hours = self.hours.trim().parse().map_err(|_| {
            let words = "Hours a week are a whole number from 1 to 60";
            wrong(ReviseField::Hours, words.to_owned())
        })?;
        let topics = self.topics.iter().filter(|(name, _)| !name.trim().is_empty());
        let wanted = Wanted {
            exam: self.exam.clone(),
            exam_date: day.date,
            from: today.tomorrow().unwrap_or(today),
            hours_a_week: hours,
            rest: self.rest,
            topics: topics
                .map(|(name, confidence)| Topic {
                    name: name.split_whitespace().collect::<Vec<_>>().join(" "),
                    confidence: *confidence,
                })
                .collect(),
        };
        plan(&wanted).map_err(|error| {
            use crate::model::revision_plan::PlanError as E;
            let field = match error {
                E::NotAhead | E::TooFar => ReviseField::Day,
                E::Hours => ReviseField::Hours,
                E::Topics | E::Confidence => ReviseField::Topics,
            };
            wrong(field, error.to_string())
        })
    }
}

/// A day of the week as its number, Monday being 1.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is that of serde")]
fn put_weekday<S: Serializer>(day: &Weekday, serializer: S) -> Result<S::Ok, S::Error> {
    day.to_monday_one_offset().serialize(serializer)
}

fn take_weekday<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Weekday, D::Error> {
    let number = i8::deserialize(deserializer)?;
    Weekday::from_monday_one_offset(number).map_err(serde::de::Error::custom)
}
