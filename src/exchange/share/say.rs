//! What a person says with the thing as it is now, and the version that says it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::graph::Graph;
use super::project;
use super::version::Version;
use crate::model::fields::Field;
use crate::model::merge::{Conflict, Merged, Pick, Write};
use crate::model::revision::EntryError;
use crate::model::{Entry, Rev};

/// All that is here, with what the person says now, merged by field.
pub struct Joined {
    /// The merge.
    pub merged: Merged,
    /// What the person says now and no version says.
    pub words: Option<Version>,
}

impl Graph {
    /// What the person says with the thing as it is now, as a version made from all that is here;
    /// nothing where it is what is shown. It is never kept: its name is no other version's.
    ///
    /// # Errors
    /// The body breaks a rule of every record.
    pub fn words(&self, now: &Value) -> Result<Option<Version>, EntryError> {
        let heads = self.heads();
        let mut writes = Vec::new();
        if let Some(merged) = self.merge_of(&heads, None) {
            if self.shown(&merged, &BTreeMap::new(), None) == *now {
                return Ok(None);
            }
            // What is to be decided stays so, whatever else is said.
            let open = merged.conflicts.iter().filter(|it| !it.says_the_same());
            writes.extend(open.map(|conflict| self.write(conflict, None)));
        }
        let unlike = json!({ "not kept": now });
        let rev = Entry::new(self.kind(), self.id(), heads.clone(), unlike)?.rev;
        let entry = Entry::new(self.kind(), self.id(), heads, now.clone())?;
        Ok(Some(Version { writes, ..Version::new(Entry { rev, ..entry }) }))
    }

    /// All that is here with these words; nothing when there is nothing.
    pub fn joined(&self, words: Option<Version>) -> Option<Joined> {
        let mut heads = self.heads();
        if let Some(words) = &words {
            heads.retain(|head| !words.entry.parents.contains(head));
            heads.push(words.entry.rev);
        }
        let merged = self.merge_of(&heads, words.as_ref())?;
        Some(Joined { merged, words })
    }

    /// The thing as the person sees it: with these decisions, and their own side of what is still
    /// to be decided.
    pub fn shown(
        &self,
        merged: &Merged,
        picks: &BTreeMap<Field, Pick>,
        words: Option<Rev>,
    ) -> Value {
        let asked = merged.conflicts.iter().filter(|it| !it.says_the_same());
        let own = asked.map(|it| (it.field.clone(), Pick::Side(self.own_side(it, words))));
        let mut all: BTreeMap<Field, Pick> = own.collect();
        all.extend(picks.clone());
        project::settled(self.kind(), merged.settled(&all))
    }

    /// That a version says its own side of a conflict, and leaves the others beside it.
    fn write(&self, conflict: &Conflict, words: Option<Rev>) -> Write {
        let own = self.own_side(conflict, words);
        let value = conflict.sides.get(own).and_then(|side| side.value.as_ref());
        let others = conflict.sides.iter().enumerate().filter(|(at, _)| *at != own);
        Write::of(&conflict.field, value, others.map(|(_, side)| side.value.as_ref()))
    }

    /// A version that says this body, made from all that is here: its parents are the newest that
    /// both hold, and for one's own that the other may not have it stands. `open` is left to be
    /// decided.
    ///
    /// # Errors
    /// The body breaks a rule of every record.
    pub fn saying(
        &self,
        body: &Value,
        arrived: &BTreeSet<Rev>,
        joined: &Joined,
        open: &[Conflict],
    ) -> Result<Version, EntryError> {
        let both = self.behind(arrived.iter().copied());
        let is_shared = |rev: &Rev| both.contains(rev) || self.is_theirs(*rev);
        let (shared, own): (BTreeSet<Rev>, BTreeSet<Rev>) =
            self.all().into_iter().partition(is_shared);
        let parents = self.newest(&shared);
        let words = joined.words.as_ref().map(|version| version.entry.rev);
        let mut version = Version::new(Entry::new(self.kind(), self.id(), parents, body.clone())?);
        if self.version(version.entry.rev).is_some() {
            // The same was said before and taken back since: it comes after what was said between.
            let parents = self.newest(&self.all());
            version = Version::new(Entry::new(self.kind(), self.id(), parents, body.clone())?);
        } else {
            version.instead_of = own.iter().copied().collect();
        }
        version.writes.extend(open.iter().map(|conflict| self.write(conflict, words)));
        let mine: BTreeSet<Rev> = own.into_iter().chain(words).collect();
        version.writes.extend(self.said_itself(&version.entry, &joined.merged, &mine, open));
        Ok(version)
    }

    /// The fields that a version says itself though those that it is made from say the same:
    /// what was decided, and words of its maker's own versions that the other may never see.
    fn said_itself(
        &self,
        entry: &Entry,
        merged: &Merged,
        mine: &BTreeSet<Rev>,
        open: &[Conflict],
    ) -> Vec<Write> {
        let Some(before) = self.merge_of(&entry.parents, None) else { return Vec::new() };
        let said = merged.parts_of(&entry.body);
        let is_open = |field: &Field| open.iter().any(|it| it.field == *field);
        let is_decided = |field: &Field| merged.conflicts.iter().any(|it| it.field == *field);
        let is_said = |field: &Field, revs: &[Rev]| {
            let is_mine = revs.len() > 1 || revs.iter().any(|rev| mine.contains(rev));
            is_decided(field) || (is_mine && before.value(field) == said.values.get(field))
        };
        let all = merged.standing().iter().filter(|(field, _)| !is_open(field));
        all.filter(|(field, revs)| is_said(field, revs))
            .map(|(field, _)| Write::of(field, said.values.get(field), []))
            .collect()
    }

    /// A version of the thing as it is now, to be kept before it is sent: nothing when there is
    /// nothing new to say. What the person has not decided stays undecided.
    ///
    /// # Errors
    /// The body breaks a rule of every record.
    pub fn next(
        &self,
        now: &Value,
        arrived: &BTreeSet<Rev>,
    ) -> Result<Option<Version>, EntryError> {
        let Some(words) = self.words(now)? else { return Ok(None) };
        let Some(joined) = self.joined(Some(words)) else { return Ok(None) };
        let open = joined.merged.conflicts.iter().filter(|it| !it.says_the_same());
        let open: Vec<Conflict> = open.cloned().collect();
        self.saying(now, arrived, &joined, &open).map(Some)
    }
}
