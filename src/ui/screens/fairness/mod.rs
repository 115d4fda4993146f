//! Fairness: what is published about unfair gaps, a calculator, and one's own practice.

mod calculator;
mod chart;
mod figures;
mod file;
mod known;
mod leaving;
mod practice;
mod side;

use egui::{Context, Id as WidgetId, Ui};

use crate::app::fairness::Page;
use crate::app::state::Open;
use crate::ui::View;
use crate::ui::theme::Space;
use crate::ui::widgets::choice;
use crate::ui::widgets::page;
use crate::ui::widgets::text::{self, Level};

/// Width of the cards beside, in points.
const SIDE: f32 = 326.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    page::page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        let shown = view.inputs.fairness.page;
        text::heading(ui, Level::Title, title(shown));
        text::secondary(ui, about(shown));
        let is_doctor = open.words().is_doctor();
        let pages = Page::ALL.into_iter().filter(|page| *page != Page::Practice || !is_doctor);
        let pages: Vec<_> = pages.map(|page| (page, page.words(), None)).collect();
        let tabs = choice::tabs(ui, "Fairness", &mut view.inputs.fairness.page, &pages);
        if page::just_opened(ui.ctx(), WidgetId::unique("fairness")) {
            tabs.request_focus();
        }
        if tabs.changed() {
            ui.ctx().request_repaint();
        }
        ui.add_space(Space::Xs.pts());
        ui.push_id(shown.words(), |ui| match shown {
            Page::Known => known::show(ui, view),
            Page::Calculator => calculator::show(ui, view, open),
            Page::Practice => practice::show(ui, view, open),
        });
    });
}

/// What leaves, over the page, while it is asked for.
pub fn form(ctx: &Context, view: &mut View<'_>, open: &Open) {
    leaving::form(ctx, view, open);
}

const fn title(page: Page) -> &'static str {
    match page {
        Page::Known => "What is known about unfair gaps",
        Page::Calculator => "How large is a gap, and how sure?",
        Page::Practice => "Who got my time and my chances?",
    }
}

const fn about(page: Page) -> &'static str {
    match page {
        Page::Known => "Published figures. They describe groups, never the doctor in front of you.",
        Page::Calculator => "For teaching, and for programmes. Nothing that you type here is kept.",
        Page::Practice => "Your own last twelve months, shown to you alone. It is no score.",
    }
}
