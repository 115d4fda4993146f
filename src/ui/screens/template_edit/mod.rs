//! The template editor: parts and prompts at the left, the fields of one of them in the middle, at
//! the right how it will look. In a small window each is a page of its own.
//!
//! Everything typed goes into the edit, which is kept as a draft; it becomes a version of the
//! template when its writer saves it.

mod about;
mod fields;
mod footer;
mod form;
mod kinds;
mod list;
mod part;
mod preview;
mod reading;
mod row;
mod sample;

use egui::{Frame, Id as WidgetId, Key, Margin, Rect, Role, ScrollArea, Stroke, Ui};

use crate::app::inputs::{EditorWish, Inputs};
use crate::app::state::{Open, State};
use crate::app::template_edit::{Column, TemplateEdit};
use crate::app::{Action, Screen};
use crate::library::ReferenceList;
use crate::library::mend::{Mend, Slot, Spot, mends};
use crate::model::own::list_id;
use crate::model::{Id, Template};
use crate::ui::View;
use crate::ui::theme::{self, Space, tokens};
use crate::ui::widgets::{Button, Drawer, Room, choice, page};

/// The least and the greatest width of the preview beside the fields, in points.
const PREVIEW: (f32, f32) = (316.0, 372.0);
/// The greatest width of a field.
const FIELD: f32 = 620.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id) {
    let edit = match open.read_only {
        None => view.inputs.edits.remove(&id),
        Some(_) => None,
    };
    let Some(edit) = edit else {
        nothing(ui, view);
        return;
    };
    let mut editor = Editor::new(view, open, id, edit);
    let clicked = ui.input(|input| input.pointer.any_click());
    editor.busy = clicked || ui.memory(|memory| memory.top_modal_layer().is_some());
    if editor.busy && editor.inputs.template.go_to.is_some() {
        ui.request_repaint();
    }
    take_wish(ui, &mut editor);
    regions(ui, &mut editor);
    back_to_the_list(ui, &mut editor);
    let edit = editor.edit;
    view.inputs.edits.insert(id, edit);
}

fn nothing(ui: &mut Ui, view: &mut View<'_>) {
    page::page(ui, |ui| {
        let button = Button::primary("Go to the templates");
        let words = "Start from one of those in the library, or with one question.";
        if page::empty(ui, "There is no template here to write in", words, button).clicked() {
            view.out.push(Action::Go(Screen::Choose(None)));
        }
    });
}

/// What every part of the screen works on. The edit is taken out of the inputs while the screen
/// is drawn.
struct Editor<'a> {
    state: &'a State,
    open: &'a Open,
    id: Id,
    edit: TemplateEdit,
    inputs: &'a mut Inputs,
    out: &'a mut Vec<Action>,
    /// What is to be mended before it can be saved.
    mends: Vec<Mend>,
    /// Something was clicked in this frame: a field that took the keyboard now would lose it.
    busy: bool,
}

