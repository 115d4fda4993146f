//! Erasing a person, on one computer and on several; the hold that refuses it.

use cairn::model::{Entry, Id, Kind};
use cairn::vault::store::sim::{Fault, Machine, SimStore};
use cairn::vault::{OpenVault, VaultError, Warning};
use serde_json::{Value, json};

use crate::support::vault::{World, create, id, later, note, now, passphrase, verify};

const EIO: i32 = 5;

/// A person and a conversation with them, each in a file of its own.
fn meet(vault: &mut OpenVault, person: u64, body: Value) {
    save(vault, Kind::Person, person, body);
    save(vault, Kind::Session, person + 100, json!({ "person": id(person), "text": "met" }));
}

fn save(vault: &mut OpenVault, kind: Kind, number: u64, body: Value) {
    let parents = vault.records().heads(id(number));
    let entry = Entry::new(kind, id(number), parents, body).unwrap();
    vault.save(vec![entry], now()).unwrap();
}

/// New identities for the records that say so.
fn fresh() -> impl FnMut() -> Id {
    let mut number = 900_000;
    move || {
        number += 1;
        id(number)
    }
}

fn erase(vault: &mut OpenVault, person: u64) -> Result<usize, VaultError> {
    vault.erase(id(person), &mut fresh(), later(1)).map(|erased| erased.files)
}

fn has(vault: &OpenVault, number: u64) -> bool {
    vault.records().ids().any(|held| held == id(number))
}

/// The bytes of every file that holds something about a person.
fn files_about(world: &World, before: &[String]) -> Vec<(String, Vec<u8>)> {
    let new = world.record_files().into_iter().filter(|file| !before.contains(file));
    new.map(|file| (file.clone(), world.store.get(&file).unwrap())).collect()
}

#[test]
fn an_erased_person_is_gone_and_nobody_else() {
    let (world, mut vault, _) = World::with_vault();
    meet(&mut vault, 1, json!({ "name": "Dr Quill" }));
    let before = world.record_files();
    meet(&mut vault, 2, json!({ "name": "Dr Reed" }));
    save(&mut vault, Kind::Session, 102, json!({ "person": id(2), "text": "met again" }));
    let about = files_about(&world, &before);
    vault.draft_put(id(1), b"a draft", now()).unwrap();
    assert_eq!(erase(&mut vault, 2).unwrap(), 3);
    assert!(has(&vault, 1) && has(&vault, 101) && !has(&vault, 2) && !has(&vault, 102));
    for (file, _) in &about {
        assert_eq!(world.store.get(file), None, "{file} is still there");
    }
    assert!(vault.warnings().is_empty(), "{:?}", vault.warnings());
    drop(vault);
    // What a sync program or a backup brings back is never shown, and goes again.
    for (file, bytes) in &about {
        world.store.put(file, bytes.clone());
    }
    let vault = world.open();
    assert!(!has(&vault, 2) && !has(&vault, 102) && vault.damaged().is_empty());
    assert!(about.iter().all(|(file, _)| world.store.get(file).is_none()));
    let report = verify(&vault);
    assert!(report.damaged.is_empty() && report.warnings.is_empty(), "{report:?}");
}

#[test]
fn a_file_that_comes_back_while_the_vault_is_open_is_not_shown() {
    let (world, mut vault, _) = World::with_vault();
    let before = world.record_files();
    meet(&mut vault, 2, json!({ "name": "Dr Reed" }));
    let about = files_about(&world, &before);
    erase(&mut vault, 2).unwrap();
    for (file, bytes) in &about {
        world.store.put(file, bytes.clone());
    }
    vault.refresh(later(2)).unwrap();
    assert!(!has(&vault, 2) && !has(&vault, 102));
    assert!(about.iter().all(|(file, _)| world.store.get(file).is_none()));
}

#[test]
fn the_texts_of_an_erased_person_leave_the_local_snapshot_on_every_computer() {
    let (here, mut vault, _) = World::with_vault();
    meet(&mut vault, 2, json!({ "name": "Dr Reed" }));
    drop(vault.lock(now()));
    let there = here.elsewhere();
    drop(there.open().lock(now()));
    let snapshots = |world: &World| {
        let mut paths = world.local.paths();
        paths.retain(|path| {
            ["/snapshot-", "/list-", "/shown-"].iter().any(|stem| path.contains(stem))
        });
        paths
    };
    let (mine, theirs) = (snapshots(&here), snapshots(&there));
    assert!(!mine.is_empty() && !theirs.is_empty(), "each computer keeps one");
    let mut vault = here.open();
    erase(&mut vault, 2).unwrap();
    assert!(snapshots(&here).iter().all(|path| !mine.contains(path)));
    vault.save(vec![note(9, &"long words ".repeat(500))], later(2)).unwrap();
    drop(vault.lock(later(2)));
    let again = snapshots(&here);
    assert!(!again.is_empty() && again.iter().all(|path| !mine.contains(path)), "{again:?}");
    let other = there.open();
    assert!(!has(&other, 2));
    assert!(snapshots(&there).iter().all(|path| !theirs.contains(path)));
}

