//! References to dated evidence: what it is, its date, where it is.

use egui::{Align, Layout, Ui};

use super::actions::kept;
use super::{Editor, kinds};
use crate::app::inputs::{DateAt, EvidenceOf};
use crate::model::text::long_date;
use crate::model::{Answer, Asked, Evidence};
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::{Button, DateField, Field, IconButton};

/// Draws the answer to a prompt for evidence; says whether it changed. A first row stands ready.
pub fn answer(ui: &mut Ui, editor: &mut Editor<'_>, asked: &mut Asked, takes: bool) -> bool {
    let mut list = match asked.answer.take() {
        Some(Answer::Evidence(list)) => list,
        _ => Vec::new(),
    };
    if list.is_empty() {
        list.push(Evidence::default());
    }
    let of = EvidenceOf::Prompt(asked.prompt.id.clone());
    if takes {
        ui.memory_mut(|memory| memory.request_focus(field_id(editor, &of, 0)));
    }
    let changed = rows(ui, editor, &of, &mut list);
    let only_ready = matches!(list.as_slice(), [one] if one.is_blank());
    asked.answer = (!list.is_empty() && !only_ready).then_some(Answer::Evidence(list));
    changed
}

fn field_id(editor: &Editor<'_>, of: &EvidenceOf, at: usize) -> egui::Id {
    let of = match of {
        EvidenceOf::Line(line) => line.to_string(),
        EvidenceOf::Prompt(prompt) => format!("prompt {prompt}"),
    };
    egui::Id::unique(("evidence", editor.draft.id, of, at))
}

/// Draws a list of evidence with a button for more; says whether it changed.
pub fn rows(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    of: &EvidenceOf,
    list: &mut Vec<Evidence>,
) -> bool {
    let mut changed = false;
    let mut gone = None;
    for (at, evidence) in list.iter_mut().enumerate() {
        let name = format!("Evidence {} {}", at + 1, evidence.what);
        let shown = ui.push_id(at, |ui| {
            kinds::group(ui, name.trim_end(), |ui| row(ui, editor, of, at, evidence))
        });
        let (new, removed) = shown.inner;
        changed |= new;
        if removed {
            gone = Some(at);
        }
    }
    if let Some(at) = gone {
        list.remove(at);
        forget_typed(editor);
        changed = true;
    }
    if ui.add(Button::quiet("Add evidence").icon(Icon::Link).small()).clicked() {
        list.push(Evidence::default());
        changed = true;
    }
    changed
}

/// Dates as they were typed go when a row goes: the rows after it move up.
pub fn forget_typed(editor: &mut Editor<'_>) {
    editor.inputs.editor.dates.retain(|date, _| !matches!(date, DateAt::Evidence(..)));
}

/// One piece; says whether it changed and whether it is taken out.
fn row(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    of: &EvidenceOf,
    at: usize,
    evidence: &mut Evidence,
) -> (bool, bool) {
    let mut changed = false;
    let mut remove = false;
    let (today, known) = (editor.today(), editor.known);
    let id = field_id(editor, of, at);
    ui.with_layout(Layout::left_to_right(Align::Min).with_main_wrap(true), |ui| {
        ui.spacing_mut().item_spacing.x = Space::M.pts();
        let what = Field::new("What shows it").placeholder("MSF, CBD, a letter").width(190.0);
        changed |= what.id(id).show(ui, &mut evidence.what).changed();
        let typed = editor.inputs.editor.dates.entry(DateAt::Evidence(of.clone(), at));
        let held = || evidence.date.map_or_else(|| evidence.date_typed.clone(), long_date);
        let typed = typed.or_insert_with(held);
        let field = DateField::new("Its date").no_hint().width(160.0).back().known(known);
        let shown = field.show(ui, typed, today);
        if shown.response.changed() {
            (evidence.date, evidence.date_typed) = kept(shown.date, typed);
            changed = true;
        }
        let place = Field::new("Where it is").placeholder("Portfolio").width(150.0);
        changed |= place.show(ui, &mut evidence.place).changed();
        ui.vertical(|ui| {
            ui.add_space(30.0);
            remove = ui.add(IconButton::new(Icon::Trash, "Remove this evidence")).clicked();
        });
    });
    (changed, remove)
}
