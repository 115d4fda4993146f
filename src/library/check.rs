//! The rules of a template file. All problems are collected, each with its place, so that
//! someone who writes a template mends it in one go.

use serde_json::{Map, Value};

use super::error::Problem;
use crate::model::clean::is_hidden;

/// The longest template file in bytes (1 MiB).
pub const MAX_BYTES: usize = 1024 * 1024;
/// The most values in a template file: several times what 60 prompts with all their lists hold. A
/// file of the same length that is nothing but brackets would take a hundred times its own size
/// in memory.
pub const MAX_VALUES: usize = 20_000;
/// How the whole file is called in a problem.
pub const WHOLE: &str = "The template";

const MAX_SECTIONS: usize = 20;
const MAX_PROMPTS: usize = 60;
const MAX_LIST: usize = 20;
/// Characters in an id, a title, an option or the words at the end of a scale.
const MAX_SHORT: usize = 120;
/// Characters in a question.
const MAX_QUESTION: usize = 200;
/// Characters in a passage.
const MAX_PASSAGE: usize = 2000;
/// The longest planned conversation: a working day, in minutes.
const MAX_MINUTES: u64 = 480;
/// The highest end of a scale.
const MAX_SCALE: u64 = 100;

const KINDS: [&str; 6] = ["text", "scale", "choice", "date", "checklist", "action"];
const LAYERS: [&str; 4] = ["shared", "private", "supervisor", "doctor"];
const FORMS: [&str; 2] = ["conversation", "reflection"];
const SITUATIONS: [&str; 7] = [
    "regular_meetings",
    "coaching",
    "careers",
    "exams",
    "hard_conversations",
    "culture_and_belonging",
    "reflection",
];
/// The aims and programmes of the toolkit (`domain.md`, seed codes).
const AIMS: [&str; 8] = ["A1", "A2", "A3", "A4", "A5", "P1", "P2", "P3"];
const SECTION_FIELDS: [&str; 2] = ["title", "prompts"];
const PROMPT_FIELDS: [&str; 6] = ["id", "text", "why", "phrases", "layer", "kind"];

type Object = Map<String, Value>;

/// Whether a field may be left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    Optional,
}

/// All problems of a template file, in the order of the file; none when it can be used.
pub fn template(value: &Value) -> Vec<Problem> {
    let mut problems = Problems(Vec::new());
    match value.as_object() {
        Some(object) => whole(&mut problems, object),
        None => problems.add(WHOLE, "the file must hold one JSON object, in { and }."),
    }
    problems.0
}

fn whole(problems: &mut Problems, object: &Object) {
    let place = WHOLE;
    problems.id(place, object);
    problems.number(place, object, "version", 1, u64::from(u32::MAX));
    problems.text(place, object, "title", MAX_SHORT, Need::Required);
    problems.text(place, object, "purpose", MAX_PASSAGE, Need::Required);
    for key in ["when", "when_not", "why", "if_it_turns"] {
        problems.text(place, object, key, MAX_PASSAGE, Need::Optional);
    }
    problems.one_of(place, object, "form", &FORMS);
    problems.one_of(place, object, "situation", &SITUATIONS);
    problems.text(place, object, "lead", MAX_SHORT, Need::Required);
    minutes(problems, object);
    for aim in problems.texts(place, object, "aims", MAX_SHORT, Need::Optional) {
        if !AIMS.contains(&aim) {
            let known = AIMS.join(", ");
            problems.add(place, format!("the aim {} is not known. Known: {known}.", quoted(aim)));
        }
    }
    problems.texts(place, object, "sources", MAX_PASSAGE, Need::Optional);
    sections(problems, object);
}

fn minutes(problems: &mut Problems, object: &Object) {
    let Some(value) = problems.field(WHOLE, object, "minutes", Need::Required) else { return };
    let ends: Option<Vec<u64>> =
        value.as_array().and_then(|list| list.iter().map(Value::as_u64).collect());
    let Some(&[short, long]) = ends.as_deref() else {
        problems.add(WHOLE, "“minutes” must be two whole numbers, such as [30, 40].");
        return;
    };
    if short > long {
        problems.add(
            WHOLE,
            format!(
                "“minutes” runs backwards: {short} comes before {long}. Put the shortest first."
            ),
        );
    }
    if short == 0 || long > MAX_MINUTES {
        problems.add(WHOLE, format!("“minutes” must lie between 1 and {MAX_MINUTES}."));
    }
}

fn sections(problems: &mut Problems, object: &Object) {
    let Some(list) = problems.list(WHOLE, object, "sections", MAX_SECTIONS, Need::Required) else {
        return;
    };
    if list.is_empty() {
        problems.add(WHOLE, "a template needs at least one section.");
    }
    let mut ids: Vec<(&str, String)> = Vec::new();
    let mut count = 0;
    for (index, value) in list.iter().enumerate() {
        count += section(problems, index + 1, value, &mut ids);
    }
    if count > MAX_PROMPTS {
        problems.add(
            WHOLE,
            format!("there are {count} prompts. The most is {MAX_PROMPTS}. Take some out."),
        );
    }
}

