//! Putting a person on hold, with the reason.

use egui::Context;

use crate::app::Action;
use crate::app::keeping::KeepingAction;
use crate::app::state::Open;
use crate::model::Id;
use crate::ui::View;
use crate::ui::theme::Space;
use crate::ui::widgets::page::entered;
use crate::ui::widgets::{Button, Field, Level, modal, text};

/// Draws the form.
pub fn show(ctx: &Context, view: &mut View<'_>, open: &Open, id: Id) {
    let Some(person) = open.journal.person(id) else { return };
    let title = format!("Put {} on hold?", person.called());
    let (answer, close) = modal::modal(ctx, "Put on hold", 460.0, |ui, first| {
        text::heading(ui, Level::Section, &title);
        text::secondary(
            ui,
            "While the hold stands, nothing about them can be erased, here or from another \
             computer. Use it when somebody has asked for what is held about them, or a court may.",
        );
        ui.add_space(Space::S.pts());
        let typed = &mut view.inputs.keeping.why;
        let missing = open.keeping.tried && typed.trim().is_empty();
        let why = Field::new("Why")
            .hint("For example: access request of 3 March")
            .error(missing.then_some("Say why, for whoever takes the hold off later."))
            .show(ui, typed);
        if first {
            why.request_focus();
        }
        ui.add_space(Space::M.pts());
        let (go, back) = ui
            .horizontal_wrapped(|ui| {
                let go = ui.add(Button::primary("Put on hold")).clicked();
                (go, ui.add(Button::ghost("Not now")).clicked())
            })
            .inner;
        let go = go || entered(ui, &why);
        if go {
            why.request_focus();
        }
        (go, back)
    });
    if answer.1 || close {
        view.out.push(Action::Keeping(KeepingAction::PutAway));
    } else if answer.0 {
        view.out.push(Action::Keeping(KeepingAction::Hold(id)));
    }
}
