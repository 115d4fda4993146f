//! The foot of the room: the time in words and as a ring, and the steps.

use std::f32::consts::TAU;

use egui::{Align, Layout, Margin, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, vec2};

use super::page::Page;
use crate::app::room::{At, Countdown, Room, RoomAction};
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::page::Room as Width;
use crate::ui::widgets::text;

/// How high it is.
pub fn height(ui: &Ui) -> f32 {
    if Width::of(ui) >= Width::Medium { 96.0 } else { 60.0 }
}

/// Draws it.
pub fn show(ui: &mut Ui, room: &Room, page: &mut Page<'_>) {
    let p = theme::of(ui);
    let place = ui.max_rect();
    let wide = Width::of(ui) >= Width::Medium;
    ui.painter().rect_filled(place, 0.0, p.surface);
    let stroke = Stroke::new(theme::line_width(ui), p.line);
    ui.painter().hline(place.x_range(), place.top() + 0.5, stroke);
    let margin = Margin::symmetric(if wide { 32 } else { 12 }, 0);
    egui::Frame::NONE.inner_margin(margin).show(ui, |ui| {
        ui.set_height(place.height());
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = if wide { Space::M.pts() } else { Space::S.pts() };
            if let Some(time) = page.time {
                clock(ui, page, time, wide);
            }
            steps(ui, room, page, wide);
        });
    });
}

fn clock(ui: &mut Ui, page: &mut Page<'_>, time: Countdown, wide: bool) {
    let p = theme::of(ui);
    let now = page.now.timestamp();
    let words = time.words(now);
    let under = match (time.left(now).is_zero(), time.ends()) {
        (true, _) => format!("of {}", time.minutes()),
        (false, None) => format!("of {}. Paused", time.minutes()),
        (false, Some(ends)) => {
            let ends = ends.to_zoned(page.now.time_zone().clone());
            format!("of {}. Ends at {:02}:{:02}", time.minutes(), ends.hour(), ends.minute())
        }
    };
    let (side, kind) = if wide { (56.0, Type::RoomNote) } else { (36.0, Type::Button) };
    let lead = text::galley(ui.ctx(), &words, kind, p.text, f32::INFINITY);
    let rest = text::galley(ui.ctx(), &under, Type::Small, p.text2, f32::INFINITY);
    let width = side + 14.0 + lead.size().x.max(rest.size().x);
    let (rect, response) = ui.allocate_exact_size(vec2(width, side), Sense::hover());
    let said = format!("{words}, {under}");
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, &said));
    let ring = Rect::from_min_size(rect.min, vec2(side, side));
    self::ring(ui.painter(), ring, time.part(now), (p.hover, p.accent));
    let left = ring.right() + 14.0;
    let high = lead.size().y + rest.size().y - 4.0;
    let top = rect.center().y - high / 2.0;
    let below = top + lead.size().y - 4.0;
    ui.painter().galley(Pos2::new(left, top), lead, p.text);
    ui.painter().galley(Pos2::new(left, below), rest, p.text2);
    if !time.left(now).is_zero() && (wide || ui.available_width() > 420.0) {
        let (words, icon) =
            if time.is_paused() { ("Go on", Icon::Play) } else { ("Pause", Icon::Pause) };
        if ui.add(Button::ghost(words).icon(icon).small()).clicked() {
            page.ask(RoomAction::Pause);
        }
    }
}

/// A ring of which a part is filled, from the top on.
fn ring(painter: &Painter, place: Rect, part: f32, (rest, filled): (egui::Color32, egui::Color32)) {
    const POINTS: f32 = 64.0;
    let width = place.width() / 9.0;
    let radius = (place.width() - width) / 2.0;
    for (part, colour) in [(1.0, rest), (part, filled)] {
        let points = (POINTS * part).ceil() as usize;
        let at = |number: usize| {
            let turn = TAU * part * number as f32 / points as f32;
            place.center() + radius * vec2(turn.sin(), -turn.cos())
        };
        let line = (0..=points).map(at).collect();
        if points > 0 {
            painter.add(Shape::line(line, Stroke::new(width, colour)));
        }
    }
}

/// The buttons, the last one at the right; Tab meets them from left to right.
fn steps(ui: &mut Ui, room: &Room, page: &mut Page<'_>, wide: bool) {
    let next = room.next.as_ref().map(|(_, stage)| match stage {
        Some(stage) if wide => format!("Next: {stage}"),
        _ => "Next".to_owned(),
    });
    let size = |button| if wide { Button::large(button) } else { Button::small(button) };
    let act = size(Button::secondary("Make an action").icon(Icon::CheckSquare));
    let back =
        size(Button::secondary("Back").icon(Icon::CaretLeft)).cannot_yet(room.before.is_none());
    let on = next.as_deref().map(|words| size(Button::primary(words).icon_after(Icon::CaretRight)));
    let gap = ui.spacing().item_spacing.x;
    let acts = !matches!(room.at(), At::Actions);
    let whole = if acts { act.measure(ui) + gap } else { 0.0 }
        + back.measure(ui)
        + on.as_ref().map_or(0.0, |on| gap + on.measure(ui));
    ui.add_space((ui.available_width() - whole - gap).max(0.0));
    if acts && ui.add(act).clicked() {
        page.go(At::Actions);
    }
    if ui.add(back).on_hover_text("Alt Left").clicked()
        && let Some(before) = room.before
    {
        page.go(before);
    }
    if let Some(on) = on
        && ui.add(on).on_hover_text("Ctrl Enter").clicked()
        && let Some((next, _)) = room.next
    {
        page.go(next);
    }
}
