//! What is being written now, and when it is kept.
//!
//! Typing goes to the encrypted draft 0.8 s after the last key and at the latest every 5 s. It
//! becomes a revision on finish, on leaving, on lock and quit, and after 10 minutes of writing,
//! not at each pause (`vault-format`, "Writing").

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::timer::Timer;
use super::undo::{Changed, Content, History};
use crate::model::{Action, ActionState, Body, Id, Journal, Kind, Rev, Session};

/// After the last key.
const PAUSE: SignedDuration = SignedDuration::from_millis(800);
/// After the first key that is in no draft yet.
const AT_LATEST: SignedDuration = SignedDuration::from_secs(5);
/// After the first key that is in no revision yet.
const REVISION: SignedDuration = SignedDuration::from_mins(10);

pub use crate::model::action::TAKEN_OUT;

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
    typing: Typing,
    since_revision: Option<Timestamp>,
    history: History,
    /// The actions of the record as they were before they were touched here.
    before: BTreeMap<Id, Action>,
    timer: Timer,
    /// Whether anything was written since it was opened.
    wrote: bool,
    /// The seconds that were spent in it when it was last kept.
    kept_spent: u32,
}

/// When something was typed that is in no draft yet.
#[derive(Debug, Clone, Copy)]
pub struct Typing {
    last_key: Option<Timestamp>,
    since: Option<Timestamp>,
}

impl Typing {
    /// Nothing was typed.
    pub const NONE: Typing = Typing { last_key: None, since: None };

    /// Something was typed.
    pub fn note(&mut self, now: Timestamp) {
        self.last_key = Some(now);
        self.since.get_or_insert(now);
    }

    /// Whether it is to be kept as a draft now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.since.is_some()
            && (passed(self.last_key, PAUSE, now) || passed(self.since, AT_LATEST, now))
    }

    /// Whether something is in no draft yet.
    pub const fn is_unkept(&self) -> bool {
        self.since.is_some()
    }

    /// It has been handed over for keeping.
    pub const fn kept(&mut self) {
        self.since = None;
    }
}

fn passed(since: Option<Timestamp>, time: SignedDuration, now: Timestamp) -> bool {
    // A clock that was set back puts nothing off.
    since.is_some_and(|since| now < since || now.duration_since(since) >= time)
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
            history: History::new(Content::of(&session, &BTreeMap::new())),
            before: BTreeMap::new(),
            timer: Timer::default(),
            wrote: false,
            kept_spent: session.spent,
            id,
            kind,
            session,
            actions: BTreeMap::new(),
            touched: false,
            typing: Typing::NONE,
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
        if std::mem::take(&mut self.touched) {
            self.typing.note(now);
            self.since_revision.get_or_insert(now);
            self.wrote = true;
            self.history.note(now, &self.session, &self.actions);
        }
    }

    /// Changes an action of the record, or agrees one.
    pub fn set_action(&mut self, journal: &Journal, id: Id, action: Action) {
        if let Some(held) = journal.action(id).filter(|_| !self.actions.contains_key(&id)) {
            self.before.insert(id, held.clone());
        }
        self.actions.insert(id, action);
        self.touched = true;
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is a step to redo.
    pub const fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Takes a step back, and says what it changed.
    pub fn undo(&mut self, now: Timestamp, journal: &Journal) -> Option<Changed> {
        self.note(now);
        let (content, changed) = self.history.undo()?;
        let content = content.clone();
        self.put_back(content, journal);
        Some(changed)
    }

    /// Takes a step forward again, and says what it changed.
    pub fn redo(&mut self, now: Timestamp, journal: &Journal) -> Option<Changed> {
        self.note(now);
        let (content, changed) = self.history.redo()?;
        let content = content.clone();
        self.put_back(content, journal);
        Some(changed)
    }

    /// Shows an earlier state. An action that the record holds by now can't be gone from it: it
    /// is as it was before, or it is dropped.
    fn put_back(&mut self, content: Content, journal: &Journal) {
        let (spent, finished) = (self.session.spent, self.session.finished);
        let shown = std::mem::replace(&mut self.actions, content.actions);
        for (id, action) in shown {
            let Some(held) = journal.action(id).filter(|_| !self.actions.contains_key(&id)) else {
                continue;
            };
            match self.before.get(&id) {
                Some(before) if before == held => {}
                Some(before) => drop(self.actions.insert(id, before.clone())),
                None => {
                    let reason = TAKEN_OUT.to_owned();
                    let dropped = Action { state: ActionState::Dropped, reason, ..action };
                    self.actions.insert(id, dropped);
                }
            }
        }
        self.session = Session { spent, finished, ..content.session };
        self.history.stands(&self.session, &self.actions);
        self.touched = true;
    }

    /// Counts the time up to the last touch.
    pub fn spend(&mut self, touch: Timestamp) {
        self.session.spent = self.session.spent.saturating_add(self.timer.touched(touch));
    }

    /// Counts no time until it is asked to again.
    pub const fn stop_timer(&mut self) {
        self.timer.stop();
    }

    /// Whether time is being counted.
    pub fn is_timed(&self, now: Timestamp) -> bool {
        self.timer.runs(now)
    }

    /// Minutes to suggest at the end: what was spent, to the nearest minute; nothing when it was
    /// next to no time.
    pub fn minutes_to_suggest(&self, now: Timestamp) -> Option<u16> {
        let spent = self.spent(now).as_secs();
        u16::try_from((spent + 30) / 60).ok().filter(|minutes| *minutes > 0)
    }

    /// How long was spent in it up to now.
    pub fn spent(&self, now: Timestamp) -> SignedDuration {
        SignedDuration::from_secs(i64::from(self.session.spent)) + self.timer.running(now)
    }

    /// What is due now. A revision wins: it keeps all that a draft would.
    pub fn due(&self, now: Timestamp) -> Option<Due> {
        if passed(self.since_revision, REVISION, now) {
            Some(Due::Revision)
        } else if self.typing.is_due(now) {
            Some(Due::Draft)
        } else {
            None
        }
    }

    /// Whether something typed is in no draft yet.
    pub const fn is_unkept(&self) -> bool {
        self.touched || self.typing.is_unkept()
    }

    /// Whether something typed is in no revision yet.
    pub const fn is_changed(&self) -> bool {
        let minutes = self.session.spent.saturating_sub(self.kept_spent) / 60;
        self.touched || self.since_revision.is_some() || (self.wrote && minutes > 0)
    }

    /// The draft has been handed over for keeping.
    pub const fn kept_as_draft(&mut self) {
        self.typing.kept();
    }

    /// A revision has been handed over for keeping.
    pub const fn kept_as_revision(&mut self) {
        self.wrote |= self.touched;
        self.touched = false;
        self.kept_spent = self.session.spent;
        self.typing.kept();
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
