//! The open vault: everything that needs the key.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use jiff::Timestamp;
use serde_json::Value;

use super::backup::{self, Compared};
use super::chain::{self, Warning};
use super::drafts::{Draft, Drafts};
use super::error::{Damaged, ReadOnly, VaultError};
use super::heads::Heads;
use super::keys::{self, Opener, Secrets};
use super::load::{Loaded, load};
use super::names::VaultId;
use super::open::{Closed, Vault};
use super::passphrase::Passphrase;
use super::records::Records;
use super::recovery::RecoveryKey;
use super::seal::Cost;
use super::store::Store;
use super::verify::{self, Progress, Report};
use super::writer::Writer;
use crate::model::{Entry, Id, Kind};

/// A vault with its key in hand. Dropping it, or [`OpenVault::lock`], forgets the key.
pub struct OpenVault {
    closed: Closed,
    secrets: Secrets,
    mode: Mode,
    records: Records,
    drafts: Drafts,
    damaged: Vec<Damaged>,
    warnings: Vec<Warning>,
}

/// Whether this process may write.
enum Mode {
    Writing(Box<Writer>),
    Reading(ReadOnly),
}

/// A save that is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The file that holds it, relative to the vault.
    pub file: String,
}

impl OpenVault {
    /// Reads everything and takes up the writing where that is possible.
    pub(super) fn start(
        mut closed: Closed,
        secrets: Secrets,
        now: Timestamp,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<OpenVault, (Vault, VaultError)> {
        // The lock comes before the reading, so that nothing is written in between.
        let lock = match must_read_only(&closed) {
            Some(why) => Err(why),
            None => match closed.local.lock(secrets.vault) {
                Ok(Some(lock)) => Ok(lock),
                Ok(None) => Err(ReadOnly::Locked),
                Err(error) => Err(ReadOnly::LocalState(error.to_string())),
            },
        };
        let loaded = match load(&*closed.store, &secrets, progress) {
            Ok(loaded) => loaded,
            Err(error) => return Err((Vault::closed(closed), error)),
        };
        let mut warnings = warnings(&closed, &secrets, &loaded);
        let mode = match lock {
            Err(why) => Mode::Reading(why),
            Ok(lock) => {
                let Closed { store, local, .. } = &mut closed;
                match Writer::start(&**store, local, &secrets, &loaded, lock, now) {
                    Ok((writer, more)) => {
                        warnings.extend(more);
                        Mode::Writing(Box::new(writer))
                    }
                    Err(error) => Mode::Reading(ReadOnly::LocalState(error.to_string())),
                }
            }
        };
        let drafts = Drafts::read(&closed.local, &secrets);
        let Loaded { records, found, .. } = loaded;
        let damaged = found.damaged;
        warnings.extend(found.unknown.into_iter().map(|file| Warning::Unknown { file }));
        Ok(OpenVault { closed, secrets, mode, records, drafts, damaged, warnings })
    }

    /// Forgets the key and everything that was read.
    pub fn lock(self) -> Vault {
        Vault::closed(self.closed)
    }

    /// Which vault this is.
    pub const fn id(&self) -> VaultId {
        self.secrets.vault
    }

    /// Why nothing can be written, or nothing when it can.
    pub fn read_only(&self) -> Option<ReadOnly> {
        match &self.mode {
            Mode::Writing(_) => None,
            Mode::Reading(why) => Some(why.clone()),
        }
    }

    /// Every version of every record that could be read, and those saved since.
    pub const fn records(&self) -> &Records {
        &self.records
    }

    /// The files that could not be read at opening. They stay where they are.
    pub fn damaged(&self) -> &[Damaged] {
        &self.damaged
    }

    /// What else a person may want to know since opening: gaps, forks, files set back.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Saves these entries in one file. When this gives no error they are durable; only then
    /// may "Saved" be shown and a draft cleared. All are about the same person, or about
    /// nobody, so that one person can be erased.
    ///
    /// # Errors
    /// Not saved. Everything older is untouched, and the next attempt may succeed.
    pub fn save(&mut self, entries: Vec<Entry>, now: Timestamp) -> Result<Saved, VaultError> {
        let writer = writer(&mut self.mode)?;
        if entries.is_empty() {
            return Err(VaultError::Nothing);
        }
        debug_assert!(about_one_person(&entries), "entries about two people in one file");
        entries.iter().try_for_each(Entry::check)?;
        let (name, file) = writer.save(&*self.closed.store, &self.secrets, entries, now)?;
        self.records.add(file);
        writer.remember(&mut self.closed.local, &self.secrets, now);
        Ok(Saved { file: name.path() })
    }

    /// Changes the passphrase. At every moment the old or the new one opens the vault.
    ///
    /// # Errors
    /// The old passphrase is wrong, or the disk refused; then the old one still opens the vault,
    /// and the new one may, too.
    pub fn change_passphrase(
        &mut self,
        old: &Passphrase,
        new: &Passphrase,
        cost: Cost,
    ) -> Result<(), VaultError> {
        keys::open(&*self.closed.store, &Opener::Passphrase(old))?;
        self.set_passphrase(new, cost)
    }

    /// Writes the next identity file, reads it back, and only then removes the older ones.
    pub(super) fn set_passphrase(
        &mut self,
        new: &Passphrase,
        cost: Cost,
    ) -> Result<(), VaultError> {
        writer(&mut self.mode)?;
        let sealed = keys::seal_with_passphrase(&self.secrets, new, cost)?;
        let opener = Opener::Passphrase(new);
        let name = keys::replace(&*self.closed.store, &self.secrets, &sealed, &opener)?;
        self.secrets.opened_with = Some(name);
        Ok(())
    }

    /// Makes a new recovery key, for a sheet that is lost, and shuts the old one out. It is
    /// shown to the person now or never. `receipt` is the identity of the record that says
    /// which recovery file is the vault's own.
    ///
    /// # Errors
    /// The disk refused; then the old recovery key still opens the vault.
    pub fn new_recovery_key(
        &mut self,
        receipt: Id,
        now: Timestamp,
    ) -> Result<RecoveryKey, VaultError> {
        writer(&mut self.mode)?;
        let key = RecoveryKey::random()?;
        let sealed = keys::seal_for_recovery(&self.secrets, &key)?;
        let opener = Opener::Recovery(&key);
        let name = keys::replace(&*self.closed.store, &self.secrets, &sealed, &opener)?;
        // The key works without it; a backup then keeps the older recovery file beside it.
        let _ = backup::vouch_for(self, name, receipt, now);
        Ok(key)
    }

    /// Compares the files with the newest receipt of a backup; nothing when there is none.
    pub fn compare_with_backup(&self) -> Option<Compared> {
        backup::compare(self)
    }

    /// Where the vault lies.
    pub(super) fn store(&self) -> &dyn Store {
        &*self.closed.store
    }

    /// The key in hand.
    pub(super) const fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Makes what is being typed durable on this computer, without making a version of it.
    ///
    /// # Errors
    /// Not saved; the draft before stays.
    pub fn draft_put(&mut self, id: Id, content: &[u8], now: Timestamp) -> Result<(), VaultError> {
        writer(&mut self.mode)?;
        self.drafts.put(&mut self.closed.local, &self.secrets, id, content, now)
    }

    /// The draft of a record, as it was last made durable.
    pub fn draft_get(&self, id: Id) -> Option<&Draft> {
        self.drafts.get(id)
    }

    /// Removes a draft, after the record it was of has been saved.
    ///
    /// # Errors
    /// The disk refused; the draft may come back at the next start.
    pub fn draft_clear(&mut self, id: Id) -> Result<(), VaultError> {
        writer(&mut self.mode)?;
        self.drafts.clear(&mut self.closed.local, &self.secrets, id)
    }

    /// All drafts on this computer, by the record they are of.
    pub fn drafts(&self) -> impl Iterator<Item = (Id, &Draft)> {
        self.drafts.iter()
    }

    /// Reads the whole vault again and checks everything.
    ///
    /// # Errors
    /// The folder is gone, or `progress` says to stop.
    pub fn verify(
        &self,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Report, VaultError> {
        let store = &*self.closed.store;
        let loaded = load(store, &self.secrets, progress)?;
        let mut report = Report {
            files: loaded.files.values().flat_map(BTreeMap::values).map(Vec::len).sum(),
            records: loaded.records.len(),
            damaged: Vec::new(),
            warnings: warnings(&self.closed, &self.secrets, &loaded),
        };
        verify::add_names(&mut report, loaded.found);
        verify::add_surroundings(&mut report, store, self.closed.file.as_ref().err().copied())?;
        Ok(report)
    }
}

/// Why the vault may not be written, as far as its first file tells.
fn must_read_only(closed: &Closed) -> Option<ReadOnly> {
    match &closed.file {
        Ok(file) => file.newer().map(ReadOnly::NewerVersion),
        Err(fault) => Some(ReadOnly::VaultFile(*fault)),
    }
}

fn writer(mode: &mut Mode) -> Result<&mut Writer, VaultError> {
    match mode {
        Mode::Writing(writer) => Ok(writer),
        Mode::Reading(why) => Err(VaultError::OpenedReadOnly(why.clone())),
    }
}

/// What the chains and `VAULT.json` tell.
fn warnings(closed: &Closed, secrets: &Secrets, loaded: &Loaded) -> Vec<Warning> {
    let remembered = Heads::read(&closed.local, secrets).map(|(heads, _)| heads);
    let mut warnings = chain::warnings(loaded, remembered.as_ref());
    if closed.file.as_ref().is_ok_and(|file| file.vault != secrets.vault) {
        warnings.push(Warning::OtherVault);
    }
    warnings
}

/// Whether no two entries are about different people.
fn about_one_person(entries: &[Entry]) -> bool {
    let person = |entry: &Entry| match entry.kind {
        Kind::Person => Some(entry.id.to_string()),
        _ => entry.body.get("person").and_then(Value::as_str).map(ToOwned::to_owned),
    };
    let mut people = entries.iter().filter_map(person);
    let first = people.next();
    people.all(|other| Some(other) == first)
}
