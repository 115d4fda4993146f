//! What stands at the right: a picture of the other screen, and what pairing does.

use egui::{Color32, CornerRadius, Frame, Margin, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::ui::screens::leaves;
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{framed, hairline};
use crate::ui::widgets::text::{self, Level};

/// What goes into the file of either side, and who can open it.
pub fn what_leaves(ui: &mut Ui, who_opens: &str) {
    ui.spacing_mut().item_spacing.y = Space::M.pts();
    text::heading(ui, Level::Group, leaves::TITLE);
    rows(
        ui,
        &[
            (Icon::User, "Your name", "As it stands at the left. Nobody else is named."),
            (Icon::Key, "New keys for the two of you", "Made for this pair, and for no other."),
            (Icon::EyeSlash, "No notes", "Nothing that is written in your record."),
        ],
    );
    leaves::receipt_line(ui);
    text::show(ui, who_opens, Type::Hint, theme::of(ui).text2);
}

/// What pairing does, in a card.
pub fn promises(ui: &mut Ui) {
    rows(
        ui,
        &[
            (Icon::Key, "", "Each computer keeps its own key"),
            (Icon::GitMerge, "", "After that, files go by e-mail, stick or shared folder"),
            (Icon::Handshake, "", "You can stop at any time"),
        ],
    );
}

/// Rows in a card, each with an icon, a title in heavier type and words below it.
pub fn rows(ui: &mut Ui, rows: &[(Icon, &str, &str)]) {
    framed(ui, Margin { left: 16, right: 16, top: 4, bottom: 4 }, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, (icon, title, words)) in rows.iter().enumerate() {
            if at > 0 {
                hairline(ui);
            }
            let ink = match icon {
                Icon::WarningOctagon => theme::of(ui).danger,
                Icon::SealCheck => theme::of(ui).success,
                _ => theme::of(ui).text2,
            };
            row(ui, (*icon, ink), title, words);
        }
    });
}

fn row(ui: &mut Ui, (icon, ink): (Icon, Color32), title: &str, words: &str) {
    let p = theme::of(ui);
    ui.add_space(Space::M.pts());
    let size = IconSize::Nav.pts();
    let at = ui.cursor().left_top();
    icon.paint(ui.painter(), pos2(at.x + size / 2.0, at.y + 11.0), size, ink);
    let room = ui.available_rect_before_wrap();
    let room = room.with_min_x(room.left() + size + Space::M.pts());
    ui.scope_builder(egui::UiBuilder::new().max_rect(room), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if !title.is_empty() {
            text::show(ui, title, Type::Button, p.text);
        }
        text::show(ui, words, Type::Control, p.text);
    });
    ui.add_space(Space::M.pts());
}

/// A picture of a small window of Cairn, with contents that are no controls.
fn small_window(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    const BAR: f32 = 26.0;
    let p = theme::of(ui);
    let stroke = Stroke::new(theme::line_width(ui), p.line_strong);
    Frame::new().fill(p.page).stroke(stroke).corner_radius(Radius::Card).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_min_width(ui.available_width());
        let (bar, _) =
            ui.allocate_exact_size(vec2(ui.available_width(), BAR), egui::Sense::hover());
        let round = Radius::Card.pts();
        let corners = CornerRadius { nw: round, ne: round, sw: 0, se: 0 };
        ui.painter().rect_filled(bar, corners, p.rail);
        let at = bar.left_center() + vec2(12.0, 0.0);
        let font = theme::font(Type::Small);
        ui.painter().text(at, egui::Align2::LEFT_CENTER, "Cairn", font, p.text2);
        Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            contents(ui);
        });
    });
}

/// What the other one sees while the six words are said.
pub fn six_fields(ui: &mut Ui, called: &str, own_name: &str) {
    text::heading(ui, Level::Group, &format!("What {called} sees"));
    small_window(ui, |ui| {
        let p = theme::of(ui);
        let lead = format!("{own_name} invites you");
        text::show(ui, &lead, Type::Button, p.text);
        text::show(ui, "Type the six words you hear", Type::Hint, p.text2);
        ui.add_space(Space::Xs.pts());
        boxes(ui, 3, |ui, rect, at| {
            let p = theme::of(ui);
            let edge =
                if at == 0 { Stroke::new(2.0, p.focus) } else { Stroke::new(1.0, p.control) };
            ui.painter().rect(rect, Radius::Control, p.surface, edge, StrokeKind::Inside);
            let place = rect.left_center() + vec2(10.0, 0.0);
            let font = theme::font(Type::Small);
            ui.painter().text(place, egui::Align2::LEFT_CENTER, at + 1, font, p.text2);
        });
    });
}

/// What the other one sees while four words are compared; the words are not given away here.
pub fn four_covers(ui: &mut Ui, called: &str, own_name: &str) {
    text::heading(ui, Level::Group, &format!("Look at {called}’s screen, not here"));
    small_window(ui, |ui| {
        let p = theme::of(ui);
        text::show(ui, &format!("You and {own_name}"), Type::Hint, p.text);
        boxes(ui, 2, |ui, rect, at| {
            const COVERS: [f32; 4] = [88.0, 92.0, 74.0, 70.0];
            let p = theme::of(ui);
            let width = COVERS.get(at).copied().unwrap_or(80.0).min(rect.width());
            let bar = Rect::from_min_size(rect.left_center() - vec2(0.0, 6.0), vec2(width, 12.0));
            ui.painter().rect_filled(bar, 6.0, p.line);
        });
    });
}

/// Cells in two columns, read downwards.
fn boxes(ui: &mut Ui, rows: usize, mut cell: impl FnMut(&mut Ui, Rect, usize)) {
    const HEIGHT: f32 = 32.0;
    const GAP: f32 = 8.0;
    let height = if rows == 2 { 22.0 } else { HEIGHT + GAP };
    let size = vec2(ui.available_width(), height * rows as f32 - GAP.min(height - HEIGHT).max(0.0));
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let width = (rect.width() - GAP) / 2.0;
    for at in 0..2 * rows {
        let (column, row) = (at / rows, at % rows);
        let min = rect.min + vec2((width + GAP) * column as f32, height * row as f32);
        cell(ui, Rect::from_min_size(min, vec2(width, HEIGHT.min(height))), at);
    }
}

/// A button with half of the room there is.
pub fn half<'a>(words: &'a str, icon: Icon) -> Button<'a> {
    Button::secondary(words).icon(icon).large().fill_width()
}
