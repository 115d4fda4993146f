//! Today of a doctor in training: the next meeting and what to talk about, three minutes for
//! oneself, the actions, the days ahead; and beside it what the supervisor can read.

use egui::{Align, Layout, Margin, Rect, Role, ScrollArea, Ui, pos2, vec2};
use jiff::civil::Date;

use super::{actions, next, post, side};
use crate::app::action::SessionAction;
use crate::app::inputs::{PersonTab, SettingsTab};
use crate::app::preparing::Points;
use crate::app::reads::Standing;
use crate::app::state::Open;
use crate::app::today::Today;
use crate::app::{Action, Command, Screen, advice, findings};
use crate::model::countdown::{Countdown, Towards};
use crate::model::session::PREPARE;
use crate::model::text::day_and_month;
use crate::model::{Id, Layer, Person};
use crate::ui::View;
use crate::ui::screens::reads;
use crate::ui::theme::{self, Icon, IconSize, Space, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card, hairline};
use crate::ui::widgets::layer::Chip;
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::pebble::{PebbleSize, pebble};
use crate::ui::widgets::text::{self, Level};

/// Draws it. `first` gives the main button the focus.
pub fn show(ui: &mut Ui, view: &mut View<'_>, (open, today): (&Open, &Today), first: bool) {
    if Room::of(ui) < Room::Wide {
        page::page(ui, |ui| {
            main(ui, view, (open, today), first);
            ui.add_space(Space::Section.pts());
            card(ui, |ui| reads::panel(ui, view, open, None));
        });
        return;
    }
    let whole = ui.available_rect_before_wrap();
    let split = whole.right() - reads::PANEL;
    let left = Rect::from_min_max(whole.min, pos2(split, whole.bottom()));
    let right = Rect::from_min_max(pos2(split, whole.top()), whole.max);
    page::region(ui, "Today", Role::Main, left, |ui| {
        let margin = Margin::symmetric(28, 24);
        ScrollArea::vertical().auto_shrink(false).content_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            main(ui, view, (open, today), first);
        });
    });
    reads::panel(ui, view, open, Some(right));
}

fn main(ui: &mut Ui, view: &mut View<'_>, (open, today): (&Open, &Today), first: bool) {
    ui.spacing_mut().item_spacing.y = Space::L.pts();
    super::heading(ui, view, &today.sentence);
    let next = today.next.first().map(|next| next.person);
    let here = |(_, person): &(Id, &Person)| !person.is_past() && person.supervises_on(today.day);
    let now = || open.journal.people().into_iter().find(here);
    if let Some(id) = next.or_else(|| now().map(|(id, _)| id)) {
        meeting(ui, view, (open, today), id, first);
    }
    if let Some((_, later)) = today.next.split_first() {
        next::later(ui, view, later);
    }
    post::show(ui, view, open);
    three_minutes(ui, view, open);
    let begun = today.drafts.iter().filter(|one| {
        let talk = open.journal.held(one.id);
        talk.is_none_or(|held| held.session.template.id != PREPARE)
    });
    let begun: Vec<_> = begun.cloned().collect();
    if !begun.is_empty() {
        next::unfinished(ui, view, &begun, None);
    }
    actions::show(ui, view, (open, today));
    ahead(ui, view, &today.own);
    let see = today.backup.is_due || open.sheet_unchecked;
    if see || findings::to_look_at(&open.findings) > 0 {
        side::record(ui, (view.state, view.out), (open, today));
    }
}

/// The next meeting with its points; or, where none is arranged, the points alone.
fn meeting(ui: &mut Ui, view: &mut View<'_>, (open, today): (&Open, &Today), id: Id, first: bool) {
    let Some(person) = open.journal.person(id) else { return };
    let points = today.points.get(&id).cloned().unwrap_or_default();
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let prepare = |ui: &mut Ui, view: &mut View<'_>| {
            if open.read_only.is_some() {
                return;
            }
            let button = ui.add(Button::primary("Prepare"));
            if first {
                button.request_focus();
            }
            if button.clicked() {
                view.out.push(Action::Session(match points.session {
                    Some(session) => SessionAction::Open(session),
                    None => {
                        let template = PREPARE.to_owned();
                        SessionAction::Start { template, person: Some(id) }
                    }
                }));
            }
        };
        if Room::of(ui) > Room::Narrow {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                prepare(ui, view);
                ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                    who(ui, view, today, (id, person));
                });
            });
        } else {
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                who(ui, view, today, (id, person));
            });
            prepare(ui, view);
        }
        hairline(ui);
        talk_about(ui, open, id, &points);
        if today.next.is_empty() && open.read_only.is_none() {
            let arrange =
                Button::ghost("Arrange the next meeting").icon(Icon::CalendarBlank).small();
            if ui.add(arrange).clicked() {
                view.inputs.person_tab = PersonTab::Year;
                view.out.push(Action::Go(Screen::People(Some(id))));
            }
        }
    });
}

