//! Messages: one banner at the top, most serious first, and the toast at the bottom.

use egui::{Context, Margin, Ui};

use crate::app::findings::{Finding, Severity};
use crate::app::keeping::KeepingAction;
use crate::app::state::{Open, Saved};
use crate::app::{Action, Command, Notice, Screen};
use crate::ui::View;
use crate::ui::widgets::banner::{self, Banner, ToastState};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::modal::{Chosen, Question};
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
    } else if !open.keeping.seen
        && let Some(finding) = most_serious(open)
    {
        let words = rest(&finding.notice);
        if show(ui, Banner::attention(&finding.notice.happened).words(&words), Some("See it")) {
            view.out.push(Action::Keeping(KeepingAction::Show));
        }
    }
}

/// What somebody should do something about, until it was seen on the record's page.
fn most_serious(open: &Open) -> Option<&Finding> {
    let first = open.findings.first().filter(|_| open.screen != Screen::Settings);
    first.filter(|finding| finding.severity == Severity::Act)
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
        ToastState::Pressed => view.out.push(Action::Do(Command::TakeBack)),
        ToastState::Gone => view.out.push(Action::ToastGone),
    }
}

/// Asks whether the window may close though words are kept nowhere else.
pub fn closing(ctx: &Context, view: &mut View<'_>) {
    let question = Question::new(
        "Close and lose your last words?",
        "Keep it open",
        "Close and lose them",
    )
    .words(
        "They could not be saved, and are kept only in this window, encrypted. Put right what \
             stood in the way and unlock: then they are saved.",
    )
    .dangerous();
    if let Some(chosen) = question.show(ctx) {
        view.out.push(Action::CloseAnyway(chosen == Chosen::Act));
    }
}
