//! The texts that opening did not wait for: read in slices, so that the lists are there at once.

use super::{Ended, Finished, Long, Stepped, Task};
use crate::app::desk::Desk;
use crate::app::job::Outcome;
use crate::model::{Body, Id};
use crate::search::{Builder, Segment};
use crate::vault::Progress;

/// So many records make a part of the index: few parts are asked sooner than many.
const PART: usize = 4_096;

/// Reading the texts, a segment of about 1 MiB at a time, and making the index of their words on
/// two cores.
#[derive(Default)]
pub struct Texts {
    halves: [Builder; 2],
}

impl Texts {
    fn learn(&mut self, texts: &[(Id, Body)]) -> Option<Segment> {
        let [one, other] = &mut self.halves;
        let push = |builder: &mut Builder, some: &[(Id, Body)]| {
            some.iter().for_each(|(id, body)| builder.push(*id, body));
        };
        let (first, second) = texts.split_at(texts.len() / 2);
        rayon::join(|| push(one, first), || push(other, second));
        self.finish(PART)
    }

    /// A part of the index, once one of the halves holds so many.
    fn finish(&mut self, least: usize) -> Option<Segment> {
        let full = self.halves.iter_mut().find(|half| half.len() >= least)?;
        Some(std::mem::take(full).segment())
    }
}

impl Long for Texts {
    fn task(&self) -> Task {
        Task::Texts
    }

    fn step(&mut self, desk: &mut Desk, out: &mut Vec<Outcome>) -> Stepped {
        match desk.next_texts() {
            Some(texts) => {
                let learned = self.learn(&texts);
                out.push(Outcome::Texts(texts));
                out.extend(learned.map(Outcome::Learned));
                Stepped::More(Progress { done: 0, total: 0 })
            }
            None => {
                while let Some(learned) = self.finish(1) {
                    out.push(Outcome::Learned(learned));
                }
                // Only now: it must not hold the texts up.
                desk.check_a_part();
                Stepped::End(Ended::Finished(Finished::Texts))
            }
        }
    }
}
