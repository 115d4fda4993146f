//! Two people write about the same things, each on their own computer; files go to and fro, get
//! lost, come late or twice. What they end with.

use std::collections::{BTreeMap, BTreeSet};

use cairn::exchange::share::{Graph, Kept, Version, Whose, settle};
use cairn::model::fields::Field;
use cairn::model::merge::Pick;
use cairn::model::{Id, Kind, Rev};
use proptest::prelude::*;
use serde_json::{Value, json};

fn id(n: u8) -> Id {
    Id::new(1_700_000_000_000 + u64::from(n), u128::from(n))
}

/// What one of them has of one conversation: the words that are shared, and their own graph.
#[derive(Clone)]
struct Person {
    graph: Graph,
    now: Option<Value>,
    arrived: BTreeSet<Rev>,
    versions: usize,
}

/// A file on its way.
#[derive(Clone)]
struct File {
    versions: Vec<Version>,
    arrived: Vec<Rev>,
}

fn conversation(answers: &BTreeMap<&str, String>) -> Value {
    let items: Vec<Value> = answers
        .iter()
        .map(|(id, text)| {
            json!({
                "prompt": { "id": id, "kind": "text", "text": "What went well?", "layer": "shared" },
                "layer": "shared",
                "answer": { "text": text },
            })
        })
        .collect();
    json!({
        "template": { "id": "first-meeting", "version": 1 },
        "title": "First meeting",
        "date": "2026-11-02",
        "sections": [{ "title": "Start", "items": items }],
    })
}

fn answer(body: &Option<Value>, id: &str) -> Option<String> {
    let body = body.as_ref()?;
    let items = body["sections"][0]["items"].as_array()?;
    let item = items.iter().find(|item| item["prompt"]["id"] == id)?;
    Some(item["answer"]["text"].as_str()?.to_owned())
}

fn answers(body: &Option<Value>) -> BTreeMap<String, String> {
    let Some(body) = body else { return BTreeMap::new() };
    let items = body["sections"][0]["items"].as_array().into_iter().flatten();
    let of = |item: &Value| {
        let id = item["prompt"]["id"].as_str()?.to_owned();
        Some((id, item["answer"]["text"].as_str()?.to_owned()))
    };
    items.filter_map(of).collect()
}

impl Person {
    fn new() -> Person {
        Person {
            graph: Graph::new(Kind::Session, id(1)),
            now: None,
            arrived: BTreeSet::new(),
            versions: 0,
        }
    }

    fn write(&mut self, prompt: &'static str, text: &str) {
        let mut all: BTreeMap<&str, String> = BTreeMap::new();
        let before = answers(&self.now);
        for known in PROMPTS {
            if let Some(text) = before.get(known) {
                all.insert(known, text.clone());
            }
        }
        match text {
            "" => drop(all.remove(prompt)),
            text => drop(all.insert(prompt, text.to_owned())),
        }
        self.now = Some(conversation(&all));
    }

    fn keep(&mut self, version: Version, whose: Whose, is_held: bool) {
        let covers = if is_held { vec![version.entry.rev] } else { Vec::new() };
        self.graph.add([Kept { person: id(9), pair: "pair".into(), whose, covers, version }]);
        self.versions += 1;
    }

    fn send(&mut self) -> File {
        if let Some(now) = &self.now
            && let Some(version) = self.graph.next(now, &self.arrived).unwrap()
        {
            self.keep(version, Whose::Mine, true);
        }
        File { versions: self.graph.outgoing(&self.arrived), arrived: self.graph.arrived() }
    }

    /// Takes a file in; gives how many fields both changed.
    fn take(&mut self, file: &File, picks: &BTreeMap<Field, Pick>) -> usize {
        self.arrived = file.arrived.iter().copied().collect();
        if !self.graph.can_take(&file.versions) {
            return 0;
        }
        let settled =
            settle(&self.graph, &file.versions, self.now.as_ref(), &self.arrived, picks).unwrap();
        for (version, whose, is_held) in settled.keep {
            self.keep(version, whose, is_held);
        }
        self.now = Some(settled.body).filter(|body| !body.is_null());
        settled.open.len()
    }

