//! The published figures as a table: each with how the groups were defined, what it does not show,
//! and where it stands.

use egui::Ui;

use crate::app::fairness::published;
use crate::fairness::published::{Area, Figure};
use crate::ui::screens::leaves::labelled;
use crate::ui::theme::{self, Space, Type};
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::text;

/// Width of the labels, in points.
const LABELS: f32 = 130.0;

/// Draws those about one thing, or all.
pub fn table(ui: &mut Ui, area: Option<Area>) {
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    let all = published().figures.iter();
    for figure in all.filter(|it| area.is_none_or(|area| it.area == area)) {
        ui.add_space(Space::Xs.pts());
        hairline(ui);
        ui.add_space(Space::Xs.pts());
        one(ui, figure);
    }
}

fn one(ui: &mut Ui, figure: &Figure) {
    let p = theme::of(ui);
    let title = format!("{}, against {}", figure.group, figure.against);
    text::show(ui, &title, Type::Strong, p.text);
    let odds = figure.odds_words();
    let rows = [
        ("Outcome", figure.outcome.as_str()),
        ("Figure", &figure.value_words()),
        ("95% interval", &figure.interval_words()),
        ("Odds ratio", &odds),
        ("Counts", &figure.counts_words()),
        ("Groups", &figure.defined),
        ("Does not show", &figure.not_shown),
        ("Data from", &figure.when),
        ("Source", &figure.source),
    ];
    for (label, value) in rows {
        if !value.is_empty() {
            labelled(ui, LABELS, label, value);
        }
    }
}
