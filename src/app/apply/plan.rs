//! Writing in a career plan, reading it, agreeing to it.

use super::{Change, save, toast};
use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::plan::{PlanAction, PlanForm, PlanSpot, author, plan_with};
use crate::app::state::State;
use crate::model::natural_date;
use crate::model::plan::{Author, Plan};
use crate::model::{Action, ActionState, Body, Extra, Id, Layer};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: PlanAction, jobs: &mut Vec<Job>) {
    if state.open().is_none_or(|open| open.read_only.is_some()) {
        return;
    }
    match wish {
        PlanAction::Write(person, spot) => begin(state, inputs, person, spot, jobs),
        PlanAction::Keep => keep_typed(state, inputs, jobs),
        PlanAction::Cancel => inputs.plan = None,
        PlanAction::Look(person) => {
            keep(state, inputs, jobs);
            let now = state.now.timestamp();
            change(state, person, "Marked as read", jobs, |plan, _| plan.look(now));
        }
        PlanAction::Agree(person) => {
            keep(state, inputs, jobs);
            let now = state.now.timestamp();
            let id = state.fresh.id(now).to_string();
            change(state, person, "You agreed this version", jobs, |plan, (by, name)| {
                plan.accept(by, name, now, id);
            });
        }
        PlanAction::Offer(person, field, on) => {
            let words = if on { "Offered to the ARCP" } else { "No longer offered to the ARCP" };
            change(state, person, words, jobs, |plan, _| {
                plan.offered.retain(|key| key != field.key());
                if on {
                    plan.offered.push(field.key().to_owned());
                }
            });
        }
        PlanAction::Call(person, labels) => {
            change(state, person, "Labels changed", jobs, |plan, _| plan.labels = labels);
        }
    }
}

/// Shows the form for a place; what was typed at another one is kept first.
fn begin(state: &mut State, inputs: &mut Inputs, person: Id, spot: PlanSpot, jobs: &mut Vec<Job>) {
    keep(state, inputs, jobs);
    if let Some(waiting) = &mut inputs.plan {
        // What only its own button may decide stays in sight until it is kept or put away.
        if waiting.person == person && waiting.is_changed() {
            waiting.go_to = true;
            return;
        }
    }
    let Some(open) = state.open() else { return };
    inputs.plan = Some(PlanForm::of(person, spot, &plan_with(open, person).1));
}

/// Keeps what is typed and puts the form away.
fn keep_typed(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some(form) = inputs.plan.take() else { return };
    if form.typed.trim().is_empty() && form.spot.decides() {
        return;
    }
    let now = state.now.timestamp();
    match form.spot.clone() {
        _ if !form.is_changed() => {}
        PlanSpot::Step => add_step(state, &form, jobs),
        PlanSpot::Comment(field) => {
            let mut ids = ids(state, 1);
            change(state, form.person, "Comment added", jobs, |plan, author| {
                let said = plan.comment(field, &form.typed, author, now, &mut || next(&mut ids));
                said.into_iter().for_each(|id| plan.said(id));
            });
        }
        PlanSpot::Note(field) => {
            let mut ids = ids(state, 1);
            change(state, form.person, "Private note kept", jobs, |plan, _| {
                let words = form.words(&plan.note(field.key()));
                plan.set_note(field, &words, &mut || next(&mut ids));
            });
        }
        PlanSpot::Field(field) => {
            let mut ids = ids(state, form.typed.lines().count() + 1);
            change(state, form.person, "Kept in the plan", jobs, |plan, (by, name)| {
                let words = form.words(&plan.text(field));
                plan.set_field(field, &words, by, name, now, &mut || next(&mut ids));
                plan.wrote(field.key(), now);
            });
        }
        PlanSpot::Road(option, row) => {
            change(state, form.person, "Kept in the plan", jobs, |plan, (by, name)| {
                plan.set_road((&option, row), &form.typed, by, name, now);
                plan.wrote(&format!("roads/{}", row.id(&option)), now);
            });
        }
    }
}

/// So many new identities, for a change that can't reach the state.
fn ids(state: &mut State, number: usize) -> Vec<Id> {
    let now = state.now.timestamp();
    (0..number).map(|_| state.fresh.id(now)).collect()
}

/// The next of them; there are as many as a change can need.
fn next(ids: &mut Vec<Id>) -> Id {
    ids.pop().unwrap_or(Id::new(0, 0))
}

/// Changes the plan with somebody, which may have to be made first, and shows what takes it back.
fn change(
    state: &mut State,
    person: Id,
    words: &str,
    jobs: &mut Vec<Job>,
    how: impl FnOnce(&mut Plan, (Author, &str)),
) {
    let Some(open) = state.open().filter(|open| open.journal.person(person).is_some()) else {
        return;
    };
    let (by, name) = author(open);
    let (id, before) = plan_with(open, person);
    let mut plan = before.clone();
    how(&mut plan, (by, &name));
    if plan == before {
        return;
    }
    let id = id.unwrap_or_else(|| state.fresh.id(state.now.timestamp()));
    save(state, vec![Change { id, body: Body::Plan(plan) }], jobs);
    toast(state, words, Some(vec![Change { id, body: Body::Plan(before) }]));
}

/// Agrees a step: an action like any other, which came from the plan.
fn add_step(state: &mut State, form: &PlanForm, jobs: &mut Vec<Job>) {
    let (now, today) = (state.now.timestamp(), state.today());
    let Some(open) = state.open() else { return };
    let (plan_id, plan) = plan_with(open, form.person);
    let known = state.known_of(form.person);
    let (due, due_typed) = match natural_date::read(&form.due, today, &known) {
        Ok(meant) => (meant.map(|meant| meant.date), String::new()),
        Err(_) => (None, form.due.trim().to_owned()),
    };
    let plan_of = plan_id.unwrap_or_else(|| state.fresh.id(now));
    let action = Action {
        person: Some(form.person),
        from: Some(plan_of),
        text: form.typed.trim().to_owned(),
        owner: form.owner,
        due,
        due_typed,
        state: ActionState::Open,
        settled: None,
        reason: String::new(),
        layer: Layer::Shared,
        made: today,
        source_id: None,
        removed: None,
        extra: Extra::new(),
    };
    let id = state.fresh.id(now);
    let taken_back = Action { removed: Some(now), ..action.clone() };
    let mut changes = vec![Change { id, body: Body::Action(action) }];
    if plan_id.is_none() {
        changes.insert(0, Change { id: plan_of, body: Body::Plan(plan) });
    }
    save(state, changes, jobs);
    toast(state, "Step added", Some(vec![Change { id, body: Body::Action(taken_back) }]));
}

/// Keeps what is typed when its page is left, or at a lock. What only its own button may decide
/// stays in its form, which is there again when the page is.
pub fn keep(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let writable = state.open().is_some_and(|open| open.read_only.is_none());
    if writable && inputs.plan.as_ref().is_some_and(|form| !form.spot.decides()) {
        keep_typed(state, inputs, jobs);
    }
    inputs.plan.take_if(|form| !form.is_changed());
}