fn who(ui: &mut Ui, view: &View<'_>, today: &Today, (id, person): (Id, &Person)) {
    let p = theme::of(ui);
    pebble(ui, &person.initials(), PebbleSize::Large);
    ui.add_space(Space::S.pts());
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let next = today.next.first().filter(|next| next.person == id);
        let (when, title) = match next {
            Some(next) => {
                let template = view.state.library.get(&next.meeting.template);
                let title = template.map_or("Next meeting", |template| template.title.as_str());
                (next.words.clone(), title)
            }
            None => ("No meeting is arranged".to_owned(), "Before you next meet"),
        };
        text::lines(ui, &when, Type::HintStrong, p.link, 2);
        text::heading_lines(ui, Level::Section, title, 2);
        let with = match person.supervises_as.trim() {
            "" => format!("With {}", person.name),
            role => format!("With {}, your {}", person.name, lower_first(role)),
        };
        text::lines(ui, &with, Type::Body, p.text2, 2);
    });
}

/// "Educational supervisor" inside a sentence.
fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    let is_short = words.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next().filter(|_| !is_short) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => words.to_owned(),
    }
}

/// What the doctor wants to talk about, and whether it was sent.
fn talk_about(ui: &mut Ui, open: &Open, id: Id, points: &Points) {
    const NUMBER: f32 = 28.0;
    let p = theme::of(ui);
    let reads = open.reads(id);
    let thing =
        reads.and_then(|reads| reads.things.iter().find(|thing| Some(thing.id) == points.session));
    let chip = thing.map(|thing| match thing.standing {
        Standing::Sent(day) => format!("Sent {}", day_and_month(day)),
        Standing::Changed(_) => "Changed since it was sent".to_owned(),
        Standing::NotSent => "Shared, not sent yet".to_owned(),
    });
    let said = |ui: &mut Ui| {
        if let Some(words) = &chip {
            ui.add(Chip::said(Layer::Shared, words));
        }
    };
    let title = |ui: &mut Ui| {
        text::heading_in(ui, Level::Group, "What I want to talk about", p.text2);
    };
    if Room::of(ui) > Room::Narrow {
        page::row(ui, title, said);
    } else {
        title(ui);
        said(ui);
    }
    if points.points.is_empty() {
        text::secondary(ui, "Nothing yet. Prepare, and write up to three things.");
    }
    for (at, words) in points.points.iter().enumerate() {
        ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
            let size = vec2(NUMBER, Type::Body.token().line);
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Min), |ui| {
                ui.set_min_width(NUMBER);
                text::show(ui, &(at + 1).to_string(), Type::Body, p.text2);
            });
            text::lines(ui, words, Type::Body, p.text, 3);
        });
    }
}

/// A reflection that takes three minutes.
fn three_minutes(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let last = open.journal.reflections().map(|(_, session)| session.date).max();
    let words = match last {
        Some(day) => format!("Last reflection {}. Only you read these.", day_and_month(day)),
        None => "No reflection yet. Only you read these.".to_owned(),
    };
    card(ui, |ui| {
        page::row_of_height(ui, 44.0, |ui| {
            let p = theme::of(ui);
            let side = IconSize::Feature.pts();
            let (mark, _) = ui.allocate_exact_size(vec2(side, side), egui::Sense::hover());
            Icon::PencilLine.paint(ui.painter(), mark.center(), side, p.text2);
            ui.add_space(Space::S.pts());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let write = Button::secondary("Write").name("Write a reflection in 3 minutes");
                if open.read_only.is_none() && ui.add(write).clicked() {
                    let template = "reflection-small".to_owned();
                    let start = SessionAction::Start { template, person: None };
                    view.out.push(Action::Session(start));
                }
                let room = ui.available_size();
                ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    text::line(ui, "Three minutes for yourself", Type::Strong, p.text);
                    text::lines(ui, &words, Type::Small, p.text2, 2);
                });
            });
        });
    });
}

/// The doctor's own panel and sittings ahead.
fn ahead(ui: &mut Ui, view: &mut View<'_>, own: &[Countdown]) {
    card(ui, |ui| {
        if own.is_empty() {
            text::strong(ui, "Your exam and your ARCP");
            text::small(ui, "Add their dates, and Today counts the weeks.");
            let add = Button::quiet("Add the dates").small().icon(Icon::Plus);
            if ui.add(add.name("Add your exam and ARCP dates")).clicked() {
                view.inputs.settings.tab = SettingsTab::You;
                view.out.push(Action::Do(Command::Settings));
            }
            return;
        }
        let today = view.state.today();
        if Room::of(ui) > Room::Narrow && own.len() == 2 {
            ui.columns(2, |columns| {
                for (ui, one) in columns.iter_mut().zip(own) {
                    countdown(ui, one, today);
                }
            });
        } else {
            ui.spacing_mut().item_spacing.y = Space::S.pts();
            for one in own {
                countdown(ui, one, today);
            }
        }
    });
}

fn countdown(ui: &mut Ui, one: &Countdown, today: Date) {
    let p = theme::of(ui);
    let icon = match one.towards {
        Towards::Exam => Icon::Exam,
        Towards::Arcp => Icon::Flag,
    };
    let weeks = match advice::weeks(today, one.date) {
        0 => one.words.clone(),
        1 => "1 week".to_owned(),
        n => format!("{n} weeks"),
    };
    let when = format!("{}, {weeks}", day_and_month(one.date));
    ui.horizontal_top(|ui| {
        let side = IconSize::Nav.pts();
        let (mark, _) = ui.allocate_exact_size(vec2(side, side + 4.0), egui::Sense::hover());
        icon.paint(ui.painter(), mark.center(), side, p.text2);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            text::show(ui, &one.name, Type::Strong, p.text);
            text::show(ui, &when, Type::Small, p.text2);
        });
    });
}
