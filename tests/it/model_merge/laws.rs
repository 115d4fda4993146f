//! Laws of the merge, over random graphs of versions.

use std::collections::{BTreeMap, BTreeSet};

use cairn::model::fields::Field;
use cairn::model::merge::{Merged, needed};
use cairn::model::{Kind, Layer, Rev};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::{Graph, PROMPTS, item, session};

/// One thing that a person does to a record.
#[derive(Debug, Clone)]
enum Edit {
    Answer(usize),
    Layer(usize, usize),
    Title,
    NewNote,
    Note(Index),
    WithoutNote(Index),
    Tag(usize),
    Nothing,
}

#[derive(Debug, Clone)]
struct Step {
    parents: Vec<Index>,
    edits: Vec<Edit>,
}

fn step() -> impl Strategy<Value = Step> {
    let edit = prop_oneof![
        4 => (0..3_usize).prop_map(Edit::Answer),
        2 => (0..3_usize, 0..3_usize).prop_map(|(prompt, layer)| Edit::Layer(prompt, layer)),
        1 => Just(Edit::Title),
        2 => Just(Edit::NewNote),
        2 => any::<Index>().prop_map(Edit::Note),
        1 => any::<Index>().prop_map(Edit::WithoutNote),
        1 => (0..3_usize).prop_map(Edit::Tag),
        1 => Just(Edit::Nothing),
    ];
    (prop::collection::vec(any::<Index>(), 1..3), prop::collection::vec(edit, 0..3))
        .prop_map(|(parents, edits)| Step { parents, edits })
}

/// Does one thing; every text that is written is a new one, so that it can be followed.
fn apply(body: &mut Value, edit: &Edit, number: usize) {
    let words = json!(format!("words {number}"));
    if body.get("margin").is_none() {
        body["margin"] = json!([]);
    }
    let notes = body["margin"].as_array().unwrap().len();
    match edit {
        Edit::Answer(prompt) => item(body, PROMPTS[*prompt])["answer"] = json!({ "text": words }),
        Edit::Layer(prompt, layer) => {
            item(body, PROMPTS[*prompt])["layer"] = json!(Layer::ALL[*layer]);
        }
        Edit::Title => body["title"] = words,
        Edit::NewNote => body["margin"].as_array_mut().unwrap().push(json!({ "text": words })),
        Edit::Note(at) if notes > 0 => body["margin"][at.index(notes)]["text"] = words,
        Edit::WithoutNote(at) if notes > 0 => {
            body["margin"].as_array_mut().unwrap().remove(at.index(notes));
        }
        Edit::Tag(tag) => {
            let tag = json!(format!("tag {tag}"));
            let tags = body["tags"].as_array().cloned().unwrap_or_default();
            let had = tags.contains(&tag);
            let mut tags: Vec<Value> = tags.into_iter().filter(|known| *known != tag).collect();
            tags.extend((!had).then_some(tag));
            body["tags"] = json!(tags);
        }
        Edit::Note(_) | Edit::WithoutNote(_) | Edit::Nothing => {}
    }
    for list in ["margin", "tags"] {
        if body[list] == json!([]) {
            body.as_object_mut().unwrap().remove(list);
        }
    }
}

/// A record that computers changed in any order, each having seen any of the versions before.
fn graph(steps: &[Step]) -> Graph {
    let mut graph = Graph::new(Kind::Session, session());
    for (number, step) in steps.iter().enumerate() {
        let known: Vec<Rev> = graph.versions.iter().map(|entry| entry.rev).collect();
        let parents: BTreeSet<Rev> = step.parents.iter().map(|at| *at.get(&known)).collect();
        let parents: Vec<Rev> = parents.into_iter().collect();
        let mut body = graph.merged_from(|_| true, &parents).body;
        for (at, edit) in step.edits.iter().enumerate() {
            apply(&mut body, edit, number * 10 + at);
        }
        graph.save(&parents, body);
    }
    graph
}

/// The texts of a body, with where they stand. A note may stand anywhere in the margin.
fn written(body: &Value) -> BTreeSet<(String, String)> {
    let mut body = body.clone();
    let mut all = BTreeSet::from([("title".to_owned(), body["title"].to_string())]);
    for prompt in PROMPTS {
        all.insert((prompt.to_owned(), item(&mut body, prompt)["answer"].to_string()));
    }
    for note in body.get("margin").and_then(Value::as_array).into_iter().flatten() {
        all.insert(("margin".to_owned(), note["text"].to_string()));
    }
    all
}

/// What is shown: the body, and every side of a conflict.
fn shown(merged: &Merged) -> BTreeSet<(String, String)> {
    let mut all = written(&merged.body);
    for conflict in &merged.conflicts {
        for value in conflict.sides.iter().filter_map(|side| side.value.as_ref()) {
            all.insert(match &conflict.field {
                Field::Answer(prompt) => (prompt.clone(), value.to_string()),
                Field::Key(key) => (key.clone(), value.to_string()),
                _ => ("margin".to_owned(), value["text"].to_string()),
            });
        }
    }
    all
}

fn essence(merged: &Merged) -> (Value, Vec<Vec<Option<Value>>>) {
    let values = |sides: &[cairn::model::merge::Side]| {
        sides.iter().map(|side| side.value.clone()).collect::<Vec<_>>()
    };
    let mut conflicts: Vec<_> = merged.conflicts.iter().map(|c| values(&c.sides)).collect();
    conflicts.sort_by_key(|sides| json!(sides).to_string());
    (merged.body.clone(), conflicts)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 1..12)
}

