//! What is kept in memory of each record file: where it stands in its computer's chain and in
//! the graphs of revisions. The texts are not here; they are read again when they are wanted.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::envelope::{Envelope, Link};
use super::names::DeviceId;
use super::record_file::RecordFile;
use super::standing::{Acceptance, Erasure};
use crate::model::record::about;
use crate::model::{Entry, Id, Kind, Rev};

/// What a sound record file says, apart from the texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileFacts {
    /// When it was written, in seconds since 1970 by its computer's clock: for display alone.
    at: i64,
    /// The record that its computer had acknowledged before.
    pub prev: Option<Link>,
    /// The newest records of other computers that it names.
    pub seen: Vec<(DeviceId, Link)>,
    /// Its entries.
    pub entries: Vec<EntryFacts>,
    /// Whether it also holds kinds that this version does not know.
    pub has_unknown: bool,
    /// The segment of the local snapshot that has its texts; 0 for none.
    pub segment: u32,
}

/// One entry of a file: a version of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryFacts {
    /// What sort of record.
    pub kind: Kind,
    /// Which record.
    pub id: Id,
    /// Which version.
    pub rev: Rev,
    /// The versions it was made from.
    pub parents: Vec<Rev>,
    /// Whom it is about.
    pub about: Option<Id>,
    /// What the vault itself must know of it.
    pub matter: Matter,
}

/// What the vault itself must know of an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Matter {
    /// Nothing.
    Plain,
    /// It is a person who must not be erased.
    OnHold,
    /// It says that a person was erased.
    Erase(Box<Erasure>),
    /// It says that a folder set back was accepted as it is.
    Accept(Box<Acceptance>),
}

impl FileFacts {
    /// Takes them from what was read.
    pub fn of(file: &RecordFile) -> FileFacts {
        let Envelope { prev, seen, at, .. } = &file.envelope;
        FileFacts {
            at: at.as_second(),
            prev: *prev,
            seen: seen.iter().map(|(device, link)| (*device, *link)).collect(),
            entries: file.entries.iter().map(EntryFacts::of).collect(),
            has_unknown: file.has_unknown,
            segment: 0,
        }
    }

    /// When it was written, by its computer's clock.
    pub fn at(&self) -> Timestamp {
        Timestamp::from_second(self.at).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Whether any of it is about this person.
    pub fn is_about(&self, person: Id) -> bool {
        self.entries.iter().any(|entry| entry.about == Some(person))
    }
}

impl EntryFacts {
    fn of(entry: &Entry) -> EntryFacts {
        EntryFacts {
            kind: entry.kind,
            id: entry.id,
            rev: entry.rev,
            parents: entry.parents.clone(),
            about: about(entry.kind, entry.id, &entry.body),
            matter: Matter::of(entry.kind, &entry.body),
        }
    }
}

impl Matter {
    fn of(kind: Kind, body: &Value) -> Matter {
        let read = match kind {
            Kind::Person if body.get("hold").is_some_and(|hold| !hold.is_null()) => {
                Some(Matter::OnHold)
            }
            Kind::Erase => Erasure::deserialize(body).ok().map(Box::new).map(Matter::Erase),
            Kind::AcceptRestore => {
                Acceptance::deserialize(body).ok().map(Box::new).map(Matter::Accept)
            }
            _ => None,
        };
        read.unwrap_or(Matter::Plain)
    }
}
