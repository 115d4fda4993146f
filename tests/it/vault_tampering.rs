//! A vault of twenty files in the hands of somebody else: whatever bit they flip, whatever they
//! cut off, add, swap, rename, replay, take away or set back, it is noticed and called by its
//! name, and nothing wrong is shown as a record.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use cairn::vault::store::memory::MemoryStore;
use cairn::vault::store::sim::Dice;
use cairn::vault::{Absence, Damage, KnownBy, OpenVault, VaultError, Warning};

use crate::support::vault::{
    World, damage, go_on, later, next_version, note, now, passphrase, renamed, text, verify,
};
use crate::vault_damage::all_are_damaged;

/// Records of this computer and of another, of several sizes: with the two key files, the first
/// file and the page for rescue they are twenty.
const OWN: u64 = 10;
const OTHERS: u64 = 6;

fn twenty_files() -> World {
    let (world, mut open, _) = World::with_vault();
    for number in 1..OWN {
        open.save(vec![note(number, &"words ".repeat(50 * number as usize))], now()).unwrap();
    }
    let mut other = world.elsewhere().open();
    for number in 0..OTHERS {
        other.save(vec![note(100 + number, "from elsewhere")], now()).unwrap();
    }
    drop(other.lock(now()));
    open.refresh(now()).unwrap();
    // This one has seen the other computer's.
    open.save(vec![next_version(&open, 1, "again")], now()).unwrap();
    drop(open.lock(now()));
    assert_eq!(world.store.paths().len(), 20);
    world
}

/// The world with one record alone, so that nothing else counts.
fn alone(world: &World, file: &str) -> World {
    let alone = World { store: world.store.copy(), local: MemoryStore::new() };
    for other in alone.record_files().iter().filter(|other| *other != file) {
        alone.store.remove(other);
    }
    alone
}

/// Every `step`-th number below `end`, from a place that differs from file to file.
fn some(end: usize, step: usize, file: &str) -> impl Iterator<Item = usize> + use<> {
    let seed = file.bytes().fold(0_u64, |sum, byte| sum * 31 % 1_000_003 + u64::from(byte));
    (Dice::new(seed).pick(step)..end).step_by(step)
}

fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut flipped = bytes.to_vec();
    flipped[bit / 8] ^= 1 << (bit % 8);
    flipped
}

/// The bytes cut short and with something added.
fn other_lengths(bytes: &[u8], step: usize, file: &str) -> Vec<Vec<u8>> {
    let cut = some(bytes.len() - 1, step, file).map(|length| bytes[..=length].to_vec());
    // A whole last byte is no cut.
    let cut = cut.filter(|cut| cut.len() < bytes.len());
    let added = some(4096, step, file).map(|more| [bytes, &vec![0; more + 1]].concat());
    cut.chain(added).collect()
}

/// Does this to each of the files on all cores, and adds up what it gives.
fn on_each(files: &[String], work: impl Fn(&str) -> usize + Sync) -> usize {
    let (next, sum) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let failed = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, |cores| cores.get()) {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match catch_unwind(AssertUnwindSafe(|| work(file))) {
                        Ok(count) => drop(sum.fetch_add(count, Ordering::Relaxed)),
                        Err(_) => drop(failed.lock().unwrap().insert(file.clone())),
                    }
                }
            });
        }
    });
    assert_eq!(failed.into_inner().unwrap(), None, "the file that was not judged right");
    sum.into_inner()
}

/// Flips bits of all records and changes their length, under the old name and one that fits.
fn tamper_with_records(step: usize) {
    let world = twenty_files();
    let tampered = on_each(&world.record_files(), |file| {
        let bytes = world.store.get(file).unwrap();
        let flips = some(bytes.len() * 8, step, file).map(|bit| flipped(&bytes, bit));
        let variants: Vec<Vec<u8>> = flips.chain(other_lengths(&bytes, step, file)).collect();
        let mut count = 0;
        // Not too many at once in one folder.
        for variants in variants.chunks(4000) {
            let alone = alone(&world, file);
            let open = alone.open();
            assert_eq!(open.records().len(), 1);
            all_are_damaged(&alone, &open, file, variants.to_vec());
            drop(open);
            let open = alone.elsewhere().open();
            assert!(open.records().is_empty(), "shown as text: {file}");
            assert_eq!(open.damaged().len(), 2 * variants.len());
            count += 2 * variants.len();
        }
        count
    });
    eprintln!("{tampered} tampered records, all noticed, none shown");
}

