//! The list of people: a filter by name, and a row for each. Only the rows in view are drawn.

use egui::{Id as WidgetId, Key, Margin, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};
use jiff::civil::Date;

use crate::app::state::Open;
use crate::app::{Action, Command, Screen, advice};
use crate::model::date::near_date;
use crate::model::text::long_date;
use crate::model::{Id, Person};
use crate::ui::View;
use crate::ui::theme::{Icon, Space, tokens};
use crate::ui::widgets::button::IconButton;
use crate::ui::widgets::card::{ListRow, arrows};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::page::{Room, just_opened};
use crate::ui::widgets::text;

const GAP: f32 = 7.0;

/// Draws it; `selected` is the person whose page is beside it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, selected: Option<Id>) {
    let side = if Room::of(ui) <= Room::Narrow { 16 } else { 12 };
    egui::Frame::NONE.inner_margin(Margin { left: side, right: side, top: 16, bottom: 0 }).show(
        ui,
        |ui| {
            filter(ui, view, open);
            let wanted = view.inputs.people_filter.trim().to_lowercase();
            let mut people = open.journal.people();
            people.retain(|(_, person)| {
                !person.archived
                    && (wanted.is_empty() || person.name.to_lowercase().contains(&wanted))
            });
            if people.is_empty() {
                text::secondary(ui, "No one of that name.");
                return;
            }
            rows(ui, view, open, &people, selected);
        },
    );
}

fn filter(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let button = tokens().control.height_input;
    ui.horizontal(|ui| {
        let can_add = open.read_only.is_none();
        let room = if can_add { button + Space::S.pts() } else { 0.0 };
        let width = (ui.available_width() - room).max(80.0);
        Field::new("Filter by name")
            .label_hidden()
            .placeholder("Filter by name")
            .icon(Icon::FunnelSimple)
            .width(width)
            .show(ui, &mut view.inputs.people_filter);
        if can_add && ui.add(IconButton::new(Icon::Plus, "Add a person").bordered()).clicked() {
            view.out.push(Action::Do(Command::AddPerson));
        }
    });
    ui.add_space(Space::Xs.pts());
}

/// The id of a person's row, known before it is drawn.
fn row_id(person: Id) -> WidgetId {
    WidgetId::unique(("row of a person", person))
}

fn rows(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    people: &[(Id, &Person)],
    selected: Option<Id>,
) {
    let step = tokens().control.list_row + GAP;
    let stop = people.iter().position(|(id, _)| Some(*id) == selected);
    let opened = just_opened(ui.ctx(), WidgetId::unique("list of people"));
    let moved = arrived(ui, selected) && stop.is_some();
    ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, seen| {
        ui.set_height(step * people.len() as f32);
        let whole = ui.max_rect();
        let place = |at: usize| {
            let y = whole.top() + step * at as f32;
            let row = tokens().control.list_row;
            Rect::from_min_size(pos2(whole.left(), y), vec2(whole.width(), row))
        };
        let first = (seen.top() / step).floor() as usize;
        let last = ((seen.bottom() / step).ceil() as usize).min(people.len());
        // The row with the keyboard and its neighbours are there even when scrolled away.
        let near = stop.map_or(0..0, |at| at.saturating_sub(1)..(at + 2).min(people.len()));
        if let (true, Some(at)) = (moved || opened, stop) {
            ui.scroll_to_rect(place(at).expand(Space::S.pts()), None);
        }
        let drawn: Vec<usize> = if near.start < first {
            near.clone().filter(|at| *at < first).chain(first..last).collect()
        } else {
            (first..last).chain(near.filter(|at| *at >= last)).collect()
        };
        let mut to = None;
        for at in drawn {
            let builder = UiBuilder::new().max_rect(place(at));
            let focus = opened && Some(at) == stop;
            ui.scope_builder(builder, |ui| {
                let stop = stop.unwrap_or_default() == at;
                to = row(ui, view, open, people, at, (stop, focus, selected)).or(to);
            });
        }
        // After all rows: the next one must not see the same key.
        if let Some((next, _)) = to.and_then(|to| people.get(to)) {
            ui.memory_mut(|memory| memory.request_focus(row_id(*next)));
            if selected.is_some() {
                view.out.push(Action::Go(Screen::People(Some(*next))));
            }
        }
    });
}

/// Whether another person is selected than a moment ago.
fn arrived(ui: &Ui, selected: Option<Id>) -> bool {
    let last = WidgetId::unique("person of the list");
    let before = ui.data(|data| data.get_temp::<Option<Id>>(last)).flatten();
    ui.data_mut(|data| data.insert_temp(last, selected));
    before != selected
}

/// Draws a row and gives the row that the arrows go to.
fn row(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    people: &[(Id, &Person)],
    at: usize,
    (stop, focus, selected): (bool, bool, Option<Id>),
) -> Option<usize> {
    let (id, person) = people.get(at)?;
    let long = advice::long_not_met(&open.journal, *id, view.state.today());
    let detail = detail(open, (*id, person), view.state.today());
    let initials = person.initials();
    let response = ListRow::new(&person.name)
        .detail(&detail)
        .initials(&initials)
        .attention(long.is_some())
        .selected(Some(*id) == selected)
        .one_of(row_id(*id), stop)
        .show(ui);
    if focus {
        response.request_focus();
    }
    if response.clicked() {
        view.out.push(Action::Go(Screen::People(Some(*id))));
        // Taken away, or the button that gets the focus would feel the same key.
        let enter =
            |input: &mut egui::InputState| input.consume_key(egui::Modifiers::NONE, Key::Enter);
        if response.has_focus() && ui.input_mut(enter) {
            // Enter goes on to the page, where its first button waits.
            ui.memory_mut(|memory| memory.request_focus(super::head::new_session_id()));
        }
    }
    arrows(ui, &response, at, people.len())
}

/// Stage, and when you last met.
fn detail(open: &Open, (id, person): (Id, &Person), today: Date) -> String {
    let met = match (open.journal.last_met(id), advice::long_not_met(&open.journal, id, today)) {
        (_, Some(weeks)) => format!("not met for {weeks} weeks"),
        (None, None) => "not met yet".to_owned(),
        (Some(met), None) => match (today - met).get_days() {
            0 => "met today".to_owned(),
            1 => "met yesterday".to_owned(),
            2..183 => format!("met {}", near_date(met, today)),
            _ => format!("met {}", long_date(met)),
        },
    };
    if person.stage.is_empty() {
        let mut letters = met.chars();
        letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
    } else {
        format!("{}, {met}", person.stage)
    }
}
