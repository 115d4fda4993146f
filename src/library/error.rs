//! What can be wrong with a file of the library, in words for the person who wrote it.

use std::fmt;

/// The longest file in bytes (1 MiB).
pub const MAX_BYTES: usize = 1024 * 1024;
/// The most values in a JSON file: more than 200 prompts with all their lists hold, or 1,000
/// items of a list. A file of the same length that is nothing but brackets would take a hundred
/// times its own size in memory.
pub const MAX_VALUES: usize = 20_000;

/// The most problems that are listed: nobody reads more before mending.
pub const MAX_PROBLEMS: usize = 100;

/// A template, module, list or pack that cannot be used. The text says what happened, what is safe
/// and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// The file is longer than any of its sort.
    #[error(
        "The file {name} is too large for a {sort}: {bytes} bytes, and the most is {MAX_BYTES}. \
         Nothing was changed. Check that it is the file you meant."
    )]
    TooLarge {
        /// What it should be.
        sort: Sort,
        /// The name of the file, as the caller gave it.
        name: String,
        /// Its length in bytes.
        bytes: usize,
    },
    /// The file holds more lists, objects and values than any of its sort.
    #[error(
        "The file {name} holds more than any {sort}: the most is {MAX_VALUES} values. \
         Nothing was changed. Check that it is the file you meant."
    )]
    TooMuch {
        /// What it should be.
        sort: Sort,
        /// The name of the file.
        name: String,
    },
    /// The pack was written by a newer Cairn.
    #[error(
        "The pack {name} was made by a newer Cairn (form {found}; this one reads form 1). \
         Nothing was changed. Update Cairn, or ask for a copy in the older form."
    )]
    Newer {
        /// The name of the file.
        name: String,
        /// The form it says it has.
        found: u64,
    },
    /// The file is not UTF-8 text.
    #[error(
        "The file {name} is not plain text (UTF-8): line {line} holds something else. \
         Nothing was changed. Save it again as UTF-8, then open it once more."
    )]
    NotText {
        /// The name of the file.
        name: String,
        /// The first line, counted from 1, with bytes that are not text.
        line: usize,
    },
    /// The file is not JSON.
    #[error(
        "The file {name} cannot be read as JSON. At line {line}, column {column}: {why}. \
         Nothing was changed. Mend that place, then open it again."
    )]
    Syntax {
        /// The name of the file.
        name: String,
        /// The line, counted from 1.
        line: usize,
        /// The column in bytes, counted from 1.
        column: usize,
        /// What the JSON reader met there.
        why: String,
    },
    /// The file is JSON but not a usable. Every problem found is listed.
    #[error("{}{}", cannot_be_used(*sort, name), list(problems))]
    Problems {
        /// What it should be.
        sort: Sort,
        /// The name of the file.
        name: String,
        /// All problems, in the order of the file.
        problems: Vec<Problem>,
    },
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// The structure of a conversation.
    Template,
    /// A learning module.
    Module,
    /// A reference list.
    List,
    /// Several of these in one file.
    Pack,
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Sort::Template => "template",
            Sort::Module => "module",
            Sort::List => "list",
            Sort::Pack => "pack",
        })
    }
}

/// One thing to mend, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The place in words: `Section 2 “Evidence”, prompt 3 (“gaps”)`.
    pub place: String,
    /// What is wrong and what would be right.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl FileError {
    /// What happened, what is safe and what to do, without the list of problems.
    pub fn lead(&self) -> String {
        match self {
            FileError::Problems { sort, name, .. } => cannot_be_used(*sort, name),
            other => other.to_string(),
        }
    }

    /// What is to be mended, where there is a list of it.
    pub fn problems(&self) -> &[Problem] {
        match self {
            FileError::Problems { problems, .. } => problems,
            _ => &[],
        }
    }
}

fn cannot_be_used(sort: Sort, name: &str) -> String {
    format!(
        "The {sort} {name} cannot be used yet. Nothing was changed. \
         Mend what is listed, then open it again."
    )
}

/// One line for each problem.
fn list(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("\n- {problem}")).collect()
}
