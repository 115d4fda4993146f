//! A vault with a little of everything, and what a folder with strange files in it must not do.

use std::collections::BTreeMap;

use cairn::library::Library;
use cairn::library::demo::demo;
use cairn::model::{Body, Entry, Id, Kind};
use cairn::vault::RecoveryKey;
use cairn::vault::mac::local_label;
use cairn::vault::names::Hash128;
use cairn::vault::store::memory::MemoryStore;
use cairn::vault::store::{Store as _, parts};
use jiff::civil::date;
use serde_json::json;

use crate::support::hostile::{KeyHolder, coded, record_path};
use crate::support::vault::{World, later, note, now, renamed as named, text, verify};

use super::driver::{Fuzz, Verdict};
use super::targets::{renamed, trimmed};

/// A vault, its key, and what its files hold.
pub struct Full {
    pub world: World,
    pub holder: KeyHolder,
    pub key: RecoveryKey,
    /// The record files, by path, with the lines after the first.
    pub records: Vec<(String, Vec<u8>)>,
    /// The content of the files of local state, by path within it.
    pub local: Vec<(String, Vec<u8>)>,
    /// The lines after the first of the same files.
    pub rests: Vec<Vec<u8>>,
}

impl Full {
    pub fn new() -> Full {
        let (world, mut open, key) = World::with_vault();
        open.save(vec![note(1, "one")], now()).unwrap();
        open.save(vec![note(2, "two")], now()).unwrap();
        for entries in batches() {
            open.save(entries, now()).unwrap();
        }
        open.draft_put(Id::new(1, 1), b"half a word", now()).unwrap();
        // Someone who was erased, and a folder that was set back, leave records too.
        let person = open.entries_of(Kind::Person)[1].id;
        open.erase(person, &mut || Id::new(2, 2), now()).unwrap();
        let last = world.record_files().pop().unwrap();
        drop(open.lock(now()));
        let taken = world.store.remove(&last).unwrap();
        let mut open = world.open();
        open.accept_restore(Id::new(3, 3), now()).unwrap();
        world.store.put(&last, taken);
        drop(open.lock(later(1)));
        Full::of(world, key)
    }

    fn of(world: World, key: RecoveryKey) -> Full {
        let holder = KeyHolder::of(&world);
        let open = |path: &String| holder.open(&world.store.get(path).unwrap());
        let records = world.record_files().into_iter().map(|path| (path.clone(), open(&path)));
        let records = records.collect();
        let (mut local, mut rests) = (Vec::new(), Vec::new());
        for path in world.local.paths().iter().filter(|path| path.ends_with(".age")) {
            let rest = holder.open(&world.local.get(path).unwrap());
            let at = rest.iter().position(|byte| *byte == b'\n').unwrap();
            let envelope: serde_json::Value = serde_json::from_slice(&rest[..at]).unwrap();
            let len = envelope["len"].as_u64().unwrap() as usize;
            let path = path.split_once('/').unwrap().1.to_owned();
            local.push((path, rest[at + 1..at + 1 + len].to_vec()));
            rests.push(rest);
        }
        Full { world, holder, key, records, local, rests }
    }
}

/// What the demonstration record holds, a part of it, and an attachment.
fn batches() -> Vec<Vec<Entry>> {
    let demo = demo(&Library::built_in().unwrap(), date(2026, 10, 17), 1).unwrap();
    let entry = |(id, body): (Id, Body)| {
        Entry::new(body.kind(), id, Vec::new(), body.write().unwrap()).unwrap()
    };
    let mut batches = vec![vec![entry((Id::new(5, 5), Body::Settings(demo.settings)))]];
    for doctor in demo.people.into_iter().take(2) {
        let id = doctor.id;
        batches.push(vec![entry((id, Body::Person(doctor.person)))]);
        let some = doctor.batches.into_iter().take(1);
        batches.extend(some.map(|batch| batch.into_iter().map(entry).collect()));
        let file = json!({ "person": id, "record": id, "name": "a.txt", "media_type": "text/plain",
            "size": 3, "data": "YWJj" });
        let number = id.unix_ms() + 1;
        batches.push(vec![
            Entry::new(Kind::Attachment, Id::new(number, 6), Vec::new(), file).unwrap(),
        ]);
    }
    batches.extend(demo.alone.into_iter().take(1).map(|one| vec![entry(one)]));
    batches
}

