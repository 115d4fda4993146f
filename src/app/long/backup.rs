//! Backing up and restoring, as long work.

use std::path::Path;

use super::{Ended, Finished, Long, Stepped, Task};
use crate::app::desk::Desk;
use crate::app::job::Outcome;
use crate::app::notice::{Ends, Notice};
use crate::platform;
use crate::vault::{Backup, CopyError, Restore, Step, VaultError};

const BACKUP: Ends = Ends { from: "the record", to: "the backup" };
const RESTORE: Ends = Ends { from: "the backup", to: "the record" };

struct BackingUp(Backup);

struct Restoring(Restore);

/// Begins a backup of the open record.
pub fn backup(desk: &mut Desk, to: &Path) -> Result<Box<dyn Long>, Notice> {
    keep_apart(&desk.dir, to)?;
    may_be_made(desk, to, "the backup")?;
    let receipt = desk.new_id();
    let store = desk.store(to);
    let vault = desk.open_vault().ok_or_else(not_open)?;
    let backup = Backup::start(vault, store, place(to), receipt)
        .map_err(|error| Notice::copying(&error, BACKUP))?;
    Ok(Box::new(BackingUp(backup)))
}

/// Begins to bring a record back.
pub fn restore(desk: &mut Desk, from: &Path, to: &Path) -> Result<Box<dyn Long>, Notice> {
    keep_apart(from, to)?;
    may_be_made(desk, to, "the record")?;
    let restore = Restore::start(desk.store(from), desk.store(to))
        .map_err(|error| Notice::copying(&error, RESTORE))?;
    Ok(Box::new(Restoring(restore)))
}

/// The folder in words: its own name. The folders above it may hold a person's.
fn place(to: &Path) -> String {
    let name = to.file_name().map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "the top of a disk".to_owned())
}

/// A folder within the other one would be copied into itself, or be taken for a part of it.
pub(super) fn keep_apart(one: &Path, other: &Path) -> Result<(), Notice> {
    if !platform::overlap(one, other) {
        return Ok(());
    }
    Err(Notice::new(
        "The two folders are the same, or one lies in the other.",
        "Nothing was changed.",
        "Choose a folder elsewhere, best on another disk or a stick.",
    ))
}

/// A stick that is not there is no place to make folders for.
pub(super) fn may_be_made(desk: &Desk, dir: &Path, what: &'static str) -> Result<(), Notice> {
    if desk.may_be_made(dir) {
        return Ok(());
    }
    let missing = CopyError::Target(VaultError::FolderMissing { file: ".".to_owned() });
    Err(Notice::copying(&missing, Ends { from: "the other folder", to: what }))
}

pub(super) fn not_open() -> Notice {
    Notice::new("The record is locked.", "Nothing was changed.", "Unlock it first.")
}

impl Long for BackingUp {
    fn task(&self) -> Task {
        Task::Backup
    }

    fn step(&mut self, desk: &mut Desk, _: &mut Vec<Outcome>) -> Stepped {
        let now = desk.now();
        let Ok(vault) = desk.vault() else { return Stepped::End(Ended::Failed(not_open())) };
        match self.0.step(vault, now) {
            Ok(Step::More(progress)) => Stepped::More(progress),
            Ok(Step::Done(made)) => Stepped::End(Ended::Finished(Finished::Backup(Box::new(made)))),
            Err(error) => Stepped::End(Ended::Failed(Notice::copying(&error, BACKUP))),
        }
    }
}

impl Long for Restoring {
    fn task(&self) -> Task {
        Task::Restore
    }

    fn step(&mut self, _: &mut Desk, _: &mut Vec<Outcome>) -> Stepped {
        match self.0.step() {
            Ok(Step::More(progress)) => Stepped::More(progress),
            Ok(Step::Done(restored)) => Stepped::End(Ended::Finished(Finished::Restore(restored))),
            Err(error) => Stepped::End(Ended::Failed(Notice::copying(&error, RESTORE))),
        }
    }
}
