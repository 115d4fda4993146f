//! Where the bytes of a vault lie. The rest of the vault knows only this trait, so that the
//! same code runs on a disk, in memory and on a store that breaks on purpose.

pub mod disk;
pub mod memory;
pub mod sim;

use std::io;

use jiff::Timestamp;

/// The largest file that is ever read, in bytes (`vault-format`, "A record file", Limits).
pub const MAX_FILE: u64 = 16 * 1024 * 1024;

/// The dozen calls that the format needs, each a separate step, so that a crash between any two
/// of them can be tried out.
///
/// Paths are relative, parts are joined with `/`, and the empty path is the store's own folder.
/// [`parts`] says what a part may be. No call follows a symbolic link inside the store, and none
/// waits for a device or a pipe.
pub trait Store: Send + Sync {
    /// Makes a new file that only this user may read. A name that exists is an error.
    fn open_new(&self, path: &str) -> io::Result<Box<dyn NewFile>>;

    /// Makes the bytes of a file that exists durable.
    fn sync_file(&self, path: &str) -> io::Result<()>;

    /// Renames a file within its folder and never replaces another.
    fn rename_noreplace(&self, from: &str, to: &str) -> io::Result<()>;

    /// Makes the names in a folder durable, as far as the file system knows such a call.
    fn sync_dir(&self, dir: &str) -> io::Result<()>;

    /// Removes a file.
    fn unlink(&self, path: &str) -> io::Result<()>;

    /// Makes a folder that only this user may enter. For the empty path also its parents.
    fn mkdir(&self, dir: &str) -> io::Result<()>;

    /// The bytes of a regular file of at most `cap` bytes; a larger one is
    /// [`io::ErrorKind::FileTooLarge`] before anything of it is read.
    fn read(&self, path: &str, cap: u64) -> io::Result<Vec<u8>>;

    /// What lies in a folder, sorted by name.
    fn list(&self, dir: &str) -> io::Result<Vec<Listed>>;

    /// What lies under a name.
    fn stat(&self, path: &str) -> io::Result<Stat>;

    /// Bytes that can still be written, where the system tells.
    fn free_space(&self) -> io::Result<Option<u64>>;

    /// Takes the lock that only one process can hold, or nothing when another holds it. It is
    /// given back when the guard is dropped or the process ends, however it ends.
    fn lock(&self, path: &str) -> io::Result<Option<Guard>>;
}

/// Holds a lock while it lives.
pub type Guard = Box<dyn Send>;

/// A file that is being written.
pub trait NewFile: Send {
    /// Writes all of the bytes.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Makes what was written durable.
    fn sync(&mut self) -> io::Result<()>;

    /// Ends the writing.
    fn close(self: Box<Self>) -> io::Result<()>;
}

/// One name in a folder. A name that is not Unicode has its strange bytes replaced: no file of
/// the format is called so, and it is only ever shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// The name without its folder.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
}

/// What a name stands for. Links are not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A link, a pipe, a device: never opened.
    Other,
}

/// What is known of a file without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    /// What it is.
    pub kind: FileKind,
    /// When it was last written, where the store knows.
    pub modified: Option<Timestamp>,
}

/// Splits a path and refuses every part that could lead out of the store or that some system
/// reads as something else than a plain name.
pub fn parts(path: &str) -> io::Result<Vec<&str>> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let plain = |part: &&str| {
        !matches!(*part, "" | "." | "..") && !part.contains(['\\', ':']) && !part.contains('\0')
    };
    let parts: Vec<&str> = path.split('/').collect();
    if parts.iter().all(plain) { Ok(parts) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Splits a path into its folder's parts and its last part.
fn parent_and_name(path: &str) -> io::Result<(Vec<&str>, &str)> {
    let mut parts = parts(path)?;
    match parts.pop() {
        Some(name) => Ok((parts, name)),
        None => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// The error of a name that is not a regular file.
fn not_a_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not a regular file")
}
