//! The passphrase, the recovery key, and what a folder looks like from outside.

use std::time::{Duration, Instant};

use cairn::vault::{
    Cost, Passphrase, ReadOnly, RecoveryKey, RecoveryKeyError, Vault, VaultError, VaultFileFault,
    Warning,
};

use crate::support::vault::{World, cost, go_on, id, note, now, passphrase, renamed, text, verify};

#[test]
fn the_key_file_costs_two_to_the_eighteenth_whatever_the_clock_says() {
    let world = World::empty();
    let boxed = || (Box::new(world.store.clone()), Box::new(world.local.clone()));
    let (store, local) = boxed();
    Vault::create(store, local, &passphrase(), Cost::FIXED, now()).unwrap();
    let path = world.key_files("identity").pop().unwrap();
    let bytes = world.store.get(&path).unwrap();
    let stanza = bytes.split(|byte| *byte == b'\n').nth(1).unwrap();
    let stanza = std::str::from_utf8(stanza).unwrap();
    assert!(stanza.starts_with("-> scrypt ") && stanza.ends_with(" 18"), "{stanza}");
}

#[test]
fn the_same_letters_typed_in_another_way_open_the_vault() {
    let world = World::empty();
    let (store, local) = (Box::new(world.store.clone()), Box::new(world.local.clone()));
    let composed = Passphrase::new("caf\u{e9} \u{c5}");
    drop(Vault::create(store, local, &composed, cost(), now()).unwrap());
    world.try_open(&Passphrase::new("cafe\u{301} \u{212b}")).unwrap();
    let wrong = world.try_open(&Passphrase::new("cafe A"));
    assert!(matches!(wrong, Err(VaultError::WrongPassphrase)));
    assert_eq!(format!("{composed:?}"), "Passphrase(..)");
}

#[test]
fn changing_the_passphrase_shuts_out_the_old_one_and_keeps_the_records() {
    let (world, mut open, key) = World::with_vault();
    open.save(vec![note(1, "kept")], now()).unwrap();
    let new = Passphrase::new("another one");
    let wrong = open.change_passphrase(&new, &new, cost());
    assert!(matches!(wrong, Err(VaultError::WrongPassphrase)));
    open.change_passphrase(&passphrase(), &new, cost()).unwrap();
    drop(open);
    assert!(matches!(world.try_open(&passphrase()), Err(VaultError::WrongPassphrase)));
    assert_eq!(text(&world.try_open(&new).unwrap(), 1).as_deref(), Some("kept"));
    let files = world.key_files("identity");
    assert!(files.len() == 1 && files[0].starts_with("keys/identity-0001-p002-"), "{files:?}");
    let open = world.find().recover(&key, &passphrase(), cost(), now());
    assert_eq!(text(&open.map_err(|(_, error)| error).unwrap(), 1).as_deref(), Some("kept"));
}

#[test]
fn after_a_change_that_was_cut_off_either_passphrase_opens() {
    let (world, mut open, _) = World::with_vault();
    let old = world.key_files("identity").pop().unwrap();
    let bytes = world.store.get(&old).unwrap();
    let new = Passphrase::new("another one");
    open.change_passphrase(&passphrase(), &new, cost()).unwrap();
    drop(open);
    world.store.put(&old, bytes);
    for passphrase in [&passphrase(), &new] {
        let open = world.try_open(passphrase).unwrap();
        assert!(verify(&open).warnings.contains(&Warning::SeveralPassphrases));
    }
    let neither = world.try_open(&Passphrase::new("neither"));
    assert!(matches!(neither, Err(VaultError::WrongPassphrase)));
}

#[test]
fn the_words_on_paper_open_the_vault_however_they_are_typed() {
    let (world, mut open, key) = World::with_vault();
    open.save(vec![note(1, "kept")], now()).unwrap();
    drop(open);
    let words = key.words();
    assert_eq!(words.split(' ').count(), 24);
    let numbered: String = words
        .split(' ')
        .enumerate()
        .map(|(index, word)| {
            format!("{:>2}. {}{}", index + 1, word, if index % 6 == 5 { "\r\n" } else { ",\t" })
        })
        .collect();
    let age_key = key.as_age_key();
    let folded = format!("  {}\n {} ", &age_key[..40].to_lowercase(), &age_key[40..]);
    let file = format!("# {}\n# for paper\n{}\n", words.as_str(), age_key.as_str());
    for typed in [words.as_str(), &numbered, &words.to_uppercase(), &age_key, &folded, &file] {
        let parsed = RecoveryKey::parse(typed).unwrap();
        assert_eq!(*parsed.as_age_key(), *age_key);
    }
    let new = Passphrase::new("remembered this time");
    let parsed = RecoveryKey::parse(&words).unwrap();
    let open = world.find().recover(&parsed, &new, cost(), now()).map_err(|(_, e)| e).unwrap();
    assert_eq!(text(&open, 1).as_deref(), Some("kept"));
    drop(open);
    world.try_open(&new).unwrap();
    assert!(matches!(world.try_open(&passphrase()), Err(VaultError::WrongPassphrase)));
    let other = World::with_vault().2;
    let refused = world.find().recover(&other, &new, cost(), now()).map_err(|(_, error)| error);
    assert!(matches!(refused, Err(VaultError::WrongRecoveryKey)));
    assert_eq!(format!("{key:?}"), "RecoveryKey(..)");
}

