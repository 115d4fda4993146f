//! One's own record with what became of what is shared of it. What comes out shares just what
//! was to be shared, and everything else of one's own stays.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::project::is_taken_back;
use crate::exchange::pairing::Side;
use crate::model::{Id, Kind, Layer, Owner};

/// The vault's own body with what is shared of it now. `before` is what was shared of it until
/// now: what is only there was taken out by the other. `own` is nothing for a thing that is new
/// here; then `person` is whom it is about. An action that its owner keeps for themselves now
/// stays as it is: no file makes it wider.
pub fn overlay(
    (kind, own): (Kind, Option<&Value>),
    (before, after): (&Value, &Value),
    person: Id,
    mine: Side,
    now: Timestamp,
) -> Value {
    let mut body = own.cloned().unwrap_or_else(|| new_body(kind, person));
    let is_private = |body: &Value| body.get("layer") == Some(&json!(Layer::Private));
    if kind == Kind::Action && own.is_some_and(is_private) {
        return body;
    }
    if is_taken_back(after) && kind == Kind::Action {
        body["removed"] = json!(now);
        return body;
    }
    let empty = Map::new();
    let shared = after.as_object().filter(|_| !is_taken_back(after)).unwrap_or(&empty);
    let Some(fields) = body.as_object_mut() else { return body };
    for key in keys(before).filter(|key| !shared.contains_key(key.as_str())) {
        // A conversation that is not shared any more was held all the same.
        let stays = key == "sections" || (shared.is_empty() && STAYS.contains(&key.as_str()));
        if !(kind == Kind::Session && stays) {
            fields.remove(key);
        }
    }
    for (key, value) in shared.iter().filter(|(key, _)| *key != "sections") {
        fields.insert(key.clone(), value.clone());
    }
    if !shared.is_empty() {
        fields.remove("removed");
    }
    match kind {
        Kind::Session => {
            let sections = sections(fields.get("sections"), before, after);
            fields.insert("sections".to_owned(), sections);
        }
        Kind::Action => own_owner(fields, mine),
        _ => {}
    }
    body
}

/// What a conversation has whether anything of it is shared or not.
const STAYS: [&str; 5] = ["template", "date", "time", "minutes", "finished"];

/// A record of a thing that the other began.
fn new_body(kind: Kind, person: Id) -> Value {
    match kind {
        Kind::Session => json!({ "person": person, "title": SHARED_TITLE }),
        _ => json!({ "person": person }),
    }
}

/// What a conversation is called here that the other began.
const SHARED_TITLE: &str = "Shared conversation";

fn keys(body: &Value) -> impl Iterator<Item = &String> {
    body.as_object().into_iter().flat_map(Map::keys)
}

/// In one's own record an action is one's own or the other's.
fn own_owner(fields: &mut Map<String, Value>, mine: Side) {
    let is_mine = fields.get("owner").is_some_and(|owner| *owner == json!(mine));
    fields.insert("owner".to_owned(), json!(if is_mine { Owner::Me } else { Owner::Them }));
}

/// A heading with the questions below it.
type Section = (String, Vec<Value>);

/// The sections of one's own record with the shared answers as they are now, under the headings
/// and in the order in which both have them; or two records would tell one another of their order
/// for ever. Private answers stay where they are. Where the other answers a question that one has
/// answered in Private, both answers stay.
fn sections(own: Option<&Value>, before: &Value, after: &Value) -> Value {
    let own: Vec<Section> = own.map(read).unwrap_or_default();
    let shared: Vec<Section> = after.get("sections").map(read).unwrap_or_default();
    let ids = |sections: &[Section]| -> BTreeSet<String> {
        let items = sections.iter().flat_map(|(_, items)| items);
        items.filter_map(id_of).map(str::to_owned).collect()
    };
    let was_shared = ids(&before.get("sections").map(read).unwrap_or_default());
    let is_shared = ids(&shared);
    let taken: BTreeSet<String> = is_shared.union(&ids(&own)).cloned().collect();
    // One's own, with a gap for each question that is shared.
    let mut out: Vec<(String, Vec<Slot>)> = Vec::new();
    for (title, items) in own {
        let mut slots = Vec::new();
        for item in items {
            match id_of(&item) {
                Some(id) if is_shared.contains(id) => {
                    slots.push(Slot::Gap);
                    slots.extend(private_words(&item, &taken).map(Slot::Item));
                }
                Some(id) if was_shared.contains(id) => {
                    slots.push(Slot::Item(without_answer(&item)));
                }
                _ => slots.push(Slot::Item(item)),
            }
        }
        out.push((title, slots));
    }
    place(&mut out, shared);
    let written = out.into_iter().map(|(title, slots)| {
        let items: Vec<Value> = slots.into_iter().filter_map(Slot::item).collect();
        json!({ "title": title, "items": items })
    });
    written.collect()
}

