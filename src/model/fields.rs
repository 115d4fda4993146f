//! A body taken apart into fields, and put together again: what merging and comparing work on.
//!
//! A field is what one person can change without touching what another changes: a top-level key,
//! the answer to one prompt, the layer of that answer, one note in the margin, one line for the
//! ARCP, one tag, one placement or goal of a person, the star or the comment of one template.
//! Answers are known by the id of their prompt, and what is listed of a person by an id of its
//! own. Notes and lines have no id, so they are followed from version to version: what is the
//! same, or stands in the same place, is the same note.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Kind, Layer};

/// A part of a body that is written, merged and compared on its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The whole body, where it has no parts that this version knows.
    Whole,
    /// A top-level key; or a part of a mark in the settings, as `library/template:x/star`.
    Key(String),
    /// Which prompts there are, under which headings.
    Order,
    /// A prompt as it was asked, by its id.
    Prompt(String),
    /// Who reads the answer to a prompt.
    Layer(String),
    /// The answer to a prompt.
    Answer(String),
    /// What the answer to a prompt rests on.
    Basis(String),
    /// What somebody says who sees the answer to a prompt differently.
    OtherView(String),
    /// One of a list.
    Item {
        /// The key of the list: `margin`, `arcp`, `tags`, `kept`, `links`, `placements`, `goals`,
        /// `own_words`.
        list: String,
        /// Which one: its id, or else made from its first content, and kept while it changes.
        label: String,
    },
}

/// The lists of a kind whose members are fields of their own.
const fn lists(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Session | Kind::Reflection => &["margin", "arcp", "tags", "kept", "links"],
        Kind::Person => &[
            "placements",
            "part_time",
            "absences",
            "exams",
            "attempts",
            "past_arcps",
            "goals",
            "requests",
            "summary_left_out",
            "summary_order",
            "summary_pasted",
            "handover_ticked",
        ],
        Kind::Settings => &["own_words"],
        Kind::Plan => &PLAN,
        _ => &[],
    }
}

/// The lists of a plan, in the order of its page.
pub(super) const PLAN: [&str; 21] = [
    "year5",
    "year3",
    "year1",
    "why",
    "self_assessment",
    "exploration",
    "options",
    "roads",
    "decision",
    "implementation",
    "next",
    "promises",
    "barriers",
    "opportunities",
    "sponsorship",
    "introductions",
    "reviews",
    "comments",
    "notes",
    "accepted",
    "offered",
];

/// How bodies are taken apart. All versions of a record that are looked at together must be
/// taken apart in the same way, so one odd body makes the affected part a single field in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    whole: bool,
    sections: bool,
    marks: bool,
    lists: Vec<&'static str>,
}

impl Shape {
    /// The finest way that fits all these bodies.
    pub fn of<'a>(kind: Kind, bodies: impl IntoIterator<Item = &'a Value>) -> Shape {
        let mut shape = Shape {
            whole: false,
            sections: matches!(kind, Kind::Session | Kind::Reflection),
            marks: kind == Kind::Settings,
            lists: lists(kind).to_vec(),
        };
        for body in bodies {
            shape.whole |= !body.is_object();
            shape.sections = shape.sections && body.get("sections").is_none_or(is_regular);
            shape.marks = shape.marks && body.get(MARKS).is_none_or(are_marks);
            shape.lists.retain(|list| body.get(*list).is_none_or(Value::is_array));
        }
        shape
    }
}

/// The key of the settings under which what the owner thinks of the library lies.
const MARKS: &str = "library";

/// Whether these are marks as this version writes them: each with a name, and something in it.
fn are_marks(value: &Value) -> bool {
    let has_parts = |(name, mark): (&String, &Value)| {
        !name.contains('/') && mark.as_object().is_some_and(|mark| !mark.is_empty())
    };
    value.as_object().is_some_and(|marks| !marks.is_empty() && marks.iter().all(has_parts))
}

