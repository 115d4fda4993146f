//! Every component in every state, as one picture for each theme, and how each is named and
//! used by keyboard and screen reader.

use cairn::model::Layer;
use cairn::ui::theme::{self, Icon, Space, Type};
use cairn::ui::widgets::banner::{self, Banner};
use cairn::ui::widgets::button::{Button, IconButton};
use cairn::ui::widgets::layer::{self, Chip};
use cairn::ui::widgets::modal::{self, Question};
use cairn::ui::widgets::status::{self, Saved};
use cairn::ui::widgets::tag::Tag;
use cairn::ui::widgets::text::{self, Level};
use cairn::ui::widgets::toggle::{self, ActionRow};
use cairn::ui::widgets::{answer::Answer, card, choice, field::Field, page};
use egui::{Id, Ui, UiBuilder, vec2};

use crate::support::window::{DESK, Look, picture, window};

fn group(ui: &mut Ui, title: &str, height: f32, contents: impl FnOnce(&mut Ui)) {
    let room = ui.available_rect_before_wrap();
    let mut place = room;
    place.set_height(height);
    ui.scope_builder(UiBuilder::new().id_salt(title).max_rect(place), |ui| {
        text::heading_in(ui, Level::Group, title, theme::of(ui).text2);
        ui.add_space(2.0);
        contents(ui);
        ui.set_min_height(height);
    });
}

fn named(ui: &mut Ui, name: &str, contents: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        contents(ui);
        let colour = theme::of(ui).text2;
        text::show(ui, name, Type::Caption, colour);
    });
}

fn buttons(ui: &mut Ui) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 10.0);
        for (button, name) in [
            (Button::primary("Start session"), "Primary"),
            (Button::secondary("Prepare"), "Secondary"),
            (Button::quiet("See all"), "Quiet"),
            (Button::danger("Delete…").icon(Icon::Trash), "Danger"),
            (Button::primary("Save").cannot_yet(true), "Not yet"),
            (Button::ghost("Back"), "Ghost"),
        ] {
            named(ui, name, |ui| {
                ui.add(button);
            });
        }
        ui.add(IconButton::new(Icon::Plus, "Add a person").bordered());
    });
}

fn layers(ui: &mut Ui) {
    for (layer, words) in [
        (Layer::Shared, "solid edge, you and the doctor"),
        (Layer::Private, "dashed edge, only you"),
        (Layer::Arcp, "double edge, goes out"),
    ] {
        layer::edged(ui, layer, |ui| {
            ui.horizontal(|ui| {
                ui.set_min_height(32.0);
                ui.add(Chip::new(layer));
                text::small(ui, words);
            });
        });
    }
}

fn states(ui: &mut Ui) {
    ui.horizontal(|ui| {
        toggle::checkbox(ui, &mut false, "Off");
        toggle::checkbox(ui, &mut true, "On");
        choice::segmented_with_tick(
            ui,
            "Asked about clinic time",
            &mut 0,
            &[(0, "Done"), (1, "Part"), (2, "Not yet")],
            &0,
        );
    });
    ui.horizontal_wrapped(|ui| {
        ui.add(Tag::done());
        ui.add(Tag::part());
        ui.add(Tag::not_yet());
        ui.add(Tag::late(2));
    });
    toggle::switch(ui, &mut true, "Lock when the lid closes", "");
}

fn first_column(ui: &mut Ui) {
    group(ui, "Buttons: one primary on a screen", 172.0, buttons);
    group(ui, "Field with hint", 128.0, |ui| {
        let mut date = "9 June 2027".to_owned();
        Field::new("ARCP date").hint("For example, 9 June 2027").width(220.0).show(ui, &mut date);
    });
    group(ui, "Empty: says why, offers one thing", 256.0, |ui| {
        page::empty(
            ui,
            "No one here yet",
            "Add the first doctor you supervise. A name is enough.",
            Button::primary("Add a person").icon(Icon::Plus),
        );
    });
    group(ui, "Action row", 130.0, |ui| {
        card::card_of_rows(ui, |ui| {
            ActionRow::new("Book a mock PACES")
                .origin("18 August, carried forward once")
                .owner("AL")
                .when(Tag::new("4 Dec"))
                .show(ui, &mut false);
        });
    });
}

