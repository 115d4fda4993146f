//! An age file as text, for a message that takes no attachment.
//!
//! The form is age's own, in the strict writing of RFC 7468 that its description asks for: the
//! two marker lines, between them padded base 64 in lines of exactly 64 characters but for the
//! last, each ended by one line feed. Stock age reads it.

use std::borrow::Cow;

use crate::model::attachment::{decode, encode};

const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const END: &str = "-----END AGE ENCRYPTED FILE-----";
/// How many characters a line has.
const COLUMNS: usize = 64;

/// Writes an age file as text.
pub fn armour(bytes: &[u8]) -> String {
    let code = encode(bytes);
    let mut text = String::with_capacity(code.len() + code.len() / COLUMNS + 80);
    text.push_str(BEGIN);
    text.push('\n');
    let mut rest = code.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(COLUMNS));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str(END);
    text.push('\n');
    text
}

/// The bytes of an age file, be it text or not. Of text, what a mail program does is forgiven:
/// carriage returns, empty lines before and after, spaces around a line. Nothing when it begins
/// as such a text and does not go on as one.
pub fn binary(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    let text = bytes.trim_ascii_start();
    if !text.starts_with(BEGIN.as_bytes()) {
        return Some(Cow::Borrowed(bytes));
    }
    let text = std::str::from_utf8(text).ok()?.trim_ascii_end();
    let mut lines = text.split('\n').map(str::trim_ascii);
    if lines.next() != Some(BEGIN) || lines.next_back() != Some(END) {
        return None;
    }
    let mut code = String::with_capacity(text.len());
    let mut is_last = false;
    for line in lines {
        if is_last || line.is_empty() || line.len() > COLUMNS {
            return None;
        }
        is_last = line.len() < COLUMNS;
        code.push_str(line);
    }
    decode(&code).map(Cow::Owned)
}

/// The most bytes that the text of a file of `most` bytes may take, with what is forgiven.
pub const fn text_cap(most: usize) -> usize {
    // Four characters for three bytes, and up to six more for each line of 64.
    most / 3 * 4 + most / 8 + 4096
}
