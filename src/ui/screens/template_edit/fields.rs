//! The fields that the pages of the editor share: each with its label, its hint and, beside it,
//! what is wrong in it.

use egui::Ui;

use super::Editor;
use crate::library::mend::Slot;
use crate::ui::theme::{self, Space, Type};
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::{Answer, Field, text};

/// What stands round a field.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// Above it.
    pub label: &'a str,
    /// Under the label; may be empty.
    pub hint: &'a str,
    /// In the empty box; may be empty.
    pub example: &'a str,
}

/// A field of one line. Says whether it changed.
pub fn line(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    slot: Slot,
    words: Words<'_>,
    value: &mut String,
) -> bool {
    let fault = editor.fault(slot);
    let mut field = Field::new(words.label).error(fault.as_deref()).id(editor.field_id(slot));
    if !words.hint.is_empty() {
        field = field.hint(words.hint);
    }
    let response = field.placeholder(words.example).show(ui, value);
    if editor.takes(slot) {
        response.request_focus();
    }
    told(editor, response.changed())
}

/// A box of several lines for one passage: what is pasted with line breaks becomes one line.
pub fn passage(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    slot: Slot,
    words: Words<'_>,
    value: &mut String,
) -> bool {
    let changed = area(ui, editor, slot, words, (value, 1));
    if changed && value.contains('\n') {
        *value = value.replace('\n', " ");
    }
    changed
}

/// A box with one entry on each line.
pub fn lines(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    slot: Slot,
    words: Words<'_>,
    list: &mut Vec<String>,
) -> bool {
    let mut joined = list.join("\n");
    let changed = area(ui, editor, slot, words, (&mut joined, 2));
    if changed {
        *list = joined.split('\n').map(str::to_owned).collect();
        if joined.is_empty() {
            list.clear();
        }
    }
    changed
}

fn area(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    slot: Slot,
    words: Words<'_>,
    (value, rows): (&mut String, usize),
) -> bool {
    let fault = editor.fault(slot);
    let id = editor.field_id(slot);
    let response = ui
        .vertical(|ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            let p = theme::of(ui);
            text::show(ui, words.label, Type::Button, p.text);
            if !words.hint.is_empty() {
                text::hint(ui, words.hint);
            }
            if let Some(fault) = &fault {
                error_line(ui, fault);
            }
            let answer = Answer::new(id, words.label).boxed().rows(rows).kind(Type::Body);
            answer.placeholder(words.example).show(ui, value)
        })
        .inner;
    ui.ctx().accesskit_node_builder(response.id, |node| {
        let said = [fault.as_deref(), Some(words.hint)];
        let said: Vec<&str> = said.into_iter().flatten().filter(|said| !said.is_empty()).collect();
        if !said.is_empty() {
            node.set_description(said.join(". "));
        }
        if fault.is_some() {
            node.set_invalid(egui::accesskit::Invalid::True);
        }
    });
    if editor.takes(slot) {
        response.request_focus();
    }
    told(editor, response.changed())
}

/// Notes that something was typed: from then on what is wrong is said.
fn told(editor: &mut Editor<'_>, changed: bool) -> bool {
    if changed {
        editor.touch();
    }
    changed
}
