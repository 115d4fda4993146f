//! The vault as it lies on disk, and what a person relies on when nothing goes wrong.

use std::fs;

use cairn::model::{Entry, Id, Kind, Rev};
use cairn::vault::mac::{MacKey, RECORD_LABEL, local_label};
use cairn::vault::names::{DeviceId, Hash128, KeyName, RecordName};
use cairn::vault::store::Store;
use cairn::vault::store::disk::DiskStore;
use cairn::vault::store::sim::{Fault, Machine, SimStore, Work};
use cairn::vault::{VaultError, readers};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::hostile::KeyHolder;
use crate::support::vault::{
    EIO, World, create, entry, head, id, later, next_version, note, now, passphrase, text, verify,
};

/// Decrypts with the library itself, as stock age would.
pub fn age_decrypt(identity: &dyn age::Identity, sealed: &[u8]) -> Vec<u8> {
    let decryptor = age::Decryptor::new_buffered(sealed).unwrap();
    let mut plain = Vec::new();
    let mut reader = decryptor.decrypt(std::iter::once(identity)).unwrap();
    std::io::Read::read_to_end(&mut reader, &mut plain).unwrap();
    plain
}

/// The text of the identity file, got with the passphrase and nothing of ours.
pub fn identity_file(world: &World) -> String {
    let path = world.key_files("identity").pop().unwrap();
    let secret = age::secrecy::SecretString::from("correct horse battery staple");
    let plain = age_decrypt(&age::scrypt::Identity::new(secret), &world.store.get(&path).unwrap());
    String::from_utf8(plain).unwrap()
}

/// The vault's identity, got with the passphrase and nothing of ours.
pub fn identity(world: &World) -> age::x25519::Identity {
    identity_file(world).lines().last().unwrap().parse().unwrap()
}

/// The three lines of a record file.
pub fn lines(world: &World, path: &str) -> Vec<String> {
    let plain = age_decrypt(&identity(world), &world.store.get(path).unwrap());
    String::from_utf8(plain).unwrap().split_inclusive('\n').map(ToOwned::to_owned).collect()
}

fn envelope(world: &World, path: &str) -> Value {
    serde_json::from_str(&lines(world, path)[1]).unwrap()
}

#[test]
fn what_was_saved_is_there_after_locking_and_unlocking() {
    let (world, mut open, _) = World::with_vault();
    let body = json!({
        "text": "Zoë said “no”.\r\n\u{202e}txet\u{202c} e\u{301} \u{0} 😀",
        "unknown": { "kept": [1, null, true] }
    });
    let first = entry(1, body);
    let (action, person) = (note(2, "ring the panel"), note(3, "someone else"));
    open.save(vec![first.clone(), action.clone()], now()).unwrap();
    open.save(vec![person.clone()], now()).unwrap();
    let vault = open.lock(now());
    let open = vault.unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap();
    for saved in [&first, &action, &person] {
        assert_eq!(head(&open, saved.id).as_ref(), Some(saved));
    }
    assert_eq!(open.records().len(), 3);
    assert_eq!(world.record_files().len(), 2, "one save is one file");
    assert!(open.damaged().is_empty() && open.warnings().is_empty());
    assert!(open.read_only().is_none());
}

#[test]
fn every_version_is_kept_and_the_newest_is_shown() {
    let (world, mut open, _) = World::with_vault();
    let first = note(1, "draft");
    open.save(vec![first.clone()], now()).unwrap();
    let second = next_version(&open, 1, "better");
    open.save(vec![second.clone()], later(5)).unwrap();
    for open in [open, world.elsewhere().open()] {
        assert_eq!(text(&open, 1).as_deref(), Some("better"));
        assert_eq!(open.records().heads(id(1)), [second.rev]);
        assert_eq!(open.entry(id(1), first.rev).unwrap(), first);
        assert_eq!(open.records().revision(id(1), second.rev).unwrap().at, later(5));
        assert_eq!(open.records().revisions(id(1)).count(), 2);
    }
}

