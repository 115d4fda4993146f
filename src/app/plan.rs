//! A career plan on its screen: what the person wants, and what is typed in it.

use serde::{Deserialize, Serialize};

use super::state::Open;
use crate::model::plan::{Author, Labels, Plan, PlanField, Road};
use crate::model::{Id, Owner};

/// What the person wants of the plan with somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanAction {
    /// Write at a place of it; what is typed elsewhere is kept first.
    Write(Id, PlanSpot),
    /// Keep what is typed.
    Keep,
    /// Put what is typed away.
    Cancel,
    /// Say that all of it was read.
    Look(Id),
    /// Agree to the words as they stand.
    Agree(Id),
    /// Offer what both agreed in a field to the summary for the ARCP, or take that back.
    Offer(Id, PlanField, bool),
    /// Call the four boxes so.
    Call(Id, Labels),
}

/// A place of a plan that is written in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanSpot {
    /// A field.
    Field(PlanField),
    /// A row of the table of an option, by the identity of the option.
    Road(String, Road),
    /// The private note beside a field.
    Note(PlanField),
    /// Something to say to the other one about a field.
    Comment(PlanField),
    /// A new step.
    Step,
}

/// What is typed at one place of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanForm {
    /// With whom the plan is.
    pub person: Id,
    /// Where.
    pub spot: PlanSpot,
    /// What is typed.
    pub typed: String,
    /// What stood there when it was begun.
    pub began: String,
    /// Of a step: who does it.
    pub owner: Owner,
    /// Of a step: by when, as typed.
    pub due: String,
    /// Whether the keyboard goes there at the next drawing.
    #[serde(skip)]
    pub go_to: bool,
}

impl PlanSpot {
    /// What stands there now.
    pub fn text(&self, plan: &Plan) -> String {
        match self {
            PlanSpot::Field(field) => plan.text(*field),
            PlanSpot::Road(option, row) => {
                plan.road(option, *row).map(|para| para.text.clone()).unwrap_or_default()
            }
            PlanSpot::Note(field) => plan.note(field.key()),
            PlanSpot::Comment(_) | PlanSpot::Step => String::new(),
        }
    }

    /// Whether it is kept only by its own button: it says something to somebody.
    pub const fn decides(&self) -> bool {
        matches!(self, PlanSpot::Comment(_) | PlanSpot::Step)
    }
}

impl PlanForm {
    /// The form for a place, with what stands there.
    pub fn of(person: Id, spot: PlanSpot, plan: &Plan) -> PlanForm {
        let typed = spot.text(plan);
        let owner = Owner::Them;
        PlanForm {
            person,
            began: typed.clone(),
            typed,
            spot,
            owner,
            due: String::new(),
            go_to: true,
        }
    }

    /// Whether anything was typed.
    pub fn is_changed(&self) -> bool {
        self.typed != self.began || !self.due.trim().is_empty()
    }

    /// What is to stand there. A line that came from another computer while this was typed stays.
    pub fn words(&self, now: &str) -> String {
        let has = |text: &str, line: &str| text.lines().any(|known| known.trim() == line.trim());
        let came = now.lines().filter(|line| !has(&self.began, line) && !has(&self.typed, line));
        let all = self.typed.lines().chain(came);
        all.collect::<Vec<_>>().join("\n")
    }
}

/// The plan with somebody: that of the record, or an empty one.
pub fn plan_with(open: &Open, person: Id) -> (Option<Id>, Plan) {
    match open.journal.plan_of(person) {
        Some((id, plan)) => (Some(id), plan.clone()),
        None => (None, Plan::with(person)),
    }
}

/// Who writes in this record, and what they are called.
pub fn author(open: &Open) -> (Author, String) {
    let settings = open.journal.settings();
    (settings.role, settings.your_name)
}
