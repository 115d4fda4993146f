//! What was chosen in the window holds on the command line, and the boxes of a portfolio leave as
//! one text.

use std::fs;

use cairn::app::draft::Change;
use cairn::export::{LineId, order};
use cairn::model::session::Kept;
use cairn::model::{Body, Id};
use cairn::vault::Passphrase;

use crate::support::command::Terminal;
use crate::support::world::PASSWORD;

const AMINA: &str = "Dr Amina Larkspur";
const POINTS: &str = "Escalated well for the patient with NHS number 943 476 5919.";

/// Changes the record of a terminal behind its back, as the window would.
fn change(terminal: &Terminal, change: impl FnOnce(&cairn::model::Journal) -> Vec<(Id, Body)>) {
    let now = terminal.world.now().timestamp();
    let mut desk = terminal.world.desk();
    assert!(desk.find(&terminal.world.dir()).unwrap());
    let mut opened = desk.unlock(&Passphrase::new(PASSWORD), now).unwrap();
    desk.fill(&mut opened.journal);
    let changes = change(&opened.journal).into_iter();
    let changes: Vec<Change> = changes.map(|(id, body)| Change { id, body }).collect();
    desk.save(&changes, now).unwrap();
    desk.lock();
}

/// Adds a line that points to a patient, with what was kept of it.
fn pointing(terminal: &Terminal, kept: Vec<Kept>) {
    change(terminal, |journal| {
        let (person, _) = journal.find_people(AMINA)[0];
        let sessions = journal.sessions_with(person);
        let (id, session) = sessions.into_iter().find(|(_, s)| !s.arcp.is_empty()).unwrap();
        let mut session = session.clone();
        session.arcp[0].text = POINTS.to_owned();
        session.kept = kept;
        vec![(id, Body::Session(session))]
    });
}

#[test]
fn boxes_leave_as_a_text_with_a_receipt() {
    let terminal = Terminal::demo();
    let out = terminal.world.file("boxes.txt");
    let path = out.to_str().unwrap();
    let run = ["export", "--person", AMINA, "--format", "portfolio", "--out", path];
    let said = terminal.run(&run).fine();
    assert!(said.is_empty(), "{said}");
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.starts_with("Physician ePortfolio (JRCPTB), boxes to paste\n"), "{text}");
    assert!(text.contains("[Capability in practice: comments: Acute take] "), "{text}");
    let receipts = terminal.run(&["--json", "list", "--kind", "receipt"]).json();
    assert!(receipts.to_string().contains("Boxes for Physician ePortfolio"), "{receipts}");

    let other = terminal.world.file("other.txt");
    let path = other.to_str().unwrap();
    let run = ["export", "--person", AMINA, "--format", "portfolio", "--portfolio", "llp"];
    terminal.run(&[&run[..], &["--out", path]].concat()).fine();
    assert!(fs::read_to_string(&other).unwrap().starts_with("Lifelong Learning Platform"));
    let run = ["export", "--person", AMINA, "--format", "portfolio", "--portfolio", "mine"];
    let said = terminal.run(&[&run[..], &["--out", "x"]].concat()).refused(64);
    assert!(said.contains("jrcptb") && said.contains("horus"), "{said}");
}

#[test]
fn what_was_left_out_in_the_window_stays_here() {
    let terminal = Terminal::demo();
    let mut gone = String::new();
    change(&terminal, |journal| {
        let (id, person) = journal.find_people(AMINA)[0];
        let today = jiff::civil::date(2026, 11, 24);
        let from = jiff::civil::date(2025, 11, 25);
        let whole = cairn::app::job::whole_of(journal, id, (from, today), today).unwrap();
        let line = whole.lines().next().unwrap();
        gone = line.text.clone();
        let mut person = person.clone();
        order::leave_out(&mut person, line.id, true);
        order::leave_out(&mut person, LineId::Meeting(whole.facts.meetings[0]), true);
        vec![(id, Body::Person(person))]
    });
    for (format, name) in [("txt", "a.txt"), ("portfolio", "b.txt"), ("md", "c.md")] {
        let out = terminal.world.file(name);
        let path = out.to_str().unwrap();
        terminal.run(&["export", "--person", AMINA, "--format", format, "--out", path]).fine();
        assert!(!fs::read_to_string(&out).unwrap().contains(&gone), "{format}");
    }
}

#[test]
fn what_points_to_a_patient_leaves_only_with_a_reason() {
    let terminal = Terminal::demo();
    pointing(&terminal, Vec::new());
    let out = terminal.world.file("a.txt");
    let path = out.to_str().unwrap();
    for format in ["txt", "portfolio"] {
        let run = ["export", "--person", AMINA, "--format", format, "--out", path];
        let said = terminal.run(&run).refused(2);
        assert!(said.contains("943 476 5919") && said.contains("Nothing left"), "{said}");
        assert!(!out.exists());
    }
    let reason = "A made-up number for teaching".to_owned();
    let kept = Kept { kind: "nhs-number".to_owned(), text: "943 476 5919".to_owned(), reason };
    pointing(&terminal, vec![kept]);
    let run = ["export", "--person", AMINA, "--format", "txt", "--out", path];
    terminal.run(&run).fine();
    assert!(fs::read_to_string(&out).unwrap().contains(POINTS));
    let receipts = terminal.run(&["--json", "list", "--kind", "receipt"]).json();
    let id = receipts[0]["id"].as_str().unwrap().to_owned();
    let shown = terminal.run(&["--json", "show", &id]).json();
    assert_eq!(shown["kept"][0]["reason"], "A made-up number for teaching", "{shown}");
}
