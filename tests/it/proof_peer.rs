//! Two computers and a real sync program between them: two Syncthing daemons on this machine.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cairn::vault::{OpenVault, Warning};
use jiff::Timestamp;

use crate::support::proof::{
    Daemon, Ledger, Order, Place, Work, alone, entries_of, has_tools, pair,
};
use crate::support::vault::go_on;

/// How long the daemons may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The files of the vault in a shared folder, with their bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(dir) = folders.pop() {
        for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            if name.to_string_lossy().starts_with('.') {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), bytes);
            }
        }
    }
    found
}

/// Waits until both folders hold the same files, and so many records at least.
fn wait_until_same(daemons: &[Daemon; 2], records: usize) {
    let begun = Instant::now();
    loop {
        let [one, two] = daemons.each_ref().map(|daemon| files(&daemon.folder));
        let count = one.keys().filter(|path| path.starts_with("records")).count();
        if one == two && count >= records {
            return;
        }
        let logs = || daemons.each_ref().map(Daemon::log);
        assert!(begun.elapsed() < PATIENCE, "{count} of {records} records came: {:#?}", logs());
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Both write at once, then stop.
fn both_write(places: &[Place; 2], ledger: &mut Ledger, round: u64) {
    let orders = [0, 1].map(|side| Order {
        task: "writes",
        place: places[side].clone(),
        seed: round * 2 + side as u64,
        passphrase: 1,
        detail: "12".to_owned(),
    });
    for running in orders.map(|order| order.start()) {
        let ended = running.wait();
        ended.assert_no_panic();
        ledger.read_all(&ended.lines);
    }
    assert!(ledger.refused().is_empty(), "{:?}", ledger.refused());
}

/// Opens both and holds them against each other and against what was acknowledged.
fn same_on_both(places: &[Place; 2], ledger: &Ledger) -> [OpenVault; 2] {
    let vaults = places.each_ref().map(|place| place.open(1).unwrap());
    let saved: BTreeSet<&String> = ledger.must_hold().collect();
    for vault in &vaults {
        let held = entries_of(vault);
        assert_eq!(held.keys().collect::<BTreeSet<_>>(), saved, "lost, doubled or never written");
        let report = vault.verify(Timestamp::now(), &mut go_on).unwrap();
        assert_eq!(report.damaged, []);
        let left = |warning: &&Warning| !matches!(warning, Warning::Temporary { .. });
        let warnings: Vec<&Warning> = report.warnings.iter().filter(left).collect();
        assert!(warnings.is_empty(), "{warnings:?}");
    }
    let heads = vaults.each_ref().map(|vault| {
        vault.records().ids().map(|id| (id, vault.records().heads(id))).collect::<Vec<_>>()
    });
    assert_eq!(heads[0], heads[1]);
    vaults
}

#[test]
fn two_computers_with_syncthing_between_them_end_in_one_state() {
    alone(|| {
        if !has_tools(&["syncthing"]) {
            return;
        }
        let begun = Instant::now();
        let dir = tempfile::tempdir().unwrap();
        let mut daemons = pair(dir.path());
        let places = daemons.each_ref().map(|daemon| {
            let mut place = Place::under(daemon.folder.parent().unwrap());
            place.vault = daemon.folder.clone();
            place
        });
        let mut ledger = Ledger::new();
        ledger.read_all(&["TRY create".to_owned(), "ACK create ".to_owned()]);
        std::fs::remove_dir(&places[0].vault).unwrap();
        let vault = places[0].create().unwrap();
        Work::new(vault, 1, 99, |line: &str| ledger.read(line)).add().unwrap();
        // The marker without which Syncthing takes a folder for one that was unplugged.
        std::fs::create_dir(places[0].vault.join(".stfolder")).unwrap();
        daemons.iter_mut().for_each(Daemon::start);
        let files_of = |ledger: &Ledger| ledger.files().count();
        wait_until_same(&daemons, files_of(&ledger));
        // Both at once while the daemons carry.
        both_write(&places, &mut ledger, 1);
        wait_until_same(&daemons, files_of(&ledger));
        drop(same_on_both(&places, &ledger));
        // Both apart, on what the other has written; then they meet.
        daemons.iter_mut().for_each(Daemon::stop);
        both_write(&places, &mut ledger, 2);
        daemons.iter_mut().for_each(Daemon::start);
        wait_until_same(&daemons, files_of(&ledger));
        let [one, two] = same_on_both(&places, &ledger);
        let divided: Vec<_> = one.records().divided().collect();
        // One joins what stands side by side, and the other has it.
        drop(two);
        let mut work = Work::new(one, 1, 7, |line: &str| ledger.read(line));
        divided.iter().for_each(|id| work.edit_this(*id).unwrap());
        drop(work);
        wait_until_same(&daemons, files_of(&ledger));
        let [one, _] = same_on_both(&places, &ledger);
        assert_eq!(one.records().divided().count(), 0);
        eprintln!(
            "PROOF: two Syncthing daemons: {} saves, {} records changed on both, one state in \
             {:.1} s",
            ledger.acknowledged(),
            divided.len(),
            begun.elapsed().as_secs_f64()
        );
        assert!(!divided.is_empty(), "nothing was changed on both sides");
    });
}
