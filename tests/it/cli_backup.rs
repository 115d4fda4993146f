//! Backup and restore on the command line.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::command::{Done, Terminal};
use crate::support::world::World;

/// Runs on another record, with another file for the passphrase.
fn on(terminal: &Terminal, vault: &Path, passphrase: &str, rest: &[&str]) -> Done {
    let passphrase = terminal.world.file(passphrase);
    let mut all = vec!["--vault", vault.to_str().unwrap(), "--passphrase-file"];
    all.push(passphrase.to_str().unwrap());
    all.extend(rest);
    terminal.bare(&all, b"")
}

fn backup_dir(terminal: &Terminal) -> PathBuf {
    terminal.world.file("stick")
}

fn backup(terminal: &Terminal) -> Value {
    let dir = backup_dir(terminal);
    terminal.run(&["--json", "backup", dir.to_str().unwrap()]).json()
}

#[test]
fn the_drill_a_backup_and_the_recovery_sheet_alone_bring_everything_back() {
    let terminal = Terminal::demo();
    let sheet = terminal.world.file("sheet.txt");
    let sheet = sheet.to_str().unwrap();
    terminal.run(&["recovery-key", "--recovery-file", sheet]).fine();
    let before = terminal.run(&["--json", "list"]).json();
    let made = backup(&terminal);
    assert_eq!((&made["mended"], &made["only_there"]), (&0.into(), &0.into()));
    assert_eq!(made["words"].as_str().unwrap().split(' ').count(), 4);

    // A new computer: nothing but the stick and the sheet.
    let away = Terminal::empty();
    let stick = backup_dir(&terminal);
    let vault = away.world.dir();
    let vault_arg = vault.to_str().unwrap();
    let said = away.bare(&["--vault", vault_arg, "restore", stick.to_str().unwrap()], b"").fine();
    assert!(said.contains("brought back"), "{said}");
    std::fs::write(away.world.file("new"), "gentle harbour spanner oats\n").unwrap();
    on(&away, &vault, "new", &["recover", "--recovery-file", sheet]).fine();
    let report = on(&away, &vault, "new", &["--json", "verify"]).json();
    assert_eq!(report["damaged"].as_array().unwrap().len(), 0);
    assert_eq!(report["warnings"].as_array().unwrap().len(), 0);
    assert_eq!(report["backup"]["same"], true, "count and hashes: {report}");
    assert_eq!(
        (&report["backup"]["counted"], &report["backup"]["words"]),
        (&made["files"], &made["words"])
    );
    let mut after = on(&away, &vault, "new", &["--json", "list"]).json();
    after.as_array_mut().unwrap().retain(|row| row["title"] != "Backup");
    assert_eq!(after, before);
}

