//! The question before an answer goes to more readers: once, with the exact words.

use egui::Ui;

use super::{Editor, arcp, wishes};
use crate::model::Layer;
use crate::model::text::answer_words;
use crate::ui::widgets::Question;
use crate::ui::widgets::modal::Chosen;

/// The verb that lets the other person read something.
pub fn share_verb(called: &str) -> String {
    format!("Share with {called}")
}

/// Shows the question, if one waits for an answer.
pub fn show(ui: &Ui, editor: &mut Editor<'_>) {
    let Some((prompt, to)) = editor.inputs.editor.asking.clone() else { return };
    let Some((_, asked)) = wishes::find(editor, &prompt) else { return };
    let mut exact = asked.answer.as_ref().map(answer_words).unwrap_or_default();
    // The other view goes where the answer goes; a line for the ARCP is made of the answer alone.
    if let Some(view) = asked.other_view.as_ref().filter(|it| to != Layer::Arcp && !it.is_blank()) {
        let gap = if exact.is_empty() { "" } else { "\n\n" };
        exact += &format!("{gap}{}: {}", view.lead(), view.text);
    }
    let line = arcp::line_from(asked);
    let called = editor.called.clone();
    let (title, words, act) = match to {
        Layer::Arcp => (
            "Offer this for the ARCP?".to_owned(),
            format!(
                "These words are copied to a line that {called} reads and that may go to a \
                 panel. You can change the line. Your private answer stays where it is."
            ),
            "Offer to ARCP".to_owned(),
        ),
        _ => (
            format!("Share this with {called}?"),
            format!("Until now only you read it. From then on {called} may read it too."),
            share_verb(&called),
        ),
    };
    let question = Question::new(&title, "Keep it private", &act).words(&words).quote(&exact);
    let Some(chosen) = question.show(ui.ctx()) else { return };
    editor.inputs.editor.asking = None;
    wishes::go_to(editor, prompt.clone());
    match (chosen, to) {
        (Chosen::Safe, _) => {}
        (Chosen::Act, Layer::Arcp) => arcp::add(editor, line),
        (Chosen::Act, _) => {
            wishes::set_layer(editor, &prompt, to);
            editor.inputs.editor.tab = Some(to);
        }
    }
}
