//! What goes to and fro between two people.

use std::path::PathBuf;

use jiff::civil::Date;

use super::summary::folder_and_name;
use super::{go, packs, shared_folder, toast};
use crate::app::exchanging::{
    Choice, ChoiceOf, Deciding, ExchangeAction, ExchangeCame, ExchangeJob, Leaving, Told,
};
use crate::app::inputs::Inputs;
use crate::app::job::{Asker, Job};
use crate::app::letter::identifiers;
use crate::app::notice::Notice;
use crate::app::pairing::{Known, Stands};
use crate::app::screen::Screen;
use crate::app::shared_folder::HeldUp;
use crate::app::state::{Open, State};
use crate::exchange::file::{self, Form};
use crate::model::text::count;
use crate::model::{Body, Id};
use crate::platform::{Chosen, Wanted};
use crate::review::Settings;

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: ExchangeAction, jobs: &mut Vec<Job>) {
    match wish {
        ExchangeAction::Compose(person) => compose(state, inputs, person, jobs),
        ExchangeAction::Tick(id, on) => {
            if let Some(leaving) = leaving(state) {
                if on {
                    leaving.ticked.insert(id)
                } else {
                    leaving.ticked.remove(&id)
                };
                leaving.written = None;
            }
            look_through(state);
        }
        ExchangeAction::AsItIs(may) => {
            if let Some(leaving) = leaving(state) {
                leaving.found_anyway = may;
            }
        }
        ExchangeAction::Unchecked(may) => {
            if let Some(leaving) = leaving(state) {
                leaving.unchecked_anyway = may;
            }
        }
        ExchangeAction::Write => write(state, inputs, jobs),
        ExchangeAction::Choose => packs::choose(state, inputs, jobs),
        ExchangeAction::OpenText => {
            let text = std::mem::take(&mut inputs.exchange.pasted);
            if !text.trim().is_empty() {
                ask(state, ExchangeJob::OpenText(text), jobs);
            }
        }
        ExchangeAction::TakeIn => {
            let shown = state.open_mut().and_then(|open| open.exchange.coming.take());
            if let Some(shown) = shown {
                ask(state, ExchangeJob::TakeIn(Box::new(shown)), jobs);
            }
        }
        ExchangeAction::NotNow => {
            put_away(state);
            super::back(state, inputs, jobs);
        }
        ExchangeAction::Decide(person) => decide(state, inputs, person, jobs),
        ExchangeAction::Use(choice) => use_wording(state, inputs, choice, jobs),
        ExchangeAction::Later => later(state, inputs, jobs),
    }
}

/// Looks into a file that somebody sent.
pub fn open(state: &mut State, inputs: &mut Inputs, path: PathBuf, jobs: &mut Vec<Job>) {
    go(state, inputs, Screen::Received, jobs);
    put_away(state);
    ask(state, ExchangeJob::Open(path), jobs);
}

/// Forgets a file that was looked into.
pub fn put_away(state: &mut State) {
    if let Some(open) = state.open_mut() {
        open.exchange.coming = None;
        open.exchange.refused = None;
    }
}

fn leaving(state: &mut State) -> Option<&mut Leaving> {
    state.open_mut()?.exchange.leaving.as_mut()
}

/// Looks through the words that are ticked for what may point to somebody else.
fn look_through(state: &mut State) {
    let today = state.today();
    let Some(open) = state.open_mut() else { return };
    let Some(leaving) = &open.exchange.leaving else { return };
    let ticked = |thing: &&Told| leaving.ticked.contains(&thing.id);
    let things: Vec<&Told> = leaving.things.iter().flatten().filter(ticked).collect();
    let found = found_in(open, leaving.person, &things, today);
    let Some(leaving) = &mut open.exchange.leaving else { return };
    if found != leaving.found {
        leaving.found_anyway = false;
    }
    leaving.found = found;
}

/// What in the new words of these things may point to somebody else than the two.
pub(super) fn found_in(open: &Open, person: Id, things: &[&Told], today: Date) -> Vec<String> {
    let people = open.journal.people();
    let (theirs, others): (Vec<_>, Vec<_>) = people.into_iter().partition(|(id, _)| *id == person);
    let own = open.journal.settings().your_name;
    let settings = Settings {
        // The two know each other: their names are no finding. Others of the caseload are.
        allowed: theirs.iter().map(|(_, person)| person.name.clone()).chain([own]).collect(),
        names: others.iter().map(|(_, person)| person.name.clone()).collect(),
        today: Some(today),
        ..Settings::default()
    };
    let rows = things.iter().flat_map(|thing| &thing.rows);
    let words: Vec<&str> = rows.filter_map(|row| row.after.as_deref()).collect();
    let found = identifiers(&words.join("\n"), &settings);
    let mut found: Vec<String> = found.into_iter().map(|found| found.text).collect();
    found.dedup();
    found
}

