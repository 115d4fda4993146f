//! Moving to a new identity, when somebody else may have the key: an older copy of the vault
//! with its passphrase is enough for that (`vault-format`, "Keys"). There is no changing the
//! identity in place; everything is encrypted anew in a new folder, and the old one is only
//! read.
//!
//! The new folder gets `VAULT.json` last, so until then it is no vault that anybody could write
//! into. A move that was cut off is gone on with by the same new passphrase.

mod folder;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;

use super::copy::{CopyError, Step, write_back, write_rescue};
use super::error::{Damage, Damaged, ReadOnly, VaultError};
use super::keys::{self, Opener, Secrets};
use super::load::{Found, read_all};
use super::names::{KEYS, RecordName, VAULT_FILE, VaultId};
use super::open::VaultFile;
use super::opened::OpenVault;
use super::passphrase::Passphrase;
use super::record_file;
use super::recovery::RecoveryKey;
use super::seal::Cost;
use super::store::Store;
use super::verify::Progress;
use super::write::Existing;
use crate::model::{Body, Entry, Id, Kind, Receipt, Rev};
use folder::{NewFolder, new_secrets};

/// How many files are read in one step, on all cores.
const STEP: usize = 128;
/// What the first record of the new vault is called, and the field that names the old one.
const MOVED: &str = "Moved to a new key";
const MOVED_FROM: &str = "moved_from";

/// A version of a record.
type Version = (Id, Rev);

/// A move that is under way, a file at a time, so that saves can come in between; they are
/// taken along. Dropping it stops it.
pub struct Moving {
    old: VaultId,
    secrets: Secrets,
    new: NewFolder,
    recovery: Option<RecoveryKey>,
    receipt: Id,
    stage: Stage,
    /// Files still to be read in this stage, the next one last.
    todo: Vec<RecordName>,
    /// Files of the old vault that were seen.
    seen: BTreeSet<RecordName>,
    /// What the old vault holds and the new one must.
    wanted: BTreeMap<Version, RecordName>,
    left: Vec<Damaged>,
    compared: BTreeSet<Version>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Reading what an earlier run has moved.
    Resuming,
    /// Writing the recovery file, the page for rescue and the first record.
    Preparing,
    /// Encrypting the old vault's files anew.
    Moving,
    /// Reading everything back.
    Comparing,
}

/// A finished move.
#[derive(Debug)]
pub struct Moved {
    /// The new recovery key, to be shown now or never.
    pub recovery: RecoveryKey,
    /// How many records there are, each counted once.
    pub records: usize,
    /// How many versions they have. The same ones are in both vaults.
    pub versions: usize,
    /// Files that could not be read, wholly or in part, and so stay in the old folder alone.
    pub left: Vec<Damaged>,
    /// Files that another computer wrote about erased people, and about which nobody has
    /// decided. They stay in the old folder alone.
    pub held_back: usize,
    /// Drafts of words not yet saved. They stay with the old vault.
    pub drafts: usize,
}

impl Moving {
    /// Begins to move into a folder that is missing or free, or goes on with a move into it that
    /// was cut off. `receipt` is the identity of the new vault's first record.
    ///
    /// That the two folders do not lie in one another is for the caller to see to.
    ///
    /// # Errors
    /// The new folder holds something else, or an unfinished move with another passphrase
    /// ([`VaultError::WrongPassphrase`]); or the old vault is being written by somebody else.
    pub fn start(
        vault: &OpenVault,
        to: Box<dyn Store>,
        passphrase: &Passphrase,
        cost: Cost,
        receipt: Id,
    ) -> Result<Moving, CopyError> {
        if let Some(why @ (ReadOnly::Locked | ReadOnly::NewerVersion(_))) = vault.read_only() {
            return Err(CopyError::Source(VaultError::OpenedReadOnly(why)));
        }
        let secrets = new_secrets(&*to, vault.id(), passphrase, cost).map_err(CopyError::Target)?;
        let new = NewFolder::new(to).map_err(CopyError::Target)?;
        let mut todo: Vec<RecordName> = Found::look(&*new.store).files.into_iter().collect();
        if todo.iter().any(|name| name.device != todo[0].device) {
            return Err(CopyError::Target(VaultError::OtherVault));
        }
        todo.reverse();
        Ok(Moving {
            old: vault.id(),
            secrets,
            new,
            recovery: None,
            receipt,
            stage: Stage::Resuming,
            todo,
            seen: BTreeSet::new(),
            wanted: BTreeMap::new(),
            left: Vec::new(),
            compared: BTreeSet::new(),
        })
    }

    /// How far it is: each file is encrypted once and read back once.
    fn progress(&self) -> Progress {
        let all = self.seen.len();
        let done = match self.stage {
            Stage::Resuming | Stage::Preparing => 0,
            Stage::Moving => all - self.todo.len().min(all),
            Stage::Comparing => all * 2 - self.todo.len().min(all),
        };
        Progress { done, total: all * 2 }
    }

