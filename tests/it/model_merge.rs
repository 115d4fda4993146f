//! The merge by field: what several computers wrote side by side.

use std::collections::{BTreeMap, BTreeSet};

use cairn::model::fields::Field;
use cairn::model::merge::{Merged, Pick, Version, merge, needed};
use cairn::model::{Entry, Id, Kind, Layer, Rev};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

const PROMPTS: [&str; 3] = ["proud", "hard", "help"];

/// A record under the hands of several computers.
struct Graph {
    kind: Kind,
    versions: Vec<Entry>,
}

impl Graph {
    fn new(kind: Kind, body: Value) -> Graph {
        let mut graph = Graph { kind, versions: Vec::new() };
        graph.save(&[], body);
        graph
    }

    fn save(&mut self, parents: &[Rev], body: Value) -> Rev {
        let id = Id::new(1, 1);
        let entry = Entry::new(self.kind, id, parents.to_vec(), body).unwrap();
        let rev = entry.rev;
        if self.get(rev).is_none() {
            self.versions.push(entry);
        }
        rev
    }

    fn first(&self) -> Rev {
        self.versions[0].rev
    }

    fn get(&self, rev: Rev) -> Option<&Entry> {
        self.versions.iter().find(|entry| entry.rev == rev)
    }

    fn body(&self, rev: Rev) -> Value {
        self.get(rev).unwrap().body.clone()
    }

    /// A version with one thing changed, made from another.
    fn edit(&mut self, from: Rev, edit: impl FnOnce(&mut Value)) -> Rev {
        let mut body = self.body(from);
        edit(&mut body);
        self.save(&[from], body)
    }

    fn heads(&self) -> Vec<Rev> {
        let is_head = |rev: &Rev| !self.versions.iter().any(|other| other.parents.contains(rev));
        self.versions.iter().map(|entry| entry.rev).filter(is_head).collect()
    }

    fn merged_from(&self, only: impl Fn(Rev) -> bool, heads: &[Rev]) -> Merged {
        let kept = self.versions.iter().filter(|entry| only(entry.rev));
        let versions: Vec<Version<'_>> = kept
            .map(|entry| Version { rev: entry.rev, parents: &entry.parents, body: &entry.body })
            .collect();
        merge(self.kind, &versions, heads).unwrap()
    }

    fn merged(&self) -> Merged {
        self.merged_from(|_| true, &self.heads())
    }

    /// A version and all that come from it.
    fn descendants(&self, rev: Rev) -> BTreeSet<Rev> {
        let mut all = BTreeSet::from([rev]);
        // Versions are kept in the order in which they were made.
        for entry in &self.versions {
            if entry.parents.iter().any(|parent| all.contains(parent)) {
                all.insert(entry.rev);
            }
        }
        all
    }
}

fn session() -> Value {
    let item = |id: &str| {
        json!({ "prompt": { "id": id, "text": format!("{id}?"), "layer": "shared",
                "kind": "text" }, "layer": "shared", "answer": { "text": format!("{id} 0") } })
    };
    json!({
        "template": { "id": "t", "version": 1 }, "title": "A talk", "date": "2026-11-24",
        "sections": [
            { "title": "One", "items": [item("proud"), item("hard")] },
            { "title": "Two", "items": [item("help")] },
        ],
        "margin": [{ "beside": "hard", "text": "note 0" }],
        "tags": ["rota"],
    })
}

fn item<'v>(body: &'v mut Value, prompt: &str) -> &'v mut Value {
    let sections = body["sections"].as_array_mut().unwrap().iter_mut();
    let mut items = sections.flat_map(|section| section["items"].as_array_mut().unwrap());
    items.find(|item| item["prompt"]["id"] == prompt).unwrap()
}

fn answer(prompt: &'static str, words: &str) -> impl FnOnce(&mut Value) {
    let words = words.to_owned();
    move |body| item(body, prompt)["answer"] = json!({ "text": words })
}

fn layer(prompt: &'static str, layer: Layer) -> impl FnOnce(&mut Value) {
    move |body| item(body, prompt)["layer"] = json!(layer)
}

fn of_answer(prompt: &str) -> Field {
    Field::Answer(prompt.to_owned())
}

fn fields(merged: &Merged) -> Vec<Field> {
    merged.conflicts.iter().map(|conflict| conflict.field.clone()).collect()
}

fn texts(merged: &Merged, at: usize) -> BTreeSet<String> {
    let conflict = &merged.conflicts[at];
    (0..conflict.sides.len()).map(|s| conflict.text(s).unwrap_or("removed").to_owned()).collect()
}

