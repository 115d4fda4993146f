//! Messages: one banner at the top, most serious first, and the toast at the bottom.

use egui::{Margin, Ui};

use crate::app::state::{Open, Saved};
use crate::app::{Action, Command, Notice};
use crate::ui::View;
use crate::ui::widgets::banner::{self, Banner, ToastState};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::page::Room;

/// Draws the most serious message, if there is one.
pub fn banner(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    if let Saved::Not(notice) = &open.saved {
        let words = rest(notice);
        let banner = Banner::error(&notice.happened).words(&words);
        if show(ui, banner, Some("Try again")) {
            view.out.push(Action::TryAgain);
        }
    } else if let Some(notice) = &open.banner {
        let words = rest(notice);
        let banner = Banner::attention(&notice.happened).words(&words);
        if show(ui, banner, Some("Close")) {
            view.out.push(Action::Dismiss);
        }
    } else if let Some(notice) = &open.read_only {
        let words = rest(notice);
        show(ui, Banner::information(&notice.happened).words(&words), None);
    } else if !open.record.damaged.is_empty() {
        let what = match open.record.damaged.len() {
            1 => "1 file of the record can’t be read.".to_owned(),
            n => format!("{n} files of the record can’t be read."),
        };
        let words = "Everything else is here, and nothing was changed. \
                     Copy them back from a backup if you have one.";
        show(ui, Banner::attention(&what).words(words), None);
    }
}

fn rest(notice: &Notice) -> String {
    format!("{} {}", notice.safe, notice.to_do).trim().to_owned()
}

/// Shows a banner across the page; says whether its button was pressed.
fn show(ui: &mut Ui, banner: Banner<'_>, button: Option<&str>) -> bool {
    let margin = Room::of(ui).margin() as i8;
    let margin = Margin { left: margin, right: margin, top: 16, bottom: 0 };
    let contents = |ui: &mut Ui| match button {
        None => {
            banner.show(ui);
            false
        }
        Some(words) => {
            banner.show_with(ui, |ui| ui.add(Button::secondary(words).small()).clicked())
        }
    };
    egui::Frame::NONE.inner_margin(margin).show(ui, contents).inner
}

/// Draws the toast, if there is one.
pub fn toast(ui: &mut Ui, view: &mut View<'_>) {
    let Some(toast) = &view.state.toast else { return };
    let undo = toast.undo.as_ref().map(|_| "Undo");
    match banner::toast(ui.ctx(), toast.number, &toast.text, undo) {
        ToastState::Shown => {}
        ToastState::Pressed => view.out.push(Action::Do(Command::Undo)),
        ToastState::Gone => view.out.push(Action::ToastGone),
    }
}
