//! Plain text and Markdown, in whatever encoding an editor wrote them.

use super::lines::{self, Line};
use super::{Draft, NotesError, Told};
use crate::model::clean::line;

/// The text of a file, and how it was read where that was a guess.
pub fn text(bytes: &[u8]) -> Result<(String, Option<String>), NotesError> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let pairs = bytes.chunks_exact(2);
        let whole = pairs.remainder().is_empty();
        let units: Vec<u16> = pairs.filter_map(|pair| Some(unit(pair.try_into().ok()?))).collect();
        String::from_utf16(&units).ok().filter(|_| whole).ok_or(NotesError::NotText)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => Ok((utf16(rest, u16::from_le_bytes)?, None)),
        [0xfe, 0xff, rest @ ..] => Ok((utf16(rest, u16::from_be_bytes)?, None)),
        [0xef, 0xbb, 0xbf, rest @ ..] => {
            let text = str::from_utf8(rest).map_err(|_| NotesError::NotText)?;
            Ok((text.to_owned(), None))
        }
        _ => match str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => Ok((text.to_owned(), None)),
            Ok(_) => Err(NotesError::NotText),
            Err(_) => western(bytes),
        },
    }
}

/// Text of old editors: Windows-1252, of which Latin-1 is a part.
fn western(bytes: &[u8]) -> Result<(String, Option<String>), NotesError> {
    // What stands at 0x80 to 0x9f (WHATWG Encoding, "windows-1252"); five places stand for
    // themselves there, and in a text they stand for a file of another kind.
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let control = |byte: &u8| matches!(byte, 0..=8 | 14..=31 | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    if bytes.iter().any(control) {
        return Err(NotesError::NotText);
    }
    let letter = |byte: &u8| match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        byte => char::from(*byte),
    };
    let text = bytes.iter().map(letter).collect();
    let said =
        "It is not UTF-8: it was read as Western European (Windows-1252). Check its accents.";
    Ok((text, Some(said.to_owned())))
}

/// A plain text is one note: its first line is the title, and the day where it begins with one.
pub fn note(text: &str) -> Option<Draft> {
    if text.trim().is_empty() {
        return None;
    }
    let lines: Vec<Line> = text.lines().map(|words| Line::plain(words.to_owned())).collect();
    Some(lines::one(&lines, true))
}

/// A Markdown file: one note, or one for each heading that begins with a date.
pub fn markdown(text: &str, one_note: bool, told: &mut Told) -> Result<Vec<Draft>, NotesError> {
    let (front, body) = front_matter(text);
    let mut fence: Option<&str> = None;
    let mut lines = Vec::new();
    for words in body.lines() {
        let trimmed = words.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let level = heading(words).filter(|_| fence.is_none() && mark.is_none());
        lines.push(match level {
            Some((level, title)) => {
                Line { heading: Some(level), text: title.to_owned(), tight: true }
            }
            None => Line::plain(words.to_owned()),
        });
    }
    let mut notes = lines::notes(&lines, one_note, told)?;
    if let ([note], Some(front)) = (notes.as_mut_slice(), front) {
        front.over(note);
    }
    Ok(notes)
}

/// The level and the words of a heading that begins with number signs.
fn heading(line: &str) -> Option<(u8, &str)> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let rest = line.trim_start_matches(' ');
    let level = rest.len() - rest.trim_start_matches('#').len();
    let words = &rest[level..];
    let is = indent < 4 && (1..=6).contains(&level) && words.starts_with([' ', '\t']);
    is.then(|| (level as u8, words.trim().trim_end_matches('#').trim_end()))
}

/// What stands between two lines of hyphens at the top of a file.
#[derive(Default)]
struct Front {
    title: String,
    date: String,
    tags: Vec<String>,
}

impl Front {
    fn over(self, note: &mut Draft) {
        if !self.title.is_empty() {
            note.title = self.title;
        }
        if let Some((date, time, _)) = lines::dated(&self.date) {
            (note.date, note.time) = (Some(date), time);
        }
        note.tags.extend(self.tags);
    }
}

/// The title, the date and the tags of a file that states them at its top, and the rest of it. A
/// block with anything else in it stays where it is, as text.
fn front_matter(text: &str) -> (Option<Front>, &str) {
    let opened = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"));
    let Some(inside) = opened else { return (None, text) };
    let mut front = Front::default();
    let mut at = 0;
    for raw in inside.split_inclusive('\n') {
        at += raw.len();
        let words = raw.trim();
        if words == "---" {
            return (Some(front), &inside[at..]);
        }
        let Some((key, value)) = words.split_once(':') else { return (None, text) };
        let value = line(value).trim_matches(['"', '\'']).to_owned();
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => front.title = value,
            "date" | "created" => front.date = value,
            "tags" => {
                let list = value.trim_matches(['[', ']']);
                let tags = list.split(',').map(|tag| tag.trim().trim_matches(['"', '\'', '#']));
                front.tags = tags.map(str::to_owned).collect();
            }
            _ => return (None, text),
        }
    }
    (None, text)
}
