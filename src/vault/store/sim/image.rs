//! What the disks of a computer hold at one moment.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::super::memory::{MemoryStore, Tree};

/// The files and folders of all disks of a computer.
#[derive(Debug, Clone)]
pub struct Image(Vec<Tree>);

impl Image {
    /// So many disks without even the folder that a store stands for.
    pub fn empty(disks: usize) -> Image {
        Image(vec![Tree::default(); disks])
    }

    /// What these stores hold.
    pub fn of(disks: &[MemoryStore]) -> Image {
        Image(disks.iter().map(MemoryStore::unlocked).collect())
    }

    pub(super) const fn from_trees(trees: Vec<Tree>) -> Image {
        Image(trees)
    }

    pub(super) fn trees(&self) -> &[Tree] {
        &self.0
    }

    /// How many disks.
    pub fn disks(&self) -> usize {
        self.0.len()
    }

    /// A store of its own with what a disk holds.
    pub fn store(&self, disk: usize) -> MemoryStore {
        MemoryStore::of(self.0[disk].clone())
    }

    /// The paths of all files of a disk, sorted.
    pub fn paths(&self, disk: usize) -> impl Iterator<Item = &str> {
        self.0[disk].files.keys().map(String::as_str)
    }

    /// The bytes of a file.
    pub fn get(&self, disk: usize, path: &str) -> Option<&[u8]> {
        self.0[disk].files.get(path).map(|content| content.bytes())
    }

    /// A number that is the same for the same files and folders, and for others only by a chance
    /// of 1 in 2^64.
    pub fn key(&self) -> u64 {
        self.hash(|_| true)
    }

    /// The same, for states that differ only in the bytes of files whose path has this in it.
    pub fn key_without_bytes_of(&self, part: &str) -> u64 {
        self.hash(|path| !path.contains(part))
    }

    fn hash(&self, with_bytes: impl Fn(&str) -> bool) -> u64 {
        let mut hasher = DefaultHasher::new();
        for tree in &self.0 {
            tree.folders.hash(&mut hasher);
            tree.files.len().hash(&mut hasher);
            for (path, content) in &tree.files {
                path.hash(&mut hasher);
                with_bytes(path).then(|| content.hash()).hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}
