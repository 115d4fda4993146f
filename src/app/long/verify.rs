//! The full check, as long work.

use super::backup::not_open;
use super::{Ended, Finished, Long, Stepped, Task, Verified};
use crate::app::desk::Desk;
use crate::app::job::Outcome;
use crate::app::notice::Notice;
use crate::vault::{Check, Step};

struct Checking(Check);

/// Begins to check the open record.
pub fn verify(desk: &Desk) -> Result<Box<dyn Long>, Notice> {
    let vault = desk.open_vault().ok_or_else(not_open)?;
    Ok(Box::new(Checking(Check::start(vault))))
}

impl Long for Checking {
    fn task(&self) -> Task {
        Task::Verify
    }

    fn step(&mut self, desk: &mut Desk, out: &mut Vec<Outcome>) -> Stepped {
        let now = desk.now();
        let Ok(vault) = desk.vault() else {
            return Stepped::End(Ended::Failed(not_open()));
        };
        match self.0.step(vault, now) {
            Ok(Step::More(progress)) => Stepped::More(progress),
            Ok(Step::Done(report)) => {
                let new = vault.take_damage(&report.damaged, now);
                let backup = vault.compare_with_backup();
                if new {
                    out.extend(desk.tell_state());
                }
                let verified = Verified { report, backup };
                Stepped::End(Ended::Finished(Finished::Verify(Box::new(verified))))
            }
            Err(error) => Stepped::End(Ended::Failed(Notice::from(&error))),
        }
    }
}
