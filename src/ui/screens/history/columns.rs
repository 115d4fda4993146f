//! Two versions side by side, each field on one line level; or one below the other where there is
//! no room for two.

use egui::{Align, Layout, Rect, Role, Shape, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::words;
use crate::model::Layer;
use crate::model::compare::{Fate, Piece, Row};
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type};
use crate::ui::widgets::card::{card, hairline};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{layer, page};

/// Two columns take at least so much room.
pub const LEAST: f32 = 560.0;
/// Between the two cards.
const GAP: f32 = 16.0;
/// From a card's border to what is in it.
const PAD: f32 = 16.0;
/// From a layer's edge to the words beside it.
const INSET: f32 = 16.0;
/// Height of a card's head.
const HEAD: f32 = 48.0;

/// What stands above a version.
pub struct Head {
    /// Its number.
    pub number: usize,
    /// When it was written.
    pub when: String,
    /// By which computer.
    pub by: String,
    /// Whether it is the one that is chosen.
    pub filled: bool,
}

/// The older one at the left, the newer one at the right.
pub fn two(ui: &mut Ui, heads: &[Head; 2], rows: &[&Row]) {
    let p = theme::of(ui);
    let whole = ui.available_rect_before_wrap();
    let width = (whole.width() - GAP) / 2.0;
    let left = [whole.left(), whole.left() + width + GAP];
    let grounds = [ui.painter().add(Shape::Noop), ui.painter().add(Shape::Noop)];
    let top = ui.cursor().top();
    ui.spacing_mut().item_spacing.y = 0.0;
    beside(ui, left, width, HEAD, |ui, side| head(ui, &heads[side]));
    let line = Stroke::new(theme::line_width(ui), p.line);
    for left in left {
        ui.painter().hline(left..=left + width, ui.cursor().top(), line);
    }
    ui.add_space(Space::M.pts());
    for row in rows {
        field(ui, left, width, row);
        ui.add_space(Space::M.pts());
    }
    let bottom = ui.cursor().top();
    for (ground, left) in grounds.into_iter().zip(left) {
        let rect = Rect::from_min_max(pos2(left, top), pos2(left + width, bottom));
        let radius = Radius::Card;
        ui.painter().set(
            ground,
            egui::epaint::RectShape::new(rect, radius, p.surface, line, StrokeKind::Inside),
        );
    }
}

/// Draws something in each column, at least so high.
fn beside(
    ui: &mut Ui,
    left: [f32; 2],
    width: f32,
    least: f32,
    mut contents: impl FnMut(&mut Ui, usize),
) -> f32 {
    let top = ui.cursor().top();
    let row = ui.horizontal_top(|ui| {
        for (side, left) in left.into_iter().enumerate() {
            let place = Rect::from_min_size(pos2(left + PAD, top), vec2(width - 2.0 * PAD, least));
            let down = Layout::top_down(Align::Min);
            ui.scope_builder(UiBuilder::new().max_rect(place).layout(down), |ui| {
                ui.set_min_height(least);
                contents(ui, side);
            });
        }
    });
    row.response.rect.height()
}

fn head(ui: &mut Ui, head: &Head) {
    page::row_of_height(ui, HEAD, |ui| {
        number(ui, head);
        text::strong(ui, &head.when);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let colour = theme::of(ui).text2;
            text::line(ui, &head.by, Type::Small, colour);
        });
    });
}

fn number(ui: &mut Ui, head: &Head) {
    let p = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(28.0, 25.0), egui::Sense::hover());
    let (fill, ink) = if head.filled { (p.accent, p.on_accent) } else { (p.hover, p.text) };
    ui.painter().add(Shape::ellipse_filled(rect.center(), rect.size() / 2.0, fill));
    let number = head.number.to_string();
    let words = text::galley(ui, &number, Type::ChipStrong, ink, f32::INFINITY);
    ui.painter().galley(rect.center() - words.size() / 2.0, words, ink);
}

