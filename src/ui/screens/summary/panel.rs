//! What leaves this machine: how many lines of each layer, who is named, who can read it, and
//! what must be settled first.

use egui::Ui;

use super::{Shown, identifiers};
use crate::app::inputs::Spot;
use crate::export::LineId;
use crate::model::session::Role;
use crate::ui::View;
use crate::ui::screens::leaves::{self, TITLE, fact, layer_row};
use crate::ui::screens::pages;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::page::Room;
use crate::ui::widgets::text::{self, Level};

/// Draws everything above the fields.
pub fn show(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let preview = &it.page.preview;
    text::heading(ui, Level::Section, TITLE);
    text::small(
        ui,
        match Room::of(ui) {
            Room::Wide => "Every line of it is on the page beside this.",
            Room::Medium => "Every line of it is on the page behind this.",
            Room::Narrow | Room::Small => "Every line of it is on the page above.",
        },
    );
    for count in &preview.layers {
        layer_row(ui, count);
    }
    if it.open.read_only.is_none() {
        identifiers::show(ui, view, it);
    }
    ui.add_space(Space::Xs.pts());
    hairline(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        facts(ui, view, it);
    });
    settle(ui, view, it);
}

fn facts(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let preview = &it.page.preview;
    leaves::who_and_what(ui, preview);
    match preview.lines_left_out {
        0 => {}
        1 => fact(ui, Icon::MinusCircle, false, "1 line left out by you.", "It stays here"),
        n => {
            let lead = format!("{n} lines left out by you.");
            fact(ui, Icon::MinusCircle, false, &lead, "They stay here");
        }
    }
    leaves::kind_of_file(ui, preview);
    pages::ways(ui, view, it.open, it.shown.format, true);
    not_agreed(ui, it);
    goes_without(ui, view, it);
}

/// Lines that one person stands for alone may go; the page says so beside each.
fn not_agreed(ui: &mut Ui, it: Shown<'_>) {
    let view = match it.page.leaves.facts.made_by {
        Role::Supervisor => "“Supervisor’s view, not agreed”",
        Role::Doctor => "“Doctor’s view, not agreed”",
    };
    match it.page.leaves.counts.not_agreed {
        0 => {}
        1 => {
            let rest = format!("It goes as {view}");
            fact(ui, Icon::SealWarning, false, "1 line is not agreed.", &rest);
        }
        n => {
            let lead = format!("{n} lines are not agreed.");
            fact(ui, Icon::SealWarning, false, &lead, &format!("They go as {view}"));
        }
    }
}

fn goes_without(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    let lines = it.page.without_evidence().len();
    if lines == 0 || !view.inputs.summary.without_evidence {
        return;
    }
    let (lead, rest) = match lines {
        1 => ("1 line goes without evidence.".to_owned(), "The page says so"),
        n => (format!("{n} lines go without evidence."), "The page says so"),
    };
    fact(ui, Icon::Warning, true, &lead, rest);
    if ui.add(Button::quiet("Ask me again").small()).clicked() {
        view.inputs.summary.without_evidence = false;
    }
}

/// The lines that may not leave as they stand: those that surely point to somebody, and those
/// without evidence before the person has said so.
pub fn open_lines(view: &View<'_>, it: Shown<'_>) -> Vec<LineId> {
    let mut lines: Vec<LineId> = it.page.blocked().into_iter().map(|(line, _)| line).collect();
    lines.dedup();
    let more = without_evidence(view, it).into_iter();
    let more: Vec<LineId> = more.filter(|line| !lines.contains(line)).collect();
    lines.extend(more);
    lines
}

fn without_evidence(view: &View<'_>, it: Shown<'_>) -> Vec<LineId> {
    if view.inputs.summary.without_evidence { Vec::new() } else { it.page.without_evidence() }
}

fn settle(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    if it.open.read_only.is_some() {
        return;
    }
    let lines = without_evidence(view, it);
    let Some(first) = lines.first().copied() else { return };
    let (lead, words) = match lines.len() {
        1 => (
            "1 line to settle first.".to_owned(),
            "No evidence is linked to it. Open its session, or leave it out.",
        ),
        n => (
            format!("{n} lines to settle first."),
            "No evidence is linked to them. Open their session, or leave them out.",
        ),
    };
    ui.add_space(Space::Xs.pts());
    Banner::attention(&lead).words(words).show_with(ui, |ui| {
        if ui.add(Button::secondary("Show").small()).clicked() {
            view.inputs.summary.go_to = Some(Spot::Line(first));
            view.inputs.summary.panel_open = false;
        }
        if ui.add(Button::secondary("Send without evidence").small()).clicked() {
            view.inputs.summary.without_evidence = true;
        }
    });
}
