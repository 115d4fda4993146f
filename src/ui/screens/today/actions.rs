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

/// Rows that are shown before more are asked for, and how many then come each time.
const FIRST: usize = 12;
const MORE: usize = 30;

/// Draws them.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let today = view.state.today();
    let count = |whose| open.journal.open_count(owner(whose));
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let all = [(Whose::Mine, "Mine"), (Whose::Theirs, "Theirs"), (Whose::All, "All")];
        let words = all.map(|(whose, words)| (whose, format!("{words} {}", count(whose))));
        let options = words.each_ref().map(|(whose, words)| (*whose, words.as_str()));
        page::row(
            ui,
            |ui| text::heading(ui, Level::Section, "Actions"),
            |ui| segmented(ui, "Whose actions", &mut view.inputs.today_actions, &options),
        );
        let whose = view.inputs.today_actions;
        let some = FIRST + MORE * view.inputs.today_more;
        let shown: Vec<_> = actions(open, whose, today).take(some).collect();
        if shown.is_empty() {
            let words = match whose {
                Whose::Mine => "Nothing for you to do.",
                Whose::Theirs => "Nothing for others to do.",
                Whose::All => "No actions are open.",
            };
            text::secondary(ui, words);
            return;
        }
        card_of_rows(ui, |ui| {
            for (at, (id, action)) in shown.iter().enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                ui.push_id(id, |ui| row(ui, view, open, *id, action));
            }
        });
        let all = count(whose) + ticked(open, whose, today).count();
        if shown.len() < all {
            more(ui, view, shown.len(), all);
        }
    });
}

fn more(ui: &mut Ui, view: &mut View<'_>, shown: usize, all: usize) {
    let (words, name) = if all - shown > MORE {
        (format!("Show {MORE} more of {all}"), "Show more actions")
    } else {
        (format!("Show all {all}"), "Show all actions")
    };
    if ui.add(Button::quiet(&words).name(name)).clicked() {
        view.inputs.today_more += 1;
    }
}

/// The open ones by due day, then those that were ticked today.
fn actions(open: &Open, whose: Whose, today: Date) -> impl Iterator<Item = (Id, &Action)> {
    open.journal.open_actions_of(owner(whose)).chain(ticked(open, whose, today))
}

fn ticked(open: &Open, whose: Whose, today: Date) -> impl Iterator<Item = (Id, &Action)> {
    let done = open.journal.closed_on(today).filter(|(_, a)| a.state == ActionState::Done);
    done.filter(move |(_, action)| owner(whose).is_none_or(|owner| owner == action.owner))
}

/// Who does the actions; nothing for both.
const fn owner(whose: Whose) -> Option<Owner> {
    match whose {
        Whose::Mine => Some(Owner::Me),
        Whose::Theirs => Some(Owner::Them),
        Whose::All => None,
    }
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