#[test]
fn two_versions_made_side_by_side_are_both_kept_until_a_third_joins_them() {
    let (here, mut open, _) = World::with_vault();
    open.save(vec![note(1, "start")], now()).unwrap();
    let there = here.elsewhere();
    let mut other = there.open();
    let ours = next_version(&open, 1, "ours");
    let theirs = next_version(&other, 1, "theirs");
    open.save(vec![ours.clone()], now()).unwrap();
    other.save(vec![theirs.clone()], now()).unwrap();
    drop(open);
    let mut open = here.open();
    let mut both = vec![ours.rev, theirs.rev];
    both.sort();
    assert_eq!(open.records().heads(id(1)), both);
    assert!(head(&open, id(1)).is_none(), "no version alone is the newest");
    assert_eq!(open.records().divided().collect::<Vec<_>>(), [id(1)]);
    let merged = next_version(&open, 1, "both");
    assert_eq!(merged.parents, both);
    open.save(vec![merged.clone()], now()).unwrap();
    drop(other);
    let other = there.open();
    assert_eq!(other.records().heads(id(1)), [merged.rev]);
    assert!(verify(&other).warnings.is_empty());
}

#[test]
fn the_folder_looks_as_the_format_says() {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "hello")], now()).unwrap();
    let vault_file = String::from_utf8(world.store.get("VAULT.json").unwrap()).unwrap();
    let expected = format!(r#"{{"format":"cairn-vault","version":1,"vault":"{}"}}"#, open.id());
    assert_eq!(vault_file.trim_end(), expected);
    let paths = world.store.paths();
    let [rescue, vault, keys @ ..] = &paths[..] else { panic!("{paths:?}") };
    assert_eq!((rescue.as_str(), vault.as_str()), ("RESCUE.txt", "VAULT.json"));
    let [identity, recovery, record] = keys else { panic!("{keys:?}") };
    assert!(identity.starts_with("keys/identity-0001-p001-"), "{identity}");
    assert!(recovery.starts_with("keys/recovery-0001-r001-"), "{recovery}");
    let parts: Vec<&str> = record.split('/').collect();
    let ["records", device, "00000", name] = parts[..] else { panic!("{parts:?}") };
    assert!(device.parse::<DeviceId>().is_ok());
    assert!(name.starts_with("00000001-"), "{name}");
    for path in [identity, recovery, record] {
        let hash = Hash128::of(&world.store.get(path).unwrap()).to_string();
        assert!(path.ends_with(&format!("-{hash}.age")), "{path}");
    }
}

#[test]
fn a_record_file_is_three_lines_of_padme_size_that_anybody_with_the_key_can_read() {
    let (world, mut open, _) = World::with_vault();
    let entry = note(1, &"word ".repeat(300));
    let at: Timestamp = "2026-10-17T10:00:00.987Z".parse().unwrap();
    let saved = open.save(vec![entry.clone()], at).unwrap();
    let identity_text = identity_file(&world);
    let comment = format!("# cairn vault {} gen 1", open.id());
    assert_eq!(identity_text.lines().next(), Some(comment.as_str()));
    let [mac, envelope, content] = &lines(&world, &saved.file)[..] else { panic!("three lines") };
    let key = identity_text.lines().last().unwrap();
    let text = format!("{envelope}{}", content.trim_end_matches('\n'));
    let code = MacKey::records(key, open.id()).code(RECORD_LABEL, text.as_bytes());
    assert_eq!(*mac, format!("{{\"mac\":\"{code}\"}}\n"));
    let device = saved.file.split('/').nth(1).unwrap();
    let expected = format!(
        concat!(
            r#"{{"v":1,"gen":1,"vault":"{}","dev":"{}","seq":1,"prev":null,"#,
            r#""seen":{{}},"at":"2026-10-17T10:00:00Z"}}"#,
            "\n"
        ),
        open.id(),
        device
    );
    assert_eq!(*envelope, expected);
    assert_eq!(serde_json::from_str::<Vec<Entry>>(content).unwrap(), [entry]);
    let size = mac.len() + envelope.len() + content.len();
    assert_eq!(size, cairn::vault::padme::padded(size));
    assert!(size > 1700 && content.ends_with(" \n"));
}

#[test]
fn the_chain_names_the_one_before_and_what_others_wrote_since() {
    let (here, mut open, _) = World::with_vault();
    let first = open.save(vec![note(1, "one")], now()).unwrap().file;
    let second = open.save(vec![note(2, "two")], now()).unwrap().file;
    let link = |path: &str| {
        let name = path.rsplit_once('/').unwrap().1.trim_end_matches(".age");
        let (seq, hash) = name.split_once('-').unwrap();
        json!([seq.parse::<u64>().unwrap(), hash])
    };
    assert_eq!(envelope(&here, &second)["prev"], link(&first));
    let there = here.elsewhere();
    let mut other = there.open();
    let third = other.save(vec![note(3, "three")], now()).unwrap().file;
    let fourth = other.save(vec![note(4, "four")], now()).unwrap().file;
    let device = first.split('/').nth(1).unwrap();
    assert_eq!(envelope(&here, &third)["seen"], json!({ device: link(&second) }));
    assert_eq!(envelope(&here, &third)["prev"], Value::Null);
    assert_eq!(envelope(&here, &fourth)["seen"], json!({}), "said once is enough");
    // The next session goes on where this one stopped.
    drop(open);
    let mut open = here.open();
    let fifth = open.save(vec![note(5, "five")], now()).unwrap().file;
    assert!(fifth.contains("/00000003-"), "{fifth}");
    assert_eq!(envelope(&here, &fifth)["prev"], link(&second));
    assert!(verify(&open).warnings.is_empty());
}