/// Checks one section and gives its number of prompts. `ids` holds the prompt ids met so far
/// with their places.
fn section<'a>(
    problems: &mut Problems,
    number: usize,
    value: &'a Value,
    ids: &mut Vec<(&'a str, String)>,
) -> usize {
    let title = value.get("title").and_then(Value::as_str).filter(|title| !title.trim().is_empty());
    let place = match title {
        Some(title) => format!("Section {number} {}", quoted(title)),
        None => format!("Section {number}"),
    };
    let Some(object) = problems.object(&place, value) else { return 0 };
    problems.known_fields(&place, object, &SECTION_FIELDS, &[]);
    problems.text(&place, object, "title", MAX_SHORT, Need::Required);
    let Some(prompts) = problems.list(&place, object, "prompts", MAX_PROMPTS, Need::Required)
    else {
        return 0;
    };
    if prompts.is_empty() {
        problems.add(&place, "a section needs at least one prompt.");
    }
    for (index, value) in prompts.iter().enumerate() {
        let id = value.get("id").and_then(Value::as_str).filter(|id| !id.is_empty());
        let place = match id {
            Some(id) => format!("{place}, prompt {} ({})", index + 1, quoted(id)),
            None => format!("{place}, prompt {}", index + 1),
        };
        prompt(problems, &place, value);
        let Some(id) = id else { continue };
        match ids.iter().find(|(known, _)| *known == id) {
            Some((_, first)) => problems
                .add(&place, format!("this id is used before, in: {first}. Choose another.")),
            None => ids.push((id, place)),
        }
    }
    prompts.len()
}

fn prompt(problems: &mut Problems, place: &str, value: &Value) {
    let Some(object) = problems.object(place, value) else { return };
    problems.id(place, object);
    problems.text(place, object, "text", MAX_QUESTION, Need::Required);
    problems.text(place, object, "why", MAX_PASSAGE, Need::Optional);
    problems.texts(place, object, "phrases", MAX_PASSAGE, Need::Optional);
    layer(problems, place, object);
    let Some(kind) = problems.one_of(place, object, "kind", &KINDS) else { return };
    let own: &[&str] = match kind {
        "scale" => &["from", "to", "low", "high"],
        "choice" => &["options", "many"],
        "checklist" => &["items"],
        _ => &[],
    };
    problems.known_fields(place, object, &PROMPT_FIELDS, own);
    match kind {
        "scale" => scale(problems, place, object),
        "choice" => {
            options(problems, place, object, "options", 2, "a choice needs at least 2 options.");
            let many = object.get("many");
            if many.is_some_and(|many| !many.is_boolean()) {
                problems.add(place, "“many” must be true or false.");
            }
        }
        "checklist" => {
            options(problems, place, object, "items", 1, "a checklist needs at least one item.");
        }
        _ => {}
    }
}

/// "For the ARCP" is reached only by a person's act (`product.md`, principle 1), so it gets
/// words of its own.
fn layer(problems: &mut Problems, place: &str, object: &Object) {
    if object.get("layer").and_then(Value::as_str) == Some("arcp") {
        problems.add(
            place,
            "“For the ARCP” cannot be a prompt’s layer. A line gets there only when someone \
             offers it. Use shared, private, supervisor or doctor.",
        );
    } else {
        problems.one_of(place, object, "layer", &LAYERS);
    }
}

fn scale(problems: &mut Problems, place: &str, object: &Object) {
    let from = problems.number(place, object, "from", 0, MAX_SCALE);
    let to = problems.number(place, object, "to", 0, MAX_SCALE);
    if let (Some(from), Some(to)) = (from, to)
        && from >= to
    {
        problems.add(
            place,
            format!(
                "the scale must rise: “from” is {from} and “to” is {to}. Make “to” the higher."
            ),
        );
    }
    problems.text(place, object, "low", MAX_SHORT, Need::Required);
    problems.text(place, object, "high", MAX_SHORT, Need::Required);
}

/// What can be chosen or ticked. An answer keeps the words, so no words may stand twice.
fn options(
    problems: &mut Problems,
    place: &str,
    object: &Object,
    key: &str,
    least: usize,
    too_few: &str,
) {
    let list = object.get(key).and_then(Value::as_array);
    let options = problems.texts(place, object, key, MAX_SHORT, Need::Required);
    if list.is_some_and(|list| list.len() <= MAX_LIST) && options.len() < least {
        problems.add(place, too_few);
    }
    for (index, option) in options.iter().enumerate() {
        if options.iter().take(index).any(|before| before == option) {
            problems.add(place, format!("{} stands twice in “{key}”.", quoted(option)));
        }
    }
}

/// The problems found so far, and the checks of single fields.
struct Problems(Vec<Problem>);

