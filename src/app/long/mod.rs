//! Work that takes longer than a moment: backup, restore, moving to a new key, the full check.
//!
//! How it goes:
//!
//! - [`Job::Long`](super::Job::Long) begins a piece of [`Work`]. The desk makes a [`Long`] of
//!   it, which does a small step at a time, and keeps it in a queue.
//! - The worker does the jobs that wait first, so that a save or a lock never waits behind long
//!   work; with none waiting it does one *slice*: steps for [`SLICE`]. Several long works take
//!   turns. In line, for the command line and for tests, they run to their end at once.
//! - After each slice comes an [`Outcome::Progress`]; at the end one [`Outcome::Done`], which
//!   says how it ended. Both name the [`Task`].
//! - [`Job::StopLong`](super::Job::StopLong) stops it, and so do locking, opening another record
//!   and closing the window: what was done until then stays, and the next run goes on from it.
//! - There is one of each task at a time: beginning it again stops the one that was under way.
//!
//! The screens draw [`State::long`](super::State), which the outcomes fill.
//!
//! To add work of another kind: a [`Task`], a [`Work`], a type that is a [`Long`], and if it
//! ends with something to show, a [`Finished`]. A step may put outcomes of its own into `out`.

mod backup;
mod renew;
mod rolling;
mod texts;
mod verify;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::desk::Desk;
use super::job::Outcome;
use super::notice::Notice;
use super::state::Recovery;
use crate::vault::{Compared, Moved, OpenVault, Report, RollingCheck};

pub use crate::vault::{BackupMade, Progress, Restored, receipt_words};

/// How long a slice takes, and so how long a job may have to wait. A step that is under way is
/// finished first.
pub const SLICE: Duration = Duration::from_millis(100);

/// Long work, by what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Copying the record to another folder.
    Backup,
    /// Bringing a record back from such a copy.
    Restore,
    /// Reading the texts that opening did not wait for.
    Texts,
    /// Reading a part of the files again after an opening.
    Rolling,
    /// Encrypting everything anew in another folder, with a new password and recovery key.
    Move,
    /// Reading every file again and checking everything.
    Verify,
}

/// Long work, with what it needs.
pub enum Work {
    /// Back the open record up.
    Backup {
        /// The folder for the copy.
        to: PathBuf,
    },
    /// Bring a record back from a backup, or mend one with it. No record need be open.
    Restore {
        /// The folder of the backup.
        from: PathBuf,
        /// The folder of the record.
        to: PathBuf,
    },
    /// Move the open record to a new key, when somebody else may have the old one. The old
    /// folder stays as it is, and stays open.
    Move {
        /// The folder of the new record: a new one, or that of a move that was cut off.
        to: PathBuf,
        /// Its password.
        password: Zeroizing<String>,
    },
    /// Check the open record.
    Verify,
}

/// How long work ended.
pub enum Ended {
    /// It is done.
    Finished(Finished),
    /// It could not be done, or not to the end.
    Failed(Notice),
    /// The person stopped it, or the record was locked.
    Stopped,
}

/// What long work brought.
pub enum Finished {
    /// The backup is whole.
    Backup(Box<BackupMade>),
    /// The record is back.
    Restore(Restored),
    /// Every text is there.
    Texts,
    /// A part of the files was looked at. What was found has been told.
    Rolling,
    /// The new record is whole.
    Move(Box<MoveDone>),
    /// Everything was looked at.
    Verify(Box<Verified>),
}

/// The new record, after a move.
pub struct MoveDone {
    /// Its recovery key, to be shown now or never.
    pub recovery: Recovery,
    /// What it holds, and what stayed behind.
    pub moved: Moved,
}

/// What the full check found.
pub struct Verified {
    /// Damage and warnings.
    pub report: Report,
    /// How the record compares with the receipt of its last backup; nothing when it never had
    /// one.
    pub backup: Option<Compared>,
}

/// Long work under way.
pub trait Long: Send {
    /// What it is.
    fn task(&self) -> Task;

    /// Does a small step, of some milliseconds. Outcomes beside progress and end go to `out`.
    fn step(&mut self, desk: &mut Desk, out: &mut Vec<Outcome>) -> Stepped;
}

