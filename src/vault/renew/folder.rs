//! The folder that a vault moves into.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Version;
use crate::model::Entry;
use crate::vault::copy::{make_folders, write_back};
use crate::vault::envelope::{Envelope, Link, VERSION};
use crate::vault::error::{VaultError, VaultFileFault};
use crate::vault::keys::{self, Opener, Secrets};
use crate::vault::load::Found;
use crate::vault::names::{DeviceId, Hash128, KEYS, KeyKind, KeyName, RecordName, VaultId};
use crate::vault::open::{is_free, read_vault_file};
use crate::vault::passphrase::Passphrase;
use crate::vault::record_file;
use crate::vault::seal::Cost;
use crate::vault::store::Store;
use crate::vault::write::{Existing, Folders, unlink_if_there, write_file};

/// The folder of the new vault, and this move's chain in it.
pub struct NewFolder {
    pub store: Box<dyn Store>,
    folders: Folders,
    device: Option<DeviceId>,
    prev: Option<Link>,
    tried: u64,
    /// What it holds.
    pub held: BTreeSet<Version>,
    /// What its first file holds: where it came from.
    pub first: Vec<Version>,
    /// Its files.
    pub files: BTreeSet<RecordName>,
}

impl NewFolder {
    /// Makes the folders that every vault has.
    pub fn new(store: Box<dyn Store>) -> Result<NewFolder, VaultError> {
        let mut folders = Folders::default();
        make_folders(&*store, &mut folders)?;
        Ok(NewFolder {
            store,
            folders,
            device: None,
            prev: None,
            tried: 0,
            held: BTreeSet::new(),
            first: Vec::new(),
            files: BTreeSet::new(),
        })
    }

    /// Takes note of a file that is there and sound.
    pub fn hold(&mut self, name: RecordName, entries: &[Entry]) {
        self.tried = self.tried.max(name.seq);
        self.prev = Some((name.seq, name.hash));
        let versions = entries.iter().map(|entry| (entry.id, entry.rev));
        if self.files.is_empty() {
            self.first = versions.clone().collect();
        }
        self.device = Some(name.device);
        self.held.extend(versions);
        self.files.insert(name);
    }

    /// Writes one file and reads it back.
    pub fn write(
        &mut self,
        secrets: &Secrets,
        entries: &[Entry],
        at: Timestamp,
    ) -> Result<(), VaultError> {
        let device = match self.device {
            Some(device) => device,
            None => *self.device.insert(DeviceId::random()?),
        };
        self.tried += 1;
        let envelope = Envelope {
            v: VERSION,
            generation: secrets.generation,
            vault: secrets.vault,
            dev: device,
            seq: self.tried,
            prev: self.prev,
            seen: BTreeMap::new(),
            at,
        };
        let (sealed, _) = record_file::build(secrets, &envelope, entries)?;
        let name = RecordName { device, seq: envelope.seq, hash: Hash128::of(&sealed) };
        self.folders.ensure(&*self.store, &name.folder())?;
        write_back(&*self.store, &name.folder(), &name.to_string(), &sealed, Existing::Keep)?;
        self.hold(name, entries);
        Ok(())
    }

    /// Removes what an earlier run has moved: all of it is in the old vault still.
    pub fn begin_again(&mut self) -> Result<(), VaultError> {
        let mut folders = BTreeSet::new();
        for name in Found::look(&*self.store).files {
            let path = name.path();
            unlink_if_there(&*self.store, &path).map_err(|error| VaultError::io(path, error))?;
            folders.insert(name.folder());
        }
        for folder in folders {
            self.store.sync_dir(&folder).map_err(|error| VaultError::io(folder, error))?;
        }
        self.device = None;
        self.prev = None;
        self.tried = 0;
        self.held.clear();
        self.first.clear();
        self.files.clear();
        Ok(())
    }
}

/// The secrets of the new vault: new ones, or those of a move into this folder that was cut off.
pub fn new_secrets(
    to: &dyn Store,
    old: VaultId,
    passphrase: &Passphrase,
    cost: Cost,
) -> Result<Secrets, VaultError> {
    match read_vault_file(to)? {
        Ok(_) => return Err(VaultError::AlreadyAVault),
        Err(VaultFileFault::Missing) => {}
        Err(_) => return Err(VaultError::OtherVault),
    }
    if is_free(to)? {
        return first_secrets(to, passphrase, cost);
    }
    if keys::list(to)?.iter().all(|key| key.kind != KeyKind::Identity) {
        return Err(VaultError::OtherVault);
    }
    let secrets = keys::open(to, &Opener::Passphrase(passphrase))?;
    // A folder of the old vault itself that has lost its first file.
    if secrets.vault == old { Err(VaultError::OtherVault) } else { Ok(secrets) }
}

fn first_secrets(
    to: &dyn Store,
    passphrase: &Passphrase,
    cost: Cost,
) -> Result<Secrets, VaultError> {
    make_folders(to, &mut Folders::default())?;
    let secrets = Secrets::random()?;
    let sealed = keys::seal_with_passphrase(&secrets, passphrase, cost)?;
    let kind = KeyKind::Identity;
    let hash = Hash128::of(&sealed);
    let name = KeyName { kind, generation: secrets.generation, number: 1, hash };
    write_file(to, KEYS, &name.to_string(), &sealed, Existing::Keep)?;
    keys::open_one(to, name, &Opener::Passphrase(passphrase))
}
