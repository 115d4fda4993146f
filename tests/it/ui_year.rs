//! The whole cycle of a year with one doctor, in the window, by the keyboard alone: no click, and
//! no field reached but by its shortcut, by Tab, or because it has the keyboard already.

use cairn::app::Screen;
use cairn::model::{ActionState, Id, Journal, Person};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;

use crate::support::window::{DESK, Look};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::{Harnessed, is_open, says, state};
use crate::ui_journey::{control, enter, tab_to, write};

const F11: Key = Key::F11;

fn journal(harness: &Harnessed) -> &Journal {
    &state(harness).open().unwrap().journal
}

fn doctor(harness: &Harnessed) -> (Id, &Person) {
    journal(harness).people()[0]
}

fn key(harness: &mut Harnessed, key: Key) {
    harness.key_press(key);
    harness.run();
}

/// Presses Shift Tab until a control whose name begins so has the keyboard.
fn back_to(harness: &mut Harnessed, name: &str) {
    for _ in 0..30 {
        let here = harness
            .query_by(|node| node.is_focused())
            .and_then(|node| node.accesskit_node().label())
            .is_some_and(|label| label.starts_with(name));
        if here {
            return;
        }
        harness.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
        harness.run();
    }
    panic!("Shift Tab never came to {name}");
}

/// Goes to a tab of the page by Tab and the arrows.
fn open_tab(harness: &mut Harnessed, name: &str) {
    let focused = |harness: &Harnessed| {
        let node = harness.query_by(|node| node.is_focused())?;
        let node = node.accesskit_node();
        Some((node.role(), node.label().unwrap_or_default()))
    };
    for _ in 0..200 {
        match focused(harness) {
            Some((Role::Tab, label)) if label.starts_with(name) => return,
            Some((Role::Tab, _)) => key(harness, Key::ArrowRight),
            _ => key(harness, Key::Tab),
        }
    }
    panic!("no tab {name}");
}

/// Types over what stands in the field with this name.
fn fill(harness: &mut Harnessed, field: &str, words: &str) {
    tab_to(harness, field);
    control(harness, Modifiers::NONE, Key::A);
    write(harness, words);
}

/// Locks, comes back so many weeks later and goes to Today.
fn weeks_later(world: &World, harness: &mut Harnessed, weeks: i64) {
    control(harness, Modifiers::NONE, Key::L);
    assert!(!is_open(harness));
    world.pass(SignedDuration::from_hours(24 * 7 * weeks));
    harness.run();
    write(harness, PASSWORD);
    key(harness, Key::Enter);
    assert!(is_open(harness));
    control(harness, Modifiers::NONE, Key::Num1);
}

/// A record of one's own with the first doctor in it, at the first meeting's first prompt.
fn begin(world: &World) -> Harnessed {
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
    harness
}

/// Says when the two meet next, and finishes.
fn finish(harness: &mut Harnessed, next: &str) {
    enter(harness, "Finish session");
    fill(harness, "Day", next);
    fill(harness, "Time", "14:30");
    enter(harness, "Finish");
    assert!(says(harness, "Session finished"));
}

fn first_meeting(harness: &mut Harnessed) {
    write(harness, "Book the taster week in cardiology.");
    control(harness, Modifiers::SHIFT, Key::A);
    fill(harness, "By when", "in 6 weeks");
    finish(harness, "in 12 weeks");
    let (id, person) = doctor(harness);
    assert!(person.next_meeting.is_some());
    let actions = journal(harness).actions_with(id);
    assert_eq!(actions.len(), 1);
    assert!(actions[0].1.due.is_some());
}

