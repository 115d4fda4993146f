//! The summary as CommonMark. What people wrote is escaped, so that it reads as they wrote it
//! and can make no heading, link, image or HTML.

use super::sheet::{Block, Cell, Column, Part, Sheet};

/// Any page as Markdown that ends in a line break.
pub(super) fn of(sheet: &Sheet) -> String {
    let mut out = format!("# {}\n\n**{}**\n\n", escape(&sheet.title), escape(&sheet.name));
    for fact in &sheet.facts {
        out.push_str(&format!("- {}: {}\n", escape(&fact.label), escape(&fact.value)));
    }
    let mut number = 0;
    for part in &sheet.parts {
        if part.sub {
            out.push_str(&format!("\n### {}\n\n", escape(&part.title)));
        } else {
            number += 1;
            out.push_str(&format!("\n## {number}. {}\n\n", escape(&part.title)));
        }
        if part.blocks.is_empty() {
            out.push_str(&format!("{}\n", escape(&sheet.nothing)));
        }
        out.push_str(&part_words(part));
    }
    out.push_str(&format!("\n---\n\n{}\n", escape(&sheet.foot)));
    out.replace('\u{a0}', " ")
}

fn part_words(part: &Part) -> String {
    let mut out = String::new();
    for (at, block) in part.blocks.iter().enumerate() {
        if at > 0 {
            let before = &part.blocks[at - 1];
            let lists = |block: &Block| matches!(block, Block::List { .. } | Block::Table { .. });
            // Two lists beside each other would become one.
            out.push_str(if lists(before) && lists(block) { "\n<!-- -->\n\n" } else { "\n" });
        }
        match block {
            Block::Text(cell) => out.push_str(&item("", "", &cell_lines(cell))),
            Block::Quote(cell) => out.push_str(&item("> ", "> ", &cell_lines(cell))),
            Block::List { items } => {
                items.iter().for_each(|it| out.push_str(&item("- ", "  ", &cell_lines(it))));
            }
            Block::Table { head, rows } => {
                rows.iter().for_each(|row| out.push_str(&item("- ", "  ", &row_lines(head, row))));
            }
        }
    }
    out
}

/// A backslash at the end of a line keeps the next one on a line of its own.
fn item(lead: &str, more: &str, lines: &[String]) -> String {
    format!("{lead}{}\n", lines.join(&format!("\\\n{more}")))
}

fn cell_lines(cell: &Cell) -> Vec<String> {
    let words = cell.words.iter().map(|words| escape(words));
    words.chain(cell.notes.iter().map(|note| note_words(note))).collect()
}

fn note_words(note: &str) -> String {
    format!("*{}*", escape(note))
}

fn row_lines(head: &[Column], row: &[Cell]) -> Vec<String> {
    let mut out = Vec::new();
    for (index, cell) in row.iter().enumerate() {
        match head.get(index) {
            Some(column) if index > 0 => {
                let words = escape(&cell.words.join(" "));
                out.push(format!("{}: {words}", escape(&column.head)));
                out.extend(cell.notes.iter().map(|note| note_words(note)));
            }
            _ => out.extend(cell_lines(cell)),
        }
    }
    out
}

/// One line of text with a backslash before every mark that CommonMark or a common extension
/// (tables, strikethrough, mathematics, bare links) could read as structure.
fn escape(line: &str) -> String {
    let line = line.trim();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut out = String::with_capacity(line.len() + 8);
    for (at, c) in line.char_indices() {
        let structure = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!'
            | '&' | '^' | '$' | '=' | '@' => true,
            // A bullet, a rule, a definition; or the dot of a numbered list.
            '-' | '+' => at == 0,
            ':' => at == 0 || line[at..].starts_with("://"),
            '.' => at == digits && digits > 0 || is_www(line, at),
            ')' => at == digits && digits > 0,
            _ => false,
        };
        if structure {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether the full stop at this byte ends a "www", which some readers make a link.
fn is_www(line: &str, at: usize) -> bool {
    line.get(at.saturating_sub(3)..at).is_some_and(|word| word.eq_ignore_ascii_case("www"))
}
