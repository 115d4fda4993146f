//! The rolling check: it reads a share of the files, names what it finds as a full check does, and
//! saves again what a damaged file held while the local snapshot still has it.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};

use cairn::model::{Entry, Kind};
use cairn::vault::store::Store;
use cairn::vault::store::sim::{Fault, Machine, SimStore};
use cairn::vault::{Damage, OpenVault, ReadOnly, RollingCheck, Share, Step, Vault};
use serde_json::json;

use crate::support::twist::{Twist, Twisted};
use crate::support::vault::{EIO, World, id, later, note, now, passphrase, text, verify};

/// Notes which record files are read.
#[derive(Default)]
struct Reads(Mutex<Vec<String>>);

impl Twist for Reads {
    fn read(&self, store: &dyn Store, path: &str, cap: u64) -> io::Result<Vec<u8>> {
        if path.starts_with("records/") {
            self.0.lock().unwrap().push(path.to_owned());
        }
        store.read(path, cap)
    }
}

#[test]
fn each_check_reads_its_share_and_all_beginnings_together_read_everything() {
    let (world, mut open, _) = World::with_vault();
    for n in 0..120 {
        open.save(vec![note(n, "text")], now()).unwrap();
    }
    drop(open.lock(now()));
    let reads = Arc::new(Reads::default());
    let store = Twisted::new(Box::new(world.store.clone()), reads.clone());
    let vault = Vault::find(Box::new(store), Box::new(world.local.clone()));
    let vault = vault.unwrap().unwrap();
    let mut open = vault.unlock(&passphrase(), later(1)).map_err(|(_, error)| error).unwrap();
    assert!(reads.0.lock().unwrap().is_empty(), "opening reads none of them");
    let mut all = BTreeSet::new();
    for random in [0, 50, 100, u128::MAX] {
        let mut check = RollingCheck::start(&open, Share::USUAL, random);
        while matches!(check.step(&mut open, now()), Step::More(_)) {}
        let read = std::mem::take(&mut *reads.0.lock().unwrap());
        let read: BTreeSet<String> = read.into_iter().collect();
        assert_eq!(read.len(), 50);
        all.extend(read);
    }
    assert_eq!(all.into_iter().collect::<Vec<_>>(), world.record_files());
    assert!(open.damaged().is_empty());
}

#[test]
fn what_is_found_has_the_name_that_a_full_check_gives_it() {
    let (world, mut open, _) = World::with_vault();
    for n in 0..4 {
        open.save(vec![note(n, "text")], now()).unwrap();
    }
    drop(open.lock(now()));
    let mut open = world.open();
    let files = world.record_files();
    let [one, two, three, _] = files.as_slice() else { panic!("four files") };
    world.store.put(one, Vec::new());
    world.store.put(two, world.store.get(three).unwrap());
    world.store.remove(three);
    let mut check = RollingCheck::start(&open, Share::ALL, 0);
    while matches!(check.step(&mut open, now()), Step::More(_)) {}
    let found: Vec<(String, Damage)> =
        open.damaged().into_iter().map(|damaged| (damaged.file, damaged.why)).collect();
    let expected = [(one.clone(), Damage::Empty), (two.clone(), Damage::Hash)];
    assert_eq!(found, expected, "a file that went is missed by the next look, not damaged");
}

/// Reads every file again.
fn check_all(open: &mut OpenVault) -> bool {
    let mut check = RollingCheck::start(open, Share::ALL, 0);
    loop {
        if let Step::Done(found) = check.step(open, later(2)) {
            return found;
        }
    }
}

#[test]
fn what_a_damaged_file_held_outlives_the_snapshot_that_still_knew_it() {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one"), note(2, "two")], now()).unwrap();
    let file = world.record_files()[0].clone();
    let person = json!({ "name": "Dr Reed" });
    let person = Entry::new(Kind::Person, id(50), Vec::new(), person).unwrap();
    open.save(vec![person], now()).unwrap();
    drop(open.lock(now()));
    let mut bytes = world.store.get(&file).unwrap();
    bytes[300] ^= 1;
    world.store.put(&file, bytes);

    let mut open = world.open();
    let versions = |open: &OpenVault| [1, 2].map(|n| open.records().heads(id(n)));
    let before = versions(&open);
    assert!(check_all(&mut open));
    assert_eq!(open.damaged().len(), 1, "it is still told");
    // Erasing somebody takes the whole snapshot away.
    open.erase(id(50), &mut || id(900), later(3)).unwrap();
    drop(open.lock(later(3)));
    let mut open = world.open();
    assert_eq!(versions(&open), before, "the same versions, none of them twice");
    assert_eq!((text(&open, 1).as_deref(), text(&open, 2).as_deref()), (Some("one"), Some("two")));
    let files = world.record_files().len();
    assert!(!check_all(&mut open) && world.record_files().len() == files, "and saved once");
    assert_eq!(verify(&open).damaged.len(), 1);
}

#[test]
fn what_a_full_check_finds_is_known_at_the_next_opening() {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one")], now()).unwrap();
    drop(open.lock(now()));
    let file = world.record_files()[0].clone();
    world.store.put(&file, vec![7; 700]);
    let mut open = world.open();
    let report = verify(&open);
    assert!(open.take_damage(&report.damaged, later(1)), "it is news");
    assert!(!open.take_damage(&report.damaged, later(1)), "and then not any more");
    drop(open.lock(later(2)));
    let mut open = world.open();
    let mut check = RollingCheck::start(&open, Share::NONE, 0);
    while matches!(check.step(&mut open, later(3)), Step::More(_)) {}
    assert_eq!(open.damaged().len(), 1, "the smallest check looks at it again");
}

#[test]
fn a_disk_that_goes_away_during_a_check_says_nothing_of_single_files() {
    let (world, mut open, _) = World::with_vault();
    for n in 0..40 {
        open.save(vec![note(n, "text")], now()).unwrap();
    }
    drop(open.lock(now()));
    let machine = Machine::new();
    let store = Box::new(SimStore::new(&machine, 0, world.store.clone()));
    let vault = Vault::find(store, Box::new(world.local.clone())).unwrap().unwrap();
    let mut open = vault.unlock(&passphrase(), later(1)).map_err(|(_, error)| error).unwrap();
    let mut check = RollingCheck::start(&open, Share::ALL, 0);
    assert!(matches!(check.step(&mut open, now()), Step::More(_)));
    machine.arm(Fault::from(1, EIO));
    assert!(
        matches!(check.step(&mut open, now()), Step::Done(false)),
        "it ends, and found nothing"
    );
    assert!(open.damaged().is_empty(), "{:?}", open.damaged());
    // Nor does it remember any of them at the next opening.
    drop(open);
    let mut open = world.open();
    let mut check = RollingCheck::start(&open, Share::NONE, 0);
    assert!(matches!(check.step(&mut open, later(2)), Step::Done(false)), "nothing to look at");
}

#[test]
fn a_window_that_may_not_write_checks_too() {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one"), note(2, "two")], now()).unwrap();
    let file = world.record_files()[0].clone();
    let mut second = world.open();
    assert_eq!(second.read_only(), Some(ReadOnly::Locked));
    world.store.put(&file, vec![7; 700]);
    assert!(check_all(&mut second), "it tells what it finds");
    assert_eq!(second.damaged().len(), 1);
    assert_eq!(world.record_files(), [file], "and writes nothing to mend it");
}
