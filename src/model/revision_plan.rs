//! A plan of revision with growing pauses, from the day of an examination, the hours of a week
//! and the topics. Nothing is drawn by lot: the same input gives the same plan. Its days become
//! actions, which can be moved like any other. Where there is too little time the plan says so.

mod days;

use jiff::civil::{Date, Weekday};

use super::text::{count, long_date};
use super::{Action, ActionState, Extra, Id, Layer, Owner};

/// Days between the first pass and each review. The numbers are a choice; that pauses grow is
/// what research supports.
pub const PAUSES: [i32; 5] = [1, 3, 7, 16, 35];
/// Mock papers, so many days before the examination.
pub const MOCKS: [i32; 3] = [42, 21, 7];
/// The most topics of a plan.
pub const MAX_TOPICS: usize = 100;
/// The furthest off an examination may be, in days.
pub const MAX_DAYS: i32 = 400;

/// What a plan is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The examination's name.
    pub exam: String,
    /// Its day.
    pub exam_date: Date,
    /// The first day of the plan.
    pub from: Date,
    /// Hours of revision a week.
    pub hours_a_week: u8,
    /// The day of the week that stays free.
    pub rest: Weekday,
    /// The topics.
    pub topics: Vec<Topic>,
}

/// Something to revise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its name.
    pub name: String,
    /// How sure the doctor feels of it, 1 (not at all) to 5.
    pub confidence: u8,
}

/// Why no plan can be made. Each says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The examination is today or past.
    #[error("The exam is not ahead. Check its date")]
    NotAhead,
    /// It is too far off.
    #[error("The exam is more than 400 days away. Start the plan later")]
    TooFar,
    /// No topics, or too many.
    #[error("A plan needs 1 to 100 topics")]
    Topics,
    /// A confidence out of range.
    #[error("Confidence is a number from 1 to 5")]
    Confidence,
    /// Hours out of range.
    #[error("Hours a week are a number from 1 to 60")]
    Hours,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The examination's name.
    pub exam: String,
    /// Its days of study, in order.
    pub days: Vec<StudyDay>,
    /// What the hours do not hold; nothing where all has its place.
    pub short: Option<Shortfall>,
}

/// One day of study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyDay {
    /// The day.
    pub date: Date,
    /// What is to be done.
    pub blocks: Vec<Block>,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub what: What,
    /// How long it takes.
    pub minutes: i32,
}

/// Sorts of study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The first pass through a topic, or a part of it.
    First(String),
    /// A review from memory and with questions, counted from 1.
    Review(String, usize),
    /// Questions to time, over everything so far.
    Timed,
    /// A mock paper.
    Mock,
}

/// What the hours do not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortfall {
    /// Topics that are not begun.
    pub topics: Vec<String>,
    /// Minutes that a topic was begun with and lacks.
    pub minutes: i32,
    /// Reviews that have no place.
    pub reviews: usize,
    /// Mock papers that have no place.
    pub mocks: usize,
    /// Hours a week with which all has its place, where 60 are enough.
    pub hours_needed: Option<u8>,
}

/// Makes a plan.
///
/// # Errors
/// What was asked for is out of range.
pub fn plan(wanted: &Wanted) -> Result<Plan, PlanError> {
    let ahead = (wanted.exam_date - wanted.from).get_days();
    if ahead <= 0 {
        return Err(PlanError::NotAhead);
    }
    if ahead > MAX_DAYS {
        return Err(PlanError::TooFar);
    }
    if !(1..=MAX_TOPICS).contains(&wanted.topics.len()) {
        return Err(PlanError::Topics);
    }
    if !wanted.topics.iter().all(|topic| (1..=5).contains(&topic.confidence)) {
        return Err(PlanError::Confidence);
    }
    if !(1..=60).contains(&wanted.hours_a_week) {
        return Err(PlanError::Hours);
    }
    let (days, mut short) = days::lay_out(wanted, wanted.hours_a_week);
    if let Some(short) = &mut short {
        let enough = |hours: &u8| days::lay_out(wanted, *hours).1.is_none();
        short.hours_needed = (wanted.hours_a_week + 1..=60).find(enough);
    }
    Ok(Plan { exam: wanted.exam.clone(), days, short })
}

impl Plan {
    /// All minutes of study.
    pub fn minutes(&self) -> i32 {
        self.days.iter().map(StudyDay::minutes).sum()
    }

    /// The plan in a sentence or two, with what it does not hold.
    pub fn words(&self) -> String {
        let hours = count(usize::try_from(self.minutes() / 60).unwrap_or(0), "hour");
        let days = count(self.days.len(), "day");
        let whole = match (self.days.first(), self.days.last()) {
            (Some(first), Some(last)) => {
                format!("{hours} on {days}, {} to {}.", long_date(first.date), long_date(last.date))
            }
            _ => "There is no day for study before the exam.".to_owned(),
        };
        match &self.short {
            Some(short) => format!("{whole} {}", short.words()),
            None => whole,
        }
    }

    /// An action for each day of study, for the doctor, in the layer that the caller chooses.
    pub fn actions(&self, person: Option<Id>, made: Date, layer: Layer) -> Vec<Action> {
        let action = |day: &StudyDay| Action {
            person,
            from: None,
            text: format!("Revise for {}: {}", self.exam, day.words()),
            owner: Owner::Them,
            due: Some(day.date),
            state: ActionState::Open,
            settled: None,
            due_typed: String::new(),
            reason: String::new(),
            layer,
            made,
            source_id: None,
            removed: None,
            extra: Extra::new(),
        };
        self.days.iter().map(action).collect()
    }
}

impl StudyDay {
    /// How long it takes.
    pub fn minutes(&self) -> i32 {
        self.blocks.iter().map(|block| block.minutes).sum()
    }

    /// "60 minutes. Renal, first pass (40); Cardiology, review 2 (20)".
    pub fn words(&self) -> String {
        let blocks: Vec<String> = self.blocks.iter().map(Block::words).collect();
        format!("{} minutes. {}", self.minutes(), blocks.join("; "))
    }
}

impl Block {
    /// "Renal, first pass (40)".
    pub fn words(&self) -> String {
        let what = match &self.what {
            What::First(topic) => format!("{topic}, first pass, two thirds of it questions"),
            What::Review(topic, number) => format!("{topic}, review {number} from memory"),
            What::Timed => "questions to time, all topics so far".to_owned(),
            What::Mock => "mock paper to time, then go through it".to_owned(),
        };
        format!("{what} ({})", self.minutes)
    }
}

impl Shortfall {
    /// What is missing, and what would hold it.
    pub fn words(&self) -> String {
        let mut missing = Vec::new();
        if !self.topics.is_empty() {
            missing.push(format!("no time for {}", self.topics.join(", ")));
        }
        if self.minutes > 0 {
            missing.push(format!("{} minutes of first passes missing", self.minutes));
        }
        if self.reviews > 0 {
            missing.push(format!("{} left out", count(self.reviews, "review")));
        }
        if self.mocks > 0 {
            missing.push(format!("{} left out", count(self.mocks, "mock paper")));
        }
        let mend = match self.hours_needed {
            Some(hours) => format!("About {hours} hours a week would hold it all."),
            None => "No number of hours a week holds it all: a later sitting might.".to_owned(),
        };
        format!("Too little time: {}. {mend}", missing.join(", "))
    }
}
