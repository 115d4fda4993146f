//! Unix: everything goes through the open folder above it.

use std::fs::{DirBuilder, File};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use rustix::fs::{self, AtFlags, CWD, Dir, FileType, Mode, OFlags};
use rustix::io::{Errno, retry_on_intr};

use super::super::{FileKind, Listed, Stat};
use super::timestamp;

/// An open folder.
pub struct Folder(OwnedFd);

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

impl Folder {
    /// Opens a folder below the root, part by part, following no link below the root.
    pub fn open(root: &Path, parts: &[&str]) -> io::Result<Folder> {
        let mut fd = retry_on_intr(|| fs::openat(CWD, root, FOLDER, Mode::empty()))?;
        for part in parts {
            let flags = FOLDER | OFlags::NOFOLLOW;
            fd = retry_on_intr(|| fs::openat(&fd, *part, flags, Mode::empty()))?;
        }
        Ok(Folder(fd))
    }

    fn file(&self, name: &str, flags: OFlags) -> io::Result<File> {
        let flags = flags | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mode = Mode::RUSR | Mode::WUSR;
        Ok(File::from(retry_on_intr(|| fs::openat(&self.0, name, flags, mode))?))
    }

    pub fn create_new(&self, name: &str) -> io::Result<File> {
        self.file(name, OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL)
    }

    /// Opens for reading; a pipe without a writer does not hold the program up.
    pub fn open_to_read(&self, name: &str) -> io::Result<File> {
        self.file(name, OFlags::RDONLY | OFlags::NONBLOCK)
    }

    pub fn open_to_sync(&self, name: &str) -> io::Result<File> {
        self.open_to_read(name)
    }

    pub fn open_lock(&self, name: &str) -> io::Result<File> {
        self.file(name, OFlags::RDWR | OFlags::CREATE | OFlags::NONBLOCK)
    }

    pub fn rename_noreplace(&self, from: &str, to: &str) -> io::Result<()> {
        match self.rename_exclusive(from, to) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => self.link_and_unlink(from, to),
            result => Ok(result?),
        }
    }

    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    fn rename_exclusive(&self, from: &str, to: &str) -> rustix::io::Result<()> {
        let flags = fs::RenameFlags::NOREPLACE;
        retry_on_intr(|| fs::renameat_with(&self.0, from, &self.0, to, flags))
    }

    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    fn rename_exclusive(&self, _from: &str, _to: &str) -> rustix::io::Result<()> {
        Err(Errno::NOSYS)
    }

    /// For file systems that cannot rename without replacing.
    fn link_and_unlink(&self, from: &str, to: &str) -> io::Result<()> {
        match retry_on_intr(|| fs::linkat(&self.0, from, &self.0, to, AtFlags::empty())) {
            Ok(()) => self.unlink(from),
            Err(Errno::EXIST) => Err(Errno::EXIST.into()),
            Err(Errno::PERM | Errno::NOSYS | Errno::NOTSUP | Errno::MLINK) => {
                self.look_and_rename(from, to)
            }
            Err(other) => Err(other.into()),
        }
    }

    /// For file systems that have no links either (FAT sticks): names hold the hash of the
    /// content, so what a race could replace is the same file.
    fn look_and_rename(&self, from: &str, to: &str) -> io::Result<()> {
        match self.stat(to) {
            Ok(_) => Err(Errno::EXIST.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(retry_on_intr(|| fs::renameat(&self.0, from, &self.0, to))?)
            }
            Err(error) => Err(error),
        }
    }

    pub fn unlink(&self, name: &str) -> io::Result<()> {
        Ok(retry_on_intr(|| fs::unlinkat(&self.0, name, AtFlags::empty()))?)
    }

    pub fn mkdir(&self, name: &str) -> io::Result<()> {
        Ok(retry_on_intr(|| fs::mkdirat(&self.0, name, Mode::RWXU))?)
    }

    pub fn sync(self) -> io::Result<()> {
        sync_folder(&File::from(self.0))
    }

    pub fn list(&self) -> io::Result<Vec<Listed>> {
        let mut listed = Vec::new();
        for entry in retry_on_intr(|| Dir::read_from(&self.0))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if matches!(name.as_str(), "." | "..") {
                continue;
            }
            let kind = match entry.file_type() {
                FileType::Unknown => {
                    let name = entry.file_name();
                    let flags = AtFlags::SYMLINK_NOFOLLOW;
                    let stat = retry_on_intr(|| fs::statat(&self.0, name, flags))?;
                    kind_of(FileType::from_raw_mode(stat.st_mode))
                }
                known => kind_of(known),
            };
            listed.push(Listed { name, kind });
        }
        Ok(listed)
    }

    pub fn stat(&self, name: &str) -> io::Result<Stat> {
        let flags = AtFlags::SYMLINK_NOFOLLOW;
        let stat = retry_on_intr(|| fs::statat(&self.0, name, flags))?;
        let kind = kind_of(FileType::from_raw_mode(stat.st_mode));
        Ok(Stat { kind, modified: timestamp(stat.st_mtime) })
    }

    pub fn free_space(&self) -> io::Result<Option<u64>> {
        let stat = retry_on_intr(|| fs::fstatvfs(&self.0))?;
        // Some network file systems answer nought for everything.
        Ok((stat.f_blocks > 0).then(|| stat.f_bavail.saturating_mul(stat.f_frsize)))
    }
}

fn kind_of(file_type: FileType) -> FileKind {
    match file_type {
        FileType::RegularFile => FileKind::File,
        FileType::Directory => FileKind::Folder,
        _ => FileKind::Other,
    }
}

/// Syncs a folder; a file system without such a call says so and is believed.
///
/// XFS that has shut down after an error of its disk (`xfs_force_shutdown`) answers the sync of
/// a folder without an error, when nothing of the folder waits in its log any more because the
/// log was thrown away. Asked what the folder is, it says EIO, so that is asked after the sync.
fn sync_folder(folder: &File) -> io::Result<()> {
    match folder.sync_all().and_then(|()| folder.metadata().map(drop)) {
        Err(error)
            if [Errno::INVAL, Errno::NOTSUP]
                .iter()
                .any(|errno| error.raw_os_error() == Some(errno.raw_os_error())) =>
        {
            Ok(())
        }
        result => result,
    }
}

/// Makes the store's own folder and its missing parents, and makes each of their names durable.
pub fn make_root(root: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = root
        .ancestors()
        .take_while(|path| !path.as_os_str().is_empty() && !path.exists())
        .collect();
    if missing.is_empty() {
        // An earlier start may have made it and been cut off before its name was durable. A
        // parent that may not be opened was not made by Cairn, and its names are not its care.
        let parent = root.parent().filter(|parent| !parent.as_os_str().is_empty());
        if let Some(Ok(parent)) = parent.map(File::open) {
            sync_folder(&parent)?;
        }
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    for path in missing.into_iter().rev() {
        DirBuilder::new().mode(0o700).create(path)?;
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        sync_folder(&File::open(parent)?)?;
    }
    Ok(())
}
