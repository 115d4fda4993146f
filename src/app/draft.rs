//! What is being written now, and when it is kept.
//!
//! Typing goes to the encrypted draft 0.8 s after the last key and at the latest every 5 s. It
//! becomes a revision on finish, on leaving, on lock and quit, and after 10 minutes of writing,
//! not at each pause (`vault-format`, "Writing").

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::model::{Action, Body, Id, Journal, Kind, Rev, Session};

/// After the last key.
const PAUSE: SignedDuration = SignedDuration::from_millis(800);
/// After the first key that is in no draft yet.
const AT_LATEST: SignedDuration = SignedDuration::from_secs(5);
/// After the first key that is in no revision yet.
const REVISION: SignedDuration = SignedDuration::from_mins(10);

/// A record's new state, to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Which record.
    pub id: Id,
    /// Its new state.
    pub body: Body,
}

/// A conversation or reflection that is open, with the actions touched in it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Which record.
    pub id: Id,
    /// Conversation or reflection.
    pub kind: Kind,
    /// What is asked and answered.
    pub session: Session,
    /// Actions that were agreed or settled here.
    pub actions: BTreeMap<Id, Action>,
    /// Set by the screen when something was typed; taken back by [`Draft::note`].
    pub touched: bool,
    last_key: Option<Timestamp>,
    since_draft: Option<Timestamp>,
    since_revision: Option<Timestamp>,
}

/// What is due for a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// To be kept as a draft.
    Draft,
    /// To become a revision.
    Revision,
}

impl Draft {
    /// Opens a conversation or reflection for writing.
    pub fn new(id: Id, kind: Kind, session: Session) -> Draft {
        Draft {
            id,
            kind,
            session,
            actions: BTreeMap::new(),
            touched: false,
            last_key: None,
            since_draft: None,
            since_revision: None,
        }
    }

    /// Opens what the journal holds; nothing while its texts are still being read.
    pub fn open(journal: &Journal, id: Id) -> Option<Draft> {
        let held = journal.held(id).filter(|_| !journal.is_short(id))?;
        Some(Draft::new(id, held.kind, held.session.clone()))
    }

    /// Notes the time of what was typed since the last call.
    pub fn note(&mut self, now: Timestamp) {
        // A clock that was set back must not put the next draft off.
        for since in [&mut self.last_key, &mut self.since_draft, &mut self.since_revision] {
            *since = since.map(|since| since.min(now));
        }
        if std::mem::take(&mut self.touched) {
            self.last_key = Some(now);
            self.since_draft.get_or_insert(now);
            self.since_revision.get_or_insert(now);
        }
    }

    /// What is due now. A revision wins: it keeps all that a draft would.
    pub fn due(&self, now: Timestamp) -> Option<Due> {
        let passed =
            |since: Option<Timestamp>, time| since.is_some_and(|s| now.duration_since(s) >= time);
        if passed(self.since_revision, REVISION) {
            Some(Due::Revision)
        } else if self.since_draft.is_some()
            && (passed(self.last_key, PAUSE) || passed(self.since_draft, AT_LATEST))
        {
            Some(Due::Draft)
        } else {
            None
        }
    }

    /// Whether something typed is in no draft yet.
    pub const fn is_unkept(&self) -> bool {
        self.touched || self.since_draft.is_some()
    }

    /// Whether something typed is in no revision yet.
    pub const fn is_changed(&self) -> bool {
        self.touched || self.since_revision.is_some()
    }

    /// The draft has been handed over for keeping.
    pub const fn kept_as_draft(&mut self) {
        self.since_draft = None;
    }

    /// A revision has been handed over for keeping.
    pub const fn kept_as_revision(&mut self) {
        self.touched = false;
        self.since_draft = None;
        self.since_revision = None;
    }

    /// All records that this draft changes, the conversation first.
    pub fn changes(&self) -> Vec<Change> {
        let body = match self.kind {
            Kind::Reflection => Body::Reflection(self.session.clone()),
            _ => Body::Session(self.session.clone()),
        };
        let actions = self
            .actions
            .iter()
            .filter(|(_, action)| !action.text.trim().is_empty())
            .map(|(id, action)| Change { id: *id, body: Body::Action(action.clone()) });
        std::iter::once(Change { id: self.id, body }).chain(actions).collect()
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    kind: Kind,
    id: Id,
    body: serde_json::Value,
    /// The versions it was made from.
    #[serde(default)]
    base: Vec<Rev>,
}

/// The versions that changes were made from.
pub type BaseOf = BTreeMap<Id, Vec<Rev>>;

/// Changes as they lie in a draft, with the versions they were made from.
///
/// # Errors
/// None for bodies of known kinds; the signature is that of the JSON library.
pub fn write(changes: &[Change], bases: &BaseOf) -> Result<Vec<u8>, serde_json::Error> {
    let kept: Vec<Kept> = changes
        .iter()
        .map(|change| {
            let (kind, body) = (change.body.kind(), change.body.write()?);
            let base = bases.get(&change.id).cloned().unwrap_or_default();
            Ok(Kept { kind, id: change.id, body, base })
        })
        .collect::<Result<_, serde_json::Error>>()?;
    serde_json::to_vec(&kept)
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// The bytes are not such a draft.
pub fn read(bytes: &[u8]) -> Result<(Vec<Change>, BaseOf), serde_json::Error> {
    let kept: Vec<Kept> = serde_json::from_slice(bytes)?;
    let mut changes = Vec::with_capacity(kept.len());
    let mut bases = BaseOf::new();
    for Kept { kind, id, body, base } in kept {
        changes.push(Change { id, body: Body::read(kind, &body)? });
        bases.insert(id, base);
    }
    Ok((changes, bases))
}
