//! The versions of one thing that two people share, and what follows from them: what to send,
//! what is new, what both changed.
//!
//! Only the graph is asked, never a clock and never the order in which files came. So a file
//! that is late, lost or brought twice makes no difference to where it ends.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::project;
use super::version::{Kept, Version, Whose};
use crate::model::fields;
use crate::model::merge::{self, Merged};
use crate::model::revision::EntryError;
use crate::model::{Entry, Id, Kind, Rev};

/// All versions of one thing that one vault holds for one pair.
#[derive(Debug, Clone)]
pub struct Graph {
    kind: Kind,
    id: Id,
    versions: BTreeMap<Rev, Held>,
    /// All that some version was made from or stands for.
    named: BTreeSet<Rev>,
}

/// A version as the graph knows it.
#[derive(Debug, Clone)]
struct Held {
    /// Never copied with the graph: a long history holds a large plan many times.
    version: Arc<Version>,
    /// What it was made from, and what it stands for.
    before: Vec<Rev>,
    whose: Whose,
    /// Whether the vault's own record holds what it says.
    is_held: bool,
}

impl Held {
    /// What it was made from and all that it is said to stand for.
    fn all_before(&self) -> impl Iterator<Item = Rev> {
        self.version.entry.parents.iter().chain(&self.version.instead_of).copied()
    }
}

impl Graph {
    /// A thing of which nothing has been shared yet.
    pub const fn new(kind: Kind, id: Id) -> Graph {
        Graph { kind, id, versions: BTreeMap::new(), named: BTreeSet::new() }
    }

    /// What sort of thing it is.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Which thing it is.
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Whether nothing has been shared yet.
    pub fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    /// Adds a version. What is held under its name is never replaced; that the vault's own
    /// record holds it, and what else it stands for, is remembered.
    pub fn add(&mut self, kept: Kept) {
        let is_held = !kept.covers.is_empty();
        let is_mine = |rev| self.versions.get(rev).is_some_and(|held| held.whose == Whose::Mine);
        let takes_mine = kept.whose == Whose::Theirs && kept.version.instead_of.iter().any(is_mine);
        let is_named = self.named.contains(&kept.version.entry.rev);
        self.put(kept.version, kept.whose, is_held);
        if takes_mine || is_named {
            self.untangle();
        }
    }

    /// Adds a version. What it stands for has to be looked over afterwards, if another names it.
    fn put(&mut self, version: Version, whose: Whose, is_held: bool) {
        let rev = version.entry.rev;
        let before: Vec<Rev> =
            version.entry.parents.iter().chain(&version.instead_of).copied().collect();
        self.named.extend(&before);
        match self.versions.get_mut(&rev) {
            None => {
                let version = Arc::new(version);
                self.versions.insert(rev, Held { version, before, whose, is_held });
            }
            // Both made the same from the same; each stands for what its maker said before.
            Some(held) => {
                held.is_held |= is_held;
                add_new(&mut held.before, &before);
                if version.instead_of.iter().any(|it| !held.version.instead_of.contains(it)) {
                    let known = Arc::make_mut(&mut held.version);
                    add_new(&mut known.instead_of, &version.instead_of);
                }
            }
        }
    }

    /// Where both said the same things in another order, each of them stands for the other and so
    /// for itself. Then neither stands for the other, whichever came first: both are asked. And
    /// what I said is taken back by nobody else, though they said the same and took that back.
    fn untangle(&mut self) {
        let is_mine = |(rev, held): (&Rev, &Held)| (held.whose == Whose::Mine).then_some(*rev);
        let mine: BTreeSet<Rev> = self.versions.iter().filter_map(is_mine).collect();
        for held in self.versions.values_mut() {
            held.before = held.all_before().collect();
            let parents = &held.version.entry.parents;
            if held.whose == Whose::Theirs {
                held.before.retain(|rev| parents.contains(rev) || !mine.contains(rev));
            }
        }
        let tangled = self.tangled();
        for (rev, held) in self.versions.iter_mut().filter(|(rev, _)| tangled.contains(rev)) {
            let parents = &held.version.entry.parents;
            let stays = |it: &Rev| parents.contains(it) || (it != rev && !tangled.contains(it));
            held.before.retain(stays);
        }
    }

