//! From a table of people to changes: who is here already, who has a name that is taken.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::draft::Change;
use super::fresh::Fresh;
use crate::import::people::Table;
use crate::model::text::count;
use crate::model::{Body, Id, Journal};

/// People in one file at the most: a record file takes 1 MiB, and a row's fields may be long.
const BATCH: usize = 50;

/// How a row of a table stands to who is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody of this name is here.
    New,
    /// Here already, by the id in the file, or in an earlier line of it.
    Known,
    /// Somebody has the name.
    SameName(Taken),
}

/// What an import of people will do.
#[derive(Debug, Default)]
pub struct PeopleIntake {
    /// The new people, some in each batch.
    pub batches: Vec<Vec<Change>>,
    /// How many are new.
    pub new: usize,
    /// How many were here already, by their id in the file.
    pub known: usize,
    /// How many stay out because nobody wanted them in.
    pub left_out: usize,
    /// Those whose name is taken.
    pub same_name: Vec<SameName>,
    /// Columns that have no meaning here and are left out.
    pub unknown: Vec<String>,
}

/// A person whose name is taken. Rows are never joined with anyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameName {
    /// The line in the file.
    pub line: u64,
    /// The name.
    pub name: String,
    /// Whose name it is already.
    pub taken: Taken,
    /// Whether they come in, as another person.
    pub comes_in: bool,
}

/// By whom a name is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Somebody in the record.
    InRecord(Id),
    /// An earlier line of the same file.
    InFile(u64),
}

/// How each row stands, in their order.
pub fn standings(table: &Table, journal: &Journal) -> Vec<Standing> {
    let people = journal.people();
    let mut sources: BTreeSet<&str> =
        people.iter().filter_map(|(_, person)| person.source_id.as_deref()).collect();
    let mut names: BTreeMap<String, Taken> =
        people.iter().map(|(id, person)| (plain(&person.name), Taken::InRecord(*id))).collect();
    let mut standing =
        |row: &'_ crate::import::people::Row| match names.get(&plain(&row.person.name)) {
            Some(taken) => Standing::SameName(*taken),
            None => {
                names.insert(plain(&row.person.name), Taken::InFile(row.line));
                Standing::New
            }
        };
    let mut all = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let known = row.person.source_id.as_deref().is_some_and(|id| !sources.insert(id));
        all.push(if known { Standing::Known } else { standing(row) });
    }
    all
}

/// Prepares a table for saving. Somebody whose id is here already is left as they are, so that a
/// second import of the same file adds nothing. Of the others those come in that are `wanted`, by
/// the line and how it stands; who has a name that is taken comes in as another person.
pub fn prepare(
    table: Table,
    journal: &Journal,
    wanted: impl Fn(u64, Standing) -> bool,
    fresh: &mut Fresh,
    now: Timestamp,
) -> PeopleIntake {
    let standings = standings(&table, journal);
    let mut intake = PeopleIntake { unknown: table.unknown, ..PeopleIntake::default() };
    let mut changes = Vec::new();
    for (row, standing) in table.rows.into_iter().zip(standings) {
        let mut person = row.person;
        let comes_in = standing != Standing::Known && wanted(row.line, standing);
        match standing {
            Standing::Known => intake.known += 1,
            Standing::SameName(taken) => {
                let name = person.name.clone();
                intake.same_name.push(SameName { line: row.line, name, taken, comes_in });
            }
            Standing::New => intake.left_out += usize::from(!comes_in),
        }
        if comes_in {
            person.give_ids(None, || fresh.id(now));
            intake.new += 1;
            changes.push(Change { id: fresh.id(now), body: Body::Person(person) });
        }
    }
    let mut rest = changes.into_iter().peekable();
    while rest.peek().is_some() {
        intake.batches.push(rest.by_ref().take(BATCH).collect());
    }
    intake
}

/// Without regard to case, spaces and how accents are written.
fn plain(name: &str) -> String {
    crate::model::clean::line(name).to_lowercase()
}

impl PeopleIntake {
    /// What will be done, or was, a line each, for reading before it is.
    pub fn words(&self) -> Vec<String> {
        let people = |number: usize| match number {
            1 => "1 person".to_owned(),
            n => format!("{n} people"),
        };
        let mut words = vec![format!("{} new.", people(self.new))];
        if self.known > 0 {
            words.push(format!("{} here already, left as they are.", people(self.known)));
        }
        if self.left_out > 0 {
            words.push(format!("{} left out, as you chose.", people(self.left_out)));
        }
        for one in &self.same_name {
            let by = match one.taken {
                Taken::InRecord(_) => "somebody in the record".to_owned(),
                Taken::InFile(line) => format!("line {line}"),
            };
            let fate = if one.comes_in { "added as another person" } else { "left out" };
            words.push(format!("Line {}: {} has the name of {by}; {fate}.", one.line, one.name));
        }
        if !self.unknown.is_empty() {
            let columns = count(self.unknown.len(), "column");
            words.push(format!("Not read: {columns} ({}).", self.unknown.join(", ")));
        }
        words
    }
}
