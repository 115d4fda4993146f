//! The actions in the journal, in their orders and counted.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Journal;
use crate::model::index::Order;
use crate::model::{Action, Id, Owner};

impl Journal {
    /// One action.
    pub fn action(&self, id: Id) -> Option<&Action> {
        self.actions.get(&id)
    }

    /// All actions: open ones first, by due day, those without one last.
    pub fn actions(&self) -> Vec<(Id, &Action)> {
        let order = self.index.actions.iter();
        order.filter_map(|key| self.keyed(key)).collect()
    }

    /// The open actions, by due day, those without one last.
    pub fn open_actions(&self) -> impl Iterator<Item = (Id, &Action)> {
        self.open_actions_of(None)
    }

    /// Those that one of the two does, or all, in the same order.
    pub fn open_actions_of(&self, owner: Option<Owner>) -> impl Iterator<Item = (Id, &Action)> {
        self.index.open.get(&owner).into_iter().flatten().filter_map(|key| self.keyed(key))
    }

    /// How many of them there are.
    pub fn open_count(&self, owner: Option<Owner>) -> usize {
        self.index.open.get(&owner).map_or(0, BTreeSet::len)
    }

    /// How many open actions of the owner of the record are due by a day.
    pub fn due_by(&self, day: Date) -> usize {
        self.index.due.range(..=day).map(|(_, count)| count).sum()
    }

    /// The actions agreed in one conversation, in the order of their identities.
    pub fn actions_from(&self, held: Id) -> impl Iterator<Item = (Id, &Action)> {
        let ids = self.index.actions_from.get(&held).into_iter().flatten();
        ids.filter_map(|id| Some((*id, self.actions.get(id)?)))
    }

    /// How many actions there are.
    pub fn action_count(&self) -> usize {
        self.actions.len()
    }

    /// The actions that were answered on a day and are closed since.
    pub fn closed_on(&self, day: Date) -> impl Iterator<Item = (Id, &Action)> {
        let ids = self.index.closed.get(&day).into_iter().flatten();
        ids.filter_map(|id| Some((*id, self.actions.get(id)?)))
    }

    /// The actions agreed with one person, in the order of [`Journal::actions`].
    pub fn actions_with(&self, person: Id) -> Vec<(Id, &Action)> {
        let order = self.index.actions_with.get(&person).into_iter().flatten();
        order.filter_map(|key| self.keyed(key)).collect()
    }

    fn keyed(&self, (_, _, _, id): &Order) -> Option<(Id, &Action)> {
        Some((*id, self.actions.get(id)?))
    }
}
