//! What comes into the library from files, what is taken out of it, and packs that leave.

use std::path::PathBuf;
use std::sync::Arc;

use super::summary::{file, folder_and_name};
use super::{Change, go, save, toast};
use crate::app::inputs::Inputs;
use crate::app::job::{Asker, Content, Job, Passed, ReadAs, Written};
use crate::app::notice::Notice;
use crate::app::packs::{
    Coming, FileFor, Found, Leaving, PackForm, PacksAction, Refused, Shelf, is_out,
};
use crate::app::screen::Screen;
use crate::app::shared_folder::is_one;
use crate::app::state::{Open, State};
use crate::export::plain_name;
use crate::library::packs::make_pack;
use crate::library::{Incoming, Library};
use crate::model::own::{Added, list_id, template_id};
use crate::model::{Body, Id, Mark, Pack, Receipt, ReferenceList};
use crate::platform::{Chosen, Existing, Wanted};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: PacksAction, jobs: &mut Vec<Job>) {
    match wish {
        PacksAction::Choose => choose(state, inputs, jobs),
        PacksAction::Look(path) => look(state, inputs, path, jobs),
        PacksAction::BringIn => bring_in(state, inputs, jobs),
        PacksAction::TakeOut(sort, id) => take_out(state, inputs, (sort, &id), jobs),
        PacksAction::Make(with) => {
            go(state, inputs, Screen::MakePack, jobs);
            inputs.pack.chosen.extend(with);
        }
        PacksAction::Preview => preview(state, inputs),
        PacksAction::PassOn(id) => pass_on(state, inputs, &id, jobs),
        PacksAction::Change => {
            if let Some(shelf) = shelf(state) {
                shelf.leaving = None;
            }
        }
        PacksAction::ChooseFile => choose_file(state, inputs, jobs),
        PacksAction::Save => send(state, inputs, jobs),
    }
}

fn shelf(state: &mut State) -> Option<&mut Shelf> {
    state.open_mut().map(|open| &mut open.shelf)
}

/// The open record, unless it can only be read.
fn writable(state: &mut State) -> Option<&mut Open> {
    state.open_mut().filter(|open| open.read_only.is_none())
}

/// Forgets what was looked into and what was about to leave. What the worker is at goes on.
pub fn put_away(state: &mut State, inputs: &mut Inputs) {
    inputs.pack.unfolded.clear();
    inputs.print = Default::default();
    inputs.exit_card = None;
    if let Some(shelf) = shelf(state) {
        *shelf = Shelf { asking: shelf.asking, ..Shelf::default() };
    }
}

/// Asks for a file to look into.
pub fn choose(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let folder = inputs.documents.clone();
    let Some(shelf) = shelf(state) else { return };
    if !std::mem::replace(&mut shelf.asking, true) {
        let asker = Asker::Library(FileFor::BringIn);
        jobs.push(Job::AskPath { folder, wanted: Wanted::File, asker });
    }
}

/// Takes the answer of the dialog; one that nobody waits for any more is dropped.
pub fn chosen(
    state: &mut State,
    inputs: &mut Inputs,
    what: FileFor,
    chosen: Option<Chosen>,
    jobs: &mut Vec<Job>,
) {
    let asked = |shelf: &mut Shelf| std::mem::take(&mut shelf.asking);
    if !shelf(state).is_some_and(asked) {
        return;
    }
    let Some(Chosen { path, was_there }) = chosen else { return };
    if state.open().is_none_or(|open| open.room.is_some()) {
        // What is in the file is for one person, and two look at the screen by now.
        return;
    }
    let Some(shelf) = shelf(state) else { return };
    if what == FileFor::BringIn {
        return look(state, inputs, path, jobs);
    }
    if let Some(leaving) = &mut shelf.leaving {
        leaving.notice = None;
        inputs.pack.path = path.to_string_lossy().into_owned();
        inputs.pack.asked_about = was_there.then_some(path);
    }
}

