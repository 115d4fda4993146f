//! What is typed and chosen for the supervisor's own year.

use super::record::change_settings;
use super::{Change, letter, save, toast};
use crate::app::educator::{EducatorAction, LearningForm};
use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::letter::Topic;
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::model::{Body, Id, Learning, clean};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: EducatorAction, jobs: &mut Vec<Job>) {
    if topic(state).is_none() && !is_at_the_log(state) {
        return;
    }
    let writable = state.open().is_some_and(|open| open.read_only.is_none());
    match wish {
        EducatorAction::Dates => dates(state, inputs, jobs),
        _ if !writable => {}
        EducatorAction::Keep => keep_words(state, inputs, jobs),
        EducatorAction::Choose(id, goes) => change_settings(state, jobs, |settings| {
            settings.educator.reflections.retain(|known| *known != id);
            settings.educator.reflections.extend(goes.then_some(id));
        }),
        EducatorAction::Number(on) => {
            change_settings(state, jobs, |settings| settings.educator.numbered = on);
        }
        EducatorAction::Add => {
            inputs.educator.adding = Some(LearningForm::new(state.new_id()));
        }
        EducatorAction::Change(id) => change(state, inputs, id, jobs),
        EducatorAction::Cancel => inputs.educator.adding = None,
        EducatorAction::KeepLearning => keep_learning(state, inputs, jobs),
        EducatorAction::TakeOut(id) => take_out(state, id, jobs),
    }
}

/// What the page is about, where it is one of these pages.
fn topic(state: &State) -> Option<Topic> {
    match &state.open()?.screen {
        Screen::Letter(topic @ (Topic::Year(_) | Topic::Coaching(_))) => Some(topic.clone()),
        _ => None,
    }
}

/// Whether the journal is shown, with the learning log in it.
fn is_at_the_log(state: &State) -> bool {
    state.open().is_some_and(|open| open.screen == Screen::Journal)
}

/// Keeps all that is typed, before the page is left, or at a lock. What is not whole yet stays in
/// its form, which is there again when the page is.
pub fn keep_typed(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let writable = state.open().is_some_and(|open| open.read_only.is_none());
    if (topic(state).is_none() && !is_at_the_log(state)) || !writable {
        return;
    }
    keep_words(state, inputs, jobs);
    if inputs.educator.adding.as_ref().is_some_and(LearningForm::is_changed) {
        keep_learning(state, inputs, jobs);
    } else {
        inputs.educator.adding = None;
    }
}

/// Shows the form for something that was added. What is typed in the form already is kept first.
fn change(state: &mut State, inputs: &mut Inputs, id: Id, jobs: &mut Vec<Job>) {
    if inputs.educator.adding.as_ref().is_some_and(LearningForm::is_changed) {
        keep_learning(state, inputs, jobs);
    }
    let waits = inputs.educator.adding.as_ref().is_some_and(LearningForm::is_changed);
    if let Some(Body::Learning(learning)) = state.open().and_then(|open| open.journal.get(id))
        && !waits
    {
        inputs.educator.adding = Some(LearningForm::of(id, &learning));
    }
}

fn keep_words(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let form = &mut inputs.educator;
    // What another computer wrote meanwhile stays, unless it was written here as well.
    if form.typed() == form.kept {
        return;
    }
    form.kept = form.typed();
    change_settings(state, jobs, |settings| {
        let own = &mut settings.educator;
        if let Some(pa) = form.pa_each().filter(|pa| *pa != own.pa_each()) {
            own.pa = Some(pa);
        }
        own.change = clean::lines(&form.change);
        own.next_year = clean::lines(&form.next_year);
    });
}

/// Shows the days that are typed, in the place of those before.
fn dates(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let period = match inputs.educator.period(state.today()) {
        Ok(period) => period,
        Err(words) => {
            inputs.educator.wrong_days = Some(words);
            return;
        }
    };
    let topic = match topic(state) {
        Some(Topic::Coaching(_)) => Topic::Coaching(period),
        _ => Topic::Year(period),
    };
    keep_typed(state, inputs, jobs);
    letter::show(state, inputs, &topic);
    if let Some(open) = state.open_mut() {
        open.screen = Screen::Letter(topic);
    }
}

fn keep_learning(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let today = state.today();
    let Some(form) = &mut inputs.educator.adding else { return };
    form.tried = true;
    let Some(learning) = form.learning(today) else { return };
    let id = form.id;
    inputs.educator.adding = None;
    let now = state.now.timestamp();
    let id = id.unwrap_or_else(|| state.fresh.id(now));
    let before = match state.open().and_then(|open| open.journal.get(id)) {
        Some(Body::Learning(before)) => Some(before),
        _ => None,
    };
    let words =
        if before.is_some() { "Changed on the page" } else { "Added. It stands on the page" };
    let after = match &before {
        // What a newer version wrote beside it stays.
        Some(before) => Learning { extra: before.extra.clone(), ..learning },
        None => learning,
    };
    if before.as_ref() == Some(&after) {
        return;
    }
    let before = before.unwrap_or_else(|| Learning { removed: Some(now), ..after.clone() });
    save(state, vec![Change { id, body: Body::Learning(after) }], jobs);
    toast(state, words, Some(vec![Change { id, body: Body::Learning(before) }]));
}

fn take_out(state: &mut State, id: Id, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let Some(Body::Learning(learning)) = state.open().and_then(|open| open.journal.get(id)) else {
        return;
    };
    let removed = Learning { removed: Some(now), ..learning.clone() };
    save(state, vec![Change { id, body: Body::Learning(removed) }], jobs);
    toast(state, "Taken out", Some(vec![Change { id, body: Body::Learning(learning) }]));
}
