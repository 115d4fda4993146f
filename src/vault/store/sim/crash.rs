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
use std::ops::Range;
use std::sync::Arc;

use super::super::memory::{Content, Tree};
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
    content: Arc<Content>,
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
            for (path, content) in &tree.files {
                let (synced, content) = (content.bytes().len(), content.clone());
                let file = File { content, synced, spoiled: false };
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
                    Arc::make_mut(&mut file.content).add(bytes);
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
        let (mut images, mut choices) = (Vec::new(), Choices::default());
        let mut made = Made::new();
        loop {
            images.push(self.build(&mut made, &mut |options| choices.pick(options)));
            if !choices.next() {
                return States { images, complete: true };
            }
            if images.len() == bound {
                break;
            }
        }
        let mut dice = Dice::new(seed);
        images.clear();
        images.push(self.build(&mut made, &mut |_| 0));
        images.push(self.build(&mut made, &mut |options| options - 1));
        while images.len() < bound {
            images.push(self.build(&mut made, &mut |options| dice.pick(options)));
        }
        States { images, complete: false }
    }

    /// Builds one state; `pick` chooses among so many options, of which the first is the oldest
    /// and the last one of the newest.
    fn build(&self, made: &mut Made, pick: &mut dyn FnMut(usize) -> usize) -> Image {
        let mut builder = Builder { files: &self.files, chosen: BTreeMap::new(), made, pick };
        let mut trees = Vec::with_capacity(self.disks.len());
        for disk in &self.disks {
            let mut tree = Tree::default();
            if disk.root {
                builder.folder(disk, "", &mut tree);
            }
            trees.push(tree);
        }
        Image::from_trees(trees)
    }
}

/// What a file's legal contents are, by its number and the choice, so that each is made once.
type Made = BTreeMap<(usize, usize), Arc<Content>>;

/// Builds one state.
struct Builder<'a> {
    files: &'a [File],
    /// A file has one content, also where it has two names.
    chosen: BTreeMap<usize, Arc<Content>>,
    made: &'a mut Made,
    pick: &'a mut dyn FnMut(usize) -> usize,
}

impl Builder<'_> {
    fn folder(&mut self, disk: &Disk, path: &str, tree: &mut Tree) {
        tree.folders.insert(path.to_owned());
        let Some(folder) = disk.folders.get(path) else { return };
        let gone = folder.maybe.keys().filter(|name| !folder.seen.contains_key(*name));
        for name in folder.seen.keys().chain(gone) {
            let node = match folder.maybe.get(name) {
                Some(options) => options[(self.pick)(options.len())],
                None => folder.seen.get(name).copied(),
            };
            let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
            match node {
                None => {}
                Some(Node::Folder) => self.folder(disk, &path, tree),
                Some(Node::File(file)) => {
                    tree.files.insert(path, self.content(file));
                }
            }
        }
    }

    /// One of a file's legal contents.
    fn content(&mut self, number: usize) -> Arc<Content> {
        if let Some(content) = self.chosen.get(&number) {
            return content.clone();
        }
        let file = &self.files[number];
        let count = file.contents();
        let choice = if count == 1 { 0 } else { (self.pick)(count) };
        let content = if choice + 1 == count {
            file.content.clone()
        } else {
            let make = || Arc::new(Content::new(file.older(choice, number)));
            self.made.entry((number, choice)).or_insert_with(make).clone()
        };
        self.chosen.insert(number, content.clone());
        content
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
            self.synced = self.content.bytes().len();
        }
    }

    /// The blocks that are not durable.
    fn blocks(&self) -> Range<usize> {
        let len = self.content.bytes().len();
        if self.synced == len { 0..0 } else { self.synced / BLOCK..len.div_ceil(BLOCK) }
    }

    /// How many contents a crash may leave.
    fn contents(&self) -> usize {
        match self.blocks().len() {
            0 => 1,
            blocks => blocks + garbages(blocks) + 2,
        }
    }

    /// One of the contents that are not the newest: cut short, partly garbage, or zeros.
    fn older(&self, choice: usize, seed: usize) -> Vec<u8> {
        let (blocks, bytes) = (self.blocks(), self.content.bytes());
        let count = blocks.len();
        if choice < count {
            let end = self.synced.max((blocks.start + choice) * BLOCK);
            return bytes[..end].to_vec();
        }
        let mut bytes = bytes.to_vec();
        let choice = choice - count;
        if choice == garbages(count) {
            bytes[self.synced..].fill(0);
            return bytes;
        }
        let mut dice = Dice::new(u64::try_from(seed).unwrap_or_default());
        for (index, block) in blocks.enumerate() {
            let stale = if count <= FEW_BLOCKS {
                (choice + 1) >> index & 1 == 1
            } else {
                choice == index || choice == count
            };
            if stale {
                let end = bytes.len().min((block + 1) * BLOCK);
                bytes[self.synced.max(block * BLOCK)..end].fill_with(|| dice.byte());
            }
        }
        bytes
    }
}

/// In how many ways some of so many blocks are garbage: all ways of a few blocks, otherwise each
/// block by itself and all together.
const fn garbages(blocks: usize) -> usize {
    if blocks <= FEW_BLOCKS { (1 << blocks) - 1 } else { blocks + 1 }
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
