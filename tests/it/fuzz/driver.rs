//! Runs the targets: as many at a time as there are cores, each for its time.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cairn::vault::hex;
use cairn::vault::store::sim::Dice;

use super::mutate::mutate;
use crate::support::meter::thread_time;

/// The longest that one input may take.
const LIMIT: Duration = Duration::from_secs(1);
/// An input that takes so long is taken for one that never ends.
const NEVER: Duration = Duration::from_secs(300);
/// How many inputs a target keeps to mutate again.
const CORPUS: usize = 400;

/// A reader under test.
pub struct Target {
    pub name: &'static str,
    pub make: fn() -> Fuzz,
}

/// What became of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    Refused,
}

/// Reads an input and holds the reader to what it promises.
pub type Check = Box<dyn FnMut(&[u8]) -> Verdict>;

/// A reader with what it is fed.
pub struct Fuzz {
    /// Real inputs.
    pub seeds: Vec<Vec<u8>>,
    /// Words of the format.
    pub words: &'static [&'static str],
    /// The longest input in bytes.
    pub most: usize,
    /// Reads one input; panics when the answer is not as it must be.
    pub check: Check,
}

impl Fuzz {
    /// Tries one input, and gives the time that the processor took for it. A slow one is tried
    /// again: its first time may have been spent on what is made once.
    pub fn hold(&mut self, input: &[u8]) -> (Verdict, Duration) {
        let begun = Instant::now();
        let mut best = Duration::MAX;
        for _ in 0..3 {
            let before = thread_time(begun);
            let verdict = (self.check)(input);
            best = best.min(thread_time(begun).saturating_sub(before));
            if best < LIMIT {
                return (verdict, best);
            }
        }
        panic!("it took {best:?}");
    }
}

/// What a worker is at.
struct Now {
    since: Instant,
    target: &'static str,
    input: Vec<u8>,
}

/// Tries every target for so long.
pub fn run(targets: &[&Target], time: Duration, seed: u64) {
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let (next, over) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let at: Vec<Mutex<Option<Now>>> = (0..cores).map(|_| Mutex::default()).collect();
    std::thread::scope(|scope| {
        let workers: Vec<_> = at
            .iter()
            .map(|at| {
                let (next, over) = (&next, &over);
                scope.spawn(move || {
                    let mut failed = Vec::new();
                    while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let tried = AssertUnwindSafe(|| try_out(target, time, seed, at));
                        failed.extend(catch_unwind(tried).err());
                    }
                    over.fetch_add(1, Ordering::Relaxed);
                    failed
                })
            })
            .collect();
        while over.load(Ordering::Relaxed) < cores {
            std::thread::sleep(Duration::from_millis(50));
            at.iter().for_each(end_if_it_never_does);
        }
        // All that went wrong has been printed; the first says it to the one that runs the test.
        let failed: Vec<_> =
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect();
        if let Some(panic) = failed.into_iter().next() {
            resume_unwind(panic);
        }
    });
}

/// A thread cannot be stopped; the process can, once it has said why.
fn end_if_it_never_does(at: &Mutex<Option<Now>>) {
    // One that panicked holds what it was at.
    let Ok(at) = at.lock() else { return };
    if let Some(now) = at.as_ref().filter(|now| now.since.elapsed() > NEVER) {
        eprintln!("FUZZ: {}: no answer for {NEVER:?} to\n{}", now.target, hex(&now.input));
        std::process::abort();
    }
}

fn try_out(target: &Target, time: Duration, seed: u64, at: &Mutex<Option<Now>>) {
    let Target { name, make } = target;
    let mut fuzz = make();
    let mut dice = Dice::new(seed);
    let mut corpus = fuzz.seeds.clone();
    let (mut tried, mut accepted, mut slowest) = (0_u64, 0_u64, Duration::ZERO);
    let begun = Instant::now();
    while begun.elapsed() < time {
        // At first the real ones as they are, by turns with the others.
        let turn = usize::try_from(tried).unwrap();
        let real = fuzz.seeds.get(turn / 2).filter(|_| turn.is_multiple_of(2)).cloned();
        let is_real = real.is_some();
        let mutated = || mutate(&corpus, fuzz.words, fuzz.most, &mut dice);
        let input = real.unwrap_or_else(mutated);
        *at.lock().unwrap() =
            Some(Now { since: Instant::now(), target: name, input: input.clone() });
        let result = catch_unwind(AssertUnwindSafe(|| fuzz.hold(&input)));
        let (verdict, took) = result.unwrap_or_else(|panic| {
            eprintln!("FUZZ: {name}, seed {seed}, input {tried}: fails over\n{}", hex(&input));
            resume_unwind(panic);
        });
        slowest = slowest.max(took);
        tried += 1;
        if verdict == Verdict::Accepted {
            accepted += 1;
            keep(&mut corpus, fuzz.seeds.len(), input, &mut dice);
        } else {
            assert!(!is_real, "{name}: a real one was refused:\n{}", hex(&input));
        }
    }
    *at.lock().unwrap() = None;
    eprintln!("FUZZ: {name}: {tried} inputs, {accepted} accepted, the slowest in {slowest:?}");
    assert!(tried > 1 && accepted > 0, "{name}: nothing was tested");
}

/// What was accepted is a good ground for the next mutations.
fn keep(corpus: &mut Vec<Vec<u8>>, real: usize, input: Vec<u8>, dice: &mut Dice) {
    if corpus.len() < CORPUS.max(2 * real) {
        corpus.push(input);
    } else {
        let at = real + dice.pick(corpus.len() - real);
        corpus[at] = input;
    }
}
