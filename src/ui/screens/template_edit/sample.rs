//! What an answer of each kind looks like, to be looked at only.

use egui::{Rect, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::model::PromptKind;
use crate::ui::theme::{self, Icon, IconSize, Radius, Space, Type, tokens};
use crate::ui::widgets::text;

/// The most dots that fit on the line of a scale.
const MOST_DOTS: u8 = 21;

/// Draws it. `list` is the title of the list that capabilities are chosen from.
pub fn show(ui: &mut Ui, kind: &PromptKind, list: Option<&str>) {
    ui.add_space(Space::Xs.pts());
    match kind {
        PromptKind::Text => field(ui, None, "", 52.0),
        PromptKind::Scale { from, to, low, high } => scale(ui, (*from, *to), (low, high)),
        PromptKind::Choice { options, many } => marks(ui, options, *many),
        PromptKind::Checklist { items } => marks(ui, items, true),
        PromptKind::Date => line(ui, Some(Icon::CalendarBlank), "A day"),
        PromptKind::Evidence => {
            for words in ["What shows it", "Its date", "Where it is"] {
                line(ui, None, words);
            }
        }
        PromptKind::Capability { .. } => {
            line(ui, Some(Icon::ListBullets), list.unwrap_or("No list yet"));
            scale(ui, (1, 5), ("New to it", "Could teach it"));
        }
        PromptKind::Person => line(ui, Some(Icon::User), "A name"),
        PromptKind::Action => line(ui, Some(Icon::CheckSquare), "What, who, by when"),
    }
    ui.add_space(Space::Xs.pts());
}

fn line(ui: &mut Ui, icon: Option<Icon>, words: &str) {
    field(ui, icon, words, tokens().control.height_input);
}

fn field(ui: &mut Ui, icon: Option<Icon>, words: &str, height: f32) {
    let p = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let stroke = Stroke::new(theme::line_width(ui), p.control);
    ui.painter().rect(rect, Radius::Control, p.surface, stroke, StrokeKind::Inside);
    let side = IconSize::Button.pts();
    let mut left = rect.left() + 12.0;
    if let Some(icon) = icon {
        icon.paint(ui.painter(), pos2(left + side / 2.0, rect.center().y), side, p.text3);
        left += side + 8.0;
    }
    let galley = text::galley_line(ui, words, Type::Hint, p.text2, rect.right() - left - 8.0);
    ui.painter().galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, p.text2);
}

fn scale(ui: &mut Ui, (from, to): (u8, u8), (low, high): (&str, &str)) {
    let p = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let steps = to.saturating_sub(from).clamp(1, MOST_DOTS - 1);
    let whole = rect.shrink2(vec2(7.0, 0.0));
    ui.painter().hline(whole.x_range(), whole.center().y, Stroke::new(3.0, p.line_strong));
    for step in 0..=steps {
        let x = whole.left() + whole.width() * f32::from(step) / f32::from(steps);
        let at = pos2(x, whole.center().y);
        ui.painter().circle(at, 5.0, p.surface, Stroke::new(1.5, p.control));
    }
    let half = rect.width() / 2.0 - 4.0;
    let words = |number: u8, words: &str| format!("{number} {}", words.trim());
    let low = text::galley(ui, &words(from, low), Type::Small, p.text2, half);
    let high = text::galley(ui, &words(to, high), Type::Small, p.text2, half);
    let height = low.size().y.max(high.size().y);
    let (below, _) = ui.allocate_exact_size(vec2(rect.width(), height), Sense::hover());
    ui.painter().galley(below.min, low, p.text2);
    ui.painter().galley(pos2(below.right() - high.size().x, below.top()), high, p.text2);
}

fn marks(ui: &mut Ui, words: &[String], square: bool) {
    let p = theme::of(ui);
    let words: Vec<&str> = words.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
    if words.is_empty() {
        text::show(ui, "Nothing to choose from yet", Type::Hint, p.text2);
    }
    let side = 18.0;
    for words in words {
        let galley =
            text::galley(ui, words, Type::Hint, p.text, ui.available_width() - side - 10.0);
        let size = vec2(ui.available_width(), galley.size().y.max(side) + 4.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
        let place = pos2(rect.left() + side / 2.0, rect.center().y);
        let stroke = Stroke::new(1.5, p.control);
        if square {
            let place = Rect::from_center_size(place, Vec2::splat(side));
            ui.painter().rect(place, Radius::Tag, p.surface, stroke, StrokeKind::Inside);
        } else {
            ui.painter().add(Shape::circle_filled(place, side / 2.0, p.surface));
            ui.painter().circle_stroke(place, side / 2.0 - 1.0, stroke);
        }
        let at = pos2(rect.left() + side + 10.0, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, p.text);
    }
}
