//! What reaches the terminal: words without what it would act on, and answers that it or the
//! disk behind it does not take.

use std::fs::File;
use std::process::Stdio;

use cairn::app::draft::Change;
use cairn::model::{Answer, Body, Id, Person, Session, clean};
use cairn::vault::Passphrase;

use crate::support::command::{Done, Terminal};
use crate::support::world::PASSWORD;

/// Clears the screen, turns the direction round, begins a line of its own.
const HOSTILE: &str = "Dr\u{1b}[2J\u{9b}31m Red\u{202e}\u{7}\r\nHeron\u{200b}";
/// What a person may see of it within a line.
const SEEN: &str = "Dr[2J31m Red Heron";

/// Puts a person and a conversation with such text into the record, as typing and pasting do.
fn typed(terminal: &Terminal) -> Id {
    let mut desk = terminal.world.desk_elsewhere();
    desk.find(&terminal.world.dir()).unwrap();
    let now = terminal.world.now().timestamp();
    let opened = desk.unlock(&Passphrase::new(PASSWORD), now).unwrap();
    let (_, held) = opened.journal.all_held().next().unwrap();
    let mut talk: Session = held.session.clone();
    let (person, id) = (Id::new(1, 1), Id::new(1, 2));
    (talk.person, talk.title) = (Some(person), HOSTILE.to_owned());
    let item = talk.sections.iter_mut().flat_map(|part| &mut part.items).next().unwrap();
    item.answer = Some(Answer::Text(format!("zephyrquill {HOSTILE}")));
    let named = Person { name: HOSTILE.to_owned(), ..Person::default() };
    for (id, body) in [(person, Body::Person(named)), (id, Body::Session(talk))] {
        desk.save(&[Change { id, body }], now).unwrap();
    }
    id
}

#[test]
fn nothing_that_a_terminal_acts_on_reaches_it() {
    let terminal = Terminal::demo();
    let id = typed(&terminal).to_string();
    let file = terminal.world.file("\u{1b}[31mpack\u{202e}.json");
    std::fs::write(&file, "{}").unwrap();
    let file = file.to_str().unwrap();
    let mut seen = String::new();
    for (arguments, code) in [
        (&["list"][..], 0),
        (&["show", &id], 0),
        (&["--json", "show", &id], 0),
        (&["--json", "list"], 0),
        (&["search", "zephyrquill"], 0),
        (&["list", "--person", "\u{1b}[1mNobody"], 2),
        (&["hold", "--person", HOSTILE], 0),
        (&["templates", "check", file], 2),
        (&["templates", "show", "\u{1b}[1m"], 2),
        (&["add", "/nowhere\u{1b}[1m"], 64),
    ] {
        let Done { code: ended, out, err } = terminal.run(arguments);
        assert_eq!(ended, code, "{arguments:?}: {err}");
        for said in [out, err] {
            let hidden = said.chars().find(|c| clean::is_hidden(*c) && *c != '\n');
            assert_eq!(hidden, None, "{arguments:?}: {said:?}");
            seen.push_str(&said);
        }
    }
    let title = &terminal.run(&["--json", "show", &id]).json()["title"];
    assert_eq!(title, HOSTILE, "a program gets the very words");
    let rows = terminal.run(&["list"]).fine();
    let rows: Vec<&str> = rows.lines().filter(|row| row.contains(SEEN)).collect();
    assert_eq!(rows.len(), 2, "a name begins no line of its own: {rows:?}");
    assert!(seen.contains("[31mpack.json"), "the file is still named");
}

#[test]
fn a_recovery_key_is_never_lost_with_the_output() {
    let terminal = Terminal::demo();
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        Stdio::from(writer)
    };
    let full = || File::options().write(true).open("/dev/full").ok().map(Stdio::from);
    let Some(full) = full() else {
        eprintln!("SKIPPED: there is no /dev/full here");
        return;
    };
    let again = terminal.world.file("again");
    std::fs::write(&again, "gentle harbour spanner oats\n").unwrap();
    for (stdout, is_first) in [(full, true), (closed(), false)] {
        let done = terminal.run_to(stdout, &["recovery-key"]);
        assert_eq!(done.code, 2);
        assert!(done.err.contains("`cairn recovery-key`"), "{}", done.err);
        let sheet = terminal.world.file("sheet");
        let key = done.err.lines().find(|line| line.contains("AGE-SECRET-KEY-1")).unwrap();
        std::fs::write(&sheet, key.trim()).unwrap();
        if !is_first {
            continue;
        }
        // The key on standard error is the one that holds.
        let dir = terminal.world.dir();
        let recover = ["recover", "--recovery-file", sheet.to_str().unwrap()];
        let first = ["--vault", dir.to_str().unwrap(), "--passphrase-file"];
        let with = |file| [&first[..], &[file], &recover[..]].concat();
        let passphrase = terminal.world.file("passphrase");
        terminal.bare(&with(again.to_str().unwrap()), b"").fine();
        terminal.bare(&with(passphrase.to_str().unwrap()), b"").fine();
    }
}

#[test]
fn an_answer_that_no_disk_takes_is_told_and_a_closed_pipe_is_not() {
    let terminal = Terminal::demo();
    let Ok(full) = File::options().write(true).open("/dev/full") else {
        eprintln!("SKIPPED: there is no /dev/full here");
        return;
    };
    let done = terminal.run_to(full.into(), &["list"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("The answer could not be written out"), "{}", done.err);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let done = terminal.run_to(writer.into(), &["list"]);
    assert_eq!((done.code, done.err.as_str()), (2, ""));
}

#[test]
fn without_a_terminal_the_option_that_is_missing_is_named() {
    let terminal = Terminal::demo();
    let dir = terminal.world.dir();
    let said = terminal.run(&["recover"]).refused(64);
    assert!(said.contains("recovery key with --recovery-file"), "{said}");
    let said = terminal.run(&["passphrase"]).refused(64);
    assert!(said.contains("new passphrase with --new-passphrase-file"), "{said}");
    let said = terminal.bare(&["--vault", dir.to_str().unwrap(), "list"], b"").refused(64);
    assert!(said.contains("passphrase with --passphrase-file"), "{said}");
}
