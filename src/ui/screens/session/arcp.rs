//! Lines offered to the ARCP summary: words, what they rest on, and whether both agree.

use egui::{Id as UiId, Ui};

use super::{Editor, evidence, focus_is_in, read, writing};
use crate::app::inputs::{EditorSpot, EvidenceOf};
use crate::model::session::ArcpHeading;
use crate::model::text::{answer_words, day_and_month};
use crate::model::{Answer as Given, ArcpLine, Asked, Layer};
use crate::ui::theme::{Icon, Space, Type};
use crate::ui::widgets::answer::{self, Answer};
use crate::ui::widgets::{Button, Tag, layer, menu, text, toggle};

/// Puts a new line at the end, to be changed before anyone agrees it.
pub fn add(editor: &mut Editor<'_>, line: ArcpLine) {
    editor.draft.session.arcp.push(line);
    let at = editor.draft.session.arcp.len() - 1;
    editor.inputs.editor.unfolded = Some(EditorSpot::Line(at));
    editor.inputs.editor.go_to = Some(EditorSpot::Line(at));
    editor.inputs.editor.tab = Some(Layer::Arcp);
    editor.touch();
}

/// A line made from an answer. Evidence is no judgement: the words are still to be written.
pub fn line_from(asked: &Asked) -> ArcpLine {
    let line = ArcpLine { from: Some(asked.prompt.id.clone()), ..ArcpLine::default() };
    match &asked.answer {
        Some(Given::Evidence(evidence)) => ArcpLine { evidence: evidence.clone(), ..line },
        Some(answer) => ArcpLine { text: answer_words(answer), ..line },
        None => line,
    }
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
    let mut pressed = None;
    layer::edged(ui, Layer::Arcp, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        answer::question(ui, Layer::Arcp, "Offered to the ARCP summary", true);
        for (at, line) in lines.iter_mut().enumerate() {
            if at > 0 {
                ui.add_space(Space::S.pts());
            }
            let shown = ui.push_id(at, |ui| self::line(ui, editor, at, line));
            pressed = shown.inner.map(|pressed| (at, pressed)).or(pressed);
        }
    });
    let mut words = None;
    match pressed {
        Some((at, Pressed::Remove)) => {
            lines.remove(at);
            editor.inputs.editor.unfolded = None;
            evidence::forget_typed(editor);
            editor.touch();
        }
        Some((at, Pressed::OwnWords)) => words = lines.get(at).map(own_words),
        None => {}
    }
    editor.draft.session.arcp = lines;
    if let Some(line) = words {
        add(editor, line);
    }
}

/// The id of the words of a line, counted from 0.
pub fn line_id(editor: &Editor<'_>, at: usize) -> UiId {
    UiId::unique(("arcp line", editor.draft.id, at))
}

/// What can be done with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pressed {
    /// Take it back.
    Remove,
    /// Write down beside it what the doctor says, who sees it differently.
    OwnWords,
}

/// A line for what the doctor says, from the same prompt.
fn own_words(line: &ArcpLine) -> ArcpLine {
    let heading = ArcpHeading::DoctorsWords;
    ArcpLine { heading, from: line.from.clone(), ..ArcpLine::default() }
}

/// One line; says what is to be done with it.
fn line(ui: &mut Ui, editor: &mut Editor<'_>, at: usize, line: &mut ArcpLine) -> Option<Pressed> {
    if !editor.editable {
        let (marks, bring_up) = writing::read_marks(editor, &EditorSpot::Line(at));
        read::show(ui, &line.text, Type::Answer, &marks, bring_up);
        tags(ui, line);
        return None;
    }
    let spot = EditorSpot::Line(at);
    let id = line_id(editor, at);
    if editor.takes(&spot) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let before = line.clone();
    let label = format!("For the ARCP. Line {}", at + 1);
    let answer = Answer::new(id, &label).placeholder("A judgement, tied to evidence");
    let (words, mut changed) = writing::field(ui, editor, (answer, id), &spot, &mut line.text);
    let mut wanted = None;
    if editor.inputs.editor.unfolded.as_ref() == Some(&spot) {
        let (new, pressed) = fields(ui, editor, at, line);
        changed |= new;
        wanted = pressed;
    } else {
        tags(ui, line);
        let settled = editor.inputs.editor.go_to.is_none();
        let pressed = ui.input(|input| input.pointer.any_down());
        if settled && !pressed && focus_is_in(ui, words.rect) {
            editor.inputs.editor.unfolded = Some(spot);
            ui.request_repaint();
        }
    }
    if !line.says_the_same(&before) {
        // They agreed to what it said before.
        line.agreed = false;
    }
    if changed {
        editor.touch();
    }
    wanted
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

/// The fields of a line; says whether something changed and what is to be done with it.
fn fields(
    ui: &mut Ui,
    editor: &mut Editor<'_>,
    at: usize,
    line: &mut ArcpLine,
) -> (bool, Option<Pressed>) {
    let mut changed = false;
    ui.add_space(Space::Xs.pts());
    let headings: Vec<(ArcpHeading, &str)> =
        ArcpHeading::ALL.into_iter().map(|heading| (heading, heading.words())).collect();
    changed |=
        menu::select(ui, "Heading in the summary", &mut line.heading, &headings, 280.0).changed();
    changed |= evidence::rows(ui, editor, &EvidenceOf::Line(at), &mut line.evidence);
    changed |= toggle::checkbox(ui, &mut line.agreed, "We both agree this").changed();
    let mut pressed = None;
    ui.horizontal_wrapped(|ui| {
        let words = format!("Add {}’s own words", editor.called);
        let differs = !line.agreed && line.heading != ArcpHeading::DoctorsWords;
        if differs && ui.add(Button::ghost(&words).icon(Icon::Chats).small()).clicked() {
            pressed = Some(Pressed::OwnWords);
        }
        if ui.add(Button::ghost("Take this line back").icon(Icon::Trash).small()).clicked() {
            pressed = Some(Pressed::Remove);
        }
    });
    (changed, pressed)
}
