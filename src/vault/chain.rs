//! Each computer numbers its records and names the one before; each also says what it has seen
//! of the others. So a file that is taken away, or a folder that is set back, leaves a trace
//! (`vault-format`, "Reading"). A trace warns and never locks anybody out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;

use super::envelope::{Envelope, Link, VERSION};
use super::heads::Heads;
use super::keys::Secrets;
use super::load::Loaded;
use super::names::{DeviceId, Hash128, RecordName};

/// What the chain needs to know of a sound record file.
#[derive(Debug, Clone)]
pub struct FileFacts {
    /// The hash in its name.
    pub hash: Hash128,
    prev: Option<Link>,
    seen: BTreeMap<DeviceId, Link>,
}

impl FileFacts {
    /// Takes them from the envelope.
    pub fn of(envelope: &Envelope, hash: Hash128) -> FileFacts {
        FileFacts { hash, prev: envelope.prev, seen: envelope.seen.clone() }
    }
}

/// Something that is not damage, and that a person may want to know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// A record that another one names is not here: taken away, or not yet arrived.
    Missing {
        /// The file that is missing, relative to the vault.
        file: String,
        /// Who knows of it.
        known_by: KnownBy,
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
    /// A file or folder with a name that Cairn does not give; it was not read.
    Unknown {
        /// The file.
        file: String,
    },
    /// A temporary file of a writing that was cut off.
    Temporary {
        /// The file.
        file: String,
    },
    /// More than one key file opens with a passphrase: a change of the passphrase was cut off,
    /// and the older one may still open the vault.
    SeveralPassphrases,
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

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::Missing { file, known_by } => {
                let who = match known_by {
                    KnownBy::Next => "a later record names it",
                    KnownBy::OtherDevice => "another computer has seen it",
                    KnownBy::ThisComputer => "this computer has seen it before",
                };
                write!(f, "{file} is not here, and {who}")
            }
            Warning::Fork { device, seq } => {
                write!(f, "two records of {device} have the number {seq}; both are kept")
            }
            Warning::NewDevice => f.write_str("this computer has taken a new name in the vault"),
            Warning::NotSynced { file } => write!(f, "{file} could not be made durable"),
            Warning::Unknown { file } => write!(f, "{file} has a name Cairn does not give"),
            Warning::Temporary { file } => write!(f, "{file} is left from a save that was cut off"),
            Warning::SeveralPassphrases => {
                f.write_str("there is more than one key file; an older passphrase may still work")
            }
            Warning::Incomplete { file } => write!(f, "{file} is missing or damaged"),
            Warning::OtherVault => f.write_str("VAULT.json names another vault"),
        }
    }
}

/// The newest sound record of each device; of two with one number the one with the larger hash.
pub fn newest(loaded: &Loaded) -> BTreeMap<DeviceId, Link> {
    let newest = |(device, numbers): (&DeviceId, &BTreeMap<u64, Vec<FileFacts>>)| {
        let (seq, files) = numbers.last_key_value()?;
        Some((*device, (*seq, files.iter().map(|file| file.hash).max()?)))
    };
    loaded.files.iter().filter_map(newest).collect()
}

/// Gaps, forks and rollbacks, without doubles and in order. A file that is there and damaged is
/// not also reported as missing.
pub fn warnings(loaded: &Loaded, heads: Option<&Heads>) -> Vec<Warning> {
    let mut found = BTreeSet::new();
    let mut need = |device: DeviceId, (seq, hash): Link, known_by: KnownBy| {
        let name = RecordName { device, seq, hash };
        if !loaded.found.files.contains(&name) {
            found.insert(Warning::Missing { file: name.path(), known_by });
        }
    };
    for (device, file) in each_file(loaded) {
        if let Some(link) = file.prev {
            need(device, link, KnownBy::Next);
        }
        for (other, link) in &file.seen {
            need(*other, *link, KnownBy::OtherDevice);
        }
    }
    if let Some(heads) = heads {
        for (device, link) in heads.all() {
            need(device, link, KnownBy::ThisComputer);
        }
    }
    for (device, numbers) in &loaded.files {
        let forks = numbers.iter().filter(|(_, files)| files.len() > 1);
        found.extend(forks.map(|(seq, _)| Warning::Fork { device: *device, seq: *seq }));
    }
    found.into_iter().collect()
}

fn each_file(loaded: &Loaded) -> impl Iterator<Item = (DeviceId, &FileFacts)> {
    let of_device = |(device, numbers): (&DeviceId, _)| (*device, numbers);
    loaded.files.iter().map(of_device).flat_map(
        |(device, numbers): (DeviceId, &BTreeMap<u64, Vec<FileFacts>>)| {
            numbers.values().flatten().map(move |file| (device, file))
        },
    )
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
        let mut others = newest(loaded);
        others.remove(&device);
        let mut told = BTreeMap::new();
        for file in loaded.files.get(&device).into_iter().flat_map(BTreeMap::values).flatten() {
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
