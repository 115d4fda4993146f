//! A folder on a disk. This file and those beside it are the only ones of the vault that name
//! the file system.
//!
//! On Unix every step goes through the open folder above it, so that no link inside the vault
//! is followed, even one that is put there meanwhile. Elsewhere the standard library has to do.

#[cfg(not(unix))]
mod portable;
#[cfg(unix)]
mod unix;

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::{FileKind, Guard, Listed, NewFile, Stat, Store, not_a_file, parent_and_name, parts};

#[cfg(not(unix))]
use portable as system;
#[cfg(unix)]
use unix as system;

/// How often a lock is tried, far below the second within which a second window answers.
const LOCK_ATTEMPTS: u32 = 11;
/// How long it waits in between.
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// A folder on a disk.
#[derive(Debug, Clone)]
pub struct DiskStore {
    root: PathBuf,
}

impl DiskStore {
    /// A store in this folder, which need not exist yet. The folder's own path may lead over
    /// links: the person chose it.
    ///
    /// No handle is kept open, so that a stick can be ejected while the vault is unlocked.
    pub fn new(root: impl Into<PathBuf>) -> DiskStore {
        DiskStore { root: root.into() }
    }
}

impl Store for DiskStore {
    fn open_new(&self, path: &str) -> io::Result<Box<dyn NewFile>> {
        let (dir, name) = parent_and_name(path)?;
        let file = system::Folder::open(&self.root, &dir)?.create_new(name)?;
        Ok(Box::new(DiskFile(file)))
    }

    fn sync_file(&self, path: &str) -> io::Result<()> {
        let (dir, name) = parent_and_name(path)?;
        system::Folder::open(&self.root, &dir)?.open_to_sync(name)?.sync_all()
    }

    fn rename_noreplace(&self, from: &str, to: &str) -> io::Result<()> {
        let (dir, from) = parent_and_name(from)?;
        let (to_dir, to) = parent_and_name(to)?;
        if dir != to_dir {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        system::Folder::open(&self.root, &dir)?.rename_noreplace(from, to)
    }

    fn sync_dir(&self, dir: &str) -> io::Result<()> {
        system::Folder::open(&self.root, &parts(dir)?)?.sync()
    }

    fn unlink(&self, path: &str) -> io::Result<()> {
        let (dir, name) = parent_and_name(path)?;
        system::Folder::open(&self.root, &dir)?.unlink(name)
    }

    fn mkdir(&self, dir: &str) -> io::Result<()> {
        if dir.is_empty() {
            return system::make_root(&self.root);
        }
        let (parent, name) = parent_and_name(dir)?;
        system::Folder::open(&self.root, &parent)?.mkdir(name)
    }

    fn read(&self, path: &str, cap: u64) -> io::Result<Vec<u8>> {
        let (dir, name) = parent_and_name(path)?;
        read_capped(&system::Folder::open(&self.root, &dir)?.open_to_read(name)?, cap)
    }

    fn list(&self, dir: &str) -> io::Result<Vec<Listed>> {
        let mut listed = system::Folder::open(&self.root, &parts(dir)?)?.list()?;
        listed.sort();
        Ok(listed)
    }

    fn stat(&self, path: &str) -> io::Result<Stat> {
        if path.is_empty() {
            system::Folder::open(&self.root, &[])?;
            return Ok(Stat { kind: FileKind::Folder, modified: None });
        }
        let (dir, name) = parent_and_name(path)?;
        system::Folder::open(&self.root, &dir)?.stat(name)
    }

    fn free_space(&self) -> io::Result<Option<u64>> {
        system::Folder::open(&self.root, &[])?.free_space()
    }

    fn lock(&self, path: &str) -> io::Result<Option<Guard>> {
        let (dir, name) = parent_and_name(path)?;
        let file = system::Folder::open(&self.root, &dir)?.open_lock(name)?;
        // A process that ends just now, or that a thread of the holder is starting, may hold it
        // for another moment.
        for attempt in 0..LOCK_ATTEMPTS {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Box::new(file))),
                Err(TryLockError::WouldBlock) if attempt + 1 < LOCK_ATTEMPTS => {
                    thread::sleep(LOCK_PAUSE);
                }
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Ok(None)
    }
}

/// A new file on the disk.
struct DiskFile(File);

impl NewFile for DiskFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }

    fn close(self: Box<Self>) -> io::Result<()> {
        // The standard library shows no result of closing. Nothing is lost by that: `sync`
        // came before, and it reports what closing could.
        Ok(())
    }
}

/// Reads a regular file that is no larger than the cap.
fn read_capped(file: &File, cap: u64) -> io::Result<Vec<u8>> {
    let meta = file.metadata()?;
    if !meta.is_file() {
        return Err(not_a_file());
    }
    let too_large = || io::Error::from(io::ErrorKind::FileTooLarge);
    if meta.len() > cap {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or_default() + 1);
    // The file may grow while it is read.
    file.take(cap + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|len| len <= cap) {
        Ok(bytes)
    } else {
        Err(too_large())
    }
}

/// The present moment of a file, to the second.
fn timestamp(seconds: i64) -> Option<Timestamp> {
    Timestamp::from_second(seconds).ok()
}
