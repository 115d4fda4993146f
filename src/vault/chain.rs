//! Each computer numbers its records and names the one before; each also says what it has seen
//! of the others. So a file that is taken away, or a folder that is set back, leaves a trace
//! (`vault-format`, "Reading"). A trace warns and never locks anybody out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::envelope::{Envelope, Link, VERSION};
use super::facts::FileFacts;
use super::heads::Heads;
use super::keys::Secrets;
use super::load::{Found, Loaded};
use super::names::{self, DeviceId, Hash128, RecordName};
use super::standing::{Files, Standing};
use crate::model::Id;

/// A record that is named and not here may still be on its way for so long.
const ON_ITS_WAY: SignedDuration = SignedDuration::from_hours(24);
/// So far two clocks may be apart that are both called right.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_hours(1);

/// Something that is not damage, and that a person may want to know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// A record that another one names is not here.
    Missing {
        /// The file that is missing, relative to the vault.
        file: String,
        /// Who knows of it.
        known_by: KnownBy,
        /// What has probably become of it.
        class: Absence,
    },
    /// A computer has two records of one number: it was copied, or set back to an older state.
    Fork {
        /// The computer.
        device: DeviceId,
        /// The number.
        seq: u64,
    },
    /// This computer had the same name as another one and has taken a new one.
    NewDevice,
    /// What a cut-off writing before the last start left could not be made durable again.
    NotSynced {
        /// The file.
        file: String,
    },
    /// A copy that a sync program made beside a file; it was not read.
    ConflictCopy {
        /// The file.
        file: String,
    },
    /// A file or folder with a name that Cairn does not give; it was not read.
    Unknown {
        /// The file.
        file: String,
    },
    /// A file about an erased person is there and could not be removed. It is not shown.
    Erased {
        /// The file.
        file: String,
    },
    /// Another computer wrote about an erased person before it knew. It is not shown until
    /// somebody decides.
    HeldBack {
        /// The person.
        person: Id,
        /// How many files.
        files: usize,
    },
    /// Somebody erased a person who is on hold. What is here of them stays.
    OnHold {
        /// The person.
        person: Id,
    },
    /// A temporary file of a writing that was cut off.
    Temporary {
        /// The file.
        file: String,
    },
    /// More than one key file opens with a passphrase: a change of the passphrase was cut off,
    /// and the older one may still open the vault.
    SeveralPassphrases,
    /// More than one key file opens with a recovery key: a new sheet was made and not checked.
    SeveralRecoveryKeys,
    /// There is no recovery file, or no page for rescue, or `VAULT.json` is damaged.
    Incomplete {
        /// What is missing or damaged.
        file: String,
    },
    /// `VAULT.json` names another vault than the key file, which counts.
    OtherVault,
}

/// Who knows of a record that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KnownBy {
    /// A later record of the same computer.
    Next,
    /// A record of another computer.
    OtherDevice,
    /// This computer's own memory of what it has seen.
    ThisComputer,
}

/// What has probably become of a record that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absence {
    /// It was written within the last day, and a sync program may still bring it.
    OnItsWay,
    /// Later records of the same computer are here: it was taken away.
    TakenOut,
    /// It is the newest of its computer: the folder was set back to an older state.
    SetBack,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::Missing { file, known_by, class } => {
                let who = match known_by {
                    KnownBy::Next => "a later record names it",
                    KnownBy::OtherDevice => "another computer has seen it",
                    KnownBy::ThisComputer => "this computer has seen it before",
                };
                let what = match class {
                    Absence::OnItsWay => "it may still be on its way",
                    Absence::TakenOut => "it was taken away",
                    Absence::SetBack => "the folder was set back to an older state",
                };
                write!(f, "{file} is not here, and {who}: {what}")
            }
            Warning::Fork { device, seq } => {
                write!(f, "two records of {device} have the number {seq}; both are kept")
            }
            Warning::NewDevice => f.write_str("this computer has taken a new name in the vault"),
            Warning::NotSynced { file } => write!(f, "{file} could not be made durable"),
            Warning::ConflictCopy { file } => {
                write!(f, "{file} is a copy that a sync program made; it was not read")
            }
            Warning::Unknown { file } => write!(f, "{file} has a name Cairn does not give"),
            Warning::Erased { file } => write!(f, "{file} was erased and is still there"),
            Warning::HeldBack { person, files } => {
                write!(f, "{files} files about {person}, who was erased, are kept from view")
            }
            Warning::OnHold { person } => {
                write!(f, "{person} was erased elsewhere and is on hold here; nothing was removed")
            }
            Warning::Temporary { file } => write!(f, "{file} is left from a save that was cut off"),
            Warning::SeveralPassphrases => {
                f.write_str("there is more than one key file; an older passphrase may still work")
            }
            Warning::SeveralRecoveryKeys => f.write_str(
                "there is more than one recovery file; an older recovery key still works",
            ),
            Warning::Incomplete { file } => write!(f, "{file} is missing or damaged"),
            Warning::OtherVault => f.write_str("VAULT.json names another vault"),
        }
    }
}

