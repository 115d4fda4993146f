//! The bar at the foot: whether it can be used, its history, and the way to save it.

use egui::{Align, Frame, Layout, Margin, Stroke, Ui, vec2};

use super::Editor;
use crate::app::action::{LibraryAction, TemplateAction};
use crate::app::{Action, Command};
use crate::library::mend::Mend;
use crate::model::own::template_id;
use crate::ui::theme::{self, Icon, IconSize, Space, Type, tokens};
use crate::ui::widgets::{Banner, Button, Room, text};

/// How high it is in a window so many points wide.
pub fn height(room: Room, width: f32) -> f32 {
    let control = &tokens().control;
    match room {
        Room::Wide | Room::Medium => control.footer_bar,
        _ if width >= 560.0 => control.footer_bar_narrow + 30.0,
        _ => control.footer_bar_narrow + 54.0,
    }
}

/// Draws it.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>, room: Room) {
    let p = theme::of(ui);
    let place = ui.max_rect();
    ui.painter().rect_filled(place, 0.0, p.surface);
    let stroke = Stroke::new(theme::line_width(ui), p.line);
    ui.painter().hline(place.x_range(), place.top() + 0.5, stroke);
    let main = Main::of(editor);
    let side = if room >= Room::Medium { 22 } else { 12 };
    Frame::NONE.inner_margin(Margin::symmetric(side, 0)).show(ui, |ui| {
        if room >= Room::Medium {
            ui.set_height(place.height());
            one_row(ui, editor, room, &main);
            return;
        }
        ui.spacing_mut().item_spacing = vec2(Space::S.pts(), Space::Xs.pts());
        ui.add_space(Space::S.pts());
        ui.horizontal(|ui| said(ui, editor));
        ui.horizontal_wrapped(|ui| {
            if editor.held().is_some() && ui.add(history().small()).clicked() {
                editor.out.push(Action::Do(Command::History));
            }
            main.show(ui, editor, Button::small);
        });
    });
}

/// The words take what the buttons leave.
fn one_row(ui: &mut Ui, editor: &mut Editor<'_>, room: Room, main: &Main) {
    let gap = Space::S.pts();
    ui.spacing_mut().item_spacing.x = gap;
    let preview = || Button::secondary("Preview").icon(Icon::Eye);
    let mut buttons = main.button().measure(ui) + gap;
    if room < Room::Wide {
        buttons += preview().measure(ui) + gap;
    }
    if editor.held().is_some() {
        buttons += history().measure(ui) + gap;
    }
    let row = Layout::left_to_right(Align::Center);
    ui.with_layout(row, |ui| {
        let size = vec2((ui.available_width() - buttons).max(80.0), ui.available_height());
        ui.allocate_ui_with_layout(size, row, |ui| {
            ui.set_min_size(size);
            said(ui, editor);
        });
        if room < Room::Wide && ui.add(preview()).clicked() {
            let open = &mut editor.inputs.template.preview_open;
            *open = !*open;
            ui.request_repaint();
        }
        if editor.held().is_some() {
            let keys = Command::History.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
            if ui.add(history()).on_hover_text(keys).clicked() {
                editor.out.push(Action::Do(Command::History));
            }
        }
        main.show(ui, editor, |button| button);
    });
}

const fn history() -> Button<'static> {
    Button::ghost(Command::History.text()).icon(Icon::ClockCounterClockwise)
}

/// Whether it can be used, in words.
fn said(ui: &mut Ui, editor: &Editor<'_>) {
    let p = theme::of(ui);
    let (icon, ink, lead, rest) = match editor.mends.first() {
        Some(mend) => {
            let lead = mend.from_afar(&editor.edit.template);
            (Icon::WarningCircle, p.attn, lead, String::new())
        }
        None => (Icon::CheckCircle, p.success, "Ready to use.".to_owned(), version(editor)),
    };
    let side = IconSize::Nav.pts();
    let (rect, _) = ui.allocate_exact_size(vec2(side, 24.0), egui::Sense::hover());
    icon.paint(ui.painter(), rect.center(), side, ink);
    let response =
        text::runs(ui, &[(&lead, Type::Strong, p.text), (&rest, Type::Control, p.text2)]);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
    });
}

/// "“Mid-point review”, version 3, not yet saved as 4".
fn version(editor: &Editor<'_>) -> String {
    let next = next_version(editor);
    match (&editor.edit.saved, editor.edit.is_changed()) {
        (None, _) => "Not saved as a template yet".to_owned(),
        (Some(saved), true) => {
            format!("“{}”, version {}, not yet saved as {next}", saved.title, saved.version)
        }
        (Some(saved), false) => format!("“{}”, version {}", saved.title, saved.version),
    }
}

fn next_version(editor: &Editor<'_>) -> u32 {
    let held = editor.held().map_or(0, |held| held.version);
    held.max(editor.edit.template.version).saturating_add(1)
}

/// The one button: mend, save, or use what is saved.
enum Main {
    Use,
    Mend(Mend, String),
    Save(String),
}

impl Main {
    fn of(editor: &Editor<'_>) -> Main {
        let held = editor.held().is_some_and(|held| held.removed.is_none());
        if held && !editor.edit.is_changed() {
            return Main::Use;
        }
        match editor.mends.first() {
            Some(mend) => Main::Mend(mend.clone(), mend.button(&editor.edit.template)),
            None => Main::Save(format!("Save as version {}", next_version(editor))),
        }
    }

    fn button(&self) -> Button<'_> {
        match self {
            Main::Use => Button::primary("Use it").icon(Icon::ArrowRight),
            Main::Mend(_, words) => Button::primary(words).cannot_yet(true),
            Main::Save(words) => Button::primary(words),
        }
    }

    fn show<'s>(
        &'s self,
        ui: &mut Ui,
        editor: &mut Editor<'_>,
        sized: impl FnOnce(Button<'s>) -> Button<'s>,
    ) {
        let id = egui::Id::unique(("save the template", editor.id));
        if !ui.add(sized(self.button()).id(id)).clicked() {
            return;
        }
        match self {
            Main::Use => {
                let wish = LibraryAction::Choose(template_id(editor.id));
                editor.out.push(Action::Library(wish));
            }
            Main::Mend(mend, _) => {
                editor.write_in(mend.spot, mend.slot);
                editor.inputs.template.fresh = None;
                ui.request_repaint();
            }
            Main::Save(_) => {
                editor.out.push(Action::Template(TemplateAction::Save(editor.id)));
            }
        }
    }
}

/// Says that a newer version was saved since this was begun.
pub fn saved_elsewhere(ui: &mut Ui, editor: &Editor<'_>) {
    let Some(held) = editor.held().map(|held| held.version) else { return };
    if held > editor.edit.template.version {
        let lead = format!("Version {held} was saved since you began this.");
        let next = next_version(editor);
        let words = format!(
            "What you write here becomes version {next}. Version {held} stays in the history."
        );
        Banner::information(&lead).words(&words).show(ui);
    }
}
