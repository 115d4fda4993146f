//! The rules of a template file. All problems are collected, each with its place, so that
//! someone who writes a template mends it in one go.

use serde_json::Value;

use super::aims::AIMS;
use super::error::{Problem, Sort};
use super::file;
use super::problems::{MAX_LIST, MAX_PASSAGE, MAX_SHORT, Need, Object, Problems, quoted};

const WHOLE: &str = file::whole(Sort::Template);

/// The most parts of a template.
pub const MAX_SECTIONS: usize = 20;
/// The most prompts of a template.
pub const MAX_PROMPTS: usize = 200;
/// The longest planned conversation: a working day, in minutes.
pub const MAX_MINUTES: u64 = 480;
/// The highest end of a scale.
const MAX_SCALE: u64 = 100;

const KINDS: [&str; 9] =
    ["text", "scale", "choice", "date", "checklist", "evidence", "capability", "person", "action"];
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
/// What a template holds. In a file of its own it may hold more: what a newer version wrote.
pub const FIELDS: [&str; 17] = [
    "id",
    "version",
    "title",
    "purpose",
    "when",
    "when_not",
    "form",
    "situation",
    "lead",
    "minutes",
    "aims",
    "moments",
    "ground_rules",
    "why",
    "if_it_turns",
    "sources",
    "sections",
];
const SECTION_FIELDS: [&str; 2] = ["title", "prompts"];
const PROMPT_FIELDS: [&str; 7] = ["id", "text", "why", "phrases", "layer", "hidden", "kind"];

/// All problems of a template file, in the order of the file; none when it can be used.
pub fn template(value: &Value) -> Vec<Problem> {
    let mut problems = Problems::default();
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
    if object.contains_key("removed") {
        problems.add(place, "“removed” has no meaning in a file. Take it out.");
    }
    minutes(problems, object);
    for aim in problems.texts(place, object, "aims", MAX_SHORT, Need::Optional) {
        if AIMS.iter().all(|known| known.code != aim) {
            let known = AIMS.map(|known| known.code).join(", ");
            problems.add(place, format!("the aim {} is not known. Known: {known}.", quoted(aim)));
        }
    }
    for key in ["moments", "ground_rules", "sources"] {
        problems.texts(place, object, key, MAX_PASSAGE, Need::Optional);
    }
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
    let mut prompts = list.iter().flat_map(|part| part.get("prompts")?.as_array()).flatten();
    if count > 0 && prompts.all(|prompt| prompt.get("hidden") == Some(&Value::Bool(true))) {
        problems.add(WHOLE, "every prompt is hidden. Show at least one.");
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
    problems.text(place, object, "text", MAX_PASSAGE, Need::Required);
    problems.text(place, object, "why", MAX_PASSAGE, Need::Optional);
    problems.texts(place, object, "phrases", MAX_PASSAGE, Need::Optional);
    layer(problems, place, object);
    yes_or_no(problems, place, object, "hidden");
    let Some(kind) = problems.one_of(place, object, "kind", &KINDS) else { return };
    let own: &[&str] = match kind {
        "scale" => &["from", "to", "low", "high"],
        "choice" => &["options", "many"],
        "checklist" => &["items"],
        "capability" => &["list"],
        _ => &[],
    };
    problems.known_fields(place, object, &PROMPT_FIELDS, own);
    match kind {
        "scale" => scale(problems, place, object),
        "choice" => {
            options(problems, place, object, "options", 2, "a choice needs at least 2 options.");
            yes_or_no(problems, place, object, "many");
        }
        "checklist" => {
            options(problems, place, object, "items", 1, "a checklist needs at least one item.");
        }
        "capability" => problems.id_in(place, object, "list"),
        _ => {}
    }
}

fn yes_or_no(problems: &mut Problems, place: &str, object: &Object, key: &str) {
    if object.get(key).is_some_and(|value| !value.is_boolean()) {
        problems.add(place, format!("“{key}” must be true or false."));
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