#[test]
fn two_that_write_under_different_prompts_are_not_asked() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    graph.edit(first, answer("proud", "the board round"));
    graph.edit(first, |body| {
        answer("hard", "nights")(body);
        body["margin"].as_array_mut().unwrap().push(json!({ "text": "ask Farah" }));
        body["tags"] = json!(["rota", "nights"]);
    });
    let mut merged = graph.merged();
    assert_eq!(merged.conflicts, []);
    assert_eq!(item(&mut merged.body, "proud")["answer"]["text"], "the board round");
    assert_eq!(item(&mut merged.body, "hard")["answer"]["text"], "nights");
    assert_eq!(merged.body["margin"].as_array().unwrap().len(), 2);
    assert_eq!(merged.body["tags"], json!(["rota", "nights"]));
}

#[test]
fn two_that_write_under_one_prompt_are_asked_and_the_answer_settles_it() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    graph.edit(first, answer("hard", "nights"));
    graph.edit(first, answer("hard", "the rota"));
    let merged = graph.merged();
    assert_eq!(fields(&merged), [of_answer("hard")]);
    assert_eq!(texts(&merged, 0), BTreeSet::from(["nights".to_owned(), "the rota".to_owned()]));
    let shown = merged.conflicts[0].text(0).unwrap().to_owned();
    assert_eq!(item(&mut merged.body.clone(), "hard")["answer"]["text"], shown.as_str());
    for (pick, expected) in [
        (Pick::Side(1), merged.conflicts[0].text(1).unwrap().to_owned()),
        (Pick::All, merged.conflicts[0].joined()),
        (Pick::New("both, in my words".to_owned()), "both, in my words".to_owned()),
    ] {
        let mut body = merged.settled(&BTreeMap::from([(of_answer("hard"), pick)]));
        assert_eq!(item(&mut body, "hard")["answer"]["text"], expected.as_str());
    }
}

#[test]
fn an_answer_that_was_settled_stays_settled_for_a_computer_that_comes_late() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    let ours = graph.edit(first, answer("hard", "nights"));
    let theirs = graph.edit(first, answer("hard", "the rota"));
    let body = graph.body(ours);
    graph.save(&[ours, theirs], body);
    // The other computer had not seen that yet and wrote elsewhere.
    graph.edit(theirs, answer("help", "a mentor"));
    let mut merged = graph.merged();
    assert_eq!(merged.conflicts, []);
    assert_eq!(item(&mut merged.body, "hard")["answer"]["text"], "nights");
    assert_eq!(item(&mut merged.body, "help")["answer"]["text"], "a mentor");
}

#[test]
fn a_merge_that_only_carried_a_value_does_not_stand_against_a_later_one() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    let ours = graph.edit(first, answer("hard", "nights"));
    let theirs = graph.edit(first, answer("help", "a mentor"));
    let heads = [ours, theirs];
    let carried = graph.merged_from(|_| true, &heads).body;
    graph.save(&heads, carried);
    graph.edit(ours, answer("hard", "nights in October"));
    let mut merged = graph.merged();
    assert_eq!(merged.conflicts, []);
    assert_eq!(item(&mut merged.body, "hard")["answer"]["text"], "nights in October");
}

#[test]
fn two_merges_across_one_another_agree() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    let ours = graph.edit(first, answer("hard", "nights"));
    let theirs = graph.edit(first, answer("help", "a mentor"));
    let body = graph.merged_from(|_| true, &[ours, theirs]).body;
    let mut left = body.clone();
    answer("proud", "left")(&mut left);
    graph.save(&[ours, theirs], left);
    let mut right = body;
    right["title"] = json!("Right");
    graph.save(&[ours, theirs], right);
    let mut merged = graph.merged();
    assert_eq!(merged.conflicts, []);
    assert_eq!(item(&mut merged.body, "proud")["answer"]["text"], "left");
    assert_eq!(merged.body["title"], "Right");
}

#[test]
fn the_narrower_layer_stands_and_nobody_is_asked() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    graph.edit(first, layer("hard", Layer::Private));
    graph.edit(first, layer("hard", Layer::Arcp));
    let mut merged = graph.merged();
    assert_eq!(merged.conflicts, []);
    assert_eq!(item(&mut merged.body, "hard")["layer"], "private");
}

#[test]
fn words_that_the_one_who_widened_a_layer_had_not_seen_do_not_get_wider() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    let private = graph.edit(first, layer("hard", Layer::Private));
    let widened = graph.edit(private, layer("hard", Layer::Shared));
    graph.edit(private, answer("hard", "for my eyes"));
    let mut merged = graph.merged();
    assert_eq!(item(&mut merged.body, "hard")["answer"]["text"], "for my eyes");
    assert_eq!(item(&mut merged.body, "hard")["layer"], "private");
    // Whoever widens it having read the words may.
    let heads = graph.heads();
    let mut body = merged.body;
    layer("hard", Layer::Shared)(&mut body);
    graph.save(&heads, body);
    graph.edit(widened, |body| body["title"] = json!("Late"));
    assert_eq!(item(&mut graph.merged().body, "hard")["layer"], "shared");
}

