//! The index of the open record, kept in step with the journal a little at a time.

use crate::model::text::fields;
use crate::model::{Id, Journal};
use crate::search::{Index, Segment};

/// So many records, or so many bytes of them, are taken in at a time: a frame does not wait.
const RECORDS: usize = 2_000;
const BYTES: usize = 200_000;

/// The index, and what it has not taken in yet.
#[derive(Debug, Default)]
pub struct Finder {
    index: Index,
    waiting: Vec<Id>,
}

impl Finder {
    /// Takes in some of what changed in the journal. Texts that are still being read come as a
    /// part of their own.
    pub(super) fn learn(&mut self, journal: &mut Journal) {
        self.waiting.append(&mut journal.take_news());
        let mut bytes = 0;
        for _ in 0..RECORDS {
            let Some(id) = self.waiting.pop() else { return };
            match journal.get(id) {
                Some(_) if journal.is_short(id) => {}
                Some(body) => {
                    bytes += fields(&body).iter().map(|field| field.text.len()).sum::<usize>();
                    self.index.put(id, &body);
                }
                None => self.index.remove(id),
            }
            if bytes > BYTES {
                return;
            }
        }
    }

    /// Takes in a part that was made elsewhere.
    pub(super) fn add(&mut self, part: Segment, journal: &Journal) {
        self.index.add(part, |id| journal.holds(id));
    }

    /// Whether something still waits to be taken in.
    pub fn is_behind(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// What there is to be asked.
    pub const fn index(&self) -> &Index {
        &self.index
    }
}
