//! What to do today.

mod actions;
mod next;
pub(super) mod settle;
mod side;

use egui::{Id, Ui};

use crate::app::state::Open;
use crate::app::{Action, Command, advice};
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
            |ui| main(ui, view, open, first),
            |ui| side::show(ui, (state, &mut wishes), open),
        );
        view.out.append(&mut wishes);
    });
}

/// The day, and what it brings in one sentence.
fn heading(ui: &mut Ui, view: &View<'_>, sentence: &str) {
    const WEEKDAYS: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let today = view.state.today();
    let weekday = WEEKDAYS[today.weekday().to_monday_zero_offset() as usize % 7];
    let day = format!("{weekday} {} {}", today.day(), month(today.month()));
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::heading(ui, Level::Title, &day);
        if !sentence.is_empty() {
            text::secondary(ui, sentence);
        }
    });
}

fn nobody(ui: &mut Ui, view: &mut View<'_>, open: &Open, first: bool) {
    let words = "Add the first doctor you supervise. A name is enough.";
    if open.read_only.is_some() {
        text::secondary(ui, "No one here yet.");
        return;
    }
    let add = Button::primary(Command::AddPerson.text()).icon(Icon::Plus);
    let button = page::empty(ui, "No one here yet", words, add);
    if first {
        button.request_focus();
    }
    if button.clicked() {
        view.out.push(Action::Do(Command::AddPerson));
    }
    side::record(ui, (view.state, view.out), open);
}

fn main(ui: &mut Ui, view: &mut View<'_>, open: &Open, first: bool) {
    ui.spacing_mut().item_spacing.y = Space::Section.pts();
    let today = view.state.today();
    let next = advice::next_person(&open.journal, today);
    let unfinished = open.journal.unfinished();
    let due = advice::actions_due(&open.journal, today);
    let sentence = advice::due_sentence(due, unfinished.len());
    heading(ui, view, &sentence);
    // The first card has the screen's one primary button, and the focus.
    let mut lead = Some(first);
    if let Some((id, person)) = next {
        next::person(ui, view, open, (id, person), lead.take().unwrap_or_default());
    }
    if !unfinished.is_empty() {
        next::unfinished(ui, view, open, &unfinished, lead.take());
    }
    if lead.is_some() && due == 0 {
        nothing(ui, view, open, first);
    }
    actions::show(ui, view, open);
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
