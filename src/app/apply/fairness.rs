//! Files of outcomes, and figures that leave with a receipt.

use super::packs;
use super::summary::{file, folder_and_name};
use super::toast;
use crate::app::fairness::{FairnessAction, FairnessLeaving, Leaves, OpenFile};
use crate::app::inputs::Inputs;
use crate::app::job::{Asker, Content, Job, Passed, Written};
use crate::app::notice::Notice;
use crate::app::packs::Refused;
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::fairness::report::Report;
use crate::fairness::rows::Outcomes;
use crate::model::{Body, Journal, Receipt};
use crate::platform::{Chosen, Existing, Wanted};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: FairnessAction, jobs: &mut Vec<Job>) {
    match wish {
        FairnessAction::OpenFile => packs::choose(state, inputs, jobs),
        FairnessAction::CloseFile => {
            if let Some(open) = state.open_mut() {
                open.fairness.file = None;
            }
        }
        FairnessAction::Rules => rules(state, inputs),
        FairnessAction::Ask(what) => ask(state, inputs, what),
        FairnessAction::PutAway => put_away(state),
        FairnessAction::Choose => choose(state, inputs, jobs),
        FairnessAction::Save => send(state, inputs, jobs),
    }
}

/// Forgets what was about to leave. What the worker is at goes on.
pub fn put_away(state: &mut State) {
    if let Some(open) = state.open_mut() {
        open.fairness.leaving = None;
    }
}

/// Forgets the screen as a whole, with the file that was looked into.
pub fn leave(state: &mut State, inputs: &mut Inputs) {
    inputs.fairness = Default::default();
    if let Some(open) = state.open_mut() {
        open.fairness = Default::default();
    }
}

/// Takes what a file says, unless nobody looks at it any more.
pub fn read(
    state: &mut State,
    inputs: &mut Inputs,
    name: String,
    read: Result<Box<Outcomes>, Refused>,
) {
    let Some(open) = state.open_mut() else { return };
    if !std::mem::take(&mut open.shelf.reading) || open.screen != Screen::Fairness {
        return;
    }
    let rules = inputs.fairness.rules();
    inputs.fairness.pair = [1, 0];
    inputs.fairness.page = crate::app::fairness::Page::Calculator;
    open.fairness.file = Some(read.map(|outcomes| OpenFile {
        name,
        report: Report::new(&outcomes, rules),
        outcomes: *outcomes,
    }));
}

fn rules(state: &mut State, inputs: &mut Inputs) {
    let rules = inputs.fairness.rules();
    inputs.fairness.pair = [1, 0];
    let Some(open) = state.open_mut() else { return };
    if let Some(Ok(file)) = &mut open.fairness.file {
        file.report = Report::new(&file.outcomes, rules);
    }
}

fn ask(state: &mut State, inputs: &mut Inputs, what: Leaves) {
    let path = inputs.documents.join(what.file_name(state.today()));
    let Some(open) = state.open_mut() else { return };
    let Some(text) = what.text(&inputs.fairness, &open.fairness) else { return };
    inputs.fairness.path = path.to_string_lossy().into_owned();
    inputs.fairness.recipient.clear();
    inputs.fairness.asked_about = None;
    open.fairness.leaving = Some(FairnessLeaving {
        what,
        named: named(&open.journal, &text),
        text,
        asking: false,
        busy: false,
        notice: None,
        written: None,
    });
}

/// People of the record whose names stand in a text, as whole words.
fn named(journal: &Journal, text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let has = |name: &str| {
        let name = name.to_lowercase();
        let name: Vec<&str> =
            name.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        !name.is_empty() && words.windows(name.len()).any(|some| some == name)
    };
    let people = journal.people().into_iter();
    let named = people.filter(|(_, person)| has(&person.name) || has(&person.short_name));
    named.map(|(_, person)| person.name.clone()).collect()
}

fn choose(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let Some(path) = file(inputs, &inputs.fairness.path) else { return };
    let (folder, name) = folder_and_name(inputs, &path);
    let Some(leaving) = state.open_mut().and_then(|open| open.fairness.leaving.as_mut()) else {
        return;
    };
    if !std::mem::replace(&mut leaving.asking, true) {
        let wanted = Wanted::Save(name);
        jobs.push(Job::AskPath { folder, wanted, asker: Asker::Fairness });
    }
}

/// Takes the answer of the dialog; one that nobody waits for any more is dropped.
pub fn chosen(state: &mut State, inputs: &mut Inputs, chosen: Option<Chosen>) {
    let leaving = state.open_mut().and_then(|open| open.fairness.leaving.as_mut());
    let Some(leaving) = leaving.filter(|leaving| leaving.asking) else { return };
    leaving.asking = false;
    if let Some(Chosen { path, was_there }) = chosen {
        leaving.notice = None;
        inputs.fairness.path = path.to_string_lossy().into_owned();
        inputs.fairness.asked_about = was_there.then_some(path);
    }
}

fn send(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let id = state.fresh.id(now);
    let Some(path) = file(inputs, &inputs.fairness.path) else { return };
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(leaving) = open.fairness.leaving.as_mut().filter(|leaving| !leaving.busy) else {
        return;
    };
    let receipt = Receipt {
        to: inputs.fairness.recipient.trim().to_owned(),
        format: leaving.what.ending().to_owned(),
        ..Receipt::of(leaving.what.words().to_owned(), now)
    };
    // What was written here, or what the save dialog asked about, may be replaced.
    let ours = leaving.written.as_ref().is_some_and(|written| written.path == path)
        || inputs.fairness.asked_about.as_ref() == Some(&path);
    leaving.busy = true;
    leaving.notice = None;
    jobs.push(Job::PassOn {
        of: Passed::Fairness,
        content: Content::Text(leaving.text.clone()),
        path,
        existing: if ours { Existing::Replace } else { Existing::Keep },
        receipt: (id, Box::new(receipt)),
    });
}

/// Takes what came of writing the file. It may be put away by now.
pub fn passed_on(state: &mut State, result: Result<Written, Notice>) {
    let Some(open) = state.open_mut() else { return };
    let waiting = open.fairness.leaving.as_mut().filter(|leaving| leaving.busy);
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
