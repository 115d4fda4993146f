//! Reading a file of any sort: its length, its text, its JSON.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::{FileError, MAX_BYTES, MAX_PROBLEMS, MAX_VALUES, Problem, Sort};
use crate::model::json;

/// How the whole of a file is called in a problem.
pub const fn whole(sort: Sort) -> &'static str {
    match sort {
        Sort::Template => "The template",
        Sort::Module => "The module",
        Sort::List => "The list",
        Sort::Cycle => "The cycle",
        Sort::Pack => "The pack",
    }
}

/// The text of a file, without a byte order mark: some editors put one in front.
pub fn text<'a>(sort: Sort, name: &str, bytes: &'a [u8]) -> Result<&'a str, FileError> {
    if bytes.len() > MAX_BYTES {
        return Err(FileError::TooLarge { sort, name: name.to_owned(), bytes: bytes.len() });
    }
    let text = str::from_utf8(bytes).map_err(|error| FileError::NotText {
        name: name.to_owned(),
        line: 1 + bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count(),
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// What a JSON file holds, once `check` finds nothing wrong in it.
pub fn read_json<T: DeserializeOwned>(
    sort: Sort,
    name: &str,
    bytes: &[u8],
    check: fn(&Value) -> Vec<Problem>,
) -> Result<T, FileError> {
    let value = json(sort, name, bytes)?;
    unless(sort, name, check(&value))?;
    typed(sort, name, value)
}

/// What a JSON file holds, whatever that is.
pub fn json(sort: Sort, name: &str, bytes: &[u8]) -> Result<Value, FileError> {
    let text = text(sort, name, bytes)?;
    if json::values(text) > MAX_VALUES {
        return Err(FileError::TooMuch { sort, name: name.to_owned() });
    }
    serde_json::from_str(text).map_err(|error| syntax(name, &error))
}

/// A checked value as what it is.
pub fn typed<T: DeserializeOwned>(sort: Sort, name: &str, value: Value) -> Result<T, FileError> {
    serde_json::from_value(value).map_err(|error| {
        let problem = Problem { place: whole(sort).to_owned(), what: format!("{error}.") };
        FileError::Problems { sort, name: name.to_owned(), problems: vec![problem] }
    })
}

/// Nothing, or the problems as an error.
pub fn unless(sort: Sort, name: &str, mut problems: Vec<Problem>) -> Result<(), FileError> {
    if problems.is_empty() {
        return Ok(());
    }
    let more = problems.len().saturating_sub(MAX_PROBLEMS);
    if more > 0 {
        problems.truncate(MAX_PROBLEMS);
        let what = format!("{more} more problems are not listed. Mend these first.");
        problems.push(Problem { place: whole(sort).to_owned(), what });
    }
    Err(FileError::Problems { sort, name: name.to_owned(), problems })
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
fn syntax(name: &str, error: &serde_json::Error) -> FileError {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or(&words);
    let why = match PLAIN.iter().find(|(theirs, _)| words.contains(theirs)) {
        Some((_, ours)) => (*ours).to_owned(),
        None => words.replace("invalid", "wrong"),
    };
    FileError::Syntax {
        name: name.to_owned(),
        line: error.line(),
        // A line break inside quotation marks is met before the first column.
        column: error.column().max(1),
        why,
    }
}
