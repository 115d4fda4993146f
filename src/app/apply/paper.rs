//! Printing: a page of the library as PDF.

use std::path::PathBuf;

use super::summary::{file, folder_and_name};
use super::toast;
use crate::app::inputs::Inputs;
use crate::app::job::{Asker, Job};
use crate::app::notice::Notice;
use crate::app::packs::{FileFor, file_name};
use crate::app::paper::{Page, PaperAction, PrintForm, Printing, title};
use crate::app::state::State;
use crate::platform::{Chosen, Existing, Wanted};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: PaperAction, jobs: &mut Vec<Job>) {
    match wish {
        PaperAction::Ask(of, kind) => {
            let library = state.library.clone();
            let (Some(open), Some(title)) = (state.open_mut(), title(&library, &of)) else {
                return;
            };
            inputs.print = PrintForm { kind, ..PrintForm::default() };
            inputs.print.offer(&inputs.documents, title);
            open.shelf.printing = Some(Printing { of, asking: false, busy: false, notice: None });
        }
        PaperAction::PutAway => put_away(state, inputs),
        PaperAction::Choose => choose(state, inputs, jobs),
        PaperAction::Save => print(state, inputs, jobs),
    }
}

fn put_away(state: &mut State, inputs: &mut Inputs) {
    inputs.print = PrintForm::default();
    if let Some(open) = state.open_mut() {
        open.shelf.printing = None;
    }
}

fn shown(state: &mut State) -> Option<&mut Printing> {
    state.open_mut()?.shelf.printing.as_mut()
}

fn choose(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let Some(path) = file(inputs, &inputs.print.path) else { return };
    let (folder, name) = folder_and_name(inputs, &path);
    let Some(printing) = shown(state) else { return };
    if !std::mem::replace(&mut printing.asking, true) {
        let asker = Asker::Library(FileFor::Paper);
        jobs.push(Job::AskPath { folder, wanted: Wanted::Save(name), asker });
    }
}

/// Takes the answer of the dialog; one that nobody waits for any more is dropped.
pub fn chosen(state: &mut State, inputs: &mut Inputs, chosen: Option<Chosen>) {
    let Some(printing) = shown(state).filter(|printing| printing.asking) else { return };
    printing.asking = false;
    if let Some(Chosen { path, was_there }) = chosen {
        printing.notice = None;
        inputs.print.path = path.to_string_lossy().into_owned();
        inputs.print.asked_about = was_there.then_some(path);
    }
}

fn print(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let library = state.library.clone();
    let Some(path) = file(inputs, &inputs.print.path) else { return };
    let Some(open) = state.open_mut() else { return };
    let role = open.journal.settings().role;
    let Some(printing) = open.shelf.printing.as_mut().filter(|printing| !printing.busy) else {
        return;
    };
    let Some(page) = Page::of(&library, &printing.of, &inputs.print, role) else { return };
    let asked = inputs.print.asked_about.as_ref() == Some(&path);
    printing.busy = true;
    printing.notice = None;
    let existing = if asked { Existing::Replace } else { Existing::Keep };
    jobs.push(Job::Print { page, path, existing });
}

/// Takes what came of writing the page. The form may be put away by now.
pub fn printed(state: &mut State, result: Result<PathBuf, Notice>) {
    let Some(open) = state.open_mut() else { return };
    let waiting = open.shelf.printing.as_mut().filter(|printing| printing.busy);
    match (result, waiting) {
        (Ok(path), waiting) => {
            if waiting.is_some() {
                open.shelf.printing = None;
            }
            let name = file_name(&path);
            toast(state, format!("{name} is saved. Print it from there"), None);
        }
        (Err(notice), Some(printing)) => {
            printing.busy = false;
            printing.notice = Some(notice);
        }
        (Err(notice), None) => open.banner = Some(notice),
    }
}
