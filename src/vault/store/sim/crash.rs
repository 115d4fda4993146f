//! The states in which disks may be found after the power went.
//!
//! What a file system promises, and nothing more (Pillai and others, "All File Systems Are Not
//! Created Equal", OSDI 2014; Mohan and others, "Finding Crash-Consistency Bugs with Bounded
//! Black-Box Crash Testing", OSDI 2018; Rebello and others, "Can Applications Recover from fsync
//! Failures?", USENIX ATC 2020):
//!
//! - Bytes are durable once their file was synced without an error. Of those written since, any
//!   number of whole blocks from the front may be there, none, or all with some blocks holding
//!   zeros or what lay on the disk before.
//! - A name is durable once its folder was synced without an error, and the folder's own name by
//!   the same rule. Of the changes since, any may be there and any missing, each by itself: a
//!   rename is a new name and the loss of an old one, and may be found half done.
//! - Nothing else is promised. The name may be durable and the bytes not, and the other way round.
//! - After a failed sync of a file the bytes that were to be synced may be thrown away, although
//!   a second sync reports success.
//! - The folder of a store is made with its parents and is durable at once: making it syncs them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::memory::Tree;
use super::dice::Dice;
use super::fault::Work;
use super::image::Image;
use super::record::{Call, FileNumber, Op};

/// The size of a block that is written wholly or not at all, in bytes.
const BLOCK: usize = 4096;
/// Up to so many unsynced blocks of a file every subset of them is tried as garbage.
const FEW_BLOCKS: usize = 3;

/// What the disks hold at a moment, and how firmly.
#[derive(Debug, Clone)]
pub struct Disks {
    disks: Vec<Disk>,
    files: Vec<File>,
    numbers: BTreeMap<FileNumber, usize>,
}

#[derive(Debug, Clone, Default)]
struct Disk {
    /// Whether there is the store's own folder.
    root: bool,
    folders: BTreeMap<String, Folder>,
}

/// The names in a folder, without its path.
#[derive(Debug, Clone, Default)]
struct Folder {
    /// As they are seen while the power is on.
    seen: BTreeMap<String, Node>,
    /// What each name may stand for after a crash, the last durable state first. Names that are
    /// durable as they are seen have one.
    maybe: BTreeMap<String, Vec<Option<Node>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    File(usize),
    Folder,
}

#[derive(Debug, Clone, Default)]
struct File {
    bytes: Arc<Vec<u8>>,
    /// How many bytes are durable.
    synced: usize,
    /// Whether a sync failed: what is not durable by then never will be for certain.
    spoiled: bool,
}

/// Legal states of the disks after a crash.
#[derive(Debug)]
pub struct States {
    /// The states, without doubles among those of one moment where all were built.
    pub images: Vec<Image>,
    /// Whether these are all, or a sample.
    pub complete: bool,
}

impl Disks {
    pub(super) fn new(start: &Image) -> Disks {
        let mut disks =
            Disks { disks: Vec::new(), files: Vec::new(), numbers: BTreeMap::default() };
        for tree in start.trees() {
            let mut disk = Disk { root: tree.folders.contains(""), ..Disk::default() };
            for folder in tree.folders.iter().filter(|folder| !folder.is_empty()) {
                disk.folder_of(folder).settle(name_of(folder), Node::Folder);
            }
            for (path, bytes) in &tree.files {
                let file = File { synced: bytes.len(), bytes: bytes.clone(), spoiled: false };
                disk.folder_of(path).settle(name_of(path), Node::File(disks.files.len()));
                disks.files.push(file);
            }
            disks.disks.push(disk);
        }
        disks
    }

    /// Goes one call further. Calls about what is not known are passed over.
    pub fn apply(&mut self, op: &Op) {
        let Some(disk) = self.disks.get_mut(op.disk) else { return };
        let worked = op.error.is_none();
        match &op.call {
            Call::OpenNew { path, file } if op.done == Work::All => {
                self.numbers.insert(*file, self.files.len());
                disk.folder_of(path).change(name_of(path), Some(Node::File(self.files.len())));
                self.files.push(File::default());
            }
            Call::Write { file, bytes, .. } => {
                let file = self.numbers.get(file).and_then(|file| self.files.get_mut(*file));
                if let Some(file) = file {
                    Arc::make_mut(&mut file.bytes).extend_from_slice(bytes);
                }
            }
            Call::Sync { file, .. } => {
                if let Some(file) = self.numbers.get(file) {
                    self.files[*file].sync(worked);
                }
            }
            Call::SyncFile { path } => {
                if let Some(Node::File(file)) = disk.folder_of(path).seen.get(name_of(path)) {
                    self.files[*file].sync(worked);
                }
            }
            Call::Rename { from, to } if op.done != Work::Nothing => {
                let folder = disk.folder_of(from);
                let Some(node) = folder.seen.get(name_of(from)).copied() else { return };
                folder.change(name_of(to), Some(node));
                if op.done == Work::All {
                    folder.change(name_of(from), None);
                }
            }
            Call::SyncDir { dir } if worked => disk.folder(dir).maybe.clear(),
            Call::Unlink { path } if op.done == Work::All => {
                disk.folder_of(path).change(name_of(path), None);
            }
            Call::Mkdir { dir } if op.done == Work::All => {
                if dir.is_empty() {
                    disk.root = true;
                } else {
                    disk.folder_of(dir).change(name_of(dir), Some(Node::Folder));
                }
            }
            _ => {}
        }
    }

