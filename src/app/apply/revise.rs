//! A plan of revision, from what is typed to actions.

use super::brought::taken_back;
use super::{Change, save, toast};
use crate::app::inputs::{Inputs, PersonTab};
use crate::app::job::Job;
use crate::app::revise::{ReviseAction, ReviseForm};
use crate::app::state::State;
use crate::model::Body;
use crate::model::text::{count, long_date};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: ReviseAction, jobs: &mut Vec<Job>) {
    let Some(open) = state.open().filter(|open| open.read_only.is_none()) else { return };
    match wish {
        ReviseAction::Open(id, exam) => {
            super::part::keep(state, inputs, jobs);
            let waiting = inputs.revise.as_mut().filter(|form| form.person == id);
            if let Some(form) = waiting.filter(|form| form.is_changed()) {
                form.go_to = Some(0);
                return;
            }
            let Some(open) = state.open() else { return };
            let Some(person) = open.journal.person(id).filter(|_| inputs.part.is_none()) else {
                return;
            };
            let same = |name: &str| crate::model::person::is_same_exam(name, &exam);
            let exams = person.with_exams_together().exams;
            let day = exams.iter().find(|one| same(&one.name)).and_then(|one| one.next);
            inputs.revise =
                Some(ReviseForm::new(id, &exam, day.map(long_date).unwrap_or_default()));
        }
        ReviseAction::Preview => {
            let Some(form) = &mut inputs.revise else { return };
            let known = state.known_of(form.person);
            form.shown = Some(form.plan(state.today(), &known));
        }
        ReviseAction::Keep => {
            let Some(form) = &inputs.revise else { return };
            let Some(Ok(plan)) = &form.shown else { return };
            if open.journal.person(form.person).is_none() {
                return;
            }
            let today = state.today();
            let actions = plan.actions(Some(form.person), today, form.layer);
            let now = state.now.timestamp();
            let changes: Vec<Change> = actions
                .into_iter()
                .map(|action| Change { id: state.fresh.id(now), body: Body::Action(action) })
                .collect();
            let words = format!("{} added", count(changes.len(), "action"));
            let undo = changes.iter().filter_map(|it| taken_back(it, now)).collect();
            inputs.revise = None;
            inputs.person_tab = PersonTab::Actions;
            save(state, changes, jobs);
            toast(state, words, Some(undo));
        }
        ReviseAction::Cancel => inputs.revise = None,
    }
}
