//! Programs that take for true what only has the right recipient: a record, a snapshot.

use std::io;
use std::sync::Arc;

use cairn::model::Entry;
use cairn::vault::Damage;
use cairn::vault::mac::{MacKey, RECORD_LABEL, local_label};
use cairn::vault::store::{Listed, Store};

use super::{caught, unlock};
use crate::support::twist::{Twist, Twisted};
use crate::support::vault::{World, note, now, renamed, text};
use crate::vault_format::{age_decrypt, identity, identity_file, lines};

/// What the checks below say of the vault itself.
pub fn pass_without_a_planted_fault() {
    let (world, forged, _) = forged();
    assert_eq!(forgery_is_refused(&world, Box::new(world.store.clone()), &forged), Ok(()));
    let (world, _) = tampered_snapshot();
    assert_eq!(snapshot_is_not_believed(&world, Box::new(world.local.clone())), Ok(()));
}

/// A path and the bytes there.
type Sealed = (String, Vec<u8>);

/// A vault, a record in it by somebody who knows the recipient and not the key of the code, and
/// the same record with the right code; each as path and bytes.
fn forged() -> (World, Sealed, Sealed) {
    let (world, mut open, _) = World::with_vault();
    let file = open.save(vec![note(1, "true")], now()).unwrap().file;
    drop(open);
    let envelope = lines(&world, &file)[1].replace("\"seq\":1", "\"seq\":2");
    let entries: Vec<Entry> = vec![note(2, "FORGED")];
    let content = serde_json::to_string(&entries).unwrap();
    let lines = format!("{envelope}{content}");
    let vault: serde_json::Value = serde_json::from_str(&envelope).unwrap();
    let vault = vault["vault"].as_str().unwrap().parse().unwrap();
    let key = identity_file(&world).lines().last().unwrap().to_owned();
    let recipient = identity(&world).to_public();
    let seal = |key: &str| {
        let code = MacKey::records(key, vault).code(RECORD_LABEL, lines.as_bytes());
        let plain = format!("{{\"mac\":\"{code}\"}}\n{lines}\n");
        let sealed = age::encrypt(&recipient, plain.as_bytes()).unwrap();
        (renamed(&file.replace("00000001-", "00000002-"), &sealed), sealed)
    };
    let (wrong, right) = (seal("AGE-SECRET-KEY-1GUESS"), seal(&key));
    world.store.put(&wrong.0, wrong.1.clone());
    (world, wrong, right)
}

/// Whether the forged file is listed as what it is and shown nowhere.
fn forgery_is_refused(world: &World, store: Box<dyn Store>, forged: &Sealed) -> Result<(), String> {
    let open = unlock(store, Box::new(world.local.clone()));
    if text(&open, 2).is_some() {
        return Err("N2: a forged record is shown".to_owned());
    }
    let listed = open.damaged().iter().any(|d| d.file == forged.0 && d.why == Damage::Mac);
    if listed { Ok(()) } else { Err("N2: a forged record is not listed".to_owned()) }
}

/// Does what a program would that skips the check of the code: hands a forged record over as
/// though its code were right.
struct CodeSkipped {
    forged: Sealed,
    right: Sealed,
}

impl Twist for CodeSkipped {
    fn list(&self, store: &dyn Store, dir: &str) -> io::Result<Vec<Listed>> {
        let mut listed = store.list(dir)?;
        for listed in &mut listed {
            if format!("{dir}/{}", listed.name) == self.forged.0 {
                listed.name = self.right.0.rsplit_once('/').unwrap().1.to_owned();
            }
        }
        Ok(listed)
    }

    fn read(&self, store: &dyn Store, path: &str, cap: u64) -> io::Result<Vec<u8>> {
        if path == self.right.0 { Ok(self.right.1.clone()) } else { store.read(path, cap) }
    }
}

#[test]
fn a_forged_record_that_is_taken_for_true_is_noticed() {
    let (world, forged, right) = forged();
    let skipped = Arc::new(CodeSkipped { forged: forged.clone(), right });
    let store = Box::new(Twisted::new(Box::new(world.store.clone()), skipped));
    caught(forgery_is_refused(&world, store, &forged), "N2: a forged record is shown");
}

/// A computer whose snapshot says something else than the record, sealed by somebody who knows
/// the recipient and not the key of the code; and the same files with the right code.
fn tampered_snapshot() -> (World, Vec<Sealed>) {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "true words")], now()).unwrap();
    let vault = open.id();
    drop(open.lock(now()));
    let (identity, text) = (identity(&world), identity_file(&world));
    let key = text.lines().last().unwrap();
    let mut right = Vec::new();
    for path in world.local.paths() {
        let name = path.split_once('/').unwrap().1.to_owned();
        if !name.starts_with("snapshot-") && !name.starts_with("list-") {
            continue;
        }
        let plain = age_decrypt(&identity, &world.local.get(&path).unwrap());
        let first = plain.iter().position(|byte| *byte == b'\n').unwrap();
        let mut lines = plain[first + 1..].to_vec();
        assert_eq!(lines.pop(), Some(b'\n'));
        while let Some(at) = lines.windows(10).position(|part| part == b"true words") {
            lines[at..at + 10].copy_from_slice(b"fake words");
        }
        let seal = |key: &str| {
            let code = MacKey::local(key, vault).code(&local_label(&name), &lines);
            let plain = [format!("{{\"mac\":\"{code}\"}}\n").as_bytes(), &lines, b"\n"].concat();
            age::encrypt(&identity.to_public(), &plain).unwrap()
        };
        world.local.put(&path, seal("AGE-SECRET-KEY-1GUESS"));
        right.push((path, seal(key)));
    }
    assert!(right.len() >= 2, "a list and a segment of texts");
    (world, right)
}

/// Whether what is shown at opening is what the records say.
fn snapshot_is_not_believed(world: &World, local: Box<dyn Store>) -> Result<(), String> {
    let mut open = unlock(Box::new(world.store.clone()), local);
    let mut shown = format!("{:?}", open.all_current());
    while let Some(next) = open.next_texts() {
        shown.push_str(&format!("{next:?}"));
    }
    if shown.contains("fake words") || !shown.contains("true words") {
        return Err("N2: the snapshot is shown in place of the record".to_owned());
    }
    Ok(())
}

/// Does what a program would that believes its snapshot: hands it over as though its code were
/// right.
struct SnapshotBelieved(Vec<Sealed>);

impl Twist for SnapshotBelieved {
    fn read(&self, store: &dyn Store, path: &str, cap: u64) -> io::Result<Vec<u8>> {
        match self.0.iter().find(|(tampered, _)| tampered == path) {
            Some((_, bytes)) => Ok(bytes.clone()),
            None => store.read(path, cap),
        }
    }
}

#[test]
fn a_snapshot_that_is_believed_is_noticed() {
    let (world, right) = tampered_snapshot();
    let local = Twisted::new(Box::new(world.local.clone()), Arc::new(SnapshotBelieved(right)));
    caught(snapshot_is_not_believed(&world, Box::new(local)), "N2: the snapshot is shown");
}
