//! What leaves before and after a meeting.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::summary::{file, folder_and_name};
use super::{Change, go, handing, part, press, save, toast};
use crate::app::educator::EducatorForm;
use crate::app::gather::{Gathered, Gathering};
use crate::app::inputs::Inputs;
use crate::app::job::{Asker, Job, Passed, Written};
use crate::app::letter::{
    self, GatheringOf, LetterAction, LetterForm, LetterPage, ShownLetter, Sources, Topic,
};
use crate::app::notice::Notice;
use crate::app::packs::FileFor;
use crate::app::press::{SettingFile, ToSet};
use crate::app::screen::Screen;
use crate::app::state::{Open, Phase, State};
use crate::export::Format;
use crate::library::Library;
use crate::model::{Body, HandedOver, Id, Person, Receipt};
use crate::platform::{Chosen, Existing, Wanted};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: LetterAction, jobs: &mut Vec<Job>) {
    match wish {
        LetterAction::Show(topic) => go(state, inputs, Screen::Letter(topic), jobs),
        LetterAction::Format(format) => set_format(state, inputs, format),
        LetterAction::TakeOut(words, out) => take_out(state, inputs, words, out),
        LetterAction::Choose => choose(state, inputs, jobs),
        LetterAction::Save if handing::is_asked(state) => handing::write(state, inputs, jobs),
        LetterAction::Save => write(state, inputs, jobs),
        LetterAction::Copied => copied(state, inputs, jobs),
        LetterAction::Tick(names, on) => tick(state, &names, on, jobs),
        LetterAction::MoveOn => move_on(state, inputs, jobs),
    }
}

/// Prepares the page before it is shown.
pub fn show(state: &mut State, inputs: &mut Inputs, topic: &Topic) {
    let (library, built_in) = (state.library.clone(), state.built_in.clone());
    let today = state.today();
    let Some(open) = state.open_mut() else { return };
    let format = Format::Pdf;
    let page = match topic {
        Topic::Held(_) => None,
        _ => page_about(open, topic, format, (&library, &built_in, today)),
    };
    let mut name = page.as_ref().map(|page| page.letter.file_name(format)).unwrap_or_default();
    if handing::goes_to_a_pair(open, topic) {
        name = Path::new(&name).with_extension("cairn").to_string_lossy().into_owned();
    }
    let person = topic.person(&open.journal).and_then(|id| open.journal.person(id));
    let recipient = person.map(|person| match topic {
        Topic::Handover(_) if !open.words().is_doctor() => {
            person.handed_over.clone().unwrap_or_default().to
        }
        _ => person.name.clone(),
    });
    inputs.letter = LetterForm {
        recipient: recipient.unwrap_or_default(),
        path: inputs.documents.join(name).to_string_lossy().into_owned(),
        ..LetterForm::default()
    };
    if let Topic::Year(period) | Topic::Coaching(period) = topic {
        // What is half typed about something else stays.
        let adding = inputs.educator.adding.take();
        let form = EducatorForm::of(&open.journal.settings(), *period);
        inputs.educator = EducatorForm { adding, ..form };
    }
    open.letter = Some(ShownLetter {
        topic: topic.clone(),
        format,
        sending: None,
        asking: false,
        notice: None,
        page,
        gathering: None,
        written: None,
    });
}

fn page_about(
    open: &Open,
    topic: &Topic,
    format: Format,
    (library, built_in, today): (&Library, &Library, Date),
) -> Option<LetterPage> {
    let damaged = open.record.all_damaged().len();
    let from = Sources { journal: &open.journal, library, built_in, today, damaged };
    topic.page(&from, format, &BTreeSet::new())
}

