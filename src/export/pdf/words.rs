//! Words as a layout receives them: the values of JSON, fitted to the faces.

use std::collections::BTreeSet;

use serde_json::Value;

use super::faces::Faces;
use crate::model::text::month;

/// A word longer than this may be broken anywhere, or it would run off the page.
const LONGEST_WORD: usize = 40;

/// All words in a value, to see which letters they need.
pub(super) fn all(value: &Value) -> String {
    let mut out = String::new();
    gather(value, &mut out);
    out
}

fn gather(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => out.push_str(text),
        Value::Array(list) => list.iter().for_each(|item| gather(item, out)),
        Value::Object(map) => map.values().for_each(|item| gather(item, out)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Fits every word, and gathers what the faces lack.
pub(super) fn fit_all(value: &mut Value, faces: &Faces, missing: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => *text = breakable(&bind_dates(&faces.fit(text, missing))),
        Value::Array(list) => list.iter_mut().for_each(|item| fit_all(item, faces, missing)),
        Value::Object(map) => map.values_mut().for_each(|item| fit_all(item, faces, missing)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Gathers what the faces lack, and fits nothing.
pub(super) fn missing_in(value: &Value, faces: &Faces, missing: &mut BTreeSet<char>) {
    match value {
        // The faces that come with the program have all of these.
        Value::String(text) if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {}
        Value::String(text) => drop(faces.fit(text, missing)),
        Value::Array(list) => list.iter().for_each(|item| missing_in(item, faces, missing)),
        Value::Object(map) => map.values().for_each(|item| missing_in(item, faces, missing)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text with no-break spaces inside dates like "6 August 2026" that people typed.
fn bind_dates(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut out = String::with_capacity(text.len());
    for (at, word) in words.iter().enumerate() {
        out.push_str(word);
        let Some(next) = words.get(at + 1) else { break };
        let day_before = at.checked_sub(1).and_then(|before| words.get(before));
        let inside = is_day(word) && is_month(next)
            || is_month(word) && is_year(next) && day_before.is_some_and(|day| is_day(day));
        out.push(if inside { '\u{a0}' } else { ' ' });
    }
    out
}

fn is_day(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    matches!(digits.parse::<u8>(), Ok(1..=31))
}

fn is_month(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.', ';']).to_lowercase();
    word.len() >= 3 && (1..=12).any(|number| month(number).to_lowercase().starts_with(&word))
}

fn is_year(word: &str) -> bool {
    let year = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
}

/// The text with places to break inside words that no column could hold.
fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut length = 0;
    for c in text.chars() {
        length = if c == ' ' || c == '\u{a0}' { 0 } else { length + 1 };
        if length > LONGEST_WORD {
            out.push('\u{200b}');
            length = 1;
        }
        out.push(c);
    }
    out
}
