//! Orders over the journal, kept up to date with every change, so that no list has to sort or
//! scan the whole record while it is drawn.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::{Date, Time};

use super::journal::Held;
use super::{Action, Id, Kind, Layer, Owner, Person, Receipt};

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
    /// Actions by the conversation they were agreed in.
    pub actions_from: BTreeMap<Id, BTreeSet<Id>>,
    /// Open actions by who does them, and under nobody all of them.
    pub open: BTreeMap<Option<Owner>, BTreeSet<Order>>,
    /// How many open actions of the owner of the record are due on each day.
    pub due: BTreeMap<Date, usize>,
    /// How many lines, answers and actions For the ARCP there are about a person, by day.
    pub arcp: BTreeMap<Id, BTreeMap<Date, usize>>,
    /// The layers in which something of a conversation or a reflection stands.
    pub layers: HashMap<Id, Vec<Layer>>,
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
        for (id, held) in held {
            self.layers_of(*id, held);
        }
    }

    /// Notes in which layers something of a conversation or a reflection stands.
    fn layers_of(&mut self, id: Id, held: &Held) {
        let session = &held.session;
        let layers = Layer::ALL.into_iter().filter(|layer| session.count(*layer) > 0).collect();
        self.layers.insert(id, layers);
        if let Some((person, count)) = for_the_arcp(held) {
            *self.arcp.entry(person).or_default().entry(session.date).or_default() += count;
        }
    }

    /// So many fewer lines For the ARCP on a day.
    fn fewer(&mut self, person: Id, day: Date, count: usize) {
        if let Some(days) = self.arcp.get_mut(&person) {
            less(days, day, count);
        }
    }

    /// The orders of all actions, where there were none.
    pub fn actions_of(&mut self, actions: &BTreeMap<Id, Action>) {
        self.actions = actions.iter().map(|(id, action)| order(*id, action)).collect();
        self.actions_with = sorted_by_person(
            actions.iter().filter_map(|(id, action)| Some((action.person?, order(*id, action)))),
        );
        for (id, action) in actions {
            self.parts_of(*id, action);
        }
    }

    /// Notes an action in the orders that hold a part of all.
    fn parts_of(&mut self, id: Id, action: &Action) {
        if let Some(from) = action.from {
            self.actions_from.entry(from).or_default().insert(id);
        }
        if action.is_open() {
            for owner in [None, Some(action.owner)] {
                self.open.entry(owner).or_default().insert(order(id, action));
            }
            if let (Owner::Me, Some(due)) = (action.owner, action.due) {
                *self.due.entry(due).or_default() += 1;
            }
        } else if let Some(day) = action.settled {
            self.closed.entry(day).or_default().insert(id);
        }
        if let (Some(person), Layer::Arcp) = (action.person, action.layer) {
            *self.arcp.entry(person).or_default().entry(action.made).or_default() += 1;
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
        self.layers_of(id, now);
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
        self.layers.remove(&id);
        if let Some((person, count)) = for_the_arcp(before) {
            self.fewer(person, before.session.date, count);
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
        self.parts_of(id, now);
    }

    /// An action went.
    pub fn without_action(&mut self, id: Id, before: &Action) {
        let order = order(id, before);
        self.actions.remove(&order);
        if let Some(of) = before.person.and_then(|person| self.actions_with.get_mut(&person)) {
            of.remove(&order);
        }
        if let Some(from) = before.from.and_then(|from| self.actions_from.get_mut(&from)) {
            from.remove(&id);
        }
        if before.is_open() {
            for open in [None, Some(before.owner)] {
                self.open.entry(open).or_default().remove(&order);
            }
            if let (Owner::Me, Some(due)) = (before.owner, before.due) {
                less(&mut self.due, due, 1);
            }
        } else if let Some(closed) = before.settled.and_then(|day| self.closed.get_mut(&day)) {
            closed.remove(&id);
        }
        if let (Some(person), Layer::Arcp) = (before.person, before.layer) {
            self.fewer(person, before.made, 1);
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

/// Whom a conversation has lines and answers For the ARCP about, and how many.
fn for_the_arcp(held: &Held) -> Option<(Id, usize)> {
    let person = held.session.person.filter(|_| held.kind == Kind::Session)?;
    Some((person, held.session.count(Layer::Arcp))).filter(|(_, count)| *count > 0)
}

/// Takes so many away from the count of a day; a day with none is not kept.
fn less(days: &mut BTreeMap<Date, usize>, day: Date, count: usize) {
    if let Some(counted) = days.get_mut(&day) {
        *counted = counted.saturating_sub(count);
        if *counted == 0 {
            days.remove(&day);
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
