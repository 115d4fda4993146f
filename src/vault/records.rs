//! All records in memory: each is the graph of its revisions.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::names::DeviceId;
use super::record_file::RecordFile;
use crate::model::{Entry, Id, Rev};

/// One version of a record, and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// The version itself.
    pub entry: Entry,
    /// When it was written, by the clock of the computer that wrote it: for display alone.
    pub at: Timestamp,
    /// The computer that wrote it.
    pub device: DeviceId,
}

/// Every version of every record that was found, by id and revision.
///
/// A record's newest versions are its heads: those that no other version was made from. More
/// than one means that two computers wrote at the same time; both are kept.
#[derive(Debug, Default)]
pub struct Records {
    by_id: BTreeMap<Id, History>,
}

/// The versions of one record.
#[derive(Debug, Default)]
struct History {
    revisions: BTreeMap<Rev, Revision>,
    /// Every revision that some other names as a parent.
    superseded: BTreeSet<Rev>,
}

impl History {
    fn heads(&self) -> impl DoubleEndedIterator<Item = &Revision> {
        let is_head = |rev: &Rev| !self.superseded.contains(rev);
        self.revisions.iter().filter(move |(rev, _)| is_head(rev)).map(|(_, revision)| revision)
    }
}

impl Records {
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

    /// The version of a record to show: its head, and of several the one with the largest
    /// revision, so that every computer shows the same.
    pub fn head(&self, id: Id) -> Option<&Entry> {
        self.by_id.get(&id)?.heads().next_back().map(|revision| &revision.entry)
    }

    /// The names of all newest versions of a record, in order; more than one where two computers
    /// wrote side by side. They are the parents of the next version.
    pub fn heads(&self, id: Id) -> Vec<Rev> {
        let heads = self.by_id.get(&id).map(|history| history.heads().map(|head| head.entry.rev));
        heads.map(Iterator::collect).unwrap_or_default()
    }

    /// The version to show of every record, in the order of [`Records::ids`].
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.by_id.values().filter_map(|history| history.heads().next_back()).map(|r| &r.entry)
    }

    /// One version of a record.
    pub fn revision(&self, id: Id, rev: Rev) -> Option<&Revision> {
        self.by_id.get(&id)?.revisions.get(&rev)
    }

    /// All versions of a record, in the order of their names.
    pub fn revisions(&self, id: Id) -> impl Iterator<Item = &Revision> {
        self.by_id.get(&id).into_iter().flat_map(|history| history.revisions.values())
    }

    /// Adds what a file holds. What is held under a revision's name is never replaced.
    pub(super) fn add(&mut self, file: RecordFile) {
        let (at, device) = (file.envelope.at, file.envelope.dev);
        for entry in file.entries {
            let history = self.by_id.entry(entry.id).or_default();
            history.superseded.extend(entry.parents.iter().copied());
            history.revisions.entry(entry.rev).or_insert(Revision { entry, at, device });
        }
    }
}
