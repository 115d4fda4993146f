//! A person on hold, and erasing a person: in the window and on the command line.

use cairn::app::action::{DoorAction, RecordAction, SummaryAction};
use cairn::app::draft::Change;
use cairn::app::inputs::PersonTab;
use cairn::app::job::Job;
use cairn::app::keeping::{Form, KeepingAction};
use cairn::app::{Action, App, Outcome, Screen};
use cairn::model::{ActionState, Id, Journal};
use cairn::vault::Passphrase;
use egui::{Key, Role};
use egui_kittest::kittest::Queryable as _;

use crate::support::command::Terminal;
use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::{Harnessed, press, says, state, type_into};

const AMINA: &str = "Dr Amina Larkspur";
/// The button that erases.
const ERASE: &str = "Erase for good and save the certificate";

fn journal(harness: &Harnessed) -> &Journal {
    &state(harness).open().unwrap().journal
}

fn amina(journal: &Journal) -> Id {
    journal.find_people(AMINA)[0].0
}

fn is_about(journal: &Journal, person: Id) -> bool {
    journal.all().any(|(id, body)| body.about(id) == Some(person))
}

/// The program, unlocked, on what is known about Amina.
fn about_amina(world: &World) -> App {
    let mut app = world.app();
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    let id = amina(&app.state.open().unwrap().journal);
    app.act(vec![Action::Go(Screen::People(Some(id)))]);
    app.inputs.person_tab = PersonTab::About;
    app
}

fn shown(world: &World, app: App, look: Look, size: [f32; 2]) -> Harnessed {
    let mut harness = world.window_of(app, look, size);
    harness.run();
    harness
}

/// Presses a button that may lie below what the window shows.
fn press_below(harness: &mut Harnessed, button: &str) {
    harness.get_by_role_and_label(Role::Button, button).focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
}

fn files(world: &World) -> usize {
    let mut count = 0;
    let mut folders = vec![world.dir().join("records")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { count += 1 }
        }
    }
    count
}

#[test]
fn a_hold_shows_its_reason_refuses_erasing_and_is_taken_off() {
    let world = World::demo();
    let mut harness = shown(&world, about_amina(&world), Look::Light, DESK);
    press_below(&mut harness, "Put Amina on hold");
    press(&mut harness, "Put on hold");
    assert!(says(&harness, "Say why"));
    type_into(&mut harness, "Why", "access request of 20 November");
    harness.key_press(Key::Enter);
    harness.run();
    assert!(says(&harness, "Amina is on hold"));
    assert!(harness.query_by_label("On hold").is_some(), "the tag at the name");
    assert!(says(&harness, "On since 24 November 2026: access request of 20 November"));
    press_below(&mut harness, "Erase everything about Amina");
    assert!(says(&harness, "Nothing about them may be erased."));
    assert!(harness.query_by_label(ERASE).is_none());
    press(&mut harness, "Keep this record");
    // The hold outlasts a lock.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::L);
    harness.run();
    type_into(&mut harness, "Password", PASSWORD);
    press(&mut harness, "Unlock");
    harness.get_by_role_and_label(Role::Tab, "About").click();
    harness.run();
    press_below(&mut harness, "Take the hold off Amina");
    assert!(says(&harness, "Amina is off hold") && harness.query_by_label("On hold").is_none());
    press(&mut harness, "Undo");
    assert!(harness.query_by_label("On hold").is_some());
}

