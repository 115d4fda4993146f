//! The locked record: one card that shows nothing of what is inside.

use egui::Ui;

use crate::app::Notice;
use crate::app::state::Locked;
use crate::ui::View;

/// Draws the card for the password, or for the recovery key.
pub fn show(ui: &mut Ui, view: &mut View<'_>, _locked: &Locked) {
    let _ = (ui, view);
}

/// Draws what to do with a folder that can't be opened.
pub fn unusable(ui: &mut Ui, view: &mut View<'_>, _notice: &Notice) {
    let _ = (ui, view);
}
