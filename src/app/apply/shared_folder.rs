//! Folders that are shared: choosing one, looking at what waits in it, and what goes into it by
//! itself.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::exchange::{ask, found_in, may_leave, open, records, write_to};
use super::toast;
use crate::app::exchanging::{ExchangeJob, Told};
use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::pairing::{Both, Stands};
use crate::app::shared_folder::{Folder, FolderAction, HeldUp};
use crate::app::state::{Open, State};
use crate::exchange::file::{self, Form};
use crate::exchange::pairing::Side;
use crate::model::Id;
use crate::model::text::count;

/// What was changed goes by itself when nothing more was changed for so long.
const CALM: SignedDuration = SignedDuration::from_mins(2);

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: FolderAction, jobs: &mut Vec<Job>) {
    match wish {
        FolderAction::Use(person) => {
            let path = PathBuf::from(inputs.keeping.shared.trim());
            let by_itself = folder(state, person).is_some_and(|folder| folder.by_itself);
            set(state, person, Some(Folder { path, by_itself }), jobs);
        }
        FolderAction::Stop(person) => set(state, person, None, jobs),
        FolderAction::ByItself(person, by_itself) => {
            let folder = folder(state, person).map(|folder| Folder { by_itself, ..folder });
            if folder.is_some() {
                set(state, person, folder, jobs);
            }
        }
        FolderAction::Look(path) => open(state, inputs, path, jobs),
        FolderAction::Write => {
            let Some(person) = state.open().and_then(may_leave) else { return };
            if let Some(out) = place(state, person) {
                write_to(state, out, jobs);
            }
        }
    }
}

/// Fills the field before the page of a pairing is shown.
pub fn prepare(state: &State, inputs: &mut Inputs, person: Id) {
    let folder = folder(state, person).map(|folder| folder.path);
    inputs.keeping.shared = folder.unwrap_or_default().to_string_lossy().into_owned();
}

fn both(open: &Open, person: Id) -> Option<&Both> {
    match open.stands_with(person) {
        Stands::Paired(both) => Some(both),
        Stands::Not | Stands::Invited(_) => None,
    }
}

fn folder(state: &State, person: Id) -> Option<Folder> {
    both(state.open()?, person)?.folder.clone()
}

/// Where the next file for somebody lies in the shared folder. Both may write on one day, so the
/// name says which of the two.
fn place(state: &State, person: Id) -> Option<PathBuf> {
    let both = both(state.open()?, person)?;
    let side = if both.invited { Side::Inviter } else { Side::Accepter };
    let name = file::name_of(side, state.today(), both.sent + 1);
    Some(both.folder.as_ref()?.path.join(name))
}

fn set(state: &mut State, person: Id, folder: Option<Folder>, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(name) = open.journal.person(person).map(|person| person.name.clone()) else { return };
    open.pairing.notice = None;
    if folder.is_none() {
        open.exchange.folders.held_up.remove(&person);
        open.exchange.folders.found.remove(&person);
    }
    ask(state, ExchangeJob::Folder { person, name, folder }, jobs);
    jobs.push(Job::Look);
}

/// Which folder is shared is kept.
pub fn kept(state: &mut State, inputs: &mut Inputs, person: Id) {
    prepare(state, inputs, person);
    let words = match folder(state, person) {
        Some(_) => "The folder is in use",
        None => "The folder is not used any more",
    };
    toast(state, words, None);
}

/// Notes with whom something changed that goes by itself, once it is saved.
pub fn note(state: &mut State, ticket: u64, saved: bool) {
    let now = state.now.timestamp();
    let Some(open) = state.open_mut().filter(|_| saved) else { return };
    let Some(waiting) = open.waiting.get(&ticket) else { return };
    let about: Vec<Id> =
        waiting.changes.iter().filter_map(|change| change.body.about(change.id)).collect();
    for person in about {
        if by_itself(open, person) {
            open.exchange.folders.unsent.insert(person, now);
        }
    }
}

fn by_itself(open: &Open, person: Id) -> bool {
    let folder = both(open, person).and_then(|both| both.folder.as_ref());
    folder.is_some_and(|folder| folder.by_itself)
}

/// Asks what would leave by itself, where nothing was changed for a while and nothing is being
/// written.
pub fn send_what_is_due(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let Some(open) = state.open_mut().filter(|open| open.room.is_none()) else { return };
    let writes = inputs.draft.is_some() || inputs.plan.is_some() || open.exchange.busy;
    let is_due = |at: &Timestamp| now.duration_since(*at) >= CALM;
    let unsent = &mut open.exchange.folders.unsent;
    let due = unsent.iter().find(|(_, at)| is_due(at)).map(|(person, _)| *person);
    let Some(person) = due.filter(|_| !writes) else { return };
    unsent.remove(&person);
    if !by_itself(open, person) {
        return;
    }
    let Some((name, records)) = records(open, person) else { return };
    ask(state, ExchangeJob::Ready { person, name, records }, jobs);
}

/// Puts what is ready into the folder, unless somebody is to look at it first.
pub fn ready(
    state: &mut State,
    (person, things, checked): (Id, &[Told], bool),
    jobs: &mut Vec<Job>,
) {
    let (today, out) = (state.today(), place(state, person));
    let Some(open) = state.open_mut() else { return };
    open.exchange.folders.held_up.remove(&person);
    // What is still being written waits.
    let finished: Vec<&Told> = things.iter().filter(|thing| thing.finished).collect();
    let Some(out) = out.filter(|_| !finished.is_empty()) else { return };
    let held_up = if !checked {
        Some(HeldUp::Unchecked)
    } else if !found_in(open, person, &finished, today).is_empty() {
        Some(HeldUp::Found)
    } else {
        None
    };
    if let Some(why) = held_up {
        open.exchange.folders.held_up.insert(person, why);
        return;
    }
    let Some((name, records)) = records(open, person) else { return };
    let wanted = finished.iter().map(|thing| thing.id).collect();
    let form = Form::Binary;
    let job = ExchangeJob::Send { person, name, records, wanted, out, form, alone: true };
    ask(state, job, jobs);
}

/// Something went by itself.
pub fn sent(state: &mut State, person: Id, things: usize) {
    let now = state.now.timestamp();
    let Some(open) = state.open_mut() else { return };
    open.exchange.folders.sent.insert(person, (now, things));
    let name = open.journal.person(person).map(|person| person.called().to_owned());
    let words = format!("Sent to {}: {}", name.unwrap_or_default(), count(things, "thing"));
    toast(state, words, None);
}
