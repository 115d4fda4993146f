//! A thing that leaves or came, with what is new in it.

use egui::Ui;

use super::super::history::words;
use crate::app::exchanging::{Both, Told};
use crate::model::compare::{self, Fate, Row};
use crate::ui::theme::{self, Icon, IconSize, Space, Type};
use crate::ui::widgets::text::{self, Level};
use crate::ui::widgets::{Chip, page};

/// So many characters of a field are shown here; all of it stands where it is kept.
const MOST: usize = 600;

/// The thing's heading and its fields. `theirs` says that the other wrote what is new: fields
/// that both changed are named among them.
pub fn show(ui: &mut Ui, thing: &Told, theirs: Option<&str>) {
    ui.spacing_mut().item_spacing.y = Space::S.pts();
    for row in &thing.rows {
        field(ui, row);
    }
    for both in theirs.into_iter().flat_map(|name| thing.both.iter().map(move |it| (name, it))) {
        both_changed(ui, both.0, both.1);
    }
}

fn field(ui: &mut Ui, row: &Row) {
    let p = theme::of(ui);
    page::row(
        ui,
        |ui| text::heading_in(ui, Level::Group, &row.name, p.text2),
        |ui| {
            if let Some(layer) = row.layer.1.or(row.layer.0) {
                ui.add(Chip::new(layer));
            }
        },
    );
    let before = row.before.as_deref().unwrap_or_default();
    let after = row.after.as_deref().unwrap_or_default();
    let cut = |text: &str| -> String {
        match text.char_indices().nth(MOST) {
            Some((at, _)) => format!("{}…", &text[..at]),
            None => text.to_owned(),
        }
    };
    let pieces = compare::pieces(&cut(before), &cut(after));
    words::show(ui, &pieces, |_| true, Type::Body);
}

/// Words in the place of the field that both changed.
fn both_changed(ui: &mut Ui, name: &str, both: &Both) {
    let p = theme::of(ui);
    ui.horizontal(|ui| {
        let side = IconSize::Button.pts();
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(side), egui::Sense::hover());
        Icon::GitMerge.paint(ui.painter(), rect.center(), side, p.attn);
        text::strong(ui, &format!("You both changed “{}”", both.name));
    });
    let plain = |words: &str| compare::pieces(words, words);
    for (who, words) in [("You wrote", &both.mine), (&*format!("{name} wrote"), &both.theirs)] {
        text::small(ui, who);
        words::show(ui, &plain(words), |fate| fate != Fate::Removed, Type::Body);
    }
}
