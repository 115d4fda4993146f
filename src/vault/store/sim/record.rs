//! What was asked of the disks, in order.

use std::fmt;
use std::io;
use std::sync::Arc;

use super::fault::Work;

/// A file that was opened for writing, whatever it is called now.
pub type FileNumber = u32;

/// One call of [`Store`](super::super::Store) or [`NewFile`](super::super::NewFile).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// A new file.
    OpenNew {
        /// Its path.
        path: String,
        /// Its number from now on.
        file: FileNumber,
    },
    /// More bytes at the end of a new file.
    Write {
        /// The path it was opened with.
        path: String,
        /// Its number.
        file: FileNumber,
        /// The bytes that were written, which may be fewer than were asked for.
        bytes: Arc<[u8]>,
    },
    /// Makes the bytes of a new file durable, and not its name.
    Sync {
        /// The path it was opened with.
        path: String,
        /// Its number.
        file: FileNumber,
    },
    /// Ends the writing.
    Close {
        /// The path it was opened with.
        path: String,
        /// Its number.
        file: FileNumber,
    },
    /// Makes the bytes of a file durable, and not its name.
    SyncFile {
        /// Its path.
        path: String,
    },
    /// A new name.
    Rename {
        /// The old path.
        from: String,
        /// The new path.
        to: String,
    },
    /// Makes the names in a folder durable, and nothing else.
    SyncDir {
        /// The folder.
        dir: String,
    },
    /// Removes a file.
    Unlink {
        /// Its path.
        path: String,
    },
    /// A new folder.
    Mkdir {
        /// Its path.
        dir: String,
    },
    /// Reads a file.
    Read {
        /// Its path.
        path: String,
    },
    /// Looks into a folder.
    List {
        /// The folder.
        dir: String,
    },
    /// Asks what lies under a name.
    Stat {
        /// The path.
        path: String,
    },
    /// Takes the lock.
    Lock {
        /// The path.
        path: String,
    },
}

/// A call and what became of it.
#[derive(Debug, Clone)]
pub struct Op {
    /// The disk it was asked of.
    pub disk: usize,
    /// The call.
    pub call: Call,
    /// How much of its work was done.
    pub done: Work,
    /// What it reported, if not success.
    pub error: Option<io::ErrorKind>,
    /// Whether the machine made it fail; otherwise the store below did.
    pub fault: bool,
}

impl Op {
    /// Whether the call can change what a disk holds, or how firmly.
    pub const fn changes(&self) -> bool {
        !matches!(
            self.call,
            Call::Read { .. }
                | Call::List { .. }
                | Call::Stat { .. }
                | Call::Lock { .. }
                | Call::Close { .. }
        )
    }
}

impl Call {
    /// The word for the call and the path that it is about; of a rename the old one.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Call::OpenNew { path, .. } => ("open_new", path),
            Call::Write { path, .. } => ("write", path),
            Call::Sync { path, .. } => ("sync", path),
            Call::Close { path, .. } => ("close", path),
            Call::SyncFile { path } => ("sync_file", path),
            Call::Rename { from, .. } => ("rename", from),
            Call::SyncDir { dir } => ("sync_dir", dir),
            Call::Unlink { path } => ("unlink", path),
            Call::Mkdir { dir } => ("mkdir", dir),
            Call::Read { path } => ("read", path),
            Call::List { dir } => ("list", dir),
            Call::Stat { path } => ("stat", path),
            Call::Lock { path } => ("lock", path),
        }
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, path) = self.call.parts();
        write!(f, "{word} {path}")?;
        match self.error {
            Some(error) => write!(f, " ({error})"),
            None => Ok(()),
        }
    }
}
