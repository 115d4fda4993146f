//! Files that are dropped on the window.

use egui::{Align2, Context, Id, LayerId, Order, Stroke, StrokeKind, Ui};

use crate::app::Action;
use crate::app::packs::PacksAction;
use crate::ui::theme::{self, Radius, Space, Type};
use crate::ui::widgets::text;

/// Looks into what was dropped. One file at a time: each is shown before anything is taken in.
pub fn take(ui: &Ui, out: &mut Vec<Action>) {
    let first = |input: &egui::InputState| {
        input.raw.dropped_files.first().map(|file| file.path().to_path_buf())
    };
    let dropped = ui.input(first);
    if let Some(path) = dropped {
        out.push(Action::Packs(PacksAction::Look(path)));
    }
}

/// Says what a drop does while a file is held over the window.
pub fn hint(ctx: &Context) {
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let p = theme::of(ctx);
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("drop")));
    let whole = ctx.content_rect();
    painter.rect_filled(whole, 0.0, p.scrim);
    let words = "Drop it here to see what is in it. Nothing is taken in yet.";
    let words = text::galley(ctx, words, Type::Strong, p.text, whole.width() - 80.0);
    let room = egui::vec2(2.0 * Space::Xl.pts(), 2.0 * Space::L.pts());
    let card = Align2::CENTER_CENTER.align_size_within_rect(words.size() + room, whole);
    let line = Stroke::new(2.0 * theme::line_width(ctx), p.accent);
    painter.rect(card, Radius::Card, p.raised, line, StrokeKind::Inside);
    painter.galley(card.center() - words.size() / 2.0, words, p.text);
}