/// Makes the page anew when the record changed behind it or a new day began. Says whether its words
/// are others now; what was allowed to go with the old ones is to be asked again.
pub fn refresh(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) -> bool {
    let (library, built_in) = (state.library.clone(), state.built_in.clone());
    let today = state.today();
    let now = state.now.timestamp();
    let State { fresh, phase: Phase::Open(open), .. } = state else { return false };
    if !matches!(open.screen, Screen::Letter(_)) {
        return false;
    }
    let made_at = open.journal.changes();
    let Some(mut shown) = open.letter.take() else { return false };
    // Texts that were still being read are no change of the record.
    let read = |page: &LetterPage| {
        let short = |id| open.journal.short_about(id);
        page.waits() > 0 && shown.topic.person(&open.journal).map_or(0, short) == 0
    };
    let is_new = |page: &LetterPage| {
        page.made_at == Some(made_at) && page.letter.made_on == today && !read(page)
    };
    if shown.page.as_ref().is_some_and(is_new) {
        open.letter = Some(shown);
        return false;
    }
    if let Topic::Held(person) = shown.topic {
        // One that ended without a page is not tried again before something changed.
        let has_page = shown.page.is_some();
        if shown.gathering.is_none_or(|it| it.at != made_at || it.done && has_page) {
            let id = fresh.id(now);
            shown.gathering = Some(GatheringOf { id, at: made_at, done: false });
            jobs.push(Job::Gather(Box::new(Gathering {
                id,
                person,
                journal: open.journal.clone(),
                libraries: (library, built_in),
                today,
                damaged: open.record.all_damaged().len(),
                format: shown.format,
                taken_out: inputs.letter.taken_out.clone(),
            })));
        }
        open.letter = Some(shown);
        return true;
    }
    let after = page_about(open, &shown.topic, shown.format, (&library, &built_in, today));
    let changed = take(&mut shown, after, inputs);
    open.letter = Some(shown);
    changed
}

/// Puts a page in the place of the one before. Says whether its words are others now.
fn take(shown: &mut ShownLetter, after: Option<LetterPage>, inputs: &mut Inputs) -> bool {
    let words = |page: &Option<LetterPage>| page.as_ref().map(|page| page.letter.text());
    let changed = words(&shown.page) != words(&after);
    if changed {
        shown.written = None;
        inputs.letter.goes_anyway = false;
    }
    shown.page = after;
    changed
}

/// Takes what was gathered about a person. What nobody waits for any more is dropped.
pub fn gathered(state: &mut State, inputs: &mut Inputs, id: Id, gathered: Option<Box<Gathered>>) {
    let Some(shown) = state.open_mut().and_then(|open| open.letter.as_mut()) else { return };
    let Some(gathering) = shown.gathering.as_mut().filter(|it| it.id == id) else {
        return;
    };
    gathering.done = true;
    let Some(gathered) = gathered else {
        shown.notice = Some(Notice::new(
            "The page could not be made: the computer is out of room for more work.",
            "Nothing left this machine.",
            "Close other programs, go back and open it again.",
        ));
        return;
    };
    let Gathered { page, format, taken_out } = *gathered;
    let is_other = format != shown.format || taken_out != inputs.letter.taken_out;
    let page = match page {
        Some(page) if is_other => Some(page.without(shown.format, &inputs.letter.taken_out)),
        page => page,
    };
    if let Some(page) = page.as_ref().filter(|_| shown.page.is_none()) {
        let file = inputs.documents.join(page.letter.file_name(shown.format));
        inputs.letter.path = file.to_string_lossy().into_owned();
    }
    take(shown, page, inputs);
}

