//! The reflections.

use egui::Ui;

use crate::app::state::Open;
use crate::ui::View;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, _open: &Open) {
    let _ = (ui, view);
}
