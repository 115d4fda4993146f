//! What was agreed before: asked about first, one tap each.

use egui::{Align, Layout, Ui};
use jiff::tz::TimeZone;

use super::Editor;
use crate::app::Draft;
use crate::app::inputs::{Dropping, EditorSpot};
use crate::app::state::Open;
use crate::model::text::day_and_month;
use crate::model::{Action, ActionState, Id, Kind, Layer, carry};
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{Button, Field, PebbleSize, Tag, card, choice, layer, page, pebble, text};

/// The actions agreed with this person before this conversation: those that were open when it
/// began, so that one answered here stays in view.
pub fn actions(open: &Open, draft: &Draft, zone: &TimeZone) -> Vec<(Id, Action)> {
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
            let answered = answer(draft, action, zone).is_some();
            answered || (!finished && action.is_open())
        })
        .collect()
}

/// The answer given in this conversation. An answer from before does not count. Days are those of
/// the writer's own zone, as an answer's is.
fn answer(draft: &Draft, action: &Action, zone: &TimeZone) -> Option<ActionState> {
    let from = draft.session.date;
    let days = match draft.session.finished {
        Some(at) => {
            let end = at.to_zoned(zone.clone()).date();
            action.settled.is_some_and(|day| day >= from && day <= end)
        }
        None => action.settled.is_some_and(|day| day >= from),
    };
    days.then_some(action.state)
}

fn given(editor: &Editor<'_>, action: &Action) -> Option<ActionState> {
    answer(&editor.draft, action, editor.state.now.time_zone())
}

/// Whether all of it was answered.
pub fn is_done(editor: &Editor<'_>) -> bool {
    editor.last_time.iter().all(|(_, action)| given(editor, action).is_some())
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
    const SEGMENTS: f32 = 246.0;
    const PEBBLE: f32 = 28.0 + 10.0;
    let ink = theme::of(ui).text;
    let beside = ui.available_width() >= SEGMENTS + 240.0;
    let room = ui.available_width() - PEBBLE - if beside { SEGMENTS + 10.0 } else { 0.0 };
    let words = text::galley(ui, &action.text, Type::Button, ink, room);
    ui.add_space(5.0);
    page::row_of_height(ui, words.size().y.max(34.0), |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        pebble::pebble(ui, editor.pebble(action), PebbleSize::Small);
        let words = text::block(ui, &action.text, Type::Button, ink, room);
        words.on_hover_text(detail(editor, action));
        if beside {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                state(ui, editor, id, action);
            });
        }
    });
    if !beside {
        ui.horizontal(|ui| {
            ui.add_space(PEBBLE);
            state(ui, editor, id, action);
        });
    }
    ui.horizontal_wrapped(|ui| {
        ui.add_space(PEBBLE);
        let age = carry::age_words(&editor.open.journal, action, editor.draft.id, editor.today());
        text::small(ui, &age);
    });
    dropping(ui, editor, id, action);
    if action.layer == Layer::Private {
        ui.horizontal(|ui| {
            ui.add_space(PEBBLE);
            layer::words(ui, action.layer, action.layer.words());
        });
    }
    ui.add_space(5.0);
}

/// Whose it is, and from when to when.
fn detail(editor: &Editor<'_>, action: &Action) -> String {
    let agreed = format!("{}, agreed {}", editor.owner(action), day_and_month(action.made));
    match action.due {
        Some(due) => format!("{agreed}, by {}", day_and_month(due)),
        None => agreed,
    }
}

fn state(ui: &mut Ui, editor: &mut Editor<'_>, id: Id, action: &Action) {
    const OPTIONS: [(Option<ActionState>, &str); 4] = [
        (Some(ActionState::Done), "Done"),
        (Some(ActionState::Part), "Part"),
        (Some(ActionState::Open), "Not yet"),
        (Some(ActionState::Dropped), "Drop"),
    ];
    let mut value = given(editor, action);
    let asked = editor.inputs.dropping.as_ref().is_some_and(|it| it.action == id);
    if asked {
        value = Some(ActionState::Dropped);
    }
    if !editor.editable {
        match value {
            Some(ActionState::Done) => ui.add(Tag::done()),
            Some(ActionState::Part) => ui.add(Tag::part()),
            Some(ActionState::Dropped) => ui.add(Tag::new("Dropped")),
            _ => ui.add(Tag::not_yet()),
        };
        return;
    }
    let done = Some(ActionState::Done);
    let name = format!("{}. {}", action.text, detail(editor, action));
    let changed = choice::segmented_with_tick(ui, &name, &mut value, &OPTIONS, &done).changed();
    if changed && value == Some(ActionState::Dropped) {
        // It is dropped once there is a reason.
        editor.inputs.dropping =
            Some(Dropping { action: id, reason: action.reason.clone(), tried: false });
        ui.request_repaint();
    } else if let Some(answered) = value.filter(|_| changed) {
        if asked {
            editor.inputs.dropping = None;
        }
        let mut action = action.clone();
        action.state = answered;
        action.settled = Some(editor.today());
        editor.draft.set_action(&editor.open.journal, id, action);
        ui.request_repaint();
    }
}

/// Why an action is dropped: the field for it, and the button that drops it.
fn dropping(ui: &mut Ui, editor: &mut Editor<'_>, id: Id, action: &Action) {
    let Some(mut asked) = editor.inputs.dropping.take_if(|it| it.action == id) else { return };
    if !editor.editable {
        return;
    }
    let blank = asked.reason.trim().is_empty();
    let error = (asked.tried && blank).then_some("Say why in a few words");
    let label = "Why will it not be done?";
    let field = Field::new(label).error(error).show(ui, &mut asked.reason);
    let entered = page::entered(ui, &field);
    let mut drop_it = entered;
    let mut keep_it = false;
    ui.horizontal_wrapped(|ui| {
        drop_it |= ui.add(Button::secondary("Drop it").small()).clicked();
        keep_it = ui.add(Button::ghost("Keep it").small()).clicked();
    });
    if drop_it && !blank {
        let mut action = action.clone();
        action.state = ActionState::Dropped;
        action.settled = Some(editor.today());
        action.reason = asked.reason.trim().to_owned();
        editor.draft.set_action(&editor.open.journal, id, action);
        ui.request_repaint();
    } else if !keep_it {
        asked.tried |= drop_it;
        editor.inputs.dropping = Some(asked);
    }
}
