//! What two people share of a career plan: its paragraphs, its comments, and what was agreed.
//! Private notes, and what one has looked at, have no place here.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::model::plan::{Acceptance, Author, Comment, Labels, Para, Words};
use crate::model::{Id, Plan, PlanField};

/// What two people share of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedPlan {
    paras: Vec<(&'static str, Vec<SharedPara>)>,
    labels: Labels,
    comments: Vec<SharedComment>,
    accepted: Vec<SharedAcceptance>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct SharedPara {
    id: String,
    text: String,
    by: Author,
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct SharedComment {
    id: String,
    field: String,
    text: String,
    by: Author,
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct SharedAcceptance {
    id: String,
    digest: String,
    by: Author,
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    on: Timestamp,
    words: Words,
}

impl SharedPlan {
    /// What is shared of a plan; nothing where nobody has written in it.
    pub fn of(plan: &Plan) -> Option<SharedPlan> {
        let fields = PlanField::ALL.into_iter().map(|field| (field.key(), plan.paras(field)));
        let lists = fields.chain([(ROADS, plan.roads.as_slice())]);
        let paras: Vec<_> = lists
            .filter(|(_, paras)| !paras.is_empty())
            .map(|(key, paras)| (key, paras.iter().map(SharedPara::of).collect()))
            .collect();
        if paras.is_empty() && plan.comments.is_empty() && plan.accepted.is_empty() {
            return None;
        }
        Some(SharedPlan {
            paras,
            labels: plan.labels,
            comments: plan.comments.iter().map(SharedComment::of).collect(),
            accepted: plan.accepted.iter().map(SharedAcceptance::of).collect(),
        })
    }

    /// As it travels.
    pub fn body(&self) -> Value {
        let mut body = Map::new();
        for (key, paras) in &self.paras {
            body.insert((*key).to_owned(), json!(paras));
        }
        if self.labels != Labels::default() {
            body.insert(LABELS.to_owned(), json!(self.labels));
        }
        if !self.comments.is_empty() {
            body.insert(COMMENTS.to_owned(), json!(self.comments));
        }
        if !self.accepted.is_empty() {
            body.insert(ACCEPTED.to_owned(), json!(self.accepted));
        }
        Value::Object(body)
    }
}

const ROADS: &str = "roads";
const LABELS: &str = "labels";
const COMMENTS: &str = "comments";
const ACCEPTED: &str = "accepted";

/// Whether under this key of a body stands something that one of them wrote or agreed to.
pub fn is_words(key: &str) -> bool {
    [ROADS, COMMENTS, ACCEPTED].contains(&key) || PlanField::of_key(key).is_some()
}

/// Whether a body from outside is what is shared of a plan, and nothing else.
pub fn is_sound(body: &Value) -> bool {
    let known = |key: &str| {
        [ROADS, LABELS, COMMENTS, ACCEPTED].contains(&key) || PlanField::of_key(key).is_some()
    };
    let Some(fields) = body.as_object() else { return false };
    let mut whole = fields.clone();
    whole.insert("person".to_owned(), json!(Id::new(0, 0)));
    fields.keys().all(|key| known(key)) && serde_json::from_value::<Plan>(whole.into()).is_ok()
}

impl SharedPara {
    fn of(para: &Para) -> SharedPara {
        let Para { id, text, by, name, at, extra: _ } = para.clone();
        SharedPara { id, text, by, name, at }
    }
}

impl SharedComment {
    fn of(comment: &Comment) -> SharedComment {
        let Comment { id, field, text, by, name, at, extra: _ } = comment.clone();
        SharedComment { id, field, text, by, name, at }
    }
}

impl SharedAcceptance {
    fn of(acceptance: &Acceptance) -> SharedAcceptance {
        let Acceptance { id, digest, by, name, on, words, extra: _ } = acceptance.clone();
        SharedAcceptance { id, digest, by, name, on, words }
    }
}