#[test]
fn an_erased_person_is_gone_from_every_screen_and_from_the_disk() {
    let world = World::demo();
    let mut app = about_amina(&world);
    let id = amina(&app.state.open().unwrap().journal);
    let session = app.state.open().unwrap().journal.sessions_with(id)[0].0;
    // Traces of her on other screens: a summary, a conversation to come back to.
    app.act(vec![
        Action::Summary(SummaryAction::Person(id)),
        Action::Go(Screen::Session(session)),
        Action::Go(Screen::People(Some(id))),
    ]);
    let before = files(&world);
    let mut harness = shown(&world, app, Look::Light, DESK);
    press_below(&mut harness, "Erase everything about Amina");
    assert!(harness.get_by_label("Keep this record").is_focused(), "the safe answer");
    press(&mut harness, ERASE);
    assert!(says(&harness, "That is not the name. Nothing was erased."));
    assert!(is_about(journal(&harness), id));
    type_into(&mut harness, "Type “Dr Amina Larkspur” to be sure", "dr amina  larkspur");
    press(&mut harness, ERASE);
    assert!(says(&harness, "Erased for good"));
    assert!(!is_about(journal(&harness), id) && journal(&harness).find_people(AMINA).is_empty());
    assert!(!says(&harness, "Amina"), "no trace of the name on the screen");
    assert!(files(&world) < before);
    let open = state(&harness).open().unwrap();
    assert!(open.summary.is_none());
    assert!(open.back.iter().all(|screen| match screen {
        Screen::People(at) | Screen::Summary(at) => *at != Some(id),
        Screen::Session(at) => *at != session,
        _ => true,
    }));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num1);
    harness.run();
    assert!(!says(&harness, "Amina") && !says(&harness, "Larkspur"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::L);
    harness.run();
    type_into(&mut harness, "Password", PASSWORD);
    press(&mut harness, "Unlock");
    assert!(!is_about(journal(&harness), id));
    assert!(state(&harness).open().unwrap().findings.is_empty());
}

#[test]
fn a_draft_about_an_erased_person_goes_too_and_is_never_offered() {
    let world = World::demo();
    let mut desk = world.desk();
    let passphrase = Passphrase::new(PASSWORD);
    desk.find(&world.dir()).unwrap();
    let opened = desk.unlock(&passphrase, world.now().timestamp()).unwrap();
    let id = amina(&opened.journal);
    let (session, held) =
        opened.journal.all_held().find(|(_, held)| held.session.person == Some(id)).unwrap();
    let other = opened.journal.all_held().find(|(_, held)| held.session.person.is_none());
    let (other, held_other) = other.unwrap();
    for (id, held) in [(session, held), (other, held_other)] {
        let changes = vec![Change { id, body: held.body() }];
        assert!(matches!(desk.run(Job::Draft { id, changes })[..], [Outcome::Drafted(Ok(()))]));
    }
    desk.erase(id, world.now().timestamp()).unwrap();
    let left: Vec<Id> = desk.open_vault().unwrap().drafts().map(|(id, _)| id).collect();
    assert_eq!(left, [other], "only the draft about nobody is left");
}

/// The record after Amina was erased here, while another computer closed an action of hers
/// without knowing.
fn held_back(world: &World) -> (Harnessed, Id) {
    let mut here = about_amina(world);
    let mut there = world.app_with(world.desk_elsewhere());
    there.inputs.door.password = PASSWORD.to_owned();
    there.act(vec![Action::Door(DoorAction::Unlock)]);
    let id = amina(&here.state.open().unwrap().journal);
    here.inputs.keeping.name = AMINA.to_owned();
    here.act(vec![Action::Keeping(KeepingAction::Erase(id))]);
    let (action, _) = there.state.open().unwrap().journal.actions_with(id)[0];
    let settle = RecordAction::Settle(action, ActionState::Part);
    there.act(vec![Action::Record(settle)]);
    drop(there);
    here.ask(Job::Look);
    here.act(vec![Action::Keeping(KeepingAction::Show)]);
    let harness = shown(world, here, Look::Light, DESK);
    assert!(says(&harness, "Another computer wrote 1 file about a person you erased"));
    assert!(!is_about(journal(&harness), id));
    (harness, id)
}

#[test]
fn what_is_held_back_can_be_shown_again() {
    let world = World::demo();
    let (mut harness, id) = held_back(&world);
    press(&mut harness, "Show them again");
    assert!(says(&harness, "Shown again") && is_about(journal(&harness), id));
    assert!(says(&harness, "All is well"));
    // Somebody who decided to keep it goes on writing about the person, and is not asked again.
    let (action, _) = journal(&harness).actions_with(id)[0];
    drop(harness);
    let mut app = world.app();
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    app.act(vec![Action::Record(RecordAction::Settle(action, ActionState::Done)), Action::Lock]);
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    let open = app.state.open().unwrap();
    assert!(open.findings.is_empty(), "{:?}", open.findings);
    assert_eq!(open.journal.action(action).unwrap().state, ActionState::Done);
}

