//! The people, and the page of one of them.

mod about;
mod actions;
mod card;
mod goals;
mod head;
mod list;
pub(in crate::ui::screens) mod part;
mod plan;
mod timeline;
mod year;

use egui::{Frame, Id as WidgetId, Panel, Ui};

use crate::app::inputs::PersonTab;
use crate::app::newcomers::NewcomersAction;
use crate::app::part::PartAction;
use crate::app::state::Open;
use crate::app::{Action, Command, Screen};
use crate::model::text::long_date;
use crate::model::{Id, Person};
use crate::ui::View;
use crate::ui::screens::today::settle;
use crate::ui::theme::{self, Icon, Space, tokens};
use crate::ui::widgets::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::choice::tabs;
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, person: Option<Id>) {
    if open.journal.people().is_empty() {
        page::page(ui, |ui| nobody(ui, view, open));
        return;
    }
    let known = |id: &Id| open.journal.person(*id).is_some();
    let person = person.filter(known);
    if Room::of(ui) <= Room::Narrow {
        match person.and_then(|id| Some((id, open.journal.person(id)?))) {
            None => list::show(ui, view, open, None),
            Some(person) => page::page(ui, |ui| {
                if ui
                    .add(Button::ghost(open.words().everyone()).icon(Icon::CaretLeft).small())
                    .clicked()
                {
                    view.out.push(Action::Go(Screen::People(None)));
                }
                one(ui, view, open, person);
            }),
        }
        return;
    }
    let shown = person.or_else(|| open.first_person());
    let width = if Room::of(ui) == Room::Wide { tokens().layout.list } else { MEDIUM_LIST };
    let fill = theme::of(ui).page;
    Panel::left("people")
        .exact_size(width)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::NONE.fill(fill))
        .show(ui, |ui| {
            let rect = ui.max_rect();
            let stroke = egui::Stroke::new(theme::line_width(ui), theme::of(ui).line);
            ui.painter().vline(rect.right() - 0.5, rect.y_range(), stroke);
            list::show(ui, view, open, shown);
        });
    match shown.and_then(|id| Some((id, open.journal.person(id)?))) {
        // Each person's page begins at its top.
        Some(who) => {
            ui.push_id(who.0, |ui| page::page(ui, |ui| one(ui, view, open, who)));
        }
        None => page::page(ui, |ui| nobody(ui, view, open)),
    }
}

/// Width of the list beside a slim rail.
const MEDIUM_LIST: f32 = 240.0;

fn nobody(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if open.read_only.is_some() {
        text::secondary(ui, "No one here yet.");
        return;
    }
    let (words, command) = (open.words().nobody(), open.words().command(Command::AddPerson));
    let add = Button::primary(command).icon(Icon::Plus);
    let button = page::empty(ui, "No one here yet", words, add);
    if page::just_opened(ui.ctx(), WidgetId::unique("no people")) {
        button.request_focus();
    }
    if button.clicked() {
        view.out.push(Action::Do(Command::AddPerson));
    }
    ui.vertical_centered(|ui| {
        ui.add_space(Space::S.pts());
        let many = Button::ghost("Bring people in from a table…").icon(Icon::TrayArrowDown);
        if ui.add(many).clicked() {
            view.out.push(Action::Newcomers(NewcomersAction::Show));
        }
        let invited = Button::ghost("Open an invitation…").icon(Icon::Handshake);
        if ui.add(invited).clicked() {
            view.out.push(Action::Go(Screen::Join(None)));
        }
    });
}

/// Says that somebody is among past people, and brings them back.
fn past(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    if !person.is_past() {
        return;
    }
    let words = match &person.handed_over {
        Some(over) if over.to.is_empty() => format!("Handed over {}.", long_date(over.on)),
        Some(over) => format!("Handed over to {}, {}.", over.to, long_date(over.on)),
        None => String::new(),
    };
    let banner = Banner::information("Among past people.").words(&words).icon(Icon::Archive);
    let writable = open.read_only.is_none();
    let back = Button::secondary(open.words().bring_back()).small();
    if banner.show_with(ui, |ui| writable && ui.add(back).clicked()) {
        view.out.push(Action::Part(PartAction::Archive(id, false)));
    }
}

fn one(ui: &mut Ui, view: &mut View<'_>, open: &Open, (id, person): (Id, &Person)) {
    ui.spacing_mut().item_spacing.y = Space::L.pts();
    settle::banner(ui, view.out, open, id);
    past(ui, view, open, (id, person));
    head::show(ui, view, open, (id, person));
    let open_actions =
        open.journal.actions_with(id).iter().filter(|(_, action)| action.is_open()).count();
    let shown = [
        (PersonTab::Timeline, "Timeline", None),
        (PersonTab::Actions, "Goals and actions", Some(open_actions)),
        (PersonTab::Year, "Year", None),
        (PersonTab::Plan, "Career plan", None),
        (PersonTab::About, "About", None),
    ];
    tabs(ui, "Parts of the page", &mut view.inputs.person_tab, &shown);
    match view.inputs.person_tab {
        PersonTab::Timeline => timeline::show(ui, view, open, (id, person)),
        PersonTab::Actions => {
            goals::show(ui, view, open, (id, person));
            actions::show(ui, view, open, (id, person));
        }
        PersonTab::Year => year::show(ui, view, open, (id, person)),
        PersonTab::Plan => plan::show(ui, view, open, (id, person)),
        PersonTab::About => about::show(ui, view, open, (id, person)),
    }
}
