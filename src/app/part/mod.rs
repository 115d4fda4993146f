//! What is known of a person, changed a part at a time where it stands: a placement, an exam, the
//! next meeting. What is typed stays text until it is saved, so that nothing is lost by a date
//! that can't be read.

mod fill;
mod members;
mod read;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::natural_date::Known;
use crate::model::{Id, Layer, Person};

pub use fill::clock;
pub use members::title_of;

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartAction {
    /// Show the form for a part: of whom, which, and the place in its list, or a new one.
    Open(Id, Part, Option<usize>),
    /// Save what is typed.
    Save,
    /// Leave the form without saving.
    Cancel,
    /// Take the member out of its list.
    Remove,
    /// Say that a goal is reached, by its place in the list.
    Reached(Id, usize),
    /// Say that an access request is answered today, by its place in the list.
    Answered(Id, usize),
    /// Move somebody to past people, or bring them back.
    Archive(Id, bool),
    /// Show past people in the list, or the caseload again.
    ShowPast(bool),
}

/// A part of what is known of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "`title` says what each is")]
pub enum Part {
    Name,
    Supervises,
    Programme,
    Placement,
    PartTime,
    Absence,
    Exam,
    Attempt,
    Panel,
    Goal,
    DropGoal,
    Meeting,
    Adjustments,
    ToKnow,
    KeepUntil,
    HandedOver,
    Request,
}

/// A field of such a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "`label` says what each is")]
pub enum Slot {
    Name,
    ShortName,
    Say,
    As,
    Stage,
    Programme,
    PersonWte,
    Arcp,
    Cct,
    Post,
    Site,
    Supervisor,
    From,
    To,
    Wte,
    Before,
    Counted,
    Kind,
    Days,
    Rebate,
    Exam,
    Next,
    Booked,
    Cap,
    CapOf,
    AttemptOn,
    Result,
    PanelOn,
    Outcome,
    Goal,
    Progress,
    Reason,
    Day,
    Time,
    Minutes,
    Place,
    Template,
    Adjustments,
    ToKnow,
    KeepUntil,
    HandedOn,
    HandedTo,
    AskedOn,
    AnswerBy,
    AnsweredOn,
}

/// How a field is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// One line.
    Line,
    /// Several lines, in a layer.
    Lines(Option<Layer>),
    /// A day, as people say it.
    Day,
    /// A whole number, a time: short.
    Short,
    /// Yes or no.
    Yes,
    /// One of several.
    Choice,
}

/// What is typed about a part of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartForm {
    /// Whose.
    pub person: Id,
    /// Which part.
    pub part: Part,
    /// The place in its list; nothing for a new member and for what is no list.
    pub at: Option<usize>,
    /// The person when the form was opened.
    pub before: Box<Person>,
    /// What is typed.
    pub typed: BTreeMap<Slot, String>,
    /// What was there to begin with.
    pub began: BTreeMap<Slot, String>,
    /// Whether it was tried to save, so that what is wrong is shown.
    #[serde(skip)]
    pub tried: bool,
    /// The field that takes the keyboard at the next drawing.
    #[serde(skip)]
    pub go_to: Option<Slot>,
}

/// What is wrong, by field, each with what to do.
pub type Problems = BTreeMap<Slot, String>;

/// What a form is read with.
#[derive(Debug, Clone, Copy)]
pub struct ReadOn<'a> {
    /// Today.
    pub today: Date,
    /// The days that have a name.
    pub known: &'a Known,
}

/// What stands for yes.
pub const YES: &str = "yes";

