//! One field of a plan: its words, who wrote them and when, what is said beside it.

use egui::{Sense, Stroke, Ui, vec2};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Shown, form, steps, wanted, write_button};
use crate::app::Action;
use crate::app::plan::{PlanAction, PlanSpot};
use crate::model::date::day_and_other_year;
use crate::model::plan::{Author, Change, Para, PlanField, Road};
use crate::model::{Layer, Person};
use crate::ui::View;
use crate::ui::screens::history::words;
use crate::ui::theme::{self, Icon, IconSize, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::layer::{self, Chip};
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::pebble;
use crate::ui::widgets::tag::Tag;
use crate::ui::widgets::text::{self, Level, galley};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, field: PlanField) {
    ui.add_space(Space::S.pts());
    let drawn = layer::edged(ui, Layer::Shared, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        let change = shown.unseen.iter().find(|change| change.key == field.key());
        if !form::show(ui, view, shown, &PlanSpot::Field(field)) {
            head(ui, view, shown, field, change.is_some());
            content(ui, view, shown, field, change);
        }
        if field == PlanField::Options {
            options(ui, view, shown);
        }
        if field == PlanField::Next {
            steps::show(ui, view, shown);
        }
        comments(ui, view, shown, field);
    });
    note(ui, view, shown, field);
    let goes_here = ui.data(|data| data.get_temp::<PlanField>(wanted())) == Some(field);
    if goes_here {
        ui.data_mut(|data| data.remove::<PlanField>(wanted()));
        drawn.response.scroll_to_me(Some(egui::Align::Min));
    }
}

fn head(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, field: PlanField, is_changed: bool) {
    let heading = field.heading(shown.plan.labels);
    let is_empty = shown.plan.paras(field).is_empty();
    let ink = if is_empty { theme::of(ui).text2 } else { theme::of(ui).text };
    let words = if is_empty { "Write" } else { "Edit" };
    let name = format!("{words}: {heading}");
    let end = |ui: &mut Ui, view: &mut View<'_>| {
        let button = (Icon::PencilSimple, words, name.as_str());
        write_button(ui, view, shown, button, PlanSpot::Field(field));
        if is_changed {
            ui.add(Tag::new("Changed").icon(Icon::PencilSimple));
        }
    };
    if Room::of(ui) < Room::Narrow {
        text::heading_in(ui, Level::Prompt, heading, ink);
        ui.horizontal_wrapped(|ui| end(ui, view));
        return;
    }
    page::row(ui, |ui| text::heading_in(ui, Level::Prompt, heading, ink), |ui| end(ui, view));
}

fn content(
    ui: &mut Ui,
    view: &mut View<'_>,
    shown: &Shown<'_>,
    field: PlanField,
    change: Option<&Change>,
) {
    let paras = shown.plan.paras(field);
    match change {
        Some(change) => drop(words::show(ui, &change.pieces(), |_| true, Type::Answer)),
        None if paras.is_empty() => drop(text::hint(ui, field.hint())),
        None => {
            for (at, para) in paras.iter().enumerate() {
                let numbered = match paras.len() {
                    1 => para.text.clone(),
                    _ => format!("{}. {}", at + 1, para.text),
                };
                text::show(ui, &numbered, Type::Answer, theme::of(ui).text);
            }
        }
    }
    ui.horizontal_wrapped(|ui| {
        if !paras.is_empty() {
            authors(ui, shown, paras, view.state.today());
            let as_agreed = shown.agreed.as_ref().and_then(|it| it.words.get(field.key()));
            let texts: Vec<&String> = paras.iter().map(|para| &para.text).collect();
            if as_agreed.is_some_and(|agreed| agreed.iter().collect::<Vec<_>>() == texts) {
                let side = IconSize::Inline.pts();
                let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
                Icon::CheckCircle.paint(ui.painter(), rect.center(), side, theme::of(ui).text2);
                text::small(ui, "Agreed by you both");
            }
        }
        let heading = field.heading(shown.plan.labels);
        if !paras.is_empty() || !shown.plan.comments_at(field.key()).is_empty() {
            let name = format!("Comment on: {heading}");
            let spot = PlanSpot::Comment(field);
            write_button(ui, view, shown, (Icon::Chats, "Comment", &name), spot);
        }
        if shown.plan.note(field.key()).is_empty() && !paras.is_empty() {
            let name = format!("Private note beside: {heading}");
            let words = (Icon::EyeSlash, "Private note", name.as_str());
            write_button(ui, view, shown, words, PlanSpot::Note(field));
        }
        offer(ui, view, shown, field);
    });
}

/// Whether the agreed words of the field go into the summary for the ARCP.
fn offer(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, field: PlanField) {
    let agreed = shown.agreed.as_ref().and_then(|it| it.words.get(field.key()));
    if agreed.is_none_or(Vec::is_empty) || !shown.writable {
        return;
    }
    let is_offered = shown.plan.offered.iter().any(|key| key == field.key());
    let words = if is_offered { "Offered to ARCP" } else { "Offer to ARCP" };
    let name = format!("{words}: {}", field.heading(shown.plan.labels));
    let icon = if is_offered { Icon::Check } else { Icon::FileArrowUp };
    let button = Button::quiet(words).icon(icon).small().name(&name);
    let hint = "What you both agreed here stands in the summary for the ARCP";
    if ui.add(button).on_hover_text(hint).clicked() {
        let wish = PlanAction::Offer(shown.person.0, field, !is_offered);
        view.out.push(Action::Plan(wish));
    }
}

