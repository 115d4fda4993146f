//! Copying a vault's files from one folder to another, without a key: what a backup and a
//! restore have in common. Only what is missing or damaged is written, and nothing that is
//! sound is touched; each file is written by the only protocol there is, read back and compared.

use std::collections::{BTreeSet, VecDeque};
use std::io;

use super::error::{Damage, Damaged, VaultError, VaultFileFault};
use super::keys;
use super::load::Found;
use super::names::{KEYS, KeyName, RECORDS, RESCUE_FILE, RecordName, VAULT_FILE, VaultId};
use super::open::{RESCUE, VaultFile, is_free, read_vault_file};
use super::record_file;
use super::store::{FileKind, MAX_FILE, Store};
use super::verify::Progress;
use super::write::{Existing, Folders, join, write_file};

/// Which of the two folders refused. The other one is as it was.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The folder that is read.
    #[error("reading: {0}")]
    Source(VaultError),
    /// The folder that is written.
    #[error("writing: {0}")]
    Target(VaultError),
}

/// How far work in steps is.
#[derive(Debug)]
pub enum Step<T> {
    /// There is more to do.
    More(Progress),
    /// That was the last step.
    Done(T),
}

/// What the folder that is written holds before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Nothing of a vault.
    Free,
    /// The same vault, or a part of it.
    Same,
}

/// Looks whether the target may be written: it is free, or holds the same vault.
///
/// # Errors
/// There is another vault, or one that can't be told from another; one of the two was made by a
/// newer version; or there is no vault to copy.
pub fn look_at_ground(from: &dyn Store, to: &dyn Store) -> Result<Ground, CopyError> {
    let source = read_vault_file(from).map_err(CopyError::Source)?;
    let keys = keys::list(from).map_err(CopyError::Source)?;
    match &source {
        Ok(file) => refuse_newer(file).map_err(CopyError::Source)?,
        Err(fault) if keys.is_empty() => {
            return Err(CopyError::Source(VaultError::NotAVault(*fault)));
        }
        Err(_) => {}
    }
    ground_for(source, from, to).map_err(CopyError::Target)
}

fn ground_for(
    source: Result<VaultFile, VaultFileFault>,
    from: &dyn Store,
    to: &dyn Store,
) -> Result<Ground, VaultError> {
    if is_free(to)? {
        return Ok(Ground::Free);
    }
    let same = match (source, read_vault_file(to)?) {
        (Ok(source), Ok(target)) => {
            refuse_newer(&target)?;
            source.vault == target.vault
        }
        _ => share_a_file(from, to)?,
    };
    if same { Ok(Ground::Same) } else { Err(VaultError::OtherVault) }
}

fn refuse_newer(file: &VaultFile) -> Result<(), VaultError> {
    match file.newer() {
        Some(version) => Err(VaultError::NewerVersion { version }),
        None => Ok(()),
    }
}

/// Whether the two folders have a file in common. Its name holds its hash, so no two vaults do.
fn share_a_file(from: &dyn Store, to: &dyn Store) -> Result<bool, VaultError> {
    let here = keys::list(from)?;
    if keys::list(to)?.iter().any(|key| here.contains(key)) {
        return Ok(true);
    }
    Ok(!Found::look(from).files.is_disjoint(&Found::look(to).files))
}

/// Makes the folders that every vault has.
pub fn make_folders(to: &dyn Store, folders: &mut Folders) -> Result<(), VaultError> {
    match to.mkdir("") {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(VaultError::io(".", error));
        }
        _ => {}
    }
    folders.ensure(to, KEYS)?;
    folders.ensure(to, RECORDS)
}

/// Writes `VAULT.json` where it is missing or damaged.
pub fn copy_vault_file(from: &dyn Store, to: &dyn Store) -> Result<(), CopyError> {
    let source = read_vault_file(from).map_err(CopyError::Source)?;
    let Ok(source) = source else { return Ok(()) };
    write_vault_file(to, source.vault).map_err(CopyError::Target)
}

/// Writes the `VAULT.json` of this vault where it is missing or damaged.
pub fn write_vault_file(to: &dyn Store, vault: VaultId) -> Result<(), VaultError> {
    if read_vault_file(to)?.is_ok() {
        return Ok(());
    }
    let bytes = VaultFile::of(vault).bytes()?;
    write_back(to, "", VAULT_FILE, &bytes, Existing::GivesWay)
}

/// Writes the page for rescue where there is none. One that is there may be that of a newer
/// version, and stays.
pub fn write_rescue(to: &dyn Store) -> Result<(), VaultError> {
    match to.stat(RESCUE_FILE) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            write_back(to, "", RESCUE_FILE, RESCUE.as_bytes(), Existing::Keep)
        }
        result => result.map(|_| ()).map_err(|error| VaultError::io(RESCUE_FILE, error)),
    }
}

