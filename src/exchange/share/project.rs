//! What of a record the other of a pair may read, as types of their own: each holds an
//! allow-list of fields, and nothing turns a whole record into one. An answer, a line or an action
//! in the Private layer has no place in them.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::plan::{self, SharedPlan};
use crate::exchange::pairing::Side;
use crate::model::{
    Action, ActionState, Answer, ArcpLine, Basis, Body, Id, Kind, Layer, OtherView, Owner, Prompt,
    Session, TemplateRef,
};

/// A layer that the other reads, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wider {
    /// The two of the pair.
    Shared,
    /// A panel, too.
    Arcp,
}

impl Wider {
    /// The layer, unless it is one's own alone.
    pub const fn of(layer: Layer) -> Option<Wider> {
        match layer {
            Layer::Private => None,
            Layer::Shared => Some(Wider::Shared),
            Layer::Arcp => Some(Wider::Arcp),
        }
    }
}

/// What two people share of a conversation. What it is called and where it was held is in no
/// layer, so it is the owner's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedSession {
    template: TemplateRef,
    date: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time: Option<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minutes: Option<u16>,
    sections: Vec<SharedSection>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    arcp: Vec<ArcpLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    finished: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SharedSection {
    title: String,
    items: Vec<SharedAnswer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SharedAnswer {
    prompt: Prompt,
    layer: Wider,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    basis: Option<Basis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    other_view: Option<OtherView>,
}

impl SharedSession {
    /// What is shared of a conversation; nothing where nothing is.
    pub fn of(session: &Session) -> Option<SharedSession> {
        let sections: Vec<SharedSection> = session
            .sections
            .iter()
            .map(|section| {
                let items = section.items.iter().filter(|item| item.is_answered());
                let items = items.filter_map(|item| {
                    Some(SharedAnswer {
                        prompt: (*item.prompt).clone(),
                        layer: Wider::of(item.layer)?,
                        answer: item.answer.clone(),
                        basis: item.basis,
                        other_view: item.other_view.clone(),
                    })
                });
                SharedSection { title: section.title.clone(), items: items.collect() }
            })
            .filter(|section| !section.items.is_empty())
            .collect();
        if session.removed.is_some() || (sections.is_empty() && session.arcp.is_empty()) {
            return None;
        }
        Some(SharedSession {
            template: session.template.clone(),
            date: session.date,
            time: session.time,
            minutes: session.minutes,
            sections,
            arcp: session.arcp.clone(),
            finished: session.finished,
        })
    }
}

/// An action that two people share. Why it was dropped is the owner's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedAction {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<Id>,
    text: String,
    owner: Side,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due: Option<Date>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    due_typed: String,
    state: ActionState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    settled: Option<Date>,
    layer: Wider,
    made: Date,
}

impl SharedAction {
    /// What is shared of an action, seen from one side of the pair.
    pub fn of(action: &Action, mine: Side) -> Option<SharedAction> {
        let layer = Wider::of(action.layer).filter(|_| action.removed.is_none())?;
        Some(SharedAction {
            from: action.from,
            text: action.text.clone(),
            owner: side_of(mine, action.owner),
            due: action.due,
            due_typed: action.due_typed.clone(),
            state: action.state,
            settled: action.settled,
            layer,
            made: action.made,
        })
    }
}

/// Which side of the pair an owner is, seen from one side.
const fn side_of(mine: Side, owner: Owner) -> Side {
    match owner {
        Owner::Me => mine,
        Owner::Them => mine.other(),
    }
}

/// What is shared of a record, as it travels; nothing where nothing is.
pub fn shared(body: &Body, mine: Side) -> Option<Value> {
    let value = match body {
        Body::Session(session) => serde_json::to_value(SharedSession::of(session)?),
        Body::Action(action) => serde_json::to_value(SharedAction::of(action, mine)?),
        Body::Plan(plan) => return SharedPlan::of(plan).map(|plan| plan.body()),
        _ => return None,
    };
    value.ok()
}

/// The body of something that was shared and no longer is. The other keeps what they had in
/// their history.
pub fn taken_back() -> Value {
    json!({ TAKEN_BACK: true })
}

