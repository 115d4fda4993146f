//! What may be shown of the files that are there: nothing about a person who was erased, unless
//! somebody must keep it (`vault-format`, "Erasing, backing up").

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::envelope::Link;
use super::facts::{FileFacts, Matter};
use super::hold::Holds;
use super::names::{DeviceId, Hash128, RecordName};
use crate::model::Id;

/// A record file by computer, number and hash, as it is written in a record.
pub type FileRef = (DeviceId, u64, Hash128);

/// The body of a record that says that a person was erased. What several say of one person
/// counts together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// The person.
    pub person: Option<Id>,
    /// The files that were about them. They are never shown again.
    pub files: BTreeSet<FileRef>,
    /// Files from other computers that came later and that somebody decided to keep.
    #[serde(default)]
    pub kept: BTreeSet<FileRef>,
}

/// The body of a record that accepts a folder that was set back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// The newest record of each computer that was there.
    pub heads: BTreeMap<DeviceId, Link>,
    /// The records that were missing.
    pub missing: BTreeSet<FileRef>,
}

/// All files that are there and sound.
pub type Files = BTreeMap<RecordName, FileFacts>;

/// What the erasures and acceptances among the files say.
#[derive(Debug, Default)]
pub struct Standing {
    /// Files of erased people that are there: they are removed and never shown.
    pub erased_here: BTreeSet<RecordName>,
    /// Files that somebody erased, there or not: they are not missing.
    pub erased: BTreeSet<RecordName>,
    /// Files that an erasure which is refused names, and that are not here: whoever removed them
    /// knew why. They are shown again should they come back.
    pub given_up: BTreeSet<RecordName>,
    /// Files about an erased person from a computer that did not know: kept from view until
    /// somebody decides.
    pub held_back: BTreeMap<Id, BTreeSet<RecordName>>,
    /// People whose erasing is refused because they are on hold.
    pub refused: BTreeSet<Id>,
    /// People who are erased.
    pub people: BTreeSet<Id>,
    /// Missing files that somebody accepted.
    pub accepted: BTreeSet<RecordName>,
}

impl Standing {
    /// Reads it from the files, and from the holds that this computer knows of.
    pub fn of(files: &Files, holds: &Holds) -> Standing {
        let mut standing = Standing::default();
        let mut said: BTreeMap<Id, Said> = BTreeMap::new();
        let entries =
            files.iter().flat_map(|(file, facts)| facts.entries.iter().map(move |e| (*file, e)));
        for (file, matter) in entries.map(|(file, entry)| (file, &entry.matter)) {
            match matter {
                Matter::Plain | Matter::OnHold => {}
                Matter::Accept(accepted) => {
                    standing.accepted.extend(accepted.missing.iter().map(name));
                }
                Matter::Erase(erasure) => {
                    let Some(person) = erasure.person else { continue };
                    said.entry(person).or_default().take(file, erasure);
                }
            }
        }
        for (person, said) in said {
            standing.take(person, &said, files, holds);
        }
        standing
    }

    fn take(&mut self, person: Id, said: &Said, files: &Files, holds: &Holds) {
        let erasure = &said.all;
        let named: BTreeSet<RecordName> = erasure.files.iter().map(name).collect();
        let is_here = |name: &RecordName| files.contains_key(name);
        let has_any = || files.values().any(|facts| facts.is_about(person));
        if holds.has(person) && has_any() {
            self.refused.insert(person);
            self.given_up.extend(named.into_iter().filter(|name| !is_here(name)));
            return;
        }
        self.people.insert(person);
        let kept: BTreeSet<RecordName> = erasure.kept.iter().map(name).collect();
        let decisions = said.decisions(files);
        let decided = |name| decisions.iter().any(|decision| knows(files, name, decision));
        for (name, _) in files.iter().filter(|(_, facts)| facts.is_about(person)) {
            if named.contains(name) {
                self.erased_here.insert(*name);
            } else if !kept.contains(name) && !decided(name) {
                self.held_back.entry(person).or_default().insert(*name);
            }
        }
        self.erased_here.extend(named.iter().filter(|name| files.contains_key(name)));
        self.erased.extend(named);
    }

    /// Whether a file may be shown.
    pub fn shows(&self, name: &RecordName) -> bool {
        !self.erased_here.contains(name)
            && !self.held_back.values().any(|files| files.contains(name))
    }
}

/// What the records say about erasing one person.
#[derive(Debug, Default)]
struct Said {
    /// All of it together.
    all: Erasure,
    /// The records that erase.
    erasing: Vec<RecordName>,
    /// The records that keep what came later.
    keeping: Vec<RecordName>,
}

impl Said {
    fn take(&mut self, file: RecordName, erasure: &Erasure) {
        self.all.files.extend(&erasure.files);
        self.all.kept.extend(&erasure.kept);
        if !erasure.files.is_empty() {
            self.erasing.push(file);
        }
        if !erasure.kept.is_empty() {
            self.keeping.push(file);
        }
    }

    /// The decisions to keep that no erasing came after. Whoever knew of one and goes on writing
    /// about the person does so on purpose.
    fn decisions(&self, files: &Files) -> Vec<RecordName> {
        let last = |keep: &&RecordName| self.erasing.iter().all(|it| knows(files, keep, it));
        self.keeping.iter().filter(last).copied().collect()
    }
}

/// Whether the computer that wrote a file had seen another one by then, as its records tell.
fn knows(files: &Files, name: &RecordName, other: &RecordName) -> bool {
    if name.device == other.device {
        return name.seq > other.seq;
    }
    let first = RecordName { seq: 0, hash: Hash128::LEAST, ..*name };
    let mut seen = files.range(first..=*name).flat_map(|(_, facts)| &facts.seen);
    seen.any(|(device, (seq, _))| *device == other.device && *seq >= other.seq)
}

/// The file's name in the vault.
pub fn name(file: &FileRef) -> RecordName {
    RecordName { device: file.0, seq: file.1, hash: file.2 }
}

/// A file as it is written in a record.
pub const fn file_ref(name: &RecordName) -> FileRef {
    (name.device, name.seq, name.hash)
}
