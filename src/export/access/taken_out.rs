//! What is blacked out in the pack: words that stand for somebody else.

use std::collections::BTreeSet;

use crate::export::sheet::{Block, Cell, Part};

/// What stands where something was taken out.
pub const TAKEN_OUT: &str = "[taken out]";

/// Takes these words out of every part. Whole words alone are taken, in whatever case they stand.
pub(super) fn take_out(parts: &mut [Part], out: &BTreeSet<String>) {
    let mut out: Vec<&str> = out.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    if out.is_empty() {
        return;
    }
    // A name goes before a part of it.
    out.sort_by_key(|words| std::cmp::Reverse(words.len()));
    for part in parts {
        blacken(&mut part.title, &out);
        for block in &mut part.blocks {
            match block {
                Block::Text(it) | Block::Quote(it) => cell(it, &out),
                Block::List { items } => items.iter_mut().for_each(|it| cell(it, &out)),
                Block::Table { rows, .. } => {
                    rows.iter_mut().flatten().for_each(|it| cell(it, &out));
                }
            }
        }
    }
}

fn cell(cell: &mut Cell, out: &[&str]) {
    cell.words.iter_mut().chain(&mut cell.notes).for_each(|words| blacken(words, out));
}

fn blacken(text: &mut String, out: &[&str]) {
    let mut left = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if let Some(words) = out.iter().find(|words| stands_at(text, at, words)) {
            left.push_str(text.get(done..at).unwrap_or_default());
            left.push_str(TAKEN_OUT);
            at += words.len();
            done = at;
        } else {
            at += letter.len_utf8();
        }
    }
    if done > 0 {
        left.push_str(text.get(done..).unwrap_or_default());
        *text = left;
    }
}

/// Whether these words stand at a place of a text, as whole words.
fn stands_at(text: &str, at: usize, words: &str) -> bool {
    let end = at + words.len();
    if !text.get(at..end).is_some_and(|it| it.eq_ignore_ascii_case(words)) {
        return false;
    }
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = text.get(..at).and_then(|it| it.chars().next_back());
    let after = text.get(end..).and_then(|it| it.chars().next());
    let goes_on = is_letter(before) && is_letter(words.chars().next())
        || is_letter(after) && is_letter(words.chars().next_back());
    !goes_on
}

/// Whether these words stand anywhere in a text, as whole words.
pub fn stands_in(text: &str, words: &str) -> bool {
    !words.is_empty() && text.char_indices().any(|(at, _)| stands_at(text, at, words))
}
