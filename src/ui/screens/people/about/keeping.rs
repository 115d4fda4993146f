//! How long what is known of a person is kept: until a day, while a hold stands, or no longer.

use egui::Ui;

use super::super::part;
use crate::app::Action;
use crate::app::keeping::{Form, KeepingAction};
use crate::app::letter::{LetterAction, Topic};
use crate::app::part::Part;
use crate::app::state::Open;
use crate::model::text::long_date;
use crate::model::{Id, Person};
use crate::ui::View;
use crate::ui::theme::Icon;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_of_rows, hairline};
use crate::ui::widgets::setting;

/// How long the record is kept, the hold, an access request, and erasing.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let writable = open.read_only.is_none();
    let key = (id, Part::KeepUntil, None);
    card_of_rows(ui, |ui| {
        if !part::form(ui, view, open, key) {
            let words = match person.keep_until {
                Some(day) => format!("Keep until {}", long_date(day)),
                None => "Keep until a day".to_owned(),
            };
            let hint = "Cairn erases nothing by itself. Look again on that day";
            setting::row(ui, Icon::Archive, (&words, hint), 110.0, |ui| {
                part::edit(ui, view, open, (key, ("Change", "Change how long it is kept")));
            });
        }
        hairline(ui);
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
        let asked = person.requests.iter().find(|request| request.is_open());
        let hint = match asked {
            Some(asked) => format!("{}. {}", asked.asked_words(), asked.answer_words()),
            None => "Everything held about them, private notes too. You see it first".to_owned(),
        };
        setting::row(ui, Icon::Receipt, ("Answer an access request", &hint), 130.0, |ui| {
            let name = format!("Answer an access request about {}", person.called());
            if ui.add(Button::secondary("Look at it…").small().name(&name)).clicked() {
                view.out.push(Action::Letter(LetterAction::Show(Topic::Held(id))));
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
