//! The open vault: everything that needs the key.

use std::ops::ControlFlow;

use jiff::Timestamp;

use super::backup::{self, Compared};
use super::chain::{self, Sight, Warning};
use super::check::Check;
use super::copy::Step;
use super::current::{self, Current, Following};
use super::drafts::{Draft, Drafts};
use super::error::{Damaged, ReadOnly, VaultError};
use super::facts::FileFacts;
use super::heads::Heads;
use super::hold::Holds;
use super::keys::{self, Opener, Secrets};
use super::load::{Loaded, Taken, read_all};
use super::making;
use super::names::{DeviceId, KeyKind, KeyName, RecordName, VaultId};
use super::open::{Closed, Vault};
use super::passphrase::Passphrase;
use super::read::Read;
use super::record_file;
use super::records::Records;
use super::recovery::RecoveryKey;
use super::seal::Cost;
use super::snapshot::Snapshot;
use super::standing::Standing;
use super::verify::{Progress, Report};
use super::writer::Writer;
use crate::model::record::about;
use crate::model::{Entry, Id, Kind, Rev};

/// A vault with its key in hand. Dropping it, or [`OpenVault::lock`], forgets the key.
pub struct OpenVault {
    pub(super) closed: Closed,
    pub(super) secrets: Secrets,
    pub(super) mode: Mode,
    pub(super) loaded: Loaded,
    pub(super) standing: Standing,
    pub(super) holds: Holds,
    pub(super) records: Records,
    pub(super) drafts: Drafts,
    pub(super) warnings: Vec<Warning>,
    pub(super) snapshot: Snapshot,
    pub(super) following: Following,
    /// Whether there is more than one recovery file.
    has_older_recovery_keys: bool,
    /// The recovery file that was made since opening and whose key the person may not have yet.
    unchecked: Option<KeyName>,
    /// What was read at opening, until it is handed out.
    current: Option<Vec<Current>>,
}

/// Whether this process may write.
pub(super) enum Mode {
    Writing(Box<Writer>),
    Reading(ReadOnly),
}

/// A save that is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The file that holds it, relative to the vault.
    pub file: String,
}

/// Tells how far a long piece of work is, and says whether to go on.
pub type Tell<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

impl OpenVault {
    /// Reads everything and takes up the writing where that is possible.
    pub(super) fn start(
        mut closed: Closed,
        secrets: Secrets,
        now: Timestamp,
        progress: Tell<'_>,
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
        if lock.is_ok() {
            making::forget(closed.local.store(), secrets.vault);
        }
        let read = match Read::all(&mut closed, &secrets, lock.is_ok(), now, progress) {
            Ok(read) => read,
            Err(error) => return Err((Vault::closed(closed), error)),
        };
        let Read { loaded, standing, holds, records, snapshot, following, current } = read;
        // With a part of the numbers unknown, the next one might be taken already.
        let lock = match &loaded.found.closed {
            Some((dir, error)) => Err(ReadOnly::Closed(format!("{dir}: {}", error.kind()))),
            None => lock,
        };
        let mut warnings = Vec::new();
        let mode = match lock {
            Err(why) => Mode::Reading(why),
            Ok(lock) => {
                let Closed { store, local, .. } = &mut closed;
                match Writer::start(&**store, local, &secrets, &loaded, lock, now) {
                    Ok((writer, more)) => {
                        warnings = more;
                        Mode::Writing(Box::new(writer))
                    }
                    Err(error) => Mode::Reading(ReadOnly::LocalState(error.to_string())),
                }
            }
        };
        let has_older_recovery_keys = keys::has_several(&*closed.store, KeyKind::Recovery);
        let drafts = Drafts::read(&closed.local, &secrets);
        let mut open = OpenVault {
            closed,
            secrets,
            mode,
            loaded,
            standing,
            holds,
            records,
            drafts,
            warnings: Vec::new(),
            snapshot,
            following,
            has_older_recovery_keys,
            unchecked: None,
            current: Some(current),
        };
        open.note_holds();
        open.remove_erased();
        open.warnings = open.look(&open.loaded, &open.standing, now);
        open.warnings.extend(warnings);
        Ok(open)
    }