#[test]
fn what_is_held_back_can_be_erased_too() {
    let world = World::demo();
    let (mut harness, id) = held_back(&world);
    press(&mut harness, "Erase them too…");
    press(&mut harness, "Erase for good");
    assert!(says(&harness, "Erased too") && !is_about(journal(&harness), id));
    assert!(says(&harness, "All is well"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::L);
    harness.run();
    type_into(&mut harness, "Password", PASSWORD);
    press(&mut harness, "Unlock");
    assert!(!is_about(journal(&harness), id));
}

#[test]
fn the_command_line_holds_and_erases() {
    let terminal = Terminal::demo();
    terminal.run(&["hold", "--person", AMINA, "--why", "a request"]).fine();
    let refused = terminal.run(&["erase", "--person", AMINA, "--yes"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("on hold"), "{}", refused.err);
    terminal.run(&["hold", "--person", AMINA, "--off"]).fine();
    let unasked = terminal.run(&["erase", "--person", AMINA]);
    assert_eq!(unasked.code, 64, "it asks, and here is nobody to ask");
    assert!(terminal.run(&["--json", "list", "--person", AMINA]).code == 0);
    let erased = terminal.run(&["erase", "--person", AMINA, "--yes"]).fine();
    assert!(erased.contains("A certificate is kept. Its four words: "), "{erased}");
    assert_eq!(terminal.run(&["list", "--person", AMINA]).code, 2);
    let left = terminal.run(&["--json", "list"]).out;
    assert!(left.contains("Certificate of erasure") && !left.contains("Larkspur"));
    terminal.run(&["verify"]).fine();
}

#[test]
fn the_form_for_erasing_looks_as_drawn() {
    let world = World::demo();
    let mut app = about_amina(&world);
    let id = amina(&app.state.open().unwrap().journal);
    app.act(vec![Action::Keeping(KeepingAction::Ask(Form::Erase(id)))]);
    picture(&mut shown(&world, app, Look::Light, DESK), "erase_light");
}

#[test]
fn the_form_for_erasing_in_a_narrow_dark_window() {
    let world = World::demo();
    let mut app = about_amina(&world);
    let id = amina(&app.state.open().unwrap().journal);
    app.act(vec![Action::Keeping(KeepingAction::Ask(Form::Erase(id)))]);
    picture(&mut shown(&world, app, Look::Dark, [480.0, 800.0]), "erase_narrow");
}

/// The program on the page of Amina, who is on hold.
fn on_hold(world: &World) -> (App, Id) {
    let mut app = about_amina(world);
    let id = amina(&app.state.open().unwrap().journal);
    app.inputs.keeping.why = "access request of 20 November".to_owned();
    app.act(vec![Action::Keeping(KeepingAction::Hold(id)), Action::ToastGone]);
    (app, id)
}

#[test]
fn a_person_on_hold_looks_as_drawn() {
    let world = World::demo();
    let (app, _) = on_hold(&world);
    // High enough for the foot of the page, where the hold stands with its reason.
    picture(&mut shown(&world, app, Look::Light, [1280.0, 1240.0]), "hold");
}

#[test]
fn erasing_a_person_on_hold_looks_as_drawn() {
    let world = World::demo();
    let (mut app, id) = on_hold(&world);
    app.act(vec![Action::Keeping(KeepingAction::Ask(Form::Erase(id)))]);
    picture(&mut shown(&world, app, Look::Light, DESK), "hold_erase");
}

#[test]
fn the_form_for_a_hold_looks_as_drawn() {
    let world = World::demo();
    let mut app = about_amina(&world);
    let id = amina(&app.state.open().unwrap().journal);
    app.act(vec![Action::Keeping(KeepingAction::Ask(Form::Hold(id)))]);
    picture(&mut shown(&world, app, Look::Light, DESK), "hold_form");
}
