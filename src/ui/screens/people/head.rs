//! The head of a person's page: who, what can be done, four facts.

use egui::{Align, Id as WidgetId, Layout, Rect, Ui, UiBuilder, pos2, vec2};
use jiff::civil::Date;

use super::part;
use crate::app::action::SummaryAction;
use crate::app::answers::AnswersAction;
use crate::app::calendar::CalendarAction;
use crate::app::letter::{LetterAction, Topic, ask_first};
use crate::app::part::{Part, PartAction, clock};
use crate::app::state::Open;
use crate::app::{Action, Command, Screen, advice};
use crate::model::date::near_date;
use crate::model::text::long_date;
use crate::model::{Id, Meeting, Owner, Person};
use crate::ui::View;
use crate::ui::screens::pair;
use crate::ui::theme::{self, Icon, IconSize, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::menu::{menu, menu_row};
use crate::ui::widgets::page::Room;
use crate::ui::widgets::pebble::{PebbleSize, pebble};
use crate::ui::widgets::tag::Tag;
use crate::ui::widgets::text::{self, Level};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, who: (Id, &Person)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::M.pts();
        if Room::of(ui) >= Room::Wide {
            let row = vec2(ui.available_width(), 0.0);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Min), |ui| {
                buttons(ui, view, open, who.0);
                ui.add_space(Space::S.pts());
                ui.with_layout(Layout::left_to_right(Align::Min), |ui| name(ui, who.1));
            });
        } else {
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| name(ui, who.1));
            ui.horizontal_wrapped(|ui| buttons(ui, view, open, who.0));
        }
        part::form(ui, view, open, (who.0, Part::HandedOver, None));
        facts(ui, open, who, view.state.today());
        pair::line(ui, view, open, who);
    });
}

/// The id of the button for a new session, to lead the keyboard to it.
pub fn new_session_id() -> WidgetId {
    WidgetId::unique("new session with a person")
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id) {
    if open.read_only.is_none() {
        let button = Button::primary("New session").icon(Icon::Plus).id(new_session_id());
        if ui.add(button).clicked() {
            view.out.push(Action::Go(Screen::Choose(Some(id))));
        }
    }
    if ui.add(Button::secondary("ARCP summary").icon(Icon::FileArrowUp)).clicked() {
        view.out.push(Action::Summary(SummaryAction::Person(id)));
    }
    menu(
        ui,
        Button::secondary("More").icon_after(Icon::CaretDown).name("More about this person"),
        |ui| {
            let keys = Command::History.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
            if menu_row(ui, Some(Icon::ClockCounterClockwise), Command::History.text(), &keys)
                .clicked()
            {
                view.out.push(Action::Go(Screen::History(id)));
            }
            let called = open.journal.person(id).map_or("they", |person| person.called());
            let reads = format!("What {called} can read");
            if menu_row(ui, Some(Icon::Eye), &reads, "").clicked() {
                view.out.push(Action::Go(Screen::Reads(id)));
            }
            if menu_row(ui, Some(Icon::CalendarPlus), "Calendar file…", "").clicked() {
                view.out.push(Action::Calendar(CalendarAction::Ask(Some(id))));
            }
            if open.read_only.is_none() {
                if !open.words().is_doctor() {
                    questions(ui, view, open, id);
                }
                if menu_row(ui, Some(Icon::Key), "Pair…", "").clicked() {
                    view.out.push(Action::Go(Screen::Pair(id)));
                }
                for (icon, words, topic) in [
                    (Icon::Flag, "Plan after the ARCP…", Topic::AfterArcp(id)),
                    (Icon::Handshake, open.words().handover(), Topic::Handover(id)),
                ] {
                    if open.words().is_doctor() && matches!(topic, Topic::AfterArcp(_)) {
                        continue;
                    }
                    if menu_row(ui, Some(icon), words, "").clicked() {
                        view.out.push(Action::Letter(LetterAction::Show(topic)));
                    }
                }
                moves(ui, view, open, id);
            }
        },
    );
}

/// Questions before a meeting, and what is answered.
fn questions(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id) {
    if menu_row(ui, Some(Icon::PaperPlaneTilt), "Send questions first…", "").clicked() {
        view.out.push(ask_first(view.state, open, id));
    }
    if menu_row(ui, Some(Icon::TrayArrowDown), "Bring in answers…", "").clicked() {
        view.out.push(Action::Answers(AnswersAction::Show(id, None)));
    }
}

