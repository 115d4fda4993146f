//! Orders over the journal, kept up to date with every change, so that no list has to sort or
//! scan the whole record while it is drawn.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::{Date, Time};

use super::journal::Held;
use super::{Action, Id, Kind, Person, Receipt};

/// When something was held, oldest first.
pub type When = (Date, Option<Time>, Id);

/// Open actions before closed ones, each by due day, those without one last.
pub type Order = (bool, bool, Option<Date>, Id);

/// The orders.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// People by name, without regard to case.
    pub names: BTreeSet<(String, Id)>,
    /// Conversations by person.
    pub sessions: BTreeMap<Id, BTreeSet<When>>,
    /// Reflections by the person they are about.
    pub about: BTreeMap<Id, BTreeSet<When>>,
    /// All reflections.
    pub reflections: BTreeSet<When>,
    /// What is not finished.
    pub unfinished: BTreeSet<When>,
    /// What came from each template.
    pub uses: BTreeMap<String, BTreeSet<When>>,
    /// All actions.
    pub actions: BTreeSet<Order>,
    /// Actions by person.
    pub actions_with: BTreeMap<Id, BTreeSet<Order>>,
    /// Closed actions by the day they were answered.
    pub closed: BTreeMap<Date, BTreeSet<Id>>,
    /// Receipts by person.
    pub receipts: BTreeMap<Id, BTreeSet<Id>>,
}

impl Index {
    /// The orders of all people, where there were none.
    pub fn people_of(&mut self, people: &BTreeMap<Id, Person>) {
        self.names = people.iter().map(|(id, person)| (person.name.to_lowercase(), *id)).collect();
    }

    /// The orders of all conversations and reflections, where there were none.
    pub fn held_of(&mut self, held: &BTreeMap<Id, Held>) {
        let of = |kind: Kind| {
            let held = held.iter().filter(move |(_, held)| held.kind == kind);
            sorted_by_person(
                held.filter_map(|(id, held)| Some((held.session.person?, when(*id, held)))),
            )
        };
        (self.sessions, self.about) = (of(Kind::Session), of(Kind::Reflection));
        let days = |test: fn(&Held) -> bool| {
            held.iter().filter(move |(_, held)| test(held)).map(|(id, held)| when(*id, held))
        };
        self.reflections = days(|held| held.kind == Kind::Reflection).collect();
        self.unfinished = days(|held| held.session.finished.is_none()).collect();
        let mut uses: HashMap<&str, Vec<When>> = HashMap::new();
        for (id, held) in held {
            uses.entry(&held.session.template.id).or_default().push(when(*id, held));
        }
        let uses = uses.into_iter();
        self.uses = uses.map(|(id, uses)| (id.to_owned(), uses.into_iter().collect())).collect();
    }

    /// The orders of all actions, where there were none.
    pub fn actions_of(&mut self, actions: &BTreeMap<Id, Action>) {
        self.actions = actions.iter().map(|(id, action)| order(*id, action)).collect();
        self.actions_with = sorted_by_person(
            actions.iter().filter_map(|(id, action)| Some((action.person?, order(*id, action)))),
        );
        for (id, action) in actions.iter().filter(|(_, action)| !action.is_open()) {
            if let Some(day) = action.settled {
                self.closed.entry(day).or_default().insert(*id);
            }
        }
    }

    /// A person came or changed.
    pub fn person(&mut self, id: Id, before: Option<&Person>, now: &Person) {
        if let Some(before) = before {
            self.without_person(id, before);
        }
        self.names.insert((now.name.to_lowercase(), id));
    }

    /// A person went.
    pub fn without_person(&mut self, id: Id, before: &Person) {
        self.names.remove(&(before.name.to_lowercase(), id));
    }

    /// A conversation or a reflection came or changed.
    pub fn held(&mut self, id: Id, before: Option<&Held>, now: &Held) {
        if let Some(before) = before {
            self.without_held(id, before);
        }
        let when = when(id, now);
        let session = &now.session;
        if now.kind == Kind::Reflection {
            self.reflections.insert(when);
        }
        if let Some(person) = session.person {
            self.of_kind(now.kind).entry(person).or_default().insert(when);
        }
        if session.finished.is_none() {
            self.unfinished.insert(when);
        }
        self.uses.entry(session.template.id.clone()).or_default().insert(when);
    }

    /// A conversation or a reflection went.
    pub fn without_held(&mut self, id: Id, before: &Held) {
        let when = when(id, before);
        self.reflections.remove(&when);
        self.unfinished.remove(&when);
        let of = before.session.person;
        if let Some(of) = of.and_then(|person| self.of_kind(before.kind).get_mut(&person)) {
            of.remove(&when);
        }
        if let Some(uses) = self.uses.get_mut(&before.session.template.id) {
            uses.remove(&when);
        }
    }

    fn of_kind(&mut self, kind: Kind) -> &mut BTreeMap<Id, BTreeSet<When>> {
        if kind == Kind::Reflection { &mut self.about } else { &mut self.sessions }
    }

    /// An action came or changed.
    pub fn action(&mut self, id: Id, before: Option<&Action>, now: &Action) {
        if let Some(before) = before {
            self.without_action(id, before);
        }
        let order = order(id, now);
        self.actions.insert(order);
        if let Some(person) = now.person {
            self.actions_with.entry(person).or_default().insert(order);
        }
        if let Some(day) = now.settled.filter(|_| !now.is_open()) {
            self.closed.entry(day).or_default().insert(id);
        }
    }

    /// An action went.
    pub fn without_action(&mut self, id: Id, before: &Action) {
        let order = order(id, before);
        self.actions.remove(&order);
        if let Some(of) = before.person.and_then(|person| self.actions_with.get_mut(&person)) {
            of.remove(&order);
        }
        if let Some(closed) = before.settled.and_then(|day| self.closed.get_mut(&day)) {
            closed.remove(&id);
        }
    }

    /// A receipt came or changed.
    pub fn receipt(&mut self, id: Id, before: Option<&Receipt>, now: &Receipt) {
        if let Some(before) = before {
            self.without_receipt(id, before);
        }
        if let Some(person) = now.person {
            self.receipts.entry(person).or_default().insert(id);
        }
    }
}

impl Index {
    /// A receipt went.
    pub fn without_receipt(&mut self, id: Id, before: &Receipt) {
        if let Some(of) = before.person.and_then(|person| self.receipts.get_mut(&person)) {
            of.remove(&id);
        }
    }
}

/// Groups and sorts; one sorting of everything is quicker than many insertions.
fn sorted_by_person<T: Ord>(pairs: impl Iterator<Item = (Id, T)>) -> BTreeMap<Id, BTreeSet<T>> {
    let mut groups: HashMap<Id, Vec<T>> = HashMap::new();
    for (person, key) in pairs {
        groups.entry(person).or_default().push(key);
    }
    groups.into_iter().map(|(person, keys)| (person, keys.into_iter().collect())).collect()
}

fn when(id: Id, held: &Held) -> When {
    (held.session.date, held.session.time, id)
}

fn order(id: Id, action: &Action) -> Order {
    (!action.is_open(), action.due.is_none(), action.due, id)
}
