//! The row under a text in which something was found: why, and what to do about it.

use egui::Ui;

use super::{Banner, Button, Field};
use crate::ui::theme::{Icon, Space};

/// What was pressed under a writing in which something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuardPressed {
    /// Put the offered words in.
    Replace,
    /// Keep the words as they are.
    Keep,
}

/// The row of a hint: what is the matter, what is offered, Replace, and the way to keep the
/// words. It never blocks writing, and is not announced while someone types.
#[must_use = "show it"]
pub struct GuardHint<'a> {
    lead: &'a str,
    offer: &'a str,
    keep: &'a str,
    replaces: bool,
    icon: Option<Icon>,
}

impl<'a> GuardHint<'a> {
    /// For what may point to someone. `offer` is the sentence that says what to do.
    pub const fn new(lead: &'a str, offer: &'a str) -> Self {
        GuardHint { lead, offer, keep: "Keep…", replaces: true, icon: None }
    }

    /// A quieter row with another icon: wording, spelling.
    pub const fn quiet(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Whether something can take the place of the words.
    pub const fn replaces(mut self, replaces: bool) -> Self {
        self.replaces = replaces;
        self
    }

    /// The words of the button that keeps them.
    pub const fn keep(mut self, keep: &'a str) -> Self {
        self.keep = keep;
        self
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui) -> Option<GuardPressed> {
        const BESIDE: f32 = 480.0;
        const LONG: usize = 78;
        let mut pressed = None;
        let replace = || Button::secondary("Replace").small();
        let keep = || {
            let button = if self.replaces { Button::ghost } else { Button::secondary };
            button(self.keep).small()
        };
        let mut buttons = |ui: &mut Ui| {
            if self.replaces && ui.add(replace()).clicked() {
                pressed = Some(GuardPressed::Replace);
            }
            if ui.add(keep()).clicked() {
                pressed = Some(GuardPressed::Keep);
            }
        };
        let banner = match self.icon {
            None => Banner::attention(self.lead),
            Some(icon) => Banner::plain(self.lead).icon(icon),
        };
        let banner = banner.words(self.offer).unannounced();
        let long = self.lead.chars().count() + self.offer.chars().count() > LONG;
        if ui.available_width() < BESIDE || long {
            banner.show_with(ui, buttons);
        } else {
            let replace = if self.replaces { replace().measure(ui) } else { 0.0 };
            let room = replace + keep().measure(ui) + 2.0 * Space::S.pts();
            banner.beside(ui, room, &mut buttons);
        }
        pressed
    }
}

/// What was pressed where a reason is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonPressed {
    /// Keep the words, with this reason.
    Keep,
    /// Do not.
    Cancel,
}

/// Asks why words that surely point to someone stay.
pub fn reason(
    ui: &mut Ui,
    words: &str,
    reason: &mut String,
    error: Option<&str>,
) -> Option<ReasonPressed> {
    let mut pressed = None;
    let lead = format!("Keep “{words}”?");
    Banner::attention(&lead)
        .words("The reason stays with your notes and is in no export.")
        .unannounced()
        .show_with(ui, |ui| {
            ui.vertical(|ui| {
                let field = Field::new("Why it stays").error(error);
                let field = field.show(ui, reason);
                if super::page::just_opened(ui, field.id) {
                    field.request_focus();
                }
                let entered = super::page::entered(ui, &field);
                let escaped = field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Escape));
                ui.horizontal_wrapped(|ui| {
                    if ui.add(Button::secondary("Keep with this reason").small()).clicked()
                        || entered
                    {
                        pressed = Some(ReasonPressed::Keep);
                    }
                    if ui.add(Button::ghost("Cancel").small()).clicked() || escaped {
                        pressed = Some(ReasonPressed::Cancel);
                    }
                });
            });
        });
    pressed
}
