//! Finding words in one text, for the marks on a page.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::clean::is_hidden;

/// A character as it is compared, and the bytes of the text that it came from.
struct Folded {
    char: char,
    bytes: Range<usize>,
}

/// Where words stand in a text, without regard to case, accents and characters that nobody sees,
/// in bytes. They do not overlap, and both ends are borders of characters.
pub fn within(text: &str, wanted: &str) -> Vec<Range<usize>> {
    let wanted: Vec<char> = folded(wanted.trim()).into_iter().map(|f| f.char).collect();
    let Some(first) = wanted.first() else { return Vec::new() };
    let text = folded(text);
    let mut hits = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| rest.len() >= wanted.len()) {
        let starts = rest.first().is_some_and(|folded| folded.char == *first);
        if starts && rest.iter().zip(&wanted).all(|(folded, wanted)| folded.char == *wanted) {
            let last = at + wanted.len() - 1;
            if let (Some(from), Some(to)) = (text.get(at), text.get(last)) {
                hits.push(from.bytes.start..to.bytes.end);
            }
            at = last + 1;
        } else {
            at += 1;
        }
    }
    hits
}

/// Lower case, one space for each, accents taken off. Marks and hidden characters belong to the
/// character before them.
fn folded(text: &str) -> Vec<Folded> {
    let mut folded: Vec<Folded> = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if is_combining_mark(c) || is_hidden(c) && c != '\n' && c != '\t' {
            if let Some(last) = folded.last_mut() {
                last.bytes.end = end;
            }
            continue;
        }
        let c = match c {
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if c.is_ascii() {
            folded.push(Folded { char: c.to_ascii_lowercase(), bytes: start..end });
            continue;
        }
        let plain = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c));
        for char in plain.flat_map(char::to_lowercase) {
            folded.push(Folded { char, bytes: start..end });
        }
    }
    folded
}
