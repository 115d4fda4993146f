//! What can go wrong, told apart so that a person can be told what is safe and what to do.
//! No error carries a word that somebody wrote, a passphrase or a key.

use std::io;

use crate::model::revision::EntryError;

/// Why the vault refused. Files are named relative to the vault, or to its folder of local
/// state.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The passphrase opens none of the intact key files.
    #[error("the passphrase is not right")]
    WrongPassphrase,
    /// The recovery key opens none of the intact recovery files.
    #[error("the recovery key does not belong to this vault")]
    WrongRecoveryKey,
    /// The newest key file is damaged, so that nothing can be said about the passphrase.
    #[error("the key file {file} is damaged")]
    DamagedKeyFile {
        /// The file.
        file: String,
    },
    /// There is no key file of the kind that was needed.
    #[error("the vault has no key file of this kind")]
    NoKeyFile,
    /// The folder is not a vault, as far as its first file tells.
    #[error("the folder is not a Cairn vault: {0}")]
    NotAVault(VaultFileFault),
    /// A newer Cairn made the vault, and this one does not understand its key files.
    #[error("a newer version of Cairn made this vault (format {version})")]
    NewerVersion {
        /// The version of the format.
        version: u64,
    },
    /// The folder of the vault, or a part of it, is not there.
    #[error("the folder is missing: {file}")]
    FolderMissing {
        /// What was looked for.
        file: String,
    },
    /// The folder holds a vault already, or the beginnings of one.
    #[error("the folder holds a vault already")]
    AlreadyAVault,
    /// The folder holds key files and nothing else of a vault. A synced one of which only these
    /// have arrived looks the same as one whose making was cut off elsewhere.
    #[error("the folder holds key files and nothing else of a vault")]
    OnlyKeys,
    /// The folder holds another vault, or a part of one that cannot be told from another.
    #[error("the folder holds another vault")]
    OtherVault,
    /// The vault was opened for reading only.
    #[error("the vault is open for reading only: {0}")]
    OpenedReadOnly(ReadOnly),
    /// The file system takes no changes.
    #[error("the disk takes no changes: {file}")]
    ReadOnlyDisk {
        /// The file that was to be written.
        file: String,
    },
    /// No room is left.
    #[error("the disk is full: {file}")]
    NoSpace {
        /// The file that was to be written.
        file: String,
    },
    /// The disk or stick is gone, or can no longer be read.
    #[error("the disk no longer answers: {file}")]
    DeviceGone {
        /// The file in question.
        file: String,
    },
    /// The system does not let this user do it.
    #[error("no permission: {file}")]
    Permission {
        /// The file in question.
        file: String,
    },
    /// A file of this name is there already. Nothing was replaced.
    #[error("there is a file of this name already: {file}")]
    NameExists {
        /// The file in question.
        file: String,
    },
    /// What was to be saved is larger than one file may be. Nothing was written.
    #[error("too large to save as one record: {size} bytes, at most {limit}")]
    TooLarge {
        /// How large the file would be, in bytes.
        size: u64,
        /// How large it may be, in bytes.
        limit: u64,
    },
    /// There was nothing to save.
    #[error("nothing to save")]
    Nothing,
    /// An entry does not keep the rules of the format. Nothing was written.
    #[error("the record cannot be kept in this form: {0}")]
    Entry(#[from] EntryError),
    /// The person is on hold: nothing about them may be erased.
    #[error("the person is on hold, and nothing about them may be erased")]
    OnHold,
    /// There is no such record, or no such version of it.
    #[error("there is no such record")]
    NoSuchRecord,
    /// The file that holds a version can no longer be read.
    #[error("{file} cannot be read: {why}")]
    DamagedRecord {
        /// The file.
        file: String,
        /// What is wrong with it.
        why: Damage,
    },
    /// What was encrypted did not read back the same. Nothing was written.
    #[error("the encrypted record did not read back the same")]
    NotTheSame,
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    NoRandom,
    /// The person stopped it.
    #[error("stopped")]
    Cancelled,
    /// Any other answer of the system.
    #[error("{file}: {source}")]
    Io {
        /// The file in question.
        file: String,
        /// What the system said.
        source: io::Error,
    },
}

