//! A folder that two people share, such as one that syncs between them: what came by it is told,
//! and taken in only when the person has seen it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use super::job::Outcome;
use super::notice::Notice;
use crate::exchange::file::MAX_TEXT;
use crate::model::Id;
use crate::platform::{self, Stamp};

/// So many new files are read at a time.
const AT_A_TIME: usize = 50;

/// The folder shared with somebody, on this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Where it lies.
    pub path: PathBuf,
    /// Whether files are put into it without being asked for.
    pub by_itself: bool,
}

/// What lies in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InFolder {
    /// The newest file of the other's with something new.
    pub waiting: Option<Waiting>,
    /// How many files there can't be opened: damaged, or still on their way.
    pub unreadable: usize,
    /// Whether the folder itself can't be found.
    pub missing: bool,
}

/// A file that was not taken in yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was made, by the clock of that computer.
    pub made: Timestamp,
    /// How many fields it would change.
    pub changes: usize,
    /// How many of them both changed.
    pub both: usize,
}

/// What was not sent by itself, and why: somebody is to look at it first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldUp {
    /// The four words were not compared.
    Unchecked,
    /// Something in it may point to somebody else.
    Found,
    /// The file could not be put into the folder.
    NotWritten,
}

/// What the window knows of the folders.
#[derive(Debug, Default)]
pub struct Folders {
    /// What lies in the folder shared with each person.
    pub found: BTreeMap<Id, InFolder>,
    /// With whom something changed that goes by itself, and when.
    pub unsent: BTreeMap<Id, Timestamp>,
    /// What waits for a look.
    pub held_up: BTreeMap<Id, HeldUp>,
    /// When something went by itself last to each person, since the record was opened, and how
    /// many things.
    pub sent: BTreeMap<Id, (Timestamp, usize)>,
}

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderAction {
    /// Use the folder that is typed.
    Use(Id),
    /// Look into it no more.
    Stop(Id),
    /// Put files into it without being asked, or not.
    ByItself(Id, bool),
    /// Look at a file that waits in it.
    Look(PathBuf),
    /// Put what is shown on the sending page into it.
    Write,
}

/// The folders to look into, on a thread that nothing waits for: a share may be far away.
pub struct Reading {
    pub(super) folders: Vec<(Id, PathBuf)>,
    pub(super) known: BTreeMap<PathBuf, Stamp>,
    pub(super) missing: BTreeSet<Id>,
    /// Whether one is under way; taken back at the end.
    pub(super) under_way: Arc<AtomicBool>,
}

/// What was found by looking: no word of it is opened yet.
pub struct News(pub(super) BTreeMap<Id, Found>);

/// What lies in one folder.
pub(super) enum Found {
    Missing,
    Files(Vec<File>),
}

/// A file in a folder.
pub(super) struct File {
    pub path: PathBuf,
    pub stamp: Stamp,
    /// Its bytes, where it is new.
    pub bytes: Option<Arc<[u8]>>,
}

impl Reading {
    /// Looks into the folders; nothing when nothing changed.
    pub fn run(self) -> Option<Outcome> {
        let mut left = AT_A_TIME;
        let mut known = 0;
        let mut is_new = false;
        let mut all = BTreeMap::new();
        for (person, folder) in &self.folders {
            let files = platform::files_in(folder, is_one);
            is_new |= files.is_err() != self.missing.contains(person);
            let found = match files {
                Err(_) => Found::Missing,
                Ok(files) => Found::Files(self.read(files, &mut left)),
            };
            if let Found::Files(files) = &found {
                known += files.iter().filter(|file| file.bytes.is_none()).count();
                is_new |= files.iter().any(|file| file.bytes.is_some());
            }
            all.insert(*person, found);
        }
        self.under_way.store(false, Ordering::Release);
        is_new |= known != self.known.len();
        is_new.then(|| Outcome::InFolders(News(all)))
    }

    /// The files with the bytes of those that are not known yet; what is beyond `left` comes the
    /// next time.
    fn read(&self, files: Vec<(PathBuf, Stamp)>, left: &mut usize) -> Vec<File> {
        let mut read = Vec::new();
        for (path, stamp) in files {
            let mut bytes = None;
            if self.known.get(&path) != Some(&stamp) {
                let Some(fewer) = left.checked_sub(1) else { continue };
                *left = fewer;
                // What can't be read now is looked at again when it has changed.
                let content = platform::read_file(&path, MAX_TEXT as u64).unwrap_or_default();
                bytes = Some(Arc::from(content));
            }
            read.push(File { path, stamp, bytes });
        }
        read
    }
}

/// Whether a file is one that somebody sent, by its name.
pub fn is_one(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    name.ends_with(".cairn") || name.ends_with(".cairn.txt")
}

/// That a folder can't be used to share.
pub fn not_a_folder(path: &Path) -> Notice {
    Notice::new(
        format!("There is no folder {}.", path.display()),
        "Nothing was changed.",
        "Choose a folder that is there.",
    )
}

/// That a folder lies where the record lies.
pub fn own_folder() -> Notice {
    Notice::new(
        "This is the folder of your own record.",
        "Nothing was changed.",
        "Choose another folder, for the files between the two of you alone.",
    )
}
