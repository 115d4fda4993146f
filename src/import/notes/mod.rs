//! Notes from other programs: plain text, Markdown, Word, jrnl and Day One.
//!
//! Everything becomes Private, as a reflection with one text. Nothing is guessed in silence: what
//! is left out, and what decided where a note begins, stands in [`Reading::said`]. Characters that
//! nobody can see and that could mislead are left out, but for soft hyphens, which Word writes.

mod dayone;
mod docx;
mod jrnl;
mod lines;
mod plain;
mod unpack;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use sha2::{Digest as _, Sha256};

use super::jsonl::noon;
use crate::model::clean::{self, line};
use crate::model::text::count;
use crate::model::{
    Answer, Asked, AskedSection, Extra, Layer, Prompt, PromptKind, PromptLayer, Session,
    TemplateRef,
};

/// The longest file in bytes: a Word file may hold pictures.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// The longest text in bytes, by itself or in a file.
const MAX_WORDS: usize = 16 * 1024 * 1024;
/// The most lines or paragraphs of a text.
const MAX_LINES: usize = 400_000;
/// The most notes in one file: a working life of them.
pub const MAX_NOTES: usize = 20_000;
/// The most characters in one text: what an answer holds. A longer note has several.
const MAX_TEXT: usize = 200_000;
/// The most bytes of one note: a record file takes 1 MiB.
const MAX_NOTE: usize = 800 * 1024;
/// The most characters of a title.
const MAX_TITLE: usize = 120;
/// The most tags of a note, and characters of a tag.
const MAX_TAGS: usize = 50;
/// The question that an imported text stands under.
const QUESTION: &str = "Imported note";

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Plain text: one note.
    Text,
    /// Markdown: one note, or several where headings begin with a date.
    Markdown,
    /// A Word file (.docx), in the same way.
    Docx,
    /// jrnl: its JSON export or its own plain text.
    Jrnl,
    /// Day One: its JSON export, by itself or in its zip.
    DayOne,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The kind of file.
    pub format: Format,
    /// The notes, in the order of the file, as reflections without identities.
    pub notes: Vec<Note>,
    /// How many headings begin with a date, where that makes several notes of one text.
    pub by_date: usize,
    /// What was left out or decided, a sentence each.
    pub said: Vec<String>,
}

/// One note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The reflection it becomes.
    pub session: Session,
    /// Whether the file says its day; if not, the day of the import stands in.
    pub dated: bool,
}

/// Why a file can't be read. Nothing is brought in then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotesError {
    /// It is longer than any.
    #[error("it holds {bytes} bytes; the most is {most}")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The most.
        most: usize,
    },
    /// The bytes are no text in an encoding that is known.
    #[error("it is not text that can be read: neither UTF-8, UTF-16 nor Western European")]
    NotText,
    /// It is not JSON, or nested too deep.
    #[error("line {line}, column {column}: it can’t be read as JSON")]
    NotJson {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// It is JSON of something else.
    #[error("it is not an export of {0}")]
    NotThat(&'static str),
    /// The archive can't be opened.
    #[error("it can’t be opened: it is damaged, locked with a password, or another kind of file")]
    NotAnArchive,
    /// It holds more than any, once it is unpacked.
    #[error("it holds more than any note does. Bring it in in parts")]
    TooMuch,
    /// The text inside can't be read.
    #[error("the text in it can’t be read")]
    NotXml,
    /// More notes than any.
    #[error("it holds more than {MAX_NOTES} notes. Bring it in in parts")]
    TooMany,
}

impl Format {
    /// All kinds, in the order in which they are told.
    pub const ALL: [Format; 5] =
        [Format::Text, Format::Markdown, Format::Docx, Format::Jrnl, Format::DayOne];

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Format::Text => "Plain text",
            Format::Markdown => "Markdown",
            Format::Docx => "Word",
            Format::Jrnl => "jrnl",
            Format::DayOne => "Day One",
        }
    }

    /// The kind of a file by its name and, where several kinds share an ending, by what is in it;
    /// nothing for a file that holds no notes.
    pub fn of(name: &str, bytes: &[u8]) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "docx" => Some(Format::Docx),
            "zip" => Some(Format::DayOne),
            "md" | "markdown" => Some(Format::Markdown),
            "jrnl" => Some(Format::Jrnl),
            "txt" | "text" => {
                let text = plain::text(bytes).ok()?.0;
                Some(if jrnl::begins(&text) { Format::Jrnl } else { Format::Text })
            }
            "json" => {
                let text = plain::text(bytes).ok()?.0;
                if dayone::is(&text) {
                    Some(Format::DayOne)
                } else {
                    jrnl::is(&text).then_some(Format::Jrnl)
                }
            }
            _ => None,
        }
    }
}

