//! Keeping the record: backups, the full check, the recovery sheet, holds, erasing, what was sent.
//! What the person wants, what the screens draw of it, what is typed, and what the worker does.

use std::path::PathBuf;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::long::Task;
use super::notice::Notice;
use super::password::Judged;
use super::state::Recovery;
use crate::model::{Certificate, Id, Person, Receipt};

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeepingAction {
    /// Show a form, with what it offers filled in.
    Ask(Form),
    /// Put the form away, and what did not work.
    PutAway,
    /// Go to the record's page in the settings.
    Show,
    /// The findings about the record were shown: no banner need tell them.
    Seen,
    /// Ask in the desktop's own dialog for a folder.
    Choose(FolderFor),
    /// Back up to the folder that is typed.
    Backup,
    /// Mend the open record from the backup that is typed.
    Restore,
    /// Move the open record to the folder that is typed, with the password that is typed.
    Move,
    /// Go to the door of the record that was moved.
    OpenMoved,
    /// Check everything.
    Check,
    /// Stop long work.
    Stop(Task),
    /// Accept the folder as it is now.
    Accept,
    /// Decide about what is held back of an erased person: show it again, or erase it too.
    HeldBack(Id, bool),
    /// Make a new recovery key.
    NewRecoveryKey,
    /// Put a person on hold, with the reason that is typed.
    Hold(Id),
    /// Take a person off hold.
    TakeOff(Id),
    /// Erase the person whose name is typed.
    Erase(Id),
    /// Go to the list of who is kept, and until when.
    ShowKept,
    /// Note that the yearly look is done.
    Looked,
}

/// A form over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Where to back up to.
    Backup,
    /// From where to mend the record.
    Restore,
    /// Where to move the record, and its new password.
    Move,
    /// Whether to make a new recovery sheet.
    NewSheet,
    /// Whether to erase what is held back about a person.
    HeldBack(Id),
    /// Why a person is on hold.
    Hold(Id),
    /// Whether to erase a person.
    Erase(Id),
    /// What was sent about a person, or of a conversation.
    Sent(Id),
}

impl Form {
    /// Whether it is a drawer, behind which the page rests.
    pub const fn is_drawer(self) -> bool {
        matches!(self, Form::Erase(_) | Form::Sent(_))
    }
}

/// For what a folder is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the folder that the long work of its name needs")]
pub enum FolderFor {
    Backup,
    RestoreFrom,
    RestoreTo,
    Move,
    Shared,
}

/// Keeping the open record, as the screens draw it.
#[derive(Default)]
pub struct Keeping {
    /// The form that is shown.
    pub form: Option<Form>,
    /// Whether it was tried with something missing.
    pub tried: bool,
    /// Whether the worker is at it.
    pub busy: bool,
    /// What did not work.
    pub notice: Option<Notice>,
    /// Whether the desktop's dialog for a folder is open.
    pub asking: bool,
    /// The recovery sheet, while it is shown.
    pub sheet: Option<SheetShown>,
    /// Where the last backup since unlocking went.
    pub backed_up_to: Option<PathBuf>,
    /// Where the record is moved to.
    pub move_to: Option<PathBuf>,
    /// The record that this one was moved to.
    pub moved: Option<MovedTo>,
    /// Whether the person has seen what there is to look at.
    pub seen: bool,
    /// Own reflections that name the person who may be erased, and stay: each with its words.
    pub mentions: Vec<(Id, String)>,
}

/// The record that the open one was moved to.
pub struct MovedTo {
    /// Its folder.
    pub dir: PathBuf,
    /// How many records it holds.
    pub records: usize,
    /// How many files could not be read and stayed behind.
    pub left: usize,
}

/// A recovery sheet while it is shown, which is once.
pub struct SheetShown {
    /// The key.
    pub recovery: Recovery,
    /// Of which record.
    pub of: SheetOf,
    /// Whether the words are hidden and two of them asked for.
    pub checking: bool,
    /// Whether the check was tried.
    pub tried: bool,
    /// Where it was saved.
    pub saved: Option<PathBuf>,
    /// Why it could not be saved.
    pub notice: Option<Notice>,
}

/// Of which record a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetOf {
    /// One that was just made: behind the sheet is its door.
    NewRecord,
    /// The open one.
    ThisRecord,
    /// The one that the open one was moved to.
    MovedRecord,
}

/// What the person wants with a recovery sheet that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetAction {
    /// The words are on paper: ask for two of them.
    Check,
    /// Show the words again.
    ShowWords,
    /// Write it to the file that is typed.
    Save,
    /// The two words are typed.
    Checked,
    /// Keep the check for later; Today reminds.
    Later,
}

/// What is typed into the forms.
#[derive(Default, Zeroize, ZeroizeOnDrop)]
pub struct KeepingForm {
    /// The folder for the backup.
    pub backup_to: String,
    /// The folder of the backup.
    pub restore_from: String,
    /// The folder for the record that is brought back.
    pub restore_to: String,
    /// The folder for the record that is moved.
    pub move_to: String,
    /// The folder that is shared with somebody.
    pub shared: String,
    /// Its password.
    pub password: String,
    /// The password once more.
    pub again: String,
    /// How strong it is.
    #[zeroize(skip)]
    pub judged: Judged,
    /// Why a person is on hold.
    pub why: String,
    /// The name of the person to erase.
    pub name: String,
    /// The owner's own reference for the certificate.
    pub reference: String,
}

/// What is typed on a recovery sheet that is shown.
#[derive(Default, Zeroize, ZeroizeOnDrop)]
pub struct SheetForm {
    /// The two words of the check.
    pub words: [String; 2],
    /// The file for the sheet.
    pub file: String,
    /// Whether the field for that file is shown.
    pub saving: bool,
}

/// What the worker does.
pub enum KeepingJob {
    /// Erase a person, and keep the certificate of it.
    Erase(Id, Box<Certificate>),
    /// Show what is held back about an erased person again, or erase it too.
    SettleHeldBack {
        /// The person.
        person: Id,
        /// Whether it is shown again.
        keep: bool,
    },
    /// Accept the folder as it is now.
    Accept,
}

/// The certificate of an erasure as it is kept, or why it could not be kept.
pub type Certified = Result<(Id, Receipt), Notice>;

/// What came of it. What changed of what is shown comes by itself.
pub enum Kept {
    /// The person is erased, or why not. The certificate is kept, or why not.
    Erased(Id, Result<Box<Certified>, Notice>),
    /// What was held back is shown again, or erased too, or why not.
    Settled {
        /// Whether it is shown again.
        keep: bool,
        /// Nothing, or why not.
        result: Result<(), Notice>,
    },
    /// The folder is accepted, or why not.
    Accepted(Result<(), Notice>),
}

impl SheetShown {
    /// A sheet whose words are shown.
    pub fn new(recovery: Recovery, of: SheetOf) -> SheetShown {
        SheetShown { recovery, of, checking: false, tried: false, saved: None, notice: None }
    }
}

/// Whether what is typed is the name of the person, as it is asked for before erasing. Case and
/// spaces round it don't matter.
pub fn is_name_of(typed: &str, person: &Person) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    !typed.trim().is_empty() && plain(typed) == plain(&person.name)
}
