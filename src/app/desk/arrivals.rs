//! What other computers write while the record is open here, and how a save names what it was
//! made from.
//!
//! A version's parents are what the writer had seen. The screens may show an older state than
//! the vault holds: something arrived a moment ago, or the words come from a draft of last week.
//! So for each record with news the desk remembers the *base*, the versions the screens have been
//! shown, until they say that they took the news. A save from a base leaves what arrived standing
//! beside it, and nothing is written over unseen.

use std::collections::{BTreeMap, BTreeSet};

use super::Desk;
use super::reading::{self, ReadError};
use crate::app::draft::Change;
use crate::app::job::{Arrived, Outcome};
use crate::app::long::Task;
use crate::app::notice::Notice;
use crate::model::{Body, Id, Journal, Rev};
use crate::vault::{Content, Current, OpenVault, Refreshed};

/// The versions that the screens have been shown, where the vault holds newer ones.
#[derive(Debug, Default)]
pub struct Bases(BTreeMap<Id, Vec<Rev>>);

impl Bases {
    /// The versions that a new one is made from.
    pub fn parents(&self, vault: &OpenVault, id: Id) -> Vec<Rev> {
        self.0.get(&id).cloned().unwrap_or_else(|| vault.records().heads(id))
    }

    /// The screens show these versions of a record.
    pub fn show(&mut self, id: Id, revs: Vec<Rev>) {
        self.0.insert(id, revs);
    }

    /// Versions were saved. Where they were made from a base, they are what the screens show now.
    pub fn saved(&mut self, id: Id, revs: Vec<Rev>) {
        if let Some(base) = self.0.get_mut(&id) {
            *base = revs;
        }
    }

    /// The screens have taken all that there is of these records.
    pub fn took(&mut self, ids: &BTreeSet<Id>) {
        ids.iter().for_each(|id| drop(self.0.remove(id)));
    }
}

impl Desk {
    /// Looks for what other computers wrote since the last look. Nothing when there is nothing
    /// new, or the folder can't be read just now: the next save says so if it stays.
    pub fn look(&mut self) -> Vec<Outcome> {
        let now = self.now();
        let Ok(vault) = self.vault() else { return Vec::new() };
        vault.rest(now);
        let Ok(refreshed) = vault.refresh(now) else { return Vec::new() };
        if refreshed.changed { self.arrive(refreshed) } else { Vec::new() }
    }

    /// Hands out what changed in the vault without the screens, and remembers what they show.
    pub(super) fn arrive(&mut self, refreshed: Refreshed) -> Vec<Outcome> {
        self.unsettled.retain(|id, _| !refreshed.gone.contains(id));
        let mut arrived = Arrived { gone: refreshed.gone, ..Arrived::default() };
        for current in refreshed.current {
            let id = current.id;
            let base = refreshed.before.get(&id).cloned().unwrap_or_default();
            self.bases.0.entry(id).or_insert(base);
            self.hand_out(current, &mut arrived);
        }
        self.shapeless.retain(|id| !arrived.gone.contains(id));
        self.with_state(arrived)
    }

    /// What was saved from a base, or with places to settle: the screens have not seen all that
    /// stands there now.
    pub(super) fn saved_beside(&self, changes: &[Change]) -> BTreeSet<Id> {
        let beside = |id: &Id| self.bases.0.contains_key(id) || self.unsettled.contains_key(id);
        changes.iter().map(|change| change.id).filter(beside).collect()
    }

    /// Notes how many places of a record there are to settle.
    pub(super) fn note_unsettled(&mut self, id: Id, places: usize) {
        match places {
            0 => drop(self.unsettled.remove(&id)),
            _ => drop(self.unsettled.insert(id, places)),
        }
    }

    /// The versions that the screens have been shown of the records of these changes.
    pub(super) fn bases_of(&mut self, changes: &[Change]) -> BTreeMap<Id, Vec<Rev>> {
        let bases = std::mem::take(&mut self.bases);
        let mut shown = BTreeMap::new();
        if let Ok(vault) = self.vault() {
            shown.extend(changes.iter().map(|c| (c.id, bases.parents(vault, c.id))));
        }
        self.bases = bases;
        shown
    }

    /// The newest state of these records, for screens that could not take it before.
    pub fn show(&mut self, ids: &BTreeSet<Id>) -> Vec<Outcome> {
        let Ok(vault) = self.vault() else { return Vec::new() };
        let mut arrived = Arrived::default();
        let mut current = Vec::new();
        for id in ids {
            match vault.current_of(*id) {
                Some(found) => current.push(found),
                None => {
                    arrived.gone.insert(*id);
                }
            }
        }
        for current in current {
            self.hand_out(current, &mut arrived);
        }
        self.with_state(arrived)
    }

    fn hand_out(&mut self, current: Current, arrived: &mut Arrived) {
        let id = current.id;
        let Ok(vault) = self.vault() else { return };
        let shown = reading::shown(vault, current);
        self.note_unsettled(id, shown.as_ref().map_or(0, |shown| shown.unsettled));
        match shown {
            Ok(shown) => {
                self.shapeless.remove(&id);
                arrived.bodies.push((id, shown.body));
            }
            Err(_) => {
                self.shapeless.insert(id);
            }
        }
    }

    /// What there is to know about the record's files now, when something was found.
    pub(in crate::app) fn tell_state(&mut self) -> Vec<Outcome> {
        self.with_state(Arrived::default())
    }

    fn with_state(&mut self, mut arrived: Arrived) -> Vec<Outcome> {
        arrived.record = self.record_state();
        vec![Outcome::Arrived(arrived)]
    }

    /// The next texts that opening did not wait for; nothing when all have come.
    pub fn next_texts(&mut self) -> Option<Vec<(Id, Body)>> {
        let texts = self.vault().ok()?.next_texts()?;
        Some(reading::parse_all(texts))
    }

    /// Writes down what makes the next opening quick, where much is new.
    pub fn rest(&mut self) {
        let now = self.now();
        if let Ok(vault) = self.vault() {
            vault.rest(now);
        }
    }

    /// Reads the texts that opening did not wait for, all of them.
    pub fn fill(&mut self, journal: &mut Journal) {
        self.long.retain(|long| long.task() != Task::Texts);
        while let Some(texts) = self.next_texts() {
            journal.fill(texts);
        }
    }
}

/// In words, why a record's newest version can't be shown.
impl From<&ReadError> for Notice {
    fn from(error: &ReadError) -> Notice {
        match error {
            ReadError::Shape(_) => Notice::new(
                "A record can’t be shown: it does not have the form that this version knows.",
                "It was left as it is.",
                "A newer version of Cairn may read it.",
            ),
            ReadError::Vault(error) => Notice::from(error),
        }
    }
}

/// Whether a current version is only the short part.
pub fn is_short(current: &Current) -> bool {
    matches!(&current.content, Content::Glance(glance) if glance.is_short())
}
