//! Whom to meet next, with last time's actions, and what was left unfinished.

use egui::{Align, Layout, Ui, vec2};

use crate::app::action::SessionAction;
use crate::app::advice;
use crate::app::state::Open;
use crate::app::{Action as Wish, Screen};
use crate::model::date::day_and_other_year;
use crate::model::date::near_date;
use crate::model::text::day_and_month;
use crate::model::{Action, ActionState, Held, Id, Owner, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card, hairline};
use crate::ui::widgets::page::Room;
use crate::ui::widgets::pebble::{PebbleSize, pebble};
use crate::ui::widgets::tag::Tag;
use crate::ui::widgets::text::{self, Level};

/// Lines of last time that are shown; the rest is counted.
const LINES: usize = 5;
/// Height of a row of something unfinished.
const ROW: f32 = 46.0;
/// Unfinished writings that are shown; the rest is on the pages of their people.
const UNFINISHED: usize = 3;

/// The card of the person to meet next. `first` gives its button the focus.
pub fn person(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (id, person): (Id, &Person),
    first: bool,
) {
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let can = open.read_only.is_none();
        let start = |ui: &mut Ui, view: &mut View<'_>| {
            if !can {
                return;
            }
            let button = ui.add(Button::primary("Start session").icon(Icon::Play));
            if first {
                button.request_focus();
            }
            if button.clicked() {
                view.out.push(Wish::Go(Screen::Choose(Some(id))));
            }
        };
        if Room::of(ui) > Room::Narrow {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                start(ui, view);
                ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                    who(ui, view, open, (id, person));
                });
            });
        } else {
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                who(ui, view, open, (id, person));
            });
            start(ui, view);
        }
        last_time(ui, view, open, id, person);
    });
}

fn who(ui: &mut Ui, view: &View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let p = theme::of(ui);
    let today = view.state.today();
    pebble(ui, &person.initials(), PebbleSize::Large);
    ui.add_space(Space::S.pts());
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let (words, ink) = match open.journal.last_met(id) {
            None => ("You have not met yet".to_owned(), p.text2),
            Some(met) => match advice::long_not_met(&open.journal, id, today) {
                Some(weeks) => (format!("Not met for {weeks} weeks"), p.attn),
                None => (format!("Last met {}", day_and_month(met)), p.text2),
            },
        };
        text::line(ui, &words, Type::HintStrong, ink);
        text::heading_lines(ui, Level::Section, &person.name, 2);
        let about = person.about();
        if !about.is_empty() {
            text::lines(ui, &about, Type::Body, p.text2, 2);
        }
    });
}

/// What was agreed the last time, and what is still open from before.
fn last_time(ui: &mut Ui, view: &View<'_>, open: &Open, id: Id, person: &Person) {
    let Some((last, session)) = open.journal.last_finished(id) else { return };
    let mut agreed = open.journal.actions_with(id);
    agreed.retain(|(_, action)| action.is_open() || action.from == Some(last));
    if agreed.is_empty() {
        return;
    }
    let p = theme::of(ui);
    ui.add_space(Space::Xs.pts());
    hairline(ui);
    let since =
        format!("Since you last met, {}", day_and_other_year(session.date, view.state.today()));
    text::heading_in(ui, Level::Group, &since, p.text2);
    ui.spacing_mut().item_spacing.y = 6.0;
    for (id, action) in agreed.iter().take(LINES) {
        ui.push_id(id, |ui| line(ui, action, person));
    }
    if let Some(more @ 1..) = agreed.len().checked_sub(LINES) {
        let words = if more == 1 { "1 more".to_owned() } else { format!("{more} more") };
        text::small(ui, &format!("{words} on {}’s page", person.called()));
    }
}

fn line(ui: &mut Ui, action: &Action, person: &Person) {
    const TAG: f32 = 96.0;
    let p = theme::of(ui);
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        let left = ui.cursor().left();
        ui.add(state_tag(action));
        let used = ui.cursor().left() - left;
        ui.add_space((TAG + Space::S.pts() - used).max(0.0));
        let who = match action.owner {
            Owner::Me => "You:".to_owned(),
            Owner::Them => format!("{}:", person.called()),
        };
        text::runs(ui, &[(&who, Type::Body, p.text2), (&action.text, Type::Body, p.text)]);
    });
}

/// How far an action is, as it will be asked at the next meeting.
fn state_tag(action: &Action) -> Tag {
    match action.state {
        ActionState::Done => Tag::done(),
        ActionState::Part => Tag::part(),
        ActionState::Dropped => Tag::new("Dropped").icon(Icon::X),
        ActionState::Open if action.owner == Owner::Them => Tag::new("To ask").icon(Icon::Circle),
        ActionState::Open => Tag::new("To do").icon(Icon::Circle),
    }
}

/// The card of what was begun and not finished. `lead` makes its first button the primary one
/// and says whether it takes the focus.
pub fn unfinished(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    unfinished: &[(Id, &Held)],
    mut lead: Option<bool>,
) {
    card(ui, |ui| {
        text::heading(ui, Level::Group, "Pick up where you stopped");
        for (at, (id, held)) in unfinished.iter().take(UNFINISHED).enumerate() {
            if at > 0 {
                hairline(ui);
            }
            begun(ui, view, open, (*id, held), lead.take());
        }
        if let Some(more @ 1..) = unfinished.len().checked_sub(UNFINISHED) {
            text::small(ui, &format!("{more} more under People and Journal"));
        }
    });
}

fn begun(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (id, held): (Id, &Held),
    lead: Option<bool>,
) {
    let p = theme::of(ui);
    let session = &held.session;
    let person = session.person.and_then(|id| open.journal.person(id));
    let title = match person {
        Some(person) => format!("{}, {}", person.name, session.title),
        None => session.title.clone(),
    };
    let when = near_date(session.date, view.state.today());
    let name = format!("Continue {title}");
    let row = vec2(ui.available_width(), ROW);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        let button = match lead {
            Some(_) => Button::primary("Continue"),
            None => Button::secondary("Continue"),
        };
        let button = ui.add(button.name(&name));
        if lead == Some(true) {
            button.request_focus();
        }
        if button.clicked() {
            view.out.push(Wish::Session(SessionAction::Open(id)));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let side = IconSize::Feature.pts();
            let (rect, _) = ui.allocate_exact_size(vec2(side, side), egui::Sense::hover());
            Icon::ArrowUUpLeft.paint(ui.painter(), rect.center(), side, p.text2);
            ui.add_space(Space::Xs.pts());
            ui.allocate_ui_with_layout(ui.available_size(), Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                text::line(ui, &title, Type::Strong, p.text);
                let answered = session.items().filter(|asked| asked.is_answered()).count();
                let of = session.items().count();
                let words = format!("{when}. {answered} of {of} prompts have an answer.");
                text::line(ui, &words, Type::Small, p.text2);
            });
        });
    });
}
