//! The laws of what two people share: which order files come in, how often, how late and in what
//! pieces makes no difference to the words that both end with, and nothing that came goes away.

use std::collections::{BTreeMap, BTreeSet};

use cairn::exchange::share::{Graph, Kept, Version, Whose, settle};
use cairn::model::fields::Field;
use cairn::model::merge::Pick;
use cairn::model::{Id, Kind, Rev};
use proptest::prelude::*;
use serde_json::{Value, json};

const KINDS: [Kind; 3] = [Kind::Plan, Kind::Session, Kind::Action];
/// Places in which something is written, of every kind.
const PLACES: [&str; 4] = ["year1", "year3", "why", "next"];
const AT: &str = "2026-11-02T09:00:00Z";

/// What is written, by place. An action always has words.
type Words = BTreeMap<usize, u8>;

fn body(kind: Kind, words: &Words, author: usize) -> Value {
    let by = ["supervisor", "doctor"][author];
    match kind {
        Kind::Plan => words
            .iter()
            .map(|(place, n)| {
                let para = json!({ "id": "first", "text": n.to_string(), "by": by, "at": AT });
                (PLACES[*place].to_owned(), json!([para]))
            })
            .collect(),
        Kind::Session => {
            let item = |(place, n): (&usize, &u8)| {
                let prompt = json!({
                    "id": PLACES[*place], "kind": "text", "text": "What went well?",
                    "layer": "shared",
                });
                json!({ "prompt": prompt, "layer": "shared", "answer": { "text": n.to_string() } })
            };
            let items: Vec<Value> = words.iter().map(item).collect();
            json!({
                "template": { "id": "first-meeting", "version": 1 },
                "date": "2026-11-02",
                "sections": [{ "title": "Start", "items": items }],
            })
        }
        _ => {
            let is_odd = |place: usize| words.get(&place).is_some_and(|n| n % 2 == 1);
            let mut action = json!({
                "text": format!("Step {}", words.get(&0).unwrap_or(&0)),
                "owner": "inviter",
                "state": if is_odd(1) { "done" } else { "open" },
                "layer": if is_odd(2) { "arcp" } else { "shared" },
                "made": "2026-11-02",
            });
            if let Some(day) = words.get(&3) {
                action["due"] = json!(format!("2026-12-0{day}"));
            }
            action
        }
    }
}

/// Everything that a body says, without the order of its lists and without who wrote it.
fn said(body: Option<&Value>) -> BTreeSet<String> {
    fn walk(value: &Value, path: &str, out: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                let of = fields.iter().filter(|(key, _)| *key != "by");
                of.for_each(|(key, value)| walk(value, &format!("{path}/{key}"), out));
            }
            Value::Array(list) => {
                for value in list {
                    let id = value.pointer("/prompt/id").or_else(|| value.get("id"));
                    walk(value, &format!("{path}/{}", id.unwrap_or(&Value::Null)), out);
                }
            }
            other => drop(out.insert(format!("{path}={other}"))),
        }
    }
    let mut out = BTreeSet::new();
    body.into_iter().for_each(|body| walk(body, "", &mut out));
    out
}

/// One thing, as one of the two has it.
#[derive(Clone)]
struct Thing {
    graph: Graph,
    now: Option<Value>,
    /// The words as they stood when something was last sent, taken in or decided.
    base: Words,
    /// Every version that was ever kept.
    kept: BTreeMap<Rev, Value>,
}

/// One of the two: three things, and what the other said last that they have.
#[derive(Clone)]
struct Person {
    number: usize,
    things: Vec<Thing>,
    arrived: BTreeSet<Rev>,
}

#[derive(Clone)]
struct File {
    versions: Vec<Vec<Version>>,
    arrived: BTreeSet<Rev>,
}

fn id(n: usize) -> Id {
    Id::new(1_700_000_000_000, n as u128)
}

impl Thing {
    fn keep(&mut self, kept: Vec<(Version, Whose, bool)>) {
        for (version, whose, is_held) in kept {
            self.kept.insert(version.entry.rev, version.entry.body.clone());
            let covers = if is_held { vec![version.entry.rev] } else { Vec::new() };
            self.graph.add([Kept { person: id(9), pair: "pair".into(), whose, covers, version }]);
        }
    }

