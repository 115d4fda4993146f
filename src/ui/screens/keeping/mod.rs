//! The forms of keeping a record, drawn over whatever page asked for them, and the bar of long
//! work.

mod erase;
mod folders;
mod hold;
mod sent;

use egui::{Context, Frame, Layout, Margin, Rect, ScrollArea, Stroke, Ui, UiBuilder};

use super::folder_field;
use crate::app::Action;
use crate::app::action::PasswordAction;
use crate::app::findings::Remedy;
use crate::app::keeping::{Form, KeepingAction};
use crate::app::long::Progress;
use crate::app::long::Task;
use crate::app::screen::Screen;
use crate::app::state::Open;
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, tokens};
use crate::ui::widgets::modal::{Chosen, Question};
use crate::ui::widgets::{Button, IconButton, Level, setting, text};

/// Draws the form that is asked for.
pub fn form(ctx: &Context, view: &mut View<'_>, open: &Open) {
    match open.keeping.form {
        None => {}
        Some(Form::Backup) => folders::backup(ctx, view, open),
        Some(Form::Restore) => folders::restore(ctx, view, open),
        Some(Form::Move) => folders::moving(ctx, view, open),
        Some(Form::NewSheet) => {
            let question = Question::new(
                "Make a new recovery sheet?",
                "Keep the old sheet",
                "Make a new one",
            )
            .words(
                "Once you have checked the new sheet, the old one no longer opens this record. \
                 Older backups still open with it until you back up again.",
            );
            answer(ctx, view, open, question, KeepingAction::NewRecoveryKey);
        }
        Some(Form::HeldBack(person)) => {
            let question = Question::new("Erase these files too?", "Keep them", "Erase for good")
                .words("They are about a person you erased. This can’t be undone.")
                .dangerous();
            answer(ctx, view, open, question, KeepingAction::HeldBack(person, false));
        }
        Some(Form::Hold(person)) => hold::show(ctx, view, open, person),
        // Drawers are drawn with the page.
        Some(Form::Erase(_) | Form::Sent(_)) => {}
    }
}

/// The page rests behind a drawer: it takes no keys, and looks as it did.
pub fn rest_behind(ui: &mut Ui, open: &Open) {
    if open.keeping.form.is_some_and(Form::is_drawer) {
        ui.visuals_mut().disabled_alpha = 1.0;
        ui.disable();
    }
}

/// Draws the form that is a drawer over the page, which lies in `over`.
pub fn drawer(ui: &Ui, view: &mut View<'_>, open: &Open, over: Rect) {
    match open.keeping.form {
        Some(Form::Erase(person)) => erase::show(ui, view, open, (person, over)),
        Some(Form::Sent(about)) => sent::show(ui, view, open, (about, over)),
        _ => {}
    }
}

/// The title of a drawer with the way out, what scrolls below it, and its foot, so many points
/// high. Says whether it was closed.
fn in_drawer(
    ui: &mut Ui,
    title: &str,
    foot: (f32, &mut dyn FnMut(&mut Ui)),
    body: impl FnOnce(&mut Ui),
) -> bool {
    let place = ui.available_rect_before_wrap();
    let (above, below) = place.split_top_bottom_at_y(place.bottom() - foot.0);
    let mut close = false;
    ui.scope_builder(UiBuilder::new().max_rect(above), |ui| {
        ScrollArea::vertical().id_salt(title).auto_shrink(false).show(ui, |ui| {
            Frame::NONE.inner_margin(Margin::symmetric(26, 20)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = Space::S.pts();
                close = head(ui, title);
                body(ui);
            });
        });
    });
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
        let line = Stroke::new(theme::line_width(ui), theme::of(ui).line);
        ui.painter().hline(below.x_range(), below.top(), line);
        Frame::NONE.inner_margin(Margin::symmetric(26, 10)).show(ui, |ui| foot.1(ui));
    });
    close
}

/// A title of any length, and the cross at its right; says whether the cross was pressed.
fn head(ui: &mut Ui, title: &str) -> bool {
    const CROSS: f32 = 44.0;
    let whole = ui.available_rect_before_wrap();
    let words = whole.with_max_x(whole.right() - CROSS);
    let said = ui.scope_builder(UiBuilder::new().max_rect(words), |ui| {
        text::heading_lines(ui, Level::Title, title, 2);
    });
    let height = said.response.rect.height().max(tokens().control.height);
    let place = Rect::from_min_max(egui::pos2(words.right(), whole.top()), whole.max);
    let place = place.with_max_y(whole.top() + height);
    let from_right = Layout::right_to_left(egui::Align::Min);
    let builder = UiBuilder::new().max_rect(place).layout(from_right);
    ui.scope_builder(builder, |ui| ui.add(IconButton::new(Icon::X, "Close")).clicked()).inner
}

/// Asks, and does it or puts the question away. What did not work stands in the question.
fn answer(
    ctx: &Context,
    view: &mut View<'_>,
    open: &Open,
    question: Question<'_>,
    act: KeepingAction,
) {
    let wrong = open.keeping.notice.as_ref().map(ToString::to_string);
    let question = question.error(wrong.as_deref()).busy(open.keeping.busy);
    match question.show(ctx) {
        Some(Chosen::Act) => view.out.push(Action::Keeping(act)),
        Some(Chosen::Safe) => view.out.push(Action::Keeping(KeepingAction::PutAway)),
        None => {}
    }
}

/// A row of a page for long work that is under way: how far it is, and the button that stops it.
pub fn long_work(
    ui: &mut Ui,
    out: &mut Vec<Action>,
    (task, icon, words): (Task, Icon, &str),
    Progress { done, total }: Progress,
) {
    setting::row_with_bar(ui, icon, words, (done, total), |ui| {
        let name = format!("Stop: {words}");
        if ui.add(Button::secondary("Stop").small().name(&name)).clicked() {
            out.push(Action::Keeping(KeepingAction::Stop(task)));
        }
    });
}

/// The buttons for what can be done about a finding.
pub fn remedies(ui: &mut Ui, view: &mut View<'_>, open: &Open, remedy: Remedy) {
    let mut button = |words: &str, wish: Action| {
        let button = Button::secondary(words).small().cannot_yet(open.keeping.busy);
        if ui.add(button).clicked() {
            view.out.push(wish);
        }
    };
    let ask = |form| Action::Keeping(KeepingAction::Ask(form));
    if let Remedy::Person(person) = remedy {
        return button("Look at the person", Action::Go(Screen::People(Some(person))));
    }
    if open.read_only.is_some() {
        return;
    }
    match remedy {
        Remedy::Restore => button("Restore…", ask(Form::Restore)),
        Remedy::RestoreOrAccept => {
            button("Accept as it is now", Action::Keeping(KeepingAction::Accept));
            button("Restore…", ask(Form::Restore));
        }
        Remedy::HeldBack(person) => {
            let show = KeepingAction::HeldBack(person, true);
            button("Show them again", Action::Keeping(show));
            button("Erase them too…", ask(Form::HeldBack(person)));
        }
        Remedy::Password => button("Change the password…", Action::Password(PasswordAction::Begin)),
        Remedy::Sheet => button("Make a new recovery sheet…", ask(Form::NewSheet)),
        Remedy::Backup => button("Back up…", ask(Form::Backup)),
        Remedy::Person(_) => {}
    }
}
