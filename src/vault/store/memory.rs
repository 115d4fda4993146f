//! A store in memory, for tests and benchmarks.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::{FileKind, Guard, Listed, NewFile, Stat, Store, not_a_file, parent_and_name, parts};

/// Files and folders in memory. Clones share their content, as two programs share a disk.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Tree>>);

/// What lies there. The bytes of a file are shared by all copies until one of them changes.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    pub files: BTreeMap<String, Arc<Content>>,
    pub folders: BTreeSet<String>,
    locks: BTreeSet<String>,
}

/// The bytes of a file, and their hash once somebody has asked for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    bytes: Vec<u8>,
    hash: OnceLock<u64>,
}

impl Content {
    pub fn new(bytes: Vec<u8>) -> Content {
        Content { bytes, hash: OnceLock::new() }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn add(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.hash.take();
    }

    /// Tells contents apart; others than these may have the same by a chance of 1 in 2^64.
    pub fn hash(&self) -> u64 {
        *self.hash.get_or_init(|| {
            let mut hasher = DefaultHasher::new();
            hasher.write(&self.bytes);
            hasher.finish()
        })
    }
}

impl MemoryStore {
    /// A store whose own folder does not exist yet.
    pub fn new() -> MemoryStore {
        MemoryStore::default()
    }

    /// A store of its own with the same files, as a copy of the folder would be.
    pub fn copy(&self) -> MemoryStore {
        MemoryStore::of(self.unlocked())
    }

    /// A store that begins with these files and folders.
    pub(super) fn of(tree: Tree) -> MemoryStore {
        MemoryStore(Arc::new(Mutex::new(tree)))
    }

    /// What lies there, without the locks that somebody holds.
    pub(super) fn unlocked(&self) -> Tree {
        let mut tree = self.tree().clone();
        tree.locks.clear();
        tree
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> Vec<String> {
        self.tree().files.keys().cloned().collect()
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<Vec<u8>> {
        self.tree().files.get(path).map(|content| content.bytes.clone())
    }

    /// Puts a file there behind the vault's back, with its folders.
    pub fn put(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        let mut tree = self.tree();
        tree.folders.insert(String::new());
        for (at, _) in path.match_indices('/') {
            tree.folders.insert(path[..at].to_owned());
        }
        tree.files.insert(path.to_owned(), Arc::new(Content::new(bytes.into())));
    }

    /// Takes a file away behind the vault's back.
    pub fn remove(&self, path: &str) -> Option<Vec<u8>> {
        self.tree().files.remove(path).map(|content| Arc::unwrap_or_clone(content).bytes)
    }

    fn tree(&self) -> MutexGuard<'_, Tree> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tree {
    fn need_folder(&self, parts: &[&str]) -> io::Result<String> {
        let path = parts.join("/");
        if self.folders.contains(&path) {
            Ok(path)
        } else if self.files.contains_key(&path) {
            Err(io::ErrorKind::NotADirectory.into())
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    fn need_free(&self, path: &str) -> io::Result<()> {
        let (dir, _) = parent_and_name(path)?;
        self.need_folder(&dir)?;
        if self.files.contains_key(path) || self.folders.contains(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Ok(())
    }
}

impl Store for MemoryStore {
    fn open_new(&self, path: &str) -> io::Result<Box<dyn NewFile>> {
        let mut tree = self.tree();
        tree.need_free(path)?;
        tree.files.insert(path.to_owned(), Arc::default());
        Ok(Box::new(MemoryFile { store: self.clone(), path: path.to_owned() }))
    }

    fn sync_file(&self, path: &str) -> io::Result<()> {
        self.stat(path).map(|_| ())
    }

    fn rename_noreplace(&self, from: &str, to: &str) -> io::Result<()> {
        let mut tree = self.tree();
        tree.need_free(to)?;
        let bytes = tree.files.remove(from).ok_or(io::ErrorKind::NotFound)?;
        tree.files.insert(to.to_owned(), bytes);
        Ok(())
    }

    fn sync_dir(&self, dir: &str) -> io::Result<()> {
        self.tree().need_folder(&parts(dir)?).map(|_| ())
    }

    fn unlink(&self, path: &str) -> io::Result<()> {
        parts(path)?;
        self.remove(path).map(|_| ()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn mkdir(&self, dir: &str) -> io::Result<()> {
        let mut tree = self.tree();
        if tree.folders.contains(dir) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        if !dir.is_empty() {
            tree.need_free(dir)?;
        }
        tree.folders.insert(dir.to_owned());
        Ok(())
    }

    fn read(&self, path: &str, cap: u64) -> io::Result<Vec<u8>> {
        parts(path)?;
        let tree = self.tree();
        let bytes = match tree.files.get(path) {
            Some(content) => content.bytes(),
            None if tree.folders.contains(path) => return Err(not_a_file()),
            None => return Err(io::ErrorKind::NotFound.into()),
        };
        if u64::try_from(bytes.len()).is_ok_and(|len| len <= cap) {
            Ok(bytes.to_vec())
        } else {
            Err(io::ErrorKind::FileTooLarge.into())
        }
    }

    fn list(&self, dir: &str) -> io::Result<Vec<Listed>> {
        let tree = self.tree();
        let dir = tree.need_folder(&parts(dir)?)?;
        let inside = |path: &str| -> Option<String> {
            let name = match dir.as_str() {
                "" => path,
                dir => path.strip_prefix(dir)?.strip_prefix('/')?,
            };
            (!name.is_empty() && !name.contains('/')).then(|| name.to_owned())
        };
        let files = tree.files.keys().filter_map(|path| inside(path));
        let folders = tree.folders.iter().filter_map(|path| inside(path));
        let mut listed: Vec<Listed> = files
            .map(|name| Listed { name, kind: FileKind::File })
            .chain(folders.map(|name| Listed { name, kind: FileKind::Folder }))
            .collect();
        listed.sort();
        Ok(listed)
    }

    fn stat(&self, path: &str) -> io::Result<Stat> {
        parts(path)?;
        let tree = self.tree();
        let kind = if tree.folders.contains(path) {
            FileKind::Folder
        } else if tree.files.contains_key(path) {
            FileKind::File
        } else {
            return Err(io::ErrorKind::NotFound.into());
        };
        Ok(Stat { kind, modified: None })
    }

    fn free_space(&self) -> io::Result<Option<u64>> {
        Ok(None)
    }

    fn lock(&self, path: &str) -> io::Result<Option<Guard>> {
        let (dir, _) = parent_and_name(path)?;
        let mut tree = self.tree();
        tree.need_folder(&dir)?;
        if !tree.locks.insert(path.to_owned()) {
            return Ok(None);
        }
        Ok(Some(Box::new(MemoryLock { store: self.clone(), path: path.to_owned() })))
    }
}

/// A new file in memory.
struct MemoryFile {
    store: MemoryStore,
    path: String,
}

impl NewFile for MemoryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut tree = self.store.tree();
        let file = tree.files.get_mut(&self.path).ok_or(io::ErrorKind::NotFound)?;
        Arc::make_mut(file).add(bytes);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn close(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

/// A lock held in memory.
struct MemoryLock {
    store: MemoryStore,
    path: String,
}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        self.store.tree().locks.remove(&self.path);
    }
}
