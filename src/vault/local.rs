//! Local state: the folder on this computer that is never synced. Losing it loses drafts and
//! nothing else.
//!
//! A file that is replaced has two slots that take turns, each with a counter, so that a write
//! that is cut off always leaves the one before.

use std::io;

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::envelope::{self, LocalEnvelope, VERSION};
use super::error::{Damage, VaultError};
use super::keys::Secrets;
use super::mac::{MacKey, local_label};
use super::names::VaultId;
use super::seal::SealError;
use super::store::{Guard, Listed, MAX_FILE, Store};
use super::write::{Existing, Folders, join, unlink_if_there, write_cache, write_file};

/// The folder of drafts in local state.
pub const DRAFTS: &str = "drafts";
/// The file that the lock is on.
const LOCK: &str = "lock";

/// One of two places that take turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The first.
    A,
    /// The second.
    B,
}

impl Slot {
    const fn other(self) -> Slot {
        match self {
            Slot::A => Slot::B,
            Slot::B => Slot::A,
        }
    }

    /// The name of a file in this slot.
    pub fn name(self, stem: &str) -> String {
        match self {
            Slot::A => format!("{stem}-a.age"),
            Slot::B => format!("{stem}-b.age"),
        }
    }
}

/// Which slot holds the newest, and its counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    slot: Slot,
    count: u64,
}

impl Turn {
    /// The other slot, with the next number.
    pub fn after(last: Option<Turn>) -> Turn {
        match last {
            Some(last) => Turn { slot: last.slot.other(), count: last.count.saturating_add(1) },
            None => Turn { slot: Slot::A, count: 1 },
        }
    }
}

/// The three lines of a file of local state.
fn lines(
    secrets: &Secrets,
    path: &str,
    count: u64,
    content: &[u8],
    at: Timestamp,
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let envelope =
        LocalEnvelope { v: VERSION, vault: secrets.vault, count, len: content.len(), at };
    envelope::join(&secrets.local, &local_label(path), &envelope, content)
        .map_err(|_| VaultError::NotTheSame)
}

/// Reads the three lines, and keeps the content of them.
pub fn parse(
    key: &MacKey,
    vault: VaultId,
    path: &str,
    mut text: Zeroizing<Vec<u8>>,
) -> Result<(LocalEnvelope, Zeroizing<Vec<u8>>), Damage> {
    let (envelope, content): (LocalEnvelope, _) = envelope::split(key, &local_label(path), &text)?;
    if envelope.vault != vault {
        return Err(Damage::Place);
    }
    let before = text.len() - 1 - content.len();
    let end = before.checked_add(envelope.len).filter(|end| *end < text.len());
    let end = end.ok_or(Damage::Shape)?;
    text.truncate(end);
    text.drain(..before);
    Ok((envelope, text))
}

/// What a file of local state holds.
#[derive(Debug)]
pub struct LocalFile {
    /// Which slot it came from.
    pub turn: Turn,
    /// When it was written.
    pub at: Timestamp,
    /// What it holds.
    pub content: Zeroizing<Vec<u8>>,
}

/// The folder of one vault's local state.
pub struct LocalState {
    store: Box<dyn Store>,
    folders: Folders,
}

impl LocalState {
    /// Local state in the base folder; each vault has a folder of its own in it.
    pub fn new(store: Box<dyn Store>) -> LocalState {
        LocalState { store, folders: Folders::default() }
    }

