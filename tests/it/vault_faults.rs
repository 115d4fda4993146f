//! Disks that break, fill up or go away: no older record is lost, and nothing is called saved that
//! is not.

use std::fs;
use std::time::{Duration, Instant};

use cairn::vault::store::disk::DiskStore;
use cairn::vault::store::memory::MemoryStore;
use cairn::vault::store::{FileKind, Store};
use cairn::vault::{Damage, Passphrase, ReadOnly, Vault, VaultError, Warning};

use crate::support::vault::{
    EIO, ENOSPC, Fault, FaultyStore, World, at_every_call, cost, create, id, next_version, note,
    now, passphrase, text, verify,
};

/// Other errors of a disk.
const ENODEV: i32 = 19;
const EROFS: i32 = 30;
const EACCES: i32 = 13;

/// A vault on a store that breaks, in front of memory that does not.
fn faulty(world: &World, fault: &Fault) -> (Box<dyn Store>, Box<dyn Store>) {
    (
        Box::new(FaultyStore::new(world.store.clone(), fault)),
        Box::new(FaultyStore::new(world.local.clone(), fault)),
    )
}

#[test]
fn a_save_that_breaks_anywhere_costs_no_older_record_and_the_next_one_works() {
    at_every_call(|fault, arm| {
        let world = World::empty();
        let (store, local) = faulty(&world, fault);
        let (mut open, _) = create(store, local).unwrap();
        open.save(vec![note(1, "old")], now()).unwrap();
        let old = world.record_files().pop().unwrap();
        let old_bytes = world.store.get(&old).unwrap();
        arm();
        let result = open.save(vec![note(2, "new")], now());
        let fired = fault.disarm();
        if let Some(call) = &fired {
            let in_vault = !call.contains(&open.id().to_string());
            assert_eq!(result.is_err(), in_vault, "success after an error of {call}");
            assert_no_second_sync(&fault.log(), call);
        }
        if let Err(error) = &result {
            let told = matches!(error, VaultError::NoSpace { .. } | VaultError::DeviceGone { .. });
            assert!(told, "{error:?}");
            assert_eq!(text(&open, 2), None, "what is not saved is not shown as saved");
        }
        // A crash here, then another start.
        let crashed = world.copy().open();
        assert_eq!(text(&crashed, 1).as_deref(), Some("old"));
        assert!(matches!(text(&crashed, 2).as_deref(), None | Some("new")));
        assert!(result.is_err() || text(&crashed, 2).is_some(), "acknowledged and lost");
        assert!(crashed.damaged().is_empty() && crashed.warnings().is_empty());
        // No crash: the person tries again.
        open.save(vec![note(2, "new")], now()).unwrap();
        drop(open);
        let open = world.open();
        assert_eq!(
            (text(&open, 1).as_deref(), text(&open, 2).as_deref()),
            (Some("old"), Some("new"))
        );
        let report = verify(&open);
        assert!(report.damaged.is_empty(), "{:?}", report.damaged);
        let fine = |warning: &Warning| matches!(warning, Warning::Temporary { .. });
        assert!(report.warnings.iter().all(fine), "{:?}", report.warnings);
        assert_eq!(world.store.get(&old), Some(old_bytes));
        u32::from(fired.is_some())
    });
}

/// After a failed sync of a file nothing but its removal may happen to it.
fn assert_no_second_sync(log: &[String], fired: &str) {
    let Some(path) = fired.strip_prefix("sync ") else { return };
    let after = log.iter().skip_while(|call| *call != fired).skip(1);
    for call in after.filter(|call| call.ends_with(path)) {
        assert!(call.starts_with("unlink "), "{call} after {fired}");
    }
}

#[test]
fn making_a_vault_that_breaks_anywhere_leaves_nothing_or_a_whole_one() {
    at_every_call(|fault, arm| {
        let world = World::empty();
        let (store, local) = faulty(&world, fault);
        arm();
        let result = create(store, local);
        let for_good = fault.log().len();
        let fired = fault.disarm();
        match result {
            // A fault in local state leaves a vault that can be read.
            Ok((open, _)) => drop(open),
            Err(error) => {
                assert!(fired.is_some(), "{error:?} without a fault after {for_good} calls");
                // Where the disk let go again, the folder is free for the next attempt.
                match world.create() {
                    Ok((open, _)) => drop(open),
                    Err(VaultError::AlreadyAVault) => {
                        assert!(world.try_find().is_ok(), "what is left can be looked at");
                        return u32::from(fired.is_some());
                    }
                    Err(error) => panic!("{error:?}"),
                }
            }
        }
        let mut open = world.open();
        assert_eq!(open.read_only(), None);
        open.save(vec![note(1, "first")], now()).unwrap();
        u32::from(fired.is_some())
    });
}