/// The newest sound record of each device; of two with one number the one with the larger hash.
pub fn newest(files: &Files) -> BTreeMap<DeviceId, Link> {
    // Later names come later, so that the last of a device stays.
    files.keys().map(|name| (name.device, (name.seq, name.hash))).collect()
}

/// What the files are held against.
pub struct Sight<'a> {
    /// What lies there by name.
    pub found: &'a Found,
    /// The sound files.
    pub files: &'a Files,
    /// What may be shown.
    pub standing: &'a Standing,
    /// What this computer remembers.
    pub heads: Option<&'a Heads>,
    /// The present moment.
    pub now: Timestamp,
}

/// Gaps, forks, rollbacks and what came of erasing, without doubles and in order. A file that is
/// there and damaged is not also reported as missing.
pub fn warnings(sight: &Sight<'_>) -> Vec<Warning> {
    let missing = sight.missing().map(|(name, known_by, class)| {
        let file = name.path();
        Warning::Missing { file, known_by, class }
    });
    let strange = sight.found.unknown.iter().cloned().map(strange);
    let found: BTreeSet<Warning> =
        missing.chain(sight.forks()).chain(sight.erasing()).chain(strange).collect();
    found.into_iter().collect()
}

/// The records that a file names; those of its own computer without one.
fn named(facts: &FileFacts) -> impl Iterator<Item = (Option<DeviceId>, Link, KnownBy)> {
    let own = facts.prev.map(|link| (None, link, KnownBy::Next));
    let seen = facts.seen.iter().map(|(device, link)| (Some(*device), *link, KnownBy::OtherDevice));
    own.into_iter().chain(seen)
}

/// The warning for a name that is none of the format's.
pub fn strange(file: String) -> Warning {
    if names::is_conflict_copy(&file) {
        Warning::ConflictCopy { file }
    } else {
        Warning::Unknown { file }
    }
}

impl Sight<'_> {
    /// The names of the records that were taken out or set back, without doubles; not those that
    /// may still be on their way.
    pub fn lost_names(sight: &Sight<'_>) -> Vec<RecordName> {
        let lost = sight.missing().filter(|(.., class)| *class != Absence::OnItsWay);
        let names: BTreeSet<RecordName> = lost.map(|(name, ..)| name).collect();
        names.into_iter().collect()
    }

    fn missing(&self) -> impl Iterator<Item = (RecordName, KnownBy, Absence)> {
        // This computer's own records are on no way.
        let own = self.heads.map(Heads::device);
        let by_files = self.files.iter().flat_map(move |(name, facts)| {
            // A clock that was ahead, or one that is behind now, makes nothing fresh for ever.
            let age = self.now.duration_since(facts.at());
            let fresh = age < ON_ITS_WAY && age > -CLOCKS_DIFFER;
            named(facts).map(move |(device, link, known_by)| {
                let device = device.unwrap_or(name.device);
                (device, link, known_by, fresh && own != Some(device))
            })
        });
        let by_heads = self.heads.into_iter().flat_map(Heads::all);
        let by_heads = by_heads.map(|(device, link)| (device, link, KnownBy::ThisComputer, false));
        by_files.chain(by_heads).filter_map(|(device, (seq, hash), known_by, fresh)| {
            let name = RecordName { device, seq, hash };
            Some((name, known_by, self.absence(&name, fresh)?))
        })
    }

    /// What has become of a record; nothing when it is here, was erased, or is accepted to be
    /// missing.
    fn absence(&self, name: &RecordName, fresh: bool) -> Option<Absence> {
        let Standing { erased, given_up, accepted, .. } = self.standing;
        let known = [&self.found.files, erased, given_up, accepted];
        if known.iter().any(|names| names.contains(name)) {
            return None;
        }
        let next = RecordName { seq: name.seq.saturating_add(1), hash: Hash128::LEAST, ..*name };
        let later = self.files.range(next..).next();
        Some(match later {
            _ if fresh => Absence::OnItsWay,
            Some((later, _)) if later.device == name.device => Absence::TakenOut,
            _ => Absence::SetBack,
        })
    }

    fn forks(&self) -> impl Iterator<Item = Warning> {
        let pairs = self.files.keys().zip(self.files.keys().skip(1));
        pairs
            .filter(|(one, next)| (one.device, one.seq) == (next.device, next.seq))
            .map(|(one, _)| Warning::Fork { device: one.device, seq: one.seq })
    }

    fn erasing(&self) -> Vec<Warning> {
        let Standing { erased, held_back, refused, .. } = self.standing;
        let still = erased.iter().filter(|name| self.found.files.contains(name));
        let still = still.map(|name| Warning::Erased { file: name.path() });
        let held = held_back
            .iter()
            .map(|(person, files)| Warning::HeldBack { person: *person, files: files.len() });
        let refused = refused.iter().map(|person| Warning::OnHold { person: *person });
        still.chain(held).chain(refused).collect()
    }
}

