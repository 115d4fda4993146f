//! The index answers as a plain look at every word does, whatever is asked, written, changed and
//! erased.

use std::collections::BTreeMap;

use cairn::import::jsonl;
use cairn::model::{
    Action, ActionState, Answer, Asked, AskedSection, Body, Extra, Id, Journal, Layer, Owner,
    Person, Session,
};
use cairn::search::{Builder, Found, Hit, Index, Query, marks, scan, words};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);

/// A conversation with one answer.
fn session() -> Session {
    let line = br#"{"date":"2026-03-04","fields":[{"id":"goal","prompt":"Goal?","answer":"A."}]}"#;
    jsonl::read(line).unwrap().remove(0).session
}

/// Words that share beginnings, carry accents and marks, and are written without spaces.
const SOME: [&str; 24] = [
    "rota",
    "rotas",
    "Rotation",
    "RÔTA",
    "nights",
    "night",
    "Zoë",
    "zoe",
    "mid-point",
    "don’t",
    "con\u{ad}sultant",
    "consultants",
    "ﬁrst",
    "first",
    "3",
    "37",
    "Žluťoučký",
    "研究",
    "研",
    "مرحبا",
    "नमस्ते",
    "a",
    "an",
    "—",
];

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(SOME.as_slice());
    let gap = prop::sample::select([" ", " ", " ", "\n", ", ", "", ". "].as_slice());
    prop::collection::vec((word, gap), 0..12)
        .prop_map(|all| all.into_iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

fn layer() -> impl Strategy<Value = Layer> {
    prop::sample::select(Layer::ALL.as_slice())
}

fn body() -> impl Strategy<Value = Body> {
    let talk = (
        prop::collection::vec((text(), layer()), 0..4),
        text(),
        0..1_500_i64,
        prop::option::of((1..4_u128).prop_map(|number| 4 * number + 2)),
        prop::collection::vec(prop::sample::select(SOME.as_slice()), 0..3),
        any::<bool>(),
    );
    let talk = talk.prop_map(|(answers, title, ago, person, tags, reflection)| {
        let mut talk: Session = session();
        let pattern = talk.sections[0].items[0].clone();
        let items = answers.into_iter().map(|(words, layer)| {
            let answer = Some(Answer::Text(words));
            Asked { answer, layer, ..pattern.clone() }
        });
        talk.sections = vec![AskedSection { items: items.collect(), ..talk.sections[0].clone() }];
        (talk.title, talk.date) = (title, TODAY - ago.days());
        talk.person = person.map(|number| Id::new(1, number));
        talk.tags = tags.into_iter().map(str::to_lowercase).collect();
        if reflection { Body::Reflection(talk) } else { Body::Session(talk) }
    });
    let person = text().prop_map(|name| Body::Person(Person { name, ..Person::default() }));
    let action = (text(), layer(), prop::option::of(4..32_u128)).prop_map(|(text, layer, from)| {
        Body::Action(Action {
            person: None,
            from: from.map(|number| Id::new(1, number)),
            text,
            owner: Owner::Me,
            due: None,
            due_typed: String::new(),
            state: ActionState::Open,
            settled: None,
            reason: String::new(),
            layer,
            made: TODAY - 3.days(),
            source_id: None,
            removed: None,
            extra: Extra::new(),
        })
    });
    prop_oneof![3 => talk, 1 => person, 1 => action]
}

fn question() -> impl Strategy<Value = String> {
    let word = prop::sample::select(SOME.as_slice()).prop_map(str::to_owned);
    let short = prop::sample::select(SOME.as_slice())
        .prop_map(|word| word.chars().take(2).collect::<String>());
    let phrase = prop::collection::vec(prop::sample::select(SOME.as_slice()), 1..4);
    let phrase = (phrase, any::<bool>()).prop_map(|(words, closed)| {
        format!("\"{}{}", words.join(" "), if closed { "\"" } else { "" })
    });
    let narrow = prop::sample::select(
        [
            "kind:conversation",
            "kind:action",
            "layer:private",
            "layer:shared",
            "before:2025",
            "after:2025-06",
            "has:action",
            "person:zoe",
            "person:rot",
            "tag:ro",
            "tag:zoë",
            "kind:nothing",
            "before:soon",
            "person:",
        ]
        .as_slice(),
    );
    let narrow = narrow.prop_map(str::to_owned);
    let part = prop_oneof![4 => word, 3 => short, 2 => phrase, 2 => narrow];
    prop::collection::vec(part, 1..4).prop_map(|parts| parts.join(" "))
}

/// The identity of a record: it never becomes one of another kind.
fn identity(number: u128, body: &Body) -> Id {
    Id::new(1, 4 * number + kind(body))
}

const fn kind(body: &Body) -> u128 {
    match body {
        Body::Session(_) => 0,
        Body::Reflection(_) => 1,
        Body::Person(_) => 2,
        _ => 3,
    }
}

/// Everything that a question finds by the index, as a plain look finds it.
fn by_scan(journal: &Journal, query: &Query) -> Found {
    let best = scan(journal, query, TODAY);
    let mut found = Found { total: best.len(), ..Found::default() };
    for place in &best {
        *found.kinds.entry(place.kind).or_default() += 1;
        if let Some(date) = place.date {
            *found.years.entry(date.year()).or_default() += 1;
        }
    }
    Found { best, ..found }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_a_plain_look_finds(
        at_once in prop::collection::vec((1..8_u128, body()), 0..12),
        later in prop::collection::vec((1..8_u128, prop::option::weighted(0.8, body())), 0..16),
        questions in prop::collection::vec(question(), 1..8),
    ) {
        let (mut index, mut journal, mut builder) =
            (Index::default(), Journal::default(), Builder::default());
        let at_once: BTreeMap<Id, Body> =
            at_once.into_iter().map(|(number, body)| (identity(number, &body), body)).collect();
        for (id, body) in at_once {
            builder.push(id, &body);
            journal.put(id, body);
        }
        let late = builder.segment();
        // What is changed before the many are taken in stays.
        let mut early = Some(late);
        for (step, (number, body)) in later.into_iter().enumerate() {
            if step == 3 && let Some(segment) = early.take() {
                index.add(segment, |id| journal.holds(id));
            }
            let id = body.as_ref().map_or(Id::new(1, number), |body| identity(number, body));
            match body {
                Some(body) => {
                    index.put(id, &body);
                    journal.put(id, body);
                }
                None => {
                    index.remove(id);
                    journal.remove(id);
                }
            }
            if step % 5 == 0 {
                let _ = index.find(&Query::read("ro"), &journal, TODAY, 3);
            }
        }
        early.into_iter().for_each(|segment| index.add(segment, |id| journal.holds(id)));
        for question in questions {
            let query = Query::read(&question);
            let wanted = by_scan(&journal, &query);
            let found = index.find(&query, &journal, TODAY, usize::MAX);
            prop_assert_eq!(&found, &wanted, "{:?}", question);
            let few = index.find(&query, &journal, TODAY, 3);
            prop_assert_eq!(&few.best[..], &wanted.best[..wanted.best.len().min(3)]);
            prop_assert_eq!(few.total, wanted.total);
            for place in found.best {
                let body = journal.get(place.id).unwrap();
                let hit = Hit::of(place.id, &body, &query).unwrap();
                for mark in &hit.marks {
                    prop_assert!(!words(&hit.snippet[mark.clone()]).is_empty());
                }
                prop_assert!(hit.snippet.chars().count() <= 125, "{}", hit.snippet);
            }
        }
    }

    #[test]
    fn marks_are_borders_of_characters_and_hold_what_was_asked(text in ".{0,80}", asked in text()) {
        let query = Query::read(&asked);
        let mut end = 0;
        for mark in marks(&text, &query) {
            prop_assert!(mark.start >= end);
            end = mark.end;
            let held = words(&text[mark]);
            let meant = |words: &[String]| held.first().is_some_and(|one| one.starts_with(words[0].as_str()));
            prop_assert!(query.terms.iter().any(|term| meant(&term.words)));
        }
    }
}
