//! What a word is, for finding: the same for what is written and for what is asked.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::clean::is_hidden;

/// Words are compared by so many bytes of their folded form at most: what is longer is no word
/// that anybody types.
const LONGEST: usize = 64;

/// Tells each word of a text: folded (lower case, compatibility forms joined, accents and hidden
/// characters taken off), and the bytes of the text that it stands in. A word is a run of letters
/// and digits; of scripts that are written without spaces each sign is a word of its own.
pub fn each_word(text: &str, mut tell: impl FnMut(&str, Range<usize>)) {
    let mut folded = String::new();
    let mut rest = 0;
    let bytes = text.as_bytes();
    while let Some(&first) = bytes.get(rest) {
        if first.is_ascii() && !first.is_ascii_alphanumeric() {
            rest += 1;
            continue;
        }
        let run = bytes[rest..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let end = rest + run;
        // Nearly all words: letters of the basic alphabet with an end that is one, too.
        if run > 0 && bytes.get(end).is_none_or(u8::is_ascii) {
            folded.clear();
            folded.push_str(&text[rest..end.min(rest + LONGEST)]);
            folded.make_ascii_lowercase();
            tell(&folded, rest..end);
            rest = end;
            continue;
        }
        rest = odd_word(text, rest, &mut folded, &mut tell);
    }
}

/// The words of a text, folded.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word, _| words.push(word.to_owned()));
    words
}

/// Tells the word that begins here, or steps over what is none. Gives where to go on.
fn odd_word(
    text: &str,
    start: usize,
    folded: &mut String,
    tell: &mut impl FnMut(&str, Range<usize>),
) -> usize {
    folded.clear();
    let mut end = start;
    for (at, c) in text[start..].char_indices() {
        let after = start + at + c.len_utf8();
        if is_unspaced(c) {
            if folded.is_empty() {
                fold(c, folded);
                end = after;
            }
            break;
        }
        if is_combining_mark(c) || is_hidden(c) && !matches!(c, '\n' | '\t' | '\r') {
            // It belongs to the letter before it; before a word it belongs to nothing.
            end = after;
        } else if c.is_alphanumeric() {
            fold(c, folded);
            end = after;
        } else {
            if folded.is_empty() {
                end = after;
            }
            break;
        }
    }
    if !folded.is_empty() {
        while folded.len() > LONGEST {
            folded.pop();
        }
        tell(folded, start..end);
    }
    end
}

fn fold(c: char, folded: &mut String) {
    let plain = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c));
    folded.extend(plain.flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()));
}

/// Whether the script of a character is written without spaces between its words.
const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}
