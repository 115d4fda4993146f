//! Notes from other programs: shown, brought in, taken back.

use super::{brought, go, save, toast};
use crate::app::brought::{Brought, BroughtIn};
use crate::app::inputs::Inputs;
use crate::app::intake_notes;
use crate::app::job::Job;
use crate::app::notes::{ComingNotes, NotesAction, NotesForm};
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::model::text::count;

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: NotesAction, jobs: &mut Vec<Job>) {
    match wish {
        NotesAction::Show => {
            inputs.notes = NotesForm::default();
            go(state, inputs, Screen::BringNotes, jobs);
        }
        NotesAction::BringIn => bring_in(state, inputs, jobs),
        NotesAction::TakeBack => brought::take_back(state, jobs),
    }
}

/// Shows the notes of a file that was read for whatever it holds, unless nobody looks at it any
/// more.
pub fn read(state: &mut State, inputs: &mut Inputs, coming: ComingNotes) {
    let Some(open) = state.open_mut() else { return };
    if !std::mem::take(&mut open.shelf.reading) {
        return;
    }
    inputs.notes = NotesForm::default();
    open.shelf.notes = Some(coming);
    // The page that waited for the file gives its place to the one for notes.
    open.screen = Screen::BringNotes;
}

fn bring_in(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(coming) = open.shelf.notes.take() else { return };
    let reading = match coming.whole {
        Some(whole) if inputs.notes.one_note => whole,
        _ => coming.reading,
    };
    // Another computer may have brought the same in since the file was read.
    let State { phase: crate::app::state::Phase::Open(open), fresh, .. } = &mut *state else {
        return;
    };
    let intake = intake_notes::prepare(reading.notes, &open.journal, fresh, now);
    let words = intake.words();
    let notes: Vec<_> =
        intake.batches.iter().flatten().map(|it| (it.id, it.body.clone())).collect();
    inputs.journal = notes.first().map(|(id, _)| *id);
    for batch in intake.batches {
        save(state, batch, jobs);
    }
    let said = format!("{} brought in", count(notes.len(), "note"));
    if let Some(open) = state.open_mut().filter(|_| !notes.is_empty()) {
        open.brought =
            Some(BroughtIn { what: Brought::Notes, name: coming.name, records: notes, words });
    }
    toast(state, said, None);
}