#[test]
fn changing_the_passphrase_breaking_anywhere_leaves_the_old_or_the_new_one() {
    let new = Passphrase::new("another one");
    at_every_call(|fault, arm| {
        let world = World::empty();
        let (store, local) = faulty(&world, fault);
        let (mut open, _) = create(store, local).unwrap();
        open.save(vec![note(1, "kept")], now()).unwrap();
        arm();
        let result = open.change_passphrase(&passphrase(), &new, cost());
        let fired = fault.disarm();
        drop(open);
        let old_opens = world.try_open(&passphrase()).is_ok();
        let new_opens = world.try_open(&new).is_ok();
        assert!(old_opens || new_opens, "after {fired:?}");
        if result.is_ok() {
            assert!(new_opens && !old_opens, "after {fired:?}");
            assert!(fired.is_none(), "success after an error of {fired:?}");
        }
        let now_right = if new_opens { new.clone() } else { passphrase() };
        let open = world.try_open(&now_right).unwrap();
        assert_eq!(text(&open, 1).as_deref(), Some("kept"));
        u32::from(fired.is_some())
    });
}

#[test]
fn a_draft_that_breaks_anywhere_leaves_the_one_before() {
    at_every_call(|fault, arm| {
        let world = World::empty();
        let (store, local) = faulty(&world, fault);
        let (mut open, _) = create(store, local).unwrap();
        open.draft_put(id(1), b"one", now()).unwrap();
        open.draft_put(id(1), b"two", now()).unwrap();
        arm();
        let result = open.draft_put(id(1), b"three", now());
        let fired = fault.disarm();
        let crashed = world.copy().open();
        let draft = crashed.draft_get(id(1)).unwrap();
        match result {
            Ok(()) => assert_eq!(draft.content.as_slice(), b"three"),
            Err(_) => assert!([&b"two"[..], b"three"].contains(&draft.content.as_slice())),
        }
        open.draft_put(id(1), b"four", now()).unwrap();
        drop(open);
        assert_eq!(world.open().draft_get(id(1)).unwrap().content.as_slice(), b"four");
        u32::from(fired.is_some())
    });
}

#[test]
fn a_damaged_newer_draft_falls_back_to_the_older_and_damaged_heads_lock_nobody_out() {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one")], now()).unwrap();
    open.draft_put(id(2), b"older", now()).unwrap();
    open.draft_put(id(2), b"newer", now()).unwrap();
    drop(open);
    let slot =
        |part: &str| world.local.paths().into_iter().find(|path| path.contains(part)).unwrap();
    let newer = slot(&format!("drafts/{}-b", id(2)));
    let older = slot(&format!("drafts/{}-a", id(2)));
    let mut torn = world.local.get(&newer).unwrap();
    torn.truncate(300);
    world.local.put(&newer, torn);
    assert_eq!(world.open().draft_get(id(2)).unwrap().content.as_slice(), b"older");
    // A sound draft of another record, or in another slot, is not taken for this one.
    let sound = world.local.get(&older).unwrap();
    world.local.remove(&older);
    world.local.put(&newer, sound);
    assert!(world.open().draft_get(id(2)).is_none());
    for path in world.local.paths().into_iter().filter(|path| path.contains("heads-")) {
        world.local.put(&path, b"torn".to_vec());
        let mut open = world.open();
        assert!(open.read_only().is_none() && text(&open, 1).is_some());
        open.save(vec![next_version(&open, 1, "goes on")], now()).unwrap();
    }
}

#[test]
fn errors_of_the_system_are_told_apart() {
    let save = |errno: i32| {
        let (world, fault) = (World::empty(), Fault::default());
        let (store, local) = faulty(&world, &fault);
        let (mut open, _) = create(store, local).unwrap();
        fault.arm(1, errno, false, true);
        open.save(vec![note(1, "x")], now()).unwrap_err()
    };
    assert!(matches!(save(ENOSPC), VaultError::NoSpace { .. }));
    assert!(matches!(save(EIO), VaultError::DeviceGone { .. }));
    assert!(matches!(save(ENODEV), VaultError::DeviceGone { .. }));
    assert!(matches!(save(EROFS), VaultError::ReadOnlyDisk { .. }));
    assert!(matches!(save(EACCES), VaultError::Permission { .. }));
}

#[test]
fn a_full_disk_at_the_start_still_lets_everything_be_read_and_locked() {
    for errno in [ENOSPC, EROFS] {
        let world = World::empty();
        let (mut open, _) = world.create().unwrap();
        open.save(vec![note(1, "kept")], now()).unwrap();
        drop(open);
        // A computer without local state cannot begin on a full disk.
        let fault = Fault::default();
        fault.arm(1, errno, false, true);
        let local = Box::new(FaultyStore::new(MemoryStore::new(), &fault));
        let vault = Vault::find(Box::new(world.store.clone()), local).unwrap().unwrap();
        let open = vault.unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap();
        assert_eq!(text(&open, 1).as_deref(), Some("kept"));
        assert!(matches!(open.read_only(), Some(ReadOnly::LocalState(_))));
        open.lock(now());
    }
}

