//! Whether everything fits: targets large enough to press, nothing beyond a small window.

use cairn::model::Layer;
use cairn::ui::theme::{Icon, tokens};
use cairn::ui::widgets::text::{self, Level};
use cairn::ui::widgets::{
    ActionRow, Answer, Button, Chip, DateField, Field, GuardHint, IconButton, ListRow, Room, Saved,
    Tag, answer, choice, layer, menu, page, progress, status, toggle,
};
use egui::{Id, Role, Ui};
use egui_kittest::kittest::NodeT as _;

use crate::support::window::{Look, window};

#[test]
fn the_room_follows_the_window_after_zoom() {
    let room_at = |width: f32, zoom: f32| {
        let mut harness = window(Look::Light, [width, 800.0])
            .build_ui_state(|ui, room| *room = Some(Room::of(ui)), None);
        harness.ctx.set_zoom_factor(zoom);
        harness.run();
        harness.state().unwrap()
    };
    assert_eq!(room_at(1280.0, 1.0), Room::Wide);
    assert_eq!(room_at(1099.0, 1.0), Room::Medium);
    assert_eq!(room_at(799.0, 1.0), Room::Narrow);
    assert_eq!(room_at(639.0, 1.0), Room::Small);
    assert_eq!(room_at(1280.0, 2.0), Room::Narrow);
}

/// One of everything that is pressed or read, in a page of one column.
fn everything(ui: &mut Ui) {
    page::page(ui, |ui| {
        text::heading(ui, Level::Title, "Supervisor’s summary for the ARCP of Dr Amina Larkspur");
        ui.horizontal_wrapped(|ui| {
            ui.add(Button::primary("Save and go on to the next conversation").icon(Icon::Play));
            ui.add(Button::ghost("Back").small());
            ui.add(IconButton::new(Icon::X, "Close"));
            ui.add(Chip::filter(Layer::Arcp, &mut true));
        });
        let mut words = "A long line of writing that must wrap in a small window".to_owned();
        Field::new("Password").secret().show(ui, &mut words);
        DateField::new("By when").show(ui, &mut "31/6".to_owned(), jiff::civil::date(2026, 1, 1));
        layer::edged(ui, Layer::Shared, |ui| {
            let asked = "How have hours and rota affected you and those you work with?";
            answer::question(ui, Layer::Shared, asked, true);
            Answer::new(Id::unique("answer"), asked).show(ui, &mut words);
        });
        GuardHint::new("This may point to a patient.", "Try “a patient in their 80s”.").show(ui);
        choice::tabs(
            ui,
            "Amina",
            &mut 0,
            &[(0, "Timeline", None), (1, "Actions", Some(5)), (2, "Career plan", None)],
        );
        choice::segmented(ui, "State", &mut 0, &[(0, "Done"), (1, "Part"), (2, "Not yet")]);
        choice::scale(ui, "How sure?", &mut None, 0..=10, ("Not at all", "Completely"));
        choice::radio_list(ui, "Backups", &mut 0, &[(0, "Every week, to the folder", "And more")]);
        toggle::checkbox(ui, &mut false, "Keep a copy of what was sent, and when, and to whom");
        toggle::switch(ui, &mut false, "Lock when the lid of the computer closes", "At once");
        ActionRow::new("Introduce Seun to the simulation faculty lead")
            .origin("18 August, carried forward once")
            .owner("AL")
            .when(Tag::late(2))
            .show(ui, &mut false);
        ListRow::new("Dr Amina Larkspur").detail("IMT2").initials("AL").opens().show(ui);
        menu::select(ui, "Grade", &mut 1, &[(1, "F2")], 220.0);
        status::saved(ui, &Saved::NotSaved);
        status::lock_button(ui, "Unlocked");
        progress::steps(ui, &["You", "Password", "Recovery sheet"], 1);
    });
}

#[test]
fn every_target_is_large_enough() {
    let mut window = window(Look::Light, [700.0, 2000.0]).build_ui(everything);
    window.run();
    let mut seen = 0;
    for node in window.root().children_recursive() {
        let role = node.accesskit_node().role();
        let pressed = [
            Role::Button,
            Role::CheckBox,
            Role::RadioButton,
            Role::Switch,
            Role::Tab,
            Role::TextInput,
            Role::PasswordInput,
            Role::MultilineTextInput,
            Role::ComboBox,
        ];
        if pressed.contains(&role) {
            let size = node.rect().size();
            let least = tokens().control.target_min;
            let name = node.accesskit_node().label();
            assert!(size.x >= least && size.y >= least, "{role:?} {name:?} is {size}");
            assert!(name.is_some_and(|name| !name.is_empty()), "{role:?} has no name");
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn nothing_reaches_beyond_a_small_window() {
    const WIDTH: f32 = 360.0;
    let mut window = window(Look::Light, [WIDTH, 2000.0]).build_ui(everything);
    window.run();
    for node in window.root().children_recursive() {
        let node_of = node.accesskit_node();
        // A field of one line scrolls its run of text inside itself.
        if node_of.data().bounds().is_some() && node_of.role() != Role::TextRun {
            let right = node.rect().right();
            assert!(right <= WIDTH, "{:?} {:?} ends at {right}", node_of.role(), node_of.label());
        }
    }
}
