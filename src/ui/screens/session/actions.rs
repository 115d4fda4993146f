//! What is agreed in this conversation: who does what, by when.

use egui::{Align, Id as UiId, Key, Layout, Ui};
use jiff::civil::Date;

use super::Editor;
use crate::app::action::SessionAction;
use crate::app::inputs::{DateAt, EditorSpot};
use crate::app::state::Open;
use crate::app::{Action as Wish, Draft};
use crate::model::text::{long_date, month};
use crate::model::{Action, ActionState, Id, Layer, Owner};
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::{
    ActionRow, Button, DateField, Field, IconButton, Level, PebbleSize, Tag, card, choice, layer,
    page, pebble, text,
};

/// The actions agreed here, as they stand in the draft or in the record. Those taken out again
/// are not among them.
pub fn own(open: &Open, draft: &Draft) -> Vec<(Id, Action)> {
    let mut own: Vec<(Id, Action)> = open
        .journal
        .actions_from(draft.id)
        .filter(|(id, _)| !draft.actions.contains_key(id))
        .map(|(id, action)| (id, action.clone()))
        .collect();
    let here = draft.actions.iter().filter(|(_, action)| action.from == Some(draft.id));
    own.extend(here.map(|(id, action)| (*id, action.clone())));
    own.retain(|(_, action)| action.state != ActionState::Dropped);
    own.sort_by_key(|(id, _)| *id);
    own
}

/// The same under a heading of their own, where the template does not ask for them.
pub fn show_apart(ui: &mut Ui, editor: &mut Editor<'_>, only: Option<Layer>) {
    let here = |action: &Action| only.is_none_or(|layer| layer == action.layer);
    let any = editor.own.iter().any(|(_, action)| here(action));
    let layer = if editor.is_reflection() { Layer::Private } else { Layer::Shared };
    if any || (editor.editable && only.is_none_or(|only| only == layer)) {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = Space::S.pts();
            text::heading(ui, Level::Prompt, "Actions");
            show(ui, editor, false);
        });
    }
}

/// Draws the card of actions. `takes` gives the keyboard to the first thing in it.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>, takes: bool) {
    let own = std::mem::take(&mut editor.own);
    ui.add_space(6.0);
    if own.is_empty() && !editor.editable {
        text::secondary(ui, "No actions were agreed");
    } else {
        card::card_of_rows(ui, |ui| {
            for (at, (id, action)) in own.iter().enumerate() {
                if at > 0 {
                    card::hairline(ui);
                }
                ui.push_id(id, |ui| row(ui, editor, *id, action));
            }
            if editor.editable {
                if !own.is_empty() {
                    card::hairline(ui);
                }
                add_row(ui, editor, takes);
            }
        });
    }
    editor.own = own;
}

fn add_row(ui: &mut Ui, editor: &mut Editor<'_>, takes: bool) {
    ui.add_space(4.0);
    let words = "Add an action, or press Ctrl Shift A on any line";
    let button = Button::ghost(words).icon(Icon::Plus).name("Add an action");
    let response = ui.add(button);
    ui.add_space(4.0);
    if takes || editor.another_action {
        response.request_focus();
        editor.another_action = false;
    }
    if response.clicked() {
        let layer = if editor.is_reflection() { Layer::Private } else { Layer::Shared };
        let add = SessionAction::AddAction { text: String::new(), layer };
        editor.out.push(Wish::Session(add));
    }
}

fn row(ui: &mut Ui, editor: &mut Editor<'_>, id: Id, action: &Action) {
    if !editor.editable {
        summary(ui, editor, action);
    } else if editor.inputs.editor.unfolded == Some(EditorSpot::Action(id)) {
        fields(ui, editor, id, action);
    } else {
        resting(ui, editor, id, action);
    }
}

/// An action in words: what, who, by when.
pub fn summary(ui: &mut Ui, editor: &Editor<'_>, action: &Action) {
    const RIGHT: f32 = 124.0;
    let ink = theme::of(ui).text;
    let room = (ui.available_width() - RIGHT).max(96.0);
    let words = text::galley(ui, &action.text, Type::Control, ink, room);
    ui.add_space(5.0);
    page::row_of_height(ui, words.size().y.max(32.0), |ui| {
        text::block(ui, &action.text, Type::Control, ink, room);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(when(action));
            pebble::pebble(ui, editor.pebble(action), PebbleSize::Small);
        });
    });
    ui.add_space(5.0);
}

