//! Handing a doctor over line by line, and the plan after a panel: by label and by keyboard.

use cairn::app::letter::{LetterAction, Topic};
use cairn::app::part::{Part, PartAction, Slot};
use cairn::app::{Action, App, Command, Screen};
use cairn::export::Format;
use cairn::model::{Id, Person};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;

use crate::support::talk::{amina, keys, made, press, unlocked, window};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_answers::letter;
use crate::ui_door::{Harnessed, says, type_into};

const NIGHTS: &str = "No more than 3 nights in a row";
const TAKE: &str = "Lead the acute take by day";

fn handover(world: &World) -> (App, Id) {
    let mut app = unlocked(world);
    let id = amina(&app);
    app.act(vec![Action::Letter(LetterAction::Show(Topic::Handover(id)))]);
    (app, id)
}

fn person(harness: &Harnessed, id: Id) -> Person {
    harness.state().app().state.open().unwrap().journal.person(id).unwrap().clone()
}

/// Goes to a line by the arrows and presses Space. The keyboard is on a line.
fn tick(harness: &mut Harnessed, words: &str) {
    keys(harness, Modifiers::NONE, Key::Home);
    for _ in 0..60 {
        if here(harness).contains(words) {
            keys(harness, Modifiers::NONE, Key::Space);
            return;
        }
        keys(harness, Modifiers::NONE, Key::ArrowDown);
    }
    panic!("no arrow came to {words}");
}

/// The words of the line that has the keyboard.
fn here(harness: &Harnessed) -> String {
    let here = harness.query_by(|node| node.is_focused()).unwrap();
    here.accesskit_node().label().unwrap()
}

fn buttons(harness: &Harnessed, words: &str) -> Vec<String> {
    let all = harness.query_all_by_label_contains(words);
    let buttons = all.filter(|node| node.accesskit_node().role() == Role::Button);
    buttons.filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn a_doctor_is_handed_over_line_by_line_by_keyboard() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let id = amina(&app);
    app.act(vec![Action::Go(Screen::People(Some(id)))]);
    let mut harness = window(&world, app);
    press(&mut harness, "More about this person");
    harness.get_by_role_and_label(Role::MenuItem, "Hand over…").click_accesskit();
    harness.run();
    harness.run();
    assert!(says(&harness, "What may your next supervisor read?"));
    assert!(says(&harness, "PDF, not encrypted."));
    assert!(here(&harness).contains(TAKE), "the first line has the keyboard");

    // Nothing is ticked, so nothing can be saved; the button leads to the first line.
    assert!(person(&harness, id).handover_ticked.is_empty());
    assert!(says(&harness, "No line is ticked yet."));
    press(&mut harness, "Tick a line to save");
    harness.run();
    assert!(!world.file("Handover 2026-11-24.pdf").exists());
    assert!(here(&harness).contains(TAKE));

    // Space ticks; the arrows go on across the groups.
    keys(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(person(&harness, id).handover_ticked.len(), 1);
    assert!(says(&harness, "The 1 ticked line"));
    keys(&mut harness, Modifiers::NONE, Key::End);
    assert!(!here(&harness).contains(TAKE));
    keys(&mut harness, Modifiers::NONE, Key::Home);
    assert!(here(&harness).contains(TAKE));

    // A group in one go, but never one that may tell of health or home.
    let works = buttons(&harness, ": What works well");
    assert_eq!(works.len(), 1, "{works:?}");
    press(&mut harness, &works[0]);
    assert!(person(&harness, id).handover_ticked.len() > 2);
    assert!(buttons(&harness, ": Adjustments").is_empty());
    for button in buttons(&harness, ": From the conversation") {
        assert!(button.starts_with("Show "), "{button}");
    }
    assert!(says(&harness, "Never ticked in one go"));
    tick(&mut harness, NIGHTS);
    assert!(says(&harness, "1 line may tell of health."));

    // A conversation is shown when it is asked for, and stays in sight once a line of it goes.
    let talk = buttons(&harness, ": From the conversation").remove(0);
    press(&mut harness, &talk);
    keys(&mut harness, Modifiers::NONE, Key::End);
    keys(&mut harness, Modifiers::NONE, Key::Space);
    assert!(says(&harness, "2 lines may tell of health."));
    let talk = talk.split_once(": ").unwrap().1;
    assert!(buttons(&harness, talk).is_empty(), "it cannot be hidden");

    // Away and back: the ticks are there.
    let ticked = person(&harness, id).handover_ticked;
    harness.state_mut().app_mut().act(vec![Action::Do(Command::Today)]);
    harness.state_mut().app_mut().act(vec![Action::Do(Command::Back)]);
    harness.run();
    assert_eq!(person(&harness, id).handover_ticked, ticked);

    type_into(&mut harness, "Next supervisor", "Dr Ines Hazelbrook");
    type_into(&mut harness, "From which day", "4 August 2027");
    harness.state_mut().app_mut().act(vec![Action::Letter(LetterAction::Format(Format::Text))]);
    harness.run();
    assert!(says(&harness, "Dr Ines Hazelbrook, from 4 August 2027. Only lines you tick go."));
    press(&mut harness, "Save plain text");
    let text = std::fs::read_to_string(world.file("Handover 2026-11-24.txt")).unwrap();
    assert!(text.contains(TAKE) && text.contains(NIGHTS), "{text}");
    for left in ["PACES", "Hazelbrook", "Led the Thursday", "straight after. I do not drink"] {
        assert!(!text.contains(left), "{left}: {text}");
    }
    let open = harness.state().app().state.open().unwrap();
    let (_, receipt) = open.journal.receipts()[0];
    assert_eq!(receipt.what, "Handover to the next supervisor, ticked together");
    assert_eq!(receipt.to, "Dr Ines Hazelbrook");

    // Only then, and by a button of its own, they go to past people; one undo brings them back.
    press(&mut harness, "Move Amina to past people");
    assert!(says(&harness, "Handed over to Dr Ines Hazelbrook, 4 August 2027."));
    let over = person(&harness, id);
    assert_eq!(over.handed_over.as_ref().unwrap().on, date(2027, 8, 4));
    assert!(over.handover_ticked.is_empty(), "the next handover begins without a tick");
    harness.state_mut().app_mut().act(vec![Action::Do(Command::TakeBack)]);
    harness.run();
    assert!(!person(&harness, id).is_past());
    assert_eq!(person(&harness, id).handover_ticked, ticked);
}

#[test]
fn what_may_point_to_a_patient_is_settled_before_a_handover_leaves() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let id = amina(&app);
    app.act(vec![Action::Part(PartAction::Open(id, Part::Adjustments, None))]);
    let words = "No nights after NHS number 943 476 5919\nA quiet room".to_owned();
    app.inputs.part.as_mut().unwrap().typed.insert(Slot::Adjustments, words);
    app.act(vec![Action::Part(PartAction::Save)]);
    app.act(vec![Action::Letter(LetterAction::Show(Topic::Handover(id)))]);
    let mut harness = window(&world, app);
    tick(&mut harness, "A quiet room");
    assert!(says(&harness, "No obvious identifiers found."));
    tick(&mut harness, "No nights after");
    press(&mut harness, "Settle it to save");
    press(&mut harness, "Copy as text");
    assert!(!world.file("Handover 2026-11-24.pdf").exists());
    // To untick it is enough.
    tick(&mut harness, "No nights after");
    press(&mut harness, "Save PDF");
    assert!(world.file("Handover 2026-11-24.pdf").exists());
}

