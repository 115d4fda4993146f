//! Lines offered to the ARCP summary: words, what they rest on, and whether both agree.

use egui::{Align, Id as UiId, Ui};

use super::{Editor, focus_is_in, read};
use crate::app::inputs::{DateAt, EditorSpot};
use crate::model::session::ArcpHeading;
use crate::model::text::{day_and_month, long_date};
use crate::model::{ArcpLine, Evidence, Layer};
use crate::ui::theme::{Icon, Space, Type};
use crate::ui::widgets::answer::{self, Answer, Limited};
use crate::ui::widgets::{Button, DateField, Field, IconButton, Tag, layer, menu, text, toggle};

/// Puts a new line at the end, to be changed before anyone agrees it.
pub fn add(editor: &mut Editor<'_>, text: String, from: Option<String>) {
    let line = ArcpLine { text, from, ..ArcpLine::default() };
    editor.draft.session.arcp.push(line);
    let at = editor.draft.session.arcp.len() - 1;
    editor.inputs.editor.unfolded = Some(EditorSpot::Line(at));
    editor.inputs.editor.go_to = Some(EditorSpot::Line(at));
    editor.inputs.editor.tab = Some(Layer::Arcp);
    editor.touch();
}

/// Draws the lines. Without any there is nothing to draw, except where a tab waits for them.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>, only: Option<Layer>) {
    if only.is_some_and(|only| only != Layer::Arcp) {
        return;
    }
    if editor.draft.session.arcp.is_empty() {
        if only.is_some() {
            text::secondary(ui, "No lines offered yet. Under an answer, choose Offer to ARCP.");
        }
        return;
    }
    let mut lines = std::mem::take(&mut editor.draft.session.arcp);
    let mut remove = None;
    layer::edged(ui, Layer::Arcp, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        answer::question(ui, Layer::Arcp, "Offered to the ARCP summary", true);
        for (at, line) in lines.iter_mut().enumerate() {
            if at > 0 {
                ui.add_space(Space::S.pts());
            }
            let shown = ui.push_id(at, |ui| self::line(ui, editor, at, line));
            if shown.inner {
                remove = Some(at);
            }
        }
    });
    if let Some(at) = remove {
        lines.remove(at);
        editor.inputs.editor.unfolded = None;
        editor.inputs.editor.dates.retain(|date, _| !matches!(date, DateAt::Evidence(..)));
        editor.touch();
    }
    editor.draft.session.arcp = lines;
}

/// One line; says whether it is taken back.
fn line(ui: &mut Ui, editor: &mut Editor<'_>, at: usize, line: &mut ArcpLine) -> bool {
    if !editor.editable {
        read::show(ui, &line.text, Type::Answer);
        tags(ui, line);
        return false;
    }
    let spot = EditorSpot::Line(at);
    let id = UiId::unique(("arcp line", editor.draft.id, at));
    if editor.takes(&spot) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let label = format!("For the ARCP. Line {}", at + 1);
    let words = Answer::new(id, &label)
        .placeholder("A judgement, tied to evidence")
        .show(ui, &mut Limited(&mut line.text));
    let mut changed = words.changed();
    let mut remove = false;
    if editor.inputs.editor.unfolded.as_ref() == Some(&spot) {
        let (new, pressed) = fields(ui, editor, at, line);
        changed |= new;
        remove = pressed;
    } else {
        tags(ui, line);
        let settled = editor.inputs.editor.go_to.is_none();
        let pressed = ui.input(|input| input.pointer.any_down());
        if settled && !pressed && focus_is_in(ui, words.rect) {
            editor.inputs.editor.unfolded = Some(spot);
            ui.request_repaint();
        }
    }
    if changed {
        editor.touch();
    }
    remove
}

/// What a resting line rests on.
fn tags(ui: &mut Ui, line: &ArcpLine) {
    ui.horizontal_wrapped(|ui| {
        ui.add(Tag::new(line.heading.words()));
        for evidence in &line.evidence {
            let words = match evidence.date {
                Some(date) => format!("{}, {}", evidence.what, day_and_month(date)),
                None => evidence.what.clone(),
            };
            ui.add(Tag::new(words).icon(Icon::Link));
        }
        if line.evidence.is_empty() {
            ui.add(Tag::attention("No evidence yet"));
        }
        if line.agreed {
            ui.add(Tag::new("Agreed by both").icon(Icon::SealCheck));
        } else {
            ui.add(Tag::new("Not agreed yet").icon(Icon::Hourglass));
        }
    });
}

/// The fields of a line; says whether something changed and whether the line is taken back.
fn fields(ui: &mut Ui, editor: &mut Editor<'_>, at: usize, line: &mut ArcpLine) -> (bool, bool) {
    let mut changed = false;
    ui.add_space(Space::Xs.pts());
    let headings: Vec<(ArcpHeading, &str)> =
        ArcpHeading::ALL.into_iter().map(|heading| (heading, heading.words())).collect();
    changed |=
        menu::select(ui, "Heading in the summary", &mut line.heading, &headings, 280.0).changed();
    let mut gone = None;
    for (number, evidence) in line.evidence.iter_mut().enumerate() {
        let (new, removed) =
            ui.push_id(number, |ui| piece(ui, editor, (at, number), evidence)).inner;
        changed |= new;
        if removed {
            gone = Some(number);
        }
    }
    if let Some(number) = gone {
        line.evidence.remove(number);
        editor.inputs.editor.dates.retain(|date, _| !matches!(date, DateAt::Evidence(..)));
        changed = true;
    }
    if ui.add(Button::quiet("Add evidence").icon(Icon::Link).small()).clicked() {
        line.evidence.push(Evidence { what: String::new(), date: None });
        changed = true;
    }
    changed |= toggle::checkbox(ui, &mut line.agreed, "We both agree this").changed();
    let remove = ui.add(Button::ghost("Take this line back").icon(Icon::Trash).small()).clicked();
    (changed, remove)
}

fn piece(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    (line, number): (usize, usize),
    evidence: &mut Evidence,
) -> (bool, bool) {
    let mut changed = false;
    let mut remove = false;
    let today = editor.today();
    ui.with_layout(egui::Layout::left_to_right(Align::Min).with_main_wrap(true), |ui| {
        ui.spacing_mut().item_spacing.x = Space::M.pts();
        let what = Field::new("Evidence").placeholder("MSF, CBD, a letter").width(220.0);
        changed |= what.show(ui, &mut evidence.what).changed();
        let typed = editor.inputs.editor.dates.entry(DateAt::Evidence(line, number));
        let typed = typed.or_insert_with(|| evidence.date.map(long_date).unwrap_or_default());
        let shown = DateField::new("Its date").no_hint().width(190.0).show(ui, typed, today);
        if shown.response.changed() {
            evidence.date = shown.date.unwrap_or(None);
            changed = true;
        }
        ui.vertical(|ui| {
            ui.add_space(30.0);
            remove = ui.add(IconButton::new(Icon::Trash, "Remove this evidence")).clicked();
        });
    });
    (changed, remove)
}
