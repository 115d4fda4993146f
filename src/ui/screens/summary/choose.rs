//! Whose summary: the people, those whose panel comes soonest first.

use egui::Ui;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::arrives;
use crate::app::action::SummaryAction;
use crate::app::inputs::Spot;
use crate::app::state::Open;
use crate::app::{Action, Command};
use crate::model::text::long_date;
use crate::model::{Id, Person};
use crate::ui::View;
use crate::ui::theme::{Icon, Space, tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{ListRow, card_of_rows, hairline};
use crate::ui::widgets::page;
use crate::ui::widgets::text::{self, Level};

/// Draws the list.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::page(ui, |ui| {
        page::at_most(ui, tokens().measure.journal_max_width, |ui| {
            text::heading(ui, Level::Title, "ARCP summaries");
            let people = people(open, view.state.today());
            if people.is_empty() {
                ui.add_space(Space::M.pts());
                empty(ui, view, open);
                return;
            }
            text::secondary(ui, "Choose whose. Nothing leaves before you have seen the page.");
            ui.add_space(Space::M.pts());
            list(ui, view, open, &people);
        });
    });
}

/// Everyone who is still supervised: by the day of the panel, those without one last.
fn people(open: &Open, today: Date) -> Vec<(Id, &Person)> {
    let mut people = open.journal.people();
    people.retain(|(_, person)| !person.is_past());
    people.sort_by_key(|(_, person)| match person.arcp_date {
        Some(day) if day >= today => (0, Some(day)),
        Some(day) => (1, Some(day)),
        None => (2, None),
    });
    people
}

fn empty(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let title = "No one here yet";
    if open.read_only.is_some() {
        text::secondary(ui, title);
        return;
    }
    let (words, command) = (open.words().nobody(), open.words().command(Command::AddPerson));
    let add = page::empty(ui, title, words, Button::primary(command).icon(Icon::Plus));
    if arrives(view.inputs, Spot::Start) {
        add.request_focus();
    }
    if add.clicked() {
        view.out.push(Action::Do(Command::AddPerson));
    }
}

fn list(ui: &mut Ui, view: &mut View<'_>, open: &Open, people: &[(Id, &Person)]) {
    let today = view.state.today();
    card_of_rows(ui, |ui| {
        for (place, (id, person)) in people.iter().enumerate() {
            if place > 0 {
                hairline(ui);
            }
            let own = open.journal.settings().own.arcp_date;
            let day = if open.words().is_doctor() { own } else { person.arcp_date };
            let panel = panel_words(day, today);
            let lines = match offered(open, *id, today) {
                0 => "No lines offered in the last year".to_owned(),
                1 => "1 line in the last year".to_owned(),
                n => format!("{n} lines in the last year"),
            };
            let row = ListRow::new(open.called(*id))
                .detail(&panel)
                .end(&lines)
                .initials(&person.initials())
                .opens()
                .show(ui);
            if place == 0 && arrives(view.inputs, Spot::Start) {
                row.request_focus();
            }
            if row.clicked() {
                view.out.push(Action::Summary(SummaryAction::Person(*id)));
            }
        }
    });
}

/// How many lines of the last year lie For the ARCP.
fn offered(open: &Open, person: Id, today: Date) -> usize {
    let since = today.checked_sub(1.year()).and_then(Date::tomorrow).unwrap_or(Date::MIN);
    open.journal.for_the_arcp(person, (since, today))
}

/// "ARCP 9 June 2027, in 28 weeks".
fn panel_words(panel: Option<Date>, today: Date) -> String {
    let Some(day) = panel else { return "No ARCP date yet".to_owned() };
    let days = (day - today).get_days();
    let away = match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        2..14 => format!("in {days} days"),
        14.. => format!("in {} weeks", days / 7),
        -1 => "yesterday".to_owned(),
        -13..-1 => format!("{} days ago", -days),
        _ => format!("{} weeks ago", -days / 7),
    };
    format!("ARCP {}, {away}", long_date(day))
}
