//! The frame round every screen: rail, top bar, messages, content.

pub(super) mod drop;
mod message;
mod rail;
mod top;

use egui::{CentralPanel, Frame, Panel, Ui};

pub(super) use top::saved_words;

use super::View;
use super::screens;
use super::theme::{self, tokens};
use crate::app::state::{Closing, Phase};
use crate::app::{Action, Screen};

/// How much room the rail takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RailForm {
    /// With words.
    Words,
    /// Icons with tooltips.
    Slim,
    /// Behind the menu button.
    Hidden,
}

/// Draws the window.
pub fn show(ui: &mut Ui, view: &mut View<'_>) {
    match &view.state.phase {
        // The window is cleared in the page's colour, and a computer without a graphics card pays
        // dearly for painting all of it again.
        Phase::Starting => {}
        Phase::Welcome(welcome) => page(ui, |ui| screens::welcome::show(ui, view, welcome)),
        Phase::Locked(locked) => scene(ui, |ui| screens::unlock::show(ui, view, locked)),
        Phase::Unusable(notice) => scene(ui, |ui| screens::unlock::unusable(ui, view, notice)),
        Phase::Restoring(restoring) => scene(ui, |ui| screens::restore::show(ui, view, restoring)),
        // Nothing else of the record is drawn then: no rail, no messages, no dialogs.
        Phase::Open(open) if open.room.is_some() => screens::room::show(ui, view, open),
        Phase::Open(open) => {
            let form = rail_form(ui, &open.screen);
            let quiet = screens::session::quiet::is_on(view.inputs, open);
            if form != RailForm::Hidden && !quiet {
                rail::show(ui, view, open, form);
            }
            if !quiet {
                top::show(ui, view, open, form);
            }
            page(ui, |ui| {
                let whole = ui.available_rect_before_wrap();
                screens::keeping::rest_behind(ui, open);
                message::banner(ui, view, open);
                screen(ui, view, open);
                screens::keeping::drawer(ui, view, open, whole);
            });
            screens::keeping::form(ui.ctx(), view, open);
            screens::pages::show(ui.ctx(), view, open);
            screens::print::form(ui.ctx(), view, open);
            screens::calendar::form(ui.ctx(), view, open);
            screens::fairness::form(ui.ctx(), view, open);
            screens::palette::show(ui.ctx(), view, open);
            screens::pair::form(ui.ctx(), view, open);
            drop::hint(ui.ctx(), view.state, view.inputs);
            message::toast(ui, view);
        }
    }
    if view.state.closing == Closing::Asked {
        message::closing(ui.ctx(), view);
    }
}

fn screen(ui: &mut Ui, view: &mut View<'_>, open: &crate::app::state::Open) {
    match &open.screen {
        Screen::Today => screens::today::show(ui, view, open),
        Screen::People(person) => screens::people::show(ui, view, open, *person),
        Screen::AddPerson => screens::person_form::show(ui, view, open),
        Screen::Choose(person) => screens::choose::show(ui, view, open, *person),
        Screen::Learning(None) => screens::learning::list(ui, view, open),
        Screen::Learning(Some(id)) => screens::learning::page(ui, view, open, id),
        Screen::Coverage => screens::coverage::show(ui, view),
        Screen::Packs(None) => screens::packs::list(ui, view, open),
        Screen::Packs(Some(id)) => screens::packs::page(ui, view, open, id),
        Screen::MakePack => screens::packs::make(ui, view, open),
        Screen::BringIn => screens::packs::coming(ui, view, open),
        Screen::BringPeople => screens::bring_people::show(ui, view, open),
        Screen::BringNotes => screens::bring_notes::show(ui, view, open),
        Screen::Lists(None) => screens::lists::list(ui, view),
        Screen::Lists(Some(id)) => screens::lists::page(ui, view, open, id),
        Screen::TemplateEdit(id) => screens::template_edit::show(ui, view, open, *id),
        Screen::Session(id) => screens::session::show(ui, view, open, *id),
        Screen::Journal => screens::journal::show(ui, view, open),
        Screen::Summary(person) => screens::summary::show(ui, view, open, *person),
        Screen::Boxes(person) => screens::boxes::show(ui, view, open, *person),
        Screen::Letter(topic) => screens::letter::show(ui, view, open, topic),
        Screen::Answers(person) => screens::answers::show(ui, view, open, *person),
        Screen::Plan(person) => screens::plan::show(ui, view, open, *person),
        Screen::Send(person) => screens::exchange::send(ui, view, open, *person),
        Screen::Received => screens::exchange::received(ui, view, open),
        Screen::Decide(person) => screens::exchange::decide(ui, view, open, *person),
        Screen::Pair(person) => screens::pair::show(ui, view, open, *person),
        Screen::Join(_) => screens::pair::join(ui, view, open),
        Screen::Reads(person) => screens::reads::show(ui, view, open, *person),
        Screen::History(id) => screens::history::show(ui, view, open, *id),
        Screen::BothChanged(id) => screens::both_changed::show(ui, view, open, *id),
        Screen::Fairness => screens::fairness::show(ui, view, open),
        Screen::Settings => screens::settings::show(ui, view, open),
        Screen::Help => screens::help::show(ui, view, open),
    }
}

/// A screen before a record is open: it paints its own ground.
fn scene(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    CentralPanel::default().frame(Frame::NONE).show(ui, contents);
}

/// The ground of a page: no margin of its own.
fn page(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let fill = theme::of(ui).page;
    CentralPanel::default().frame(Frame::NONE.fill(fill)).show(ui, contents);
}

/// Editors take the room of the rail's words; narrow windows take it all.
fn rail_form(ui: &Ui, screen: &Screen) -> RailForm {
    let breakpoints = &tokens().layout.breakpoints;
    let width = ui.content_rect().width();
    if width < breakpoints.medium {
        RailForm::Hidden
    } else if width < breakpoints.wide
        || matches!(
            screen,
            Screen::Session(_)
                | Screen::TemplateEdit(_)
                | Screen::Summary(Some(_))
                | Screen::Boxes(_)
                | Screen::Letter(_)
                | Screen::Plan(_)
                | Screen::Send(_)
                | Screen::Received
                | Screen::Decide(_)
                | Screen::Pair(_)
                | Screen::Join(_)
                | Screen::History(_)
                | Screen::BothChanged(_)
        )
    {
        RailForm::Slim
    } else {
        RailForm::Words
    }
}

/// Goes to a screen when a response was clicked.
fn go_on_click(response: &egui::Response, screen: Screen, out: &mut Vec<Action>) {
    if response.clicked() {
        out.push(Action::Go(screen));
    }
}

/// A panel at an edge of the window with a line towards the content.
fn edge_panel(panel: Panel, fill: egui::Color32) -> Panel {
    panel.resizable(false).show_separator_line(false).frame(Frame::NONE.fill(fill))
}

/// Paints the line of an edge panel.
fn edge_line(ui: &Ui, from: egui::Pos2, to: egui::Pos2) {
    let stroke = egui::Stroke::new(theme::line_width(ui), theme::of(ui).line);
    ui.painter().line_segment([from, to], stroke);
}
