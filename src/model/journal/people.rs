//! The people of the journal, and how much there is about each.

use std::collections::{BTreeMap, BTreeSet};

use super::{About, Journal};
use crate::model::record::about;
use crate::model::{Certificate, Id, Person, Receipt};

impl Journal {
    /// The people, by name.
    pub fn people(&self) -> Vec<(Id, &Person)> {
        let names = self.index.names.iter();
        names.filter_map(|(_, id)| Some((*id, self.people.get(id)?))).collect()
    }

    /// One person.
    pub fn person(&self, id: Id) -> Option<&Person> {
        self.people.get(&id)
    }

    /// How much there is about one person.
    pub fn about(&self, person: Id) -> About {
        let held = |index: &BTreeMap<Id, BTreeSet<_>>| index.get(&person).map_or(0, BTreeSet::len);
        let others = self.others.iter();
        let attachments = self.attachments.values().filter(|file| file.removed.is_none());
        About {
            sessions: held(&self.index.sessions),
            reflections: held(&self.index.about),
            actions: self.index.actions_with.get(&person).map_or(0, BTreeSet::len),
            receipts: self.index.receipts.get(&person).map_or(0, BTreeSet::len),
            attachments: attachments.filter(|file| file.person == Some(person)).count(),
            others: others.filter(|(id, o)| about(o.0, **id, &o.1) == Some(person)).count(),
        }
    }

    /// What left about a person, or of a conversation, newest first.
    pub fn sent(&self, about: Id) -> Vec<(Id, &Receipt)> {
        let mut receipts = self.receipts();
        receipts.retain(|(_, receipt)| receipt.person == Some(about) || receipt.of == Some(about));
        receipts
    }

    /// One receipt.
    pub fn receipt(&self, id: Id) -> Option<&Receipt> {
        self.receipts.get(&id)
    }

    /// The certificates of what was erased, the newest first.
    pub fn certificates(&self) -> Vec<(Id, &Certificate)> {
        let receipts = self.all_receipts();
        let mut all: Vec<(Id, &Certificate)> =
            receipts.filter_map(|(id, it)| Some((id, it.erased.as_ref()?))).collect();
        all.sort_by_key(|(id, it)| std::cmp::Reverse((it.when, *id)));
        all
    }

    /// Finds people by identity or by full name, without regard to case.
    pub fn find_people(&self, wanted: &str) -> Vec<(Id, &Person)> {
        if let Some((id, person)) =
            wanted.parse().ok().and_then(|id| Some((id, self.people.get(&id)?)))
        {
            return vec![(id, person)];
        }
        let wanted = wanted.trim().to_lowercase();
        self.people()
            .into_iter()
            .filter(|(_, person)| person.name.trim().to_lowercase() == wanted)
            .collect()
    }
}
