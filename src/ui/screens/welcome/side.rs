//! The picture at the left: what Cairn is, and its three layers as three stones.

use egui::{Pos2, Rect, Stroke, Ui, UiBuilder, pos2, vec2};

use crate::app::role::Words;
use crate::model::Layer;
use crate::ui::theme::{self, Space, Type};
use crate::ui::widgets::{cairn, layer, page, text};

/// The layers from the top stone down.
const LAYERS: [Layer; 3] = [Layer::Arcp, Layer::Shared, Layer::Private];

/// Draws it. `about_sheet` shows the recovery sheet instead of the stones.
pub fn show(ui: &mut Ui, rect: Rect, (about_sheet, said): (bool, Words)) {
    let p = theme::of(ui);
    ui.painter().rect_filled(rect, 0.0, p.rail);
    let edge = Stroke::new(theme::line_width(ui), p.line);
    let margin = if about_sheet { 48.0 } else { 56.0 };
    let inner = Rect::from_min_max(
        rect.min + vec2(margin, 44.0),
        pos2(rect.right() - if about_sheet { 40.0 } else { 48.0 }, rect.bottom()),
    );
    let words = ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        brand(ui);
        ui.add_space(Space::Xl.pts());
        if about_sheet {
            text::heading(ui, text::Level::Title, "If you forget your password");
            text::show(
                ui,
                "This sheet is the only other way in. Keep it on paper or on a stick, away from \
                 this computer.",
                Type::Answer,
                p.text2,
            );
        } else {
            page::at_most(ui, 430.0, |ui| {
                text::heading(ui, text::Level::Display, "A quiet place to keep good conversations")
            });
            page::at_most(ui, 450.0, |ui| text::show(ui, said.welcome(), Type::Prose, p.text2));
        }
        ui.add_space(Space::L.pts());
    });
    let mut room = rect;
    room.min.y = words.response.rect.bottom();
    if about_sheet {
        cairn::sheet(ui.painter(), room, p);
    } else if room.height() >= 360.0 {
        let labels = cairn::scene(ui.painter(), room, p);
        for (at, layer) in labels.into_iter().zip(LAYERS) {
            label(ui, at, layer, said.readers(layer));
        }
    } else {
        // Too low for the picture: the layers as a list.
        room = room.with_min_x(inner.left()).with_max_x(inner.right());
        ui.scope_builder(UiBuilder::new().max_rect(room), |ui| layers(ui, said));
    }
    ui.painter().vline(rect.right() - edge.width / 2.0, rect.y_range(), edge);
}

fn label(ui: &mut Ui, at: Pos2, layer: Layer, words: &str) {
    let place = Rect::from_min_size(at, vec2(206.0, 64.0));
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        layer::words(ui, layer, layer.words());
        text::hint(ui, words);
    });
}

/// The mark and the name.
pub fn brand(ui: &mut Ui) {
    let p = theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = Space::M.pts();
        cairn::mark(ui, 36.0);
        text::show(ui, "Cairn", Type::H2, p.text);
    });
}

/// The three layers in words, for where the picture has no room.
pub fn layers(ui: &mut Ui, said: Words) {
    for layer in LAYERS {
        layer::edged(ui, layer, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            layer::words(ui, layer, layer.words());
            text::hint(ui, said.readers(layer));
        });
    }
}
