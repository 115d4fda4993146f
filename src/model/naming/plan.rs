//! What the fields of a career plan are called, and what they say.

use serde::Deserialize as _;
use serde_json::Value;

use super::{moment, plain};
use crate::model::Layer;
use crate::model::plan::{Acceptance, Author, Labels, PlanField, Road};

/// The name of a key.
pub fn key_name(key: &str) -> &'static str {
    match key {
        "person" => "Person",
        "labels" => "What the four boxes are called",
        "seen" => "What you have looked at",
        _ => "",
    }
}

/// A key in words.
pub fn key_words(key: &str, value: &Value) -> String {
    match key {
        "labels" => Labels::deserialize(value)
            .map_or_else(|_| plain(value), |labels| labels.words().to_owned()),
        "seen" => value.get("at").and_then(Value::as_str).map(moment).unwrap_or_default(),
        _ => plain(value),
    }
}

/// What a member of a list is called, and who reads it.
pub fn item_name(list: &str, value: Option<&Value>) -> (String, Option<Layer>) {
    let get = |key: &str| value.and_then(|value| value.get(key)?.as_str()).unwrap_or_default();
    let heading = |key: &str| PlanField::of_key(key).map(|it| it.heading(Labels::default()));
    let beside = |what: &str| match heading(get("field")) {
        Some(heading) => format!("{what} beside “{heading}”"),
        None => what.to_owned(),
    };
    match list {
        "notes" => (beside("Private note"), Some(Layer::Private)),
        "comments" => (beside("Comment"), Some(Layer::Shared)),
        "accepted" => ("Agreement".to_owned(), Some(Layer::Shared)),
        "offered" => ("Offered to the ARCP".to_owned(), Some(Layer::Arcp)),
        "roads" => {
            let row = Road::of_id(get("id")).map_or("A row", |(_, row)| row.name());
            (format!("{row}, of an option"), Some(Layer::Shared))
        }
        list => (heading(list).unwrap_or(list).to_owned(), Some(Layer::Shared)),
    }
}

/// A member of a list in words.
pub fn item_words(list: &str, value: &Value) -> String {
    if list == "offered" {
        let field = value.as_str().and_then(PlanField::of_key);
        return field.map_or_else(|| plain(value), |it| it.heading(Labels::default()).to_owned());
    }
    if list == "accepted"
        && let Ok(one) = Acceptance::deserialize(value)
    {
        let who = match one.name.as_str() {
            "" => author(one.by),
            name => name,
        };
        return format!("Agreed by {who} on {}", moment(&one.on.to_string()));
    }
    value.get("text").map_or_else(|| plain(value), plain)
}

const fn author(by: Author) -> &'static str {
    match by {
        Author::Doctor => "the doctor",
        Author::Supervisor => "the supervisor",
    }
}
