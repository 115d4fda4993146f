//! What the session screen and the journal look like, and how they fit other windows.

use cairn::app::{Action, Screen};
use egui::Role;
use egui_kittest::kittest::Queryable as _;

use crate::support::talk::{
    HARD, amina, begun, drawn, go_to, made, press, reflecting, session, unlocked, window, write,
};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;

#[test]
fn a_session_looks_as_drawn_in_light() {
    picture(&mut drawn(Look::Light, DESK), "session_light");
}

#[test]
fn a_session_looks_as_drawn_in_dark() {
    picture(&mut drawn(Look::Dark, DESK), "session_dark");
}

#[test]
fn a_session_looks_as_drawn_in_high_contrast() {
    picture(&mut drawn(Look::HighContrastLight, DESK), "session_hc_light");
}

#[test]
fn a_session_in_a_small_window_has_tabs_for_the_layers() {
    let mut harness = drawn(Look::Light, [683.0, 760.0]);
    picture(&mut harness, "session_narrow");
}

#[test]
fn the_drawer_at_the_end_looks_as_drawn() {
    let mut harness = drawn(Look::Light, DESK);
    press(&mut harness, "Finish session");
    picture(&mut harness, "session_finish");
}

#[test]
fn a_finished_session_is_read() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let person = amina(&app);
    let (id, _) = *app.state.open().unwrap().journal.sessions_with(person).first().unwrap();
    app.act(vec![Action::Go(Screen::Session(id))]);
    let mut harness = window(&world, app);
    picture(&mut harness, "session_finished");
}

#[test]
fn a_reflection_is_all_private() {
    let world = World::demo();
    let app = reflecting(&world, "reflection-medium");
    let mut harness = window(&world, app);
    write(&mut harness, "Private to me. What?", "I had marked someone down for being quiet.");
    harness.get_by_label("Private to me. So what?").focus();
    harness.run();
    assert!(harness.query_by_label("Add a private note").is_none());
    assert!(harness.query_by_label("Offer to ARCP").is_none());
    picture(&mut harness, "session_reflection");
}

#[test]
fn the_journal_shows_the_reflections() {
    let world = World::demo();
    let mut app = unlocked(&world);
    app.act(vec![Action::Go(Screen::Journal)]);
    let mut harness = window(&world, app);
    picture(&mut harness, "journal");
}

#[test]
fn the_journal_starts_with_three_sizes() {
    let world = World::empty();
    let mut app = made(&world);
    app.act(vec![Action::Go(Screen::Journal)]);
    let mut harness = window(&world, app);
    assert!(harness.query_by_label("What stayed with you today?").is_some());
    picture(&mut harness, "journal_empty");
    press(&mut harness, "New reflection, 3 minutes");
    assert_eq!(session(&harness).template.id, "reflection-small");
}

#[test]
fn the_small_window_shows_one_layer_at_a_time() {
    let world = World::demo();
    let app = begun(&world, "mid-point-review");
    let mut harness = world.window_of(app, Look::Light, [600.0, 760.0]);
    harness.run();
    assert!(harness.query_by_label("Private to me. What am I guessing?").is_none());
    harness.get_by_role_and_label(Role::Tab, "Private to me 0").click_accesskit();
    harness.run();
    assert!(harness.query_by_label("Private to me. What am I guessing?").is_some());
    assert!(harness.query_by_label(HARD).is_none());
    go_to(&mut harness, "priorities");
    assert!(harness.query_by_label(HARD).is_some(), "the tab follows the prompt");
    picture(&mut harness, "session_small");
}

#[test]
fn a_middle_window_has_the_margin_in_a_drawer() {
    let mut harness = drawn(Look::Light, [900.0, 700.0]);
    let note = "Private to me. Beside “What has been hard?”";
    assert!(harness.query_by_label(note).is_none());
    press(&mut harness, "Private margin, 2 private");
    assert!(harness.query_by_label(note).is_some());
    picture(&mut harness, "session_middle");
    press(&mut harness, "Close the private margin");
    assert!(harness.query_by_label(note).is_none());
}
