//! What was said on scales in reflections, over time. It shows what was said and works nothing out
//! of it.

use egui::Ui;

use crate::app::reflection::{OnAScale, scales};
use crate::app::state::Open;
use crate::model::text::long_date;
use crate::ui::theme::{self, Space, Type};
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::chart::{History, history};
use crate::ui::widgets::{Level, card, page, text};

/// The most days in the table below a chart.
const ROWS: usize = 12;

/// Draws it.
pub fn show(ui: &mut Ui, open: &Open) {
    text::heading(ui, Level::Title, "Over time");
    text::secondary(ui, "What you said on a scale, on the days you said it. It is no score.");
    let all = scales(&open.journal);
    if all.is_empty() {
        card::card(ui, |ui| {
            text::strong(ui, "Nothing is said on a scale yet.");
            text::secondary(
                ui,
                "A reflection asks how you feel about it, and how sure you are. Both may stay \
                 empty.",
            );
        });
    }
    for (at, scale) in all.iter().enumerate() {
        ui.push_id(at, |ui| one(ui, scale));
    }
}

fn one(ui: &mut Ui, scale: &OnAScale) {
    let p = theme::of(ui);
    card::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::heading(ui, Level::Group, &scale.question);
        let ((from, to), (low, high)) = (scale.range, &scale.ends);
        text::small(ui, &format!("From {from}, {}, to {to}, {}", lower(low), lower(high)));
        history(ui, &History { points: &scale.points, now: None, range: scale.range });
        ui.add_space(Space::Xs.pts());
        for (day, number) in scale.points.iter().rev().take(ROWS) {
            hairline(ui);
            let left = |ui: &mut Ui| text::show(ui, &long_date(*day), Type::Hint, p.text);
            let right = |ui: &mut Ui| text::show(ui, &number.to_string(), Type::HintStrong, p.text);
            page::row(ui, left, right);
        }
        let more = scale.points.len().saturating_sub(ROWS);
        if more > 0 {
            text::small(ui, &format!("And {more} before"));
        }
    });
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
