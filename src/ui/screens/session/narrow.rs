//! The small window: the layers are tabs, the outline is a menu.

use egui::{Align, Frame, Layout, Margin, Rect, Role, Ui};

use super::outline::{self, Part};
use super::{Editor, guidance, scrolled};
use crate::app::{Action, Command};
use crate::model::Layer;
use crate::ui::screens::exit_card;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::{Button, layer, menu, page, text};

/// Draws the bar of layers and what lies in the one that is shown.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>, body: Rect) {
    let title = editor.draft.session.title.clone();
    page::region(ui, &title, Role::Main, body, |ui| {
        let only = (!editor.is_reflection()).then(|| shown(editor));
        Frame::NONE.inner_margin(Margin { left: 16, right: 16, top: 9, bottom: 4 }).show(
            ui,
            |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = egui::vec2(6.0, 6.0);
                    if let Some(now) = only {
                        tabs(ui, editor, now);
                    }
                    parts(ui, editor);
                });
            },
        );
        scrolled(ui, editor, 16, only);
    });
}

/// The layer that is shown.
fn shown(editor: &Editor<'_>) -> Layer {
    editor.inputs.editor.tab.unwrap_or(Layer::Shared)
}

fn tabs(ui: &mut Ui, editor: &mut Editor<'_>, now: Layer) {
    for (tab, name) in
        [(Layer::Shared, "Shared"), (Layer::Private, "Private to me"), (Layer::Arcp, "ARCP")]
    {
        let count = editor.draft.session.count(tab);
        if layer::tab(ui, tab, &format!("{name} {count}"), tab == now).clicked() {
            editor.inputs.editor.tab = Some(tab);
            ui.request_repaint();
        }
    }
}

/// The outline as a menu, and the time.
fn parts(ui: &mut Ui, editor: &mut Editor<'_>) {
    let parts = outline::parts(editor);
    let at = parts.iter().position(|part| part.current);
    let words = match at.and_then(|at| Some((at, parts.get(at)?))) {
        Some((at, part)) => format!("{}, {} of {}", part.title, at + 1, parts.len()),
        None => "Parts".to_owned(),
    };
    let time = editor.time_words();
    let mut chosen: Option<&Part> = None;
    let mut history = false;
    let mut room = false;
    let talk = editor.editable && !editor.is_reflection();
    let mut card = false;
    let mut wish = None;
    let switch = editor.editable.then(|| editor.time_switch());
    let steps = [
        (Command::Undo, Icon::ArrowCounterClockwise, editor.draft.can_undo()),
        (Command::Redo, Icon::ArrowClockwise, editor.draft.can_redo()),
    ];
    let turns = !editor.if_it_turns().is_empty();
    let alone = editor.editable && editor.is_reflection();
    let mut guide = false;
    let mut draw = |ui: &mut Ui| {
        let button = Button::secondary(&words).icon_after(Icon::CaretDown).small();
        menu::menu(ui, button, |ui| {
            for part in &parts {
                let icon = (part.state == outline::State::Done).then_some(Icon::Check);
                if menu::menu_row(ui, icon, &part.title, "").clicked() {
                    chosen = Some(part);
                }
            }
            let keys = Command::RoomMode.shortcut().map(|keys| keys.to_string());
            let (icon, words) = (Some(Icon::ProjectorScreen), Command::RoomMode.text());
            if talk && menu::menu_row(ui, icon, words, &keys.unwrap_or_default()).clicked() {
                room = true;
            }
            let keys = Command::History.shortcut().map(|keys| keys.to_string());
            let words = Command::History.text();
            let icon = Some(Icon::ClockCounterClockwise);
            if menu::menu_row(ui, icon, words, &keys.unwrap_or_default()).clicked() {
                history = true;
            }
            for (command, icon, can) in steps {
                let keys = command.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
                if can && menu::menu_row(ui, Some(icon), command.text(), &keys).clicked() {
                    wish = Some(Action::Do(command));
                }
            }
            if let Some((icon, words, action)) = &switch
                && menu::menu_row(ui, Some(*icon), words, "").clicked()
            {
                wish = Some(action.clone());
            }
            let quiet = Command::QuietWriting;
            let keys = quiet.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
            if alone && menu::menu_row(ui, Some(Icon::Moon), quiet.text(), &keys).clicked() {
                wish = Some(Action::Do(quiet));
            }
            if alone && menu::menu_row(ui, Some(Icon::Info), guidance::TITLE, "").clicked() {
                guide = true;
            }
            if turns && menu::menu_row(ui, Some(Icon::Lifebuoy), exit_card::TITLE, "").clicked() {
                card = true;
            }
        });
        ui.add_space(Space::Xs.pts());
        // The time is never broken in the middle.
        if ui.available_size_before_wrap().x < text::width(ui, &time) {
            ui.end_row();
        }
        text::small(ui, &time);
    };
    if ui.available_size_before_wrap().x > 260.0 {
        ui.with_layout(Layout::right_to_left(Align::Center), draw);
    } else {
        draw(ui);
    }
    if card {
        editor.inputs.exit_card = Some(0);
        ui.request_repaint();
    }
    if guide {
        editor.inputs.editor.guidance_open = true;
        ui.request_repaint();
    }
    editor.out.extend(wish);
    if room {
        editor.out.push(Action::Do(Command::RoomMode));
    }
    if history {
        editor.out.push(Action::Do(Command::History));
    }
    if let Some(part) = chosen {
        outline::open(editor, part);
        ui.request_repaint();
    }
}
