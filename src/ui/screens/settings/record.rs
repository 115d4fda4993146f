//! The record itself: its state, the full check, backups, moving.

use egui::{Id, Ui, vec2};

use crate::app::Action;
use crate::app::findings::{self, Finding, Severity};
use crate::app::keeping::KeepingAction;
use crate::app::long::{Ended, Task};
use crate::app::state::Open;
use crate::model::Kind;
use crate::model::text::{count, long_date};
use crate::ui::View;
use crate::ui::screens::keeping::{long_work, remedies};
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::page::just_opened;
use crate::ui::widgets::setting::{fact, led, row};
use crate::ui::widgets::{Banner, Button, Level, card, page, text};

/// Draws the tab.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if !open.keeping.seen && !open.findings.is_empty() {
        view.out.push(Action::Keeping(KeepingAction::Seen));
    }
    let found = open.findings.as_slice();
    let half = (ui.available_width() - Space::Xl.pts()) / 2.0;
    let mut wishes = Vec::new();
    let state = view.state;
    page::two_column(
        ui,
        half,
        |ui| {
            ui.spacing_mut().item_spacing.y = Space::L.pts();
            notice(ui, open);
            health(ui, view, open, found);
            list(ui, view, open, found);
        },
        |ui| {
            ui.spacing_mut().item_spacing.y = Space::L.pts();
            super::backups::show(ui, (state, &mut wishes), open);
        },
    );
    view.out.append(&mut wishes);
}

/// What could not be done just now.
fn notice(ui: &mut Ui, open: &Open) {
    if let Some(notice) = open.keeping.notice.as_ref().filter(|_| open.keeping.form.is_none()) {
        let words = format!("{} {}", notice.safe, notice.to_do);
        Banner::error(&notice.happened).words(words.trim()).show(ui);
    }
}

/// How it is, what it holds, where it lies, and the full check.
fn health(ui: &mut Ui, view: &mut View<'_>, open: &Open, found: &[Finding]) {
    card::card_of_rows(ui, |ui| {
        let to_look_at = findings::to_look_at(found);
        let (icon, words) = match to_look_at {
            0 => (Icon::ShieldCheck, "All is well".to_owned()),
            n => (Icon::ShieldWarning, findings::count_words(n)),
        };
        let p = theme::of(ui);
        let ink = if to_look_at == 0 { p.success } else { p.attn };
        led(ui, icon, ink, |ui| {
            text::heading(ui, Level::Group, &words);
            text::hint(ui, &holds(open));
        });
        card::hairline(ui);
        let dir = view.state.dir.display().to_string();
        fact(ui, Icon::FolderOpen, "Folder of the record", &dir);
        card::hairline(ui);
        check(ui, view, open);
    });
}

/// "41 conversations, 12 reflections and 60 actions with 9 people".
fn holds(open: &Open) -> String {
    let held = |kind| open.journal.all_held().filter(|(_, held)| held.kind == kind).count();
    let people = open.journal.people().len();
    let people = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
    format!(
        "{}, {} and {} with {people}",
        count(held(Kind::Session), "conversation"),
        count(held(Kind::Reflection), "reflection"),
        count(open.journal.action_count(), "action"),
    )
}

fn check(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if let Some(progress) = view.state.long.under_way.get(&Task::Verify) {
        let work = (Task::Verify, Icon::ListChecks, "Checking every file");
        return long_work(ui, view.out, work, *progress);
    }
    let hint = match &open.record.checked {
        None => "Reads every file again and compares it with what is known of it".to_owned(),
        Some(checked) => {
            let time = format!("{:02}:{:02}", checked.at.hour(), checked.at.minute());
            let day = if checked.at.date() == view.state.today() {
                "today".to_owned()
            } else {
                long_date(checked.at.date())
            };
            let sound = match (checked.damaged(), checked.files) {
                (0, 1) => "The only file is sound".to_owned(),
                (0, files) => format!("All {files} files are sound"),
                (damaged, _) => format!("{} can’t be read", count(damaged, "file")),
            };
            format!("Checked {day} at {time}. {sound}")
        }
    };
    row(ui, Icon::ListChecks, ("Check everything", &hint), 120.0, |ui| {
        let button = ui.add(Button::secondary("Check now").small());
        if just_opened(ui, Id::unique("settings, record")) {
            button.request_focus();
        }
        if button.clicked() {
            view.out.push(Action::Keeping(KeepingAction::Check));
        }
    });
    if let Some(Ended::Failed(notice)) = view.state.long.ended.get(&Task::Verify) {
        let words = format!("{} {}", notice.safe, notice.to_do);
        Banner::error(&notice.happened).words(words.trim()).show(ui);
        ui.add_space(Space::M.pts());
    }
}

/// What was found, the most serious first; what only is good to know below.
fn list(ui: &mut Ui, view: &mut View<'_>, open: &Open, found: &[Finding]) {
    let (look, know): (Vec<_>, Vec<_>) =
        found.iter().partition(|finding| finding.severity < Severity::Quiet);
    for (title, found) in [("To look at", look), ("Good to know", know)] {
        if found.is_empty() {
            continue;
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = Space::S.pts();
            text::heading(ui, Level::Group, title);
            card::card_of_rows(ui, |ui| {
                for (at, finding) in found.into_iter().enumerate() {
                    if at > 0 {
                        card::hairline(ui);
                    }
                    ui.push_id(&finding.notice.happened, |ui| one(ui, view, open, finding));
                }
            });
        });
    }
}

fn one(ui: &mut Ui, view: &mut View<'_>, open: &Open, finding: &Finding) {
    let p = theme::of(ui);
    let (icon, ink) = match finding.severity {
        Severity::Act => (Icon::WarningOctagon, p.danger),
        Severity::Look => (Icon::WarningCircle, p.attn),
        Severity::Quiet => (Icon::Info, p.text2),
    };
    let notice = &finding.notice;
    led(ui, icon, ink, |ui| {
        text::show(ui, &notice.happened, Type::Strong, p.text);
        text::hint(ui, format!("{} {}", notice.safe, notice.to_do).trim());
        let shown = view.inputs.settings.files_of.as_ref() == Some(&notice.happened);
        if finding.remedy.is_some() || !finding.files.is_empty() {
            ui.add_space(Space::S.pts());
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(Space::S.pts(), Space::S.pts());
                if let Some(remedy) = finding.remedy {
                    remedies(ui, view, open, remedy);
                }
                if !finding.files.is_empty() {
                    files_button(ui, view, finding, shown);
                }
            });
        }
        if shown {
            ui.add_space(Space::Xs.pts());
            names(ui, &finding.files);
        }
    });
}

fn files_button(ui: &mut Ui, view: &mut View<'_>, finding: &Finding, shown: bool) {
    let words = match (shown, finding.files.len()) {
        (true, 1) => "Hide the file",
        (true, _) => "Hide the files",
        (false, 1) => "Show the file",
        (false, _) => "Show the files",
    };
    let name = format!("{words}: {}", finding.notice.happened);
    if ui.add(Button::quiet(words).small().name(&name)).clicked() {
        let files_of = (!shown).then(|| finding.notice.happened.clone());
        view.inputs.settings.files_of = files_of;
    }
}

/// So many names are listed; a folder that lost thousands needs no list to say so.
const NAMES: usize = 40;

fn names(ui: &mut Ui, files: &[String]) {
    let p = theme::of(ui);
    for file in files.iter().take(NAMES) {
        text::lines(ui, file, Type::Small, p.text2, 2);
    }
    if let Some(more @ 1..) = files.len().checked_sub(NAMES) {
        text::small(ui, &format!("and {more} more"));
    }
}
