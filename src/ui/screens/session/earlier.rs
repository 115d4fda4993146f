//! What the same person answered to the same prompt before.

use egui::{Frame, Margin, Rect, ScrollArea, Ui};
use jiff::civil::Date;

use super::{Editor, basis};
use crate::model::text::{answer_lines, long_date};
use crate::model::{Answer, Asked, PromptKind};
use crate::ui::theme::{self, Icon, Space, Type, tokens};
use crate::ui::widgets::chart::{self, History};
use crate::ui::widgets::{Drawer, IconButton, Level, layer, page, text};

/// The most answers that are shown.
const MOST: usize = 6;

/// The earlier answers to a prompt, newest first.
pub fn answers<'a>(editor: &Editor<'a>, prompt: &str) -> Vec<(Date, &'a Asked)> {
    let session = &editor.draft.session;
    let Some(person) = session.person.filter(|_| !editor.is_reflection()) else {
        return Vec::new();
    };
    editor.open.journal.earlier_answers(person, prompt, (editor.draft.id, session.date))
}

/// Draws those to the prompt in use over the page, where they are asked for.
pub fn drawer(ui: &Ui, editor: &mut Editor<'_>, over: Rect) {
    if !editor.inputs.editor.earlier_open {
        return;
    }
    let width = tokens().layout.private_margin + 24.0;
    let shown = Drawer::new("Last answers", width).show(ui, over, |ui, first| {
        ScrollArea::vertical().id_salt("last answers").auto_shrink(false).show(ui, |ui| {
            Frame::NONE.inner_margin(Margin::symmetric(18, 14)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = Space::S.pts();
                contents(ui, editor, first);
            });
        });
    });
    if shown.close {
        close(editor);
    }
}

fn close(editor: &mut Editor<'_>) {
    editor.inputs.editor.earlier_open = false;
    if let Some(prompt) = editor.inputs.focus.clone() {
        super::wishes::go_to(editor, prompt);
    }
}

fn contents(ui: &mut Ui, editor: &mut Editor<'_>, first: bool) {
    let mut closes = false;
    ui.horizontal(|ui| {
        text::heading(ui, Level::Group, "Last answers");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = ui.add(IconButton::new(Icon::X, "Close the last answers"));
            if first {
                button.request_focus();
                ui.request_repaint();
            }
            closes = button.clicked();
        });
    });
    let prompt = editor.inputs.focus.clone().unwrap_or_default();
    let asked = super::wishes::find(editor, &prompt).map(|(_, asked)| asked.prompt.text.clone());
    if let Some(words) = asked {
        text::secondary(ui, &words);
    }
    let found = answers(editor, &prompt);
    if found.is_empty() {
        text::small(ui, "Nothing was answered to this before.");
    }
    for (day, asked) in found.into_iter().take(MOST) {
        ui.add_space(Space::S.pts());
        answer(ui, day, asked);
    }
    if closes {
        close(editor);
    }
}

/// One answer: its layer and its day, then the words as they were.
fn answer(ui: &mut Ui, day: Date, asked: &Asked) {
    let words = asked.answer.as_ref().map(answer_lines).unwrap_or_default();
    layer::edged(ui, asked.layer, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        page::row_of_height(ui, 24.0, |ui| {
            layer::words(ui, asked.layer, asked.layer.words());
            text::small(ui, &long_date(day));
        });
        let ink = theme::of(ui).text;
        ui.scope(|ui| {
            ui.style_mut().interaction.selectable_labels = true;
            text::show(ui, &words, Type::Body, ink);
        });
        basis::line(ui, asked.basis);
        if let Some(view) = asked.other_view.as_ref().filter(|view| !view.is_blank()) {
            text::small(ui, &view.words());
        }
    });
}

/// What was said on a scale before, as a small chart under it.
pub fn on_scale(ui: &mut Ui, editor: &Editor<'_>, asked: &Asked) {
    let PromptKind::Scale { from, to, .. } = &asked.prompt.kind else { return };
    let number = |asked: &Asked| match &asked.answer {
        Some(Answer::Scale(number)) => Some(*number),
        _ => None,
    };
    let mut points: Vec<(Date, u8)> = answers(editor, &asked.prompt.id)
        .into_iter()
        .filter_map(|(day, asked)| Some((day, number(asked)?)))
        .take(MOST)
        .collect();
    if points.is_empty() {
        return;
    }
    points.reverse();
    let now = number(asked).map(|now| (editor.draft.session.date, now));
    ui.add_space(Space::Xs.pts());
    chart::history(ui, &History { points: &points, now, range: (*from, *to) });
}