/// Whether a body says that.
pub fn is_taken_back(body: &Value) -> bool {
    body.get(TAKEN_BACK).is_some_and(|it| it == &json!(true))
}

const TAKEN_BACK: &str = "taken_back";

/// Whether a body from outside is one that this kind may have.
pub fn is_sound(kind: Kind, body: &Value) -> bool {
    if is_taken_back(body) {
        return body.as_object().is_some_and(|body| body.len() == 1);
    }
    match kind {
        Kind::Session => SharedSession::deserialize(body).is_ok(),
        Kind::Action => SharedAction::deserialize(body).is_ok(),
        Kind::Plan => plan::is_sound(body),
        _ => false,
    }
}

/// The vault's own body with what is shared of it now. `before` is what was shared of it until
/// now: what is only there was taken out by the other. `own` is nothing for a thing that is new
/// here; then `person` is whom it is about.
pub fn overlay(
    (kind, own): (Kind, Option<&Value>),
    (before, after): (&Value, &Value),
    person: Id,
    mine: Side,
    now: Timestamp,
) -> Value {
    let mut body = own.cloned().unwrap_or_else(|| new_body(kind, person));
    if is_taken_back(after) && kind == Kind::Action {
        body["removed"] = json!(now);
        return body;
    }
    let (Some(shared), Some(fields)) = (after.as_object(), body.as_object_mut()) else {
        return body;
    };
    if !is_taken_back(after) {
        let gone: Vec<String> = keys(before)
            .filter(|key| !shared.contains_key(key.as_str()) && *key != "sections")
            .cloned()
            .collect();
        gone.iter().for_each(|key| drop(fields.remove(key)));
        for (key, value) in shared.iter().filter(|(key, _)| *key != "sections") {
            fields.insert(key.clone(), value.clone());
        }
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

/// The sections of one's own record with the shared answers as they are now: Private ones stay
/// where they are, and a question that only the other has asked comes under its heading.
fn sections(own: Option<&Value>, before: &Value, after: &Value) -> Value {
    let shared: Vec<(&str, &str, &Value)> = items(after).collect();
    let find = |id: &str| shared.iter().find(|(_, known, _)| *known == id);
    let was_shared = |id: &str| items(before).any(|(_, known, _)| known == id);
    let mut placed: Vec<&str> = Vec::new();
    let mut out: Vec<(String, Vec<Value>)> = Vec::new();
    for section in own.and_then(Value::as_array).into_iter().flatten() {
        let title = section.get("title").and_then(Value::as_str).unwrap_or_default();
        let mut kept = Vec::new();
        for item in section.get("items").and_then(Value::as_array).into_iter().flatten() {
            match id_of(item).map(|id| (id, find(id))) {
                Some((_, Some((_, id, item)))) => {
                    placed.push(id);
                    kept.push((*item).clone());
                }
                Some((id, None)) if was_shared(id) => kept.push(without_answer(item)),
                _ => kept.push(item.clone()),
            }
        }
        out.push((title.to_owned(), kept));
    }
    for (title, id, item) in shared.iter().filter(|(_, id, _)| !placed.contains(id)) {
        debug_assert!(!id.is_empty(), "a question without a name");
        match out.iter_mut().find(|(known, _)| known == title) {
            Some((_, items)) => items.push((*item).clone()),
            None => out.push(((*title).to_owned(), vec![(*item).clone()])),
        }
    }
    out.into_iter().map(|(title, items)| json!({ "title": title, "items": items })).collect()
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

/// All questions of a body: heading, name, question with its answer.
fn items(body: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let sections = body.get("sections").and_then(Value::as_array).into_iter().flatten();
    sections.flat_map(|section| {
        let title = section.get("title").and_then(Value::as_str).unwrap_or_default();
        let items = section.get("items").and_then(Value::as_array).into_iter().flatten();
        items.filter_map(move |item| Some((title, id_of(item)?, item)))
    })
}

fn id_of(item: &Value) -> Option<&str> {
    item.get("prompt")?.get("id")?.as_str()
}
