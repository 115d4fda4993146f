//! What goes into a page about the owner alone: its places and how full they are, what is chosen
//! for it, what is typed for it, and of which dates it is.

use egui::{Id as WidgetId, Layout, Ui, pos2, vec2};

use crate::app::Action;
use crate::app::educator::{EducatorAction, LearningForm, choosable};
use crate::app::letter::{LetterPage, ShownLetter, Topic};
use crate::app::state::Open;
use crate::export::Period;
use crate::export::letter::Outline;
use crate::export::year::areas::Evidence;
use crate::model::date::day_and_other_year;
use crate::model::{Id, LearningKind};
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Space, Type};
use crate::ui::widgets::button::IconButton;
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::menu::select;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Answer, Banner, Button, DateField, Field, page, toggle};

/// How wide it is beside the page, in points.
pub const WIDTH: f32 = 264.0;
/// The most reflections to choose from.
const MOST: usize = 40;

/// Whether a page has it.
pub const fn is_beside(topic: &Topic) -> bool {
    matches!(topic, Topic::Year(_) | Topic::Coaching(_))
}

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, it: (&ShownLetter, &LetterPage)) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    let writable = open.read_only.is_none();
    match it.0.topic {
        Topic::Year(_) if writable && view.inputs.educator.adding.is_some() => {
            adding(ui, view);
            return;
        }
        Topic::Year(period) => {
            outline(ui, &it.1.letter.saying.outline);
            if writable {
                copies(ui, view, open, period);
                elsewhere(ui, view, open, period);
                own_words(ui, view);
            }
        }
        Topic::Coaching(_) if writable => {
            let mut on = open.journal.settings().educator.numbered;
            text::heading(ui, Level::Group, "In the log");
            if toggle::checkbox(ui, &mut on, "Give each doctor a number").changed() {
                view.out.push(Action::Educator(EducatorAction::Number(on)));
            }
            text::hint(ui, "With dates, a number can point to somebody who knows your rota.");
        }
        _ => {}
    }
    dates(ui, view);
}

/// The places of the page, with how full they are.
fn outline(ui: &mut Ui, places: &[(String, Outline)]) {
    let p = theme::of(ui);
    text::heading(ui, Level::Group, "The seven areas");
    for (words, state) in places {
        let (icon, ink, said) = match state {
            Outline::Full => (Icon::Check, p.success, "shown"),
            Outline::Part => (Icon::CircleHalf, p.text2, "little to show"),
            Outline::Empty => (Icon::Circle, p.text2, "nothing recorded"),
        };
        let side = IconSize::Button.pts();
        let at = ui.cursor().left_top();
        icon.paint(ui.painter(), pos2(at.x + side / 2.0, at.y + 10.0), side, ink);
        let shown = ui.horizontal_top(|ui| {
            ui.add_space(side + Space::S.pts());
            ui.vertical(|ui| text::show(ui, words, Type::Hint, p.text)).inner
        });
        ui.ctx().accesskit_node_builder(shown.inner.id, |node| {
            node.set_value(format!("{words}, {said}"));
        });
    }
}

/// Which places have little to show.
pub fn thin(ui: &mut Ui, places: &[(String, Outline)]) {
    let thin = places.iter().filter(|(_, state)| *state != Outline::Full);
    let thin: Vec<&str> = thin.filter_map(|(words, _)| words.split_whitespace().next()).collect();
    let lead = match thin.as_slice() {
        [] => return,
        [only] => format!("Area {only} has little to show."),
        [first @ .., last] => {
            format!("Areas {} and {last} have little to show.", first.join(", "))
        }
    };
    let words = "Some regions ask for more. You can send it as it is.";
    Banner::attention(&lead).words(words).unannounced().show(ui);
}

/// The reflections of which a copy may go.
fn copies(ui: &mut Ui, view: &mut View<'_>, open: &Open, period: Period) {
    hairline(ui);
    text::heading(ui, Level::Group, "Reflections I choose");
    text::hint(ui, "A copy goes, word for word. Those about a doctor are not offered.");
    let chosen = open.journal.settings().educator.reflections;
    let today = view.state.today();
    let mut none = true;
    for (id, session) in choosable(&open.journal, period).take(MOST) {
        none = false;
        let mut on = chosen.contains(&id);
        let words = format!("{}, {}", session.title, day_and_other_year(session.date, today));
        let ticked = ui.push_id(id, |ui| toggle::checkbox(ui, &mut on, &words)).inner;
        if ticked.changed() {
            view.out.push(Action::Educator(EducatorAction::Choose(id, on)));
        }
    }
    if none {
        text::secondary(ui, "No reflection of these dates is finished.");
    }
}

/// What was learned and taught elsewhere.
fn elsewhere(ui: &mut Ui, view: &mut View<'_>, open: &Open, period: Period) {
    hairline(ui);
    text::heading(ui, Level::Group, "What I did elsewhere");
    let all = open.journal.learning();
    let here = all.iter().filter(|(_, one)| (period.from..=period.to).contains(&one.date));
    for (id, one) in here {
        ui.push_id(id, |ui| row(ui, view, *id, &one.title));
    }
    let add = Button::secondary("Add what you did elsewhere").icon(Icon::Plus).small();
    if ui.add(add).clicked() {
        view.out.push(Action::Educator(EducatorAction::Add));
    }
}

