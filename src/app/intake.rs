//! From imported lines to changes: people found or made, doubles left out, batches for saving.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::draft::Change;
use super::fresh::Fresh;
use crate::import::jsonl::Line;
use crate::model::{Body, Id, Journal, Person};

/// Above this many bytes of text a batch is closed. A record file takes 1 MiB; prompts and
/// names of fields need about as much room again as short answers do.
const BATCH: usize = 256 * 1024;

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

/// Prepares lines for saving. A line whose `id` is here already as a source is left out, so that
/// a second import of the same file adds nothing.
pub fn prepare(
    lines: Vec<Line>,
    body: impl Fn(crate::model::Session) -> Body,
    journal: &Journal,
    fresh: &mut Fresh,
    now: Timestamp,
) -> Intake {
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
        let (size, changes) = open.entry(person).or_default();
        if let Some((id, Some(new))) = found {
            intake.people += 1;
            changes.push(Change { id, body: Body::Person(new) });
        }
        *size += text_size(&line);
        let id = fresh.id(now);
        line.session.person = person;
        changes.push(Change { id, body: body(line.session) });
        for mut action in line.actions {
            (action.person, action.from) = (person, Some(id));
            changes.push(Change { id: fresh.id(now), body: Body::Action(action) });
        }
        if *size > BATCH {
            *size = 0;
            intake.batches.push(std::mem::take(changes));
        }
    }
    intake.batches.extend(open.into_values().map(|(_, changes)| changes).filter(|c| !c.is_empty()));
    intake
}

fn text_size(line: &Line) -> usize {
    let answers: usize = line
        .session
        .items()
        .map(|asked| {
            let answer = asked.answer.as_ref().map(crate::model::text::answer_words);
            asked.prompt.text.len() + answer.map_or(0, |answer| answer.len()) + 100
        })
        .sum();
    answers + line.actions.iter().map(|action| action.text.len() + 200).sum::<usize>() + 300
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