#[test]
fn the_name_of_a_revision_and_the_codes_are_pinned() {
    // Made with Python's hashlib, hmac and json (sorted keys, no spaces, UTF-8).
    let parents = ["ffeeddccbbaa99887766554433221100", "00112233445566778899aabbccddeeff"];
    let parents = parents.iter().map(|rev| rev.parse::<Rev>().unwrap()).collect();
    let id: Id = "01M2DRAE00000000000000000A".parse().unwrap();
    let body = json!({
        "text": "Zoë\u{202e} said \"no\"\n\u{7} e\u{301} \u{1F600} \u{2028} / \\ \u{7f}",
        "n": 9_007_199_254_740_991_u64, "neg": -5, "b": [true, null, { "Z": 1, "a": 2, "_": 3 }]
    });
    let entry = Entry::new(Kind::Reflection, id, parents, body).unwrap();
    assert_eq!(entry.rev.to_string(), "211f8ae062dacb77141b0ac163296cbb");
    let identity = "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33";
    let vault = "00112233445566778899aabbccddeeff".parse().unwrap();
    let line = concat!(
        r#"{"v":1,"gen":1,"vault":"00112233445566778899aabbccddeeff","dev":"abcdefgh","seq":1,"#,
        r#""prev":null,"seen":{},"at":"2026-10-17T10:00:00Z"}"#,
        "\n[]   "
    );
    assert_eq!(
        MacKey::records(identity, vault).code(RECORD_LABEL, line.as_bytes()),
        "889ff4917d8e7288b374de2212a085f2e2bb71b38c997137ac27b8a6310da8ab"
    );
    assert_eq!(
        MacKey::local(identity, vault).code(&local_label("heads-a.age"), line.as_bytes()),
        "e2dfb418c017b74789b738d4c59cf98e8eff6371e669234c876c92f0416c6e68"
    );
}

#[test]
fn nothing_that_is_secret_or_personal_lies_in_clear() {
    let dir = tempfile::tempdir().unwrap();
    let store = |name| Box::new(DiskStore::new(dir.path().join(name)));
    let (mut open, key) = create(store("vault"), store("state")).unwrap();
    open.save(vec![note(1, "CANARY-NOTE")], now()).unwrap();
    open.draft_put(id(2), b"CANARY-DRAFT", now()).unwrap();
    drop(open);
    let mut files = Vec::new();
    let mut folders = vec![dir.path().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let is_identity = |path: &&std::path::PathBuf| path.to_string_lossy().contains("identity-");
    let sealed = fs::read(files.iter().find(is_identity).unwrap()).unwrap();
    let secret = age::secrecy::SecretString::from("correct horse battery staple");
    let plain = age_decrypt(&age::scrypt::Identity::new(secret), &sealed);
    let identity_file = String::from_utf8(plain).unwrap();
    let identity_text = identity_file.lines().last().unwrap();
    let identity: age::x25519::Identity = identity_text.parse().unwrap();
    let recipient = identity.to_public().to_string();
    let recovery: age::x25519::Identity = key.as_age_key().parse().unwrap();
    let recovery_recipient = recovery.to_public().to_string();
    let words = key.words();
    let secrets = [
        "CANARY",
        "correct horse",
        identity_text,
        &recipient,
        &recovery_recipient,
        &key.as_age_key(),
        &words,
    ];
    assert!(files.len() >= 8, "{files:?}");
    for file in &files {
        let bytes = fs::read(file).unwrap();
        for secret in secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} in {}", file.display());
        }
    }
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let store = |name: &str| Box::new(DiskStore::new(dir.path().join(name)));
    let (mut open, _) = create(store("deep/er/vault"), store("state")).unwrap();
    let saved = open.save(vec![note(1, "mine")], now()).unwrap();
    let mode =
        |path: &str| fs::metadata(dir.path().join(path)).unwrap().permissions().mode() & 0o777;
    let local = format!("state/{}", open.id());
    for folder in ["deep/er/vault", "deep/er/vault/keys", "deep/er/vault/records", &local] {
        assert_eq!(mode(folder), 0o700, "{folder}");
    }
    let record = format!("deep/er/vault/{}", saved.file);
    for file in ["deep/er/vault/VAULT.json", &record, &format!("{local}/device.age")] {
        assert_eq!(mode(file), 0o600, "{file}");
    }
}

