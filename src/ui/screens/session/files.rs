//! Files attached to a conversation: only the writer has them.

use egui::Ui;

use super::Editor;
use crate::app::Action;
use crate::app::action::FileAction;
use crate::app::inputs::AboutFile;
use crate::model::{Attachment, Id, MAX_ATTACHMENT};
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::modal::Chosen;
use crate::ui::widgets::{Button, IconButton, Level, Question, text};

/// Draws them under a heading of their own, with the button for another.
pub fn show(ui: &mut Ui, editor: &mut Editor<'_>) {
    let files: Vec<(Id, &Attachment)> =
        editor.open.journal.attachments_of(editor.draft.id).collect();
    if files.is_empty() && !editor.editable {
        return;
    }
    let p = theme::of(ui);
    text::heading_in(ui, Level::Group, "Files, private to me", p.private);
    for (id, file) in files {
        ui.push_id(id, |ui| row(ui, editor, id, file));
    }
    if let Some(notice) = &editor.open.files.notice {
        error_line(ui, &format!("{} {} {}", notice.happened, notice.safe, notice.to_do));
    }
    if editor.open.files.busy > 0 {
        text::small(ui, "Working on a file…");
    }
    if editor.editable {
        let button = Button::private("Attach a file").icon(Icon::Paperclip).small();
        if ui.add(button).clicked() {
            editor.out.push(Action::File(FileAction::Choose));
        }
        let most = MAX_ATTACHMENT >> 20;
        text::hint(ui, &format!("Or drop one here. At most {most} MB each. Only you have them."));
    }
}

fn row(ui: &mut Ui, editor: &mut Editor<'_>, id: Id, file: &Attachment) {
    let p = theme::of(ui);
    let width = ui.available_width();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = Space::Xs.pts();
        let buttons = if editor.editable { 76.0 } else { 40.0 };
        ui.allocate_ui(egui::vec2((width - buttons).max(80.0), 40.0), |ui| {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.set_width((width - buttons).max(80.0));
                text::lines(ui, &file.name, Type::Button, p.text, 1).on_hover_text(&file.name);
                text::small(ui, &size_words(file.size));
            });
        });
        let save = format!("Save a copy of {}", file.name);
        if ui.add(IconButton::new(Icon::DownloadSimple, &save)).clicked() {
            editor.inputs.editor.file = Some(AboutFile::Copy(id));
        }
        let remove = format!("Take off {}", file.name);
        if editor.editable && ui.add(IconButton::new(Icon::Trash, &remove)).clicked() {
            editor.inputs.editor.file = Some(AboutFile::Remove(id));
        }
    });
}

/// "640 bytes", "12 KB", "3.4 MB".
fn size_words(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

/// The question before a file leaves the record or is taken off.
pub fn ask(ui: &Ui, editor: &mut Editor<'_>) {
    let Some(about) = editor.inputs.editor.file else { return };
    let (AboutFile::Copy(id) | AboutFile::Remove(id)) = about;
    let mut files = editor.open.journal.attachments_of(editor.draft.id);
    let Some((_, file)) = files.find(|(known, _)| *known == id) else {
        editor.inputs.editor.file = None;
        return;
    };
    let name = file.name.clone();
    let (title, words, act, wish) = match about {
        AboutFile::Copy(_) => (
            "Save a copy outside the record?",
            "The copy is not encrypted. Anyone who can open the folder can read it.",
            "Choose where",
            FileAction::SaveCopy(id),
        ),
        AboutFile::Remove(_) => (
            "Take this file off?",
            "It is no longer shown here. What was saved stays in the history until the person is \
             erased.",
            "Take it off",
            FileAction::Remove(id),
        ),
    };
    let question = Question::new(title, "Keep it here", act).words(words).quote(&name);
    let Some(chosen) = question.show(ui.ctx()) else { return };
    editor.inputs.editor.file = None;
    if chosen == Chosen::Act {
        editor.out.push(Action::File(wish));
    }
}
