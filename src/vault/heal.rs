//! What a damaged file held is saved again where the local snapshot still has its text: the
//! snapshot is a cache, and may go at any time.

use jiff::Timestamp;

use super::error::{Damage, Damaged};
use super::names::RecordName;
use super::opened::OpenVault;
use super::{snapshot, standing};
use crate::model::Entry;

impl OpenVault {
    /// Remembers these files as damaged, and saves again what the local snapshot knows of them.
    /// The versions keep their names, so nothing is there twice. Says whether any was not known.
    pub fn take_damage(&mut self, damaged: &[Damaged], now: Timestamp) -> bool {
        let of_record = |damaged: &Damaged| {
            let names = self.loaded.found.files.iter();
            let name = names.copied().find(|name| name.path() == damaged.file)?;
            Some((name, damaged.why.clone()))
        };
        let records: Vec<(RecordName, Damage)> = damaged.iter().filter_map(of_record).collect();
        let mut new = false;
        for (name, why) in records {
            new |= self.found_damaged(name, why, now);
        }
        new
    }

    /// Lists a file as damaged, and remembers it for the next opening, which would not read it.
    /// Says whether it is new.
    pub(super) fn found_damaged(&mut self, name: RecordName, why: Damage, now: Timestamp) -> bool {
        self.remember_damaged(standing::file_ref(&name), true);
        let may_come_back = matches!(why, Damage::Unreadable(_) | Damage::Empty);
        let file = name.path();
        let new = self.loaded.damaged.iter().all(|known| known.file != file);
        if new {
            self.loaded.damaged.push(Damaged { file, why });
        }
        if !may_come_back {
            self.save_again(name, now);
        }
        new
    }

    /// Saves the versions of a file once more, if the snapshot has all of them.
    fn save_again(&mut self, name: RecordName, now: Timestamp) {
        let Some(entries) = self.remembered(name) else { return };
        if self.save(entries, now).is_ok() {
            self.loaded.files.remove(&name);
            self.look_again(now);
        }
    }

    /// What the snapshot remembers of a file that no other holds too.
    fn remembered(&self, name: RecordName) -> Option<Vec<Entry>> {
        let facts = self.loaded.files.get(&name).filter(|facts| facts.segment > 0)?;
        let number = facts.segment;
        let texts = snapshot::read_segment(&self.closed.local, &self.secrets, number)?;
        let entry = |held: &super::facts::EntryFacts| {
            let is_it = |text: &&snapshot::Text<'_>| (text.id, text.rev) == (held.id, held.rev);
            let body = serde_json::from_str(&texts.iter().find(is_it)?.json).ok()?;
            let entry = Entry::new(held.kind, held.id, held.parents.clone(), body).ok()?;
            (entry.rev == held.rev).then_some(entry)
        };
        facts.entries.iter().map(entry).collect()
    }
}
