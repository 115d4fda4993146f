//! The recovery sheet while it is shown: of a record that was just made, of the open one, or of
//! one that was moved.

use std::path::PathBuf;

use super::{door, toast};
use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::keeping::{SheetAction, SheetForm, SheetOf, SheetShown};
use crate::app::notice::Notice;
use crate::app::state::{Phase, State};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: SheetAction, jobs: &mut Vec<Job>) {
    match wish {
        SheetAction::Check => ask(state, true),
        SheetAction::ShowWords => ask(state, false),
        SheetAction::Save => save(state, inputs, jobs),
        SheetAction::Checked => {
            let Some(sheet) = shown(state) else { return };
            sheet.tried = true;
            if words_match(sheet, inputs) {
                put_away(state, inputs, true, jobs);
            }
        }
        SheetAction::Later => put_away(state, inputs, false, jobs),
    }
}

fn shown(state: &mut State) -> Option<&mut SheetShown> {
    match &mut state.phase {
        Phase::Welcome(welcome) => welcome.sheet.as_mut(),
        Phase::Open(open) => open.keeping.sheet.as_mut(),
        _ => None,
    }
}

fn ask(state: &mut State, checking: bool) {
    if let Some(sheet) = shown(state) {
        sheet.checking = checking;
        sheet.tried = false;
        sheet.notice = None;
    }
}

/// Whether the two words typed are those on the sheet.
fn words_match(sheet: &SheetShown, inputs: &Inputs) -> bool {
    let words = inputs.sheet.words.iter().enumerate();
    words.into_iter().all(|(which, typed)| sheet.recovery.is_word(which, typed))
}

fn put_away(state: &mut State, inputs: &mut Inputs, checked: bool, jobs: &mut Vec<Job>) {
    let Some(of) = shown(state).map(|sheet| sheet.of) else { return };
    inputs.sheet = SheetForm::default();
    if of == SheetOf::NewRecord {
        return door::enter(state, inputs, !checked);
    }
    let Some(open) = state.open_mut() else { return };
    open.keeping.sheet = None;
    if of == SheetOf::ThisRecord {
        open.sheet_unchecked = !checked;
        if checked {
            jobs.push(Job::RecoveryKeyChecked);
        }
    }
    if checked {
        toast(state, "Recovery sheet checked", None);
    }
}

/// Fills in the file that is offered for the sheet.
pub fn offer_file(inputs: &mut Inputs) {
    let file = inputs.documents.join("Cairn recovery sheet.txt");
    inputs.sheet = SheetForm::default();
    inputs.sheet.file = file.to_string_lossy().into_owned();
}

fn save(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let made = crate::model::text::long_date(state.today());
    let Some(sheet) = shown(state) else { return };
    let path = PathBuf::from(inputs.sheet.file.trim());
    if !path.as_os_str().is_empty() {
        jobs.push(Job::SaveSheet { path, sheet: sheet.recovery.sheet(&made) });
    }
}

/// Takes where the sheet is, or why it could not be written.
pub fn saved(state: &mut State, result: Result<PathBuf, Notice>) {
    let Some(sheet) = shown(state) else { return };
    match result {
        Ok(path) => {
            sheet.saved = Some(path);
            sheet.notice = None;
        }
        Err(notice) => sheet.notice = Some(notice),
    }
}
