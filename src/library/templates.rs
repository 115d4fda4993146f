//! The templates: the built-in ones, and the one reader for every template file.

use serde_json::Value;

use super::check::{self, MAX_BYTES, MAX_VALUES};
use super::error::{Problem, TemplateError};
use crate::model::Template;
use crate::model::json;

/// The built-in template files with their names, in the order of the library.
const BUILT_IN: [(&str, &str); 8] = [
    ("first-meeting.json", include_str!("../../assets/templates/first-meeting.json")),
    ("mid-point-review.json", include_str!("../../assets/templates/mid-point-review.json")),
    ("before-arcp.json", include_str!("../../assets/templates/before-arcp.json")),
    ("task-coaching.json", include_str!("../../assets/templates/task-coaching.json")),
    (
        "progress-conversation.json",
        include_str!("../../assets/templates/progress-conversation.json"),
    ),
    ("reflection-small.json", include_str!("../../assets/templates/reflection-small.json")),
    ("reflection-medium.json", include_str!("../../assets/templates/reflection-medium.json")),
    ("reflection-large.json", include_str!("../../assets/templates/reflection-large.json")),
];

/// The templates at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    templates: Vec<Template>,
}

impl Library {
    /// The templates that come with Cairn.
    ///
    /// # Errors
    /// A built-in file breaks a rule; a test keeps that from happening in a released build.
    pub fn built_in() -> Result<Library, TemplateError> {
        let templates = BUILT_IN
            .iter()
            .map(|(name, text)| read_template(name, text.as_bytes()))
            .collect::<Result<_, _>>()?;
        Ok(Library { templates })
    }

    /// The template with this id.
    pub fn get(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// All templates, in the order of the library.
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }
}

/// Reads one template file. `name` is how errors call the file.
///
/// # Errors
/// The file is longer than 1 MiB or holds more than any template, is not UTF-8, not JSON, or breaks rules of templates; then all
/// its problems are listed with their places.
pub fn read_template(name: &str, bytes: &[u8]) -> Result<Template, TemplateError> {
    if bytes.len() > MAX_BYTES {
        return Err(TemplateError::TooLarge { name: name.to_owned(), bytes: bytes.len() });
    }
    let text = str::from_utf8(bytes).map_err(|error| TemplateError::NotText {
        name: name.to_owned(),
        line: 1 + bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count(),
    })?;
    // Some editors put a byte order mark in front; the JSON reader does not know it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if json::values(text) > MAX_VALUES {
        return Err(TemplateError::TooMuch { name: name.to_owned() });
    }
    let value: Value = serde_json::from_str(text).map_err(|error| syntax(name, &error))?;
    let problems = check::template(&value);
    if !problems.is_empty() {
        return Err(TemplateError::Problems { name: name.to_owned(), problems });
    }
    serde_json::from_value(value).map_err(|error| TemplateError::Problems {
        name: name.to_owned(),
        problems: vec![Problem { place: check::WHOLE.to_owned(), what: format!("{error}.") }],
    })
}

/// What the JSON reader says, and how we say it. Its other words are plain enough.
const PLAIN: [(&str, &str); 8] = [
    ("EOF", "the file ends too early"),
    ("trailing comma", "there is a comma too many"),
    ("trailing characters", "there is more text after the end"),
    ("expected value", "a value is missing, or is not in quotation marks"),
    ("key must be a string", "a name is missing, or is not in quotation marks"),
    ("control character", "a line break or a hidden character stands inside quotation marks"),
    ("invalid escape", "a backslash stands before a character it does not go with"),
    ("recursion limit", "there are too many brackets inside each other"),
];

/// The JSON reader's words in ours, without its own mention of the place.
fn syntax(name: &str, error: &serde_json::Error) -> TemplateError {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or(&words);
    let why = match PLAIN.iter().find(|(theirs, _)| words.contains(theirs)) {
        Some((_, ours)) => (*ours).to_owned(),
        None => words.replace("invalid", "wrong"),
    };
    TemplateError::Syntax {
        name: name.to_owned(),
        line: error.line(),
        // A line break inside quotation marks is met before the first column.
        column: error.column().max(1),
        why,
    }
}
