//! The bar at the top: where one is, whether it is saved, and the lock.

use egui::{Align, Id as WidgetId, Layout, Margin, Panel, Ui};
use jiff::Zoned;

use super::{RailForm, edge_line, edge_panel};
use crate::app::letter::Topic;
use crate::app::lock::{Idle, idle};
use crate::app::role::Words;
use crate::app::screen::Place;
use crate::app::state::{Open, Saved};
use crate::app::{Action, Command, Screen};
use crate::export::plan::TITLE;
use crate::export::year;
use crate::model::{Certificate, Kind};
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Space, Type, tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::menu::{menu, menu_row};
use crate::ui::widgets::{status, text};

/// About how wide the end of the bar is, in points, until it has been drawn.
const USUAL_END: f32 = 270.0;
/// The least that is left of the name of a screen, in points.
const LEAST_NAME: f32 = 40.0;

/// Draws the bar.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, form: RailForm) {
    let fill = theme::of(ui).page;
    let height = tokens().control.top_bar;
    let narrow = form == RailForm::Hidden;
    edge_panel(Panel::top("top").exact_size(height), fill).show(ui, |ui| {
        let rect = ui.max_rect();
        let up_by = egui::vec2(0.0, 0.5);
        edge_line(ui, rect.left_bottom() - up_by, rect.right_bottom() - up_by);
        let margin = Margin::symmetric(if narrow { 12 } else { 24 }, 0);
        egui::Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.set_height(height);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if narrow {
                    rail_menu(ui, view, open.words());
                }
                let id = WidgetId::unique("width of the top bar's end");
                let end: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(USUAL_END);
                let room = ui.available_width() - end - Space::M.pts();
                crumbs(ui, view, open, narrow, room);
                let drawn = ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let right = ui.max_rect().right();
                    lock(ui, view, open);
                    ui.add_space(Space::S.pts());
                    saved(ui, view, open);
                    right - ui.min_rect().left()
                });
                // The words at the end change, and the way to this screen gives way to them.
                if (drawn.inner - end).abs() > 0.5 {
                    ui.data_mut(|data| data.insert_temp(id, drawn.inner));
                    ui.ctx().request_repaint();
                }
            });
        });
    });
}

/// The rail behind a button, for a narrow window.
fn rail_menu(ui: &mut Ui, view: &mut View<'_>, words: Words) {
    menu(ui, Button::ghost("Menu").icon(Icon::List).small(), |ui| {
        for place in Place::HEAD.into_iter().chain(Place::FOOT) {
            let keys = Command::of(place).shortcut().map(|keys| keys.to_string());
            let row = menu_row(ui, None, words.place(place), &keys.unwrap_or_default());
            if row.clicked() {
                view.out.push(Action::Go(place.screen()));
            }
        }
    });
}

/// The way to this screen, each part but the last a button; the last is cut where `room`, in
/// points, does not hold it.
fn crumbs(ui: &mut Ui, view: &mut View<'_>, open: &Open, narrow: bool, room: f32) {
    let p = theme::of(ui);
    let right = ui.cursor().left() + room;
    let path = path(view, open);
    let last = path.len() - 1;
    for (at, (words, screen)) in path.into_iter().enumerate() {
        if at == last {
            ui.scope(|ui| {
                ui.set_max_width((right - ui.cursor().left()).max(LEAST_NAME));
                text::line(ui, &words, Type::Button, p.text);
            });
        } else if !narrow {
            if ui.add(Button::ghost(&words).small()).clicked()
                && let Some(screen) = screen
            {
                view.out.push(Action::Go(screen));
            }
            let side = IconSize::Inline.pts();
            let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(side), egui::Sense::hover());
            Icon::CaretRight.paint(ui.painter(), rect.center(), side, p.text3);
        }
    }
}