/// Looks into the file that was named before the record was open.
pub fn look_if_waiting(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    if state.open().is_some()
        && let Some(path) = state.to_look_into.take()
    {
        look(state, inputs, path, jobs);
    }
}

/// Shows what is in a file. Nothing of it is taken in.
fn look(state: &mut State, inputs: &mut Inputs, path: PathBuf, jobs: &mut Vec<Job>) {
    let Some(open) = state.open() else {
        state.to_look_into = Some(path);
        return;
    };
    if is_one(&path) {
        return super::exchange::open(state, inputs, path, jobs);
    }
    let built_in = Arc::clone(&state.built_in);
    if matches!(open.screen, Screen::Answers(_)) {
        if let Some(shelf) = shelf(state) {
            shelf.reading = true;
        }
        jobs.push(Job::Read { path, built_in, as_what: ReadAs::Text });
        return;
    }
    if open.screen == Screen::Fairness {
        if let Some(shelf) = shelf(state) {
            shelf.reading = true;
        }
        jobs.push(Job::Read { path, built_in, as_what: ReadAs::Outcomes });
        return;
    }
    let list = match &open.screen {
        Screen::Lists(Some(id)) => Some(id.clone()),
        // Another file after one that could not be used.
        Screen::BringIn => open.shelf.list.clone(),
        _ => None,
    };
    let instead_of = list.as_ref().and_then(|id| built_in.list(id)).cloned().map(Box::new);
    let for_people = open.screen == Screen::BringPeople;
    let as_what = match instead_of {
        Some(list) => ReadAs::List(list),
        None if for_people => ReadAs::People,
        None => ReadAs::Anything,
    };
    let screen = if for_people { Screen::BringPeople } else { Screen::BringIn };
    go(state, inputs, screen, jobs);
    let Some(shelf) = shelf(state) else { return };
    (shelf.list, shelf.for_people, shelf.reading) = (list, for_people, true);
    jobs.push(Job::Read { path, built_in, as_what });
}

/// Takes what a file holds, unless nobody looks at it any more.
pub fn read(state: &mut State, name: String, read: Result<Box<Incoming>, Refused>) {
    let built_in = Arc::clone(&state.built_in);
    let Some(open) = state.open_mut() else { return };
    if !std::mem::take(&mut open.shelf.reading) {
        return;
    }
    let found = read.and_then(|incoming| Found::new(*incoming, &built_in, open.journal.own()));
    open.shelf.coming = Some(Coming { name, found });
}

/// Takes in what is shown: one record, so all of it or nothing.
fn bring_in(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let built_in = Arc::clone(&state.built_in);
    let now = state.now.timestamp();
    let new = state.fresh.id(now);
    let Some(open) = writable(state) else { return };
    let Some(Coming { found: Ok(found), .. }) = open.shelf.coming.take() else { return };
    // Another computer may have brought the same in since the file was read.
    let Ok(found) = Found::new(found.incoming, &built_in, open.journal.own()) else { return };
    let (record, body) = found.staged.into_record(|| new);
    let before = open.journal.get(record).filter(|before| !is_out(before));
    let Some(Place { sort, id, title, screen }) = place(&built_in, record, &body) else { return };
    save(state, vec![Change { id: record, body }], jobs);
    let own = state.open().map(|open| Arc::clone(open.journal.own()));
    let undo = match before {
        Some(before) => Some(Change { id: record, body: before }),
        None => own
            .and_then(|own| own.without_the(sort, &id, now).into_iter().find(|it| it.0 == record))
            .map(|(id, body)| Change { id, body }),
    };
    go(state, inputs, screen, jobs);
    if let Some(open) = state.open_mut() {
        open.back.retain(|screen| *screen != Screen::BringIn);
    }
    if state.open().is_some_and(|open| open.screen == Screen::Choose(None)) {
        inputs.choose.template = Some(id);
        inputs.choose.preview = true;
        inputs.choose.bring_up = true;
    }
    toast(state, format!("{title} is in your library"), undo.map(|undo| vec![undo]));
}

