//! The history of a record: bringing a version back, and settling what two computers changed.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::{Change, keep, save, toast};
use crate::app::action::HistoryAction;
use crate::app::history::History;
use crate::app::inputs::{Choice, HistoryForm, Inputs};
use crate::app::job::Job;
use crate::app::notice::Notice;
use crate::app::screen::Screen;
use crate::app::settling::{Settling, side_of};
use crate::app::state::{State, Waiting};
use crate::model::fields::Field;
use crate::model::merge::{Conflict, Merged, Pick};
use crate::model::{Body, Id, Rev, fields, record};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: HistoryAction, jobs: &mut Vec<Job>) {
    if state.open().is_none_or(|open| open.read_only.is_some()) {
        return;
    }
    match wish {
        HistoryAction::Restore(rev) => restore(state, inputs, rev, jobs),
        HistoryAction::Settle => settle(state, inputs, jobs),
    }
}

/// Asks for every version of the record that the screen is about to show.
pub fn ask(state: &mut State, inputs: &mut Inputs, id: Id, jobs: &mut Vec<Job>) {
    inputs.history = HistoryForm::default();
    ask_again(state, id, jobs);
}

/// Hands what is chosen over as a draft, every few seconds while it changes, and when the screen
/// is left: `at_once` says so.
pub fn keep_chosen(state: &State, inputs: &mut Inputs, at_once: bool, jobs: &mut Vec<Job>) {
    const PAUSE: SignedDuration = SignedDuration::from_secs(4);
    let Some(open) = state.open() else { return };
    let Some(Ok(history)) = &open.history else { return };
    let form = &mut inputs.history;
    let now = state.now.timestamp();
    let (before, waits) = match &form.drafted {
        None => (&history.chosen, false),
        Some((before, at)) => (before, *at <= now && now.duration_since(*at) < PAUSE),
    };
    if form.choices.is_empty() || form.choices == *before || waits && !at_once {
        return;
    }
    let about = history.now().and_then(|body| record::about(history.kind, history.id, body));
    jobs.push(Job::DraftSettling(history.id, Settling::of(about, &form.choices)));
    form.drafted = Some((form.choices.clone(), now));
}

/// Forgets every version that was read, when the screen is left.
pub fn put_away(state: &mut State, inputs: &mut Inputs) {
    inputs.history = HistoryForm::default();
    if let Some(open) = state.open_mut() {
        open.history = None;
    }
}

fn ask_again(state: &mut State, id: Id, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut() else { return };
    // What is shown is out of date: nothing may be decided by it.
    open.history = None;
    jobs.push(Job::History(id));
}

/// Reads the history on the screen again, after something in the record changed.
pub fn look_again(state: &mut State, jobs: &mut Vec<Job>) {
    if let Some(Screen::History(id) | Screen::BothChanged(id)) =
        state.open().map(|open| open.screen.clone())
    {
        ask_again(state, id, jobs);
    }
}

/// Takes every version of a record, if it is still the one on the screen.
pub fn came(state: &mut State, inputs: &mut Inputs, id: Id, came: Result<Box<History>, Notice>) {
    let Some(open) = state.open_mut() else { return };
    if !matches!(open.screen, Screen::History(on) | Screen::BothChanged(on) if on == id) {
        return;
    }
    let form = &mut inputs.history;
    if let Ok(history) = &came {
        if form.drafted.is_none() && form.choices.is_empty() {
            form.choices.clone_from(&history.chosen);
        }
        let known = |rev: &Rev| history.version(*rev).is_some();
        form.chosen = form.chosen.filter(known);
        form.beside = form.beside.filter(|beside| beside.as_ref().is_none_or(known));
        let conflicts = || history.merged.iter().flat_map(|merged| &merged.conflicts);
        form.choices.retain(|field, choice| match choice {
            Choice::Side(revs) => {
                conflicts().any(|one| one.field == *field && side_of(one, revs).is_some())
            }
            Choice::All | Choice::New(_) => conflicts().any(|one| one.field == *field),
        });
    }
    open.history = Some(came);
}

/// Brings a version back as a new one. Who reads what stays as narrow as it is now: nothing
/// goes to more readers by being brought back.
fn restore(state: &mut State, inputs: &mut Inputs, rev: Rev, jobs: &mut Vec<Job>) {
    let Some(open) = state.open() else { return };
    let Some(Ok(history)) = &open.history else { return };
    let (Some(version), Some(now)) = (history.version(rev), history.now()) else { return };
    let (id, kind) = (history.id, history.kind);
    let body = fields::no_wider(kind, &version.body, now);
    let number = history.number(rev).unwrap_or_default();
    let next = history.versions.len() + history.unreadable + 1;
    match (Body::read(kind, &body), Body::read(kind, now)) {
        (Ok(mut body), now) => {
            rise(&mut body, now.as_ref().ok());
            let undo = now.ok().map(|body| vec![Change { id, body }]);
            save(state, vec![Change { id, body }], jobs);
            inputs.history = HistoryForm::default();
            toast(state, format!("Version {number} is back, as version {next}"), undo);
        }
        (Err(_), _) => say(
            state,
            "This version can’t be brought back: it does not have the form that this version \
             of Cairn knows.",
        ),
    }
}

/// A template that is brought back is a new version of it: no two have one number.
fn rise(body: &mut Body, now: Option<&Body>) {
    if let (Body::Template(back), Some(Body::Template(now))) = (body, now) {
        back.version = back.version.max(now.version.saturating_add(1));
    }
}

fn say(state: &mut State, happened: &str) {
    if let Some(open) = state.open_mut() {
        open.banner = Some(Notice::new(happened, "Nothing was changed.", ""));
    }
}

/// Keeps what the person chose in one save, made from all versions that stood side by side.
fn settle(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some(open) = state.open() else { return };
    let Some(Ok(history)) = &open.history else { return };
    let Some(merged) = &history.merged else { return };
    let Some(picks) = picks(merged, &inputs.history) else {
        inputs.history.tried = true;
        return;
    };
    let (id, kind) = (history.id, history.kind);
    match Body::read(kind, &merged.settled(&picks)) {
        Ok(body) => {
            inputs.history = HistoryForm::default();
            let changes = vec![Change { id, body }];
            keep(state, Waiting { changes, decides: true, stuck: false }, jobs);
            jobs.push(Job::Forget(Settling::draft_of(id)));
            toast(state, "Settled. Both versions stay in the history", None);
        }
        Err(_) => say(state, "This could not be put together in a form that Cairn knows."),
    }
}

/// What the person chose for each place; nothing while a place is open.
fn picks(merged: &Merged, form: &HistoryForm) -> Option<BTreeMap<Field, Pick>> {
    let pick = |conflict: &Conflict| {
        let pick = match form.choices.get(&conflict.field)? {
            Choice::Side(revs) => Pick::Side(side_of(conflict, revs)?),
            Choice::All => Pick::All,
            Choice::New(words) if words.trim().is_empty() => return None,
            Choice::New(words) => Pick::New(words.clone()),
        };
        Some((conflict.field.clone(), pick))
    };
    merged.conflicts.iter().map(pick).collect()
}
