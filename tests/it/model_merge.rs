//! The merge by field: what several computers wrote side by side.

mod kept;
mod laws;
mod members;

use std::collections::{BTreeMap, BTreeSet};

use cairn::model::fields::Field;
use cairn::model::merge::{Merged, Pick, Version, merge};
use cairn::model::{Entry, Id, Kind, Layer, Rev};
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
            .map(|entry| Version {
                rev: entry.rev,
                parents: &entry.parents,
                body: &entry.body,
                writes: &[],
            })
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
fn links_that_two_computers_add_are_both_kept() {
    let mut graph = Graph::new(Kind::Reflection, session());
    let first = graph.first();
    let [talk, course] = [Id::new(1, 1), Id::new(2, 2)];
    graph.edit(first, |body| body["links"] = json!([talk]));
    graph.edit(first, |body| body["links"] = json!([course]));
    let merged = graph.merged();
    assert_eq!(merged.conflicts, []);
    let links: BTreeSet<Id> = serde_json::from_value(merged.body["links"].clone()).unwrap();
    assert_eq!(links, BTreeSet::from([talk, course]));
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
