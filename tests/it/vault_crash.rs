//! The power goes at every moment of what a person does, and the disks are found in every state
//! that a file system may leave: nothing that was acknowledged is lost, nothing is half there,
//! and the vault goes on without help.

use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use cairn::vault::store::sim::{Call, Fault, Image, Op};

use crate::support::crash::{Count, ERRNOS, Journey, Known, Step, crash_everywhere, plain};

/// So many states of one moment are all looked at; of more, a sample of so many.
const BOUND: usize = 1000;

/// What a person does before the power goes.
#[derive(Debug, Clone)]
struct Workload {
    /// The power goes during the last step, and also during those whose calls fail.
    steps: Vec<(Step, Option<Fault>)>,
    /// Whether it goes again while the program recovers.
    again: bool,
}

impl Workload {
    fn of(steps: &[Step]) -> Workload {
        Workload { steps: steps.iter().map(|step| (*step, None)).collect(), again: false }
    }

    fn failing(step: Step, fault: Fault, then: Step) -> Workload {
        Workload { steps: vec![(step, Some(fault)), (then, None)], again: false }
    }

    fn again(self) -> Workload {
        Workload { again: true, ..self }
    }

    /// Does it and lets the power go everywhere.
    fn run(&self, start: &Start) -> Result<Count, String> {
        let mut journey = Journey::resume(&start.image, &start.known, &plain)?;
        let mut from = None;
        for (index, (step, fault)) in self.steps.iter().enumerate() {
            let calls = journey.sim.machine().calls();
            if fault.is_some() || index + 1 == self.steps.len() {
                from.get_or_insert(calls);
            }
            match fault {
                Some(fault) => drop(journey.step_failing(*step, *fault)?),
                None => journey.step(*step)?,
            }
        }
        let mut count = Count::default();
        let mut more = |recovered: &Journey<'_>| {
            if self.again {
                count.add(crash_everywhere(recovered, 0, BOUND, &mut |_| Ok(()))?);
            }
            Ok(())
        };
        let first = crash_everywhere(&journey, from.unwrap_or_default(), BOUND, &mut more)?;
        count.add(first);
        Ok(count)
    }
}

/// The disks that a workload begins with.
struct Start {
    image: Image,
    known: Known,
}

impl Start {
    fn new_vault() -> Start {
        let journey = Journey::begin(&plain);
        Start { image: journey.image(), known: journey.known().clone() }
    }
}

/// All sequences of so many steps.
fn sequences(length: usize) -> Vec<Vec<Step>> {
    let mut all = vec![Vec::new()];
    for _ in 0..length {
        let longer = |steps: &Vec<Step>| Step::ALL.map(|step| [steps.as_slice(), &[step]].concat());
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// Runs workloads on all cores, until there are no more or `enough` states were looked at.
fn run_all(
    workloads: impl Iterator<Item = Workload> + Send,
    enough: usize,
) -> Result<(usize, Count), String> {
    let start = Start::new_vault();
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let (workloads, done) = (Mutex::new(workloads), AtomicUsize::new(0));
    let total = Mutex::new(Ok(Count::default()));
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let wanted = total.lock().unwrap().as_ref().is_ok_and(|c| c.states < enough);
                    let Some(workload) = wanted.then(|| workloads.lock().unwrap().next()).flatten()
                    else {
                        return;
                    };
                    let result = workload.run(&start).map_err(|why| format!("{workload}\n{why}"));
                    done.fetch_add(1, Ordering::Relaxed);
                    let mut total = total.lock().unwrap();
                    match (&mut *total, result) {
                        (Ok(total), Ok(count)) => total.add(count),
                        (Ok(_), Err(why)) => *total = Err(why),
                        (Err(_), _) => return,
                    }
                }
            });
        }
    });
    let total = total.into_inner().unwrap()?;
    Ok((done.into_inner(), total))
}

impl fmt::Display for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "after {:?}, power lost again: {}", self.steps, self.again)
    }
}

fn tell(what: &str, workloads: usize, count: Count, begun: Instant) {
    let Count { moments, states, distinct, opened, sampled } = count;
    eprintln!(
        "{what}: {workloads} workloads, {moments} moments ({sampled} of them sampled), {states} \
         crash states, {distinct} distinct, {opened} opened (the others differ from one of these \
         only in bytes of temporary files, which nobody reads), 0 violations, {:.1} s",
        begun.elapsed().as_secs_f32()
    );
}

/// The calls that a step makes in a new vault.
fn calls_of(step: Step, start: &Start) -> Vec<Op> {
    let mut journey = Journey::resume(&start.image, &start.known, &plain).unwrap();
    let before = journey.sim.machine().calls();
    journey.step(step).unwrap();
    journey.sim.machine().record(before)
}

#[test]
fn nothing_acknowledged_is_lost_wherever_the_power_goes() {
    let begun = Instant::now();
    let orderly = (1..=2).flat_map(sequences).map(|steps| Workload::of(&steps));
    let (workloads, count) = run_all(orderly, usize::MAX).unwrap_or_else(|why| panic!("{why}"));
    tell("saves and other steps", workloads, count, begun);
    assert_eq!(count.sampled, 0);
}

#[test]
fn nothing_acknowledged_is_lost_when_the_power_goes_after_a_failed_save() {
    let begun = Instant::now();
    let start = Start::new_vault();
    let mut failing = Vec::new();
    for step in [Step::Large, Step::Draft, Step::Passphrase] {
        for (index, op) in calls_of(step, &start).iter().enumerate() {
            if op.changes() || matches!(op.call, Call::Close { .. }) {
                let fault = Fault::once(u32::try_from(index).unwrap() + 1, ERRNOS[index % 8]);
                let then = if index % 2 == 0 { Step::New } else { step };
                failing.push(Workload::failing(step, fault, then));
            }
        }
    }
    let (workloads, count) = run_all(failing.into_iter(), usize::MAX).unwrap();
    tell("a failing call", workloads, count, begun);
}

#[test]
fn nothing_acknowledged_is_lost_when_the_power_goes_again_during_recovery() {
    let begun = Instant::now();
    let steps = [Step::New, Step::Draft, Step::Passphrase];
    let again = steps.iter().map(|step| Workload::of(&[*step]).again());
    let (workloads, count) = run_all(again, usize::MAX).unwrap();
    tell("twice", workloads, count, begun);
}
