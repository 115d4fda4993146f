//! The page of the template as a whole: what it is for, when to use it, who leads.

use egui::Ui;

use super::Editor;
use super::fields::{self, Words};
use crate::app::Action;
use crate::app::action::TemplateAction;
use crate::library::AIMS;
use crate::library::mend::Slot;
use crate::model::Template;
use crate::model::template::{Form, Situation};
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Button, Field, choice, menu, toggle};

/// The width of the choice of a situation, and of a number of minutes, in points.
const WIDTHS: (f32, f32) = (280.0, 110.0);

/// Draws it.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>) {
    let mut template = editor.edit.template.clone();
    text::heading(ui, Level::Section, "About this template");
    let mut changed = what(ui, editor, &mut template);
    changed |= when(ui, editor, &mut template);
    changed |= further(ui, editor, &mut template);
    if changed {
        editor.edit.template = template;
        editor.touch();
    }
    discard(ui, editor);
}

const fn words<'a>(label: &'a str, hint: &'a str, example: &'a str) -> Words<'a> {
    Words { label, hint, example }
}

fn what(ui: &mut Ui, editor: &mut Editor<'_>, template: &mut Template) -> bool {
    let title = words("Title", "", "For example, Mid-point review, our trust");
    let mut changed = fields::line(ui, editor, Slot::Title, title, &mut template.title);
    let purpose = words("What it is for", "One sentence.", "");
    changed |= fields::passage(ui, editor, Slot::Purpose, purpose, &mut template.purpose);
    if let Some(fault) = editor.fault(Slot::Contents) {
        error_line(ui, &fault);
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        let p = theme::of(ui);
        let label = "How it is held";
        text::show(ui, label, Type::Button, p.text);
        let forms = [(Form::Conversation, "With a person"), (Form::Reflection, "Written alone")];
        changed |= choice::segmented(ui, label, &mut template.form, &forms).changed();
    });
    let lead = words("Who leads", "", "You and the doctor");
    changed |= fields::line(ui, editor, Slot::Lead, lead, &mut template.lead);
    changed | minutes(ui, editor, template)
}

fn minutes(ui: &mut Ui, editor: &mut Editor<'_>, template: &mut Template) -> bool {
    let mut changed = false;
    if let Some(fault) = editor.fault(Slot::Minutes) {
        error_line(ui, &fault);
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = Space::L.pts();
        let takes = editor.takes(Slot::Minutes);
        changed |= number(ui, "Minutes, at least", &mut template.minutes.0, takes);
        changed |= number(ui, "Minutes, at most", &mut template.minutes.1, false);
    });
    changed
}

fn number(ui: &mut Ui, label: &str, value: &mut u16, takes: bool) -> bool {
    let mut typed = if *value == 0 { String::new() } else { value.to_string() };
    let response = Field::new(label).width(WIDTHS.1).show(ui, &mut typed);
    if takes {
        response.request_focus();
    }
    if response.changed() {
        let digits: String = typed.chars().filter(char::is_ascii_digit).take(3).collect();
        *value = digits.parse().unwrap_or_default();
    }
    response.changed()
}

fn when(ui: &mut Ui, editor: &mut Editor<'_>, template: &mut Template) -> bool {
    let situations: Vec<(Situation, &str)> =
        Situation::ALL.into_iter().map(|situation| (situation, situation.words())).collect();
    let label = "Where the library lists it";
    let mut changed =
        menu::select(ui, label, &mut template.situation, &situations, WIDTHS.0).changed();
    let used = words("When to use it", "One or two sentences.", "");
    changed |= fields::passage(ui, editor, Slot::When, used, &mut template.when);
    let not = words("When to use something else", "", "");
    changed |= fields::passage(ui, editor, Slot::WhenNot, not, &mut template.when_not);
    let moments = words(
        "Moments in which someone looks for it",
        "As said aloud, one on each line.",
        "For example, A doctor failed an exam",
    );
    changed |= fields::lines(ui, editor, Slot::Moments, moments, &mut template.moments);
    let rules = words("What both must know before they begin", "One on each line.", "");
    changed | fields::lines(ui, editor, Slot::GroundRules, rules, &mut template.ground_rules)
}

fn further(ui: &mut Ui, editor: &mut Editor<'_>, template: &mut Template) -> bool {
    let why = words("Why these questions", "", "");
    let mut changed = fields::passage(ui, editor, Slot::Why, why, &mut template.why);
    let turns = words(
        "When the talk turns into something else",
        "What to do about patient safety, illness, misconduct or distress.",
        "",
    );
    changed |= fields::passage(ui, editor, Slot::IfItTurns, turns, &mut template.if_it_turns);
    changed |= aims(ui, template);
    let sources = words("Where it comes from", "With dates, one on each line.", "");
    changed | fields::lines(ui, editor, Slot::Sources, sources, &mut template.sources)
}

fn aims(ui: &mut Ui, template: &mut Template) -> bool {
    let mut changed = false;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let p = theme::of(ui);
        text::show(ui, "Aims and programmes it serves", Type::Button, p.text);
        for aim in AIMS {
            let mut serves = template.aims.iter().any(|code| code == aim.code);
            if toggle::checkbox(ui, &mut serves, aim.words).changed() {
                template.aims.retain(|code| code != aim.code);
                if serves {
                    template.aims.push(aim.code.to_owned());
                }
                changed = true;
            }
        }
    });
    changed
}

/// Throws away what is in no version. It can be undone.
fn discard(ui: &mut Ui, editor: &mut Editor<'_>) {
    if !editor.edit.is_changed() {
        return;
    }
    let words = match &editor.edit.saved {
        Some(saved) => format!("Go back to version {}", saved.version),
        None => "Throw this template away".to_owned(),
    };
    let button = Button::danger(&words).icon(Icon::ArrowCounterClockwise);
    if ui.add(button).clicked() {
        let wish = TemplateAction::Discard(editor.id);
        editor.out.push(Action::Template(wish));
    }
}
