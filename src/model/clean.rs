//! Text from outside, and text on its way out: no control characters, nothing invisible that can
//! hide words or turn their direction round.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most marks that stand on one letter. No language needs more than a handful; Unicode's
/// stream-safe text allows 30 (UAX #15), and hundreds are only ever meant to do harm.
const MARKS: usize = 30;

/// Text of several lines: ends of lines become `\n`, tabs become spaces, spaces at the ends of
/// lines and blank lines at either end go. The words stay as they are.
pub fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in visible(text).nfc().collect::<String>().split('\n') {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.trim().to_owned()
}

/// Text of one line: every run of white space becomes one space.
pub fn line(text: &str) -> String {
    visible(text).nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with one kind of line end, without characters that no reader could see and without
/// heaps of marks. The words stay as they are: for text that is brought in and kept.
pub fn visible(text: &str) -> String {
    without(text, is_hidden)
}

/// The same with soft hyphens, which say where a word may be parted: for text of programs that
/// write them.
pub fn written(text: &str) -> String {
    without(text, |c| c != '\u{ad}' && is_hidden(c))
}

fn without(text: &str, is_left_out: impl Fn(char) -> bool) -> String {
    let mut marks = 0;
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\t' => Some(' '),
            _ if is_left_out(c) => None,
            _ => Some(c),
        })
        .filter(|c| {
            marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
            marks <= MARKS
        })
        .collect()
}

/// Whether a character is invisible and can mislead: controls, marks and overrides of direction
/// (Unicode TR 36, "Bidirectional text spoofing"), zero-width spaces, soft hyphens, annotation
/// and tag characters. Joiners stay: Persian and emoji need them.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}
