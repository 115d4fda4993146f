//! Plain text to paste into portfolio boxes: no tabs, no bullets, one paragraph a line.

use super::sheet::{Cell, Column, Part, Sheet};

/// Any page as plain text that ends in a line break.
pub(super) fn of(sheet: &Sheet) -> String {
    let mut out = vec![sheet.title.clone(), sheet.name.clone(), String::new()];
    out.extend(sheet.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)));
    let mut number = 0;
    for part in &sheet.parts {
        out.push(String::new());
        if part.sub {
            out.push(part.title.clone());
        } else {
            number += 1;
            out.push(format!("{number} {}", part.title));
        }
        if part.blocks.is_empty() {
            out.push(sheet.nothing.clone());
        }
        out.extend(part_lines(part));
    }
    out.push(String::new());
    out.push(sheet.foot.clone());
    // A portfolio counts and searches ordinary spaces.
    out.join("\n").replace('\u{a0}', " ") + "\n"
}

fn part_lines(part: &Part) -> Vec<String> {
    part.rows().map(|(head, row)| row_lines(head, row)).collect::<Vec<_>>().join(&String::new())
}

/// The first cell stands as it is, the others after their heads.
fn row_lines(head: &[Column], row: &[Cell]) -> Vec<String> {
    let mut out = Vec::new();
    for (index, cell) in row.iter().enumerate() {
        match head.get(index) {
            Some(column) if index > 0 => {
                out.push(format!("{}: {}", column.head, cell.words.join(" ")));
                out.extend(cell.notes.iter().cloned());
            }
            _ => out.extend(cell.words.iter().chain(&cell.notes).cloned()),
        }
    }
    out
}
