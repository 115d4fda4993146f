//! Tags of a conversation, from the lists of capabilities or free.

use egui::{Id as UiId, Ui};

use super::Editor;
use crate::app::tags;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::complete::Complete;
use crate::ui::widgets::{Button, Level, Tag, text};

/// Draws them under a heading of their own.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>) {
    if !editor.editable && editor.draft.session.tags.is_empty() {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Prompt, "Tags");
        if !editor.draft.session.tags.is_empty() {
            tags_there(ui, editor);
        }
        if editor.editable {
            add(ui, editor);
        }
    });
}

fn tags_there(ui: &mut Ui, editor: &mut Editor<'_>) {
    let mut gone = None;
    ui.horizontal_wrapped(|ui| {
        for (at, tag) in editor.draft.session.tags.iter().enumerate() {
            let words = short(tag, MOST);
            if !editor.editable {
                ui.add(Tag::new(words).icon(Icon::Tag));
                continue;
            }
            let name = format!("Take off the tag {tag}");
            let button = Button::secondary(&words).icon_after(Icon::X).small().name(&name);
            if ui.add(button).clicked() {
                gone = Some(at);
            }
        }
    });
    if let Some(at) = gone {
        editor.draft.session.tags.remove(at);
        editor.touch();
    }
}

/// Characters of a tag that fit on a line.
const MOST: usize = 48;

/// The first so many characters of a line.
pub fn short(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.to_owned(),
    }
}

fn add(ui: &mut Ui, editor: &mut Editor<'_>) {
    let taken = editor.draft.session.tags.clone();
    let typed = &editor.inputs.editor.tag.typed;
    let offered = tags::offered(&editor.state.library, &editor.open.journal, typed, &taken);
    let id = UiId::unique(("tag", editor.draft.id));
    let form = &mut editor.inputs.editor.tag;
    let field = Complete::new(id, "Add a tag").placeholder("Add a capability, or any words");
    let new = field.show(ui, &mut form.typed, &mut form.chosen, &offered);
    if let Some(tag) = new.as_deref().and_then(tags::tag)
        && !taken.contains(&tag)
    {
        editor.draft.session.tags.push(tag);
        editor.touch();
    }
}
