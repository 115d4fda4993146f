//! What was agreed before: asked about first, one tap each.

use egui::{Align, Layout, Ui, vec2};

use super::Editor;
use crate::app::Draft;
use crate::app::inputs::EditorSpot;
use crate::app::state::Open;
use crate::model::text::day_and_month;
use crate::model::{Action, ActionState, Id, Kind};
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{Tag, card, choice, layer, text};

/// The actions agreed with this person before this conversation: those that were open when it
/// began, so that one answered here stays in view.
pub fn actions(open: &Open, draft: &Draft) -> Vec<(Id, Action)> {
    let Some(person) = draft.session.person.filter(|_| draft.kind == Kind::Session) else {
        return Vec::new();
    };
    let finished = draft.session.finished.is_some();
    open.journal
        .actions_with(person)
        .into_iter()
        .map(|(id, action)| (id, draft.actions.get(&id).unwrap_or(action).clone()))
        .filter(|(_, action)| action.from != Some(draft.id) && action.made <= draft.session.date)
        .filter(|(_, action)| {
            let answered = answer(draft, action).is_some();
            answered || (!finished && action.is_open())
        })
        .collect()
}

/// The answer given in this conversation. An answer from before does not count.
fn answer(draft: &Draft, action: &Action) -> Option<ActionState> {
    let from = draft.session.date;
    let days = match draft.session.finished {
        Some(at) => {
            let end = at.to_zoned(jiff::tz::TimeZone::UTC).date();
            action.settled.is_some_and(|day| day >= from && day <= end)
        }
        None => action.settled.is_some_and(|day| day >= from),
    };
    days.then_some(action.state)
}

/// Whether all of it was answered.
pub fn is_done(editor: &Editor<'_>) -> bool {
    editor.last_time.iter().all(|(_, action)| answer(&editor.draft, action).is_some())
}

/// Draws the card, when there is something to ask about.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>) {
    if editor.last_time.is_empty() {
        return;
    }
    let takes = editor.takes(&EditorSpot::LastTime);
    let comes_up = editor.comes_up(&EditorSpot::LastTime);
    let actions = std::mem::take(&mut editor.last_time);
    let shown = card::card_of_rows(ui, |ui| {
        for (at, (id, action)) in actions.iter().enumerate() {
            if at > 0 {
                card::hairline(ui);
            }
            if takes && at == 0 && editor.editable {
                choice::focus_next(ui);
            }
            ui.push_id(id, |ui| row(ui, editor, *id, action));
        }
    });
    if comes_up {
        ui.scroll_to_rect(shown.response.rect.expand(18.0), Some(Align::TOP));
    }
    editor.last_time = actions;
}

fn row(ui: &mut Ui, editor: &mut Editor<'_>, id: Id, action: &Action) {
    const SEGMENTS: f32 = 210.0;
    ui.add_space(7.0);
    if ui.available_width() >= SEGMENTS + 240.0 {
        ui.horizontal(|ui| {
            let room = ui.available_width() - SEGMENTS;
            let down = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(vec2(room, 0.0), down, |ui| {
                ui.set_width(room);
                words(ui, editor, action);
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                state(ui, editor, id, action);
            });
        });
    } else {
        words(ui, editor, action);
        state(ui, editor, id, action);
    }
    ui.add_space(7.0);
}

fn words(ui: &mut Ui, editor: &Editor<'_>, action: &Action) {
    let p = theme::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    text::show(ui, &action.text, Type::Button, p.text);
    let mut detail = format!("{}, agreed {}", editor.owner(action), day_and_month(action.made));
    if let Some(due) = action.due {
        detail.push_str(&format!(", by {}", day_and_month(due)));
    }
    text::small(ui, &detail);
    if action.layer == crate::model::Layer::Private {
        layer::words(ui, action.layer, action.layer.words());
    }
}

fn state(ui: &mut Ui, editor: &mut Editor<'_>, id: Id, action: &Action) {
    const OPTIONS: [(Option<ActionState>, &str); 3] = [
        (Some(ActionState::Done), "Done"),
        (Some(ActionState::Part), "Part"),
        (Some(ActionState::Open), "Not yet"),
    ];
    let mut value = answer(&editor.draft, action);
    if !editor.editable {
        match value {
            Some(ActionState::Done) => ui.add(Tag::done()),
            Some(ActionState::Part) => ui.add(Tag::part()),
            _ => ui.add(Tag::not_yet()),
        };
        return;
    }
    let done = Some(ActionState::Done);
    let changed =
        choice::segmented_with_tick(ui, &action.text, &mut value, &OPTIONS, &done).changed();
    if let Some(answered) = value.filter(|_| changed) {
        let mut action = action.clone();
        action.state = answered;
        action.settled = Some(editor.today());
        editor.draft.actions.insert(id, action);
        editor.touch();
        ui.request_repaint();
    }
}
