//! A long text in parts, so that memory stays small and a review can be given up between two.

use std::ops::Range;

/// The aim for a part in bytes. A note of 10,000 words is one part.
const PART: usize = 64 * 1024;

/// Ranges that make up the whole text: cut at line ends; in a longer line after a sentence, or
/// at a space; and where there is neither, between any two characters.
pub fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::with_capacity(text.len() / PART + 1);
    let mut start = 0;
    while text.len() - start > PART {
        let window = border(text, start + PART);
        let within = text.get(start..window).unwrap_or_default();
        let cut = within
            .rfind('\n')
            .or_else(|| within.rfind(". "))
            .or_else(|| within.rfind(' '))
            .map_or(window, |at| start + at + 1);
        parts.push(start..cut);
        start = cut;
    }
    if start < text.len() {
        parts.push(start..text.len());
    }
    parts
}

/// The last border of a character at or before this byte.
fn border(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
