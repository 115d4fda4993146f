//! The prompts: a question, its layer, the answer, and the tools of the one in use.

use egui::{Ui, UiBuilder};

use super::{
    Editor, actions, arcp, ask, focus_is_in, kinds, last_time, margin, read, rests, wishes,
};
use crate::app::inputs::EditorSpot;
use crate::model::{Asked, Layer, PromptKind};
use crate::ui::theme::{self, Icon, Type};
use crate::ui::widgets::{Button, answer, layer, page, text};

/// Where a prompt stands: the part and the place in it, counted from 0.
pub type Place = (usize, usize);

/// What can be done with the answer of the prompt in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Agree an action from this line.
    Action,
    /// Copy it to a line for the ARCP.
    Offer,
    /// Keep it to oneself.
    Private,
    /// Let the other person read it.
    Share,
}

/// Draws everything that is asked, in the order of the conversation; `only` one layer of it.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>, only: Option<Layer>) {
    let shows = |layer| only.is_none_or(|only| only == layer);
    if shows(Layer::Shared) {
        last_time::show(ui, editor);
    }
    let mut sections = std::mem::take(&mut editor.draft.session.sections);
    let mut pressed = None;
    let mut offered = false;
    let parts = sections.len();
    for (part, section) in sections.iter_mut().enumerate() {
        let last = section.items.len().saturating_sub(1);
        for (at, asked) in section.items.iter_mut().enumerate() {
            if asked.prompt.kind == PromptKind::Action && part + 1 == parts && !offered {
                arcp::show(ui, editor, only);
                offered = true;
            }
            let ends = at == 0 && part == 0 || at == last && part + 1 == parts;
            let near = ends || editor.near(&asked.prompt.id);
            if shows(asked.layer) && (near || !rests::outside(ui, editor, asked, (part, at))) {
                pressed = prompt(ui, editor, asked, (part, at)).or(pressed);
            }
        }
    }
    let has_actions =
        sections.iter().flat_map(|part| &part.items).any(|a| a.prompt.kind == PromptKind::Action);
    editor.draft.session.sections = sections;
    if !offered {
        arcp::show(ui, editor, only);
    }
    if !has_actions && only != Some(Layer::Arcp) {
        actions::show_apart(ui, editor, only);
    }
    if only == Some(Layer::Private) {
        margin::notes(ui, editor);
    }
    if let Some(tool) = pressed {
        wishes::use_tool(ui, editor, tool);
    }
}

fn prompt(ui: &mut Ui, editor: &mut Editor<'_>, asked: &mut Asked, place: Place) -> Option<Tool> {
    let spot = EditorSpot::Prompt(asked.prompt.id.clone());
    let current = editor.inputs.focus.as_deref() == Some(asked.prompt.id.as_str());
    let comes_up = editor.comes_up(&spot);
    let takes = editor.editable && editor.takes(&spot);
    let mut pressed = None;
    let shown = ui.push_id(place, |ui| {
        layer::edged(ui, asked.layer, |ui| {
            ui.spacing_mut().item_spacing.y = 7.0;
            let answered = is_answered(editor, asked);
            answer::question(ui, asked.layer, &asked.prompt.text, answered);
            if editor.editable {
                kinds::show(ui, editor, asked, place, takes);
                if current {
                    said_after_moving(ui, editor, asked);
                    pressed = tools(ui, editor, asked);
                }
            } else {
                read::answer(ui, editor, asked);
            }
        })
    });
    let rect = shown.inner.response.rect;
    rests::remember(ui, editor, place, rect.height());
    if comes_up {
        ui.scroll_to_rect(rect.expand(18.0), Some(egui::Align::TOP));
    }
    notice_focus(ui, editor, asked, rect);
    pressed
}

/// Marks the prompt that has the keyboard as the one in use. While the pointer is down it
/// waits: tools that appear or go would move the text from under it.
fn notice_focus(ui: &Ui, editor: &mut Editor<'_>, asked: &Asked, rect: egui::Rect) {
    let pressed = ui.input(|input| input.pointer.any_down());
    let settled = editor.inputs.editor.go_to.is_none();
    if !editor.editable || pressed || !settled || !focus_is_in(ui, rect) {
        return;
    }
    if asked.prompt.kind != PromptKind::Action {
        editor.inputs.editor.unfolded = None;
    }
    if editor.inputs.focus.as_deref() != Some(asked.prompt.id.as_str()) {
        editor.inputs.focus = Some(asked.prompt.id.clone());
        editor.inputs.editor.moved = None;
        ui.request_repaint();
    }
}

/// Whether a prompt has an answer; one for actions has one when there is an action.
pub fn is_answered(editor: &Editor<'_>, asked: &Asked) -> bool {
    match asked.prompt.kind {
        PromptKind::Action => editor.own.iter().any(|(_, action)| !action.text.trim().is_empty()),
        _ => asked.is_answered(),
    }
}

fn said_after_moving(ui: &mut Ui, editor: &Editor<'_>, asked: &Asked) {
    if let Some((prompt, words)) = &editor.inputs.editor.moved
        && *prompt == asked.prompt.id
    {
        text::hint(ui, words);
    }
}

/// The row of tools under the answer in use.
fn tools(ui: &mut Ui, editor: &Editor<'_>, asked: &Asked) -> Option<Tool> {
    if asked.prompt.kind == PromptKind::Action {
        return None;
    }
    borrow_words(ui, asked);
    let mut pressed = None;
    let share = ask::share_verb(&editor.called);
    let room = ui.available_width();
    // The words of the first button stand under those of the answer.
    let mut place = ui.available_rect_before_wrap();
    place.min.x -= 10.0;
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        let mut add = |ui: &mut Ui, tool, icon, words: &str| {
            if ui.add(Button::ghost(words).icon(icon).small()).clicked() {
                pressed = Some(tool);
            }
        };
        let buttons = |ui: &mut Ui| {
            ui.spacing_mut().item_spacing = egui::vec2(2.0, 2.0);
            add(ui, Tool::Action, Icon::CheckSquare, "Make an action");
            if editor.is_reflection() {
                return;
            }
            add(ui, Tool::Offer, Icon::FileArrowUp, "Offer to ARCP");
            match asked.layer {
                Layer::Private => add(ui, Tool::Share, Icon::Users, &share),
                Layer::Shared => add(ui, Tool::Private, Icon::EyeSlash, "Make private"),
                Layer::Arcp => {}
            }
        };
        if room > 620.0 {
            let hint = |ui: &mut Ui| {
                let colour = theme::of(ui).text2;
                text::show(ui, "Ctrl Enter for the next prompt", Type::Small, colour);
            };
            page::row(ui, buttons, hint);
        } else {
            ui.horizontal_wrapped(buttons);
        }
    });
    pressed
}

/// Words to borrow for a hard moment, if the template has some.
fn borrow_words(ui: &mut Ui, asked: &Asked) {
    if !asked.prompt.phrases.is_empty() {
        let words: Vec<String> =
            asked.prompt.phrases.iter().map(|words| format!("“{words}”")).collect();
        text::small(ui, &format!("You could say: {}", words.join(" or ")));
    }
}
