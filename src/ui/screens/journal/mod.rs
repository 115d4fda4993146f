//! The reflection journal: a list by month, and beside it the one that is read, a year in dots,
//! what was said on scales, or the learning log.

mod aside;
mod list;
mod log;
mod over_time;
mod reading;
mod share;
mod year;

use egui::{Rect, Role, Stroke, Ui, vec2};

use crate::app::Action;
use crate::app::action::SessionAction;
use crate::app::notes::NotesAction;
use crate::app::reflection::{FREE, JournalView};
use crate::app::resize::SIZES;
use crate::app::state::Open;
use crate::model::text::answer_lines;
use crate::model::{Asked, Id, Session};
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type, tokens};
use crate::ui::widgets::cairn::mark;
use crate::ui::widgets::{Banner, Button, Level, Room, card, page, text};

/// What each of the [`SIZES`] asks.
const ASKS: [&str; 4] = [
    "What happened, a thought, one thing to do",
    "What, so what, now what",
    "Six steps",
    "Free writing",
];

/// The way to notes from another program's file.
const BRING_IN: &str = "Bring notes in…";

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if view.inputs.reflecting.sharing.is_some() {
        share::show(ui, view, open);
        return;
    }
    let beside = view.inputs.reflecting.view;
    if open.journal.reflection_count() == 0 && beside != JournalView::Log {
        empty(ui, view, open);
        return;
    }
    let (reflections, more) = list::listed(view, open);
    let chosen = view.inputs.journal;
    let chosen = reflections.iter().find(|(held, _)| Some(*held) == chosen).copied();
    let place = ui.available_rect_before_wrap();
    if Room::of(ui) < Room::Medium {
        if chosen.is_some() || beside != JournalView::Reading {
            right(ui, view, open, (place, chosen), true);
        } else {
            page::region(ui, "Reflections", Role::Navigation, place, |ui| {
                list::show(ui, view, open, (&reflections, more), None);
            });
        }
        return;
    }
    let (left, rest) = place.split_left_right_at_x(place.left() + tokens().layout.list);
    let is_read = beside == JournalView::Reading;
    let chosen = chosen.or_else(|| reflections.first().copied()).filter(|_| is_read);
    let line = Stroke::new(theme::line_width(ui), theme::of(ui).line);
    ui.painter().vline(left.right() - 0.5, left.y_range(), line);
    let (above, below) = aside::split(ui, left);
    page::region(ui, "Reflections", Role::Navigation, above, |ui| {
        list::show(ui, view, open, (&reflections, more), chosen.map(|(id, _)| id));
    });
    right(ui, view, open, (rest, chosen), false);
    aside::foot(ui, view, open, below);
}

/// What stands beside the list, or in its place.
fn right(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    (place, chosen): (Rect, Option<(Id, &Session)>),
    alone: bool,
) {
    match (view.inputs.reflecting.view, chosen) {
        (JournalView::Reading, None) => {}
        (JournalView::Reading, Some((id, session))) => {
            let place = reading::look_for(ui, view, session, place);
            page::region(ui, "Reflection", Role::Main, place, |ui| {
                reading::show(ui, view, open, (id, session), alone);
            });
        }
        (JournalView::Year, _) => page::region(ui, "The year", Role::Main, place, |ui| {
            pane(ui, view, alone, |ui, view| year::show(ui, view, open));
        }),
        (JournalView::OverTime, _) => page::region(ui, "Over time", Role::Main, place, |ui| {
            pane(ui, view, alone, |ui, _| over_time::show(ui, open));
        }),
        (JournalView::Log, _) => page::region(ui, "Learning log", Role::Main, place, |ui| {
            pane(ui, view, alone, |ui, view| log::show(ui, view, open));
        }),
    }
}