fn when(action: &Action) -> Tag {
    match (action.state, action.due) {
        (ActionState::Done, _) => Tag::done(),
        (_, Some(due)) => Tag::new(format!("{} {}", due.day(), &month(due.month())[..3])),
        (_, None) if action.due_typed.trim().is_empty() => Tag::attention("No date"),
        (_, None) => Tag::attention("Date not clear"),
    }
}

fn resting(ui: &mut Ui, editor: &mut Editor<'_>, id: Id, action: &Action) {
    let mut done = action.state == ActionState::Done;
    let unnamed = action.text.trim().is_empty();
    let words = if unnamed { "An action without words" } else { action.text.as_str() };
    let private = action.layer == Layer::Private && !editor.is_reflection();
    let pressed = ActionRow::new(words)
        .origin(if private { action.layer.words() } else { "" })
        .owner(editor.pebble(action))
        .when(when(action))
        .show(ui, &mut done);
    if pressed.ticked {
        let mut action = action.clone();
        action.state = if done { ActionState::Done } else { ActionState::Open };
        action.settled = done.then(|| editor.today());
        keep(editor, id, action);
    }
    if pressed.opened {
        editor.inputs.editor.unfolded = Some(EditorSpot::Action(id));
        editor.inputs.editor.go_to = Some(EditorSpot::Action(id));
        ui.request_repaint();
    }
}

fn keep(editor: &mut Editor<'_>, id: Id, action: Action) {
    editor.draft.actions.insert(id, action);
    editor.touch();
}

fn fields(ui: &mut Ui, editor: &mut Editor<'_>, id: Id, action: &Action) {
    let mut changed = action.clone();
    let takes = editor.takes(&EditorSpot::Action(id));
    ui.add_space(Space::S.pts());
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    if action.layer == Layer::Private && !editor.is_reflection() {
        layer::words(ui, action.layer, action.layer.words());
    }
    let what = Field::new("What will be done")
        .id(UiId::unique(("action", id)))
        .show(ui, &mut changed.text);
    if takes {
        what.request_focus();
        ui.request_repaint();
    }
    let entered = what.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let mut remove = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = Space::L.pts();
        who(ui, editor, &mut changed);
        by_when(ui, editor, id, &mut changed);
        ui.vertical(|ui| {
            ui.add_space(30.0);
            remove = ui.add(IconButton::new(Icon::Trash, "Remove this action")).clicked();
        });
    });
    ui.add_space(Space::S.pts());
    if remove {
        take_out(editor, id, changed);
    } else if changed != *action {
        keep(editor, id, changed);
    }
    if entered || remove {
        editor.inputs.editor.unfolded = None;
        editor.another_action = true;
        ui.request_repaint();
    }
}

fn who(ui: &mut Ui, editor: &Editor<'_>, action: &mut Action) {
    if editor.called.is_empty() {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        let colour = theme::of(ui).text;
        text::show(ui, "Who", Type::Button, colour);
        ui.add_space(3.0);
        let options = [(Owner::Me, "You"), (Owner::Them, editor.called.as_str())];
        choice::segmented(ui, "Who", &mut action.owner, &options);
    });
}

fn by_when(ui: &mut Ui, editor: &mut Editor<'_>, id: Id, action: &mut Action) {
    let (today, known) = (editor.today(), editor.known);
    let typed = editor.inputs.editor.dates.entry(DateAt::Due(id));
    let held = || action.due.map_or_else(|| action.due_typed.clone(), long_date);
    let typed = typed.or_insert_with(held);
    let field = DateField::new("By when").no_hint().width(190.0).known(known);
    let shown = field.show(ui, typed, today);
    if shown.response.changed() {
        (action.due, action.due_typed) = kept(shown.date, typed);
    }
}

/// A day as it is kept: itself, or the words that are none yet.
pub fn kept<E>(read: Result<Option<Date>, E>, typed: &str) -> (Option<Date>, String) {
    read.map_or_else(|_| (None, typed.to_owned()), |day| (day, String::new()))
}

/// An action that is in no revision yet goes; one that is kept is dropped, for nothing that was
/// saved is ever deleted.
fn take_out(editor: &mut Editor<'_>, id: Id, mut action: Action) {
    if editor.open.journal.action(id).is_none() {
        editor.draft.actions.remove(&id);
    } else {
        action.state = ActionState::Dropped;
        action.settled = Some(editor.today());
        action.reason = "Taken out while the conversation was written".to_owned();
        editor.draft.actions.insert(id, action);
    }
    editor.touch();
}
