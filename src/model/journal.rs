//! Everything that is unlocked, in memory and typed: what the screens and exports read.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;

use super::{Action, Body, Id, Kind, Person, Receipt, Session, Settings};

/// The current state of every record. It knows nothing of revisions or files; whoever owns the
/// vault keeps those.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    people: BTreeMap<Id, Person>,
    sessions: BTreeMap<Id, Held>,
    actions: BTreeMap<Id, Action>,
    receipts: BTreeMap<Id, Receipt>,
    settings: Option<(Id, Settings)>,
    others: BTreeMap<Id, (Kind, Value)>,
}

/// A conversation or a reflection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Which of the two: [`Kind::Session`] or [`Kind::Reflection`].
    pub kind: Kind,
    /// What was asked and answered.
    pub session: Session,
}

/// One line of a person's timeline.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// A conversation.
    Session(Id, &'a Session),
    /// A reflection about the person.
    Reflection(Id, &'a Session),
    /// Something that left this computer.
    Receipt(Id, &'a Receipt),
}

impl Journal {
    /// Puts a record's state in place of what was there.
    pub fn put(&mut self, id: Id, body: Body) {
        match body {
            Body::Person(person) => {
                self.people.insert(id, person);
            }
            Body::Session(session) => {
                self.sessions.insert(id, Held { kind: Kind::Session, session });
            }
            Body::Reflection(session) => {
                self.sessions.insert(id, Held { kind: Kind::Reflection, session });
            }
            Body::Action(action) => {
                self.actions.insert(id, action);
            }
            Body::Receipt(receipt) => {
                self.receipts.insert(id, receipt);
            }
            Body::Settings(settings) => {
                // Two devices may each have made one; the older identity stays the record's.
                if self.settings.as_ref().is_none_or(|(held, _)| id <= *held) {
                    self.settings = Some((id, settings));
                }
            }
            Body::Other(kind, value) => {
                self.others.insert(id, (kind, value));
            }
        }
    }

    /// One record, whatever it is.
    pub fn get(&self, id: Id) -> Option<Body> {
        if let Some(person) = self.people.get(&id) {
            return Some(Body::Person(person.clone()));
        }
        if let Some(held) = self.sessions.get(&id) {
            return Some(held.body());
        }
        if let Some(action) = self.actions.get(&id) {
            return Some(Body::Action(action.clone()));
        }
        if let Some(receipt) = self.receipts.get(&id) {
            return Some(Body::Receipt(receipt.clone()));
        }
        match &self.settings {
            Some((held, settings)) if *held == id => Some(Body::Settings(settings.clone())),
            _ => self.others.get(&id).map(|(kind, value)| Body::Other(*kind, value.clone())),
        }
    }

    /// Every record, in no promised order.
    pub fn all(&self) -> impl Iterator<Item = (Id, Body)> + '_ {
        let people = self.people.iter().map(|(id, p)| (*id, Body::Person(p.clone())));
        let sessions = self.sessions.iter().map(|(id, held)| (*id, held.body()));
        let actions = self.actions.iter().map(|(id, a)| (*id, Body::Action(a.clone())));
        let receipts = self.receipts.iter().map(|(id, r)| (*id, Body::Receipt(r.clone())));
        let settings = self.settings.iter().map(|(id, s)| (*id, Body::Settings(s.clone())));
        let others = self.others.iter().map(|(id, (k, v))| (*id, Body::Other(*k, v.clone())));
        people.chain(sessions).chain(actions).chain(receipts).chain(settings).chain(others)
    }

    /// The people, by name.
    pub fn people(&self) -> Vec<(Id, &Person)> {
        let mut people: Vec<_> = self.people.iter().map(|(id, person)| (*id, person)).collect();
        people.sort_by_key(|(id, person)| (person.name.to_lowercase(), *id));
        people
    }

    /// One person.
    pub fn person(&self, id: Id) -> Option<&Person> {
        self.people.get(&id)
    }

    /// One conversation or reflection.
    pub fn held(&self, id: Id) -> Option<&Held> {
        self.sessions.get(&id)
    }

    /// All conversations and reflections, in the order of their identities.
    pub fn all_held(&self) -> impl Iterator<Item = (Id, &Held)> {
        self.sessions.iter().map(|(id, held)| (*id, held))
    }

    /// The conversations with one person, newest first.
    pub fn sessions_with(&self, person: Id) -> Vec<(Id, &Session)> {
        let mut sessions: Vec<_> = self
            .sessions
            .iter()
            .filter(|(_, h)| h.kind == Kind::Session && h.session.person == Some(person))
            .map(|(id, held)| (*id, &held.session))
            .collect();
        sessions.sort_by_key(|(id, s)| std::cmp::Reverse((s.date, s.time, *id)));
        sessions
    }

    /// The reflections, newest first.
    pub fn reflections(&self) -> Vec<(Id, &Session)> {
        let mut reflections: Vec<_> = self
            .sessions
            .iter()
            .filter(|(_, held)| held.kind == Kind::Reflection)
            .map(|(id, held)| (*id, &held.session))
            .collect();
        reflections.sort_by_key(|(id, s)| std::cmp::Reverse((s.date, s.time, *id)));
        reflections
    }

    /// Conversations and reflections that are not finished, newest first.
    pub fn unfinished(&self) -> Vec<(Id, &Held)> {
        let mut open: Vec<_> = self
            .sessions
            .iter()
            .filter(|(_, held)| held.session.finished.is_none())
            .map(|(id, held)| (*id, held))
            .collect();
        open.sort_by_key(|(id, held)| std::cmp::Reverse((held.session.date, *id)));
        open
    }

    /// The day of the last finished conversation with a person.
    pub fn last_met(&self, person: Id) -> Option<Date> {
        self.sessions_with(person)
            .iter()
            .find(|(_, session)| session.finished.is_some())
            .map(|(_, session)| session.date)
    }

    /// One action.
    pub fn action(&self, id: Id) -> Option<&Action> {
        self.actions.get(&id)
    }

    /// All actions: open ones first, by due day, those without one last.
    pub fn actions(&self) -> Vec<(Id, &Action)> {
        let mut actions: Vec<_> = self.actions.iter().map(|(id, a)| (*id, a)).collect();
        actions.sort_by_key(|(id, a)| (!a.is_open(), a.due.is_none(), a.due, *id));
        actions
    }

    /// The actions agreed with one person, in the order of [`Journal::actions`].
    pub fn actions_with(&self, person: Id) -> Vec<(Id, &Action)> {
        let mut actions = self.actions();
        actions.retain(|(_, action)| action.person == Some(person));
        actions
    }

    /// What left this computer, newest first.
    pub fn receipts(&self) -> Vec<(Id, &Receipt)> {
        let mut receipts: Vec<_> = self.receipts.iter().map(|(id, r)| (*id, r)).collect();
        receipts.sort_by_key(|(id, receipt)| std::cmp::Reverse((receipt.at, *id)));
        receipts
    }

    /// The settings, or their defaults.
    pub fn settings(&self) -> Settings {
        self.settings.as_ref().map(|(_, settings)| settings.clone()).unwrap_or_default()
    }

    /// The identity of the settings record, once there is one.
    pub fn settings_id(&self) -> Option<Id> {
        self.settings.as_ref().map(|(id, _)| *id)
    }

    /// What happened with one person, newest first, with its day.
    pub fn timeline(&self, person: Id) -> Vec<(Date, Event<'_>)> {
        let held = self.sessions.iter().filter(|(_, h)| h.session.person == Some(person));
        let mut events: Vec<(Date, Id, Event<'_>)> = held
            .map(|(id, held)| {
                let event = match held.kind {
                    Kind::Reflection => Event::Reflection(*id, &held.session),
                    _ => Event::Session(*id, &held.session),
                };
                (held.session.date, *id, event)
            })
            .collect();
        let receipts = self.receipts.iter().filter(|(_, r)| r.person == Some(person));
        events.extend(receipts.map(|(id, receipt)| {
            let day = receipt.at.to_zoned(jiff::tz::TimeZone::system()).date();
            (day, *id, Event::Receipt(*id, receipt))
        }));
        events.sort_by_key(|(day, id, _)| std::cmp::Reverse((*day, *id)));
        events.into_iter().map(|(day, _, event)| (day, event)).collect()
    }

    /// Finds people by identity or by full name, without regard to case.
    pub fn find_people(&self, wanted: &str) -> Vec<(Id, &Person)> {
        if let Some((id, person)) =
            wanted.parse().ok().and_then(|id| Some((id, self.people.get(&id)?)))
        {
            return vec![(id, person)];
        }
        let wanted = wanted.trim().to_lowercase();
        self.people()
            .into_iter()
            .filter(|(_, person)| person.name.trim().to_lowercase() == wanted)
            .collect()
    }
}

impl Held {
    /// The record's body.
    pub fn body(&self) -> Body {
        match self.kind {
            Kind::Reflection => Body::Reflection(self.session.clone()),
            _ => Body::Session(self.session.clone()),
        }
    }
}
