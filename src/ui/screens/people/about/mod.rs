//! What is known about a person: facts, each changed where it stands.

mod exams;
mod keeping;
mod revise;
mod training;

use egui::{Align, Layout, Ui, UiBuilder, vec2};
use jiff::civil::Date;

use super::part::{self, Head, inset, section};
use crate::app::part::Part;
use crate::app::state::Open;
use crate::model::text::long_date;
use crate::model::{Id, Layer, Person};
use crate::ui::View;
use crate::ui::screens::pair;
use crate::ui::theme::{self, Space, Type};
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::layer;
use crate::ui::widgets::page::Room;
use crate::ui::widgets::text;

pub use training::{member, new_member};

/// Between two cards, in points.
const GAP: f32 = 12.0;

/// Draws the tab.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, who: (Id, &Person)) {
    ui.spacing_mut().item_spacing.y = GAP;
    if open.words().is_doctor() {
        name(ui, view, open, who);
        to_know(ui, view, open, who);
        keeping::show(ui, view, open, who);
        return;
    }
    training::placements(ui, view, open, who);
    if Room::of(ui) < Room::Wide {
        left(ui, view, open, who);
        right(ui, view, open, who);
        return;
    }
    let room = ui.available_rect_before_wrap();
    let half = ((room.width() - GAP) / 2.0).floor();
    let first = room.with_max_x(room.left() + half);
    let second = room.with_min_x(room.right() - half);
    let down = Layout::top_down(Align::Min);
    let column = |rect| UiBuilder::new().max_rect(rect).layout(down);
    let one = ui.scope_builder(column(first), |ui| left(ui, view, open, who)).response.rect;
    let other = ui.scope_builder(column(second), |ui| right(ui, view, open, who)).response.rect;
    ui.advance_cursor_after_rect(one.union(other));
}

fn left(ui: &mut Ui, view: &mut View<'_>, open: &Open, who: (Id, &Person)) {
    ui.spacing_mut().item_spacing.y = GAP;
    name(ui, view, open, who);
    adjustments(ui, view, open, who);
    to_know(ui, view, open, who);
    keeping::show(ui, view, open, who);
}

fn right(ui: &mut Ui, view: &mut View<'_>, open: &Open, who: (Id, &Person)) {
    ui.spacing_mut().item_spacing.y = GAP;
    exams::show(ui, view, open, who);
    training::programme(ui, view, open, who);
    training::time_away(ui, view, open, who);
    pair::card(ui, view, open, who);
}

fn name(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let doctor = open.words().is_doctor();
    let of = if doctor { Part::Supervises } else { Part::Name };
    let key = (id, of, None);
    if part::is_open(view, id, of, None) {
        part::form(ui, view, open, key);
        return;
    }
    let title = of.title(false);
    let button = format!("Change {} of {}", title.to_lowercase(), person.called());
    let edits = [(key, ("Change", button.as_str()))];
    let head = Head { title, edits: &edits, ..Head::default() };
    section(ui, (view, open), &head, |ui, _| {
        inset(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            let facts = if doctor { supervises(person).to_vec() } else { facts(person).to_vec() };
            for (at, (label, value)) in facts.iter().enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                fact(ui, label, value);
            }
        });
    });
}

fn facts(person: &Person) -> [(&'static str, String); 5] {
    [
        ("Say the name", person.say.clone()),
        ("Short name", person.short_name.clone()),
        ("Stage", person.stage.clone()),
        ("Programme", person.programme.clone()),
        ("Working time", person.wte.map(|wte| format!("{wte}%")).unwrap_or_default()),
    ]
}

/// What a doctor knows of somebody who supervises them.
fn supervises(person: &Person) -> [(&'static str, String); 5] {
    let day = |day: Option<Date>| day.map(long_date).unwrap_or_default();
    [
        ("Say the name", person.say.clone()),
        ("Short name", person.short_name.clone()),
        ("Role", person.supervises_as.clone()),
        ("From", day(person.supervises_from)),
        ("Until", day(person.supervises_until)),
    ]
}

/// A fact with its label.
fn fact(ui: &mut Ui, label: &str, value: &str) {
    const LABEL: f32 = 116.0;
    let p = theme::of(ui);
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.allocate_ui(vec2(LABEL, 24.0), |ui| {
            ui.set_min_width(LABEL);
            text::show(ui, label, Type::Body, p.text2);
        });
        let (words, ink) = if value.is_empty() { ("Not set", p.text2) } else { (value, p.text) };
        text::lines(ui, words, Type::Body, ink, 6);
    });
}

fn adjustments(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let key = (id, Part::Adjustments, None);
    if part::is_open(view, id, Part::Adjustments, None) {
        part::form(ui, view, open, key);
        return;
    }
    let button = format!("Change adjustments of {}", person.called());
    let head = Head {
        title: "Adjustments",
        words: "The reasons are theirs to tell. In no summary.",
        layer: Some(Layer::Shared),
        edits: &[(key, ("Change", button.as_str()))],
    };
    section(ui, (view, open), &head, |ui, _| {
        inset(ui, |ui| {
            if person.adjustments.is_empty() {
                text::secondary(ui, "None written down.");
                return;
            }
            layer::edged(ui, Layer::Shared, |ui| {
                text::body(ui, &person.adjustments);
                if let Some(day) = person.adjustments_on {
                    text::small(ui, &format!("Written {}", long_date(day)));
                }
            });
        });
    });
}

fn to_know(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let key = (id, Part::ToKnow, None);
    if part::is_open(view, id, Part::ToKnow, None) {
        part::form(ui, view, open, key);
        return;
    }
    let button = format!("Change what to know about {}", person.called());
    let head = Head {
        title: "What to know",
        words: "Not secret from the law.",
        layer: Some(Layer::Private),
        edits: &[(key, ("Change", button.as_str()))],
    };
    section(ui, (view, open), &head, |ui, _| {
        inset(ui, |ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            layer::edged(ui, Layer::Private, |ui| match person.to_know.as_str() {
                "" => text::secondary(ui, "Nothing is written here."),
                words => text::body(ui, words),
            });
        });
    });
}
