//! Reading the records of a vault. Nothing here stops at a damaged file: it is listed, it stays
//! where it is, and the others load.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::ControlFlow;

use rayon::prelude::*;

use super::current;
use super::error::{Damage, Damaged, VaultError};
use super::facts::FileFacts;
use super::keys::Secrets;
use super::names::{self, DeviceId, RECORDS, RecordName};
use super::record_file::{self, RecordFile};
use super::snapshot::{Shown, Text};
use super::standing::Files;
use super::store::{FileKind, Listed, Store};
use super::verify::Progress;
use super::write::join;
use crate::model::Glance;

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
    /// A folder that could not be looked into, and why. What lies in it is not known.
    pub closed: Option<(String, io::Error)>,
}

/// What is kept of a record file: no part of it is a tree of JSON, which would take several times
/// the room. Made where the file is read, on all cores.
pub struct Taken {
    /// What is kept in memory.
    pub facts: FileFacts,
    /// What the lists show.
    pub shown: Vec<Shown>,
    /// The texts.
    pub texts: Vec<Text<'static>>,
}

impl Taken {
    /// Takes it from what was read.
    pub fn of(file: RecordFile) -> Taken {
        let facts = FileFacts::of(&file);
        let entries = file.entries.iter();
        let shown = entries
            .filter_map(|entry| Some((entry.id, entry.rev, Glance::of(entry.kind, &entry.body)?)));
        Taken { facts, shown: shown.collect(), texts: current::texts_of(file).collect() }
    }
}

/// How many files are read between two looks at whether to stop.
const SLICE: usize = 512;

/// What the records hold.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The sound files.
    pub files: Files,
    /// The files that could not be read.
    pub damaged: Vec<Damaged>,
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

    /// Whether there is nothing new and nothing less than in another look.
    pub fn is_same(&self, other: &Found) -> bool {
        self.files == other.files && self.unknown == other.unknown && self.damaged == other.damaged
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
            // A folder that went since it was listed; not so when all of them went.
            Err(error)
                if error.kind() == io::ErrorKind::NotFound && store.stat(RECORDS).is_ok() =>
            {
                Vec::new()
            }
            Err(error) => {
                self.note(dir.to_owned(), Damage::io(&error));
                self.closed.get_or_insert((dir.to_owned(), error));
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

/// Reads all records, telling how far it is. What `known` has is not read again,
/// and what is in `skip` not at all.
///
/// # Errors
/// Only [`VaultError::Cancelled`], when `progress` says to stop.
pub fn load(
    store: &dyn Store,
    secrets: &Secrets,
    found: Found,
    known: BTreeMap<RecordName, FileFacts>,
    skip: &BTreeSet<RecordName>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    take: &mut dyn FnMut(RecordName, &mut Taken),
) -> Result<Loaded, VaultError> {
    let mut loaded = Loaded { found, files: known, damaged: Vec::new() };
    loaded.files.retain(|name, _| loaded.found.files.contains(name));
    let is_unread = |name: &&RecordName| !loaded.files.contains_key(name) && !skip.contains(name);
    let unread = loaded.found.files.iter().filter(is_unread);
    let unread: Vec<RecordName> = unread.copied().collect();
    let mut done = 0;
    for slice in unread.chunks(SLICE) {
        for (name, read) in read_all(store, secrets, slice, Taken::of) {
            loaded.put(name, read, take);
        }
        done += slice.len();
        if progress(Progress { done, total: unread.len() }).is_break() {
            return Err(VaultError::Cancelled);
        }
    }
    Ok(loaded)
}

/// Reads some files on all cores and makes something of each. The names come back in the order
/// they were given in.
pub fn read_all<T: Send>(
    store: &dyn Store,
    secrets: &Secrets,
    names: &[RecordName],
    make: fn(RecordFile) -> T,
) -> Vec<(RecordName, Result<T, Damage>)> {
    let read = |name: &RecordName| (*name, record_file::read(store, secrets, *name).map(make));
    names.par_iter().map(read).collect()
}

impl Loaded {
    /// Puts down what came of reading a file.
    pub fn put(
        &mut self,
        name: RecordName,
        read: Result<Taken, Damage>,
        take: &mut dyn FnMut(RecordName, &mut Taken),
    ) {
        match read {
            Ok(mut taken) => {
                if taken.facts.has_unknown {
                    let why = Damage::UnknownKind;
                    self.damaged.push(Damaged { file: name.path(), why });
                }
                take(name, &mut taken);
                self.files.insert(name, taken.facts);
            }
            Err(why) => self.damaged.push(Damaged { file: name.path(), why }),
        }
    }
}
