//! `cairn review`: a text from a file or standard input, without a record.

use serde_json::Value;

use crate::support::command::Terminal;

#[test]
fn a_text_is_looked_through_and_told_for_people_and_for_programs() {
    let terminal = Terminal::empty();
    let text = "Réunion.\nMr Jones, NHS 943 476 5919, is in bed 4. She is lazy.\n";
    let done = terminal.bare(&["review"], text.as_bytes());
    assert_eq!((done.code, done.err.as_str()), (1, ""));
    for words in [
        "Line 2, column 1: Name, strong: Mr Jones",
        "Line 2, column 15: NHS number, strong: 943 476 5919",
        "Instead: (NHS number left out)",
        "Line 2, column 35: Ward or bed, weak: bed 4",
        "Person rather than behaviour: lazy",
        "In all: 3 that may point to somebody, 1 on wording.",
    ] {
        assert!(done.out.contains(words), "{words}: {}", done.out);
    }
    assert!(!done.out.contains("No obvious"), "{}", done.out);

    let file = terminal.world.file("note.txt");
    std::fs::write(&file, text).unwrap();
    for arguments in [&["--json", "review", file.to_str().unwrap()][..], &["review", "--json", "-"]]
    {
        let done = terminal.bare(arguments, text.as_bytes());
        assert_eq!(done.code, 1, "{}", done.err);
        let found: Vec<Value> = serde_json::from_str(&done.out).unwrap();
        let nhs = found.iter().find(|it| it["kind"] == "nhs-number").unwrap();
        assert_eq!((&nhs["grade"], &nhs["text"]), (&"strong".into(), &"943 476 5919".into()));
        // In characters: the accent is one, and two bytes.
        assert_eq!((&nhs["start"], &nhs["end"]), (&23.into(), &35.into()));
        assert_eq!(nhs["replacement"], "(NHS number left out)");
        assert!(nhs["reason"].as_str().is_some_and(|reason| !reason.is_empty()));
        assert_eq!(found[3]["replacement"], Value::Null);
    }
}

#[test]
fn nothing_found_is_never_called_anonymous() {
    let terminal = Terminal::empty();
    let said = terminal.bare(&["review"], b"We agreed two steps for May.").fine();
    assert_eq!(said, "No obvious identifiers found.\n");
    assert_eq!(terminal.bare(&["review", "--json"], b"").fine(), "[]\n");
    // A hint on wording does not take the words away.
    let done = terminal.bare(&["review"], b"She is lazy.");
    assert_eq!(done.code, 1);
    assert!(done.out.starts_with("No obvious identifiers found.\n"), "{}", done.out);
    // Names and spelling are asked for.
    assert_eq!(terminal.bare(&["review"], b"Amina recieved it.").code, 0);
    let asked = ["review", "--name", "Dr Amina Larkspur", "--spelling"];
    let done = terminal.bare(&asked, b"Amina recieved it.");
    assert!(done.out.contains("caseload, strong: Amina") && done.out.contains("recieved"));
    assert!(done.out.contains("1 that may point to somebody, 0 on wording, 1 on spelling."));
    let help = terminal.bare(&["review", "--help"], b"").fine().to_lowercase();
    assert!(!help.contains("anonym") && !said.to_lowercase().contains("anonym"));
}

#[test]
fn bad_input_is_named_or_looked_through_whole() {
    let terminal = Terminal::empty();
    let said = terminal.bare(&["review"], b"fine\nnot \xff fine").refused(2);
    assert!(said.contains("Standard input is not plain text (UTF-8): line 2"), "{said}");
    let said = terminal.bare(&["review", "/nowhere/at/all.txt"], b"").refused(2);
    assert!(said.contains("can’t be read"), "{said}");
    let said = terminal.bare(&["review"], &b"a ".repeat((5 << 20) + 1)).refused(2);
    assert!(said.contains("too long: the most is 10 MiB"), "{said}");

    let hostile = "Mr Jo\u{0}nes \u{1b}[31m Mr \u{202e}Jones\u{7}.";
    let done = terminal.bare(&["review"], hostile.as_bytes());
    assert_eq!(done.code, 1);
    assert!(!done.out.contains(|c: char| c.is_control() && c != '\n'), "{:?}", done.out);
    let line = [&b"x".repeat(1 << 20)[..], b" NHS 943 476 5919"].concat();
    let done = terminal.bare(&["--json", "review"], &line);
    assert!(done.out.contains("943 476 5919"), "{}", done.out);
}
