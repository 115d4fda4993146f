//! The card that says what to do when a talk turns into something else.

use egui::Context;

use crate::app::inputs::Inputs;
use crate::ui::theme::Space;
use crate::ui::widgets::menu::select;
use crate::ui::widgets::{Button, Level, modal, text};

/// The heading wherever it stands.
pub const TITLE: &str = "When it turns into something else";

/// What holds for every talk.
pub const LEAD: &str = "Patient safety, illness, misconduct or distress: stop, and say so.";

const WIDTH: f32 = 520.0;

/// Draws the card over the page while it is open, for one of these talks: the title of each, and
/// what to do.
pub fn show(ctx: &Context, inputs: &mut Inputs, talks: &[(&str, &str)]) {
    let Some(mut at) = inputs.exit_card else { return };
    let (closed, close) = modal::modal(ctx, TITLE, WIDTH, |ui, first| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Section, TITLE);
        text::secondary(ui, LEAD);
        if talks.len() > 1 {
            let titles: Vec<(usize, &str)> =
                talks.iter().map(|(title, _)| *title).enumerate().collect();
            select(ui, "In which talk?", &mut at, &titles, WIDTH);
        }
        if let Some((_, words)) = talks.get(at) {
            text::body(ui, words);
        }
        ui.add_space(Space::S.pts());
        let button = ui.add(Button::primary("Close the card"));
        if first {
            button.request_focus();
        }
        button.clicked()
    });
    inputs.exit_card = (!closed && !close).then_some(at);
}
