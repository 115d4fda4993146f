//! The list of people: a filter by name, and a row for each. Only the rows in view are drawn.

use egui::{
    Align, Id as WidgetId, Key, Layout, Margin, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2,
};

use crate::app::newcomers::NewcomersAction;
use crate::app::part::PartAction;
use crate::app::role::Words;
use crate::app::roster::RosterRow;
use crate::app::state::Open;
use crate::app::{Action, Command, Screen};
use crate::model::Id;
use crate::ui::View;
use crate::ui::theme::{Icon, Space, tokens};
use crate::ui::widgets::button::{Button, IconButton};
use crate::ui::widgets::card::{ListRow, arrows};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::page::{Room, just_opened};
use crate::ui::widgets::text::{self, Level};

const GAP: f32 = 7.0;
/// Height of a row: a name and three lines below it.
const ROW: f32 = 94.0;
/// Room for the way to the other list.
const FOOT: f32 = 52.0;

/// Draws it; `selected` is the person whose page is beside it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, selected: Option<Id>) {
    let side = if Room::of(ui) <= Room::Narrow { 16 } else { 12 };
    egui::Frame::NONE.inner_margin(Margin { left: side, right: side, top: 16, bottom: 0 }).show(
        ui,
        |ui| {
            filter(ui, view, open);
            let Some(roster) = open.roster() else { return };
            let past = view.inputs.people_past;
            if past {
                text::heading(ui, Level::Group, "Past people");
                ui.add_space(Space::Xs.pts());
            }
            let all = if past { &roster.past } else { &roster.now };
            let wanted = view.inputs.people_filter.trim().to_lowercase();
            let found: Vec<&RosterRow> =
                all.iter().filter(|row| row.find.contains(&wanted)).collect();
            let other = past || !roster.past.is_empty();
            let writable = open.read_only.is_none();
            let foot = FOOT * f32::from(u8::from(other || writable));
            let room = (ui.available_height() - foot).max(120.0);
            let place = ui.available_rect_before_wrap();
            let place = place.with_max_y(place.top() + room);
            ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
                if found.is_empty() {
                    let words = match (all.is_empty(), past) {
                        (true, true) => "Nobody has moved to past people yet.",
                        (true, false) => "Everyone is among past people.",
                        (false, _) => "No one of that name.",
                    };
                    text::secondary(ui, words);
                } else {
                    rows(ui, view, &found, selected);
                }
            });
            ui.advance_cursor_after_rect(place);
            ui.add_space(Space::Xs.pts());
            ui.horizontal(|ui| {
                if other {
                    other_list(ui, view, open.words(), (roster.now.len(), roster.past.len()));
                }
                if writable {
                    invited(ui, view, other);
                }
            });
        },
    );
}

/// The way to past people, and back to the caseload.
fn other_list(ui: &mut Ui, view: &mut View<'_>, words: Words, (now, past): (usize, usize)) {
    let is_past = view.inputs.people_past;
    let (icon, words) = match is_past {
        false => (Icon::Archive, format!("Past people {past}")),
        true => (Icon::UsersThree, format!("{}, {now}", words.back_to_list())),
    };
    if ui.add(Button::ghost(&words).icon(icon)).clicked() {
        view.out.push(Action::Part(PartAction::ShowPast(!is_past)));
    }
}

/// The way to an invitation that somebody gave; an icon where the way to the other list has the
/// room for words.
fn invited(ui: &mut Ui, view: &mut View<'_>, brief: bool) {
    const WORDS: &str = "Open an invitation…";
    let pressed = if brief {
        let end = Layout::right_to_left(Align::Center);
        let icon = IconButton::new(Icon::Handshake, WORDS).bordered();
        ui.with_layout(end, |ui| ui.add(icon).clicked()).inner
    } else {
        ui.add(Button::ghost(WORDS).icon(Icon::Handshake)).clicked()
    };
    if pressed {
        view.out.push(Action::Go(Screen::Join(None)));
    }
}

fn filter(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let button = tokens().control.height_input;
    ui.horizontal(|ui| {
        let can_add = open.read_only.is_none();
        let room = if can_add { 2.0 * (button + Space::S.pts()) } else { 0.0 };
        let width = (ui.available_width() - room).max(80.0);
        Field::new("Filter by name")
            .label_hidden()
            .placeholder("By name")
            .icon(Icon::FunnelSimple)
            .width(width)
            .show(ui, &mut view.inputs.people_filter);
        if can_add
            && ui
                .add(
                    IconButton::new(Icon::Plus, open.words().command(Command::AddPerson))
                        .bordered(),
                )
                .clicked()
        {
            view.out.push(Action::Do(Command::AddPerson));
        }
        if can_add
            && ui.add(IconButton::new(Icon::TrayArrowDown, "Bring people in…").bordered()).clicked()
        {
            view.out.push(Action::Newcomers(NewcomersAction::Show));
        }
    });
    ui.add_space(Space::Xs.pts());
}

/// The id of a person's row, known before it is drawn.
fn row_id(person: Id) -> WidgetId {
    WidgetId::unique(("row of a person", person))
}

fn rows(ui: &mut Ui, view: &mut View<'_>, people: &[&RosterRow], selected: Option<Id>) {
    let step = ROW + GAP;
    let stop = people.iter().position(|row| Some(row.id) == selected);
    let opened = just_opened(ui.ctx(), WidgetId::unique("list of people"));
    let moved = arrived(ui, selected) && stop.is_some();
    ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, seen| {
        ui.set_height(step * people.len() as f32);
        let whole = ui.max_rect();
        let place = |at: usize| {
            let y = whole.top() + step * at as f32;
            Rect::from_min_size(pos2(whole.left(), y), vec2(whole.width(), ROW))
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
                to = row(ui, view, people, at, (stop, focus, selected)).or(to);
            });
        }
        // After all rows: the next one must not see the same key.
        if let Some(next) = to.and_then(|to| people.get(to)) {
            ui.memory_mut(|memory| memory.request_focus(row_id(next.id)));
            if selected.is_some() {
                view.out.push(Action::Go(Screen::People(Some(next.id))));
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
    people: &[&RosterRow],
    at: usize,
    (stop, focus, selected): (bool, bool, Option<Id>),
) -> Option<usize> {
    let row = people.get(at)?;
    let response = ListRow::new(&row.name)
        .detail(&row.when)
        .below(&row.post)
        .last(&row.place)
        .height(ROW)
        .initials(&row.initials)
        .attention(row.attention)
        .selected(Some(row.id) == selected)
        .one_of(row_id(row.id), stop)
        .show(ui);
    let response = response.on_hover_text(format!("{}\n{}", row.post, row.place));
    if focus {
        response.request_focus();
    }
    if response.clicked() {
        view.out.push(Action::Go(Screen::People(Some(row.id))));
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
