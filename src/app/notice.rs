//! What the person is told when something did not work: what happened, what is safe, what to do.

use serde::{Deserialize, Serialize};

use crate::platform;
use crate::vault::{CopyError, ReadOnly, RecoveryKeyError, VaultError};

/// A message in three parts. Each is one short sentence or two. It holds nothing of a record, and
/// may outlive a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What happened.
    pub happened: String,
    /// What is safe.
    pub safe: String,
    /// What to do.
    pub to_do: String,
}

impl Notice {
    /// A message from its parts.
    pub fn new(
        happened: impl Into<String>,
        safe: impl Into<String>,
        to_do: impl Into<String>,
    ) -> Notice {
        Notice { happened: happened.into(), safe: safe.into(), to_do: to_do.into() }
    }

    /// All of it in one paragraph.
    pub fn sentence(&self) -> String {
        [&self.happened, &self.safe, &self.to_do]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl std::fmt::Display for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence())
    }
}

const SAFE: &str = "What you saved before is safe.";
const UNTOUCHED: &str = "Nothing was changed.";

impl From<&VaultError> for Notice {
    fn from(error: &VaultError) -> Notice {
        use VaultError as E;
        match error {
            E::WrongPassphrase => Notice::new(
                "That password does not open this record.",
                "Your record is safe.",
                "Try again, or use your recovery sheet.",
            ),
            E::WrongRecoveryKey => Notice::new(
                "That recovery key belongs to another record.",
                "Your record is safe.",
                "Check that the sheet is the one for this record.",
            ),
            E::DamagedKeyFile { file } => Notice::new(
                format!("The file {file} is damaged, so no password can be tried."),
                "Your notes are still there, encrypted.",
                "Use your recovery sheet, or copy that file back from a backup.",
            ),
            E::NoKeyFile => Notice::new(
                "The record has no key file of this kind.",
                "Your notes are still there, encrypted.",
                "Copy the keys folder back from a backup, or use the other way in.",
            ),
            E::NotAVault(fault) => Notice::new(
                format!("This folder does not hold a record that can be opened: {fault}."),
                UNTOUCHED,
                "Choose another folder, or copy the file back from a backup.",
            ),
            E::NewerVersion { .. } => Notice::new(
                "A newer version of Cairn made this record.",
                UNTOUCHED,
                "Open it with that version.",
            ),
            E::FolderMissing { .. } => Notice::new(
                "The folder of the record is not there.",
                "Nothing was written or changed.",
                "If it lies on a stick or a network drive, connect it and try again.",
            ),
            E::AlreadyAVault => Notice::new(
                "There is a record in this folder already.",
                UNTOUCHED,
                "Open it, or choose another folder for a new one.",
            ),
            E::OnlyKeys => Notice::new(
                "There are key files in this folder, and nothing else of a record.",
                "Nothing was changed.",
                "If it is a synced folder, wait until the rest has arrived. If making a record was \
                 cut off on another computer, nothing was saved in it: choose another folder, or \
                 delete its folder \u{201c}keys\u{201d}.",
            ),
            E::OtherVault => Notice::new(
                "This folder holds another record, or a part of one.",
                UNTOUCHED,
                "Choose another folder.",
            ),
            E::OpenedReadOnly(why) => Notice::from(why),
            E::ReadOnlyDisk { .. } => Notice::new(
                "The disk takes no changes: it is set to reading only.",
                SAFE,
                "Make the folder writable, or move the record to another place.",
            ),
            E::NoSpace { .. } => Notice::new(
                "The disk is full, so this could not be saved.",
                SAFE,
                "Make some room, then try again.",
            ),
            E::DeviceGone { .. } => Notice::new(
                "The disk or stick with the record no longer answers.",
                SAFE,
                "Connect it again, then try again.",
            ),
            E::Permission { .. } => Notice::new(
                "Cairn is not allowed to write to this folder.",
                SAFE,
                "Ask for the right to write there, or choose another folder.",
            ),
            E::NameExists { file } => Notice::new(
                format!("There is a file named {file} already."),
                "It was not replaced.",
                "Try again: the next attempt takes a new name.",
            ),
            E::TooLarge { limit, .. } => Notice::new(
                format!("This is too long for one record: the most is {} KiB.", limit / 1024),
                SAFE,
                "Split it into two, or shorten it.",
            ),
            E::OnHold => Notice::new(
                "This person is on hold, so nothing about them may be erased.",
                UNTOUCHED,
                "Take the hold off first, if its reason is over.",
            ),
            E::NoSuchRecord => Notice::new(
                "There is no such record here.",
                UNTOUCHED,
                "It may have been erased on another computer.",
            ),
            E::DamagedRecord { file, why } => Notice::new(
                format!("The file {file} can’t be read: {why}."),
                "It was left as it is, and everything else is safe.",
                "Copy that file back from a backup.",
            ),
            E::Nothing => Notice::new("There was nothing to save.", SAFE, ""),
            E::Entry(_) | E::NotTheSame => Notice::new(
                "This could not be written in a form that reads back the same.",
                SAFE,
                "Try again. If it stays so, copy the words to another place and tell us.",
            ),
            E::NoRandom => Notice::new(
                "The computer gave no random numbers, which encryption needs.",
                UNTOUCHED,
                "Restart the computer, then try again.",
            ),
            E::Cancelled => Notice::new("Stopped.", UNTOUCHED, ""),
            E::Io { file, source } => Notice::new(
                format!("The computer could not work with {file}: {}.", source.kind()),
                SAFE,
                "Check the disk, then try again.",
            ),
        }
    }
}

