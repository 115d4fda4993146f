//! How the template will look to whoever answers it: one's own side, and the other's. What is
//! private to one side is not in the other's.

use egui::{Frame, Margin, ScrollArea, Stroke, Ui};

use super::{Editor, find_list, sample};
use crate::library::mend::Spot;
use crate::model::session::Role;
use crate::model::template::Section;
use crate::model::{Layer, Prompt, PromptKind};
use crate::ui::theme::{self, Radius, Space, Type};
use crate::ui::widgets::choice::segmented;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Chip, layer, page};

/// Draws it.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>) {
    let own = editor.open.journal.settings().role;
    let other = match own {
        Role::Supervisor => "Doctor’s",
        Role::Doctor => "Supervisor’s",
    };
    let salt = ("preview of a template", editor.id);
    ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
        Frame::NONE.inner_margin(Margin::same(18)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = Space::M.pts();
            page::row(
                ui,
                |ui| text::heading(ui, Level::Group, "As it will look"),
                |ui| {
                    let sides = [(false, "Mine"), (true, other)];
                    let theirs = &mut editor.inputs.template.theirs;
                    segmented(ui, "Whose side is shown", theirs, &sides);
                },
            );
            let role = match (own, editor.inputs.template.theirs) {
                (Role::Supervisor, false) | (Role::Doctor, true) => Role::Supervisor,
                (Role::Supervisor, true) | (Role::Doctor, false) => Role::Doctor,
            };
            paper(ui, |ui| sheet(ui, editor, role));
            let p = theme::of(ui);
            let words = "Answers you gave before keep the question as it was asked that day.";
            text::show(ui, words, Type::Small, p.text2);
        });
    });
}

fn paper(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let p = theme::of(ui);
    Frame::new()
        .inner_margin(Margin::same(18))
        .fill(p.page)
        .stroke(Stroke::new(theme::line_width(ui), p.line_strong))
        .corner_radius(Radius::Card)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            contents(ui);
        });
}

fn sheet(ui: &mut Ui, editor: &Editor<'_>, role: Role) {
    ui.spacing_mut().item_spacing.y = Space::L.pts();
    let template = &editor.edit.template;
    let title = match template.title.trim() {
        "" => "No title yet",
        title => title,
    };
    text::small(ui, title);
    let mut shown = 0;
    for (part, section) in template.sections.iter().enumerate() {
        let asked = asked(section, role);
        if asked.is_empty() {
            continue;
        }
        let colour = theme::of(ui).text2;
        if !section.title.trim().is_empty() {
            text::heading_in(ui, Level::Group, section.title.trim(), colour);
        }
        for (at, layer, prompt) in asked {
            shown += 1;
            let current = editor.at() == Spot::Prompt(part, at);
            prompt_in(ui, editor, (layer, prompt), current);
        }
    }
    if shown == 0 {
        text::secondary(ui, "Nothing is asked on this side.");
    }
}

/// The prompts of a part that this side is asked, with their places and layers.
fn asked(section: &Section, role: Role) -> Vec<(usize, Layer, &Prompt)> {
    let shown = section.prompts.iter().enumerate().filter(|(_, prompt)| !prompt.hidden);
    let layered = shown.filter_map(|(at, prompt)| Some((at, prompt.layer.for_role(role)?, prompt)));
    layered.collect()
}

fn prompt_in(ui: &mut Ui, editor: &Editor<'_>, (layer, prompt): (Layer, &Prompt), current: bool) {
    let p = theme::of(ui);
    let shown = layer::edged(ui, layer, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        let question = match prompt.text.trim() {
            "" => "No question yet",
            question => question,
        };
        text::show(ui, question, Type::Strong, p.text);
        if current {
            ui.add(Chip::new(layer));
            let list = match &prompt.kind {
                PromptKind::Capability { list } => find_list(editor.state, list),
                _ => None,
            };
            sample::show(ui, &prompt.kind, list.map(|list| list.title.as_str()));
        }
        if !prompt.why.trim().is_empty() {
            text::show(ui, &format!("Why ask? {}", prompt.why.trim()), Type::Hint, p.text2);
        }
        if current && !prompt.phrases.iter().all(|words| words.trim().is_empty()) {
            let words: Vec<String> = prompt
                .phrases
                .iter()
                .filter(|words| !words.trim().is_empty())
                .map(|words| format!("“{}”", words.trim()))
                .collect();
            text::show(ui, &format!("You could say: {}", words.join(" or ")), Type::Small, p.text2);
        }
    });
    // It comes into sight once, and may then be scrolled away.
    let id = egui::Id::unique(("shown in the preview", editor.id));
    let seen = ui.data(|data| data.get_temp::<Spot>(id));
    if current && seen != Some(editor.at()) {
        ui.data_mut(|data| data.insert_temp(id, editor.at()));
        ui.scroll_to_rect(shown.response.rect.expand(24.0), None);
    }
}
