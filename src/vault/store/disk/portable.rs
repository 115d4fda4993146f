//! Systems that are not Unix (Windows), by the standard library alone.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, UNIX_EPOCH};

use super::super::{FileKind, Listed, Stat, not_a_file};
use super::timestamp;

/// A folder, checked part by part when it is opened.
pub struct Folder(PathBuf);

impl Folder {
    /// Checks that every part below the root is a true folder and not a link to one.
    pub fn open(root: &Path, parts: &[&str]) -> io::Result<Folder> {
        let mut path = root.to_path_buf();
        if !fs::metadata(&path)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        for part in parts {
            path.push(part);
            if !fs::symlink_metadata(&path)?.is_dir() {
                return Err(io::ErrorKind::NotADirectory.into());
            }
        }
        Ok(Folder(path))
    }

    fn existing(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.0.join(name);
        if fs::symlink_metadata(&path)?.is_file() { Ok(path) } else { Err(not_a_file()) }
    }

    pub fn create_new(&self, name: &str) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(self.0.join(name))
    }

    pub fn open_to_read(&self, name: &str) -> io::Result<File> {
        File::open(self.existing(name)?)
    }

    pub fn open_to_sync(&self, name: &str) -> io::Result<File> {
        OpenOptions::new().write(true).open(self.existing(name)?)
    }

    pub fn open_lock(&self, name: &str) -> io::Result<File> {
        let path = self.0.join(name);
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
    }

    /// The standard library's rename replaces, so the new name is made as a second link, which
    /// never does. A virus scanner or a sync program may hold the file: five seconds of patience.
    pub fn rename_noreplace(&self, from: &str, to: &str) -> io::Result<()> {
        let (from, to) = (self.0.join(from), self.0.join(to));
        patiently(|| match fs::hard_link(&from, &to) {
            Err(error) if !is_passing(&error) && error.kind() != io::ErrorKind::AlreadyExists => {
                // No links on this file system: look, then rename. Names hold the hash.
                if to.try_exists()? {
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                fs::rename(&from, &to)
            }
            result => result,
        })?;
        // Where the rename was used this is gone already; where it cannot go now, it is cleared
        // away as an old temporary file later.
        let _ = patiently(|| fs::remove_file(&from));
        // A folder can't be flushed here. Flushing the file under its new name is the nearest
        // there is: on Windows it writes the file's metadata too.
        OpenOptions::new().write(true).open(&to)?.sync_all()
    }

    pub fn unlink(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    pub fn mkdir(&self, name: &str) -> io::Result<()> {
        DirBuilder::new().create(self.0.join(name))
    }

    /// There is no such call on these systems.
    pub fn sync(self) -> io::Result<()> {
        Ok(())
    }

    pub fn list(&self) -> io::Result<Vec<Listed>> {
        fs::read_dir(&self.0)?
            .map(|entry| {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                Ok(Listed { name, kind: kind_of(entry.file_type()?) })
            })
            .collect()
    }

    pub fn stat(&self, name: &str) -> io::Result<Stat> {
        let meta = fs::symlink_metadata(self.0.join(name))?;
        let since = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = since.and_then(|since| timestamp(i64::try_from(since.as_secs()).ok()?));
        Ok(Stat { kind: kind_of(meta.file_type()), modified })
    }

    /// Not told by the standard library.
    pub fn free_space(&self) -> io::Result<Option<u64>> {
        Ok(None)
    }
}

fn kind_of(file_type: fs::FileType) -> FileKind {
    if file_type.is_file() {
        FileKind::File
    } else if file_type.is_dir() {
        FileKind::Folder
    } else {
        FileKind::Other
    }
}

/// Whether another program may just be holding the file.
fn is_passing(error: &io::Error) -> bool {
    // 32 and 33 are Windows' sharing and lock violations.
    error.kind() == io::ErrorKind::PermissionDenied || matches!(error.raw_os_error(), Some(32 | 33))
}

/// Tries for five seconds while another program holds the file.
fn patiently(mut attempt: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    for _ in 0..50 {
        match attempt() {
            Err(error) if is_passing(&error) => sleep(Duration::from_millis(100)),
            result => return result,
        }
    }
    attempt()
}

/// Makes the store's own folder and its missing parents.
pub fn make_root(root: &Path) -> io::Result<()> {
    if root.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::create_dir_all(root)
}
