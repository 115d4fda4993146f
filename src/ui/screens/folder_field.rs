//! The name of a folder: typed, or chosen in the desktop's own dialog. The same wherever the
//! keeping of a record asks for one.

use egui::{Response, Ui};

use crate::app::Action;
use crate::app::inputs::Inputs;
use crate::app::keeping::{FolderFor, KeepingAction};
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::page::entered;
use crate::ui::widgets::{Button, Field};

/// A field for a folder, with the button that asks for it.
pub struct FolderField<'a> {
    /// The label.
    pub label: &'a str,
    /// What sort of folder.
    pub hint: &'a str,
    /// What is missing.
    pub wrong: Option<&'a str>,
    /// For what it is.
    pub what: FolderFor,
    /// Whether the desktop's dialog is open.
    pub asking: bool,
}

/// What became of it in this frame.
pub struct Typed {
    /// The box.
    pub field: Response,
    /// Whether Enter was pressed in it.
    pub entered: bool,
}

impl FolderField<'_> {
    /// Shows it.
    pub fn show(self, ui: &mut Ui, view: &mut View<'_>) -> Typed {
        let field = Field::new(self.label)
            .hint(self.hint)
            .error(self.wrong)
            .show(ui, typed(view.inputs, self.what));
        ui.add_space(Space::Xs.pts());
        let name = format!("Choose: {}", self.label);
        let choose = Button::secondary("Choose…").small().icon(Icon::FolderOpen).name(&name);
        if ui.add(choose.cannot_yet(self.asking)).clicked() {
            view.out.push(Action::Keeping(KeepingAction::Choose(self.what)));
        }
        Typed { entered: entered(ui, &field), field }
    }
}

fn typed(inputs: &mut Inputs, what: FolderFor) -> &mut String {
    let form = &mut inputs.keeping;
    match what {
        FolderFor::Backup => &mut form.backup_to,
        FolderFor::RestoreFrom => &mut form.restore_from,
        FolderFor::RestoreTo => &mut form.restore_to,
        FolderFor::Move => &mut form.move_to,
        FolderFor::Shared => &mut form.shared,
    }
}
