//! The private margin: notes beside the conversation that only the writer reads.

use egui::{Frame, Id as UiId, Margin as Sides, Rect, ScrollArea, Ui};

use super::{Editor, basis, files, read, wishes, writing};
use crate::app::inputs::EditorSpot;
use crate::model::{Layer, Margin};
use crate::ui::theme::{self, Icon, Space, Type, tokens};
use crate::ui::widgets::answer::Answer;
use crate::ui::widgets::{Button, Drawer, IconButton, Level, Room, layer, text};

/// Draws it as the panel at the right.
pub fn panel(ui: &mut Ui, editor: &mut Editor<'_>) {
    let p = theme::of(ui);
    let place = ui.max_rect();
    ui.painter().rect_filled(place, 0.0, p.private_bg);
    layer::paint_edge_line(ui.painter(), place.left(), place.y_range(), p.private_edge);
    contents(ui, editor, false);
}

/// Draws it as a drawer over this part of the page.
pub fn drawer(ui: &Ui, editor: &mut Editor<'_>, over: Rect) {
    let width = tokens().layout.private_margin;
    let drawer = Drawer::new("Private margin", width).private();
    let shown = drawer.show(ui, over, |ui, _| contents(ui, editor, true));
    if shown.close {
        editor.inputs.editor.margin_open = false;
    }
}

fn contents(ui: &mut Ui, editor: &mut Editor<'_>, closes: bool) {
    let p = theme::of(ui);
    ScrollArea::vertical().id_salt("margin").auto_shrink(false).show(ui, |ui| {
        Frame::NONE.inner_margin(Sides { left: 18, right: 18, top: 14, bottom: 20 }).show(
            ui,
            |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = Space::M.pts();
                ui.horizontal(|ui| {
                    let size = 20.0;
                    let room = egui::vec2(size, 24.0);
                    let (mark, _) = ui.allocate_exact_size(room, egui::Sense::hover());
                    Icon::EyeSlash.paint(ui.painter(), mark.center(), size, p.private);
                    text::heading_in(ui, Level::Group, Layer::Private.words(), p.private);
                    if closes {
                        let right = egui::Layout::right_to_left(egui::Align::Center);
                        ui.with_layout(right, |ui| {
                            if ui
                                .add(IconButton::new(Icon::X, "Close the private margin"))
                                .clicked()
                            {
                                editor.inputs.editor.margin_open = false;
                            }
                        });
                    }
                });
                text::small(
                    ui,
                    &format!(
                        "{} never receives this side. It is not secret from the law.",
                        editor.called
                    ),
                );
                notes(ui, editor);
                ui.add_space(Space::S.pts());
                files::show(ui, editor);
                if editor.editable {
                    ui.add_space(Space::S.pts());
                    text::small(ui, "Ctrl Shift P moves the cursor here and back");
                }
            },
        );
    });
}

/// Draws the notes: those beside the prompt in use first, then the others.
pub fn notes(ui: &mut Ui, editor: &mut Editor<'_>) {
    tidy(ui, editor);
    let beside = editor.inputs.focus.clone();
    let mut notes = std::mem::take(&mut editor.draft.session.margin);
    let here = |note: &Margin| beside.is_some() && note.beside == beside;
    let mut order: Vec<usize> = (0..notes.len()).collect();
    order.sort_by_key(|at| notes.get(*at).is_none_or(|note| !here(note)));
    for at in order {
        if let Some(note) = notes.get_mut(at) {
            self::note(ui, editor, at, note);
        }
    }
    if notes.is_empty() && !editor.editable {
        text::secondary(ui, "No private notes");
    }
    editor.draft.session.margin = notes;
    if editor.editable {
        add_button(ui, editor);
    }
}

/// Takes empty notes away once the writer has gone elsewhere; not while the pointer is down,
/// for what it points at must not move.
fn tidy(ui: &Ui, editor: &mut Editor<'_>) {
    let pressed = ui.input(|input| input.pointer.any_down());
    let going = matches!(editor.inputs.editor.go_to, Some(EditorSpot::Note(_)));
    if pressed || going || !editor.editable || in_use(ui, editor).is_some() {
        return;
    }
    let beside = editor.inputs.focus.clone();
    let notes = &mut editor.draft.session.margin;
    notes.retain(|note| !note.text.trim().is_empty() || note.beside == beside);
}

