//! Moving to a new identity, as long work.

use std::path::Path;

use super::backup::{keep_apart, may_be_made, not_open};
use super::{Ended, Finished, Long, MoveDone, Stepped, Task};
use crate::app::desk::Desk;
use crate::app::job::Outcome;
use crate::app::notice::{Ends, Notice};
use crate::vault::{CopyError, Moving, Passphrase, Step, VaultError};

const MOVE: Ends = Ends { from: "the old record", to: "the new record" };

struct MovingOn(Moving);

/// Begins to move the open record into a new folder.
pub fn renew(desk: &mut Desk, to: &Path, password: &str) -> Result<Box<dyn Long>, Notice> {
    keep_apart(&desk.dir, to)?;
    may_be_made(desk, to, MOVE.to)?;
    let (receipt, store, cost) = (desk.new_id(), desk.store(to), desk.cost());
    let vault = desk.open_vault().ok_or_else(not_open)?;
    let moving = Moving::start(vault, store, &Passphrase::new(password), cost, receipt);
    Ok(Box::new(MovingOn(moving.map_err(|error| told(&error))?)))
}

fn told(error: &CopyError) -> Notice {
    const SAFE: &str = "Your record is as it was, in its old folder.";
    match error {
        CopyError::Target(VaultError::WrongPassphrase) => Notice::new(
            "An unfinished move is in that folder, with another password.",
            SAFE,
            "Type the new password of that time, or choose another folder.",
        ),
        CopyError::Target(VaultError::AlreadyAVault) => Notice::new(
            "There is a whole record in that folder.",
            SAFE,
            "If it is the one you have just moved, open it with its new password and make a new \
             recovery sheet. If not, choose another folder.",
        ),
        error => Notice::copying(error, MOVE),
    }
}

impl Long for MovingOn {
    fn task(&self) -> Task {
        Task::Move
    }

    fn step(&mut self, desk: &mut Desk, _: &mut Vec<Outcome>) -> Stepped {
        let now = desk.now();
        let Some(vault) = desk.open_vault() else {
            return Stepped::End(Ended::Failed(not_open()));
        };
        match self.0.step(vault, now) {
            Ok(Step::More(progress)) => Stepped::More(progress),
            Ok(Step::Done(moved)) => {
                let recovery = desk.shown(&moved.recovery);
                let done = MoveDone { recovery, moved };
                Stepped::End(Ended::Finished(Finished::Move(Box::new(done))))
            }
            Err(error) => Stepped::End(Ended::Failed(told(&error))),
        }
    }
}
