//! Today, the people and their pages, adding someone, choosing a template.

use cairn::ui::Window;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::support::window::{Look, picture};
use crate::support::world::World;

fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

#[test]
fn today_looks_as_drawn() {
    let world = World::demo();
    let mut harness = world.unlocked(Look::Light);
    harness.run();
    picture(&mut harness, "today_light");
    press(&mut harness, "All 13");
}