    fn settle(
        &mut self,
        coming: &[Version],
        arrived: &BTreeSet<Rev>,
        picks: &BTreeMap<Field, Pick>,
    ) -> Vec<Field> {
        let settled = settle(&self.graph, coming, self.now.as_ref(), arrived, picks).unwrap();
        let open = settled.open.into_iter().map(|conflict| conflict.field).collect();
        self.keep(settled.keep);
        self.now = Some(settled.body).filter(|body| !body.is_null());
        open
    }
}

impl Person {
    fn new(number: usize) -> Person {
        let thing = |(n, kind): (usize, Kind)| Thing {
            graph: Graph::new(kind, id(n)),
            now: None,
            base: Words::new(),
            kept: BTreeMap::new(),
        };
        let things = KINDS.into_iter().enumerate().map(thing).collect();
        Person { number, things, arrived: BTreeSet::new() }
    }

    /// Writes in a place. A thing is begun by the first of the two alone.
    fn write(&mut self, thing: usize, place: usize, n: u8) {
        let number = self.number;
        let it = &mut self.things[thing];
        if it.now.is_none() && number != 0 {
            return;
        }
        let kind = KINDS[thing];
        let mut words = read(kind, it.now.as_ref());
        match n {
            0 => drop(words.remove(&place)),
            n => drop(words.insert(place, n)),
        }
        if kind != Kind::Action && words.is_empty() {
            words.insert(place, 1);
        }
        it.now = Some(body(kind, &words, number));
    }

    fn send(&mut self) -> File {
        let arrived = self.arrived.clone();
        for (thing, kind) in self.things.iter_mut().zip(KINDS) {
            thing.base = read(kind, thing.now.as_ref());
            if let Some(now) = &thing.now
                && let Some(version) = thing.graph.next(now, &arrived).unwrap()
            {
                thing.keep(vec![(version, Whose::Mine, true)]);
            }
        }
        File {
            versions: self.things.iter().map(|it| it.graph.outgoing(&arrived)).collect(),
            arrived: self.things.iter().flat_map(|it| it.graph.arrived()).collect(),
        }
    }

    /// Takes a file in, wholly or not at all.
    fn take(&mut self, file: &File) {
        let pairs = || self.things.iter().zip(&file.versions);
        if !pairs().all(|(thing, versions)| thing.graph.can_take(versions)) {
            return;
        }
        self.arrived.clone_from(&file.arrived);
        for ((thing, versions), kind) in self.things.iter_mut().zip(&file.versions).zip(KINDS) {
            if thing.graph.unknown(versions).is_empty() {
                continue;
            }
            let before = read(kind, thing.now.as_ref());
            thing.settle(versions, &file.arrived, &BTreeMap::new());
            let after = read(kind, thing.now.as_ref());
            for place in 0..PLACES.len() {
                // Of two layers the narrower stands, and nobody is asked.
                let is_layer = kind == Kind::Action && place == 2;
                if before.get(&place) != thing.base.get(&place) && !is_layer {
                    assert_eq!(after.get(&place), before.get(&place), "one’s own words went away");
                }
            }
            thing.base = after;
        }
    }

    /// Decides all that is open for one side.
    fn decide(&mut self, side: usize) {
        let arrived = self.arrived.clone();
        for thing in &mut self.things {
            let open = thing.settle(&[], &arrived, &BTreeMap::new());
            let picks = open.into_iter().map(|field| (field, Pick::Side(side))).collect();
            let left = thing.settle(&[], &arrived, &picks);
            assert!(left.is_empty(), "decided, and still open: {left:?}");
        }
        for (thing, kind) in self.things.iter_mut().zip(KINDS) {
            thing.base = read(kind, thing.now.as_ref());
        }
    }

    fn says(&self) -> Vec<BTreeSet<String>> {
        self.things.iter().map(|thing| said(thing.now.as_ref())).collect()
    }

    /// Whether all that was ever kept here is here as it was.
    fn has_all(&self) -> bool {
        let of = |thing: &Thing| {
            let same = |(rev, body): (&Rev, &Value)| {
                thing.graph.version(*rev).is_some_and(|(it, _)| it.entry.body == *body)
            };
            thing.kept.iter().all(same)
        };
        self.things.iter().all(of)
    }
}