/// Where in the library a record stands.
struct Place {
    sort: Added,
    /// Its id there.
    id: String,
    title: String,
    /// What shows it.
    screen: Screen,
}

fn place(built_in: &Library, record: Id, body: &Body) -> Option<Place> {
    let (sort, id, title) = match body {
        Body::Pack(pack) => (Added::Pack, pack.id.clone(), &pack.title),
        Body::Template(template) => (Added::Template, template_id(record), &template.title),
        Body::List(list) => (Added::List, own_list(built_in, list), &list.title),
        _ => return None,
    };
    let screen = match sort {
        Added::Pack => Screen::Packs(Some(id.clone())),
        Added::Template => Screen::Choose(None),
        Added::List => Screen::Lists(Some(id.clone())),
    };
    Some(Place { sort, id, title: title.clone(), screen })
}

/// The id in the library of a list of one's own.
fn own_list(built_in: &Library, list: &ReferenceList) -> String {
    if built_in.list(&list.id).is_some() { list.id.clone() } else { list_id(&list.id) }
}

/// Takes a pack, or a template or list of one's own, out of the library, with what the owner
/// marked on it. Undo brings all of it back.
fn take_out(
    state: &mut State,
    inputs: &mut Inputs,
    (sort, id): (Added, &str),
    jobs: &mut Vec<Job>,
) {
    let now = state.now.timestamp();
    let built_in = Arc::clone(&state.built_in);
    let Some(open) = writable(state) else { return };
    let journal = &open.journal;
    let gone = journal.own().without_the(sort, id, now);
    let before =
        gone.iter().filter_map(|(id, _)| Some(Change { id: *id, body: journal.get(*id)? }));
    let mut undo: Vec<Change> = before.collect();
    let Some(words) = undo.last().map(|last| out_words(&built_in, &last.body)) else { return };
    let mut changes: Vec<Change> = gone.into_iter().map(|(id, body)| Change { id, body }).collect();
    let settings = journal.settings();
    let mut without = settings.clone();
    if sort != Added::List {
        without.library.retain(|key, _| !is_mark_of(key, id));
    }
    if let Some(settings_id) = journal.settings_id().filter(|_| without != settings) {
        changes.push(Change { id: settings_id, body: Body::Settings(without) });
        undo.push(Change { id: settings_id, body: Body::Settings(settings) });
    }
    let next = match (sort, &open.screen) {
        (Added::Pack, Screen::Packs(Some(shown))) if shown == id => Some(Screen::Packs(None)),
        (Added::List, Screen::Lists(Some(shown))) if shown == id && built_in.list(id).is_none() => {
            Some(Screen::Lists(None))
        }
        _ => None,
    };
    if let Some(next) = next {
        go(state, inputs, next, jobs);
    }
    save(state, changes, jobs);
    toast(state, words, Some(undo));
}

/// Whether a mark is on something of this pack, or on this template.
fn is_mark_of(key: &str, id: &str) -> bool {
    let within = format!("{id}/");
    key == Mark::of_template(id)
        || key.starts_with(&Mark::of_template(&within))
        || key.starts_with(&Mark::of_module(&within))
}

fn out_words(built_in: &Library, body: &Body) -> String {
    match body {
        Body::List(list) if built_in.list(&list.id).is_some() => {
            "The built-in list is back".to_owned()
        }
        Body::List(list) => format!("{} is out of your library", list.title),
        Body::Template(template) => format!("{} is out of your library", template.title),
        Body::Pack(pack) => format!("{} is out of your library", pack.title),
        _ => String::new(),
    }
}

