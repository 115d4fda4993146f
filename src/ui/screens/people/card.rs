//! A conversation in the timeline: title, when, its first words, what lies in which layer.

use egui::{Align, Frame, Layout, Margin, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::timeline::ORDER;
use crate::app::Action;
use crate::app::action::SessionAction;
use crate::app::inputs::ShownLayers;
use crate::app::state::Open;
use crate::model::text::{answer_words, day_and_month};
use crate::model::{Id, Layer, Session};
use crate::ui::View;
use crate::ui::theme::{self, Radius, Space, Type, mark_focus};
use crate::ui::widgets::layer::{Chip, count_words};
use crate::ui::widgets::progress::{Stone, timeline_item};
use crate::ui::widgets::text;

/// Draws it; a press opens the conversation.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, session): (Id, &Session)) {
    let stone = if session.finished.is_some() { Stone::Meeting } else { Stone::Next };
    let layers = view.inputs.shown_layers;
    let shown = ui.push_id(id, |ui| {
        timeline_item(ui, stone, |ui| pressable(ui, |ui| contents(ui, open, id, session, layers)))
    });
    let response = shown.inner.inner;
    as_button(ui, &response, &name(session, layers));
    if response.clicked() {
        view.out.push(Action::Session(SessionAction::Open(id)));
    }
}

/// A card that is one target: its border says that it is pointed at.
fn pressable(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) -> Response {
    let p = theme::of(ui);
    ui.scope_builder(egui::UiBuilder::new().sense(Sense::click()), |ui| {
        let over = ui.response().hovered();
        let edge = if over { p.control } else { p.line };
        Frame::new()
            .inner_margin(Margin::symmetric(18, 14))
            .fill(p.surface)
            .stroke(Stroke::new(theme::line_width(ui), edge))
            .corner_radius(Radius::Card)
            .show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                contents(ui);
            });
    })
    .response
}

/// Tells a screen reader that an area is a button, and rings it when it has the keyboard.
pub fn as_button(ui: &Ui, response: &Response, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    mark_focus(ui, response, response.rect, f32::from(Radius::Card.pts()), false);
}

/// The card in words.
fn name(session: &Session, layers: ShownLayers) -> String {
    let counts = counts(session, layers).map(|(layer, count)| count_words(layer, count));
    let said: Vec<String> =
        [session.title.clone(), when(session)].into_iter().chain(counts).collect();
    said.join(", ")
}

fn counts(session: &Session, layers: ShownLayers) -> impl Iterator<Item = (Layer, usize)> {
    ORDER
        .into_iter()
        .filter(move |layer| layers.shows(*layer))
        .map(|layer| (layer, session.count(layer)))
        .filter(|(_, count)| *count > 0)
}

/// "18 August, 52 minutes".
fn when(session: &Session) -> String {
    let day = day_and_month(session.date);
    match (session.finished, session.minutes) {
        (None, _) => format!("{day}, not finished"),
        (Some(_), Some(1)) => format!("{day}, 1 minute"),
        (Some(_), Some(minutes)) => format!("{day}, {minutes} minutes"),
        (Some(_), None) => day,
    }
}

fn contents(ui: &mut Ui, open: &Open, id: Id, session: &Session, layers: ShownLayers) {
    let p = theme::of(ui);
    ui.spacing_mut().item_spacing.y = 2.0;
    let when = when(session);
    let row = vec2(ui.available_width(), 26.0);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        let (kind, ink) = match session.finished {
            Some(_) => (Type::Small, p.text2),
            None => (Type::HintStrong, p.attn),
        };
        text::show(ui, &when, kind, ink);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            text::line(ui, &session.title, Type::ButtonLarge, p.text);
        });
    });
    if let Some(words) = summary(session, layers) {
        text::lines(ui, &words, Type::Body, p.text2, 2);
    }
    if !session.tags.is_empty() && layers.shows(Layer::Private) {
        let tags = format!("Tags: {}", session.tags.join(", "));
        text::line(ui, &tags, Type::Small, p.text2);
    }
    ui.add_space(Space::S.pts() - 2.0);
    let actions = actions(open, id);
    let narrow = ui.available_width() < 560.0;
    if narrow {
        ui.horizontal_wrapped(|ui| chips(ui, session, layers));
        if let Some(words) = &actions {
            text::small(ui, words);
        }
        return;
    }
    let row = vec2(ui.available_width(), 24.0);
    ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
        chips(ui, session, layers);
        if let Some(words) = &actions {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                text::line(ui, words, Type::Small, p.text2);
            });
        }
    });
}

fn chips(ui: &mut Ui, session: &Session, layers: ShownLayers) {
    let mut some = false;
    for (layer, count) in counts(session, layers) {
        some = true;
        ui.add(Chip::count(layer, count));
    }
    if !some {
        text::small(ui, "Nothing is written yet");
    }
}

/// The first answer that may be seen, the shared ones before the private ones.
fn summary(session: &Session, layers: ShownLayers) -> Option<String> {
    ORDER.into_iter().filter(|layer| layers.shows(*layer)).find_map(|layer| {
        let answers = session.items().filter(|asked| asked.layer == layer && asked.is_answered());
        answers
            .filter_map(|asked| match asked.answer.as_ref()? {
                words @ crate::model::Answer::Text(_) => Some(answer_words(words)),
                _ => None,
            })
            .map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "))
            .next()
    })
}

/// "4 actions, 3 closed".
fn actions(open: &Open, id: Id) -> Option<String> {
    let closed = open.journal.actions_from(id).filter(|(_, action)| !action.is_open()).count();
    match open.journal.actions_from(id).count() {
        0 => None,
        1 => Some(format!("1 action, {}", if closed == 1 { "closed" } else { "open" })),
        n => Some(format!("{n} actions, {closed} closed")),
    }
}
