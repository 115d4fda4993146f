//! What two computers changed, quietly: it can wait, and nothing is lost meanwhile.

use egui::Ui;

use crate::app::history::{places, title};
use crate::app::state::Open;
use crate::app::{Action, Screen};
use crate::ui::theme::{Icon, Space};
use crate::ui::widgets::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{ListRow, card_of_list, hairline};
use crate::ui::widgets::text::{self, Level};

/// Records that are shown; the rest is counted.
const SHOWN: usize = 6;

/// The records to settle, where there are any.
pub fn records(ui: &mut Ui, out: &mut Vec<Action>, open: &Open) {
    let unsettled = &open.record.unsettled;
    if unsettled.is_empty() {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Space::S.pts();
        text::heading(ui, Level::Group, "Changed on two computers");
        card_of_list(ui, |ui| {
            let shown = unsettled.len().min(SHOWN);
            for (at, (id, count)) in unsettled.iter().take(SHOWN).enumerate() {
                if at > 0 {
                    hairline(ui);
                }
                let (title, whose) = title(&open.journal, *id);
                let (lead, below) =
                    if whose.is_empty() { (&title, &whose) } else { (&whose, &title) };
                let detail = places(*count);
                let row = ListRow::new(lead)
                    .detail(below)
                    .below(&detail)
                    .icon(Icon::GitMerge)
                    .opens()
                    .in_card(at == 0, at + 1 == shown);
                if ui.push_id(id, |ui| row.show(ui)).inner.clicked() {
                    out.push(Action::Go(Screen::BothChanged(*id)));
                }
            }
        });
        if let Some(more @ 1..) = unsettled.len().checked_sub(SHOWN) {
            text::small(ui, &format!("{more} more"));
        }
    });
}

/// The banner on a record that two computers changed.
pub fn banner(ui: &mut Ui, out: &mut Vec<Action>, open: &Open, id: crate::model::Id) {
    let Some(count) = open.record.unsettled.get(&id) else { return };
    let words = format!("{}. Until then both are kept.", places(*count));
    let banner = Banner::information("Changed on two computers at the same time.")
        .words(&words)
        .icon(Icon::GitMerge);
    if banner.show_with(ui, |ui| ui.add(Button::secondary("Settle").small()).clicked()) {
        out.push(Action::Go(Screen::BothChanged(id)));
    }
}