#[test]
fn a_slip_in_the_recovery_key_is_named_by_its_number_and_never_by_the_word() {
    // The words of 32 zero bytes, from the test vectors of BIP 39.
    let zero = format!("{}art", "abandon ".repeat(23));
    let key = RecoveryKey::parse(&zero).unwrap();
    assert_eq!(*key.words(), zero);
    let unknown = zero.replacen("abandon abandon abandon", "abandon abandon secretword", 1);
    let error = RecoveryKey::parse(&unknown).unwrap_err();
    assert_eq!(error, RecoveryKeyError::UnknownWord(3));
    assert!(!error.to_string().contains("secretword"));
    let other_word = zero.replacen("abandon", "zoo", 1);
    assert_eq!(RecoveryKey::parse(&other_word), Err(RecoveryKeyError::Checksum));
    let short = zero.replacen("abandon ", "", 1);
    assert_eq!(RecoveryKey::parse(&short), Err(RecoveryKeyError::WordCount(23)));
    assert_eq!(RecoveryKey::parse(""), Err(RecoveryKeyError::WordCount(0)));
    let age_key = key.as_age_key();
    let other_letter = age_key.replacen("QQQ", "QPQ", 1);
    for wrong in
        [other_letter.as_str(), &age_key[..70], "AGE-SECRET-KEY-1", &format!("{}Q", &age_key[..73])]
    {
        assert_eq!(RecoveryKey::parse(wrong), Err(RecoveryKeyError::SecretKey), "{wrong}");
    }
}

#[test]
fn a_damaged_key_file_is_told_from_a_wrong_passphrase() {
    let (world, open, _) = World::with_vault();
    drop(open);
    let path = world.key_files("identity").pop().unwrap();
    let bytes = world.store.get(&path).unwrap();
    let wrong = Passphrase::new("wrong");
    assert!(matches!(world.try_open(&wrong), Err(VaultError::WrongPassphrase)));
    let mut flipped = bytes.clone();
    *flipped.last_mut().unwrap() ^= 1;
    for damaged in [flipped.clone(), bytes[..100].to_vec(), Vec::new(), vec![0; 100_000]] {
        world.store.put(&path, damaged);
        for passphrase in [&passphrase(), &wrong] {
            let error = world.try_open(passphrase).err();
            assert!(
                matches!(&error, Some(VaultError::DamagedKeyFile { file }) if *file == path),
                "{error:?}"
            );
        }
    }
    world.store.remove(&path);
    assert!(matches!(world.try_open(&passphrase()), Err(VaultError::NoKeyFile)));
    // Under a name that fits, what was encrypted is found damaged all the same.
    world.store.put(&renamed(&path, &flipped), flipped);
    let error = world.try_open(&passphrase()).err();
    assert!(matches!(error, Some(VaultError::DamagedKeyFile { .. })), "{error:?}");
}

