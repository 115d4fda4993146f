//! What is checked while someone writes, and the writer's own words.

use egui::{Id, Ui};

use crate::app::Action;
use crate::app::action::RecordAction;
use crate::app::state::Open;
use crate::model::session::Role;
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::choice::radio_list;
use crate::ui::widgets::page::{entered, just_opened};
use crate::ui::widgets::{Button, Field, IconButton, Level, card, page, text, toggle};

/// Width of the cards, in points.
const WIDTH: f32 = 620.0;

/// Draws the tab.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::at_most(ui, WIDTH, |ui| {
        ui.spacing_mut().item_spacing.y = Space::M.pts();
        ui.add_enabled_ui(open.read_only.is_none(), |ui| {
            role(ui, view, open);
            ui.add_space(Space::M.pts());
            checks(ui, view, open);
            ui.add_space(Space::M.pts());
            own(ui, view, open);
        });
    });
}

/// Whose record it is: it decides which side of a career plan is one's own.
fn role(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    text::heading(ui, Level::Section, "Who writes here");
    let mut role = open.journal.settings().role;
    let options = [
        (Role::Supervisor, "I supervise doctors", "The people here are those I supervise"),
        (
            Role::Doctor,
            "I am a doctor in training",
            "The people here supervise me, and a plan with them is mine",
        ),
    ];
    if radio_list(ui, "Who writes here", &mut role, &options).changed() {
        view.out.push(Action::Record(RecordAction::Role(role)));
    }
}

/// What is looked for.
fn checks(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let settings = open.journal.settings();
    text::heading(ui, Level::Section, "While you write");
    text::secondary(
        ui,
        "Names, numbers, dates and places that may point to someone are always marked. Nothing \
         is changed by itself, and nothing leaves this computer.",
    );
    card::card_of_rows(ui, |ui| {
        let mut wording = settings.check_wording;
        let hint = "The person instead of what they did, vague praise, no next step";
        let first = toggle::switch(ui, &mut wording, "Check wording", hint);
        if just_opened(ui, Id::unique("settings, words")) {
            first.request_focus();
        }
        if first.changed() {
            view.out.push(Action::Record(RecordAction::CheckWording(wording)));
        }
        card::hairline(ui);
        let mut spelling = settings.check_spelling;
        let hint = "British English, with medical words and your own";
        if toggle::switch(ui, &mut spelling, "Check spelling", hint).changed() {
            view.out.push(Action::Record(RecordAction::CheckSpelling(spelling)));
        }
        card::hairline(ui);
        let mut daily = settings.daily_question;
        let hint = "One in the journal each day, from the learning modules";
        if toggle::switch(ui, &mut daily, "A question for the day", hint).changed() {
            view.out.push(Action::Record(RecordAction::DailyQuestion(daily)));
        }
    });
}

/// The writer's own words.
fn own(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    text::heading(ui, Level::Section, "Your own words");
    let word = &mut view.inputs.settings.word;
    let field = Field::new("A word to add").hint("It is no longer marked as misspelled");
    let field = field.width(300.0).show(ui, word);
    let button = Button::secondary("Add the word").icon(Icon::Plus).small();
    let pressed = ui.add(button.cannot_yet(word.trim().is_empty())).clicked();
    if (pressed || entered(ui, &field)) && !word.trim().is_empty() {
        let word = std::mem::take(word);
        view.out.push(Action::Record(RecordAction::OwnWord(word, true)));
        field.request_focus();
    }
    let words = open.journal.settings().own_words;
    if words.is_empty() {
        text::secondary(ui, "None yet. “Add to my words” under a marked word adds one as well.");
        return;
    }
    card::card_of_rows(ui, |ui| {
        for (at, word) in words.iter().enumerate() {
            if at > 0 {
                card::hairline(ui);
            }
            let name = format!("Take out {word}");
            page::row(
                ui,
                |ui| text::lines(ui, word, crate::ui::theme::Type::Body, ink(ui), 1),
                |ui| {
                    if ui.add(IconButton::new(Icon::Trash, &name)).clicked() {
                        let taken = RecordAction::OwnWord(word.clone(), false);
                        view.out.push(Action::Record(taken));
                    }
                },
            );
        }
    });
}

fn ink(ui: &Ui) -> egui::Color32 {
    crate::ui::theme::of(ui).text
}