/// Whether sections hold what this version writes: headings, and prompts with ids of their own.
fn is_regular(sections: &Value) -> bool {
    fn array<'a>(value: &'a Value, key: &str) -> Option<&'a Vec<Value>> {
        value.get(key)?.as_array()
    }
    let has_only = |value: &Value, keys: &[&str]| {
        value.as_object().is_some_and(|value| value.keys().all(|key| keys.contains(&key.as_str())))
    };
    let Some(sections) = sections.as_array() else { return false };
    let are_regular = sections.iter().all(|section| {
        has_only(section, &["title", "items"])
            && section.get("title").is_some_and(Value::is_string)
            && array(section, "items").is_some()
    });
    let mut ids = BTreeSet::new();
    let items = sections.iter().filter_map(|section| array(section, "items")).flatten();
    are_regular
        && items.into_iter().all(|item| {
            has_only(item, &["prompt", "layer", "answer", "basis", "other_view"])
                && item.get("layer").is_some()
                && prompt_id(item).is_some_and(|id| ids.insert(id))
        })
}

fn prompt_id(item: &Value) -> Option<&str> {
    item.get("prompt")?.get("id")?.as_str()
}

/// A body taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parts {
    /// The fields that it has.
    pub values: BTreeMap<Field, Value>,
    /// The members of its lists, in their order.
    order: BTreeMap<&'static str, Vec<String>>,
}

impl Parts {
    /// Takes a body apart. `before` are the parts of the versions it was made from: their notes
    /// and lines are found again in it.
    pub fn of(shape: &Shape, body: &Value, before: &[&Parts]) -> Parts {
        let mut parts = Parts::default();
        let Some(fields) = body.as_object().filter(|_| !shape.whole) else {
            parts.values.insert(Field::Whole, body.clone());
            return parts;
        };
        for (key, value) in fields {
            if key == "sections" && shape.sections {
                parts.take_sections(value);
            } else if key == MARKS && shape.marks {
                parts.take_marks(value);
            } else if let Some(list) = shape.lists.iter().find(|list| *list == key) {
                parts.take_list(list, value.as_array().map_or(&[], Vec::as_slice), before);
            } else {
                parts.values.insert(Field::Key(key.clone()), value.clone());
            }
        }
        parts
    }

    fn take_marks(&mut self, marks: &Value) {
        for (name, mark) in marks.as_object().into_iter().flatten() {
            for (part, value) in mark.as_object().into_iter().flatten() {
                self.values.insert(Field::Key(format!("{MARKS}/{name}/{part}")), value.clone());
            }
        }
    }

    fn take_sections(&mut self, sections: &Value) {
        let mut order = Vec::new();
        for section in sections.as_array().into_iter().flatten() {
            let items = section.get("items").and_then(Value::as_array).into_iter().flatten();
            let mut ids = Vec::new();
            for item in items {
                let Some(id) = prompt_id(item) else { continue };
                ids.push(id);
                let id = id.to_owned();
                let mut put = |key: &str, field: Field| {
                    if let Some(value) = item.get(key) {
                        self.values.insert(field, value.clone());
                    }
                };
                put("prompt", Field::Prompt(id.clone()));
                put("layer", Field::Layer(id.clone()));
                put("basis", Field::Basis(id.clone()));
                put("other_view", Field::OtherView(id.clone()));
                put("answer", Field::Answer(id));
            }
            order.push(json!([section.get("title"), ids]));
        }
        self.values.insert(Field::Order, Value::Array(order));
    }

    fn take_list(&mut self, list: &'static str, members: &[Value], before: &[&Parts]) {
        let mut labels: Vec<Option<String>> = vec![None; members.len()];
        let mut used = BTreeSet::new();
        let known: Vec<(&str, &Value)> =
            before.iter().flat_map(|parts| parts.members(list)).collect();
        let ids = known.iter().rev().filter_map(|(label, value)| Some((id_of(value)?, *label)));
        let by_id: BTreeMap<&str, &str> = ids.collect();
        for (member, label) in members.iter().zip(&mut labels) {
            let same = id_of(member).and_then(|id| by_id.get(id));
            *label =
                same.filter(|known| used.insert((**known).to_owned())).map(|it| (*it).to_owned());
        }
        let matches: [fn(&str, &Value, &Value) -> bool; 2] = [|_, a, b| a == b, is_akin];
        for same in matches {
            for (member, label) in members.iter().zip(&mut labels) {
                if label.is_none() {
                    let mut left = known.iter().filter(|(known, _)| !used.contains(*known));
                    let found = left.find(|(_, value)| same(list, member, value));
                    *label = found.map(|(known, _)| (*known).to_owned());
                    used.extend(label.clone());
                }
            }
        }
        for (member, label) in members.iter().zip(labels) {
            let label = label.unwrap_or_else(|| fresh_label(member, &mut used));
            self.put_last(list, label, member.clone());
        }
    }

