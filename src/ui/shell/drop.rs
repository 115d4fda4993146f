//! Files that are dropped on the window.

use egui::{Align2, Context, Id, LayerId, Order, Stroke, StrokeKind, Ui};

use crate::app::action::FileAction;
use crate::app::packs::PacksAction;
use crate::app::state::Open;
use crate::app::{Action, Inputs, Screen, State};
use crate::ui::theme::{self, Radius, Space, Type};
use crate::ui::widgets::text;

/// Attaches what was dropped on a conversation that is being written; elsewhere looks into it.
/// One file at a time: each is shown before anything is taken in.
pub fn take(ui: &Ui, state: &State, inputs: &Inputs, out: &mut Vec<Action>) {
    let first = |input: &egui::InputState| {
        input.raw.dropped_files.first().map(|file| file.path().to_path_buf())
    };
    let dropped = ui.input(first);
    if let Some(path) = dropped {
        out.push(if attaches(state, inputs) {
            Action::File(FileAction::Attach(path))
        } else {
            Action::Packs(PacksAction::Look(path))
        });
    }
}

/// Whether a file that is dropped is attached: a conversation is on the screen, open for writing.
fn attaches(state: &State, inputs: &Inputs) -> bool {
    let writes = inputs.draft.as_ref().is_some_and(|draft| draft.session.finished.is_none());
    let on_screen =
        |open: &Open| open.read_only.is_none() && matches!(open.screen, Screen::Session(_));
    writes && state.open().is_some_and(on_screen)
}

/// Says what a drop does while a file is held over the window.
pub fn hint(ctx: &Context, state: &State, inputs: &Inputs) {
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let p = theme::of(ctx);
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("drop")));
    let whole = ctx.content_rect();
    painter.rect_filled(whole, 0.0, p.scrim);
    let words = if attaches(state, inputs) {
        "Drop it here to attach it. Only you have it, encrypted in your record."
    } else {
        "Drop it here to see what is in it. Nothing is taken in yet."
    };
    let words = text::galley(ctx, words, Type::Strong, p.text, whole.width() - 80.0);
    let room = egui::vec2(2.0 * Space::Xl.pts(), 2.0 * Space::L.pts());
    let card = Align2::CENTER_CENTER.align_size_within_rect(words.size() + room, whole);
    let line = Stroke::new(2.0 * theme::line_width(ctx), p.accent);
    painter.rect(card, Radius::Card, p.raised, line, StrokeKind::Inside);
    painter.galley(card.center() - words.size() / 2.0, words, p.text);
}