fn note(ui: &mut Ui, editor: &mut Editor<'_>, at: usize, note: &mut Margin) {
    let p = theme::of(ui);
    let question = note.beside.as_deref().and_then(|id| asked_words(editor, id));
    let caption = match question {
        Some(words) => format!("Beside “{words}”"),
        None => "Beside the whole conversation".to_owned(),
    };
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::show(ui, &caption, Type::HintStrong, p.text2);
        if !editor.editable {
            let (marks, bring_up) = writing::read_marks(editor, &EditorSpot::Note(at));
            read::show(ui, &note.text, Type::Body, &marks, bring_up);
            basis::line(ui, note.basis);
            return;
        }
        let id = note_id(editor, at);
        if editor.takes(&EditorSpot::Note(at)) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let mark = note.basis.map(|basis| format!(". {}", basis.words())).unwrap_or_default();
        let label = format!("{}. {caption}{mark}", Layer::Private.words());
        let answer = Answer::new(id, &label).kind(Type::Body).private().rows(2);
        let spot = EditorSpot::Note(at);
        if writing::field(ui, editor, (answer, id), &spot, &mut note.text).1 {
            editor.touch();
        }
        if !note.text.trim().is_empty() && basis::choose(ui, &mut note.basis) {
            editor.touch();
        }
    });
}

/// The question a note stands beside. While the prompts are drawn they are not at hand, and the
/// template's words stand in.
fn asked_words(editor: &Editor<'_>, prompt: &str) -> Option<String> {
    wishes::find(editor, prompt).map(|(_, asked)| asked.prompt.text.clone())
}

/// The id of a note, counted from 0.
pub fn note_id(editor: &Editor<'_>, at: usize) -> UiId {
    UiId::unique(("note", editor.draft.id, at))
}

fn add_button(ui: &mut Ui, editor: &mut Editor<'_>) {
    let button = Button::private("Add a private note").icon(Icon::Plus).small();
    if ui.add(button).clicked() {
        write(editor);
        ui.request_repaint();
    }
}

/// Goes to an empty note beside the prompt in use; makes one if there is none.
fn write(editor: &mut Editor<'_>) {
    let beside = editor.inputs.focus.clone();
    let notes = &mut editor.draft.session.margin;
    let empty = notes.iter().position(|note| note.beside == beside && note.text.trim().is_empty());
    let at = empty.unwrap_or(notes.len());
    if empty.is_none() {
        notes.push(Margin { beside, ..Margin::default() });
    }
    show_note(editor, at);
}

/// Goes to a note, counted from 0.
pub fn show_note(editor: &mut Editor<'_>, at: usize) {
    editor.inputs.editor.margin_open = true;
    editor.inputs.editor.tab = Some(Layer::Private);
    editor.inputs.editor.go_to = Some(EditorSpot::Note(at));
}

/// The note that has the keyboard.
fn in_use(ui: &Ui, editor: &Editor<'_>) -> Option<usize> {
    let held = ui.memory(egui::Memory::focused)?;
    (0..editor.draft.session.margin.len()).find(|at| note_id(editor, *at) == held)
}

/// The words of the note that has the keyboard.
pub fn note_in_use(ui: &Ui, editor: &Editor<'_>) -> Option<String> {
    editor.draft.session.margin.get(in_use(ui, editor)?).map(|note| note.text.clone())
}

/// From a prompt to the note beside it, made when there is none; from a note back.
pub fn to_and_back(ui: &Ui, editor: &mut Editor<'_>) {
    if editor.is_reflection() {
        return;
    }
    if in_use(ui, editor).is_some() {
        if Room::of(ui) == Room::Medium {
            editor.inputs.editor.margin_open = false;
        }
        if let Some(prompt) = editor.inputs.focus.clone() {
            wishes::go_to(editor, prompt);
        }
        return;
    }
    let beside = &editor.inputs.focus;
    match editor.draft.session.margin.iter().position(|note| note.beside == *beside) {
        Some(at) => show_note(editor, at),
        None => write(editor),
    }
}
