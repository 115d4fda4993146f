//! The prompts: a question, its layer, the answer, and the tools of the one in use.

use egui::{Rect, Ui, UiBuilder, pos2};

use super::{
    Editor, actions, arcp, ask, basis, earlier, files, focus_is_in, goals, kinds, last_time, links,
    margin, other_view, read, rests, tags, wishes,
};
use crate::app::inputs::{Caret, EditorSpot};
use crate::model::{Asked, Basis, Layer, PromptKind};
use crate::ui::theme::{self, Icon, Type};
use crate::ui::widgets::{Button, answer, layer, menu, page, text};

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
    /// Mark what it rests on.
    Basis(Option<Basis>),
    /// Write down what somebody says who sees it differently.
    OtherView,
    /// Bring in what the other person wrote before the meeting.
    BringAnswers,
    /// Show what was answered to it before.
    Earlier,
}

/// Draws everything that is asked, in the order of the conversation; `only` one layer of it.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>, only: Option<Layer>) {
    let shows = |layer| only.is_none_or(|only| only == layer);
    let top = ui.cursor().min;
    if shows(Layer::Shared) {
        last_time::show(ui, editor);
        goals::show(ui, editor);
    }
    let above = Rect::from_min_max(top, pos2(ui.max_rect().right(), ui.cursor().top()));
    editor.inputs.editor.above = focus_is_in(ui, above);
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
    if only.is_none_or(|only| only == Layer::Private) {
        tags::show(ui, editor);
        links::show(ui, editor);
    }
    if only == Some(Layer::Private) || editor.is_reflection() {
        ui.vertical(|ui| files::show(ui, editor));
    }
    if let Some(tool) = pressed {
        wishes::use_tool(ui, editor, tool);
    }
}

/// Draws the questions with their answers and nothing else.
pub fn quietly(ui: &mut Ui, editor: &mut Editor<'_>) {
    let mut sections = std::mem::take(&mut editor.draft.session.sections);
    let mut pressed = None;
    for (part, section) in sections.iter_mut().enumerate() {
        for (at, asked) in section.items.iter_mut().enumerate() {
            if asked.prompt.kind == PromptKind::Text {
                pressed = prompt(ui, editor, asked, (part, at)).or(pressed);
            }
        }
    }
    editor.draft.session.sections = sections;
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
                basis::line(ui, asked.basis);
                basis::origin(ui, &editor.draft.session, asked);
                other_view::show(ui, editor, asked, current);
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
fn notice_focus(ui: &Ui, editor: &mut Editor<'_>, asked: &Asked, rect: Rect) {
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
        if asked.prompt.kind != PromptKind::Text {
            let caret = Caret { prompt: asked.prompt.id.clone(), at: None };
            editor.inputs.carets.insert(editor.draft.id, caret);
        }
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
    if editor.inputs.editor.quiet {
        return None;
    }
    let mut pressed = None;
    let mut rare = None;
    let share = ask::share_verb(&editor.called);
    let earlier = earlier::answers(editor, &asked.prompt.id).len();
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
            if earlier > 0 {
                let name = format!("Last answers, {earlier}");
                let button = Button::ghost("Last answers").icon(Icon::ClockCounterClockwise);
                if ui.add(button.small().name(&name)).clicked() {
                    rare = Some(Tool::Earlier);
                }
            }
            rare = more(ui, asked).or(rare);
        };
        if room > 620.0 && earlier == 0 {
            let hint = |ui: &mut Ui| {
                let colour = theme::of(ui).text2;
                text::show(ui, "Ctrl Enter for the next prompt", Type::Small, colour);
            };
            page::row(ui, buttons, hint);
        } else {
            ui.horizontal_wrapped(buttons);
        }
    });
    pressed.or(rare)
}

/// What is wanted less often: what the answer rests on, and what somebody says who sees it
/// differently.
fn more(ui: &mut Ui, asked: &Asked) -> Option<Tool> {
    let mut pressed = None;
    let button = Button::ghost("More").small().name("More to do with this answer");
    menu::menu(ui, button, |ui| {
        let mark = basis::rows(ui, asked.basis).map(Tool::Basis);
        let view = asked.other_view.is_none()
            && menu::menu_row(ui, Some(Icon::Users), "Add another view", "").clicked();
        let answers = menu::menu_row(ui, Some(Icon::TrayArrowDown), "Bring in answers…", "");
        let answers = answers.clicked().then_some(Tool::BringAnswers);
        pressed = mark.or(view.then_some(Tool::OtherView)).or(answers);
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
