//! What the lists show of a record, without its long texts: enough to draw every list at once
//! after unlocking, while the texts are still being read.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Action, ActionState, Body, Extra, Id, Kind, Layer, Owner, Session, TemplateRef};

/// The short part of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Glance {
    /// A conversation, or a reflection where `reflection` says so.
    Session(Box<SessionGlance>),
    /// An action that is open; closed ones come with the texts.
    Action(Box<ActionGlance>),
    /// Anything that is short or rare: the whole body as JSON.
    Whole(Kind, Box<str>),
}

/// A conversation or reflection without what was asked and answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names of `Session`")]
pub struct SessionGlance {
    pub reflection: bool,
    pub person: Option<Id>,
    pub template: String,
    pub version: u32,
    pub title: String,
    pub date: Date,
    pub time: Option<Time>,
    pub minutes: Option<u16>,
    pub place: String,
    pub tags: Vec<String>,
    pub finished: Option<Timestamp>,
    pub source_id: Option<String>,
}

/// An open action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names of `Action`")]
pub struct ActionGlance {
    pub person: Option<Id>,
    pub from: Option<Id>,
    pub text: String,
    pub owner: Owner,
    pub due: Option<Date>,
    pub state: ActionState,
    pub settled: Option<Date>,
    pub layer: Layer,
    pub made: Date,
    pub source_id: Option<String>,
}

impl Glance {
    /// The short part of a body; nothing where the lists can wait for the whole.
    pub fn of(kind: Kind, body: &Value) -> Option<Glance> {
        if kind == Kind::Attachment {
            return None;
        }
        match Body::read(kind, body).ok()? {
            Body::Session(session) if session.removed.is_none() => {
                Some(Self::of_session(session, false))
            }
            Body::Reflection(session) if session.removed.is_none() => {
                Some(Self::of_session(session, true))
            }
            Body::Action(action) if !action.is_open() || action.removed.is_some() => None,
            Body::Action(action) if is_plain(&action) => Some(Self::of_action(action)),
            _ => Some(Glance::Whole(kind, body.to_string().into())),
        }
    }

    fn of_session(session: Session, reflection: bool) -> Glance {
        Glance::Session(Box::new(SessionGlance {
            reflection,
            person: session.person,
            template: session.template.id,
            version: session.template.version,
            title: session.title,
            date: session.date,
            time: session.time,
            minutes: session.minutes,
            place: session.place,
            tags: session.tags,
            finished: session.finished,
            source_id: session.source_id,
        }))
    }

    fn of_action(action: Action) -> Glance {
        Glance::Action(Box::new(ActionGlance {
            person: action.person,
            from: action.from,
            text: action.text,
            owner: action.owner,
            due: action.due,
            state: action.state,
            settled: action.settled,
            layer: action.layer,
            made: action.made,
            source_id: action.source_id,
        }))
    }

    /// Whether the texts are still to come.
    pub const fn is_short(&self) -> bool {
        matches!(self, Glance::Session(_))
    }

    /// The body as far as it is known.
    ///
    /// # Errors
    /// The body does not have the shape of its kind.
    pub fn into_body(self) -> Result<Body, serde_json::Error> {
        Ok(match self {
            Glance::Whole(kind, json) => Body::parse(kind, &json)?,
            Glance::Action(action) => Body::Action(action.into_action()),
            Glance::Session(session) => {
                let reflection = session.reflection;
                let session = session.into_session();
                if reflection { Body::Reflection(session) } else { Body::Session(session) }
            }
        })
    }
}

/// Whether the glance of an action holds all of it.
fn is_plain(action: &Action) -> bool {
    action.extra.is_empty() && action.reason.is_empty() && action.due_typed.is_empty()
}

impl SessionGlance {
    fn into_session(self) -> Session {
        Session {
            person: self.person,
            template: TemplateRef { id: self.template, version: self.version },
            title: self.title,
            date: self.date,
            time: self.time,
            minutes: self.minutes,
            spent: 0,
            place: self.place,
            sections: Vec::new(),
            margin: Vec::new(),
            arcp: Vec::new(),
            tags: self.tags,
            kept: Vec::new(),
            brought: Vec::new(),
            links: Vec::new(),
            finished: self.finished,
            source_id: self.source_id,
            removed: None,
            extra: Extra::new(),
        }
    }
}

impl ActionGlance {
    fn into_action(self) -> Action {
        Action {
            person: self.person,
            from: self.from,
            text: self.text,
            owner: self.owner,
            due: self.due,
            due_typed: String::new(),
            state: self.state,
            settled: self.settled,
            reason: String::new(),
            layer: self.layer,
            made: self.made,
            source_id: self.source_id,
            removed: None,
            extra: Extra::new(),
        }
    }
}
