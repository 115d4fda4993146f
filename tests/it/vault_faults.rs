//! Disks that break, fill up or go away: no older record is lost, and nothing is called saved that
//! is not.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cairn::vault::store::disk::DiskStore;
use cairn::vault::store::memory::MemoryStore;
use cairn::vault::store::sim::{Fault, Machine, SimStore};
use cairn::vault::store::{FileKind, Store};
use cairn::vault::{Damage, ReadOnly, Vault, VaultError, Warning};

use crate::support::twist::{Twist, Twisted};
use crate::support::vault::{
    ENOSPC, World, create, id, next_version, note, now, passphrase, text, verify,
};

/// The file system takes no changes.
const EROFS: i32 = 30;

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
fn a_full_disk_at_the_start_still_lets_everything_be_read_and_locked() {
    for errno in [ENOSPC, EROFS] {
        let world = World::empty();
        let (mut open, _) = world.create().unwrap();
        open.save(vec![note(1, "kept")], now()).unwrap();
        drop(open);
        // A computer without local state cannot begin on a full disk.
        let machine = Machine::new();
        machine.arm(Fault::from(1, errno));
        let local = Box::new(SimStore::new(&machine, 0, MemoryStore::new()));
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

#[test]
fn no_path_leads_out_of_the_folder_and_no_file_is_read_beyond_its_limit() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("secret"), "outside").unwrap();
    let inside = dir.path().join("inside");
    fs::create_dir_all(inside.join("a")).unwrap();
    fs::write(inside.join("a/file"), vec![7; 1000]).unwrap();
    let disk = DiskStore::new(&inside);
    let is_bad = |error: std::io::Error| error.kind() == std::io::ErrorKind::InvalidInput;
    for path in ["../secret", "a/../../secret", "/secret", "a//file", "./a", "a\\b", "c:b", "a\0b"]
    {
        assert!(disk.read(path, 100).is_err_and(is_bad), "{path:?}");
        assert!(disk.stat(path).is_err_and(is_bad), "{path:?}");
        assert!(disk.unlink(path).is_err_and(is_bad), "{path:?}");
        assert!(disk.mkdir(path).is_err_and(is_bad), "{path:?}");
        assert!(disk.list(path).is_err_and(is_bad), "{path:?}");
        assert!(disk.open_new(path).err().is_some_and(is_bad), "{path:?}");
        assert!(disk.rename_noreplace("a/file", path).is_err_and(is_bad), "{path:?}");
    }
    assert!(disk.unlink("").is_err_and(is_bad), "nor is the folder itself a file in it");
    assert!(
        disk.rename_noreplace("a/file", "file").is_err_and(is_bad),
        "a rename stays in its folder"
    );
    assert_eq!(fs::read(dir.path().join("secret")).unwrap(), b"outside");
    assert_eq!(disk.read("a/file", 1000).unwrap().len(), 1000);
    let error = disk.read("a/file", 999).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::FileTooLarge);
}

/// A disk that says how much room it has.
struct Room(AtomicU64);

impl Twist for Room {
    fn free_space(&self, _: &dyn Store) -> std::io::Result<Option<u64>> {
        Ok(Some(self.0.load(Ordering::Relaxed)))
    }
}

#[test]
fn a_disk_that_says_it_is_full_is_not_written_to() {
    let world = World::empty();
    let room = Arc::new(Room(AtomicU64::new(1 << 20)));
    let store = Twisted::new(Box::new(world.store.clone()), room.clone());
    let (mut open, _) = create(Box::new(store), Box::new(world.local.clone())).unwrap();
    let before = world.store.paths();
    room.0.store(100, Ordering::Relaxed);
    let refused = open.save(vec![note(1, "one")], now()).unwrap_err();
    assert!(matches!(refused, VaultError::NoSpace { .. }), "{refused:?}");
    assert_eq!(world.store.paths(), before, "not even a part of a file");
    room.0.store(1 << 20, Ordering::Relaxed);
    open.save(vec![note(1, "one")], now()).unwrap();
    assert_eq!(text(&open, 1).as_deref(), Some("one"));
}
