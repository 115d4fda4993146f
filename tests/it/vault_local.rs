//! What a computer keeps for itself: the lock, drafts, its name, its memory of the vault.

use std::fs;
use std::time::{Duration, SystemTime};

use cairn::vault::store::Store;
use cairn::vault::store::disk::DiskStore;
use cairn::vault::{Absence, KnownBy, Passphrase, ReadOnly, Vault, VaultError, Warning};

use crate::support::vault::{World, cost, create, id, later, note, now, passphrase, text, verify};

#[test]
fn a_second_window_reads_at_once_and_writes_when_the_first_is_gone() {
    let (world, mut first, _) = World::with_vault();
    first.save(vec![note(1, "written here")], now()).unwrap();
    let mut second = world.open();
    assert_eq!(second.read_only(), Some(ReadOnly::Locked));
    assert_eq!(text(&second, 1).as_deref(), Some("written here"));
    let before = world.store.paths();
    let refused = second.save(vec![note(2, "no")], now());
    assert!(matches!(refused, Err(VaultError::OpenedReadOnly(ReadOnly::Locked))));
    let refused = second.draft_put(id(2), b"no", now());
    assert!(matches!(refused, Err(VaultError::OpenedReadOnly(ReadOnly::Locked))));
    let refused = second.change_passphrase(&passphrase(), &Passphrase::new("no"), cost());
    assert!(matches!(refused, Err(VaultError::OpenedReadOnly(ReadOnly::Locked))));
    assert_eq!(world.store.paths(), before);
    let vault = second.lock(now());
    drop(first);
    let mut second = vault.unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap();
    assert_eq!(second.read_only(), None);
    second.save(vec![note(2, "yes")], now()).unwrap();
}

#[test]
fn a_second_opening_on_a_disk_is_for_reading_only() {
    let dir = tempfile::tempdir().unwrap();
    let stores = || {
        let store = |name| Box::new(DiskStore::new(dir.path().join(name))) as Box<dyn Store>;
        (store("vault"), store("state"))
    };
    let (store, local) = stores();
    let (first, _) = create(store, local).unwrap();
    let open = || {
        let (store, local) = stores();
        let vault = Vault::find(store, local).unwrap().unwrap();
        vault.unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap()
    };
    assert_eq!(open().read_only(), Some(ReadOnly::Locked));
    drop(first);
    assert_eq!(open().read_only(), None);
}

#[test]
fn a_draft_outlives_the_program_and_its_newest_version_counts() {
    let (world, mut open, _) = World::with_vault();
    for version in ["f", "fi", "first\nline"] {
        open.draft_put(id(1), version.as_bytes(), later(1)).unwrap();
    }
    open.draft_put(id(2), b"another", now()).unwrap();
    drop(open);
    let mut open = world.open();
    let draft = open.draft_get(id(1)).unwrap();
    assert_eq!((draft.content.as_slice(), draft.at), (b"first\nline".as_slice(), later(1)));
    assert_eq!(open.drafts().map(|(id, _)| id).collect::<Vec<_>>(), [id(1), id(2)]);
    open.draft_put(id(1), b"first line and more", later(2)).unwrap();
    open.draft_clear(id(2)).unwrap();
    drop(open);
    let open = world.open();
    assert_eq!(open.draft_get(id(1)).unwrap().content.as_slice(), b"first line and more");
    assert!(open.draft_get(id(2)).is_none());
    assert!(open.records().is_empty(), "a draft is not a version");
    let files = world.local.paths();
    assert_eq!(files.iter().filter(|path| path.contains("/drafts/")).count(), 2, "{files:?}");
}

#[test]
fn what_is_too_large_for_a_record_is_kept_as_a_draft_all_the_same() {
    let (world, mut open, _) = World::with_vault();
    let words = "x".repeat(2 * usize::try_from(cairn::vault::MAX_RECORD).unwrap());
    let refused = open.save(vec![note(1, &words)], now());
    assert!(matches!(refused, Err(VaultError::TooLarge { .. })));
    open.draft_put(id(1), words.as_bytes(), now()).unwrap();
    // The largest that is taken is read again as well.
    let most = 4 * words.len();
    open.draft_put(id(2), &vec![b'y'; most], now()).unwrap();
    assert!(open.draft_put(id(2), &vec![b'y'; most + 1], now()).is_err());
    drop(open);
    let open = world.open();
    assert_eq!(open.draft_get(id(1)).unwrap().content.len(), words.len());
    assert_eq!(open.draft_get(id(2)).unwrap().content.len(), most);
}

