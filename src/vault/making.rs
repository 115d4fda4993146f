//! The making of a vault that was cut off: key files without `VAULT.json` and without a record.
//!
//! A vault in a synced folder whose other files have not arrived yet looks the same, and must not
//! be touched. So before a vault's first file is written, this computer notes the names of its
//! key files in local state, and forgets them when the vault is whole. Key files that are noted
//! are this computer's own, of a vault that was never handed to anybody: its recovery key was
//! never shown, and nothing was ever saved in it.

use std::collections::BTreeSet;
use std::io;

use super::error::{VaultError, VaultFileFault};
use super::names::{KEYS, KeyName, RECORDS, RESCUE_FILE, VaultId, is_temporary};
use super::open::read_vault_file;
use super::store::Store;
use super::write::{Existing, Folders, join, unlink_if_there, write_file};

/// The note, in the local state of the vault that is being made.
const NOTE: &str = "making";
/// Two names take far less.
const MAX_NOTE: u64 = 4096;

/// Notes the key files that are about to be written.
pub fn note(local: &dyn Store, vault: VaultId, keys: &[String]) -> Result<(), VaultError> {
    match local.mkdir("") {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(VaultError::io(NOTE, error));
        }
        _ => {}
    }
    let dir = vault.to_string();
    Folders::default().ensure(local, &dir)?;
    write_file(local, &dir, NOTE, keys.join("\n").as_bytes(), Existing::Keep)
}

/// Forgets them: the vault is whole, or nothing of it is left.
pub fn forget(local: &dyn Store, vault: VaultId) {
    // A note that stays names files that no other vault can have.
    let dir = vault.to_string();
    if unlink_if_there(local, &join(&dir, NOTE)).is_ok() {
        let _ = local.sync_dir(&dir);
    }
}

/// The key files of a making that was cut off on this computer, if the folder holds these and
/// nothing else of a vault.
pub fn cut_off(store: &dyn Store, local: &dyn Store) -> Result<Option<Vec<String>>, VaultError> {
    let keys = names(store, KEYS)?;
    if !only_keys(store)? || keys.iter().any(|name| KeyName::parse(name).is_err()) {
        return Ok(None);
    }
    let noted = local.list("").unwrap_or_default().into_iter().any(|folder| {
        let Ok(note) = local.read(&join(&folder.name, NOTE), MAX_NOTE) else { return false };
        let note = String::from_utf8_lossy(&note);
        let noted: BTreeSet<&str> = note.lines().collect();
        keys.iter().all(|key| noted.contains(key.as_str()))
    });
    Ok(noted.then_some(keys))
}

/// Whether a folder holds key files and nothing else of a vault.
pub fn only_keys(store: &dyn Store) -> Result<bool, VaultError> {
    let nameless = matches!(read_vault_file(store)?, Err(VaultFileFault::Missing));
    Ok(nameless && !names(store, KEYS)?.is_empty() && names(store, RECORDS)?.is_empty())
}

/// Removes what a making that was cut off has left.
pub fn clear(store: &dyn Store, keys: &[String]) -> Result<(), VaultError> {
    let own = keys.iter().map(|key| join(KEYS, key)).chain([RESCUE_FILE.to_owned()]);
    for path in own {
        unlink_if_there(store, &path).map_err(|error| VaultError::io(path, error))?;
    }
    store.sync_dir(KEYS).map_err(|error| VaultError::io(KEYS, error))
}

/// The names in a folder, without those of temporary files.
fn names(store: &dyn Store, dir: &str) -> Result<Vec<String>, VaultError> {
    let listed = match store.list(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        result => result.map_err(|error| VaultError::io(dir, error))?,
    };
    let names = listed.into_iter().map(|listed| listed.name);
    Ok(names.filter(|name| !is_temporary(name)).collect())
}