/// A place in a section: a question of one's own, or where a shared one was.
#[derive(Debug)]
enum Slot {
    Item(Value),
    Gap,
}

impl Slot {
    fn item(self) -> Option<Value> {
        match self {
            Slot::Item(item) => Some(item),
            Slot::Gap => None,
        }
    }
}

/// Puts the shared sections among one's own, in their order: each in the section of its heading,
/// its questions where shared ones were, and what is left behind them.
fn place(out: &mut Vec<(String, Vec<Slot>)>, shared: Vec<Section>) {
    let mut own: Vec<Option<(String, Vec<Slot>)>> = out.drain(..).map(Some).collect();
    let mut places = Vec::new();
    let mut filled = Vec::new();
    for (title, items) in shared {
        let at = own.iter().position(|it| it.as_ref().is_some_and(|(known, _)| *known == title));
        let slots = match at {
            Some(at) => {
                places.push(at);
                own.get_mut(at).and_then(Option::take).map(|(_, slots)| slots)
            }
            None => None,
        };
        filled.push((title, fill(slots.unwrap_or_default(), items), at.is_some()));
    }
    places.sort_unstable();
    // Sections that were there keep their places between them; a new one follows the one before.
    let mut filled = filled.into_iter().peekable();
    for (at, section) in own.into_iter().enumerate() {
        if let Some(section) = section {
            out.push(section);
        } else if places.contains(&at) {
            for (title, slots, was_there) in filled.by_ref() {
                out.push((title, slots));
                if was_there {
                    break;
                }
            }
            while let Some((title, slots, _)) = filled.next_if(|(.., was_there)| !was_there) {
                out.push((title, slots));
            }
        }
    }
    out.extend(filled.map(|(title, slots, _)| (title, slots)));
}

/// The slots of a section with these shared questions in its gaps, one after the other.
fn fill(slots: Vec<Slot>, items: Vec<Value>) -> Vec<Slot> {
    let gaps = slots.iter().filter(|slot| matches!(slot, Slot::Gap)).count();
    let mut items = items.into_iter();
    let mut out = Vec::new();
    let mut seen = 0;
    for slot in slots {
        match slot {
            Slot::Gap => {
                seen += 1;
                let here = if seen == gaps { usize::MAX } else { 1 };
                out.extend(items.by_ref().take(here).map(Slot::Item));
            }
            Slot::Item(item) => out.push(Slot::Item(item)),
        }
    }
    out.extend(items.map(Slot::Item));
    out
}

/// A question that was answered in Private, under a name that no question has; nothing where
/// there are no such words.
fn private_words(item: &Value, taken: &BTreeSet<String>) -> Option<Value> {
    let is_private = item.get("layer") == Some(&json!(Layer::Private));
    let words = ["answer", "other_view"].iter().any(|key| item.get(*key).is_some());
    let id = id_of(item).filter(|_| is_private && words)?;
    let mut free = format!("{id}-own");
    while taken.contains(&free) {
        free.push_str("-own");
    }
    let mut item = item.clone();
    item["prompt"]["id"] = json!(free);
    Some(item)
}

/// The question stays, as one not answered.
fn without_answer(item: &Value) -> Value {
    let mut item = item.clone();
    if let Some(fields) = item.as_object_mut() {
        for key in ["answer", "basis", "other_view"] {
            fields.remove(key);
        }
    }
    item
}

fn read(sections: &Value) -> Vec<Section> {
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let section = |section: &Value| {
        let title = section.get("title").and_then(Value::as_str).unwrap_or_default();
        (title.to_owned(), list(section.get("items")))
    };
    list(Some(sections)).iter().map(section).collect()
}

fn id_of(item: &Value) -> Option<&str> {
    item.get("prompt")?.get("id")?.as_str()
}