    /// Decides everything that is open in favour of one side.
    fn decide(&mut self, side: usize) {
        let empty = BTreeMap::new();
        let open = settle(&self.graph, &[], self.now.as_ref(), &self.arrived, &empty).unwrap().open;
        if open.is_empty() {
            return;
        }
        let pick = |sides: usize| Pick::Side(side.min(sides - 1));
        let picks = open.iter().map(|it| (it.field.clone(), pick(it.sides.len()))).collect();
        let settled = settle(&self.graph, &[], self.now.as_ref(), &self.arrived, &picks).unwrap();
        assert!(settled.open.is_empty(), "decided, and still open");
        for (version, whose, is_held) in settled.keep {
            self.keep(version, whose, is_held);
        }
        self.now = Some(settled.body).filter(|body| !body.is_null());
    }

    fn open(&self) -> usize {
        let empty = BTreeMap::new();
        settle(&self.graph, &[], self.now.as_ref(), &self.arrived, &empty).unwrap().open.len()
    }
}

const PROMPTS: [&str; 4] = ["a", "b", "c", "d"];

fn none() -> BTreeMap<Field, Pick> {
    BTreeMap::new()
}

#[test]
fn what_one_writes_the_other_reads_and_nobody_is_asked() {
    let (mut ann, mut bob) = (Person::new(), Person::new());
    ann.write("a", "The ward round went well.");
    let file = ann.send();
    assert_eq!(bob.take(&file, &none()), 0);
    assert_eq!(answer(&bob.now, "a").as_deref(), Some("The ward round went well."));
    bob.write("b", "I would like more clinics.");
    let reply = bob.send();
    assert_eq!(ann.take(&reply, &none()), 0);
    assert_eq!(ann.now, bob.now);
    // Nothing is left to send on either side.
    assert!(ann.graph.next(ann.now.as_ref().unwrap(), &ann.arrived).unwrap().is_none());
    assert!(bob.graph.next(bob.now.as_ref().unwrap(), &bob.arrived).unwrap().is_none());
    assert_eq!(ann.send().versions.len(), 0, "all was confirmed");
}

#[test]
fn both_write_elsewhere_and_both_find_both() {
    let (mut ann, mut bob) = (Person::new(), Person::new());
    ann.write("a", "One");
    bob.take(&ann.send(), &none());
    ann.take(&bob.send(), &none());
    ann.write("b", "Ann's");
    bob.write("c", "Bob's");
    let (from_ann, from_bob) = (ann.send(), bob.send());
    assert_eq!(ann.take(&from_bob, &none()), 0);
    assert_eq!(bob.take(&from_ann, &none()), 0);
    assert_eq!(answers(&ann.now), answers(&bob.now));
    assert_eq!(answers(&ann.now).len(), 3);
}

#[test]
fn where_both_changed_the_same_words_each_keeps_their_own_until_somebody_decides() {
    let (mut ann, mut bob) = (Person::new(), Person::new());
    ann.write("a", "Sit the exam in spring.");
    bob.take(&ann.send(), &none());
    ann.take(&bob.send(), &none());
    ann.write("a", "Sit the exam in March.");
    bob.write("a", "Sit the exam in June.");
    bob.write("b", "Protected study time.");
    let (from_ann, from_bob) = (ann.send(), bob.send());
    assert_eq!(ann.take(&from_bob, &none()), 1);
    assert_eq!(answer(&ann.now, "a").as_deref(), Some("Sit the exam in March."));
    assert_eq!(answer(&ann.now, "b").as_deref(), Some("Protected study time."));
    assert_eq!(bob.take(&from_ann, &none()), 1);
    assert_eq!(answer(&bob.now, "a").as_deref(), Some("Sit the exam in June."));
    // Ann writes elsewhere and sends before deciding: it stays open on both sides.
    ann.write("c", "Ann adds a line.");
    bob.take(&ann.send(), &none());
    assert_eq!((ann.open(), bob.open()), (1, 1));
    assert_eq!(answer(&bob.now, "c").as_deref(), Some("Ann adds a line."));
    // Bob decides for one of the two, and Ann's computer takes it without asking.
    bob.decide(0);
    let chosen = answer(&bob.now, "a");
    assert_eq!(ann.take(&bob.send(), &none()), 0);
    assert_eq!(answer(&ann.now, "a"), chosen);
    assert_eq!(ann.open(), 0);
}

#[test]
fn words_taken_back_before_the_other_confirmed_them_are_in_no_later_file() {
    let (mut ann, mut bob) = (Person::new(), Person::new());
    ann.write("a", "Stays");
    ann.write("b", "CANARY to take back");
    let lost = ann.send();
    assert!(serde_json::to_string(&lost.versions).unwrap().contains("CANARY"));
    ann.write("b", "");
    let file = ann.send();
    assert!(!serde_json::to_string(&file.versions).unwrap().contains("CANARY"));
    // It makes no difference whether the first one arrives after all.
    let mut other = bob.clone();
    bob.take(&file, &none());
    other.take(&lost, &none());
    assert_eq!(other.take(&file, &none()), 0);
    assert_eq!(answers(&bob.now), answers(&other.now));
    assert_eq!(answers(&bob.now).len(), 1);
}

