//! The index over what is unlocked. It lives in memory and nowhere else.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::thread;

use jiff::civil::Date;

use super::query::Query;
use super::rank::Recency;
use super::segment::{Builder, Doc, Segment};
use super::words::words;
use crate::model::{Body, Id, Journal, Kind};

/// After so many records what was taken in one by one is closed, and another part begun.
const PART: usize = 512;
/// From so many records on all cores look, up to so many.
const MANY: usize = 100_000;
const CORES: usize = 4;
/// The number of the part that is open.
const OPEN: usize = usize::MAX;

/// Every word of every record that was taken in.
#[derive(Debug, Default)]
pub struct Index {
    closed: Vec<Closed>,
    open: Open,
    /// Where each record stands: in which part, and its number there.
    whereabouts: HashMap<Id, (usize, u32)>,
    /// How many actions came of a record.
    acted: HashMap<Id, u32>,
}

/// What was taken in one by one.
#[derive(Debug, Default)]
struct Open {
    builder: Builder,
    gone: BTreeSet<u32>,
    /// The same, to be asked, where nothing came since it was made.
    made: OnceCell<Segment>,
}

/// A part of the index, and those of its records that count no more.
type Part<'a> = (&'a Segment, &'a BTreeSet<u32>);

#[derive(Debug)]
struct Closed {
    segment: Segment,
    gone: BTreeSet<u32>,
}

/// What a question found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The best, in order.
    pub best: Vec<Place>,
    /// How many there are in all.
    pub total: usize,
    /// How many of each kind.
    pub kinds: BTreeMap<Kind, usize>,
    /// How many of each year; those without a day are in none.
    pub years: BTreeMap<i16, usize>,
}

/// A record that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The higher, the better.
    pub score: u32,
    /// Its day, where it has one.
    pub date: Option<Date>,
    /// Which record.
    pub id: Id,
    /// What it is.
    pub kind: Kind,
}

impl Index {
    /// Takes a record in, in the place of what was known of it.
    pub fn put(&mut self, id: Id, body: &Body) {
        self.remove(id);
        let number = self.open.builder.len();
        self.open.builder.push(id, body);
        self.open.made.take();
        self.know(&Doc::of(id, body), OPEN, number);
        if self.open.builder.len() >= PART {
            self.close();
        }
    }

    fn close(&mut self) {
        let Open { builder, gone, .. } = std::mem::take(&mut self.open);
        let (at, segment) = (self.closed.len(), builder.segment());
        for doc in &segment.docs {
            self.whereabouts.entry(doc.id).and_modify(|(part, _)| {
                if *part == OPEN {
                    *part = at;
                }
            });
        }
        self.closed.push(Closed { segment, gone });
    }

    /// Takes many records in at once, but for those that are known already: what was taken in
    /// since is newer. `holds` says which are still there.
    pub fn add(&mut self, segment: Segment, holds: impl Fn(Id) -> bool) {
        let (at, mut gone) = (self.closed.len(), BTreeSet::new());
        for (number, doc) in segment.docs.iter().enumerate() {
            if self.whereabouts.contains_key(&doc.id) || !holds(doc.id) {
                gone.extend(u32::try_from(number));
            } else {
                self.know(doc, at, number);
            }
        }
        self.closed.push(Closed { segment, gone });
    }

    /// Forgets a record.
    pub fn remove(&mut self, id: Id) {
        let Some((part, number)) = self.whereabouts.remove(&id) else { return };
        let from = match self.closed.get_mut(part) {
            Some(closed) => {
                closed.gone.insert(number);
                closed.segment.docs.get(number as usize).and_then(|doc| doc.from)
            }
            None => {
                self.open.gone.insert(number);
                self.open.builder.doc(number).and_then(|doc| doc.from)
            }
        };
        if let Some(count) = from.and_then(|from| self.acted.get_mut(&from)) {
            *count -= 1;
        }
    }

    fn know(&mut self, doc: &Doc, part: usize, number: usize) {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.whereabouts.insert(doc.id, (part, number));
        if let Some(from) = doc.from {
            *self.acted.entry(from).or_default() += 1;
        }
    }

    /// How many records it knows.
    pub fn len(&self) -> usize {
        self.whereabouts.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.whereabouts.is_empty()
    }

    /// The records that answer a question: the best so many of them, and how many there are. The
    /// journal says what people are called.
    pub fn find(&self, query: &Query, journal: &Journal, today: Date, most: usize) -> Found {
        if query.is_empty() {
            return Found::default();
        }
        let people = people(query, journal);
        let asking =
            Asking { acted: &self.acted, query, people, recency: Recency::on(today), most };
        let segments: Vec<Part<'_>> = self.segments().collect();
        let cores = thread::available_parallelism().map_or(1, |cores| cores.get().min(CORES));
        if self.len() < MANY || cores == 1 {
            return asking.all(&segments);
        }
        // Threads of its own: those that read texts are busy after an unlock.
        thread::scope(|scope| {
            let asking = &asking;
            let shares = segments.chunks(segments.len().div_ceil(cores));
            let begun: Vec<_> = shares.map(|some| scope.spawn(move || asking.all(some))).collect();
            let found = begun.into_iter().filter_map(|one| one.join().ok());
            found.fold(Found::default(), |all, some| all.and(some, most))
        })
    }

