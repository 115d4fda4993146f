//! What a report needs, and how it stands: a line that says what to look at, and all of it on
//! request.

use egui::{Align, Layout, Margin, Ui, vec2};

use super::{Shown, line};
use crate::app::inputs::{PagePart, PersonTab, Spot};
use crate::app::{Action, Screen};
use crate::export::readiness::{About, Check, Standing};
use crate::model::session::ArcpHeading;
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{framed, hairline};
use crate::ui::widgets::text::{self, Level};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>) {
    framed(ui, Margin::symmetric(20, 12), |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        let all = view.inputs.summary.checks;
        head(ui, view, it, all);
        if all {
            for check in &it.page.checks {
                hairline(ui);
                row(ui, view, it, check);
            }
        }
    });
    ui.add_space(Space::M.pts());
}

fn head(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>, all: bool) {
    let words = if all { "Hide" } else { "Show all" };
    let name = if all { "Hide what this report needs" } else { "Show all that this report needs" };
    let button = Button::ghost(words).small().name(name);
    let width = button.measure(ui);
    ui.horizontal_top(|ui| {
        let room = ui.available_width() - width - ui.spacing().item_spacing.x;
        ui.allocate_ui_with_layout(vec2(room, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(room);
            text::heading(ui, Level::Group, "What this report needs");
            if !all {
                text::small(ui, &in_short(&it.page.checks));
            }
        });
        if ui.add(button).clicked() {
            view.inputs.summary.checks = !all;
        }
    });
}

/// "To look at: meetings of the year, exams. Not recorded here: time out of training."
fn in_short(checks: &[Check]) -> String {
    let named = |standing: Standing| -> Vec<String> {
        let those = checks.iter().filter(|check| check.standing == standing);
        those.map(|check| sentence_words(check.about)).collect()
    };
    let parts: Vec<String> = [Standing::Gap, Standing::NotHere]
        .into_iter()
        .map(|standing| (standing.words(), named(standing)))
        .filter(|(_, names)| !names.is_empty())
        .map(|(words, names)| format!("{words}: {}.", names.join(", ")))
        .collect();
    match parts.is_empty() {
        true => "All of it is recorded.".to_owned(),
        false => parts.join(" "),
    }
}

/// Its name inside a sentence.
fn sentence_words(about: About) -> String {
    let words = about.words();
    if about == About::FormR {
        return words.to_owned();
    }
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn row(ui: &mut Ui, view: &mut View<'_>, it: Shown<'_>, check: &Check) {
    let p = theme::of(ui);
    let (icon, ink) = match check.standing {
        Standing::Done => (Icon::Check, p.success),
        Standing::Gap => (Icon::WarningCircle, p.attn),
        Standing::NotHere => (Icon::Circle, p.text2),
    };
    let way = way(check.about);
    let name = format!("{way}: {}", check.about.words());
    let button = Button::ghost(way).small().name(&name);
    let width = button.measure(ui);
    ui.horizontal_top(|ui| {
        let room = ui.available_width() - width - ui.spacing().item_spacing.x;
        ui.allocate_ui_with_layout(vec2(room, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(room);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(4.0);
            let lead = format!("{}.", check.about.words());
            // The state is said in words as well, before the sentence.
            let state = match check.standing {
                Standing::Done => String::new(),
                other => format!("{}. ", other.words()),
            };
            line::noted(ui, icon, (&lead, ink), &format!("{state}{}", check.words));
        });
        if ui.add(button).clicked() {
            go(view, it, check.about);
        }
    });
}

/// The words of the button that leads to where a check can be mended.
const fn way(about: About) -> &'static str {
    match about {
        About::FormR => "See the list",
        About::Capabilities | About::Evidence | About::DoctorsWords => "Show",
        About::Meetings | About::Actions | About::Exams | About::TimeOut => "Open",
    }
}

fn go(view: &mut View<'_>, it: Shown<'_>, about: About) {
    let tab = match about {
        About::Meetings => PersonTab::Year,
        About::Actions => PersonTab::Actions,
        About::Exams | About::TimeOut => PersonTab::About,
        About::FormR => {
            view.out.push(Action::Go(Screen::Lists(Some("form-r".to_owned()))));
            return;
        }
        About::Capabilities => return to(view, Spot::Part(heading(ArcpHeading::Capabilities))),
        About::DoctorsWords => return to(view, Spot::Part(heading(ArcpHeading::DoctorsWords))),
        About::Evidence => {
            let lacks = it.page.leaves.lines().find(|line| {
                line.lacks_evidence() || line.evidence.iter().any(|one| one.date.is_none())
            });
            let spot = match lacks {
                Some(line) => Spot::Line(line.id),
                None => Spot::Part(heading(ArcpHeading::EvidenceSeen)),
            };
            return to(view, spot);
        }
    };
    view.inputs.person_tab = tab;
    view.out.push(Action::Go(Screen::People(Some(it.shown.person))));
}

const fn heading(heading: ArcpHeading) -> PagePart {
    PagePart::Heading(heading)
}

fn to(view: &mut View<'_>, spot: Spot) {
    view.inputs.summary.go_to = Some(spot);
}
