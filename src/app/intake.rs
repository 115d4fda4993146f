//! From imported lines to changes: people found or made, doubles left out, batches for saving.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::draft::Change;
use super::fresh::Fresh;
use crate::import::jsonl::Line;
use crate::model::{Body, Id, Journal, Person};

/// A batch takes no more records than this many bytes of JSON, unless it holds one line alone.
pub(super) const BATCH: usize = 512 * 1024;
/// The most that the records of one line may take as JSON, in bytes. A record file takes 1 MiB;
/// the envelope, the padding and the encryption need the rest.
pub const LARGEST: usize = 960 * 1024;
/// What an entry needs beside its body: kind, identity, revision.
const ENTRY: usize = 256;

/// What an import will do.
#[derive(Debug, Default)]
pub struct Intake {
    /// One file each: a person with conversations and their actions.
    pub batches: Vec<Vec<Change>>,
    /// How many conversations are new.
    pub sessions: usize,
    /// How many people are new.
    pub people: usize,
    /// How many conversations were here already.
    pub known: usize,
}

/// A line makes more than a record file can hold: fields without many words take room, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line} makes records of {bytes} bytes; one conversation with its actions may make \
     {LARGEST}"
)]
pub struct TooLong {
    /// The line, counted from 1.
    pub line: usize,
    /// What its records would take.
    pub bytes: usize,
}

/// Prepares lines for saving. A line whose `id` is here already as a source is left out, so that
/// a second import of the same file adds nothing.
///
/// # Errors
/// The first line that no record file can hold. Nothing is to be saved then.
pub fn prepare(
    lines: Vec<Line>,
    body: impl Fn(crate::model::Session) -> Body,
    journal: &Journal,
    fresh: &mut Fresh,
    now: Timestamp,
) -> Result<Intake, TooLong> {
    let mut intake = Intake::default();
    let mut people = People::of(journal);
    let held: BTreeSet<&str> =
        journal.all_held().filter_map(|(_, held)| held.session.source_id.as_deref()).collect();
    let mut open: BTreeMap<Option<Id>, (usize, Vec<Change>)> = BTreeMap::new();
    for mut line in lines {
        if line.session.source_id.as_deref().is_some_and(|source| held.contains(source)) {
            intake.known += 1;
            continue;
        }
        intake.sessions += 1;
        let found = people.find_or_make(&line, || fresh.id(now));
        let person = found.as_ref().map(|(id, _)| *id);
        let mut records = Vec::with_capacity(2 + line.actions.len());
        if let Some((id, Some(new))) = found {
            intake.people += 1;
            records.push(Change { id, body: Body::Person(new) });
        }
        let id = fresh.id(now);
        line.session.person = person;
        records.push(Change { id, body: body(line.session) });
        for mut action in line.actions {
            (action.person, action.from) = (person, Some(id));
            records.push(Change { id: fresh.id(now), body: Body::Action(action) });
        }
        let bytes = records.iter().map(size).sum();
        if bytes > LARGEST {
            return Err(TooLong { line: line.number, bytes });
        }
        let (held, changes) = open.entry(person).or_default();
        if *held + bytes > BATCH && !changes.is_empty() {
            *held = 0;
            intake.batches.push(std::mem::take(changes));
        }
        *held += bytes;
        changes.append(&mut records);
    }
    intake.batches.extend(open.into_values().map(|(_, changes)| changes).filter(|c| !c.is_empty()));
    Ok(intake)
}

/// What a record takes in a file, as it is written there.
pub(super) fn size(change: &Change) -> usize {
    // What can't be written is refused when it is saved, with its own reason.
    change.body.write().map_or(0, |body| body.to_string().len()) + ENTRY
}

/// The people by their identity in the other program, and by name.
struct People {
    by_source: BTreeMap<String, Id>,
    by_name: BTreeMap<String, Id>,
}

impl People {
    fn of(journal: &Journal) -> People {
        let people = journal.people();
        People {
            by_source: people
                .iter()
                .filter_map(|(id, person)| Some((person.source_id.clone()?, *id)))
                .collect(),
            by_name: people.iter().map(|(id, p)| (p.name.to_lowercase(), *id)).collect(),
        }
    }

    /// The person of a line, with their first state when they are new.
    fn find_or_make(
        &mut self,
        line: &Line,
        make: impl FnOnce() -> Id,
    ) -> Option<(Id, Option<Person>)> {
        let source = line.person_source.as_ref();
        if let Some(id) = source.and_then(|source| self.by_source.get(source)) {
            return Some((*id, None));
        }
        let name = line.person.as_ref().or(source)?;
        // A name alone finds the person; with another identity it is somebody of the same name.
        if source.is_none()
            && let Some(id) = self.by_name.get(&name.to_lowercase())
        {
            return Some((*id, None));
        }
        let id = make();
        if let Some(source) = source {
            self.by_source.insert(source.clone(), id);
        }
        self.by_name.insert(name.to_lowercase(), id);
        let person = Person { name: name.clone(), source_id: source.cloned(), ..Person::default() };
        Some((id, Some(person)))
    }
}
