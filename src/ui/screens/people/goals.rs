//! Goals over many conversations: how far each is, reached, or dropped with a reason.

use egui::Ui;

use super::about::new_member;
use super::part::{self, Head, inset, opener, section};
use crate::app::Action;
use crate::app::part::{Part, PartAction};
use crate::app::state::Open;
use crate::model::text::long_date;
use crate::model::{Goal, Id, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::layer::Chip;
use crate::ui::widgets::tag::Tag;
use crate::ui::widgets::text;

/// Draws the card: those that are followed first.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    let words = if person.goals.is_empty() { "No goal is written down yet." } else { "" };
    let edits = [((id, Part::Goal, None), ("Add", "Add a goal"))];
    let head = Head { title: "Goals", words, layer: None, edits: &edits };
    section(ui, (view, open), &head, |ui, view| {
        new_member(ui, view, open, (id, Part::Goal));
        let all = || person.goals.iter().enumerate();
        let followed = all().filter(|(_, goal)| goal.is_open());
        for (at, goal) in followed.chain(all().filter(|(_, goal)| !goal.is_open())) {
            hairline(ui);
            let forms = [Part::Goal, Part::DropGoal];
            let shown = forms.iter().any(|of| part::form(ui, view, open, (id, *of, Some(at))));
            if !shown {
                ui.push_id(at, |ui| row(ui, view, open, (id, at), goal));
            }
        }
    });
}

fn row(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, at): (Id, usize), goal: &Goal) {
    let p = theme::of(ui);
    ui.add_space(Space::S.pts());
    inset(ui, |ui| {
        let ink = if goal.is_open() { p.text } else { p.text2 };
        text::lines(ui, &goal.text, Type::Strong, ink, 6);
        ui.horizontal_wrapped(|ui| {
            ui.add(Chip::new(goal.layer));
            if let Some(day) = goal.done {
                ui.add(Tag::done());
                text::small(ui, &format!("Reached {}", long_date(day)));
            } else if let Some(day) = goal.dropped {
                ui.add(Tag::new("Dropped").icon(Icon::X));
                text::small(ui, &format!("{}. Why: {}", long_date(day), goal.reason));
            } else {
                text::small(ui, &format!("Since {}", long_date(goal.since)));
            }
        });
        if !goal.progress.is_empty() {
            text::body(ui, &format!("How far: {}", goal.progress));
        }
        if open.read_only.is_none() {
            ui.horizontal_wrapped(|ui| buttons(ui, view, (id, at), goal));
        }
    });
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, (id, at): (Id, usize), goal: &Goal) {
    let words = if goal.is_open() { "Reached" } else { "Follow again" };
    let name = format!("{words}: {}", goal.text);
    if ui.add(Button::secondary(words).small().icon(Icon::Check).name(&name)).clicked() {
        view.out.push(Action::Part(PartAction::Reached(id, at)));
    }
    let name = format!("Change goal: {}", goal.text);
    let change = Button::quiet("Change").small().icon(Icon::PencilSimple).name(&name);
    let change = ui.add(change.id(opener(Part::Goal, Some(at))));
    part::come_back(view, &change, Part::Goal, Some(at));
    if change.clicked() {
        view.out.push(Action::Part(PartAction::Open(id, Part::Goal, Some(at))));
    }
    if goal.is_open() {
        let name = format!("Drop goal: {}", goal.text);
        let drop = Button::ghost("Drop…").small().name(&name);
        let drop = ui.add(drop.id(opener(Part::DropGoal, Some(at))));
        part::come_back(view, &drop, Part::DropGoal, Some(at));
        if drop.clicked() {
            view.out.push(Action::Part(PartAction::Open(id, Part::DropGoal, Some(at))));
        }
    }
}
