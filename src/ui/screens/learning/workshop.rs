//! The exercise for a workshop: its steps, and a bar that shows how long each takes.

use egui::{Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::words;
use crate::app::paper::{Kind, PaperOf};
use crate::library::{Module, Workshop};
use crate::model::text::count;
use crate::ui::View;
use crate::ui::screens::print;
use crate::ui::theme::{self, Radius, Space, Type};
use crate::ui::widgets::Button;
use crate::ui::widgets::card::card;
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level, galley};

/// About how wide the button beside the heading is, in points.
const PRINT: f32 = 110.0;
/// Height of the bar, in points.
const BAR: f32 = 34.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, module: &Module) {
    let workshop = &module.workshop;
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let title = format!("Exercise for a workshop, {} minutes", workshop.minutes());
        let group = format!("{} people a group", module.group);
        let room = ui.available_width() - text::width(ui, &group) - PRINT - Space::L.pts();
        page::row(
            ui,
            |ui| page::at_most(ui, room, |ui| text::heading(ui, Level::Group, &title)),
            |ui| {
                let of = PaperOf::Module(module.id.clone());
                let button = Button::secondary("Print…").small().name("Print the exercise…");
                print::button(ui, view, button, (of, Kind::Sheet));
                text::small(ui, &group);
            },
        );
        words::rich(ui, view, &workshop.intro, (Type::Hint, Type::HintStrong));
        bar(ui, workshop);
        let steps = workshop.steps.iter().map(|s| (s.title.as_str(), s.words.as_str()));
        numbered(ui, view, steps);
    });
}

/// A bar as wide as the room there is, each part as wide as its share of the time.
fn bar(ui: &mut Ui, workshop: &Workshop) {
    let p = theme::of(ui);
    let (whole, response) = ui.allocate_exact_size(vec2(ui.available_width(), BAR), Sense::hover());
    let said = workshop.steps.iter().map(|step| format!("{}, {} min", step.title, step.minutes));
    let said = format!(
        "{}, {} minutes in all: {}",
        count(workshop.steps.len(), "part"),
        workshop.minutes(),
        said.collect::<Vec<_>>().join("; ")
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Image, ui.is_enabled(), &said));
    let stroke = Stroke::new(theme::line_width(ui), p.control);
    ui.painter().rect(whole, Radius::Control, p.surface, stroke, StrokeKind::Inside);
    let all = f32::from(workshop.minutes().max(1));
    let mut x = whole.left();
    for (at, step) in workshop.steps.iter().enumerate() {
        let width = whole.width() * f32::from(step.minutes) / all;
        let number = galley(ui, &(at + 1).to_string(), Type::HintStrong, p.text, f32::INFINITY);
        let minutes = galley(ui, &step.minutes.to_string(), Type::Hint, p.text2, f32::INFINITY);
        let gap = 6.0;
        let left = x + (width - number.size().x - gap - minutes.size().x) / 2.0;
        let y = |height: f32| whole.center().y - height / 2.0;
        let after = left + number.size().x + gap;
        if at > 0 {
            ui.painter().vline(x, whole.y_range(), stroke);
        }
        ui.painter().galley(pos2(left, y(number.size().y)), number, p.text);
        ui.painter().galley(pos2(after, y(minutes.size().y)), minutes, p.text2);
        x += width;
    }
}

/// Numbered lines, each with a heavier beginning, in two columns where there is room.
pub fn numbered<'a>(
    ui: &mut Ui,
    view: &mut View<'_>,
    lines: impl Iterator<Item = (&'a str, &'a str)>,
) {
    let lines: Vec<(usize, (&str, &str))> = lines.enumerate().collect();
    let columns = if Room::of(ui) >= Room::Medium { 2 } else { 1 };
    let gap = Space::Xl.pts();
    let width = (ui.available_width() - gap * (columns as f32 - 1.0)) / columns as f32;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for column in lines.chunks(lines.len().div_ceil(columns).max(1)) {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = Space::S.pts();
                for (at, words) in column {
                    line(ui, view, at + 1, *words);
                }
            });
        }
    });
}

fn line(ui: &mut Ui, view: &mut View<'_>, number: usize, (title, words): (&str, &str)) {
    const LEAD: f32 = 26.0;
    let p = theme::of(ui);
    let whole = ui.available_rect_before_wrap();
    let place = egui::UiBuilder::new().max_rect(whole.with_min_x(whole.left() + LEAD));
    let number = galley(ui, &number.to_string(), Type::HintStrong, p.text, LEAD);
    ui.painter().galley(whole.min, number, p.text);
    ui.scope_builder(place, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let kind = if words.is_empty() { Type::Hint } else { Type::HintStrong };
        words::plain(ui, view, title, (kind, p.text));
        if !words.is_empty() {
            words::rich(ui, view, words, (Type::Hint, Type::HintStrong));
        }
    });
}
