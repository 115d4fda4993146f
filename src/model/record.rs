//! Kinds of records and their typed bodies.

use serde::ser::Error as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Action, Attachment, Id, Learning, Pack, Person, Plan, Receipt, ReferenceList, Session,
    Settings, Template,
};

/// What sort of thing a record is (`vault-format`, "Kinds"). The list is closed: a file with
/// another kind is listed as one that this version cannot read, and kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the format's own")]
pub enum Kind {
    Person,
    Template,
    Pack,
    List,
    Session,
    Reflection,
    Action,
    Goal,
    Plan,
    Outcome,
    Learning,
    Attachment,
    Pairing,
    Shared,
    Receipt,
    Erase,
    AcceptRestore,
    Device,
    Settings,
}

/// A body that this version knows, or the plain value of one that it only keeps.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each holds the type of its name")]
#[expect(
    clippy::large_enum_variant,
    reason = "few are held at a time; the journal holds the types"
)]
pub enum Body {
    Person(Person),
    Session(Session),
    Reflection(Session),
    Action(Action),
    Receipt(Receipt),
    Settings(Settings),
    Attachment(Attachment),
    Template(Template),
    Pack(Pack),
    List(ReferenceList),
    Learning(Learning),
    Plan(Plan),
    /// A kind that this version keeps without using, or the part of a pairing that may be shown.
    Other(Kind, Value),
}

impl Body {
    /// Reads a body of the given kind; of a pairing what may be shown ([`shown`]).
    ///
    /// # Errors
    /// The body does not have the shape of its kind.
    pub fn read(kind: Kind, value: &Value) -> Result<Body, serde_json::Error> {
        Ok(match kind {
            Kind::Person => Body::Person(Person::deserialize(value)?),
            Kind::Session => Body::Session(Session::deserialize(value)?),
            Kind::Reflection => Body::Reflection(Session::deserialize(value)?),
            Kind::Action => Body::Action(Action::deserialize(value)?),
            Kind::Receipt => Body::Receipt(Receipt::deserialize(value)?),
            Kind::Settings => Body::Settings(Settings::deserialize(value)?),
            Kind::Attachment => Body::Attachment(Attachment::deserialize(value)?),
            Kind::Template => Body::Template(Template::deserialize(value)?),
            Kind::Pack => Body::Pack(Pack::deserialize(value)?),
            Kind::List => Body::List(ReferenceList::deserialize(value)?),
            Kind::Learning => learning(value.clone()),
            Kind::Plan => plan(value.clone()),
            other => Body::Other(other, shown(other, value.clone())),
        })
    }

    /// Reads a body from its JSON text, without the detour over a plain value.
    ///
    /// # Errors
    /// The body does not have the shape of its kind.
    pub fn parse(kind: Kind, json: &str) -> Result<Body, serde_json::Error> {
        Ok(match kind {
            Kind::Person => Body::Person(serde_json::from_str(json)?),
            Kind::Session => Body::Session(serde_json::from_str(json)?),
            Kind::Reflection => Body::Reflection(serde_json::from_str(json)?),
            Kind::Action => Body::Action(serde_json::from_str(json)?),
            Kind::Receipt => Body::Receipt(serde_json::from_str(json)?),
            Kind::Settings => Body::Settings(serde_json::from_str(json)?),
            Kind::Attachment => Body::Attachment(serde_json::from_str(json)?),
            Kind::Template => Body::Template(serde_json::from_str(json)?),
            Kind::Pack => Body::Pack(serde_json::from_str(json)?),
            Kind::List => Body::List(serde_json::from_str(json)?),
            Kind::Learning => learning(serde_json::from_str(json)?),
            Kind::Plan => plan(serde_json::from_str(json)?),
            other => Body::Other(other, shown(other, serde_json::from_str(json)?)),
        })
    }

    /// Whom a record with this identity is about. Records about different people never share a
    /// file, so that one person can be erased.
    pub fn about(&self, id: Id) -> Option<Id> {
        match self {
            Body::Person(_) => Some(id),
            Body::Session(session) | Body::Reflection(session) => session.person,
            Body::Action(action) => action.person,
            Body::Receipt(receipt) => receipt.person,
            Body::Attachment(attachment) => attachment.person,
            Body::Plan(plan) => Some(plan.person),
            Body::Settings(_) | Body::Template(_) | Body::Pack(_) | Body::List(_) => None,
            // It may come from a newer version, in which it is about somebody.
            Body::Learning(learning) => learning.extra.get("person")?.as_str()?.parse().ok(),
            Body::Other(kind, value) => about(*kind, id, value),
        }
    }