impl From<&ReadOnly> for Notice {
    fn from(why: &ReadOnly) -> Notice {
        match why {
            ReadOnly::Locked => Notice::new(
                "This record is open in another window.",
                "You can read everything here.",
                "To write, close the other window, then lock and unlock this one.",
            ),
            ReadOnly::NewerVersion(_) => Notice::new(
                "A newer version of Cairn made this record.",
                "You can read what this version understands.",
                "To write, use the newer version.",
            ),
            ReadOnly::VaultFile(fault) => Notice::new(
                format!("A small file of the record is damaged: {fault}."),
                "Your notes can be read.",
                "To write, copy VAULT.json back from a backup.",
            ),
            ReadOnly::Closed(_) => Notice::new(
                "A part of the record’s folder can’t be read just now.",
                "Nothing was changed. What can be read is here.",
                "To write, check the disk, then lock and unlock.",
            ),
            ReadOnly::LocalState(_) => Notice::new(
                "The folder on this computer that keeps unsaved words can’t be used.",
                "You can read everything here.",
                "To write, make room or ask for the right to write in your own folder.",
            ),
        }
    }
}

impl From<&RecoveryKeyError> for Notice {
    fn from(error: &RecoveryKeyError) -> Notice {
        let happened = match error {
            RecoveryKeyError::WordCount(count) => {
                format!("The recovery key has 24 words. There are {count} here.")
            }
            RecoveryKeyError::UnknownWord(number) => {
                format!("Word {number} is not one that a recovery key can have.")
            }
            RecoveryKeyError::Checksum => {
                "The words do not belong together. One may be wrong, or two may have changed \
                 places."
                    .to_owned()
            }
            RecoveryKeyError::SecretKey => "That is not a whole recovery key.".to_owned(),
        };
        Notice::new(happened, "Your record is safe.", "Check it against the sheet, line by line.")
    }
}

