//! The texts that opening did not wait for: read in slices, so that the lists are there at once.

use super::{Ended, Finished, Long, Stepped, Task};
use crate::app::desk::Desk;
use crate::app::job::Outcome;
use crate::vault::Progress;

/// Reading the texts, a segment of about 1 MiB at a time.
pub struct Texts;

impl Long for Texts {
    fn task(&self) -> Task {
        Task::Texts
    }

    fn step(&mut self, desk: &mut Desk, out: &mut Vec<Outcome>) -> Stepped {
        match desk.next_texts() {
            Some(texts) => {
                out.push(Outcome::Texts(texts));
                Stepped::More(Progress { done: 0, total: 0 })
            }
            None => {
                // Only now: it must not hold the texts up.
                desk.check_a_part();
                Stepped::End(Ended::Finished(Finished::Texts))
            }
        }
    }
}
