//! Backup and restore: every file arrives whole or not at all, nothing sound is ever replaced,
//! and the receipt says what there was.

use std::io;
use std::sync::Arc;

use cairn::model::{Body, Entry, Id, Kind};
use cairn::vault::names::Hash128;
use cairn::vault::store::Store;
use cairn::vault::store::memory::MemoryStore;
use cairn::vault::store::sim::SimStore;
use cairn::vault::{
    Backup, BackupMade, CopyError, Damage, OpenVault, Passphrase, Restore, Restored, Step, Vault,
    VaultError, receipt_words,
};

use serde_json::json;

use crate::support::twist::{Twist, Twisted};
use crate::support::vault::{
    World, at_calls, at_every_call, cost, head, id, later, next_version, note, now, passphrase,
    text, verify,
};

fn receipt(number: u64) -> Id {
    id(1_000_000 + number)
}

fn back_up(vault: &mut OpenVault, to: &MemoryStore, number: u64) -> Result<BackupMade, CopyError> {
    back_up_to(vault, Box::new(to.clone()), number)
}

fn back_up_to(
    vault: &mut OpenVault,
    to: Box<dyn Store>,
    number: u64,
) -> Result<BackupMade, CopyError> {
    let minutes = i64::try_from(number).unwrap();
    let mut backup = Backup::start(vault, to, "stick", receipt(number))?;
    loop {
        if let Step::Done(made) = backup.step(vault, later(minutes))? {
            return Ok(made);
        }
    }
}

fn restore(from: &MemoryStore, to: &MemoryStore) -> Result<Restored, CopyError> {
    restore_between(Box::new(from.clone()), Box::new(to.clone()))
}

fn restore_between(from: Box<dyn Store>, to: Box<dyn Store>) -> Result<Restored, CopyError> {
    let mut restore = Restore::start(from, to)?;
    loop {
        if let Step::Done(restored) = restore.step()? {
            return Ok(restored);
        }
    }
}

/// The same files on another computer.
fn on(store: &MemoryStore) -> World {
    World { store: store.clone(), local: MemoryStore::new() }
}

/// Every file with the hash of its bytes.
fn files(store: &MemoryStore) -> Vec<(String, Hash128)> {
    let hash = |path: &str| Hash128::of(&store.get(path).unwrap());
    store.paths().into_iter().map(|path| (path.clone(), hash(&path))).collect()
}

/// Without what a cut-off writing left beside them.
fn whole_files(store: &MemoryStore) -> Vec<(String, Hash128)> {
    files(store).into_iter().filter(|(path, _)| !path.contains("~$")).collect()
}

/// A vault with three versions of two notes.
fn small() -> (World, OpenVault) {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one")], now()).unwrap();
    open.save(vec![note(2, "two")], now()).unwrap();
    open.save(vec![next_version(&open, 1, "one more")], now()).unwrap();
    (world, open)
}

#[test]
fn a_backup_is_the_vault_and_its_receipt_counts_what_it_holds() {
    let (world, mut open) = small();
    let stick = MemoryStore::new();
    let made = back_up(&mut open, &stick, 1).unwrap();
    assert_eq!((made.files, made.copied, made.mended, made.only_there), (3, 3, 0, 0));
    assert!(made.damaged.is_empty());
    assert_eq!(files(&stick), files(&world.store), "every file, the receipt's own too");

    let (id, kept) = made.receipt.unwrap();
    let backup = kept.backup.clone().unwrap();
    assert_eq!((backup.files, backup.heads.len(), kept.to.as_str()), (3, 1, "stick"));
    let words = receipt_words(id, &kept).unwrap();
    assert_eq!(words.split(' ').count(), 4);

    let elsewhere = on(&stick);
    let copy = elsewhere.open();
    assert_eq!(text(&copy, 1).as_deref(), Some("one more"));
    let report = verify(&copy);
    assert!(report.damaged.is_empty() && report.warnings.is_empty(), "{report:?}");
    let held = head(&copy, id).unwrap();
    assert_eq!(Body::read(held.kind, &held.body).unwrap(), Body::Receipt(kept));
    let first = u16::from_str_radix(&held.rev.to_string()[..3], 16).unwrap() >> 1;
    let list = bip39::Language::English.word_list();
    assert_eq!(words.split(' ').next(), Some(list[usize::from(first)]));
    let compared = copy.compare_with_backup().unwrap();
    assert!(compared.same && compared.nothing_missing() && compared.words == words);
}