/// This computer's end of the chain.
#[derive(Debug)]
pub struct Chain {
    device: DeviceId,
    /// The last acknowledged record.
    prev: Option<Link>,
    /// The highest number that was ever tried.
    tried: u64,
    /// The newest records of the other computers.
    others: BTreeMap<DeviceId, Link>,
    /// Those of them that this computer's records name already.
    told: BTreeMap<DeviceId, Link>,
}

impl Chain {
    /// Goes on from what was found. `prev` is the last acknowledged record of this device.
    pub fn resume(loaded: &Loaded, device: DeviceId, prev: Option<Link>) -> Chain {
        let mut others = newest(&loaded.files);
        others.remove(&device);
        let mut told = BTreeMap::new();
        for (_, file) in loaded.files.iter().filter(|(name, _)| name.device == device) {
            told.extend(file.seen.iter().map(|(other, link)| (*other, *link)));
        }
        // A damaged file's number is taken too.
        let named = loaded.found.files.iter().filter(|name| name.device == device);
        let tried = named.map(|name| name.seq).chain(prev.map(|(seq, _)| seq)).max().unwrap_or(0);
        Chain { device, prev, tried, others, told }
    }

    /// This computer.
    pub const fn device(&self) -> DeviceId {
        self.device
    }

    /// The last acknowledged record.
    pub const fn prev(&self) -> Option<Link> {
        self.prev
    }

    /// The newest records of the other computers.
    pub const fn others(&self) -> &BTreeMap<DeviceId, Link> {
        &self.others
    }

    /// Newer records of other computers have been read.
    pub fn see(&mut self, newest: &BTreeMap<DeviceId, Link>) {
        let others = newest.iter().filter(|(device, _)| **device != self.device);
        self.others.extend(others.map(|(device, link)| (*device, *link)));
    }

    /// The envelope of the next record.
    pub fn next(&self, secrets: &Secrets, at: Timestamp) -> Envelope {
        let news = |(device, link): (&DeviceId, &Link)| {
            (self.told.get(device) != Some(link)).then_some((*device, *link))
        };
        Envelope {
            v: VERSION,
            generation: secrets.generation,
            vault: secrets.vault,
            dev: self.device,
            seq: self.tried + 1,
            prev: self.prev,
            seen: self.others.iter().filter_map(news).collect(),
            at,
        }
    }

    /// The number of this envelope is used up, whatever becomes of it.
    pub fn try_out(&mut self, envelope: &Envelope) {
        self.tried = self.tried.max(envelope.seq);
    }

    /// A record was acknowledged.
    pub fn acknowledge(&mut self, envelope: &Envelope, hash: Hash128) {
        self.prev = Some((envelope.seq, hash));
        self.told.extend(envelope.seen.iter().map(|(device, link)| (*device, *link)));
    }
}
