//! A page about the owner alone: large numbers, tables in columns, their own words.

use egui::{Align, Layout, Ui, vec2};

use super::paper;
use crate::app::letter::LetterPage;
use crate::export::sheet::{Block, Cell, Column, Fact, Part};
use crate::export::year::LARGE;
use crate::ui::theme::{self, Space, Type};
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::text;

/// Below this width the columns of a table stand under one another.
const ROOM: f32 = 420.0;

/// The page as it will be.
pub fn sheet(ui: &mut Ui, page: &LetterPage) {
    let sheet = &page.letter.sheet;
    paper::paper(ui, sheet, |ui| {
        let (large, plain): (Vec<&Fact>, Vec<&Fact>) =
            sheet.facts.iter().partition(|fact| LARGE.contains(&fact.label.as_str()));
        plain.into_iter().for_each(|it| paper::fact(ui, it));
        numbers(ui, &large);
        for (at, part) in sheet.parts.iter().enumerate() {
            paper::part_head(ui, sheet, part);
            ui.push_id(at, |ui| self::part(ui, part));
        }
    });
}

/// Numbers side by side, each with what it is a number of below.
fn numbers(ui: &mut Ui, facts: &[&Fact]) {
    if facts.is_empty() {
        return;
    }
    let p = theme::of(ui);
    ui.add_space(Space::S.pts());
    hairline(ui);
    ui.add_space(Space::S.pts());
    let width = ui.available_width() / facts.len() as f32;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for fact in facts {
            cell(ui, width, |ui| {
                text::show(ui, &fact.value, Type::H3, p.text);
                text::small(ui, &fact.label);
            });
        }
    });
    ui.add_space(Space::S.pts());
    hairline(ui);
}

fn cell(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    let down = Layout::top_down(Align::Min);
    ui.allocate_ui_with_layout(vec2(width, 0.0), down, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_width(width - Space::S.pts());
        contents(ui);
    });
}

fn part(ui: &mut Ui, part: &Part) {
    for block in &part.blocks {
        match block {
            Block::Table { head, rows } if ui.available_width() >= ROOM => table(ui, head, rows),
            Block::Table { head, rows } => paper::rows_of(ui, head, rows),
            Block::Text(it) => paper::cell(ui, it),
            Block::Quote(it) => answer(ui, it),
            Block::List { items } => items.iter().for_each(|it| paper::cell(ui, it)),
        }
    }
}

/// A question of a reflection, and below it the answer.
fn answer(ui: &mut Ui, cell: &Cell) {
    for asked in &cell.notes {
        text::small(ui, asked);
    }
    for words in &cell.words {
        text::body(ui, words);
    }
    ui.add_space(Space::Xs.pts());
}

/// The width of a column of the paper here, where letters are larger.
fn on_screen(points: u16) -> f32 {
    f32::from(points) * 1.25
}

fn table(ui: &mut Ui, head: &[Column], rows: &[Vec<Cell>]) {
    let p = theme::of(ui);
    let given: f32 = head.iter().filter_map(|it| it.width).map(on_screen).sum();
    let wide = head.iter().filter(|it| it.width.is_none()).count().max(1) as f32;
    let rest = (ui.available_width() - given) / wide;
    let width = |column: &Column| column.width.map_or(rest, on_screen);
    let row = |ui: &mut Ui, draw: &dyn Fn(&mut Ui, usize)| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for (at, column) in head.iter().enumerate() {
                cell(ui, width(column), |ui| draw(ui, at));
            }
        });
        hairline(ui);
    };
    row(ui, &|ui, at| {
        text::show(ui, &head[at].head, Type::HintStrong, p.text2);
    });
    for cells in rows {
        row(ui, &|ui, at| {
            let Some(cell) = cells.get(at) else { return };
            let kind = if at == 0 { Type::HintStrong } else { Type::Hint };
            for words in &cell.words {
                text::show(ui, words, kind, p.text);
            }
            for note in &cell.notes {
                text::small(ui, note);
            }
        });
    }
}
