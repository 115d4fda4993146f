//! Painted charts: gaps side by side, marks of a hundred, a rate with its interval. Each is named
//! in words for a screen reader.

use egui::{Align2, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::fairness::compare::Rate;
use crate::fairness::intervals::Interval;
use crate::fairness::picture::{Bar, Chart, Scale};
use crate::fairness::reading::{percents, points};
use crate::ui::theme::{self, Type};
use crate::ui::widgets::page::Room;
use crate::ui::widgets::text::{galley, galley_line};

/// Height of a row with two lines.
const ROW: f32 = 46.0;
/// Half the height of the end of a bar.
const END: f32 = 8.0;
/// Room for the words under the chart.
const FOOT: f32 = 26.0;

/// Gaps against one line, each a row with its words at the left and its numbers at the right. In a
/// small window the words stand above the bar.
pub fn gaps(ui: &mut Ui, chart: &Chart) {
    let p = theme::of(ui);
    let width = ui.available_width();
    let is_narrow = Room::of(ui) == Room::Small;
    let (share, mark) = if chart.scale == Scale::Odds { (0.46, 40.0) } else { (0.34, 62.0) };
    let (words, numbers) = if is_narrow { (0.0, 0.0) } else { (width * share, 96.0) };
    let row = if is_narrow { ROW * 2.0 } else { ROW };
    let size = vec2(width, row * chart.bars.len() as f32 + FOOT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let plot = Rect::from_min_max(
        pos2(rect.left() + words + 12.0, rect.top()),
        pos2(rect.right() - numbers - 12.0, rect.bottom() - FOOT),
    );
    let (low, high) = chart.ends();
    let across = |even: f64| plot.left() + ((even - low) / (high - low)) as f32 * plot.width();
    let painter = ui.painter();
    let marks = chart.marks();
    let zero = marks.iter().position(|mark| mark.0 == 0.0).unwrap_or_default();
    let apart = plot.width() / marks.len().max(1) as f32;
    let every = (mark / apart).ceil().max(1.0) as usize;
    for (index, (at, words)) in marks.iter().enumerate() {
        let (x, ink) = (across(*at), if index == zero { p.text } else { p.line });
        let wide = if index == zero { 1.5 } else { 1.0 };
        painter.vline(x, plot.y_range(), Stroke::new(wide, ink));
        if index.abs_diff(zero).is_multiple_of(every) {
            let words = galley(ui, words, Type::Small, p.text2, f32::INFINITY);
            let at = pos2(x - words.size().x / 2.0, plot.bottom() + 4.0);
            painter.galley(at, words, p.text2);
        }
    }
    for (index, bar) in chart.bars.iter().enumerate() {
        let top = rect.top() + row * index as f32;
        let place = Rect::from_min_size(pos2(rect.left(), top), vec2(width, row));
        let response = ui.interact(place, ui.scope_id().with(("gap", index)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, bar.sentence()));
        let y = if is_narrow { top + row * 0.75 } else { top + row / 2.0 };
        let place_of = |value: f64| across(chart.scale.place(value));
        let estimate = bar.estimate;
        let ends = (place_of(estimate.interval.low), place_of(estimate.interval.high));
        paint_bar(ui, (ends.0, place_of(estimate.value), ends.1), y, bar.square, p.accent);
        let room = if is_narrow { width * 0.68 } else { words };
        let left = galley_line(ui, &bar.title, Type::Button, p.text, room);
        let under = galley_line(ui, &bar.sub, Type::Small, p.text2, room);
        ui.painter().galley(pos2(rect.left(), top + 2.0), left, p.text);
        ui.painter().galley(pos2(rect.left(), top + 23.0), under, p.text2);
        numbers_at(ui, bar, pos2(rect.right(), top));
    }
}

fn numbers_at(ui: &Ui, bar: &Bar, corner: Pos2) {
    let p = theme::of(ui);
    for (words, kind, ink, y) in
        [(&bar.value, Type::Button, p.text, 2.0), (&bar.range, Type::Small, p.text2, 23.0)]
    {
        let words = galley(ui, words, kind, ink, f32::INFINITY);
        ui.painter().galley(pos2(corner.x - words.size().x, corner.y + y), words, ink);
    }
}

/// A value with its interval. An interval narrower than its mark gets a smaller mark.
fn paint_bar(ui: &Ui, (low, at, high): (f32, f32, f32), y: f32, square: bool, ink: egui::Color32) {
    let p = theme::of(ui);
    let painter = ui.painter();
    let line = Stroke::new(3.0, ink);
    painter.line_segment([pos2(low, y), pos2(high, y)], line);
    for x in [low, high] {
        painter.vline(x, y - END..=y + END, line);
    }
    let half = if high - low < 18.0 { 3.4 } else { 6.5 };
    let edge = Stroke::new(if half < 6.0 { 1.0 } else { 2.0 }, p.surface);
    if square {
        let mark = Rect::from_center_size(pos2(at, y), vec2(2.0 * half, 2.0 * half));
        painter.rect(mark, 0, ink, edge, StrokeKind::Outside);
    } else {
        painter.circle(pos2(at, y), half, ink, edge);
    }
}

/// A hundred marks in rows of twenty, so many of them filled.
pub fn hundred(ui: &mut Ui, filled: usize, square: bool, said: &str) {
    const ACROSS: usize = 20;
    let p = theme::of(ui);
    let step = (ui.available_width() / ACROSS as f32).min(13.4);
    let size = vec2(step * ACROSS as f32, step * 5.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, said));
    let radius = step * 0.35;
    let empty = Stroke::new(1.2, p.text3);
    for mark in 0..100 {
        let (column, row) = ((mark % ACROSS) as f32, (mark / ACROSS) as f32);
        let at = rect.min + vec2((column + 0.5) * step, (row + 0.5) * step);
        let is_filled = mark < filled;
        let cell = Rect::from_center_size(at, vec2(2.0 * radius, 2.0 * radius));
        match (square, is_filled) {
            (true, true) => ui.painter().rect_filled(cell, 0, p.accent),
            (true, false) => ui.painter().rect_stroke(cell, 0, empty, StrokeKind::Inside),
            (false, true) => ui.painter().circle_filled(at, radius, p.accent),
            (false, false) => ui.painter().circle_stroke(at, radius - 0.6, empty),
        };
    }
}

/// Rates from 0% to 100%, a row each, with their intervals.
pub fn rates(ui: &mut Ui, rates: &[&Rate]) {
    let p = theme::of(ui);
    for (index, rate) in rates.iter().enumerate() {
        let name = &rate.group.name;
        let range = percents(rate.interval);
        let said = format!("{name}: {}%. The data fit {range}.", points(rate.rate));
        let words = format!("{}%, {range}", points(rate.rate));
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        let right = galley(ui, &words, Type::Small, p.text2, f32::INFINITY);
        let room = rect.width() - right.size().x - 16.0;
        let left = galley_line(ui, name, Type::Button, p.text, room);
        let at = pos2(rect.right() - right.size().x, rect.top() + 2.0);
        ui.painter().galley(at, right, p.text2);
        ui.painter().galley(rect.min, left, p.text);
        let y = rect.top() + 31.0;
        scale(ui, rect, y, Some((rate.rate, rate.interval)), (index % 2 == 1, p.accent));
    }
    ends(ui);
}

/// One rate that may rest on very few: only for teaching.
pub fn tried(ui: &mut Ui, rate: Option<(f64, Interval)>) {
    let p = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let said = match rate {
        Some((rate, interval)) => format!("{}%, from {}", points(rate), percents(interval)),
        None => "No rate yet".to_owned(),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    scale(ui, rect, rect.center().y, rate, (false, p.attn_edge));
    ends(ui);
}

fn scale(
    ui: &Ui,
    rect: Rect,
    y: f32,
    rate: Option<(f64, Interval)>,
    (square, ink): (bool, egui::Color32),
) {
    let p = theme::of(ui);
    let across = |part: f64| rect.left() + 4.0 + part as f32 * (rect.width() - 8.0);
    let line = Stroke::new(2.0, p.line_strong);
    ui.painter().line_segment([pos2(across(0.0), y), pos2(across(1.0), y)], line);
    if let Some((rate, Interval { low, high })) = rate {
        paint_bar(ui, (across(low), across(rate), across(high)), y, square, ink);
    }
}

/// "0%", "50%" and "100%" under a scale.
fn ends(ui: &mut Ui) {
    let p = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    for (at, align, words) in [
        (rect.left_top(), Align2::LEFT_TOP, "0%"),
        (rect.center_top(), Align2::CENTER_TOP, "50%"),
        (rect.right_top(), Align2::RIGHT_TOP, "100%"),
    ] {
        ui.painter().text(at, align, words, theme::font(Type::Small), p.text2);
    }
}
