//! jrnl (jrnl.sh): its JSON export, and the plain text that it keeps.

use jiff::civil::{Date, Time};
use serde::Deserialize;

use super::lines::{clock, iso};
use super::{Draft, MAX_NOTES, NotesError, Told};

#[derive(Deserialize)]
struct File {
    entries: Vec<Entry>,
}

/// An entry of the JSON export (`jrnl --format json`).
#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    uuid: Option<String>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    date: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    tags: Vec<String>,
}

/// Whether a text looks like an export of it.
pub fn is(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Any {
        entries: Vec<Head>,
    }
    #[derive(Deserialize)]
    struct Head {
        #[serde(rename = "title")]
        _title: String,
        #[serde(rename = "date")]
        _date: String,
    }
    serde_json::from_str::<Any>(text).is_ok_and(|file| !file.entries.is_empty())
}

/// Whether a text is its own plain form: its first line is a time in brackets and a title.
pub fn begins(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.starts_with('[') && stamp(first).is_some()
}

pub fn read(text: &str, told: &mut Told) -> Result<Vec<Draft>, NotesError> {
    if text.trim_start().starts_with('{') { json(text, told) } else { plain(text) }
}

fn json(text: &str, told: &mut Told) -> Result<Vec<Draft>, NotesError> {
    let file: File = serde_json::from_str(text).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => NotesError::NotThat("jrnl"),
        _ => NotesError::NotJson { line: error.line(), column: error.column() },
    })?;
    if file.entries.len() > MAX_NOTES {
        return Err(NotesError::TooMany);
    }
    let mut drafts = Vec::with_capacity(file.entries.len());
    let mut without = 0;
    for entry in file.entries {
        let Some((date, _)) = iso(&entry.date) else {
            without += 1;
            continue;
        };
        let time = clock(&entry.time).map(|(time, _)| time);
        drafts.push(draft(entry.uuid, (date, time), &entry.title, &entry.body, entry.tags));
    }
    told.left_out(without, "entry whose date can’t be read", "entries whose date can’t be read");
    Ok(drafts)
}

fn draft(
    id: Option<String>,
    (date, time): (Date, Option<Time>),
    title: &str,
    body: &str,
    tags: Vec<String>,
) -> Draft {
    let title = title.trim().trim_end_matches(" *");
    let text = if body.trim().is_empty() { title } else { body };
    let tags = tags.into_iter().map(|tag| tag.trim_start_matches(['@', '#']).to_owned());
    Draft {
        id,
        date: Some(date),
        time,
        title: title.to_owned(),
        text: text.to_owned(),
        tags: tags.collect(),
    }
}

/// The text that jrnl keeps: a time and a title on one line, then the words. Times may stand in
/// brackets or, in files of old versions, without.
fn plain(text: &str) -> Result<Vec<Draft>, NotesError> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let bracketed = first.starts_with('[');
    if stamp(first).is_none() {
        return if text.trim().is_empty() {
            Ok(Vec::new())
        } else {
            Err(NotesError::NotThat("jrnl"))
        };
    }
    let mut found: Vec<((Date, Option<Time>), String, String)> = Vec::new();
    for line in text.lines() {
        match stamp(line).filter(|_| line.starts_with('[') == bracketed) {
            Some((when, title)) => found.push((when, title.to_owned(), String::new())),
            None => {
                if let Some((_, _, body)) = found.last_mut() {
                    body.push_str(line);
                    body.push('\n');
                }
            }
        }
        if found.len() > MAX_NOTES {
            return Err(NotesError::TooMany);
        }
    }
    let drafts = found.into_iter().map(|(when, title, body)| {
        let tags = tags(&title).chain(tags(&body)).collect();
        draft(None, when, &title, &body, tags)
    });
    Ok(drafts.collect())
}

/// The words with a sign before them that jrnl takes for tags.
fn tags(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split_whitespace().filter_map(|word| word.strip_prefix('@'));
    let plain = words.map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()));
    plain.filter(|word| !word.is_empty()).map(str::to_owned)
}

/// The time at the head of an entry and its title: "[2026-03-04 09:00:00 AM] Ward round".
fn stamp(line: &str) -> Option<((Date, Option<Time>), &str)> {
    let opened = line.strip_prefix('[');
    let (date, rest) = iso(opened.unwrap_or(line))?;
    let (time, rest) = match clock(rest.trim_start_matches(['T', ' '])) {
        Some((time, rest)) => (Some(time), rest),
        None => (None, rest),
    };
    let title = match opened {
        Some(_) => rest.trim_start().strip_prefix(']')?,
        // Without brackets only a time makes it one: a line of a text may begin with a day.
        None => time.and(rest.strip_prefix(' '))?,
    };
    Some(((date, time), title.trim()))
}
