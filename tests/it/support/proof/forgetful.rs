//! A disk whose program forgets to sync: the planted faults that a power cut must show.

use std::io;

use cairn::vault::store::disk::DiskStore;
use cairn::vault::store::{Guard, Listed, NewFile, Stat, Store};

/// A disk on which some calls only say that they have worked.
pub struct Forgetful {
    disk: DiskStore,
    files: bool,
    folders: bool,
}

impl Forgetful {
    /// `no-file-sync` or `no-folder-sync`; anything else syncs as it should.
    pub fn new(disk: DiskStore, fault: &str) -> Forgetful {
        Forgetful { disk, files: fault == "no-file-sync", folders: fault == "no-folder-sync" }
    }
}

/// A new file that is never synced.
struct Unsynced(Box<dyn NewFile>);

impl NewFile for Unsynced {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn close(self: Box<Self>) -> io::Result<()> {
        self.0.close()
    }
}

impl Store for Forgetful {
    fn open_new(&self, path: &str) -> io::Result<Box<dyn NewFile>> {
        let file = self.disk.open_new(path)?;
        Ok(if self.files { Box::new(Unsynced(file)) } else { file })
    }

    fn sync_file(&self, path: &str) -> io::Result<()> {
        if self.files { Ok(()) } else { self.disk.sync_file(path) }
    }

    fn rename_noreplace(&self, from: &str, to: &str) -> io::Result<()> {
        self.disk.rename_noreplace(from, to)
    }

    fn sync_dir(&self, dir: &str) -> io::Result<()> {
        if self.folders { Ok(()) } else { self.disk.sync_dir(dir) }
    }

    fn unlink(&self, path: &str) -> io::Result<()> {
        self.disk.unlink(path)
    }

    fn mkdir(&self, dir: &str) -> io::Result<()> {
        self.disk.mkdir(dir)
    }

    fn read(&self, path: &str, cap: u64) -> io::Result<Vec<u8>> {
        self.disk.read(path, cap)
    }

    fn list(&self, dir: &str) -> io::Result<Vec<Listed>> {
        self.disk.list(dir)
    }

    fn stat(&self, path: &str) -> io::Result<Stat> {
        self.disk.stat(path)
    }

    fn free_space(&self) -> io::Result<Option<u64>> {
        self.disk.free_space()
    }

    fn lock(&self, path: &str) -> io::Result<Option<Guard>> {
        self.disk.lock(path)
    }
}