/// The words of a body, by place.
fn read(kind: Kind, body: Option<&Value>) -> Words {
    let Some(body) = body else { return Words::new() };
    let number = |value: &Value| value.as_str()?.rsplit([' ', '0']).next()?.parse().ok();
    let of = |(place, name): (usize, &&str)| {
        let words = match kind {
            Kind::Plan => body[*name][0]["text"].as_str()?.parse().ok()?,
            Kind::Session => {
                let items = body["sections"][0]["items"].as_array()?;
                let item = items.iter().find(|item| item["prompt"]["id"] == *name)?;
                item["answer"]["text"].as_str()?.parse().ok()?
            }
            _ => match place {
                0 => number(&body["text"]).filter(|n| *n > 0)?,
                1 => u8::from(body["state"] == "done"),
                2 => u8::from(body["layer"] == "arcp"),
                _ => number(&body["due"])?,
            },
        };
        Some((place, words))
    };
    PLACES.iter().enumerate().filter_map(of).collect()
}

/// What can happen between two people.
#[derive(Debug, Clone)]
enum Event {
    Write(usize, usize, usize, u8),
    Send(usize),
    /// Any file on its way to one of them, once or once more. What is never drawn is lost.
    Arrive(usize, usize),
    Decide(usize, usize),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        5 => (0..2_usize, 0..3_usize, 0..4_usize, 0..4_u8)
            .prop_map(|(who, thing, place, n)| Event::Write(who, thing, place, n)),
        3 => (0..2_usize).prop_map(Event::Send),
        4 => (0..2_usize, 0..12_usize).prop_map(|(who, n)| Event::Arrive(who, n)),
        1 => (0..2_usize, 0..2_usize).prop_map(|(who, side)| Event::Decide(who, side)),
    ]
}

/// Two people after all this, and every file that was made for each.
fn lived(events: &[Event]) -> ([Person; 2], [Vec<File>; 2]) {
    let mut people = [Person::new(0), Person::new(1)];
    let mut post: [Vec<File>; 2] = [Vec::new(), Vec::new()];
    for event in events {
        match *event {
            Event::Write(who, thing, place, n) => people[who].write(thing, place, n),
            Event::Send(who) => {
                let file = people[who].send();
                post[1 - who].push(file);
            }
            Event::Arrive(who, n) => {
                if let Some(at) = n.checked_rem(post[who].len()) {
                    people[who].take(&post[who][at]);
                }
            }
            Event::Decide(who, side) => people[who].decide(side),
        }
    }
    (people, post)
}

/// They send and take until both say nothing new; each decides what they are asked.
fn sit_down(people: &mut [Person; 2]) {
    for _ in 0..6 {
        let file = people[0].send();
        people[1].take(&file);
        people[1].decide(0);
        let file = people[1].send();
        people[0].take(&file);
        people[0].decide(0);
    }
}

/// What a merge comes to: the body, and what is open in it.
fn merged(graph: &Graph) -> (Option<Value>, Vec<String>, BTreeSet<Rev>) {
    let merged = graph.joined(None).map(|joined| joined.merged);
    let open = merged.iter().flat_map(|it| &it.conflicts);
    let mut open: Vec<String> = open.map(|it| format!("{it:?}")).collect();
    open.sort();
    (merged.map(|it| it.body), open, graph.heads().into_iter().collect())
}

/// All versions that either has of a thing.
fn versions(people: &[Person; 2], thing: usize) -> Vec<Version> {
    let of = |person: &Person| person.things[thing].graph.outgoing(&BTreeSet::new());
    let mut all: BTreeMap<(Rev, Vec<Rev>), Version> = BTreeMap::new();
    for version in people.iter().flat_map(of) {
        all.insert((version.entry.rev, version.instead_of.clone()), version);
    }
    all.into_values().collect()
}