impl Part {
    /// The heading of its form for a new one, and for one that is there.
    pub const fn title(self, new: bool) -> &'static str {
        match (self, new) {
            (Part::Name, _) => "Name and post",
            (Part::Supervises, _) => "Name and role",
            (Part::Programme, _) => "End of the programme",
            (Part::Placement, true) => "Add a placement",
            (Part::Placement, false) => "Placement",
            (Part::PartTime, true) => "Add a time less than full time",
            (Part::PartTime, false) => "Less than full time",
            (Part::Absence, true) => "Add a time away",
            (Part::Absence, false) => "Time away",
            (Part::Exam, true) => "Add an exam",
            (Part::Exam, false) => "Exam",
            (Part::Attempt, true) => "Add an attempt",
            (Part::Attempt, false) => "Attempt",
            (Part::Panel, true) => "Add a panel that has sat",
            (Part::Panel, false) => "ARCP panel",
            (Part::Goal, true) => "Add a goal",
            (Part::Goal, false) => "Goal",
            (Part::DropGoal, _) => "Drop this goal",
            (Part::Meeting, _) => "Next meeting",
            (Part::Adjustments, _) => "Adjustments",
            (Part::ToKnow, _) => "What to know",
            (Part::KeepUntil, _) => "Keep until",
            (Part::HandedOver, _) => "Handed over",
            (Part::Request, true) => "Add an access request",
            (Part::Request, false) => "Access request",
        }
    }

    /// The fields, in the order of the form.
    pub const fn slots(self) -> &'static [Slot] {
        use Slot as S;
        match self {
            Part::Name => &[S::Name, S::ShortName, S::Say, S::Stage, S::Programme, S::PersonWte],
            Part::Supervises => &[S::Name, S::ShortName, S::Say, S::As, S::From, S::To],
            Part::Programme => &[S::Arcp, S::Cct],
            Part::Placement => &[S::Post, S::Site, S::From, S::To, S::Supervisor, S::Wte],
            Part::PartTime => &[S::Wte, S::From, S::To, S::Before, S::Counted],
            Part::Absence => &[S::Kind, S::From, S::To, S::Days, S::Rebate, S::Counted],
            Part::Exam => &[S::Exam, S::Next, S::Booked, S::Cap, S::CapOf],
            Part::Attempt => &[S::Exam, S::AttemptOn, S::Result],
            Part::Panel => &[S::PanelOn, S::Outcome],
            Part::Goal => &[S::Goal, S::Progress, S::Kind],
            Part::DropGoal => &[S::Reason],
            Part::Meeting => &[S::Day, S::Time, S::Minutes, S::Place, S::Template],
            Part::Adjustments => &[S::Adjustments],
            Part::ToKnow => &[S::ToKnow],
            Part::KeepUntil => &[S::KeepUntil],
            Part::HandedOver => &[S::HandedOn, S::HandedTo],
            Part::Request => &[S::AskedOn, S::AnswerBy, S::AnsweredOn],
        }
    }

    /// Whether it is a member of a list, or may be missing: then it can be taken out.
    pub const fn can_go(self) -> bool {
        matches!(
            self,
            Part::Placement
                | Part::PartTime
                | Part::Absence
                | Part::Exam
                | Part::Attempt
                | Part::Panel
                | Part::Goal
                | Part::Meeting
                | Part::Request
        )
    }
}

