//! A calendar file, from what is chosen to the file with its receipt.

use super::summary::{file, folder_and_name};
use super::toast;
use crate::app::calendar::{
    CalendarAction, CalendarForm, CalendarLeaving, events, file_name, named, private, text, what,
};
use crate::app::inputs::Inputs;
use crate::app::job::{Asker, Content, Job, Passed, Written};
use crate::app::notice::Notice;
use crate::app::state::State;
use crate::model::{Body, Receipt};
use crate::platform::{Chosen, Existing, Wanted};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: CalendarAction, jobs: &mut Vec<Job>) {
    match wish {
        CalendarAction::Ask(person) => {
            let name = inputs.documents.join(file_name(state.today()));
            let path = name.to_string_lossy().into_owned();
            inputs.calendar = CalendarForm { path, ..CalendarForm::default() };
            let Some(open) = state.open_mut() else { return };
            open.calendar = Some(CalendarLeaving {
                person,
                events: Vec::new(),
                private: 0,
                named: Vec::new(),
                asking: false,
                busy: false,
                notice: None,
                written: None,
            });
            refresh(state, inputs);
        }
        CalendarAction::Chosen => refresh(state, inputs),
        CalendarAction::PutAway => put_away(state, inputs),
        CalendarAction::Choose => choose(state, inputs, jobs),
        CalendarAction::Save => send(state, inputs, jobs),
    }
}

/// Forgets what was about to leave. What the worker is at goes on.
pub fn put_away(state: &mut State, inputs: &mut Inputs) {
    inputs.calendar = CalendarForm::default();
    if let Some(open) = state.open_mut() {
        open.calendar = None;
    }
}

/// Makes the lines anew from what is chosen.
fn refresh(state: &mut State, inputs: &Inputs) {
    let today = state.today();
    let library = state.library.clone();
    let Some(open) = state.open_mut() else { return };
    let Some(leaving) = &mut open.calendar else { return };
    let journal = &open.journal;
    leaving.events = events(journal, library.cycles(), leaving.person, &inputs.calendar, today);
    leaving.private = private(journal, leaving.person, today);
    leaving.named = named(journal, &leaving.events);
    leaving.written = None;
    leaving.notice = None;
}

fn choose(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let Some(path) = file(inputs, &inputs.calendar.path) else { return };
    let (folder, name) = folder_and_name(inputs, &path);
    let Some(leaving) = state.open_mut().and_then(|open| open.calendar.as_mut()) else { return };
    if !std::mem::replace(&mut leaving.asking, true) {
        let wanted = Wanted::Save(name);
        jobs.push(Job::AskPath { folder, wanted, asker: Asker::Calendar });
    }
}

/// Takes the answer of the dialog; one that nobody waits for any more is dropped.
pub fn chosen(state: &mut State, inputs: &mut Inputs, chosen: Option<Chosen>) {
    let leaving = state.open_mut().and_then(|open| open.calendar.as_mut());
    let Some(leaving) = leaving.filter(|leaving| leaving.asking) else { return };
    leaving.asking = false;
    if let Some(Chosen { path, was_there }) = chosen {
        leaving.notice = None;
        inputs.calendar.path = path.to_string_lossy().into_owned();
        inputs.calendar.asked_about = was_there.then_some(path);
    }
}

fn send(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let id = state.fresh.id(now);
    let Some(path) = file(inputs, &inputs.calendar.path) else { return };
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(leaving) = open.calendar.as_mut().filter(|leaving| !leaving.busy) else { return };
    if leaving.events.is_empty() {
        return;
    }
    let receipt = Receipt {
        person: leaving.person,
        to: inputs.calendar.recipient.trim().to_owned(),
        format: "ics".to_owned(),
        ..Receipt::of(what(&leaving.events), now)
    };
    // What was written here, or what the save dialog asked about, may be replaced.
    let ours = leaving.written.as_ref().is_some_and(|written| written.path == path)
        || inputs.calendar.asked_about.as_ref() == Some(&path);
    leaving.busy = true;
    leaving.notice = None;
    jobs.push(Job::PassOn {
        of: Passed::Calendar,
        content: Content::Text(text(&leaving.events, now)),
        path,
        existing: if ours { Existing::Replace } else { Existing::Keep },
        receipt: (id, Box::new(receipt)),
    });
}

/// Takes what came of writing the file. It may be put away by now.
pub fn passed_on(state: &mut State, result: Result<Written, Notice>) {
    let Some(open) = state.open_mut() else { return };
    let waiting = open.calendar.as_mut().filter(|leaving| leaving.busy);
    match result {
        Ok(written) => {
            open.journal.put(written.id, Body::Receipt(written.receipt.clone()));
            if let Some(leaving) = waiting {
                leaving.busy = false;
                leaving.written = Some(written);
            }
            toast(state, "Saved, and a receipt is kept", None);
        }
        Err(notice) => match waiting {
            Some(leaving) => {
                leaving.busy = false;
                leaving.notice = Some(notice);
            }
            None => open.banner = Some(notice),
        },
    }
}
