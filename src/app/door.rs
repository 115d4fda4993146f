//! Before a record is open: what is shown at its door, and what is typed there.

use jiff::Zoned;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::keeping::SheetShown;
use super::notice::Notice;
use super::password::Judged;
use super::screen::Screen;
use super::state::Opened;
use crate::model::session::Role;

/// Making a record.
#[derive(Default)]
pub struct Welcome {
    /// The step.
    pub step: WelcomeStep,
    /// Whether the record is being made.
    pub busy: bool,
    /// What did not work.
    pub notice: Option<Notice>,
    /// Whether the step was tried with something missing.
    pub tried: bool,
    /// The recovery sheet, once the record is made.
    pub sheet: Option<SheetShown>,
    /// The record itself, waiting behind the recovery sheet.
    pub opened: Option<Opened>,
}

/// The steps of the welcome.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum WelcomeStep {
    /// The owner's name and the folder.
    #[default]
    You,
    /// The password.
    Password,
    /// The recovery sheet: its words to write down, then two of them read from the paper.
    Sheet,
}

/// Bringing a record back from a backup, at the door.
#[derive(Default)]
pub struct Restoring {
    /// Whether it was tried with something missing.
    pub tried: bool,
    /// Whether it is under way.
    pub busy: bool,
    /// What did not work.
    pub notice: Option<Notice>,
    /// Whether the desktop's dialog for a folder is open.
    pub asking: bool,
}

/// A locked record.
#[derive(Default)]
pub struct Locked {
    /// When and why it was locked, if it was open before.
    pub left: Option<Left>,
    /// What could not be saved then.
    pub unsaved: Option<Notice>,
    /// Whether the form for the recovery key was tried with something missing.
    pub tried: bool,
    /// Whether it is being unlocked.
    pub busy: bool,
    /// What did not work.
    pub notice: Option<Notice>,
    /// Whether the form for the recovery key is shown.
    pub recovering: bool,
    /// Where to go when it is unlocked: the place that was left.
    pub back_to: Option<Screen>,
}

/// How an open record came to be locked.
pub struct Left {
    /// When.
    pub at: Zoned,
    /// After how many minutes without use, if it locked by itself.
    pub idle: Option<u16>,
    /// Whether everything that was typed is durable.
    pub kept: bool,
    /// Whether the worker has done all it was given and has forgotten the key.
    pub key_gone: bool,
}

impl Locked {
    /// Whether the worker still has the record: it is being unlocked, or what was open is still
    /// on its way to the disk.
    pub fn waits(&self) -> bool {
        self.busy || self.left.as_ref().is_some_and(|left| !left.key_gone)
    }
}

/// Welcome and unlock.
#[derive(Default, Zeroize, ZeroizeOnDrop)]
pub struct Door {
    /// The owner's name.
    pub your_name: String,
    /// Whose record it will be.
    #[zeroize(skip)]
    pub role: Role,
    /// The folder of the record.
    pub folder: String,
    /// The password.
    pub password: String,
    /// The password once more.
    pub again: String,
    /// How strong the new password is.
    #[zeroize(skip)]
    pub judged: Judged,
    /// Whether Caps Lock was on at the last letter.
    pub caps_lock: bool,
    /// Whether the field for another folder is shown.
    pub elsewhere: bool,
    /// The recovery key, as words or as an age key.
    pub recovery: String,
}