fn cases() -> ProptestConfig {
    let cases = std::env::var("CAIRN_MERGE_CASES").ok().and_then(|n| n.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(64),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_order_in_which_versions_come_makes_no_difference(
        steps in steps(),
        seed in prop::collection::vec(any::<Index>(), 16),
    ) {
        let mut graph = graph(&steps);
        let (merged, mut heads) = (graph.merged(), graph.heads());
        for (at, swap) in seed.iter().enumerate() {
            let last = graph.versions.len();
            graph.versions.swap(at % last, swap.index(last));
            let last = heads.len();
            heads.swap(at % last, swap.index(last));
        }
        heads.push(heads[0]);
        prop_assert_eq!(graph.merged_from(|_| true, &heads), merged);
    }

    #[test]
    fn no_word_is_lost_that_nobody_replaced_and_none_comes_back(steps in steps()) {
        let graph = graph(&steps);
        let shown = shown(&graph.merged());
        let words: BTreeMap<Rev, BTreeSet<_>> =
            graph.versions.iter().map(|entry| (entry.rev, written(&entry.body))).collect();
        for entry in &graph.versions {
            let later = graph.descendants(entry.rev);
            for word in &words[&entry.rev] {
                let new = !entry.parents.iter().any(|parent| words[parent].contains(word));
                let stands = later.iter().all(|rev| words[rev].contains(word));
                prop_assert!(!new || !stands || shown.contains(word), "{word:?} is lost");
            }
        }
        // A text that is shown stands in a newest version; so it was never made up, nor fetched
        // back from a version that something else replaced.
        let newest: BTreeSet<_> = graph.heads().iter().flat_map(|head| &words[head]).collect();
        for word in &shown {
            prop_assert!(newest.contains(word), "{word:?} stands in no newest version");
        }
    }

    #[test]
    fn one_newest_version_is_itself_and_a_save_over_all_of_them_settles_everything(
        steps in steps(),
    ) {
        let mut graph = graph(&steps);
        let heads = graph.heads();
        for head in &heads {
            let alone = graph.merged_from(|_| true, &[*head]);
            prop_assert_eq!((&alone.body, alone.conflicts.len()), (&graph.body(*head), 0));
        }
        let body = graph.merged().body;
        let saved = graph.save(&heads, body.clone());
        let merged = graph.merged();
        prop_assert_eq!((&merged.body, merged.conflicts.len()), (&body, 0));
        // Also beside those that it was made from.
        let beside: Vec<Rev> = heads.into_iter().chain([saved]).collect();
        let merged = graph.merged_from(|_| true, &beside);
        prop_assert_eq!((&merged.body, merged.conflicts.len()), (&body, 0));
    }

    #[test]
    fn the_bodies_that_are_needed_are_enough(steps in steps()) {
        let graph = graph(&steps);
        let heads = graph.heads();
        let parents = |rev| graph.get(rev).map(|entry| entry.parents.as_slice());
        let needed = needed(parents, |_| false, &heads);
        let merged = graph.merged_from(|rev| needed.contains(&rev), &heads);
        prop_assert_eq!(essence(&merged), essence(&graph.merged()));
    }

    #[test]
    fn edits_of_different_fields_never_meet(
        ours in prop::collection::btree_set(0..6_usize, 0..6),
        common in steps(),
    ) {
        let mut graph = graph(&common);
        let base = graph.merged().body;
        let heads = graph.heads();
        let base = graph.save(&heads, base);
        let edit = |at: usize| -> Edit {
            match at {
                0..3 => Edit::Answer(at),
                3 => Edit::Title,
                4 => Edit::NewNote,
                _ => Edit::Tag(2),
            }
        };
        let mut left = graph.body(base);
        let mut right = graph.body(base);
        for at in 0..6 {
            let side = if ours.contains(&at) { &mut left } else { &mut right };
            apply(side, &edit(at), 1000 + at);
        }
        let words: BTreeSet<_> = written(&left).union(&written(&right)).cloned().collect();
        let old = written(&graph.body(base));
        graph.save(&[base], left);
        graph.save(&[base], right);
        let merged = graph.merged();
        prop_assert_eq!(&merged.conflicts, &[]);
        for word in words.difference(&old) {
            prop_assert!(written(&merged.body).contains(word), "{word:?}");
        }
    }

    #[test]
    fn no_words_are_shown_to_more_than_somebody_who_read_them_chose(steps in steps()) {
        let graph = graph(&steps);
        let mut merged = graph.merged();
        for prompt in PROMPTS {
            let shown = item(&mut merged.body, prompt).clone();
            let width = |item: &Value| {
                Layer::ALL.iter().position(|layer| json!(layer) == item["layer"]).unwrap()
            };
            let chosen = graph.versions.iter().any(|entry| {
                let held = item(&mut entry.body.clone(), prompt).clone();
                held["answer"] == shown["answer"] && width(&held) >= width(&shown)
            });
            prop_assert!(chosen, "{prompt} went to {} unseen", shown["layer"]);
        }
    }

    #[test]
    fn a_save_that_was_not_asked_keeps_every_conflict(steps in steps()) {
        let mut graph = graph(&steps);
        let (before, heads) = (graph.merged(), graph.heads());
        let mut changed = before.body.clone();
        changed["place"] = json!("Room 4");
        for body in before.with_open_conflicts(&changed) {
            graph.save(&heads, body);
        }
        let merged = graph.merged();
        prop_assert_eq!(&merged.body["place"], "Room 4");
        let sides = |merged: &Merged| -> BTreeSet<String> {
            let conflicts = merged.conflicts.iter().flat_map(|conflict| &conflict.sides);
            conflicts.map(|side| json!(side.value).to_string()).collect()
        };
        prop_assert_eq!(sides(&merged), sides(&before));
        prop_assert_eq!(merged.conflicts.len(), before.conflicts.len());
    }
}