    /// Does the next step.
    ///
    /// # Errors
    /// One of the folders refused; the old vault is as it was, and the next run goes on.
    pub fn step(&mut self, vault: &OpenVault, now: Timestamp) -> Result<Step<Moved>, CopyError> {
        match self.stage {
            Stage::Resuming => self.resume(vault)?,
            Stage::Preparing => self.prepare(vault, now)?,
            Stage::Moving => self.go_on(vault)?,
            Stage::Comparing if self.todo.is_empty() => {
                if let Some(moved) = self.finish(vault)? {
                    return Ok(Step::Done(moved));
                }
            }
            Stage::Comparing => self.compare()?,
        }
        Ok(Step::More(self.progress()))
    }

    /// Reads what an earlier run has moved. It must have been from this vault, which the first
    /// file says.
    fn resume(&mut self, vault: &OpenVault) -> Result<(), CopyError> {
        let some = self.next_some();
        let mut good = true;
        for (name, read) in read_all(&*self.new.store, &self.secrets, &some, |file| file) {
            match read {
                Ok(file) if self.new.held.is_empty() && !is_marker(&file.entries, self.old) => {
                    return Err(CopyError::Target(VaultError::OtherVault));
                }
                Ok(file) => self.new.hold(name, &file.entries),
                Err(_) if self.new.held.is_empty() => {
                    return Err(CopyError::Target(VaultError::OtherVault));
                }
                Err(_) => good = false,
            }
        }
        if !good {
            return self.begin_again();
        }
        if self.todo.is_empty() {
            self.stage = Stage::Preparing;
            let marker = self.new.first.iter();
            let mut moved = self.new.held.iter().filter(|held| !marker.clone().any(|m| m == *held));
            if moved.any(|version| !is_there(vault, version)) {
                return self.begin_again();
            }
        }
        Ok(())
    }

    /// Begins again in the new folder: something that was moved is damaged there, or has been
    /// erased since and must not come along.
    fn begin_again(&mut self) -> Result<(), CopyError> {
        self.new.begin_again().map_err(CopyError::Target)?;
        self.todo.clear();
        self.seen.clear();
        self.wanted.clear();
        self.compared.clear();
        self.left.clear();
        self.stage = Stage::Preparing;
        Ok(())
    }

    /// The next files of this stage, in order.
    fn next_some(&mut self) -> Vec<RecordName> {
        let mut some = self.todo.split_off(self.todo.len().saturating_sub(STEP));
        some.reverse();
        some
    }

    fn prepare(&mut self, vault: &OpenVault, now: Timestamp) -> Result<(), CopyError> {
        let recovery = RecoveryKey::random().map_err(CopyError::Target)?;
        let write = || {
            let sealed = keys::seal_for_recovery(&self.secrets, &recovery)?;
            let opener = Opener::Recovery(&recovery);
            keys::replace(&*self.new.store, &self.secrets, &sealed, &opener)?;
            write_rescue(&*self.new.store)
        };
        write().map_err(CopyError::Target)?;
        self.recovery = Some(recovery);
        if self.new.held.is_empty() {
            let marker = marker(self.receipt, self.old, now).map_err(CopyError::Target)?;
            self.new.write(&self.secrets, &[marker], now).map_err(CopyError::Target)?;
        }
        self.stage = Stage::Moving;
        self.look(vault);
        Ok(())
    }

    /// Looks for files of the old vault that were not there at the last look.
    fn look(&mut self, vault: &OpenVault) {
        let found = Found::look(&*vault.closed.store);
        for damaged in found.damaged {
            if !self.left.contains(&damaged) {
                self.left.push(damaged);
            }
        }
        let new = found.files.difference(&self.seen);
        let new: Vec<RecordName> = new.filter(|name| is_shown(vault, name)).copied().collect();
        self.seen.extend(&new);
        self.todo = new;
        // The next ones are taken from the end.
        self.todo.reverse();
    }