#[test]
fn the_next_backup_copies_only_what_is_new_and_mends_what_is_damaged_there() {
    let (world, mut open) = small();
    let stick = MemoryStore::new();
    back_up(&mut open, &stick, 1).unwrap();
    open.save(vec![note(3, "three")], now()).unwrap();
    let records = on(&stick).record_files();
    let sound = stick.get(&records[0]).unwrap();
    stick.put(&records[0], sound[..100].to_vec());
    stick.put(&records[1], Vec::new());
    let key = on(&stick).key_files("identity").remove(0);
    stick.put(&key, b"torn".to_vec());
    stick.put("VAULT.json", Vec::new());
    stick.put("holiday.jpg", b"mine".to_vec());
    let made = back_up(&mut open, &stick, 2).unwrap();
    assert_eq!((made.files, made.copied, made.mended), (5, 1, 2));
    stick.remove("holiday.jpg").expect("what is not Cairn's stays");
    assert_eq!(files(&stick), files(&world.store));

    // What the vault has lost, the backup keeps and tells.
    world.store.remove(&records[2]);
    let made = back_up(&mut open, &stick, 3).unwrap();
    assert_eq!((made.copied, made.only_there), (0, 1));
    assert!(stick.get(&records[2]).is_some());
}

#[test]
fn a_damaged_file_of_the_vault_is_listed_and_never_takes_the_place_of_a_sound_one() {
    let (world, mut open) = small();
    let stick = MemoryStore::new();
    let records = world.record_files();
    let sound = world.store.get(&records[0]).unwrap();
    let mut flipped = sound.clone();
    flipped[300] ^= 1;
    world.store.put(&records[0], flipped.clone());
    let made = back_up(&mut open, &stick, 1).unwrap();
    assert_eq!(made.files, 2);
    assert_eq!(made.damaged.len(), 1);
    assert_eq!((&made.damaged[0].file, &made.damaged[0].why), (&records[0], &Damage::Hash));
    assert!(stick.get(&records[0]).is_none());
    assert_eq!(made.receipt.unwrap().1.backup.unwrap().damaged, 1);

    world.store.put(&records[0], sound.clone());
    back_up(&mut open, &stick, 2).unwrap();
    world.store.put(&records[0], flipped);
    back_up(&mut open, &stick, 3).unwrap();
    assert_eq!(stick.get(&records[0]), Some(sound), "the sound one stays");
}

#[test]
fn a_changed_passphrase_leaves_the_backup_only_once_the_new_one_is_there() {
    let (world, mut open) = small();
    let stick = MemoryStore::new();
    back_up(&mut open, &stick, 1).unwrap();
    let new = Passphrase::new("another one");
    open.change_passphrase(&passphrase(), &new, cost()).unwrap();
    let key = open.new_recovery_key(receipt(9), now()).unwrap();
    open.shut_older_recovery_keys_out().unwrap();
    drop(open);
    let mut open = world.try_open(&new).unwrap();
    back_up(&mut open, &stick, 2).unwrap();
    assert!(matches!(on(&stick).try_open(&passphrase()), Err(VaultError::WrongPassphrase)));
    on(&stick).try_open(&new).unwrap();
    assert_eq!(on(&stick).key_files(""), world.key_files(""));
    let copy = on(&stick).find().recover(&key, &passphrase(), cost(), now());
    assert_eq!(text(&copy.map_err(|(_, error)| error).unwrap(), 2).as_deref(), Some("two"));
}

#[test]
fn a_strange_key_file_in_the_vault_shuts_nobody_out_of_the_backup() {
    let (world, mut open) = small();
    let stick = MemoryStore::new();
    back_up(&mut open, &stick, 1).unwrap();
    let before = on(&stick).key_files("");
    assert_eq!(before.len(), 2);
    // Somebody who can write into the folder puts later key files there and takes the others.
    let other = World::with_vault().0;
    for kind in ["identity", "recovery"] {
        let bytes = other.store.get(&other.key_files(kind)[0]).unwrap();
        let number = if kind == "identity" { "p" } else { "r" };
        let hash = Hash128::of(&bytes);
        world.store.put(&format!("keys/{kind}-0001-{number}999-{hash}.age"), bytes);
        world.store.remove(&world.key_files(kind)[0]);
    }
    back_up(&mut open, &stick, 2).unwrap();
    assert!(before.iter().all(|key| stick.get(key).is_some()), "{:?}", stick.paths());
    on(&stick).try_open(&passphrase()).unwrap();
}

