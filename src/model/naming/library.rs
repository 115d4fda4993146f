//! Templates, packs and lists in plain words, for their history.

use serde_json::Value;

use super::plain;
use crate::model::Kind;

/// What a key of theirs is called, where its own name does not say it.
pub fn key_name(kind: Kind, key: &str) -> &'static str {
    match (kind, key) {
        (Kind::Template, "sections") => "Questions",
        (Kind::Template, "when_not") => "When to use something else",
        (Kind::Template, "lead") => "Who leads",
        (Kind::Template, "moments") => "Looked for as",
        (Kind::Template, "if_it_turns") => "If the talk turns into something else",
        (Kind::Pack, "by") => "Remarks and faults to",
        (Kind::Pack, "cairn_pack") => "Form of the file",
        (Kind::Template | Kind::Pack | Kind::List, "id") => "Short name",
        (Kind::Template | Kind::Pack | Kind::List, "removed") => "Taken out of the library",
        _ => "",
    }
}

/// The value of a key that holds more than a text; nothing where the plain way will do.
pub fn key_words(kind: Kind, key: &str, value: &Value) -> Option<String> {
    let entry: fn(&Value) -> String = match (kind, key) {
        (Kind::Template, "minutes") => {
            let ends = value.as_array()?.iter().map(plain).collect::<Vec<_>>();
            return Some(ends.join(" to "));
        }
        (Kind::Template, "sections") => section,
        (Kind::Pack, "templates" | "lists") => |value| part(value, "title"),
        (Kind::Pack, "modules") => |value| part(value, "name"),
        (Kind::List, "items") => item,
        _ => return None,
    };
    Some(value.as_array()?.iter().map(entry).collect::<Vec<_>>().join("\n"))
}

fn part(value: &Value, key: &str) -> String {
    value.get(key).map(plain).unwrap_or_default()
}

fn section(value: &Value) -> String {
    let prompts = value.get("prompts").and_then(Value::as_array).into_iter().flatten();
    let question = |prompt: &Value| {
        let rest = ["why", "low", "high", "list", "options", "items", "phrases"];
        let rest = rest.map(|key| part(prompt, key));
        let rest = rest.iter().filter(|words| !words.is_empty());
        let rest: String = rest.map(|words| format!("\n{words}")).collect();
        let hidden = prompt.get("hidden").and_then(Value::as_bool) == Some(true);
        format!(
            "{} ({}, {}{}){rest}",
            part(prompt, "text"),
            part(prompt, "kind"),
            part(prompt, "layer"),
            if hidden { ", hidden" } else { "" }
        )
    };
    let questions: Vec<String> = prompts.map(question).collect();
    format!("{}\n{}", part(value, "title"), questions.join("\n"))
}

fn item(value: &Value) -> String {
    let words = [part(value, "code"), part(value, "title"), part(value, "about")];
    words.iter().filter(|words| !words.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}
