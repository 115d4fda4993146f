//! What is always in the top bar: whether all is saved, and the lock.

use egui::accesskit::Live;
use egui::{Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::button::is_over;
use super::text::galley;
use crate::ui::theme::{self, Icon, IconSize, Radius, Type, mark_focus};

/// Whether what was written is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved<'a> {
    /// Being written.
    Saving,
    /// Kept: "Saved just now", "Saved 13:42".
    Saved(&'a str),
    /// Not kept. Pressing it says why.
    NotSaved,
}

/// Shows it. Only "Not saved" is a button; a screen reader is told when that changes.
pub fn saved(ui: &mut Ui, state: &Saved<'_>) -> Response {
    let p = theme::of(ui);
    let (icon, mark, words, kind, ink) = match state {
        Saved::Saving => (Icon::CircleNotch, p.text2, "Saving…", Type::Hint, p.text2),
        Saved::Saved(words) => (Icon::CheckCircle, p.success, *words, Type::Hint, p.text2),
        Saved::NotSaved => {
            (Icon::WarningCircle, p.danger, "Not saved. See why", Type::HintStrong, p.danger)
        }
    };
    let wrong = *state == Saved::NotSaved;
    let size = IconSize::Button.pts();
    let label = galley(ui, words, kind, ink, f32::INFINITY);
    let sense = if wrong { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(size + 6.0 + label.size().x, 34.0), sense);
    let role = if wrong { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, words));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(if wrong { Live::Assertive } else { Live::Off });
    });
    mark_focus(ui, &response, rect, 6.0, false);
    icon.paint(ui.painter(), pos2(rect.left() + size / 2.0, rect.center().y), size, mark);
    let at = pos2(rect.left() + size + 6.0, rect.center().y - label.size().y / 2.0);
    ui.painter().galley(at, label, ink);
    response
}

/// The lock: "Unlocked | Lock", in the last minute "Locks in 1 min | Lock".
pub fn lock_button(ui: &mut Ui, state: &str) -> Response {
    const PAD: f32 = 11.0;
    let p = theme::of(ui);
    let icon = IconSize::Button.pts();
    let said = galley(ui, state, Type::Hint, p.text2, f32::INFINITY);
    let verb = galley(ui, "Lock", Type::HintStrong, p.text, f32::INFINITY);
    let width = PAD + icon + 8.0 + said.size().x + 8.0 + 1.0 + 8.0 + verb.size().x + PAD;
    let (rect, response) = ui.allocate_exact_size(vec2(width.ceil(), 34.0), Sense::click());
    let name = format!("Lock. {state}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
    mark_focus(ui, &response, rect, f32::from(Radius::Control.pts()), false);
    let fill = if is_over(&response) { p.hover } else { p.surface };
    let line = Stroke::new(theme::line_width(ui), p.line_strong);
    let painter = ui.painter();
    painter.rect(rect, Radius::Control, fill, line, StrokeKind::Inside);
    let y = rect.center().y;
    let mut x = rect.left() + PAD;
    Icon::LockSimpleOpen.paint(painter, pos2(x + icon / 2.0, y), icon, p.text2);
    x += icon + 8.0;
    let (wide, high) = (said.size().x, said.size().y);
    painter.galley(pos2(x, y - high / 2.0), said, p.text2);
    x += wide + 8.0;
    painter.vline(x + 0.5, y - 9.0..=y + 9.0, Stroke::new(1.0, p.line_strong));
    painter.galley(pos2(x + 9.0, y - high / 2.0), verb, p.text);
    response
}
