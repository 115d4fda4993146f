//! The local snapshot: it makes opening quick and decides nothing.

use cairn::model::{Entry, Kind};
use cairn::vault::store::memory::MemoryStore;
use cairn::vault::store::sim::{Call, Machine, Op, SimStore};
use cairn::vault::{Content, Current, OpenVault};
use serde_json::json;

use crate::support::vault::{World, id, later, next_version, note, now, passphrase, text, verify};

/// Everything that is handed out after opening, whole, in the order of the records.
fn everything(vault: &mut OpenVault) -> Vec<Current> {
    let mut all = std::collections::BTreeMap::new();
    let first = vault.all_current();
    let mut put = |currents: Vec<Current>| {
        for current in currents {
            if !matches!(&current.content, Content::Glance(glance) if glance.is_short()) {
                all.insert(current.id, current);
            }
        }
    };
    put(first);
    while let Some(next) = vault.next_texts() {
        put(next);
    }
    all.into_values()
        .map(|current| match current.content {
            Content::Glance(cairn::model::Glance::Whole(kind, json)) => {
                Current { content: Content::Whole(kind, json), ..current }
            }
            Content::Glance(glance) => {
                let body = glance.into_body().unwrap();
                let json = body.write().unwrap().to_string().into();
                Current { content: Content::Whole(body.kind(), json), ..current }
            }
            _ => current,
        })
        .collect()
}

/// The same, as a computer without a snapshot sees it.
fn without_snapshot(world: &World) -> Vec<Current> {
    everything(&mut world.elsewhere().open())
}

fn talk(number: u64, words: &str) -> Vec<Entry> {
    let session = json!({
        "template": { "id": "grow", "version": 1 }, "title": format!("Talk {number}"),
        "date": "2026-10-01", "sections": [{ "title": "Part", "items": [{
            "prompt": { "id": "a", "text": "What?", "layer": "private", "kind": "text" },
            "layer": "private", "answer": { "text": words },
        }] }],
    });
    let action = |state: &str| json!({ "text": "Ring", "owner": "me", "state": state, "layer": "private", "made": "2026-10-01" });
    vec![
        Entry::new(Kind::Session, id(number), Vec::new(), session).unwrap(),
        Entry::new(Kind::Action, id(number + 1000), Vec::new(), action("open")).unwrap(),
        Entry::new(Kind::Action, id(number + 2000), Vec::new(), action("done")).unwrap(),
    ]
}

fn world_with_talks(count: u64) -> World {
    let (world, mut vault, _) = World::with_vault();
    for number in 1..=count {
        vault.save(talk(number, &"words ".repeat(2000)), now()).unwrap();
    }
    vault.save(vec![note(500, "first")], now()).unwrap();
    vault.save(vec![next_version(&vault, 500, "second")], now()).unwrap();
    drop(vault.lock(now()));
    world
}

/// The files of the snapshot.
fn files(world: &World) -> Vec<String> {
    let mut paths = world.local.paths();
    paths.retain(|path| ["/snapshot-", "/list-", "/shown-"].iter().any(|stem| path.contains(stem)));
    paths
}

#[test]
fn a_second_opening_reads_no_record_and_shows_the_same() {
    let world = world_with_talks(300);
    assert!(files(&world).len() > 3, "several segments: {:?}", files(&world));
    let machine = Machine::new();
    let store = SimStore::new(&machine, 0, world.store.clone());
    let vault = cairn::vault::Vault::find(Box::new(store), Box::new(world.local.clone()));
    let vault = vault.unwrap().unwrap();
    let mut open = vault.unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap();
    let here = everything(&mut open);
    let is_record =
        |op: &&Op| matches!(&op.call, Call::Read { path } if path.starts_with("records/"));
    let records = machine.record(0).iter().filter(is_record).count();
    assert_eq!(records, 0, "records were read though the snapshot has them");
    assert_eq!(here, without_snapshot(&world));
    assert_eq!(text(&open, 500).unwrap(), "second");
}

#[test]
fn the_lists_come_before_the_texts() {
    let world = world_with_talks(20);
    let mut open = world.open();
    let first = open.all_current();
    let is_short =
        |current: &&Current| matches!(&current.content, Content::Glance(g) if g.is_short());
    assert_eq!(first.iter().filter(is_short).count(), 20, "each conversation, without its words");
    assert!(first.iter().any(|current| current.id == id(1001)), "open actions are there");
    assert!(first.iter().all(|current| current.id != id(2001)), "closed ones follow");
    let texts = open.next_texts().unwrap();
    assert!(texts.iter().any(|current| current.id == id(2001)));
    while open.next_texts().is_some() {}
    assert!(!open.has_texts(), "nothing is waited for any more");
}

