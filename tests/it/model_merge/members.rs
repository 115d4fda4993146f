//! Marks, views, words of one’s own and other members of a record, each merged by itself.

use std::collections::BTreeSet;

use cairn::model::{Kind, Layer};
use serde_json::json;

use super::{Graph, answer, item, layer, session};

#[test]
fn marks_that_two_computers_set_on_a_template_and_a_module_are_all_kept_without_asking() {
    let first =
        json!({ "your_name": "Dr Marsh", "library": { "module:leadership": { "star": true } } });
    let mut graph = Graph::new(Kind::Settings, first);
    let start = graph.first();
    graph.edit(start, |body| {
        body["library"]["template:career-plan"] = json!({ "comment": "Draw it first." });
    });
    graph.edit(start, |body| {
        body["library"]["module:leadership"]["rating"] = json!(4);
    });
    let merged = graph.merged();
    assert!(merged.conflicts.is_empty());
    let library = &merged.body["library"];
    assert_eq!(library["module:leadership"], json!({ "star": true, "rating": 4 }));
    assert_eq!(library["template:career-plan"], json!({ "comment": "Draw it first." }));
}

#[test]
fn a_mark_and_another_view_are_fields_of_their_own_and_time_spent_is_not_asked_about() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    graph.edit(first, |body| {
        item(body, "hard")["basis"] = json!("reported");
        body["spent"] = json!(300);
    });
    graph.edit(first, |body| {
        item(body, "hard")["other_view"] = json!({ "who": "Amina", "text": "It was the rota" });
        answer("hard", "nights")(body);
        body["spent"] = json!(900);
    });
    let mut merged = graph.merged();
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.body["spent"], 900);
    let hard = item(&mut merged.body, "hard");
    assert_eq!((&hard["basis"], &hard["answer"]["text"]), (&json!("reported"), &json!("nights")));
    assert_eq!(hard["other_view"]["text"], "It was the rota");
}

#[test]
fn another_view_that_was_not_seen_keeps_the_answer_in_its_narrower_layer() {
    let mut graph = Graph::new(Kind::Session, session());
    let first = graph.first();
    let private = graph.edit(first, layer("hard", Layer::Private));
    graph.edit(private, layer("hard", Layer::Shared));
    graph.edit(private, |body| {
        item(body, "hard")["other_view"] = json!({ "who": "Amina", "text": "Said in confidence" });
    });
    let mut merged = graph.merged();
    assert_eq!(merged.conflicts, []);
    assert_eq!(item(&mut merged.body, "hard")["layer"], json!(Layer::Private));
}

#[test]
fn what_two_computers_choose_for_a_summary_merges_without_a_question() {
    let mut graph = Graph::new(
        Kind::Person,
        json!({ "name": "Dr Amina Larkspur", "summary_order": ["a", "b", "c"],
                "summary_left_out": ["c"], "handover_ticked": ["x", "y"] }),
    );
    let first = graph.first();
    graph.edit(first, |body| {
        body["summary_order"] = json!(["b", "a", "c", "d"]);
        body["summary_left_out"] = json!(["c", "d"]);
        body["summary_pasted"] = json!(["jrcptb/exams/1"]);
        body["handover_ticked"] = json!(["x"]);
    });
    graph.edit(first, |body| {
        body["summary_order"] = json!(["c", "b", "a", "e"]);
        body["summary_left_out"] = json!(["c", "a"]);
        body["summary_pasted"] = json!(["jrcptb/cip/2"]);
        body["handover_ticked"] = json!(["x", "y", "z"]);
    });
    let merged = graph.merged();
    assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    let words = |key: &str| -> Vec<&str> {
        merged.body[key].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect()
    };
    let mut order = words("summary_order");
    // One of the two orders stands, with what only the other has put in.
    let without = |name: &str| -> Vec<&str> {
        order.iter().copied().filter(|known| *known != name).collect()
    };
    let stands = without("e") == ["b", "a", "c", "d"] || without("d") == ["c", "b", "a", "e"];
    assert!(stands, "{order:?}");
    order.sort_unstable();
    assert_eq!(order, ["a", "b", "c", "d", "e"]);
    // What either left out stays out.
    let left_out: BTreeSet<&str> = words("summary_left_out").into_iter().collect();
    assert_eq!(left_out, BTreeSet::from(["a", "c", "d"]));
    assert_eq!(words("summary_pasted").len(), 2);
    // A tick that one took away for the next supervisor is gone, one that was set stands.
    assert_eq!(words("handover_ticked"), ["x", "z"]);
}
