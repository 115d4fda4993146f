//! What the vault hands out to be shown: the newest version of each record.

use std::borrow::Cow;

use super::facts::FileFacts;
use super::keys::Secrets;
use super::load::read_all;
use super::local::LocalState;
use super::names::RecordName;
use super::record_file::RecordFile;
use super::records::Records;
use super::snapshot::{self, Shown, Text};
use super::standing::Files;
use super::store::Store;
use crate::model::{Glance, Id, Kind};

/// The newest version of a record, as far as it is known yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Current {
    /// Which record.
    pub id: Id,
    /// What it holds.
    pub content: Content,
}

/// What is known of a record's newest version.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// The whole body, as JSON.
    Whole(Kind, Box<str>),
    /// What the lists show; the texts follow.
    Glance(Glance),
    /// There are several newest versions: two computers wrote side by side.
    Divided,
}

/// The newest versions among these texts.
pub fn among<'a>(
    records: &'a Records,
    texts: impl IntoIterator<Item = Text<'a>> + 'a,
) -> impl Iterator<Item = Current> + 'a {
    texts.into_iter().filter_map(|text| {
        let head = records.sole_head(text.id)?;
        let json = match text.json {
            Cow::Owned(json) => json.into_boxed_str(),
            Cow::Borrowed(json) => Box::from(json),
        };
        let content = Content::Whole(text.kind, json);
        (head.rev == text.rev).then_some(Current { id: text.id, content })
    })
}

/// The newest versions among what a list shows.
pub fn shown(records: &Records, shown: Vec<Shown>) -> impl Iterator<Item = Current> {
    shown.into_iter().filter_map(|(id, rev, glance)| {
        let head = records.sole_head(id)?;
        (head.rev == rev).then_some(Current { id, content: Content::Glance(glance) })
    })
}

/// The texts of a file.
pub fn texts_of(file: RecordFile) -> impl Iterator<Item = Text<'static>> {
    file.entries.into_iter().zip(file.bodies).map(|(entry, json)| Text {
        kind: entry.kind,
        id: entry.id,
        rev: entry.rev,
        json: Cow::Owned(json.into()),
    })
}

/// The texts that have not been handed out yet.
#[derive(Debug, Default)]
pub struct Following {
    /// The segments of the snapshot that hold them; the next one is the last.
    pub segments: Vec<u32>,
    /// The files that hold them where the snapshot had to go.
    pub files: Vec<RecordName>,
}

impl Following {
    /// Whether there are any.
    pub const fn is_empty(&self) -> bool {
        self.segments.is_empty() && self.files.is_empty()
    }

    /// The snapshot goes: what it was still to bring is read from the files.
    pub fn without_snapshot(&mut self, files: &Files) {
        let follows = |facts: &FileFacts| self.segments.contains(&facts.segment);
        let names = files.iter().filter(|(_, facts)| follows(facts)).map(|(name, _)| *name);
        self.files.extend(names);
        self.segments.clear();
    }

    /// The texts of the next segment, or of the next files. Where it is lost, its files are read.
    pub fn next(
        &mut self,
        store: &dyn Store,
        local: &LocalState,
        secrets: &Secrets,
        files: &Files,
    ) -> Option<Vec<Text<'static>>> {
        /// So many files are read at once.
        const FILES: usize = 512;
        let read = |names: &[RecordName]| {
            let read = read_all(store, secrets, names, |file| texts_of(file).collect::<Vec<_>>());
            Some(read.into_iter().filter_map(|(_, texts)| texts.ok()).flatten().collect())
        };
        let Some(number) = self.segments.pop() else {
            let next = self.files.split_off(self.files.len().saturating_sub(FILES));
            return if next.is_empty() { None } else { read(&next) };
        };
        if let Some(texts) = snapshot::read_segment(local, secrets, number) {
            return Some(texts);
        }
        let lost = files.iter().filter(|(_, facts)| facts.segment == number);
        let lost: Vec<RecordName> = lost.map(|(name, _)| *name).collect();
        read(&lost)
    }
}
