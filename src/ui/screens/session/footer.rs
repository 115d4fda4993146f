//! The bar at the foot: on to the next prompt, and the end of the session.

use egui::{Align, Frame, Layout, Margin, Stroke, Ui};

use super::{Editor, guidance, wishes};
use crate::app::action::SessionAction;
use crate::app::keeping::{Form, KeepingAction};
use crate::app::letter::{LetterAction, Topic};
use crate::app::{Action, Command};
use crate::model::Layer;
use crate::ui::screens::exit_card;
use crate::ui::theme::{self, Icon, Space, tokens};
use crate::ui::widgets::layer::count_words;
use crate::ui::widgets::{Button, IconButton, Room, text};

/// Below this width the buttons take two rows.
const ONE_ROW: f32 = 360.0;

/// How high it is in a window so many points wide.
pub fn height(room: Room, width: f32) -> f32 {
    let control = &tokens().control;
    match room {
        Room::Wide | Room::Medium => control.footer_bar,
        _ if width >= ONE_ROW => control.footer_bar_narrow,
        _ => 2.0 * control.footer_bar_narrow - Space::S.pts(),
    }
}

/// Draws it.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>, room: Room) {
    let p = theme::of(ui);
    let place = ui.max_rect();
    ui.painter().rect_filled(place, 0.0, p.surface);
    let stroke = Stroke::new(theme::line_width(ui), p.line);
    ui.painter().hline(place.x_range(), place.top() + 0.5, stroke);
    let side = if room >= Room::Medium { 22 } else { 12 };
    Frame::NONE.inner_margin(Margin::symmetric(side, 0)).show(ui, |ui| {
        if place.width() < ONE_ROW {
            ui.add_space(Space::S.pts());
            ui.horizontal_wrapped(|ui| buttons(ui, editor, room));
        } else {
            ui.set_height(place.height());
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                buttons(ui, editor, room);
            });
        }
    });
}

fn buttons(ui: &mut Ui, editor: &mut Editor<'_>, room: Room) {
    if !editor.editable {
        reading(ui, editor);
        return;
    }
    if room >= Room::Medium {
        room_mode(ui, editor);
        history(ui, editor);
        steps(ui, editor);
        turns(ui, editor);
        quiet(ui, editor, room);
        if room == Room::Medium && !editor.is_reflection() {
            margin_button(ui, editor);
        }
        // The steps come first for Tab, the end of the session last.
        let words = finish_words(editor, room);
        let said = if editor.is_reflection() { "" } else { "Nothing is sent until you choose to" };
        let button = Button::primary(words).measure(ui) + 20.0;
        let both = button + text::width(ui, said);
        let said = if both <= ui.available_width() { said } else { "" };
        ui.add_space((ui.available_width() - button - text::width(ui, said)).max(0.0));
        text::small(ui, said);
        finish(ui, editor, words);
        return;
    }
    let words = finish_words(editor, room);
    if ui.add(Button::secondary("Back").icon(Icon::CaretLeft).small()).clicked() {
        wishes::step(editor, false);
        ui.request_repaint();
    }
    let next = Button::secondary("Next prompt").icon_after(Icon::CaretRight).small();
    if ui.add(next).clicked() {
        wishes::step(editor, true);
        ui.request_repaint();
    }
    if ui.max_rect().width() >= ONE_ROW - 24.0 {
        let button = Button::primary(words).small();
        ui.add_space((ui.available_width() - button.measure(ui)).max(0.0));
    }
    finish(ui, editor, words);
}

