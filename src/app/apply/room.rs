//! Room mode: into it, out of it, and what is agreed in it.

use jiff::SignedDuration;
use jiff::civil::Date;

use super::session;
use crate::app::inputs::{EditorSpot, EditorWish, Inputs};
use crate::app::room::{At, Countdown, InRoom, RoomAction, RoomForm};
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::model::natural_date::{self, NaturalDateError};
use crate::model::{ActionState, Id, Kind, Layer, Owner};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: RoomAction) {
    match wish {
        RoomAction::On(true) => enter(state, inputs),
        RoomAction::On(false) => leave(state, inputs),
        RoomAction::Pause => {
            let now = state.now.timestamp();
            let room = state.open_mut().and_then(|open| open.room.as_mut());
            if let Some(time) = room.and_then(|room| room.time.as_mut()) {
                time.toggle(now);
            }
        }
        RoomAction::Settle(id, how) => settle(state, inputs, id, how),
        RoomAction::Agree => agree(state, inputs),
    }
}

/// F11: into the room, or the question whether to leave it.
pub fn toggle(state: &mut State, inputs: &mut Inputs) {
    if state.open().is_some_and(|open| open.room.is_some()) {
        inputs.room.leaving = true;
    } else {
        enter(state, inputs);
    }
}

/// Ends it without a word: another screen is shown.
pub fn put_away(state: &mut State, inputs: &mut Inputs) {
    keep_typed(state, inputs);
    inputs.room = RoomForm::default();
    if let Some(open) = state.open_mut() {
        open.room = None;
    }
}

/// Only a conversation that can be written in is held in a room.
fn enter(state: &mut State, inputs: &mut Inputs) {
    let Some(draft) = inputs.draft.as_ref() else { return };
    let (now, today) = (state.now.clone(), state.today());
    let talk = &draft.session;
    let planned = state.library.get(&talk.template.id).map(|template| template.minutes.1);
    let passed = talk.time.filter(|_| talk.date == today).map(|time| {
        let began = talk.date.to_datetime(time);
        now.datetime().duration_since(began).max(SignedDuration::ZERO).as_mins()
    });
    let passed = u16::try_from(passed.unwrap_or(0)).unwrap_or(u16::MAX);
    let time = planned.map(|planned| Countdown::new(planned, passed, now.timestamp()));
    let held = draft.kind == Kind::Session && talk.finished.is_none();
    let at = place_of(inputs);
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none() && held) else {
        return;
    };
    if !matches!(open.screen, Screen::Session(_)) {
        return;
    }
    open.room = Some(InRoom { time });
    inputs.room = RoomForm { at, arrived: true, ..RoomForm::default() };
    inputs.finishing = false;
    inputs.exit_card = None;
    inputs.wish = None;
    // It may hold words that only one of the two reads.
    state.toast = None;
}

/// The place of the prompt in use.
fn place_of(inputs: &Inputs) -> At {
    let (Some(draft), Some(focus)) = (&inputs.draft, &inputs.focus) else { return At::LastTime };
    let sections = draft.session.sections.iter().enumerate();
    sections
        .flat_map(|(part, section)| {
            section.items.iter().enumerate().map(move |(at, asked)| (part, at, asked))
        })
        .find(|(_, _, asked)| asked.prompt.id == *focus)
        .map_or(At::LastTime, |(part, at, _)| At::Prompt(part, at))
}

/// Back to the page, at the question where the talk is.
fn leave(state: &mut State, inputs: &mut Inputs) {
    let at = inputs.room.at;
    put_away(state, inputs);
    let Some(draft) = &inputs.draft else { return };
    let spot = match at {
        At::LastTime => Some(EditorSpot::LastTime),
        At::Actions => None,
        At::Prompt(part, item) => {
            let asked = draft.session.sections.get(part).and_then(|part| part.items.get(item));
            let id = asked.map(|asked| asked.prompt.id.clone());
            inputs.focus.clone_from(&id);
            id.map(EditorSpot::Prompt)
        }
    };
    inputs.editor.go_to = spot;
}

/// What a shortcut does in the room; says whether it did.
pub fn wish(state: &State, inputs: &mut Inputs, wish: EditorWish) -> bool {
    let here = state.open().is_some_and(|open| open.room.is_some());
    if here {
        inputs.wish = Some(wish);
    }
    here
}

fn settle(state: &State, inputs: &mut Inputs, id: Id, how: ActionState) {
    let today = state.today();
    let Some(open) = state.open().filter(|open| open.room.is_some()) else { return };
    let Some(draft) = &mut inputs.draft else { return };
    let action = draft.actions.get(&id).or_else(|| open.journal.action(id)).cloned();
    let Some(mut action) = action.filter(|action| action.layer != Layer::Private) else { return };
    action.state = how;
    action.settled = Some(today);
    draft.set_action(&open.journal, id, action);
}

/// Agrees the action that is typed, once it has words and its day can be read.
fn agree(state: &mut State, inputs: &mut Inputs) {
    if due(state, inputs).is_ok() && put_typed(state, inputs) {
        inputs.room = RoomForm { at: At::Actions, arrived: true, ..RoomForm::default() };
    }
}

/// Keeps an action that is typed and not agreed yet, when the room ends or the record locks. A day
/// that can't be read stands in it as it was typed.
pub fn keep_typed(state: &mut State, inputs: &mut Inputs) {
    if put_typed(state, inputs) {
        inputs.room.action.clear();
        inputs.room.due.clear();
    }
}

fn due(state: &State, inputs: &Inputs) -> Result<Option<Date>, NaturalDateError> {
    let known = natural_date::Known::default();
    let read = natural_date::read(&inputs.room.due, state.today(), &known)?;
    Ok(read.map(|meant| meant.date))
}

fn put_typed(state: &mut State, inputs: &mut Inputs) -> bool {
    let text = inputs.room.action.trim().to_owned();
    if text.is_empty() || state.open().is_none_or(|open| open.room.is_none()) {
        return false;
    }
    let due = due(state, inputs);
    let due_typed = if due.is_err() { inputs.room.due.trim().to_owned() } else { String::new() };
    let owner = if inputs.room.theirs { Owner::Them } else { Owner::Me };
    let due = due.unwrap_or(None);
    let Some(id) = session::put_action(state, inputs, text, Layer::Shared, (owner, due)) else {
        return false;
    };
    if let Some(action) = inputs.draft.as_mut().and_then(|draft| draft.actions.get_mut(&id)) {
        action.due_typed = due_typed;
    }
    true
}
