//! The versions of one thing that two people share, and what follows from them: what to send,
//! what is new, what both changed.
//!
//! Only the graph is asked, never a clock and never the order in which files came. So a file
//! that is late, lost or brought twice makes no difference to where it ends.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};

use super::project;
use super::version::{Kept, Version, Whose};
use crate::model::merge::{self, Conflict, Merged, Write};
use crate::model::{Entry, Id, Kind, Rev};

/// All versions of one thing that one vault holds for one pair.
#[derive(Debug, Clone)]
pub struct Graph {
    kind: Kind,
    id: Id,
    versions: BTreeMap<Rev, Held>,
    /// All that some version stands for.
    stood_for: BTreeSet<Rev>,
    /// How the versions hang together, once it was asked for.
    ways: OnceCell<Ways>,
}

/// What each version was made from, as merging sees it, and how far back each lies.
#[derive(Debug, Clone)]
struct Ways {
    links: BTreeMap<Rev, Vec<Rev>>,
    depths: BTreeMap<Rev, usize>,
}

/// A version as the graph knows it.
#[derive(Debug, Clone)]
struct Held {
    /// Never copied with the graph: a long history holds a large plan many times.
    version: Arc<Version>,
    /// What it was made from, and what it stands for.
    before: Vec<Rev>,
    /// Whether it was made here.
    mine: bool,
    /// Whether the other made it; of the same from the same both may be makers.
    theirs: bool,
    /// Whether the vault's own record holds what it says.
    is_held: bool,
}

impl Held {
    /// What it is not made from and stands for all the same.
    fn stands_for(&self) -> impl Iterator<Item = Rev> {
        let parents = &self.version.entry.parents;
        self.before.iter().filter(|rev| !parents.contains(rev)).copied()
    }

    /// What it was made from and all that it is said to stand for.
    fn all_before(&self) -> impl Iterator<Item = Rev> {
        self.version.entry.parents.iter().chain(&self.version.instead_of).copied()
    }
}

