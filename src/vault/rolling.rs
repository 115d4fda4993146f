//! The rolling check: a part of the files is read again after each opening, because what the
//! snapshot knows is not read at opening, and bytes go bad on disks that nobody reads.

use std::collections::BTreeSet;
use std::io;

use jiff::Timestamp;

use super::copy::Step;
use super::error::Damage;
use super::load::read_all;
use super::names::{RECORDS, RecordName};
use super::opened::{Mode, OpenVault};
use super::standing::{self, FileRef};
use super::verify::Progress;

/// How many files are read in one step, on all cores: a save waits no longer than that.
const STEP: usize = 16;

/// How much of a vault one rolling check reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Of a hundred files.
    percent: usize,
    /// At least so many, where there are.
    least: usize,
}

impl Share {
    /// Two of a hundred files, and at least fifty.
    pub const USUAL: Share = Share { percent: 2, least: 50 };

    /// Every file.
    pub const ALL: Share = Share { percent: 100, least: 0 };

    /// Only what was found damaged before.
    pub const NONE: Share = Share { percent: 0, least: 0 };

    const fn of(self, files: usize) -> usize {
        let part = (files * self.percent).div_ceil(100);
        let part = if part < self.least { self.least } else { part };
        if part < files { part } else { files }
    }
}

/// A rolling check that is under way. Dropping it stops it.
pub struct RollingCheck {
    /// The next one is the last.
    todo: Vec<RecordName>,
    total: usize,
    /// Whether anything was found that was not known.
    found: bool,
}

impl RollingCheck {
    /// Begins with what the last one found damaged, then goes on from a place that `random`
    /// chooses, and round over the end.
    pub fn start(vault: &OpenVault, share: Share, random: u128) -> RollingCheck {
        let erased = &vault.standing.erased;
        let here = vault.loaded.found.files.iter().filter(|name| !erased.contains(name));
        let here: Vec<RecordName> = here.copied().collect();
        let count = u128::try_from(here.len()).unwrap_or(u128::MAX).max(1);
        let from = usize::try_from(random % count).unwrap_or(0);
        let part = here.iter().cycle().skip(from).take(share.of(here.len()));
        let known = damaged_before(vault);
        let known: BTreeSet<RecordName> = known.iter().map(standing::name).collect();
        let again = here.iter().filter(|name| known.contains(name));
        let part = part.filter(|name| !known.contains(name));
        let mut todo: Vec<RecordName> = again.chain(part).copied().collect();
        todo.reverse();
        RollingCheck { total: todo.len(), todo, found: false }
    }

    /// Reads the next files. The last step says whether anything was found; it is among
    /// [`OpenVault::damaged`] then, at this opening and at the next ones until it is mended.
    pub fn step(&mut self, vault: &mut OpenVault, now: Timestamp) -> Step<bool> {
        let next = self.todo.split_off(self.todo.len().saturating_sub(STEP));
        if next.is_empty() {
            return Step::Done(self.found);
        }
        // What was erased or went meanwhile is not damaged.
        let found = &vault.loaded.found.files;
        let next: Vec<RecordName> =
            next.into_iter().rev().filter(|name| found.contains(name)).collect();
        let store = &*vault.closed.store;
        let read = read_all(store, &vault.secrets, &next, drop);
        if read.iter().any(|(_, file)| file.is_err()) && store.stat(RECORDS).is_err() {
            // The whole folder is gone: that says nothing of single files.
            self.todo.clear();
            return Step::Done(self.found);
        }
        for (name, file) in read {
            match file {
                Ok(_) => vault.found_sound(name),
                Err(Damage::Unreadable(io::ErrorKind::NotFound)) => {}
                Err(why) => self.found |= vault.found_damaged(name, why, now),
            }
        }
        Step::More(Progress { done: self.total - self.todo.len(), total: self.total })
    }
}

/// What a rolling check found before, as far as this computer remembers.
fn damaged_before(vault: &OpenVault) -> BTreeSet<FileRef> {
    match &vault.mode {
        Mode::Writing(writer) => writer.heads().damaged.clone(),
        Mode::Reading(_) => BTreeSet::new(),
    }
}

impl OpenVault {
    /// Forgets that a file was damaged.
    fn found_sound(&mut self, name: RecordName) {
        self.remember_damaged(standing::file_ref(&name), false);
    }

    pub(super) fn remember_damaged(&mut self, file: FileRef, damaged: bool) {
        if let Mode::Writing(writer) = &mut self.mode {
            writer.remember_damaged(file, damaged);
        }
    }
}
