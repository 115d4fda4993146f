//! Answers as they are read when nothing can be changed.

use egui::Ui;

use super::{Editor, actions, answer_type, basis, writing};
use crate::app::inputs::EditorSpot;
use crate::model::text::answer_lines;
use crate::model::{Asked, PromptKind};
use crate::ui::theme::{self, Type};
use crate::ui::widgets::marks::{self, Mark};
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
    } else {
        written(ui, editor, asked, words);
    }
    if let Some(view) = asked.other_view.as_ref().filter(|view| !view.is_blank()) {
        card::card(ui, |ui| {
            text::strong(ui, &view.lead());
            let spot = EditorSpot::OtherView(asked.prompt.id.clone());
            let (marks, bring_up) = writing::read_marks(editor, &spot);
            show(ui, &view.text, answer_type(editor), &marks, bring_up);
        });
    }
}

fn written(ui: &mut Ui, editor: &mut Editor<'_>, asked: &Asked, words: String) {
    let words = match &asked.prompt.kind {
        PromptKind::Scale { to, .. } => format!("{words} of {to}"),
        _ => words,
    };
    let spot = EditorSpot::Prompt(asked.prompt.id.clone());
    let (marks, bring_up) = writing::read_marks(editor, &spot);
    show(ui, &words, answer_type(editor), &marks, bring_up);
    basis::line(ui, asked.basis);
    basis::origin(ui, &editor.draft.session, asked);
}

/// Words that were written, to be selected and copied, with marks; a byte that is given comes
/// into view.
pub fn show(ui: &mut Ui, words: &str, kind: Type, marks: &[Mark], bring_up: Option<usize>) {
    let job = marks::job(ui, words, kind, theme::of(ui).text, marks);
    ui.scope(|ui| {
        ui.style_mut().interaction.selectable_labels = true;
        marks::show(ui, job, bring_up);
    });
}
