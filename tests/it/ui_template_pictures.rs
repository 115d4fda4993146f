//! How the template editor looks: wide, in a window of middle width, in a small one, with a fault.

use cairn::app::action::TemplateAction;
use cairn::app::template_edit::{AnswerKind, Column};
use cairn::app::{Action, Screen};
use cairn::library::mend::{Slot, Spot};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;

use crate::support::talk::unlocked;
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::{Harnessed, field, press, retype, says, type_into};
use crate::ui_template_editor::{act, choose, copied, key, row, shown};

const NARROW: [f32; 2] = [620.0, 720.0];
const MEDIUM: [f32; 2] = [1000.0, 700.0];

/// The mid-point review as one's own, with its third prompt in hand.
fn as_drawn(world: &World, look: Look, size: [f32; 2]) -> Harnessed {
    let mut app = copied(world, "mid-point-review");
    app.inputs.template.at = Spot::Prompt(0, 2);
    app.inputs.template.go_to = Some(Slot::Question);
    shown(world, app, look, size)
}

#[test]
fn it_looks_as_drawn_in_light() {
    let world = World::demo();
    let mut harness = as_drawn(&world, Look::Light, DESK);
    picture(&mut harness, "template_editor_light");
}

#[test]
fn it_looks_as_drawn_in_the_dark() {
    let world = World::demo();
    let mut harness = as_drawn(&world, Look::Dark, DESK);
    picture(&mut harness, "template_editor_dark");
}

#[test]
fn in_a_window_of_middle_width_the_preview_is_a_drawer() {
    let world = World::demo();
    let mut harness = as_drawn(&world, Look::HighContrastLight, MEDIUM);
    assert!(!says(&harness, "As it will look"));
    press(&mut harness, "Preview");
    assert!(says(&harness, "As it will look"));
    picture(&mut harness, "template_editor_medium");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!says(&harness, "As it will look"));
}

#[test]
fn a_small_window_has_a_page_for_each_column() {
    let world = World::demo();
    let mut harness = as_drawn(&world, Look::Light, NARROW);
    harness.get_by_role_and_label(Role::RadioButton, "Parts").click_accesskit();
    harness.run();
    picture(&mut harness, "template_editor_narrow_parts");
    row(&mut harness, "Prompt: What has been hard?");
    assert!(field(&harness, "The question").is_focused());
    harness.event(egui::Event::PointerGone);
    harness.run();
    picture(&mut harness, "template_editor_narrow_fields");
    harness.get_by_role_and_label(Role::RadioButton, "Preview").click_accesskit();
    harness.run();
    picture(&mut harness, "template_editor_narrow_preview");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("Prompt: What has been hard?").is_some(), "back to the list");
}

#[test]
fn nothing_reaches_beyond_the_smallest_window() {
    let size = [480.0, 640.0];
    let world = World::demo();
    let mut harness = as_drawn(&world, Look::Light, size);
    for spot in [Spot::Whole, Spot::Part(0), Spot::Prompt(0, 0)] {
        for column in [Column::Parts, Column::Fields, Column::Preview] {
            let form = &mut harness.state_mut().app_mut().inputs.template;
            (form.at, form.shown) = (spot, column);
            harness.run();
            let roles = [
                Role::Button,
                Role::RadioButton,
                Role::Label,
                Role::Heading,
                Role::TextInput,
                Role::MultilineTextInput,
                Role::ComboBox,
                Role::Switch,
            ];
            for node in roles.iter().flat_map(|role| harness.query_all_by_role(*role)) {
                let right = node.rect().right();
                assert!(right <= size[0] + 1.0, "{spot:?} {column:?}: {node:?} to {right}");
            }
        }
    }
}

#[test]
fn a_fault_is_shown_beside_its_field_and_at_the_foot() {
    let world = World::demo();
    let mut harness = as_drawn(&world, Look::Light, DESK);
    choose(&mut harness, "Kind of answer", AnswerKind::ChooseSeveral.words());
    retype(&mut harness, "The question", " ");
    harness.get_by_role_and_label(Role::RadioButton, "Doctor’s").click();
    harness.run();
    harness.event(egui::Event::PointerGone);
    harness.run();
    assert!(!says(&harness, "What am I guessing?, "), "the doctor is not shown the other side");
    picture(&mut harness, "template_editor_fault");
}

#[test]
fn a_new_one_begins_with_its_title() {
    let world = World::demo();
    let mut app = unlocked(&world);
    app.act(vec![Action::Template(TemplateAction::New)]);
    let mut harness = shown(&world, app, Look::Light, DESK);
    picture(&mut harness, "template_editor_new");
    type_into(&mut harness, "Title", "Ours");
    act(&mut harness, Action::Go(Screen::Choose(None)));
    picture(&mut harness, "template_editor_from_the_library");
}
