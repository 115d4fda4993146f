//! Beside the figures: how few is too few, why one's own doctors are not charted, what one can do.

use egui::Ui;

use super::chart;
use crate::app::Action;
use crate::app::action::LibraryAction;
use crate::app::fairness::{Page, Typed, typed};
use crate::app::screen::Screen;
use crate::fairness::intervals::wilson;
use crate::fairness::reading::tried;
use crate::fairness::suppression::Rules;
use crate::ui::View;
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::card::card;
use crate::ui::widgets::field::error_line;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Button, Field};

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>) {
    ui.spacing_mut().item_spacing.y = Space::M.pts();
    card(ui, |ui| try_it(ui, view));
    card(ui, |ui| {
        text::heading(ui, Level::Group, "Why your own doctors are not charted");
        text::hint(
            ui,
            "With fewer than 10 people a chart misleads and can identify someone. Cairn makes no \
             rate of the doctors in your record.",
        );
    });
    card(ui, |ui| this_week(ui, view));
    let work = Button::secondary("Work out a gap from counts…").icon(Icon::Scales).fill_width();
    if ui.add(work).clicked() {
        view.inputs.fairness.page = Page::Calculator;
        ui.ctx().request_repaint();
    }
}

/// One made-up group, which alone may be small: to teach why.
fn try_it(ui: &mut Ui, view: &mut View<'_>) {
    const BOX: f32 = 64.0;
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    text::heading(ui, Level::Group, "Try it: how few is too few?");
    text::hint(ui, "Make a group up. Nothing is kept.");
    let [yes, of] = &mut view.inputs.fairness.tried;
    ui.horizontal(|ui| {
        Field::new("How many passed").label_hidden().width(BOX).show(ui, yes);
        text::body(ui, "of");
        Field::new("Of how many").label_hidden().width(BOX).show(ui, of);
        text::body(ui, "passed");
    });
    let counts = match typed(&view.inputs.fairness.tried) {
        Typed::Counts(counts) => Some(counts),
        Typed::Wrong(words) => {
            error_line(ui, words);
            None
        }
        Typed::Empty => None,
    };
    let rate = counts.and_then(|counts| Some((counts.rate(), wilson(counts)?)));
    chart::tried(ui, rate);
    if let (Some(counts), Some((_, interval))) = (counts, rate) {
        let (lead, rest) = tried(interval, counts.of(), Rules::default());
        text::lead(ui, lead, &rest);
    }
}

/// Three things to do, each with where to do it.
fn this_week(ui: &mut Ui, view: &mut View<'_>) {
    ui.spacing_mut().item_spacing.y = Space::Xs.pts();
    text::heading(ui, Level::Group, "What you can do this week");
    let time = Button::ghost("Ask who got your time and chances").icon(Icon::HandHeart).small();
    let is_doctor = view.state.open().is_some_and(|open| open.words().is_doctor());
    if !is_doctor && ui.add(time).clicked() {
        view.inputs.fairness.page = Page::Practice;
        ui.ctx().request_repaint();
    }
    let check = Button::ghost("Use the 60-second check").icon(Icon::Scales).small();
    if ui.add(check).clicked() {
        template(view, "decision-check");
    }
    let doors = Button::ghost("Map which doors you can open").icon(Icon::DoorOpen).small();
    if ui.add(doors).clicked() {
        template(view, "insider-knowledge");
    }
}

/// Shows a template in the list that it is started from.
pub fn template(view: &mut View<'_>, id: &str) {
    view.out.push(Action::Go(Screen::Choose(None)));
    view.out.push(Action::Library(LibraryAction::Choose(id.to_owned())));
}
