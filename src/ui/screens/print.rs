//! Printing a template or a module: on which paper, what stands on it, into which file.

use egui::{Context, Id, Ui};

use super::leaves;
use crate::app::Action;
use crate::app::paper::{Kind, PaperAction, PaperOf, Printing, Whom, is_for_two, title};
use crate::app::state::Open;
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::{Button, Level, choice, modal, text};

const WIDTH: f32 = 460.0;

/// A button that opens the form.
pub fn button(ui: &mut Ui, view: &mut View<'_>, button: Button<'_>, (of, kind): (PaperOf, Kind)) {
    if ui.add(button.icon(Icon::Printer)).clicked() {
        view.out.push(Action::Paper(PaperAction::Ask(of, kind)));
    }
}

/// Draws the form over the page while it is asked for.
pub fn form(ctx: &Context, view: &mut View<'_>, open: &Open) {
    let Some(printing) = &open.shelf.printing else { return };
    let library = view.state.library.clone();
    let Some(title) = title(&library, &printing.of) else { return };
    let heading = format!("Print “{title}”");
    let ((), close) = modal::modal(ctx, &heading, WIDTH, |ui, first| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Section, &heading);
        text::secondary(ui, "A PDF with nothing of your record in it.");
        paper(ui, view, title, &printing.of);
        if let PaperOf::Template(id) = &printing.of
            && let Some(template) = library.get(id)
        {
            whom(ui, view, is_for_two(template, open.journal.settings().role));
        }
        let path = &mut view.inputs.print.path;
        if leaves::file(ui, Id::unique("print file"), path, printing.asking) {
            view.out.push(Action::Paper(PaperAction::Choose));
        }
        if let Some(notice) = &printing.notice {
            leaves::refused(ui, notice);
        }
        ui.add_space(Space::S.pts());
        buttons(ui, view, printing, first);
    });
    if close {
        view.out.push(Action::Paper(PaperAction::PutAway));
    }
}

fn paper(ui: &mut Ui, view: &mut View<'_>, title: &str, of: &PaperOf) {
    let sheet = match of {
        PaperOf::Template(_) => "Sheet to write on, A4",
        PaperOf::Module(_) => "Workshop exercise, A4",
    };
    let kinds = [(Kind::Sheet, sheet), (Kind::Card, "Wallet card")];
    let form = &mut view.inputs.print;
    if choice::segmented(ui, "Paper", &mut form.kind, &kinds).changed() {
        form.offer(&view.inputs.documents, title);
    }
}

/// For whom a sheet is, where two people may look at it.
fn whom(ui: &mut Ui, view: &mut View<'_>, for_two: bool) {
    let form = &mut view.inputs.print;
    if !for_two || form.kind == Kind::Card {
        return;
    }
    let choices = [(Whom::Table, "For the table"), (Whom::Me, "For me alone")];
    choice::segmented(ui, "For whom", &mut form.whom, &choices);
    text::hint(
        ui,
        match form.whom {
            Whom::Table => "Only the questions that you both answer, so it can lie between you.",
            Whom::Me => {
                "Also the questions that only you answer, words to borrow, and what to do when \
                 it turns into something else."
            }
        },
    );
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, printing: &Printing, first: bool) {
    let unnamed = view.inputs.print.path.trim().is_empty();
    let words = match (printing.busy, unnamed) {
        (true, _) => "Saving…",
        (false, true) => "Name the file to save",
        (false, false) => "Save PDF",
    };
    ui.horizontal_wrapped(|ui| {
        let save = ui.add(Button::primary(words).cannot_yet(printing.busy || unnamed));
        if first {
            save.request_focus();
        }
        if save.clicked() && !printing.busy && !unnamed {
            view.out.push(Action::Paper(PaperAction::Save));
        }
        if ui.add(Button::ghost("Not now")).clicked() {
            view.out.push(Action::Paper(PaperAction::PutAway));
        }
    });
}
