//! A modal: a question with verbs for answers. The safe answer is first and has the focus.

use egui::{Context, Frame, Id, Margin, Stroke, Ui};

use super::button::Button;
use super::text::{self, Level};
use crate::ui::theme::{self, Elevated, Radius, Space, Type, shadow, tokens};

/// A question that needs an answer before anything else.
#[must_use = "show it"]
pub struct Question<'a> {
    title: &'a str,
    words: &'a str,
    quote: &'a str,
    safe: &'a str,
    act: &'a str,
    dangerous: bool,
    error: Option<&'a str>,
    busy: bool,
}

/// The answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing changes; also Esc and a press beside the modal.
    Safe,
    /// Do it.
    Act,
}

impl<'a> Question<'a> {
    /// A question, the safe verb ("Keep it") and the verb that acts ("Send").
    pub const fn new(title: &'a str, safe: &'a str, act: &'a str) -> Self {
        Question {
            title,
            words: "",
            quote: "",
            safe,
            act,
            dangerous: false,
            error: None,
            busy: false,
        }
    }

    /// What happens, in plain words.
    pub const fn words(mut self, words: &'a str) -> Self {
        self.words = words;
        self
    }

    /// The exact words that it is about; long ones scroll.
    pub const fn quote(mut self, words: &'a str) -> Self {
        self.quote = words;
        self
    }

    /// What it does cannot be undone: its button is outlined in the colour of danger.
    pub const fn dangerous(mut self) -> Self {
        self.dangerous = true;
        self
    }

    /// Why it could not be done when it was tried.
    pub const fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// It is being done: the button that acts cannot be pressed again.
    pub const fn busy(mut self, busy: bool) -> Self {
        self.busy = busy;
        self
    }

    /// Shows it until it is answered.
    pub fn show(self, ctx: &Context) -> Option<Chosen> {
        let (chosen, close) = modal(ctx, self.title, tokens().measure.modal_width, |ui, first| {
            self.contents(ui, first)
        });
        chosen.or(close.then_some(Chosen::Safe))
    }

    /// The question without the window round it: title, words and buttons. `first` says that
    /// the safe button takes the focus now.
    pub fn contents(&self, ui: &mut Ui, first: bool) -> Option<Chosen> {
        let p = theme::of(ui);
        let mut chosen = None;
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::heading(ui, Level::Section, self.title);
        text::show(ui, self.words, Type::Control, p.text2);
        self.quoted(ui);
        if let Some(error) = self.error {
            ui.add_space(Space::S.pts());
            super::field::error_line(ui, error);
        }
        ui.add_space(Space::M.pts());
        let act = |words| {
            let act = if self.dangerous { Button::danger(words) } else { Button::primary(words) };
            act.cannot_yet(self.busy)
        };
        ui.horizontal(|ui| {
            // Aligned right by measure: the safe button is added first, so Tab meets it first.
            let both = Button::secondary(self.safe).measure(ui)
                + act(self.act).measure(ui)
                + ui.spacing().item_spacing.x;
            ui.add_space((ui.available_width() - both).max(0.0));
            let safe = ui.add(Button::secondary(self.safe));
            if first {
                safe.request_focus();
            }
            if safe.clicked() {
                chosen = Some(Chosen::Safe);
            }
            if ui.add(act(self.act)).clicked() && !self.busy {
                chosen = Some(Chosen::Act);
            }
        });
        chosen
    }
}

impl Question<'_> {
    fn quoted(&self, ui: &mut Ui) {
        if self.quote.is_empty() {
            return;
        }
        let p = theme::of(ui);
        ui.add_space(Space::Xs.pts());
        Frame::new()
            .inner_margin(Margin::symmetric(12, 8))
            .fill(p.sunken)
            .corner_radius(Radius::Control)
            .show(ui, |ui| {
                egui::ScrollArea::vertical().max_height(200.0).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    text::show(ui, self.quote, Type::Body, p.text);
                });
            });
    }
}

/// Between the edge of a modal and what is in it.
const PADDING: Margin = Margin::symmetric(20, 18);

/// A modal with any contents. The contents get `true` in the first frame, to give the focus to
/// their first control; the second value says that Esc or a press beside it wants it closed.
pub fn modal<R>(
    ctx: &Context,
    title: &str,
    width: f32,
    contents: impl FnOnce(&mut Ui, bool) -> R,
) -> (R, bool) {
    let p = theme::of(ctx);
    let id = Id::unique(("modal", title));
    let first = super::page::just_opened(ctx, id);
    let area = egui::Modal::default_area(id).accessible_name(title).fade_in(false);
    let response = egui::Modal::new(id)
        .area(area)
        .backdrop_color(p.scrim)
        .frame(Frame { inner_margin: Margin::ZERO, ..modal_frame(ctx) })
        .show(ctx, |ui| {
            let room = ui.ctx().content_rect().size() - egui::vec2(24.0, 64.0);
            ui.set_width((width + PADDING.sum().x).min(room.x));
            // Where the window is low, or everything is large, the rest is reached by scrolling.
            egui::ScrollArea::vertical()
                .max_height(room.y)
                .min_scrolled_height(room.y)
                .auto_shrink([false, true])
                // Within what scrolls, so that the ring round a field is not cut.
                .content_margin(PADDING)
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    contents(ui, first)
                })
                .inner
        });
    let close = response.should_close();
    (response.inner, close)
}

/// The frame of a modal.
pub fn modal_frame(ctx: &Context) -> Frame {
    let p = theme::of(ctx);
    Frame::new()
        .inner_margin(PADDING)
        .fill(p.raised)
        .stroke(Stroke::new(theme::line_width(ctx), p.line_strong))
        .corner_radius(Radius::Modal)
        .shadow(shadow(ctx, Elevated::Overlay))
}