#[test]
fn what_the_snapshot_is_written_as_after_damage_has_a_name_of_its_own() {
    let world = world_with_talks(5);
    let before = files(&world);
    for list in before.iter().filter(|path| path.contains("/list-")) {
        world.local.put(list, Vec::new());
    }
    let mut open = world.open();
    let all = everything(&mut open);
    open.save(talk(6, &"words ".repeat(2000)), now()).unwrap();
    drop(open.lock(later(1)));
    let after = files(&world);
    let new: Vec<&String> = after.iter().filter(|path| !before.contains(path)).collect();
    assert!(new.iter().any(|path| path.contains("/list-")), "{before:?} {after:?}");
    assert!(new.iter().any(|path| path.contains("/snapshot-")), "{before:?} {after:?}");
    assert!(everything(&mut world.open()).len() > all.len());
}

#[test]
fn what_was_written_since_the_snapshot_is_read() {
    let world = world_with_talks(5);
    let mut other = world.elsewhere().open();
    other.save(vec![note(600, "from elsewhere")], now()).unwrap();
    other.save(vec![next_version(&other, 500, "third")], now()).unwrap();
    drop(other);
    let mut open = world.open();
    assert_eq!(everything(&mut open), without_snapshot(&world));
    drop(open.lock(later(1)));
    let mut open = world.open();
    assert_eq!(everything(&mut open), without_snapshot(&world));
    assert_eq!(text(&open, 500).unwrap(), "third");
}

#[test]
fn any_damage_to_the_snapshot_costs_time_and_nothing_else() {
    let world = world_with_talks(300);
    let expected = without_snapshot(&world);
    for file in files(&world) {
        let bytes = world.local.get(&file).unwrap();
        let mut flipped = bytes.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        let half = bytes[..bytes.len() / 2].to_vec();
        for damaged in [None, Some(Vec::new()), Some(flipped), Some(half)] {
            let world = world.copy();
            world.local.remove(&file);
            if let Some(bytes) = damaged {
                world.local.put(&file, bytes);
            }
            let mut open = world.open();
            assert!(everything(&mut open) == expected, "{file}");
            drop(open.lock(later(1)));
            assert!(everything(&mut world.open()) == expected, "{file}, once more");
        }
    }
    // Two segments that changed places.
    let segments: Vec<String> =
        files(&world).into_iter().filter(|path| path.contains("/snapshot-")).collect();
    let [one, two] = [&segments[0], &segments[1]].map(|path| world.local.get(path).unwrap());
    world.local.put(&segments[0], two);
    world.local.put(&segments[1], one);
    assert!(everything(&mut world.open()) == expected);
}

#[test]
fn a_record_whose_file_is_gone_is_not_shown_from_the_snapshot() {
    let world = world_with_talks(3);
    let gone = world.record_files().into_iter().next().unwrap();
    world.store.remove(&gone);
    let mut open = world.open();
    assert_eq!(everything(&mut open), without_snapshot(&world));
    assert!(!open.warnings().is_empty(), "and it is missed");
}

#[test]
fn a_damaged_file_is_found_by_a_check_though_the_snapshot_has_its_text() {
    let world = world_with_talks(3);
    let file = world.record_files().into_iter().next().unwrap();
    let mut bytes = world.store.get(&file).unwrap();
    bytes[300] ^= 1;
    world.store.put(&file, bytes);
    let open = world.open();
    assert_eq!(verify(&open).damaged.len(), 1);
}

#[test]
fn a_snapshot_of_another_vault_is_nothing_here() {
    let (one, other) = (world_with_talks(3), world_with_talks(4));
    let expected = without_snapshot(&one);
    let folder = |world: &World| files(world)[0].split('/').next().unwrap().to_owned();
    let (to, from) = (folder(&one), folder(&other));
    let mixed = World { store: one.store.clone(), local: MemoryStore::new() };
    for path in one.local.paths() {
        mixed.local.put(&path, one.local.get(&path).unwrap());
    }
    for path in files(&other) {
        mixed.local.put(&path.replace(&from, &to), other.local.get(&path).unwrap());
    }
    assert_eq!(everything(&mut mixed.open()), expected);
}
