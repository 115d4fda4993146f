//! A kill, or an error of the system, at each call that the program makes.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::proof::{
    CHANGING, Call, Dice, Fault, LOOKING, Ledger, Order, Place, Tally, Work, alone, has_tools,
    in_threads, is_root, quick_folder, trace,
};

/// What a person does.
const SCENES: [&str; 10] =
    ["create", "add", "edit", "draft", "attach", "erase", "settle", "backup", "move", "passphrase"];

const ERRORS: [&str; 8] =
    ["EIO", "ENOSPC", "EDQUOT", "EROFS", "EACCES", "EMFILE", "ESTALE", "EINTR"];

/// A small vault that each run starts with, and what it holds.
struct Template {
    place: Place,
    ledger: Ledger,
}

impl Template {
    fn new(dir: &Path) -> Template {
        let place = Place::under(dir);
        let mut said = vec!["TRY create".to_owned(), "ACK create ".to_owned()];
        let vault = place.create().unwrap();
        let mut work = Work::new(vault, 1, 5, |line: &str| said.push(line.to_owned()));
        for _ in 0..3 {
            work.add().unwrap();
        }
        work.edit().unwrap();
        work.draft().unwrap();
        drop(work);
        let mut ledger = Ledger::new();
        ledger.read_all(&said);
        Template { place, ledger }
    }

    /// One run: a fresh copy, one fault, and every promise checked afterwards. Gives whether the
    /// call was reached.
    fn run(&self, scene: &'static str, call: Call, fault: Fault) -> bool {
        let dir = quick_folder();
        let (place, mut ledger) = self.begin(scene, dir.path());
        let order = order(&place, scene);
        let traced = trace(&order, call, fault);
        traced.ended.assert_no_panic();
        ledger.read_all(&traced.ended.lines);
        let told = || format!("{scene} {call:?} {fault:?}\n{:#?}", traced);
        assert!(traced.false_word(&place).is_none(), "{:?}\n{}", traced.false_word(&place), told());
        assert!(traced.synced_again().is_none(), "{:?}\n{}", traced.synced_again(), told());
        let fired = traced.fired(fault);
        let refused = !ledger.refused().is_empty()
            || traced.ended.lines.iter().any(|line| line.starts_with("REFUSED"));
        if fault == Fault::Error("EINTR") || !fired {
            assert!(!refused, "refused without a reason\n{}", told());
        }
        if let Err(why) = ledger.check(&place) {
            panic!("{why}\n{}", told());
        }
        fired
    }

    /// Where a scene begins, and what there is by then.
    fn begin(&self, scene: &'static str, dir: &Path) -> (Place, Ledger) {
        match scene {
            "create" => (Place::under(dir), Ledger::new()),
            _ => (self.place.copy_to(dir), self.ledger.clone()),
        }
    }

    /// A scene on a file system that lacks these calls: everything works without them.
    fn run_without(&self, scene: &'static str, calls: &'static [(&'static str, &'static str)]) {
        let dir = quick_folder();
        let (place, mut ledger) = self.begin(scene, dir.path());
        let fault = Fault::Lacking(calls);
        let traced = trace(&order(&place, scene), Call { name: "", number: 0 }, fault);
        let told = || format!("{scene} without {calls:?}\n{traced:#?}");
        traced.ended.assert_no_panic();
        ledger.read_all(&traced.ended.lines);
        let refused = traced.ended.lines.iter().any(|line| line.starts_with("REFUSED"));
        assert!(ledger.refused().is_empty() && !refused, "refused\n{}", told());
        assert!(traced.fired(fault), "no name was given\n{}", told());
        if let Err(why) = ledger.check(&place) {
            panic!("{why}\n{}", told());
        }
    }

