//! The verdict on the states of the disks after a crash.

use std::collections::{BTreeSet, HashSet};

use cairn::vault::store::sim::{Call, Image, Op};

use super::known::Known;
use super::{Journey, LOCAL, Step, VAULT, Wrap};

/// Whether this state of the disks, found after a crash, keeps every promise: all that was
/// acknowledged is there to the byte, what was not is wholly there or wholly absent, the vault
/// opens without help, takes another save, and is sound after the next start.
pub fn judge<'a>(image: &Image, known: &Known, wrap: &'a Wrap) -> Result<Journey<'a>, String> {
    known.judge_bytes(image)?;
    known.judge_doors(image)?;
    let mut journey = Journey::resume(image, known, wrap)?;
    journey.step(Step::New)?;
    journey.step(Step::Restart)?;
    journey.judge_whole()?;
    no_number_twice(&journey.image())?;
    no_temporary_read(&journey.sim.machine().record(0))?;
    Ok(journey)
}

/// Whether no two record files of a computer have one number.
pub fn no_number_twice(image: &Image) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for path in image.paths(VAULT).filter(|path| path.starts_with("records/")) {
        let numbered = path.rsplit_once('-').map_or(path, |(numbered, _)| numbered);
        if !path.contains("~$") && !seen.insert(numbered) {
            return Err(format!("the number of {path} was used twice"));
        }
    }
    Ok(())
}

/// That no temporary file is ever read is why states that differ in one's bytes alone are alike.
fn no_temporary_read(record: &[Op]) -> Result<(), String> {
    let reads = |op: &&Op| matches!(&op.call, Call::Read { path } if path.contains("~$"));
    record.iter().find(reads).map_or(Ok(()), |op| Err(format!("a left-over was used: {op}")))
}

/// What was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Moments at which the power went.
    pub moments: usize,
    /// Legal states of the disks at these moments.
    pub states: usize,
    /// Of them, those that differ from all others of the same workload and the same knowledge.
    pub distinct: usize,
    /// Of them, those that differ in more than bytes of temporary files, and were opened.
    pub opened: usize,
    /// Moments at which there were too many states to build all.
    pub sampled: usize,
}

impl Count {
    /// Adds another count.
    pub fn add(&mut self, other: Count) {
        self.moments += other.moments;
        self.states += other.states;
        self.distinct += other.distinct;
        self.opened += other.opened;
        self.sampled += other.sampled;
    }
}

/// Lets the power go at every moment of a journey from this call on, and judges every legal
/// state of the disks; `more` may go on from a state that was found good.
pub fn crash_everywhere<'a>(
    journey: &Journey<'a>,
    from: usize,
    bound: usize,
    more: &mut dyn FnMut(&Journey<'a>) -> Result<(), String>,
) -> Result<Count, String> {
    let mut count = Count::default();
    let (mut trees, mut read) = (HashSet::new(), HashSet::new());
    let mut result = Ok(());
    journey.each_moment(from, |disks, known, phase| {
        if result.is_err() {
            return;
        }
        count.moments += 1;
        let states = disks.states(bound, u64::try_from(count.moments).unwrap());
        count.sampled += usize::from(!states.complete);
        for image in states.images {
            count.states += 1;
            if !trees.insert((image.key(), phase)) {
                continue;
            }
            count.distinct += 1;
            if !read.insert((image.key_without_bytes_of("~$"), phase)) {
                continue;
            }
            count.opened += 1;
            result = judge(&image, known, journey.wrap).and_then(|journey| more(&journey));
            if let Err(why) = &mut result {
                let paths: Vec<&str> = image.paths(VAULT).chain(image.paths(LOCAL)).collect();
                why.push_str(&format!("\nthe disks held {paths:#?}"));
                return;
            }
        }
    });
    result.map(|()| count)
}