#[test]
fn names_are_read_only_when_they_are_written_exactly_so() {
    let hash = "0123456789abcdef0123456789abcdef";
    let good = format!("identity-0001-p001-{hash}.age");
    assert_eq!(KeyName::parse(&good).unwrap().to_string(), good);
    let device: DeviceId = "abcd2345".parse().unwrap();
    let record = format!("00001234-{hash}.age");
    let parsed = RecordName::parse(device, "00001", &record).unwrap();
    assert_eq!(parsed.path(), format!("records/abcd2345/00001/{record}"));
    for wrong in [
        format!("identity-001-p001-{hash}.age"),
        format!("identity-00001-p001-{hash}.age"),
        format!("identity-0001-r001-{hash}.age"),
        format!("identity-0001-p+01-{hash}.age"),
        format!("Identity-0001-p001-{hash}.age"),
        format!("identity-0001-p001-{}.age", hash.to_uppercase()),
        format!("identity-0001-p001-{hash}.sync-conflict-20260101-101010-ABCDEFG.age"),
        format!("identity-0001-p001-{hash} (Ann's conflicted copy 2026-01-01).age"),
        format!("identity-0001-p001-{hash}-LAPTOP.age"),
        format!("identity-0001-p001-{hash}.age.tmp"),
    ] {
        assert!(KeyName::parse(&wrong).is_err(), "{wrong}");
    }
    for (bucket, wrong) in [
        ("00000", record.clone()),
        ("1", record.clone()),
        ("00001", format!("1234-{hash}.age")),
        ("00001", format!("00001234-{hash} (1).age")),
        ("00001", format!("00001234-{hash}-LAPTOP.age")),
        ("00001", format!("00001234-{}.age", &hash[1..])),
        ("00001", format!("00001234-{hash}.AGE")),
    ] {
        assert!(RecordName::parse(device, bucket, &wrong).is_err(), "{bucket}/{wrong}");
    }
    for wrong in ["abcd234", "abcd23456", "abcd2341", "ABCD2345", "abcd/345"] {
        assert!(wrong.parse::<DeviceId>().is_err(), "{wrong}");
    }
}

#[test]
fn a_store_refuses_paths_that_lead_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("outside"), "secret").unwrap();
    let store = DiskStore::new(dir.path().join("inside"));
    store.mkdir("").unwrap();
    for path in ["../outside", "/etc/passwd", "a//b", "./a", "a\\b", "C:a", "a\0b", "a/.."] {
        let error = store.read(path, 100).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput, "{path}");
    }
}

#[test]
fn making_a_vault_leaves_one_that_is_there_alone() {
    let (world, open, _) = World::with_vault();
    drop(open);
    let before = world.store.paths();
    assert!(matches!(world.create(), Err(VaultError::AlreadyAVault)));
    // Without VAULT.json, which a sync program may bring last.
    world.store.remove("VAULT.json");
    assert!(matches!(world.create(), Err(VaultError::OnlyKeys)));
    assert!(world.find().holds_only_keys());
    assert_eq!(world.store.paths().len(), before.len() - 1);
}