impl Problems {
    fn add(&mut self, place: &str, what: impl Into<String>) {
        self.0.push(Problem { place: place.to_owned(), what: what.into() });
    }

    fn field<'a>(
        &mut self,
        place: &str,
        object: &'a Object,
        key: &str,
        need: Need,
    ) -> Option<&'a Value> {
        let value = object.get(key);
        if value.is_none() && need == Need::Required {
            self.add(place, format!("“{key}” is missing."));
        }
        value
    }

    fn object<'a>(&mut self, place: &str, value: &'a Value) -> Option<&'a Object> {
        let object = value.as_object();
        if object.is_none() {
            self.add(place, "this must be a JSON object, in { and }.");
        }
        object
    }

    fn list<'a>(
        &mut self,
        place: &str,
        object: &'a Object,
        key: &str,
        most: usize,
        need: Need,
    ) -> Option<&'a Vec<Value>> {
        let list = self.field(place, object, key, need)?.as_array();
        match list {
            None => self.add(place, format!("“{key}” must be a list, in [ and ].")),
            Some(list) if list.len() > most => {
                self.add(place, format!("“{key}” has {} entries. The most is {most}.", list.len()));
                // Nobody would read thousands of problems with the entries as well.
                return None;
            }
            Some(_) => {}
        }
        list
    }

    fn text<'a>(
        &mut self,
        place: &str,
        object: &'a Object,
        key: &str,
        most: usize,
        need: Need,
    ) -> Option<&'a str> {
        let value = self.field(place, object, key, need)?;
        let text = self.words(place, &format!("“{key}”"), value, most)?;
        if need == Need::Required && text.trim().is_empty() {
            self.add(place, format!("“{key}” is empty."));
            return None;
        }
        Some(text)
    }

    /// A list of texts, none of them empty. Gives those that are texts.
    fn texts<'a>(
        &mut self,
        place: &str,
        object: &'a Object,
        key: &str,
        most: usize,
        need: Need,
    ) -> Vec<&'a str> {
        let Some(list) = self.list(place, object, key, MAX_LIST, need) else { return Vec::new() };
        let mut texts = Vec::new();
        for (index, value) in list.iter().enumerate() {
            let what = format!("entry {} of “{key}”", index + 1);
            let Some(text) = self.words(place, &what, value, most) else { continue };
            if text.trim().is_empty() {
                self.add(place, format!("{what} is empty."));
            }
            texts.push(text);
        }
        texts
    }

    /// One text: its type, its length, and no characters that cannot be seen.
    fn words<'a>(
        &mut self,
        place: &str,
        what: &str,
        value: &'a Value,
        most: usize,
    ) -> Option<&'a str> {
        let Some(text) = value.as_str() else {
            self.add(place, format!("{what} must be text, in quotation marks."));
            return None;
        };
        let length = text.chars().count();
        if length > most {
            self.add(place, format!("{what} has {length} characters. The most is {most}."));
        }
        if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
            let code = u32::from(hidden);
            self.add(place, format!("{what} holds a hidden character, U+{code:04X}. Take it out."));
        }
        Some(text)
    }

    fn id(&mut self, place: &str, object: &Object) {
        let Some(id) = self.text(place, object, "id", MAX_SHORT, Need::Required) else { return };
        if !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            self.add(
                place,
                format!(
                    "the id {} may hold only the letters a to z, digits and hyphens.",
                    quoted(id)
                ),
            );
        }
    }

    fn number(
        &mut self,
        place: &str,
        object: &Object,
        key: &str,
        least: u64,
        most: u64,
    ) -> Option<u64> {
        let value = self.field(place, object, key, Need::Required)?;
        let number = value.as_u64().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.add(place, format!("“{key}” must be a whole number from {least} to {most}."));
        }
        number
    }

    /// A text that must be one of a closed list. Gives it when it is.
    fn one_of<'a>(
        &mut self,
        place: &str,
        object: &'a Object,
        key: &str,
        known: &[&str],
    ) -> Option<&'a str> {
        let text = self.text(place, object, key, MAX_SHORT, Need::Required)?;
        if known.contains(&text) {
            return Some(text);
        }
        self.add(
            place,
            format!("the {key} {} is not known. Known {key}s: {}.", quoted(text), known.join(", ")),
        );
        None
    }

    /// Prompts and sections have no place for unknown fields, so a misspelt one would be lost
    /// without a word.
    fn known_fields(&mut self, place: &str, object: &Object, common: &[&str], own: &[&str]) {
        for key in object.keys() {
            if !common.contains(&key.as_str()) && !own.contains(&key.as_str()) {
                let known = [common, own].concat().join(", ");
                self.add(
                    place,
                    format!("the field {} has no meaning here. Known: {known}.", quoted(key)),
                );
            }
        }
    }
}

/// Words from the file, safe to stand in a message: short, and with nothing hidden.
fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    let mut shown: String =
        text.chars().take(MOST).map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().count() > MOST {
        shown.push('…');
    }
    format!("“{shown}”")
}
