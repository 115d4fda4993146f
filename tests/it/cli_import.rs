//! Bringing in another program's file: long lines, lines without an identity, and a file that
//! was brought in half-way before.

use serde_json::{Value, json};

use crate::support::command::Terminal;

/// A conversation of one line with so many bytes of text.
fn line(id: &str, bytes: usize) -> Value {
    json!({
        "id": id, "date": "2026-03-04", "trainee": "Dr Quiet Heron",
        "fields": [{ "prompt": "How are things?", "answer": "x".repeat(bytes) }],
    })
}

fn import(terminal: &Terminal, lines: &[Value]) -> Value {
    terminal.run_with(&["--json", "import", "--format", "jsonl", "-"], &file(lines)).json()
}

fn file(lines: &[Value]) -> Vec<u8> {
    lines.iter().map(|line| format!("{line}\n")).collect::<String>().into_bytes()
}

fn sessions(terminal: &Terminal) -> usize {
    let listed = terminal.run(&["--json", "list", "--kind", "session"]).json();
    listed.as_array().unwrap().len()
}

#[test]
fn a_long_conversation_after_many_short_ones_comes_in() {
    let terminal = Terminal::demo();
    // One person: short lines first, so that a file is begun that the long one has no room in.
    let mut lines: Vec<Value> = (0..50).map(|n| line(&format!("s{n}"), 5_000)).collect();
    lines.push(line("long", 890 * 1024));
    lines.push(line("after", 10));
    assert_eq!(import(&terminal, &lines)["sessions"], 52);
    assert_eq!(import(&terminal, &lines)["known"], 52);
    let found = terminal.run(&["--json", "list", "--person", "Dr Quiet Heron"]).json();
    let ids: Vec<_> = found.as_array().unwrap().iter().map(|row| &row["source_id"]).collect();
    assert!(ids.contains(&&json!("long")) && ids.contains(&&json!("after")));
    terminal.run(&["verify"]).fine();
}

#[test]
fn a_line_that_no_file_can_hold_is_named_before_anything_is_saved() {
    let terminal = Terminal::demo();
    let before = sessions(&terminal);
    let tiny = json!({ "prompt": "p", "answer": "a" });
    let many = json!({ "id": "many", "date": "2026-03-05", "fields": vec![tiny; 25_000] });
    assert!(many.to_string().len() < cairn::import::jsonl::MAX_LINE);
    let bytes = file(&[line("first", 900 * 1024 - 500), many, line("last", 10)]);
    for command in [&["import", "--format", "jsonl", "-"][..], &["add"]] {
        let bytes =
            if command[0] == "add" { bytes.split(|b| *b == b'\n').nth(1).unwrap() } else { &bytes };
        let said = terminal.run_with(command, bytes).refused(2);
        let number = if command[0] == "add" { "line 1 makes" } else { "line 2 makes" };
        assert!(said.contains(number) && said.contains("Nothing was brought in"), "{said}");
    }
    assert_eq!(sessions(&terminal), before);
}

#[test]
fn lines_without_an_identity_come_in_once() {
    let terminal = Terminal::demo();
    let before = sessions(&terminal);
    let plain = |answer: &str| json!({ "date": "2026-03-04", "fields": [{ "prompt": "How?", "answer": answer }] });
    // Two alike are two conversations; the third differs.
    let lines = [plain("Well."), plain("Well."), plain("Tired.")];
    // As when the first import was cut off.
    assert_eq!(import(&terminal, &lines[..1])["sessions"], 1);
    let rest = import(&terminal, &lines);
    assert_eq!((&rest["sessions"], &rest["known"]), (&json!(2), &json!(1)));
    let again = import(&terminal, &lines);
    assert_eq!((&again["sessions"], &again["known"]), (&json!(0), &json!(3)));
    let more = import(&terminal, &[plain("New."), lines[2].clone()]);
    assert_eq!((&more["sessions"], &more["known"]), (&json!(1), &json!(1)));
    assert_eq!(sessions(&terminal), before + 4);
    // What is added by hand may be the same twice.
    for _ in 0..2 {
        terminal.run_with(&["add"], plain("Well.").to_string().as_bytes()).fine();
    }
    assert_eq!(sessions(&terminal), before + 6);
}