    /// Writes down what makes the next opening quick and safe, then forgets the key and
    /// everything that was read.
    pub fn lock(mut self, now: Timestamp) -> Vault {
        self.settle(now);
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

    /// The name under which this computer writes; nothing while it may not.
    pub const fn device(&self) -> Option<DeviceId> {
        match &self.mode {
            Mode::Writing(writer) => Some(writer.device()),
            Mode::Reading(_) => None,
        }
    }

    /// The graphs of all records that could be read, and of those saved since.
    pub const fn records(&self) -> &Records {
        &self.records
    }

    /// Reads one version of a record from its file.
    ///
    /// # Errors
    /// There is no such version, or its file can no longer be read.
    pub fn entry(&self, id: Id, rev: Rev) -> Result<Entry, VaultError> {
        let revision = self.records.revision(id, rev).ok_or(VaultError::NoSuchRecord)?;
        let file = record_file::read(&*self.closed.store, &self.secrets, revision.file);
        let file = file.map_err(|why| {
            let file = revision.file.path();
            VaultError::DamagedRecord { file, why }
        })?;
        let found = file.entries.into_iter().find(|entry| (entry.id, entry.rev) == (id, rev));
        found.ok_or(VaultError::NoSuchRecord)
    }

    /// The newest versions of all records of a kind, read from their files; one that cannot be
    /// read is left out.
    pub fn entries_of(&self, kind: Kind) -> Vec<Entry> {
        let ids = self.records.ids().filter(|id| self.records.kind(*id) == Some(kind));
        let heads = ids.flat_map(|id| self.records.heads(id).into_iter().map(move |rev| (id, rev)));
        heads.filter_map(|(id, rev)| self.entry(id, rev).ok()).collect()
    }

    /// The newest version of every record. At first it is handed out as it was read at opening,
    /// and what is only a glance, or not in it, comes whole from [`OpenVault::next_texts`]; asked
    /// again, every record is read again.
    pub fn all_current(&mut self) -> Vec<Current> {
        let read_again =
            |vault: &OpenVault| vault.records.ids().filter_map(|id| vault.current_of(id)).collect();
        self.current.take().unwrap_or_else(|| read_again(self))
    }

    /// Whether there are texts that opening did not wait for.
    pub fn has_texts(&self) -> bool {
        !self.following.is_empty()
    }

    /// The next of the texts that opening did not wait for; nothing when all have come.
    pub fn next_texts(&mut self) -> Option<Vec<Current>> {
        let OpenVault { closed, secrets, loaded, records, following, .. } = self;
        let texts = following.next(&*closed.store, &closed.local, secrets, &loaded.files)?;
        Some(current::among(records, texts).collect())
    }

    /// The files that could not be read. They stay where they are.
    pub fn damaged(&self) -> Vec<Damaged> {
        self.loaded.damaged.iter().chain(&self.loaded.found.damaged).cloned().collect()
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
        entries.iter().try_for_each(|entry| entry.check().map(|_| ()))?;
        let (name, facts) = writer.save(&*self.closed.store, &self.secrets, &entries, now)?;
        self.records.add(name, &facts);
        // What was read at opening is not the newest any more.
        self.current = None;
        self.loaded.found.files.insert(name);
        self.loaded.files.insert(name, facts);
        if entries.iter().any(|entry| entry.kind == Kind::Person) {
            self.note_holds();
        }
        Ok(Saved { file: name.path() })
    }

    /// The same in the middle of the work, when it is worth it: cheap when little has changed.
    pub fn rest(&mut self, now: Timestamp) {
        const MANY: usize = 256;
        let Mode::Writing(writer) = &mut self.mode else { return };
        writer.remember(&mut self.closed.local, &self.secrets, now);
        let new = self.loaded.files.values().filter(|facts| facts.segment == 0).count();
        if self.following.is_empty() && (new >= MANY || !self.snapshot.is_kept()) {
            self.keep_snapshot(now);
        }
    }

    /// Writes down, in local state, what makes the next opening quick and what lets it notice a
    /// folder that was set back. For a pause in the work; losing it loses nothing.
    pub fn settle(&mut self, now: Timestamp) {
        let Mode::Writing(writer) = &mut self.mode else { return };
        writer.remember(&mut self.closed.local, &self.secrets, now);
        self.keep_snapshot(now);
    }

    /// Brings the local snapshot up to what the vault holds.
    fn keep_snapshot(&mut self, now: Timestamp) {
        let OpenVault { closed, secrets, loaded, standing, records, snapshot, following, .. } =
            self;
        let Closed { store, local, .. } = closed;
        let new =
            |(name, facts): &(&RecordName, &FileFacts)| facts.segment == 0 && standing.shows(name);
        let new: Vec<RecordName> = loaded.files.iter().filter(new).map(|(name, _)| *name).collect();
        if new.is_empty() && snapshot.is_kept() {
            return;
        }
        for (name, read) in read_all(&**store, secrets, &new, Taken::of) {
            if let (Ok(mut taken), Some(facts)) = (read, loaded.files.get_mut(&name)) {
                snapshot.take(local, secrets, &mut taken, now);
                facts.segment = taken.facts.segment;
            }
        }
        // Texts that are still to be handed out must stay where they are looked for.
        if following.is_empty() {
            snapshot.reopen(local, secrets, &mut loaded.files);
        }
        snapshot.keep(local, secrets, &loaded.files, records, now);
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

    /// Makes a new recovery key, for a sheet that is lost. It is shown to the person now or
    /// never; the old one works until [`OpenVault::shut_older_recovery_keys_out`], because the
    /// new one may never reach paper. `receipt` is the identity of the record that says which
    /// recovery file is the vault's own.
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
        let store = &*self.closed.store;
        let (name, _) = keys::add(store, &self.secrets, &sealed, &opener)?;
        self.unchecked = Some(name);
        self.has_older_recovery_keys = true;
        // The key works without it; a backup then keeps the older recovery file beside it.
        let _ = backup::vouch_for(self, name, receipt, now);
        Ok(key)
    }

    /// Removes all recovery files but the one that was made since opening, now that the person
    /// has its key.
    ///
    /// # Errors
    /// The disk refused; then an older recovery key may still open the vault.
    pub fn shut_older_recovery_keys_out(&mut self) -> Result<(), VaultError> {
        writer(&mut self.mode)?;
        let Some(new) = self.unchecked else { return Ok(()) };
        let store = &*self.closed.store;
        let mut older = keys::list(store)?;
        older.retain(|key| key.kind == KeyKind::Recovery && *key != new);
        keys::remove(store, &older)?;
        self.unchecked = None;
        self.has_older_recovery_keys = false;
        self.warnings.retain(|warning| *warning != Warning::SeveralRecoveryKeys);
        Ok(())
    }

    /// Compares the files with the newest receipt of a backup; nothing when there is none.
    pub fn compare_with_backup(&self) -> Option<Compared> {
        backup::compare(self)
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
    pub fn verify(&self, now: Timestamp, progress: Tell<'_>) -> Result<Report, VaultError> {
        let mut check = Check::start(self);
        loop {
            match check.step(self, now)? {
                Step::Done(report) => return Ok(report),
                Step::More(so_far) if progress(so_far).is_break() => {
                    return Err(VaultError::Cancelled);
                }
                Step::More(_) => {}
            }
        }
    }

    /// The records that were taken out or set back, and that nobody erased or accepted.
    pub(super) fn lost(&self, now: Timestamp) -> Vec<RecordName> {
        self.sight(&self.loaded, &self.standing, now, Sight::lost_names)
    }

    /// What the chains, the erasures and `VAULT.json` tell.
    pub(super) fn look(
        &self,
        loaded: &Loaded,
        standing: &Standing,
        now: Timestamp,
    ) -> Vec<Warning> {
        let mut warnings = self.sight(loaded, standing, now, chain::warnings);
        if self.closed.file.as_ref().is_ok_and(|file| file.vault != self.secrets.vault) {
            warnings.push(Warning::OtherVault);
        }
        if self.has_older_recovery_keys {
            warnings.push(Warning::SeveralRecoveryKeys);
        }
        warnings
    }

    fn sight<T>(
        &self,
        loaded: &Loaded,
        standing: &Standing,
        now: Timestamp,
        see: impl FnOnce(&Sight<'_>) -> T,
    ) -> T {
        let remembered = match &self.mode {
            Mode::Writing(writer) => Some(writer.heads().clone()),
            Mode::Reading(_) => {
                Heads::read(&self.closed.local, &self.secrets).map(|(heads, _)| heads)
            }
        };
        let Loaded { files, found, .. } = loaded;
        see(&Sight { found, files, standing, heads: remembered.as_ref(), now })
    }
}

/// Why the vault may not be written, as far as its first file tells.
fn must_read_only(closed: &Closed) -> Option<ReadOnly> {
    match &closed.file {
        Ok(file) => file.newer().map(ReadOnly::NewerVersion),
        Err(fault) => Some(ReadOnly::VaultFile(*fault)),
    }
}

pub(super) fn writer(mode: &mut Mode) -> Result<&mut Writer, VaultError> {
    match mode {
        Mode::Writing(writer) => Ok(writer),
        Mode::Reading(why) => Err(VaultError::OpenedReadOnly(why.clone())),
    }
}

/// Whether no two entries are about different people.
fn about_one_person(entries: &[Entry]) -> bool {
    let mut people = entries.iter().map(|entry| about(entry.kind, entry.id, &entry.body));
    let first = people.next();
    people.all(|other| Some(other) == first)
}