/// Reads a file. `today` stands in for the day of a note that has none. With `one_note` no heading
/// begins a note of its own.
///
/// # Errors
/// The file can't be read; nothing is brought in then.
pub fn read(
    format: Format,
    bytes: &[u8],
    today: Date,
    one_note: bool,
) -> Result<Reading, NotesError> {
    let packed = bytes.starts_with(b"PK");
    let most = if packed { MAX_BYTES } else { MAX_WORDS };
    if bytes.len() > most {
        return Err(NotesError::TooLong { bytes: bytes.len(), most });
    }
    let mut told = Told::default();
    let drafts = match format {
        Format::Docx => lines::notes(&docx::read(bytes, &mut told)?, one_note, &mut told)?,
        Format::Markdown | Format::Text => {
            let text = told.decoded(bytes)?;
            match format {
                Format::Text => plain::note(&text).into_iter().collect(),
                _ => plain::markdown(&text, one_note, &mut told)?,
            }
        }
        Format::Jrnl => {
            let text = told.decoded(bytes)?;
            jrnl::read(&text, &mut told)?
        }
        Format::DayOne => dayone::read(bytes, &mut told)?,
    };
    if drafts.len() > MAX_NOTES {
        return Err(NotesError::TooMany);
    }
    Ok(told.reading(format, drafts, today))
}

/// The text of a plain file, whatever editor wrote it.
///
/// # Errors
/// It is no text.
pub fn decoded(bytes: &[u8]) -> Result<String, NotesError> {
    plain::text(bytes).map(|(text, _)| text)
}

/// A note as a reader found it.
#[derive(Debug, Default)]
struct Draft {
    /// Its identity in the other program.
    id: Option<String>,
    date: Option<Date>,
    time: Option<Time>,
    /// Its title; made from the text where it is empty.
    title: String,
    text: String,
    tags: Vec<String>,
}

/// What is told of a file besides its notes.
#[derive(Debug, Default)]
struct Told {
    by_date: usize,
    said: Vec<String>,
}

impl Told {
    fn say(&mut self, words: impl Into<String>) {
        self.said.push(words.into());
    }

    /// Says how many of something were left out, if any were.
    fn left_out(&mut self, number: usize, one: &str, many: &str) {
        match number {
            0 => {}
            1 => self.say(format!("Left out: 1 {one}.")),
            n => self.say(format!("Left out: {n} {many}.")),
        }
    }

    fn decoded(&mut self, bytes: &[u8]) -> Result<String, NotesError> {
        let (text, as_what) = plain::text(bytes)?;
        // Each is kept by itself, however short it is.
        if text.lines().take(MAX_LINES + 1).count() > MAX_LINES {
            return Err(NotesError::TooMuch);
        }
        self.said.extend(as_what);
        Ok(text)
    }

    fn reading(mut self, format: Format, drafts: Vec<Draft>, today: Date) -> Reading {
        let hidden: usize = drafts.iter().map(|draft| hidden(&draft.text)).sum();
        let (fits, large): (Vec<Draft>, Vec<Draft>) =
            drafts.into_iter().partition(|draft| draft.text.len() <= MAX_NOTE);
        self.left_out(
            large.len(),
            "note that is too long for one record",
            "notes that are too long for one record",
        );
        self.left_out(hidden, "character that nobody can see", "characters that nobody can see");
        let before = fits.len();
        let mut seen = HashMap::new();
        let notes: Vec<Note> =
            fits.into_iter().filter_map(|draft| draft.into_note(today, &mut seen)).collect();
        self.left_out(before - notes.len(), "empty note", "empty notes");
        let undated = notes.iter().filter(|note| !note.dated).count();
        if undated > 0 {
            let what = count(undated, "note");
            let (has, it) = if undated == 1 { ("has", "it gets") } else { ("have", "they get") };
            self.say(format!("{what} {has} no date: {it} today’s."));
        }
        if self.by_date > 1 {
            let words = format!(
                "{} headings begin with a date. Each begins a note of its own.",
                self.by_date
            );
            self.said.insert(0, words);
        }
        Reading { format, notes, by_date: self.by_date, said: self.said }
    }
}

