//! The journey on the command line: make a record, add, find, export, verify, get back in.

use sha2::{Digest as _, Sha256};

use crate::cli_bad_input::record_files;
use crate::support::command::Terminal;

const LINE: &str = r#"{"id":"s1","date":"2026-03-04","time":"14:30","minutes":40,
    "trainee":"Dr Quiet Heron","trainee_id":"t1","template":"check-in","tags":["rota"],
    "fields":[{"id":"now","prompt":"How are things?","answer":"The zephyrquill was Žluťoučký."}],
    "actions":[{"id":"a1","text":"Ask the rota lead.","due":"2026-03-18","done":false}]}"#;

fn one_line() -> Vec<u8> {
    LINE.replace('\n', " ").into_bytes()
}

#[test]
fn the_demonstration_ends_with_a_pdf_and_opens_again() {
    let terminal = Terminal::empty();
    let out = terminal.world.file("demo");
    let arguments = ["demo", "--out", out.to_str().unwrap()];
    for _ in 0..2 {
        let said = terminal.bare(&arguments, b"").fine();
        assert!(said.contains("Passphrase: "), "{said}");
        assert!(said.contains("no display"), "it says why no window opens: {said}");
        let pdf = said.lines().find_map(|line| line.split_once(".pdf").map(|_| line)).unwrap();
        let path = pdf.split_once(": ").unwrap().1;
        let bytes = std::fs::read(path).unwrap();
        assert!(bytes.starts_with(b"%PDF-"));
    }
}

#[test]
fn a_doctor_makes_a_record_of_their_own_and_sees_a_demonstration_of_one() {
    let terminal = Terminal::empty();
    let out = terminal.world.file("demo");
    let said = terminal.bare(&["demo", "--role", "doctor", "--out", out.to_str().unwrap()], b"");
    let said = said.fine();
    assert!(said.contains("Passphrase: ") && !said.contains("ARCP summary"), "{said}");
    assert!(out.join("doctor").join("VAULT.json").exists(), "beside the supervisor’s");
}

#[test]
fn a_record_is_made_with_a_strong_passphrase_and_its_key_opens_it_again() {
    let terminal = Terminal::empty();
    let weak = terminal.world.file("weak");
    std::fs::write(&weak, "password1\n").unwrap();
    let dir = terminal.world.dir();
    let vault = ["--vault", dir.to_str().unwrap(), "--passphrase-file"];
    let with = |file: &str, rest: &[&str]| {
        let file = terminal.world.file(file);
        let mut all = vault.to_vec();
        all.push(file.to_str().unwrap());
        all.extend(rest);
        terminal.bare(&all, b"")
    };
    let said = with("weak", &["create"]).refused(2);
    assert!(said.contains("too easy to guess"), "{said}");
    assert!(!dir.exists(), "nothing was made");

    let sheet = terminal.world.file("sheet.txt");
    let sheet = sheet.to_str().unwrap();
    assert_eq!(with("passphrase", &["create", "--recovery-file", sheet]).fine(), "");
    assert!(std::fs::read_to_string(sheet).unwrap().contains("AGE-SECRET-KEY-1"));
    let said = with("passphrase", &["create"]).refused(2);
    assert!(said.contains("already"), "{said}");

    std::fs::write(terminal.world.file("second"), "gentle harbour spanner oats\n").unwrap();
    with("second", &["recover", "--recovery-file", sheet]).fine();
    assert!(with("passphrase", &["list"]).refused(2).contains("does not open this record"));
    assert!(with("second", &["list", "--json"]).json().is_array());

    std::fs::write(terminal.world.file("third"), "marble kettle ribbon fern\n").unwrap();
    let third = terminal.world.file("third");
    let new = ["passphrase", "--new-passphrase-file", third.to_str().unwrap()];
    with("second", &new).fine();
    with("third", &["list"]).fine();
}

#[test]
fn an_added_conversation_is_listed_shown_found_and_exported() {
    let terminal = Terminal::demo();
    let id = terminal.run_with(&["add"], &one_line()).fine();
    let id = id.trim();

    let rows = terminal.run(&["--json", "list", "--person", "dr quiet heron"]).json();
    let row = rows.as_array().unwrap().iter().find(|row| row["id"] == id).unwrap();
    assert_eq!((&row["kind"], &row["source_id"]), (&"session".into(), &"s1".into()));
    assert_eq!(row["date"], "2026-03-04");

    let body = terminal.run(&["--json", "show", id]).json();
    assert_eq!(body["sections"][0]["items"][0]["layer"], "private");
    let shown = terminal.run(&["show", id]).fine();
    assert!(shown.contains("Žluťoučký") && shown.contains("Private to me"), "{shown}");

    for query in ["zephyrquill", "zlutoucky", "ZEPHYR"] {
        let hits = terminal.run(&["--json", "search", query]).json();
        assert_eq!(hits.as_array().unwrap().len(), 1, "{query}");
        assert_eq!(hits[0]["id"], id);
        assert!(hits[0]["snippet"].as_str().unwrap().contains("zephyrquill"));
    }

    let out = terminal.world.file("summary.txt");
    let out = out.to_str().unwrap();
    let export = ["export", "--person", "Dr Quiet Heron", "--format", "txt", "--out", out];
    terminal.run(&export).fine();
    let text = std::fs::read_to_string(out).unwrap();
    assert!(text.contains("Dr Quiet Heron"));
    assert!(!text.contains("zephyrquill"), "what came in as Private does not go out");
    let receipts = terminal.run(&["--json", "list", "--kind", "receipt"]).json();
    assert_eq!(receipts.as_array().unwrap().len(), 1);

    let again = terminal.run_with(&["add"], &one_line()).refused(2);
    assert!(again.contains("before"), "{again}");
}

