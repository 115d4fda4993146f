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
use crate::model::{
    Action, ActionState, Body, Extra, Id, Kind, Layer, Owner, Person, PromptKind, Session,
};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: SessionAction, jobs: &mut Vec<Job>) {
    match wish {
        SessionAction::Start { template, person } => start(state, inputs, &template, person, jobs),
        SessionAction::Open(id) => go(state, inputs, Screen::Session(id), jobs),
        SessionAction::Finish => finish(state, inputs, false, jobs),
        SessionAction::FinishAndSend => finish(state, inputs, true, jobs),
        SessionAction::BeginToFinish => begin_to_finish(state, inputs),
        SessionAction::Reopen => reopen(state, inputs),
        SessionAction::AddAction { text, layer } => add_action(state, inputs, text, layer),
        SessionAction::Time(counts) => time(state, inputs, counts),
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

/// Gives a reflection the whole window, or takes it back. The keyboard stays where it is.
pub fn toggle_quiet(inputs: &mut Inputs) {
    let is_written =
        |draft: &Draft| draft.kind == Kind::Reflection && draft.session.finished.is_none();
    let Some(draft) = inputs.draft.as_ref().filter(|it| is_written(it) && !inputs.finishing) else {
        return;
    };
    // It shows the questions that are answered in words: the keyboard is in one of them.
    let texts = || draft.session.items().filter(|asked| asked.prompt.kind == PromptKind::Text);
    let in_use = texts().find(|asked| Some(&asked.prompt.id) == inputs.focus.as_ref());
    let Some(prompt) = in_use.or_else(|| texts().next()).map(|asked| asked.prompt.id.clone())
    else {
        return;
    };
    inputs.editor.quiet ^= true;
    inputs.editor.guidance_open = false;
    inputs.focus = Some(prompt.clone());
    inputs.editor.go_to = Some(EditorSpot::Prompt(prompt));
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

/// Takes a step back in what is written, or forward again, and goes where it changed something.
pub fn step_back(state: &State, inputs: &mut Inputs, back: bool) {
    let Some(open) = state.open().filter(|open| open.read_only.is_none()) else { return };
    let now = state.now.timestamp();
    let Some(draft) = inputs.draft.as_mut().filter(|_| !inputs.finishing) else { return };
    if draft.session.finished.is_some() {
        return;
    }
    let changed =
        if back { draft.undo(now, &open.journal) } else { draft.redo(now, &open.journal) };
    let Some(changed) = changed else { return };
    let form = &mut inputs.editor;
    form.dates.clear();
    form.moved = None;
    form.caret = changed.caret;
    let spot = changed.spot.or_else(|| inputs.focus.clone().map(EditorSpot::Prompt));
    if let Some(EditorSpot::Prompt(prompt) | EditorSpot::OtherView(prompt)) = &spot {
        inputs.focus = Some(prompt.clone());
    }
    form.unfolded =
        spot.clone().filter(|spot| matches!(spot, EditorSpot::Line(_) | EditorSpot::Action(_)));
    form.tab = spot.as_ref().and_then(|spot| layer_of(draft, spot)).or(form.tab);
    form.margin_open |= matches!(spot, Some(EditorSpot::Note(_)));
    form.go_to = spot;
}

/// The layer in which a place lies.
fn layer_of(draft: &Draft, spot: &EditorSpot) -> Option<Layer> {
    match spot {
        EditorSpot::LastTime => Some(Layer::Shared),
        EditorSpot::Note(_) => Some(Layer::Private),
        EditorSpot::Line(_) => Some(Layer::Arcp),
        EditorSpot::Action(id) => draft.actions.get(id).map(|action| action.layer),
        EditorSpot::Prompt(prompt) | EditorSpot::OtherView(prompt) => {
            draft.session.items().find(|asked| asked.prompt.id == *prompt).map(|asked| asked.layer)
        }
    }
}

/// Counts the time spent in a conversation, or stops.
fn time(state: &State, inputs: &mut Inputs, counts: bool) {
    let Some(draft) = &mut inputs.draft else { return };
    if counts {
        inputs.stopped.remove(&draft.id);
        draft.spend(state.now.timestamp());
    } else {
        draft.spend(state.now.timestamp());
        draft.stop_timer();
        inputs.stopped.insert(draft.id);
    }
}

/// Counts the time up to the last touch, while the conversation is on the screen and open for
/// writing.
pub fn spend(state: &State, inputs: &mut Inputs) {
    let Inputs { draft: Some(draft), stopped, .. } = inputs else { return };
    if is_timed(state, draft) && !stopped.contains(&draft.id) {
        draft.spend(state.last_touch);
    }
}

fn is_timed(state: &State, draft: &Draft) -> bool {
    draft.session.finished.is_none()
        && state.open().is_some_and(|open| {
            open.read_only.is_none()
                && matches!(&open.screen, Screen::Session(id) if *id == draft.id)
        })
}

/// Milliseconds until the time that is shown changes; nothing while none is counted.
pub fn next_minute_ms(state: &State, inputs: &Inputs) -> Option<u64> {
    let draft = inputs.draft.as_ref().filter(|draft| is_timed(state, draft))?;
    let now = state.now.timestamp();
    draft.is_timed(now).then(|| {
        let into = draft.spent(now).as_millis().rem_euclid(60_000);
        u64::try_from(60_000 - into).unwrap_or(1_000).max(1_000)
    })
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
    let minutes = session.minutes.or_else(|| draft.minutes_to_suggest(state.now.timestamp()));
    let person = session.person.and_then(|id| state.open()?.journal.person(id));
    inputs.next_time = person.map(|it| NextTime::of(it, state.today())).unwrap_or_default();
    inputs.finish_minutes = minutes.map(|m| m.to_string()).unwrap_or_default();
    inputs.editor.quiet = false;
    inputs.finishing = true;
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
        removed: None,
        extra: Extra::new(),
    };
    draft.actions.insert(id, action);
    draft.touched = true;
    Some(id)
}
