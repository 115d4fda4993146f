//! People who are brought in from a table: the preview, and what is chosen in it.

use std::collections::BTreeMap;

use super::intake_people::{Standing, Taken, standings};
use crate::import::people::Table;
pub use crate::import::people::{BadRow, EXAMPLE, KNOWN, MAX_ROWS};
use crate::model::{Journal, Person};

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewcomersAction {
    /// Go to the page.
    Show,
    /// Ask in the desktop's own dialog for a table.
    Choose,
    /// Bring in who is chosen.
    BringIn,
    /// Take back the last import of this session.
    TakeBack,
}

/// A table of people that was looked into.
pub struct ComingPeople {
    /// What the file is called.
    pub name: String,
    /// What it holds.
    pub table: Table,
    /// How each row stands, with the count of the journal's changes that it was set against.
    standings: (u64, Vec<Standing>),
}

/// A line of the preview, in the order of the file.
#[derive(Debug, Clone, Copy)]
pub enum Line<'a> {
    /// Somebody who can be brought in, or is here already.
    Row(u64, &'a Person, Standing),
    /// A row that can't be read.
    Bad(&'a BadRow),
}

/// What the form remembers.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct NewcomersForm {
    /// Who comes in or stays out, by line, where that is not as proposed.
    pub chosen: BTreeMap<u64, bool>,
    /// How often more rows were asked for in the preview.
    pub more: usize,
}

impl NewcomersForm {
    /// Whether a row comes in: proposed is everybody whose name is new.
    pub fn wants(&self, line: u64, standing: Standing) -> bool {
        let proposed = standing == Standing::New;
        standing != Standing::Known && self.chosen.get(&line).copied().unwrap_or(proposed)
    }
}

impl ComingPeople {
    /// A table, set against who is here.
    pub fn new(name: String, table: Table, journal: &Journal) -> ComingPeople {
        let standings = (journal.changes(), standings(&table, journal));
        ComingPeople { name, table, standings }
    }

    /// Sets it against who is here anew when the record changed.
    pub fn refresh(&mut self, journal: &Journal) {
        if self.standings.0 != journal.changes() {
            self.standings = (journal.changes(), standings(&self.table, journal));
        }
    }

    /// All lines, in the order of the file.
    pub fn lines(&self) -> Vec<Line<'_>> {
        let rows = self.table.rows.iter().zip(&self.standings.1);
        let rows = rows.map(|(row, standing)| Line::Row(row.line, &row.person, *standing));
        let mut lines: Vec<Line<'_>> = rows.chain(self.table.bad.iter().map(Line::Bad)).collect();
        lines.sort_by_key(Line::at);
        lines
    }

    /// How many are chosen to come in.
    pub fn chosen(&self, form: &NewcomersForm) -> usize {
        let rows = self.table.rows.iter().zip(&self.standings.1);
        rows.filter(|(row, standing)| form.wants(row.line, **standing)).count()
    }

    /// What there is to know before deciding, a sentence each.
    pub fn said(&self) -> Vec<String> {
        let count = |is: fn(&Standing) -> bool| self.standings.1.iter().filter(|it| is(it)).count();
        let mut said = Vec::new();
        let people = |number: usize, one: &str, many: &str| match number {
            1 => format!("1 person {one}"),
            n => format!("{n} people {many}"),
        };
        let known = count(|it| *it == Standing::Known);
        if known > 0 {
            let one = "is here already, by the id in the file: they stay as they are.";
            said.push(people(known, one, &one.replacen("is", "are", 1)));
        }
        let same = count(|it| matches!(it, Standing::SameName(_)));
        if same > 0 {
            let rest = "a name that is taken. Nobody is ever joined: tick them to add them as \
                        other people.";
            said.push(people(same, &format!("has {rest}"), &format!("have {rest}")));
        }
        match self.table.bad.len() {
            0 => {}
            1 => said.push("1 row cannot be read and stays out.".to_owned()),
            n => said.push(format!("{n} rows cannot be read and stay out.")),
        }
        let unknown: Vec<String> = self.table.unknown.iter().map(|it| format!("“{it}”")).collect();
        match unknown.as_slice() {
            [] => {}
            [one] => said.push(format!("The column {one} has no meaning here and is left out.")),
            more => said.push(format!(
                "The columns {} have no meaning here and are left out.",
                more.join(", ")
            )),
        }
        said
    }
}

impl Line<'_> {
    fn at(&self) -> u64 {
        match self {
            Line::Row(line, ..) => *line,
            Line::Bad(row) => row.line,
        }
    }
}

impl Standing {
    /// How a row stands, in words.
    pub fn words(self) -> String {
        match self {
            Standing::New => "New".to_owned(),
            Standing::Known => "Here already".to_owned(),
            Standing::SameName(Taken::InRecord(_)) => "Somebody here has this name".to_owned(),
            Standing::SameName(Taken::InFile(line)) => format!("Same name as line {line}"),
        }
    }
}