/// The page of a record that may be written to, while nothing of it is under way.
pub fn ready(open: &mut Open) -> Option<&mut ShownLetter> {
    let writable = open.read_only.is_none();
    open.letter.as_mut().filter(|shown| writable && shown.sending.is_none() && !shown.asking)
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

/// Takes words out of the page or puts them back; what was allowed to stay is to be asked again.
fn take_out(state: &mut State, inputs: &mut Inputs, words: String, out: bool) {
    let Some(shown) = state.open_mut().and_then(|open| open.letter.as_mut()) else { return };
    let Some(page) = shown.page.take_if(|_| shown.sending.is_none()) else { return };
    if out {
        inputs.letter.taken_out.insert(words);
    } else {
        inputs.letter.taken_out.remove(&words);
    }
    inputs.letter.goes_anyway = false;
    shown.written = None;
    shown.page = Some(page.without(shown.format, &inputs.letter.taken_out));
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
pub fn may_leave(shown: &ShownLetter, form: &LetterForm) -> bool {
    let settled = |page: &LetterPage| page.found.is_empty() || form.goes_anyway;
    let may = |page: &LetterPage| {
        let whole = page.waits() == 0 && !page.is_unticked();
        whole && settled(page) && page.named.is_empty()
    };
    shown.page.as_ref().is_some_and(may)
}

fn write(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    if refresh(state, inputs, jobs) {
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
        of: shown.topic.session(),
        to: form.recipient.trim().to_owned(),
        format: shown.format.extension().to_owned(),
        lines: u32::try_from(page.letter.lines()).unwrap_or(u32::MAX),
        ..Receipt::of(page.letter.saying.what.clone(), now)
    };
    // What this screen wrote, or what the dialog asked about, may be replaced.
    let ours = shown.written.as_ref().is_some_and(|written| written.path == path)
        || form.asked_about.as_ref() == Some(&path);
    let file = SettingFile {
        of: Passed::Letter,
        path,
        existing: if ours { Existing::Replace } else { Existing::Keep },
        receipt: Box::new(receipt),
    };
    let page = ToSet::Letter(Box::new(page.letter.clone()), shown.format);
    shown.sending = Some(id);
    shown.notice = None;
    press::begin(open, id, page, file, jobs);
}

/// The file that was asked for is not set any more.
pub fn stopped(open: &mut Open) {
    if let Some(shown) = &mut open.letter {
        shown.sending = None;
    }
}

/// Takes what came of the file. The person may look at another page by now.
pub fn passed_on(state: &mut State, id: Id, result: Result<Written, Notice>) {
    let Some(open) = state.open_mut() else { return };
    let waiting = open.letter.as_mut().filter(|shown| shown.sending == Some(id));
    match result {
        Ok(written) => {
            open.journal.put(written.id, Body::Receipt(written.receipt.clone()));
            if let Some(shown) = waiting {
                shown.sending = None;
                shown.written = Some(written);
            }
            // The receipt is no part of the page.
            if let Some(page) = open.letter.as_mut().and_then(|shown| shown.page.as_mut()) {
                page.made_at = Some(open.journal.changes());
            }
            toast(state, "Saved, and a receipt is kept", None);
        }
        Err(notice) => match waiting {
            Some(shown) => {
                shown.sending = None;
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
    let topic = open.letter.as_ref().map(|shown| &shown.topic);
    let person = topic.and_then(|topic| topic.person(&open.journal));
    let of = topic.and_then(Topic::session);
    let Some(page) = open.letter.as_ref().and_then(|shown| shown.page.as_ref()) else { return };
    let receipt = Receipt {
        person,
        of,
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

/// Ticks lines of the handover on the screen, or takes their ticks away.
fn tick(state: &mut State, names: &[String], on: bool, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut() else { return };
    if ready(open).is_none() {
        return;
    }
    let Some(shown) = &open.letter else { return };
    let candidates = shown.page.as_ref().and_then(|page| page.candidates.as_ref());
    let whom = shown.topic.person(&open.journal);
    let Some((candidates, id)) = candidates.zip(whom) else { return };
    let Some(mut person) = open.journal.person(id).cloned() else { return };
    let whole = open.journal.short() == 0;
    letter::tick(&mut person, (candidates, whole), names, on);
    save(state, vec![Change { id, body: Body::Person(person) }], jobs);
}

/// Moves the person whose handover was saved to past people, with the name and the day that are
/// typed. What was ticked for it is asked anew the next time.
fn move_on(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Ok(on) = inputs.letter.handover_day(state.today()) else { return };
    let to = inputs.letter.recipient.trim().to_owned();
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(ShownLetter { topic: Topic::Handover(id), written: Some(_), .. }) = open.letter else {
        return;
    };
    let Some(before) = open.journal.person(id).cloned() else { return };
    let held = before.handed_over.clone().unwrap_or_default();
    let handed_over = Some(HandedOver { on, to, ..held });
    let after = Person { handed_over, handover_ticked: Vec::new(), ..before.clone() };
    let words = format!("{} moved to past people", before.called());
    go(state, inputs, Screen::People(Some(id)), jobs);
    part::put(state, (id, before, after), words, jobs);
}