    /// Makes the folders and takes the lock, or gives nothing when another process holds it.
    pub fn lock(&mut self, vault: VaultId) -> Result<Option<Guard>, VaultError> {
        let dir = vault.to_string();
        match self.store.mkdir("") {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(VaultError::io(dir, error));
            }
            _ => self.folders.ensure(&*self.store, &join(&dir, DRAFTS))?,
        }
        let path = join(&dir, LOCK);
        self.store.lock(&path).map_err(|error| VaultError::io(path, error))
    }

    /// What lies in a folder of this vault's local state, or in its own folder for the empty
    /// name; nothing where there is none.
    pub fn list(&self, vault: VaultId, dir: &str) -> Vec<Listed> {
        let own = vault.to_string();
        let dir = if dir.is_empty() { own } else { join(&own, dir) };
        self.store.list(&dir).unwrap_or_default()
    }

    /// Where the files of this vault lie.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Reads a file. `path` is within the vault's local state.
    pub fn read(
        &self,
        secrets: &Secrets,
        path: &str,
    ) -> Result<(LocalEnvelope, Zeroizing<Vec<u8>>), Damage> {
        self.read_up_to(secrets, path, MAX_FILE)
    }

    /// The same for a file that may be larger, up to `cap` bytes.
    pub fn read_up_to(
        &self,
        secrets: &Secrets,
        path: &str,
        cap: u64,
    ) -> Result<(LocalEnvelope, Zeroizing<Vec<u8>>), Damage> {
        let place = join(&secrets.vault.to_string(), path);
        let sealed = self.store.read(&place, cap).map_err(|error| Damage::io(&error))?;
        let text = secrets.identity.decrypt(&sealed).map_err(|why| match why {
            SealError::Header => Damage::Header,
            _ => Damage::Decrypt,
        })?;
        parse(&secrets.local, secrets.vault, path, text)
    }

    /// Writes a file durably; one of the same name gives way.
    pub fn write(
        &mut self,
        secrets: &Secrets,
        path: &str,
        count: u64,
        content: &[u8],
        at: Timestamp,
    ) -> Result<(), VaultError> {
        let text = lines(secrets, path, count, content, at)?;
        let sealed = secrets.identity.encrypt(&text).map_err(|_| VaultError::NotTheSame)?;
        let place = join(&secrets.vault.to_string(), path);
        let (dir, name) = place.rsplit_once('/').unwrap_or(("", &place));
        let result = self
            .folders
            .ensure(&*self.store, dir)
            .and_then(|()| write_file(&*self.store, dir, name, &sealed, Existing::GivesWay));
        if result.is_err() {
            self.folders.forget();
        }
        result
    }

    /// Writes a file that may be lost: it is neither read back nor synced. One of the same name
    /// gives way.
    pub fn write_cache(
        &mut self,
        secrets: &Secrets,
        path: &str,
        count: u64,
        content: &[u8],
        at: Timestamp,
    ) -> Result<(), VaultError> {
        let text = lines(secrets, path, count, content, at)?;
        let sealed = secrets.identity.encrypt_cache(&text).map_err(|_| VaultError::NotTheSame)?;
        let place = join(&secrets.vault.to_string(), path);
        let (dir, name) = place.rsplit_once('/').unwrap_or(("", &place));
        write_cache(&*self.store, dir, name, &sealed)
            .map_err(|error| VaultError::io(place.clone(), error))
    }

    /// Removes a file; one that is not there is as good as removed.
    pub fn remove(&self, vault: VaultId, path: &str) -> Result<(), VaultError> {
        let path = join(&vault.to_string(), path);
        unlink_if_there(&*self.store, &path).map_err(|error| VaultError::io(path, error))
    }

    /// Makes what was removed stay removed.
    pub fn sync(&self, vault: VaultId) -> Result<(), VaultError> {
        let dir = vault.to_string();
        self.store.sync_dir(&dir).map_err(|error| VaultError::io(dir, error))
    }

    /// Reads the newer sound one of two slots.
    pub fn read_slots(&self, secrets: &Secrets, stem: &str) -> Option<LocalFile> {
        self.read_slots_up_to(secrets, stem, MAX_FILE)
    }

    /// The same for files that may be larger, up to `cap` bytes.
    pub fn read_slots_up_to(&self, secrets: &Secrets, stem: &str, cap: u64) -> Option<LocalFile> {
        let read = |slot: Slot| {
            let (envelope, content) = self.read_up_to(secrets, &slot.name(stem), cap).ok()?;
            let turn = Turn { slot, count: envelope.count };
            Some(LocalFile { turn, at: envelope.at, content })
        };
        [Slot::A, Slot::B].into_iter().filter_map(read).max_by_key(|file| file.turn.count)
    }

    /// Writes into the slot whose turn it is, so that the other one stays as it is.
    pub fn write_slots(
        &mut self,
        secrets: &Secrets,
        stem: &str,
        last: Option<Turn>,
        content: &[u8],
        at: Timestamp,
    ) -> Result<Turn, VaultError> {
        let turn = Turn::after(last);
        self.write(secrets, &turn.slot.name(stem), turn.count, content, at)?;
        Ok(turn)
    }

    /// Removes both slots, the older first: if this is cut off, what comes back is the newest.
    pub fn clear_slots(
        &mut self,
        secrets: &Secrets,
        stem: &str,
        last: Option<Turn>,
    ) -> Result<(), VaultError> {
        let newest = last.map_or(Slot::A, |turn| turn.slot);
        let place = join(&secrets.vault.to_string(), stem);
        let dir = place.rsplit_once('/').map_or("", |(dir, _)| dir);
        for slot in [newest.other(), newest] {
            let path = slot.name(&place);
            unlink_if_there(&*self.store, &path).map_err(|error| VaultError::io(path, error))?;
        }
        self.store.sync_dir(dir).map_err(|error| VaultError::io(place.clone(), error))
    }
}
