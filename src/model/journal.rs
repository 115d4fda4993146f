//! Everything that is unlocked, in memory and typed: what the screens and exports read.

mod actions;
mod answers;
mod learning;
mod people;
mod plans;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use jiff::civil::{Date, Time};
use serde_json::Value;

use super::index::Index;
use super::{
    Action, Attachment, Attempt, Body, Id, Kind, Layer, Learning, Mark, Own, PastArcp, Person,
    Plan, Prompt, Receipt, Session, Settings,
};

/// The current state of every record. It knows nothing of revisions or files; whoever owns the
/// vault keeps those.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    people: BTreeMap<Id, Person>,
    sessions: BTreeMap<Id, Held>,
    /// What was taken back: people, conversations, reflections and actions that are in no list, and
    /// found by their identity alone.
    removed: BTreeMap<Id, Body>,
    actions: BTreeMap<Id, Action>,
    receipts: BTreeMap<Id, Receipt>,
    learning: BTreeMap<Id, Learning>,
    plans: BTreeMap<Id, Plan>,
    settings: Option<(Id, Settings)>,
    /// Without their bytes.
    attachments: BTreeMap<Id, Attachment>,
    /// Shared with whoever made a library of it: a change is known by its new place in memory.
    own: Arc<Own>,
    others: BTreeMap<Id, (Kind, Value)>,
    /// Conversations and reflections whose texts are still being read.
    short: BTreeSet<Id>,
    /// Each wording of a prompt once: the same few are asked in every conversation.
    prompts: HashSet<Arc<Prompt>>,
    index: Index,
    /// How often something was put or taken out.
    changes: u64,
    /// What was put or taken out since somebody asked, in no order. Texts that were filled in are
    /// not among it.
    news: Vec<Id>,
}

/// A conversation or a reflection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Which of the two: [`Kind::Session`] or [`Kind::Reflection`].
    pub kind: Kind,
    /// What was asked and answered.
    pub session: Session,
}

