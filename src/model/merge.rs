//! The merge by field: how a record is shown whose versions stand side by side.
//!
//! Of the values that were written to a [`Field`], the one that descends from the others stands;
//! where several different ones stand side by side the person decides. The graph of versions
//! alone is asked, never a clock, so every computer that holds the same versions shows the same.
//!
//! - A version has *written* a field when its value is not the one that stands where the versions
//!   it was made from meet: a version made from two sides that differ has decided between them,
//!   even when it took over one of the two. One whose forerunners are not all here counts as having
//!   written everything, because what it took over can't be told.
//! - Writes of the same value side by side agree; nobody is asked.
//! - **Layers: the narrower one stands, without asking**, because nothing ever moves to a wider
//!   layer by itself. That holds for words as well: words that were written in a narrower layer,
//!   and not seen by whoever chose the wider one, keep theirs. The person can widen it again,
//!   by the named act that shows the words.
//! - A tag or other plain word of a list that one side removed and the other put back stays.
//! - Questions that were added side by side all stay, each under its heading.
//! - A line for the ARCP is one field with its heading, its evidence and whether it was agreed:
//!   words that one side changed must not seem agreed because the other ticked the old ones.

mod ask;
mod conflict;
mod order;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use ask::{is_counted, layer_of, must_ask};
use walk::in_order;
pub use walk::{depths, needed, needed_at};

use super::fields::{Field, Parts, Shape, width};
use super::{Kind, Rev};

/// One version of a record, with its place in the graph.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// Its name.
    pub rev: Rev,
    /// The versions it was made from.
    pub parents: &'a [Rev],
    /// What it holds.
    pub body: &'a Value,
    /// What it says of itself beside that.
    pub writes: &'a [Write],
}

/// That a version says a field itself, though it may say the same as one that it was made from;
/// and which other words of that field it leaves beside its own, to be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write {
    /// Which field.
    pub field: Field,
    /// The other words, by [`name_of`] them: who wrote them first is not told alike by all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
}

impl Write {
    /// That a version says this of a field, beside these other words. What has no id of its own is
    /// named by what it says: how else it is called hangs on how far back one looks.
    pub fn of<'a>(
        field: &Field,
        value: Option<&Value>,
        beside: impl IntoIterator<Item = Option<&'a Value>>,
    ) -> Write {
        let beside: Vec<String> = beside.into_iter().map(name_of).collect();
        let named = |value: &Value| value.get("id").is_some();
        let field = match field {
            Field::Item { list, .. } if !value.is_some_and(named) => {
                let label = value.map(|value| name_of(Some(value))).or(beside.first().cloned());
                Field::Item { list: list.clone(), label: format!("={}", label.unwrap_or_default()) }
            }
            _ => field.clone(),
        };
        Write { field, beside }
    }

    /// The field as it is called in these parts.
    fn field_in<'a>(&self, mut all: impl Iterator<Item = &'a Parts>) -> Field {
        let Field::Item { list, label } = &self.field else { return self.field.clone() };
        let Some(name) = label.strip_prefix('=') else { return self.field.clone() };
        let find = |parts: &'a Parts| {
            let of_list =
                |field: &&Field| matches!(field, Field::Item { list: it, .. } if it == list);
            let values = parts.values.iter().filter(|(field, _)| of_list(field));
            values
                .into_iter()
                .find(|(_, value)| name_of(Some(value)) == name)
                .map(|(it, _)| it.clone())
        };
        all.find_map(find).unwrap_or_else(|| self.field.clone())
    }
}

/// A short name for the value of a field, or for its having none.
pub fn name_of(value: Option<&Value>) -> String {
    let text = value.map(Value::to_string).unwrap_or_default();
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A record whose versions stand side by side, as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// What is shown; where a field is in conflict, the first of its sides.
    pub body: Value,
    /// The fields that the person has to decide, in a fixed order.
    pub conflicts: Vec<Conflict>,
    shape: Shape,
    parts: Parts,
    /// The versions whose words stand in each field.
    standing: BTreeMap<Field, Vec<Rev>>,
    /// Questions that one side took out and that stand only for an answer of another side.
    lent: BTreeSet<String>,
}

/// A field to which different values were written side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Which field.
    pub field: Field,
    /// The values, at least two. The first is the one that the body shows.
    pub sides: Vec<Side>,
}

/// One of the values.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The value; nothing where the field was taken out.
    pub value: Option<Value>,
    /// The versions that wrote it, in order.
    pub revs: Vec<Rev>,
}

/// What the person decides for a field in conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// One of the sides, counted from 0.
    Side(usize),
    /// All of them, one below the other.
    All,
    /// Words of their own.
    New(String),
}