    /// Moves the next file.
    fn go_on(&mut self, vault: &OpenVault) -> Result<(), CopyError> {
        if self.todo.is_empty() {
            self.look(vault);
        }
        let Some(name) = self.todo.pop() else {
            self.stage = Stage::Comparing;
            self.todo = self.new.files.iter().rev().copied().collect();
            return Ok(());
        };
        let file = match record_file::read(&*vault.closed.store, &vault.secrets, name) {
            Ok(file) => file,
            // It may have been erased meanwhile.
            Err(_) if !is_shown(vault, &name) => return Ok(()),
            Err(why) => {
                if let Damage::Unreadable(_) = why {
                    still_there(vault)?;
                }
                self.left.push(Damaged { file: name.path(), why });
                return Ok(());
            }
        };
        if file.has_unknown {
            self.left.push(Damaged { file: name.path(), why: Damage::UnknownKind });
        }
        let mut entries: Vec<Entry> = file.entries;
        entries.retain(|entry| is_taken(entry.kind));
        self.wanted.extend(entries.iter().map(|entry| ((entry.id, entry.rev), name)));
        entries.retain(|entry| !self.new.held.contains(&(entry.id, entry.rev)));
        if entries.is_empty() {
            return Ok(());
        }
        self.new.write(&self.secrets, &entries, file.envelope.at).map_err(CopyError::Target)
    }

    /// Reads files of the new folder back.
    fn compare(&mut self) -> Result<(), CopyError> {
        let some = self.next_some();
        for (name, read) in read_all(&*self.new.store, &self.secrets, &some, |file| file) {
            match read {
                Ok(file) => {
                    self.compared.extend(file.entries.iter().map(|entry| (entry.id, entry.rev)));
                }
                Err(why) => {
                    let file = name.path();
                    return Err(CopyError::Target(VaultError::DamagedRecord { file, why }));
                }
            }
        }
        Ok(())
    }

    /// Takes along what was saved while the rest was compared, makes sure that both sides hold
    /// the same, and only then makes the folder a vault.
    fn finish(&mut self, vault: &OpenVault) -> Result<Option<Moved>, CopyError> {
        // What the open vault has not read yet is no reason: it was read here.
        if self.wanted.values().any(|from| !is_shown(vault, from)) {
            self.begin_again()?;
            return Ok(None);
        }
        let before = self.new.files.clone();
        self.look(vault);
        self.stage = Stage::Moving;
        while self.stage == Stage::Moving {
            self.go_on(vault)?;
        }
        self.todo.retain(|name| !before.contains(name));
        while !self.todo.is_empty() {
            self.compare()?;
        }
        for version in &self.new.first {
            self.compared.remove(version);
        }
        if !self.compared.iter().eq(self.wanted.keys()) {
            return Err(CopyError::Target(VaultError::NotTheSame));
        }
        let recovery = self.recovery.take().ok_or(CopyError::Target(VaultError::NotTheSame))?;
        keys::open(&*self.new.store, &Opener::Recovery(&recovery)).map_err(CopyError::Target)?;
        let file = VaultFile::of(self.secrets.vault).bytes().map_err(CopyError::Target)?;
        write_back(&*self.new.store, "", VAULT_FILE, &file, Existing::Keep)
            .map_err(CopyError::Target)?;
        let records: BTreeSet<Id> = self.wanted.keys().map(|(id, _)| *id).collect();
        Ok(Some(Moved {
            recovery,
            records: records.len(),
            versions: self.wanted.len(),
            left: std::mem::take(&mut self.left),
            held_back: vault.held_back().map(|held| held.files).sum(),
            drafts: vault.drafts().count(),
        }))
    }
}

/// The first record of the new vault: where it came from.
fn marker(id: Id, old: VaultId, now: Timestamp) -> Result<Entry, VaultError> {
    let mut receipt = Receipt::of(MOVED, now);
    receipt.extra.insert(MOVED_FROM.to_owned(), Value::from(old.to_string()));
    let body = Body::Receipt(receipt).write().map_err(|_| VaultError::NotTheSame)?;
    Ok(Entry::new(Kind::Receipt, id, Vec::new(), body)?)
}

fn is_marker(entries: &[Entry], old: VaultId) -> bool {
    let from =
        |entry: &Entry| entry.body.get(MOVED_FROM).and_then(Value::as_str).map(str::to_owned);
    entries.iter().any(|entry| entry.kind == Kind::Receipt && from(entry) == Some(old.to_string()))
}

/// Whether records of this kind are taken along. The others are about the old folder, or hold
/// secrets shared with another person, which are made anew.
const fn is_taken(kind: Kind) -> bool {
    !matches!(kind, Kind::Erase | Kind::AcceptRestore | Kind::Device | Kind::Pairing)
}

/// Whether a file of the old vault may be shown, so that it may be taken along.
fn is_shown(vault: &OpenVault, name: &RecordName) -> bool {
    vault.standing.shows(name) && !vault.standing.erased.contains(name)
}

/// Whether the old vault holds this version still.
fn is_there(vault: &OpenVault, (id, rev): &Version) -> bool {
    vault.records().revision(*id, *rev).is_some()
}

/// Whether the old folder as a whole still answers.
fn still_there(vault: &OpenVault) -> Result<(), CopyError> {
    let keys = vault.closed.store.list(KEYS);
    keys.map(|_| ()).map_err(|error| CopyError::Source(VaultError::io(KEYS, error)))
}