/// How many characters of a text are left out because nobody can see them.
fn hidden(text: &str) -> usize {
    let ends = |c: char| matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}');
    let soft = |c: char| matches!(c, '\u{ad}' | '\u{2028}' | '\u{2029}');
    text.chars().filter(|c| clean::is_hidden(*c) && !ends(*c) && !soft(*c)).count()
}

impl Draft {
    /// The reflection it becomes; nothing without a word. `seen` counts notes that are alike: they
    /// are several.
    fn into_note(self, today: Date, seen: &mut HashMap<String, usize>) -> Option<Note> {
        let text = clean::written(&self.text);
        let text = text.trim_matches('\n').trim_end();
        let mut title: String = line(&self.title).chars().take(MAX_TITLE).collect();
        if title.is_empty() {
            let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            title = line(first.trim_start_matches('#')).chars().take(MAX_TITLE).collect();
        }
        if title.is_empty() && text.trim().is_empty() {
            return None;
        }
        let source = match self.id.map(|id| line(&id)).filter(|id| !id.is_empty()) {
            Some(id) => id,
            None => named((self.date, self.time), &title, text, seen),
        };
        let tags = self.tags.iter().map(|tag| line(tag).to_lowercase());
        let tags = tags.map(|tag| tag.chars().take(MAX_TITLE).collect::<String>());
        let mut tags: Vec<String> = tags.filter(|tag| !tag.is_empty()).take(MAX_TAGS).collect();
        tags.dedup();
        let date = self.date.unwrap_or(today);
        let session = Session {
            person: None,
            template: TemplateRef { id: "imported".to_owned(), version: 0 },
            title,
            date,
            time: self.time,
            minutes: None,
            spent: 0,
            place: String::new(),
            sections: vec![AskedSection { title: "Imported".to_owned(), items: items(text) }],
            margin: Vec::new(),
            arcp: Vec::new(),
            tags,
            // An imported note is over. The file does not say when: noon stands in.
            finished: noon(date),
            source_id: Some(source),
            kept: Vec::new(),
            brought: Vec::new(),
            links: Vec::new(),
            removed: None,
            extra: Extra::new(),
        };
        Some(Note { session, dated: self.date.is_some() })
    }
}

/// An identity from the content, so that a second import of the same file knows the note.
fn named(
    (date, time): (Option<Date>, Option<Time>),
    title: &str,
    text: &str,
    seen: &mut HashMap<String, usize>,
) -> String {
    let when = |it: Option<String>| it.unwrap_or_default();
    let date = when(date.map(|date| date.to_string()));
    let time = when(time.map(|time| time.to_string()));
    let hash = Sha256::digest([date.as_str(), &time, title, text].join("\u{1f}"));
    let name = format!("sha256:{hash:x}");
    let times = seen.entry(name.clone()).or_default();
    *times += 1;
    if *times == 1 { name } else { format!("{name}:{times}") }
}

/// The text as answers: one, or several where it is longer than an answer may be.
fn items(text: &str) -> Vec<Asked> {
    let mut rest = text;
    let mut items = Vec::new();
    loop {
        let (part, after) = cut(rest);
        let number = items.len() + 1;
        let question = match number {
            1 => QUESTION.to_owned(),
            n => format!("{QUESTION}, part {n}"),
        };
        items.push(asked(number, question, part));
        rest = after;
        if rest.trim().is_empty() {
            return items;
        }
    }
}

/// As much of a text as an answer holds, up to the end of a line where there is one, and the rest.
fn cut(text: &str) -> (&str, &str) {
    let Some((end, _)) = text.char_indices().nth(MAX_TEXT) else { return (text, "") };
    let (part, _) = text.split_at(end);
    let at = part.rfind('\n').filter(|at| *at > 0).unwrap_or(end);
    let (part, rest) = text.split_at(at);
    (part, rest.strip_prefix('\n').unwrap_or(rest))
}

fn asked(number: usize, question: String, text: &str) -> Asked {
    let prompt = Prompt {
        id: format!("note-{number}"),
        text: question,
        why: String::new(),
        phrases: Vec::new(),
        layer: PromptLayer::Private,
        hidden: false,
        kind: PromptKind::Text,
    };
    let answer = (!text.is_empty()).then(|| Answer::Text(text.to_owned()));
    Asked::new(Arc::new(prompt), Layer::Private, answer)
}
