//! Folders that cannot be written, go away or are not what they seem: nothing hangs, nothing is
//! followed, and the message names the cause.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use cairn::vault::{Damage, VaultError};

use crate::support::proof::{
    FileSystem, LoopDisk, Place, Work, alone, entries_of, has_tools, is_root, passphrase_file, tool,
};
use crate::support::vault::{go_on, now};

/// A user with no rights at all.
const NOBODY: u32 = 65_534;

/// Every file with its time of change.
fn stamps(dir: &Path) -> BTreeMap<std::path::PathBuf, SystemTime> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            }
            found.insert(entry.path(), entry.metadata().unwrap().modified().unwrap());
        }
    }
    found
}

fn each(dir: &Path, work: &mut dyn FnMut(&Path)) {
    stamps(dir).into_keys().chain([dir.to_owned()]).for_each(|path| work(&path));
}

/// A vault with three records.
fn vault_in(dir: &Path) -> Place {
    let place = Place::under(dir);
    let mut work = Work::new(place.create().unwrap(), 1, 4, |_: &str| {});
    for _ in 0..3 {
        work.add().unwrap();
    }
    place
}

#[test]
fn a_folder_without_the_right_to_write_is_read_and_named_and_left_alone() {
    alone(|| {
        if !is_root() || !has_tools(&["setpriv"]) {
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        let place = vault_in(dir.path());
        let words = passphrase_file(dir.path(), 1);
        let note = dir.path().join("note.json");
        fs::write(&note, r#"{"id":"s1","date":"2026-03-04","trainee":"Dr Quiet Heron"}"#).unwrap();
        each(dir.path(), &mut |path| chown(path, Some(NOBODY), Some(NOBODY)).unwrap());
        each(&place.vault, &mut |path| {
            let mode = if path.is_dir() { 0o555 } else { 0o444 };
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        });
        let before = stamps(&place.vault);
        let run = |arguments: &[&str]| {
            let user = format!("--reuid={NOBODY}");
            tool("setpriv")
                .args([&user, "--clear-groups", "--", env!("CARGO_BIN_EXE_cairn")])
                .args(["--vault".as_ref(), place.vault.as_os_str()])
                .args(["--passphrase-file".as_ref(), words.as_os_str()])
                .args(arguments)
                .env("HOME", dir.path().join("home"))
                .env("XDG_STATE_HOME", dir.path().join("home"))
                .output()
                .unwrap()
        };
        let listed = run(&["list"]);
        assert!(listed.status.success(), "{listed:?}");
        let refused = run(&["add", note.to_str().unwrap()]);
        assert_eq!(refused.status.code(), Some(2), "{refused:?}");
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(said.contains("not allowed to write"), "{said}");
        assert_eq!(stamps(&place.vault), before);
    });
}

#[test]
fn a_stick_that_is_pulled_out_is_missed_and_goes_on_when_it_is_back() {
    alone(|| {
        let Some(mut disk) = LoopDisk::new(FileSystem::Ext4) else { return };
        let home = tempfile::tempdir().unwrap();
        let mut place = vault_in(&disk.path());
        place.state = home.path().join("cairn");
        let mut work = Work::new(place.open(1).unwrap(), 1, 6, |_: &str| {});
        work.add().unwrap();
        disk.unplug();
        let begun = Instant::now();
        let error = work.add().unwrap_err();
        assert!(matches!(error, VaultError::FolderMissing { .. }), "{error:?}");
        assert!(work.draft().is_ok(), "what is being typed is kept on the computer");
        assert!(begun.elapsed() < Duration::from_secs(2));
        assert_eq!(fs::read_dir(disk.path()).unwrap().count(), 0, "nothing goes into its place");
        disk.plug();
        work.add().unwrap();
        drop(work);
        let open = place.open(1).unwrap();
        assert_eq!(open.verify(now(), &mut go_on).unwrap().damaged, []);
        assert_eq!(open.drafts().count(), 1);
    });
}

#[test]
fn a_disk_that_turns_read_only_is_named_and_everything_can_be_read() {
    alone(|| {
        let Some(disk) = LoopDisk::new(FileSystem::Ext4) else { return };
        let home = tempfile::tempdir().unwrap();
        let mut place = vault_in(&disk.path());
        place.state = home.path().join("cairn");
        let mut work = Work::new(place.open(1).unwrap(), 1, 6, |_: &str| {});
        let held = entries_of(&work.vault).len();
        disk.remount("ro");
        let error = work.add().unwrap_err();
        assert!(matches!(error, VaultError::ReadOnlyDisk { .. }), "{error:?}");
        assert_eq!(entries_of(&work.vault).len(), held);
        drop(work);
        let open = place.open(1).unwrap();
        assert_eq!(entries_of(&open).len(), held);
        drop(open);
        disk.remount("rw");
        Work::new(place.open(1).unwrap(), 1, 7, |_: &str| {}).add().unwrap();
    });
}

#[test]
fn records_that_lead_elsewhere_are_not_followed_when_a_vault_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let place = vault_in(dir.path());
    let elsewhere = dir.path().join("elsewhere");
    fs::rename(place.vault.join("records"), &elsewhere).unwrap();
    symlink(&elsewhere, place.vault.join("records")).unwrap();
    let before = stamps(&elsewhere);
    let begun = Instant::now();
    let open = place.open(1).unwrap();
    assert_eq!(open.records().len(), 0);
    let damaged = open.damaged();
    assert!(damaged.iter().any(|damaged| damaged.file == "records"), "{damaged:?}");
    assert!(Work::new(open, 1, 8, |_: &str| {}).add().is_err());
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert_eq!(stamps(&elsewhere), before);
}

#[test]
fn devices_under_the_name_of_a_record_are_not_opened() {
    use rustix::fs::{CWD, FileType, Mode, makedev, mknodat};
    if !is_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let place = vault_in(dir.path());
    let is_record = |path: &std::path::PathBuf| path.extension().is_some_and(|end| end == "age");
    let record = stamps(&place.vault.join("records")).into_keys().find(is_record).unwrap();
    let hash = record.file_name().unwrap().to_str().unwrap().split_once('-').unwrap().1.to_owned();
    let at = |seq: u32| record.with_file_name(format!("{seq:08}-{hash}"));
    // Zeros without end, a terminal, a disk that may hang.
    let devices = [
        (FileType::CharacterDevice, 1, 5),
        (FileType::CharacterDevice, 5, 0),
        (FileType::BlockDevice, 7, 250),
    ];
    for (seq, (kind, major, minor)) in (900..).zip(devices) {
        let made = mknodat(CWD, at(seq), kind, Mode::RUSR | Mode::WUSR, makedev(major, minor));
        made.unwrap();
    }
    let begun = Instant::now();
    let open = place.open(1).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(2));
    let why: Vec<Damage> = open.damaged().into_iter().map(|damaged| damaged.why).collect();
    assert_eq!(why, vec![Damage::NotAFile; 3]);
    let done = Command::new(env!("CARGO_BIN_EXE_cairn"))
        .args(["--vault".as_ref(), place.vault.as_os_str()])
        .args(["verify", "--no-key"])
        .env("XDG_STATE_HOME", dir.path().join("home"))
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2), "{done:?}");
}
