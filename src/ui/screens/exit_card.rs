//! The card that says what to do when a talk turns into something else.

use egui::Context;

use crate::app::inputs::Inputs;
use crate::ui::theme::Space;
use crate::ui::widgets::{Button, Level, modal, text};

/// The heading wherever it stands.
pub const TITLE: &str = "When it turns into something else";

/// What holds for every talk.
pub const LEAD: &str = "Patient safety, illness, misconduct or distress: stop, and say so.";

const WIDTH: f32 = 520.0;

/// Draws the card over the page while it is open: for each talk its title, which may be empty,
/// and what to do.
pub fn show(ctx: &Context, inputs: &mut Inputs, talks: &[(&str, &str)]) {
    if !inputs.exit_card {
        return;
    }
    let (closed, close) = modal::modal(ctx, TITLE, WIDTH, |ui, first| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Section, TITLE);
        text::secondary(ui, LEAD);
        for (title, words) in talks {
            ui.add_space(Space::Xs.pts());
            if !title.is_empty() {
                text::heading(ui, Level::Group, title);
            }
            text::body(ui, words);
        }
        ui.add_space(Space::S.pts());
        let button = ui.add(Button::primary("Close the card"));
        if first {
            button.request_focus();
        }
        button.clicked()
    });
    if closed || close {
        inputs.exit_card = false;
    }
}
