//! Makes what people typed or pasted safe to put into a file: no control characters, nothing
//! invisible that can hide words or turn their direction round.

use unicode_normalization::UnicodeNormalization;

/// Text of several lines: ends of lines become `\n`, tabs become spaces, spaces at the ends of
/// lines and blank lines at either end go. The words stay as they are.
pub fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in visible(text).split('\n') {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.trim().to_owned()
}

/// Text of one line: every run of white space becomes one space.
pub fn line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text in composed form (NFC), with one kind of line end and without characters that no
/// reader could see.
fn visible(text: &str) -> String {
    text.replace("\r\n", "\n")
        .nfc()
        .filter_map(|c| match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\t' => Some(' '),
            _ if c.is_control() || is_hidden(c) => None,
            _ => Some(c),
        })
        .collect()
}

/// Whether a character is invisible and can mislead: marks and overrides of direction
/// (Unicode TR 36, "Bidirectional text spoofing"), zero-width spaces, soft hyphens, annotation
/// and tag characters. Joiners stay: Persian and emoji need them.
const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}
