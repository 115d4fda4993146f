//! Disks that run full at every point: the error is told, nothing that was saved is lost, and
//! with room again the work goes on.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use cairn::vault::VaultError;

use crate::support::proof::{
    Dice, FileSystem, Ledger, LoopDisk, Place, SmallDisk, Tally, Work, alone, entries_of,
    passphrase_file,
};

/// A disk, and how its free room is measured out.
struct Disk<'a> {
    path: &'a Path,
    /// How much a new file takes at most beyond its bytes.
    step: u64,
}

impl Disk<'_> {
    fn filler(&self) -> std::path::PathBuf {
        self.path.join("filler")
    }

    fn free(&self) -> u64 {
        let stat = rustix::fs::statvfs(self.path).unwrap();
        stat.f_bavail * stat.f_frsize
    }

    /// Leaves so many bytes free, as near as the disk's blocks allow.
    fn leave(&self, bytes: u64) {
        self.make_room();
        let mut file = fs::File::create(self.filler()).unwrap();
        for step in [64 * 1024, self.step] {
            let zeros = vec![0; step as usize];
            while self.free() >= bytes + step && file.write(&zeros).is_ok_and(|len| len > 0) {}
        }
        // What a file system writes later than it is told must be written now.
        let _ = file.sync_all();
    }

    fn make_room(&self) {
        let _ = fs::remove_file(self.filler());
    }
}

/// A vault on the disk, with a few records.
fn vault_on(path: &Path) -> (Place, Ledger) {
    let place = Place::under(path);
    let mut ledger = Ledger::new();
    let vault = place.create().unwrap();
    for said in ["TRY create", "ACK create "] {
        ledger.read(said);
    }
    let mut work = Work::new(vault, 1, 9, |line: &str| ledger.read(line));
    for _ in 0..3 {
        work.add().unwrap();
        work.draft().unwrap();
    }
    drop(work);
    (place, ledger)
}

/// Works until the disk is full, looks at everything with no byte free, then goes on with room.
/// Gives how many attempts were refused.
fn run_full(
    disk: &Disk<'_>,
    place: &Place,
    ledger: &mut Ledger,
    seed: u64,
    elsewhere: &Path,
) -> usize {
    let mut refused = 0;
    if let Ok(vault) = place.open(ledger.passphrase()) {
        let mut work = Work::new(vault, ledger.passphrase(), seed, |line: &str| ledger.read(line));
        for _ in 0..8 {
            if let Err(error) = work.step() {
                refused += 1;
                let told =
                    matches!(error, VaultError::NoSpace { .. } | VaultError::OpenedReadOnly(_));
                assert!(told, "a full disk is called {error:?}");
            }
        }
    }
    disk.leave(0);
    // With no byte free everything can be read, and taken to another disk.
    let open = place.open(ledger.passphrase()).unwrap();
    let held = entries_of(&open);
    let lost = ledger.must_hold().find(|name| !held.contains_key(*name));
    assert!(lost.is_none(), "{lost:?} cannot be read on a full disk");
    assert!(open.damaged().is_empty(), "{:?}", open.damaged());
    drop(open);
    if seed.is_multiple_of(4) {
        export(place, ledger.passphrase(), elsewhere, held.len());
    }
    disk.make_room();
    ledger.check(place).unwrap_or_else(|why| panic!("{why}, with seed {seed}"));
    refused
}

/// The program's own export of everything, to another disk.
fn export(place: &Place, passphrase: u32, elsewhere: &Path, at_least: usize) {
    let (out, words) = (elsewhere.join("all.json"), passphrase_file(elsewhere, passphrase));
    let _ = fs::remove_file(&out);
    let done = Command::new(env!("CARGO_BIN_EXE_cairn"))
        .args(["--vault".as_ref(), place.vault.as_os_str()])
        .args(["--passphrase-file".as_ref(), words.as_os_str()])
        .args(["export", "--format", "json", "--out"])
        .arg(&out)
        .env("XDG_STATE_HOME", place.state.parent().unwrap())
        .output()
        .unwrap();
    // A full disk keeps no receipt of it, and that is told; the export is there all the same.
    let told = String::from_utf8_lossy(&done.stderr).contains("The file is written");
    assert!(done.status.success() || told, "{done:?}");
    let text = fs::read_to_string(&out).unwrap();
    assert!(at_least == 0 || text.len() > 100, "{text}");
}

