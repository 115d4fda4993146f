//! Notes from other programs: shown, brought in, taken back.

use super::{Change, go, save, toast};
use crate::app::inputs::Inputs;
use crate::app::intake_notes;
use crate::app::job::Job;
use crate::app::notes::{BroughtIn, ComingNotes, NotesAction, NotesForm};
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::model::Body;
use crate::model::text::count;

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: NotesAction, jobs: &mut Vec<Job>) {
    match wish {
        NotesAction::Show => {
            inputs.notes = NotesForm::default();
            go(state, inputs, Screen::BringNotes, jobs);
        }
        NotesAction::BringIn => bring_in(state, inputs, jobs),
        NotesAction::TakeBack => take_back(state, jobs),
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
        open.brought = Some(BroughtIn { name: coming.name, notes, words });
    }
    toast(state, said, None);
}

/// Takes the last import back: what it added goes out of every list, but for what was changed
/// since.
fn take_back(state: &mut State, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(brought) = open.brought.take() else { return };
    let kept = brought.changed(&open.journal);
    let journal = &open.journal;
    let untouched =
        brought.notes.iter().filter(|(id, body)| journal.get(*id).as_ref() == Some(body));
    let out: Vec<Change> = untouched
        .filter_map(|(id, body)| match body {
            Body::Reflection(session) => {
                let session = crate::model::Session { removed: Some(now), ..session.clone() };
                Some(Change { id: *id, body: Body::Reflection(session) })
            }
            _ => None,
        })
        .collect();
    let gone = out.len();
    let mut out = out.into_iter().peekable();
    while out.peek().is_some() {
        // A record file takes 1 MiB.
        let mut bytes = 0;
        let mut batch = Vec::new();
        while let Some(change) = out.next_if(|it| {
            batch.is_empty() || bytes + crate::app::intake::size(it) <= crate::app::intake::BATCH
        }) {
            bytes += crate::app::intake::size(&change);
            batch.push(change);
        }
        save(state, batch, jobs);
    }
    let mut said = format!("{} taken out again", count(gone, "note"));
    if kept > 0 {
        let (was, stays) = if kept == 1 { ("was", "stays") } else { ("were", "stay") };
        said.push_str(&format!(". {} {was} changed since and {stays}", count(kept, "note")));
    }
    toast(state, said, None);
}
