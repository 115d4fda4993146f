//! What was learned, and the year as an educator, in plain words for their history.

use serde::Deserialize as _;
use serde_json::Value;

use super::plain;
use crate::model::text::count;
use crate::model::{Kind, LearningKind};

/// What a key is called, where its own name does not say it.
pub fn key_name(key: &str) -> &'static str {
    match key {
        "title" => "What it was",
        "date" => "Day",
        "minutes" => "Length in minutes",
        "area" => "Area for educators",
        "changed" => "What changed since",
        "removed" => "Taken out of the year",
        _ => "",
    }
}

/// The value of a key that holds more than a text; nothing where the plain way will do.
pub fn key_words(kind: Kind, key: &str, value: &Value) -> Option<String> {
    match (kind, key) {
        (Kind::Learning, "kind") => {
            LearningKind::deserialize(value).ok().map(|kind| kind.words().to_owned())
        }
        (Kind::Settings, "educator") => {
            let part = |key: &str| value.get(key).map(plain);
            let chosen = value.get("reflections").and_then(Value::as_array);
            let chosen = chosen.map(|all| format!("{} chosen", count(all.len(), "reflection")));
            let parts = [part("change"), part("next_year"), chosen];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join("\n"))
        }
        (Kind::Settings, "own") => {
            let parts = ["exam", "exam_date", "arcp_date"].map(|key| value.get(key).map(plain));
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join("\n"))
        }
        _ => None,
    }
}
