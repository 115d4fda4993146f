//! Words in large type, to say or to compare: numbered, in two columns, read downwards.

use egui::{Id, Margin, Rect, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::ui::theme::{self, Radius, Type, mark_focus};
use crate::ui::widgets::card;
use crate::ui::widgets::page::{Room, just_opened};
use crate::ui::widgets::text;

/// The least width of a column, in points.
const COLUMN: f32 = 190.0;

/// Draws the card; the keyboard starts at it where `first`, so that Enter decides nothing.
pub fn show(ui: &mut Ui, words: &str, row: f32, first: bool) {
    let words: Vec<&str> = words.split(' ').collect();
    let row = if Room::of(ui) >= Room::Wide { row } else { row.min(64.0) };
    let drawn = card::framed(ui, Margin::symmetric(0, 16), |ui| cells(ui, &words, row));
    let id = Id::unique("the words of a pairing");
    let sense = if first { Sense::focusable_noninteractive() } else { Sense::hover() };
    let whole = ui.interact(drawn.response.rect, id, sense);
    if first {
        let numbered = words.iter().enumerate().map(|(at, word)| format!("{} {word}", at + 1));
        let said = numbered.collect::<Vec<_>>().join(", ");
        whole.widget_info(|| WidgetInfo::labeled(Role::Group, true, &said));
        if just_opened(ui.ctx(), id) {
            whole.request_focus();
        }
        mark_focus(ui, &whole, whole.rect, f32::from(Radius::Card.pts()), true);
    }
}

fn cells(ui: &mut Ui, words: &[&str], row: f32) {
    let p = theme::of(ui);
    let columns = if ui.available_width() < 2.0 * COLUMN { 1 } else { 2 };
    let rows = words.len().div_ceil(columns);
    let size = vec2(ui.available_width(), row * rows as f32);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let width = rect.width() / columns as f32;
    for (at, word) in words.iter().enumerate() {
        let (column, down) = (at / rows, at % rows);
        let min = rect.min + vec2(width * column as f32, row * down as f32);
        let cell = Rect::from_min_size(min, vec2(width, row));
        let said = ui.interact(cell, ui.unique_id().with(("word", at)), Sense::hover());
        let words = format!("{} {word}", at + 1);
        said.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        let lead = if width < 1.3 * COLUMN { 16.0 } else { 32.0 };
        let left = cell.left_center() + vec2(lead, 0.0);
        let number = theme::font(Type::Body);
        let middle = egui::Align2::LEFT_CENTER;
        ui.painter().text(left, middle, at + 1, number, p.text2);
        let word = text::galley_line(ui, word, Type::PairWord, p.text, width - lead - 32.0);
        let up = vec2(28.0, -word.size().y / 2.0);
        ui.painter().galley(left + up, word, p.text);
        if column > 0 {
            let stroke = Stroke::new(theme::line_width(ui), p.line);
            ui.painter().vline(cell.left(), cell.y_range().shrink(6.0), stroke);
        }
    }
}
