//! Gathering everything that is held about a person. A long record takes a while to look through,
//! so it is done beside the worker, on a copy of what is in memory.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::job::Outcome;
use super::letter::{LetterPage, Sources, Topic};
use crate::export::Format;
use crate::library::Library;
use crate::model::{Id, Journal};

/// What is gathered, and from what.
pub struct Gathering {
    /// By which identity what comes of it is known.
    pub id: Id,
    /// About whom.
    pub person: Id,
    /// The record as it is now.
    pub journal: Journal,
    /// The library with what the person added, and what comes with Cairn.
    pub libraries: (Arc<Library>, Arc<Library>),
    /// Today.
    pub today: Date,
    /// How many files of the record cannot be read.
    pub damaged: usize,
    /// Into which kind of file it is to go.
    pub format: Format,
    /// What is taken out of it.
    pub taken_out: BTreeSet<String>,
}

/// What was gathered.
pub struct Gathered {
    /// The page; nothing where there is no such person.
    pub page: Option<LetterPage>,
    /// For which kind of file it was made.
    pub format: Format,
    /// What was taken out of it.
    pub taken_out: BTreeSet<String>,
}

impl Gathering {
    /// Gathers it.
    pub fn run(self) -> Outcome {
        let Gathering { id, person, journal, libraries, today, damaged, .. } = &self;
        let (library, built_in) = (&*libraries.0, &*libraries.1);
        let of = Sources { journal, library, built_in, today: *today, damaged: *damaged };
        let page = Topic::Held(*person).page(&of, self.format, &self.taken_out);
        let id = *id;
        let Gathering { format, taken_out, .. } = self;
        Outcome::Gathered(id, Some(Box::new(Gathered { page, format, taken_out })))
    }
}
