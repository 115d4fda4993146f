//! The closed vault: finding, creating, unlocking.

use std::io;
use std::ops::ControlFlow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::{VaultError, VaultFileFault};
use super::keys::{self, Opener, Secrets};
use super::local::LocalState;
use super::making;
use super::names::{
    Hash128, KEYS, KeyKind, KeyName, RECORDS, RESCUE_FILE, VAULT_FILE, VaultId, is_temporary,
};
use super::opened::OpenVault;
use super::passphrase::Passphrase;
use super::recovery::RecoveryKey;
use super::seal::Cost;
use super::store::Store;
use super::verify::{self, Progress, Report};
use super::write::{Existing, Folders, unlink_if_there, write_file};

/// The version of the format that this program writes.
const FORMAT_VERSION: u64 = 1;
const FORMAT: &str = "cairn-vault";
/// `VAULT.json` has three short fields.
const MAX_VAULT_FILE: u64 = 64 * 1024;
/// How to read everything without Cairn.
pub(super) const RESCUE: &str = include_str!("rescue.txt");

/// What `VAULT.json` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct VaultFile {
    format: String,
    pub version: u64,
    pub vault: VaultId,
}

/// A vault without its key. Nothing that somebody wrote can be read from it.
pub struct Vault {
    // Boxed, so that an error can give the vault back cheaply.
    closed: Box<Closed>,
}

/// What a vault is while it is closed, and keeps while it is open.
pub(super) struct Closed {
    pub store: Box<dyn Store>,
    pub local: LocalState,
    pub file: Result<VaultFile, VaultFileFault>,
}

impl Vault {
    /// Finds the vault in `store`, or nothing where there is no such folder or nothing of a
    /// vault in it: a vault can be made there. (Whoever remembers a vault there must say that
    /// it is missing.) `local` is the folder under which this computer keeps its local state, a
    /// folder for each vault.
    ///
    /// A vault whose `VAULT.json` is missing or damaged is found by its key files, and opens
    /// for reading only. Key files that this computer has left when making a vault was cut off
    /// count for nothing: nothing was ever saved with them.
    ///
    /// # Errors
    /// The folder is something else, or cannot be read.
    pub fn find(store: Box<dyn Store>, local: Box<dyn Store>) -> Result<Option<Vault>, VaultError> {
        match store.stat("") {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            result => result.map_err(|error| VaultError::io(".", error))?,
        };
        if making::cut_off(&*store, &*local)?.is_some() {
            return Ok(None);
        }
        let file = read_vault_file(&*store)?;
        if let Err(fault) = file
            && keys::list(&*store)?.is_empty()
        {
            return match fault {
                VaultFileFault::Missing if is_free(&*store)? => Ok(None),
                fault => Err(VaultError::NotAVault(fault)),
            };
        }
        let local = LocalState::new(local);
        Ok(Some(Vault::closed(Closed { store, local, file })))
    }

    /// Whether there are key files and nothing else: the rest may not have arrived yet, or
    /// making a vault was cut off on another computer.
    pub fn holds_only_keys(&self) -> bool {
        making::only_keys(&*self.closed.store).unwrap_or(false)
    }

    pub(super) fn closed(closed: Closed) -> Vault {
        Vault { closed: Box::new(closed) }
    }

