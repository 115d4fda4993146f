//! All records: each is the graph of its revisions.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::facts::FileFacts;
use super::names::{DeviceId, RecordName};
use crate::model::{Id, Kind, Rev};

/// One version of a record: its place in the graph and where its text lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its name.
    pub rev: Rev,
    /// The versions it was made from.
    pub parents: Vec<Rev>,
    /// When it was written, by the clock of the computer that wrote it: for display alone.
    pub at: Timestamp,
    /// The file that holds it.
    pub(super) file: RecordName,
}

impl Revision {
    /// The computer that wrote it.
    pub const fn device(&self) -> DeviceId {
        self.file.device
    }
}

/// Every version of every record that was found, by id.
///
/// A record's newest versions are its heads: those that no other version was made from. More
/// than one means that two computers wrote at the same time; both are kept.
#[derive(Debug, Default)]
pub struct Records {
    by_id: BTreeMap<Id, History>,
}

/// The versions of one record, by name.
#[derive(Debug)]
struct History {
    kind: Kind,
    revisions: Vec<Revision>,
    /// Those that no other was made from, by name.
    heads: Vec<Rev>,
}

impl History {
    /// Of revisions in the order of their names, each there once.
    fn new(kind: Kind, revisions: Vec<Revision>) -> History {
        let heads = match revisions.as_slice() {
            [only] => vec![only.rev],
            all => {
                let superseded: BTreeSet<Rev> =
                    all.iter().flat_map(|revision| &revision.parents).copied().collect();
                let names = all.iter().map(|revision| revision.rev);
                names.filter(|rev| !superseded.contains(rev)).collect()
            }
        };
        History { kind, revisions, heads }
    }

    /// Adds a version, unless it is there.
    fn add(&mut self, revision: Revision) {
        let at = self.revisions.binary_search_by_key(&revision.rev, |held| held.rev);
        let Err(at) = at else { return };
        self.heads.retain(|head| !revision.parents.contains(head));
        if !self.revisions.iter().any(|other| other.parents.contains(&revision.rev)) {
            let place = self.heads.partition_point(|head| *head < revision.rev);
            self.heads.insert(place, revision.rev);
        }
        self.revisions.insert(at, revision);
    }
}

impl Records {
    /// The graphs of all that these files hold.
    pub(super) fn of<'a>(files: impl Iterator<Item = (&'a RecordName, &'a FileFacts)>) -> Records {
        let mut all: Vec<(Id, Kind, Revision)> = Vec::new();
        for (name, facts) in files {
            all.extend(versions(*name, facts));
        }
        // Stable, so that of two files with one revision the first by name is the one kept.
        all.sort_by_key(|(id, _, revision)| (*id, revision.rev));
        all.dedup_by_key(|(id, _, revision)| (*id, revision.rev));
        let mut histories: Vec<(Id, History)> = Vec::new();
        let mut rest = all.into_iter().peekable();
        while let Some((id, kind, first)) = rest.next() {
            let mut revisions = vec![first];
            while let Some((_, _, revision)) = rest.next_if(|(next, ..)| *next == id) {
                revisions.push(revision);
            }
            histories.push((id, History::new(kind, revisions)));
        }
        Records { by_id: histories.into_iter().collect() }
    }

    /// Adds what a file holds. What is held under a revision's name is never replaced.
    pub(super) fn add(&mut self, name: RecordName, facts: &FileFacts) {
        for (id, kind, revision) in versions(name, facts) {
            match self.by_id.entry(id) {
                Entry::Occupied(held) => held.into_mut().add(revision),
                Entry::Vacant(free) => drop(free.insert(History::new(kind, vec![revision]))),
            }
        }
    }

    /// How many records there are, each counted once.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The ids of all records, in order: the oldest first.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id> {
        self.by_id.keys().copied()
    }

    /// What sort of record it is.
    pub fn kind(&self, id: Id) -> Option<Kind> {
        self.by_id.get(&id).map(|history| history.kind)
    }

    /// The names of all newest versions of a record, in order; more than one where two computers
    /// wrote side by side. They are the parents of the next version.
    pub fn heads(&self, id: Id) -> Vec<Rev> {
        self.by_id.get(&id).map(|history| history.heads.clone()).unwrap_or_default()
    }

    /// The newest version of a record where there is just one.
    pub fn sole_head(&self, id: Id) -> Option<&Revision> {
        match self.by_id.get(&id)?.heads.as_slice() {
            [head] => self.revision(id, *head),
            _ => None,
        }
    }

    /// The records that have several newest versions.
    pub fn divided(&self) -> impl Iterator<Item = Id> {
        self.by_id.iter().filter(|(_, history)| history.heads.len() > 1).map(|(id, _)| *id)
    }

    /// One version of a record.
    pub fn revision(&self, id: Id, rev: Rev) -> Option<&Revision> {
        let revisions = &self.by_id.get(&id)?.revisions;
        let at = revisions.binary_search_by_key(&rev, |held| held.rev).ok()?;
        revisions.get(at)
    }

    /// All versions of a record, in the order of their names.
    pub fn revisions(&self, id: Id) -> impl Iterator<Item = &Revision> {
        self.by_id.get(&id).into_iter().flat_map(|history| &history.revisions)
    }
}

fn versions(name: RecordName, facts: &FileFacts) -> impl Iterator<Item = (Id, Kind, Revision)> {
    let at = facts.at();
    facts.entries.iter().map(move |entry| {
        let parents = entry.parents.clone();
        (entry.id, entry.kind, Revision { rev: entry.rev, parents, at, file: name })
    })
}