fn row(ui: &mut Ui, view: &mut View<'_>, id: Id, title: &str) {
    const BUTTON: f32 = 40.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let room = ui.available_width() - 2.0 * BUTTON;
        ui.allocate_ui_with_layout(vec2(room, 0.0), Layout::top_down(egui::Align::Min), |ui| {
            ui.set_width(room);
            text::body(ui, title);
        });
        let name = format!("Change {title}");
        if ui.add(IconButton::new(Icon::PencilSimple, &name)).clicked() {
            view.out.push(Action::Educator(EducatorAction::Change(id)));
        }
        let name = format!("Take out {title}");
        if ui.add(IconButton::new(Icon::Trash, &name)).clicked() {
            view.out.push(Action::Educator(EducatorAction::TakeOut(id)));
        }
    });
}

/// What the owner types for the page.
fn own_words(ui: &mut Ui, view: &mut View<'_>) {
    hairline(ui);
    text::heading(ui, Level::Group, "In my own words");
    let form = &mut view.inputs.educator;
    let mut left = false;
    for (label, words) in
        [("A change I made", &mut form.change), ("Next year", &mut form.next_year)]
    {
        left |= paragraph(ui, label, words).lost_focus();
    }
    let wrong = form.pa_each().is_none().then_some("Type a number, such as 0.25");
    let pa = Field::new("PA for each doctor").hint("0.25 is 1 hour a week").error(wrong);
    left |= pa.width(110.0).show(ui, &mut form.pa).lost_focus();
    if left {
        view.out.push(Action::Educator(EducatorAction::Keep));
    }
}

/// A labelled field of some lines.
fn paragraph(ui: &mut Ui, label: &str, words: &mut String) -> egui::Response {
    let p = theme::of(ui);
    text::show(ui, label, Type::Button, p.text);
    let id = WidgetId::unique(("own year", label));
    Answer::new(id, label).kind(Type::Body).boxed().rows(2).show(ui, words)
}

/// Of which days the page is.
fn dates(ui: &mut Ui, view: &mut View<'_>) {
    hairline(ui);
    text::heading(ui, Level::Group, "Other dates");
    let today = view.state.today();
    let form = &mut view.inputs.educator;
    DateField::new("First day").no_hint().back().width(200.0).show(ui, &mut form.from, today);
    let last = DateField::new("Last day").no_hint().back().width(200.0).error(form.wrong_days);
    last.show(ui, &mut form.to, today);
    let button = Button::secondary("Show these dates").icon(Icon::CalendarBlank).small();
    if ui.add(button).clicked() {
        view.out.push(Action::Educator(EducatorAction::Dates));
    }
}

/// The form for something that was learned or taught elsewhere.
pub fn adding(ui: &mut Ui, view: &mut View<'_>) {
    let today = view.state.today();
    let Some(form) = &mut view.inputs.educator.adding else { return };
    let new = form.is_new();
    let title = if new { "Add what you did elsewhere" } else { "Change what you did elsewhere" };
    text::heading(ui, Level::Group, title);
    let LearningForm { tried, .. } = *form;
    let wrong = form.wrong_title().filter(|_| tried);
    let id = WidgetId::unique("what was learned");
    let title = Field::new("What").id(id).error(wrong).show(ui, &mut form.title);
    if page::just_opened(ui.ctx(), id) {
        title.request_focus();
    }
    let wrong = form.wrong_day(today).filter(|_| tried);
    let day = DateField::new("Day").hint("Of several, the last").back().width(200.0).error(wrong);
    day.show(ui, &mut form.date, today);
    let kinds = LearningKind::ALL.map(|kind| (kind, kind.words()));
    select(ui, "Kind", &mut form.kind, &kinds, 220.0);
    let wrong = form.wrong_hours().filter(|_| tried);
    Field::new("Hours").error(wrong).width(110.0).show(ui, &mut form.hours);
    let areas = Evidence::built_in().areas.iter();
    let areas = areas.filter_map(|area| Some((area.code.parse().ok()?, area.short.as_str())));
    let areas: Vec<(u8, String)> =
        areas.map(|(code, words): (u8, &str)| (code, format!("{code} {words}"))).collect();
    let none = std::iter::once((0, "None of them"));
    let areas: Vec<(u8, &str)> =
        none.chain(areas.iter().map(|(code, words)| (*code, words.as_str()))).collect();
    select(ui, "Area", &mut form.area, &areas, 220.0);
    paragraph(ui, "What I do differently since", &mut form.changed);
    ui.horizontal_wrapped(|ui| {
        let words = if new { "Add it" } else { "Save" };
        if ui.add(Button::primary(words).small()).clicked() {
            view.out.push(Action::Educator(EducatorAction::KeepLearning));
        }
        if ui.add(Button::ghost("Cancel").small()).clicked() {
            view.out.push(Action::Educator(EducatorAction::Cancel));
        }
    });
}
