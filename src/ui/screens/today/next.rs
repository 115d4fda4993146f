//! The next meeting, with last time's actions, the ones after it, and what was left unfinished.

use egui::{Align, Layout, Ui, vec2};

use crate::app::action::SessionAction;
use crate::app::letter::ask_first;
use crate::app::state::Open;
use crate::app::today::{Begun, NextMeeting};
use crate::app::{Action as Wish, Screen, State};
use crate::model::date::day_and_other_year;
use crate::model::{Action, ActionState, Id, Owner, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{ListRow, card, card_of_list, hairline};
use crate::ui::widgets::page::Room;
use crate::ui::widgets::pebble::{PebbleSize, pebble};
use crate::ui::widgets::tag::Tag;
use crate::ui::widgets::text::{self, Level};

/// Lines of last time that are shown; the rest is counted.
const LINES: usize = 5;
/// Meetings after the next one that are shown.
const LATER: usize = 4;
/// Height of a row of something unfinished.
const ROW: f32 = 46.0;
/// Unfinished writings that are shown; the rest is on the pages of their people.
const UNFINISHED: usize = 3;

/// The card of the next meeting. `first` gives its button the focus.
pub fn meeting(ui: &mut Ui, view: &mut View<'_>, open: &Open, next: &NextMeeting, first: bool) {
    let Some(person) = open.journal.person(next.person) else { return };
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let start = |ui: &mut Ui, view: &mut View<'_>| {
            if open.read_only.is_some() {
                return;
            }
            let button = ui.add(Button::primary("Start session").icon(Icon::Play));
            if first {
                button.request_focus();
            }
            if button.clicked() {
                view.out.push(begin(view.state, next));
            }
        };
        if Room::of(ui) > Room::Narrow {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                start(ui, view);
                ui.with_layout(Layout::left_to_right(Align::Min), |ui| who(ui, next, person));
            });
        } else {
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| who(ui, next, person));
            start(ui, view);
        }
        send_first(ui, view, open, (next.person, person));
        last_time(ui, view, open, next.person, person);
    });
}

/// The way to the questions that the doctor can think about before the meeting.
fn send_first(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    if open.read_only.is_some() {
        return;
    }
    let name = format!("Send questions to {} first", person.called());
    let button = Button::ghost("Send questions first…").icon(Icon::PaperPlaneTilt).small();
    if ui.add(button.name(&name)).on_hover_text(&name).clicked() {
        view.out.push(ask_first(view.state, open, id));
    }
}

/// Starts what is arranged: from its template where that is known, else one is chosen first.
fn begin(state: &State, next: &NextMeeting) -> Wish {
    let (template, person) = (next.meeting.template.clone(), Some(next.person));
    match state.library.get(&template) {
        Some(_) => Wish::Session(SessionAction::Start { template, person }),
        None => Wish::Go(Screen::Choose(person)),
    }
}

/// Meetings after the next one; each row leads to its person.
pub fn later(ui: &mut Ui, view: &mut View<'_>, later: &[NextMeeting]) {
    if later.is_empty() {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Section, "After that");
        card_of_list(ui, |ui| {
            let shown = later.len().min(LATER);
            for (at, next) in later.iter().take(LATER).enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                let row = ListRow::new(&next.name).detail(&next.words).opens();
                let row = row.in_card(at == 0, at + 1 == shown);
                if ui.push_id(next.person, |ui| row.show(ui)).inner.clicked() {
                    view.out.push(Wish::Go(Screen::People(Some(next.person))));
                }
            }
        });
        if let Some(more @ 1..) = later.len().checked_sub(LATER) {
            text::small(ui, &format!("{more} more under People"));
        }
    });
}

fn who(ui: &mut Ui, next: &NextMeeting, person: &Person) {
    let p = theme::of(ui);
    pebble(ui, &person.initials(), PebbleSize::Large);
    ui.add_space(Space::S.pts());
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        text::lines(ui, &next.words, Type::HintStrong, p.link, 2);
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
pub fn unfinished(ui: &mut Ui, view: &mut View<'_>, drafts: &[Begun], mut lead: Option<bool>) {
    card(ui, |ui| {
        text::heading(ui, Level::Group, "Pick up where you stopped");
        for (at, one) in drafts.iter().take(UNFINISHED).enumerate() {
            if at > 0 {
                hairline(ui);
            }
            ui.push_id(one.id, |ui| begun(ui, view, one, lead.take()));
        }
        if let Some(more @ 1..) = drafts.len().checked_sub(UNFINISHED) {
            text::small(ui, &format!("{more} more under People and Journal"));
        }
    });
}

fn begun(ui: &mut Ui, view: &mut View<'_>, one: &Begun, lead: Option<bool>) {
    let p = theme::of(ui);
    let name = format!("Continue {}", one.title);
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
            view.out.push(Wish::Session(SessionAction::Open(one.id)));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let side = IconSize::Feature.pts();
            let (rect, _) = ui.allocate_exact_size(vec2(side, side), egui::Sense::hover());
            Icon::ArrowUUpLeft.paint(ui.painter(), rect.center(), side, p.text2);
            ui.add_space(Space::Xs.pts());
            ui.allocate_ui_with_layout(ui.available_size(), Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                text::line(ui, &one.title, Type::Strong, p.text);
                text::line(ui, &one.words, Type::Small, p.text2);
            });
        });
    });
}
