//! The whole first journey in the window, by the words on the screen: make a record, add a
//! doctor, hold a conversation from a template, lock and unlock, finish, export the summary.
//! Then once more with the keyboard alone.

use cairn::app::state::Phase;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::talk::{HARD, PROUD};
use crate::support::window::{DESK, Look};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::{Harnessed, is_open, press, retype, says, state, type_into};

const LINE: &str = "Leads the board round and is asked for by name.";
const HARD_WORDS: &str = "Nights in the first month, alone with one decision.";
const PRIVATE_WORDS: &str = "Ask the rota lead before deciding anything.";

fn make_a_record(harness: &mut Harnessed) {
    type_into(harness, "Your name", "Dr Rowan Thistle");
    press(harness, "Continue");
    type_into(harness, "Password", PASSWORD);
    type_into(harness, "Type it once more", PASSWORD);
    press(harness, "Make my record");
    let Phase::Welcome(welcome) = &state(harness).phase else { panic!("no recovery sheet") };
    let recovery = &welcome.sheet.as_ref().unwrap().recovery;
    let asked =
        recovery.asked.map(|at| (format!("Word {}", at + 1), recovery.words[at].to_string()));
    press(harness, "Hide the words and check");
    for (label, word) in &asked {
        retype(harness, label, word);
    }
    press(harness, "Open my record");
    assert!(is_open(harness));
}

fn add_a_doctor(harness: &mut Harnessed) {
    press(harness, "Add a person");
    type_into(harness, "Name", "Dr Juniper Vale");
    press(harness, "Save and start a first session");
    assert!(says(harness, "What is this conversation for?"));
}

fn talk(harness: &mut Harnessed) {
    harness.get_by_label_contains("Mid-point review, ").click();
    harness.run();
    press(harness, "Start now");
    type_into(harness, PROUD, LINE);
    press(harness, "Offer to ARCP");
    type_into(harness, HARD, HARD_WORDS);
    press(harness, "Add a private note");
    // The new note has the keyboard.
    harness.event(Event::Text(PRIVATE_WORDS.to_owned()));
    harness.run();
}

#[test]
fn from_an_empty_folder_to_a_summary_for_the_panel() {
    let world = World::empty();
    let mut harness = world.window(Look::Light, DESK);
    harness.run();
    make_a_record(&mut harness);
    add_a_doctor(&mut harness);
    talk(&mut harness);

    press(&mut harness, "Lock. Unlocked");
    assert!(!is_open(&harness) && !says(&harness, "Juniper") && !says(&harness, "Nights"));
    type_into(&mut harness, "Password", "not the right one");
    press(&mut harness, "Unlock");
    assert!(says(&harness, "That password does not open this record."));
    type_into(&mut harness, "Password", PASSWORD);
    press(&mut harness, "Unlock");
    assert!(is_open(&harness));
    assert!(harness.get_by_label(HARD).value().is_some_and(|words| words == HARD_WORDS));

    press(&mut harness, "Finish session");
    press(&mut harness, "Finish");
    assert!(says(&harness, "Session finished"));

    press(&mut harness, "ARCP summary");
    assert!(says(&harness, LINE) && !says(&harness, "Nights") && !says(&harness, "rota lead"));
    let path = world.file("summary.pdf");
    retype(&mut harness, "File", &path.display().to_string());
    press(&mut harness, "Settle 1 line to save");
    press(&mut harness, "Send without evidence");
    press(&mut harness, "Save PDF");
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF-"));
    assert!(says(&harness, "receipt is kept"));
    let journal = &state(&harness).open().unwrap().journal;
    assert_eq!(journal.receipts().len(), 1);
}

/// Presses Tab until a control whose name begins so has the keyboard.
pub fn tab_to(harness: &mut Harnessed, name: &str) {
    for _ in 0..200 {
        let here = harness
            .query_by(|node| node.is_focused())
            .and_then(|node| node.accesskit_node().label())
            .is_some_and(|label| label.starts_with(name));
        if here {
            return;
        }
        harness.key_press(Key::Tab);
        harness.run();
    }
    panic!("Tab never came to {name}");
}

/// Goes to a control by Tab and presses Enter on it.
pub fn enter(harness: &mut Harnessed, name: &str) {
    tab_to(harness, name);
    harness.key_press(Key::Enter);
    harness.run();
}

pub fn write(harness: &mut Harnessed, words: &str) {
    harness.event(Event::Text(words.to_owned()));
    harness.run();
}

pub fn control(harness: &mut Harnessed, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(Modifiers::COMMAND | modifiers, key);
    harness.run();
}

#[test]
fn the_same_with_the_keyboard_alone() {
    let world = World::empty();
    let mut harness = world.window(Look::Light, DESK);
    harness.run();
    write(&mut harness, "Dr Rowan Thistle");
    enter(&mut harness, "Your name");
    for field in ["Password", "Type it once more"] {
        tab_to(&mut harness, field);
        write(&mut harness, PASSWORD);
    }
    enter(&mut harness, "Make my record");
    enter(&mut harness, "Hide the words and check");
    enter(&mut harness, "Do this later");
    enter(&mut harness, "Add a person");
    tab_to(&mut harness, "Name");
    write(&mut harness, "Dr Juniper Vale");
    enter(&mut harness, "Save and start a first session");
    enter(&mut harness, "Start now");

    write(&mut harness, LINE);
    control(&mut harness, Modifiers::SHIFT, Key::O);
    control(&mut harness, Modifiers::NONE, Key::L);
    assert!(!is_open(&harness));
    write(&mut harness, PASSWORD);
    harness.key_press(Key::Enter);
    harness.run();
    enter(&mut harness, "Finish session");
    enter(&mut harness, "Finish");
    control(&mut harness, Modifiers::NONE, Key::Num4);
    enter(&mut harness, "Dr Juniper Vale");
    assert!(says(&harness, LINE));
    enter(&mut harness, "Send without evidence");
    enter(&mut harness, "Save PDF");
    let path = harness.state().app().inputs.summary.path.clone();
    assert!(std::fs::read(path).unwrap().starts_with(b"%PDF-"));
}