/// The same with the key files, of which one that does not fit must not open the vault.
fn tamper_with_keys(step: usize) {
    let world = twenty_files();
    let [kind] = &world.key_files("identity")[..] else { panic!("one identity file") };
    let bytes = world.store.get(kind).unwrap();
    let flips = some(bytes.len() * 8, step, kind).map(|bit| flipped(&bytes, bit));
    let variants: Vec<Vec<u8>> = flips.chain(other_lengths(&bytes, step, kind)).collect();
    let names: Vec<String> = (0..variants.len()).map(|index| index.to_string()).collect();
    let tampered = on_each(&names, |index| {
        let bytes = &variants[index.parse::<usize>().unwrap()];
        for name in [kind.clone(), renamed(kind, bytes)] {
            let store = MemoryStore::new();
            store.put("VAULT.json", world.store.get("VAULT.json").unwrap());
            store.put(&name, bytes.clone());
            let tampered = World { store, local: MemoryStore::new() };
            let refused = tampered.try_open(&passphrase()).err();
            let report = tampered.find().verify(&mut go_on).unwrap();
            if name == *kind {
                assert!(matches!(refused, Some(VaultError::DamagedKeyFile { .. })), "{refused:?}");
                assert_eq!(report.damaged[0].why, Damage::Hash, "seen without a passphrase");
            } else {
                let told = matches!(
                    refused,
                    Some(VaultError::DamagedKeyFile { .. } | VaultError::WrongPassphrase)
                );
                assert!(told, "{refused:?}");
            }
        }
        2
    });
    eprintln!("{tampered} tampered key files, none opens");
}

/// The same with `VAULT.json`, which has no hash: what it says is checked against the key file.
fn tamper_with_the_first_file(step: usize) {
    let world = twenty_files();
    let bytes = world.store.get("VAULT.json").unwrap();
    let flips = some(bytes.len() * 8, step, "flips").map(|bit| flipped(&bytes, bit));
    let cut = some(bytes.len() - 1, step, "cut").map(|length| bytes[..length].to_vec());
    let key = world.key_files("identity").remove(0);
    let mut count = 0;
    for tampered in flips.chain(cut) {
        let store = MemoryStore::new();
        store.put(&key, world.store.get(&key).unwrap());
        store.put("VAULT.json", tampered.clone());
        let open = World { store, local: MemoryStore::new() }.open();
        let told = open.read_only().is_some() || open.warnings().contains(&Warning::OtherVault);
        assert!(told, "{}", String::from_utf8_lossy(&tampered));
        count += 1;
    }
    eprintln!("{count} tampered first files, all noticed");
}

#[test]
fn flipped_bits_and_other_lengths_of_any_file_are_noticed() {
    tamper_with_records(151);
    tamper_with_keys(101);
    tamper_with_the_first_file(7);
}

#[test]
#[ignore = "long: every bit and every length of every file"]
fn every_flipped_bit_and_every_other_length_of_every_file_is_noticed() {
    tamper_with_records(1);
    tamper_with_keys(1);
    tamper_with_the_first_file(1);
}

#[test]
fn records_that_change_places_are_refused_wherever_they_are_put() {
    let world = twenty_files();
    let files = world.record_files();
    let bytes = |file: &String| world.store.get(file).unwrap();
    for (index, one) in files.iter().enumerate() {
        for two in &files[index + 1..] {
            let swapped = World { store: MemoryStore::new(), local: MemoryStore::new() };
            for path in world.store.paths().iter().filter(|path| !path.starts_with("records/")) {
                swapped.store.put(path, world.store.get(path).unwrap());
            }
            swapped.store.put(one, bytes(two));
            swapped.store.put(two, bytes(one));
            let by_name = swapped.find().verify(&mut go_on).unwrap();
            assert_eq!(by_name.damaged.len(), 2, "seen without a passphrase");
            assert!(by_name.damaged.iter().all(|damaged| damaged.why == Damage::Hash));
            // With names that fit the bytes, only the key shows that they belong elsewhere.
            for (file, content) in [(one, bytes(two)), (two, bytes(one))] {
                swapped.store.remove(file);
                swapped.store.put(&renamed(file, &content), content);
            }
            let open = swapped.open();
            let why: Vec<Damage> = open.damaged().into_iter().map(|found| found.why).collect();
            assert_eq!(why, [Damage::Place, Damage::Place], "{one} and {two}");
            assert!(open.records().is_empty());
        }
    }
}

