//! From imported notes to changes: what is here already is left out, the rest comes in batches.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::draft::Change;
use super::fresh::Fresh;
use super::intake::{BATCH, LARGEST, size};
use crate::import::notes::Note;
use crate::model::text::count;
use crate::model::{Body, Journal};

/// What an import of notes will do, or did.
#[derive(Debug, Default)]
pub struct NotesIntake {
    /// The new notes, some in each batch.
    pub batches: Vec<Vec<Change>>,
    /// How many are new.
    pub new: usize,
    /// How many were here already, by their identity in the file.
    pub known: usize,
    /// How many make records that are too large.
    pub too_large: usize,
}

/// The identities of everything that was brought in before and is here.
pub fn known(journal: &Journal) -> BTreeSet<&str> {
    journal.all_held().filter_map(|(_, held)| held.session.source_id.as_deref()).collect()
}

/// Prepares notes for saving. One that is here already is left as it is, so that a second import
/// of the same file adds nothing.
pub fn prepare(
    notes: Vec<Note>,
    journal: &Journal,
    fresh: &mut Fresh,
    now: Timestamp,
) -> NotesIntake {
    let mut intake = NotesIntake::default();
    let held = known(journal);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let (mut bytes, mut changes) = (0, Vec::new());
    for note in notes {
        let source = note.session.source_id.clone().unwrap_or_default();
        if held.contains(source.as_str()) || !seen.insert(source) {
            intake.known += 1;
            continue;
        }
        let change = Change { id: fresh.id(now), body: Body::Reflection(note.session) };
        let of_one = size(&change);
        if of_one > LARGEST {
            intake.too_large += 1;
            continue;
        }
        if bytes + of_one > BATCH && !changes.is_empty() {
            bytes = 0;
            intake.batches.push(std::mem::take(&mut changes));
        }
        bytes += of_one;
        intake.new += 1;
        changes.push(change);
    }
    intake.batches.extend((!changes.is_empty()).then_some(changes));
    intake
}

impl NotesIntake {
    /// What will be done, or was, a line each.
    pub fn words(&self) -> Vec<String> {
        let mut words = vec![format!("{} new, private.", count(self.new, "note"))];
        if self.known > 0 {
            words.push(format!("{} here already, left as they are.", count(self.known, "note")));
        }
        if self.too_large > 0 {
            let notes = count(self.too_large, "note");
            words.push(format!("{notes} left out: too long for one record."));
        }
        words
    }
}