#[test]
fn the_next_backup_says_what_is_new_and_what_the_record_has_lost() {
    let terminal = Terminal::demo();
    let first = backup(&terminal);
    let line = br#"{"date":"2026-03-04","fields":[]}"#;
    terminal.run_with(&["add"], line).fine();
    let second = backup(&terminal);
    assert_eq!(second["copied"], 1);
    assert_eq!(second["files"].as_u64().unwrap(), first["files"].as_u64().unwrap() + 2);

    let files = record_files(&terminal.world.dir());
    std::fs::remove_file(&files[2]).unwrap();
    std::fs::write(&files[4], b"rot").unwrap();
    let dir = backup_dir(&terminal);
    let dir = dir.to_str().unwrap();
    let done = terminal.run(&["backup", dir]);
    assert_eq!(done.code, 1, "{}{}", done.out, done.err);
    assert!(done.out.contains("no longer in the record"), "{}", done.out);
    // What is damaged here is sound there, and a restore mends it.
    let done = terminal.run(&["restore", dir]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    assert!(done.out.contains("1 brought back, 1 mended"), "{}", done.out);
    assert!(done.out.contains("Everything in the backup of"), "{}", done.out);
    let report = terminal.run(&["--json", "verify"]).json();
    assert_eq!(report["damaged"].as_array().unwrap().len(), 0);
}

/// The files of the only computer that wrote into a record, oldest first.
fn record_files(vault: &Path) -> Vec<PathBuf> {
    let device = std::fs::read_dir(vault.join("records")).unwrap().next().unwrap().unwrap();
    let bucket = std::fs::read_dir(device.path().join("00000")).unwrap();
    let mut files: Vec<PathBuf> = bucket.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn what_came_after_the_backup_is_named_when_a_lost_record_is_restored_and_then_accepted() {
    let terminal = Terminal::demo();
    backup(&terminal);
    let line = br#"{"date":"2020-03-04","fields":[]}"#;
    terminal.run_with(&["add"], line).fine();
    let vault = terminal.world.dir();
    let last = record_files(&vault).pop().unwrap();
    let last = last.file_name().unwrap().to_str().unwrap().to_owned();
    std::fs::remove_dir_all(&vault).unwrap();
    let dir = backup_dir(&terminal);
    let done = terminal.run(&["restore", dir.to_str().unwrap()]);
    assert_eq!(done.code, 1, "{}{}", done.out, done.err);
    assert!(done.out.contains("no longer here") && done.out.contains(&last), "{}", done.out);
    assert!(done.out.contains("Everything in the backup of"), "{}", done.out);
    let report = terminal.run(&["--json", "verify"]).json();
    assert_eq!(report["warnings"].as_array().unwrap().len(), 0, "{report}");
}

#[test]
fn a_record_moves_to_a_new_key_and_the_old_passphrase_does_not_open_the_new_one() {
    let terminal = Terminal::demo();
    let before = terminal.run(&["--json", "list"]).json();
    let (new, sheet) = (terminal.world.file("new record"), terminal.world.file("sheet.txt"));
    std::fs::write(terminal.world.file("second"), "gentle harbour spanner oats\n").unwrap();
    let second = terminal.world.file("second");
    let arguments = |json: bool| {
        let mut all = vec!["move", new.to_str().unwrap()];
        all.extend(["--new-passphrase-file", second.to_str().unwrap()]);
        all.extend(["--recovery-file", sheet.to_str().unwrap()]);
        if json {
            all.push("--json");
        }
        all.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let run = |arguments: Vec<String>| {
        terminal.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let moved = run(arguments(true)).json();
    assert_eq!(moved["records"], before.as_array().unwrap().len());
    assert!(std::fs::read_to_string(&sheet).unwrap().contains("AGE-SECRET-KEY-1"));
    let said = on(&terminal, &new, "passphrase", &["list"]).refused(2);
    assert!(said.contains("does not open this record"), "{said}");
    let mut after = on(&terminal, &new, "second", &["--json", "list"]).json();
    after.as_array_mut().unwrap().retain(|row| row["title"] != "Moved to a new key");
    assert_eq!(after, before);
    terminal.run(&["verify"]).fine();
    let said = run(arguments(false)).refused(2);
    assert!(said.contains("There is a whole record in that folder"), "{said}");
}

#[test]
fn what_cannot_be_backed_up_or_restored_says_what_is_safe_and_what_to_do() {
    let terminal = Terminal::demo();
    let inside = terminal.world.dir().join("backup");
    let said = terminal.run(&["backup", inside.to_str().unwrap()]).refused(2);
    assert!(said.contains("one lies in the other") && said.contains("Choose"), "{said}");
    assert!(!inside.exists());
    let said = terminal.run(&["backup", "/nowhere/stick"]).refused(2);
    assert!(said.contains("the backup is not there") && said.contains("Connect"), "{said}");
    let empty = terminal.world.file("empty");
    std::fs::create_dir(&empty).unwrap();
    let said = terminal.run(&["restore", empty.to_str().unwrap()]).refused(2);
    assert!(said.contains("nothing of a record in the folder of the backup"), "{said}");

    let other = Terminal::on(World::another_demo());
    let dir = other.world.dir();
    let dir = dir.to_str().unwrap();
    for command in ["backup", "restore"] {
        let said = terminal.run(&[command, dir]).refused(2);
        assert!(said.contains("another record"), "{command}: {said}");
    }
    let report = other.run(&["--json", "verify"]).json();
    assert!(report["backup"].is_null(), "it was not touched: {report}");
}

#[test]
fn a_lost_sheet_is_replaced_and_no_longer_opens_the_record() {
    let terminal = Terminal::demo();
    let sheet = |name: &str| terminal.world.file(name).to_str().unwrap().to_owned();
    let (old, new) = (sheet("old.txt"), sheet("new.txt"));
    terminal.run(&["recovery-key", "--recovery-file", &old]).fine();
    terminal.run(&["recovery-key", "--recovery-file", &new]).fine();
    std::fs::write(terminal.world.file("new"), "gentle harbour spanner oats\n").unwrap();
    let dir = terminal.world.dir();
    let said = on(&terminal, &dir, "new", &["recover", "--recovery-file", &old]).refused(2);
    assert!(said.contains("belongs to another record"), "{said}");
    assert!(std::fs::read_to_string(&new).unwrap().contains("AGE-SECRET-KEY-1"));
    terminal.run(&["verify"]).fine();
}
