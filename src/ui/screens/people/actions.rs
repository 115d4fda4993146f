//! What was agreed with a person: how far it is, and dropping it with a reason.

use egui::{Align, Id as WidgetId, Layout, Ui, vec2};

use crate::app::action::{RecordAction, SessionAction};
use crate::app::inputs::{Dropping, Moving};
use crate::app::state::Open;
use crate::app::{Action as Wish, Command, Screen};
use crate::model::date::day_and_other_year;
use crate::model::date::near_date;
use crate::model::text::long_date;
use crate::model::{Action, ActionState, Id, Owner, Person};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type, tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card, hairline};
use crate::ui::widgets::choice::segmented_with_tick;
use crate::ui::widgets::date::DateField;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::menu::{menu, menu_row};
use crate::ui::widgets::modal::modal;
use crate::ui::widgets::page::Room;
use crate::ui::widgets::tag::Tag;
use crate::ui::widgets::text::{self, Level};

/// Closed actions that are shown; older ones stand in their conversations.
const CLOSED: usize = 20;

/// Draws the tab.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    text::heading(ui, Level::Section, "Actions");
    let all = open.journal.actions_with(id);
    let (open_ones, mut closed): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(_, action)| action.is_open());
    closed.sort_by_key(|(id, action)| std::cmp::Reverse((action.settled, *id)));
    if open_ones.is_empty() {
        text::secondary(ui, "No actions are open.");
    } else {
        list(ui, &open_ones, |ui, id, action| open_row(ui, view, open, (id, action), person));
    }
    if !closed.is_empty() {
        text::heading(ui, Level::Section, "Closed");
        closed.truncate(CLOSED);
        list(ui, &closed, |ui, id, action| closed_row(ui, view, (id, action), person));
    }
    drop_modal(ui, view, open);
    move_modal(ui, view, open);
}

fn list(ui: &mut Ui, actions: &[(Id, &Action)], mut row: impl FnMut(&mut Ui, Id, &Action)) {
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 10.0;
        for (at, (id, action)) in actions.iter().enumerate() {
            if at > 0 {
                hairline(ui);
            }
            ui.push_id(id, |ui| row(ui, *id, action));
        }
    });
}

/// The width of what can be done with an action, the widest state chosen, in points.
const CONTROLS: f32 = 368.0;

fn open_row(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (id, action): (Id, &Action),
    person: &Person,
) {
    let can = open.read_only.is_none();
    if Room::of(ui) == Room::Wide {
        ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
            let room = ui.available_width() - if can { CONTROLS } else { 72.0 };
            ui.allocate_ui_with_layout(vec2(room, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(room);
                words(ui, view, open, action, person);
            });
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                // From the right, yet Tab comes to the segments first.
                ui.allocate_ui_with_layout(
                    ui.available_size(),
                    Layout::left_to_right(Align::Min),
                    |ui| controls(ui, view, (id, action), can),
                );
            });
        });
    } else {
        words(ui, view, open, action, person);
        ui.horizontal_wrapped(|ui| controls(ui, view, (id, action), can));
    }
}

fn words(ui: &mut Ui, view: &mut View<'_>, open: &Open, action: &Action, person: &Person) {
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    text::body(ui, &action.text);
    let today = view.state.today();
    ui.horizontal_wrapped(|ui| {
        match action.days_late(today) {
            Some(days) => {
                ui.add(Tag::late(days));
            }
            None => {
                if let Some(due) = action.due {
                    ui.add(Tag::new(near_date(due, today)));
                }
            }
        }
        text::small(
            ui,
            &format!(
                "{}, agreed {}",
                whose(action, person),
                day_and_other_year(action.made, today)
            ),
        );
        if let Some((from, held)) = action.from.and_then(|id| Some((id, open.journal.held(id)?))) {
            let name = format!("Open {}: {}", held.session.title, action.text);
            if ui.add(Button::quiet("Open").small().name(&name)).clicked() {
                view.out.push(Wish::Session(SessionAction::Open(from)));
            }
        }
    });
}

fn controls(ui: &mut Ui, view: &mut View<'_>, (id, action): (Id, &Action), can: bool) {
    if can {
        how_far(ui, view, id, action);
    }
    more(ui, view, id, action);
}

fn how_far(ui: &mut Ui, view: &mut View<'_>, id: Id, action: &Action) {
    let mut state = action.state;
    let options =
        [(ActionState::Done, "Done"), (ActionState::Part, "Part"), (ActionState::Open, "Not yet")];
    if segmented_with_tick(ui, &action.text, &mut state, &options, &ActionState::Done).changed() {
        view.out.push(Wish::Record(RecordAction::Settle(id, state)));
    }
    let name = format!("Drop: {}", action.text);
    if ui.add(Button::ghost("Drop…").small().name(&name)).clicked() {
        view.inputs.dropping = Some(Dropping { action: id, reason: String::new(), tried: false });
    }
}

