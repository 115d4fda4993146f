//! The heart: a conversation or a reflection being written.

use egui::Ui;

use crate::app::state::Open;
use crate::model::Id;
use crate::ui::View;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, _open: &Open, _id: Id) {
    let _ = (ui, view);
}