/// A page beside the list, with the way back where it stands in its place.
fn pane(
    ui: &mut Ui,
    view: &mut View<'_>,
    alone: bool,
    contents: impl FnOnce(&mut Ui, &mut View<'_>),
) {
    let side = if alone { 16 } else { 44 };
    let margin = egui::Margin { left: side, right: side, top: 22, bottom: 40 };
    let shown = view.inputs.reflecting.view as usize;
    egui::ScrollArea::vertical().id_salt(("pane", shown)).auto_shrink(false).show(ui, |ui| {
        egui::Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            page::at_most(ui, tokens().measure.journal_max_width, |ui| {
                ui.spacing_mut().item_spacing.y = Space::M.pts();
                let words = if alone { "Back" } else { "Back to the reflection" };
                if ui.add(Button::quiet(words).icon(Icon::ArrowLeft).small()).clicked() {
                    view.inputs.reflecting.view = JournalView::Reading;
                    ui.ctx().request_repaint();
                }
                contents(ui, view);
            });
        });
    });
}

/// The answers with their words, in the order of the page.
fn written(session: &Session) -> impl Iterator<Item = (&Asked, String)> {
    let answered = session.items().filter(|asked| asked.is_answered());
    answered.map(|asked| (asked, asked.answer.as_ref().map(answer_lines).unwrap_or_default()))
}

fn start(view: &mut View<'_>, template: &str) {
    let template = template.to_owned();
    view.out.push(Action::Session(SessionAction::Start { template, person: None }));
}

/// How long a reflection of a template takes.
fn minutes_of(view: &View<'_>, template: &str) -> String {
    let minutes = view.state.library.get(template).map(|template| template.minutes);
    match minutes.unwrap_or_default() {
        (from, to) if from == to => format!("{to} minutes"),
        (from, to) => format!("{from} to {to} minutes"),
    }
}

/// The id of the button that opens the reflection that is read.
fn open_id() -> egui::Id {
    egui::Id::unique("open the reflection")
}

/// The page before the first reflection.
fn empty(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::page(ui, |ui| {
        text::heading(ui, Level::Title, "Journal");
        ui.add_space(Space::M.pts());
        page::at_most(ui, tokens().measure.journal_max_width, |ui| {
            card::card(ui, |ui| {
                ui.vertical_centered(|ui| {
                    ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
                    mark(ui, 44.0);
                    let p = theme::of(ui);
                    text::show(ui, "Three minutes is enough.", Type::ButtonLarge, p.text);
                    text::show(ui, "What stayed with you today?", Type::Body, p.text2);
                    ui.add_space(Space::S.pts());
                });
                if open.read_only.is_none() {
                    sizes(ui, view);
                }
            });
            ui.add_space(Space::L.pts());
            banner(ui);
            bring_in(ui, view, open);
            aside::own_year(ui, view, open);
        });
    });
}

/// The way to notes from another program's file.
fn bring_in(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if open.read_only.is_some() {
        return;
    }
    ui.add_space(Space::S.pts());
    let button = Button::quiet(BRING_IN).icon(Icon::TrayArrowDown).small();
    if ui.add(button).clicked() {
        view.out.push(Action::Notes(NotesAction::Show));
    }
}

/// The sizes, each with how long it takes; the smallest is the most likely one.
fn sizes(ui: &mut Ui, view: &mut View<'_>) {
    let words = SIZES.map(|template| match template {
        FREE => "Free writing".to_owned(),
        timed => minutes_of(view, timed),
    });
    let button = |at: usize| {
        let words = words.get(at).map_or("", String::as_str);
        if at == 0 { Button::primary(words) } else { Button::secondary(words) }
    };
    let widths: f32 = (0..SIZES.len()).map(|at| button(at).measure(ui)).sum();
    let gap = ui.spacing().item_spacing.x;
    let side = ((ui.available_width() - widths - 3.0 * gap) / 2.0).max(0.0);
    ui.horizontal_wrapped(|ui| {
        ui.add_space(side);
        for (at, (template, frame)) in SIZES.into_iter().zip(ASKS).enumerate() {
            let minutes = minutes_of(view, template);
            let name = format!("New reflection, {minutes}");
            let response = ui.add(button(at).name(&name)).on_hover_text(frame);
            if at == 0 && ui.memory(egui::Memory::focused).is_none() {
                response.request_focus();
            }
            if response.clicked() {
                start(view, template);
            }
        }
    });
}

fn banner(ui: &mut Ui) {
    Banner::private("Write what you learned, not the case.")
        .words("Leave out who it was. Private to me. Not secret from the law.")
        .show(ui);
}
