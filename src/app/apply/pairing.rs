//! Pairing with somebody: the files, the six words, the four words.

use std::path::PathBuf;

use zeroize::Zeroizing;

use super::summary::{file, folder_and_name};
use super::{go, toast};
use crate::app::inputs::Inputs;
use crate::app::job::{Asker, Job, Written};
use crate::app::notice::Notice;
use crate::app::pairing::{
    Called, PairFile, Pairing, PairingAction, PairingCame, PairingForm, PairingJob, Stands,
    WrittenFor, file_name,
};
use crate::app::screen::Screen;
use crate::app::state::{Open, State};
use crate::model::{Body, Id};
use crate::platform::{Chosen, Wanted};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: PairingAction, jobs: &mut Vec<Job>) {
    match wish {
        PairingAction::Choose(what) => choose(state, inputs, what, jobs),
        PairingAction::Invite => invite(state, inputs, jobs),
        PairingAction::OtherWords(other) => other_words(state, inputs, other),
        PairingAction::Type(on) => to_words(state, inputs, on),
        PairingAction::Accept => accept(state, inputs, jobs),
        PairingAction::Compared(same) => compared(state, same, jobs),
        PairingAction::AskStop(person) => inputs.pairing.stopping = person,
        PairingAction::Stop => {
            if let Some(person) = inputs.pairing.stopping.take() {
                stop(state, person, jobs);
            }
        }
    }
}

/// Fills the forms of a screen before it is shown.
pub fn prepare(state: &State, inputs: &mut Inputs, screen: &Screen) {
    if let Screen::Pair(person) = screen {
        super::shared_folder::prepare(state, inputs, *person);
    }
    let Some(open) = state.open() else { return };
    let (what, whom) = match screen {
        Screen::Join(whom) => ("reply", *whom),
        _ => ("invitation", None),
    };
    let path = inputs.documents.join(file_name(what, &state.now));
    let own_name = open.journal.settings().your_name;
    let path = path.to_string_lossy().into_owned();
    inputs.pairing = PairingForm { path, own_name, whom, ..PairingForm::default() };
}

/// Forgets what was on the screen; the six words are nowhere then, and that is told.
pub fn put_away(state: &mut State, inputs: &mut Inputs) {
    inputs.pairing = PairingForm::default();
    let Some(open) = state.open_mut() else { return };
    let waits = open.pairs_with().is_some_and(|id| is_invited(open, id));
    let left = std::mem::take(&mut open.pairing);
    if left.words.is_some() && waits {
        let words = "The six words are gone. If they were not heard yet, make other words";
        toast(state, words, None);
    }
}

fn is_invited(open: &Open, person: Id) -> bool {
    matches!(open.stands_with(person), Stands::Invited(_))
}

/// The page, unless the worker is at it or the record can only be read.
fn idle(state: &mut State) -> Option<&mut Open> {
    state.open_mut().filter(|open| open.read_only.is_none() && !open.pairing.busy)
}

fn called(open: &Open, id: Id) -> Option<Called> {
    open.journal.person(id).map(|person| Called { id, name: person.name.clone() })
}

/// Hands the worker a job, once.
fn send(open: &mut Open, job: PairingJob, jobs: &mut Vec<Job>) {
    open.pairing.busy = true;
    open.pairing.notice = None;
    jobs.push(Job::Pairing(job));
}

fn choose(state: &mut State, inputs: &Inputs, what: PairFile, jobs: &mut Vec<Job>) {
    let now = state.now.clone();
    let Some(open) = idle(state).filter(|open| open.pairing.asking.is_none()) else { return };
    let (folder, wanted) = match what {
        PairFile::Place => {
            let Some(path) = file(inputs, &inputs.pairing.path) else { return };
            let (folder, name) = folder_and_name(inputs, &path);
            (folder, Wanted::Save(name))
        }
        PairFile::Invitation | PairFile::Reply => (inputs.documents.clone(), Wanted::File),
    };
    open.pairing.asking = Some(what);
    if what == PairFile::Reply {
        open.pairing.said.get_or_insert(now);
    }
    jobs.push(Job::AskPath { folder, wanted, asker: Asker::Pairing(what) });
}

/// Takes the answer of the dialog; one that nobody waits for any more is dropped.
pub fn chosen(
    state: &mut State,
    inputs: &mut Inputs,
    (what, chosen): (PairFile, Option<Chosen>),
    jobs: &mut Vec<Job>,
) {
    let Some(open) = state.open_mut() else { return };
    if open.pairing.asking.take_if(|asking| *asking == what).is_none() || open.room.is_some() {
        return;
    }
    let Some(Chosen { path, .. }) = chosen else { return };
    open.pairing.notice = None;
    match what {
        PairFile::Place => inputs.pairing.path = path.to_string_lossy().into_owned(),
        PairFile::Invitation => inputs.pairing.invitation = Some(path),
        PairFile::Reply => {
            let people = open.journal.people().into_iter();
            let names = people.map(|(id, person)| (id, person.name.clone())).collect();
            send(open, PairingJob::Finish { reply: path, names }, jobs);
        }
    }
}

fn invite(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    inputs.pairing.tried = true;
    let own_name = inputs.pairing.own_name.trim().to_owned();
    let Some(out) = file(inputs, &inputs.pairing.path) else { return };
    let Some(open) = idle(state).filter(|_| !own_name.is_empty()) else { return };
    let Some(whom) = open.pairs_with().and_then(|id| called(open, id)) else { return };
    inputs.pairing.tried = false;
    send(open, PairingJob::Invite { whom, own_name, out }, jobs);
}

