//! Reading the records of a vault. Nothing here stops at a damaged file: it is listed, it stays
//! where it is, and the others load.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::ControlFlow;

use super::chain::FileFacts;
use super::error::{Damage, Damaged, VaultError};
use super::keys::Secrets;
use super::names::{self, DeviceId, RECORDS, RecordName};
use super::record_file;
use super::records::Records;
use super::store::{FileKind, Listed, Store};
use super::verify::Progress;
use super::write::join;

/// What lies under `records/`, by name alone.
#[derive(Debug, Default)]
pub struct Found {
    /// Files with the name of a record.
    pub files: BTreeSet<RecordName>,
    /// Things with the name of a record, or of a folder for them, that are something else.
    pub damaged: Vec<Damaged>,
    /// Names that are none of the format's: conflict copies, strange files.
    pub unknown: Vec<String>,
    /// Temporary files of a writing that was cut off, or is under way.
    pub temporary: Vec<String>,
}

/// What the records hold.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Everything that could be read.
    pub records: Records,
    /// The sound files of each device by number; two of one number are a fork.
    pub files: BTreeMap<DeviceId, BTreeMap<u64, Vec<FileFacts>>>,
    /// What lies there by name.
    pub found: Found,
}

impl Found {
    /// Looks at all names.
    pub fn look(store: &dyn Store) -> Found {
        let mut found = Found::default();
        for device in found.folders(store, RECORDS) {
            match device.parse::<DeviceId>() {
                Ok(device) => found.look_at_device(store, device),
                Err(_) => found.unknown.push(join(RECORDS, &device)),
            }
        }
        found
    }

    fn look_at_device(&mut self, store: &dyn Store, device: DeviceId) {
        for bucket in self.folders(store, &device.folder()) {
            let folder = join(&device.folder(), &bucket);
            if names::is_bucket(&bucket) {
                self.look_at_bucket(store, device, &bucket, &folder);
            } else {
                self.unknown.push(folder);
            }
        }
    }

    fn look_at_bucket(&mut self, store: &dyn Store, device: DeviceId, bucket: &str, folder: &str) {
        for Listed { name, kind } in self.list(store, folder) {
            match (RecordName::parse(device, bucket, &name), kind) {
                (Ok(name), FileKind::File) => {
                    self.files.insert(name);
                }
                (Ok(name), _) => self.note(name.path(), Damage::NotAFile),
                (Err(_), _) => self.note_other(folder, &name),
            }
        }
    }

    /// The folders in a folder; anything else there is noted.
    fn folders(&mut self, store: &dyn Store, dir: &str) -> Vec<String> {
        let (folders, others): (Vec<Listed>, Vec<Listed>) =
            self.list(store, dir).into_iter().partition(|listed| listed.kind == FileKind::Folder);
        for other in others {
            self.note_other(dir, &other.name);
        }
        folders.into_iter().map(|folder| folder.name).collect()
    }

    fn list(&mut self, store: &dyn Store, dir: &str) -> Vec<Listed> {
        match store.list(dir) {
            Ok(listed) => listed,
            // A vault without any record yet.
            Err(error) if dir == RECORDS && error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                self.note(dir.to_owned(), Damage::io(&error));
                Vec::new()
            }
        }
    }

    fn note(&mut self, file: String, why: Damage) {
        self.damaged.push(Damaged { file, why });
    }

    fn note_other(&mut self, dir: &str, name: &str) {
        if names::is_temporary(name) {
            self.temporary.push(join(dir, name));
        } else if !is_desktop_file(name) {
            self.unknown.push(join(dir, name));
        }
    }
}

/// Whether an operating system or a sync program puts files of this name into every folder.
pub fn is_desktop_file(name: &str) -> bool {
    name.starts_with('.') || matches!(name, "desktop.ini" | "Thumbs.db")
}

/// Reads all records, telling how far it is after each file.
///
/// # Errors
/// Only [`VaultError::Cancelled`], when `progress` says to stop.
pub fn load(
    store: &dyn Store,
    secrets: &Secrets,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Loaded, VaultError> {
    let mut loaded = Loaded { found: Found::look(store), ..Loaded::default() };
    let total = loaded.found.files.len();
    for (index, name) in loaded.found.files.iter().enumerate() {
        match record_file::read(store, secrets, *name) {
            Ok(file) => {
                if file.has_unknown {
                    let why = Damage::UnknownKind;
                    loaded.found.damaged.push(Damaged { file: name.path(), why });
                }
                let facts = FileFacts::of(&file.envelope, name.hash);
                let numbers = loaded.files.entry(name.device).or_default();
                numbers.entry(name.seq).or_default().push(facts);
                loaded.records.add(file);
            }
            Err(why) => loaded.found.damaged.push(Damaged { file: name.path(), why }),
        }
        if progress(Progress { done: index + 1, total }).is_break() {
            return Err(VaultError::Cancelled);
        }
    }
    Ok(loaded)
}