impl Notice {
    /// What to say when a file that the person chose could not be written.
    pub fn not_written(path: &std::path::Path, error: &std::io::Error) -> Notice {
        use std::io::ErrorKind as K;
        let shown = path.display();
        let (what, to_do) = match error.kind() {
            K::AlreadyExists => {
                return Notice::new(
                    "There is a file with this name already.",
                    "It was not changed, and nothing left this machine.",
                    "Choose another name.",
                );
            }
            _ if is_in_use(error) => {
                ("another program has it open", "Close it there, or choose another name.")
            }
            K::NotFound | K::NotADirectory => {
                ("that folder is not there", "Make the folder, or choose another place.")
            }
            // Where a program that holds a file open keeps others from replacing it.
            K::PermissionDenied if platform::is_file(path) => {
                ("Cairn may not replace it", "Close it where it is open, or choose another name.")
            }
            K::PermissionDenied => ("Cairn is not allowed to write there", "Choose another place."),
            K::ReadOnlyFilesystem => ("that disk takes no changes", "Choose another place."),
            K::StorageFull | K::QuotaExceeded => {
                ("that disk is full", "Make room there, or choose another place.")
            }
            K::IsADirectory | K::InvalidInput => {
                ("that is a folder, not the name of a file", "Add a name for the file.")
            }
            _ => ("the computer refused", "Choose another place."),
        };
        let happened = format!("The file could not be written to {shown}: {what}.");
        Notice::new(happened, "Nothing left this machine. Your record is unchanged.", to_do)
    }
}

/// Whether a file could not be written because another program has it open.
fn is_in_use(error: &std::io::Error) -> bool {
    use std::io::ErrorKind as K;
    // Windows: the file is shared with nobody, or a part of it is locked.
    const IN_USE: [i32; 2] = [32, 33];
    let code = error.raw_os_error().filter(|_| cfg!(windows));
    matches!(error.kind(), K::ResourceBusy | K::ExecutableFileBusy)
        || code.is_some_and(|code| IN_USE.contains(&code))
}

/// The two folders between which files are copied, in words ("the backup").
#[derive(Debug, Clone, Copy)]
pub struct Ends {
    /// The one that is read.
    pub from: &'static str,
    /// The one that is written.
    pub to: &'static str,
}

impl Notice {
    /// What to say when files could not be copied: which of the two folders refused, and why.
    pub fn copying(error: &CopyError, ends: Ends) -> Notice {
        let (error, folder, other) = match error {
            CopyError::Source(error) => (error, ends.from, ends.to),
            CopyError::Target(error) => (error, ends.to, ends.from),
        };
        let safe = format!("What is copied already stays, and {other} was not harmed.");
        let (happened, to_do) = in_folder(error, folder);
        Notice::new(happened, safe, format!("{to_do} It goes on where it stopped."))
    }
}

/// What a folder refused, and what to do.
fn in_folder(error: &VaultError, folder: &str) -> (String, String) {
    use VaultError as E;
    let again = |first: &str| format!("{first}, then try again.");
    match error {
        E::NoSpace { .. } => {
            (format!("The disk with {folder} is full."), again("Make some room there"))
        }
        E::DeviceGone { .. } => (
            format!("The disk or stick with {folder} no longer answers."),
            again("Connect it again"),
        ),
        E::FolderMissing { .. } => {
            (format!("The folder of {folder} is not there."), again("Connect its disk or stick"))
        }
        E::ReadOnlyDisk { .. } => (
            format!("The disk with {folder} takes no changes: it is set to reading only."),
            again("Make it writable, or choose another place"),
        ),
        E::Permission { .. } => (
            format!("Cairn is not allowed to use the folder of {folder}."),
            again("Ask for the right to, or choose another place"),
        ),
        E::NotAVault(fault) => (
            format!("There is nothing of a record in the folder of {folder}: {fault}."),
            again("Choose another folder"),
        ),
        E::OtherVault => (
            format!("The folder of {folder} holds another record, or a part of one."),
            again("Choose another folder"),
        ),
        E::NotTheSame => (
            format!("A file did not read back from {folder} as it was written there."),
            again("Check that disk or stick, or take another one"),
        ),
        error => {
            let notice = Notice::from(error);
            (notice.happened, notice.to_do)
        }
    }
}
