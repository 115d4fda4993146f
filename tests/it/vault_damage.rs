//! Damage and malice in the files of a vault: every one is noticed, none costs another record.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use age::secrecy::ExposeSecret as _;
use cairn::model::{Entry, Kind};
use cairn::vault::mac::{MacKey, RECORD_LABEL};
use cairn::vault::seal::{Identity, Recipient, SealError, scan_header};
use cairn::vault::{Damage, MAX_RECORD, OpenVault, VaultError, Warning};
use serde_json::json;

use crate::support::hostile::{KeyHolder, record_path};
use crate::support::vault::{
    World, damage, entry, go_on, id, note, now, passphrase, renamed, text, verify,
};
use crate::vault_format::{identity, identity_file, lines};

/// A vault with one small record, open, and the path and bytes of its file.
fn one_record() -> (World, OpenVault, String, Vec<u8>) {
    let (world, mut open, _) = World::with_vault();
    let file = open.save(vec![note(1, "small")], now()).unwrap().file;
    let bytes = world.store.get(&file).unwrap();
    (world, open, file, bytes)
}

/// Puts all of these bytes into the vault, each under a name that does not fit and one that
/// does, and checks that every one is found damaged, and for the right reason.
pub fn all_are_damaged(world: &World, open: &OpenVault, file: &str, variants: Vec<Vec<u8>>) {
    world.store.remove(file);
    let (stem, _) = file.rsplit_once('-').unwrap();
    let count = variants.len();
    for (index, bytes) in variants.into_iter().enumerate() {
        let fitting = renamed(file, &bytes);
        world.store.put(&format!("{stem}-{index:032x}.age"), bytes.clone());
        world.store.put(&fitting, bytes);
    }
    let report = verify(open);
    assert_eq!((report.files, report.damaged.len()), (0, 2 * count));
    for damaged in report.damaged {
        let index = damaged.file.trim_end_matches(".age").rsplit_once('-').unwrap().1;
        let misnamed = usize::from_str_radix(index, 16).is_ok_and(|index| index < count);
        let right = match damaged.why {
            Damage::Hash => misnamed,
            Damage::Header | Damage::Decrypt => !misnamed,
            _ => false,
        };
        assert!(right, "{damaged:?}");
    }
}

#[test]
fn every_flipped_bit_is_noticed_even_when_the_name_fits() {
    let (world, open, file, bytes) = one_record();
    let flipped = |bit: usize| {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        flipped
    };
    let variants = (0..bytes.len() * 8).map(flipped).collect();
    all_are_damaged(&world, &open, &file, variants);
}

#[test]
fn every_length_cut_off_or_added_is_noticed_even_when_the_name_fits() {
    let (world, open, file, bytes) = one_record();
    let cut = (1..bytes.len()).map(|length| bytes[..length].to_vec());
    let longer = [1, 2, 16, 4096].map(|added| [bytes.as_slice(), &vec![0; added]].concat());
    all_are_damaged(&world, &open, &file, cut.chain(longer).collect());
    let (world, open, file, _) = one_record();
    world.store.put(&file, Vec::new());
    assert_eq!(damage(&open, &file), Some(Damage::Empty));
}

#[test]
fn a_damaged_record_is_listed_and_the_others_load() {
    let (world, mut open, file, _) = one_record();
    open.save(vec![note(2, "sound")], now()).unwrap();
    drop(open);
    world.store.put(&file, b"age-encryption.org/v1\n garbage".to_vec());
    let before = world.store.paths();
    let mut open = world.open();
    assert_eq!(text(&open, 2).as_deref(), Some("sound"));
    assert_eq!(text(&open, 1), None);
    let damaged = open.damaged();
    let [damaged] = damaged.as_slice() else { panic!("{:?}", open.damaged()) };
    assert_eq!((&damaged.file, &damaged.why), (&file, &Damage::Hash));
    assert_eq!(world.store.paths(), before, "it is neither moved nor deleted");
    assert!(open.warnings().is_empty(), "what is damaged is not also missing");
    let next = open.save(vec![note(3, "after")], now()).unwrap().file;
    assert!(next.contains("/00000003-"));
    let by_name = world.find().verify(&mut go_on).unwrap();
    assert_eq!((by_name.files, by_name.damaged.len()), (2, 1), "seen without the passphrase");
}

