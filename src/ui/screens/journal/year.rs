//! A year of reflections: its months with a dot for each. It counts nothing together and asks for
//! nothing: a month without one is as good as any.

use egui::{
    Align, EventFilter, Id as WidgetId, Key, Layout, Margin, Response, Role, Sense, Stroke, Ui,
};
use egui::{WidgetInfo, vec2};

use super::list;
use crate::app::reflection::{months, years};
use crate::app::state::Open;
use crate::model::text::{count, day_and_month, month};
use crate::model::{Id, Session};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type, mark_focus, tokens};
use crate::ui::widgets::{IconButton, Level, card, text};

/// The least width of a month, in points.
const MONTH: f32 = 150.0;
/// Room for the dots of a month below its name.
const DOTS: f32 = 58.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let this = view.state.today().year();
    let shown = view.inputs.reflecting.year.unwrap_or(this);
    let (first, last) = years(&open.journal).unwrap_or((this, this));
    head(ui, view, shown, (first.min(this), last.max(this)));
    text::small(ui, "Each dot is a reflection. A ring is one that is not finished.");
    let months = months(&open.journal, shown);
    let columns = (ui.available_width() / MONTH).floor().clamp(1.0, 4.0) as usize;
    let gap = Space::S.pts();
    let width = (ui.available_width() - gap * (columns - 1) as f32) / columns as f32;
    let total: usize = months.iter().map(Vec::len).sum();
    let all = || months.iter().flatten();
    let read = view.inputs.journal;
    let stop = all().position(|(id, _)| Some(*id) == read).unwrap_or(total.saturating_sub(1));
    let mut dots = Dots { at: 0, count: total, stop, to: None, chosen: None };
    let numbered: Vec<(i8, &Vec<(Id, &Session)>)> = (1..).zip(&months).collect();
    for row in numbered.chunks(columns) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for (number, held) in row {
                let down = Layout::top_down(Align::Min);
                ui.allocate_ui_with_layout(vec2(width, 0.0), down, |ui| {
                    ui.set_width(width);
                    one_month(ui, *number, held, &mut dots);
                });
            }
        });
    }
    if let Some((next, _)) = dots.to.and_then(|to| all().nth(to)) {
        ui.memory_mut(|memory| memory.request_focus(dot_id(*next)));
    }
    if let Some(id) = dots.chosen {
        view.inputs.reflecting.tag = None;
        list::choose(ui, view, id);
    }
}

/// The year, and the ways to those beside it.
fn head(ui: &mut Ui, view: &mut View<'_>, shown: i16, (first, last): (i16, i16)) {
    ui.horizontal(|ui| {
        text::heading(ui, Level::Title, &shown.to_string());
        for (icon, words, to, can) in [
            (Icon::CaretLeft, "The year before", shown - 1, shown > first),
            (Icon::CaretRight, "The year after", shown + 1, shown < last),
        ] {
            if ui.add_enabled(can, IconButton::new(icon, words)).clicked() {
                view.inputs.reflecting.year = Some(to);
                ui.ctx().request_repaint();
            }
        }
    });
}

/// The dots of all months: one stop for Tab, and the arrows move among them.
struct Dots {
    at: usize,
    count: usize,
    stop: usize,
    to: Option<usize>,
    chosen: Option<Id>,
}

fn one_month(ui: &mut Ui, number: i8, held: &[(Id, &Session)], dots: &mut Dots) {
    card::framed(ui, Margin::symmetric(12, 8), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let p = theme::of(ui);
        let name = text::show(ui, month(number), Type::HintStrong, p.text);
        let said = match held.len() {
            0 => format!("{}, none", month(number)),
            some => format!("{}, {}", month(number), count(some, "reflection")),
        };
        text::as_heading(ui, Level::Group, &said, &name);
        let size = vec2(ui.available_width(), DOTS);
        ui.allocate_ui(size, |ui| {
            ui.set_min_size(size);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
                for (id, session) in held {
                    let response = dot(ui, (*id, session), dots.at == dots.stop);
                    if response.clicked() {
                        dots.chosen = Some(*id);
                    }
                    dots.to = arrows(ui, &response, dots.at, dots.count).or(dots.to);
                    dots.at += 1;
                }
            });
        });
    });
}

fn dot_id(reflection: Id) -> WidgetId {
    WidgetId::unique(("dot", reflection))
}

fn dot(ui: &mut Ui, (id, session): (Id, &Session), stop: bool) -> Response {
    let p = theme::of(ui);
    let side = tokens().control.target_min;
    let (place, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    let stop = stop || ui.memory(|memory| memory.has_focus(dot_id(id)));
    let sense = if stop { Sense::click() } else { Sense::CLICK };
    let response = ui.interact(place, dot_id(id), sense);
    let more = if session.finished.is_none() { ", not finished" } else { "" };
    let said = format!("{}, {}{more}", session.title, day_and_month(session.date));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &said));
    mark_focus(ui, &response, place, side / 2.0, false);
    let over = response.hovered() || response.has_focus();
    let radius = if over { 8.0 } else { 6.5 };
    if session.finished.is_some() {
        ui.painter().circle_filled(place.center(), radius, p.accent);
    } else {
        ui.painter().circle_stroke(place.center(), radius - 1.0, Stroke::new(2.0, p.accent));
    }
    response.on_hover_text(said)
}

/// The arrows, Home and End among the dots: where to, from the one that has the focus.
fn arrows(ui: &Ui, response: &Response, at: usize, count: usize) -> Option<usize> {
    if !response.has_focus() {
        return None;
    }
    let filter =
        EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let last = count.checked_sub(1)?;
    let pressed = |keys: [Key; 2]| ui.input(|input| keys.iter().any(|key| input.key_pressed(*key)));
    let to = if pressed([Key::ArrowLeft, Key::ArrowUp]) {
        at.saturating_sub(1)
    } else if pressed([Key::ArrowRight, Key::ArrowDown]) {
        (at + 1).min(last)
    } else if pressed([Key::Home, Key::Home]) {
        0
    } else if pressed([Key::End, Key::End]) {
        last
    } else {
        at
    };
    (to != at).then_some(to)
}