#[test]
fn another_vault_is_never_written_into() {
    let (_, mut open) = small();
    let (other, _) = small();
    let before = files(&other.store);
    let first = other.store.get("VAULT.json").unwrap();
    let refused = back_up(&mut open, &other.store, 1).err();
    assert!(matches!(refused, Some(CopyError::Target(VaultError::OtherVault))), "{refused:?}");
    let stick = MemoryStore::new();
    back_up(&mut open, &stick, 1).unwrap();
    let refused = restore(&stick, &other.store).err();
    assert!(matches!(refused, Some(CopyError::Target(VaultError::OtherVault))), "{refused:?}");
    // Neither when the file that says whose it is has gone.
    other.store.remove("VAULT.json");
    let refused = restore(&stick, &other.store).err();
    assert!(matches!(refused, Some(CopyError::Target(VaultError::OtherVault))), "{refused:?}");
    other.store.put("VAULT.json", first);
    assert_eq!(files(&other.store), before);
    let refused = restore(&MemoryStore::new(), &MemoryStore::new()).err();
    assert!(matches!(refused, Some(CopyError::Source(VaultError::NotAVault(_)))), "{refused:?}");
}

#[test]
fn a_restore_brings_every_byte_back_into_an_empty_folder_with_the_recovery_key_alone() {
    let (world, mut open, key) = World::with_vault();
    for number in 1..=30 {
        open.save(vec![note(number, "kept")], now()).unwrap();
    }
    let stick = MemoryStore::new();
    let made = back_up(&mut open, &stick, 1).unwrap();
    drop(open);
    let fresh = World::empty();
    let restored = restore(&stick, &fresh.store).unwrap();
    assert!(restored.fresh && restored.damaged.is_empty());
    // The receipt's own file comes on top of those that it counts.
    assert_eq!((restored.files, restored.copied), (made.files + 1, made.files + 1));
    assert_eq!(files(&fresh.store), files(&world.store));
    let open = fresh.find().recover(&key, &Passphrase::new("a new one"), cost(), now());
    let open = open.map_err(|(_, error)| error).unwrap();
    let report = verify(&open);
    assert!(report.damaged.is_empty() && report.warnings.is_empty(), "{report:?}");
    let compared = open.compare_with_backup().unwrap();
    assert!(compared.same, "{compared:?}");
    assert_eq!(compared.files, 30);
}

#[test]
fn a_restore_mends_a_damaged_vault_and_leaves_what_is_newer() {
    let (world, mut open) = small();
    let stick = MemoryStore::new();
    back_up(&mut open, &stick, 1).unwrap();
    open.save(vec![note(4, "after the backup")], now()).unwrap();
    open.change_passphrase(&passphrase(), &Passphrase::new("newer"), cost()).unwrap();
    drop(open);
    let whole = files(&world.store);
    let records = world.record_files();
    world.store.put(&records[0], b"rot".to_vec());
    world.store.remove(&records[1]);
    world.store.put("VAULT.json", b"{".to_vec());
    world.store.remove("RESCUE.txt");
    let restored = restore(&stick, &world.store).unwrap();
    assert_eq!((restored.copied, restored.mended, restored.fresh), (1, 1, false));
    assert_eq!(files(&world.store), whole, "the older passphrase does not come back");
    let open = world.try_open(&Passphrase::new("newer")).unwrap();
    assert!(verify(&open).damaged.is_empty());
    assert_eq!(text(&open, 4).as_deref(), Some("after the backup"));
}

#[test]
fn what_a_restored_vault_lacks_is_named() {
    let (_, mut open) = small();
    let stick = MemoryStore::new();
    back_up(&mut open, &stick, 1).unwrap();
    let records = on(&stick).record_files();
    stick.remove(&records[2]);
    stick.remove(&records[0]);
    let fresh = World::empty();
    restore(&stick, &fresh.store).unwrap();
    let compared = fresh.open().compare_with_backup().unwrap();
    assert!(!compared.same && !compared.nothing_missing());
    assert_eq!(compared.files, 1);
    assert_eq!(compared.missing_heads, [records[2].clone()]);
}

#[test]
fn a_backup_that_a_wrong_clock_dated_ahead_does_not_stand_for_the_later_ones() {
    let (world, mut vault, _) = World::with_vault();
    let stick = MemoryStore::new();
    vault.save(vec![note(1, "one")], now()).unwrap();
    let in_a_year = 60 * 24 * 365;
    back_up(&mut vault, &stick, in_a_year).unwrap();
    vault.save(vec![note(2, "two")], later(2)).unwrap();
    back_up(&mut vault, &stick, 3).unwrap();
    let compared = vault.compare_with_backup().unwrap();
    assert_eq!(compared.receipt.at, later(3), "the later one is told by what it held");
    drop(vault);
    assert!(on(&stick).open().compare_with_backup().unwrap().same);
    drop(world);
}