pub(super) fn ask(state: &mut State, job: ExchangeJob, jobs: &mut Vec<Job>) {
    if let Some(open) = state.open_mut() {
        open.exchange.busy = true;
        jobs.push(Job::Exchange(job));
    }
}

/// A person's name, and all that there is about them.
pub(super) fn records(open: &Open, person: Id) -> Option<(String, Vec<(Id, Body)>)> {
    let found = open.journal.person(person)?;
    Some((found.name.clone(), open.journal.all_about(person)))
}

fn compose(state: &mut State, inputs: &mut Inputs, person: Id, jobs: &mut Vec<Job>) {
    go(state, inputs, Screen::Send(person), jobs);
    let Some(open) = state.open_mut() else { return };
    let Some((name, records)) = records(open, person) else { return };
    open.exchange.leaving = Some(Leaving {
        person,
        things: None,
        ticked: Default::default(),
        checked: false,
        unchecked_anyway: false,
        found: Vec::new(),
        found_anyway: false,
        asking: false,
        written: None,
        notice: None,
    });
    ask(state, ExchangeJob::Compose { person, name, records }, jobs);
}

/// Whether what is shown may leave, and for whom.
pub(super) fn may_leave(open: &Open) -> Option<Id> {
    let leaving = open.exchange.leaving.as_ref()?;
    let settled = leaving.found.is_empty() || leaving.found_anyway;
    let known = leaving.checked || leaving.unchecked_anyway;
    let may = open.read_only.is_none() && settled && known && !leaving.asking;
    (may && !leaving.ticked.is_empty()).then_some(leaving.person)
}

fn write(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let day = state.today();
    let Some(open) = state.open_mut() else { return };
    let Some(person) = may_leave(open) else { return };
    // No two files for one person are called the same.
    let sent = open.record.pairings.get(&person).map_or(0, Known::sent);
    if let Some(leaving) = &mut open.exchange.leaving {
        leaving.asking = true;
    }
    let path = inputs.documents.join(file::name(day, sent + 1, Form::Binary));
    let (folder, name) = folder_and_name(inputs, &path);
    jobs.push(Job::AskPath { folder, wanted: Wanted::Save(name), asker: Asker::Exchange });
}

/// Takes the answer of the dialog; one that nobody waits for any more is dropped.
pub fn chosen(state: &mut State, chosen: Option<Chosen>, jobs: &mut Vec<Job>) {
    let Some(leaving) = leaving(state).filter(|leaving| leaving.asking) else { return };
    leaving.asking = false;
    let Some(Chosen { path: out, .. }) = chosen else { return };
    write_to(state, out, jobs);
}

/// Writes what is ticked to a file.
pub(super) fn write_to(state: &mut State, out: PathBuf, jobs: &mut Vec<Job>) {
    let Some(leaving) = leaving(state) else { return };
    let (person, wanted) = (leaving.person, leaving.ticked.clone());
    let form = if out.to_string_lossy().ends_with(".txt") { Form::Armoured } else { Form::Binary };
    let Some((name, records)) = state.open().and_then(|open| records(open, person)) else { return };
    ask(state, ExchangeJob::Send { person, name, records, wanted, out, form, alone: false }, jobs);
}

fn decide(state: &mut State, inputs: &mut Inputs, person: Id, jobs: &mut Vec<Job>) {
    go(state, inputs, Screen::Decide(person), jobs);
    inputs.exchange.wording.clear();
    inputs.exchange.choice = ChoiceOf::default();
    let Some(open) = state.open_mut() else { return };
    let Some((name, records)) = records(open, person) else { return };
    let deciding = Deciding { person, things: None, at: 0, done: 0, notice: None };
    open.exchange.deciding = Some(deciding);
    ask(state, ExchangeJob::Undecided { person, name, records }, jobs);
}

/// Looks for what both changed with somebody, where the two are paired.
pub fn look(state: &mut State, person: Id, jobs: &mut Vec<Job>) {
    let Some(open) = state.open() else { return };
    if matches!(open.stands_with(person), Stands::Paired(_))
        && let Some((name, records)) = records(open, person)
    {
        ask(state, ExchangeJob::Undecided { person, name, records }, jobs);
    }
}

/// Looks for what both changed with everybody whom the owner is paired with.
pub fn look_at_all(state: &mut State, jobs: &mut Vec<Job>) {
    let Some(open) = state.open() else { return };
    let people: Vec<Id> = open.record.pairings.keys().copied().collect();
    people.into_iter().for_each(|person| look(state, person, jobs));
}