/// One strange file among those of a vault. The first line of an input says where: `S` and a
/// path for a file in the vault's folder as it stands, `L` and a path for one in local state,
/// `R` for the two lines of a record that whoever has the key sealed, `K` and a path for the
/// lines of a file of local state, sealed likewise. An `@` in a path stands for the file's hash.
pub fn planted() -> Fuzz {
    let Full { world, holder, key, records, local, rests } = Full::new();
    let line =
        |tag: &str, path: &str, rest: &[u8]| [format!("{tag}{path}\n").as_bytes(), rest].concat();
    let mut seeds: Vec<Vec<u8>> =
        records.iter().map(|(_, rest)| line("R", "", &trimmed(rest))).collect();
    let folder = format!("{}/", holder.vault);
    let in_folder = |path: &str| format!("{folder}{path}");
    seeds.extend(
        local.iter().zip(&rests).map(|((path, _), rest)| line("K", &in_folder(path), rest)),
    );
    for path in world.store.paths() {
        let bytes = world.store.get(&path).unwrap();
        let path = path.replace(&Hash128::of(&bytes).to_string(), "@");
        // The same content under another number or name.
        let other = [("01-", "02-"), ("/000000", "/000050"), (".json", " (1).json"), (".txt", "~")];
        let other = other.iter().fold(path, |path, (old, new)| path.replace(old, new));
        seeds.push(line("S", &other, &bytes));
    }
    seeds.push(line("L", &in_folder("list-00000009.age"), b"x"));
    seeds.push(line("L", &in_folder("drafts/01J8XRAB000000000000000000-a.age"), b"x"));
    let before: BTreeMap<String, Vec<u8>> = world
        .record_files()
        .into_iter()
        .map(|path| (path.clone(), world.store.get(&path).unwrap()))
        .collect();
    let check = move |input: &[u8]| {
        let at = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
        let rest = input.get(at + 1..).unwrap_or_default();
        let (Some(tag), Ok(path)) = (input.first(), str::from_utf8(&input[1.min(at)..at])) else {
            return Verdict::Refused;
        };
        let world = world.copy();
        match tag {
            b'R' => {
                let rest = renamed(rest).unwrap_or_else(|| rest.to_vec());
                let sealed =
                    holder.identity.encrypt(&coded(&holder.records, "cairn/record/1\n", &rest));
                let sealed = sealed.unwrap();
                world.store.put(&place(&rest, &sealed), sealed);
            }
            b'K' if world.local.get(path).is_some() || is_free(&world.local, path) => {
                let label = local_label(path.strip_prefix(&folder).unwrap_or(path));
                let sealed = holder.identity.encrypt(&coded(&holder.local, &label, rest));
                world.local.put(path, sealed.unwrap());
            }
            // The owner's own files stay, or it is no wonder that they are missing.
            b'L' if is_free(&world.local, path) => world.local.put(path, rest.to_vec()),
            b'S' if is_free(&world.store, path) => {
                let path = path.replace('@', &Hash128::of(rest).to_string());
                world.store.put(&path, rest.to_vec());
            }
            _ => return Verdict::Refused,
        }
        let owner = matches!(tag, b'R' | b'K');
        use_vault(&world, &key, &before, owner);
        Verdict::Accepted
    };
    let words = &[
        "\"seq\":",
        "\"prev\":null",
        "\"seen\":{",
        "\"dev\":\"hhhhhhhh\"",
        "\"gen\":2",
        "\"v\":2",
        "18446744073709551615",
        "4294967295",
        "keys/identity-0001-p002-@.age",
        "\n",
        "S",
        "K",
        "L",
        "records/",
        "list-",
        "shown-",
        "snapshot-",
        "heads-a.age",
        "drafts/",
        "\"kind\":\"erase\"",
        "@",
        "\"hold\":{\"since\":\"2026-01-01\"}",
        "\"parents\":[]",
        "~$0000000000000000.tmp",
    ];
    Fuzz { seeds, words, most: 64 * 1024, check: Box::new(check) }
}

/// Whether a new file can lie there.
fn is_free(store: &MemoryStore, path: &str) -> bool {
    let is_file = |path: &str| store.get(path).is_some();
    let above = path.match_indices('/').map(|(at, _)| &path[..at]);
    parts(path).is_ok_and(|parts| !parts.is_empty())
        && store.stat(path).is_err()
        && !above.into_iter().any(is_file)
}

/// Where a record with this envelope belongs, if that is a place at all.
fn place(rest: &[u8], sealed: &[u8]) -> String {
    let envelope = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let envelope: serde_json::Value = serde_json::from_slice(envelope).unwrap_or_default();
    let (dev, seq) = (envelope["dev"].as_str(), envelope["seq"].as_u64());
    match (dev, seq) {
        (Some(dev), Some(seq))
            if dev.len() == 8 && parts(dev).is_ok_and(|parts| parts.len() == 1) =>
        {
            let path = format!("records/{dev}/{:05}/{seq:08}-x.age", seq / 1000);
            named(&path, sealed)
        }
        _ => record_path(1, sealed),
    }
}

/// A person opens it, looks at everything, writes, closes it and opens it again. `owner` says that
/// the strange file is by whoever has the key, and may say what it likes.
fn use_vault(world: &World, key: &RecoveryKey, before: &BTreeMap<String, Vec<u8>>, owner: bool) {
    let mut open = world.open();
    drop(open.all_current());
    while open.next_texts().is_some() {}
    verify(&open);
    open.warnings().iter().for_each(|warning| drop(warning.to_string()));
    open.refresh(later(2)).unwrap();
    if open.read_only().is_none() {
        open.save(vec![note(900, "new")], later(2)).unwrap();
        open.save(vec![note(901, "newer")], later(2)).unwrap();
    }
    let writes = open.read_only().is_none();
    let closed = open.lock(later(3));
    let open = closed.unlock_with_recovery_key(key, later(3)).map_err(|(_, error)| error).unwrap();
    if writes {
        assert_eq!(text(&open, 900).as_deref(), Some("new"));
        assert_eq!(text(&open, 901).as_deref(), Some("newer"));
    }
    if !owner {
        // Nobody without the key changes, hides or removes anything, or keeps anybody from writing.
        assert!(writes, "{:?}", open.read_only());
        assert_eq!(text(&open, 1).as_deref(), Some("one"));
        for (path, bytes) in before {
            assert!(world.store.get(path).as_ref() == Some(bytes), "{path} changed");
        }
    }
}
