//! Bad input on the command line: a clear message, the right exit code, nothing lost, no panic.

use std::path::PathBuf;

use cairn::app::Action;
use cairn::app::action::DoorAction;

use crate::support::command::Terminal;
use crate::support::world::PASSWORD;

/// All files of the records, in order.
pub fn record_files(terminal: &Terminal) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![terminal.world.dir().join("records")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

#[test]
fn wrong_use_ends_with_64_and_says_how() {
    let terminal = Terminal::demo();
    let dir = terminal.world.dir();
    let dir = dir.to_str().unwrap();
    for arguments in [
        &["--vault", dir, "nonsense"][..],
        &["--vault", dir, "show"],
        &["--vault", dir, "import", "--format", "sideways", "x"],
        &["--vault", dir, "export", "--format", "pdf", "--out", "x"],
        // No passphrase, and no terminal to ask at.
        &["--vault", dir, "list"],
        &["--vault", dir, "--passphrase-file", "/nowhere", "list"],
    ] {
        let said = terminal.bare(arguments, b"").refused(64);
        assert!(!said.is_empty(), "{arguments:?}");
    }
    terminal.run(&["show", "not-an-id"]).refused(64);
    terminal.run(&["list", "--kind", "nonsense"]).refused(64);
    assert_eq!(terminal.bare(&["--help"], b"").code, 0);
}

#[test]
fn a_wrong_passphrase_and_a_damaged_key_file_are_told_apart() {
    let terminal = Terminal::demo();
    let dir = terminal.world.dir();
    let arguments = ["--vault", dir.to_str().unwrap(), "--passphrase-file", "-", "list"];
    let said = terminal.bare(&arguments, b"not the one\n").refused(2);
    assert!(said.contains("That password does not open this record"), "{said}");
    assert!(!said.contains("not the one"), "a passphrase is never in a message");

    let keys = std::fs::read_dir(dir.join("keys")).unwrap();
    for path in keys.map(|entry| entry.unwrap().path()) {
        let mut bytes = std::fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(&path, bytes).unwrap();
    }
    let said = terminal.run(&["list"]).refused(2);
    assert!(said.contains("is damaged") && said.contains("recovery sheet"), "{said}");
}

#[test]
fn a_damaged_record_is_named_and_the_others_are_read() {
    let terminal = Terminal::demo();
    let before = terminal.run(&["--json", "list"]).json().as_array().unwrap().len();
    terminal.run(&["verify"]).fine();
    let files = record_files(&terminal);
    let (first, second) = (&files[3], &files[7]);
    let mut bytes = std::fs::read(first).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    std::fs::write(first, bytes).unwrap();
    std::fs::write(second, b"").unwrap();

    for arguments in [&["--json", "verify"][..], &["--json", "verify", "--no-key"]] {
        let done = terminal.run(arguments);
        assert_eq!(done.code, 2, "{}", done.err);
        let report: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        let damaged: Vec<&str> = report["damaged"]
            .as_array()
            .unwrap()
            .iter()
            .map(|d| d["file"].as_str().unwrap())
            .collect();
        assert_eq!(damaged.len(), 2, "{damaged:?}");
        for file in [first, second] {
            let name = file.file_name().unwrap().to_str().unwrap();
            assert!(damaged.iter().any(|damaged| damaged.ends_with(name)), "{name}");
        }
    }
    // A computer that has not read the record before.
    std::fs::remove_dir_all(terminal.world.file("state-home")).unwrap();
    let after = terminal.run(&["--json", "list"]);
    assert!(after.err.contains("can’t be read"), "{}", after.err);
    let after = after.json().as_array().unwrap().len();
    assert!(after < before && after > before / 2, "{after} of {before}");
    assert!(second.exists(), "it was left where it is");
}

#[test]
fn a_folder_that_is_no_record_is_told_and_left_alone() {
    let terminal = Terminal::empty();
    let said = terminal.run(&["list"]).refused(2);
    assert!(said.contains("There is no record in"), "{said}");

    let dir = terminal.world.dir();
    std::fs::create_dir(&dir).unwrap();
    for (content, words) in [
        (&b""[..], "VAULT.json is empty"),
        (br#"{"format":"cairn-va"#, "cut short"),
        (br#"{"format":"somebody-else","version":1,"vault":"x"}"#, "not Cairn's"),
    ] {
        std::fs::write(dir.join("VAULT.json"), content).unwrap();
        let said = terminal.run(&["list"]).refused(2);
        assert!(said.contains(words), "{said}");
        assert_eq!(std::fs::read(dir.join("VAULT.json")).unwrap(), content);
    }
}

#[test]
fn a_record_of_a_newer_version_is_never_written() {
    let terminal = Terminal::demo();
    let file = terminal.world.dir().join("VAULT.json");
    let text = std::fs::read_to_string(&file).unwrap().replace("\"version\":1", "\"version\":2");
    std::fs::write(&file, &text).unwrap();
    let files = record_files(&terminal);
    assert!(!terminal.run(&["--json", "list"]).json().as_array().unwrap().is_empty());
    let said = terminal.run_with(&["add"], br#"{"date":"2026-01-01"}"#).refused(2);
    assert!(said.contains("newer version"), "{said}");
    assert_eq!(record_files(&terminal), files);
}

#[test]
fn bad_lines_are_named_by_number_and_nothing_comes_in() {
    let terminal = Terminal::demo();
    let files = record_files(&terminal);
    let long = format!(
        "{{\"date\":\"2026-01-01\",\"fields\":[{{\"prompt\":\"p\",\"answer\":\"{}\"}}]}}",
        "x".repeat(10 << 20)
    );
    let good = br#"{"date":"2026-01-01","fields":[]}"#;
    let cases: [(Vec<u8>, &str); 6] = [
        ([&good[..], b"\n{\"date\":"].concat(), "line 2, column"),
        ([&good[..], b"\n{\"date\":\"2026-02-30\"}"].concat(), "line 2, column"),
        ([&good[..], b"\n\xff\xfe"].concat(), "line 2 is not UTF-8"),
        (b"[1,2]".to_vec(), "line 1"),
        (b"{\"fields\":[]}".to_vec(), "missing field `date`"),
        (long.into_bytes(), "one conversation may hold"),
    ];
    for (bytes, words) in cases {
        let said = terminal.run_with(&["import", "--format", "jsonl", "-"], &bytes).refused(2);
        assert!(said.contains(words), "{words}: {said}");
        assert!(said.contains("Nothing was brought in"), "{said}");
    }
    assert_eq!(record_files(&terminal), files);
}

#[test]
fn strange_text_comes_back_without_what_nobody_can_see() {
    let terminal = Terminal::demo();
    let strange =
        "\u{202e}abc\u{2066} שלום مرحبا é e\u{301}\u{301}\u{301} \u{0} \u{7f} 👩🏽‍⚕️ \u{feff}";
    let words = "abc שלום مرحبا é e\u{301}\u{301}\u{301}   👩🏽‍⚕️ ";
    let line = serde_json::json!({
        "date": "2026-01-01", "fields": [{ "prompt": strange, "answer": strange }],
    });
    let id = terminal.run_with(&["add"], line.to_string().as_bytes()).fine();
    let body = terminal.run(&["--json", "show", id.trim()]).json();
    assert_eq!(body["sections"][0]["items"][0]["answer"]["text"], words);
    assert_eq!(body["sections"][0]["items"][0]["prompt"]["text"], words);
}

#[test]
fn a_summary_that_cannot_be_written_leaves_nothing_behind() {
    let terminal = Terminal::demo();
    let folder = terminal.world.file("missing").join("summary.pdf");
    let export = |out: &str| {
        terminal.run(&["export", "--person", "Dr Amina Larkspur", "--format", "pdf", "--out", out])
    };
    let said = export(folder.to_str().unwrap()).refused(2);
    assert!(said.contains("that folder is not there") && said.contains("Nothing left"), "{said}");
    let said = export(terminal.world.dir().to_str().unwrap()).refused(2);
    assert!(said.contains("folder") && said.contains("Nothing left"), "{said}");
    let receipts = terminal.run(&["--json", "list", "--kind", "receipt"]).json();
    assert!(receipts.as_array().unwrap().is_empty(), "no receipt for what did not leave");
}

#[test]
fn a_second_program_reads_and_does_not_write() {
    let terminal = Terminal::demo();
    let mut app = terminal.world.app();
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    let files = record_files(&terminal);
    assert!(!terminal.run(&["--json", "list"]).json().as_array().unwrap().is_empty());
    let said = terminal.run_with(&["add"], br#"{"date":"2026-01-01"}"#).refused(2);
    assert!(said.contains("open in another window"), "{said}");
    assert_eq!(record_files(&terminal), files);
}