#[test]
fn saves_between_the_steps_are_in_the_backup_too() {
    let (world, mut open) = small();
    let stick = MemoryStore::new();
    let to = Box::new(stick.clone());
    let mut backup = Backup::start(&open, to, "stick", receipt(1)).unwrap();
    let mut number = 10;
    let made = loop {
        match backup.step(&mut open, now()).unwrap() {
            Step::Done(made) => break made,
            Step::More(progress) => assert!(progress.done <= progress.total),
        }
        if number < 14 {
            number += 1;
            open.save(vec![note(number, "meanwhile")], now()).unwrap();
        }
    };
    assert_eq!(made.files, 7);
    assert_eq!(files(&stick), files(&world.store));
}

#[test]
fn a_backup_that_is_stopped_goes_on_where_it_was() {
    let (world, mut open, _) = World::with_vault();
    for number in 1..=20 {
        open.save(vec![note(number, "kept")], now()).unwrap();
    }
    let stick = MemoryStore::new();
    let to = Box::new(stick.clone());
    let mut backup = Backup::start(&open, to, "stick", receipt(1)).unwrap();
    for _ in 0..11 {
        assert!(matches!(backup.step(&mut open, now()).unwrap(), Step::More(_)));
    }
    drop(backup);
    assert_eq!(on(&stick).record_files().len(), 10);
    assert_eq!(text(&on(&stick).open(), 10).as_deref(), Some("kept"), "it opens as it is");
    let made = back_up(&mut open, &stick, 1).unwrap();
    assert_eq!((made.files, made.copied), (20, 10));
    assert_eq!(files(&stick), files(&world.store));
}

#[test]
fn a_vault_that_can_only_be_read_is_copied_without_a_receipt() {
    let (world, first) = small();
    let mut second = world.open();
    assert!(second.read_only().is_some());
    let stick = MemoryStore::new();
    let made = back_up(&mut second, &stick, 1).unwrap();
    assert!(matches!(made.receipt, Err(VaultError::OpenedReadOnly(_))));
    assert_eq!(files(&stick), files(&world.store));
    drop(first);
}

#[test]
fn a_backup_that_breaks_anywhere_harms_neither_side_and_the_next_one_is_whole() {
    let (prepared, mut open) = small();
    let held = MemoryStore::new();
    back_up(&mut open, &held, 1).unwrap();
    open.save(vec![note(4, "four")], now()).unwrap();
    open.change_passphrase(&passphrase(), &passphrase(), cost()).unwrap();
    drop(open);
    let damaged = on(&held).record_files().remove(0);
    held.put(&damaged, b"rot".to_vec());
    at_calls(2, |machine, arm| {
        let (world, stick) = (prepared.copy(), held.copy());
        let store = Box::new(SimStore::new(machine, 0, world.store.clone()));
        let vault = Vault::find(store, Box::new(world.local.clone())).unwrap().unwrap();
        let mut open = vault.unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap();
        let before = files(&world.store);
        arm();
        let to = Box::new(SimStore::new(machine, 1, stick.clone()));
        let result = back_up_to(&mut open, to, 2);
        let fired = machine.disarm();
        let after = files(&world.store);
        let harmed = before.iter().find(|file| !after.contains(file));
        assert!(harmed.is_none(), "{harmed:?} after {fired:?}");
        match &result {
            Ok(made) if made.receipt.is_err() || !made.damaged.is_empty() => {}
            // An error that was overcome: the copy is whole in spite of it.
            Ok(_) => assert_eq!(whole_files(&stick), whole_files(&world.store), "{fired:?}"),
            Err(error) => assert!(fired.is_some(), "{error:?}"),
        }
        // What is there opens, whatever happened.
        on(&stick).try_open(&passphrase()).unwrap_or_else(|error| panic!("{error} {fired:?}"));
        let made = back_up(&mut open, &stick, 3).unwrap();
        assert!(made.damaged.is_empty(), "{:?} {fired:?}", made.damaged);
        assert_eq!(whole_files(&stick), whole_files(&world.store), "after {fired:?}");
        u32::from(fired.is_some())
    });
}