#[test]
fn a_file_by_somebody_who_only_knows_the_recipient_is_refused() {
    let (world, open, file, _) = one_record();
    let [mac, envelope, content] = &lines(&world, &file)[..] else { panic!("three lines") };
    let recipient = identity(&world).to_public();
    let key = identity_file(&world).lines().last().unwrap().to_owned();
    let forged = content.replace("small", "SMALL");
    let text = format!("{envelope}{}", forged.trim_end_matches('\n'));
    let other_key = MacKey::records("AGE-SECRET-KEY-1GUESS", open.id());
    let guessed = other_key.code(RECORD_LABEL, text.as_bytes());
    let other_label = MacKey::records(&key, open.id()).code("cairn/reply/1\n", text.as_bytes());
    for first in [
        mac.clone(),
        format!("{{\"mac\":\"{guessed}\"}}\n"),
        format!("{{\"mac\":\"{other_label}\"}}\n"),
        format!("{{\"mac\":\"{}\"}}\n", "0".repeat(64)),
    ] {
        let plain = format!("{first}{envelope}{forged}");
        let sealed = age::encrypt(&recipient, plain.as_bytes()).unwrap();
        let path = renamed(&file, &sealed);
        world.store.put(&path, sealed);
        assert_eq!(damage(&open, &path), Some(Damage::Mac));
        world.store.remove(&path);
    }
    // The same way of making one is accepted with the right code, so the test tests something.
    let code = MacKey::records(&key, open.id()).code(RECORD_LABEL, text.as_bytes());
    let plain = format!("{{\"mac\":\"{code}\"}}\n{envelope}{forged}");
    let sealed = age::encrypt(&recipient, plain.as_bytes()).unwrap();
    let path = renamed(&file, &sealed);
    world.store.put(&path, sealed);
    let why = damage(&open, &path);
    assert!(matches!(why, Some(Damage::Entry(_))), "its revision's name is wrong: {why:?}");
}

#[test]
fn a_sound_file_with_strange_content_is_refused_without_harm() {
    let (world, open, file, _) = one_record();
    let [_, envelope, content] = &lines(&world, &file)[..] else { panic!("three lines") };
    let identity = identity(&world);
    let key = MacKey::records(identity_file(&world).lines().last().unwrap(), open.id());
    let put = |envelope: &str, content: &str| {
        let text = format!("{envelope}{content}");
        let code = key.code(RECORD_LABEL, text.strip_suffix('\n').unwrap().as_bytes());
        let plain = format!("{{\"mac\":\"{code}\"}}\n{text}");
        let sealed = age::encrypt(&identity.to_public(), plain.as_bytes()).unwrap();
        let path = renamed(&file, &sealed);
        world.store.put(&path, sealed);
        let why = damage(&open, &path);
        world.store.remove(&path);
        why
    };
    assert_eq!(put(envelope, content), None, "the way of making them is right");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let wrong_kind = content.replace("reflection", "horoscope");
    for (content, why) in [
        ("[]\n", Damage::Shape),
        ("{}\n", Damage::Shape),
        ("\n", Damage::Shape),
        ("[{}]\n", Damage::Shape),
        ("[1e400]\n", Damage::Shape),
        (&format!("{deep}\n"), Damage::Shape),
        (&content.replace("\"text\"", "\"text\":1,\n\"x\""), Damage::Shape),
        (&content.replace("0000", "../0"), Damage::Shape),
        (&wrong_kind, Damage::UnknownKind),
    ] {
        assert_eq!(put(envelope, content), Some(why), "{}", &content[..content.len().min(60)]);
    }
    let device = file.split('/').nth(1).unwrap();
    for (from, to, why) in [
        ("\"v\":1", "\"v\":2", Damage::Newer),
        ("\"v\":1", "\"v\":0", Damage::Shape),
        ("\"seq\":1", "\"seq\":2", Damage::Place),
        ("\"gen\":1", "\"gen\":2", Damage::Place),
        (device, "aaaaaaaa", Damage::Place),
        ("\"vault\":\"", "\"vault\":\"0", Damage::Shape),
        ("2026-10-17T10", "2026-13-17T10", Damage::Shape),
    ] {
        assert_eq!(put(&envelope.replace(from, to), content), Some(why), "{to}");
    }
}

#[test]
fn other_records_of_a_file_with_an_unknown_kind_are_read() {
    let (world, open, file, _) = one_record();
    let [_, envelope, content] = &lines(&world, &file)[..] else { panic!("three lines") };
    let strange = r#"[{"kind":"horoscope","id":"x","rev":"?","parents":[],"body":{}},"#;
    let text = format!("{envelope}{}", content.replacen('[', strange, 1));
    let identity = identity(&world);
    let key = MacKey::records(identity_file(&world).lines().last().unwrap(), open.id());
    let code = key.code(RECORD_LABEL, text.trim_end_matches('\n').as_bytes());
    let plain = format!("{{\"mac\":\"{code}\"}}\n{text}");
    let sealed = age::encrypt(&identity.to_public(), plain.as_bytes()).unwrap();
    world.store.remove(&file);
    let path = renamed(&file, &sealed);
    world.store.put(&path, sealed);
    drop(open);
    let open = world.open();
    assert_eq!(self::text(&open, 1).as_deref(), Some("small"));
    assert_eq!(open.damaged()[0].why, Damage::UnknownKind);
}

