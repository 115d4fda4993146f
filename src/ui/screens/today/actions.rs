//! The actions of everyone: mine, theirs, all.

use egui::Ui;
use jiff::civil::Date;

use crate::app::action::{RecordAction, SessionAction};
use crate::app::inputs::Whose;
use crate::app::state::Open;
use crate::app::{Action as Wish, Screen};
use crate::model::date::near_date;
use crate::model::{Action, ActionState, Id, Owner};
use crate::ui::View;
use crate::ui::theme::Space;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_of_rows, hairline};
use crate::ui::widgets::choice::segmented;
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::tag::Tag;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::toggle::ActionRow;

/// Rows that are shown before all are asked for.
const FIRST: usize = 12;

/// Draws them.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let today = view.state.today();
    let count = |owner| open.journal.open_actions().filter(|(_, a)| a.owner == owner).count();
    let (mine, theirs) = (count(Owner::Me), count(Owner::Them));
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let words =
            [format!("Mine {mine}"), format!("Theirs {theirs}"), format!("All {}", mine + theirs)];
        let options: Vec<(Whose, &str)> = [Whose::Mine, Whose::Theirs, Whose::All]
            .into_iter()
            .zip(words.iter().map(String::as_str))
            .collect();
        page::row(
            ui,
            |ui| text::heading(ui, Level::Section, "Actions"),
            |ui| segmented(ui, "Whose actions", &mut view.inputs.today_actions, &options),
        );
        let shown = shown(open, view.inputs.today_actions, today);
        if shown.is_empty() {
            let words = match view.inputs.today_actions {
                Whose::Mine => "Nothing for you to do.",
                Whose::Theirs => "Nothing for others to do.",
                Whose::All => "No actions are open.",
            };
            text::secondary(ui, words);
            return;
        }
        let some = if view.inputs.today_all { shown.len() } else { shown.len().min(FIRST) };
        card_of_rows(ui, |ui| {
            for (at, (id, action)) in shown.iter().take(some).enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                ui.push_id(id, |ui| row(ui, view, open, *id, action));
            }
        });
        if some < shown.len() {
            let words = format!("Show all {}", shown.len());
            if ui.add(Button::quiet(&words).name("Show all actions")).clicked() {
                view.inputs.today_all = true;
            }
        }
    });
}

/// The open ones by due day, then those that were ticked today.
fn shown(open: &Open, whose: Whose, today: Date) -> Vec<(Id, &Action)> {
    let done = open.journal.closed_on(today).filter(|(_, a)| a.state == ActionState::Done);
    open.journal
        .open_actions()
        .chain(done)
        .filter(|(_, action)| match whose {
            Whose::Mine => action.owner == Owner::Me,
            Whose::Theirs => action.owner == Owner::Them,
            Whose::All => true,
        })
        .collect()
}

fn row(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id, action: &Action) {
    let today = view.state.today();
    let person = action.person.and_then(|id| open.journal.person(id));
    let name = person.map_or("", |person| person.name.as_str());
    let mut done = action.state == ActionState::Done;
    let mut row = ActionRow::new(&action.text);
    let due = due_words(action, today);
    match action.days_late(today) {
        Some(days) => row = row.when(Tag::late(days)),
        None => row = row.note(&due),
    }
    row = if Room::of(ui) > Room::Narrow { row.person(name) } else { row.origin(name) };
    let pressed = row.show(ui, &mut done);
    if pressed.ticked && open.read_only.is_none() {
        let state = if done { ActionState::Done } else { ActionState::Open };
        view.out.push(Wish::Record(RecordAction::Settle(id, state)));
    }
    if pressed.opened {
        match (action.from, action.person) {
            (Some(from), _) if open.journal.held(from).is_some() => {
                view.out.push(Wish::Session(SessionAction::Open(from)));
            }
            (_, Some(person)) => view.out.push(Wish::Go(Screen::People(Some(person)))),
            _ => {}
        }
    }
}

fn due_words(action: &Action, today: Date) -> String {
    match (action.state, action.due) {
        (ActionState::Done, _) => "Done today".to_owned(),
        (_, Some(due)) => near_date(due, today),
        (_, None) => String::new(),
    }
}