fn second_column(ui: &mut Ui) {
    group(ui, "Layers: colour, icon, words and edge", 172.0, layers);
    group(ui, "Field with error: what happened, what to do", 128.0, |ui| {
        let mut date = "31 June 2027".to_owned();
        Field::new("ARCP date")
            .error(Some("31 June is not a date. Choose 1 to 30 June"))
            .width(220.0)
            .show(ui, &mut date);
    });
    group(ui, "Error banner: what happened, what is safe, what to do", 256.0, |ui| {
        Banner::error("Cairn could not save to drive H.")
            .words(
                "Your words are safe on this computer. Reconnect the drive, or save a copy \
                 somewhere else.",
            )
            .show(ui, |ui| {
                ui.add(Button::secondary("Try again").small());
                ui.add(Button::secondary("Save a copy…").small());
            });
    });
    group(ui, "Guard hint: icon, underline, offer, reason", 130.0, |ui| {
        let mut words = "Seen with Mrs Onslow, 84 on the ward".to_owned();
        Answer::new(Id::unique("guarded"), "What happened?")
            .kind(Type::Body)
            .marks(&[10..24])
            .boxed()
            .show(ui, &mut words);
        banner::guard_hint(ui, "This may point to a patient.", "Try “a patient in their 80s”.");
    });
}

fn third_column(ui: &mut Ui) {
    group(ui, "Checks, choices, status", 172.0, states);
    group(ui, "Toast: says what happened, offers undo", 128.0, |ui| {
        banner::toast_frame(ui, "Action moved to 4 December", Some("Undo"));
        text::small(ui, "Stays 8 seconds, longer while pointed at. Never for errors.");
    });
    group(ui, "Modal: a question with verbs for answers", 256.0, |ui| {
        modal::modal_frame(ui.ctx()).show(ui, |ui| {
            Question::new("Delete Dr Brackenridge’s record?", "Keep it", "Delete for good")
                .words(
                    "Its files go from here and from backups that Cairn can reach. Older copies \
                     of the folder kept elsewhere, and files already sent, can still be read.",
                )
                .dangerous()
                .contents(ui, true);
        });
    });
    group(ui, "Lock and saved: always top right", 130.0, |ui| {
        ui.horizontal(|ui| {
            status::saved(ui, &Saved::Saved("Saved 13:42"));
            status::saved(ui, &Saved::Saving);
            status::saved(ui, &Saved::NotSaved);
        });
        status::lock_button(ui, "Locks in 1 min");
    });
}

fn gallery(ui: &mut Ui) {
    egui::CentralPanel::default()
        .frame(
            egui::Frame::new()
                .fill(theme::of(ui).page)
                .inner_margin(egui::Margin::symmetric(28, 20)),
        )
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = Space::Page.pts();
            ui.columns_const(|[first, second, third]| {
                for (ui, contents) in [
                    (first, first_column as fn(&mut Ui)),
                    (second, second_column),
                    (third, third_column),
                ] {
                    ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
                    contents(ui);
                }
            });
        });
}

fn gallery_in(look: Look) {
    let mut harness = window(look, DESK).build_ui(gallery);
    harness.run();
    picture(&mut harness, &format!("components_{}", look.name()));
}

#[test]
fn the_components_look_as_drawn_in_light() {
    gallery_in(Look::Light);
}

#[test]
fn the_components_look_as_drawn_in_dark() {
    gallery_in(Look::Dark);
}

#[test]
fn the_components_look_as_drawn_in_high_contrast_light() {
    gallery_in(Look::HighContrastLight);
}

#[test]
fn the_components_look_as_drawn_in_high_contrast_dark() {
    gallery_in(Look::HighContrastDark);
}