#[test]
fn what_another_computer_wrote_before_it_knew_is_held_back_and_asked_about_once() {
    let (here, mut vault, _) = World::with_vault();
    meet(&mut vault, 2, json!({ "name": "Dr Reed" }));
    let there = here.elsewhere();
    let mut other = there.open();
    erase(&mut vault, 2).unwrap();
    // The other computer has not looked since.
    save(&mut other, Kind::Session, 202, json!({ "person": id(2), "text": "later" }));
    drop(other);
    let refreshed = vault.refresh(later(2)).unwrap();
    assert!(refreshed.changed && !has(&vault, 202), "it is not shown");
    let held: Vec<_> = vault.held_back().collect();
    assert_eq!((held.len(), held[0].person, held[0].files), (1, id(2), 1));
    assert_eq!(vault.erased_people().collect::<Vec<_>>(), [id(2)]);
    let warning = Warning::HeldBack { person: id(2), files: 1 };
    assert!(vault.warnings().contains(&warning));

    let kept = here.copy();
    let mut keeping = kept.open();
    keeping.settle_held_back(id(2), true, &mut fresh(), later(3)).unwrap();
    assert!(has(&keeping, 202) && !has(&keeping, 102) && keeping.held_back().next().is_none());
    assert_eq!(keeping.erased_people().next(), None, "somebody who is shown is not called erased");
    drop(keeping);
    assert!(has(&kept.open(), 202), "the decision stays");
    assert!(has(&kept.elsewhere().open(), 202), "and holds on every computer");

    vault.settle_held_back(id(2), false, &mut fresh(), later(3)).unwrap();
    assert!(!has(&vault, 202) && vault.held_back().next().is_none());
    drop(vault);
    assert!(!has(&here.open(), 202));
}

#[test]
fn whoever_knows_of_the_decision_to_keep_is_not_asked_again_until_the_next_erasing() {
    let (here, mut vault, _) = World::with_vault();
    meet(&mut vault, 2, json!({ "name": "Dr Reed" }));
    let about = |text: &str| json!({ "person": id(2), "text": text });
    let there = here.elsewhere();
    let mut other = there.open();
    erase(&mut vault, 2).unwrap();
    save(&mut other, Kind::Session, 202, about("before it knew"));
    vault.refresh(later(2)).unwrap();
    vault.settle_held_back(id(2), true, &mut fresh(), later(2)).unwrap();
    save(&mut vault, Kind::Session, 203, about("after the decision"));
    save(&mut other, Kind::Session, 204, about("still without knowing"));
    other.refresh(later(3)).unwrap();
    save(&mut other, Kind::Session, 205, about("knowing"));
    drop(vault);
    let mut vault = here.open();
    assert!(has(&vault, 202) && has(&vault, 203) && has(&vault, 205));
    assert!(!has(&vault, 204), "this one is asked about");
    assert_eq!(vault.held_back().map(|held| held.files).collect::<Vec<_>>(), [1]);
    // The next erasing ends it: what comes from somebody who knew only the decision is held back.
    let mut more = (0..).map(|number| id(910_000 + number));
    vault.erase(id(2), &mut || more.next().unwrap(), later(4)).unwrap();
    save(&mut other, Kind::Session, 206, about("before the second erasing was known"));
    vault.refresh(later(5)).unwrap();
    assert!([202, 203, 204, 205, 206].iter().all(|number| !has(&vault, *number)));
    assert_eq!(vault.held_back().map(|held| held.files).collect::<Vec<_>>(), [1]);
}