fn finish_words(editor: &Editor<'_>, room: Room) -> &'static str {
    match (room >= Room::Medium, editor.is_reflection()) {
        (false, _) => "Finish",
        (true, false) => "Finish session",
        (true, true) => "Finish reflection",
    }
}

fn finish(ui: &mut Ui, editor: &mut Editor<'_>, words: &str) {
    let mut button = Button::primary(words);
    if Room::of(ui) < Room::Medium {
        button = button.small();
    }
    if ui.add(button).clicked() {
        editor.out.push(Action::Session(SessionAction::BeginToFinish));
    }
}

/// The way to the page that two people may look at.
fn room_mode(ui: &mut Ui, editor: &mut Editor<'_>) {
    if editor.is_reflection() {
        return;
    }
    let button = Button::ghost(Command::RoomMode.text()).icon(Icon::ProjectorScreen);
    let keys = Command::RoomMode.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
    let hint = format!("{keys}. {}", Command::RoomMode.hint());
    if ui.add(button).on_hover_text(hint).clicked() {
        editor.out.push(Action::Do(Command::RoomMode));
    }
}

fn history(ui: &mut Ui, editor: &mut Editor<'_>) {
    let button = Button::ghost(Command::History.text()).icon(Icon::ClockCounterClockwise);
    let keys = Command::History.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
    if ui.add(button).on_hover_text(keys).clicked() {
        editor.out.push(Action::Do(Command::History));
    }
}

/// Undo and redo.
fn steps(ui: &mut Ui, editor: &mut Editor<'_>) {
    for (command, icon, can) in [
        (Command::Undo, Icon::ArrowCounterClockwise, editor.draft.can_undo()),
        (Command::Redo, Icon::ArrowClockwise, editor.draft.can_redo()),
    ] {
        let keys = command.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
        let button = ui.add_enabled(can, IconButton::new(icon, command.text()));
        if button.on_hover_text(keys).clicked() {
            editor.out.push(Action::Do(command));
        }
    }
}

/// The way to what to do when the talk turns into something else, where the template says it.
fn turns(ui: &mut Ui, editor: &mut Editor<'_>) {
    if editor.if_it_turns().is_empty() {
        return;
    }
    let button = Button::ghost("If it turns").icon(Icon::Lifebuoy).name(exit_card::TITLE);
    if ui.add(button).on_hover_text(exit_card::TITLE).clicked() {
        editor.inputs.exit_card = Some(0);
        ui.request_repaint();
    }
}

/// The ways to the whole window and to the guidance, at a reflection.
fn quiet(ui: &mut Ui, editor: &mut Editor<'_>, room: Room) {
    if !editor.is_reflection() {
        return;
    }
    let command = Command::QuietWriting;
    let keys = command.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
    let hint = format!("{keys}. {}", command.hint());
    if room == Room::Wide {
        if ui.add(Button::ghost(command.text()).icon(Icon::Moon)).on_hover_text(hint).clicked() {
            editor.out.push(Action::Do(command));
        }
        return;
    }
    if ui.add(IconButton::new(Icon::Moon, command.text())).on_hover_text(hint).clicked() {
        editor.out.push(Action::Do(command));
    }
    let guide = ui.add(IconButton::new(Icon::Info, guidance::TITLE));
    if guide.on_hover_text(guidance::TITLE).clicked() {
        editor.inputs.editor.guidance_open ^= true;
        ui.request_repaint();
    }
}

fn margin_button(ui: &mut Ui, editor: &mut Editor<'_>) {
    let words = count_words(Layer::Private, editor.draft.session.count(Layer::Private));
    let name = format!("Private margin, {words}");
    if ui.add(Button::private("Private margin").icon(Icon::EyeSlash).name(&name)).clicked() {
        editor.inputs.editor.margin_open = !editor.inputs.editor.margin_open;
        ui.request_repaint();
    }
}

/// The way to what leaves of a talk that was held.
fn send_note(ui: &mut Ui, editor: &mut Editor<'_>) {
    if editor.is_reflection() {
        return;
    }
    let mut button = Button::ghost("Send the note…").icon(Icon::PaperPlaneTilt);
    if Room::of(ui) < Room::Medium {
        button = button.small();
    }
    if ui.add(button).clicked() {
        let topic = Topic::Note(editor.draft.id);
        editor.out.push(Action::Letter(LetterAction::Show(topic)));
    }
}

/// The way to what was sent of it, or that nothing was.
fn sent(ui: &mut Ui, editor: &mut Editor<'_>) {
    let id = editor.draft.id;
    if !editor.open.journal.all_receipts().any(|(_, receipt)| receipt.of == Some(id)) {
        text::small(ui, "Finished. Nothing was sent by finishing.");
        return;
    }
    let button = Button::quiet("Show what was sent").icon(Icon::Receipt);
    if ui.add(button).clicked() {
        editor.out.push(Action::Keeping(KeepingAction::Ask(Form::Sent(id))));
    }
}

/// What can be done with something that is only read.
fn reading(ui: &mut Ui, editor: &mut Editor<'_>) {
    history(ui, editor);
    if editor.open.read_only.is_some() {
        text::small(ui, "This record can only be read just now");
        return;
    }
    send_note(ui, editor);
    sent(ui, editor);
    let button = Button::secondary("Change it").icon(Icon::PencilSimple);
    ui.add_space((ui.available_width() - button.measure(ui)).max(0.0));
    let change = ui.add(button);
    if ui.memory(egui::Memory::focused).is_none() {
        change.request_focus();
    }
    if change.clicked() {
        editor.out.push(Action::Session(SessionAction::Reopen));
    }
}