impl<'a> Editor<'a> {
    fn new(view: &'a mut View<'_>, open: &'a Open, id: Id, edit: TemplateEdit) -> Editor<'a> {
        let state = view.state;
        view.inputs.template.at = edit.nearest(view.inputs.template.at);
        Editor {
            mends: mends(&edit.template, |list| find_list(state, list).is_some()),
            state,
            open,
            id,
            edit,
            inputs: view.inputs,
            out: view.out,
            busy: false,
        }
    }

    fn at(&self) -> Spot {
        self.inputs.template.at
    }

    /// What the record holds now.
    fn held(&self) -> Option<&Template> {
        self.open.journal.own().templates.get(&self.id)
    }

    /// Works on something else from now on.
    fn select(&mut self, spot: Spot) {
        let form = &mut self.inputs.template;
        if form.at != spot {
            form.fresh = None;
        }
        form.at = spot;
        form.bring_up = true;
    }

    /// The same, with the keyboard in one of its fields.
    fn write_in(&mut self, spot: Spot, slot: Slot) {
        self.select(spot);
        self.inputs.template.go_to = Some(slot);
        self.inputs.template.shown = Column::Fields;
    }

    /// Works on something that was just added: nothing in it is called wrong yet.
    fn begin(&mut self, spot: Spot) {
        self.write_in(spot, first_slot(spot));
        self.inputs.template.fresh = Some(spot);
    }

    /// Whether this field takes the keyboard now; it does so once.
    fn takes(&mut self, slot: Slot) -> bool {
        let takes = !self.busy && self.inputs.template.go_to == Some(slot);
        if takes {
            self.inputs.template.go_to = None;
        }
        takes
    }

    /// Whether nothing is called wrong here yet.
    fn is_fresh(&self, spot: Spot) -> bool {
        match (self.inputs.template.fresh, spot) {
            (Some(Spot::Part(new)), Spot::Prompt(part, _)) => new == part,
            (fresh, spot) => fresh == Some(spot),
        }
    }

    /// What is wrong in a field of what is worked on.
    fn fault(&self, slot: Slot) -> Option<String> {
        let spot = self.at();
        let found = self.mends.iter().find(|mend| mend.spot == spot && mend.slot == slot);
        found.filter(|_| !self.is_fresh(spot)).map(Mend::here)
    }

    fn touch(&mut self) {
        self.edit.touched = true;
    }

    /// The id of a field: it goes with its prompt wherever that is moved.
    fn field_id(&self, slot: Slot) -> WidgetId {
        let prompt = match self.at() {
            Spot::Prompt(part, at) => self.edit.prompt(part, at).map(|prompt| prompt.id.clone()),
            Spot::Whole | Spot::Part(_) => None,
        };
        let part = match self.at() {
            Spot::Part(part) => Some(part),
            Spot::Whole | Spot::Prompt(..) => None,
        };
        WidgetId::unique(("template field", self.id, prompt, part, slot))
    }
}

/// The list that a template of one's own asks from, by the name it has there.
fn find_list<'a>(state: &'a State, name: &str) -> Option<&'a ReferenceList> {
    state.library.list(name).or_else(|| state.library.list(&list_id(name)))
}

const fn first_slot(spot: Spot) -> Slot {
    match spot {
        Spot::Whole => Slot::Title,
        Spot::Part(_) => Slot::PartName,
        Spot::Prompt(..) => Slot::Question,
    }
}

/// Does what a shortcut asked for.
fn take_wish(ui: &Ui, editor: &mut Editor<'_>) {
    let Some(wish) = editor.inputs.wish.take() else { return };
    match wish {
        EditorWish::NextPrompt => next_prompt(editor, true),
        EditorWish::PreviousPrompt => next_prompt(editor, false),
        EditorWish::MoveUp => step(ui, editor, false),
        EditorWish::MoveDown => step(ui, editor, true),
        EditorWish::PrivateMargin
        | EditorWish::MakeAction
        | EditorWish::OfferToArcp
        | EditorWish::NextHint
        | EditorWish::UseHint => {}
    }
}

fn next_prompt(editor: &mut Editor<'_>, on: bool) {
    let spots = editor.edit.spots();
    let Some(at) = spots.iter().position(|spot| *spot == editor.at()) else { return };
    let is_prompt = |spot: &&Spot| matches!(spot, Spot::Prompt(..));
    let to = if on {
        spots.iter().skip(at + 1).find(is_prompt)
    } else {
        spots.iter().take(at).rev().find(is_prompt)
    };
    let spot = to.copied().unwrap_or_else(|| editor.at());
    editor.write_in(spot, first_slot(spot));
}

/// Moves what is worked on one place up or down; the keyboard goes with it.
fn step(ui: &Ui, editor: &mut Editor<'_>, down: bool) {
    let from = editor.at();
    let focused = ui.memory(egui::Memory::focused);
    let in_list = focused == Some(list::row_id(editor.id, from));
    let to = editor.edit.step(from, down);
    let fresh = editor.inputs.template.fresh;
    editor.select(to);
    if fresh == Some(from) {
        editor.inputs.template.fresh = Some(to);
    }
    editor.inputs.template.to_row = in_list;
    if !in_list && matches!(to, Spot::Part(_)) {
        editor.inputs.template.go_to = Some(Slot::PartName);
    }
}

/// Esc leads from the fields back to the list.
fn back_to_the_list(ui: &Ui, editor: &mut Editor<'_>) {
    let over = egui::Popup::is_any_open(ui.ctx())
        || ui.memory(|memory| memory.top_modal_layer().is_some())
        || editor.inputs.template.preview_open;
    if !over && ui.input(|input| input.key_pressed(Key::Escape)) {
        editor.inputs.template.shown = Column::Parts;
        editor.inputs.template.to_row = true;
        ui.request_repaint();
    }
}