/// Who wrote which paragraph, and when last.
fn authors(ui: &mut Ui, shown: &Shown<'_>, paras: &[Para], today: Date) {
    let owner = shown.open.journal.settings().your_name;
    for by in [shown.me, other(shown.me)] {
        let of: Vec<(usize, &Para)> =
            paras.iter().enumerate().filter(|(_, para)| para.by == by).collect();
        let Some(last) = of.iter().map(|(_, para)| para.at).max() else { continue };
        let mine = by == shown.me;
        let name = if mine { owner.as_str() } else { shown.person.1.name.as_str() };
        token(ui, name, mine);
        let which = if of.len() == paras.len() {
            "this".to_owned()
        } else {
            let numbers: Vec<String> = of.iter().map(|(at, _)| (at + 1).to_string()).collect();
            match numbers.as_slice() {
                [only] => only.clone(),
                [first @ .., last] => format!("{} and {last}", first.join(", ")),
                [] => String::new(),
            }
        };
        text::small(ui, &format!("{} wrote {which}, {}", shown.who(by), when(last, today)));
    }
}

/// The letter of whoever wrote something: a square for oneself, a ring for the other one.
fn token(ui: &mut Ui, name: &str, mine: bool) {
    const SIDE: f32 = 22.0;
    let p = theme::of(ui);
    let initials = pebble::initials(name);
    let letter: String = initials.chars().take(1).collect();
    let (rect, _) = ui.allocate_exact_size(vec2(SIDE, SIDE), Sense::hover());
    let ink = if mine { p.surface } else { p.text2 };
    if mine {
        ui.painter().rect_filled(rect, 4.0, p.text2);
    } else {
        ui.painter().circle_stroke(rect.center(), SIDE / 2.0 - 1.0, Stroke::new(2.0, p.text2));
    }
    let words = galley(ui, &letter, Type::ChipStrong, ink, f32::INFINITY);
    ui.painter().galley(rect.center() - words.size() / 2.0, words, ink);
}

/// "today at 08:10", "18 August".
pub fn when(at: Timestamp, today: Date) -> String {
    let at = at.to_zoned(TimeZone::system());
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    match at.date() {
        day if day == today => format!("today at {time}"),
        day if day.tomorrow().is_ok_and(|next| next == today) => format!("yesterday at {time}"),
        day => day_and_other_year(day, today),
    }
}

const fn other(by: Author) -> Author {
    match by {
        Author::Doctor => Author::Supervisor,
        Author::Supervisor => Author::Doctor,
    }
}

/// The table of each option.
fn options(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>) {
    for option in &shown.plan.options {
        ui.push_id(&option.id, |ui| {
            ui.add_space(Space::S.pts());
            text::strong(ui, &option.text);
            for row in Road::ALL {
                ui.push_id(row.key(), |ui| road(ui, view, shown, (&option.id, row), &option.text));
            }
        });
    }
}

fn road(
    ui: &mut Ui,
    view: &mut View<'_>,
    shown: &Shown<'_>,
    (option, row): (&str, Road),
    of: &str,
) {
    let spot = PlanSpot::Road(option.to_owned(), row);
    if form::show(ui, view, shown, &spot) {
        return;
    }
    let key = format!("roads/{}", row.id(option));
    let change = shown.unseen.iter().find(|change| change.key == key);
    let para = shown.plan.road(option, row);
    ui.horizontal_wrapped(|ui| {
        text::show(ui, row.name(), Type::HintStrong, theme::of(ui).text);
        match para {
            None => drop(text::hint(ui, row.prompt())),
            Some(para) => {
                let day = when(para.at, view.state.today());
                text::small(ui, &format!("{}, {day}", shown.who(para.by)));
            }
        }
        let words = if para.is_some() { "Edit" } else { "Write" };
        let name = format!("{words}: {}, {of}", row.name());
        write_button(ui, view, shown, (Icon::PencilSimple, words, &name), spot);
    });
    match (change, para) {
        (Some(change), _) => drop(words::show(ui, &change.pieces(), |_| true, Type::Body)),
        (None, Some(para)) => drop(text::body(ui, &para.text)),
        (None, None) => {}
    }
}

/// What the two say to each other beside the field.
fn comments(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, field: PlanField) {
    for comment in shown.plan.comments_at(field.key()) {
        ui.add_space(Space::Xs.pts());
        let day = when(comment.at, view.state.today());
        text::small(ui, &format!("{} commented, {day}", shown.who(comment.by)));
        text::body(ui, &comment.text);
    }
    form::show(ui, view, shown, &PlanSpot::Comment(field));
}

/// The private note beside the field.
fn note(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, field: PlanField) {
    let spot = PlanSpot::Note(field);
    if form::show(ui, view, shown, &spot) {
        return;
    }
    let words = shown.plan.note(field.key());
    if words.is_empty() {
        return;
    }
    let name = format!("Edit the private note beside: {}", field.heading(shown.plan.labels));
    layer::edged(ui, Layer::Private, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        ui.horizontal_wrapped(|ui| {
            ui.add(Chip::new(Layer::Private));
            write_button(ui, view, shown, (Icon::PencilSimple, "Edit note", &name), spot);
        });
        text::body(ui, &words);
    });
}

/// The initials of a person, for a step.
pub fn initials_of(person: &Person) -> String {
    pebble::initials(&person.name)
}