#[test]
fn a_hold_refuses_erasing_here_and_from_another_computer() {
    let (here, mut vault, _) = World::with_vault();
    meet(&mut vault, 2, json!({ "name": "Dr Reed" }));
    let there = here.copy();
    // Another folder, not yet synced: the two computers do not know of each other's step.
    let mut other =
        World { local: cairn::vault::store::memory::MemoryStore::new(), ..there.clone() }.open();
    save(
        &mut vault,
        Kind::Person,
        2,
        json!({ "name": "Dr Reed", "hold": { "since": "2026-10-01" } }),
    );
    assert!(matches!(erase(&mut vault, 2), Err(VaultError::OnHold)));
    assert!(has(&vault, 2) && has(&vault, 102));
    erase(&mut other, 2).unwrap();
    // The erasure arrives here; the sync program has not yet taken the files.
    for path in there.record_files() {
        if here.store.get(&path).is_none() {
            here.store.put(&path, there.store.get(&path).unwrap());
        }
    }
    vault.refresh(later(2)).unwrap();
    assert!(has(&vault, 2) && has(&vault, 102), "the hold stands");
    assert!(vault.warnings().contains(&Warning::OnHold { person: id(2) }));
    drop(vault);
    let mut vault = here.open();
    assert!(has(&vault, 2) && has(&vault, 102), "after the next opening too");
    // Taking the hold off lets the erasure through: what it named goes, the rest is asked about.
    save(&mut vault, Kind::Person, 2, json!({ "name": "Dr Reed" }));
    vault.refresh(later(3)).unwrap();
    drop(vault);
    let vault = here.open();
    assert!(!has(&vault, 102) && !has(&vault, 2));
    assert!(vault.held_back().next().is_some());
}

/// A person who is on hold here and whom another computer erased without knowing of it; gives
/// the files that are about them, the hold last.
fn erased_elsewhere() -> (World, OpenVault, Vec<(String, Vec<u8>)>) {
    let (here, mut vault, _) = World::with_vault();
    meet(&mut vault, 2, json!({ "name": "Dr Reed" }));
    let there = here.copy();
    let mut other =
        World { local: cairn::vault::store::memory::MemoryStore::new(), ..there.clone() }.open();
    let on_hold = json!({ "name": "Dr Reed", "hold": { "since": "2026-10-01" } });
    save(&mut vault, Kind::Person, 2, on_hold);
    let about = files_about(&here, &[]);
    erase(&mut other, 2).unwrap();
    for path in there.record_files() {
        if here.store.get(&path).is_none() {
            here.store.put(&path, there.store.get(&path).unwrap());
        }
    }
    vault.refresh(later(2)).unwrap();
    (here, vault, about)
}

#[test]
fn files_of_a_person_on_hold_that_were_removed_elsewhere_stay_when_they_come_back() {
    let (here, mut vault, about) = erased_elsewhere();
    let (talk, bytes) = &about[1];
    here.store.remove(talk);
    vault.refresh(later(3)).unwrap();
    assert!(!has(&vault, 102) && vault.warnings() == [Warning::OnHold { person: id(2) }]);
    // From a backup, or by a sync program that was late.
    here.store.put(talk, bytes.clone());
    vault.refresh(later(4)).unwrap();
    assert!(has(&vault, 102) && here.store.get(talk).is_some());
    drop(vault);
    assert!(has(&here.open(), 102) && here.store.get(talk).is_some());
    assert!(has(&here.elsewhere().open(), 102), "on a new computer too");
}

#[test]
fn a_hold_does_not_end_because_its_file_goes_missing() {
    let (here, mut vault, about) = erased_elsewhere();
    let (hold, _) = &about[2];
    here.store.remove(hold);
    vault.refresh(later(3)).unwrap();
    assert!(has(&vault, 102), "while it is open");
    drop(vault.lock(later(4)));
    let mut vault = here.open();
    assert!(has(&vault, 102) && here.store.get(&about[1].0).is_some(), "after the next opening");
    assert!(matches!(erase(&mut vault, 2), Err(VaultError::OnHold)));
    // Whoever accepts that the file is gone, accepts it of the hold.
    vault.accept_restore(id(70), later(5)).unwrap();
    assert!(!has(&vault, 102) && !has(&vault, 2));
}

