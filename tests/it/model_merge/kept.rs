//! What the check of the writing keeps, changed on two computers.

use std::collections::BTreeSet;

use cairn::model::{Kind, naming};
use serde_json::{Value, json};

use super::{Graph, session};

#[test]
fn what_two_computers_kept_as_it_stands_is_all_kept_without_asking() {
    let kept = |text: &str, why: &str| json!({ "kind": "phone", "text": text, "reason": why });
    let mut first = session();
    first["kept"] = json!([kept("the ward", "No person")]);
    let mut graph = Graph::new(Kind::Session, first);
    let first = graph.first();
    graph.edit(first, |body| {
        body["kept"].as_array_mut().unwrap().push(kept("07700 900123", "The number of the ward"));
    });
    graph.edit(first, |body| {
        let list = body["kept"].as_array_mut().unwrap();
        list.clear();
        list.push(kept("Apley", "A sign, not a person"));
    });
    let merged = graph.merged();
    assert_eq!(merged.conflicts, []);
    let texts: BTreeSet<&str> = merged.body["kept"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kept| kept["text"].as_str().unwrap())
        .collect();
    // What one took out is out; what each added is there.
    assert_eq!(texts, BTreeSet::from(["07700 900123", "Apley"]));

    // Two reasons for the same words: the person is asked, and both are shown.
    let graph_of = |why: [&str; 2]| {
        let mut first = session();
        first["kept"] = json!([kept("Apley", "A sign")]);
        let mut graph = Graph::new(Kind::Session, first);
        let first = graph.first();
        for why in why {
            graph.edit(first, |body| body["kept"][0]["reason"] = json!(why));
        }
        graph.merged()
    };
    assert_eq!(graph_of(["An eponym", "An eponym"]).conflicts, []);
    let asked = graph_of(["An eponym", "A test"]);
    assert_eq!(asked.conflicts.len(), 1);
    let conflict = &asked.conflicts[0];
    let words = |value: &Option<Value>| {
        let value = value.as_ref().unwrap();
        naming::words(Kind::Session, &conflict.field, value, &|_| None)
    };
    let shown: BTreeSet<String> = conflict.sides.iter().map(|side| words(&side.value)).collect();
    let reasons = ["Apley\nBecause: An eponym", "Apley\nBecause: A test"];
    assert_eq!(shown, BTreeSet::from(reasons.map(str::to_owned)));
}

#[test]
fn words_of_ones_own_of_two_computers_are_all_kept_without_asking() {
    let first = json!({ "your_name": "Dr Marsh", "own_words": ["zorble", "quip"] });
    let mut graph = Graph::new(Kind::Settings, first);
    let start = graph.first();
    graph.edit(start, |body| body["own_words"] = json!(["zorble", "quip", "Oyelaran"]));
    graph.edit(start, |body| body["own_words"] = json!(["quip", "Larchfield", "Oyelaran"]));
    let merged = graph.merged();
    assert_eq!(merged.conflicts, []);
    let words: Vec<&str> = merged.body["own_words"]
        .as_array()
        .unwrap()
        .iter()
        .map(|word| word.as_str().unwrap())
        .collect();
    let sorted: BTreeSet<&str> = words.iter().copied().collect();
    assert_eq!(sorted, BTreeSet::from(["Larchfield", "Oyelaran", "quip"]));
    assert_eq!(words.len(), 3, "a word that both added is there once: {words:?}");
}
