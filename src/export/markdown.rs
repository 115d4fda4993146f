//! The summary as CommonMark. What people wrote is escaped, so that it reads as they wrote it
//! and can make no heading, link, image or HTML.

use super::Summary;
use super::sheet::{Cell, Part, Sheet};

/// The summary as Markdown that ends in a line break.
pub(super) fn render(summary: &Summary) -> String {
    of(&Sheet::new(summary))
}

/// Any page as Markdown that ends in a line break.
pub(super) fn of(sheet: &Sheet) -> String {
    let mut out = format!("# {}\n\n**{}**\n\n", escape(&sheet.title), escape(&sheet.name));
    for fact in &sheet.facts {
        out.push_str(&format!("- {}: {}\n", fact.label, escape(&fact.value)));
    }
    for (index, part) in sheet.parts.iter().enumerate() {
        out.push_str(&format!("\n## {}. {}\n\n", index + 1, escape(&part.title)));
        if part.rows.is_empty() {
            out.push_str(&format!("{}\n", sheet.nothing));
        }
        out.push_str(&part_words(part));
    }
    out.push_str(&format!("\n---\n\n{}\n", escape(&sheet.foot)));
    out.replace('\u{a0}', " ")
}

fn part_words(part: &Part) -> String {
    let lead = if part.quote { "> " } else { "- " };
    let more = if part.quote { "> " } else { "  " };
    let between = if part.quote { "\n" } else { "" };
    let rows = part.rows.iter().map(|row| {
        let lines = row_lines(part, row);
        // A backslash at the end of a line keeps the next one on a line of its own.
        format!("{lead}{}\n", lines.join(&format!("\\\n{more}")))
    });
    rows.collect::<Vec<_>>().join(between)
}

fn row_lines(part: &Part, row: &[Cell]) -> Vec<String> {
    let mut out = Vec::new();
    for (index, cell) in row.iter().enumerate() {
        match part.head.get(index) {
            Some(head) if index > 0 => {
                out.push(format!("{head}: {}", escape(&cell.words.join(" "))));
            }
            _ => out.extend(cell.words.iter().map(|words| escape(words))),
        }
        out.extend(cell.notes.iter().map(|note| format!("*{}*", escape(note))));
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