    /// What is left when whatever has nothing before it, or nothing after it, is taken away again
    /// and again: what stands for itself, and what is between two such.
    fn tangled(&self) -> BTreeSet<Rev> {
        let mut after: BTreeMap<Rev, Vec<Rev>> = BTreeMap::new();
        let mut before: BTreeMap<Rev, Vec<Rev>> = BTreeMap::new();
        for (rev, held) in &self.versions {
            for earlier in held.before.iter().filter(|it| self.versions.contains_key(it)) {
                before.entry(*rev).or_default().push(*earlier);
                after.entry(*earlier).or_default().push(*rev);
            }
        }
        let mut left = self.all();
        for (links, back) in [(&before, &after), (&after, &before)] {
            let open = |rev: &Rev| {
                links.get(rev).into_iter().flatten().filter(|it| left.contains(it)).count()
            };
            let mut counts: BTreeMap<Rev, usize> = left.iter().map(|it| (*it, open(it))).collect();
            let none = counts.iter().filter(|(_, count)| **count == 0);
            let mut free: Vec<Rev> = none.map(|(rev, _)| *rev).collect();
            while let Some(rev) = free.pop() {
                left.remove(&rev);
                for next in back.get(&rev).into_iter().flatten() {
                    if let Some(count) = counts.get_mut(next) {
                        *count = count.saturating_sub(1);
                        if *count == 0 {
                            free.push(*next);
                        }
                    }
                }
            }
        }
        left
    }

    /// These versions and all that they come from, of those that are here.
    fn behind(&self, from: impl IntoIterator<Item = Rev>) -> BTreeSet<Rev> {
        let mut found = BTreeSet::new();
        let mut waiting: Vec<Rev> = from.into_iter().collect();
        while let Some(rev) = waiting.pop() {
            if let Some(held) = self.versions.get(&rev)
                && found.insert(rev)
            {
                waiting.extend(&held.before);
            }
        }
        found
    }

    /// Those of some versions from which none of the others was made.
    fn newest(&self, among: &BTreeSet<Rev>) -> Vec<Rev> {
        let older: BTreeSet<Rev> = among
            .iter()
            .filter_map(|rev| self.versions.get(rev))
            .flat_map(|held| self.behind(held.before.iter().copied()))
            .collect();
        among.difference(&older).copied().collect()
    }

    fn all(&self) -> BTreeSet<Rev> {
        self.versions.keys().copied().collect()
    }

    /// The newest versions here: what the other is told has arrived.
    pub fn heads(&self) -> Vec<Rev> {
        self.newest(&self.all())
    }

    /// The versions that are one's own side: what the vault's own record holds, and all that it
    /// comes from.
    pub fn own(&self) -> BTreeSet<Rev> {
        let held = self.versions.iter().filter(|(_, held)| held.is_held).map(|(rev, _)| *rev);
        self.behind(held)
    }

    /// The other's newest versions that the person has yet to decide about.
    pub fn undecided(&self) -> Vec<Rev> {
        let mine = self.own();
        self.heads().into_iter().filter(|head| !mine.contains(head)).collect()
    }

    /// Whether a newest version is one that its other maker took back: the two have yet to meet
    /// in a later one.
    pub fn is_split(&self) -> bool {
        let heads = self.heads();
        let mut taken_back = self.versions.values().flat_map(|held| &held.version.instead_of);
        taken_back.any(|rev| heads.contains(rev))
    }

    /// The version of this name.
    pub fn version(&self, rev: Rev) -> Option<(&Version, Whose)> {
        self.versions.get(&rev).map(|held| (&*held.version, held.whose))
    }

    /// What both last held in common, where it is one version: what a change is told against.
    pub fn common(&self, arrived: &BTreeSet<Rev>) -> Option<&Value> {
        let both: BTreeSet<Rev> =
            self.behind(arrived.iter().copied()).intersection(&self.own()).copied().collect();
        match self.newest(&both).as_slice() {
            [rev] => self.versions.get(rev).map(|held| &held.version.entry.body),
            _ => None,
        }
    }

    /// Whether the thing as it is now says something that no version of one's own says.
    pub fn is_changed(&self, now: &Value) -> bool {
        self.is_new(&self.own_words(now))
    }

