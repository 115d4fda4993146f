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
mod order;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use ask::{is_counted, layer_of, must_ask};
use walk::in_order;
pub use walk::needed;

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
    if let [head] = heads.as_slice() {
        let body = by_rev.get(head)?.body.clone();
        let parts = Parts::of(&shape, &body, &[]);
        return Some(Merged { body, conflicts: Vec::new(), shape, parts, lent: BTreeSet::new() });
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
            let parts = Parts::of(shape, version.body, &parts);
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
                let taken = self.standing_at(parents, field);
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
        let newest = |write: &&usize| !all.iter().any(|other| self.comes_from(*other, **write));
        all.iter().filter(newest).copied().collect()
    }

    fn comes_from(&self, later: usize, earlier: usize) -> bool {
        self.before.get(later).is_some_and(|before| before.contains(&earlier))
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
        Merged { body: parts.body(&shape, &donors), conflicts, shape, parts, lent }
    }

    /// Gives an answer that is still to be decided the question, the place and the layer that it
    /// has where it was written, when another side took the whole question out.
    fn lend(&self, parts: &mut Parts, conflicts: &[Conflict]) -> BTreeSet<String> {
        let mut lent = BTreeSet::new();
        for Conflict { field, sides } in conflicts {
            let (Field::Answer(id) | Field::OtherView(id)) = field else { continue };
            let written = sides.iter().find(|side| side.value.is_some());
            let writer = written.and_then(|side| side.revs.last());
            let from = self.revs.iter().zip(&self.parts).find(|(rev, _)| Some(*rev) == writer);
            let prompt = Field::Prompt(id.clone());
            let Some((_, from)) = from.filter(|_| !parts.values.contains_key(&prompt)) else {
                continue;
            };
            for field in [prompt, Field::Layer(id.clone())] {
                if let Some(value) = from.values.get(&field) {
                    parts.values.entry(field).or_insert_with(|| value.clone());
                }
            }
            let order = parts.values.get(&Field::Order).cloned().unwrap_or_else(|| json!([]));
            let place = from.values.get(&Field::Order).and_then(|there| order::with(order, there, id));
            if let Some(order) = place {
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

    /// For each conflict about words the side that one of these versions wrote; the first one where
    /// none did.
    pub fn picks_of(&self, own: &BTreeSet<Rev>) -> BTreeMap<Field, Pick> {
        let is_own = |side: &Side| side.revs.iter().any(|rev| own.contains(rev));
        let pick = |it: &Conflict| Pick::Side(it.sides.iter().position(is_own).unwrap_or(0));
        let asked = self.conflicts.iter().filter(|it| !it.says_the_same());
        asked.map(|it| (it.field.clone(), pick(it))).collect()
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

impl Conflict {
    /// Whether all sides have the same words, and differ only in who wrote them and when.
    pub fn says_the_same(&self) -> bool {
        let first = self.text(0);
        first.is_some() && (1..self.sides.len()).all(|side| self.text(side) == first)
    }

    /// Whether all sides can stay, one below the other: they are words, or lists of words.
    pub fn can_keep_all(&self) -> bool {
        let several = self.values().count() > 1;
        let lists = || LISTS.iter().any(|key| self.all_have(key));
        several
            && match &self.field {
                Field::Item { .. } => true,
                Field::Answer(_) => self.is_text() || lists(),
                _ => self.is_text(),
            }
    }

    /// Whether the person can write something new instead: it is free text.
    pub fn is_text(&self) -> bool {
        match &self.field {
            Field::Answer(_) | Field::OtherView(_) | Field::Item { .. } => self.all_have("text"),
            Field::Key(key) => {
                !is_fixed(key) && self.values().all(Value::is_string) && self.values().count() > 0
            }
            _ => false,
        }
    }

    /// The words of a side, where it is free text.
    pub fn text(&self, side: usize) -> Option<&str> {
        let value = self.sides.get(side)?.value.as_ref()?;
        value.get("text").unwrap_or(value).as_str()
    }

    fn values(&self) -> impl Iterator<Item = &Value> {
        self.sides.iter().filter_map(|side| side.value.as_ref())
    }

    fn all_have(&self, key: &str) -> bool {
        self.values().all(|value| value.get(key).is_some())
    }

    /// The value that says these words.
    fn written(&self, words: &str) -> Option<Value> {
        match &self.field {
            Field::Key(_) => Some(json!(words)),
            _ => {
                let mut value = self.values().next()?.clone();
                value["text"] = json!(words);
                Some(value)
            }
        }
    }

    /// Puts all sides in: texts joined, choices together, notes one after the other.
    fn put_all(&self, parts: &mut Parts) {
        if let Field::Item { list, label } = &self.field {
            put(parts, &self.field, self.values().next().cloned());
            for value in self.values().skip(1) {
                parts.put_beside(list, label, value.clone());
            }
            return;
        }
        let joined = if self.is_text() {
            self.written(&self.joined())
        } else {
            LISTS.iter().find(|key| self.all_have(key)).map(|key| {
                let lists = self.values().filter_map(|value| value.get(key)?.as_array());
                let mut together: Vec<Value> = Vec::new();
                for one in lists.flatten() {
                    if !together.contains(one) {
                        together.push(one.clone());
                    }
                }
                json!({ *key: together })
            })
        };
        put(parts, &self.field, joined);
    }

    /// The words of all sides: one below the other, or on one line where there is only one.
    pub fn joined(&self) -> String {
        let between = match &self.field {
            Field::Key(key) if key != "to_know" && key != "adjustments" => " / ",
            _ => "\n\n",
        };
        let texts = (0..self.sides.len()).filter_map(|side| self.text(side));
        texts.collect::<Vec<_>>().join(between)
    }
}

/// Answers that are lists: together they hold what either side holds.
const LISTS: [&str; 4] = ["choice", "checked", "evidence", "capability"];

/// Keys whose text is not free: days, times, names of other records, words of a closed list.
fn is_fixed(key: &str) -> bool {
    const FIXED: [&str; 25] = [
        "date",
        "time",
        "finished",
        "person",
        "from",
        "due",
        "settled",
        "made",
        "owner",
        "state",
        "layer",
        "role",
        "arcp_date",
        "exam_date",
        "supervises_from",
        "supervises_until",
        "cct_date",
        "adjustments_on",
        "keep_until",
        "source_id",
        "id",
        "checked",
        "removed",
        "form",
        "situation",
    ];
    FIXED.contains(&key)
}