impl Slot {
    /// The label and the hint below it.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Slot::Name => ("Name", "As the person wants to be called"),
            Slot::ShortName => ("Short name", "Used in sentences, for example Amina"),
            Slot::Say => ("How to say it", "For example, ah-MEE-nah"),
            Slot::As => ("Role", "For example, educational supervisor"),
            Slot::Stage => ("Stage", "For example, IMT2"),
            Slot::Programme => ("Programme", "For example, acute medicine"),
            Slot::PersonWte => ("Working time, in per cent", "100 is full time"),
            Slot::Arcp => ("ARCP date", "For example, 9 June 2027, or in 6 weeks"),
            Slot::Cct => ("End date on record", "The CCT date, or the last day of the programme"),
            Slot::Post => ("Post", "For example, acute medicine"),
            Slot::Site => ("Where", ""),
            Slot::Supervisor => ("Clinical supervisor", ""),
            Slot::From => ("First day", "For example, 5 August 2026"),
            Slot::To => ("Last day", "Empty while it is not known"),
            Slot::Wte => ("Working time, in per cent", "100 is full time"),
            Slot::Before => ("Instead of, in per cent", "100 where it stays empty"),
            Slot::Counted => ("The end date on record counts it already", ""),
            Slot::Kind => ("Sort", ""),
            Slot::Days => ("Days lost", "Only where not every day between was lost"),
            Slot::Rebate => ("Days of it that count as training", ""),
            Slot::Exam => ("Exam", "For example, MRCP(UK) PACES"),
            Slot::Next => ("Next sitting", "For example, 20 February 2027"),
            Slot::Booked => ("It is booked", ""),
            Slot::Cap => ("Attempts allowed", "As the college says; may stay empty"),
            Slot::CapOf => ("Date of that rule", "A rule without a date is said to have none"),
            Slot::AttemptOn => ("Day of the attempt", "May stay empty"),
            Slot::Result => ("Result", ""),
            Slot::PanelOn => ("Day of the panel", ""),
            Slot::Outcome => ("Outcome", "Its code, for example 1 or 10.1"),
            Slot::Goal => ("Goal", ""),
            Slot::Progress => ("How far it is", "In words"),
            Slot::Reason => ("Why will it not be followed?", ""),
            Slot::Day => ("Day", "For example, next Friday or 4 December"),
            Slot::Time => ("Time", "For example, 14:30"),
            Slot::Minutes => ("Minutes", "For example, 40"),
            Slot::Place => ("Place", ""),
            Slot::Template => ("From which template", ""),
            Slot::Adjustments => {
                ("Adjustments", "In the doctor’s own words. The reasons are theirs to tell")
            }
            Slot::ToKnow => ("What to know", "Not secret from the law"),
            Slot::KeepUntil => ("Keep the record about them until", "For example, 31 August 2028"),
            Slot::HandedOn => ("Day of the handover", ""),
            Slot::HandedTo => ("To whom", ""),
            Slot::AskedOn => ("Day they asked", "Any form of words counts"),
            Slot::AnswerBy => ("Answer by", "Empty for one calendar month"),
            Slot::AnsweredOn => ("Day it was answered", "Empty while it is open"),
        }
    }

    /// Whether it is a day that has most likely been: without a year it is the nearest one.
    pub const fn is_back(self) -> bool {
        use Slot as S;
        matches!(
            self,
            S::From
                | S::CapOf
                | S::AttemptOn
                | S::PanelOn
                | S::HandedOn
                | S::AskedOn
                | S::AnsweredOn
        )
    }

    /// How it is typed.
    pub const fn entry(self) -> Entry {
        match self {
            Slot::Goal | Slot::Progress => Entry::Lines(None),
            Slot::Adjustments => Entry::Lines(Some(Layer::Shared)),
            Slot::ToKnow => Entry::Lines(Some(Layer::Private)),
            Slot::Arcp
            | Slot::Cct
            | Slot::From
            | Slot::To
            | Slot::Next
            | Slot::CapOf
            | Slot::AttemptOn
            | Slot::PanelOn
            | Slot::Day
            | Slot::KeepUntil
            | Slot::HandedOn
            | Slot::AskedOn
            | Slot::AnswerBy
            | Slot::AnsweredOn => Entry::Day,
            Slot::PersonWte
            | Slot::Wte
            | Slot::Before
            | Slot::Days
            | Slot::Rebate
            | Slot::Cap
            | Slot::Outcome
            | Slot::Stage
            | Slot::Time
            | Slot::Minutes => Entry::Short,
            Slot::Counted | Slot::Booked => Entry::Yes,
            Slot::Kind | Slot::Result | Slot::Template => Entry::Choice,
            _ => Entry::Line,
        }
    }
}

impl PartForm {
    /// What is typed in a field.
    pub fn text(&self, slot: Slot) -> &str {
        self.typed.get(&slot).map_or("", String::as_str)
    }

    /// Whether anything was typed.
    pub fn is_changed(&self) -> bool {
        self.typed != self.began
    }

    /// Whether saving it decides something, so that only its button may: nobody drops a goal by
    /// leaving the page.
    pub const fn decides(&self) -> bool {
        matches!(self.part, Part::DropGoal)
    }

    /// Whether it is for a new member.
    pub const fn is_new(&self) -> bool {
        self.at.is_none()
    }
}