fn use_wording(state: &mut State, inputs: &mut Inputs, choice: Choice, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(deciding) = &mut open.exchange.deciding else { return };
    let shown =
        deciding.fields().get(deciding.at).map(|(told, both)| (told.id, both.field.clone()));
    let (person, Some((thing, field))) = (deciding.person, shown) else { return };
    deciding.done += 1;
    inputs.exchange.wording.clear();
    inputs.exchange.choice = ChoiceOf::default();
    let Some((name, records)) = records(open, person) else { return };
    ask(state, ExchangeJob::Decide { person, name, records, thing, field, choice }, jobs);
}

/// The field stays open for the next meeting.
fn later(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    inputs.exchange.wording.clear();
    inputs.exchange.choice = ChoiceOf::default();
    let Some(deciding) = state.open_mut().and_then(|open| open.exchange.deciding.as_mut()) else {
        return;
    };
    deciding.at += 1;
    if deciding.at >= deciding.fields().len() {
        super::back(state, inputs, jobs);
    }
}

/// Takes what came of it.
pub fn came(
    state: &mut State,
    inputs: &mut Inputs,
    came: Result<Box<ExchangeCame>, Notice>,
    jobs: &mut Vec<Job>,
) {
    let Some(open) = state.open_mut() else { return };
    open.exchange.busy = false;
    let came = match came {
        Ok(came) => *came,
        Err(notice) => return refused(open, notice),
    };
    let exchange = &mut open.exchange;
    match came {
        ExchangeCame::Composed { person, things, checked } => {
            if let Some(leaving) = exchange.leaving.as_mut().filter(|it| it.person == person) {
                let finished = things.iter().filter(|thing| thing.finished);
                leaving.ticked = finished.map(|thing| thing.id).collect();
                (leaving.things, leaving.checked) = (Some(things), checked);
            }
            look_through(state);
        }
        ExchangeCame::Sent { person, sent, alone: true, .. } => {
            shared_folder::sent(state, person, sent.things.len());
        }
        ExchangeCame::Ready { person, things, checked } => {
            shared_folder::ready(state, (person, &things, checked), jobs);
        }
        ExchangeCame::NotSent(person) => {
            exchange.folders.held_up.insert(person, HeldUp::NotWritten);
        }
        ExchangeCame::FolderKept(person) => shared_folder::kept(state, inputs, person),
        ExchangeCame::InFolders(found) => exchange.folders.found = found,
        ExchangeCame::Sent { person, path, sent, .. } => {
            if let Some(leaving) = exchange.leaving.as_mut().filter(|it| it.person == person) {
                leaving.written = Some((path, sent.sha256));
            }
            toast(state, "Saved, and a receipt is kept", None);
        }
        ExchangeCame::Opened(opened) => exchange.coming = Some(*opened),
        ExchangeCame::TakenIn { person, at, changes, undecided } => {
            exchange.coming = None;
            exchange.taken.insert(person, (at, changes));
            exchange.undecided.insert(person, undecided);
            if let Some(found) = exchange.folders.found.get_mut(&person) {
                found.waiting = None;
            }
            go(state, inputs, Screen::Plan(person), jobs);
            let words = match changes {
                0 => "Taken in".to_owned(),
                _ => format!("Taken in: {}", count(changes, "change")),
            };
            toast(state, words, None);
            if undecided > 0 {
                decide(state, inputs, person, jobs);
            }
        }
        ExchangeCame::Undecided { person, things } => {
            exchange.undecided.insert(person, things.iter().map(|thing| thing.both.len()).sum());
            let Some(deciding) = exchange.deciding.as_mut().filter(|it| it.person == person) else {
                return;
            };
            deciding.things = Some(things);
            deciding.at = deciding.at.min(deciding.fields().len().saturating_sub(1));
            if deciding.fields().is_empty() && deciding.done > 0 {
                exchange.deciding = None;
                super::back(state, inputs, jobs);
                toast(state, "Decided. Both earlier versions stay in History.", None);
            }
        }
    }
}

/// Says why something did not work, where the person looks.
fn refused(open: &mut Open, notice: Notice) {
    let exchange = &mut open.exchange;
    match (&open.screen, &mut exchange.leaving, &mut exchange.deciding) {
        (Screen::Send(_), Some(leaving), _) => {
            leaving.things.get_or_insert_default();
            leaving.notice = Some(notice);
        }
        (Screen::Decide(_), _, Some(deciding)) => {
            deciding.things.get_or_insert_default();
            deciding.notice = Some(notice);
        }
        (Screen::Received, ..) => exchange.refused = Some(notice),
        (Screen::Pair(_), ..) => open.pairing.notice = Some(notice),
        _ => open.banner = Some(notice),
    }
}
