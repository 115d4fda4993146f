//! The forms of keeping a record, drawn over whatever page asked for them, and the bar of long
//! work.

mod erase;
mod folders;
mod hold;

use egui::{Context, Ui};

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
use crate::ui::theme::Icon;
use crate::ui::widgets::modal::{Chosen, Question};
use crate::ui::widgets::{Button, setting};

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
        Some(Form::Erase(person)) => erase::show(ctx, view, open, person),
    }
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
