//! One of several small pictures, for what is better seen than said.

use egui::{Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, vec2};

use super::button::is_over;
use super::choice::group;
use super::text::galley_centred;
use crate::ui::theme::{self, Radius, Type, mark_focus};

/// Small pictures to choose from, side by side as far as there is room; `paint` draws the picture
/// of an option.
pub fn pictures<V: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut V,
    options: &[(V, &str)],
    paint: impl Fn(&Painter, Rect, &V),
) -> Response {
    const GAP: f32 = 10.0;
    const LEAST: f32 = 84.0;
    let values = options.iter().map(|option| option.0.clone());
    group(ui, name, Role::RadioGroup, value, values, |ui, roving| {
        let p = theme::of(ui);
        let columns = (((ui.available_width() + GAP) / (LEAST + GAP)) as usize)
            .clamp(1, options.len().max(1));
        let width = (ui.available_width() + GAP) / columns as f32 - GAP;
        let size = vec2(width, 124.0);
        let height = (size.y + GAP) * options.len().div_ceil(columns) as f32 - GAP;
        let all = vec2(ui.available_width(), height);
        let (whole, _) = ui.allocate_exact_size(all, Sense::hover());
        for (index, (option, words)) in options.iter().enumerate() {
            let place = vec2((index % columns) as f32, (index / columns) as f32);
            let rect = Rect::from_min_size(whole.min + place * (size + Vec2::splat(GAP)), size);
            let response = roving.item(ui, rect, index, Role::RadioButton, words);
            mark_focus(ui, &response, rect, f32::from(Radius::Control.pts()), false);
            let chosen = roving.current == Some(index);
            let line = theme::line_width(ui);
            let (fill, line, edge, kind) = match (chosen, is_over(&response)) {
                (true, _) => (p.accent_soft, line + 1.0, p.accent, Type::HintStrong),
                (false, over) => {
                    (if over { p.hover } else { p.surface }, line, p.control, Type::Hint)
                }
            };
            let edge = Stroke::new(line, edge);
            ui.painter().rect(rect, Radius::Control, fill, edge, StrokeKind::Inside);
            let picture = Rect::from_min_size(rect.min + vec2(6.0, 6.0), vec2(width - 12.0, 64.0));
            paint(ui.painter(), picture, option);
            let words = galley_centred(ui, words, kind, p.text, width - 10.0);
            let below = rect.with_min_y(picture.bottom()).center();
            ui.painter().galley(below - vec2(0.0, words.size().y / 2.0), words, p.text);
        }
    })
}
