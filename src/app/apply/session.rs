//! Conversations and reflections.

use super::{go, save, toast};
use crate::app::action::SessionAction;
use crate::app::draft::Draft;
use crate::app::inputs::{EditorSpot, Inputs};
use crate::app::job::Job;
use crate::app::screen::Screen;
use crate::app::state::{Saved, State};
use crate::model::session::Role;
use crate::model::{Action, ActionState, Extra, Id, Kind, Layer, Owner, Session};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: SessionAction, jobs: &mut Vec<Job>) {
    match wish {
        SessionAction::Start { template, person } => start(state, inputs, &template, person, jobs),
        SessionAction::Open(id) => go(state, inputs, Screen::Session(id), jobs),
        SessionAction::Finish => finish(state, inputs, jobs),
        SessionAction::Reopen => reopen(state, inputs),
        SessionAction::AddAction { text, layer } => add_action(state, inputs, text, layer),
    }
}

fn start(
    state: &mut State,
    inputs: &mut Inputs,
    template: &str,
    person: Option<Id>,
    jobs: &mut Vec<Job>,
) {
    let Some(open) = state.open().filter(|open| open.read_only.is_none()) else { return };
    let role: Role = open.journal.settings().role;
    let Some(template) = state.library.get(template).cloned() else { return };
    let kind = template.form.kind();
    if kind == Kind::Session && person.is_none() {
        return;
    }
    let time = state.now.time().round(jiff::Unit::Minute).ok();
    let session = Session::start(&template, person, role, state.today(), time);
    let now = state.now.timestamp();
    let id = state.fresh.id(now);
    // The screen is set first: leaving the old one must not take the new draft with it.
    go(state, inputs, Screen::Session(id), jobs);
    inputs.draft = Some(Draft::new(id, kind, session));
}

/// Opens what the journal holds, for writing or reading.
pub fn open(state: &State, inputs: &mut Inputs, id: Id) {
    inputs.draft = state.open().and_then(|open| Draft::open(&open.journal, id));
}

/// Hands what was typed to the worker as a draft.
pub fn keep_draft(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let Some(draft) = &mut inputs.draft else { return };
    draft.note(now);
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    if draft.is_unkept() {
        draft.kept_as_draft();
        open.draft_waiting = true;
        open.saved = Saved::Saving;
        jobs.push(Job::Draft { id: draft.id, changes: draft.changes() });
    }
}

/// Hands what was typed to the worker as a revision.
pub fn keep(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some(draft) = &mut inputs.draft else { return };
    let read_only = state.open().is_none_or(|open| open.read_only.is_some());
    if read_only || !draft.is_changed() {
        return;
    }
    draft.kept_as_revision();
    let changes = draft.changes();
    save(state, changes, jobs);
}

fn finish(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let Some(draft) = &mut inputs.draft else { return };
    draft.session.finished = Some(now);
    draft.session.margin.retain(|note| !note.text.trim().is_empty());
    draft.session.arcp.retain(|line| !line.text.trim().is_empty());
    let typed = inputs.finish_minutes.trim();
    if let Ok(minutes) = typed.parse::<u16>() {
        draft.session.minutes = Some(minutes);
    }
    draft.touched = true;
    inputs.finish_minutes.clear();
    let (kind, person) = (draft.kind, draft.session.person);
    let (words, next) = match (kind, person) {
        (Kind::Session, Some(_)) => ("Session finished", Screen::People(person)),
        _ => ("Reflection finished", Screen::Journal),
    };
    go(state, inputs, next, jobs);
    toast(state, words, None);
}

fn reopen(state: &State, inputs: &mut Inputs) {
    if state.open().is_none_or(|open| open.read_only.is_some()) {
        return;
    }
    if let Some(draft) = &mut inputs.draft {
        draft.session.finished = None;
        draft.touched = true;
    }
}

/// Adds an action to what is being written and gives it the keyboard.
fn add_action(state: &mut State, inputs: &mut Inputs, text: String, layer: Layer) {
    let Some(draft) = &mut inputs.draft else { return };
    let now = state.now.timestamp();
    let id = state.fresh.id(now);
    let action = Action {
        person: draft.session.person,
        from: Some(draft.id),
        text,
        owner: Owner::Me,
        due: None,
        state: ActionState::Open,
        settled: None,
        due_typed: String::new(),
        reason: String::new(),
        layer,
        made: state.today(),
        source_id: None,
        extra: Extra::new(),
    };
    draft.actions.insert(id, action);
    draft.touched = true;
    inputs.editor.unfolded = Some(EditorSpot::Action(id));
    inputs.editor.go_to = Some(EditorSpot::Action(id));
    inputs.editor.tab = Some(layer);
}
