//! Conversations and reflections.

use jiff::civil::Date;

use super::{go, save, toast};
use crate::app::action::SessionAction;
use crate::app::draft::Change;
use crate::app::draft::Draft;
use crate::app::inputs::{EditorSpot, Inputs};
use crate::app::job::Job;
use crate::app::letter::Topic;
use crate::app::next_time::NextTime;
use crate::app::screen::Screen;
use crate::app::state::{Saved, State};
use crate::model::session::Role;
use crate::model::{Action, ActionState, Body, Extra, Id, Kind, Layer, Owner, Person, Session};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: SessionAction, jobs: &mut Vec<Job>) {
    match wish {
        SessionAction::Start { template, person } => start(state, inputs, &template, person, jobs),
        SessionAction::Open(id) => go(state, inputs, Screen::Session(id), jobs),
        SessionAction::Finish => finish(state, inputs, false, jobs),
        SessionAction::FinishAndSend => finish(state, inputs, true, jobs),
        SessionAction::BeginToFinish => begin_to_finish(state, inputs),
        SessionAction::Reach(goal, reached) => reach(state, inputs, (goal, reached), jobs),
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

/// Closes it. Nothing is sent: `send` goes to the page of what would leave.
fn finish(state: &mut State, inputs: &mut Inputs, send: bool, jobs: &mut Vec<Job>) {
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
    let talk = draft.id;
    let (words, next) = match (kind, person) {
        (Kind::Session, Some(_)) if send => ("Session finished", Screen::Letter(Topic::Note(talk))),
        (Kind::Session, Some(_)) => ("Session finished", Screen::People(person)),
        _ => ("Reflection finished", Screen::Journal),
    };
    let next_time = std::mem::take(&mut inputs.next_time);
    if let (Kind::Session, Some(person)) = (kind, person) {
        arrange(state, person, &next_time, jobs);
    }
    go(state, inputs, next, jobs);
    toast(state, words, None);
}

/// Keeps when the two meet next. One whose day has come is over.
fn arrange(state: &mut State, id: Id, next: &NextTime, jobs: &mut Vec<Job>) {
    let (now, today) = (state.now.timestamp(), state.today());
    let new = state.fresh.id(now);
    let before = state.open().and_then(|open| open.journal.person(id)).cloned();
    let Some(before) = before else { return };
    let Some(meeting) = next.meeting(&before, today, || new) else { return };
    if meeting == before.next_meeting {
        return;
    }
    let person = Person { next_meeting: meeting, ..before };
    save(state, vec![Change { id, body: Body::Person(person) }], jobs);
}

/// Shows the drawer, with the time that has passed and what is arranged already.
fn begin_to_finish(state: &State, inputs: &mut Inputs) {
    let Some(draft) = &inputs.draft else { return };
    let session = &draft.session;
    let passed = session.time.filter(|_| session.date == state.today()).map(|time| {
        let began = session.date.to_datetime(time);
        state.now.datetime().duration_since(began).as_mins().max(0)
    });
    let passed = passed.and_then(|minutes| u16::try_from(minutes).ok());
    let minutes = session.minutes.or(passed);
    let person = session.person.and_then(|id| state.open()?.journal.person(id));
    inputs.next_time = person.map(|it| NextTime::of(it, state.today())).unwrap_or_default();
    inputs.finish_minutes = minutes.map(|m| m.to_string()).unwrap_or_default();
    inputs.finishing = true;
}

/// Says whether a goal of the person is reached.
fn reach(state: &mut State, inputs: &Inputs, (goal, reached): (usize, bool), jobs: &mut Vec<Job>) {
    let today = state.today();
    let Some(id) = inputs.draft.as_ref().and_then(|draft| draft.session.person) else { return };
    let open = state.open().filter(|open| open.read_only.is_none());
    let Some(before) = open.and_then(|open| open.journal.person(id)).cloned() else { return };
    let mut person = before.clone();
    let Some(held) = person.goals.get_mut(goal) else { return };
    held.done = reached.then_some(today);
    let now = state.now.timestamp();
    let fresh = &mut state.fresh;
    person.give_ids(Some(&before), || fresh.id(now));
    save(state, vec![Change { id, body: Body::Person(person) }], jobs);
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
    let Some(id) = put_action(state, inputs, text, layer, (Owner::Me, None)) else { return };
    inputs.editor.unfolded = Some(EditorSpot::Action(id));
    inputs.editor.go_to = Some(EditorSpot::Action(id));
    inputs.editor.tab = Some(layer);
}

/// Adds an action to what is being written: what, who reads it, who does it and by when.
pub fn put_action(
    state: &mut State,
    inputs: &mut Inputs,
    text: String,
    layer: Layer,
    (owner, due): (Owner, Option<Date>),
) -> Option<Id> {
    let draft = inputs.draft.as_mut()?;
    let now = state.now.timestamp();
    let id = state.fresh.id(now);
    let action = Action {
        person: draft.session.person,
        from: Some(draft.id),
        text,
        owner,
        due,
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
    Some(id)
}