fn path(view: &View<'_>, open: &Open) -> Vec<(String, Option<Screen>)> {
    let words = open.words();
    let place = |place: Place| (words.place(place).to_owned(), Some(place.screen()));
    let end = |words: &str| (words.to_owned(), None);
    let packs = || (Command::Packs.text().to_owned(), Some(Screen::Packs(None)));
    let lists = || (Command::Lists.text().to_owned(), Some(Screen::Lists(None)));
    let person = |id| {
        let name = open.journal.person(id).map_or("Someone", |person| person.name.as_str());
        (name.to_owned(), Some(Screen::People(Some(id))))
    };
    match &open.screen {
        Screen::Today => vec![place(Place::Today)],
        Screen::People(None) => vec![place(Place::People)],
        Screen::People(Some(id)) => vec![place(Place::People), person(*id)],
        Screen::AddPerson => vec![place(Place::People), end(words.command(Command::AddPerson))],
        Screen::Choose(None) => vec![place(Place::Templates)],
        Screen::Learning(module) => {
            let title = module.as_deref().and_then(|id| view.state.library.module(id));
            let learning = ("Learning".to_owned(), Some(Screen::Learning(None)));
            let title = title.map(|module| (module.title.clone(), None));
            [place(Place::Templates), learning].into_iter().chain(title).collect()
        }
        Screen::TemplateEdit(id) => {
            let edit = view.inputs.edits.get(id);
            let title = edit.map(|edit| edit.template.title.trim()).unwrap_or_default();
            let title = if title.is_empty() { "New template" } else { title };
            vec![place(Place::Templates), end(title)]
        }
        Screen::Coverage => vec![place(Place::Templates), end(Command::Coverage.text())],
        Screen::Packs(None) => vec![place(Place::Templates), end(Command::Packs.text())],
        Screen::Packs(Some(id)) => {
            let pack = open.journal.own().packs().find(|(_, pack)| pack.id == *id);
            let title = pack.map_or(id.as_str(), |(_, pack)| &pack.title);
            vec![place(Place::Templates), packs(), end(title)]
        }
        Screen::MakePack => vec![place(Place::Templates), packs(), end("Make a pack")],
        Screen::BringIn => {
            let from = if open.shelf.list.is_some() { lists() } else { packs() };
            vec![place(Place::Templates), from, end("Bring in")]
        }
        Screen::BringPeople => vec![place(Place::People), end("Bring people in")],
        Screen::BringNotes => vec![place(Place::Journal), end("Bring notes in")],
        Screen::Lists(None) => vec![place(Place::Templates), end(Command::Lists.text())],
        Screen::Lists(Some(id)) => {
            let title = view.state.library.list(id).map_or(id.as_str(), |list| &list.title);
            vec![place(Place::Templates), lists(), end(title)]
        }
        Screen::Choose(Some(id)) => vec![place(Place::People), person(*id), end("New session")],
        Screen::Session(_) => session_path(view, place, person),
        Screen::Journal => vec![place(Place::Journal)],
        Screen::Summary(None) => vec![place(Place::Summaries)],
        Screen::Summary(Some(id)) => vec![place(Place::Summaries), (person(*id).0, None)],
        Screen::Boxes(id) => {
            let summary = (person(*id).0, Some(Screen::Summary(Some(*id))));
            vec![place(Place::Summaries), summary, end("Boxes to paste")]
        }
        Screen::Letter(Topic::Note(id)) => record_path(open, *id, "What leaves"),
        Screen::Letter(Topic::Questions(_, id)) => {
            vec![place(Place::People), person(*id), end("Questions before we meet")]
        }
        Screen::Letter(Topic::Held(id)) => {
            vec![place(Place::People), person(*id), end("Answer an access request")]
        }
        Screen::Letter(Topic::Certificate(_)) => {
            vec![place(Place::Settings), end(Certificate::TITLE)]
        }
        Screen::Letter(Topic::Handover(id)) => {
            vec![place(Place::People), person(*id), end("Handover")]
        }
        Screen::Letter(Topic::AfterArcp(id)) => {
            vec![place(Place::People), person(*id), end("Plan after the ARCP")]
        }
        Screen::Letter(Topic::Plan(id, _)) => {
            let plan = (TITLE.to_owned(), Some(Screen::Plan(*id)));
            vec![place(Place::People), person(*id), plan, end("What leaves")]
        }
        Screen::Pair(id) => vec![person(*id), end("Pair")],
        Screen::Join(None) => vec![place(Place::People), end("Open an invitation")],
        Screen::Join(Some(id)) => vec![person(*id), end("Open an invitation")],
        Screen::Reads(id) => {
            vec![place(Place::People), person(*id), end("What they can read")]
        }
        Screen::Plan(id) => vec![place(Place::People), person(*id), end(TITLE)],
        Screen::Send(id) => vec![place(Place::People), person(*id), end("Send")],
        Screen::Received => vec![place(Place::People), end("A file that came")],
        Screen::Decide(id) => vec![place(Place::People), person(*id), end("You both changed this")],
        Screen::Letter(Topic::Year(_)) => vec![place(Place::Journal), end(year::TITLE)],
        Screen::Letter(Topic::Coaching(_)) => {
            vec![place(Place::Journal), end(year::coaching::TITLE)]
        }
        Screen::Answers(id) => {
            vec![place(Place::People), person(*id), end("Bring in answers")]
        }
        Screen::History(id) => record_path(open, *id, "History"),
        Screen::BothChanged(id) => record_path(open, *id, "Changed on two computers"),
        Screen::Fairness => vec![place(Place::Fairness)],
        Screen::Settings => vec![place(Place::Settings)],
        Screen::Help => vec![place(Place::Help)],
    }
}