/// What else can be done with an action.
fn more(ui: &mut Ui, view: &mut View<'_>, id: Id, action: &Action) {
    let name = format!("More about: {}", action.text);
    let button = Button::ghost("More").icon_after(Icon::CaretDown).small().name(&name);
    menu(ui, button, |ui| {
        let writable = view.state.open().is_some_and(|open| open.read_only.is_none());
        if action.is_open()
            && writable
            && menu_row(ui, Some(Icon::CalendarBlank), "Move to another day…", "").clicked()
        {
            let day = action.due.map(long_date).unwrap_or_default();
            view.inputs.moving = Some(Moving { action: id, day, wrong: None });
        }
        let row = menu_row(ui, Some(Icon::ClockCounterClockwise), Command::History.text(), "");
        if row.clicked() {
            view.out.push(Wish::Go(Screen::History(id)));
        }
        if open_places(view, id) > 0 && menu_row(ui, Some(Icon::GitMerge), "Settle", "").clicked() {
            view.out.push(Wish::Go(Screen::BothChanged(id)));
        }
    });
}

fn open_places(view: &View<'_>, id: Id) -> usize {
    let open = view.state.open();
    open.and_then(|open| open.record.unsettled.get(&id)).copied().unwrap_or_default()
}

fn closed_row(ui: &mut Ui, view: &mut View<'_>, (id, action): (Id, &Action), person: &Person) {
    let p = theme::of(ui);
    let today = view.state.today();
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        let dropped = action.state == ActionState::Dropped;
        let left = ui.cursor().left();
        ui.add(if dropped { Tag::new("Dropped").icon(Icon::X) } else { Tag::done() });
        ui.add_space((104.0 - (ui.cursor().left() - left)).max(0.0));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            text::show(ui, &action.text, Type::Body, p.text2);
            let when = action.settled.map(|date| format!(", {}", day_and_other_year(date, today)));
            let mut words = format!("{}{}", whose(action, person), when.unwrap_or_default());
            if dropped {
                words = format!("{words}. Why: {}", action.reason);
            }
            text::small(ui, &words);
            more(ui, view, id, action);
        });
    });
}

fn whose<'a>(action: &Action, person: &'a Person) -> &'a str {
    match action.owner {
        Owner::Me => "You",
        Owner::Them => person.called(),
    }
}

/// Asks why an action is dropped: without a reason it stays.
fn drop_modal(ui: &Ui, view: &mut View<'_>, open: &Open) {
    let Some(dropping) = &mut view.inputs.dropping else { return };
    let Some(action) = open.journal.action(dropping.action) else { return };
    let p = theme::of(ui);
    let width = tokens().measure.modal_width;
    let (answer, close) = modal(ui.ctx(), "Drop this action?", width, |ui, first| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Section, "Drop this action?");
        text::lines(ui, &action.text, Type::Body, p.text2, 4);
        let missing = dropping.reason.trim().is_empty();
        let error = (dropping.tried && missing).then_some("Write the reason in a few words");
        let field =
            Field::new("Why will it not be done?").error(error).show(ui, &mut dropping.reason);
        let entered = field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        let mut answer = None;
        ui.horizontal(|ui| {
            if ui.add(Button::secondary("Keep it")).clicked() {
                answer = Some(false);
            }
            if ui.add(Button::primary("Drop action")).clicked() || entered {
                answer = Some(true);
            }
        });
        if first || (answer == Some(true) && missing) {
            field.request_focus();
        }
        answer
    });
    match answer {
        Some(true) if dropping.reason.trim().is_empty() => dropping.tried = true,
        Some(true) => {
            let wish = RecordAction::Drop(dropping.action, dropping.reason.clone());
            view.out.push(Wish::Record(wish));
        }
        Some(false) => view.inputs.dropping = None,
        None if close => view.inputs.dropping = None,
        None => {}
    }
}

/// Asks to which day an action moves; an empty field takes the day away.
fn move_modal(ui: &Ui, view: &mut View<'_>, open: &Open) {
    const TITLE: &str = "Move this action";
    let Some(mut moving) = view.inputs.moving.take() else { return };
    let Some(action) = open.journal.action(moving.action) else { return };
    let known = action.person.map(|id| view.state.known_of(id)).unwrap_or_default();
    let p = theme::of(ui);
    let width = tokens().measure.modal_width;
    let (answer, close) = modal(ui.ctx(), TITLE, width, |ui, first| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Section, TITLE);
        text::lines(ui, &action.text, Type::Body, p.text2, 4);
        let shown = DateField::new("To which day?")
            .hint("For example, next Friday or in 2 weeks. Empty for no day")
            .known(known)
            .id(WidgetId::unique("day of an action"))
            .error(moving.wrong.as_deref())
            .show(ui, &mut moving.day, view.state.today());
        let (field, read) = (shown.response, shown.date);
        let entered = field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        let mut answer = None;
        ui.horizontal(|ui| {
            if ui.add(Button::secondary("Leave it")).clicked() {
                answer = Some(false);
            }
            if ui.add(Button::primary("Move action")).clicked() || entered {
                answer = Some(true);
            }
        });
        if first || (answer == Some(true) && read.is_err()) {
            field.request_focus();
        }
        answer
    });
    match answer {
        Some(false) => {}
        None if close => {}
        answer => {
            view.inputs.moving = Some(moving);
            if answer == Some(true) {
                view.out.push(Wish::Record(RecordAction::Move));
            }
        }
    }
}
