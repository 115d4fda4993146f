//! The fields of a part.

use egui::Ui;

use super::fields::{self, Words};
use super::{Editor, form};
use crate::app::Action;
use crate::app::action::TemplateAction;
use crate::library::mend::{Slot, Spot};
use crate::ui::theme::Icon;
use crate::ui::widgets::Button;
use crate::ui::widgets::field::error_line;

/// Draws them.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>, part: usize) {
    let sections = &editor.edit.template.sections;
    let Some(section) = sections.get(part) else { return };
    let title = format!("Part {} of {}", part + 1, sections.len());
    let count = section.prompts.len();
    let words = if count == 1 { "1 prompt".to_owned() } else { format!("{count} prompts") };
    let mut name = section.title.clone();
    form::titled(ui, &title, &words, |ui| form::up_and_down(ui, editor));
    let field = Words {
        label: "Name of the part",
        hint: "One or two words.",
        example: "For example, So far",
    };
    if fields::line(ui, editor, Slot::PartName, field, &mut name)
        && let Some(section) = editor.edit.template.sections.get_mut(part)
    {
        section.title = name;
    }
    if let Some(fault) = editor.fault(Slot::Contents) {
        error_line(ui, &fault);
    }
    let add = Button::secondary("Add a prompt here").icon(Icon::Plus);
    if ui.add(add).clicked() {
        let spot = editor.edit.add_prompt(Spot::Part(part));
        editor.begin(spot);
        ui.request_repaint();
    }
    let words = match count {
        0 => "Remove the part".to_owned(),
        1 => "Remove the part and its prompt".to_owned(),
        n => format!("Remove the part and its {n} prompts"),
    };
    if ui.add(Button::danger(&words).icon(Icon::Trash)).clicked() {
        let wish = TemplateAction::RemovePart(editor.id, part);
        editor.out.push(Action::Template(wish));
    }
}
