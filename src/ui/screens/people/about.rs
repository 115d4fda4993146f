//! What is known about a person: facts, to be changed in their form.

use egui::{Align, Layout, Ui, vec2};

use crate::app::keeping::{Form, KeepingAction};
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::model::text::long_date;
use crate::model::{Id, Layer, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type, tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card, card_of_rows, hairline};
use crate::ui::widgets::layer::{self, Chip};
use crate::ui::widgets::page::at_most;
use crate::ui::widgets::setting;
use crate::ui::widgets::text::{self, Level};

/// Draws the tab.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    at_most(ui, tokens().measure.answer_max_width, |ui| {
        if open.read_only.is_none() {
            let name = format!("Change what is known about {}", person.called());
            let button = Button::secondary("Change").icon(Icon::PencilSimple).name(&name);
            if ui.add(button).clicked() {
                view.out.push(Action::Go(Screen::PersonForm(Some(id))));
            }
        }
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 10.0;
            for (at, (label, value)) in facts(person).iter().enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                fact(ui, label, value);
            }
        });
        placements(ui, person);
        layer::edged(ui, Layer::Private, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.add(Chip::new(Layer::Private));
                text::heading(ui, Level::Group, "What to know");
                text::small(ui, "Not secret from the law.");
            });
            if person.to_know.is_empty() {
                text::secondary(ui, "Nothing is written here.");
            } else {
                text::body(ui, &person.to_know);
            }
        });
        keeping(ui, view, open, (id, person));
    });
}

/// The hold, and erasing.
fn keeping(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let writable = open.read_only.is_none();
    card_of_rows(ui, |ui| {
        let (hint, button, wish) = match &person.hold {
            None => (
                "Off. Nothing about them can be erased while it is on".to_owned(),
                "Put on hold…",
                KeepingAction::Ask(Form::Hold(id)),
            ),
            Some(hold) => (
                match hold.why.as_str() {
                    "" => format!("On since {}", long_date(hold.since)),
                    why => format!("On since {}: {why}", long_date(hold.since)),
                },
                "Take off",
                KeepingAction::TakeOff(id),
            ),
        };
        setting::row(ui, Icon::PushPin, ("Hold", &hint), 130.0, |ui| {
            let name = match person.hold {
                None => format!("Put {} on hold", person.called()),
                Some(_) => format!("Take the hold off {}", person.called()),
            };
            let button = Button::secondary(button).small().name(&name);
            if writable && ui.add(button).clicked() {
                view.out.push(Action::Keeping(wish.clone()));
            }
        });
        hairline(ui);
        let label = format!("Erase everything about {}", person.called());
        let hint = "Conversations, reflections, actions and what is known. It can’t be undone";
        setting::row(ui, Icon::Trash, (&label, hint), 130.0, |ui| {
            let button = Button::danger("Erase…").small().name(&label);
            if writable && ui.add(button).clicked() {
                view.out.push(Action::Keeping(KeepingAction::Ask(Form::Erase(id))));
            }
        });
    });
}

fn facts(person: &Person) -> [(&'static str, String); 9] {
    let date = |date: Option<jiff::civil::Date>| date.map(long_date).unwrap_or_default();
    [
        ("Name", person.name.clone()),
        ("Short name", person.short_name.clone()),
        ("How to say it", person.say.clone()),
        ("Stage", person.stage.clone()),
        ("Programme", person.programme.clone()),
        ("Working time", person.wte.map(|wte| format!("{wte}%")).unwrap_or_default()),
        ("ARCP date", date(person.arcp_date)),
        ("Next exam", person.next_exam.clone()),
        ("Exam date", date(person.exam_date)),
    ]
}

fn fact(ui: &mut Ui, label: &str, value: &str) {
    const LABEL: f32 = 140.0;
    let p = theme::of(ui);
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.allocate_ui(vec2(LABEL, 24.0), |ui| {
            ui.set_min_width(LABEL);
            text::show(ui, label, Type::Body, p.text2);
        });
        if value.is_empty() {
            text::show(ui, "Not set", Type::Body, p.text2);
        } else {
            text::lines(ui, value, Type::Body, p.text, 6);
        }
    });
}

fn placements(ui: &mut Ui, person: &Person) {
    if person.placements.is_empty() {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Group, "Placements");
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 10.0;
            for (at, placement) in person.placements.iter().enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                text::body(ui, &placement.words());
                text::small(ui, &placement.days());
            }
        });
    });
}
