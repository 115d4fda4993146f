//! The career plan of the demonstration: written in turns, agreed once, changed since.

use std::collections::BTreeMap;

use jiff::civil::Time;
use serde::Deserialize;

use super::{DemoError, Maker};
use crate::model::plan::{Author, Plan, PlanField, Road};
use crate::model::{Body, Id};

/// A plan as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPlan {
    /// What the supervisor is called.
    supervisor: String,
    /// What the doctor is called, where that is not whom the record is about.
    doctor: Option<String>,
    /// What was written, the oldest first.
    turns: Vec<RawTurn>,
    /// The supervisor's private notes, by field.
    notes: BTreeMap<PlanField, String>,
}

/// What one of the two did at one sitting.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTurn {
    day: i32,
    time: Time,
    by: Author,
    #[serde(default)]
    fields: BTreeMap<PlanField, String>,
    /// Rows of the table of an option, which is counted from 0.
    #[serde(default)]
    roads: Vec<(usize, Road, String)>,
    #[serde(default)]
    comments: BTreeMap<PlanField, String>,
    /// Whether they agree to what stands there.
    #[serde(default)]
    agrees: bool,
}

impl Maker<'_> {
    /// The plan with somebody, as the supervisor's record holds it.
    pub(super) fn plan(
        &mut self,
        raw: RawPlan,
        (person, name): (Id, &str),
    ) -> Result<(Id, Body), DemoError> {
        let mut plan = Plan::with(person);
        let mut id = None;
        for turn in raw.turns {
            let at = self.moment(self.working_day(turn.day)?, turn.time)?;
            if id.is_none() {
                id = Some(self.id(at)?);
            }
            let mut ids = Vec::new();
            for _ in 0..16 {
                ids.push(self.id(at)?);
            }
            let mut ids = ids.into_iter();
            let mut fresh = || ids.next().unwrap_or(person);
            let name = match turn.by {
                Author::Doctor => raw.doctor.as_deref().unwrap_or(name),
                Author::Supervisor => raw.supervisor.as_str(),
            };
            let mine = turn.by == self.role;
            for (field, text) in turn.fields {
                plan.set_field(field, &text, turn.by, name, at, &mut fresh);
                if mine {
                    plan.wrote(field.key(), at);
                }
            }
            for (option, row, text) in turn.roads {
                let option = plan.options.get(option).map(|option| option.id.clone());
                let option = option.ok_or_else(|| self.misfit("an option of the plan"))?;
                plan.set_road((&option, row), &text, turn.by, name, at);
            }
            for (field, text) in turn.comments {
                let said = plan.comment(field, &text, (turn.by, name), at, &mut fresh);
                said.filter(|_| mine).into_iter().for_each(|id| plan.said(id));
            }
            if turn.agrees {
                plan.accept(turn.by, name, at, fresh().to_string());
                if mine {
                    plan.look(at);
                }
            }
        }
        let id = id.ok_or_else(|| self.misfit("a plan without a turn"))?;
        let mut notes = Vec::new();
        for (field, text) in raw.notes {
            notes.push((field, text, self.id(self.moment(self.today, Time::midnight())?)?));
        }
        for (field, text, id) in notes {
            plan.set_note(field, &text, &mut || id);
        }
        Ok((id, Body::Plan(plan)))
    }
}
