//! What leaves when a pack is passed on: every word of it, and beside it the same panel as
//! before every way out.

use egui::{Frame, Id as WidgetId, Margin, Panel, ScrollArea, Ui};

use super::contents;
use crate::app::Action;
use crate::app::packs::{Leaving, PacksAction};
use crate::app::state::Open;
use crate::export::preview::LayerCount;
use crate::model::Layer;
use crate::ui::View;
use crate::ui::screens::leaves;
use crate::ui::theme::{self, Icon, Space, tokens};
use crate::ui::widgets::Button;
use crate::ui::widgets::card::{hairline, paper};
use crate::ui::widgets::page::{self, Room};
use crate::ui::widgets::text::{self, Level};

/// Room at the sides of the panel, in points.
const MARGIN: i8 = 20;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open, leaving: &Leaving) {
    let p = theme::of(ui);
    if Room::of(ui) < Room::Wide {
        ui.painter().rect_filled(ui.available_rect_before_wrap(), 0.0, p.rail);
        page::page(ui, |ui| {
            words(ui, view, leaving);
            ui.add_space(Space::L.pts());
            Frame::new().fill(p.surface).inner_margin(Margin::same(16)).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                panel(ui, view, open, leaving);
                ui.add_space(Space::M.pts());
                foot(ui, view, open, leaving);
            });
        });
        return;
    }
    let side = Panel::right("what leaves").exact_size(tokens().layout.export_panel);
    side.resizable(false).show_separator_line(false).frame(Frame::NONE.fill(p.surface)).show(
        ui,
        |ui| {
            let rect = ui.max_rect();
            let stroke = egui::Stroke::new(theme::line_width(ui), p.line);
            ui.painter().vline(rect.left() + 0.5, rect.y_range(), stroke);
            let below = Panel::bottom("foot of what leaves").resizable(false);
            below.show_separator_line(false).frame(Frame::NONE).show(ui, |ui| {
                Frame::NONE.inner_margin(Margin::symmetric(MARGIN, 14)).show(ui, |ui| {
                    foot(ui, view, open, leaving);
                });
            });
            let margin = Margin { left: MARGIN, right: MARGIN, top: 18, bottom: 12 };
            let scroll = ScrollArea::vertical().auto_shrink(false).content_margin(margin);
            scroll.show(ui, |ui| {
                ui.set_width(ui.available_width());
                panel(ui, view, open, leaving);
            });
        },
    );
    ui.painter().rect_filled(ui.available_rect_before_wrap(), 0.0, p.rail);
    page::page(ui, |ui| words(ui, view, leaving));
}

/// Every word that leaves.
fn words(ui: &mut Ui, view: &mut View<'_>, leaving: &Leaving) {
    paper(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Title, &leaving.contents.title);
        contents::facts(ui, &leaving.contents);
        contents::parts(ui, &leaving.contents, &mut view.inputs.pack.unfolded, false);
    });
}

fn panel(ui: &mut Ui, view: &mut View<'_>, open: &Open, leaving: &Leaving) {
    text::heading(ui, Level::Section, leaves::TITLE);
    text::small(
        ui,
        match Room::of(ui) {
            Room::Wide => "Every word of it is on the page beside this.",
            _ => "Every word of it is on the page above.",
        },
    );
    for (layer, words) in [
        (Layer::Arcp, "No summary goes"),
        (Layer::Shared, "answers stay here"),
        (Layer::Private, "cannot be sent"),
    ] {
        leaves::layer_row(ui, &LayerCount { layer, leaves: 0, words: words.to_owned() });
    }
    ui.add_space(Space::Xs.pts());
    hairline(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        named(ui, leaving);
        let rest = "what you wrote in conversations, stars, ratings, comments, what worked for you";
        leaves::fact(ui, Icon::Prohibit, false, "Left out:", rest);
        let rest = "Anyone who has it can read it";
        leaves::fact(ui, Icon::FileText, false, "A pack, not encrypted.", rest);
    });
    if open.read_only.is_some() {
        return;
    }
    ui.add_space(Space::S.pts());
    let form = &mut view.inputs.pack;
    leaves::to_whom(ui, &mut form.recipient);
    if leaves::file(ui, WidgetId::unique("pack file"), &mut form.path, open.shelf.asking) {
        view.out.push(Action::Packs(PacksAction::ChooseFile));
    }
}

fn named(ui: &mut Ui, leaving: &Leaving) {
    let (lead, rest) = match leaving.pack.by.as_str() {
        "" => ("No one is named by Cairn.", "Check your own words for names".to_owned()),
        by => ("You are named:", format!("{by}. Check your own words for other names")),
    };
    leaves::fact(ui, Icon::User, false, lead, &rest);
}

fn foot(ui: &mut Ui, view: &mut View<'_>, open: &Open, leaving: &Leaving) {
    if open.read_only.is_some() {
        text::small(ui, "It cannot be saved now, because its receipt could not be kept.");
        return;
    }
    if let Some(notice) = &leaving.notice {
        leaves::refused(ui, notice);
    } else if let Some(written) = &leaving.written {
        leaves::saved(ui, written);
    }
    leaves::receipt_line(ui);
    let unnamed = view.inputs.pack.path.trim().is_empty();
    let words = match (leaving.busy, unnamed) {
        (true, _) => "Saving…",
        (false, true) => "Name the file to save",
        (false, false) => "Save the pack",
    };
    ui.horizontal_wrapped(|ui| {
        let save = ui.add(Button::primary(words).cannot_yet(leaving.busy || unnamed));
        if page::just_opened(ui.ctx(), WidgetId::unique("pack leaves")) {
            save.request_focus();
        }
        if save.clicked() && unnamed {
            let file = WidgetId::unique("pack file");
            ui.memory_mut(|memory| memory.request_focus(file));
        } else if save.clicked() && !leaving.busy {
            view.out.push(Action::Packs(PacksAction::Save));
        }
        if ui.add(Button::ghost("Change it")).clicked() {
            view.out.push(Action::Packs(PacksAction::Change));
        }
    });
}
