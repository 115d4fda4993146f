//! What is published: a figure in people of every hundred, gaps side by side, all of it as a table.

use egui::{Align, Layout, Margin, Sense, Ui, UiBuilder, vec2};

use super::{SIDE, chart, figures, side};
use crate::app::fairness::{FOOT, Leaves, Part, published};
use crate::app::{Action, fairness::FairnessAction};
use crate::fairness::Counts;
use crate::fairness::intervals::{newcombe, wilson};
use crate::fairness::picture::{Chart, Scale, filled, known};
use crate::fairness::published::{Area, Figure, Numbers};
use crate::fairness::reading::{grouped, points};
use crate::model::text::month_and_year;
use crate::ui::View;
use crate::ui::theme::{self, Icon, IconSize, Space, Type};
use crate::ui::widgets::card::{card, framed, hairline};
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Button, choice};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>) {
    let parts = Part::ALL.map(|part| (part, part.words(), None));
    let part = &mut view.inputs.fairness.part;
    if choice::pills(ui, "What about", part, &parts).changed() {
        ui.ctx().request_repaint();
    }
    ui.add_space(Space::Xs.pts());
    let part = view.inputs.fairness.part;
    if Room::of(ui) < Room::Wide {
        main(ui, view, part);
        ui.add_space(Space::Section.pts());
        side::show(ui, view);
        return;
    }
    let room = ui.available_rect_before_wrap();
    let split = room.right() - SIDE;
    let places = [room.with_max_x(split - Space::Xl.pts()), room.with_min_x(split)];
    let down = Layout::top_down(Align::Min);
    ui.horizontal_top(|ui| {
        for (at, place) in places.into_iter().enumerate() {
            ui.scope_builder(UiBuilder::new().max_rect(place).layout(down), |ui| match at {
                0 => main(ui, view, part),
                _ => side::show(ui, view),
            });
        }
    });
}

fn main(ui: &mut Ui, view: &mut View<'_>, part: Part) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    if part == Part::Lived {
        lived(ui);
        return;
    }
    let paces = published().figures.iter().find(|it| it.id == "paces");
    if let Some(figure) = paces.filter(|_| matches!(part, Part::Glance | Part::Exams)) {
        of_every_hundred(ui, figure);
    }
    let charts = known(published(), part.area());
    for one in &charts {
        card(ui, |ui| {
            text::heading(ui, Level::Group, one.title);
            ui.add_space(Space::Xs.pts());
            ui.push_id(one.title, |ui| chart::gaps(ui, one));
            foot(ui, one);
        });
    }
    if let Some(area) = part.area() {
        without_interval(ui, area);
    }
    detail(ui, view, part, !charts.is_empty());
    tells(ui);
    let checked = month_and_year(&published().checked);
    text::small(ui, &format!("{FOOT} Checked {checked}."));
}

/// What the numbers of a chart mean.
fn foot(ui: &mut Ui, chart: &Chart) {
    if chart.scale == Scale::Odds {
        text::hint(
            ui,
            "On the line, the odds are the same. Left of it the group had the outcome less often, \
             right of it more often. Read the outcome first: “not passed” on the right is worse. \
             Odds are not rates, and cannot be turned back into them.",
        );
    }
}

/// The best known figure with counts, as marks of a hundred.
fn of_every_hundred(ui: &mut Ui, figure: &Figure) {
    let Some((overseas, home)) = figure.counts() else { return };
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let title = "Of every 100 doctors on a PACES revision course, how many passed?";
        text::heading(ui, Level::Group, title);
        if Room::of(ui) == Room::Small {
            group(ui, home, "trained in the UK", false);
            group(ui, overseas, "trained overseas", true);
        } else {
            let room = ui.available_rect_before_wrap();
            let half = (room.width() - 28.0) / 2.0;
            let down = Layout::top_down(Align::Min);
            let places =
                [room.with_max_x(room.left() + half), room.with_min_x(room.right() - half)];
            let groups = [(home, "trained in the UK", false), (overseas, "trained overseas", true)];
            let mut whole = egui::Rect::NOTHING;
            for (place, (counts, words, square)) in places.into_iter().zip(groups) {
                let builder = UiBuilder::new().max_rect(place).layout(down);
                let drawn = ui.scope_builder(builder, |ui| group(ui, counts, words, square));
                whole = whole.union(drawn.response.rect);
            }
            ui.advance_cursor_after_rect(whole);
        }
        if let Some(gap) = newcombe(overseas, home) {
            let lead = format!("{} in every 100.", crate::fairness::reading::signed(gap.value));
            let (low, high) = (-points(gap.interval.high), -points(gap.interval.low));
            let rest =
                format!("The figures fit a true gap of {low} to {high}. One course, in 2002.");
            text::lead(ui, &lead, &rest);
        }
    });
}