#[test]
fn a_key_file_that_asks_for_too_much_work_is_refused_at_once() {
    let (world, open, _) = World::with_vault();
    drop(open);
    let path = world.key_files("identity").pop().unwrap();
    let text = world.store.remove(&path).unwrap();
    let at = text.windows(2).position(|two| two == b" 2").unwrap();
    let hostile = [&text[..at], b" 30", &text[at + 2..]].concat();
    world.store.put(&renamed(&path, &hostile), hostile);
    let begun = Instant::now();
    let error = world.try_open(&passphrase()).err();
    assert!(matches!(error, Some(VaultError::DamagedKeyFile { .. })), "{error:?}");
    // An hour without the cap.
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn what_is_not_a_vault_is_said_to_be_none() {
    let world = World::empty();
    assert!(world.try_find().unwrap().is_none(), "no folder");
    world.store.put("holiday.jpg", b"x".to_vec());
    assert!(world.try_find().unwrap().is_none(), "a folder with other things");
    let whole =
        br#"{"format":"cairn-vault","version":1,"vault":"00112233445566778899aabbccddeeff"}"#;
    for (bytes, fault) in [
        (&b""[..], VaultFileFault::Empty),
        (&whole[..40], VaultFileFault::Truncated),
        (b"[1, 2", VaultFileFault::Foreign),
        (b"hello", VaultFileFault::Foreign),
        (
            br#"{"format":"other-vault","version":1,"vault":"00112233445566778899aabbccddeeff"}"#,
            VaultFileFault::Foreign,
        ),
        (
            br#"{"format":"cairn-vault","version":0,"vault":"00112233445566778899aabbccddeeff"}"#,
            VaultFileFault::Foreign,
        ),
        (&vec![b' '; 100_000], VaultFileFault::Foreign),
    ] {
        world.store.put("VAULT.json", bytes);
        let error = world.try_find().err();
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert!(
            matches!(error, Some(VaultError::NotAVault(found)) if found == fault),
            "{shown}: {error:?}"
        );
    }
    // Records whose key files and first file have gone are no place for a new vault.
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one")], now()).unwrap();
    drop(open);
    for path in world.store.paths().iter().filter(|path| !path.starts_with("records/")) {
        world.store.remove(path);
    }
    let left = world.store.paths();
    let error = world.try_find().err();
    let missing = matches!(error, Some(VaultError::NotAVault(VaultFileFault::Missing)));
    assert!(missing, "{error:?}");
    assert!(matches!(world.create().err(), Some(VaultError::AlreadyAVault)));
    assert_eq!(world.store.paths(), left);
}

#[test]
fn with_a_damaged_first_file_the_records_can_still_be_read() {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "kept")], now()).unwrap();
    drop(open);
    let whole = world.store.get("VAULT.json").unwrap();
    for (bytes, fault) in [
        (None, VaultFileFault::Missing),
        (Some(Vec::new()), VaultFileFault::Empty),
        (Some(whole[..30].to_vec()), VaultFileFault::Truncated),
        (Some(b"x".to_vec()), VaultFileFault::Foreign),
    ] {
        match bytes {
            None => drop(world.store.remove("VAULT.json")),
            Some(bytes) => world.store.put("VAULT.json", bytes),
        }
        let mut open = world.open();
        assert_eq!(text(&open, 1).as_deref(), Some("kept"));
        assert_eq!(open.read_only(), Some(ReadOnly::VaultFile(fault)));
        let saved = open.save(vec![note(2, "no")], now());
        assert!(matches!(saved, Err(VaultError::OpenedReadOnly(_))));
        let warned = Warning::Incomplete { file: "VAULT.json".to_owned() };
        assert!(verify(&open).warnings.contains(&warned));
    }
    // Another vault's first file: what the key file says counts.
    let other = World::with_vault().0.store.get("VAULT.json").unwrap();
    world.store.put("VAULT.json", other);
    let open = world.open();
    assert_eq!(text(&open, 1).as_deref(), Some("kept"));
    assert!(open.warnings().contains(&Warning::OtherVault));
}

#[test]
fn a_newer_vault_is_read_only_or_refused_with_its_version() {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "kept")], now()).unwrap();
    let vault = open.id();
    drop(open);
    let newer = format!(r#"{{"format":"cairn-vault","version":7,"vault":"{vault}","more":[1]}}"#);
    world.store.put("VAULT.json", newer);
    let open = world.open();
    assert_eq!(open.read_only(), Some(ReadOnly::NewerVersion(7)));
    assert_eq!(text(&open, 1).as_deref(), Some("kept"));
    drop(open);
    let wrong = world.try_open(&Passphrase::new("wrong"));
    assert!(matches!(wrong, Err(VaultError::WrongPassphrase)));
    let path = world.key_files("identity").pop().unwrap();
    world.store.remove(&path);
    world.store.put("keys/identity-v2-001.bin", b"who knows".to_vec());
    let error = world.try_open(&passphrase()).err();
    assert!(matches!(error, Some(VaultError::NewerVersion { version: 7 })), "{error:?}");
}

#[test]
fn the_old_recovery_sheet_works_until_the_new_one_is_in_hand() {
    let (world, mut open, old) = World::with_vault();
    open.save(vec![note(1, "one")], now()).unwrap();
    let new = open.new_recovery_key(id(900), now()).unwrap();
    let opens = |key: &RecoveryKey| {
        let copy = world.copy();
        copy.find().recover(key, &passphrase(), cost(), now()).map_err(|(_, error)| error).is_ok()
    };
    // Nobody has written the new one down yet: a lock, a crash or a closed pipe may come first.
    assert!(opens(&old) && opens(&new));
    drop(open);
    let mut open = world.open();
    assert!(open.warnings().contains(&Warning::SeveralRecoveryKeys), "it is told until it is done");
    let unopened = world.find().verify(&mut go_on).unwrap();
    assert!(unopened.warnings.contains(&Warning::SeveralRecoveryKeys), "also without a key");
    open.shut_older_recovery_keys_out().unwrap();
    assert!(opens(&old), "only whoever has just seen a new one can shut the old one out");
    let newest = open.new_recovery_key(id(901), now()).unwrap();
    open.shut_older_recovery_keys_out().unwrap();
    assert!(!opens(&old) && !opens(&new) && opens(&newest));
    assert!(open.warnings().is_empty(), "{:?}", open.warnings());
}
