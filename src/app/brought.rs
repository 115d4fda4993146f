//! What an import brought in, so that it can be taken back until the next lock.

use crate::model::{About, Body, Id, Journal};

/// An import that can be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct BroughtIn {
    /// What came in.
    pub what: Brought,
    /// What the file was called.
    pub name: String,
    /// The records as they came in.
    pub records: Vec<(Id, Body)>,
    /// What was done, a line each.
    pub words: Vec<String>,
}

/// What an import brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brought {
    /// Notes of another program.
    Notes,
    /// People from a table.
    People,
}

impl Brought {
    /// "1 note", "3 people".
    pub fn count(self, number: usize) -> String {
        match (self, number) {
            (Brought::Notes, 1) => "1 note".to_owned(),
            (Brought::Notes, n) => format!("{n} notes"),
            (Brought::People, 1) => "1 person".to_owned(),
            (Brought::People, n) => format!("{n} people"),
        }
    }
}

impl BroughtIn {
    /// Whether one of its records is as it came in, with nothing written about it since.
    pub fn is_untouched(journal: &Journal, id: Id, body: &Body) -> bool {
        let alone = match body {
            Body::Person(_) => journal.about(id) == About::default(),
            _ => true,
        };
        alone && journal.get(id).as_ref() == Some(body)
    }

    /// How many of its records were changed since: those stay when it is taken back.
    pub fn changed(&self, journal: &Journal) -> usize {
        let untouched = |(id, body): &&(Id, Body)| !Self::is_untouched(journal, *id, body);
        self.records.iter().filter(untouched).count()
    }

    /// What was done, with what stays if it is taken back.
    pub fn told(&self, journal: &Journal) -> String {
        let mut words = self.words.join(" ");
        match self.changed(journal) {
            0 => {}
            1 => {
                words.push_str(" 1 of them was changed since: it stays if you take the rest back.");
            }
            n => words.push_str(&format!(
                " {n} of them were changed since: they stay if you take the rest back."
            )),
        }
        words
    }
}
