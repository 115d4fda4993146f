//! Settings and help.

use cairn::app::action::DoorAction;
use cairn::app::settings::ThemeChoice;
use cairn::app::{Action, Command, Screen};
use egui::{Event, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;
use jiff::SignedDuration;

use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::{Harnessed, NEW, is_open, press, retype, says, state, type_into};

fn settings(world: &World) -> Harnessed {
    let mut harness = world.unlocked(Look::Light);
    harness.run();
    press(&mut harness, "Settings");
    harness
}

fn choose(harness: &mut Harnessed, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    harness.run();
}

#[test]
fn theme_and_size_hold_at_once_and_are_kept() {
    let world = World::demo();
    let mut harness = settings(&world);
    choose(&mut harness, Role::RadioButton, "Dark contrast");
    press(&mut harness, "Make everything larger");
    let look = state(&harness).look;
    assert_eq!((look.theme, look.zoom), (ThemeChoice::HighContrastDark, 110));
    assert_eq!(harness.ctx.zoom_factor(), 1.1);
    assert!(harness.ctx.theme() == egui::Theme::Dark);
    assert!(says(&harness, "110%"));
    let kept = std::fs::read(world.file("config").join("look.json")).unwrap();
    assert_eq!(cairn::app::Look::read(&kept), look);
}

#[test]
fn the_minutes_until_the_lock_change_and_survive() {
    let world = World::demo();
    let mut harness = settings(&world);
    choose(&mut harness, Role::ComboBox, "Lock when I stop using it");
    choose(&mut harness, Role::MenuItem, "After 30 minutes");
    world.pass(SignedDuration::from_mins(20));
    harness.run();
    assert!(is_open(&harness));
    world.pass(SignedDuration::from_mins(11));
    harness.run();
    assert!(says(&harness, "after 30 minutes without use"));
    type_into(&mut harness, "Password", PASSWORD);
    press(&mut harness, "Unlock");
    assert_eq!(state(&harness).open().unwrap().journal.settings().idle_minutes, 30);
}

#[test]
fn your_name_and_what_you_call_doctors_survive_a_lock_in_the_middle() {
    let world = World::demo();
    let mut harness = settings(&world);
    choose(&mut harness, Role::Tab, "You");
    retype(&mut harness, "Your name", "Dr Helen Marsh-Wood");
    // Still in the field: the lock keeps it.
    retype(&mut harness, "What you call the doctor you supervise", "registrar");
    harness.key_press_modifiers(Modifiers::COMMAND, egui::Key::L);
    harness.run();
    type_into(&mut harness, "Password", PASSWORD);
    press(&mut harness, "Unlock");
    let settings = state(&harness).open().unwrap().journal.settings();
    assert_eq!(settings.your_name, "Dr Helen Marsh-Wood");
    assert_eq!(settings.noun, "registrar");
}

#[test]
fn an_empty_name_keeps_the_old_one() {
    let world = World::demo();
    let mut harness = settings(&world);
    let before = state(&harness).open().unwrap().journal.settings().your_name;
    choose(&mut harness, Role::Tab, "You");
    retype(&mut harness, "Your name", " ");
    assert!(says(&harness, "This can’t be empty."));
    press(&mut harness, "Help");
    assert_eq!(state(&harness).open().unwrap().journal.settings().your_name, before);
}

#[test]
fn the_password_changes_only_with_the_old_one() {
    let world = World::demo();
    let mut harness = settings(&world);
    press(&mut harness, "Change the password");
    type_into(&mut harness, "Your password now", "not this one");
    type_into(&mut harness, "New password", NEW);
    type_into(&mut harness, "New password once more", NEW);
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(says(&harness, "Your old password still works."));
    type_into(&mut harness, "Your password now", PASSWORD);
    harness.get_by_label("New password once more").focus();
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(says(&harness, "Password changed"));
    harness.key_press_modifiers(Modifiers::COMMAND, egui::Key::L);
    harness.run();
    type_into(&mut harness, "Password", NEW);
    press(&mut harness, "Unlock");
    assert!(is_open(&harness));
}

#[test]
fn help_lists_every_shortcut() {
    let world = World::demo();
    let mut harness = world.unlocked(Look::Light);
    harness.run();
    press(&mut harness, "Help");
    for command in Command::ALL {
        if let Some(keys) = command.shortcut() {
            let text = command.text();
            assert!(harness.query_all_by_label(text).next().is_some(), "{text}");
            let keys = keys.to_string();
            assert!(harness.query_all_by_label(&keys).next().is_some(), "{keys}");
        }
    }
    assert!(says(&harness, "Not secret from the law."));
    assert!(says(&harness, &world.dir().display().to_string()));
}

/// An unlocked record at a screen, with a folder that is the same in every run.
fn unlocked_at(world: &World, look: Look, screen: Screen, size: [f32; 2]) -> Harnessed {
    let mut app = world.app();
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    app.act(vec![Action::Go(screen)]);
    app.state.dir = "C:\\Users\\helen\\AppData\\Roaming\\cairn\\vault".into();
    let mut harness = world.window_of(app, look, size);
    harness.run();
    harness
}

#[test]
fn settings_look_as_drawn() {
    let world = World::demo();
    let mut harness = unlocked_at(&world, Look::Light, Screen::Settings, DESK);
    picture(&mut harness, "settings");
}

#[test]
fn settings_look_as_drawn_in_dark() {
    let world = World::demo();
    let mut harness = unlocked_at(&world, Look::Dark, Screen::Settings, DESK);
    picture(&mut harness, "settings_dark");
}

#[test]
fn settings_in_a_narrow_window() {
    let world = World::demo();
    let mut harness = unlocked_at(&world, Look::Light, Screen::Settings, [480.0, 800.0]);
    picture(&mut harness, "settings_narrow");
}

#[test]
fn changing_the_password_looks_as_drawn() {
    let world = World::demo();
    let mut harness = unlocked_at(&world, Look::Light, Screen::Settings, DESK);
    press(&mut harness, "Change the password");
    picture(&mut harness, "settings_password");
}

#[test]
fn help_looks_as_drawn() {
    let world = World::demo();
    let mut harness = unlocked_at(&world, Look::Light, Screen::Help, DESK);
    picture(&mut harness, "help");
}

#[test]
fn settings_of_the_record_look_as_drawn() {
    let world = World::demo();
    let mut harness = unlocked_at(&world, Look::Light, Screen::Settings, DESK);
    choose(&mut harness, Role::Tab, "Your record");
    harness.event(Event::PointerGone);
    harness.run();
    picture(&mut harness, "settings_record");
}
