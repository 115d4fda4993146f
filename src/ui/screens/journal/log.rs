//! The learning log of an educator: what was learned and taught, with hours, area and what changed
//! since. The page of a year is made from it.

use std::collections::BTreeMap;

use egui::{Layout, Ui, vec2};

use super::list;
use crate::app::Action;
use crate::app::educator::{EducatorAction, hours_words, year_to};
use crate::app::letter::{LetterAction, Topic};
use crate::app::state::Open;
use crate::export::year::{TITLE, areas::Evidence};
use crate::model::text::{count, long_date};
use crate::model::{Id, Learning};
use crate::ui::View;
use crate::ui::screens::letter::adding;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::{Button, IconButton, Level, card, page, text};

/// How wide the form is, in points.
const FORM: f32 = 320.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    text::heading(ui, Level::Title, "Learning log");
    text::secondary(ui, "What you learn and teach as an educator, and what you do with it.");
    let writable = open.read_only.is_none();
    if writable && view.inputs.educator.adding.is_some() {
        page::at_most(ui, FORM, |ui| adding(ui, view));
        return;
    }
    let all = open.journal.learning();
    ui.horizontal_wrapped(|ui| {
        let add = Button::primary("Add what you did elsewhere").icon(Icon::Plus);
        if writable && ui.add(add).clicked() {
            view.out.push(Action::Educator(EducatorAction::Add));
        }
        let period = year_to(view.state.today());
        let hint = "The page for an appraisal, made from this log and your talks";
        let year = Button::ghost(TITLE).icon(Icon::Certificate).name("Make the page of the year");
        if ui.add(year).on_hover_text(hint).clicked() {
            view.out.push(Action::Letter(LetterAction::Show(Topic::Year(period))));
        }
    });
    if all.is_empty() {
        card::card(ui, |ui| {
            text::strong(ui, "Nothing is in the log yet.");
            text::secondary(
                ui,
                "Courses, training in conscious decisions, workshops, reverse mentoring and \
                 reading belong here.",
            );
        });
    }
    let linked = linked(open);
    let mut year = None;
    for (id, one) in all.iter().rev() {
        if year.replace(one.date.year()) != Some(one.date.year()) {
            ui.add_space(Space::S.pts());
            text::heading(ui, Level::Group, &one.date.year().to_string());
        }
        ui.push_id(id, |ui| {
            let linked = linked.get(id).map_or(&[][..], Vec::as_slice);
            entry(ui, view, open, (*id, one), linked);
        });
    }
}

/// The reflections that are linked to each entry.
fn linked(open: &Open) -> BTreeMap<Id, Vec<(Id, &str)>> {
    let mut all: BTreeMap<Id, Vec<(Id, &str)>> = BTreeMap::new();
    for (id, one) in open.journal.reflections() {
        for to in &one.links {
            all.entry(*to).or_default().push((id, one.title.as_str()));
        }
    }
    all
}

fn entry(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (id, one): (Id, &Learning),
    linked: &[(Id, &str)],
) {
    const BUTTONS: f32 = 84.0;
    let p = theme::of(ui);
    hairline(ui);
    ui.horizontal_top(|ui| {
        let room = ui.available_width() - BUTTONS;
        ui.allocate_ui_with_layout(vec2(room, 0.0), Layout::top_down(egui::Align::Min), |ui| {
            ui.set_width(room);
            ui.spacing_mut().item_spacing.y = 2.0;
            text::show(ui, &one.title, Type::Strong, p.text);
            text::small(ui, &details(one));
            if !one.changed.is_empty() {
                text::body(ui, &format!("What changed: {}", one.changed));
            }
            reflections(ui, view, linked);
        });
        if open.read_only.is_some() {
            return;
        }
        ui.spacing_mut().item_spacing.x = 0.0;
        let name = format!("Change {}", one.title);
        if ui.add(IconButton::new(Icon::PencilSimple, &name)).clicked() {
            view.out.push(Action::Educator(EducatorAction::Change(id)));
        }
        let name = format!("Take out {}", one.title);
        if ui.add(IconButton::new(Icon::Trash, &name)).clicked() {
            view.out.push(Action::Educator(EducatorAction::TakeOut(id)));
        }
    });
}

/// The day, the sort, the hours and the area.
fn details(one: &Learning) -> String {
    let mut said = vec![long_date(one.date), one.kind.words().to_owned()];
    said.extend(one.minutes.map(|minutes| match hours_words(minutes) {
        hours if hours == "1" => "1 hour".to_owned(),
        hours => format!("{hours} hours"),
    }));
    let area = one.area.map(|area| area.to_string());
    let areas = Evidence::built_in().areas.iter();
    let area = area.and_then(|area| areas.into_iter().find(|it| it.code == area));
    said.extend(area.map(|area| format!("Area {}, {}", area.code, area.short)));
    said.join(". ")
}

/// The reflections that are linked to it.
fn reflections(ui: &mut Ui, view: &mut View<'_>, linked: &[(Id, &str)]) {
    if linked.is_empty() {
        return;
    }
    text::small(ui, &format!("{} on it", count(linked.len(), "reflection")));
    for (id, title) in linked {
        let button = Button::quiet(title).icon(Icon::Notebook).small();
        if ui.push_id(id, |ui| ui.add(button)).inner.clicked() {
            view.inputs.reflecting.tag = None;
            list::choose(ui, view, *id);
        }
    }
}