    /// Words that begin with this one, those that stand in most records first.
    pub fn beginning(&self, word: &str, most: usize) -> Vec<String> {
        let mut all: BTreeMap<&str, u32> = BTreeMap::new();
        for (segment, _) in self.segments() {
            for (text, parts) in segment.beginning(word) {
                *all.entry(text).or_default() += parts;
            }
        }
        let mut all: Vec<(&str, u32)> = all.into_iter().collect();
        all.sort_by_key(|(text, parts)| (std::cmp::Reverse(*parts), *text));
        all.into_iter().take(most).map(|(text, _)| text.to_owned()).collect()
    }

    fn segments(&self) -> impl Iterator<Item = Part<'_>> {
        let open = self.open.made.get_or_init(|| self.open.builder.segment());
        let closed = self.closed.iter().map(|closed| (&closed.segment, &closed.gone));
        closed.chain(std::iter::once((open, &self.open.gone)))
    }

    /// How many bytes it takes in memory, without the part that is open.
    pub fn size(&self) -> usize {
        let closed: usize = self.closed.iter().map(|closed| closed.segment.size()).sum();
        closed + self.whereabouts.capacity() * size_of::<(Id, (usize, u32))>()
    }
}

/// A question, on its way to the parts of the index.
struct Asking<'a> {
    acted: &'a HashMap<Id, u32>,
    query: &'a Query,
    people: Option<BTreeSet<Id>>,
    recency: Recency,
    most: usize,
}

impl Asking<'_> {
    fn all(&self, segments: &[Part<'_>]) -> Found {
        let found = segments.iter().map(|part| self.of(part));
        found.fold(Found::default(), |all, some| all.and(some, self.most))
    }

    fn of(&self, (segment, gone): &Part<'_>) -> Found {
        let may = |number: u32, doc: &Doc| !gone.contains(&number) && self.is_meant(doc);
        let all = segment.matches(self.query, may).into_iter().filter_map(|(number, worth)| {
            let doc = segment.docs.get(number as usize)?;
            let score = worth + self.recency.of(doc.date);
            Some(Place { score, date: doc.date, id: doc.id, kind: doc.kind })
        });
        let mut found = Found { best: all.collect(), ..Found::default() };
        found.total = found.best.len();
        // Neighbours are mostly of one kind and year.
        for some in found.best.chunk_by(|one, other| one.kind == other.kind) {
            *found.kinds.entry(some[0].kind).or_default() += some.len();
        }
        let year = |place: &Place| place.date.map(Date::year);
        for some in found.best.chunk_by(|one, other| year(one) == year(other)) {
            if let Some(year) = year(&some[0]) {
                *found.years.entry(year).or_default() += some.len();
            }
        }
        found.cut(self.most)
    }

    /// Whether the filters hold for a record.
    fn is_meant(&self, doc: &Doc) -> bool {
        let filters = &self.query.filters;
        self.people.as_ref().is_none_or(|people| doc.person.is_some_and(|id| people.contains(&id)))
            && (filters.kinds.is_empty() || filters.kinds.contains(&doc.kind))
            && filters.before.is_none_or(|day| doc.date.is_some_and(|date| date < day))
            && filters.after.is_none_or(|day| doc.date.is_some_and(|date| date >= day))
            && (!filters.has_action || self.acted.get(&doc.id).is_some_and(|count| *count > 0))
            && filters.tags.iter().all(|tag| doc.tags.iter().any(|has| has.starts_with(tag)))
    }
}

impl Found {
    /// The best so many of all.
    fn cut(mut self, most: usize) -> Found {
        if self.best.len() > most && most > 0 {
            self.best.select_nth_unstable_by(most - 1, |one, other| other.cmp(one));
        }
        self.best.truncate(most);
        self.best.sort_unstable_by(|one, other| other.cmp(one));
        self
    }

    fn and(mut self, other: Found, most: usize) -> Found {
        self.total += other.total;
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
        for (year, count) in other.years {
            *self.years.entry(year).or_default() += count;
        }
        self.best.extend(other.best);
        self.cut(most)
    }
}

/// The people who are meant; nothing where everybody is.
fn people(query: &Query, journal: &Journal) -> Option<BTreeSet<Id>> {
    let asked = &query.filters.people;
    let is_called = |name: &str| {
        let name = words(name);
        let holds = |word: &String| name.iter().any(|has| has.starts_with(word.as_str()));
        asked.iter().any(|wanted| wanted.iter().all(holds))
    };
    let called = journal.people().into_iter().filter(|(_, person)| is_called(&person.name));
    (!asked.is_empty()).then(|| called.map(|(id, _)| id).collect())
}
