//! Pages as they will be printed, the layout they are set by, and files that are being set.

use super::{summary, toast};
use crate::app::inputs::Inputs;
use crate::app::job::{Asker, Job, ReadAs};
use crate::app::notice::Notice;
use crate::app::press::{Made, PressAction, Setting, ShownPages, ToSet};
use crate::app::screen::Screen;
use crate::app::state::{Open, State};
use crate::export::Sheet;
use crate::export::pdf::Layout;
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
        PressAction::Stop => summary::stop(state),
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
    let Some(open) = state.open_mut() else { return };
    let Some(sheet) = sheet(open).cloned() else { return };
    let number = open.next_ticket;
    open.next_ticket += 1;
    let page = ToSet::Pictures(Box::new(sheet), made_on);
    // A letter has no layout of one's own.
    let is_summary = matches!(open.screen, Screen::Summary(_));
    let layout = open.layout.clone().filter(|_| is_summary);
    jobs.push(Job::Set(Box::new(Setting { number, page, layout })));
    let at = open.pages.as_ref().map_or(0, |shown| shown.at);
    open.pages = Some(ShownPages { number, at, made: None });
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

/// Takes what was set. What nobody waits for any more is dropped.
pub fn set(state: &mut State, number: u64, made: Result<Made, Notice>, jobs: &mut Vec<Job>) {
    let pages = match made {
        Ok(Made::File(bytes)) => return summary::set(state, number, Ok(bytes), jobs),
        Ok(Made::Pictures(pages)) => Ok(pages),
        Err(notice) => {
            summary::set(state, number, Err(notice.clone()), jobs);
            Err(notice)
        }
    };
    let shown = state.open_mut().and_then(|open| open.pages.as_mut());
    if let Some(shown) = shown.filter(|shown| shown.number == number) {
        let last = pages.as_ref().map_or(0, |pages| pages.pictures.len().saturating_sub(1));
        shown.at = shown.at.min(last);
        shown.made = Some(pages);
    }
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
