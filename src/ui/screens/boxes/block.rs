//! One box of a portfolio: what it is called, its words, and the button that copies them.

use egui::{Margin, Ui};

use super::arrives;
use crate::app::Action;
use crate::app::action::SummaryAction;
use crate::app::inputs::Spot;
use crate::app::state::Open;
use crate::export::portfolio::{Block, length_words};
use crate::model::Layer;
use crate::ui::View;
use crate::ui::theme::{self, Icon, Space, Type};
use crate::ui::widgets::card::framed;
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Button, Tag, layer, toggle};

/// Draws it: which box it is, counted from 0, and whether it was pasted.
pub fn show(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    block: &Block,
    (at, pasted): (usize, bool),
) {
    framed(ui, Margin::symmetric(20, 14), |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        head(ui, block);
        if !block.hint.is_empty() {
            text::small(ui, &block.hint);
        }
        if block.text.is_empty() {
            text::secondary(ui, "Nothing is chosen for this box.");
            return;
        }
        layer::edged(ui, Layer::Arcp, |ui| {
            ui.spacing_mut().item_spacing.y = Space::Xs.pts();
            for paragraph in block.text.split('\n') {
                match paragraph.trim() {
                    "" => ui.add_space(Space::Xs.pts()),
                    words => drop(text::body(ui, words)),
                }
            }
        });
        if open.read_only.is_none() {
            ui.add_space(Space::Xs.pts());
            ui.horizontal_wrapped(|ui| buttons(ui, view, block, (at, pasted)));
        }
    });
}

fn head(ui: &mut Ui, block: &Block) {
    let p = theme::of(ui);
    text::heading(ui, Level::Group, &block.label);
    ui.horizontal_wrapped(|ui| {
        let too_long = block.limit.is_some_and(|most| block.length > most);
        let ink = if too_long { p.attn } else { p.text2 };
        let limit = if block.limit.is_none() { ". No limit is known" } else { "" };
        if !block.text.is_empty() {
            text::show(ui, &format!("{}{limit}", length_words(block)), Type::Small, ink);
        }
        if !block.unsure.is_empty() {
            ui.add(Tag::attention(format!("Unsure: {}", block.unsure)).icon(Icon::Question));
        }
    });
}

fn buttons(ui: &mut Ui, view: &mut View<'_>, block: &Block, (at, pasted): (usize, bool)) {
    let name = format!("Copy: {}", block.label);
    let is_shown = view.inputs.summary.block == at;
    let copy = if is_shown { Button::primary("Copy") } else { Button::secondary("Copy") };
    let copy = ui.add(copy.icon(Icon::Copy).name(&name));
    if is_shown && arrives(view.inputs, Spot::Copy) {
        copy.request_focus();
        ui.scroll_to_rect(copy.rect.expand(Space::M.pts()), None);
    }
    if copy.gained_focus() {
        view.inputs.summary.block = at;
    }
    if copy.clicked() {
        ui.copy_text(block.text.clone());
        view.inputs.summary.block = at;
        view.inputs.summary.copied = Some(block.key.clone());
    }
    let mut done = pasted;
    let name = format!("Pasted: {}", block.label);
    let words = "Pasted";
    let tick = ui.push_id("pasted", |ui| toggle::checkbox_named(ui, &mut done, words, &name));
    if tick.inner.changed() {
        let wish = SummaryAction::Pasted(block.key.clone(), done);
        view.out.push(Action::Summary(wish));
    }
    if view.inputs.summary.copied.as_ref() == Some(&block.key) {
        let words = "Copied. The clipboard is emptied after a minute.";
        let said = text::small(ui, words);
        ui.ctx().accesskit_node_builder(said.id, |node| {
            node.set_live(egui::accesskit::Live::Polite);
        });
    }
}
