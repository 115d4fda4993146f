//! Fields and their values in plain words, as a person reads them in the history of a record.

mod educator;
mod library;
pub(super) mod person;
mod plan;

use serde::Deserialize as _;
use serde_json::Value;

use super::fields::{Field, Parts, mark_part};
use super::session::ArcpHeading;
use super::text::{answer_lines, evidence_words, long_date};
use super::{Answer, Basis, Evidence, Id, Kind, Layer, OtherView};

/// Gives the name of a person of the record.
pub type NameOf<'a> = &'a dyn Fn(Id) -> Option<String>;

/// What a field is called, and who reads it, as far as it has a layer of its own.
pub fn name(kind: Kind, field: &Field, parts: &Parts) -> (String, Option<Layer>) {
    match field {
        Field::Whole => ("Content".to_owned(), None),
        Field::Key(key) => (key_name(kind, key), key_layer(kind, key, parts)),
        Field::Order => ("Parts and questions".to_owned(), None),
        Field::Prompt(id) => (format!("The question “{}”", prompt(id, parts)), None),
        Field::Layer(id) => (format!("Who reads “{}”", prompt(id, parts)), None),
        Field::Answer(id) => (prompt(id, parts).to_owned(), layer_of_prompt(id, parts)),
        Field::Basis(id) => {
            (format!("What “{}” rests on", prompt(id, parts)), layer_of_prompt(id, parts))
        }
        Field::OtherView(id) => {
            (format!("The other view on “{}”", prompt(id, parts)), layer_of_prompt(id, parts))
        }
        Field::Item { list, .. } if kind == Kind::Plan => {
            plan::item_name(list, parts.values.get(field))
        }
        Field::Item { list, .. } => item_name(list, parts.values.get(field), parts),
    }
}

fn prompt<'a>(id: &'a str, parts: &'a Parts) -> &'a str {
    let asked = parts.values.get(&Field::Prompt(id.to_owned()));
    asked.and_then(|asked| asked.get("text")?.as_str()).unwrap_or(id)
}

fn layer_of_prompt(id: &str, parts: &Parts) -> Option<Layer> {
    parts.values.get(&Field::Layer(id.to_owned())).and_then(layer)
}

fn layer(value: &Value) -> Option<Layer> {
    Layer::deserialize(value).ok()
}

