//! The page of a person in pictures.

use cairn::app::inputs::PersonTab;
use egui::Event;
use egui_kittest::kittest::Queryable as _;

use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::type_into;
use crate::ui_person_about::{amina, enter};

/// 1024 by 640 at 150 %.
const NARROW: [f32; 2] = [683.0, 427.0];

#[test]
fn about_looks_as_drawn() {
    let world = World::demo();
    let (mut harness, _) = amina(&world, PersonTab::About, Look::Light, DESK);
    picture(&mut harness, "person_about");
}

#[test]
fn about_fits_a_small_window() {
    let world = World::demo();
    let (mut harness, _) = amina(&world, PersonTab::About, Look::Light, NARROW);
    picture(&mut harness, "person_about_narrow");
}

#[test]
fn about_whole_looks_as_drawn() {
    let world = World::demo();
    let (mut harness, _) = amina(&world, PersonTab::About, Look::Light, [1280.0, 1500.0]);
    enter(&mut harness, "How this was estimated");
    picture(&mut harness, "person_about_whole");
}

#[test]
fn a_part_that_is_changed_looks_as_drawn() {
    let world = World::demo();
    let (mut harness, _) = amina(&world, PersonTab::About, Look::Light, DESK);
    enter(&mut harness, "Add a placement");
    type_into(&mut harness, "Post", "cardiology");
    type_into(&mut harness, "First day", "31 June 2027");
    enter(&mut harness, "Save");
    type_into(&mut harness, "Last day", "next Friday");
    picture(&mut harness, "person_about_form");
}

#[test]
fn the_year_looks_as_drawn() {
    let world = World::demo();
    let (mut harness, _) = amina(&world, PersonTab::Year, Look::Light, DESK);
    picture(&mut harness, "person_year");
}

#[test]
fn goals_look_as_drawn() {
    let world = World::demo();
    let (mut harness, _) = amina(&world, PersonTab::Actions, Look::Light, DESK);
    picture(&mut harness, "person_goals");
}

#[test]
fn a_plan_of_revision_looks_as_drawn() {
    let world = World::demo();
    let (mut harness, _) = amina(&world, PersonTab::About, Look::Light, [1280.0, 1500.0]);
    enter(&mut harness, "Plan revision for MRCP(UK) PACES");
    harness.event(Event::Text("Cardiology".to_owned()));
    harness.run();
    enter(&mut harness, "Show the plan");
    picture(&mut harness, "person_revise");
}

#[test]
fn a_person_looks_as_drawn_in_dark() {
    let world = World::demo();
    let (mut harness, _) = amina(&world, PersonTab::Timeline, Look::Dark, DESK);
    picture(&mut harness, "person_dark");
}

#[test]
fn a_person_fits_a_small_window() {
    let world = World::demo();
    let (mut harness, _) = amina(&world, PersonTab::Timeline, Look::Light, NARROW);
    picture(&mut harness, "person_narrow");
}

#[test]
fn the_row_that_ends_a_card_keeps_the_corners_of_the_card() {
    let world = World::demo();
    let (mut harness, _) = amina(&world, PersonTab::About, Look::Light, DESK);
    let row = harness.get_by_label_contains("Respiratory medicine, Saltmarsh Infirmary").rect();
    let Ok(image) = harness.render() else {
        eprintln!("SKIPPED: this computer has no graphics driver");
        return;
    };
    let at = |x: f32, y: f32| *image.get_pixel(x as u32, y as u32);
    let bar = at(row.left() + 1.5, row.center().y);
    assert_ne!(bar, at(row.center().x, row.center().y - 28.0), "the row is the selected one");
    assert_ne!(bar, at(row.left() + 1.5, row.bottom() - 1.5), "its bar ends at the rounded corner");
}