#[test]
fn copies_that_a_sync_program_made_of_erased_files_go_too() {
    let (world, mut vault, _) = World::with_vault();
    meet(&mut vault, 2, json!({ "name": "Dr Reed" }));
    let before = world.record_files();
    meet(&mut vault, 3, json!({ "name": "Dr Moss" }));
    let mut copies = Vec::new();
    for file in world.record_files() {
        let stem = file.trim_end_matches(".age").to_owned();
        for copy in [format!("{stem}-LAPTOP.age"), format!("{stem}.sync-conflict-20261101-1.age")] {
            world.store.put(&copy, world.store.get(&file).unwrap());
            copies.push((copy, before.contains(&file)));
        }
    }
    // Of the same name and with something else in it: nobody's to remove.
    let strange = format!("{}-OTHER.age", before[0].trim_end_matches(".age"));
    world.store.put(&strange, vec![1; 64]);
    erase(&mut vault, 2).unwrap();
    for (copy, of_erased) in &copies {
        assert_eq!(world.store.get(copy).is_none(), *of_erased, "{copy}");
    }
    assert!(world.store.get(&strange).is_some());
}

#[test]
fn the_texts_that_were_still_to_come_come_after_an_erasure_too() {
    let (world, mut vault, _) = World::with_vault();
    meet(&mut vault, 2, json!({ "name": "Dr Reed" }));
    meet(&mut vault, 3, json!({ "name": "Dr Moss" }));
    vault.save(vec![note(9, &"long words ".repeat(500))], now()).unwrap();
    drop(vault.lock(now()));
    let mut vault = world.open();
    drop(vault.all_current());
    assert!(vault.has_texts());
    erase(&mut vault, 2).unwrap();
    let mut come = std::collections::BTreeSet::new();
    while let Some(texts) = vault.next_texts() {
        come.extend(texts.into_iter().map(|current| current.id));
    }
    assert_eq!(come.into_iter().collect::<Vec<_>>(), [id(3), id(9), id(103)]);
}

#[test]
fn an_erasure_that_is_cut_off_is_finished_or_has_not_begun() {
    for call in 1.. {
        let world = World::empty();
        let machine = Machine::new();
        let store = SimStore::new(&machine, 0, world.store.clone());
        let (mut vault, _) = create(Box::new(store), Box::new(world.local.clone())).unwrap();
        meet(&mut vault, 2, json!({ "name": "Dr Reed" }));
        vault.save(vec![note(7, "stays")], now()).unwrap();
        machine.arm(Fault::from(call, EIO));
        let result = erase(&mut vault, 2);
        let fired = machine.disarm();
        drop(vault);
        let vault = world.open();
        assert!(has(&vault, 7) && vault.damaged().is_empty(), "{fired:?}");
        assert_eq!(has(&vault, 2), has(&vault, 102), "all or nothing: {fired:?}");
        if result.is_ok() {
            assert!(!has(&vault, 2), "said to be erased, and shown: {fired:?}");
        }
        let Some(_) = fired else {
            assert!(call > 10, "the loop went through all calls");
            break;
        };
    }
}

#[test]
fn a_folder_that_was_set_back_can_be_accepted_once_and_for_all() {
    let (world, mut vault, _) = World::with_vault();
    vault.save(vec![note(1, "one")], now()).unwrap();
    let old = world.store.copy();
    for number in 2..6 {
        vault.save(vec![note(number, "more")], now()).unwrap();
    }
    drop(vault.lock(now()));
    let back = World { store: old, local: world.local.clone() };
    let mut vault = back.open();
    assert_eq!(vault.warnings().len(), 1, "{:?}", vault.warnings());
    vault.save(vec![note(8, "goes on")], later(1)).unwrap();
    vault.accept_restore(id(50), later(2)).unwrap();
    assert!(vault.warnings().is_empty(), "{:?}", vault.warnings());
    vault.save(vec![note(9, "and on")], later(3)).unwrap();
    drop(vault.lock(later(4)));
    let vault = back.find().unlock(&passphrase(), later(60 * 48)).map_err(|(_, e)| e).unwrap();
    assert!(vault.warnings().is_empty(), "{:?}", vault.warnings());
    assert!(has(&vault, 1) && has(&vault, 8) && has(&vault, 9));
    let other = back.elsewhere();
    let other = other.find().unlock(&passphrase(), later(60 * 48)).map_err(|(_, e)| e).unwrap();
    assert!(other.warnings().is_empty(), "no other computer warns: {:?}", other.warnings());
}

#[test]
fn nobody_is_erased_of_whom_there_is_nothing() {
    let (world, mut vault, _) = World::with_vault();
    meet(&mut vault, 1, json!({ "name": "Dr Quill" }));
    let before = world.store.paths();
    assert!(matches!(erase(&mut vault, 2), Err(VaultError::NoSuchRecord)));
    assert_eq!(world.store.paths(), before, "and nothing is written about them");
    assert_eq!(vault.erased_people().next(), None);
}
