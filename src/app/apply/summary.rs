//! The ARCP summary: choosing and sending.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::toast;
use crate::app::action::SummaryAction;
use crate::app::inputs::{Inputs, Spot, SummaryForm};
use crate::app::job::{Asker, Job, Written, summary_of};
use crate::app::notice::Notice;
use crate::app::screen::Screen;
use crate::app::state::{Open, ShownSummary, State, SummaryPage};
use crate::export::sheet::Sheet;
use crate::export::{Format, LineId, Preview, file_name};
use crate::model::date::year_up_to;
use crate::model::text::long_date;
use crate::model::{Body, Id, Journal};
use crate::platform::{Chosen, Existing, Wanted};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: SummaryAction, jobs: &mut Vec<Job>) {
    match wish {
        SummaryAction::Person(id) => super::go(state, inputs, Screen::Summary(Some(id)), jobs),
        SummaryAction::Period(from, to) => {
            change(state, |shown| (shown.from, shown.to) = (from, to));
        }
        SummaryAction::Format(format) => set_format(state, inputs, format),
        SummaryAction::LeaveOut(line, out) => {
            let left_out = &mut inputs.summary.left_out;
            if out {
                left_out.insert(line)
            } else {
                left_out.remove(&line)
            };
            change(state, |_| {});
        }
        SummaryAction::Choose => choose(state, inputs, jobs),
        SummaryAction::Save => export(state, inputs, jobs),
    }
}

fn shown(state: &mut State) -> Option<&mut ShownSummary> {
    state.open_mut()?.summary.as_mut()
}

/// Changes what the page is made from; what was said about the last attempt goes.
fn change(state: &mut State, change: impl FnOnce(&mut ShownSummary)) {
    if let Some(shown) = shown(state) {
        change(shown);
        shown.changed();
        shown.notice = None;
    }
}

/// Shows the summary of a person, over the year up to today.
pub fn show(state: &mut State, inputs: &mut Inputs, person: Id) {
    let today = state.today();
    let from = year_up_to(today);
    let Some(open) = state.open_mut() else { return };
    inputs.summary.go_to = Some(Spot::Start);
    inputs.summary.panel_open = false;
    if open.summary.as_ref().is_some_and(|shown| shown.person == person) {
        return;
    }
    let shown = ShownSummary {
        person,
        from,
        to: today,
        format: Format::Pdf,
        busy: false,
        notice: None,
        page: None,
        asking: false,
        written: None,
        written_is_shown: false,
    };
    let page = page(&open.journal, &shown, &BTreeSet::new(), today);
    let name = page.as_ref().map(|page| file_name(&page.leaves, shown.format)).unwrap_or_default();
    inputs.summary = SummaryForm {
        from: long_date(from),
        to: long_date(today),
        path: inputs.documents.join(name).to_string_lossy().into_owned(),
        go_to: Some(Spot::Start),
        ..SummaryForm::default()
    };
    open.summary = Some(ShownSummary { page, ..shown });
}

/// Makes the page anew when something behind it changed or a new day began.
pub fn refresh(state: &mut State, inputs: &Inputs) {
    let today = state.today();
    let Some(open) = state.open_mut() else { return };
    if !matches!(open.screen, Screen::Summary(Some(_))) {
        return;
    }
    let Some(shown) = &open.summary else { return };
    if shown.page.as_ref().is_some_and(|page| page.leaves.facts.made_on == today) {
        return;
    }
    let page = page(&open.journal, shown, &inputs.summary.left_out, today);
    if let Some(shown) = &mut open.summary {
        shown.page = page;
    }
}

fn page(
    journal: &Journal,
    shown: &ShownSummary,
    left_out: &BTreeSet<LineId>,
    today: Date,
) -> Option<SummaryPage> {
    let period = (shown.from, shown.to);
    let whole = summary_of(journal, shown.person, period, &BTreeSet::new(), today)?;
    let leaves = summary_of(journal, shown.person, period, left_out, today)?;
    let preview = Preview::new(&leaves, shown.format);
    let sheet = Sheet::new(&leaves);
    Some(SummaryPage { whole, leaves, sheet, preview })
}

