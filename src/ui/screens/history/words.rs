//! Texts in which words were removed and added: struck through and underlined, so that the
//! colour is never the only sign.

use egui::text::LayoutJob;
use egui::{Label, Response, Stroke, TextFormat, Ui};

use crate::model::compare::{Fate, Piece};
use crate::ui::theme::{self, Type};

/// Shows the pieces that `shows` lets through, in one paragraph. A screen reader hears what was
/// removed and added.
pub fn show(ui: &mut Ui, pieces: &[Piece], shows: impl Fn(Fate) -> bool, kind: Type) -> Response {
    let mut job = LayoutJob::default();
    let mut said = String::new();
    let mut before: Option<&Piece> = None;
    for piece in pieces.iter().filter(|piece| shows(piece.fate)) {
        // Words in the place of others do not stick to them.
        let sticks = before.is_some_and(|before| {
            before.fate == Fate::Removed && !before.text.ends_with(char::is_whitespace)
        });
        if sticks && piece.fate == Fate::Added {
            job.append(" ", 0.0, format(ui, Fate::Kept, kind));
        }
        before = Some(piece);
        job.append(&piece.text, 0.0, format(ui, piece.fate, kind));
        match piece.fate {
            Fate::Kept => said.push_str(&piece.text),
            Fate::Removed => said.push_str(&format!("[removed: {}]", piece.text.trim())),
            Fate::Added => said.push_str(&format!("[added: {}]", piece.text.trim())),
        }
    }
    let response = ui.add(Label::new(job));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(said));
    response
}

fn format(ui: &Ui, fate: Fate, kind: Type) -> TextFormat {
    let p = theme::of(ui);
    let plain = theme::format(ui, kind, p.text);
    match fate {
        Fate::Kept => plain,
        Fate::Removed => {
            TextFormat { color: p.text2, strikethrough: Stroke::new(1.5, p.danger), ..plain }
        }
        Fate::Added => {
            TextFormat { background: p.accent_soft, underline: Stroke::new(2.0, p.accent), ..plain }
        }
    }
}