#[test]
fn a_restore_that_breaks_anywhere_harms_neither_side_and_the_next_one_is_whole() {
    let (world, mut open) = small();
    let stick = MemoryStore::new();
    back_up(&mut open, &stick, 1).unwrap();
    drop(open);
    let whole = files(&world.store);
    for fresh in [true, false] {
        at_every_call(|machine, arm| {
            let target = if fresh { World::empty() } else { world.copy() };
            if !fresh {
                let records = target.record_files();
                target.store.put(&records[1], b"rot".to_vec());
                target.store.remove(&records[2]);
            }
            arm();
            let from = Box::new(SimStore::new(machine, 1, stick.clone()));
            let to = Box::new(SimStore::new(machine, 0, target.store.clone()));
            let result = restore_between(from, to);
            let fired = machine.disarm();
            match &result {
                Ok(restored) if !restored.damaged.is_empty() => {}
                Ok(_) => assert_eq!(whole_files(&target.store), whole, "{fired:?}"),
                Err(error) => assert!(fired.is_some(), "{error:?}"),
            }
            assert_eq!(files(&stick), whole, "the backup is only read");
            restore(&stick, &target.store).unwrap();
            assert_eq!(whole_files(&target.store), whole, "after {fired:?}");
            u32::from(fired.is_some())
        });
    }
}

/// A stick that lets no record go.
struct Clinging;

impl Twist for Clinging {
    fn unlink(&self, store: &dyn Store, path: &str) -> io::Result<()> {
        if path.starts_with("records/") {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        store.unlink(path)
    }
}

#[test]
fn the_next_backup_takes_out_whom_the_vault_has_erased_or_says_that_it_could_not() {
    let (world, mut open) = small();
    let others = world.record_files();
    let person = Entry::new(Kind::Person, id(50), Vec::new(), json!({ "name": "Dr Reed" }));
    open.save(vec![person.unwrap()], now()).unwrap();
    let mut theirs = world.record_files();
    theirs.retain(|path| !others.contains(path));
    let stick = MemoryStore::new();
    back_up(&mut open, &stick, 1).unwrap();
    assert!(!theirs.is_empty() && theirs.iter().all(|path| stick.get(path).is_some()));

    open.erase(id(50), &mut || id(900), later(2)).unwrap();
    let clinging = Box::new(Twisted::new(Box::new(stick.clone()), Arc::new(Clinging)));
    let refused = back_up_to(&mut open, clinging, 3).err();
    let told = matches!(&refused, Some(CopyError::Target(VaultError::Permission { file }))
        if theirs.contains(file));
    assert!(told, "{refused:?}");
    let made = back_up(&mut open, &stick, 4).unwrap();
    assert_eq!(made.only_there, 0, "what was erased is not missed");
    assert!(theirs.iter().all(|path| stick.get(path).is_none()));
    assert_eq!(files(&stick), files(&world.store));
    assert!(on(&stick).open().warnings().is_empty());
}

#[test]
fn a_vault_that_was_set_back_takes_no_newer_key_from_the_backup() {
    let (world, open) = small();
    drop(open);
    let before = world.copy();
    let mut open = world.open();
    let new = Passphrase::new("another one");
    open.change_passphrase(&passphrase(), &new, cost()).unwrap();
    let key = open.new_recovery_key(receipt(9), now()).unwrap();
    open.shut_older_recovery_keys_out().unwrap();
    let stick = MemoryStore::new();
    back_up(&mut open, &stick, 1).unwrap();
    // The folder comes back from a copy of the disk, with the passphrase that was given up.
    back_up(&mut before.open(), &stick, 2).unwrap();
    on(&stick).try_open(&new).unwrap();
    assert!(on(&stick).find().recover(&key, &passphrase(), cost(), now()).is_ok());
}

#[test]
fn a_folder_of_a_newer_version_is_neither_written_into_nor_copied() {
    let (world, mut open) = small();
    let stick = MemoryStore::new();
    back_up(&mut open, &stick, 1).unwrap();
    let newer = format!(r#"{{"format":"cairn-vault","version":7,"vault":"{}"}}"#, open.id());
    stick.put("VAULT.json", newer);
    let before = files(&stick);
    open.save(vec![note(3, "three")], now()).unwrap();
    let refused = back_up(&mut open, &stick, 2).err();
    let is_newer = |error: &VaultError| matches!(error, VaultError::NewerVersion { version: 7 });
    assert!(matches!(&refused, Some(CopyError::Target(why)) if is_newer(why)), "{refused:?}");
    drop(open);
    let refused = restore(&stick, &world.store).err();
    assert!(matches!(&refused, Some(CopyError::Source(why)) if is_newer(why)), "{refused:?}");
    assert_eq!(files(&stick), before);
    assert_eq!(text(&world.open(), 3).as_deref(), Some("three"));
}