fn regions(ui: &mut Ui, editor: &mut Editor<'_>) {
    let room = Room::of(ui);
    let whole = ui.available_rect_before_wrap();
    let foot = footer::height(room, whole.width());
    let (body, foot) = whole.split_top_bottom_at_y(whole.bottom() - foot);
    if room >= Room::Medium {
        side_by_side(ui, editor, room, body);
    } else {
        one_by_one(ui, editor, body);
    }
    page::region(ui, "What to do next", Role::Footer, foot, |ui| footer::show(ui, editor, room));
}

fn side_by_side(ui: &mut Ui, editor: &mut Editor<'_>, room: Room, body: Rect) {
    let (left, rest) = body.split_left_right_at_x(body.left() + tokens().layout.list);
    page::region(ui, "Parts and prompts", Role::Navigation, left, |ui| {
        let line = Stroke::new(theme::line_width(ui), theme::of(ui).line);
        ui.painter().vline(left.right() - 0.5, left.y_range(), line);
        list::show(ui, editor);
    });
    if room < Room::Wide {
        fields(ui, editor, rest);
        drawer(ui, editor, body);
        return;
    }
    let width = (body.width() * 0.3).clamp(PREVIEW.0, PREVIEW.1);
    let (middle, right) = rest.split_left_right_at_x(rest.right() - width);
    fields(ui, editor, middle);
    page::region(ui, "As it will look", Role::Complementary, right, |ui| {
        let p = theme::of(ui);
        ui.painter().rect_filled(right, 0.0, p.rail);
        let line = Stroke::new(theme::line_width(ui), p.line);
        ui.painter().vline(right.left() + 0.5, right.y_range(), line);
        preview::show(ui, editor);
    });
}

fn drawer(ui: &Ui, editor: &mut Editor<'_>, body: Rect) {
    if !editor.inputs.template.preview_open {
        return;
    }
    let drawer = Drawer::new("As it will look", PREVIEW.1);
    let shown = drawer.show(ui, body, |ui, _| preview::show(ui, editor));
    if shown.close {
        editor.inputs.template.preview_open = false;
    }
}

/// Each column as a page of its own, with tabs above.
fn one_by_one(ui: &mut Ui, editor: &mut Editor<'_>, body: Rect) {
    let words = match editor.at() {
        Spot::Whole => "Template",
        Spot::Part(_) => "Part",
        Spot::Prompt(..) => "Prompt",
    };
    let tabs = [(Column::Parts, "Parts"), (Column::Fields, words), (Column::Preview, "Preview")];
    let margin = Margin { left: 16, right: 16, top: 9, bottom: 4 };
    let height = tokens().control.segment + 18.0;
    let (head, rest) = body.split_top_bottom_at_y(body.top() + height);
    page::region(ui, "What is shown", Role::Toolbar, head, |ui| {
        Frame::NONE.inner_margin(margin).show(ui, |ui| {
            choice::segmented(ui, "What is shown", &mut editor.inputs.template.shown, &tabs);
        });
    });
    match editor.inputs.template.shown {
        Column::Parts => {
            page::region(ui, "Parts and prompts", Role::Navigation, rest, |ui| {
                list::show(ui, editor);
            });
        }
        Column::Fields => fields(ui, editor, rest),
        Column::Preview => {
            page::region(ui, "As it will look", Role::Complementary, rest, |ui| {
                ui.painter().rect_filled(rest, 0.0, theme::of(ui).rail);
                preview::show(ui, editor);
            });
        }
    }
}

/// The fields of what is worked on.
fn fields(ui: &mut Ui, editor: &mut Editor<'_>, place: Rect) {
    let side = if Room::of(ui) >= Room::Medium { 28 } else { 16 };
    page::region(ui, "Fields", Role::Main, place, |ui| {
        let salt = ("template fields", editor.id, editor.at());
        ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
            let margin = Margin { left: side, right: side, top: 22, bottom: 40 };
            Frame::NONE.inner_margin(margin).show(ui, |ui| {
                ui.set_width(ui.available_width());
                page::at_most(ui, FIELD, |ui| {
                    ui.spacing_mut().item_spacing.y = Space::L.pts();
                    footer::saved_elsewhere(ui, editor);
                    match editor.at() {
                        Spot::Whole => about::show(ui, editor),
                        Spot::Part(part) => part::show(ui, editor, part),
                        Spot::Prompt(part, at) => form::show(ui, editor, part, at),
                    }
                });
            });
        });
    });
}
