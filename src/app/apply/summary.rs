//! The ARCP summary: choosing and sending.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{press, save, toast};
use crate::app::action::SummaryAction;
use crate::app::command::Command;
use crate::app::desk::Filing;
use crate::app::draft::Change;
use crate::app::inputs::{Inputs, Spot, SummaryForm};
use crate::app::job::{Asker, Job, Passed, Written};
use crate::app::notice::Notice;
use crate::app::press::{SettingFile, ToSet};
use crate::app::replacing::replaced;
use crate::app::screen::Screen;
use crate::app::state::{Open, ShownSummary, State, SummaryPage};
use crate::app::summary_page::{Looks, Making, kept_in, session_of};
use crate::export::{Format, LineId, file_name, order, portfolio};
use crate::library::Library;
use crate::model::date::year_up_to;
use crate::model::session::Kept;
use crate::model::text::long_date;
use crate::model::{Body, Id, Journal, LeftIn, Person, Receipt, clean};
use crate::platform::{Chosen, Existing, Wanted};
use crate::review::Finding;

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: SummaryAction, jobs: &mut Vec<Job>) {
    match wish {
        SummaryAction::Person(id) => super::go(state, inputs, Screen::Summary(Some(id)), jobs),
        SummaryAction::Period(from, to) => {
            change(state, |shown| (shown.from, shown.to) = (from, to));
        }
        SummaryAction::Format(format) => set_format(state, inputs, format),
        SummaryAction::LeaveOut(line, out) => {
            change_person(state, jobs, |person| order::leave_out(person, line, out));
        }
        SummaryAction::Move(line, place) => move_line(state, inputs, line, place, jobs),
        SummaryAction::KeepWords => keep_words(state, inputs, jobs),
        SummaryAction::Replace(line, found) => replace(state, inputs, line, &found, jobs),
        SummaryAction::Portfolio(id) => {
            inputs.summary.block = 0;
            change_person(state, jobs, |person| person.portfolio = id);
        }
        SummaryAction::Pasted(key, done) => pasted(state, &key, done, jobs),
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
    let library = std::sync::Arc::clone(&state.library);
    let Some(open) = state.open_mut() else { return };
    inputs.summary.go_to = Some(Spot::Start);
    inputs.summary.panel_open = false;
    inputs.summary.line = None;
    inputs.summary.block = 0;
    if open.summary.as_ref().is_some_and(|shown| shown.person == person) {
        return;
    }
    let shown = ShownSummary {
        person,
        from,
        to: today,
        format: Format::Pdf,
        sending: None,
        notice: None,
        page: None,
        looks: Looks::default(),
        asking: false,
        written: None,
        written_is_shown: false,
    };
    let mut looks = Looks::default();
    let page = page(&open.journal, &library, &shown, &mut looks, today);
    let name = page.as_ref().map(|page| file_name(&page.leaves, shown.format)).unwrap_or_default();
    inputs.summary = SummaryForm {
        from: long_date(from),
        to: long_date(today),
        path: inputs.documents.join(name).to_string_lossy().into_owned(),
        go_to: Some(Spot::Start),
        ..SummaryForm::default()
    };
    open.summary = Some(ShownSummary { page, looks, ..shown });
}

/// Makes the page anew when something behind it changed or a new day began.
pub fn refresh(state: &mut State) {
    let today = state.today();
    let library = std::sync::Arc::clone(&state.library);
    let Some(open) = state.open_mut() else { return };
    if !matches!(open.screen, Screen::Summary(Some(_)) | Screen::Boxes(_)) {
        return;
    }
    let Some(shown) = &mut open.summary else { return };
    if shown.page.as_ref().is_some_and(|page| page.leaves.facts.made_on == today) {
        return;
    }
    let mut looks = std::mem::take(&mut shown.looks);
    let page = page(&open.journal, &library, shown, &mut looks, today);
    (shown.page, shown.looks) = (page, looks);
}

fn page(
    journal: &Journal,
    library: &Library,
    shown: &ShownSummary,
    looks: &mut Looks,
    today: Date,
) -> Option<SummaryPage> {
    let (person, format) = (shown.person, shown.format);
    let period = (shown.from, shown.to);
    SummaryPage::new(Making { journal, library, person, period, format, today }, looks)
}

/// Changes what the person's record keeps of the choice.
fn change_person(state: &mut State, jobs: &mut Vec<Job>, change: impl FnOnce(&mut Person)) {
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(shown) = &mut open.summary else { return };
    shown.notice = None;
    let id = shown.person;
    let Some(before) = open.journal.person(id) else { return };
    let mut person = before.clone();
    change(&mut person);
    if person != *before {
        save(state, vec![Change { id, body: Body::Person(person) }], jobs);
    }
}

/// Moves a line, and says where it stands now.
fn move_line(
    state: &mut State,
    inputs: &mut Inputs,
    line: LineId,
    place: usize,
    jobs: &mut Vec<Job>,
) {
    refresh(state);
    let Some(page) = shown(state).and_then(|shown| shown.page.as_ref()) else { return };
    let together = page.together(line);
    let Some(from) = together.iter().position(|known| *known == line) else { return };
    let place = place.min(together.len().saturating_sub(1));
    if from != place {
        change_person(state, jobs, |person| {
            order::move_to(person, &together, line, place);
        });
    }
    inputs.summary.line = Some(line);
    inputs.summary.go_to = Some(Spot::Line(line));
    let words = match place.cmp(&from) {
        std::cmp::Ordering::Less => "Moved up",
        std::cmp::Ordering::Greater => "Moved down",
        std::cmp::Ordering::Equal if place == 0 => "Already the first",
        std::cmp::Ordering::Equal => "Already the last",
    };
    toast(state, format!("{words}: {} of {}", place + 1, together.len()), None);
}

/// Does a command that means something on the summary or its boxes alone. Says whether it did.
pub fn takes(
    state: &mut State,
    inputs: &mut Inputs,
    command: Command,
    jobs: &mut Vec<Job>,
) -> bool {
    let Some(open) = state.open() else { return false };
    match (&open.screen, command) {
        (Screen::Boxes(_), Command::NextPrompt) => next_box(open, inputs, true),
        (Screen::Boxes(_), Command::PreviousPrompt) => next_box(open, inputs, false),
        (Screen::Summary(_), Command::MoveUp) => step(state, inputs, false, jobs),
        (Screen::Summary(_), Command::MoveDown) => step(state, inputs, true, jobs),
        _ => return false,
    }
    true
}

/// Goes to the next box of the portfolio, or the one before, that has words.
fn next_box(open: &Open, inputs: &mut Inputs, on: bool) {
    let page = open.summary.as_ref().and_then(|shown| shown.page.as_ref());
    let count = page.map_or(0, |page| page.blocks.len());
    let is_filled = |at: usize| {
        page.and_then(|page| page.blocks.get(at)).is_some_and(|block| !block.text.is_empty())
    };
    let step = |at: usize| (at + if on { 1 } else { count - 1 }) % count;
    let mut at = inputs.summary.block;
    for _ in 0..count {
        at = step(at);
        if is_filled(at) {
            break;
        }
    }
    inputs.summary.block = at;
    inputs.summary.go_to = Some(Spot::Copy);
}

/// Moves the line that the keyboard is in by one.
fn step(state: &mut State, inputs: &mut Inputs, down: bool, jobs: &mut Vec<Job>) {
    let Some(line) = inputs.summary.line else { return };
    let Some(page) = shown(state).and_then(|shown| shown.page.as_ref()) else { return };
    let Some(at) = page.together(line).iter().position(|known| *known == line) else { return };
    let place = if down { at + 1 } else { at.saturating_sub(1) };
    move_line(state, inputs, line, place, jobs);
}

/// Keeps words that may point to somebody, with a reason, in the conversation they stand in.
fn keep_words(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some(keeping) = &mut inputs.summary.keeping else { return };
    keeping.tried = true;
    let reason = clean::line(keeping.reason.trim());
    let Some(open) = state.open().filter(|open| open.read_only.is_none()) else { return };
    let session = session_of(&open.journal, keeping.line);
    let Some(id) = session.filter(|_| !reason.is_empty()) else { return };
    let Some(held) = open.journal.held(id) else { return };
    let mut held = held.clone();
    let kept = Kept { kind: keeping.kind.clone(), text: keeping.text.clone(), reason };
    held.session.kept.retain(|old| (&old.kind, &old.text) != (&kept.kind, &kept.text));
    held.session.kept.push(kept);
    let line = keeping.line;
    inputs.summary.keeping = None;
    inputs.summary.go_to = Some(Spot::Line(line));
    save(state, vec![Change { id, body: held.body() }], jobs);
    toast(state, "Kept. The reason goes into the receipt", None);
}

/// Puts what the check offers in the place of words that may point to somebody.
fn replace(
    state: &mut State,
    inputs: &mut Inputs,
    line: LineId,
    found: &Finding,
    jobs: &mut Vec<Job>,
) {
    refresh(state);
    let Some(open) = state.open().filter(|open| open.read_only.is_none()) else { return };
    let Some(page) = open.summary.as_ref().and_then(|shown| shown.page.as_ref()) else { return };
    let Some(offered) = &found.replacement else { return };
    let Some(replaced) = replaced(&open.journal, &page.whole, line, found) else { return };
    inputs.summary.keeping = None;
    inputs.summary.go_to = Some(Spot::Line(replaced.line));
    save(state, replaced.after, jobs);
    let next = if replaced.was_agreed { "It is to be agreed again" } else { "Read it once more" };
    toast(state, format!("Now it says “{offered}”. {next}"), Some(replaced.before));
}

/// Remembers that a box was pasted. What left by hand leaves a receipt, as a file does.
fn pasted(state: &mut State, key: &str, done: bool, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let receipt = state.fresh.id(now);
    let Some(open) = state.open().filter(|open| open.read_only.is_none()) else { return };
    let Some(shown) = &open.summary else { return };
    let Some(page) = &shown.page else { return };
    let Some(mut person) = open.journal.person(shown.person).cloned() else { return };
    let was = person.summary_pasted.iter().any(|known| known == key);
    if was == done {
        return;
    }
    person.summary_pasted.retain(|known| known != key);
    let mut changes = Vec::new();
    let block = page.blocks.iter().find(|block| block.key == key);
    if let Some((block, portfolio)) = block.zip(page.portfolio).filter(|_| done) {
        person.summary_pasted.push(key.to_owned());
        let what = format!("{}: {}", portfolio.title, block.label);
        let receipt_of_box = Receipt {
            person: Some(shown.person),
            format: "paste".to_owned(),
            lines: u32::try_from(block.lines.len()).unwrap_or(u32::MAX),
            sha256: portfolio::sha256(&block.text),
            kept: LeftIn::of(
                kept_in(&open.journal, &page.leaves)
                    .iter()
                    .filter(|kept| block.text.contains(&kept.text)),
            ),
            ..Receipt::of(what, now)
        };
        changes.push(Change { id: receipt, body: Body::Receipt(receipt_of_box) });
    }
    changes.insert(0, Change { id: shown.person, body: Body::Person(person) });
    save(state, changes, jobs);
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
    let Some(shown) =
        open.summary.as_mut().filter(|shown| shown.sending.is_none() && !shown.asking)
    else {
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
    refresh(state);
    let now = state.now.timestamp();
    let receipt = state.fresh.id(now);
    let Some(path) = wanted(inputs) else { return };
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(shown) = open.summary.as_mut().filter(|shown| shown.sending.is_none()) else { return };
    let Some(page) = &shown.page else { return };
    let settled = inputs.summary.without_evidence || page.without_evidence().is_empty();
    let settled = settled && page.blocked().is_empty();
    if page.leaves.counts.lines == 0 || !settled {
        return;
    }
    // What this screen wrote, or what the save dialog asked about, may be replaced.
    let ours = shown.written.as_ref().is_some_and(|written| written.path == path)
        || inputs.summary.asked_about.as_ref() == Some(&path);
    let filing = Filing {
        person: shown.person,
        receipt,
        to: inputs.summary.recipient.trim().to_owned(),
        kept: kept_in(&open.journal, &page.leaves),
    };
    let file = SettingFile {
        of: Passed::Summary,
        path,
        existing: if ours { Existing::Replace } else { Existing::Keep },
        receipt: Box::new(filing.receipt_of(&page.leaves, shown.format, now)),
    };
    let page = ToSet::Summary(Box::new(page.leaves.clone()), shown.format);
    shown.sending = Some(receipt);
    shown.notice = None;
    // A change of the page before the answer comes takes this back.
    shown.written_is_shown = true;
    press::begin(open, receipt, page, file, jobs);
}

/// The file that was asked for is not set any more.
pub fn stopped(open: &mut Open) {
    if let Some(shown) = &mut open.summary {
        shown.sending = None;
        shown.written_is_shown = false;
    }
}

/// Takes what came of the file. The person may look at another summary by now.
pub fn exported(state: &mut State, id: Id, result: Result<Written, Notice>) {
    let Some(open) = state.open_mut() else { return };
    let waiting = open.summary.as_mut().filter(|shown| shown.sending == Some(id));
    match result {
        Ok(written) => {
            open.journal.put(written.id, Body::Receipt(written.receipt.clone()));
            if let Some(shown) = waiting {
                shown.sending = None;
                shown.written = Some(written);
            }
            toast(state, "Saved, and a receipt is kept", None);
        }
        Err(notice) => match waiting {
            Some(shown) => {
                shown.sending = None;
                shown.written_is_shown = false;
                shown.notice = Some(notice);
            }
            None => open.banner = Some(notice),
        },
    }
}
