//! What comes from the disk by itself: texts after an opening, and what other computers wrote.

use std::collections::BTreeSet;

use super::{keeping, session, template};
use crate::app::draft::Draft;
use crate::app::inputs::Inputs;
use crate::app::job::{Arrived, Job};
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::model::{Body, Id};

/// Texts that opening did not wait for.
pub fn texts(state: &mut State, inputs: &mut Inputs, texts: Vec<(Id, Body)>) {
    let came = texts.iter().map(|(id, _)| *id).collect();
    let Some(open) = state.open_mut() else { return };
    open.journal.fill(texts);
    if let Some(shown) = &mut open.summary {
        shown.changed();
    }
    if let Some(shown) = &mut open.letter {
        shown.changed();
    }
    show_session(state, inputs, &came);
}

/// What another computer wrote, or took away. What is being written here just now waits until
/// it is saved: then both stand side by side.
pub fn arrived(state: &mut State, inputs: &mut Inputs, arrived: Arrived, jobs: &mut Vec<Job>) {
    let busy = busy(state, inputs);
    let Some(open) = state.open_mut() else { return };
    let (mut took, mut gone) = (BTreeSet::new(), BTreeSet::new());
    for (id, body) in arrived.bodies {
        if busy.contains(&id) {
            open.unseen.insert(id);
        } else {
            open.unseen.remove(&id);
            open.journal.put(id, body);
            took.insert(id);
        }
    }
    for id in arrived.gone.into_iter().filter(|id| !busy.contains(id)) {
        open.journal.remove(id);
        took.insert(id);
        gone.insert(id);
    }
    open.tell(arrived.record);
    if let Some(shown) = &mut open.summary {
        shown.changed();
    }
    keeping::forget(state, inputs, &|id| gone.contains(&id));
    show_session(state, inputs, &took);
    if !took.is_empty() {
        jobs.push(Job::Took(took));
    }
    template::look_again(state, inputs);
}

/// Asks for what could not be taken while it was being written.
pub fn ask_again(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    if state.open().is_none_or(|open| open.unseen.is_empty()) {
        return;
    }
    let busy = busy(state, inputs);
    let Some(open) = state.open_mut() else { return };
    let free: BTreeSet<Id> = open.unseen.difference(&busy).copied().collect();
    if !free.is_empty() {
        open.unseen.retain(|id| !free.contains(id));
        jobs.push(Job::Show(free));
    }
}

/// The records that are being written here: open in an editor, in a form, or on their way to
/// the disk.
fn busy(state: &State, inputs: &Inputs) -> BTreeSet<Id> {
    let Some(open) = state.open() else { return BTreeSet::new() };
    let draft = inputs.draft.iter().filter(|draft| draft.is_changed());
    let draft = draft.flat_map(|draft| draft.actions.keys().copied().chain([draft.id]));
    let edits = inputs.edits.iter().filter(|(_, edit)| edit.is_changed()).map(|(id, _)| *id);
    let part = inputs.part.iter().filter(|form| form.is_changed()).map(|form| form.person);
    let waiting = open.waiting.values().flat_map(|waiting| &waiting.changes);
    let mut busy: BTreeSet<Id> =
        draft.chain(edits).chain(part).chain(waiting.map(|change| change.id)).collect();
    if open.screen == Screen::Settings {
        busy.extend(open.journal.settings_id());
    }
    busy
}

/// Opens the conversation on the screen as it is now, when it is among what came, unless
/// something is typed in it. What came for others leaves its undo and its counted time alone.
fn show_session(state: &State, inputs: &mut Inputs, came: &BTreeSet<Id>) {
    let Some(Screen::Session(id)) = state.open().map(|open| open.screen.clone()) else { return };
    let to_open = |draft: &Draft| draft.id != id || came.contains(&id) && !draft.is_changed();
    if inputs.draft.as_ref().is_none_or(to_open) {
        session::open(state, inputs, id);
    }
}