#[test]
fn a_folder_that_goes_away_is_said_to_be_missing_and_not_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let stick = dir.path().join("stick");
    let store = |path: &std::path::Path| Box::new(DiskStore::new(path));
    let (mut open, _) = create(store(&stick), store(&dir.path().join("state"))).unwrap();
    open.save(vec![note(1, "one")], now()).unwrap();
    let away = dir.path().join("away");
    fs::rename(&stick, &away).unwrap();
    let error = open.save(vec![note(2, "two")], now()).unwrap_err();
    assert!(matches!(error, VaultError::FolderMissing { .. }), "{error:?}");
    // The mount point of a stick stays as an empty folder when the stick goes.
    fs::create_dir(&stick).unwrap();
    let error = open.save(vec![note(2, "two")], now()).unwrap_err();
    assert!(matches!(error, VaultError::FolderMissing { .. }), "{error:?}");
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 0);
    fs::remove_dir(&stick).unwrap();
    fs::rename(&away, &stick).unwrap();
    open.save(vec![note(2, "two")], now()).unwrap();
    assert!(verify(&open).damaged.is_empty());
}

#[cfg(unix)]
#[test]
fn a_file_in_place_of_a_folder_is_a_true_error_on_a_disk() {
    let dir = tempfile::tempdir().unwrap();
    let store = |name: &str| Box::new(DiskStore::new(dir.path().join(name)));
    fs::write(dir.path().join("file"), "not a folder").unwrap();
    let refused = create(store("file/vault"), store("state")).err();
    assert!(matches!(refused, Some(VaultError::FolderMissing { .. })), "{refused:?}");
    let (mut open, _) = create(store("vault"), store("state")).unwrap();
    fs::remove_dir(dir.path().join("vault/records")).unwrap();
    fs::write(dir.path().join("vault/records"), "not a folder").unwrap();
    let refused = open.save(vec![note(1, "x")], now()).err();
    assert!(matches!(refused, Some(VaultError::FolderMissing { .. })), "{refused:?}");
}

#[cfg(unix)]
#[test]
fn links_pipes_and_folders_under_a_records_name_are_neither_followed_nor_waited_for() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    let store = |name: &str| Box::new(DiskStore::new(dir.path().join(name)));
    let (mut open, _) = create(store("vault"), store("state")).unwrap();
    let saved = open.save(vec![note(1, "one")], now()).unwrap().file;
    let vault = dir.path().join("vault");
    let (folder, name) = saved.rsplit_once('/').unwrap();
    let hash = name.split_once('-').unwrap().1;
    let place = |seq: u32| vault.join(folder).join(format!("{seq:08}-{hash}"));
    symlink(vault.join(&saved), place(2)).unwrap();
    mknodat(CWD, place(3), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    fs::create_dir(place(4)).unwrap();
    symlink("/dev/zero", place(5)).unwrap();
    symlink(vault.join("keys"), vault.join("records/aaaaaaaa")).unwrap();
    let begun = Instant::now();
    let report = verify(&open);
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert_eq!(report.files, 1);
    let why: Vec<&Damage> = report.damaged.iter().map(|damaged| &damaged.why).collect();
    assert_eq!(why, [&Damage::NotAFile; 4]);
    let linked = Warning::Unknown { file: "records/aaaaaaaa".to_owned() };
    assert!(report.warnings.contains(&linked));
    // The store itself does not rely on having looked first.
    let disk = DiskStore::new(&vault);
    for seq in 2..=5 {
        let path = format!("{folder}/{seq:08}-{hash}");
        assert!(disk.read(&path, 1 << 20).is_err(), "{path}");
        assert_ne!(disk.stat(&path).unwrap().kind, FileKind::File);
    }
    assert!(disk.list("records/aaaaaaaa").is_err());
    assert!(disk.mkdir("records/aaaaaaaa/new").is_err());
    // A whole folder that is a link elsewhere takes no record.
    fs::rename(vault.join("records"), dir.path().join("elsewhere")).unwrap();
    symlink(dir.path().join("elsewhere"), vault.join("records")).unwrap();
    assert!(open.save(vec![note(2, "two")], now()).is_err());
}

#[cfg(unix)]
#[test]
fn a_name_on_the_disk_is_never_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let disk = DiskStore::new(dir.path());
    fs::write(dir.path().join("new"), "new").unwrap();
    fs::write(dir.path().join("old"), "old").unwrap();
    let error = disk.rename_noreplace("new", "old").unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
    assert_eq!(fs::read(dir.path().join("old")).unwrap(), b"old");
    let error = disk.open_new("old").err().unwrap();
    assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
    std::os::unix::fs::symlink("nowhere", dir.path().join("link")).unwrap();
    assert!(disk.open_new("link").is_err() && !dir.path().join("nowhere").exists());
}