#[test]
fn the_words_of_an_action_do_not_get_wider_either() {
    let action = json!({ "text": "Debrief", "owner": "me", "layer": "private",
        "made": "2026-11-24", "state": "open" });
    let mut graph = Graph::new(Kind::Action, action);
    let first = graph.first();
    graph.edit(first, |body| body["layer"] = json!("shared"));
    graph.edit(first, |body| body["text"] = json!("Debrief, and tell nobody"));
    let merged = graph.merged();
    assert_eq!((&merged.body["layer"], merged.conflicts.len()), (&json!("private"), 0));
}

#[test]
fn a_note_that_two_changed_is_one_conflict_and_can_become_two_notes() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    graph.edit(first, |body| body["margin"][0]["text"] = json!("note ours"));
    graph.edit(first, |body| body["margin"][0]["text"] = json!("note theirs"));
    let merged = graph.merged();
    assert_eq!(merged.conflicts.len(), 1);
    let both = merged.settled(&BTreeMap::from([(merged.conflicts[0].field.clone(), Pick::All)]));
    let notes = both["margin"].as_array().unwrap().iter().map(|note| note["text"].as_str());
    let notes: BTreeSet<_> = notes.map(Option::unwrap).collect();
    assert_eq!(notes, BTreeSet::from(["note ours", "note theirs"]));
    assert!(both["margin"].as_array().unwrap().iter().all(|note| note["beside"] == "hard"));
}

#[test]
fn a_line_that_one_side_changed_is_not_agreed_because_the_other_ticked_the_old_one() {
    let mut body = session();
    body["arcp"] = json!([{ "heading": "strengths", "text": "Leads.", "evidence": [],
        "agreed": false }]);
    let mut graph = Graph::new(Kind::Session, body);
    let first = graph.first();
    graph.edit(first, |body| body["arcp"][0]["text"] = json!("Leads, alone."));
    graph.edit(first, |body| body["arcp"][0]["agreed"] = json!(true));
    let merged = graph.merged();
    assert_eq!(merged.conflicts.len(), 1);
    let claims = |side: usize| merged.conflicts[0].sides[side].value.clone().unwrap();
    assert!((0..2).all(|side| claims(side)["agreed"] == false || claims(side)["text"] == "Leads."));
}

#[test]
fn an_edit_elsewhere_decides_nothing() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    graph.edit(first, answer("hard", "nights"));
    graph.edit(first, answer("hard", "the rota"));
    let (before, heads) = (graph.merged(), graph.heads());
    let mut changed = before.body.clone();
    changed["title"] = json!("Another title");
    for body in before.with_open_conflicts(&changed) {
        graph.save(&heads, body);
    }
    let merged = graph.merged();
    assert_eq!(merged.body["title"], "Another title");
    assert_eq!((fields(&merged), texts(&merged, 0)), (fields(&before), texts(&before, 0)));
    // An edit of the very field does.
    answer("hard", "both")(&mut changed);
    let bodies = merged.with_open_conflicts(&changed);
    assert_eq!(bodies, [changed]);
}

#[test]
fn what_one_side_took_out_and_the_other_changed_is_asked_about_and_shown() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    graph.edit(first, |body| body["margin"] = json!([]));
    graph.edit(first, |body| body["margin"][0]["text"] = json!("note changed"));
    let merged = graph.merged();
    assert_eq!(merged.body["margin"][0]["text"], "note changed");
    let gone =
        merged.settled(&BTreeMap::from([(merged.conflicts[0].field.clone(), Pick::Side(1))]));
    assert_eq!(gone.get("margin"), None);
}

#[test]
fn where_a_version_between_is_missing_the_person_is_asked_rather_than_a_word_lost() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    let between = graph.edit(first, answer("hard", "nights"));
    graph.edit(between, answer("help", "a mentor"));
    graph.edit(first, answer("hard", "the rota"));
    let merged = graph.merged_from(|rev| rev != between, &graph.heads());
    assert!(fields(&merged).contains(&of_answer("hard")));
}

#[test]
fn a_body_of_another_form_is_merged_whole() {
    let mut odd = session();
    odd["sections"] = json!("none");
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    graph.save(&[first], odd);
    graph.edit(first, answer("hard", "nights"));
    assert_eq!(fields(&graph.merged()), [Field::Key("sections".to_owned())]);
    graph.save(&[first], json!([1, 2]));
    assert_eq!(fields(&graph.merged()), [Field::Whole]);
}

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
        let needed = needed(parents, &heads);
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
