//! Two groups' counts, and what may be said about the gap between them.

use egui::Ui;

use super::{chart, file};
use crate::app::Action;
use crate::app::fairness::{FairnessAction, Leaves, Typed, typed};
use crate::app::state::Open;
use crate::fairness::compare::{Answer, Gap};
use crate::fairness::picture::of_gap;
use crate::fairness::reading::{needed, ratio, sentences, too_few};
use crate::fairness::sample_size::{Power, per_group, rate_with_gap};
use crate::ui::View;
use crate::ui::screens::leaves::labelled;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::card::{card, hairline};
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Banner, Button, Field, page};

/// Width of a box for a number.
const NUMBER: f32 = 110.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::at_most(ui, 760.0, |ui| {
        ui.spacing_mut().item_spacing.y = Space::M.pts();
        card(ui, |ui| typing(ui, view));
        match view.inputs.fairness.answer() {
            None => {}
            Some(Answer::TooFew(few)) => {
                let rules = view.inputs.fairness.rules();
                let words: Vec<String> = few.iter().map(|it| too_few(it, rules)).collect();
                let lead = "Too few to say.";
                Banner::information(lead).words(&words.join(" ")).icon(Icon::ShieldCheck).show(ui);
            }
            Some(Answer::Gap(gap)) => {
                let outcome = view.inputs.fairness.outcome.trim().to_owned();
                card(ui, |ui| {
                    chart::rates(ui, &[&gap.first, &gap.second]);
                    ui.add_space(Space::S.pts());
                    result(ui, &gap, &outcome);
                    buttons(ui, view);
                });
                card(ui, |ui| study(ui, view, &gap));
            }
        }
        card(ui, |ui| file::show(ui, view, open));
    });
}

fn typing(ui: &mut Ui, view: &mut View<'_>) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Group, "Type the counts of two groups");
    text::hint(ui, "From a paper, or made up for teaching. Never type anything about one doctor.");
    let form = &mut view.inputs.fairness;
    for (at, (name, counts)) in form.names.iter_mut().zip(&mut form.counts).enumerate() {
        ui.push_id(at, |ui| {
            let label = if at == 0 { "Group" } else { "Compared with" };
            let [yes, of] = counts;
            ui.horizontal_wrapped(|ui| {
                Field::new(label).width(240.0).show(ui, name);
                let yes_label = if at == 0 { "How many had it" } else { "How many had it there" };
                Field::new(yes_label).width(NUMBER + 60.0).show(ui, yes);
                let of_label = if at == 0 { "Of how many" } else { "Of how many there" };
                Field::new(of_label).width(NUMBER + 60.0).show(ui, of);
            });
            if let Typed::Wrong(words) = typed(counts) {
                error_line(ui, words);
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        let words = "The outcome, as in “67 of every 100 passed”";
        Field::new(words).width(330.0).show(ui, &mut form.outcome);
        let wrong = form.wrong_minimum();
        let field = Field::new("Smallest group that is shown").width(NUMBER).error(wrong);
        if field.show(ui, &mut form.minimum).changed() {
            view.out.push(Action::Fairness(FairnessAction::Rules));
        }
    });
    text::hint(ui, "10 is the usual smallest group. It is never below 5.");
}

/// A gap in words, painted, and as numbers.
pub fn result(ui: &mut Ui, gap: &Gap, outcome: &str) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Group, "What the counts say");
    let [first, second, size, fits, caution] = sentences(gap, outcome);
    text::body(ui, &format!("{first} {second}"));
    text::lead(ui, &size, &fits);
    text::hint(ui, &caution);
    ui.push_id("gap", |ui| chart::gaps(ui, &of_gap(gap, outcome)));
    hairline(ui);
    labelled(ui, 130.0, "Relative risk", &ratio(gap.relative_risk));
    labelled(ui, 130.0, "Odds ratio", &ratio(gap.odds_ratio));
    text::hint(
        ui,
        "95% intervals: Wilson for the rates, Newcombe for the difference, Katz for the relative \
         risk, Woolf for the odds ratio.",
    );
}

fn buttons(ui: &mut Ui, view: &mut View<'_>) {
    ui.horizontal_wrapped(|ui| {
        let csv = Button::secondary("Save as CSV…").icon(Icon::DownloadSimple).small();
        if ui.add(csv).clicked() {
            view.out.push(Action::Fairness(FairnessAction::Ask(Leaves::Gap)));
        }
        let picture = Button::secondary("Save the picture…").icon(Icon::DownloadSimple).small();
        if ui.add(picture).clicked() {
            view.out.push(Action::Fairness(FairnessAction::Ask(Leaves::GapPicture)));
        }
    });
}

/// How many people a study needs.
fn study(ui: &mut Ui, view: &mut View<'_>, gap: &Gap) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Group, "How many would it take?");
    let wanted = &mut view.inputs.fairness.wanted;
    let hint = "Choose the gap that would matter to you, not the one you found.";
    let field = Field::new("A gap of so many in every 100").hint(hint).width(NUMBER);
    field.show(ui, wanted);
    let points = wanted.trim().parse::<u64>().ok().filter(|it| (1..=100).contains(it));
    let Some(points) = points else {
        error_line(ui, "Write a whole number from 1 to 100");
        return;
    };
    let reference = gap.second.rate;
    let other = rate_with_gap(reference, points as f64 / 100.0);
    let people = other.and_then(|other| per_group(other, reference, Power::Eighty));
    text::body(ui, &needed(people, points));
}
