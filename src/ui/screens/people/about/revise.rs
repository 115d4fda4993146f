//! A plan of revision: what it is made from, what it looks like, and making actions of it.

use egui::{Id as WidgetId, Key, ScrollArea, Ui};

use crate::app::Action;
use crate::app::revise::{ReviseAction, ReviseField, ReviseForm, WEEKDAYS};
use crate::app::state::Open;
use crate::model::date::near_date;
use crate::model::revision_plan::Plan;
use crate::model::text::count;
use crate::ui::View;
use crate::ui::theme::{Icon, Space, Type};
use crate::ui::widgets::button::{Button, IconButton};
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::choice::segmented;
use crate::ui::widgets::date::DateField;
use crate::ui::widgets::field::{Field, error_line};
use crate::ui::widgets::menu::select;
use crate::ui::widgets::page::entered;
use crate::ui::widgets::text::{self, Level};

/// Width of a short field, in points.
const SHORT: f32 = 200.0;

/// Draws the form.
pub fn form(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let Some(mut form) = view.inputs.revise.take() else { return };
    let before = form.clone();
    ui.spacing_mut().item_spacing.y = Space::M.pts();
    text::heading(ui, Level::Group, &format!("Plan revision for {}", form.exam));
    text::small(ui, "Type the day of the exam, how many hours a week, and the topics.");
    fields(ui, view, &mut form);
    topics(ui, &mut form);
    if anything_else(&before, &form) {
        form.shown = None;
    }
    shown(ui, view, &form);
    buttons(ui, view, open, &form);
    let free = !egui::Popup::is_any_open(ui.ctx());
    let escape =
        |input: &mut egui::InputState| input.consume_key(egui::Modifiers::NONE, Key::Escape);
    if free && ui.input_mut(escape) {
        view.out.push(Action::Revise(ReviseAction::Cancel));
    }
    view.inputs.revise = Some(form);
}

fn anything_else(before: &ReviseForm, now: &ReviseForm) -> bool {
    let plain = |form: &ReviseForm| ReviseForm { shown: None, go_to: None, ..form.clone() };
    plain(before) != plain(now)
}

fn wrong(form: &ReviseForm, field: ReviseField) -> Option<&str> {
    let Some(Err(wrong)) = &form.shown else { return None };
    (wrong.field == field).then_some(wrong.words.as_str())
}

fn fields(ui: &mut Ui, view: &View<'_>, form: &mut ReviseForm) {
    let (today, known) = (view.state.today(), view.state.known_of(form.person));
    let error = wrong(form, ReviseField::Day).map(str::to_owned);
    let field = DateField::new("Day of the exam").no_hint().known(known).error(error.as_deref());
    field.width(SHORT).show(ui, &mut form.day, today);
    let error = wrong(form, ReviseField::Hours).map(str::to_owned);
    Field::new("Hours a week").error(error.as_deref()).width(SHORT).show(ui, &mut form.hours);
    select(ui, "Day without revision", &mut form.rest, &WEEKDAYS, SHORT);
}

/// The topics with how sure the doctor feels of each.
fn topics(ui: &mut Ui, form: &mut ReviseForm) {
    text::show(ui, "Topics", Type::Button, crate::ui::theme::of(ui).text);
    text::hint(ui, "How sure of each: 1 is not at all, 5 is very sure.");
    if let Some(words) = wrong(form, ReviseField::Topics) {
        error_line(ui, words);
    }
    let mut out = None;
    let mut add = false;
    let alone = form.topics.len() == 1;
    let last = form.topics.len();
    for (at, (name, confidence)) in form.topics.iter_mut().enumerate() {
        ui.push_id(at, |ui| {
            let label = format!("Topic {}", at + 1);
            let id = WidgetId::unique(("topic", at));
            let field = Field::new(&label).label_hidden().placeholder("Topic").id(id);
            let field = field.width(SHORT + 100.0).show(ui, name);
            if form.go_to == Some(at) {
                form.go_to = None;
                field.request_focus();
            }
            add |= entered(ui, &field) && at + 1 == last && !name.trim().is_empty();
            ui.horizontal_wrapped(|ui| {
                let sure = format!("How sure of topic {}", at + 1);
                let options = [(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")];
                segmented(ui, &sure, confidence, &options);
                let name = format!("Take topic {} out", at + 1);
                if !alone && ui.add(IconButton::new(Icon::Trash, &name)).clicked() {
                    out = Some(at);
                }
            });
        });
    }
    if let Some(at) = out {
        form.topics.remove(at);
    }
    if ui.add(Button::quiet("Add a topic").small().icon(Icon::Plus)).clicked() || add {
        form.go_to = Some(form.topics.len());
        form.topics.push((String::new(), 3));
    }
}

/// What the plan holds, before anything is made of it.
fn shown(ui: &mut Ui, view: &View<'_>, form: &ReviseForm) {
    let Some(Ok(plan)) = &form.shown else { return };
    let today = view.state.today();
    hairline(ui);
    text::heading(ui, Level::Group, "The plan");
    text::body(ui, &plan.words());
    text::small(ui, "Each day becomes an action, which can be moved or dropped like any other.");
    days(ui, plan, today);
}

fn days(ui: &mut Ui, plan: &Plan, today: jiff::civil::Date) {
    ScrollArea::vertical().max_height(240.0).id_salt("days of the plan").show(ui, |ui| {
        ui.set_width(ui.available_width());
        for day in &plan.days {
            text::lead(ui, &near_date(day.date, today), &day.words());
        }
    });
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, open: &Open, form: &ReviseForm) {
    if open.read_only.is_some() {
        return;
    }
    let days = match &form.shown {
        Some(Ok(plan)) => plan.days.len(),
        _ => 0,
    };
    ui.horizontal_wrapped(|ui| {
        if days > 0 {
            let words = format!("Add {}", count(days, "action"));
            if ui.add(Button::primary(&words)).clicked() {
                view.out.push(Action::Revise(ReviseAction::Keep));
            }
        } else if ui.add(Button::primary("Show the plan")).clicked() {
            view.out.push(Action::Revise(ReviseAction::Preview));
        }
        if ui.add(Button::ghost("Cancel")).clicked() {
            view.out.push(Action::Revise(ReviseAction::Cancel));
        }
    });
}