    /// How often each call is made in a scene, by its busiest thread.
    fn counts(&self, scene: &'static str) -> BTreeMap<&'static str, usize> {
        let dir = quick_folder();
        let (place, _) = self.begin(scene, dir.path());
        let traced = trace(&order(&place, scene), Call { name: "", number: 0 }, Fault::None);
        let names = CHANGING.iter().chain(&LOOKING).copied();
        names.map(|name| (name, traced.count(name))).filter(|(_, count)| *count > 0).collect()
    }
}

fn order(place: &Place, scene: &str) -> Order {
    Order { task: "scene", place: place.clone(), seed: 77, passphrase: 1, detail: scene.to_owned() }
}

/// No system interrupts a call that only looks at names, and none a `mkdir`.
fn is_possible((_, call, fault): &(&str, Call, Fault)) -> bool {
    let waits = call.name == "read" || !LOOKING.contains(&call.name) && call.name != "mkdir";
    *fault != Fault::Error("EINTR") || waits
}

fn ready() -> bool {
    is_root() && has_tools(&["strace"])
}

/// Every call of every scene, or a sample of them.
fn plan(template: &Template, names: &[&str]) -> Vec<(&'static str, Call)> {
    let mut plan = Vec::new();
    for scene in SCENES {
        for (name, count) in template.counts(scene) {
            if names.contains(&name) {
                plan.extend((1..=count).map(|number| (scene, Call { name, number })));
            }
        }
    }
    plan
}

/// Runs what the plan says, in an order of its own, as far as the tally goes.
fn run_plan(
    template: &Template,
    mut plan: Vec<(&'static str, Call, Fault)>,
    seed: u64,
    tally: &mut Tally,
) {
    let mut dice = Dice::new(seed);
    for last in (1..plan.len()).rev() {
        plan.swap(last, dice.below(last as u64 + 1) as usize);
    }
    tally.at_most(plan.len() as u64);
    let fired = in_threads(2, tally, |_, next| {
        let mut fired = 0;
        while let Some(number) = next() {
            let (scene, call, fault) = plan[number as usize];
            fired += u64::from(template.run(scene, call, fault));
        }
        fired
    });
    let fired: u64 = fired.iter().sum();
    tally.print(&format!(", {fired} hit, no promise broken"));
    assert!(fired > 0, "no call was hit");
}

fn kills(mut tally: Tally) {
    if !ready() {
        return;
    }
    let dir = quick_folder();
    let template = Template::new(dir.path());
    let plan = plan(&template, &CHANGING);
    let plan = plan.into_iter().map(|(scene, call)| (scene, call, Fault::Kill)).collect();
    run_plan(&template, plan, 1, &mut tally);
}

fn errors(mut tally: Tally) {
    if !ready() {
        return;
    }
    let dir = quick_folder();
    let template = Template::new(dir.path());
    let names: Vec<&str> = CHANGING.iter().chain(&LOOKING).copied().collect();
    let calls = plan(&template, &names);
    let with = |errno| calls.iter().map(move |(scene, call)| (*scene, *call, Fault::Error(errno)));
    let plan = ERRORS.iter().flat_map(|errno| with(*errno)).filter(is_possible).collect();
    run_plan(&template, plan, 2, &mut tally);
}

#[test]
fn a_kill_at_a_call_of_the_system_loses_nothing_that_was_acknowledged() {
    alone(|| kills(Tally::new("kill -9 at a system call", "CAIRN_CALL_KILLS_SHORT", 30)));
}

#[test]
fn an_error_of_the_system_is_told_and_loses_nothing() {
    alone(|| errors(Tally::new("errors of system calls", "CAIRN_CALL_ERRORS_SHORT", 30)));
}

#[test]
fn a_disk_that_cannot_rename_without_replacing_or_link_takes_every_save_all_the_same() {
    alone(|| {
        if !ready() {
            return;
        }
        let dir = quick_folder();
        let template = Template::new(dir.path());
        for scene in SCENES {
            template.run_without(scene, &[("renameat2", "EINVAL")]);
            template.run_without(scene, &[("renameat2", "ENOSYS"), ("linkat", "EPERM")]);
        }
    });
}

#[test]
#[ignore = "minutes: every call that changes something; CAIRN_CALL_KILLS says at most how many"]
fn a_kill_at_every_call_of_the_system_loses_nothing() {
    alone(|| kills(Tally::new("kill -9 at each system call", "CAIRN_CALL_KILLS", u64::MAX)));
}

#[test]
#[ignore = "minutes: eight errors at every call; CAIRN_CALL_ERRORS says at most how many"]
fn every_error_at_every_call_of_the_system_is_told_and_loses_nothing() {
    alone(|| errors(Tally::new("errors of each system call", "CAIRN_CALL_ERRORS", u64::MAX)));
}