fn empty(thing: usize) -> Graph {
    Graph::new(KINDS[thing], id(thing))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn merging_asks_neither_for_order_nor_for_pieces_nor_how_often(
        (events, order) in prop::collection::vec(event(), 1..50).prop_flat_map(|events| {
            (Just(events), Just((0..64).collect::<Vec<usize>>()).prop_shuffle())
        }),
        cut in 0..8_usize,
    ) {
        let (people, _) = lived(&events);
        for thing in 0..KINDS.len() {
            let all = versions(&people, thing);
            let whole = merged(&empty(thing).with(&all));
            let mut mixed = all.clone();
            mixed.sort_by_key(|version| {
                let at = all.iter().position(|it| it == version).unwrap();
                order[at % order.len()]
            });
            // Commutative: another order, all at once.
            prop_assert_eq!(&merged(&empty(thing).with(&mixed)), &whole);
            // Associative: two pieces, whichever comes first.
            let (one, two) = mixed.split_at(cut.min(mixed.len()));
            prop_assert_eq!(&merged(&empty(thing).with(one).with(two)), &whole);
            prop_assert_eq!(&merged(&empty(thing).with(two).with(one)), &whole);
            // Idempotent: all of it once more.
            let twice = empty(thing).with(&mixed).with(&all);
            prop_assert!(twice.unknown(&all).is_empty());
            prop_assert_eq!(&merged(&twice), &whole);
        }
    }

    #[test]
    fn files_in_any_order_repeated_lost_or_late_end_in_the_same_words(
        events in prop::collection::vec(event(), 1..80),
        late in prop::collection::vec((0..2_usize, 0..40_usize), 0..12),
    ) {
        let (mut people, post) = lived(&events);
        prop_assert!(people.iter().all(Person::has_all), "a version went away");
        sit_down(&mut people);
        prop_assert_eq!(people[0].says(), people[1].says());
        for person in &people {
            // What the other confirmed is in one's own history, and nothing is left to decide.
            let is_here = |rev: &Rev| person.things.iter().any(|it| it.graph.version(*rev).is_some());
            let other = &people[1 - person.number].things;
            let confirmed = other.iter().flat_map(|it| it.graph.heads());
            let mut confirmed = confirmed.filter(|rev| person.arrived.contains(rev));
            prop_assert!(confirmed.all(|rev| is_here(&rev)), "confirmed, and gone");
            for thing in &person.things {
                let mut thing = thing.clone();
                prop_assert!(thing.settle(&[], &person.arrived, &BTreeMap::new()).is_empty());
            }
        }
        // Every file that was ever made comes once more, in any order: nothing changes.
        let before = [people[0].says(), people[1].says()];
        for (who, at) in late {
            if let Some(at) = at.checked_rem(post[who].len()) {
                people[who].take(&post[who][at]);
            }
        }
        prop_assert!(people.iter().all(Person::has_all), "a version went away");
        sit_down(&mut people);
        prop_assert_eq!([people[0].says(), people[1].says()], before);
        // And nothing more is to be said.
        for person in &mut people {
            let left: usize = person.send().versions.iter().map(Vec::len).sum();
            prop_assert_eq!(left, 0, "still to send");
        }
    }
}

#[test]
fn who_said_the_same_two_things_in_the_other_order_is_asked_once_and_both_end_alike() {
    for kind in [1, 2] {
        let mut people = [Person::new(0), Person::new(1)];
        people[0].write(kind, 0, 1);
        sit_down(&mut people);
        // One says two and then three, the other three and then two. No file arrives between.
        let mut post = Vec::new();
        for (who, words) in [(0, [2, 3]), (1, [3, 2])] {
            for n in words {
                people[who].write(kind, 0, n);
                post.push((1 - who, people[who].send()));
            }
        }
        for (to, file) in post {
            people[to].take(&file);
        }
        sit_down(&mut people);
        assert_eq!(people[0].says(), people[1].says());
        for person in &mut people {
            let left: usize = person.send().versions.iter().map(Vec::len).sum();
            assert_eq!(left, 0, "still to send");
        }
    }
}

/// Both sit down after this, and end alike with nothing left to send.
fn end_alike(events: &[Event]) {
    let (mut people, _) = lived(events);
    sit_down(&mut people);
    assert_eq!(people[0].says(), people[1].says());
    for person in &mut people {
        let left: usize = person.send().versions.iter().map(Vec::len).sum();
        assert_eq!(left, 0, "still to send");
    }
}

#[test]
fn what_the_other_took_back_of_their_own_is_not_taken_from_whoever_said_the_same() {
    use Event::{Arrive, Send, Write};
    // The second says what the first says as well, takes it back unsent, and sends that alone.
    end_alike(&[
        Write(0, 2, 2, 1),
        Write(0, 2, 3, 2),
        Send(0),
        Write(0, 2, 2, 0),
        Arrive(1, 0),
        Write(1, 2, 3, 1),
        Send(0),
        Arrive(1, 1),
        Write(0, 2, 3, 1),
        Write(1, 2, 3, 0),
        Send(1),
        Arrive(0, 0),
    ]);
}

#[test]
fn what_both_said_and_one_took_back_is_sent_once_and_not_again_and_again() {
    use Event::{Arrive, Decide, Send, Write};
    end_alike(&[
        Write(0, 1, 2, 0),
        Send(0),
        Arrive(1, 0),
        Send(1),
        Write(0, 1, 0, 1),
        Write(1, 1, 0, 1),
        Arrive(0, 0),
        Send(1),
        Send(0),
        Write(1, 1, 2, 0),
        Decide(1, 0),
    ]);
}
