//! A file of de-identified outcomes: what may be shown of it.

use egui::Ui;

use super::{calculator, chart};
use crate::app::Action;
use crate::app::fairness::{FairnessAction, Leaves, OpenFile};
use crate::app::state::Open;
use crate::fairness::compare::Rate;
use crate::fairness::picture::of_parts;
use crate::fairness::reading::{ADJUSTING, joined, trend};
use crate::fairness::report::{Part, Report};
use crate::fairness::rows::EXAMPLE;
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::menu::select;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Banner, Button};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Group, "Or open a CSV of outcomes");
    text::hint(
        ui,
        "For programmes. One row for each doctor or each count, and nothing that points to a \
         person. Cairn adds it up and keeps no row.",
    );
    match &open.fairness.file {
        None => example(ui),
        Some(Err(refused)) => {
            Banner::error("The file was not read.").words(&refused.lead).show(ui);
        }
        Some(Ok(file)) => whole(ui, view, file),
    }
    ui.horizontal_wrapped(|ui| {
        let choose = Button::secondary("Open a CSV of outcomes…").icon(Icon::FolderOpen);
        if ui.add(choose.cannot_yet(open.shelf.asking)).clicked() {
            view.out.push(Action::Fairness(FairnessAction::OpenFile));
        }
        if open.fairness.file.is_some() && ui.add(Button::ghost("Put it away")).clicked() {
            view.out.push(Action::Fairness(FairnessAction::CloseFile));
        }
        if open.shelf.reading {
            text::small(ui, "Reading…");
        }
    });
}

fn example(ui: &mut Ui) {
    let p = theme::of(ui);
    text::small(
        ui,
        "The columns are group and passed. If you like, also year, stratum (or exam, specialty, \
         site) and count.",
    );
    for line in EXAMPLE.lines() {
        text::show(ui, line, Type::Hint, p.text2);
    }
}

fn whole(ui: &mut Ui, view: &mut View<'_>, file: &OpenFile) {
    let report = &file.report;
    text::strong(ui, &file.name);
    let shown: Vec<&Rate> = report.shown().collect();
    if !report.unread.is_empty() {
        let words = format!("Columns that were not read: {}.", report.unread.join(", "));
        text::small(ui, &words);
    }
    let hidden: Vec<&str> =
        report.groups.iter().filter(|it| it.rate.is_none()).map(|it| it.name.as_str()).collect();
    if !hidden.is_empty() {
        let words = format!(
            "Hidden: {}. A group is too small, too few in it had or lacked the outcome, or it \
             would give another away.",
            hidden.join(", ")
        );
        Banner::information("Too few to say.").words(&words).icon(Icon::ShieldCheck).show(ui);
    }
    if shown.is_empty() {
        text::body(ui, "Nothing of this file can be shown. Join small groups, or add more years.");
        return;
    }
    chart::rates(ui, &shown);
    if shown.len() > 1 {
        pair(ui, view, report, &shown);
    }
    let csv = Button::secondary("Save the table as CSV…").icon(Icon::DownloadSimple).small();
    if ui.add(csv).clicked() {
        view.out.push(Action::Fairness(FairnessAction::Ask(Leaves::File)));
    }
}

/// Two of the groups, compared.
fn pair(ui: &mut Ui, view: &mut View<'_>, report: &Report, shown: &[&Rate]) {
    let names: Vec<(usize, &str)> =
        shown.iter().enumerate().map(|(at, it)| (at, it.group.name.as_str())).collect();
    let [first, second] = &mut view.inputs.fairness.pair;
    ui.horizontal_wrapped(|ui| {
        select(ui, "Group of the file", first, &names, 240.0);
        select(ui, "Compared with group", second, &names, 240.0);
    });
    let (first, second) = (*first, *second);
    if first == second {
        text::body(ui, "Choose two different groups.");
        return;
    }
    let Some(gap) = report.gap(first, second) else { return };
    let outcome = view.inputs.fairness.outcome.trim().to_owned();
    ui.push_id("file", |ui| calculator::result(ui, &gap, &outcome));
    let names = [&gap.first, &gap.second].map(|it| it.group.name.as_str());
    if report.crossed {
        let what = report.stratum_is.to_lowercase();
        let words = format!(
            "Year and {what} together would make groups too small, so one of them is hidden. \
             Leave a column out of the file to see the other."
        );
        Banner::information("Too few to show both.").words(&words).show(ui);
    }
    years(ui, report, (first, second), names);
    strata(ui, report, (first, second));
}

fn years(ui: &mut Ui, report: &Report, (first, second): (usize, usize), names: [&str; 2]) {
    if report.years.is_empty() {
        return;
    }
    hairline(ui);
    text::heading(ui, Level::Group, "Year by year");
    parts(ui, &report.years, (first, second));
    match report.trend(first, second) {
        Some(slope) => text::body(ui, &trend(slope, names[0], names[1])),
        None => text::body(
            ui,
            "Too few to say whether it changes. It takes three years with 20 people in both \
             groups.",
        ),
    };
}

fn strata(ui: &mut Ui, report: &Report, (first, second): (usize, usize)) {
    if report.strata.is_empty() {
        return;
    }
    hairline(ui);
    text::heading(ui, Level::Group, "Like compared with like");
    parts(ui, &report.strata, (first, second));
    match report.joined(first, second) {
        Some(it) => {
            for words in joined(&it) {
                text::body(ui, &words);
            }
            if report.strata.iter().any(|it| it.counts.is_none()) {
                text::body(ui, "What is hidden is left out of this.");
            }
            text::hint(ui, "Joined by Mantel and Haenszel; interval of Greenland and Robins.");
        }
        None => {
            text::body(ui, "Too few to say.");
        }
    }
    text::hint(ui, ADJUSTING);
}

/// The gap of two groups in each part, and which parts are hidden.
fn parts(ui: &mut Ui, parts: &[Part], (first, second): (usize, usize)) {
    let mut shown = Vec::new();
    let mut hidden = Vec::new();
    for part in parts {
        let counts = part.counts.as_ref();
        match counts.and_then(|it| Some((*it.get(first)?, *it.get(second)?))) {
            Some((a, b)) if a.of() > 0 && b.of() > 0 => shown.push((part.name.as_str(), a, b)),
            _ => hidden.push(part.name.as_str()),
        }
    }
    if !shown.is_empty() {
        ui.push_id(shown[0].0, |ui| chart::gaps(ui, &of_parts(&shown)));
    }
    if !hidden.is_empty() {
        text::body(ui, &format!("Too few to say: {}.", hidden.join(", ")));
    }
}
