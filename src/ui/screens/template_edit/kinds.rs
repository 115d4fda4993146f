//! How a prompt is answered, and what belongs to each kind.

use egui::Ui;

use super::fields::{self, Words};
use super::form::write;
use super::{Editor, find_list};
use crate::app::template_edit::AnswerKind;
use crate::library::mend::Slot;
use crate::model::PromptKind;
use crate::model::own::OWN;
use crate::ui::theme::Space;
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::{menu, text};

/// The width of the boxes to choose from, in points.
const BOX: f32 = 250.0;
/// The width of the choice of a list, in points.
const LIST: f32 = 440.0;
/// The scales that are offered.
const SCALES: [(u8, u8); 9] =
    [(0, 3), (0, 4), (0, 5), (0, 10), (1, 3), (1, 4), (1, 5), (1, 7), (1, 10)];

/// Draws the choice of a kind and its fields.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>, place: (usize, usize)) {
    let (part, at) = place;
    let Some(kind) = editor.edit.prompt(part, at).map(|prompt| prompt.kind.clone()) else { return };
    let mut chosen = AnswerKind::of(&kind);
    let options: Vec<(AnswerKind, &str)> =
        AnswerKind::ALL.into_iter().map(|kind| (kind, kind.words())).collect();
    if menu::select(ui, "Kind of answer", &mut chosen, &options, BOX).changed() {
        editor.edit.set_kind(part, at, chosen);
        return;
    }
    match kind {
        PromptKind::Scale { from, to, low, high } => {
            scale(ui, editor, place, (from, to), (low, high));
        }
        PromptKind::Choice { options, many } => {
            let hint = "One on each line, at least two.";
            let words = Words { label: "What can be chosen", hint, example: "" };
            options_of(ui, editor, place, words, options, |options| PromptKind::Choice {
                options,
                many,
            });
        }
        PromptKind::Checklist { items } => {
            let words =
                Words { label: "What can be ticked", hint: "One on each line.", example: "" };
            options_of(ui, editor, place, words, items, |items| PromptKind::Checklist { items });
        }
        PromptKind::Capability { list } => capability(ui, editor, place, list),
        PromptKind::Evidence => {
            text::hint(ui, "What it is, its date, and where it is. Several can be named.");
        }
        PromptKind::Action => {
            text::hint(ui, "What will be done, by whom, by when. Both keep their list of actions.");
        }
        PromptKind::Text | PromptKind::Date | PromptKind::Person => {}
    }
}

fn scale(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    place: (usize, usize),
    ends: (u8, u8),
    (mut low, mut high): (String, String),
) {
    let mut known = SCALES.to_vec();
    if !known.contains(&ends) {
        known.push(ends);
    }
    let words: Vec<String> = known.iter().map(|(from, to)| format!("{from} to {to}")).collect();
    let options: Vec<((u8, u8), &str)> =
        known.iter().copied().zip(words.iter().map(String::as_str)).collect();
    let mut chosen = ends;
    let mut changed = menu::select(ui, "Numbers", &mut chosen, &options, BOX).changed();
    let (from, to) = chosen;
    let label = format!("What {from} means");
    let words = Words { label: &label, hint: "", example: "Not at all" };
    changed |= fields::line(ui, editor, Slot::Low, words, &mut low);
    let label = format!("What {to} means");
    let words = Words { label: &label, hint: "", example: "Completely" };
    changed |= fields::line(ui, editor, Slot::High, words, &mut high);
    if changed {
        write(editor, place, |prompt| prompt.kind = PromptKind::Scale { from, to, low, high });
    }
}

fn options_of(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    place: (usize, usize),
    words: Words<'_>,
    mut list: Vec<String>,
    kind: impl FnOnce(Vec<String>) -> PromptKind,
) {
    if fields::lines(ui, editor, Slot::Options, words, &mut list) {
        write(editor, place, |prompt| prompt.kind = kind(list));
    }
}

/// The list that capabilities are chosen from: what comes with Cairn, and one's own. Those of a
/// pack go with the pack.
fn capability(ui: &mut Ui, editor: &mut Editor<'_>, place: (usize, usize), mut list: String) {
    let own = format!("{OWN}/");
    let lists = editor.state.library.lists().iter().filter_map(|known| {
        let name = known.id.strip_prefix(&own).unwrap_or(&known.id);
        (!name.contains('/')).then(|| (name.to_owned(), known.title.as_str()))
    });
    let mut options: Vec<(String, &str)> = lists.collect();
    if find_list(editor.state, &list).is_none() {
        options.insert(0, (list.clone(), "Choose a list"));
    }
    let changed = ui
        .vertical(|ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            if let Some(fault) = editor.fault(Slot::List) {
                error_line(ui, &fault);
            }
            let response = menu::select(ui, "Which list", &mut list, &options, LIST);
            if editor.takes(Slot::List) {
                response.request_focus();
            }
            response.changed()
        })
        .inner;
    if changed {
        write(editor, place, |prompt| prompt.kind = PromptKind::Capability { list });
    }
}