    /// One's own words in the thing as it is now. While something is still to be decided, it also
    /// shows what the other wrote elsewhere: that stays theirs, or both would be asked about words
    /// that only one of them ever wrote.
    pub fn own_words<'a>(&self, now: &'a Value) -> Cow<'a, Value> {
        let own = self.merge_of(&self.newest(&self.own()), None);
        let all = self.merge_of(&self.heads(), None);
        let (Some(own), Some(all)) = (own, all.filter(|_| !self.undecided().is_empty())) else {
            return Cow::Borrowed(now);
        };
        let shown = all.settled(&all.picks_of(&self.own()));
        let back = fields::own_words(self.kind, now, &shown, &own.body);
        Cow::Owned(project::settled(self.kind, back))
    }

    fn is_new(&self, now: &Value) -> bool {
        let heads = self.newest(&self.own());
        // Where two of them differ, none says by itself which one stands.
        let says_it = |merged: Merged| {
            merged.conflicts.is_empty() && project::settled(self.kind, merged.body) == *now
        };
        !self.merge_of(&heads, None).is_some_and(says_it)
    }

    /// A version of the thing as it is now, to be kept before it is sent: nothing when one says
    /// it already. What the person has not decided stays undecided.
    ///
    /// # Errors
    /// The body breaks a rule of every record.
    pub fn next(
        &self,
        now: &Value,
        arrived: &BTreeSet<Rev>,
    ) -> Result<Option<Version>, EntryError> {
        self.next_of(&self.own_words(now), arrived)
    }

    /// The same, of one's own words alone.
    ///
    /// # Errors
    /// As [`Graph::next`].
    pub fn next_of(
        &self,
        words: &Value,
        arrived: &BTreeSet<Rev>,
    ) -> Result<Option<Version>, EntryError> {
        if self.is_new(words) { self.made(words, arrived, &self.own()).map(Some) } else { Ok(None) }
    }

    /// A version with which the person has decided about all that is here.
    ///
    /// # Errors
    /// The body breaks a rule of every record.
    pub fn deciding(&self, now: &Value, arrived: &BTreeSet<Rev>) -> Result<Version, EntryError> {
        self.made(now, arrived, &self.all())
    }

    /// A version made from these: its parents are the newest that both hold, and for one's own
    /// that the other may not have it stands.
    fn made(
        &self,
        now: &Value,
        arrived: &BTreeSet<Rev>,
        from: &BTreeSet<Rev>,
    ) -> Result<Version, EntryError> {
        let both = self.behind(arrived.iter().copied());
        let is_shared = |rev: &&Rev| both.contains(rev) || self.is_theirs(**rev);
        let (shared, own): (Vec<&Rev>, Vec<&Rev>) = from.iter().partition(|rev| is_shared(rev));
        let parents = self.newest(&shared.into_iter().copied().collect());
        let entry = Entry::new(self.kind, self.id, parents, now.clone())?;
        if !self.versions.contains_key(&entry.rev) {
            return Ok(Version { entry, instead_of: own.into_iter().copied().collect() });
        }
        // The same was said before and taken back since: it comes after what was said between.
        let entry = Entry::new(self.kind, self.id, self.newest(from), now.clone())?;
        Ok(Version { entry, instead_of: Vec::new() })
    }

    fn is_theirs(&self, rev: Rev) -> bool {
        self.versions.get(&rev).is_some_and(|held| held.whose == Whose::Theirs)
    }

    /// What the other has not confirmed, but for what a later version stands for. `arrived` are
    /// the newest versions that the other's last file named.
    pub fn outgoing(&self, arrived: &BTreeSet<Rev>) -> Vec<Version> {
        let both = self.behind(arrived.iter().copied());
        let replaced: BTreeSet<Rev> =
            self.versions.values().flat_map(|held| &held.version.instead_of).copied().collect();
        let is_wanted = |rev: &&Rev| !both.contains(rev) && !replaced.contains(rev);
        // What one of them was made from goes with it, or the other could not take it.
        let mut wanted = BTreeSet::new();
        let mut waiting: Vec<Rev> = self.versions.keys().filter(is_wanted).copied().collect();
        // The other takes for new what another version stands for: it is told again.
        let stands = |held: &&Held| held.version.instead_of.iter().any(|rev| arrived.contains(rev));
        let told_again = self.versions.values().filter(stands).map(|held| held.version.entry.rev);
        let told_again: BTreeSet<Rev> = told_again.collect();
        waiting.extend(&told_again);
        while let Some(rev) = waiting.pop() {
            if let Some(held) = self.versions.get(&rev)
                && (!both.contains(&rev) || told_again.contains(&rev))
                && wanted.insert(rev)
            {
                waiting.extend(&held.version.entry.parents);
            }
        }
        let wanted = self.versions.iter().filter(|(rev, _)| wanted.contains(rev));
        wanted.map(|(_, held)| (*held.version).clone()).collect()
    }

    /// Which of these versions are not here, or stand for more than was known.
    pub fn unknown<'a>(&self, versions: &'a [Version]) -> Vec<&'a Version> {
        let is_known = |version: &&Version| {
            self.versions.get(&version.entry.rev).is_some_and(|held| {
                let known = &held.version.instead_of;
                version.instead_of.iter().all(|rev| known.contains(rev))
            })
        };
        versions.iter().filter(|version| !is_known(version)).collect()
    }

    /// Whether all that a version was made from is here, or comes with it.
    pub fn can_take(&self, versions: &[Version]) -> bool {
        let coming: BTreeSet<Rev> = versions.iter().map(|version| version.entry.rev).collect();
        let is_here = |rev: &Rev| coming.contains(rev) || self.versions.contains_key(rev);
        versions.iter().all(|version| version.entry.parents.iter().all(is_here))
    }

    /// The graph with what came from the other, which the vault's own record does not hold yet.
    #[must_use]
    pub fn with(mut self, versions: &[Version]) -> Graph {
        for version in versions {
            self.put(version.clone(), Whose::Theirs, false);
        }
        self.untangle();
        self
    }

    /// One's own words as they are now, where there are any, merged by field with all that is here.
    ///
    /// # Errors
    /// What is now breaks a rule of every record.
    pub fn merged(&self, words: Option<&Value>) -> Result<Joined, EntryError> {
        let mut heads = self.heads();
        let newest = self.newest(&self.own());
        let Some(now) = words.filter(|words| self.is_new(words)) else {
            let merged = self.merge_of(&heads, None);
            return Ok(Joined { merged, mine: self.own() });
        };
        let entry = Entry::new(self.kind, self.id, newest.clone(), now.clone())?;
        heads.retain(|head| !newest.contains(head));
        heads.push(entry.rev);
        let mut mine = self.own();
        mine.insert(entry.rev);
        Ok(Joined { merged: self.merge_of(&heads, Some(&entry)), mine })
    }

    /// What each version was made from, as merging sees it. A version that another stands for
    /// may never have reached the other person; unless something was made from it, it counts for
    /// nothing, so that both find the same whether they hold it or not.
    fn links(&self, beside: Option<&Entry>) -> BTreeMap<Rev, Vec<Rev>> {
        let entries = || self.versions.values().map(|held| &held.version.entry).chain(beside);
        let parents: BTreeSet<Rev> = entries().flat_map(|entry| &entry.parents).copied().collect();
        let link = |entry: &Entry| {
            let stands_for = self.versions.get(&entry.rev).map(|held| held.before.as_slice());
            let counts = |rev: &&Rev| entry.parents.contains(rev) || parents.contains(rev);
            let before = stands_for.unwrap_or(&entry.parents).iter().filter(counts).copied();
            (entry.rev, before.filter(|rev| self.versions.contains_key(rev)).collect())
        };
        entries().map(link).collect()
    }

    fn entry(&self, rev: Rev) -> Option<&Entry> {
        self.versions.get(&rev).map(|held| &held.version.entry)
    }

    /// What a version says, as merging sees it: one with which all was taken back says what it was
    /// made from without any words, so that what the other wrote beside it stays.
    fn said<'a>(&'a self, entry: &'a Entry) -> Cow<'a, Value> {
        let mut earlier = entry;
        while project::is_taken_back(&earlier.body) {
            match earlier.parents.iter().find_map(|rev| self.entry(*rev)) {
                Some(parent) => earlier = parent,
                None => break,
            }
        }
        if std::ptr::eq(earlier, entry) {
            Cow::Borrowed(&entry.body)
        } else {
            Cow::Owned(project::emptied(self.kind, &earlier.body))
        }
    }

    fn merge_of(&self, heads: &[Rev], beside: Option<&Entry>) -> Option<Merged> {
        let known = self.links(beside);
        let needed = merge::needed(|rev| known.get(&rev).map(Vec::as_slice), heads);
        let bodies: BTreeMap<Rev, Cow<'_, Value>> = needed
            .iter()
            .filter_map(|rev| {
                let beside = beside.filter(|entry| entry.rev == *rev);
                let entry = beside.or_else(|| self.entry(*rev))?;
                Some((*rev, self.said(entry)))
            })
            .collect();
        let versions: Vec<merge::Version<'_>> = bodies
            .iter()
            .filter_map(|(rev, body)| {
                Some(merge::Version { rev: *rev, parents: known.get(rev)?, body })
            })
            .collect();
        merge::merge(self.kind, &versions, heads)
    }
}

fn add_new(list: &mut Vec<Rev>, more: &[Rev]) {
    let new: Vec<Rev> = more.iter().filter(|rev| !list.contains(rev)).copied().collect();
    list.extend(new);
}

/// What one's own words and the other's are together.
#[derive(Debug, Clone)]
pub struct Joined {
    /// The merge; nothing when there was nothing.
    pub merged: Option<Merged>,
    /// The versions that are one's own side.
    pub mine: BTreeSet<Rev>,
}
