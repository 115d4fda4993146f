//! How far: steps, strength of a password, a bar, the stones of a timeline.

use egui::{
    Color32, InnerResponse, Rect, Response, Role, Sense, Shape, Stroke, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::text::{galley, runs};
use crate::ui::theme::{self, Icon, Space, Type};

/// Steps of a path: those before `current` are done. "1 You, 2 Password, 3 Recovery sheet".
pub fn steps(ui: &mut Ui, names: &[&str], current: usize) -> Response {
    let builder = UiBuilder::new().accessibility_role(Role::List).accessibility_label("Steps");
    ui.scope_builder(builder, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 22.0;
            for (index, name) in names.iter().enumerate() {
                step(ui, index, current, names.len(), name);
            }
        });
    })
    .response
}

fn step(ui: &mut Ui, index: usize, current: usize, count: usize, name: &str) {
    const SIDE: f32 = 24.0;
    let p = theme::of(ui);
    let (kind, ink) =
        if index == current { (Type::HintStrong, p.text) } else { (Type::Hint, p.text2) };
    let words = galley(ui, name, kind, ink, f32::INFINITY);
    let size = vec2(SIDE + 8.0 + words.size().x, SIDE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let state = match index.cmp(&current) {
        std::cmp::Ordering::Less => ", done",
        std::cmp::Ordering::Equal => ", now",
        std::cmp::Ordering::Greater => "",
    };
    let said = format!("Step {} of {count}: {name}{state}", index + 1);
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &said));
    let centre = pos2(rect.left() + SIDE / 2.0, rect.center().y);
    if index < current {
        ui.painter().circle_filled(centre, SIDE / 2.0, p.accent);
        Icon::Check.paint(ui.painter(), centre, 14.0, p.on_accent);
    } else {
        let (width, edge, ink) =
            if index == current { (2.0, p.accent, p.accent) } else { (1.5, p.control, p.text2) };
        ui.painter().circle_stroke(centre, (SIDE - width) / 2.0, Stroke::new(width, edge));
        let number = galley(ui, &(index + 1).to_string(), Type::ChipStrong, ink, f32::INFINITY);
        ui.painter().galley(centre - number.size() / 2.0, number, ink);
    }
    let at = pos2(rect.left() + SIDE + 8.0, rect.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, ink);
}

/// How strong a password is: `score` of 4 bars, and always words: "Good." and what it means.
pub fn strength(ui: &mut Ui, score: u8, verdict: &str, meaning: &str) -> Response {
    let p = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 6.0), Sense::hover());
    let width = (rect.width() - 3.0 * 5.0) / 4.0;
    for bar in 0..4_u8 {
        let left = rect.left() + f32::from(bar) * (width + 5.0);
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(width, 6.0));
        let filled = if score >= 3 { p.success } else { p.attn_edge };
        let colour = if bar < score { filled } else { p.line_strong };
        ui.painter().rect_filled(place, 3.0, colour);
    }
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Meter, true, format!("Strength {score} of 4. {verdict}"))
    });
    runs(ui, &[(verdict, Type::HintStrong, p.text), (meaning, Type::Hint, p.text2)]);
    response
}

/// A bar for something that takes a while: `fraction` from 0 to 1.
pub fn progress(ui: &mut Ui, name: &str, fraction: f32) -> Response {
    let p = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 6.0), Sense::hover());
    let done = fraction.clamp(0.0, 1.0);
    response.widget_info(|| WidgetInfo {
        value: Some(f64::from((done * 100.0).round())),
        ..WidgetInfo::labeled(Role::ProgressIndicator, true, name)
    });
    ui.painter().rect_filled(rect, 3.0, p.hover);
    let mut bar = rect;
    bar.set_width(rect.width() * done);
    ui.painter().rect_filled(bar, 3.0, p.accent);
    response
}

/// "61 of 128 files", once that is known, and the part of it as a fraction.
pub fn files(done: usize, total: usize) -> (String, f32) {
    match total {
        0 => ("Looking what there is".to_owned(), 0.0),
        total => (format!("{done} of {total} files"), done as f32 / total as f32),
    }
}

/// The stone of a timeline's item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stone {
    /// The next meeting.
    Next,
    /// A meeting that was.
    Meeting,
    /// Something small between meetings.
    Small,
    /// No stone: the heading of a month.
    None,
}

/// An item of a timeline: its stone on the line at the left, its contents beside it.
pub fn timeline_item<R>(
    ui: &mut Ui,
    stone: Stone,
    contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    const GUTTER: f32 = 34.0;
    let p = theme::of(ui);
    let outer = ui.available_rect_before_wrap();
    let under = ui.painter().add(Shape::Noop);
    let inner = Rect::from_min_max(pos2(outer.left() + GUTTER, outer.top()), outer.max);
    let shown = ui.scope_builder(UiBuilder::new().max_rect(inner), contents);
    let used = shown.response.rect;
    let x = outer.left() + 12.0;
    let y = match stone {
        Stone::Next | Stone::Meeting => used.top() + 24.0,
        Stone::Small | Stone::None => used.center().y,
    };
    let bottom = used.bottom() + ui.spacing().item_spacing.y;
    let line = Shape::vline(x, used.top()..=bottom, Stroke::new(2.0, p.line_strong));
    let (radius, colour) = match stone {
        Stone::Next => (vec2(9.0, 7.0), p.accent),
        Stone::Meeting => (vec2(9.0, 7.0), p.text3),
        Stone::Small => (vec2(5.5, 4.5), p.control),
        Stone::None => (vec2(0.0, 0.0), Color32::TRANSPARENT),
    };
    let mut shapes = vec![line];
    if stone != Stone::None {
        shapes.push(Shape::ellipse_filled(pos2(x, y), radius + vec2(2.0, 2.0), p.page));
        shapes.push(Shape::ellipse_filled(pos2(x, y), radius, colour));
    }
    ui.painter().set(under, Shape::Vec(shapes));
    ui.expand_to_include_x(outer.left());
    shown
}

/// Stones in a row for "3 of 4": filled for what was. They only repeat the words beside them.
pub fn stones(ui: &mut Ui, done: usize, of: usize) -> Response {
    let p = theme::of(ui);
    let step = 13.0 + 6.0;
    let size = vec2(step * of as f32, Space::M.pts());
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    for index in 0..of {
        let centre = pos2(rect.left() + 6.5 + step * index as f32, rect.center().y);
        if index < done {
            ui.painter().add(Shape::ellipse_filled(centre, vec2(6.5, 5.0), p.accent));
        } else {
            let stroke = Stroke::new(1.5, p.control);
            ui.painter().add(Shape::ellipse_stroke(centre, vec2(6.0, 4.5), stroke));
        }
    }
    response
}