/// The page of the doctor: the post, the exam, a goal.
fn what_is_known(harness: &mut Harnessed) {
    control(harness, Modifiers::NONE, Key::Num2);
    open_tab(harness, "About");
    enter(harness, "Add a placement");
    write(harness, "acute medicine");
    fill(harness, "First day", "today");
    fill(harness, "Last day", "in 6 months");
    key(harness, Key::Enter);
    assert_eq!(doctor(harness).1.placements.len(), 1);
    enter(harness, "Change ARCP and end date");
    fill(harness, "ARCP date", "in 40 weeks");
    key(harness, Key::Enter);
    assert!(doctor(harness).1.arcp_date.is_some());
    open_tab(harness, "Goals and actions");
    enter(harness, "Add a goal");
    write(harness, "Lead the take by day");
    enter(harness, "Save");
    assert_eq!(doctor(harness).1.goals.len(), 1);
}

/// In the middle of the year: last time's action, the shared page, the note for the doctor.
fn mid_point(world: &World, harness: &mut Harnessed) {
    enter(harness, "Start session");
    if matches!(state(harness).open().unwrap().screen, Screen::Choose(_)) {
        enter(harness, "Start now");
    }
    // Last time's actions stand before the first prompt, which has the keyboard.
    back_to(harness, "Done");
    key(harness, Key::Space);
    tab_to(harness, "Shared. ");
    write(harness, "Led the board round for six weeks.");
    key(harness, F11);
    assert!(says(harness, "Only the shared page is on this screen"));
    control(harness, Modifiers::NONE, Key::Enter);
    key(harness, Key::Escape);
    enter(harness, "Leave room mode");
    assert!(!says(harness, "Only the shared page is on this screen"));
    enter(harness, "Finish session");
    fill(harness, "Day", "in 20 weeks");
    enter(harness, "Finish and send…");
    assert!(says(harness, "What leaves this machine"));
    enter(harness, "Save PDF");
    assert_eq!(journal(harness).receipts().len(), 1);
    let note = std::fs::read_dir(world.file("")).unwrap();
    assert!(note.flatten().any(|file| file.path().extension().is_some_and(|it| it == "pdf")));
    let (id, _) = doctor(harness);
    let actions = journal(harness).actions_with(id);
    assert_eq!(actions[0].1.state, ActionState::Done);
}

/// Before the panel: a line for the summary, the goal, the summary itself.
fn before_the_panel(harness: &mut Harnessed) {
    enter(harness, "Start session");
    if matches!(state(harness).open().unwrap().screen, Screen::Choose(_)) {
        enter(harness, "Start now");
    }
    tab_to(harness, "Goal reached: Lead the take by day");
    key(harness, Key::Space);
    assert!(doctor(harness).1.goals[0].done.is_some());
    tab_to(harness, "Shared. ");
    write(harness, "Runs the take by day and asks for help in time.");
    control(harness, Modifiers::SHIFT, Key::O);
    enter(harness, "Finish session");
    enter(harness, "Finish");
    control(harness, Modifiers::NONE, Key::Num4);
    enter(harness, "Dr Juniper Vale");
    assert!(says(harness, "Runs the take by day and asks for help in time."));
    enter(harness, "Send without evidence");
    enter(harness, "Save PDF");
    let path = harness.state().app().inputs.summary.path.clone();
    assert!(std::fs::read(path).unwrap().starts_with(b"%PDF-"));
}

/// After it: the doctor moves on.
fn afterwards(harness: &mut Harnessed) {
    control(harness, Modifiers::NONE, Key::Num2);
    enter(harness, "More about this person");
    tab_to(harness, "Move to past people");
    key(harness, Key::Enter);
    assert!(doctor(harness).1.is_past());
}

#[test]
fn a_year_with_one_doctor_goes_by_the_keyboard_alone() {
    let world = World::empty();
    let mut harness = begin(&world);
    first_meeting(&mut harness);
    what_is_known(&mut harness);
    weeks_later(&world, &mut harness, 12);
    mid_point(&world, &mut harness);
    weeks_later(&world, &mut harness, 20);
    before_the_panel(&mut harness);
    afterwards(&mut harness);
}