/// What is wrong with `VAULT.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultFileFault {
    /// It is not there.
    #[error("VAULT.json is missing")]
    Missing,
    /// It is there and holds nothing: a sync program may not have fetched it yet.
    #[error("VAULT.json is empty")]
    Empty,
    /// It stops in the middle.
    #[error("VAULT.json is cut short")]
    Truncated,
    /// It is something else.
    #[error("VAULT.json is not Cairn's")]
    Foreign,
}

/// Why a vault is open for reading only.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadOnly {
    /// Another window or command has it open for writing.
    #[error("another process has it open")]
    Locked,
    /// A newer Cairn made it.
    #[error("a newer version of Cairn made it (format {0})")]
    NewerVersion(u64),
    /// `VAULT.json` is damaged, so that the version is not known.
    #[error("{0}")]
    VaultFile(VaultFileFault),
    /// A folder of the vault could not be looked into.
    #[error("a folder of the vault cannot be read: {0}")]
    Closed(String),
    /// The folder on this computer that keeps drafts and the lock cannot be used.
    #[error("the local folder for drafts cannot be used: {0}")]
    LocalState(String),
}

/// Why a file of the vault was not read. The file stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// It holds nothing: a sync program may not have fetched it yet.
    #[error("the file is empty; it may not have arrived yet")]
    Empty,
    /// It is a link, a pipe, a device or a folder.
    #[error("it is not a regular file")]
    NotAFile,
    /// It is larger than such a file may be.
    #[error("the file is too large")]
    TooLarge,
    /// The bytes do not fit the hash in the name.
    #[error("the bytes do not fit the file's name")]
    Hash,
    /// The header is not that of an age file, or longer than Cairn ever writes.
    #[error("the header is not one that Cairn writes")]
    Header,
    /// It does not decrypt with the vault's key, or not to its end.
    #[error("it does not decrypt with this vault's key")]
    Decrypt,
    /// Somebody without the vault's key wrote it.
    #[error("it was not written with this vault's key")]
    Mac,
    /// It is not where, or in the vault, that it says it belongs.
    #[error("it belongs somewhere else")]
    Place,
    /// A newer Cairn wrote it.
    #[error("a newer version of Cairn wrote it")]
    Newer,
    /// It holds a kind of record that this version does not know; the others in it are read.
    #[error("it holds a kind of record that this version does not know")]
    UnknownKind,
    /// What it holds is not a record of this format.
    #[error("it does not hold a record of this format")]
    Shape,
    /// A name of a revision does not fit its content, or another rule of entries is broken.
    #[error("{0}")]
    Entry(EntryError),
    /// The system could not read it.
    #[error("the system could not read it: {0}")]
    Unreadable(io::ErrorKind),
}

/// A file that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// The file, relative to the vault.
    pub file: String,
    /// What is wrong with it.
    pub why: Damage,
}

impl VaultError {
    /// The one place that turns an answer of the system into an error of the vault.
    pub(super) fn io(file: impl Into<String>, source: io::Error) -> VaultError {
        let file = file.into();
        if is_device_gone(&source) {
            return VaultError::DeviceGone { file };
        }
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                VaultError::FolderMissing { file }
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                VaultError::NoSpace { file }
            }
            io::ErrorKind::ReadOnlyFilesystem => VaultError::ReadOnlyDisk { file },
            io::ErrorKind::PermissionDenied => VaultError::Permission { file },
            io::ErrorKind::AlreadyExists => VaultError::NameExists { file },
            _ => VaultError::Io { file, source },
        }
    }
}

impl Damage {
    /// Why a file could not be read at all.
    pub(super) fn io(error: &io::Error) -> Damage {
        match error.kind() {
            io::ErrorKind::FileTooLarge => Damage::TooLarge,
            io::ErrorKind::InvalidData | io::ErrorKind::IsADirectory => Damage::NotAFile,
            kind => Damage::Unreadable(kind),
        }
    }
}

/// Whether the system says that the device itself is gone or broken.
fn is_device_gone(error: &io::Error) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        const GONE: [Errno; 5] =
            [Errno::NODEV, Errno::IO, Errno::NXIO, Errno::STALE, Errno::NOTCONN];
        GONE.iter().any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
    }
    #[cfg(not(unix))]
    {
        // Windows: not ready, device no longer there, I/O error of the device, no such device,
        // device removed.
        matches!(error.raw_os_error(), Some(21 | 55 | 433 | 1117 | 1617))
    }
}
