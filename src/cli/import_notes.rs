//! Bringing in notes from text, Markdown, Word, jrnl and Day One.

use std::path::Path;

use serde_json::json;

use super::{End, Ended, Session, Stop, records, say};
use crate::app::{Notice, intake_notes};
use crate::import::notes::{self, Format};
use crate::model::Body;
use crate::model::text::{count, long_date};

/// What to do with what was read.
#[derive(Clone, Copy)]
pub struct How {
    /// Only say what would be done.
    pub preview: bool,
    /// Begin no note at a heading with a date.
    pub one_note: bool,
}

/// `cairn import --format text|markdown|docx|jrnl|dayone`
pub fn import(session: &Session, format: Format, file: &Path, how: How) -> Ended {
    let bytes = records::bytes(file, notes::MAX_BYTES as u64 + 1)?;
    let today = (session.clock)().date();
    let reading = notes::read(format, &bytes, today, how.one_note).map_err(|error| {
        Stop::Refused(Notice::new(
            format!("{}: {error}.", say::cell(file.display())),
            "Nothing was brought in.",
            "Check that it is the file you meant, and its kind.",
        ))
    })?;
    let (mut desk, opened) = session.unlocked()?;
    let now = (session.clock)().timestamp();
    let mut fresh = Session::fresh()?;
    let said = reading.said;
    let intake = intake_notes::prepare(reading.notes, &opened.journal, &mut fresh, now);
    if !how.preview {
        records::save_all(&mut desk, &intake.batches, now)?;
    }
    let reflections = intake.batches.iter().flatten().filter_map(|change| match &change.body {
        Body::Reflection(note) => Some((change.id, note)),
        _ => None,
    });
    if session.json {
        let listed = reflections.map(|(id, note)| {
            let id = (!how.preview).then_some(id);
            json!({ "id": id, "date": note.date, "title": note.title, "source_id": note.source_id })
        });
        say::json(&json!({
            "notes": intake.new, "known": intake.known, "left_out": intake.too_large,
            "preview": how.preview, "said": said, "new": listed.collect::<Vec<_>>(),
        }))?;
    } else {
        let mut out = say::out();
        if how.preview {
            for (_, note) in reflections {
                writeln!(out, "{}: {}", long_date(note.date), say::cell(&note.title))?;
            }
        }
        for words in intake.words().iter().chain(&said) {
            writeln!(out, "{}", say::cell(words))?;
        }
        if how.preview {
            writeln!(out, "This was a preview. Nothing was changed.")?;
        } else if intake.new > 0 {
            writeln!(out, "{} in your journal.", count(intake.new, "reflection"))?;
        }
    }
    Ok(if intake.too_large > 0 { End::Warnings } else { End::Fine })
}