fn key_name(kind: Kind, key: &str) -> String {
    if let Some((of, part)) = mark_part(key).filter(|_| kind == Kind::Settings) {
        let part = match part {
            "star" => "Star",
            "rating" => "How useful it was",
            "worked" => "What worked for me",
            "comment" => "Comment",
            other => other,
        };
        return format!("{part} ({of})");
    }
    let name = match (kind, key) {
        (Kind::Action, "text") => "What will be done",
        (Kind::Action, "owner") => "Who does it",
        (Kind::Action, "due") => "Due date",
        (Kind::Action, "due_typed") => "Due date as typed",
        (Kind::Action, "state") => "How far it is",
        (Kind::Action, "settled") => "Answered on",
        (Kind::Action, "reason") => "Why it was dropped",
        (Kind::Action, "made") => "Agreed on",
        (Kind::Action, "from") => "Agreed in",
        (Kind::Session | Kind::Reflection, "date") => "Day",
        (Kind::Session | Kind::Reflection, "time") => "Began at",
        (Kind::Session | Kind::Reflection, "minutes") => "Length in minutes",
        (Kind::Session | Kind::Reflection, "spent") => "Time spent in it here",
        (Kind::Session | Kind::Reflection, "finished") => "Finished",
        (Kind::Session | Kind::Reflection, "place") => "Place",
        (Kind::Session | Kind::Reflection, "brought") => "Answers brought in",
        (Kind::Session | Kind::Reflection, "sections") => "Questions and answers",
        (Kind::Attachment, "name") => "File",
        (Kind::Attachment, "data") => "What the file holds",
        (Kind::Settings, "your_name") => "Your name",
        (Kind::Settings, "noun") => "What you call the doctors",
        (Kind::Settings, "idle_minutes") => "Minutes until it locks",
        (Kind::Settings, "own_words") => "Your own words",
        (Kind::Settings, "check_wording") => "Check wording",
        (Kind::Settings, "check_spelling") => "Check spelling",
        (Kind::Settings, "daily_question") => "A question for the day",
        (Kind::Settings, "looked_at") => "The last look at who you keep",
        (Kind::Settings, "library") => "Your marks on templates and modules",
        (_, "layer") => "Who reads it",
        (_, "source_id") => "Identity where it was imported from",
        (Kind::Person, key) => person::key_name(key),
        (Kind::Plan, key) => plan::key_name(key),
        (Kind::Learning, key) => educator::key_name(key),
        (Kind::Settings, "own") => "Your own exam and ARCP",
        (Kind::Settings, "educator") => "Your year as an educator",
        _ => library::key_name(kind, key),
    };
    if !name.is_empty() {
        return name.to_owned();
    }
    // "next_review" of a newer version reads as "Next review".
    let words = key.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn key_layer(kind: Kind, key: &str, parts: &Parts) -> Option<Layer> {
    match (kind, key) {
        (Kind::Person, key) => person::key_layer(key),
        (Kind::Action, "text" | "reason") => {
            parts.values.get(&Field::Key("layer".to_owned())).and_then(layer)
        }
        _ => None,
    }
}

fn item_name(list: &str, value: Option<&Value>, parts: &Parts) -> (String, Option<Layer>) {
    let get = |key: &str| value.and_then(|value| value.get(key)?.as_str());
    match list {
        "margin" => {
            let name = match get("beside") {
                Some(id) => format!("Beside “{}”", prompt(id, parts)),
                None => "Private note".to_owned(),
            };
            (name, Some(Layer::Private))
        }
        "arcp" => {
            let heading =
                value.and_then(|value| ArcpHeading::deserialize(value.get("heading")?).ok());
            (format!("Offered under “{}”", heading.unwrap_or_default().words()), Some(Layer::Arcp))
        }
        "tags" => ("Tag".to_owned(), None),
        "links" => ("Linked to".to_owned(), None),
        "kept" => ("Kept as it stands".to_owned(), Some(Layer::Private)),
        "own_words" => ("A word of your own".to_owned(), None),
        other => person::item_name(other, value)
            .unwrap_or_else(|| (key_name(Kind::Session, other), None)),
    }
}

/// A value in words.
pub fn words(kind: Kind, field: &Field, value: &Value, name_of: NameOf<'_>) -> String {
    match field {
        Field::Answer(_) => {
            Answer::deserialize(value).map_or_else(|_| plain(value), |answer| answer_lines(&answer))
        }
        Field::Basis(_) => basis_words(value),
        Field::OtherView(_) => {
            OtherView::deserialize(value).map_or_else(|_| plain(value), |view| view.words())
        }
        Field::Layer(_) => layer_words(value),
        Field::Key(key) => key_words(kind, key, value, name_of),
        Field::Order => order_words(value),
        Field::Prompt(_) => value.get("text").map_or_else(|| plain(value), plain),
        Field::Item { list, .. } if kind == Kind::Plan => plan::item_words(list, value),
        Field::Item { list, .. } => item_words(list, value),
        Field::Whole => plain(value),
    }
}

/// Whose answers were brought in, and when.
fn brought_words(value: &Value) -> String {
    let one = |value: &Value| {
        let get = |key: &str| value.get(key)?.as_str();
        let on = get("on").and_then(|on| on.parse().ok()).map(long_date).unwrap_or_default();
        format!("{}, {on}", get("who").unwrap_or_default())
    };
    let all = value.as_array().map(|all| all.iter().map(one).collect::<Vec<_>>());
    all.map_or_else(|| plain(value), |all| all.join("; "))
}

fn layer_words(value: &Value) -> String {
    layer(value).map_or_else(|| plain(value), |layer| layer.words().to_owned())
}

fn key_words(kind: Kind, key: &str, value: &Value, name_of: NameOf<'_>) -> String {
    let text = value.as_str().unwrap_or_default();
    match (key, text) {
        ("layer", _) => layer_words(value),
        ("owner", "me") => "You".to_owned(),
        ("owner", "them") => "The other person".to_owned(),
        ("state", "open") => "Not yet".to_owned(),
        ("state", "part") => "Part".to_owned(),
        ("state", "done") => "Done".to_owned(),
        ("state", "dropped") => "Dropped".to_owned(),
        ("role", "supervisor") => "Supervisor".to_owned(),
        ("role", "doctor") => "Doctor".to_owned(),
        ("spent", _) => spent_words(value),
        ("time", time) => time.get(..5).unwrap_or(time).to_owned(),
        ("finished" | "removed", at) => moment(at),
        ("person", id) => {
            let name = id.parse().ok().and_then(name_of);
            name.unwrap_or_else(|| "A person of this record".to_owned())
        }
        ("from", _) if kind == Kind::Action => "A conversation of this record".to_owned(),
        (key, _) if key.ends_with("/worked") => worked_words(value),
        ("data", _) if kind == Kind::Attachment => "Kept".to_owned(),
        ("brought", _) => brought_words(value),
        ("template", _) => value.get("id").map_or_else(|| plain(value), plain),
        (key, _) if kind == Kind::Plan => plan::key_words(key, value),
        _ if kind == Kind::Person => person::key_words(key, value).unwrap_or_else(|| plain(value)),
        _ => library::key_words(kind, key, value)
            .or_else(|| educator::key_words(kind, key, value))
            .unwrap_or_else(|| plain(value)),
    }
}

fn basis_words(value: &Value) -> String {
    Basis::deserialize(value).map_or_else(|_| plain(value), |basis| basis.words().to_owned())
}

fn spent_words(value: &Value) -> String {
    let minutes = value.as_u64().map(|seconds| seconds.div_ceil(60));
    minutes.map_or_else(|| plain(value), |minutes| format!("{minutes} min"))
}

fn moment(at: &str) -> String {
    let Ok(at) = at.parse::<jiff::Timestamp>() else { return at.to_owned() };
    let at = at.to_zoned(jiff::tz::TimeZone::system());
    format!("{}, {:02}:{:02}", long_date(at.date()), at.hour(), at.minute())
}

/// Each line that worked, with its day.
fn worked_words(value: &Value) -> String {
    let line = |line: &Value| {
        let part = |key: &str| line.get(key).map(plain).unwrap_or_default();
        format!("{} {}", part("text"), part("day"))
    };
    value.as_array().into_iter().flatten().map(line).collect::<Vec<_>>().join("\n")
}

fn order_words(value: &Value) -> String {
    let parts = value.as_array().into_iter().flatten();
    let line = |part: &Value| {
        let title = part.get(0).and_then(Value::as_str).unwrap_or_default();
        let count = part.get(1).and_then(Value::as_array).map_or(0, Vec::len);
        format!("{title}, {count} questions")
    };
    parts.map(line).collect::<Vec<_>>().join("\n")
}

fn item_words(list: &str, value: &Value) -> String {
    let get = |key: &str| value.get(key).map(plain).unwrap_or_default();
    match list {
        "margin" => match value.get("basis") {
            Some(basis) => format!("{}\n{}", get("text"), basis_words(basis)),
            None => get("text"),
        },
        "arcp" => arcp_words(value),
        "kept" if get("reason").is_empty() => get("text"),
        "kept" => format!("{}\nBecause: {}", get("text"), get("reason")),
        "links" => "Another entry of this record".to_owned(),
        _ => person::item_words(list, value).unwrap_or_else(|| plain(value)),
    }
}

fn arcp_words(value: &Value) -> String {
    let mut words = value.get("text").map(plain).unwrap_or_default();
    let evidence: Vec<String> = value
        .get("evidence")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|one| Evidence::deserialize(one).map_or_else(|_| plain(one), |e| evidence_words(&e)))
        .collect();
    if !evidence.is_empty() {
        words = format!("{words}\nEvidence: {}", evidence.join("; "));
    }
    if value.get("agreed") == Some(&Value::Bool(true)) {
        words.push_str("\nAgreed in the meeting");
    }
    words
}

/// Texts as they are, days in words; what this version does not know as it lies in the file.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => match text.parse::<jiff::civil::Date>() {
            Ok(day) if text.len() == 10 => long_date(day),
            _ => text.clone(),
        },
        Value::Bool(true) => "Yes".to_owned(),
        Value::Bool(false) => "No".to_owned(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}