/// Copies a key file unless it is there and sound. One that is damaged here is left out.
pub fn copy_key(from: &dyn Store, to: &dyn Store, key: KeyName) -> Result<Put, CopyError> {
    put(
        to,
        (KEYS, &key.to_string()),
        keys::look_over(to, key),
        || keys::sealed(from, key),
        || still_there(from),
    )
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It was there, and sound.
    Held,
    /// It was missing, and is there now.
    Copied,
    /// It was damaged there, and is sound now.
    Mended,
    /// It can't be copied.
    Left(Damage),
    /// It has gone from the source meanwhile.
    Gone,
}

/// Writes one file where it is missing or damaged. `state` is what the target has under its
/// name, `read` gives the sound bytes, `alive` says whether the source as a whole still answers.
fn put(
    to: &dyn Store,
    (dir, name): (&str, &str),
    state: Result<(), Damage>,
    read: impl FnOnce() -> Result<Vec<u8>, Damage>,
    alive: impl FnOnce() -> Result<(), VaultError>,
) -> Result<Put, CopyError> {
    let missing = match state {
        Ok(()) => return Ok(Put::Held),
        Err(Damage::Unreadable(io::ErrorKind::NotFound)) => true,
        Err(_) => false,
    };
    let bytes = match read() {
        Ok(bytes) => bytes,
        Err(why) => {
            if matches!(why, Damage::Unreadable(_)) {
                alive().map_err(CopyError::Source)?;
            }
            return Ok(match why {
                Damage::Unreadable(io::ErrorKind::NotFound) => Put::Gone,
                why => Put::Left(why),
            });
        }
    };
    if !missing && is_folder(to, &join(dir, name)) {
        return Ok(Put::Left(Damage::NotAFile));
    }
    let existing = if missing { Existing::Keep } else { Existing::GivesWay };
    write_back(to, dir, name, &bytes, existing).map_err(CopyError::Target)?;
    Ok(if missing { Put::Copied } else { Put::Mended })
}

fn is_folder(store: &dyn Store, path: &str) -> bool {
    store.stat(path).is_ok_and(|stat| stat.kind == FileKind::Folder)
}

/// Whether the folder of a vault still answers; a stick may have been pulled out.
fn still_there(store: &dyn Store) -> Result<(), VaultError> {
    store.list(KEYS).map(|_| ()).map_err(|error| VaultError::io(KEYS, error))
}

/// Writes a file, reads it back and compares.
pub fn write_back(
    to: &dyn Store,
    dir: &str,
    name: &str,
    bytes: &[u8],
    existing: Existing,
) -> Result<(), VaultError> {
    write_file(to, dir, name, bytes, existing)?;
    let path = join(dir, name);
    let read = to.read(&path, MAX_FILE).map_err(|error| VaultError::io(path, error))?;
    if read == bytes { Ok(()) } else { Err(VaultError::NotTheSame) }
}

/// Copies record files, one at each step, and goes on where an earlier run stopped: what the
/// target has and is sound is only read.
#[derive(Debug, Default)]
pub struct Copying {
    todo: VecDeque<RecordName>,
    seen: BTreeSet<RecordName>,
    folders: Folders,
    /// The files that the source has and the target has now, sound.
    pub sound: BTreeSet<RecordName>,
    /// How many were missing in the target.
    pub copied: usize,
    /// How many were damaged in the target.
    pub mended: usize,
    /// The files that can't be copied, and why.
    pub damaged: Vec<Damaged>,
}

impl Copying {
    /// Looks for files that were not there at the last look, and are not in `skip`; says how
    /// many.
    pub fn look(&mut self, from: &dyn Store, skip: &BTreeSet<RecordName>) -> usize {
        let found = Found::look(from);
        let new = found.files.difference(&self.seen).filter(|name| !skip.contains(name));
        let new: Vec<RecordName> = new.copied().collect();
        for damaged in found.damaged {
            self.note(damaged);
        }
        self.seen.extend(&new);
        self.todo.extend(&new);
        new.len()
    }

    /// Lists a file that can't be copied, once.
    pub fn note(&mut self, damaged: Damaged) {
        if !self.damaged.contains(&damaged) {
            self.damaged.push(damaged);
        }
    }

    /// Makes the folders that every vault has.
    pub fn make_folders(&mut self, to: &dyn Store) -> Result<(), VaultError> {
        make_folders(to, &mut self.folders)
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        let total = self.seen.len();
        Progress { done: total - self.todo.len(), total }
    }

    /// Copies the next file; says whether there was one.
    ///
    /// # Errors
    /// One of the folders no longer answers. A single file that can't be read is no error.
    pub fn step(&mut self, from: &dyn Store, to: &dyn Store) -> Result<bool, CopyError> {
        let Some(name) = self.todo.pop_front() else { return Ok(false) };
        self.folders.ensure(to, &name.folder()).map_err(CopyError::Target)?;
        let put = put(
            to,
            (&name.folder(), &name.to_string()),
            record_file::look_over(to, name),
            || record_file::sealed(from, name),
            || still_there(from),
        )?;
        match put {
            Put::Held => {}
            Put::Copied => self.copied += 1,
            Put::Mended => self.mended += 1,
            Put::Left(why) => {
                self.note(Damaged { file: name.path(), why });
                return Ok(true);
            }
            Put::Gone => return Ok(true),
        }
        self.sound.insert(name);
        Ok(true)
    }
}
