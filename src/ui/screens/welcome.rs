//! Making a record: who you are, the password, the recovery sheet.

use egui::Ui;

use crate::app::state::Welcome;
use crate::ui::View;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, _welcome: &Welcome) {
    let _ = (ui, view);
}
