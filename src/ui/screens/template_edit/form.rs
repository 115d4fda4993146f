//! The fields of a prompt.

use egui::Ui;

use super::fields::{self, Words};
use super::{Editor, kinds, reading, step};
use crate::app::Action;
use crate::app::action::TemplateAction;
use crate::library::mend::{Slot, Spot, number};
use crate::model::{Layer, PromptLayer};
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Button, layer, menu, toggle};

/// Draws them.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>, part: usize, at: usize) {
    let Some(mut prompt) = editor.edit.prompt(part, at).cloned() else { return };
    head(ui, editor, (part, at));
    let mut changed = fields::passage(
        ui,
        editor,
        Slot::Question,
        Words { label: "The question", hint: "", example: "For example, what has been hard?" },
        &mut prompt.text,
    );
    let why = Words {
        label: "Why this question",
        hint: "One or two sentences. Shown while the answer is empty.",
        example: "",
    };
    changed |= fields::passage(ui, editor, Slot::WhyAsk, why, &mut prompt.why);
    changed |= who_reads(ui, editor, &mut prompt.layer);
    if changed {
        write(editor, (part, at), |held| {
            held.text.clone_from(&prompt.text);
            held.why.clone_from(&prompt.why);
            held.layer = prompt.layer;
        });
    }
    kinds::show(ui, editor, (part, at));
    let phrases = Words {
        label: "Words for a hard moment",
        hint: "Shown on request, beside the answer. One on each line.",
        example: "For example, what would you say to a silence?",
    };
    if fields::lines(ui, editor, Slot::Phrases, phrases, &mut prompt.phrases) {
        write(editor, (part, at), |held| held.phrases.clone_from(&prompt.phrases));
    }
    reading::hint(ui, &prompt);
    hide(ui, editor, (part, at), prompt.hidden);
}

/// Changes the prompt that is shown.
pub fn write(
    editor: &mut Editor<'_>,
    (part, at): (usize, usize),
    change: impl FnOnce(&mut crate::model::Prompt),
) {
    if let Some(prompt) = editor.edit.prompt_mut(part, at) {
        change(prompt);
    }
    editor.touch();
}

/// Which prompt of how many, in which part; and the buttons that move it.
fn head(ui: &mut Ui, editor: &mut Editor<'_>, (part, at): (usize, usize)) {
    let template = &editor.edit.template;
    let title = format!("Prompt {} of {}", number(template, part, at), template.prompts().count());
    let name = template.sections.get(part).map(|section| section.title.clone());
    let name = name.filter(|name| !name.trim().is_empty());
    let place = match name {
        Some(name) => format!("In the part “{name}”"),
        None => format!("In part {}, which has no name yet", part + 1),
    };
    titled(ui, &title, &place, |ui| {
        up_and_down(ui, editor);
        more(ui, editor, (part, at));
    });
}

/// A heading with a line below, and buttons at the right or, where there is no room, under it.
pub fn titled(ui: &mut Ui, title: &str, place: &str, buttons: impl FnOnce(&mut Ui)) {
    const BUTTONS: f32 = 292.0;
    let words = |ui: &mut Ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            text::heading(ui, Level::Section, title);
            text::small(ui, place);
        });
    };
    let room = ui.available_width() - BUTTONS;
    if room < 160.0 {
        words(ui);
        ui.horizontal_wrapped(buttons);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.allocate_ui(egui::vec2(room, 0.0), |ui| {
            ui.set_width(room);
            words(ui);
        });
        buttons(ui);
    });
}

/// The buttons that move what is worked on.
pub fn up_and_down(ui: &mut Ui, editor: &mut Editor<'_>) {
    ui.spacing_mut().item_spacing.x = Space::S.pts();
    let up = Button::secondary("Up").icon(Icon::CaretUp);
    if ui.add(up).on_hover_text("Alt Up").clicked() {
        step(ui, editor, false);
    }
    let down = Button::secondary("Down").icon(Icon::CaretDown);
    if ui.add(down).on_hover_text("Alt Down").clicked() {
        step(ui, editor, true);
    }
}

fn more(ui: &mut Ui, editor: &mut Editor<'_>, (part, at): (usize, usize)) {
    let parts: Vec<(usize, String)> = editor
        .edit
        .template
        .sections
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != part)
        .map(|(other, section)| match section.title.trim() {
            "" => (other, format!("Move to part {}", other + 1)),
            title => (other, format!("Move to “{title}”")),
        })
        .collect();
    let (mut to, mut remove) = (None, false);
    menu::menu(ui, Button::secondary("More").icon(Icon::DotsThree), |ui| {
        for (other, words) in &parts {
            if menu::menu_row(ui, Some(Icon::ArrowRight), words, "").clicked() {
                to = Some(*other);
            }
        }
        remove = menu::menu_row(ui, Some(Icon::Trash), "Remove this prompt", "").clicked();
    });
    if let Some(other) = to {
        let spot = editor.edit.move_prompt((part, at), Spot::Part(other));
        editor.select(spot);
        ui.request_repaint();
    }
    if remove {
        let wish = TemplateAction::RemovePrompt(editor.id, part, at);
        editor.out.push(Action::Template(wish));
    }
}

/// Who reads the answer. For the ARCP is not among them: a line gets there by a person's act.
fn who_reads(ui: &mut Ui, editor: &Editor<'_>, value: &mut PromptLayer) -> bool {
    let mut options = vec![
        (PromptLayer::Shared, Layer::Shared, Layer::Shared.words()),
        (PromptLayer::Private, Layer::Private, Layer::Private.words()),
    ];
    if editor.edit.names_a_side() {
        options.push((PromptLayer::Supervisor, Layer::Private, "Private to the supervisor"));
        options.push((PromptLayer::Doctor, Layer::Private, "Private to the doctor"));
    }
    let before = *value;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        let p = crate::ui::theme::of(ui);
        let label = "Who reads the answer";
        text::show(ui, label, crate::ui::theme::Type::Button, p.text);
        layer::choose(ui, label, value, &options);
        text::hint(ui, said_of(*value));
    });
    *value != before
}

const fn said_of(layer: PromptLayer) -> &'static str {
    match layer {
        PromptLayer::Shared => "Lines are offered to the ARCP one by one, in the session.",
        PromptLayer::Private => "Only whoever writes the answer reads it.",
        PromptLayer::Supervisor => {
            "Asked only in the supervisor’s Cairn. Only they read the answer."
        }
        PromptLayer::Doctor => "Asked only in the doctor’s Cairn. Only they read the answer.",
    }
}

fn hide(ui: &mut Ui, editor: &mut Editor<'_>, place: (usize, usize), hidden: bool) {
    let mut asked = !hidden;
    let hint = "Off: it stays in the template, and is not asked or printed.";
    if toggle::switch(ui, &mut asked, "Ask this question", hint).changed() {
        write(editor, place, |prompt| prompt.hidden = !asked);
    }
}
