//! Who is on hold: of whom nothing may be erased.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::facts::Matter;
use super::records::Records;
use super::standing::Files;
use crate::model::{Id, Rev};

/// The versions of people that say that nothing about them may be erased, those included that
/// this computer has seen and that are not here any more: a hold ends with a version that was
/// made from it, not when its file goes missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Holds(BTreeMap<Id, BTreeSet<Rev>>);

impl Holds {
    /// The holds among the files, and those of before that nobody has ended.
    pub fn of(files: &Files, before: &Holds) -> Holds {
        let held = files.values().flat_map(|facts| &facts.entries);
        let held = held.filter(|entry| entry.matter == Matter::OnHold).map(|entry| entry.id);
        let people: BTreeSet<Id> = held.chain(before.0.keys().copied()).collect();
        let holds = people.into_iter().map(|person| (person, before.of_person(files, person)));
        Holds(holds.filter(|(_, versions)| !versions.is_empty()).collect())
    }

    /// The versions that hold a person now.
    fn of_person(&self, files: &Files, person: Id) -> BTreeSet<Rev> {
        let about = || files.iter().filter(|(_, facts)| facts.is_about(person));
        let versions = || {
            let entries = about().flat_map(|(_, facts)| &facts.entries);
            entries.filter(|entry| entry.id == person)
        };
        let heads = Records::of(about()).heads(person);
        let on_hold = versions().filter(|entry| entry.matter == Matter::OnHold);
        let here = on_hold.map(|entry| entry.rev).filter(|rev| heads.contains(rev));
        let ended: BTreeSet<Rev> =
            versions().flat_map(|entry| entry.parents.iter().copied().chain([entry.rev])).collect();
        let before = self.0.get(&person).into_iter().flatten().copied();
        here.chain(before.filter(|rev| !ended.contains(rev))).collect()
    }

    /// Whether a person is on hold.
    pub fn has(&self, person: Id) -> bool {
        self.0.contains_key(&person)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
