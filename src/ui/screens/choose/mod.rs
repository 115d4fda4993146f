//! Choosing a template.

use egui::Ui;

use crate::app::state::Open;
use crate::model::Id;
use crate::ui::View;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, _open: &Open, _person: Option<Id>) {
    let _ = (ui, view);
}
