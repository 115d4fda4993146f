//! Every call of every step fails with every error a system gives: what was acknowledged before
//! keeps its bytes, nothing is called saved that is not, no file is synced twice, and the next
//! attempt works.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use cairn::vault::store::sim::{Fault, Image, Op, Sim, Work};
use cairn::vault::{Vault, VaultError};

use crate::support::crash::{ERRNOS, Journey, Known, LOCAL, Step, VAULT, judge, plain};
use crate::support::vault::{create, note, now, passphrase};

/// The steps that promise something, one for each way of writing.
const STEPS: [Step; 5] = [Step::New, Step::Draft, Step::Clear, Step::Passphrase, Step::Erase];

/// Those that write in the same ways as others.
const LIKE_OTHERS: [Step; 4] = [Step::Next, Step::Two, Step::Large, Step::Meet];

/// More calls than any step makes.
const MOST: u32 = 500;

/// A vault with something of everything in it.
fn lived_in() -> (Image, Known) {
    let mut journey = Journey::begin(&plain);
    for step in [Step::New, Step::Meet, Step::Draft, Step::Draft] {
        journey.step(step).unwrap();
    }
    (journey.image(), journey.known().clone())
}

/// What failed, and how often.
type Tally = BTreeMap<(&'static str, bool), usize>;

/// How much is made of a failing call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Skip,
    /// The step must fail, and older files keep their bytes.
    Look,
    /// The state after it is also opened anew, as after the end of the program, and the step is
    /// tried again.
    Whole,
}

/// Lets every call of a step fail in one way.
fn fail_each_call(
    step: Step,
    start: &(Image, Known),
    fault: Fault,
    depth: impl Fn(u32) -> Depth,
    tally: &Mutex<Tally>,
) {
    for at in 1..MOST {
        let depth = depth(at);
        if depth == Depth::Skip {
            continue;
        }
        let mut journey = Journey::resume(&start.0, &start.1, &plain).unwrap();
        let fault = Fault { at, ..fault };
        let told = |why| panic!("{step:?} with {fault:?}: {why}");
        let Some(op) = journey.step_failing(step, fault).unwrap_or_else(told) else { return };
        *tally.lock().unwrap().entry((op.call.parts().0, op.disk == LOCAL)).or_default() += 1;
        if depth == Depth::Whole {
            judge(&journey.image(), journey.known(), &plain).unwrap_or_else(|why| {
                panic!("{step:?} with {fault:?} at {op}, then a start: {why}")
            });
            // Without a new start: the person tries again.
            journey.step(step).unwrap_or_else(|why| panic!("{step:?} again after {op}: {why}"));
            judge(&journey.image(), journey.known(), &plain).unwrap();
        }
    }
    panic!("{step:?} never ends");
}

/// Lets the calls of these steps fail with every error, and one error in every way: before, in
/// the middle of and after its work, once and for good.
fn fail_in_all_ways(steps: &[Step], depth: impl Fn(usize, u32) -> Depth + Sync) {
    let (start, tally) = (lived_in(), Mutex::new(Tally::new()));
    let faults = ERRNOS.iter().map(|errno| Fault::once(1, *errno));
    let others = [Work::Nothing, Work::All].into_iter().flat_map(|work| {
        [Fault { work, ..Fault::once(1, ERRNOS[0]) }, Fault { work, ..Fault::from(1, ERRNOS[1]) }]
    });
    let ways: Vec<(Step, usize, Fault)> = faults
        .chain(others)
        .enumerate()
        .flat_map(|(index, fault)| steps.iter().map(move |step| (*step, index, fault)))
        .collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((step, index, fault)) =
                    ways.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    fail_each_call(*step, &start, *fault, |at| depth(*index, at), &tally);
                }
            });
        }
    });
    let tally = tally.into_inner().unwrap();
    eprintln!("{} calls failed: {tally:?}", tally.values().sum::<usize>());
    for word in ["open_new", "write", "sync", "close", "rename", "sync_dir", "unlink"] {
        for local in [false, true] {
            assert!(tally.contains_key(&(word, local)), "no {word} failed, local state: {local}");
        }
    }
}

#[test]
fn a_step_whose_call_fails_costs_nothing_older_and_works_the_next_time() {
    fail_in_all_ways(&STEPS, |index, at| {
        let turn = index + usize::try_from(at).unwrap();
        match (index < ERRNOS.len(), turn % 12) {
            (_, 0) => Depth::Whole,
            (true, _) => Depth::Look,
            (false, _) => Depth::Skip,
        }
    });
}

#[test]
#[ignore = "long: every state after every error is opened anew"]
fn every_step_whose_call_fails_costs_nothing_older_and_works_the_next_time() {
    fail_in_all_ways(&[STEPS.as_slice(), &LIKE_OTHERS].concat(), |_, _| Depth::Whole);
}

