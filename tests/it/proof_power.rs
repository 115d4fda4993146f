//! Cutting the power while the program saves: real kernels, real file systems, no simulation.
//! `FS_IOC_SHUTDOWN` makes a mounted file system forget everything that it has not written.

use std::process::Command;
use std::time::Duration;

use crate::support::proof::{
    Dice, FileSystem, Ledger, LoopDisk, Order, Place, Running, Tally, alone, has_tools, in_threads,
    tool,
};

/// How many cuts one disk lives through before a new one is made.
const LIVES: u64 = 10;

/// What counts of what is said on a disk that is dead already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LateWords {
    /// With the power gone nobody would hear them.
    Unheard,
    /// The disk failed and the computer lives on: a person would read "Saved".
    Heard,
}

/// Cuts the power again and again while a process saves, and gives the saves that it
/// acknowledged, or the first promise that was broken.
fn cuts(
    kind: FileSystem,
    detail: &str,
    late: LateWords,
    tally: &mut Tally,
    seed: u64,
) -> Result<u64, String> {
    let broken = std::sync::Mutex::new(None);
    let saved = in_threads(2, tally, |thread, next| {
        let mut dice = Dice::new(seed + thread);
        let mut acknowledged = 0;
        loop {
            let Some(mut disk) = LoopDisk::new(kind) else { return 0 };
            let (place, mut ledger) = (Place::under(&disk.path()), Ledger::new());
            for _ in 0..LIVES {
                if broken.lock().unwrap().is_some() || next().is_none() {
                    return acknowledged + ledger.acknowledged();
                }
                let order = Order {
                    task: "saves",
                    place: place.clone(),
                    seed: dice.next(),
                    passphrase: ledger.passphrase(),
                    detail: detail.to_owned(),
                };
                match one_cut(&mut disk, &order, &mut ledger, late, &mut dice) {
                    Ok(true) => {}
                    // Cut off while it was made: the half of it is left to the person.
                    Ok(false) => break,
                    Err(why) => *broken.lock().unwrap() = Some(why),
                }
            }
            acknowledged += ledger.acknowledged();
        }
    });
    match broken.into_inner().unwrap() {
        None => Ok(saved.iter().sum()),
        Some(why) => Err(why),
    }
}

fn one_cut(
    disk: &mut LoopDisk,
    order: &Order,
    ledger: &mut Ledger,
    late: LateWords,
    dice: &mut Dice,
) -> Result<bool, String> {
    let cutter = disk.ready_to_cut();
    let mut running = match late {
        LateWords::Unheard => order.start(),
        LateWords::Heard => Running::start(&mut syncing_slowly(&order.command())),
    };
    // One in eight is cut off while the vault is made or opened.
    let early = dice.below(8) == 0 || !running.until("READY");
    std::thread::sleep(dice.time(if early { 60 } else { 25 }));
    let moment = cutter.cut();
    // It sees a dead disk for a moment. With the power truly gone it would be dead, too.
    let ended = running.kill_after(Duration::from_millis(2));
    ended.assert_no_panic();
    match late {
        LateWords::Unheard => ledger.read_until(&ended.lines, moment),
        LateWords::Heard => ledger.read_all(&ended.lines),
    }
    disk.restart();
    ledger.check(&order.place).map_err(|why| format!("{why}\n{order:?}\n{ended:?}"))
}

/// The same with a while between the beginning of a sync and the sync itself, so that the disk
/// fails there more often than anywhere else.
fn syncing_slowly(command: &Command) -> Command {
    let mut strace = tool("strace");
    // Watched from aside, so that it is the process itself that is killed.
    strace.args(["-D", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync"]);
    strace.args(["-e", "inject=fsync:delay_enter=5000", "--"]);
    strace.arg(command.get_program()).args(command.get_args());
    strace.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    strace
}

fn cut_and_count(kind: FileSystem, tally: &mut Tally, seed: u64) {
    if LoopDisk::new(kind).is_none() {
        return;
    }
    let saved =
        cuts(kind, "", LateWords::Unheard, tally, seed).unwrap_or_else(|why| panic!("{why}"));
    assert!(saved > 0, "nothing was ever saved");
    tally.print(&format!(", {saved} saves acknowledged, none lost"));
}

#[test]
fn a_power_cut_on_ext4_loses_nothing_that_was_acknowledged() {
    alone(|| {
        let mut tally = Tally::new("power cuts on ext4", "CAIRN_CUTS_EXT4_SHORT", 40);
        cut_and_count(FileSystem::Ext4, &mut tally, 10);
    });
}

#[test]
fn a_power_cut_on_xfs_loses_nothing_that_was_acknowledged() {
    alone(|| {
        let mut tally = Tally::new("power cuts on xfs", "CAIRN_CUTS_XFS_SHORT", 10);
        cut_and_count(FileSystem::Xfs, &mut tally, 20);
    });
}

#[test]
fn a_store_that_does_not_sync_is_caught_by_a_power_cut() {
    alone(|| {
        for kind in [FileSystem::Ext4, FileSystem::Xfs] {
            if LoopDisk::new(kind).is_none() {
                return;
            }
            for fault in ["no-file-sync", "no-folder-sync"] {
                let mut tally =
                    Tally::new("power cuts until a fault shows", "CAIRN_CUTS_FAULT", 20);
                let caught = cuts(kind, fault, LateWords::Unheard, &mut tally, 30);
                assert!(caught.is_err(), "{fault} on {kind:?} was not noticed");
                let why = caught.unwrap_err();
                let why = why.lines().next().unwrap().chars().take(60).collect::<String>();
                tally.print(&format!(": {fault} on {kind:?}: {why}"));
            }
        }
    });
}

#[test]
fn nothing_is_acknowledged_on_a_disk_that_has_failed() {
    alone(|| {
        for kind in [FileSystem::Ext4, FileSystem::Xfs] {
            if LoopDisk::new(kind).is_none() || !has_tools(&["strace"]) {
                return;
            }
            let mut tally = Tally::new("disks that fail under a save", "CAIRN_DEAD_DISKS", 30);
            let saved = cuts(kind, "", LateWords::Heard, &mut tally, 3_000);
            tally.print(&format!(" on {kind:?}"));
            saved.unwrap_or_else(|why| panic!("{kind:?}: {why}"));
        }
    });
}

#[test]
#[ignore = "minutes: CAIRN_CUTS_EXT4 says how many, 1,000 without it"]
fn a_thousand_power_cuts_on_ext4_lose_nothing() {
    alone(|| {
        let mut tally = Tally::new("power cuts on ext4", "CAIRN_CUTS_EXT4", 1_000);
        cut_and_count(FileSystem::Ext4, &mut tally, 1_000);
    });
}

#[test]
#[ignore = "minutes: CAIRN_CUTS_XFS says how many, 300 without it"]
fn three_hundred_power_cuts_on_xfs_lose_nothing() {
    alone(|| {
        let mut tally = Tally::new("power cuts on xfs", "CAIRN_CUTS_XFS", 300);
        cut_and_count(FileSystem::Xfs, &mut tally, 2_000);
    });
}
