//! Notes that are brought in from another program's file: the preview, and what takes it back.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::intake_notes;
use crate::import::notes::{Format, Note, Reading};
use crate::model::Journal;

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotesAction {
    /// Go to the page.
    Show,
    /// Bring in what is shown.
    BringIn,
    /// Take back the last import of this session.
    TakeBack,
}

/// A file with notes that was looked into.
pub struct ComingNotes {
    /// What the file is called.
    pub name: String,
    /// What it holds, with a note for each heading that begins with a date.
    pub reading: Reading,
    /// The same as one note, where that is something else.
    pub whole: Option<Reading>,
}

/// A line of the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The day it gets.
    pub date: Date,
    /// Whether the file says that day.
    pub dated: bool,
    /// Its title.
    pub title: String,
    /// The beginning of its text.
    pub begins: String,
    /// Whether it is here already and will be left out.
    pub known: bool,
}

/// What the form remembers.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct NotesForm {
    /// Whether no heading begins a note of its own.
    pub one_note: bool,
    /// How often more notes were asked for in the preview.
    pub more: usize,
}

impl ComingNotes {
    /// What comes in, as it is chosen.
    pub fn chosen(&self, form: &NotesForm) -> &Reading {
        self.whole.as_ref().filter(|_| form.one_note).unwrap_or(&self.reading)
    }

    /// The kind of file.
    pub const fn format(&self) -> Format {
        self.reading.format
    }

    /// The first `most` notes in words, set against what is here.
    pub fn lines(&self, form: &NotesForm, journal: &Journal, most: usize) -> Vec<Line> {
        const BEGINS: usize = 140;
        let known = intake_notes::known(journal);
        let line = |note: &Note| {
            let session = &note.session;
            let text = session.items().find_map(|asked| asked.answer.as_ref());
            let text = text.map(crate::model::text::answer_words).unwrap_or_default();
            let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            Line {
                date: session.date,
                dated: note.dated,
                title: session.title.clone(),
                begins: first.chars().take(BEGINS).collect(),
                known: session.source_id.as_deref().is_some_and(|id| known.contains(id)),
            }
        };
        self.chosen(form).notes.iter().take(most).map(line).collect()
    }

    /// How many notes are new, and how many are here already.
    pub fn counts(&self, form: &NotesForm, journal: &Journal) -> (usize, usize) {
        let held = intake_notes::known(journal);
        let mut seen = BTreeSet::new();
        let notes = &self.chosen(form).notes;
        let mut is_known = |note: &Note| {
            let source = note.session.source_id.clone().unwrap_or_default();
            held.contains(source.as_str()) || !seen.insert(source)
        };
        let known = notes.iter().filter(|note| is_known(note)).count();
        (notes.len() - known, known)
    }
}