#[test]
fn making_a_vault_that_was_cut_off_can_be_begun_again_on_the_same_computer_alone() {
    let (mut cut_off, mut whole) = (0, 0);
    for at in 1.. {
        let (world, machine) = (World::empty(), Machine::new());
        let store = Box::new(SimStore::new(&machine, 0, world.store.clone()));
        // The power goes: nothing can be cleared away.
        let work = if at % 2 == 0 { Work::All } else { Work::Half };
        machine.arm(Fault { work, ..Fault::from(at, EIO) });
        let result = create(store, Box::new(world.local.clone()));
        if machine.disarm().is_none() {
            break;
        }
        drop(result);
        let left = world.store.paths();
        let keys = left.iter().any(|path| path.starts_with("keys/") && path.ends_with(".age"));
        let nameless = !left.contains(&"VAULT.json".to_owned());
        if keys && nameless {
            cut_off += 1;
            // On another computer it may be a synced vault of which only a part has come.
            let other = world.elsewhere();
            assert!(matches!(other.create(), Err(VaultError::OnlyKeys)));
            assert_eq!(world.store.paths(), left);
        }
        if nameless {
            assert!(world.try_find().unwrap().is_none(), "there is nothing to lose: {left:?}");
            world.create().unwrap();
        } else {
            whole += 1;
        }
        let mut open = world.open();
        assert_eq!(open.read_only(), None);
        open.save(vec![note(1, "first")], now()).unwrap();
        drop(open);
        // What can be lost now is never cleared away, even when its first file is.
        world.store.remove("VAULT.json");
        for path in world.record_files() {
            world.store.remove(&path);
        }
        let refused = world.create().map(|_| ()).err();
        let told = matches!(refused, Some(VaultError::OnlyKeys | VaultError::AlreadyAVault));
        assert!(told, "{at}: {refused:?}");
    }
    assert!(cut_off > 5 && whole > 0, "{cut_off} {whole}");
}

/// The content of a file of local state: the lines after the first, without the envelope and the
/// padding that it tells of.
fn local_content(rest: &[u8]) -> &[u8] {
    let at = rest.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let envelope: Value = serde_json::from_slice(&rest[..at]).unwrap();
    &rest[at..at + usize::try_from(envelope["len"].as_u64().unwrap()).unwrap()]
}

#[test]
fn what_is_read_from_each_sort_of_file_is_written_again_to_the_byte() {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one"), note(2, "two")], now()).unwrap();
    drop(open.lock(now()));
    let holder = KeyHolder::of(&world);
    let first = world.store.get("VAULT.json").unwrap();
    assert_eq!(readers::vault_file(&first).unwrap(), first);
    let sealed = world.store.get(&world.record_files()[0]).unwrap();
    let file =
        readers::record(&holder.records, &holder.identity.decrypt(&sealed).unwrap()).unwrap();
    assert_eq!(file.entries, [note(1, "one"), note(2, "two")]);
    assert!(readers::record(&holder.local, &holder.identity.decrypt(&sealed).unwrap()).is_err());
    let mut read = Vec::new();
    for path in world.local.paths().into_iter().filter(|path| path.ends_with(".age")) {
        let text = holder.identity.decrypt(&world.local.get(&path).unwrap()).unwrap();
        let rest = holder.open(&world.local.get(&path).unwrap());
        let content = local_content(&rest);
        let inside = path.split_once('/').unwrap().1;
        let local = |path: &str| readers::local_file(&holder.local, holder.vault, path, &text);
        assert_eq!(local(inside).unwrap().1.as_slice(), content, "{path}");
        assert!(local("elsewhere").is_err(), "{path}");
        let again = match inside.split('-').next().unwrap() {
            "list" => readers::snapshot_list(content),
            "shown" => readers::snapshot_shown(content),
            "snapshot" => readers::snapshot_texts(content),
            _ => continue,
        };
        assert_eq!(again.as_deref(), Some(content), "{path}");
        read.push(inside.to_owned());
    }
    assert_eq!(read.len(), 3, "{read:?}");
}

#[test]
fn an_identity_file_holds_one_key_and_says_of_which_record() {
    let (world, open, _) = World::with_vault();
    drop(open);
    let holder = KeyHolder::of(&world);
    let (vault, key) = (holder.vault, holder.identity.text());
    let text = format!("# cairn vault {vault} gen 1\n{key}\n");
    assert_eq!(readers::identity_file(text.as_bytes()).as_deref(), Some(&text));
    let later = format!("# made by hand\n\n# cairn vault {vault} gen 12\n\n{key}");
    let written = format!("# cairn vault {vault} gen 12\n{key}\n");
    assert_eq!(readers::identity_file(later.as_bytes()).as_deref(), Some(&written));
    for wrong in [
        format!("# cairn vault {vault} gen 1\n"),
        format!("{key}\n"),
        format!("# cairn vault {vault}\n{key}\n"),
        format!("# cairn vault {vault} gen x\n{key}\n"),
        format!("# cairn vault {} gen 1\n{key}\n", "0".repeat(31)),
        format!("# cairn vault {vault} gen 1\n{key}\n{key}\n"),
        format!("# cairn vault {vault} gen 1\n{}\n", key.replace('1', "2")),
    ] {
        assert_eq!(readers::identity_file(wrong.as_bytes()), None, "{wrong}");
    }
}
