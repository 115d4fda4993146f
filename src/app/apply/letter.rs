//! What leaves before and after a meeting.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::summary::{file, folder_and_name};
use super::{Change, go, save, toast};
use crate::app::educator::EducatorForm;
use crate::app::inputs::Inputs;
use crate::app::job::{Asker, Content, Job, Passed, Written};
use crate::app::letter::{LetterAction, LetterForm, LetterPage, ShownLetter, Topic};
use crate::app::notice::Notice;
use crate::app::packs::FileFor;
use crate::app::screen::Screen;
use crate::app::state::{Open, State};
use crate::export::Format;
use crate::model::{Body, Receipt};
use crate::platform::{Chosen, Existing, Wanted};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: LetterAction, jobs: &mut Vec<Job>) {
    match wish {
        LetterAction::Show(topic) => go(state, inputs, Screen::Letter(topic), jobs),
        LetterAction::Format(format) => set_format(state, inputs, format),
        LetterAction::Choose => choose(state, inputs, jobs),
        LetterAction::Save => write(state, inputs, jobs),
        LetterAction::Copied => copied(state, inputs, jobs),
    }
}

/// Prepares the page before it is shown.
pub fn show(state: &mut State, inputs: &mut Inputs, topic: &Topic) {
    let (library, built_in) = (state.library.clone(), state.built_in.clone());
    let today = state.today();
    let Some(open) = state.open_mut() else { return };
    let format = Format::Pdf;
    let letter = topic.letter(&open.journal, &library, today);
    let name = letter.as_ref().map(|letter| letter.file_name(format)).unwrap_or_default();
    let recipient = topic.person(&open.journal).and_then(|id| open.journal.person(id));
    inputs.letter = LetterForm {
        recipient: recipient.map(|person| person.name.clone()).unwrap_or_default(),
        path: inputs.documents.join(name).to_string_lossy().into_owned(),
        ..LetterForm::default()
    };
    if let Topic::Year(period) | Topic::Coaching(period) = topic {
        inputs.educator = EducatorForm::of(&open.journal.settings(), *period);
    }
    open.letter = Some(ShownLetter {
        topic: topic.clone(),
        format,
        busy: false,
        asking: false,
        notice: None,
        page: letter.map(|it| LetterPage::new(it, format, &open.journal, &built_in, today)),
        written: None,
    });
}

/// Makes the page anew when the record changed behind it or a new day began. Says whether its words
/// are others now; what was allowed to go with the old ones is to be asked again.
pub fn refresh(state: &mut State, inputs: &mut Inputs) -> bool {
    let (library, built_in) = (state.library.clone(), state.built_in.clone());
    let today = state.today();
    let Some(open) = state.open_mut() else { return false };
    if !matches!(open.screen, Screen::Letter(_)) {
        return false;
    }
    let made_at = open.journal.changes();
    let Some(shown) = &mut open.letter else { return false };
    let is_new = |page: &LetterPage| page.made_at == made_at && page.letter.made_on == today;
    if shown.page.as_ref().is_some_and(is_new) {
        return false;
    }
    let before = shown.page.take();
    let letter = shown.topic.letter(&open.journal, &library, today);
    let after = letter.map(|it| LetterPage::new(it, shown.format, &open.journal, &built_in, today));
    let words = |page: &Option<LetterPage>| page.as_ref().map(|page| page.letter.text());
    let changed = words(&before) != words(&after);
    if changed {
        shown.written = None;
        inputs.letter.goes_anyway = false;
    }
    shown.page = after;
    changed
}

/// The page of a record that may be written to, while nothing of it is under way.
fn ready(open: &mut Open) -> Option<&mut ShownLetter> {
    let writable = open.read_only.is_none();
    open.letter.as_mut().filter(|shown| writable && !shown.busy && !shown.asking)
}

/// Changes the kind of file, and the ending of its name with it.
fn set_format(state: &mut State, inputs: &mut Inputs, format: Format) {
    let Some(shown) = state.open_mut().and_then(|open| open.letter.as_mut()) else { return };
    let path = Path::new(&inputs.letter.path);
    if path.extension().is_some_and(|ending| ending == shown.format.extension()) {
        inputs.letter.path = path.with_extension(format.extension()).to_string_lossy().into_owned();
    }
    shown.format = format;
    shown.notice = None;
    if let Some(page) = &mut shown.page {
        page.preview = page.letter.preview(format);
    }
}