    fn put_last(&mut self, list: &'static str, label: String, member: Value) {
        self.order.entry(list).or_default().push(label.clone());
        self.values.insert(Field::Item { list: list.to_owned(), label }, member);
    }

    /// The members of a list with their labels, in their order.
    fn members(&self, list: &'static str) -> impl Iterator<Item = (&str, &Value)> {
        let labels = self.order.get(list).into_iter().flatten();
        labels.filter_map(move |label| {
            let field = Field::Item { list: list.to_owned(), label: label.clone() };
            Some((label.as_str(), self.values.get(&field)?))
        })
    }

    /// The members of all lists, list by list, in their order.
    pub fn items(&self) -> impl Iterator<Item = Field> + '_ {
        let of = |(list, labels): (&&'static str, &'_ Vec<String>)| -> Vec<Field> {
            let field =
                |label: &String| Field::Item { list: (*list).to_owned(), label: label.clone() };
            labels.iter().map(field).filter(|field| self.values.contains_key(field)).collect()
        };
        self.order.iter().flat_map(of).collect::<Vec<_>>().into_iter()
    }

    /// Adds a second member beside one of a list.
    pub fn put_beside(&mut self, list: &str, label: &str, member: Value) {
        let Some((list, order)) = self.order.iter_mut().find(|(known, _)| **known == list) else {
            return;
        };
        let mut used = order.iter().cloned().collect();
        let new = fresh_label(&member, &mut used);
        let at = order.iter().position(|known| known == label).map_or(order.len(), |at| at + 1);
        order.insert(at, new.clone());
        self.values.insert(Field::Item { list: (*list).to_owned(), label: new }, member);
    }

    /// Takes over the order of the members of other parts: what stands only there is put behind
    /// the member that it stands behind there.
    pub fn order_as(&mut self, others: &[&Parts]) {
        for other in others {
            for (list, labels) in &other.order {
                let order = self.order.entry(list).or_default();
                let mut next = 0;
                for label in labels {
                    match order.iter().position(|known| known == label) {
                        Some(at) => next = at + 1,
                        None => {
                            order.insert(next, label.clone());
                            next += 1;
                        }
                    }
                }
            }
        }
    }

    /// Puts the body together. `donors` give the words of a prompt whose answer stays though the
    /// prompt itself was taken out.
    pub fn body(&self, shape: &Shape, donors: &[&Parts]) -> Value {
        if let Some(whole) = self.values.get(&Field::Whole) {
            return whole.clone();
        }
        let mut body = Map::new();
        for (field, value) in &self.values {
            let Field::Key(key) = field else { continue };
            match mark_part(key).filter(|_| shape.marks) {
                Some((name, part)) => {
                    let marks = body.entry(MARKS).or_insert_with(|| json!({}));
                    marks[name][part] = value.clone();
                }
                None => drop(body.insert(key.clone(), value.clone())),
            }
        }
        if shape.sections && self.values.contains_key(&Field::Order) {
            body.insert("sections".to_owned(), self.sections(donors));
        }
        for list in &shape.lists {
            let members: Vec<Value> = self.members(list).map(|(_, value)| value.clone()).collect();
            if !members.is_empty() {
                body.insert((*list).to_owned(), Value::Array(members));
            }
        }
        Value::Object(body)
    }

    fn sections(&self, donors: &[&Parts]) -> Value {
        let mut left: BTreeSet<&String> = self
            .values
            .keys()
            .filter_map(|field| match field {
                Field::Prompt(id) | Field::Answer(id) | Field::OtherView(id) => Some(id),
                _ => None,
            })
            .collect();
        let mut sections: Vec<(Value, Vec<Value>)> = Vec::new();
        for section in
            self.values.get(&Field::Order).and_then(Value::as_array).into_iter().flatten()
        {
            let ids = section.get(1).and_then(Value::as_array).into_iter().flatten();
            let items = ids.filter_map(Value::as_str).filter_map(|id| {
                let known = left.take(&id.to_owned())?;
                self.item(known, donors)
            });
            let items = items.collect();
            sections.push((section.get(0).cloned().unwrap_or_default(), items));
        }
        // A prompt that one side took out and the other answered: its answer is not lost.
        let rest: Vec<Value> = left.into_iter().filter_map(|id| self.item(id, donors)).collect();
        match sections.last_mut() {
            Some((_, items)) => items.extend(rest),
            None if rest.is_empty() => {}
            None => sections.push((json!(""), rest)),
        }
        sections
            .into_iter()
            .map(|(title, items)| json!({ "title": title, "items": items }))
            .collect()
    }

    fn item(&self, id: &str, donors: &[&Parts]) -> Option<Value> {
        let field = Field::Prompt(id.to_owned());
        let donor = || donors.iter().find_map(|parts| parts.values.get(&field));
        let prompt = self.values.get(&field).or_else(donor)?;
        let narrowest = || json!(Layer::Private);
        let layer =
            self.values.get(&Field::Layer(id.to_owned())).cloned().unwrap_or_else(narrowest);
        let mut item = json!({ "prompt": prompt, "layer": layer });
        for (key, field) in [
            ("answer", Field::Answer(id.to_owned())),
            ("basis", Field::Basis(id.to_owned())),
            ("other_view", Field::OtherView(id.to_owned())),
        ] {
            if let Some(value) = self.values.get(&field) {
                item[key] = value.clone();
            }
        }
        Some(item)
    }
}

