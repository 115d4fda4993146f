//! One's own practice: what each doctor got of it, as counts and for oneself alone.

use egui::Ui;

use super::side::template;
use crate::app::Action;
use crate::app::action::SessionAction;
use crate::app::fairness::{Given, given};
use crate::app::state::Open;
use crate::model::text::count;
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::Button;
use crate::ui::widgets::card::{ListRow, card, card_of_list, hairline};
use crate::ui::widgets::page;
use crate::ui::widgets::text::{self, Level};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::at_most(ui, 760.0, |ui| {
        ui.spacing_mut().item_spacing.y = Space::M.pts();
        let all = given(&open.journal, view.state.today());
        if all.is_empty() {
            text::body(ui, "Nobody is here yet. Add the doctors you supervise under People.");
        } else {
            rows(ui, view, &all);
            text::small(
                ui,
                "By name, never by rank. It counts what you wrote down, so it is less than you \
                 gave. A door is a promise with words such as introduce, invite or recommend.",
            );
        }
        card(ui, |ui| ask(ui, view, open));
        card(ui, |ui| act(ui, view));
    });
}

fn rows(ui: &mut Ui, view: &mut View<'_>, all: &[Given]) {
    card_of_list(ui, |ui| {
        for (at, one) in all.iter().enumerate() {
            if at > 0 {
                hairline(ui);
            }
            let (talks, promises) = (talks(one), promises(one));
            let row = ListRow::new(&one.name).detail(&talks).below(&promises).height(84.0).opens();
            if row.in_card(at == 0, at + 1 == all.len()).show(ui).clicked() {
                view.out.push(Action::Go(crate::app::Screen::People(Some(one.person))));
            }
        }
    });
}

/// "5 conversations, 4 h 10 min".
fn talks(one: &Given) -> String {
    let talks = count(one.talks, "conversation");
    match (one.minutes / 60, one.minutes % 60) {
        (0, 0) => talks,
        (0, minutes) => format!("{talks}, {minutes} min"),
        (hours, 0) => format!("{talks}, {hours} h"),
        (hours, minutes) => format!("{talks}, {hours} h {minutes} min"),
    }
}

/// "3 promises of yours, 1 still open. 1 opens a door".
fn promises(one: &Given) -> String {
    let promises = match one.promises {
        0 => "No promises of yours".to_owned(),
        n => format!("{} of yours, {} still open", count(n, "promise"), one.open),
    };
    match one.doors {
        0 => promises,
        1 => format!("{promises}. 1 opens a door"),
        n => format!("{promises}. {n} open a door"),
    }
}

/// Questions to oneself, with where to write the answers.
fn ask(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Group, "Ask yourself");
    for words in [
        "Who had less of you than you meant to give, and what came between?",
        "Who hears first about projects, posts and people? Who never does?",
        "Which door could you open this month, and for whom?",
        "What did you try, and what happened?",
    ] {
        text::body(ui, words);
    }
    text::hint(
        ui,
        "The log is a reflection. Write about your habits and name no doctor, so that you can \
         hand it on.",
    );
    let log = Button::primary("Write in the fairness log").icon(Icon::PencilSimple);
    if open.read_only.is_none() && ui.add(log).clicked() {
        start(view, "fairness-log");
    }
}

/// What changes a decision or opens a door.
fn act(ui: &mut Ui, view: &mut View<'_>) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Group, "Before a rating, a referral or a reference");
    text::body(ui, "Take 60 seconds with seven questions. The card stays with your reflections.");
    let check = Button::secondary("Decision check card").icon(Icon::Scales);
    if ui.add(check).clicked() {
        template(view, "decision-check");
    }
    hairline(ui);
    text::heading(ui, Level::Group, "Pass on what nobody tells newcomers");
    text::body(
        ui,
        "What you promise there becomes an action of yours with a day, and comes up on Today.",
    );
    let insider = Button::secondary("Insider knowledge").icon(Icon::DoorOpen);
    if ui.add(insider).clicked() {
        template(view, "insider-knowledge");
    }
}

fn start(view: &mut View<'_>, template: &str) {
    let template = template.to_owned();
    view.out.push(Action::Session(SessionAction::Start { template, person: None }));
}
