//! The goals of the person, on top of every conversation until they are reached.

use egui::Ui;

use super::Editor;
use crate::app::Action;
use crate::app::part::{Part, PartAction};
use crate::model::{Goal, Id, Kind, Layer, carry};
use crate::ui::View;
use crate::ui::screens::people::part;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::{Button, Tag, card, layer, page, text, toggle};

/// Draws those that are followed, and those that were reached or dropped today.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>) {
    if editor.draft.kind != Kind::Session || editor.draft.session.finished.is_some() {
        return;
    }
    let open = editor.open;
    let person = editor.draft.session.person.and_then(|id| open.journal.person(id));
    let today = editor.today();
    let Some((id, person)) = editor.draft.session.person.zip(person) else { return };
    let is_shown =
        |goal: &Goal| goal.is_open() || goal.done == Some(today) || goal.dropped == Some(today);
    let shown: Vec<_> =
        person.goals.iter().enumerate().filter(|(_, goal)| is_shown(goal)).collect();
    if shown.is_empty() {
        return;
    }
    card::card_of_rows(ui, |ui| {
        for (nth, (at, goal)) in shown.into_iter().enumerate() {
            if nth > 0 {
                card::hairline(ui);
            }
            ui.add_space(Space::Xs.pts());
            if is_dropping(editor, (id, at)) {
                why_dropped(ui, editor, (id, at), goal);
            } else {
                row(ui, editor, (id, at), goal);
            }
            ui.add_space(Space::Xs.pts());
        }
    });
}

/// Whether the form that asks why a goal is dropped is open.
fn is_dropping(editor: &Editor<'_>, (id, at): (Id, usize)) -> bool {
    let form = editor.inputs.part.as_ref();
    form.is_some_and(|form| (form.person, form.part, form.at) == (id, Part::DropGoal, Some(at)))
}

/// The form that asks why a goal is dropped. It comes into view when it opens.
fn why_dropped(ui: &mut Ui, editor: &mut Editor<'_>, (id, at): (Id, usize), goal: &Goal) {
    let opens = editor.inputs.part.as_ref().is_some_and(|form| form.go_to.is_some());
    let whole = ui.vertical(|ui| {
        text::strong(ui, &goal.text);
        let mut view = View { state: editor.state, inputs: editor.inputs, out: editor.out };
        part::form(ui, &mut view, editor.open, (id, Part::DropGoal, Some(at)));
    });
    if opens {
        ui.scroll_to_rect(whole.response.rect.expand(Space::M.pts()), None);
    }
}

fn row(ui: &mut Ui, editor: &mut Editor<'_>, (id, at): (Id, usize), goal: &Goal) {
    const BUTTON: f32 = 130.0;
    let today = editor.today();
    let (is_dropped, editable) = (goal.dropped.is_some(), editor.editable);
    let mut reached = goal.done.is_some();
    let room = ui.available_width() - BUTTON;
    let left = |ui: &mut Ui| {
        page::at_most(ui, room, |ui| {
            if is_dropped || !editable {
                text::strong(ui, &goal.text);
                return false;
            }
            let label = format!("Goal reached: {}", goal.text);
            toggle::checkbox(ui, &mut reached, &label).changed()
        })
    };
    let right = |ui: &mut Ui| {
        if editable {
            give_up(ui, editor, (id, at), goal);
        }
    };
    if page::row(ui, left, right).0 {
        editor.out.push(Action::Part(PartAction::Reached(id, at)));
    }
    if is_dropped {
        ui.horizontal_wrapped(|ui| {
            ui.add(Tag::new("Dropped").icon(Icon::X));
            text::small(ui, &format!("Why: {}", goal.reason));
        });
    } else {
        let since = format!("Set {}.", carry::ago(goal.since, today));
        text::small(ui, format!("{since} {}", goal.progress).trim());
    }
    if goal.layer == Layer::Private {
        layer::words(ui, goal.layer, goal.layer.words());
    }
}

/// The way to drop a goal, and back.
fn give_up(ui: &mut Ui, editor: &mut Editor<'_>, (id, at): (Id, usize), goal: &Goal) {
    if goal.done.is_some() {
        return;
    }
    if goal.dropped.is_some() {
        let name = format!("Follow again: {}", goal.text);
        if ui.add(Button::ghost("Follow again").small().name(&name)).clicked() {
            editor.out.push(Action::Part(PartAction::Reached(id, at)));
        }
        return;
    }
    let name = format!("Drop goal: {}", goal.text);
    let button = Button::ghost("Drop…").small().name(&name);
    let button = ui.add(button.id(part::opener(Part::DropGoal, Some(at))));
    let mut view = View { state: editor.state, inputs: editor.inputs, out: editor.out };
    part::come_back(&mut view, &button, Part::DropGoal, Some(at));
    if button.clicked() {
        editor.out.push(Action::Part(PartAction::Open(id, Part::DropGoal, Some(at))));
    }
}
