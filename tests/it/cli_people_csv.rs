//! `cairn import --format people-csv`: a preview, no silent joining, nothing twice.

use serde_json::Value;

use crate::support::command::Terminal;

const TABLE: &str = "name,stage,id,GMC\n\
    Dr Rowan Ashby,F1,r1,123\n\
    Dr Amina Larkspur,F2,,\n\
    Dr Wren Oakes,ST3,,\n\
    dr wren  oakes,ST4,,\n";

fn people(terminal: &Terminal) -> Vec<String> {
    let rows = terminal.run(&["--json", "list", "--kind", "person"]).json();
    let mut names: Vec<String> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["title"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_preview_names_all_and_changes_nothing() {
    let terminal = Terminal::demo();
    let before = people(&terminal);
    let args = ["import", "--format", "people-csv", "--preview", "-"];
    let done = terminal.run_with(&args, TABLE.as_bytes());
    assert_eq!(done.code, 1, "{}{}", done.out, done.err);
    for words in [
        "2 people new.",
        "Line 3: Dr Amina Larkspur has the name of somebody in the record; left out.",
        "Line 5: dr wren oakes has the name of line 4; left out.",
        "Not read: 1 column (GMC).",
        "This was a preview. Nothing was changed.",
    ] {
        assert!(done.out.contains(words), "{words}\n{}", done.out);
    }
    assert_eq!(people(&terminal), before);
}

#[test]
fn people_come_in_once_and_those_of_the_same_name_only_when_asked_for() {
    let terminal = Terminal::demo();
    let before = people(&terminal).len();
    let run = |more: &[&str]| {
        let mut args = vec!["--json", "import", "--format", "people-csv"];
        args.extend(more);
        args.push("-");
        terminal.run_with(&args, TABLE.as_bytes())
    };
    let done = run(&[]);
    assert_eq!(done.code, 1, "{}", done.err);
    let said: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!((said["people"].as_u64(), said["left_out"].as_u64()), (Some(2), Some(2)));
    assert_eq!(people(&terminal).len(), before + 2);

    let said: Value = serde_json::from_str(&run(&[]).out).unwrap();
    assert_eq!((said["people"].as_u64(), said["known"].as_u64()), (Some(0), Some(1)));
    assert_eq!(people(&terminal).len(), before + 2);

    let said = run(&["--same-name"]).json();
    assert_eq!(said["people"].as_u64(), Some(3));
    let names = people(&terminal);
    let of = |name: &str| names.iter().filter(|one| one.to_lowercase() == name).count();
    assert_eq!((of("dr amina larkspur"), of("dr wren oakes")), (2, 3));
    let said = terminal
        .run(&["export", "--person", "Dr Amina Larkspur", "--format", "txt", "--out", "x"])
        .refused(2);
    assert!(said.contains("2 people are called"), "{said}");
}

#[test]
fn a_table_that_can_not_be_read_brings_in_nothing() {
    let terminal = Terminal::demo();
    let before = people(&terminal);
    let args = ["import", "--format", "people-csv", "-"];
    for (bytes, words) in [
        (&b"name,arcp\nA,1 June 2027\nB,31 June 2027\n"[..], "line 3"),
        (b"name\n\xff\n", "line 2 is not UTF-8"),
        (b"stage\nF1\n", "one must be “name”"),
    ] {
        let said = terminal.run_with(&args, bytes).refused(2);
        assert!(said.contains(words) && said.contains("Nothing was brought in"), "{said}");
    }
    let jsonl = ["import", "--format", "jsonl", "--preview", "-"];
    terminal.run_with(&jsonl, b"").refused(64);
    assert_eq!(people(&terminal), before);
}
