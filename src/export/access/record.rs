//! One record in words: every field of it, whether this version knows it or not.
//!
//! The words are those of the history of a record. What they leave unsaid is added under its own
//! name, so that nothing that is kept can be missing.

use serde::Deserialize as _;
use serde_json::Value;

use crate::model::fields::{Field, Parts, Shape};
use crate::model::naming;
use crate::model::plan::FIRST as FIRST_PARAGRAPH;
use crate::model::session::ArcpHeading;
use crate::model::text::long_date;
use crate::model::{Basis, Id, Kind, Layer, clean};

/// One field in words.
pub(super) struct Line {
    /// What it is called.
    pub label: String,
    /// Who reads it, where the record says so.
    pub layer: Option<Layer>,
    /// What it says.
    pub words: String,
}

/// How what a record names by its identity alone is called.
pub(super) struct Names<'a> {
    /// A record, or a person.
    pub record: &'a dyn Fn(Id) -> Option<String>,
    /// The owner of the record.
    pub me: &'a str,
    /// The person it is about.
    pub them: &'a str,
}

impl Line {
    /// The label and the words in one.
    pub fn whole(&self) -> String {
        format!("{}: {}", self.label, self.words)
    }
}

/// The fields that stand first, in this order; the others follow by their names.
const FIRST: [&str; 9] =
    ["name", "short_name", "say", "stage", "programme", "wte", "owner", "state", "time"];

/// Every field of a body in words, but for whose it is.
pub(super) fn lines(kind: Kind, body: &Value, names: &Names<'_>) -> Vec<Line> {
    let shape = Shape::of(kind, [body]);
    let parts = Parts::of(&shape, body, &[]);
    let is_key = |field: &&Field| matches!(field, Field::Key(_) | Field::Whole);
    let mut fields: Vec<Field> = parts.values.keys().filter(is_key).cloned().collect();
    fields.sort_by_key(place);
    fields.extend(parts.items());
    let line = |field: &Field| line(kind, field, &parts, names);
    fields.iter().filter_map(line).collect()
}

fn place(field: &Field) -> usize {
    let first = |key: &String| FIRST.iter().position(|known| known == key);
    match field {
        Field::Key(key) => first(key).unwrap_or(FIRST.len()),
        _ => FIRST.len(),
    }
}

fn line(kind: Kind, field: &Field, parts: &Parts, names: &Names<'_>) -> Option<Line> {
    let value = parts.values.get(field)?;
    // Whose it is says the page; who reads an action says the heading it stands under.
    let told = |key: &str| key == "person" || key == "layer" && kind == Kind::Action;
    if matches!(field, Field::Key(key) if told(key)) {
        return None;
    }
    let (label, layer) = naming::name(kind, field, parts);
    let label = clean::line(&label);
    let mut words = clean::lines(&said(kind, field, value, names));
    if value.is_array() || value.is_object() || matches!(field, Field::Item { .. }) {
        let mut unsaid = Vec::new();
        add_unsaid("", value, &folded(&format!("{label} {words}")), &mut unsaid);
        for one in unsaid {
            if !words.is_empty() {
                words.push('\n');
            }
            words.push_str(&one);
        }
    }
    (!words.is_empty()).then_some(Line { label, layer, words })
}

/// The words that the history of a record has for it; nothing where it would show the file itself.
fn said(kind: Kind, field: &Field, value: &Value, names: &Names<'_>) -> String {
    /// The keys with several values for which there are words.
    const TOLD: [&str; 5] = ["hold", "next_meeting", "handed_over", "brought", "template"];
    let in_words = |field: &Field| naming::words(kind, field, value, names.record);
    let Field::Key(key) = field else {
        return if *field == Field::Whole { String::new() } else { in_words(field) };
    };
    match (key.as_str(), value) {
        ("owner", Value::String(owner)) if kind == Kind::Action => match owner.as_str() {
            "me" => names.me.to_owned(),
            "them" => names.them.to_owned(),
            other => other.to_owned(),
        },
        (_, Value::String(text)) => match text.parse::<Id>() {
            Ok(id) => (names.record)(id).unwrap_or_else(|| "A record that is gone".to_owned()),
            // Every moment reads as the one at which something was finished.
            Err(_) if text.parse::<jiff::Timestamp>().is_ok() => {
                in_words(&Field::Key("finished".to_owned()))
            }
            Err(_) => in_words(field),
        },
        (key, Value::Array(_) | Value::Object(_)) if !TOLD.contains(&key) => String::new(),
        _ => in_words(field),
    }
}

/// The same text whatever its case, its spaces and its line ends.
pub(super) fn folded(text: &str) -> String {
    clean::line(text).to_lowercase().replace('_', " ")
}

/// Adds what a value holds and the words, folded, do not say: "Evidence, date typed: in spring".
/// `path` are the keys that lead to it.
pub(super) fn add_unsaid(path: &str, value: &Value, said: &str, out: &mut Vec<String>) {
    let key = path.rsplit(", ").next().unwrap_or_default();
    let mut add = |words: &str| {
        let name = clean::line(&path.replace('_', " "));
        let mut letters = name.chars();
        let name: String =
            letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default();
        let words = clean::lines(words);
        out.push(if name.is_empty() { words } else { format!("{name}: {words}") });
    };
    match value {
        Value::Null => {}
        Value::Bool(true) if ["counted", "booked", "agreed"].contains(&key) => {}
        Value::Bool(yes) => add(if *yes { "Yes" } else { "No" }),
        Value::Number(number) => {
            let number = number.to_string();
            if !said.split(|c: char| !c.is_ascii_digit()).any(|digits| digits == number) {
                add(&number);
            }
        }
        Value::String(text) => {
            let words = plain(text);
            if !is_known(key, value, said) && !words.is_empty() && !said.contains(&folded(&words)) {
                add(&words);
            }
        }
        Value::Array(all) => all.iter().for_each(|one| add_unsaid(path, one, said, out)),
        Value::Object(fields) => fields.iter().for_each(|(key, one)| match path {
            "" => add_unsaid(key, one, said, out),
            path => add_unsaid(&format!("{path}, {key}"), one, said, out),
        }),
    }
}

/// Whether a text is a mark that stands in words beside it, or says which member of a list it is.
fn is_known(key: &str, value: &Value, said: &str) -> bool {
    match key {
        "cap_of" => said.contains("by the rule of"),
        "id" | "comments" => value.as_str().is_some_and(is_identity),
        "layer" => Layer::deserialize(value).is_ok(),
        "basis" => Basis::deserialize(value).is_ok(),
        "heading" => ArcpHeading::deserialize(value).is_ok(),
        _ => false,
    }
}

/// Whether a text only says which record, or which paragraph of a plan, is meant.
fn is_identity(text: &str) -> bool {
    let of = text.split('/').next().unwrap_or_default();
    of == FIRST_PARAGRAPH || of.parse::<Id>().is_ok()
}

/// A day, a time of day or a moment as it is written in words; anything else as it is.
fn plain(text: &str) -> String {
    let time = || text.parse::<jiff::civil::Time>().ok();
    match text.parse::<jiff::civil::Date>() {
        Ok(day) if text.len() == 10 => long_date(day),
        _ if text.len() == 8 && time().is_some() => text.get(..5).unwrap_or(text).to_owned(),
        _ if text.parse::<jiff::Timestamp>().is_ok() => {
            let finished = Field::Key("finished".to_owned());
            naming::words(Kind::Session, &finished, &text.into(), &|_| None)
        }
        _ => text.to_owned(),
    }
}