#[test]
fn a_failed_save_is_told_by_its_cause() {
    let start = lived_in();
    let told = |errno: i32| {
        let mut journey = Journey::resume(&start.0, &start.1, &plain).unwrap();
        journey.sim.machine().arm(Fault::from(1, errno));
        journey.vault().save(vec![note(900, "x")], now()).unwrap_err()
    };
    let [eio, enospc, edquot, erofs, eacces, emfile, estale, eintr] = ERRNOS.map(told);
    assert!(matches!(eio, VaultError::DeviceGone { .. }), "{eio:?}");
    assert!(matches!(enospc, VaultError::NoSpace { .. }), "{enospc:?}");
    assert!(matches!(edquot, VaultError::NoSpace { .. }), "{edquot:?}");
    assert!(matches!(erofs, VaultError::ReadOnlyDisk { .. }), "{erofs:?}");
    assert!(matches!(eacces, VaultError::Permission { .. }), "{eacces:?}");
    assert!(matches!(emfile, VaultError::Io { .. }), "{emfile:?}");
    assert!(matches!(estale, VaultError::DeviceGone { .. }), "{estale:?}");
    assert!(matches!(eintr, VaultError::Io { .. }), "{eintr:?}");
    let pulled_out = told(19);
    assert!(matches!(pulled_out, VaultError::DeviceGone { .. }), "ENODEV: {pulled_out:?}");
}

/// Makes a vault while a call fails; gives the call, or nothing when there were fewer.
fn make_failing(fault: Fault) -> Option<Op> {
    let sim = Sim::start(&Image::empty(2));
    sim.machine().arm(fault);
    let result = create(Box::new(sim.store(VAULT)), Box::new(sim.store(LOCAL)));
    let failed = sim.machine().disarm();
    let stores = || (Box::new(sim.store(VAULT)), Box::new(sim.store(LOCAL)));
    match result {
        // An error in local state leaves a vault that can be read.
        Ok((open, _)) => drop(open),
        Err(error) => {
            assert!(failed.is_some(), "{error:?} without a fault");
            let (store, local) = stores();
            match create(store, local) {
                Ok((open, _)) => drop(open),
                Err(VaultError::AlreadyAVault) => {
                    let (store, local) = stores();
                    assert!(Vault::find(store, local).is_ok(), "what is left can be looked at");
                    return failed;
                }
                Err(error) => panic!("{error:?} after {fault:?}"),
            }
        }
    }
    let (store, local) = stores();
    let vault = Vault::find(store, local).unwrap().unwrap();
    let mut open = vault.unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap();
    assert_eq!(open.read_only(), None);
    open.save(vec![note(1, "first")], now()).unwrap();
    failed
}

#[test]
fn making_a_vault_while_a_call_fails_leaves_nothing_or_a_whole_one() {
    for lasting in [false, true] {
        for at in 1..MOST {
            let errno = ERRNOS[usize::try_from(at).unwrap() % ERRNOS.len()];
            if make_failing(Fault { lasting, ..Fault::once(at, errno) }).is_none() {
                assert!(at > 20, "too few calls to test anything");
                break;
            }
        }
    }
}

#[test]
fn opening_while_a_call_fails_changes_nothing_that_was_acknowledged() {
    let start = lived_in();
    for lasting in [false, true] {
        for at in 1..MOST {
            let errno = ERRNOS[usize::try_from(at).unwrap() % ERRNOS.len()];
            let mut journey = Journey::resume(&start.0, &start.1, &plain).unwrap();
            journey.sim.machine().arm(Fault { lasting, ..Fault::once(at, errno) });
            // It opens, or says why not.
            let _ = journey.step(Step::Restart);
            let failed = journey.sim.machine().disarm();
            journey.close();
            start.1.judge_bytes(&journey.image()).unwrap();
            let _ = journey.step(Step::Restart);
            journey.judge_entries().unwrap_or_else(|why| panic!("after {failed:?}: {why}"));
            if failed.is_none() {
                break;
            }
        }
    }
}

#[test]
fn a_disk_that_fills_up_at_any_byte_costs_nothing_and_takes_the_save_when_there_is_room() {
    let start = lived_in();
    for step in [Step::Large, Step::Draft, Step::Passphrase] {
        for room in (0..).step_by(397) {
            let mut journey = Journey::resume(&start.0, &start.1, &plain).unwrap();
            journey.sim.machine().set_room(Some(room));
            let result = journey.step(step);
            journey.sim.machine().set_room(None);
            journey.known().judge_bytes(&journey.image()).unwrap();
            let fits = result.is_ok();
            if !fits {
                assert!(result.unwrap_err().contains("NoSpace"), "{step:?} with {room} bytes");
                journey.step(step).unwrap();
            }
            if fits || room % 1588 == 0 {
                judge(&journey.image(), journey.known(), &plain).unwrap();
            }
            if fits {
                break;
            }
        }
    }
}