#[test]
fn a_record_under_another_number_or_computer_or_in_another_vault_is_refused() {
    let world = twenty_files();
    let files = world.record_files();
    let elsewhere = twenty_files();
    let open = world.open();
    let there = elsewhere.open();
    let devices: Vec<&str> = files.iter().map(|file| file.split('/').nth(1).unwrap()).collect();
    let foreign = devices.iter().find(|device| **device != devices[0]).unwrap();
    for file in &files {
        let bytes = world.store.get(file).unwrap();
        let (folder, name) = file.rsplit_once('/').unwrap();
        let (_, hash) = name.split_once('-').unwrap();
        let device = folder.split('/').nth(1).unwrap();
        let other = if device == *foreign { devices[0] } else { foreign };
        for path in [
            // A replay as the newest record of its computer.
            format!("{folder}/00000099-{hash}"),
            format!("{}/{name}", folder.replace(device, other)),
            format!("records/aaaaaaaa/00000/{name}"),
        ] {
            world.store.put(&path, bytes.clone());
            assert_eq!(damage(&open, &path), Some(Damage::Place), "{path}");
            world.store.remove(&path);
        }
        elsewhere.store.put(file, bytes);
        assert_eq!(damage(&there, file), Some(Damage::Decrypt), "{file}");
        elsewhere.store.remove(file);
    }
}

/// The warnings two days later, when nothing is on its way any more, without doubles.
fn missed(open: &OpenVault) -> Vec<(String, KnownBy, Absence)> {
    let report = open.verify(later(60 * 48), &mut go_on).unwrap();
    assert!(report.damaged.is_empty());
    let missing = |warning| match warning {
        Warning::Missing { file, known_by, class } => (file, known_by, class),
        other => panic!("another warning: {other}"),
    };
    report.warnings.into_iter().map(missing).collect()
}

#[test]
fn each_record_that_is_taken_away_is_missed_and_the_others_are_read() {
    let world = twenty_files();
    let files = world.record_files();
    let newest = |file: &String| {
        let device = file.rsplit_once('/').unwrap().0;
        files.iter().rfind(|other| other.starts_with(device)) == Some(file)
    };
    for file in &files {
        let robbed = world.copy();
        robbed.store.remove(file);
        let open = robbed.open();
        let class = if newest(file) { Absence::SetBack } else { Absence::TakenOut };
        let missed = missed(&open);
        assert!(!missed.is_empty(), "{file} is not missed");
        assert!(missed.iter().all(|(missing, _, why)| (missing, *why) == (file, class)));
        assert_eq!(verify(&open).files, files.len() - 1);
    }
}

#[test]
fn each_tail_that_is_cut_off_is_noticed_by_this_computer_and_by_what_others_have_seen() {
    let world = twenty_files();
    let files = world.record_files();
    let device = |file: &String| file.rsplit_once('/').unwrap().0.to_owned();
    let (one, two): (Vec<&String>, Vec<&String>) =
        files.iter().partition(|file| device(file) == device(&files[0]));
    for chain in [one, two] {
        let mine = chain.len() == OWN as usize;
        for keep in 0..chain.len() {
            let back = world.copy();
            chain[keep..].iter().for_each(|file| drop(back.store.remove(file)));
            let missed_here = missed(&back.open());
            let last = chain[chain.len() - 1];
            let noticed = missed_here.iter().any(|(file, known_by, class)| {
                file == last && *known_by == KnownBy::ThisComputer && *class == Absence::SetBack
            });
            assert!(noticed, "{keep} of {} left: {missed_here:?}", chain.len());
            // A computer that has never seen the vault knows of the other chain from this one.
            let missed_there = missed(&back.elsewhere().open());
            let told = |(file, known_by, _): &(String, KnownBy, Absence)| {
                file == last && *known_by == KnownBy::OtherDevice
            };
            assert!(mine || missed_there.iter().any(told), "{missed_there:?}");
        }
    }
}

#[test]
fn a_folder_set_back_to_any_earlier_state_is_noticed_and_stays_usable() {
    let (world, mut open, _) = World::with_vault();
    let mut states = Vec::new();
    for number in 1..=8 {
        states.push(world.store.copy());
        open.save(vec![note(number, "text")], now()).unwrap();
    }
    drop(open.lock(now()));
    for (saved, state) in states.into_iter().enumerate() {
        let back = World { store: state, local: world.local.copy() };
        let mut open = back.open();
        let set_back = missed(&open);
        assert!(matches!(&set_back[..], [(_, KnownBy::ThisComputer, Absence::SetBack)]));
        assert_eq!(open.records().len(), saved);
        let file = open.save(vec![note(100, "goes on")], now()).unwrap().file;
        assert!(file.contains("/00000009-"), "no number is used twice: {file}");
        assert_eq!(text(&open, 100).as_deref(), Some("goes on"));
    }
}
