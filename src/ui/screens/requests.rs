//! Access requests: when somebody asked and by when the answer is due, on the page that answers
//! it; and the log of all of them, in the settings.

use egui::Ui;
use jiff::civil::Date;

use super::leaves;
use super::people::part;
use crate::app::Action;
use crate::app::letter::{LetterAction, Topic};
use crate::app::part::{Part, PartAction};
use crate::app::requests::{Logged, log, of_person};
use crate::app::state::Open;
use crate::model::Id;
use crate::model::text::{count, long_date};
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::card::{ListRow, card_of_list, hairline};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Button, page};

/// Height of a row of the log, which has four lines.
const ROW: f32 = 104.0;

/// How the answer stands: "Answer by 20 December 2026, in 26 days". True where it is late.
fn standing(one: &Logged, today: Date) -> (String, bool) {
    let words = one.request.answer_words();
    if !one.request.is_open() {
        return (words, false);
    }
    let days = (one.request.due() - today).get_days();
    match days {
        ..0 => (format!("{words}. That day has passed"), true),
        0 => (format!("{words}, today"), true),
        1 => (format!("{words}, tomorrow"), true),
        days => {
            let days = usize::try_from(days).unwrap_or_default();
            (format!("{words}, in {}", count(days, "day")), false)
        }
    }
}

/// What was saved for it: "Saved on 24 November 2026, SHA-256 begins 0123456789ab".
fn saved_words(one: &Logged) -> Option<String> {
    let (day, digits) = one.saved.as_ref()?;
    Some(format!("Saved or copied on {}, SHA-256 begins {digits}", long_date(*day)))
}

/// The requests of one person, beside the page that answers them.
pub fn on_page(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id) {
    let Some(person) = open.journal.person(id) else { return };
    let requests = of_person(&open.journal, view.state.now.time_zone(), (id, person));
    text::heading(ui, Level::Group, "When they asked");
    if requests.is_empty() {
        text::hint(ui, "An answer is due one calendar month after the day they asked.");
    }
    for one in &requests {
        let key = (id, Part::Request, Some(one.at));
        if !part::form(ui, view, open, key) {
            ui.push_id(one.at, |ui| request(ui, view, open, one));
        }
    }
    if part::form(ui, view, open, (id, Part::Request, None)) {
        return;
    }
    let none_open = !requests.iter().any(|one| one.request.is_open());
    if none_open {
        let name = format!("Note the day {} asked", person.called());
        part::edit(ui, view, open, ((id, Part::Request, None), ("Note the day", &name)));
    }
}

fn request(ui: &mut Ui, view: &mut View<'_>, open: &Open, one: &Logged) {
    let (words, late) = standing(one, view.state.today());
    let lead = format!("{}.", one.request.asked_words());
    let icon = if one.request.is_open() { Icon::Hourglass } else { Icon::CheckCircle };
    leaves::fact(ui, icon, late, &lead, &words);
    if let Some(saved) = saved_words(one) {
        text::small(ui, &saved);
    }
    if open.read_only.is_some() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let day = long_date(one.request.asked);
        if one.request.is_open() {
            let name = format!("Answered today: the request of {day}");
            let button = Button::secondary("Answered today").small().icon(Icon::Check).name(&name);
            if ui.add(button).clicked() {
                view.out.push(Action::Part(PartAction::Answered(one.person, one.at)));
            }
        }
        let name = format!("Change the request of {day}");
        let key = (one.person, Part::Request, Some(one.at));
        part::edit(ui, view, open, (key, ("Change", &name)));
    });
}

/// The log, and the way to an answer.
pub fn in_settings(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    ui.add_space(Space::S.pts());
    text::heading(ui, Level::Section, "Access requests");
    text::secondary(
        ui,
        "Anybody here may ask what is held about them, in any form of words. An answer is due \
         within one calendar month.",
    );
    let all = log(&open.journal, view.state.now.time_zone());
    if !all.is_empty() {
        card_of_list(ui, |ui| {
            let last = all.len() - 1;
            for (at, one) in all.iter().enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                ui.push_id((one.person, one.at), |ui| row(ui, view, one, (at == 0, at == last)));
            }
        });
    }
    let shown = view.inputs.settings.answering;
    let caret = if shown { Icon::CaretUp } else { Icon::CaretDown };
    let button = Button::secondary("Answer an access request…").icon(Icon::Receipt);
    let people = open.journal.people();
    if !people.is_empty() && ui.add(button.icon_after(caret)).clicked() {
        view.inputs.settings.answering = !shown;
    }
    if shown {
        whom(ui, view, open);
    }
}

fn row(ui: &mut Ui, view: &mut View<'_>, one: &Logged, (first, last): (bool, bool)) {
    let (standing, late) = standing(one, view.state.today());
    let asked = one.request.asked_words();
    let saved = saved_words(one).unwrap_or_else(|| "Nothing was saved for it".to_owned());
    let icon = if one.request.is_open() { Icon::Hourglass } else { Icon::CheckCircle };
    let row = ListRow::new(&one.name).detail(&standing).below(&asked).last(&saved).height(ROW);
    if row.attention(late).icon(icon).opens().in_card(first, last).show(ui).clicked() {
        view.out.push(Action::Letter(LetterAction::Show(Topic::Held(one.person))));
    }
}

/// Everybody whom an answer can be about.
fn whom(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    text::heading(ui, Level::Group, "Who asked?");
    let people = open.journal.people();
    card_of_list(ui, |ui| {
        let last = people.len().saturating_sub(1);
        for (at, (id, person)) in people.iter().enumerate() {
            if at > 0 {
                hairline(ui);
            }
            let (about, initials) = (person.about(), person.initials());
            let row = ListRow::new(&person.name).detail(&about).initials(&initials);
            let row = row.opens().in_card(at == 0, at == last);
            let shown = ui.push_id(id, |ui| row.show(ui)).inner;
            if at == 0 && page::just_opened(ui.ctx(), egui::Id::unique("who asked")) {
                shown.request_focus();
            }
            if shown.clicked() {
                view.out.push(Action::Letter(LetterAction::Show(Topic::Held(*id))));
            }
        }
    });
}