/// Makes the pack that is chosen and typed, and shows all that leaves.
fn preview(state: &mut State, inputs: &mut Inputs) {
    inputs.pack.tried = true;
    if !inputs.pack.wrong().is_empty() {
        return;
    }
    let chosen = in_order(&state.library, &inputs.pack);
    let made = make_pack(&state.library, &state.built_in, inputs.pack.head(), &chosen);
    match made {
        Ok(pack) => show(state, inputs, pack),
        Err(error) => {
            let refused = match &error {
                crate::library::packs::PackError::File(error) => Refused::from(error),
                other => Refused::because(other.to_string()),
            };
            if let Some(shelf) = shelf(state) {
                shelf.refused = Some(refused);
            }
        }
    }
}

/// What is chosen, in the order of the library; what is no longer there is left out.
fn in_order(library: &Library, form: &PackForm) -> Vec<String> {
    let templates = library.templates().iter().map(|it| format!("template:{}", it.id));
    let modules = library.modules().iter().map(|it| format!("module:{}", it.id));
    let lists = library.lists().iter().map(|it| format!("list:{}", it.id));
    templates.chain(modules).chain(lists).filter(|key| form.chosen.contains(key)).collect()
}

fn show(state: &mut State, inputs: &mut Inputs, pack: Pack) {
    let tail = format!(" {}.json", pack.version);
    let name = plain_name(pack.title.split_whitespace().chain(["pack"]), &tail);
    inputs.pack.path = inputs.documents.join(name).to_string_lossy().into_owned();
    inputs.pack.asked_about = None;
    if let Some(shelf) = shelf(state) {
        shelf.refused = None;
        shelf.leaving = Some(Leaving::of(pack));
    }
}

/// Shows all that leaves when a pack of the library is passed on as it is.
fn pass_on(state: &mut State, inputs: &mut Inputs, id: &str, jobs: &mut Vec<Job>) {
    let Some(open) = state.open() else { return };
    let pack = open.journal.own().packs().find(|(_, pack)| pack.id == id);
    let Some(pack) = pack.map(|(_, pack)| pack.clone()) else { return };
    go(state, inputs, Screen::MakePack, jobs);
    show(state, inputs, pack);
}

fn choose_file(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let Some(path) = file(inputs, &inputs.pack.path) else { return };
    let (folder, name) = folder_and_name(inputs, &path);
    let Some(open) = writable(state).filter(|open| open.shelf.leaving.is_some()) else { return };
    if !std::mem::replace(&mut open.shelf.asking, true) {
        let asker = Asker::Library(FileFor::Pack);
        jobs.push(Job::AskPath { folder, wanted: Wanted::Save(name), asker });
    }
}

fn send(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let id = state.fresh.id(now);
    let Some(path) = file(inputs, &inputs.pack.path) else { return };
    let Some(open) = writable(state) else { return };
    let Some(leaving) = open.shelf.leaving.as_mut().filter(|leaving| !leaving.busy) else { return };
    let receipt = Receipt {
        to: inputs.pack.recipient.trim().to_owned(),
        format: "json".to_owned(),
        ..Receipt::of(format!("Pack “{}”", leaving.contents.title), now)
    };
    // What this page wrote, or what the dialog asked about, may be replaced.
    let ours = leaving.written.as_ref().is_some_and(|written| written.path == path)
        || inputs.pack.asked_about.as_ref() == Some(&path);
    leaving.busy = true;
    leaving.notice = None;
    jobs.push(Job::PassOn {
        of: Passed::Pack,
        content: Content::Text(leaving.text.clone()),
        path,
        existing: if ours { Existing::Replace } else { Existing::Keep },
        receipt: (id, Box::new(receipt)),
    });
}

/// Takes what came of writing a pack. The person may be elsewhere by now.
pub fn passed_on(state: &mut State, result: Result<Written, Notice>) {
    let Some(open) = state.open_mut() else { return };
    let waiting = open.shelf.leaving.as_mut().filter(|leaving| leaving.busy);
    match result {
        Ok(written) => {
            if let Some(leaving) = waiting {
                leaving.busy = false;
                leaving.written = Some(Written {
                    path: written.path.clone(),
                    id: written.id,
                    receipt: written.receipt.clone(),
                });
            }
            open.journal.put(written.id, Body::Receipt(written.receipt));
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