fn other_words(state: &mut State, inputs: &mut Inputs, other: bool) {
    let name = file_name("invitation", &state.now);
    let Some(open) = idle(state) else { return };
    open.pairing.other_words = other;
    open.pairing.notice = None;
    let mut path = inputs.documents.join(&name);
    let before = open.pairing.written.as_ref().map(|written| &written.file.path);
    if before == Some(&path) {
        path = inputs.documents.join(name.replace(".cairn", " again.cairn"));
    }
    inputs.pairing.path = path.to_string_lossy().into_owned();
    inputs.pairing.spelled = None;
}

fn to_words(state: &mut State, inputs: &mut Inputs, on: bool) {
    let form = &mut inputs.pairing;
    form.tried = on && !form.is_named();
    form.typing = on && form.is_named();
    if let Some(open) = state.open_mut() {
        open.pairing.notice = None;
    }
}

fn accept(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    inputs.pairing.tried = true;
    let new = state.new_id();
    let out = file(inputs, &inputs.pairing.path);
    let form = &inputs.pairing;
    let own_name = form.own_name.trim().to_owned();
    let (Some(out), None, false) = (out, form.first_wrong(), own_name.is_empty()) else { return };
    let Some(open) = idle(state) else { return };
    let Some(invitation) = form.invitation.clone() else { return };
    let Some((whom, is_new)) = from_whom(open, form, new) else { return };
    let mut words = Zeroizing::new(String::with_capacity(128));
    for word in &form.words {
        words.push_str(word.trim());
        words.push(' ');
    }
    inputs.pairing.tried = false;
    send(open, PairingJob::Accept { whom, is_new, own_name, invitation, words, out }, jobs);
}

/// Whose invitation it is, and whether they are new in the record. A name that is there already
/// is that person.
fn from_whom(open: &Open, form: &PairingForm, new: Id) -> Option<(Called, bool)> {
    if let Some(id) = form.whom {
        return called(open, id).map(|whom| (whom, false));
    }
    let name = form.new_name.trim();
    let mut people = open.journal.people().into_iter();
    let known = people.find(|(_, person)| person.name.trim().eq_ignore_ascii_case(name));
    Some(match known {
        Some((id, person)) => (Called { id, name: person.name.clone() }, false),
        None => (Called { id: new, name: name.to_owned() }, true),
    })
}

fn compared(state: &mut State, same: bool, jobs: &mut Vec<Job>) {
    let Some(open) = idle(state) else { return };
    let Some(whom) = open.pairs_with().and_then(|id| called(open, id)) else { return };
    open.pairing.differed = !same;
    send(open, if same { PairingJob::Match(whom) } else { PairingJob::Stop(whom) }, jobs);
}

fn stop(state: &mut State, person: Id, jobs: &mut Vec<Job>) {
    let Some(open) = idle(state) else { return };
    let Some(whom) = called(open, person) else { return };
    send(open, PairingJob::Stop(whom), jobs);
}

/// Takes what came of it. The screen may be another one by now.
pub fn came(
    state: &mut State,
    inputs: &mut Inputs,
    came: Result<Box<PairingCame>, Notice>,
    jobs: &mut Vec<Job>,
) {
    let now = state.now.clone();
    let Some(open) = state.open_mut() else { return };
    let here = std::mem::take(&mut open.pairing.busy);
    let came = match came {
        Ok(came) => *came,
        Err(notice) => {
            open.pairing.differed = false;
            // Stopping is asked for on other pages as well, which have no place for a message.
            let has_place = matches!(open.screen, Screen::Pair(_) | Screen::Join(_));
            let place = if here && has_place { &mut open.pairing.notice } else { &mut open.banner };
            *place = Some(notice);
            return;
        }
    };
    match came {
        PairingCame::Invited { person, words, out, receipt, instead } => {
            if here && open.pairs_with() == Some(person) {
                let written = written(open, (out, receipt), instead, now);
                open.pairing = Pairing { words: Some(words), written, ..Pairing::default() };
            }
        }
        PairingCame::Accepted { person, out, receipt } => {
            let written = written(open, (out, receipt), false, now);
            if here && matches!(open.screen, Screen::Join(_)) {
                go(state, inputs, Screen::Pair(person), jobs);
                let Some(open) = state.open_mut() else { return };
                open.back.retain(|screen| !matches!(screen, Screen::Join(_)));
                open.pairing.written = written;
            }
        }
        PairingCame::Finished(person) => finished(state, inputs, person, jobs),
        PairingCame::Matched(person) => {
            let name = called(open, person).map(|whom| whom.name).unwrap_or_default();
            toast(state, format!("You are paired with {name}"), None);
        }
        PairingCame::Stopped(person) => {
            let differed = open.pairing.differed;
            open.pairing = Pairing { differed, ..Pairing::default() };
            let name = called(open, person).map(|whom| whom.name).unwrap_or_default();
            if !differed {
                toast(state, format!("You are no longer paired with {name}"), None);
            }
        }
    }
}

/// The reply is taken: the six words have done their work.
fn finished(state: &mut State, inputs: &mut Inputs, person: Id, jobs: &mut Vec<Job>) {
    let now = state.now.clone();
    let Some(open) = state.open_mut() else { return };
    open.pairing.words = None;
    if open.pairs_with() != Some(person) {
        if open.pairs_with().is_none() {
            return;
        }
        // The reply was somebody else's: their page shows the four words.
        go(state, inputs, Screen::Pair(person), jobs);
    }
    if let Some(open) = state.open_mut() {
        open.pairing.opened = Some(now);
    }
}

fn written(
    open: &Open,
    (path, id): (PathBuf, Id),
    instead: bool,
    at: jiff::Zoned,
) -> Option<WrittenFor> {
    match open.journal.get(id) {
        Some(Body::Receipt(receipt)) => {
            Some(WrittenFor { file: Written { path, id, receipt }, at, instead })
        }
        _ => None,
    }
}