/// Changes the kind of file, and the ending of its name with it.
fn set_format(state: &mut State, inputs: &mut Inputs, format: Format) {
    let Some(before) = shown(state).map(|shown| shown.format) else { return };
    let path = Path::new(&inputs.summary.path);
    if path.extension().is_some_and(|ending| ending == before.extension()) {
        let path = path.with_extension(format.extension());
        inputs.summary.path = path.to_string_lossy().into_owned();
    }
    change(state, |shown| shown.format = format);
}

/// The file that is typed; a bare name lies in the folder for documents.
pub fn file(inputs: &Inputs, typed: &str) -> Option<PathBuf> {
    let typed = typed.trim();
    (!typed.is_empty()).then(|| inputs.documents.join(typed))
}

/// Where the desktop's dialog for a file begins: its folder and its name.
pub fn folder_and_name(inputs: &Inputs, path: &Path) -> (PathBuf, String) {
    let folder = path.parent().unwrap_or(&inputs.documents).to_path_buf();
    (folder, path.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

fn wanted(inputs: &Inputs) -> Option<PathBuf> {
    file(inputs, &inputs.summary.path)
}

fn choose(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(shown) = open.summary.as_mut().filter(|shown| !shown.busy && !shown.asking) else {
        return;
    };
    let Some(page) = &shown.page else { return };
    let suggested = || inputs.documents.join(file_name(&page.leaves, shown.format));
    let path = wanted(inputs).unwrap_or_else(suggested);
    let (folder, name) = folder_and_name(inputs, &path);
    jobs.push(Job::AskPath { folder, wanted: Wanted::Save(name), asker: Asker::Summary });
    shown.asking = true;
}

/// Takes the answer of the dialog; an answer that nobody waits for any more is dropped.
pub fn chosen(state: &mut State, inputs: &mut Inputs, chosen: Option<Chosen>) {
    let Some(shown) = shown(state).filter(|shown| shown.asking) else { return };
    shown.asking = false;
    if let Some(Chosen { path, was_there }) = chosen {
        shown.notice = None;
        inputs.summary.path = path.to_string_lossy().into_owned();
        inputs.summary.asked_about = was_there.then_some(path);
    }
}

fn export(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    refresh(state, inputs);
    let receipt = state.fresh.id(state.now.timestamp());
    let Some(path) = wanted(inputs) else { return };
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(shown) = open.summary.as_mut().filter(|shown| !shown.busy) else { return };
    let Some(page) = &shown.page else { return };
    let settled = inputs.summary.without_evidence || page.without_evidence().is_empty();
    if page.leaves.counts.lines == 0 || !settled {
        return;
    }
    // What this screen wrote, or what the save dialog asked about, may be replaced.
    let ours = shown.written.as_ref().is_some_and(|written| written.path == path)
        || inputs.summary.asked_about.as_ref() == Some(&path);
    jobs.push(Job::Export {
        summary: Box::new(page.leaves.clone()),
        format: shown.format,
        path,
        person: shown.person,
        receipt,
        to: inputs.summary.recipient.trim().to_owned(),
        existing: if ours { Existing::Replace } else { Existing::Keep },
    });
    shown.busy = true;
    shown.notice = None;
    // A change of the page before the answer comes takes this back.
    shown.written_is_shown = true;
}

/// Takes what came of writing the file. The person may look at another summary by now.
pub fn exported(state: &mut State, result: Result<Written, Notice>) {
    let Some(open) = state.open_mut() else { return };
    match result {
        Ok(written) => {
            open.journal.put(written.id, Body::Receipt(written.receipt.clone()));
            let person = written.receipt.person;
            if let Some(shown) = waiting(open).filter(|shown| Some(shown.person) == person) {
                shown.busy = false;
                shown.written = Some(written);
            }
            toast(state, "Saved, and a receipt is kept", None);
        }
        Err(notice) => match waiting(open) {
            Some(shown) => {
                shown.busy = false;
                shown.written_is_shown = false;
                shown.notice = Some(notice);
            }
            None => open.banner = Some(notice),
        },
    }
}

fn waiting(open: &mut Open) -> Option<&mut ShownSummary> {
    open.summary.as_mut().filter(|shown| shown.busy)
}