#[test]
fn a_record_in_another_place_is_refused() {
    let (world, mut open, file, bytes) = one_record();
    let (folder, name) = file.rsplit_once('/').unwrap();
    let device = file.split('/').nth(1).unwrap();
    let hash = name.split_once('-').unwrap().1;
    for (path, why) in [
        (format!("{folder}/00000007-{hash}"), Damage::Place),
        (format!("records/{device}/00001/00001001-{hash}"), Damage::Place),
        (format!("records/aaaaaaaa/00000/{name}"), Damage::Place),
    ] {
        world.store.put(&path, bytes.clone());
        assert_eq!(damage(&open, &path), Some(why), "{path}");
        world.store.remove(&path);
    }
    open.save(vec![note(2, "two")], now()).unwrap();
    let (other, _, _) = World::with_vault();
    other.store.put(&file, bytes);
    let other = other.find().unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap();
    assert_eq!(other.damaged()[0].why, Damage::Decrypt, "from another vault");
}

#[test]
fn conflict_copies_and_strange_names_are_listed_and_never_counted() {
    let (world, open, file, bytes) = one_record();
    let stem = file.trim_end_matches(".age");
    let strange = [
        format!("{stem}.sync-conflict-20260101-101010-ABCDEFG.age"),
        format!("{stem} (Ann's conflicted copy 2026-01-01).age"),
        format!("{stem}-LAPTOP.age"),
        "records/notes.txt".to_owned(),
        "records/Abcdefgh/00000/x.age".to_owned(),
        "keys/identity-0001-p001 (1).age".to_owned(),
        "VAULT-LAPTOP.json".to_owned(),
    ];
    for path in &strange {
        world.store.put(path, bytes.clone());
    }
    world.store.put("records/.DS_Store", b"x".to_vec());
    world.store.put("desktop.ini", b"x".to_vec());
    let report = verify(&open);
    assert_eq!((report.files, report.records, report.damaged.len()), (1, 1, 0));
    let listed: Vec<&str> = report
        .warnings
        .iter()
        .map(|warning| match warning {
            Warning::Unknown { file } | Warning::ConflictCopy { file } => file.as_str(),
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(listed.len(), strange.len(), "{listed:?}");
    let copy = |warning: &&Warning| matches!(warning, Warning::ConflictCopy { .. });
    assert_eq!(report.warnings.iter().filter(copy).count(), 3, "told from strange files");
    for path in &strange {
        assert!(listed.iter().any(|listed| path.starts_with(listed)), "{path}");
    }
}

#[test]
fn a_hostile_header_is_refused_at_once() {
    let stanzas = |count: usize, body: &str| {
        let head = format!("age-encryption.org/v1\n{}", body.repeat(count));
        format!("{head}--- {}\n{}", "A".repeat(43), "x".repeat(32)).into_bytes()
    };
    assert_eq!(scan_header(&stanzas(8, "-> a\n\n")), Ok(()), "eight are allowed");
    let (world, open, file, _) = one_record();
    let endless = [b"age-encryption.org/v1\n-> ".as_slice(), &vec![b'a'; 900_000]].concat();
    for hostile in [
        stanzas(100, "-> a\n\n"),
        stanzas(4000, "-> a\n\n"),
        stanzas(9, "-> a\n\n"),
        stanzas(1, &format!("-> a\n{}\n", "A".repeat(24_000))),
        endless,
    ] {
        let path = renamed(&file, &hostile);
        world.store.put(&path, hostile);
        let begun = Instant::now();
        assert_eq!(damage(&open, &path), Some(Damage::Header));
        // Without the look at the header the library takes seconds or hours.
        assert!(begun.elapsed() < Duration::from_secs(1));
        world.store.remove(&path);
    }
}

#[test]
fn recipients_with_which_nothing_would_be_secret_are_refused() {
    let good = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";
    assert!(Recipient::parse(good).unwrap().encrypt(b"x").is_ok());
    let hrp = bech32::Hrp::parse("age").unwrap();
    let order_eight: [u8; 32] = [
        0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4,
        0x6a, 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49,
        0xb8, 0x00,
    ];
    let other_order_eight: [u8; 32] = [
        0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef,
        0x5b, 0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f,
        0x11, 0x57,
    ];
    let near_p = |first: u8| {
        let mut point = [0xff; 32];
        (point[0], point[31]) = (first, 0x7f);
        point
    };
    let mut one = [0; 32];
    one[0] = 1;
    let points =
        [[0; 32], one, order_eight, other_order_eight, near_p(0xec), near_p(0xed), near_p(0xee)];
    for mut point in points {
        for high_bit in [0, 0x80] {
            point[31] = point[31] & 0x7f | high_bit;
            let text = bech32::encode::<bech32::Bech32>(hrp, &point).unwrap();
            assert_eq!(Recipient::parse(&text).err(), Some(SealError::Recipient), "{point:x?}");
        }
    }
    let no_recipients = [
        "",
        "age1",
        &good[..50],
        "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33",
    ];
    for text in no_recipients {
        assert!(Recipient::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_record_that_is_too_large_is_refused_before_anything_is_written() {
    let (world, mut open, file, _) = one_record();
    let before = world.store.paths();
    let large = "x".repeat(10_000_000);
    let error = open.save(vec![note(2, &large)], now()).unwrap_err();
    assert!(matches!(error, VaultError::TooLarge { limit: MAX_RECORD, size } if size > 10_000_000));
    assert!(!error.to_string().contains("xxx"));
    let error = open.draft_put(id(2), &[b'x'; 16 * 1024 * 1024], now()).unwrap_err();
    assert!(matches!(error, VaultError::TooLarge { .. }));
    assert_eq!(world.store.paths(), before);
    assert!(matches!(open.save(Vec::new(), now()), Err(VaultError::Nothing)));
    // Nearly a mebibyte is fine, and no number was used up.
    let next = open.save(vec![note(2, &large[..900_000])], now()).unwrap().file;
    assert!(next.contains("/00000002-"), "{file} {next}");
    assert!(world.store.get(&next).unwrap().len() as u64 <= MAX_RECORD);
}

#[test]
fn a_body_that_would_not_read_back_is_refused_before_anything_is_written() {
    let (world, mut open, _, _) = one_record();
    let before = world.store.paths();
    let mut deep = json!("bottom");
    for _ in 0..140 {
        deep = json!([deep]);
    }
    let deep = entry(2, json!({ "deep": deep }));
    assert!(matches!(open.save(vec![deep], now()), Err(VaultError::NotTheSame)));
    let mut renamed = note(3, "text");
    renamed.body = json!({ "text": "other" });
    assert!(matches!(open.save(vec![renamed], now()), Err(VaultError::Entry(_))));
    assert_eq!(world.store.paths(), before);
}

#[test]
fn a_long_check_can_be_stopped_and_tells_how_far_it_is() {
    let (world, mut open, _) = World::with_vault();
    for number in 1..=600 {
        open.save(vec![note(number, "x")], now()).unwrap();
    }
    let mut seen = Vec::new();
    open.verify(now(), &mut |progress| {
        seen.push((progress.done, progress.total));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(seen.len() > 1 && seen.is_sorted() && seen.last() == Some(&(600, 600)), "{seen:?}");
    let stop = &mut |_| ControlFlow::Break(());
    assert!(matches!(open.verify(now(), stop), Err(VaultError::Cancelled)));
    drop(open);
    assert!(matches!(world.find().verify(stop), Err(VaultError::Cancelled)));
    let stopped = world.find().unlock_with_progress(&passphrase(), now(), stop);
    let vault = stopped.map_err(|(vault, _)| vault).err().unwrap();
    let open = vault.unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap();
    assert!(open.read_only().is_none(), "stopping gives the lock back");
}

#[test]
fn only_the_holder_of_a_recipients_key_reads_what_is_encrypted_to_it() {
    let (key, other) = (age::x25519::Identity::generate(), age::x25519::Identity::generate());
    let of =
        |key: &age::x25519::Identity| Identity::parse(key.to_string().expose_secret()).unwrap();
    let recipient = Recipient::parse(&key.to_public().to_string()).unwrap();
    let sealed = recipient.encrypt(b"for one reader").unwrap();
    assert!(scan_header(&sealed).is_ok());
    assert_eq!(of(&key).decrypt(&sealed).unwrap().as_slice(), b"for one reader");
    assert!(of(&other).decrypt(&sealed).is_err());
}

#[test]
fn a_record_larger_than_any_that_is_written_is_not_read() {
    let (world, open, _, _) = one_record();
    let holder = KeyHolder::of(&world);
    let long = "x".repeat(usize::try_from(MAX_RECORD).unwrap());
    let attached = json!({ "record": id(1), "name": "a.txt", "media_type": "text/plain",
        "size": 3, "data": "YWJj", "comment": long });
    let attached = Entry::new(Kind::Attachment, id(2), Vec::new(), attached).unwrap();
    let put = |seq: u64, entry: &Entry| {
        let sealed = holder.seal(&holder.envelope(seq), json!([entry]).to_string().as_bytes());
        let path = record_path(seq, &sealed);
        world.store.put(&path, sealed);
        damage(&open, &path)
    };
    assert_eq!(put(1, &note(3, &long)), Some(Damage::TooLarge));
    assert_eq!(put(2, &attached), None, "a file with an attachment may be larger");
}
