//! A small chart of what was said before.

use egui::{Align2, Color32, Pos2, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use jiff::civil::Date;

use super::text::galley;
use crate::model::text::{day_and_month, long_date};
use crate::ui::theme::{self, Type};

/// Numbers that were said on days.
pub struct History<'a> {
    /// What was said before, oldest first.
    pub points: &'a [(Date, u8)],
    /// What is said now.
    pub now: Option<(Date, u8)>,
    /// The ends of the scale.
    pub range: (u8, u8),
}

/// Height of the part with the points.
const HEIGHT: f32 = 46.0;
/// Room for a day under its point.
const DAYS: f32 = 20.0;
/// From one point to the next.
const STEP: f32 = 74.0;

/// Draws it: earlier points as rings with a line between, today's filled. It is one node whose
/// name says all of it, so no table is needed beside it. It says what was said and judges nobody.
pub fn history(ui: &mut Ui, history: &History<'_>) {
    let p = theme::of(ui);
    let all: Vec<(Date, u8)> = history.points.iter().copied().chain(history.now).collect();
    let fits = (ui.available_width() / STEP).floor().max(1.0) as usize;
    let shown = &all[all.len().saturating_sub(fits)..];
    let size = vec2(STEP * shown.len() as f32, HEIGHT + DAYS);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let said = sentence(history);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, ui.is_enabled(), &said));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let (low, high) = history.range;
    let span = f32::from(high.saturating_sub(low)).max(1.0);
    let place = |at: usize, number: u8| -> Pos2 {
        let up = f32::from(number.clamp(low, high) - low) / span;
        let x = rect.left() + STEP * (at as f32 + 0.5);
        pos2(x, rect.top() + HEIGHT - 8.0 - up * (HEIGHT - 24.0))
    };
    let line = Stroke::new(theme::line_width(ui), p.control);
    for (at, pair) in shown.windows(2).enumerate() {
        ui.painter().line_segment([place(at, pair[0].1), place(at + 1, pair[1].1)], line);
    }
    for (at, (day, number)) in shown.iter().enumerate() {
        let centre = place(at, *number);
        let is_now = history.now.is_some() && at + 1 == shown.len();
        let (fill, ink) = if is_now { (p.text, p.text) } else { (p.page, p.text2) };
        ui.painter().circle(centre, 4.5, fill, Stroke::new(2.0, p.text2));
        label(ui, pos2(centre.x, centre.y - 7.0), Align2::CENTER_BOTTOM, &number.to_string(), ink);
        let words = if is_now { "Now".to_owned() } else { short_day(*day) };
        label(ui, pos2(centre.x, rect.bottom()), Align2::CENTER_BOTTOM, &words, p.text2);
    }
}

fn label(ui: &Ui, at: Pos2, align: Align2, words: &str, ink: Color32) {
    let words = galley(ui, words, Type::Chip, ink, f32::INFINITY);
    let rect = align.anchor_size(at, words.size());
    ui.painter().galley(rect.min, words, ink);
}

/// "12 Aug".
fn short_day(day: Date) -> String {
    let words = day_and_month(day);
    let (number, month) = words.split_once(' ').unwrap_or((&words, ""));
    format!("{number} {}", month.get(..3).unwrap_or(month))
}

/// All of it in words.
fn sentence(history: &History<'_>) -> String {
    let (low, high) = history.range;
    let said = |(day, number): &(Date, u8)| format!("{number} on {}", long_date(*day));
    let before: Vec<String> = history.points.iter().map(said).collect();
    let now = history.now.map(|(_, number)| format!("; {number} now")).unwrap_or_default();
    format!("Said before on this scale of {low} to {high}: {}{now}", before.join(", "))
}
