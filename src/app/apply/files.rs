//! Files attached to the open conversation or reflection: taken in, taken off, copied out.

use std::path::PathBuf;

use super::toast;
use crate::app::action::FileAction;
use crate::app::desk::attach::safe_name;
use crate::app::files::Files;
use crate::app::inputs::Inputs;
use crate::app::job::{Asker, Job};
use crate::app::notice::Notice;
use crate::app::state::State;
use crate::model::{Attachment, Body, Id};
use crate::platform::{Chosen, Existing, Wanted};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: FileAction, jobs: &mut Vec<Job>) {
    match wish {
        FileAction::Choose => choose(state, inputs, jobs),
        FileAction::Attach(file) => attach(state, inputs, file, jobs),
        FileAction::SaveCopy(id) => save_copy(state, inputs, id, jobs),
        FileAction::Remove(id) => remove(state, id, jobs),
    }
}

/// Forgets what did not work. What the worker is at goes on.
pub fn put_away(state: &mut State) {
    if let Some(open) = state.open_mut() {
        open.files.notice = None;
    }
}

/// The files on their way, unless the record can only be read.
fn writable(state: &mut State) -> Option<&mut Files> {
    let open = state.open_mut().filter(|open| open.read_only.is_none())?;
    open.files.notice = None;
    Some(&mut open.files)
}

fn choose(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let folder = inputs.documents.clone();
    let Some(record) = inputs.draft.as_ref().map(|draft| draft.id) else { return };
    let Some(files) = writable(state).filter(|files| !files.asking) else { return };
    files.asking = true;
    jobs.push(Job::AskPath { folder, wanted: Wanted::File, asker: Asker::Attach(record) });
}

/// Takes the answer of the dialog. The file belongs to the conversation that was open when it
/// was asked for: where another one is open by now, the file may be about somebody else.
pub fn chosen(
    state: &mut State,
    inputs: &mut Inputs,
    (record, chosen): (Id, Option<Chosen>),
    jobs: &mut Vec<Job>,
) {
    let Some(open) = state.open_mut() else { return };
    let asked = std::mem::take(&mut open.files.asking);
    let Some(chosen) = chosen.filter(|_| asked) else { return };
    if inputs.draft.as_ref().is_some_and(|draft| draft.id == record) {
        attach(state, inputs, chosen.path, jobs);
    } else {
        toast(state, "Not attached: the conversation it was chosen for is not open", None);
    }
}

fn attach(state: &mut State, inputs: &mut Inputs, file: PathBuf, jobs: &mut Vec<Job>) {
    let Some(draft) = inputs.draft.as_mut().filter(|draft| draft.session.finished.is_none()) else {
        return;
    };
    let Some(files) = writable(state) else { return };
    files.busy += 1;
    // What it is attached to must be in the record as well.
    draft.touched = true;
    jobs.push(Job::Attach { record: draft.id, about: draft.session.person, file });
}

fn remove(state: &mut State, id: Id, jobs: &mut Vec<Job>) {
    if let Some(files) = writable(state) {
        files.busy += 1;
        jobs.push(Job::Detach(id));
    }
}

fn save_copy(state: &mut State, inputs: &Inputs, id: Id, jobs: &mut Vec<Job>) {
    let folder = inputs.documents.clone();
    let Some(open) = state.open_mut().filter(|open| !open.files.asking) else { return };
    let Some(Body::Attachment(file)) = open.journal.get(id) else { return };
    open.files.notice = None;
    open.files.asking = true;
    let wanted = Wanted::Save(safe_name(&file.name));
    jobs.push(Job::AskPath { folder, wanted, asker: Asker::CopyOut(id) });
}

/// Takes the answer of the dialog, which has asked before it named a file that is there.
pub fn place_chosen(state: &mut State, id: Id, chosen: Option<Chosen>, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut() else { return };
    if !std::mem::take(&mut open.files.asking) {
        return;
    }
    let Some(Chosen { path, was_there }) = chosen else { return };
    open.files.busy += 1;
    let existing = if was_there { Existing::Replace } else { Existing::Keep };
    jobs.push(Job::CopyOut { id, path, existing });
}

/// Takes what came of attaching a file or taking one off.
pub fn attached(state: &mut State, result: Result<(Id, Attachment), Notice>) {
    let Some(open) = state.open_mut() else { return };
    open.files.busy = open.files.busy.saturating_sub(1);
    match result {
        Ok((id, file)) => {
            let words = if file.removed.is_some() { "File taken off" } else { "File attached" };
            open.journal.put(id, Body::Attachment(file));
            toast(state, words, None);
        }
        Err(notice) => open.files.notice = Some(notice),
    }
}

/// Takes what came of writing a copy.
pub fn copied(state: &mut State, result: Result<PathBuf, Notice>) {
    let Some(open) = state.open_mut() else { return };
    open.files.busy = open.files.busy.saturating_sub(1);
    match result {
        Ok(_) => toast(state, "Copy saved. It is not encrypted", None),
        Err(notice) => open.files.notice = Some(notice),
    }
}