#[test]
fn a_second_import_of_the_same_file_adds_nothing() {
    let terminal = Terminal::demo();
    let file = terminal.world.file("in.jsonl");
    let second = LINE.replace("\"s1\"", "\"s2\"").replace("2026-03-04", "2026-04-01");
    let both = [one_line(), second.replace('\n', " ").into_bytes()].join(&b'\n');
    std::fs::write(&file, both).unwrap();
    let import = ["--json", "import", "--format", "jsonl", file.to_str().unwrap()];
    let first = terminal.run(&import).json();
    assert_eq!((&first["sessions"], &first["people"]), (&2.into(), &1.into()));
    let again = terminal.run(&import).json();
    assert_eq!((&again["sessions"], &again["known"]), (&0.into(), &2.into()));
}

#[test]
fn everything_exported_holds_every_record_and_says_so() {
    let terminal = Terminal::demo();
    let listed = terminal.run(&["--json", "list"]).json().as_array().unwrap().len();
    let out = terminal.world.file("all.json");
    let export = ["export", "--format", "json", "--out", out.to_str().unwrap()];
    let done = terminal.run(&export);
    assert!(done.err.contains("private notes"), "{}", done.err);
    let bytes = std::fs::read(&out).unwrap();
    let sum = format!("{:x}", Sha256::digest(&bytes));
    assert!(done.err.contains(&sum), "{}", done.err);
    done.fine();
    let whole: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(whole["records"].as_array().unwrap().len(), listed);

    let receipts = terminal.run(&["--json", "list", "--kind", "receipt"]).json();
    let [row] = receipts.as_array().unwrap().as_slice() else { panic!("{receipts}") };
    let receipt = terminal.run(&["--json", "show", row["id"].as_str().unwrap()]).json();
    assert_eq!((&receipt["what"], &receipt["file"]), (&"Everything".into(), &"all.json".into()));
    assert_eq!(receipt["sha256"], sum);
    // A mistyped name destroys nothing.
    assert!(terminal.run(&export).refused(2).contains("with this name already"));
    assert_eq!(std::fs::read(&out).unwrap(), bytes);
}

#[test]
fn an_export_from_a_damaged_record_says_what_it_lacks() {
    let terminal = Terminal::demo();
    std::fs::write(&record_files(&terminal)[3], b"").unwrap();
    // A computer that has not read the record before.
    std::fs::remove_dir_all(terminal.world.file("state-home")).unwrap();
    let out = |name: &str| terminal.world.file(name).to_str().unwrap().to_owned();
    for arguments in [
        &["export", "--format", "json", "--out", &out("all.json")][..],
        &["export", "--person", "Dr Amina Larkspur", "--format", "txt", "--out", &out("a.txt")],
    ] {
        let done = terminal.run(arguments);
        assert_eq!(done.code, 1, "{}", done.err);
        assert!(done.err.contains("1 file of the record can’t be read"), "{}", done.err);
        assert!(done.err.contains("missing from the export"), "{}", done.err);
    }
}

#[test]
fn people_of_one_name_are_told_apart_by_their_ids() {
    let terminal = Terminal::demo();
    let line = |person: &str, id: &str| {
        LINE.replace("\"t1\"", &format!("\"{person}\""))
            .replace("\"s1\"", &format!("\"{id}\""))
            .replace('\n', " ")
    };
    terminal.run_with(&["add"], line("t1", "x1").as_bytes()).fine();
    terminal.run_with(&["add"], line("t2", "x2").as_bytes()).fine();
    let said = terminal.run(&["list", "--person", "Dr Quiet Heron"]).refused(2);
    assert!(said.contains("2 people are called"), "{said}");
    let id = said.split_whitespace().find(|word| word.parse::<cairn::model::Id>().is_ok()).unwrap();
    let rows = terminal.run(&["--json", "list", "--person", id, "--kind", "session"]).json();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    let said = terminal.run(&["list", "--person", "Nobody"]).refused(2);
    assert!(said.contains("Dr Amina Larkspur"), "the choices are named: {said}");
}
