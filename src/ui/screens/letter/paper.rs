//! The page as it will be: a head with its facts, the parts, a foot.

use egui::{Id as WidgetId, Ui};

use crate::app::letter::LetterPage;
use crate::export::Sheet;
use crate::export::sheet::{Block, Cell, Column, Fact, Part};
use crate::model::Layer;
use crate::ui::screens::leaves;
use crate::ui::theme::Space;
use crate::ui::widgets::card::{self, hairline};
use crate::ui::widgets::layer;
use crate::ui::widgets::tall::{self, Tall};
use crate::ui::widgets::text::{self, Level};

/// Width of the labels at the head of the page.
const LABEL: f32 = 110.0;

/// A sheet of paper with its head and its foot, and what stands between them.
pub fn paper(ui: &mut Ui, sheet: &Sheet, contents: impl FnOnce(&mut Ui)) {
    card::paper(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Space::Xs.pts();
        text::heading(ui, Level::Section, &sheet.title);
        text::strong(ui, &sheet.name);
        ui.add_space(Space::Xs.pts());
        hairline(ui);
        ui.add_space(Space::Xs.pts());
        contents(ui);
        ui.add_space(Space::L.pts());
        hairline(ui);
        text::small(ui, &sheet.foot);
    });
}

/// What stands at the head of the page.
pub fn fact(ui: &mut Ui, fact: &Fact) {
    leaves::labelled(ui, LABEL, &fact.label, &fact.value);
}

/// The heading of a part, and that there is nothing under it where there is nothing.
pub fn part_head(ui: &mut Ui, sheet: &Sheet, part: &Part) {
    ui.add_space(Space::M.pts());
    text::heading(ui, Level::Group, &part.title);
    if part.blocks.is_empty() {
        text::secondary(ui, &sheet.nothing);
    }
}

/// A page of one part below the other, each with who reads it.
pub fn sheet(ui: &mut Ui, page: &LetterPage) {
    let sheet = &page.letter.sheet;
    paper(ui, sheet, |ui| {
        sheet.facts.iter().for_each(|it| fact(ui, it));
        let mut tall = Tall::begin(ui, "a letter", sheet.parts.len());
        for (at, (part, layer)) in sheet.parts.iter().zip(&page.letter.layers).enumerate() {
            let key = WidgetId::unique(("part of a letter", at));
            tall.row(ui, key, (guess(ui, part), false), |ui| {
                part_head(ui, sheet, part);
                if !part.blocks.is_empty() {
                    ui.push_id(at, |ui| blocks(ui, part, *layer));
                }
            });
        }
        tall.end(ui);
    });
}

/// About how high a part is.
fn guess(ui: &Ui, part: &Part) -> f32 {
    const HEAD: f32 = 44.0;
    let words = part.cells().flat_map(|cell| cell.words.iter().chain(&cell.notes));
    HEAD + words.map(|words| tall::guess(ui, words)).sum::<f32>()
}

fn blocks(ui: &mut Ui, part: &Part, of: Layer) {
    layer::edged(ui, of, |ui| {
        for (at, block) in part.blocks.iter().enumerate() {
            if at > 0 {
                ui.add_space(Space::Xs.pts());
            }
            match block {
                Block::Text(it) | Block::Quote(it) => cell(ui, it),
                Block::List { items } => items.iter().for_each(|it| cell(ui, it)),
                Block::Table { head, rows } => rows_of(ui, head, rows),
            }
        }
    });
}

/// The rows of a table below one another.
pub fn rows_of(ui: &mut Ui, head: &[Column], rows: &[Vec<Cell>]) {
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            ui.add_space(Space::Xs.pts());
        }
        let Some((first, rest)) = row.split_first() else { continue };
        cell(ui, first);
        let rest: Vec<String> = head
            .iter()
            .skip(1)
            .zip(rest)
            .map(|(column, cell)| format!("{}: {}", column.head, cell.words.join(" ")))
            .collect();
        if !rest.is_empty() {
            text::small(ui, &rest.join(". "));
        }
    }
}

/// The words of a cell, and what is noted about them.
pub fn cell(ui: &mut Ui, cell: &Cell) {
    for words in &cell.words {
        text::body(ui, words);
    }
    for note in &cell.notes {
        text::small(ui, note);
    }
}