/// So many sizes from nothing to half a MiB, evenly spread.
fn sizes(tally: &mut Tally, disk: &Disk<'_>) {
    const MOST: u64 = 512;
    /// So many, and a new vault is made, so that it is the room that runs out and not the time.
    const LIVES: u64 = 4;
    let elsewhere = tempfile::tempdir().unwrap();
    let (count, mut refused) = (tally.wanted(), 0);
    let mut dice = Dice::new(count);
    let mut vault = None;
    while let Some(number) = tally.next() {
        let home = disk.path.join((number / LIVES).to_string());
        if number.is_multiple_of(LIVES) {
            if number > 0 {
                fs::remove_dir_all(disk.path.join((number / LIVES - 1).to_string())).unwrap();
            }
            vault = Some(vault_on(&home));
        }
        let (place, ledger) = vault.as_mut().unwrap();
        disk.leave(number * MOST / (count - 1).max(1) * 1024);
        refused += run_full(disk, place, ledger, dice.next(), elsewhere.path());
    }
    assert!(refused > 0, "the disk was never full");
    tally.print(&format!(", {refused} attempts refused, every later save worked"));
}

fn small_disk(mut tally: Tally) {
    if let Some(disk) = SmallDisk::new("size=7M") {
        sizes(&mut tally, &Disk { path: disk.path(), step: 4096 });
    }
}

#[test]
fn a_disk_that_runs_full_at_any_point_loses_nothing() {
    alone(|| small_disk(Tally::new("sizes of a full disk", "CAIRN_SIZES_SHORT", 50)));
}

#[test]
#[ignore = "minutes: CAIRN_SIZES says how many sizes from 0 to 512 KiB, 513 without it"]
fn a_disk_with_any_room_from_nothing_to_half_a_mib_loses_nothing() {
    alone(|| {
        small_disk(Tally::new("sizes of a full tmpfs", "CAIRN_SIZES", 513));
        if let Some(disk) = LoopDisk::new(FileSystem::SmallBlocks) {
            let path = disk.path();
            let mut tally = Tally::new("sizes of a full ext4", "CAIRN_SIZES", 513);
            sizes(&mut tally, &Disk { path: &path, step: 1024 });
        }
    });
}

#[test]
fn a_disk_without_names_left_loses_nothing() {
    alone(|| {
        for free in 0..=10 {
            let Some(disk) = SmallDisk::new("size=8M,nr_inodes=200") else { return };
            let (place, mut ledger) = vault_on(disk.path());
            let stat = || rustix::fs::statvfs(disk.path()).unwrap().f_ffree;
            let mut fillers = Vec::new();
            while stat() > free {
                fillers.push(disk.path().join(format!("filler-{}", fillers.len())));
                fs::write(fillers.last().unwrap(), "").unwrap();
            }
            let vault = place.open(1).unwrap();
            let mut work = Work::new(vault, 1, free + 1, |line: &str| ledger.read(line));
            let results: Vec<_> = (0..12).map(|_| work.step()).collect();
            drop(work);
            for error in results.into_iter().filter_map(Result::err) {
                let told =
                    matches!(error, VaultError::NoSpace { .. } | VaultError::OpenedReadOnly(_));
                assert!(told, "a disk without names left is called {error:?}");
            }
            for filler in fillers {
                fs::remove_file(filler).unwrap();
            }
            ledger.check(&place).unwrap_or_else(|why| panic!("{why}, with {free} names left"));
        }
    });
}
