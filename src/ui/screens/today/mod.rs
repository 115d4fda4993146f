//! What to do today: all of it comes from [`crate::app::today`].

mod actions;
mod asked;
mod doctor;
mod next;
mod post;
pub(super) mod settle;
mod side;

pub use asked::words as asked_words;
use egui::{Id, Ui};

use crate::app::state::Open;
use crate::app::today::Today;
use crate::app::{Action, Command};
use crate::model::natural_date::weekday;
use crate::model::text::month;
use crate::ui::View;
use crate::ui::theme::{Icon, Space, tokens};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card;
use crate::ui::widgets::page::{self, two_column};
use crate::ui::widgets::text::{self, Level};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let first = page::just_opened(ui.ctx(), Id::unique("today"));
    let Some(today) = open.today() else { return };
    if open.words().is_doctor() && !open.journal.people().is_empty() {
        doctor::show(ui, view, (open, today), first);
        return;
    }
    page::page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Section.pts();
        if open.journal.people().is_empty() {
            heading(ui, view, "");
            nobody(ui, view, open, first);
            return;
        }
        let (state, mut wishes) = (view.state, Vec::new());
        two_column(
            ui,
            tokens().layout.side_panel,
            |ui| main(ui, view, (open, today), first),
            |ui| side::show(ui, (state, &mut wishes), (open, today)),
        );
        view.out.append(&mut wishes);
    });
}

/// The day, and what it brings in one sentence.
fn heading(ui: &mut Ui, view: &View<'_>, sentence: &str) {
    let today = view.state.today();
    let day = format!("{} {} {}", weekday(today), today.day(), month(today.month()));
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::heading(ui, Level::Title, &day);
        if !sentence.is_empty() {
            text::secondary(ui, sentence);
        }
    });
}

fn nobody(ui: &mut Ui, view: &mut View<'_>, open: &Open, first: bool) {
    let (words, command) = (open.words().nobody(), open.words().command(Command::AddPerson));
    if open.read_only.is_some() {
        text::secondary(ui, "No one here yet.");
        return;
    }
    let add = Button::primary(command).icon(Icon::Plus);
    let button = page::empty(ui, "No one here yet", words, add);
    if first {
        button.request_focus();
    }
    if button.clicked() {
        view.out.push(Action::Do(Command::AddPerson));
    }
    if let Some(today) = open.today() {
        side::record(ui, (view.state, view.out), (open, today));
    }
}

fn main(ui: &mut Ui, view: &mut View<'_>, (open, today): (&Open, &Today), first: bool) {
    ui.spacing_mut().item_spacing.y = Space::Section.pts();
    heading(ui, view, &today.sentence);
    // The first card has the screen's one primary button, and the focus.
    let mut lead = Some(first);
    if let Some((meeting, later)) = today.next.split_first() {
        next::meeting(ui, view, open, meeting, lead.take().unwrap_or_default());
        next::later(ui, view, later);
    }
    post::show(ui, view, open);
    if !today.drafts.is_empty() {
        next::unfinished(ui, view, &today.drafts, lead.take());
    }
    if !today.asked.is_empty() {
        asked::show(ui, view, (open, &today.asked), lead.take());
    }
    if today.is_quiet() && !post::is_any(open) {
        nothing(ui, view, open, first);
    }
    actions::show(ui, view, (open, today));
}

fn nothing(ui: &mut Ui, view: &mut View<'_>, open: &Open, first: bool) {
    card(ui, |ui| {
        text::strong(ui, "Nothing needs you today.");
        if open.read_only.is_some() {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            let session = ui.add(Button::primary(Command::NewSession.text()).icon(Icon::Plus));
            if first {
                session.request_focus();
            }
            if session.clicked() {
                view.out.push(Action::Do(Command::NewSession));
            }
            let reflection = Button::secondary(Command::NewReflection.text());
            if ui.add(reflection.icon(Icon::PencilLine)).clicked() {
                view.out.push(Action::Do(Command::NewReflection));
            }
        });
    });
}