    /// The kind of this body.
    pub const fn kind(&self) -> Kind {
        match self {
            Body::Person(_) => Kind::Person,
            Body::Session(_) => Kind::Session,
            Body::Reflection(_) => Kind::Reflection,
            Body::Action(_) => Kind::Action,
            Body::Receipt(_) => Kind::Receipt,
            Body::Settings(_) => Kind::Settings,
            Body::Attachment(_) => Kind::Attachment,
            Body::Template(_) => Kind::Template,
            Body::Pack(_) => Kind::Pack,
            Body::List(_) => Kind::List,
            Body::Learning(_) => Kind::Learning,
            Body::Plan(_) => Kind::Plan,
            Body::Other(kind, _) => *kind,
        }
    }

    /// The body as it is kept.
    ///
    /// # Errors
    /// An attachment without its bytes. None for the other types; the signature is that of the
    /// JSON library.
    pub fn write(&self) -> Result<Value, serde_json::Error> {
        match self {
            Body::Person(person) => serde_json::to_value(person),
            Body::Session(session) | Body::Reflection(session) => serde_json::to_value(session),
            Body::Action(action) => serde_json::to_value(action),
            Body::Receipt(receipt) => serde_json::to_value(receipt),
            Body::Settings(settings) => serde_json::to_value(settings),
            Body::Attachment(attachment) if attachment.is_whole() => {
                serde_json::to_value(attachment)
            }
            Body::Template(template) => serde_json::to_value(template),
            Body::Pack(pack) => serde_json::to_value(pack),
            Body::List(list) => serde_json::to_value(list),
            Body::Learning(learning) => serde_json::to_value(learning),
            Body::Plan(plan) => serde_json::to_value(plan),
            Body::Attachment(_) => Err(serde_json::Error::custom("the bytes were not read")),
            Body::Other(_, value) => Ok(value.clone()),
        }
    }
}

/// What may be read of a pairing outside `exchange`: an allow-list, because the rest are keys.
const OF_A_PAIRING: [&str; 3] = ["person", "checked", "unpaired"];

/// The body of a record as screens, lists and copies may hold it: of a pairing without its keys.
/// So what they hold of one is never to be saved.
pub fn shown(kind: Kind, body: Value) -> Value {
    match body {
        Value::Object(fields) if kind == Kind::Pairing => {
            let fields = fields.into_iter();
            Value::Object(
                fields.filter(|(name, _)| OF_A_PAIRING.contains(&name.as_str())).collect(),
            )
        }
        _ if kind == Kind::Pairing => Value::Null,
        body => body,
    }
}

/// What was learned; of a shape that this version does not know it is kept as it lies, as every
/// version before this one kept it.
fn learning(value: Value) -> Body {
    match Learning::deserialize(&value) {
        Ok(learning) => Body::Learning(learning),
        Err(_) => Body::Other(Kind::Learning, value),
    }
}

/// A career plan; of a shape that this version does not know it is kept as it lies.
fn plan(value: Value) -> Body {
    match Plan::deserialize(&value) {
        Ok(plan) => Body::Plan(plan),
        Err(_) => Body::Other(Kind::Plan, value),
    }
}

/// Whom a record with this identity and plain body is about. What says that a person was erased
/// is about nobody: it must outlast them.
pub fn about(kind: Kind, id: Id, body: &Value) -> Option<Id> {
    match kind {
        Kind::Person => Some(id),
        Kind::Erase | Kind::AcceptRestore | Kind::Device | Kind::Settings => None,
        Kind::Template | Kind::Pack | Kind::List => None,
        _ => body.get("person")?.as_str()?.parse().ok(),
    }
}

impl Kind {
    /// The word for it on the command line and in lists.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Template => "template",
            Kind::Pack => "pack",
            Kind::List => "list",
            Kind::Session => "session",
            Kind::Reflection => "reflection",
            Kind::Action => "action",
            Kind::Goal => "goal",
            Kind::Plan => "plan",
            Kind::Outcome => "outcome",
            Kind::Learning => "learning",
            Kind::Attachment => "attachment",
            Kind::Pairing => "pairing",
            Kind::Shared => "shared",
            Kind::Receipt => "receipt",
            Kind::Erase => "erase",
            Kind::AcceptRestore => "accept-restore",
            Kind::Device => "device",
            Kind::Settings => "settings",
        }
    }
}