    /// Makes a vault in a folder that is missing, empty, or holds nothing of a vault, and opens
    /// it. The recovery key is shown to the person now or never.
    ///
    /// # Errors
    /// The folder holds a vault already, or could not be written; then nothing of the new vault
    /// stays, as far as the disk allows.
    pub fn create(
        store: Box<dyn Store>,
        local: Box<dyn Store>,
        passphrase: &Passphrase,
        cost: Cost,
        now: Timestamp,
    ) -> Result<(OpenVault, RecoveryKey), VaultError> {
        match making::cut_off(&*store, &*local)? {
            Some(keys) => making::clear(&*store, &keys)?,
            None if is_free(&*store)? => {}
            None if making::only_keys(&*store)? => return Err(VaultError::OnlyKeys),
            None => return Err(VaultError::AlreadyAVault),
        }
        let secrets = Secrets::random()?;
        let key = RecoveryKey::random()?;
        let file = VaultFile::of(secrets.vault);
        let files = new_files(&secrets, &file, passphrase, &key, cost)?;
        let keys = files.iter().filter(|(dir, ..)| *dir == KEYS).map(|(_, name, _)| name.clone());
        // Where nothing can be noted, a vault can be made all the same.
        let _ = making::note(&*local, secrets.vault, &keys.collect::<Vec<_>>());
        if let Err(error) = write_all(&*store, &files) {
            let remove = |(dir, name, _): &NewFile| {
                // What cannot be removed now can only be said in the error that is on its way.
                unlink_if_there(&*store, &super::write::join(dir, name)).is_ok()
            };
            if files.iter().rev().filter(|file| !remove(file)).count() == 0 {
                making::forget(&*local, secrets.vault);
            }
            return Err(error);
        }
        let local = LocalState::new(local);
        let closed = Closed { store, local, file: Ok(file) };
        let open = OpenVault::start(closed, secrets, now, &mut |_| ControlFlow::Continue(()))
            .map_err(|(_, error)| error)?;
        Ok((open, key))
    }

    /// Opens the vault with its passphrase.
    ///
    /// # Errors
    /// The vault comes back with the reason. Damage to records is no reason: damaged files are
    /// listed by [`OpenVault::damaged`] and the others are read.
    pub fn unlock(
        self,
        passphrase: &Passphrase,
        now: Timestamp,
    ) -> Result<OpenVault, (Vault, VaultError)> {
        self.unlock_with_progress(passphrase, now, &mut |_| ControlFlow::Continue(()))
    }