#[test]
fn an_older_file_after_a_newer_one_brings_nothing() {
    let (mut ann, mut bob) = (Person::new(), Person::new());
    ann.write("a", "First");
    let first = ann.send();
    bob.take(&first, &none());
    ann.take(&bob.send(), &none());
    ann.write("a", "Second");
    let second = ann.send();
    bob.take(&second, &none());
    let before = bob.clone();
    assert!(bob.graph.unknown(&first.versions).is_empty());
    bob.take(&first, &none());
    bob.take(&second, &none());
    assert_eq!((bob.now.clone(), bob.versions), (before.now, before.versions));
}

#[test]
fn whoever_lost_everything_gets_it_all_back_from_the_other() {
    let (mut ann, mut bob) = (Person::new(), Person::new());
    for (n, prompt) in PROMPTS.into_iter().enumerate() {
        ann.write(prompt, &format!("Line {n}"));
        bob.take(&ann.send(), &none());
        bob.write("d", &format!("Bob {n}"));
        ann.take(&bob.send(), &none());
    }
    let mut fresh = Person::new();
    let ask = File { versions: Vec::new(), arrived: fresh.graph.heads() };
    bob.take(&ask, &none());
    let all = bob.send();
    assert!(fresh.graph.can_take(&all.versions), "what it was made from comes with it");
    fresh.take(&all, &none());
    fresh.decide(0);
    assert_eq!(answers(&fresh.now), answers(&bob.now));
}

/// What can happen between two people.
#[derive(Debug, Clone)]
enum Event {
    Write(bool, usize, u8),
    Send(bool),
    /// Any file on its way to one of them, once or once more.
    Arrive(bool, usize),
    Decide(bool, usize),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (any::<bool>(), 0..PROMPTS.len(), 0..6_u8).prop_map(|(w, p, n)| Event::Write(w, p, n)),
        3 => any::<bool>().prop_map(Event::Send),
        3 => (any::<bool>(), 0..12_usize).prop_map(|(w, n)| Event::Arrive(w, n)),
        1 => (any::<bool>(), 0..2_usize).prop_map(|(w, n)| Event::Decide(w, n)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn files_lost_late_or_twice_end_in_the_same_words(events in prop::collection::vec(event(), 1..60)) {
        let mut people = [Person::new(), Person::new()];
        // A thing is begun by one of them: nobody else has its name.
        people[0].write("a", "begun");
        let begun = people[0].send();
        people[1].take(&begun, &none());
        let mut post: [Vec<File>; 2] = [Vec::new(), vec![begun]];
        for event in events {
            match event {
                Event::Write(who, prompt, n) => {
                    let text = if n == 0 { String::new() } else { format!("{n}") };
                    people[usize::from(who)].write(PROMPTS[prompt], &text);
                }
                Event::Send(who) => {
                    let file = people[usize::from(who)].send();
                    post[usize::from(!who)].push(file);
                }
                Event::Arrive(who, n) => {
                    let waiting = &post[usize::from(who)];
                    if !waiting.is_empty() {
                        let file = waiting[n % waiting.len()].clone();
                        let before = people[usize::from(who)].graph.heads();
                        people[usize::from(who)].take(&file, &none());
                        let graph = &people[usize::from(who)].graph;
                        for rev in before {
                            prop_assert!(graph.version(rev).is_some(), "a version went away");
                        }
                    }
                }
                Event::Decide(who, side) => people[usize::from(who)].decide(side),
            }
        }
        // Then they sit down together: files go to and fro, and one of them decides.
        for _ in 0..6 {
            let file = people[0].send();
            people[1].take(&file, &none());
            people[1].decide(0);
            let file = people[1].send();
            people[0].take(&file, &none());
        }
        prop_assert_eq!(people[0].open(), 0);
        prop_assert_eq!(people[1].open(), 0);
        prop_assert_eq!(answers(&people[0].now), answers(&people[1].now));
        // And nothing more is to be said.
        let last = people[0].send();
        prop_assert!(last.versions.is_empty(), "{} still to send", last.versions.len());
    }
}
