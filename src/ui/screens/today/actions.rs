//! The actions that are late or due within a week: mine, theirs, all. Later ones are asked for.

use egui::Ui;

use crate::app::action::{RecordAction, SessionAction};
use crate::app::inputs::Whose;
use crate::app::state::Open;
use crate::app::today::{DueAction, Today};
use crate::app::{Action as Wish, Screen};
use crate::model::date::near_date;
use crate::model::{Action, ActionState, Id, Owner, Person};
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
pub fn show(ui: &mut Ui, view: &mut View<'_>, (open, today): (&Open, &Today)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let theirs = theirs(open, today);
        let all = [(Whose::Mine, "Mine"), (Whose::Theirs, theirs.as_str()), (Whose::All, "All")];
        let count = |whose| due_rows(today, whose).count();
        let words = all.map(|(whose, words)| (whose, format!("{words} {}", count(whose))));
        let options = words.each_ref().map(|(whose, words)| (*whose, words.as_str()));
        page::row(
            ui,
            |ui| text::heading(ui, Level::Section, "Actions"),
            |ui| segmented(ui, "Whose actions", &mut view.inputs.today_actions, &options),
        );
        let whose = view.inputs.today_actions;
        let due = count(whose);
        let all = open.journal.open_count(owner(whose));
        // Those that are due come first in the order of all.
        let shown = match view.inputs.today_more {
            0 => due.min(FIRST),
            more => (due.min(FIRST) + MORE * more).min(all),
        };
        let ticked: Vec<_> = ticked(open, whose, today).collect();
        if shown + ticked.len() == 0 {
            text::secondary(ui, nothing(whose));
        } else {
            card_of_rows(ui, |ui| {
                let first = due_rows(today, whose).take(shown);
                let later = open.journal.open_actions_of(owner(whose)).skip(due);
                let later = later.map(|(id, action)| (id, action, None));
                let known = first.filter_map(|one| {
                    Some((one.action, open.journal.action(one.action)?, Some(one)))
                });
                let rows = known.chain(later.take(shown.saturating_sub(due)));
                let done = ticked.iter().map(|(id, action)| (*id, *action, None));
                for (at, (id, action, due)) in rows.chain(done).enumerate() {
                    if at > 0 {
                        hairline(ui);
                    }
                    ui.push_id(id, |ui| row(ui, view, (open, today), (id, action, due)));
                }
            });
        }
        more(ui, view, (shown, due, all));
    });
}

/// "Dr Elderbrook’s" for a doctor with one supervisor; else nobody is named.
fn theirs(open: &Open, today: &Today) -> String {
    only(open, today).map_or_else(|| "Theirs".to_owned(), |only| format!("{}’s", only.called()))
}

/// The supervisor of a doctor who has one alone on this day.
fn only<'a>(open: &'a Open, today: &Today) -> Option<&'a Person> {
    let people = open.journal.people().into_iter().map(|(_, person)| person);
    let mut now = people.filter(|person| !person.is_past() && person.supervises_on(today.day));
    let (first, second) = (now.next(), now.next());
    first.filter(|_| second.is_none() && open.words().is_doctor())
}

const fn nothing(whose: Whose) -> &'static str {
    match whose {
        Whose::Mine => "Nothing for you to do this week.",
        Whose::Theirs => "Nothing for others to do this week.",
        Whose::All => "No action is due this week.",
    }
}

fn more(ui: &mut Ui, view: &mut View<'_>, (shown, due, all): (usize, usize, usize)) {
    if shown >= all {
        return;
    }
    let (words, name) = if all - shown > MORE {
        (format!("Show {MORE} more of {all}"), "Show more actions")
    } else if shown >= due {
        (format!("Show {} that are due later", all - shown), "Show all actions")
    } else {
        (format!("Show all {all}"), "Show all actions")
    };
    if ui.add(Button::quiet(&words).name(name)).clicked() {
        view.inputs.today_more += 1;
    }
}

/// Late ones first, then those of the week.
fn due_rows(today: &Today, whose: Whose) -> impl Iterator<Item = &DueAction> {
    let all = today.overdue.iter().chain(&today.due);
    all.filter(move |one| owner(whose).is_none_or(|owner| owner == one.owner))
}

/// Those that were ticked today.
fn ticked<'a>(
    open: &'a Open,
    whose: Whose,
    today: &Today,
) -> impl Iterator<Item = (Id, &'a Action)> {
    let done = open.journal.closed_on(today.day).filter(|(_, a)| a.state == ActionState::Done);
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

fn row(
    ui: &mut Ui,
    view: &mut View<'_>,
    (open, today): (&Open, &Today),
    (id, action, due): (Id, &Action, Option<&DueAction>),
) {
    let name = match (due, action.person) {
        (Some(due), _) => due.name.as_str(),
        (None, Some(person)) => open.called(person),
        (None, None) => "",
    };
    // Where there is one alone, everybody knows with whom it was agreed.
    let name = if only(open, today).is_some() { "" } else { name };
    let mut done = action.state == ActionState::Done;
    let mut row = ActionRow::new(&action.text);
    let when = due_words(action, today);
    match action.days_late(today.day) {
        Some(days) => row = row.when(Tag::late(days)),
        None => row = row.note(&when),
    }
    row = match Room::of(ui) > Room::Narrow {
        _ if name.is_empty() && action.person.is_some() => row,
        true => row.person(name),
        false => row.origin(name),
    };
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

fn due_words(action: &Action, today: &Today) -> String {
    match (action.state, action.due) {
        (ActionState::Done, _) => "Done today".to_owned(),
        (_, Some(due)) => near_date(due, today.day),
        (_, None) => String::new(),
    }
}