impl Graph {
    /// A thing of which nothing has been shared yet.
    pub const fn new(kind: Kind, id: Id) -> Graph {
        Graph {
            kind,
            id,
            versions: BTreeMap::new(),
            stood_for: BTreeSet::new(),
            ways: OnceCell::new(),
        }
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

    /// Adds versions. What is held under a name is never replaced; that the vault's own record
    /// holds it, what else it stands for, and that the other made it as well is remembered.
    pub fn add(&mut self, kept: impl IntoIterator<Item = Kept>) {
        let mut is_named = false;
        for Kept { version, whose, covers, .. } in kept {
            is_named |= self.put(version, whose, !covers.is_empty());
        }
        if is_named {
            self.untangle();
        }
    }

    /// Adds a version; whether what stands for what has to be looked over afterwards.
    fn put(&mut self, version: Version, whose: Whose, is_held: bool) -> bool {
        self.ways.take();
        let rev = version.entry.rev;
        let version = Version { returned: false, ..version };
        let named = self.stood_for.contains(&rev) || !version.instead_of.is_empty();
        self.stood_for.extend(&version.instead_of);
        let held = self.versions.entry(rev).or_insert_with(|| {
            let before = version.entry.parents.clone();
            let version = Arc::new(version.clone());
            Held { version, before, mine: false, theirs: false, is_held }
        });
        held.is_held |= is_held;
        held.mine |= whose == Whose::Mine;
        held.theirs |= whose == Whose::Theirs;
        // Both made the same from the same; each stands for what its maker said before.
        if is_more(&version, &held.version) {
            let known = Arc::make_mut(&mut held.version);
            add_new(&mut known.instead_of, &version.instead_of);
            add_writes(&mut known.writes, version.writes);
        }
        named
    }

    /// What a version stands for was its maker's: what the other said as well is taken back by
    /// nobody else, though they took it back. And where both said the same things in another
    /// order, each would stand for the other and so for itself; then neither does.
    fn untangle(&mut self) {
        self.ways.take();
        let makers = |held: &Held| (held.mine, held.theirs);
        let made: BTreeMap<Rev, (bool, bool)> = self
            .stood_for
            .iter()
            .filter_map(|it| Some((*it, makers(self.versions.get(it)?))))
            .collect();
        for held in self.versions.values_mut() {
            let (mine, theirs) = makers(held);
            let is_own = |rev: &Rev| made.get(rev).is_none_or(|by| by.0 <= mine && by.1 <= theirs);
            let parents = &held.version.entry.parents;
            held.before =
                held.all_before().filter(|it| parents.contains(it) || is_own(it)).collect();
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
    pub(super) fn behind(&self, from: impl IntoIterator<Item = Rev>) -> BTreeSet<Rev> {
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
    pub(super) fn newest(&self, among: &BTreeSet<Rev>) -> Vec<Rev> {
        let before = among.iter().filter_map(|rev| self.versions.get(rev));
        let older = self.behind(before.flat_map(|held| held.before.iter().copied()));
        among.difference(&older).copied().collect()
    }

    pub(super) fn all(&self) -> BTreeSet<Rev> {
        self.versions.keys().copied().collect()
    }

    /// What the other is told has arrived: the newest versions, and what is known of them.
    pub fn arrived(&self) -> Vec<Rev> {
        let heads: BTreeSet<Rev> = self.heads().into_iter().collect();
        let versions = self.versions.values().map(|held| &*held.version);
        let told = versions.filter(|version| {
            heads.contains(&version.entry.rev)
                || version.instead_of.iter().any(|rev| heads.contains(rev))
        });
        let copies: Vec<Rev> = told.filter_map(copy_of).collect();
        heads.into_iter().chain(copies).collect()
    }

    /// The newest versions here.
    pub fn heads(&self) -> Vec<Rev> {
        self.newest(&self.all())
    }

    /// The versions that are one's own side: what the vault's own record holds, and all that it
    /// comes from.
    pub fn own(&self) -> BTreeSet<Rev> {
        let held = self.versions.iter().filter(|(_, held)| held.is_held).map(|(rev, _)| *rev);
        self.behind(held)
    }

    /// The version of this name.
    pub fn version(&self, rev: Rev) -> Option<(&Version, Whose)> {
        let whose = |held: &Held| if held.mine { Whose::Mine } else { Whose::Theirs };
        self.versions.get(&rev).map(|held| (&*held.version, whose(held)))
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

    pub(super) fn is_theirs(&self, rev: Rev) -> bool {
        self.versions.get(&rev).is_some_and(|held| held.theirs)
    }

    /// The versions for which a later one stands.
    fn replaced(&self) -> BTreeSet<Rev> {
        self.versions.values().flat_map(Held::stands_for).collect()
    }

    /// What the other has not confirmed, but for what a later version stands for. `arrived` are
    /// the newest versions that the other's last file named.
    pub fn outgoing(&self, arrived: &BTreeSet<Rev>) -> Vec<Version> {
        let both = self.behind(arrived.iter().copied());
        let replaced = self.replaced();
        let is_wanted = |rev: &&Rev| !both.contains(rev) && !replaced.contains(rev);
        // What one of them was made from goes with it, or the other could not take it.
        let mut wanted = BTreeSet::new();
        let mut waiting: Vec<Rev> = self.versions.keys().filter(is_wanted).copied().collect();
        // Of one that both made the other may know less, and so take something else for the newest.
        let again = self.versions.values().map(|held| &*held.version).filter(|version| {
            let newest = |rev| arrived.contains(rev);
            let tells = newest(&version.entry.rev) || version.instead_of.iter().any(newest);
            tells && copy_of(version).is_some_and(|copy| !arrived.contains(&copy))
        });
        let again: BTreeSet<Rev> = again.map(|version| version.entry.rev).collect();
        waiting.extend(&again);
        while let Some(rev) = waiting.pop() {
            if let Some(held) = self.versions.get(&rev)
                && (!both.contains(&rev) || again.contains(&rev))
                && wanted.insert(rev)
            {
                waiting.extend(&held.version.entry.parents);
            }
        }
        let wanted = self.versions.iter().filter(|(rev, _)| wanted.contains(rev));
        wanted
            .map(|(_, held)| Version { returned: !held.mine, ..(*held.version).clone() })
            .collect()
    }

    /// Which of these versions are not here, or stand for more than was known.
    pub fn unknown<'a>(&self, versions: &'a [Version]) -> Vec<&'a Version> {
        let is_known = |version: &&Version| {
            let held = self.versions.get(&version.entry.rev);
            held.is_some_and(|held| {
                let is_made = if version.returned { held.mine } else { held.theirs };
                is_made && !is_more(version, &held.version)
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
        let mut is_named = false;
        for version in versions {
            is_named |= self.put(version.clone(), version.maker(), false);
        }
        if is_named {
            self.untangle();
        }
        self
    }

    /// What each version was made from, as merging sees it. A version that another stands for
    /// may never have reached the other person; unless something was made from it that still
    /// stands, it counts for nothing, so that both find the same whether they hold it or not.
    fn ways(&self) -> &Ways {
        self.ways.get_or_init(|| {
            let entries = || self.versions.values().map(|held| &held.version.entry);
            let replaced = self.replaced();
            let made_from = entries().filter(|entry| !replaced.contains(&entry.rev));
            let parents: BTreeSet<Rev> =
                made_from.flat_map(|entry| &entry.parents).copied().collect();
            let link = |(rev, held): (&Rev, &Held)| {
                let counts =
                    |it: &&Rev| held.version.entry.parents.contains(it) || parents.contains(it);
                let before = held.before.iter().filter(counts).copied();
                (*rev, before.filter(|rev| self.versions.contains_key(rev)).collect())
            };
            let links: BTreeMap<Rev, Vec<Rev>> = self.versions.iter().map(link).collect();
            let all: Vec<Rev> = links.keys().copied().collect();
            let depths = merge::depths(&|rev| links.get(&rev).map(Vec::as_slice), &all);
            Ways { links, depths }
        })
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

    /// These versions merged by field; `beside` is one more that is not kept.
    pub(super) fn merge_of(&self, heads: &[Rev], beside: Option<&Version>) -> Option<Merged> {
        let Ways { links, depths } = self.ways();
        let found = |rev| beside.filter(|it| it.entry.rev == rev);
        let parents = |rev| match found(rev) {
            Some(beside) => Some(beside.entry.parents.as_slice()),
            None => links.get(&rev).map(Vec::as_slice),
        };
        let depth = |rev| match found(rev) {
            Some(_) => Some(self.versions.len()),
            None => depths.get(&rev).copied(),
        };
        let version = |rev: Rev| match beside.filter(|it| it.entry.rev == rev) {
            Some(beside) => Some(beside),
            None => self.versions.get(&rev).map(|held| &*held.version),
        };
        // What one says oneself is seen against what both have.
        let is_own = |rev| self.versions.get(&rev).is_none_or(|held| !held.theirs);
        let is_open = |rev| is_own(rev) || version(rev).is_some_and(Version::is_open);
        let needed = merge::needed_at(parents, depth, is_open, heads);
        let versions: Vec<&Version> = needed.into_iter().filter_map(version).collect();
        let bodies: Vec<Cow<'_, Value>> = versions.iter().map(|it| self.said(&it.entry)).collect();
        let versions = versions.iter().zip(&bodies).filter_map(|(version, body)| {
            let rev = version.entry.rev;
            let parents = parents(rev)?;
            Some(merge::Version { rev, parents, body, writes: &version.writes })
        });
        merge::merge(self.kind, &versions.collect::<Vec<_>>(), heads)
    }

    /// Which of the sides of a conflict is one's own: that of words not kept yet, else one that
    /// was made here, else one that the record holds.
    pub fn own_side(&self, conflict: &Conflict, beside: Option<Rev>) -> usize {
        let find = |is_own: &dyn Fn(&Rev) -> bool| {
            conflict.sides.iter().position(|side| side.revs.iter().any(is_own))
        };
        let held = |rev: &Rev| self.versions.get(rev);
        find(&|rev| beside == Some(*rev))
            .or_else(|| find(&|rev| held(rev).is_some_and(|held| held.mine && !held.theirs)))
            .or_else(|| find(&|rev| held(rev).is_some_and(|held| held.mine)))
            .or_else(|| find(&|rev| held(rev).is_some_and(|held| held.is_held)))
            .unwrap_or(0)
    }
}

/// A name for what is known of a version beside its body; nothing where there is nothing.
fn copy_of(version: &Version) -> Option<Rev> {
    let Version { entry, instead_of, writes, .. } = version;
    if instead_of.is_empty() && writes.is_empty() {
        return None;
    }
    let sorted: BTreeSet<&Rev> = instead_of.iter().collect();
    let writes: BTreeMap<String, BTreeSet<&String>> = writes
        .iter()
        .map(|write| (format!("{:?}", write.field), write.beside.iter().collect()))
        .collect();
    let writes: Vec<_> = writes.into_iter().collect();
    let known = json!({ "instead_of": sorted, "writes": writes });
    Entry::new(entry.kind, entry.id, vec![entry.rev], known).ok().map(|entry| entry.rev)
}

/// Whether a copy of a version says more of it than is known.
fn is_more(copy: &Version, known: &Version) -> bool {
    let is_new = |write: &Write| {
        let of = known.writes.iter().find(|it| it.field == write.field);
        of.is_none_or(|of| write.beside.iter().any(|words| !of.beside.contains(words)))
    };
    copy.instead_of.iter().any(|rev| !known.instead_of.contains(rev))
        || copy.writes.iter().any(is_new)
}

fn add_writes(known: &mut Vec<Write>, more: Vec<Write>) {
    for write in more {
        match known.iter_mut().find(|it| it.field == write.field) {
            Some(of) => add_new(&mut of.beside, &write.beside),
            None => known.push(write),
        }
    }
}

fn add_new<T: Clone + PartialEq>(list: &mut Vec<T>, more: &[T]) {
    let new: Vec<T> = more.iter().filter(|it| !list.contains(it)).cloned().collect();
    list.extend(new);
}
