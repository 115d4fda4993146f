//! What is blacked out in the pack: words that stand for somebody else.

use std::collections::BTreeSet;

use crate::export::sheet::{Block, Cell, Part};

/// What stands where something was taken out.
pub const TAKEN_OUT: &str = "[taken out]";

/// Words without regard to case, as they are looked for.
struct Words(Vec<char>);

impl Words {
    /// Nothing where there are none.
    fn of(words: &str) -> Option<Words> {
        let folded: Vec<char> = words.chars().flat_map(folded).collect();
        (!folded.is_empty()).then_some(Words(folded))
    }

    /// Where these words end that begin at a place of a text, as whole words.
    fn end_in(&self, text: &str, at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        let before = text.get(..at)?.chars().next_back();
        if goes_on(before, self.0.first().copied()) {
            return None;
        }
        let mut wanted = self.0.iter();
        let mut end = at;
        for letter in rest.chars() {
            if wanted.len() == 0 {
                break;
            }
            if !folded(letter).all(|one| wanted.next() == Some(&one)) {
                return None;
            }
            end += letter.len_utf8();
        }
        let after = text.get(end..).and_then(|rest| rest.chars().next());
        (wanted.len() == 0 && !goes_on(self.0.last().copied(), after)).then_some(end)
    }
}

/// A letter whatever its case: "ß" is "ss", as capitals write it, and "ς" is "σ".
fn folded(letter: char) -> impl Iterator<Item = char> {
    letter.to_uppercase().flat_map(char::to_lowercase)
}

/// Whether one word goes on from a letter to the next.
fn goes_on(one: Option<char>, next: Option<char>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_letter(one) && is_letter(next)
}

/// Whether two texts say the same, whatever their case.
pub fn is_same(one: &str, other: &str) -> bool {
    one.chars().flat_map(folded).eq(other.chars().flat_map(folded))
}

/// Takes these words out of every part. Whole words alone are taken, in whatever case they stand.
pub(super) fn take_out(parts: &mut [Part], out: &BTreeSet<String>) {
    let mut out: Vec<Words> = out.iter().filter_map(|words| Words::of(words)).collect();
    if out.is_empty() {
        return;
    }
    // A name goes before a part of it.
    out.sort_by_key(|words| std::cmp::Reverse(words.0.len()));
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

fn cell(cell: &mut Cell, out: &[Words]) {
    cell.words.iter_mut().chain(&mut cell.notes).for_each(|words| blacken(words, out));
}

fn blacken(text: &mut String, out: &[Words]) {
    let mut left = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if let Some(end) = out.iter().find_map(|words| words.end_in(text, at)) {
            left.push_str(text.get(done..at).unwrap_or_default());
            left.push_str(TAKEN_OUT);
            at = end;
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

/// Whether these words stand anywhere in a text, as whole words.
pub fn stands_in(text: &str, words: &str) -> bool {
    let is_there =
        |words: Words| text.char_indices().any(|(at, _)| words.end_in(text, at).is_some());
    Words::of(words).is_some_and(is_there)
}
