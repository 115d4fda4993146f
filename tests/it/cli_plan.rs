//! `cairn plan`: a plan is shown, written and agreed on the command line.

use crate::support::command::Terminal;

const AMINA: &str = "Dr Amina Larkspur";
const SEUN: &str = "Dr Seun Hawthorne";

#[test]
fn a_plan_is_written_and_shown() {
    let terminal = Terminal::demo();
    let said = terminal.run(&["plan", "show", "--person", AMINA]).fine();
    assert!(said.contains("Nobody has written in this plan yet."), "{said}");
    let words = "A consultant in rheumatology\nHome before seven";
    terminal.run(&["plan", "set", "--person", AMINA, "year5", words]).fine();
    terminal.run(&["plan", "set", "--person", AMINA, "promises", "Ring Leeds"]).fine();
    let said = terminal.run(&["plan", "show", "--person", AMINA]).fine();
    assert!(said.contains("Where I want to be in five years (year5)"), "{said}");
    assert!(said.contains("Home before seven") && said.contains("Ring Leeds"), "{said}");
    terminal.run(&["plan", "set", "--person", AMINA, "promises", ""]).fine();
    let plan = terminal.run(&["--json", "plan", "show", "--person", AMINA]).json();
    assert_eq!(plan["words"]["year5"][1], "Home before seven");
    assert!(plan["words"].get("promises").is_none(), "{plan}");
    assert!(plan["agreed"].is_null());
}

#[test]
fn a_plan_is_agreed_once() {
    let terminal = Terminal::demo();
    let said = terminal.run(&["plan", "agree", "--person", AMINA]).fine();
    assert!(said.contains("nothing to agree"), "{said}");
    let said = terminal.run(&["plan", "agree", "--person", SEUN]).fine();
    assert!(said.contains("You agreed this version."), "{said}");
    let said = terminal.run(&["plan", "agree", "--person", SEUN]).fine();
    assert!(said.contains("already"), "{said}");
    // Version 1 stands until the other one agrees too.
    let plan = terminal.run(&["--json", "plan", "show", "--person", SEUN]).json();
    assert_eq!(plan["agreed"]["version"], 1);
    let shown = plan.to_string();
    assert!(!shown.contains("I have not asked Dr Bramble yet"), "a private note: {shown}");
}

#[test]
fn a_field_that_is_not_known_names_those_that_are() {
    let terminal = Terminal::demo();
    let said = terminal.run(&["plan", "set", "--person", SEUN, "year2", "x"]).refused(64);
    assert!(said.contains("year1") && said.contains("self-assessment"), "{said}");
}