#[test]
fn temporary_files_a_day_old_are_cleared_away_and_younger_ones_stay() {
    let dir = tempfile::tempdir().unwrap();
    let store = |name: &str| Box::new(DiskStore::new(dir.path().join(name)));
    let (mut open, _) = create(store("vault"), store("state")).unwrap();
    let saved = open.save(vec![note(1, "text")], now()).unwrap();
    let folder = saved.file.rsplit_once('/').unwrap().0.to_owned();
    drop(open);
    let put = |path: &str, hours: i64| {
        let path = dir.path().join("vault").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "half").unwrap();
        let seconds = now().as_second() - hours * 3600;
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.try_into().unwrap());
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        path
    };
    let old = [
        put(&format!("{folder}/~$0123456789abcdef.tmp"), 25),
        put("keys/~$0123456789abcdef.tmp", 24),
    ];
    let kept = [
        put(&format!("{folder}/~$0123456789abcdee.tmp"), 23),
        put("keys/~$0123456789abcdeX.tmp", 99),
        put("records/zzzzzzzz/00000/~$0123456789abcdef.tmp", 99),
    ];
    let vault = Vault::find(store("vault"), store("state")).unwrap().unwrap();
    vault.unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap();
    assert!(old.iter().all(|path| !path.exists()));
    assert!(kept.iter().all(|path| path.exists()), "another computer may be writing it");
}

#[test]
fn a_computer_that_forgot_who_it_was_takes_a_new_name() {
    let (world, mut open, _) = World::with_vault();
    let first = open.save(vec![note(1, "one")], now()).unwrap().file;
    drop(open);
    let device = |path: &str| path.split('/').nth(1).unwrap().to_owned();
    for lost in ["device.age", "heads"] {
        for path in world.local.paths() {
            if path.contains(lost) {
                world.local.remove(&path);
            }
        }
        let mut open = world.open();
        let next = open.save(vec![note(2, lost)], now()).unwrap().file;
        assert_ne!(device(&next), device(&first));
        assert!(next.contains("/00000001-"), "{next}");
        drop(open);
        let mut open = world.open();
        let after = open.save(vec![note(3, lost)], now()).unwrap().file;
        assert_eq!(device(&after), device(&next), "and keeps it");
        assert!(verify(&open).warnings.is_empty());
    }
}

#[test]
fn a_copied_computer_is_noticed_and_takes_a_new_name() {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one")], now()).unwrap();
    drop(open);
    // Two computers with the same local state write to the same folder.
    let twin = World { store: world.store.clone(), local: world.local.copy() };
    let mut ours = world.open();
    let mut theirs = twin.open();
    let old = ours.save(vec![note(2, "ours")], now()).unwrap().file;
    theirs.save(vec![note(3, "theirs")], now()).unwrap();
    drop((ours, theirs));
    let mut open = world.open();
    assert!(open.warnings().contains(&Warning::NewDevice));
    assert!(open.warnings().iter().any(|warning| matches!(warning, Warning::Fork { seq: 2, .. })));
    assert_eq!(open.records().len(), 3, "both are kept");
    let new = open.save(vec![note(4, "apart")], now()).unwrap().file;
    assert_ne!(new.split('/').nth(1), old.split('/').nth(1));
    drop(open);
    assert!(!world.open().warnings().contains(&Warning::NewDevice), "once is enough");
}

#[test]
fn a_folder_that_was_set_back_is_noticed_and_stays_usable() {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one")], now()).unwrap();
    let backup = world.store.copy();
    let lost = open.save(vec![note(2, "two")], now()).unwrap().file;
    open.rest(now());
    drop(open);
    let back = World { store: backup, local: world.local.clone() };
    let mut open = back.open();
    let missing = Warning::Missing {
        file: lost.clone(),
        known_by: KnownBy::ThisComputer,
        class: Absence::SetBack,
    };
    assert_eq!(open.warnings(), std::slice::from_ref(&missing));
    let next = open.save(vec![note(3, "three")], now()).unwrap().file;
    assert!(next.contains("/00000003-"), "no number is used twice: {next}");
    drop(open);
    // A computer that has never seen the vault knows it from the chain.
    let known_by = KnownBy::Next;
    assert_eq!(
        back.elsewhere().open().warnings(),
        [Warning::Missing { file: lost, known_by, class: Absence::OnItsWay }]
    );
}