/// To past people and back.
fn moves(ui: &mut Ui, view: &mut View<'_>, open: &Open, id: Id) {
    let is_past = open.journal.person(id).is_some_and(Person::is_past);
    if is_past {
        if menu_row(ui, Some(Icon::UsersThree), open.words().bring_back(), "").clicked() {
            view.out.push(Action::Part(PartAction::Archive(id, false)));
        }
        return;
    }
    if menu_row(ui, Some(Icon::Archive), "Move to past people", "").clicked() {
        view.out.push(Action::Part(PartAction::Archive(id, true)));
    }
    let noted = !open.words().is_doctor()
        && menu_row(ui, Some(Icon::PencilSimple), "Note a handover by other means", "").clicked();
    if noted {
        view.out.push(Action::Part(PartAction::Open(id, Part::HandedOver, None)));
    }
}

fn name(ui: &mut Ui, person: &Person) {
    let p = theme::of(ui);
    pebble(ui, &person.initials(), PebbleSize::Large);
    ui.add_space(Space::S.pts());
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        text::heading_lines(ui, Level::Title, &person.name, 3);
        if person.hold.is_some() {
            ui.add(Tag::new("On hold").icon(Icon::PushPin));
        }
        let about = person.about();
        let say = format!("say “{}”", person.say);
        let said = !person.say.is_empty();
        if said {
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                let side = IconSize::Inline.pts();
                let (rect, _) = ui.allocate_exact_size(vec2(side, 24.0), egui::Sense::hover());
                Icon::SpeakerHigh.paint(ui.painter(), rect.center(), side, p.text2);
                text::lines(ui, &say, Type::Body, p.text2, 2);
            });
        }
        if !about.is_empty() {
            text::lines(ui, &about, Type::Body, p.text2, 2);
        }
    });
}

fn facts(ui: &mut Ui, open: &Open, (id, person): (Id, &Person), today: Date) {
    let actions = open.journal.actions_with(id);
    let count = |owner| actions.iter().filter(|(_, a)| a.is_open() && a.owner == owner).count();
    let (held, of) = open.page_of(id).map_or((0, 0), |page| page.held);
    let meetings = match of {
        0 => "None asked for".to_owned(),
        of => format!("{held} of {of}"),
    };
    let next = person.next_meeting.as_ref().filter(|one| one.date >= today);
    let (second, third) = if open.words().is_doctor() {
        let met = open.journal.last_met(id).map_or_else(|| "Not yet".to_owned(), long_date);
        (
            ("Supervises you until", person.supervises_until.map_or_else(unknown, long_date)),
            ("Last met", met),
        )
    } else {
        let panel = person.arcp_date.map_or_else(unknown, |panel| ahead(panel, today));
        (("ARCP", panel), ("Meetings of the year", meetings))
    };
    let facts = [
        ("Next meeting", next.map_or_else(unknown, |one| meeting(one, today))),
        second,
        third,
        ("Open actions", format!("{} theirs, {} yours", count(Owner::Them), count(Owner::Me))),
    ];
    let columns = if Room::of(ui) <= Room::Narrow { 2 } else { facts.len() };
    for row in facts.chunks(columns) {
        fact_row(ui, row, columns);
    }
}

/// "Fri 27 Nov 14:30".
fn meeting(one: &Meeting, today: Date) -> String {
    let time = one.time.map(|time| format!(" {}", clock(time))).unwrap_or_default();
    format!("{}{time}", near_date(one.date, today))
}

fn fact_row(ui: &mut Ui, facts: &[(&str, String)], columns: usize) {
    const HEIGHT: f32 = 44.0;
    let p = theme::of(ui);
    let (_, whole) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let width = whole.width() / columns as f32;
    for (at, (label, value)) in facts.iter().enumerate() {
        let left = whole.left() + width * at as f32;
        let indent = if at == 0 { 0.0 } else { 18.0 };
        if at > 0 {
            let stroke = egui::Stroke::new(theme::line_width(ui), p.line_strong);
            ui.painter().vline(left, whole.y_range(), stroke);
        }
        let place = Rect::from_min_max(
            pos2(left + indent, whole.top()),
            pos2(left + width - Space::S.pts(), whole.bottom()),
        );
        ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            text::line(ui, label, Type::Small, p.text2);
            let ink = if value == NOT_SET { p.text2 } else { p.text };
            text::line(ui, value, Type::Strong, ink).on_hover_text(value);
        });
    }
}

const NOT_SET: &str = "Not set";

fn unknown() -> String {
    NOT_SET.to_owned()
}

/// "9 June, 28 weeks", or the day alone once it is over.
fn ahead(panel: Date, today: Date) -> String {
    // The long names of months do not fit beside the weeks.
    let day = panel.strftime("%-d %b");
    match advice::weeks(today, panel) {
        _ if panel < today => long_date(panel),
        0 => format!("{day}, this week"),
        1 => format!("{day}, 1 week"),
        weeks => format!("{day}, {weeks} weeks"),
    }
}
