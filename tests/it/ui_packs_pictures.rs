//! How the pages of packs look, and that they fit small windows.

use cairn::app::packs::PacksAction;
use cairn::app::{Action, Screen};
use cairn::library::packs::write_pack;
use egui::Role;
use egui_kittest::kittest::Queryable as _;
use serde_json::json;

use crate::support::pack::a_pack;
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::{Harnessed, press, retype, type_into};
use crate::ui_packs::{HIGH, click, drop_file, pack_file, write};

const NARROW: [f32; 2] = [683.0, 600.0];

/// The demonstration record with the pack of the tests and a template of one's own in it.
fn with_a_pack(world: &World, screen: Screen, look: Look, size: [f32; 2]) -> Harnessed {
    let file = pack_file(world);
    let mut app = World::unlock(world.app());
    app.act(vec![Action::Packs(PacksAction::Look(file))]);
    app.act(vec![Action::Packs(PacksAction::BringIn), Action::ToastGone, Action::Go(screen)]);
    let mut harness = world.window_of(app, look, size);
    harness.run();
    harness
}

fn ward_nine() -> Screen {
    Screen::Packs(Some("ward-nine".to_owned()))
}

fn drawn(screen: Screen, look: Look, size: [f32; 2], name: &str) {
    picture(&mut with_a_pack(&World::demo(), screen, look, size), name);
}

#[test]
fn no_packs_yet_looks_as_drawn() {
    picture(&mut World::demo().at(Screen::Packs(None), Look::Light, DESK), "packs_empty");
}

#[test]
fn the_list_of_packs_looks_as_drawn() {
    drawn(Screen::Packs(None), Look::Light, DESK, "packs_light");
}

#[test]
fn a_pack_looks_as_drawn() {
    drawn(ward_nine(), Look::Light, DESK, "pack_light");
}

#[test]
fn a_pack_looks_as_drawn_in_dark() {
    drawn(ward_nine(), Look::Dark, DESK, "pack_dark");
}

#[test]
fn a_pack_in_a_narrow_window() {
    drawn(ward_nine(), Look::Light, NARROW, "pack_narrow");
}

/// A file that is looked into.
fn looking(look: Look, size: [f32; 2], bytes: &str, name: &str) {
    let world = World::demo();
    let mut harness = world.at(Screen::Packs(None), look, size);
    drop_file(&mut harness, &write(&world, "ward-nine.json", bytes));
    picture(&mut harness, name);
}

#[test]
fn a_file_before_it_is_taken_in_looks_as_drawn() {
    looking(Look::Light, DESK, &write_pack(&a_pack()), "bring_in_light");
}

#[test]
fn a_file_before_it_is_taken_in_looks_as_drawn_in_dark() {
    looking(Look::Dark, DESK, &write_pack(&a_pack()), "bring_in_dark");
}

#[test]
fn a_file_before_it_is_taken_in_in_a_narrow_window() {
    looking(Look::Light, NARROW, &write_pack(&a_pack()), "bring_in_narrow");
}

#[test]
fn a_file_that_cannot_be_used_looks_as_drawn() {
    let mut wrong = serde_json::to_value(a_pack()).unwrap();
    wrong["templates"][0]["sections"][0]["prompts"][0]["kind"] = json!("essay");
    wrong["modules"][0]["text"] = json!("no head");
    wrong["title"] = json!(7);
    looking(Look::Light, DESK, &wrong.to_string(), "bring_in_refused");
}

/// A pack being made, then in a window of this size.
fn making(look: Look, size: [f32; 2], leaves: bool, name: &str) {
    let mut harness = with_a_pack(&World::demo(), Screen::Packs(None), look, HIGH);
    press(&mut harness, "Make a pack to pass on…");
    click(&mut harness, Role::CheckBox, "Ready to sit?");
    click(&mut harness, Role::CheckBox, "After a failed exam");
    type_into(&mut harness, "Name of the pack", "Exams on ward nine");
    if leaves {
        press(&mut harness, "See what leaves");
        // The folder has another name at each run.
        retype(&mut harness, "File", "Exams on ward nine.json");
    }
    harness.event(egui::Event::PointerGone);
    harness.set_size(size.into());
    harness.run();
    picture(&mut harness, name);
}

#[test]
fn making_a_pack_looks_as_drawn() {
    making(Look::Light, DESK, false, "make_pack_light");
}

#[test]
fn making_a_pack_in_a_narrow_window() {
    making(Look::Light, NARROW, false, "make_pack_narrow");
}

#[test]
fn what_leaves_looks_as_drawn() {
    making(Look::Light, DESK, true, "pack_leaves_light");
}

#[test]
fn what_leaves_looks_as_drawn_in_dark() {
    making(Look::Dark, DESK, true, "pack_leaves_dark");
}

#[test]
fn what_leaves_in_a_narrow_window() {
    making(Look::Light, NARROW, true, "pack_leaves_narrow");
}

#[test]
fn nothing_reaches_beyond_a_small_window() {
    for size in [NARROW, [480.0, 640.0]] {
        for shown in [Screen::Packs(None), ward_nine(), Screen::MakePack] {
            let world = World::demo();
            let harness = with_a_pack(&world, shown.clone(), Look::Light, size);
            for role in [Role::Button, Role::Tab, Role::CheckBox, Role::Label, Role::Heading] {
                for node in harness.query_all_by_role(role) {
                    let right = node.rect().right();
                    assert!(right <= size[0] + 1.0, "{shown:?} at {size:?}: {role:?} to {right}");
                }
            }
        }
    }
}