fn choose(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let Some(path) = file(inputs, &inputs.letter.path) else { return };
    let (folder, name) = folder_and_name(inputs, &path);
    let Some(shown) = state.open_mut().and_then(ready) else { return };
    shown.asking = true;
    let asker = Asker::Library(FileFor::Letter);
    jobs.push(Job::AskPath { folder, wanted: Wanted::Save(name), asker });
}

/// Takes the answer of the dialog; one that nobody waits for any more is dropped.
pub fn chosen(state: &mut State, inputs: &mut Inputs, chosen: Option<Chosen>) {
    let shown = state.open_mut().and_then(|open| open.letter.as_mut());
    let Some(shown) = shown.filter(|shown| shown.asking) else { return };
    shown.asking = false;
    if let Some(Chosen { path, was_there }) = chosen {
        shown.notice = None;
        inputs.letter.path = path.to_string_lossy().into_owned();
        inputs.letter.asked_about = was_there.then_some(path);
    }
}

/// Whether all there is to settle is settled.
fn may_leave(shown: &ShownLetter, form: &LetterForm) -> bool {
    let is_settled =
        |page: &LetterPage| page.named.is_empty() && (page.found.is_empty() || form.goes_anyway);
    shown.page.as_ref().is_some_and(is_settled)
}

fn write(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    if refresh(state, inputs) {
        // What was pressed was another page.
        return;
    }
    let now = state.now.timestamp();
    let id = state.fresh.id(now);
    let Some(path) = file(inputs, &inputs.letter.path) else { return };
    let form = &inputs.letter;
    let Some(open) = state.open_mut() else { return };
    let person = open.letter.as_ref().and_then(|shown| shown.topic.person(&open.journal));
    let Some(shown) = ready(open).filter(|shown| may_leave(shown, form)) else { return };
    let Some(page) = &shown.page else { return };
    let receipt = Receipt {
        person,
        to: form.recipient.trim().to_owned(),
        format: shown.format.extension().to_owned(),
        lines: u32::try_from(page.letter.lines()).unwrap_or(u32::MAX),
        ..Receipt::of(page.letter.saying.what.clone(), now)
    };
    // What this screen wrote, or what the dialog asked about, may be replaced.
    let ours = shown.written.as_ref().is_some_and(|written| written.path == path)
        || form.asked_about.as_ref() == Some(&path);
    jobs.push(Job::PassOn {
        of: Passed::Letter,
        content: Content::Letter(Box::new(page.letter.clone()), shown.format),
        path,
        existing: if ours { Existing::Replace } else { Existing::Keep },
        receipt: (id, Box::new(receipt)),
    });
    shown.busy = true;
    shown.notice = None;
}

/// Takes what came of writing the file.
pub fn passed_on(state: &mut State, result: Result<Written, Notice>) {
    let Some(open) = state.open_mut() else { return };
    let waiting = open.letter.as_mut().filter(|shown| shown.busy);
    match result {
        Ok(written) => {
            open.journal.put(written.id, Body::Receipt(written.receipt.clone()));
            if let Some(shown) = waiting {
                shown.busy = false;
                shown.written = Some(written);
            }
            // The receipt is no part of the page.
            if let Some(page) = open.letter.as_mut().and_then(|shown| shown.page.as_mut()) {
                page.made_at = open.journal.changes();
            }
            toast(state, "Saved, and a receipt is kept", None);
        }
        Err(notice) => match waiting {
            Some(shown) => {
                shown.busy = false;
                shown.notice = Some(notice);
            }
            None => open.banner = Some(notice),
        },
    }
}

/// Keeps the receipt of words that went to the clipboard.
fn copied(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let id = state.fresh.id(now);
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let person = open.letter.as_ref().and_then(|shown| shown.topic.person(&open.journal));
    let Some(page) = open.letter.as_ref().and_then(|shown| shown.page.as_ref()) else { return };
    let receipt = Receipt {
        person,
        to: inputs.letter.recipient.trim().to_owned(),
        format: Format::Text.extension().to_owned(),
        lines: u32::try_from(page.letter.lines()).unwrap_or(u32::MAX),
        sha256: format!("{:x}", Sha256::digest(page.letter.text())),
        ..Receipt::of(format!("{}, copied", page.letter.saying.what), now)
    };
    save(state, vec![Change { id, body: Body::Receipt(receipt) }], jobs);
    let words = "Copied, and a receipt is kept. It leaves the clipboard after a minute";
    toast(state, words, None);
}
