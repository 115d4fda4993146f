//! `cairn import` of notes: a preview, nothing twice, and everything private.

use serde_json::{Value, json};

use crate::import_notes::word;
use crate::support::command::Terminal;

const LOG: &[u8] = b"# Log\n## 2026-03-04 Nights\nThe bleep went.\n## 2026-03-05 Days\nQuiet.\n";

fn reflections(terminal: &Terminal) -> Vec<Value> {
    let listed = terminal.run(&["--json", "list", "--kind", "reflection"]).json();
    listed.as_array().unwrap().clone()
}

#[test]
fn notes_come_in_once_and_are_private() {
    let terminal = Terminal::demo();
    let before = reflections(&terminal).len();
    let import = |more: &[&str]| {
        let args = [&["--json", "import", "--format", "markdown"], more, &["-"]].concat();
        terminal.run_with(&args, LOG).json()
    };
    let seen = import(&["--preview"]);
    assert_eq!((&seen["notes"], &seen["preview"]), (&json!(3), &json!(true)));
    assert_eq!(seen["said"][0], "2 headings begin with a date. Each begins a note of its own.");
    assert_eq!(reflections(&terminal).len(), before);

    let done = import(&[]);
    assert_eq!((&done["notes"], &done["known"]), (&json!(3), &json!(0)));
    assert_eq!(done["new"][1]["title"], "Nights");
    assert_eq!(reflections(&terminal).len(), before + 3);
    let id = done["new"][1]["id"].as_str().unwrap();
    let shown = terminal.run(&["--json", "show", id]).json();
    assert_eq!(shown["sections"][0]["items"][0]["layer"], "private");
    assert_eq!(shown["sections"][0]["items"][0]["answer"]["text"], "The bleep went.");
    assert_eq!((&shown["date"], &shown["person"]), (&json!("2026-03-04"), &Value::Null));

    let again = import(&[]);
    assert_eq!((&again["notes"], &again["known"]), (&json!(0), &json!(3)));
    assert_eq!(reflections(&terminal).len(), before + 3);
    let whole = import(&["--one-note"]);
    assert_eq!(whole["notes"], 1);
}

#[test]
fn every_kind_of_file_comes_in_from_disk() {
    let terminal = Terminal::demo();
    let before = reflections(&terminal).len();
    let docx = word("<w:p><w:r><w:t>Zebrafish from Word</w:t></w:r></w:p>", &[]);
    let dayone = br#"{"entries":[{"uuid":"u1","creationDate":"2026-07-01T08:00:00Z",
        "timeZone":"Europe/London","text":"From Day One"}]}"#;
    let jrnl =
        br#"{"entries":[{"title":"From jrnl","body":"","date":"2026-07-01","time":"09:00"}]}"#;
    for (format, name, bytes) in [
        ("docx", "a.docx", docx.as_slice()),
        ("dayone", "Journal.json", dayone),
        ("jrnl", "jrnl.json", jrnl),
        ("text", "a.txt", b"From text"),
    ] {
        let path = terminal.world.file(name);
        std::fs::write(&path, bytes).unwrap();
        let out = terminal.run(&["import", "--format", format, path.to_str().unwrap()]).fine();
        assert!(out.starts_with("1 note new, private."), "{format}: {out}");
    }
    assert_eq!(reflections(&terminal).len(), before + 4);
    let found = terminal.run(&["--json", "search", "zebrafish"]).json();
    assert_eq!(found.as_array().unwrap().len(), 1);
}

#[test]
fn what_can_not_be_read_brings_in_nothing_and_wrong_use_is_said() {
    let terminal = Terminal::demo();
    let before = reflections(&terminal).len();
    for (format, bytes, words) in [
        ("docx", &b"words"[..], "it can’t be opened"),
        ("dayone", b"{}", "not an export of Day One"),
        ("jrnl", b"{\"entries\":", "can’t be read as JSON"),
        ("text", b"\x00\x01", "not text"),
    ] {
        let said = terminal.run_with(&["import", "--format", format, "-"], bytes).refused(2);
        assert!(said.contains(words) && said.contains("Nothing was brought in"), "{said}");
    }
    for args in [
        ["import", "--format", "jrnl", "--one-note", "-"],
        ["import", "--format", "text", "--same-name", "-"],
        ["import", "--format", "jsonl", "--preview", "-"],
    ] {
        terminal.run_with(&args, b"x").refused(64);
    }
    assert_eq!(reflections(&terminal).len(), before);
}