#[test]
fn what_another_computer_has_seen_is_missed_when_it_goes() {
    let (here, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one")], now()).unwrap();
    let tail = open.save(vec![note(2, "two")], now()).unwrap().file;
    here.elsewhere().open().save(vec![note(3, "three")], now()).unwrap();
    here.store.remove(&tail);
    let known_by = KnownBy::OtherDevice;
    let third = here.elsewhere().open();
    assert_eq!(
        third.warnings(),
        [Warning::Missing { file: tail, known_by, class: Absence::OnItsWay }]
    );
    assert_eq!(third.records().len(), 2);
}

#[test]
fn a_sealed_draft_holds_no_word_and_only_its_own_vault_opens_it() {
    let (_, open, _) = World::with_vault();
    let words = "CANARY: she hesitated before the handover. ".repeat(40);
    let sealed = open.seal_draft(id(1), words.as_bytes()).unwrap();
    assert_eq!(sealed.place(), (open.id(), id(1)));
    let bytes = sealed.bytes();
    for word in ["CANARY", "hesitated", "handover"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()));
    }
    assert_eq!(**open.open_draft(&sealed).unwrap(), *words.as_bytes());
    let (_, other, _) = World::with_vault();
    assert!(other.open_draft(&sealed).is_none());
}

#[test]
fn where_the_person_stopped_is_kept_here_alone_and_as_no_plain_text() {
    let (world, mut open, _) = World::with_vault();
    assert!(open.place().is_none());
    let shared = world.store.paths();
    open.keep_place(b"the first conversation", now()).unwrap();
    open.keep_place(b"the second conversation", later(1)).unwrap();
    drop(open);
    let kept = |world: &World| world.open().place().map(|place| place.to_vec());
    assert_eq!(kept(&world).as_deref(), Some(&b"the second conversation"[..]));
    assert_eq!(world.store.paths(), shared, "nothing of it goes into the record's folder");
    assert!(kept(&world.elsewhere()).is_none());
    let place = world.local.paths().into_iter().find(|path| path.contains("place")).unwrap();
    let bytes = world.local.get(&place).unwrap();
    assert!(!bytes.windows(12).any(|part| part == b"conversation"));
    // A damaged one, and one of another record, are none.
    world.local.put(&place, &bytes[..bytes.len() - 40]);
    assert!(kept(&world).is_none());
    let (other, open, _) = World::with_vault();
    drop(open);
    let dir = other.local.paths()[0].rsplit_once('/').map(|(dir, _)| dir.to_owned()).unwrap();
    other.local.put(&format!("{dir}/{}", place.rsplit('/').next().unwrap()), bytes);
    assert!(kept(&other).is_none());
}

#[test]
fn a_record_whose_number_was_given_again_was_set_back_and_not_taken_out() {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one")], now()).unwrap();
    drop(open);
    let before = world.copy();
    let lost = world.open().save(vec![note(2, "two")], now()).unwrap().file;
    world.elsewhere().open().save(vec![note(3, "three, by another computer")], now()).unwrap();
    // The first computer comes back from a copy of its disk and goes on from there.
    let again = before.open().save(vec![note(4, "four")], now()).unwrap().file;
    let number = |file: &str| file.rsplit_once('-').map(|(number, _)| number.to_owned());
    assert!(number(&lost) == number(&again) && lost != again);
    let third = world.elsewhere();
    third.store.remove(&lost);
    third.store.put(&again, before.store.get(&again).unwrap());
    let month = 60 * 24 * 30;
    let open = third.find().unlock(&passphrase(), later(month)).map_err(|(_, e)| e).unwrap();
    let known_by = KnownBy::OtherDevice;
    let told = Warning::Missing { file: lost, known_by, class: Absence::SetBack };
    assert!(open.warnings().contains(&told), "{:?}", open.warnings());
}

#[test]
fn what_was_seen_once_is_missed_when_it_goes_though_the_program_was_ended_at_once() {
    let (here, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one")], now()).unwrap();
    drop(open.lock(now()));
    let seen = here.elsewhere().open().save(vec![note(2, "two")], now()).unwrap().file;
    drop(here.open());
    here.store.remove(&seen);
    let known_by = KnownBy::ThisComputer;
    let told = Warning::Missing { file: seen, known_by, class: Absence::SetBack };
    assert_eq!(here.open().warnings(), [told]);
}