/// How much there is about a person, besides what is known of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct About {
    /// Conversations with them.
    pub sessions: usize,
    /// Reflections about them.
    pub reflections: usize,
    /// Actions agreed with them.
    pub actions: usize,
    /// Files attached to any of these.
    pub attachments: usize,
    /// What left this computer about them.
    pub receipts: usize,
    /// Career plans with them.
    pub plans: usize,
    /// Records of kinds that no screen shows yet.
    pub others: usize,
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
    /// A sitting of an examination.
    Attempt(&'a Attempt),
    /// An ARCP panel that sat.
    Panel(&'a PastArcp),
    /// A version of the career plan that both agreed: with whom, and its number.
    Agreed(Id, usize),
}

impl Journal {
    /// A journal of many records at once; `true` says that the texts of one are still to come.
    /// Quicker than putting each, because every order is sorted just once.
    pub fn of(records: Vec<(Id, Body, bool)>) -> Journal {
        let mut journal = Journal::default();
        // Of one that comes twice the later counts, as its body does.
        for (id, _, short) in &records {
            if *short {
                journal.short.insert(*id)
            } else {
                journal.short.remove(id)
            };
        }
        let whole = records.iter().filter(|(_, _, short)| !short);
        journal.news = whole.map(|(id, ..)| *id).collect();
        let mut people = Vec::new();
        let mut held = Vec::new();
        let mut actions = Vec::new();
        for (id, body, _) in records {
            match body {
                Body::Person(person) if person.removed.is_none() => people.push((id, person)),
                Body::Session(session) if session.removed.is_none() => {
                    held.push((id, journal.shared(Held { kind: Kind::Session, session })));
                }
                Body::Reflection(session) if session.removed.is_none() => {
                    held.push((id, journal.shared(Held { kind: Kind::Reflection, session })));
                }
                Body::Action(action) if action.removed.is_none() => actions.push((id, action)),
                rare => journal.put(id, rare),
            }
        }
        journal.people = people.into_iter().collect();
        journal.sessions = held.into_iter().collect();
        journal.actions = actions.into_iter().collect();
        journal.index.people_of(&journal.people);
        journal.index.held_of(&journal.sessions);
        journal.index.actions_of(&journal.actions);
        journal
    }

    /// Whether the texts of a conversation or reflection are still being read.
    pub fn is_short(&self, id: Id) -> bool {
        self.short.contains(&id)
    }

    /// How many records are still without their texts.
    pub fn short(&self) -> usize {
        self.short.len()
    }

    /// Puts texts that were still being read. What is whole already is newer and stays.
    pub fn fill(&mut self, texts: Vec<(Id, Body)>) {
        for (id, body) in texts {
            if self.is_short(id) {
                // Its short part was there: the lists stay as they are.
                let (changes, news) = (self.changes, self.news.len());
                self.put(id, body);
                self.changes = changes;
                self.news.truncate(news);
            } else if !self.holds(id) {
                self.put(id, body);
            }
        }
    }

    /// Whether anything is known of a record.
    pub fn holds(&self, id: Id) -> bool {
        self.sessions.contains_key(&id)
            || self.removed.contains_key(&id)
            || self.actions.contains_key(&id)
            || self.people.contains_key(&id)
            || self.receipts.contains_key(&id)
            || self.learning.contains_key(&id)
            || self.plans.contains_key(&id)
            || self.attachments.contains_key(&id)
            || self.own.holds(id)
            || self.others.contains_key(&id)
            || self.settings_id() == Some(id)
    }

    /// A number that is another one after every change, for whoever keeps what was made of the
    /// journal.
    pub const fn changes(&self) -> u64 {
        self.changes
    }

    /// What was put or taken out since the last call, some of it twice. Whoever keeps what was
    /// made of the journal goes by it.
    pub fn take_news(&mut self) -> Vec<Id> {
        std::mem::take(&mut self.news)
    }

    /// Takes a record out: it was erased, or its file is gone.
    pub fn remove(&mut self, id: Id) {
        self.changes += 1;
        self.news.push(id);
        self.short.remove(&id);
        self.removed.remove(&id);
        self.unlist(id);
        if let Some(receipt) = self.receipts.remove(&id) {
            self.index.without_receipt(id, &receipt);
        }
        self.learning.remove(&id);
        self.plans.remove(&id);
        self.attachments.remove(&id);
        if self.own.holds(id) {
            Arc::make_mut(&mut self.own).remove(id);
        }
        self.others.remove(&id);
        self.settings.take_if(|(held, _)| *held == id);
    }

    /// Takes a person, a conversation or an action out of every list.
    fn unlist(&mut self, id: Id) {
        if let Some(person) = self.people.remove(&id) {
            self.index.without_person(id, &person);
        }
        if let Some(held) = self.sessions.remove(&id) {
            self.index.without_held(id, &held);
        }
        if let Some(action) = self.actions.remove(&id) {
            self.index.without_action(id, &action);
        }
    }

    /// Puts a record's state in place of what was there.
    pub fn put(&mut self, id: Id, body: Body) {
        self.changes += 1;
        self.news.push(id);
        self.short.remove(&id);
        self.removed.remove(&id);
        if is_taken_back(&body) {
            self.unlist(id);
            self.removed.insert(id, body);
            return;
        }
        match body {
            Body::Person(person) => {
                let before = self.people.get(&id);
                self.index.person(id, before, &person);
                self.people.insert(id, person);
            }
            Body::Session(session) => self.put_held(id, Held { kind: Kind::Session, session }),
            Body::Reflection(session) => {
                self.put_held(id, Held { kind: Kind::Reflection, session });
            }
            Body::Action(action) => {
                self.index.action(id, self.actions.get(&id), &action);
                self.actions.insert(id, action);
            }
            Body::Receipt(receipt) => {
                self.index.receipt(id, self.receipts.get(&id), &receipt);
                self.receipts.insert(id, receipt);
            }
            Body::Settings(settings) => {
                // Two devices may each have made one; the older identity stays the record's.
                if self.settings.as_ref().is_none_or(|(held, _)| id <= *held) {
                    self.settings = Some((id, settings));
                }
            }
            Body::Attachment(attachment) => {
                self.attachments.insert(id, Attachment { bytes: None, ..attachment });
            }
            Body::Template(template) => drop(self.own_mut().templates.insert(id, template)),
            Body::Pack(pack) => drop(self.own_mut().packs.insert(id, pack)),
            Body::List(list) => drop(self.own_mut().lists.insert(id, list)),
            Body::Learning(learning) => self.put_learning(id, learning),
            Body::Plan(plan) => self.put_plan(id, plan),
            Body::Other(kind, value) => {
                self.learning.remove(&id);
                self.plans.remove(&id);
                self.others.insert(id, (kind, value));
            }
        }
    }

    fn own_mut(&mut self) -> &mut Own {
        Arc::make_mut(&mut self.own)
    }

    fn put_held(&mut self, id: Id, held: Held) {
        let held = self.shared(held);
        self.index.held(id, self.sessions.get(&id), &held);
        self.sessions.insert(id, held);
    }

    /// With each prompt as it is held already.
    fn shared(&mut self, mut held: Held) -> Held {
        for asked in held.session.sections.iter_mut().flat_map(|section| &mut section.items) {
            match self.prompts.get(&asked.prompt) {
                Some(known) => asked.prompt = Arc::clone(known),
                None => drop(self.prompts.insert(Arc::clone(&asked.prompt))),
            }
        }
        held
    }

    /// One record, whatever it is.
    pub fn get(&self, id: Id) -> Option<Body> {
        if let Some(person) = self.people.get(&id) {
            return Some(Body::Person(person.clone()));
        }
        if let Some(held) = self.sessions.get(&id) {
            return Some(held.body());
        }
        if let Some(body) = self.removed.get(&id) {
            return Some(body.clone());
        }
        if let Some(action) = self.actions.get(&id) {
            return Some(Body::Action(action.clone()));
        }
        if let Some(receipt) = self.receipts.get(&id) {
            return Some(Body::Receipt(receipt.clone()));
        }
        if let Some(attachment) = self.attachments.get(&id) {
            return Some(Body::Attachment(attachment.clone()));
        }
        if let Some(learning) = self.learning.get(&id) {
            return Some(Body::Learning(learning.clone()));
        }
        if let Some(plan) = self.plans.get(&id) {
            return Some(Body::Plan(plan.clone()));
        }
        match &self.settings {
            Some((held, settings)) if *held == id => Some(Body::Settings(settings.clone())),
            _ => self.own.get(id).or_else(|| {
                self.others.get(&id).map(|(kind, value)| Body::Other(*kind, value.clone()))
            }),
        }
    }

    /// Every record, in no promised order.
    pub fn all(&self) -> impl Iterator<Item = (Id, Body)> + '_ {
        let people = self.people.iter().map(|(id, p)| (*id, Body::Person(p.clone())));
        let sessions = self.sessions.iter().map(|(id, held)| (*id, held.body()));
        let actions = self.actions.iter().map(|(id, a)| (*id, Body::Action(a.clone())));
        let receipts = self.receipts.iter().map(|(id, r)| (*id, Body::Receipt(r.clone())));
        let settings = self.settings.iter().map(|(id, s)| (*id, Body::Settings(s.clone())));
        let attachments = self.attachments.iter();
        let attachments = attachments.map(|(id, a)| (*id, Body::Attachment(a.clone())));
        let others = self.others.iter().map(|(id, (k, v))| (*id, Body::Other(*k, v.clone())));
        let learning = self.learning.iter().map(|(id, l)| (*id, Body::Learning(l.clone())));
        let first = people.chain(sessions).chain(actions).chain(receipts);
        let plans = self.plans.iter().map(|(id, plan)| (*id, Body::Plan(plan.clone())));
        let rare = self.own.all().chain(learning).chain(plans).chain(others);
        first.chain(settings).chain(attachments).chain(rare)
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
        self.newest_with(person).collect()
    }

    fn newest_with(&self, person: Id) -> impl Iterator<Item = (Id, &Session)> {
        let days = self.index.sessions.get(&person).into_iter().flatten();
        days.rev().filter_map(|(_, _, id)| Some((*id, &self.sessions.get(id)?.session)))
    }

    /// The reflections, newest first.
    pub fn reflections(&self) -> impl DoubleEndedIterator<Item = (Id, &Session)> {
        let days = self.index.reflections.iter().rev();
        days.filter_map(|(_, _, id)| Some((*id, &self.sessions.get(id)?.session)))
    }

    /// The reflections from one day to another, both included, oldest first.
    pub fn reflections_of(&self, from: Date, to: Date) -> impl Iterator<Item = (Id, &Session)> {
        let days = self.index.reflections.range((from, None, Id::new(0, 0))..);
        let days = days.take_while(move |(day, ..)| *day <= to);
        days.filter_map(|(_, _, id)| Some((*id, &self.sessions.get(id)?.session)))
    }

    /// How many reflections there are.
    pub fn reflection_count(&self) -> usize {
        self.index.reflections.len()
    }

    /// Whether something of a conversation or a reflection stands in a layer.
    pub fn lies_in(&self, held: Id, layer: Layer) -> bool {
        self.index.layers.get(&held).is_some_and(|layers| layers.contains(&layer))
    }

    /// How many lines, answers and actions For the ARCP there are about a person from the days
    /// of a period, the first and the last included.
    pub fn for_the_arcp(&self, person: Id, (from, to): (Date, Date)) -> usize {
        let days = self.index.arcp.get(&person).filter(|_| from <= to);
        days.map_or(0, |days| days.range(from..=to).map(|(_, count)| count).sum())
    }

    /// Conversations and reflections that are not finished, newest first.
    pub fn unfinished(&self) -> Vec<(Id, &Held)> {
        let days = self.index.unfinished.iter().rev();
        days.filter_map(|(_, _, id)| Some((*id, self.sessions.get(id)?))).collect()
    }

    /// The last finished conversation with a person in which the two met.
    pub fn last_finished(&self, person: Id) -> Option<(Id, &Session)> {
        self.newest_with(person).find(|(_, session)| session.was_held())
    }

    /// The day of the last finished conversation with a person.
    pub fn last_met(&self, person: Id) -> Option<Date> {
        self.last_finished(person).map(|(_, session)| session.date)
    }

    /// How many conversations with a person were finished, from a day on.
    pub fn met_since(&self, person: Id, from: Date) -> usize {
        self.newest_with(person)
            .take_while(|(_, session)| session.date >= from)
            .filter(|(_, session)| session.was_held())
            .count()
    }

    /// How many conversations and reflections came from a template.
    pub fn uses(&self, template: &str) -> usize {
        self.index.uses.get(template).map_or(0, BTreeSet::len)
    }

    /// When a template was used last, and for what.
    pub fn last_used(&self, template: &str) -> Option<(Date, Option<Time>, Id)> {
        self.index.uses.get(template)?.last().copied()
    }

    /// What left this computer, in the order of the receipts' identities.
    pub fn all_receipts(&self) -> impl Iterator<Item = (Id, &Receipt)> {
        self.receipts.iter().map(|(id, receipt)| (*id, receipt))
    }

    /// What left this computer, newest first.
    pub fn receipts(&self) -> Vec<(Id, &Receipt)> {
        let mut receipts: Vec<_> = self.receipts.iter().map(|(id, r)| (*id, r)).collect();
        receipts.sort_by_key(|(id, receipt)| std::cmp::Reverse((receipt.at, *id)));
        receipts
    }

    /// The files attached to a record, oldest first, without their bytes.
    pub fn attachments_of(&self, record: Id) -> impl Iterator<Item = (Id, &Attachment)> {
        let of =
            move |(_, file): &(&Id, &Attachment)| file.record == record && file.removed.is_none();
        self.attachments.iter().filter(of).map(|(id, file)| (*id, file))
    }

    /// What the person added to the library.
    pub fn own(&self) -> &Arc<Own> {
        &self.own
    }

    /// The settings, or their defaults.
    pub fn settings(&self) -> Settings {
        self.settings.as_ref().map(|(_, settings)| settings.clone()).unwrap_or_default()
    }

    /// What the owner thinks of a template or a module, by the name of the mark.
    pub fn mark(&self, key: &str) -> Option<&Mark> {
        self.settings.as_ref()?.1.library.get(key)
    }

    /// The identity of the settings record, once there is one.
    pub fn settings_id(&self) -> Option<Id> {
        self.settings.as_ref().map(|(id, _)| *id)
    }
}

/// Whether a record of the lists was taken back.
const fn is_taken_back(body: &Body) -> bool {
    match body {
        Body::Person(person) => person.removed.is_some(),
        Body::Session(session) | Body::Reflection(session) => session.removed.is_some(),
        Body::Action(action) => action.removed.is_some(),
        _ => false,
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