/// The way to a record, and then to something about it.
fn record_path(open: &Open, id: crate::model::Id, end: &str) -> Vec<Crumb> {
    let journal = &open.journal;
    let person = |id| {
        let name = journal.person(id)?.name.clone();
        Some((name, Some(Screen::People(Some(id)))))
    };
    let held = journal.held(id);
    let whom = match held {
        Some(held) => held.session.person,
        None => journal.action(id).map_or(Some(id), |action| action.person),
    };
    if let Some(plan) = journal.plan(id) {
        let there = (TITLE.to_owned(), Some(Screen::Plan(plan.person)));
        return person(plan.person).into_iter().chain([there, (end.to_owned(), None)]).collect();
    }
    if let Some(template) = journal.own().templates.get(&id) {
        let templates = (Place::Templates.words().to_owned(), Some(Place::Templates.screen()));
        let title = (template.title.clone(), Some(Screen::TemplateEdit(id)));
        return vec![templates, title, (end.to_owned(), None)];
    }
    let title = held.map(|held| (held.session.title.clone(), Some(Screen::Session(id))));
    let whom = whom.and_then(person);
    whom.into_iter().chain(title).chain([(end.to_owned(), None)]).collect()
}

type Crumb = (String, Option<Screen>);

fn session_path(
    view: &View<'_>,
    place: impl Fn(Place) -> Crumb,
    person: impl Fn(crate::model::Id) -> Crumb,
) -> Vec<Crumb> {
    let Some(draft) = &view.inputs.draft else { return vec![place(Place::People)] };
    let title = (draft.session.title.clone(), None);
    match (draft.kind, draft.session.person) {
        (Kind::Reflection, _) | (_, None) => vec![place(Place::Journal), title],
        (_, Some(id)) => vec![person(id), title],
    }
}

fn saved(ui: &mut Ui, view: &View<'_>, open: &Open) {
    let words;
    let state = if open.read_only.is_some() {
        status::Saved::Saved("Reading only")
    } else {
        match &open.saved {
            Saved::Unchanged => status::Saved::Saved("All saved"),
            Saved::Saving => status::Saved::Saving,
            Saved::At(when) => {
                words = saved_words(&view.state.now, when);
                status::Saved::Saved(&words)
            }
            // Why it is not saved, and what to do, stands in the banner below.
            Saved::Not(_) => status::Saved::NotSaved,
        }
    };
    status::saved(ui, &state);
}

/// "Saved just now", "Saved 13:42".
pub fn saved_words(now: &Zoned, when: &Zoned) -> String {
    match now.timestamp().duration_since(when.timestamp()).as_secs() {
        ..60 => "Saved just now".to_owned(),
        _ => format!("Saved {:02}:{:02}", when.hour(), when.minute()),
    }
}

fn lock(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let minutes = open.journal.settings().idle_minutes;
    let now = view.state.now.timestamp();
    let soon = idle(view.state.last_touch, now, minutes) != Idle::Awake;
    let words = if soon { "Locks in 1 min" } else { "Unlocked" };
    let hint = Command::Lock.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
    if status::lock_button(ui, words).on_hover_text(hint).clicked() {
        view.out.push(Action::Lock);
    }
}
