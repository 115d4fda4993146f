//! What the owner learned and taught elsewhere.

use super::Journal;
use crate::model::{Id, Learning};

impl Journal {
    /// What was learned or taught and not taken out again, oldest first.
    pub fn learning(&self) -> Vec<(Id, &Learning)> {
        let here = self.learning.iter().filter(|(_, one)| one.removed.is_none());
        let mut all: Vec<(Id, &Learning)> = here.map(|(id, one)| (*id, one)).collect();
        all.sort_by_key(|(id, one)| (one.date, *id));
        all
    }

    /// Puts one in the place of what was there, which may have had another shape.
    pub(super) fn put_learning(&mut self, id: Id, learning: Learning) {
        self.others.remove(&id);
        self.learning.insert(id, learning);
    }
}
