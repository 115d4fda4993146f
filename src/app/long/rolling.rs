//! The rolling check after an opening, as long work: what it finds is told as if opening had
//! found it.

use super::{Ended, Finished, Long, Stepped, Task};
use crate::app::desk::Desk;
use crate::app::job::Outcome;
use crate::vault::{RollingCheck, Step};

/// Reading a part of the files again.
pub struct Rolling(pub RollingCheck);

impl Long for Rolling {
    fn task(&self) -> Task {
        Task::Rolling
    }

    fn step(&mut self, desk: &mut Desk, out: &mut Vec<Outcome>) -> Stepped {
        let now = desk.now();
        let Ok(vault) = desk.vault() else { return Stepped::End(Ended::Stopped) };
        match self.0.step(vault, now) {
            Step::More(progress) => Stepped::More(progress),
            Step::Done(found) => {
                if found {
                    out.extend(desk.tell_state());
                }
                Stepped::End(Ended::Finished(Finished::Rolling))
            }
        }
    }
}
