//! What may be shown of the files that are there: nothing about a person who was erased, unless
//! somebody must keep it (`vault-format`, "Erasing, backing up").

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::envelope::Link;
use super::facts::{FileFacts, Matter};
use super::names::{DeviceId, Hash128, RecordName};
use super::records::Records;
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
    /// Reads it from the files.
    pub fn of(files: &Files) -> Standing {
        let mut standing = Standing::default();
        let mut erasures: BTreeMap<Id, Erasure> = BTreeMap::new();
        for matter in files.values().flat_map(|facts| &facts.entries).map(|entry| &entry.matter) {
            match matter {
                Matter::Plain | Matter::OnHold => {}
                Matter::Accept(accepted) => {
                    standing.accepted.extend(accepted.missing.iter().map(name));
                }
                Matter::Erase(erasure) => {
                    let Some(person) = erasure.person else { continue };
                    let all = erasures.entry(person).or_default();
                    all.files.extend(&erasure.files);
                    all.kept.extend(&erasure.kept);
                }
            }
        }
        for (person, erasure) in erasures {
            standing.take(person, &erasure, files);
        }
        standing
    }

    fn take(&mut self, person: Id, erasure: &Erasure, files: &Files) {
        if is_on_hold(files, person) {
            self.refused.insert(person);
            // What another computer has removed already is not missing for an unknown reason.
            let gone = erasure.files.iter().map(name).filter(|name| !files.contains_key(name));
            self.erased.extend(gone);
            return;
        }
        self.people.insert(person);
        let named: BTreeSet<RecordName> = erasure.files.iter().map(name).collect();
        let kept: BTreeSet<RecordName> = erasure.kept.iter().map(name).collect();
        for (name, _) in files.iter().filter(|(_, facts)| facts.is_about(person)) {
            if named.contains(name) {
                self.erased_here.insert(*name);
            } else if !kept.contains(name) {
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

/// Whether a newest version of the person says that nothing may be erased.
pub fn is_on_hold(files: &Files, person: Id) -> bool {
    let about = || files.iter().filter(|(_, facts)| facts.is_about(person));
    let on_hold = |facts: &FileFacts| {
        let held = facts.entries.iter().filter(|entry| entry.matter == Matter::OnHold);
        held.map(|entry| entry.rev).collect::<Vec<_>>()
    };
    let holds: Vec<_> = about().flat_map(|(_, facts)| on_hold(facts)).collect();
    if holds.is_empty() {
        return false;
    }
    let heads = Records::of(about()).heads(person);
    heads.iter().any(|head| holds.contains(head))
}

/// The file's name in the vault.
pub fn name(file: &FileRef) -> RecordName {
    RecordName { device: file.0, seq: file.1, hash: file.2 }
}

/// A file as it is written in a record.
pub const fn file_ref(name: &RecordName) -> FileRef {
    (name.device, name.seq, name.hash)
}