fn group(ui: &mut Ui, counts: Counts, who: &str, square: bool) {
    let p = theme::of(ui);
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    let number = filled(counts.rate());
    let lead = number.to_string();
    text::runs(ui, &[(&lead, Type::H2, p.text), (who, Type::Strong, p.text)]);
    chart::hundred(ui, number, square, &format!("{number} of 100 marks are filled: {who}"));
    let Some(likely) = wilson(counts) else { return };
    let (low, high) = (points(likely.low), points(likely.high));
    let (yes, of) = (grouped(counts.yes()), grouped(counts.of()));
    text::small(ui, &format!("{yes} of {of}. Likely between {low} and {high}"));
}

/// The table beside every chart, closed at first, and what can be saved.
fn detail(ui: &mut Ui, view: &mut View<'_>, part: Part, has_chart: bool) {
    framed(ui, Margin::symmetric(14, 8), |ui| {
        let shown = view.inputs.fairness.detail;
        let (icon, words) = match shown {
            true => (Icon::CaretDown, "Less detail"),
            false => (Icon::CaretRight, "More detail"),
        };
        let is_wide = Room::of(ui) >= Room::Medium;
        let more = |ui: &mut Ui| {
            let pressed = ui.add(Button::ghost(words).icon(icon).small()).clicked();
            if is_wide {
                text::hint(ui, "Odds ratios, methods, counts, as a table");
            }
            pressed
        };
        let asks = |ui: &mut Ui| saves(ui, part, has_chart);
        let (pressed, asked) = page::row(ui, more, asks);
        if pressed {
            view.inputs.fairness.detail = !shown;
            ui.ctx().request_repaint();
        }
        view.out.extend(asked.map(|what| Action::Fairness(FairnessAction::Ask(what))));
        if shown {
            figures::table(ui, part.area());
        }
    });
}

/// The buttons that save the table and the chart, from the right.
fn saves(ui: &mut Ui, part: Part, has_chart: bool) -> Option<Leaves> {
    let area = part.area();
    let csv = Button::secondary("CSV").icon(Icon::DownloadSimple).small();
    let csv = ui.add(csv.name("Save this table as CSV…")).clicked();
    let picture = Button::secondary("Picture").icon(Icon::DownloadSimple).small();
    let picture = has_chart && ui.add(picture.name("Save this chart as a picture…")).clicked();
    match (csv, picture) {
        (true, _) => Some(Leaves::Table(area)),
        (false, true) => Some(Leaves::Picture(area)),
        (false, false) => None,
    }
}

/// Figures that no chart shows, as how sure they are is not known or they are on another scale.
fn without_interval(ui: &mut Ui, area: Area) {
    let figures: Vec<&Figure> = published().of(area).filter(|it| it.odds().is_none()).collect();
    if figures.is_empty() {
        return;
    }
    card(ui, |ui| {
        text::heading(ui, Level::Group, "Figures that are not charted");
        for figure in figures {
            let lead = format!("{}, against {}:", figure.group, figure.against);
            let fits = figure.interval_words();
            let fits = match figure.numbers {
                Numbers::Deviations { .. } => format!("The data fit {fits}"),
                _ => fits,
            };
            let rest = format!("{}. {fits}.", figure.value_words());
            text::lead(ui, &lead, &rest);
        }
    });
}

/// What such figures can say, and what they can't.
fn tells(ui: &mut Ui) {
    let both = [
        (
            Icon::CheckCircle,
            "What this can tell you",
            "Some gaps are larger than chance. They run both ways.",
        ),
        (
            Icon::XCircle,
            "What it cannot tell you",
            "Why, what this doctor can do, or what is true today. We found no checked figures on \
             senior roles.",
        ),
    ];
    for (icon, title, words) in both {
        card(ui, |ui| {
            let p = theme::of(ui);
            ui.horizontal(|ui| {
                let side = IconSize::Button.pts();
                let (mark, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
                icon.paint(ui.painter(), mark.center(), side, p.text2);
                text::show(ui, title, Type::Strong, p.text);
            });
            text::hint(ui, words);
        });
    }
}

/// What doctors say, which is no number.
fn lived(ui: &mut Ui) {
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Group, "What doctors told those who asked");
        for (at, one) in published().lived.iter().enumerate() {
            if at > 0 {
                hairline(ui);
            }
            text::body(ui, &one.words);
            text::small(ui, &one.source);
        }
    });
    tells(ui);
}
