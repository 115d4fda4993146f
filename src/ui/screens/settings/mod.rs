//! Settings: you, how it looks, when it locks. What is changed holds at once.

mod appearance;
mod backups;
mod keeping;
mod record;
mod security;
mod words;

use egui::{Id, Ui};

use super::sheet;
use crate::app::Action;
use crate::app::action::RecordAction;
use crate::app::inputs::SettingsTab;
use crate::app::state::Open;
use crate::ui::View;
use crate::ui::theme::Space;
use crate::ui::widgets::page::{entered, just_opened};
use crate::ui::widgets::{DateField, Field, Level, card, choice, page, text};

/// Width of a recovery sheet, as on the welcome pages.
const SHEET: f32 = 752.0;

/// Draws it. A recovery sheet that is shown takes its place: its words are shown once.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if let Some(sheet) = &open.keeping.sheet {
        page::page(ui, |ui| page::at_most(ui, SHEET, |ui| sheet::show(ui, view, sheet)));
        return;
    }
    page::page(ui, |ui| {
        text::heading(ui, Level::Title, "Settings");
        choice::tabs(
            ui,
            "Settings",
            &mut view.inputs.settings.tab,
            &[
                (SettingsTab::You, "You", None),
                (SettingsTab::SecurityAndAppearance, "Security and appearance", None),
                (SettingsTab::Words, "Words", None),
                (SettingsTab::Record, "Your record", None),
                (SettingsTab::Keeping, "Keeping and deleting", None),
            ],
        );
        ui.add_space(Space::S.pts());
        match view.inputs.settings.tab {
            SettingsTab::You => you(ui, view, open),
            SettingsTab::SecurityAndAppearance => {
                let half = (ui.available_width() - Space::Xl.pts()) / 2.0;
                let look = view.state.look;
                let ((), wish) = page::two_column(
                    ui,
                    half,
                    |ui| security::show(ui, view, open),
                    |ui| appearance::show(ui, look),
                );
                view.out.extend(wish);
            }
            SettingsTab::Words => words::show(ui, view, open),
            SettingsTab::Record => record::show(ui, view, open),
            SettingsTab::Keeping => keeping::show(ui, view, open),
        }
    });
    security::change(ui.ctx(), view, open);
}

/// What a doctor counts down to; says whether a field was left.
fn own_days(ui: &mut Ui, view: &mut View<'_>) -> bool {
    let today = view.state.today();
    let [exam, exam_date, arcp_date] = &mut view.inputs.settings.own;
    ui.add_space(Space::S.pts());
    let hint = "For example, PACES. It stays in your own record";
    let exam = Field::new("Your next exam").hint(hint).show(ui, exam);
    let hint = "For example, 20 February 2027";
    let day = DateField::new("Day of the exam").hint(hint).width(260.0).show(ui, exam_date, today);
    let hint = "For example, 9 June 2027";
    let arcp = DateField::new("Your ARCP date").hint(hint).width(260.0).show(ui, arcp_date, today);
    let all = [exam, day.response, arcp.response];
    all.iter().any(|field| field.lost_focus() || entered(ui, field))
}

/// What the person is called, and what they call the doctors.
fn you(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::at_most(ui, 560.0, |ui| {
        card::card(ui, |ui| {
            ui.add_enabled_ui(open.read_only.is_none(), |ui| {
                let form = &mut view.inputs.settings;
                let empty = |words: &str| {
                    words.trim().is_empty().then_some("This can’t be empty. The old one stays.")
                };
                let name = Field::new("Your name")
                    .hint("As it stands on a summary for a panel")
                    .error(empty(&form.your_name))
                    .show(ui, &mut form.your_name);
                if open.words().is_doctor() {
                    let mut left = name.lost_focus() || entered(ui, &name);
                    left |= own_days(ui, view);
                    if just_opened(ui, Id::unique("settings, you")) {
                        name.request_focus();
                    }
                    if left {
                        view.out.push(Action::Record(RecordAction::SaveSettings));
                    }
                    return;
                }
                ui.add_space(Space::S.pts());
                let noun = Field::new("What you call the doctor you supervise")
                    .hint("For example resident doctor, registrar, trainee")
                    .error(empty(&form.noun))
                    .show(ui, &mut form.noun);
                if just_opened(ui, Id::unique("settings, you")) {
                    name.request_focus();
                }
                let left = name.lost_focus() || noun.lost_focus();
                if left || entered(ui, &name) || entered(ui, &noun) {
                    view.out.push(Action::Record(RecordAction::SaveSettings));
                }
            });
        });
    });
}