#[test]
fn where_nothing_is_shared_there_is_nothing_to_hand_over() {
    let world = World::empty();
    let mut app = made(&world);
    app.inputs.person.name = "Dr Noor Fernway".to_owned();
    app.act(vec![Action::Record(cairn::app::action::RecordAction::SavePerson)]);
    let id = app.state.open().unwrap().journal.people()[0].0;
    app.act(vec![Action::Letter(LetterAction::Show(Topic::Handover(id)))]);
    let mut harness = window(&world, app);
    assert!(says(&harness, "Nothing shared yet, so nothing to hand over"));
    let plan = LetterAction::Show(Topic::AfterArcp(id));
    harness.state_mut().app_mut().act(vec![Action::Letter(plan)]);
    harness.run();
    assert!(says(&harness, "Nothing is recorded of a panel yet"));
    press(&mut harness, "Add the panel");
    let open = harness.state().app().state.open().unwrap();
    assert_eq!(open.screen, Screen::People(Some(id)));
}

#[test]
fn the_plan_after_a_panel_is_opened_seen_and_saved() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let id = amina(&app);
    app.act(vec![Action::Go(Screen::People(Some(id)))]);
    let mut harness = window(&world, app);
    press(&mut harness, "More about this person");
    harness.get_by_role_and_label(Role::MenuItem, "Plan after the ARCP…").click_accesskit();
    harness.run();
    harness.run();
    assert!(says(&harness, "Outcome 1: Satisfactory progress"));
    assert!(says(&harness, "Nothing recorded"), "nobody wrote down what the panel asked for");
    press(&mut harness, "Save PDF");
    assert!(world.file("Plan after the ARCP 2026-11-24.pdf").exists());

    // Somebody whose panel nobody wrote down.
    let app = harness.state().app();
    let people = app.state.open().unwrap().journal.people();
    let other = people.iter().find(|(_, person)| person.past_arcps.is_empty()).unwrap().0;
    let text = letter(app, &Topic::AfterArcp(other)).text();
    assert!(!text.contains("Outcome 1") && text.contains("Nothing recorded"), "{text}");
}

fn shown(size: [f32; 2], zoom: u16) -> Harnessed {
    let world = World::demo();
    let (mut app, _) = handover(&world);
    app.state.look.zoom = zoom;
    app.inputs.letter.path = "/home/rowan/Documents/Handover.pdf".to_owned();
    app.inputs.letter.recipient = "Dr Ines Hazelbrook".to_owned();
    app.inputs.letter.from_day = "4 August 2027".to_owned();
    let mut harness = world.window_of(app, Look::Light, size);
    harness.run();
    tick(&mut harness, NIGHTS);
    tick(&mut harness, TAKE);
    harness
}

#[test]
fn the_handover_looks_as_drawn() {
    picture(&mut shown(DESK, 100), "handover_light");
}

#[test]
fn the_lines_of_a_conversation_look_as_they_should() {
    let mut harness = shown(DESK, 100);
    let talk = buttons(&harness, ": From the conversation").remove(0);
    press(&mut harness, &talk);
    keys(&mut harness, Modifiers::NONE, Key::End);
    harness.run_steps(20);
    picture(&mut harness, "handover_talk");
}

#[test]
fn the_handover_fits_a_small_window() {
    picture(&mut shown([1024.0, 640.0], 150), "handover_narrow");
}

#[test]
fn the_plan_after_a_panel_looks_as_it_should() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let id = amina(&app);
    app.act(vec![Action::Letter(LetterAction::Show(Topic::AfterArcp(id)))]);
    app.inputs.letter.path = "/home/rowan/Documents/Plan after the ARCP.pdf".to_owned();
    let mut harness = window(&world, app);
    picture(&mut harness, "after_arcp_light");
}
