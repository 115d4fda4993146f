//! A calendar file before it leaves: every line that goes, what stands in it, and where it goes.

use egui::{Align, Context, Id, Layout, ScrollArea, Ui, UiBuilder};
use jiff::civil::Time;

use super::leaves;
use crate::app::Action;
use crate::app::calendar::{CalendarAction, CalendarLeaving, Sort, private_words};
use crate::app::state::Open;
use crate::export::calendar::Called;
use crate::export::preview::LayerCount;
use crate::model::Layer;
use crate::model::date::near_date;
use crate::model::text::count;
use crate::ui::View;
use crate::ui::theme::{Icon, Space, Type};
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::page::Room;
use crate::ui::widgets::toggle::checkbox;
use crate::ui::widgets::{Button, Level, choice, modal, text};

const WIDTH: f32 = 880.0;
/// Between the two columns, in points.
const GAP: f32 = 28.0;
/// Height of the list of lines, in points.
const LINES: f32 = 300.0;

/// Draws it over the page while it is asked for.
pub fn form(ctx: &Context, view: &mut View<'_>, open: &Open) {
    let Some(leaving) = &open.calendar else { return };
    let ((), close) = modal::modal(ctx, leaves::TITLE, WIDTH, |ui, first| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Section, leaves::TITLE);
        let whose = match leaving.person {
            Some(id) => format!("A calendar file about {}.", open.called(id)),
            None => open.words().whole_calendar().to_owned(),
        };
        text::secondary(ui, &whose);
        if Room::of(ui) >= Room::Medium {
            let room = ui.available_rect_before_wrap();
            let half = (room.width() - GAP) / 2.0;
            let (left, right) =
                (room.with_max_x(room.left() + half), room.with_min_x(room.right() - half));
            let down = Layout::top_down(Align::Min);
            let column = |place| UiBuilder::new().max_rect(place).layout(down);
            let left = ui.scope_builder(column(left), |ui| {
                lines(ui, view, leaving);
                facts(ui, leaving);
            });
            let right = ui.scope_builder(column(right), |ui| {
                ui.spacing_mut().item_spacing.y = Space::Xs.pts();
                rest(ui, view, open, leaving);
            });
            ui.advance_cursor_after_rect(left.response.rect.union(right.response.rect));
        } else {
            lines(ui, view, leaving);
            facts(ui, leaving);
            rest(ui, view, open, leaving);
        }
        hairline(ui);
        buttons(ui, view, open, (leaving, first));
    });
    if close {
        view.out.push(Action::Calendar(CalendarAction::PutAway));
    }
}

/// What goes in, and where it goes.
fn rest(ui: &mut Ui, view: &mut View<'_>, open: &Open, leaving: &CalendarLeaving) {
    chosen(ui, view);
    if open.read_only.is_some() {
        text::small(ui, "It cannot be saved now, because its receipt could not be kept.");
    } else {
        send(ui, view, leaving);
    }
}

/// Every line, as it will stand in the calendar.
fn lines(ui: &mut Ui, view: &View<'_>, leaving: &CalendarLeaving) {
    let today = view.state.today();
    let words = match leaving.events.len() {
        0 => "Nothing lies ahead that could go.".to_owned(),
        1 => "1 entry goes, with these words:".to_owned(),
        n => format!("{n} entries go, with these words:"),
    };
    text::strong(ui, &words);
    ScrollArea::vertical().max_height(LINES).id_salt("calendar lines").show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        for event in &leaving.events {
            let day = near_date(event.day(), today);
            let p = crate::ui::theme::of(ui);
            let time = |at: Time| at.strftime("%H:%M").to_string();
            let hours = event.hours().map(|(from, to)| format!("{} to {}", time(from), time(to)));
            let place = Some(event.place().to_owned()).filter(|it| !it.is_empty());
            let rest = hours.into_iter().chain(place).collect::<Vec<_>>().join(", ");
            let runs = [
                (day.as_str(), Type::Body, p.text2),
                (event.title(), Type::Body, p.text),
                (rest.as_str(), Type::Body, p.text2),
            ];
            text::runs(ui, &runs);
        }
    });
}

fn chosen(ui: &mut Ui, view: &mut View<'_>) {
    let form = &mut view.inputs.calendar;
    let before = form.clone();
    let options =
        [(Called::Nobody, "No name"), (Called::Initials, "Initials"), (Called::Name, "Full name")];
    text::show(ui, "The person in each line", Type::Button, crate::ui::theme::of(ui).text);
    choice::segmented(ui, "The person in each line", &mut form.called, &options);
    checkbox(ui, &mut form.words, "With the words of actions, exams and meetings");
    for sort in Sort::ALL {
        let mut goes = !form.left_out.contains(&sort);
        if checkbox(ui, &mut goes, sort.words()).changed() {
            match goes {
                true => form.left_out.retain(|out| *out != sort),
                false => form.left_out.push(sort),
            }
        }
    }
    let chose = (form.called, form.words, &form.left_out);
    if chose != (before.called, before.words, &before.left_out) {
        view.out.push(Action::Calendar(CalendarAction::Chosen));
    }
}

fn facts(ui: &mut Ui, leaving: &CalendarLeaving) {
    hairline(ui);
    let words = private_words(leaving.private);
    leaves::layer_row(ui, &LayerCount { layer: Layer::Private, leaves: 0, words });
    match leaving.named.as_slice() {
        [] => {
            let rest = "Check the lines yourself as well";
            leaves::fact(ui, Icon::ShieldCheck, false, "No name of your people in it.", rest);
        }
        named => {
            let lead = format!("{} in it:", count(named.len(), "name"));
            leaves::fact(ui, Icon::ShieldWarning, true, &lead, &named.join(", "));
        }
    }
    let rest = "Calendars show themselves on locked screens, and copy themselves to other servers";
    leaves::fact(ui, Icon::CalendarBlank, false, "Not encrypted.", rest);
}

fn send(ui: &mut Ui, view: &mut View<'_>, leaving: &CalendarLeaving) {
    let form = &mut view.inputs.calendar;
    leaves::to_whom(ui, &mut form.recipient);
    if leaves::file(ui, Id::unique("calendar file"), &mut form.path, leaving.asking) {
        view.out.push(Action::Calendar(CalendarAction::Choose));
    }
    if let Some(notice) = &leaving.notice {
        leaves::refused(ui, notice);
    } else if let Some(written) = &leaving.written {
        leaves::saved(ui, written);
    }
    leaves::receipt_line(ui);
}

fn buttons(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (leaving, first): (&CalendarLeaving, bool),
) {
    let unnamed = view.inputs.calendar.path.trim().is_empty();
    let words = match (leaving.busy, leaving.events.is_empty(), unnamed) {
        (true, ..) => "Saving…",
        (_, true, _) => "Nothing to save",
        (_, _, true) => "Name the file to save",
        _ => "Save calendar",
    };
    let cannot = leaving.busy || leaving.events.is_empty() || unnamed;
    ui.horizontal_wrapped(|ui| {
        if open.read_only.is_none() {
            let save = ui.add(Button::primary(words).cannot_yet(cannot));
            if first {
                save.request_focus();
            }
            if save.clicked() && !cannot {
                view.out.push(Action::Calendar(CalendarAction::Save));
            }
        }
        if ui.add(Button::ghost("Close")).clicked() {
            view.out.push(Action::Calendar(CalendarAction::PutAway));
        }
    });
}
