//! Pages as they will be printed, the layout they are set by, and files that are being set.

use super::{calendar, fairness, letter, packs, summary, toast};
use crate::app::inputs::Inputs;
use crate::app::job::{Asker, Content, Job, Passed, ReadAs, Written};
use crate::app::notice::Notice;
use crate::app::press::{Made, PressAction, Setting, SettingFile, ShownPages, ToSet};
use crate::app::screen::Screen;
use crate::app::state::{Open, Phase, State};
use crate::export::Sheet;
use crate::export::pdf::Layout;
use crate::model::Id;
use crate::platform::{Chosen, Wanted};

pub fn apply(state: &mut State, inputs: &Inputs, wish: PressAction, jobs: &mut Vec<Job>) {
    match wish {
        PressAction::Show => show(state, jobs),
        PressAction::Turn(to) => turn(state, to),
        PressAction::PutAway => put_away(state),
        PressAction::ChooseLayout => {
            let Some(open) = state.open_mut() else { return };
            if !std::mem::replace(&mut open.asking_layout, true) {
                let folder = inputs.documents.clone();
                jobs.push(Job::AskPath { folder, wanted: Wanted::File, asker: Asker::Layout });
            }
        }
        PressAction::OurLayout => {
            if let Some(open) = state.open_mut() {
                open.layout = None;
            }
            set_again(state, jobs);
        }
        PressAction::Stop => stop(state),
    }
}

/// What is about to leave on the screen that is shown.
fn sheet(open: &Open) -> Option<&Sheet> {
    match &open.screen {
        Screen::Summary(_) => Some(&open.summary.as_ref()?.page.as_ref()?.sheet),
        Screen::Letter(_) => Some(&open.letter.as_ref()?.page.as_ref()?.letter.sheet),
        _ => None,
    }
}

fn show(state: &mut State, jobs: &mut Vec<Job>) {
    let made_on = state.today();
    let id = state.new_id();
    let Some(open) = state.open_mut() else { return };
    let Some(sheet) = sheet(open).cloned() else { return };
    let page = ToSet::Pictures(Box::new(sheet), made_on);
    // A letter has no layout of one's own.
    let is_summary = matches!(open.screen, Screen::Summary(_));
    let layout = open.layout.clone().filter(|_| is_summary);
    jobs.push(Job::Set(Box::new(Setting { id, page, layout })));
    let at = open.pages.as_ref().map_or(0, |shown| shown.at);
    open.pages = Some(ShownPages { id, at, made: None });
}

/// Sets the pages that are shown by another layout.
fn set_again(state: &mut State, jobs: &mut Vec<Job>) {
    if state.open().is_some_and(|open| open.pages.is_some()) {
        show(state, jobs);
    }
}

fn turn(state: &mut State, to: usize) {
    let Some(shown) = state.open_mut().and_then(|open| open.pages.as_mut()) else { return };
    if let Some(Ok(pages)) = &shown.made {
        shown.at = to.min(pages.pictures.len().saturating_sub(1));
    }
}

/// Puts the pages away, made or not.
pub fn put_away(state: &mut State) {
    if let Some(open) = state.open_mut() {
        open.pages = None;
    }
}

/// Has a file set, and remembers where it goes. By the receipt's identity it can be stopped until
/// it is set.
pub fn begin(open: &mut Open, id: Id, page: ToSet, file: SettingFile, jobs: &mut Vec<Job>) {
    // A letter has no layout of one's own.
    let layout = open.layout.clone().filter(|_| file.of == Passed::Summary);
    open.setting.insert(id, file);
    jobs.push(Job::Set(Box::new(Setting { id, page, layout })));
}

/// Stops the file that is being set from the screen that is shown: nothing of it is written.
fn stop(state: &mut State) {
    let Some(open) = state.open_mut() else { return };
    let sending = match &open.screen {
        Screen::Summary(_) => open.summary.as_ref().and_then(|shown| shown.sending),
        Screen::Letter(_) => open.letter.as_ref().and_then(|shown| shown.sending),
        _ => None,
    };
    let Some(file) = sending.and_then(|id| open.setting.remove(&id)) else { return };
    match file.of {
        Passed::Letter => letter::stopped(open),
        _ => summary::stopped(open),
    }
    toast(state, "Stopped. Nothing left this machine", None);
}

/// Takes what was set. What nobody waits for any more is dropped.
pub fn set(state: &mut State, id: Id, made: Result<Made, Notice>, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut() else { return };
    let file = open.setting.remove(&id);
    let pages = match (made, file) {
        (Ok(Made::File(bytes)), Some(SettingFile { of, path, existing, receipt })) => {
            let (content, receipt) = (Content::Bytes(bytes), (id, receipt));
            jobs.push(Job::PassOn { of, content, path, existing, receipt });
            return;
        }
        // It was stopped, or the record it is of is closed.
        (Ok(Made::File(_)), None) => return,
        (Err(notice), Some(file)) => return passed_on(state, file.of, id, Err(notice)),
        (Ok(Made::Pictures(pages)), _) => Ok(pages),
        (Err(notice), None) => Err(notice),
    };
    if let Some(shown) = open.pages.as_mut().filter(|shown| shown.id == id) {
        let last = pages.as_ref().map_or(0, |pages| pages.pictures.len().saturating_sub(1));
        shown.at = shown.at.min(last);
        shown.made = Some(pages);
    }
}

/// Takes what came of a file that leaves. One that could not be written while the record was
/// locked is told at the door, without the name of the file: it may name somebody.
pub fn passed_on(state: &mut State, of: Passed, id: Id, result: Result<Written, Notice>) {
    if let (Phase::Locked(locked), Err(_)) = (&mut state.phase, &result) {
        let notice = Notice::new(
            "A file could not be saved while the record was locked.",
            "Your record is unchanged.",
            "Unlock, and save the file again.",
        );
        locked.unsaved.get_or_insert(notice);
        return;
    }
    match of {
        Passed::Summary => summary::exported(state, id, result),
        Passed::Letter => letter::passed_on(state, id, result),
        Passed::Pack => packs::passed_on(state, result),
        Passed::Calendar => calendar::passed_on(state, result),
        Passed::Fairness => fairness::passed_on(state, result),
    }
}

/// What is said after the next unlock when a lock came before a file was set.
pub fn not_sent() -> Notice {
    Notice::new(
        "A file was not saved, because the record was locked first.",
        "Nothing of it left this machine.",
        "Open its page and save it again.",
    )
}

/// Takes the answer of the dialog for a layout.
pub fn layout_chosen(state: &mut State, chosen: Option<Chosen>, jobs: &mut Vec<Job>) {
    let built_in = state.built_in.clone();
    let Some(open) = state.open_mut().filter(|open| open.asking_layout) else { return };
    open.asking_layout = false;
    if let Some(Chosen { path, .. }) = chosen {
        jobs.push(Job::Read { path, built_in, as_what: ReadAs::Layout });
    }
}

/// Takes the layout that was read. Whether a page can be set by it shows when one is.
pub fn layout_read(state: &mut State, layout: Result<Layout, Notice>, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut() else { return };
    match layout {
        Ok(layout) => {
            let words = format!("Pages are set by {} until you lock", layout.name());
            open.layout = Some(layout);
            toast(state, words, None);
            set_again(state, jobs);
        }
        Err(notice) => open.banner = Some(notice),
    }
}
