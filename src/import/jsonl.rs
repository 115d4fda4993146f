//! JSON Lines: one conversation a line, as other journals and scripts write it.
//!
//! ```json
//! {"id":"s1","date":"2026-03-04","time":"14:30","minutes":60,"trainee":"Quiet Heron",
//!  "trainee_id":"t7","template":"grow","tags":["rota"],
//!  "fields":[{"id":"goal","prompt":"What do you want?","answer":"A plan."}],
//!  "actions":[{"id":"a1","text":"Ask the rota lead.","due":"2026-03-18","done":false}]}
//! ```
//! Only `date` is needed. Every answer becomes Private: nobody agreed to more. Characters that
//! nobody can see and that could mislead are left out. A file is known again by the `id`s of its
//! lines, and where a line has none by its content (see [`name_by_content`]).

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::model::clean::visible;
use crate::model::{
    Action, ActionState, Answer, Asked, AskedSection, Extra, Layer, Owner, Prompt, PromptKind,
    PromptLayer, Session, TemplateRef,
};

/// One line, as new records without identities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which line of the file it is, counted from 1.
    pub number: usize,
    /// The SHA-256 of a line without an `id`.
    pub content: Option<String>,
    /// The name of the other person, if the line gives one.
    pub person: Option<String>,
    /// The person's identity in the other program.
    pub person_source: Option<String>,
    /// The conversation; its `person` is not set yet.
    pub session: Session,
    /// Its actions; `person` and `from` are not set yet.
    pub actions: Vec<Action>,
}

/// Why a line can't be read. The number counts from 1.
#[derive(Debug, thiserror::Error)]
pub enum JsonlError {
    /// The bytes are not UTF-8 text.
    #[error("line {line} is not UTF-8 text")]
    NotText {
        /// The line.
        line: usize,
    },
    /// The line is not a conversation.
    #[error("line {line}, column {}: {source}", source.column())]
    Line {
        /// The line.
        line: usize,
        /// What the JSON reader says.
        source: serde_json::Error,
    },
    /// An answer, or the whole line, is longer than a record may be.
    #[error("line {line} holds {bytes} bytes; one conversation may hold {MAX_LINE}")]
    TooLong {
        /// The line.
        line: usize,
        /// Its length.
        bytes: usize,
    },
}

/// The longest line, in bytes. A record file may take 1 MiB on disk; encryption and the
/// envelope need the rest.
pub const MAX_LINE: usize = 900 * 1024;

/// Reads all lines. Empty lines are skipped.
///
/// # Errors
/// The first line that can't be read; nothing is imported then.
pub fn read(bytes: &[u8]) -> Result<Vec<Line>, JsonlError> {
    bytes
        .split(|byte| *byte == b'\n')
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim_ascii()))
        .filter(|(_, line)| !line.is_empty())
        .map(|(number, line)| read_line(number, line))
        .collect()
}

/// Gives each line without an `id` one from its content, so that a second import of the same
/// file knows it. Lines that are alike to the byte are counted: they are two conversations.
pub fn name_by_content(lines: &mut [Line]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for line in lines {
        let Some(content) = &line.content else { continue };
        let times = seen.entry(content.clone()).or_default();
        *times += 1;
        line.session.source_id = Some(match *times {
            1 => format!("sha256:{content}"),
            n => format!("sha256:{content}:{n}"),
        });
    }
}

fn read_line(line: usize, bytes: &[u8]) -> Result<Line, JsonlError> {
    if bytes.len() > MAX_LINE {
        return Err(JsonlError::TooLong { line, bytes: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| JsonlError::NotText { line })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw: Raw =
        serde_json::from_str(text).map_err(|source| JsonlError::Line { line, source })?;
    let content = raw.id.is_none().then(|| format!("{:x}", Sha256::digest(text)));
    Ok(raw.into_line(line, content))
}

#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    id: Option<String>,
    date: Date,
    #[serde(default)]
    time: Option<Time>,
    #[serde(default)]
    minutes: Option<u16>,
    #[serde(default, alias = "person")]
    trainee: Option<String>,
    #[serde(default, alias = "person_id")]
    trainee_id: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    template: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    fields: Vec<RawField>,
    #[serde(default)]
    actions: Vec<RawAction>,
}

#[derive(Deserialize)]
struct RawField {
    #[serde(default)]
    id: Option<String>,
    prompt: String,
    answer: String,
}

#[derive(Deserialize)]
struct RawAction {
    #[serde(default)]
    id: Option<String>,
    text: String,
    #[serde(default)]
    due: Option<Date>,
    #[serde(default)]
    done: bool,
}

impl Raw {
    fn into_line(self, number: usize, content: Option<String>) -> Line {
        let template = self.template.map_or_else(|| "imported".to_owned(), |id| visible(&id));
        let title = self.title.map_or_else(|| title_from(&template), |title| visible(&title));
        let actions = self.actions.into_iter().map(|action| action.into_action(self.date));
        let items = self.fields.into_iter().enumerate().map(|(at, field)| field.into_asked(at));
        let session = Session {
            person: None,
            template: TemplateRef { id: template, version: 0 },
            title,
            date: self.date,
            time: self.time,
            minutes: self.minutes,
            spent: 0,
            place: String::new(),
            sections: vec![AskedSection { title: "Imported".to_owned(), items: items.collect() }],
            margin: Vec::new(),
            arcp: Vec::new(),
            tags: self.tags.iter().map(|tag| visible(tag)).collect(),
            kept: Vec::new(),
            brought: Vec::new(),
            links: Vec::new(),
            // An imported conversation is over. The file does not say when: noon stands in.
            finished: noon(self.date),
            source_id: seen(self.id),
            removed: None,
            extra: Extra::new(),
        };
        Line {
            number,
            content,
            person: self.trainee.map(|name| visible(&name)),
            person_source: seen(self.trainee_id),
            session,
            actions: actions.collect(),
        }
    }
}

impl RawField {
    fn into_asked(self, at: usize) -> Asked {
        let prompt = Prompt {
            hidden: false,
            id: seen(self.id).unwrap_or_else(|| format!("field-{}", at + 1)),
            text: visible(&self.prompt),
            why: String::new(),
            phrases: Vec::new(),
            layer: PromptLayer::Private,
            kind: PromptKind::Text,
        };
        let answer = visible(&self.answer);
        let answer = (!answer.is_empty()).then_some(Answer::Text(answer));
        Asked::new(Arc::new(prompt), Layer::Private, answer)
    }
}

impl RawAction {
    fn into_action(self, made: Date) -> Action {
        Action {
            person: None,
            from: None,
            text: visible(&self.text),
            owner: Owner::Them,
            due: self.due,
            state: if self.done { ActionState::Done } else { ActionState::Open },
            settled: None,
            due_typed: String::new(),
            reason: String::new(),
            layer: Layer::Private,
            made,
            source_id: seen(self.id),
            removed: None,
            extra: Extra::new(),
        }
    }
}

/// An identity of another program: it is shown in lists, too.
fn seen(id: Option<String>) -> Option<String> {
    id.map(|id| visible(&id))
}

/// Noon of a day, where a file does not say when.
pub(super) fn noon(date: Date) -> Option<Timestamp> {
    date.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).ok().map(|moment| moment.timestamp())
}

/// "check-in" becomes "Check in".
fn title_from(template: &str) -> String {
    let words = template.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Conversation".to_owned(),
    }
}