/// The mark and the part of it that a key of the settings names.
pub(super) fn mark_part(key: &str) -> Option<(&str, &str)> {
    key.strip_prefix(MARKS)?.strip_prefix('/')?.split_once('/')
}

/// The id of a member of a list, where it has one.
fn id_of(member: &Value) -> Option<&str> {
    member.get("id")?.as_str()
}

/// Whether a member of a list may be another one, changed: it has the same words, or stands for
/// the same thing. Two with ids of their own are never the same.
fn is_akin(list: &str, a: &Value, b: &Value) -> bool {
    if id_of(a).is_some() && id_of(b).is_some() {
        return false;
    }
    let same = |key: &str| a.get(key) == b.get(key);
    let both = |key: &str| a.get(key).is_some() && same(key);
    match list {
        "margin" => both("text") || same("beside"),
        "arcp" => both("text") || (same("heading") && same("from")),
        "kept" => both("kind") && both("text"),
        "placements" => both("post") || both("from"),
        _ => false,
    }
}

/// A label for a new member: its id, or else one made of its content, so that two computers that
/// add the same one give it the same label.
fn fresh_label(member: &Value, used: &mut BTreeSet<String>) -> String {
    if let Some(id) = id_of(member)
        && used.insert(id.to_owned())
    {
        return id.to_owned();
    }
    let digest = Sha256::digest(member.to_string().as_bytes());
    let base: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let label = (1..).map(|n| format!("{base}-{n}")).find(|label| !used.contains(label));
    let label = label.unwrap_or(base);
    used.insert(label.clone());
    label
}

/// A body with each layer as narrow as it is in another one of the same record: for bringing an
/// older version back, which must not show anything to more readers than see it now.
pub fn no_wider(kind: Kind, body: &Value, than: &Value) -> Value {
    let shape = Shape::of(kind, [body, than]);
    let now = Parts::of(&shape, than, &[]);
    let mut parts = Parts::of(&shape, body, &[&now]);
    for (field, value) in &mut parts.values {
        let is_layer = match field {
            Field::Layer(_) => true,
            Field::Key(key) => kind == Kind::Action && key == "layer",
            _ => false,
        };
        let Some(held) = now.values.get(field) else { continue };
        if is_layer && width(held) < width(value) {
            *value = held.clone();
        }
        // A goal has its layer beside its words.
        if let (Field::Item { .. }, Some(held)) = (field, held.get("layer"))
            && value.get("layer").is_some_and(|layer| width(held) < width(layer))
        {
            value["layer"] = held.clone();
        }
    }
    parts.body(&shape, &[])
}

/// How many may read it; a layer that this version does not know counts as the narrowest, and
/// so stays as it is.
pub(super) fn width(layer: &Value) -> usize {
    Layer::ALL.iter().position(|known| json!(known) == *layer).map_or(0, |at| at + 1)
}