/// What a step came to.
pub enum Stepped {
    /// There is more to do.
    More(Progress),
    /// That was the last one.
    End(Ended),
}

/// Long work as the screens show it.
#[derive(Default)]
pub struct LongWork {
    /// How far each is that is under way.
    pub under_way: BTreeMap<Task, Progress>,
    /// How each ended the last time, until the record is locked or the work begins again.
    pub ended: BTreeMap<Task, Ended>,
}

impl LongWork {
    /// Takes an outcome of progress.
    pub(super) fn went_on(&mut self, task: Task, progress: Progress) {
        self.ended.remove(&task);
        self.under_way.insert(task, progress);
    }

    /// Takes how it ended.
    pub(super) fn came_to_end(&mut self, task: Task, ended: Ended) {
        self.under_way.remove(&task);
        self.ended.insert(task, ended);
    }
}

impl Work {
    /// What it is.
    pub const fn task(&self) -> Task {
        match self {
            Work::Backup { .. } => Task::Backup,
            Work::Restore { .. } => Task::Restore,
            Work::Move { .. } => Task::Move,
            Work::Verify => Task::Verify,
        }
    }
}

impl Desk {
    /// Begins long work; its slices follow.
    pub(super) fn begin(&mut self, work: Work) -> Vec<Outcome> {
        let task = work.task();
        self.long.retain(|long| long.task() != task);
        let long = match work {
            Work::Backup { to } => backup::backup(self, &to),
            Work::Restore { from, to } => backup::restore(self, &from, &to),
            Work::Move { to, password } => renew::renew(self, &to, &password),
            Work::Verify => verify::verify(self),
        };
        match long {
            Ok(long) => {
                self.long.push_back(long);
                vec![Outcome::Progress { task, progress: Progress { done: 0, total: 0 } }]
            }
            Err(notice) => vec![Outcome::Done { task, ended: Ended::Failed(notice) }],
        }
    }

    /// Begins what opening did not wait for: reading the texts, and then the rolling check.
    pub(super) fn go_on_after_opening(&mut self) {
        if self.open_vault().is_some_and(OpenVault::has_texts) {
            self.long.push_back(Box::new(texts::Texts::default()));
        } else {
            self.check_a_part();
        }
    }

    /// Begins the rolling check.
    fn check_a_part(&mut self) {
        let random = self.random();
        if let Some(vault) = self.open_vault() {
            let check = RollingCheck::start(vault, self.share(), random);
            self.long.push_back(Box::new(rolling::Rolling(check)));
        }
    }

    /// Whether there is long work to go on with.
    pub fn is_busy(&self) -> bool {
        !self.long.is_empty()
    }

    /// Does a slice of the long work whose turn it is.
    pub fn slice(&mut self) -> Vec<Outcome> {
        let Some(mut long) = self.long.pop_front() else { return Vec::new() };
        let (task, began) = (long.task(), Instant::now());
        let mut out = Vec::new();
        loop {
            match long.step(self, &mut out) {
                Stepped::End(ended) => {
                    out.push(Outcome::Done { task, ended });
                    return out;
                }
                Stepped::More(progress) if began.elapsed() >= SLICE => {
                    out.push(Outcome::Progress { task, progress });
                    self.long.push_back(long);
                    return out;
                }
                Stepped::More(_) => {}
            }
        }
    }

    /// Stops long work; what it has done stays.
    pub(super) fn stop(&mut self, task: Task) -> Vec<Outcome> {
        let before = self.long.len();
        self.long.retain(|long| long.task() != task);
        let stopped = self.long.len() < before;
        stopped.then_some(Outcome::Done { task, ended: Ended::Stopped }).into_iter().collect()
    }

    /// Stops all long work, before the record that it is about is put away.
    pub(super) fn stop_all(&mut self) -> Vec<Outcome> {
        let ended =
            |long: Box<dyn Long>| Outcome::Done { task: long.task(), ended: Ended::Stopped };
        self.long.drain(..).map(ended).collect()
    }
}