/// Merges these heads of a record by field. `versions` are those that are here, in any order:
/// all that [`needed`] names, or more. Nothing when no head is among them.
pub fn merge(kind: Kind, versions: &[Version<'_>], heads: &[Rev]) -> Option<Merged> {
    let by_rev: BTreeMap<Rev, Version<'_>> = versions.iter().map(|v| (v.rev, *v)).collect();
    let heads: BTreeSet<Rev> =
        heads.iter().filter(|head| by_rev.contains_key(head)).copied().collect();
    let heads: Vec<Rev> = heads.into_iter().rev().collect();
    let shape = Shape::of(kind, versions.iter().map(|version| version.body));
    if let ([Version { rev, body, .. }], [_]) = (versions, heads.as_slice()) {
        let parts = Parts::of(&shape, body, &[]);
        let standing = parts.values.keys().map(|field| (field.clone(), vec![*rev])).collect();
        let (body, conflicts, lent) = ((*body).clone(), Vec::new(), BTreeSet::new());
        return Some(Merged { body, conflicts, shape, parts, standing, lent });
    }
    heads.first()?;
    Some(Graph::new(kind, &shape, &by_rev, &heads).merged(shape))
}

/// The versions to be merged, each after those it was made from, by their place in that order.
struct Graph {
    kind: Kind,
    revs: Vec<Rev>,
    parts: Vec<Parts>,
    /// For each version, those that it comes from.
    before: Vec<BTreeSet<usize>>,
    /// For each version, the fields that it says itself, with the words that it leaves beside.
    says: Vec<BTreeMap<Field, Vec<String>>>,
    /// For each version and field, the writes that stand there.
    standing: Vec<BTreeMap<Field, Vec<usize>>>,
    /// The largest name first.
    heads: Vec<usize>,
}

impl Graph {
    fn new(kind: Kind, shape: &Shape, by_rev: &BTreeMap<Rev, Version<'_>>, heads: &[Rev]) -> Graph {
        let parents_of = |rev: Rev| by_rev.get(&rev).map(|version| version.parents);
        let revs = in_order(&parents_of, heads);
        let place: BTreeMap<Rev, usize> =
            revs.iter().enumerate().map(|(at, rev)| (*rev, at)).collect();
        let mut graph = Graph {
            kind,
            heads: heads.iter().filter_map(|head| place.get(head).copied()).collect(),
            parts: Vec::with_capacity(revs.len()),
            before: Vec::with_capacity(revs.len()),
            says: Vec::with_capacity(revs.len()),
            standing: Vec::new(),
            revs,
        };
        let mut parents: Vec<(Vec<usize>, bool)> = Vec::new();
        for rev in graph.revs.clone() {
            let Some(version) = by_rev.get(&rev) else { continue };
            let known: Vec<usize> =
                version.parents.iter().filter_map(|parent| place.get(parent).copied()).collect();
            let mut before: BTreeSet<usize> = known.iter().copied().collect();
            before.extend(known.iter().filter_map(|at| graph.before.get(*at)).flatten());
            let parts: Vec<&Parts> = known.iter().filter_map(|at| graph.parts.get(*at)).collect();
            let known_parts = parts;
            let parts = Parts::of(shape, version.body, &known_parts);
            let all = || [&parts].into_iter().chain(known_parts.iter().copied());
            let called = |it: &Write| it.field_in(all());
            let says = version.writes.iter().map(|it| (called(it), it.beside.clone())).collect();
            graph.says.push(says);
            graph.parts.push(parts);
            graph.before.push(before);
            let all_here = known.len() == version.parents.len() && !known.is_empty();
            parents.push((known, all_here));
        }
        graph.find_writes(&parents);
        graph
    }

    /// Finds, version by version, which writes of each field stand there.
    fn find_writes(&mut self, parents: &[(Vec<usize>, bool)]) {
        let fields: BTreeSet<Field> =
            self.parts.iter().flat_map(|parts| parts.values.keys().cloned()).collect();
        for (at, (parents, all_here)) in parents.iter().enumerate() {
            let mut standing = BTreeMap::new();
            for field in &fields {
                let mut taken = self.standing_at(parents, field);
                if self.says.get(at).is_some_and(|says| says.contains_key(field)) {
                    taken.retain(|write| self.leaves(at, *write, field));
                    taken.push(at);
                    standing.insert(field.clone(), taken);
                    continue;
                }
                let value = self.value(at, field);
                let is_taken = *all_here
                    && taken.iter().all(|write| self.value(*write, field) == value)
                    && (layer_of(self.kind, field).is_none()
                        || self.layer(parents, field) == value);
                let writes = if is_taken { taken } else { vec![at] };
                standing.insert(field.clone(), writes);
            }
            self.standing.push(standing);
        }
    }

    /// The writes of a field that stand in these versions and that none of the others descends
    /// from.
    fn standing_at(&self, versions: &[usize], field: &Field) -> Vec<usize> {
        let all: BTreeSet<usize> = versions
            .iter()
            .filter_map(|at| self.standing.get(*at)?.get(field))
            .flatten()
            .copied()
            .collect();
        let newest = |write: &&usize| {
            !all.iter().any(|other| {
                self.comes_from(*other, **write) && !self.leaves(*other, **write, field)
            })
        };
        all.iter().filter(newest).copied().collect()
    }

    fn comes_from(&self, later: usize, earlier: usize) -> bool {
        self.before.get(later).is_some_and(|before| before.contains(&earlier))
    }

    /// Whether a version leaves another one's words of a field beside its own.
    fn leaves(&self, later: usize, earlier: usize, field: &Field) -> bool {
        let beside = self.says.get(later).and_then(|says| says.get(field));
        let is_left = |beside: &Vec<String>| beside.contains(&name_of(self.value(earlier, field)));
        beside.is_some_and(|beside| !beside.is_empty() && is_left(beside))
    }

    fn value(&self, version: usize, field: &Field) -> Option<&Value> {
        self.parts.get(version)?.values.get(field)
    }

    fn merged(&self, shape: Shape) -> Merged {
        let mut parts = Parts::default();
        let mut conflicts = Vec::new();
        let fields = self.standing.last().into_iter().flat_map(BTreeMap::keys);
        for field in fields {
            let sides = self.sides(field);
            let value = if layer_of(self.kind, field).is_some() {
                self.layer(&self.heads, field).cloned()
            } else if *field == Field::Order {
                order::all(sides.iter().filter_map(|side| side.value.as_ref()))
            } else if is_counted(field) {
                let most = |side: &Side| side.value.as_ref().and_then(Value::as_u64);
                sides.iter().max_by_key(|side| most(side)).and_then(|side| side.value.clone())
            } else {
                sides.first().and_then(|side| side.value.clone())
            };
            if let Some(value) = value {
                parts.values.insert(field.clone(), value);
            }
            if sides.len() > 1 && must_ask(self.kind, field, &sides) {
                conflicts.push(Conflict { field: field.clone(), sides });
            }
        }
        let heads: Vec<&Parts> = self.heads.iter().filter_map(|at| self.parts.get(*at)).collect();
        parts.order_as(&heads);
        let lent = self.lend(&mut parts, &conflicts);
        let donors: Vec<&Parts> = self.parts.iter().rev().collect();
        let standing = self.standing.last().into_iter().flat_map(BTreeMap::keys).map(|field| {
            let revs = self.standing_at(&self.heads, field).into_iter();
            (field.clone(), revs.filter_map(|at| self.revs.get(at).copied()).collect())
        });
        let standing = standing.collect();
        Merged { body: parts.body(&shape, &donors), conflicts, shape, parts, standing, lent }
    }

    /// Gives an answer that is still to be decided the question, the place and the layer that it
    /// has where it was written, when another side took the whole question out.
    fn lend(&self, parts: &mut Parts, conflicts: &[Conflict]) -> BTreeSet<String> {
        let mut lent = BTreeSet::new();
        for Conflict { field, sides } in conflicts {
            let (Field::Answer(id) | Field::OtherView(id)) = field else { continue };
            let prompt = Field::Prompt(id.clone());
            let kept = self.sides(&prompt);
            if !kept.is_empty() && kept.iter().all(|side| side.value.is_some()) {
                continue;
            }
            let written = sides.iter().find(|side| side.value.is_some());
            let writer = written.and_then(|side| side.revs.last());
            let from = self.revs.iter().zip(&self.parts).find(|(rev, _)| Some(*rev) == writer);
            let Some((_, from)) = from else { continue };
            for field in [prompt, Field::Layer(id.clone())] {
                if let Some(value) = from.values.get(&field) {
                    parts.values.entry(field).or_insert_with(|| value.clone());
                }
            }
            let order = parts.values.get(&Field::Order).cloned().unwrap_or_else(|| json!([]));
            let there = from.values.get(&Field::Order);
            if let Some(order) = there.and_then(|there| order::with(order, there, id)) {
                parts.values.insert(Field::Order, order);
            }
            lent.insert(id.clone());
        }
        lent
    }

    /// The different values of a field that stand side by side. What is there comes before what
    /// was taken out, then the largest name.
    fn sides(&self, field: &Field) -> Vec<Side> {
        let mut sides: Vec<Side> = Vec::new();
        for write in self.standing_at(&self.heads, field) {
            let Some(rev) = self.revs.get(write).copied() else { continue };
            let value = self.value(write, field).cloned();
            match sides.iter_mut().find(|side| side.value == value) {
                Some(side) => side.revs.push(rev),
                None => sides.push(Side { value, revs: vec![rev] }),
            }
        }
        sides.iter_mut().for_each(|side| side.revs.sort_unstable());
        sides.sort_by_key(|side| {
            std::cmp::Reverse((side.value.is_some(), side.revs.last().copied()))
        });
        sides
    }

    /// The layer that stands where these versions meet: the narrowest that was chosen, and none
    /// wider than the one in which words were written that whoever chose it had not seen.
    fn layer(&self, versions: &[usize], field: &Field) -> Option<&Value> {
        let at = |write: &usize| self.value(*write, field);
        let choices = self.standing_at(versions, field);
        let narrowest = choices.iter().filter_map(at).min_by_key(|value| width(value))?;
        let chosen: Vec<&usize> =
            choices.iter().filter(|write| at(write) == Some(narrowest)).collect();
        let saw = |choice: usize, write: usize| choice == write || self.comes_from(choice, write);
        let words = layer_of(self.kind, field).into_iter().flatten();
        let unseen = words
            .flat_map(|words| self.standing_at(versions, &words))
            .filter(|write| !chosen.iter().any(|choice| saw(**choice, *write)));
        let caps = unseen.filter_map(|write| self.value(write, field));
        caps.chain([narrowest]).min_by_key(|value| width(value))
    }
}

impl Merged {
    /// The body with the person's decisions; a conflict without one stays as it is shown.
    pub fn settled(&self, picks: &BTreeMap<Field, Pick>) -> Value {
        let mut parts = self.parts.clone();
        for conflict in &self.conflicts {
            match picks.get(&conflict.field) {
                None => {}
                Some(Pick::Side(at)) => {
                    let value = conflict.sides.get(*at).and_then(|side| side.value.clone());
                    put(&mut parts, &conflict.field, value);
                }
                Some(Pick::New(words)) => {
                    put(&mut parts, &conflict.field, conflict.written(words));
                }
                Some(Pick::All) => conflict.put_all(&mut parts),
            }
        }
        for id in &self.lent {
            let words = [Field::Answer(id.clone()), Field::OtherView(id.clone())];
            if !words.iter().any(|field| parts.values.contains_key(field)) {
                parts.values.remove(&Field::Prompt(id.clone()));
            }
        }
        parts.body(&self.shape, &[])
    }

    /// The value of a field as it is shown.
    pub fn value(&self, field: &Field) -> Option<&Value> {
        self.parts.values.get(field)
    }

    /// A body taken apart, with the fields called as they are here.
    pub fn parts_of(&self, body: &Value) -> Parts {
        Parts::of(&self.shape, body, &[&self.parts])
    }

    /// The versions whose words stand in each field.
    pub const fn standing(&self) -> &BTreeMap<Field, Vec<Rev>> {
        &self.standing
    }

    /// The bodies to keep when a changed one is saved without the person having been asked: it,
    /// and beside it one for each further side of the conflicts in which it still says what was
    /// shown. So an edit elsewhere in the record decides nothing.
    pub fn with_open_conflicts(&self, changed: &Value) -> Vec<Value> {
        let parts = Parts::of(&self.shape, changed, &[&self.parts]);
        let open: Vec<&Conflict> = self
            .conflicts
            .iter()
            .filter(|conflict| {
                let shown = conflict.sides.first().and_then(|side| side.value.as_ref());
                parts.values.get(&conflict.field) == shown
            })
            .collect();
        let sides = open.iter().map(|conflict| conflict.sides.len()).max().unwrap_or(1);
        let mut bodies = vec![changed.clone()];
        for side in 1..sides {
            let mut beside = parts.clone();
            for conflict in &open {
                let side = conflict.sides.get(side).or(conflict.sides.last());
                put(&mut beside, &conflict.field, side.and_then(|side| side.value.clone()));
            }
            bodies.push(beside.body(&self.shape, &[&self.parts]));
        }
        bodies
    }
}

fn put(parts: &mut Parts, field: &Field, value: Option<Value>) {
    match value {
        Some(value) => drop(parts.values.insert(field.clone(), value)),
        None => drop(parts.values.remove(field)),
    }
}
