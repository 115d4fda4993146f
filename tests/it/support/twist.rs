//! Stores that break a rule: each shows that a test would notice a program that breaks it.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cairn::vault::store::{Guard, Listed, NewFile, Stat, Store};

/// What is done otherwise than it was asked for. Every method does what it was asked for.
pub trait Twist: Send + Sync {
    /// Comes before every call but those on an open file.
    fn before(&self, _store: &dyn Store) {}

    fn sync(&self, file: &mut dyn NewFile) -> io::Result<()> {
        file.sync()
    }

    fn close(&self, file: Box<dyn NewFile>) -> io::Result<()> {
        file.close()
    }

    fn rename(&self, store: &dyn Store, from: &str, to: &str) -> io::Result<()> {
        store.rename_noreplace(from, to)
    }

    fn sync_dir(&self, store: &dyn Store, dir: &str) -> io::Result<()> {
        store.sync_dir(dir)
    }

    fn unlink(&self, store: &dyn Store, path: &str) -> io::Result<()> {
        store.unlink(path)
    }

    fn read(&self, store: &dyn Store, path: &str, cap: u64) -> io::Result<Vec<u8>> {
        store.read(path, cap)
    }

    fn list(&self, store: &dyn Store, dir: &str) -> io::Result<Vec<Listed>> {
        store.list(dir)
    }

    fn free_space(&self, store: &dyn Store) -> io::Result<Option<u64>> {
        store.free_space()
    }
}

/// A store that others may use, too.
pub type Shared = Arc<Mutex<Box<dyn Store>>>;

/// A store with a twist.
pub struct Twisted {
    twist: Arc<dyn Twist>,
    store: Shared,
}

impl Twisted {
    pub fn new(store: Box<dyn Store>, twist: Arc<dyn Twist>) -> Twisted {
        Twisted::of(Arc::new(Mutex::new(store)), twist)
    }

    pub fn of(store: Shared, twist: Arc<dyn Twist>) -> Twisted {
        Twisted { twist, store }
    }

    fn store(&self) -> MutexGuard<'_, Box<dyn Store>> {
        let store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        self.twist.before(&**store);
        store
    }
}

struct TwistedFile {
    twist: Arc<dyn Twist>,
    file: Box<dyn NewFile>,
}

impl NewFile for TwistedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.twist.sync(&mut *self.file)
    }

    fn close(self: Box<Self>) -> io::Result<()> {
        self.twist.close(self.file)
    }
}

impl Store for Twisted {
    fn open_new(&self, path: &str) -> io::Result<Box<dyn NewFile>> {
        let file = self.store().open_new(path)?;
        Ok(Box::new(TwistedFile { twist: self.twist.clone(), file }))
    }

    fn sync_file(&self, path: &str) -> io::Result<()> {
        self.store().sync_file(path)
    }

    fn rename_noreplace(&self, from: &str, to: &str) -> io::Result<()> {
        self.twist.rename(&**self.store(), from, to)
    }

    fn sync_dir(&self, dir: &str) -> io::Result<()> {
        self.twist.sync_dir(&**self.store(), dir)
    }

    fn unlink(&self, path: &str) -> io::Result<()> {
        self.twist.unlink(&**self.store(), path)
    }

    fn mkdir(&self, dir: &str) -> io::Result<()> {
        self.store().mkdir(dir)
    }

    fn read(&self, path: &str, cap: u64) -> io::Result<Vec<u8>> {
        self.twist.read(&**self.store(), path, cap)
    }

    fn list(&self, dir: &str) -> io::Result<Vec<Listed>> {
        self.twist.list(&**self.store(), dir)
    }

    fn stat(&self, path: &str) -> io::Result<Stat> {
        self.store().stat(path)
    }

    fn free_space(&self) -> io::Result<Option<u64>> {
        self.twist.free_space(&**self.store())
    }

    fn lock(&self, path: &str) -> io::Result<Option<Guard>> {
        self.store().lock(path)
    }
}
