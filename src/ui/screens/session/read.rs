//! Answers as they are read when nothing can be changed.

use egui::Ui;

use super::{Editor, actions, answer_type, basis};
use crate::model::text::answer_lines;
use crate::model::{Asked, PromptKind};
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{card, text};

/// Shows the answer to a prompt as text that can be selected.
pub(super) fn answer(ui: &mut Ui, editor: &mut Editor<'_>, asked: &Asked) {
    if asked.prompt.kind == PromptKind::Action {
        actions::show(ui, editor, false);
        return;
    }
    let words = asked.answer.as_ref().map(answer_lines).unwrap_or_default();
    if words.trim().is_empty() {
        let colour = theme::of(ui).text3;
        text::show(ui, "Nothing written", Type::Answer, colour);
        return;
    }
    let words = match &asked.prompt.kind {
        PromptKind::Scale { to, .. } => format!("{words} of {to}"),
        _ => words,
    };
    show(ui, &words, answer_type(editor));
    basis::line(ui, asked.basis);
    if let Some(view) = asked.other_view.as_ref().filter(|view| !view.is_blank()) {
        card::card(ui, |ui| {
            text::strong(ui, &view.lead());
            show(ui, &view.text, answer_type(editor));
        });
    }
}

/// Words that were written, to be selected and copied.
pub fn show(ui: &mut Ui, words: &str, kind: Type) {
    let colour = theme::of(ui).text;
    ui.scope(|ui| {
        ui.style_mut().interaction.selectable_labels = true;
        text::show(ui, words, kind, colour);
    });
}
