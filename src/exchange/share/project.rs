//! What of a record the other of a pair may read, as types of their own: each holds an
//! allow-list of fields, and nothing turns a whole record into one. An answer, a line or an action
//! in the Private layer has no place in them.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::plan::{self, SharedPlan};
use crate::exchange::pairing::Side;
use crate::model::{
    Action, ActionState, Answer, ArcpLine, Asked, Basis, Body, Id, Kind, Layer, OtherView, Owner,
    Prompt, Session, TemplateRef,
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

/// What is shared of a record now, where something was shared of it before: nothing any more is
/// a change, too.
pub fn shared_now(body: &Body, was_shared: bool, mine: Side) -> Option<Value> {
    shared(body, mine).or_else(|| was_shared.then(taken_back))
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

/// What is left of a body when all that was shared of it is taken out again: what the other wrote
/// meanwhile meets this, and so is not lost with it. An action is one thing and goes as a whole.
pub fn emptied(kind: Kind, body: &Value) -> Value {
    match kind {
        Kind::Session => {
            let mut body = body.clone();
            if let Some(fields) = body.as_object_mut() {
                fields.remove("arcp");
                fields.insert("sections".to_owned(), json!([]));
            }
            body
        }
        Kind::Plan => json!({}),
        _ => taken_back(),
    }
}

/// The body as it is kept and sent: without questions that have no answer any more, and one in
/// which nothing is shared any more says only that.
pub fn settled(kind: Kind, mut body: Value) -> Value {
    let sections = body.get_mut("sections").and_then(Value::as_array_mut);
    for section in sections.into_iter().flatten() {
        if let Some(items) = section.get_mut("items").and_then(Value::as_array_mut) {
            items.retain(|item| Asked::deserialize(item).is_ok_and(|item| item.is_answered()));
        }
    }
    if let Some(sections) = body.get_mut("sections").and_then(Value::as_array_mut) {
        sections.retain(|section| section.get("items") != Some(&json!([])));
    }
    let is_empty =
        |key: &str| body.get(key).is_none_or(|list| list.as_array().is_some_and(Vec::is_empty));
    let nothing = match kind {
        Kind::Session => is_empty("sections") && is_empty("arcp"),
        Kind::Plan => {
            body.as_object().is_some_and(|fields| fields.keys().all(|key| !plan::is_words(key)))
        }
        _ => false,
    };
    if nothing || is_taken_back(&body) { taken_back() } else { body }
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
