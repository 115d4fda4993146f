//! A computer whose disks are watched: every call is recorded, any call can be made to fail, the
//! disks can be small, and from the record follow all states in which the disks may be found
//! after the power went at any moment ([`crash`]).
//!
//! A [`Machine`] watches one disk or several: a vault and the local state of its computer lose
//! their power at the same moment. What lies below a [`SimStore`] is any other store; for crash
//! states it is the memory of a [`Sim`], and a disk of the real computer where only calls are to
//! fail.

pub mod crash;

mod dice;
mod fault;
mod image;
mod record;

use std::io;

use super::memory::MemoryStore;
use super::{Guard, Listed, MAX_FILE, NewFile, Stat, Store};

pub use dice::Dice;
pub use fault::{Fault, Machine, Work};
pub use image::Image;
pub use record::{Call, FileNumber, Op};

/// A computer in memory, made from a state of its disks.
#[derive(Debug)]
pub struct Sim {
    machine: Machine,
    start: Image,
    disks: Vec<MemoryStore>,
}

impl Sim {
    /// A computer whose disks hold this.
    pub fn start(image: &Image) -> Sim {
        let disks = (0..image.disks()).map(|disk| image.store(disk)).collect();
        Sim { machine: Machine::new(), start: image.clone(), disks }
    }

    /// One of its disks, watched. Stores of the same disk share its content.
    pub fn store(&self, disk: usize) -> SimStore<MemoryStore> {
        SimStore::new(&self.machine, disk, self.disks[disk].clone())
    }

    /// One of its disks behind the back of the machine: what is done here is not recorded.
    pub fn disk(&self, disk: usize) -> &MemoryStore {
        &self.disks[disk]
    }

    /// What watches the disks.
    pub const fn machine(&self) -> &Machine {
        &self.machine
    }

    /// What the disks hold while the power is on.
    pub fn image(&self) -> Image {
        Image::of(&self.disks)
    }

    /// The disks as they were at the start. [`crash::Disks::apply`] takes them through the record.
    pub fn disks_at_start(&self) -> crash::Disks {
        crash::Disks::new(&self.start)
    }
}

/// One disk of a machine: does what it is told to the store below, unless the machine says that
/// the call fails, and tells the machine.
#[derive(Debug, Clone)]
pub struct SimStore<S> {
    machine: Machine,
    disk: usize,
    inner: S,
}

impl<S: Store> SimStore<S> {
    /// Puts a store under the watch of a machine, as the disk of this number.
    pub fn new(machine: &Machine, disk: usize, inner: S) -> SimStore<S> {
        SimStore { machine: machine.clone(), disk, inner }
    }

    /// A call that is done wholly or not at all.
    fn call<T>(&self, call: Call, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        self.machine.call(self.disk, call, work, || Work::Nothing)
    }

    /// Where a rename is a link and an unlink, it can stop between the two.
    fn half_rename(&self, from: &str, to: &str) -> io::Result<()> {
        let bytes = self.inner.read(from, MAX_FILE)?;
        let mut file = self.inner.open_new(to)?;
        file.write(&bytes)?;
        file.close()
    }
}

impl<S: Store> Store for SimStore<S> {
    fn open_new(&self, path: &str) -> io::Result<Box<dyn NewFile>> {
        let number = self.machine.next_file();
        let call = Call::OpenNew { path: path.to_owned(), file: number };
        let inner = self.call(call, || self.inner.open_new(path))?;
        let (machine, path) = (self.machine.clone(), path.to_owned());
        Ok(Box::new(SimFile { machine, disk: self.disk, path, number, inner }))
    }

    fn sync_file(&self, path: &str) -> io::Result<()> {
        self.call(Call::SyncFile { path: path.to_owned() }, || self.inner.sync_file(path))
    }

    fn rename_noreplace(&self, from: &str, to: &str) -> io::Result<()> {
        let half = || match self.half_rename(from, to) {
            Ok(()) => Work::Half,
            Err(_) => Work::Nothing,
        };
        let call = Call::Rename { from: from.to_owned(), to: to.to_owned() };
        self.machine.call(self.disk, call, || self.inner.rename_noreplace(from, to), half)
    }

    fn sync_dir(&self, dir: &str) -> io::Result<()> {
        self.call(Call::SyncDir { dir: dir.to_owned() }, || self.inner.sync_dir(dir))
    }

    fn unlink(&self, path: &str) -> io::Result<()> {
        self.call(Call::Unlink { path: path.to_owned() }, || self.inner.unlink(path))
    }

    fn mkdir(&self, dir: &str) -> io::Result<()> {
        self.call(Call::Mkdir { dir: dir.to_owned() }, || self.inner.mkdir(dir))
    }

    fn read(&self, path: &str, cap: u64) -> io::Result<Vec<u8>> {
        self.call(Call::Read { path: path.to_owned() }, || self.inner.read(path, cap))
    }

    fn list(&self, dir: &str) -> io::Result<Vec<Listed>> {
        self.call(Call::List { dir: dir.to_owned() }, || self.inner.list(dir))
    }

    fn stat(&self, path: &str) -> io::Result<Stat> {
        self.call(Call::Stat { path: path.to_owned() }, || self.inner.stat(path))
    }

    /// Not a call that fails: what it says is a hint, and a small disk is met in writing.
    fn free_space(&self) -> io::Result<Option<u64>> {
        self.inner.free_space()
    }

    fn lock(&self, path: &str) -> io::Result<Option<Guard>> {
        self.call(Call::Lock { path: path.to_owned() }, || self.inner.lock(path))
    }
}

/// A new file on a watched disk.
struct SimFile {
    machine: Machine,
    disk: usize,
    path: String,
    number: FileNumber,
    inner: Box<dyn NewFile>,
}

impl NewFile for SimFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let SimFile { machine, disk, path, number, inner } = self;
        let call = |bytes| Call::Write { path: path.clone(), file: *number, bytes };
        machine.write(*disk, bytes, call, |bytes| inner.write(bytes))
    }

    fn sync(&mut self) -> io::Result<()> {
        let call = Call::Sync { path: self.path.clone(), file: self.number };
        self.machine.call(self.disk, call, || self.inner.sync(), || Work::Half)
    }

    fn close(self: Box<Self>) -> io::Result<()> {
        let SimFile { machine, disk, path, number, inner } = *self;
        machine.call(disk, Call::Close { path, file: number }, || inner.close(), || Work::Half)
    }
}