    /// All states that a crash at this moment may leave, if they are at most `bound`; otherwise a
    /// sample of `bound` that `seed` decides, with the state in which all was lost and the one in
    /// which nothing was.
    pub fn states(&self, bound: usize, seed: u64) -> States {
        let mut images = Vec::new();
        let mut choices = Choices::default();
        loop {
            images.push(self.build(&mut |options| choices.pick(options)));
            if !choices.next() {
                return States { images, complete: true };
            }
            if images.len() == bound {
                break;
            }
        }
        let mut dice = Dice::new(seed);
        images.clear();
        images.push(self.build(&mut |_| 0));
        images.push(self.build(&mut |options| options - 1));
        while images.len() < bound {
            images.push(self.build(&mut |options| dice.pick(options)));
        }
        States { images, complete: false }
    }

    /// Builds one state; `pick` chooses among so many options, of which the first is the oldest
    /// and the last one of the newest.
    fn build(&self, pick: &mut dyn FnMut(usize) -> usize) -> Image {
        let mut chosen = BTreeMap::new();
        let mut trees = Vec::with_capacity(self.disks.len());
        for disk in &self.disks {
            let mut tree = Tree::default();
            if disk.root {
                self.build_folder(disk, "", &mut tree, &mut chosen, pick);
            }
            trees.push(tree);
        }
        Image::from_trees(trees)
    }

    fn build_folder(
        &self,
        disk: &Disk,
        path: &str,
        tree: &mut Tree,
        chosen: &mut BTreeMap<usize, Arc<Vec<u8>>>,
        pick: &mut dyn FnMut(usize) -> usize,
    ) {
        tree.folders.insert(path.to_owned());
        let Some(folder) = disk.folders.get(path) else { return };
        let gone = folder.maybe.keys().filter(|name| !folder.seen.contains_key(*name));
        for name in folder.seen.keys().chain(gone) {
            let node = match folder.maybe.get(name) {
                Some(options) => options[pick(options.len())],
                None => folder.seen.get(name).copied(),
            };
            let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
            match node {
                None => {}
                Some(Node::Folder) => self.build_folder(disk, &path, tree, chosen, pick),
                Some(Node::File(file)) => {
                    let bytes = chosen.entry(file).or_insert_with(|| self.content(file, pick));
                    tree.files.insert(path, bytes.clone());
                }
            }
        }
    }

    /// The content of a file: one of its legal ones.
    fn content(&self, number: usize, pick: &mut dyn FnMut(usize) -> usize) -> Arc<Vec<u8>> {
        let file = &self.files[number];
        let (synced, len) = (file.synced, file.bytes.len());
        if synced == len {
            return file.bytes.clone();
        }
        let blocks = (synced / BLOCK..len.div_ceil(BLOCK)).collect::<Vec<_>>();
        let count = blocks.len();
        let garbage = if count <= FEW_BLOCKS { (1 << count) - 1 } else { count + 1 };
        // The oldest first, the newest last: cut short, garbage, zeros, whole.
        let choice = pick(count + garbage + 2);
        if choice < count {
            let end = synced.max(blocks[choice] * BLOCK);
            return Arc::new(file.bytes[..end].to_vec());
        }
        if choice == count + garbage + 1 {
            return file.bytes.clone();
        }
        let mut bytes = file.bytes.to_vec();
        let choice = choice - count;
        if choice == garbage {
            bytes[synced..].fill(0);
            return Arc::new(bytes);
        }
        let mut dice = Dice::new(u64::try_from(number).unwrap_or_default());
        for (index, block) in blocks.iter().enumerate() {
            let stale = if count <= FEW_BLOCKS {
                (choice + 1) >> index & 1 == 1
            } else {
                choice == index || choice == count
            };
            if stale {
                let range = synced.max(block * BLOCK)..len.min((block + 1) * BLOCK);
                bytes[range].fill_with(|| dice.byte());
            }
        }
        Arc::new(bytes)
    }
}

impl Disk {
    fn folder(&mut self, path: &str) -> &mut Folder {
        self.folders.entry(path.to_owned()).or_default()
    }

    /// The folder that a path lies in.
    fn folder_of(&mut self, path: &str) -> &mut Folder {
        self.folder(path.rsplit_once('/').map_or("", |(folder, _)| folder))
    }
}

impl Folder {
    /// A durable name.
    fn settle(&mut self, name: &str, node: Node) {
        self.seen.insert(name.to_owned(), node);
    }

    /// A change that is not durable yet.
    fn change(&mut self, name: &str, node: Option<Node>) {
        let before = self.seen.get(name).copied();
        let options = self.maybe.entry(name.to_owned()).or_insert_with(|| vec![before]);
        options.retain(|option| *option != node);
        options.push(node);
        match node {
            Some(node) => self.seen.insert(name.to_owned(), node),
            None => self.seen.remove(name),
        };
    }
}

impl File {
    fn sync(&mut self, worked: bool) {
        self.spoiled |= !worked;
        if !self.spoiled {
            self.synced = self.bytes.len();
        }
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// All ways to choose, one after the other, like the wheels of a counter.
#[derive(Debug, Default)]
struct Choices {
    wheels: Vec<(usize, usize)>,
    at: usize,
}

impl Choices {
    fn pick(&mut self, options: usize) -> usize {
        if self.at == self.wheels.len() {
            self.wheels.push((0, options));
        }
        self.at += 1;
        self.wheels[self.at - 1].0
    }

    /// Turns to the next way; false when all have been.
    fn next(&mut self) -> bool {
        self.at = 0;
        while let Some((choice, options)) = self.wheels.pop() {
            if choice + 1 < options {
                self.wheels.push((choice + 1, options));
                return true;
            }
        }
        false
    }
}
