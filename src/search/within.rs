//! Finding words in one text, for the marks on a page.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::clean::is_hidden;

/// A text as it is compared.
struct Folded {
    words: String,
    /// Where each of its characters begins, and the bytes of the text that it came from.
    from: Vec<(usize, Range<usize>)>,
}

impl Folded {
    fn push(&mut self, char: char, bytes: Range<usize>) {
        self.from.push((self.words.len(), bytes));
        self.words.push(char);
    }

    /// The bytes of the text behind those of its compared form, which begin and end at characters.
    fn source(&self, folded: &Range<usize>) -> Option<Range<usize>> {
        let holds = |at: usize| self.from.partition_point(|(start, _)| *start <= at).checked_sub(1);
        let (_, first) = self.from.get(holds(folded.start)?)?;
        let (_, last) = self.from.get(holds(folded.end.checked_sub(1)?)?)?;
        Some(first.start..last.end)
    }
}

/// Where words stand in a text, without regard to case, accents and characters that nobody sees,
/// in bytes. They do not overlap, and both ends are borders of characters.
pub fn within(text: &str, wanted: &str) -> Vec<Range<usize>> {
    let wanted = folded(wanted.trim()).words;
    if wanted.is_empty() {
        return Vec::new();
    }
    let text = folded(text);
    // The standard search stays linear where a letter repeats without end.
    let starts = text.words.match_indices(&wanted);
    starts.filter_map(|(at, _)| text.source(&(at..at + wanted.len()))).collect()
}

/// Lower case, one space for each, accents taken off. Marks and hidden characters belong to the
/// character before them.
fn folded(text: &str) -> Folded {
    let mut folded = Folded { words: String::with_capacity(text.len()), from: Vec::new() };
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if is_combining_mark(c) || is_hidden(c) && c != '\n' && c != '\t' {
            if let Some((_, bytes)) = folded.from.last_mut() {
                bytes.end = end;
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
            folded.push(c.to_ascii_lowercase(), start..end);
            continue;
        }
        let plain = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c));
        for char in plain.flat_map(char::to_lowercase) {
            folded.push(char, start..end);
        }
    }
    folded
}