/// One field in both columns, each with the edge of its layer there.
fn field(ui: &mut Ui, left: [f32; 2], width: f32, row: &Row) {
    let top = ui.cursor().top();
    let pieces = row.pieces();
    let layers = [row.layer.0.or(row.layer.1), row.layer.1.or(row.layer.0)];
    let height = beside(ui, left, width, 0.0, |ui, side| {
        let shows = |fate| fate != [Fate::Added, Fate::Removed][side];
        let there = [&row.before, &row.after][side].is_some();
        inset(ui, layers[side], |ui| {
            name(ui, row, layers[side]);
            said(ui, &pieces, there, shows);
        });
    });
    for (left, layer) in left.into_iter().zip(layers) {
        let place = Rect::from_min_size(pos2(left + PAD, top), vec2(7.0, height));
        if let Some(layer) = layer {
            layer::paint_edge(ui.painter(), place, layer, theme::of(ui));
        }
    }
}

/// What lies in a layer, beside its edge. A screen reader hears the layer first.
fn inset(ui: &mut Ui, layer: Option<Layer>, contents: impl FnOnce(&mut Ui)) {
    let Some(layer) = layer else {
        contents(ui);
        return;
    };
    let mut room = ui.available_rect_before_wrap();
    room.min.x += INSET;
    let builder = UiBuilder::new()
        .max_rect(room)
        .accessibility_role(Role::Group)
        .accessibility_label(layer.words());
    ui.scope_builder(builder, contents);
}

fn name(ui: &mut Ui, row: &Row, layer: Option<Layer>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = Space::S.pts();
        if let Some(layer) = layer.filter(|layer| *layer != Layer::Shared) {
            let look = layer::look(layer, theme::of(ui));
            let side = IconSize::Inline.pts();
            let (rect, _) = ui.allocate_exact_size(vec2(side, 24.0), egui::Sense::hover());
            look.icon.paint(ui.painter(), rect.center(), side, look.ink);
        }
        let p = theme::of(ui);
        text::show(ui, &row.name, Type::Strong, p.text);
    });
}

fn said(ui: &mut Ui, pieces: &[Piece], there: bool, shows: impl Fn(Fate) -> bool) {
    if there {
        words::show(ui, pieces, shows, Type::Body);
    } else {
        let colour = theme::of(ui).text3;
        text::show(ui, "Not there", Type::Body, colour);
    }
}

/// In one column: a version alone, or both in one text.
pub fn one(ui: &mut Ui, heads: &[Head; 2], compared: bool, rows: &[&Row]) {
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::M.pts();
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            let [before, after] = heads;
            for head in if compared { vec![before, after] } else { vec![after] } {
                ui.horizontal_wrapped(|ui| {
                    number(ui, head);
                    text::strong(ui, &head.when);
                    text::small(ui, &head.by);
                });
            }
            if compared {
                key(ui);
            }
        });
        hairline(ui);
        for row in rows {
            let contents = |ui: &mut Ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                text::heading(ui, Level::Group, &row.name);
                words::show(ui, &row.pieces(), |_| true, Type::Body);
            };
            match row.layer() {
                Some(layer) => drop(layer::edged(ui, layer, contents)),
                None => drop(ui.vertical(contents)),
            }
        }
    });
}

/// What the signs mean.
fn key(ui: &mut Ui) {
    let piece = |fate, text: &str| Piece { fate, text: text.to_owned() };
    ui.horizontal_wrapped(|ui| {
        let side = IconSize::Inline.pts();
        let (rect, _) = ui.allocate_exact_size(vec2(side, 20.0), egui::Sense::hover());
        Icon::Info.paint(ui.painter(), rect.center(), side, theme::of(ui).text2);
        let signs = [
            piece(Fate::Removed, "Taken out"),
            piece(Fate::Kept, " and "),
            piece(Fate::Added, "put in"),
        ];
        words::show(ui, &signs, |_| true, Type::Small);
    });
}
