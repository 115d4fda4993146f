//! Plain text to paste into portfolio boxes: no tabs, no bullets, one paragraph a line.

use super::Summary;
use super::sheet::{Cell, Part, Sheet};

/// The summary as plain text that ends in a line break.
pub(super) fn render(summary: &Summary) -> String {
    of(&Sheet::new(summary))
}

/// Any page as plain text that ends in a line break.
pub(super) fn of(sheet: &Sheet) -> String {
    let mut out = vec![sheet.title.clone(), sheet.name.clone(), String::new()];
    out.extend(sheet.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)));
    for (index, part) in sheet.parts.iter().enumerate() {
        out.push(String::new());
        out.push(format!("{} {}", index + 1, part.title));
        if part.rows.is_empty() {
            out.push(sheet.nothing.to_owned());
        }
        out.extend(part_lines(part));
    }
    out.push(String::new());
    out.push(sheet.foot.clone());
    // A portfolio counts and searches ordinary spaces.
    out.join("\n").replace('\u{a0}', " ") + "\n"
}

fn part_lines(part: &Part) -> Vec<String> {
    let rows = part.rows.iter().map(|row| row_lines(part, row));
    rows.collect::<Vec<_>>().join(&String::new())
}

/// The first cell stands as it is, the others after their heads.
fn row_lines(part: &Part, row: &[Cell]) -> Vec<String> {
    let mut out = Vec::new();
    for (index, cell) in row.iter().enumerate() {
        match part.head.get(index) {
            Some(head) if index > 0 => out.push(format!("{head}: {}", cell.words.join(" "))),
            _ => out.extend(cell.words.iter().cloned()),
        }
        out.extend(cell.notes.iter().cloned());
    }
    out
}