    /// The same, telling how many records have been read; `progress` may say to stop.
    ///
    /// # Errors
    /// As [`Vault::unlock`], and [`VaultError::Cancelled`].
    pub fn unlock_with_progress(
        self,
        passphrase: &Passphrase,
        now: Timestamp,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<OpenVault, (Vault, VaultError)> {
        self.open(&Opener::Passphrase(passphrase), now, progress)
    }

    /// Opens the vault with its recovery key and changes nothing: for reading when the disk
    /// takes no new passphrase.
    ///
    /// # Errors
    /// As [`Vault::unlock`].
    pub fn unlock_with_recovery_key(
        self,
        key: &RecoveryKey,
        now: Timestamp,
    ) -> Result<OpenVault, (Vault, VaultError)> {
        self.open(&Opener::Recovery(key), now, &mut |_| ControlFlow::Continue(()))
    }

    /// Opens the vault with its recovery key and gives it a new passphrase; the forgotten one
    /// no longer opens it.
    ///
    /// # Errors
    /// As [`Vault::unlock`], and when the new passphrase could not be written: then the old one
    /// and the recovery key still hold.
    pub fn recover(
        self,
        key: &RecoveryKey,
        new: &Passphrase,
        cost: Cost,
        now: Timestamp,
    ) -> Result<OpenVault, (Vault, VaultError)> {
        let mut open = self.unlock_with_recovery_key(key, now)?;
        match open.set_passphrase(new, cost) {
            Ok(()) => Ok(open),
            Err(error) => Err((open.lock(now), error)),
        }
    }

    /// Checks all that can be checked without a key: names, hashes, headers.
    ///
    /// # Errors
    /// The folder is gone, or `progress` says to stop.
    pub fn verify(
        &self,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Report, VaultError> {
        verify::without_key(&*self.closed.store, self.closed.file.as_ref().err().copied(), progress)
    }

    fn open(
        self,
        opener: &Opener<'_>,
        now: Timestamp,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<OpenVault, (Vault, VaultError)> {
        match keys::open(&*self.closed.store, opener) {
            Ok(secrets) => OpenVault::start(*self.closed, secrets, now, progress),
            Err(error) => {
                let error = self.explain(error);
                Err((self, error))
            }
        }
    }

    /// Key files of a newer format look damaged or are not there at all.
    fn explain(&self, error: VaultError) -> VaultError {
        match (&self.closed.file, error) {
            (
                Ok(VaultFile { version, .. }),
                VaultError::NoKeyFile | VaultError::DamagedKeyFile { .. },
            ) if *version > FORMAT_VERSION => VaultError::NewerVersion { version: *version },
            (_, error) => error,
        }
    }
}

impl VaultFile {
    /// What a vault of this version has.
    pub fn of(vault: VaultId) -> VaultFile {
        VaultFile { format: FORMAT.to_owned(), version: FORMAT_VERSION, vault }
    }

    /// The file.
    pub fn bytes(&self) -> Result<Vec<u8>, VaultError> {
        let mut bytes = serde_json::to_vec(self).map_err(|_| VaultError::NotTheSame)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The version, when a newer program made the vault.
    pub const fn newer(&self) -> Option<u64> {
        if self.version > FORMAT_VERSION { Some(self.version) } else { None }
    }
}

/// Reads `VAULT.json`. What is wrong with it is told apart from a disk that does not answer.
pub(super) fn read_vault_file(
    store: &dyn Store,
) -> Result<Result<VaultFile, VaultFileFault>, VaultError> {
    let bytes = match store.read(VAULT_FILE, MAX_VAULT_FILE) {
        Ok(bytes) => bytes,
        Err(error) => {
            return match error.kind() {
                io::ErrorKind::NotFound => Ok(Err(VaultFileFault::Missing)),
                io::ErrorKind::InvalidData | io::ErrorKind::FileTooLarge => {
                    Ok(Err(VaultFileFault::Foreign))
                }
                _ => Err(VaultError::io(VAULT_FILE, error)),
            };
        }
    };
    Ok(parse_vault_file(&bytes))
}

pub(super) fn parse_vault_file(bytes: &[u8]) -> Result<VaultFile, VaultFileFault> {
    if bytes.is_empty() {
        return Err(VaultFileFault::Empty);
    }
    let file: VaultFile = serde_json::from_slice(bytes).map_err(|error| {
        if error.is_eof() { VaultFileFault::Truncated } else { VaultFileFault::Foreign }
    })?;
    if file.format == FORMAT && file.version > 0 { Ok(file) } else { Err(VaultFileFault::Foreign) }
}

/// Whether a folder holds nothing of a vault. One of which only a part has arrived yet must not
/// be taken for an empty folder.
pub(super) fn is_free(store: &dyn Store) -> Result<bool, VaultError> {
    for (dir, taken) in [("", Some(VAULT_FILE)), (KEYS, None), (RECORDS, None)] {
        let listed = match store.list(dir) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            result => result.map_err(|error| VaultError::io(dir, error))?,
        };
        // What a making that was cut off left half-written is nothing of a vault.
        let listed = listed.iter().filter(|listed| !is_temporary(&listed.name));
        if listed.into_iter().any(|listed| taken.is_none_or(|taken| taken == listed.name)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The folder, name and bytes of a file.
type NewFile = (&'static str, String, Vec<u8>);

/// The files of a new vault. `VAULT.json` comes last: with it, the vault is whole.
fn new_files(
    secrets: &Secrets,
    file: &VaultFile,
    passphrase: &Passphrase,
    key: &RecoveryKey,
    cost: Cost,
) -> Result<Vec<NewFile>, VaultError> {
    let for_passphrase = keys::seal_with_passphrase(secrets, passphrase, cost)?;
    let for_recovery = keys::seal_for_recovery(secrets, key)?;
    let key_file = |kind: KeyKind, sealed: Vec<u8>| {
        let hash = Hash128::of(&sealed);
        let name = KeyName { kind, generation: secrets.generation, number: 1, hash };
        (KEYS, name.to_string(), sealed)
    };
    let vault_file = file.bytes()?;
    Ok(vec![
        key_file(KeyKind::Identity, for_passphrase),
        key_file(KeyKind::Recovery, for_recovery),
        ("", RESCUE_FILE.to_owned(), RESCUE.as_bytes().to_vec()),
        ("", VAULT_FILE.to_owned(), vault_file),
    ])
}

fn write_all(store: &dyn Store, files: &[NewFile]) -> Result<(), VaultError> {
    match store.mkdir("") {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(VaultError::io(".", error));
        }
        _ => {}
    }
    let mut folders = Folders::default();
    folders.ensure(store, KEYS)?;
    folders.ensure(store, RECORDS)?;
    for (dir, name, bytes) in files {
        write_file(store, dir, name, bytes, Existing::Keep)?;
    }
    Ok(())
}
