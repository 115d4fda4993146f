//! Messages: one banner at the top, most serious first, and the toast at the bottom.

use egui::{Margin, Ui};

use crate::app::state::{Open, Saved};
use crate::app::{Action, Command, Notice};
use crate::ui::View;
use crate::ui::theme::Space;
use crate::ui::widgets::{Banner, toast as toast_widget};

/// Draws the most serious message, if there is one.
pub fn banner(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if let Saved::Not(notice) = &open.saved {
        if show(ui, Banner::error(&notice.happened, &rest(notice)).button("Try again")) {
            view.out.push(Action::TryAgain);
        }
    } else if let Some(notice) = &open.banner {
        if show(ui, Banner::attention(&notice.happened, &rest(notice)).button("Close")) {
            view.out.push(Action::Dismiss);
        }
    } else if let Some(notice) = &open.read_only {
        show(ui, Banner::information(&notice.happened, &rest(notice)));
    } else if !open.damaged.is_empty() {
        let what = match open.damaged.len() {
            1 => "1 file of the record can’t be read.".to_owned(),
            n => format!("{n} files of the record can’t be read."),
        };
        let rest = "Everything else is here, and nothing was changed. \
                    Copy them back from a backup if you have one.";
        show(ui, Banner::attention(&what, rest));
    }
}

fn rest(notice: &Notice) -> String {
    format!("{} {}", notice.safe, notice.to_do).trim().to_owned()
}

/// Shows a banner across the page; says whether its button was pressed.
fn show(ui: &mut Ui, banner: Banner<'_>) -> bool {
    let margin = Margin { left: 28, right: 28, top: 16, bottom: 0 };
    let pressed = egui::Frame::NONE.inner_margin(margin).show(ui, |ui| banner.show(ui)).inner;
    ui.add_space(Space::Xs.pts());
    pressed.is_some()
}

/// Draws the toast, if there is one.
pub fn toast(ui: &mut Ui, view: &mut View<'_>) {
    let Some(toast) = &view.state.toast else { return };
    let undo = toast.undo.as_ref().map(|_| "Undo");
    if toast_widget(ui, &toast.text, undo) {
        view.out.push(Action::Do(Command::Undo));
    }
}
