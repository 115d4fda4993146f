//! What is chosen for a summary, on two computers.

use std::collections::BTreeSet;

use cairn::model::Kind;
use serde_json::json;

use super::Graph;

#[test]
fn what_two_computers_choose_for_a_summary_merges_without_a_question() {
    let mut graph = Graph::new(
        Kind::Person,
        json!({ "name": "Dr Amina Larkspur", "summary_order": ["a", "b", "c"],
                "summary_left_out": ["c"] }),
    );
    let first = graph.first();
    graph.edit(first, |body| {
        body["summary_order"] = json!(["b", "a", "c", "d"]);
        body["summary_left_out"] = json!(["c", "d"]);
        body["summary_pasted"] = json!(["jrcptb/exams/1"]);
    });
    graph.edit(first, |body| {
        body["summary_order"] = json!(["c", "b", "a", "e"]);
        body["summary_left_out"] = json!(["c", "a"]);
        body["summary_pasted"] = json!(["jrcptb/cip/2"]);
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
}
