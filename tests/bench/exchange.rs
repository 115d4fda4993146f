//! How long it takes to merge what came from the other person into a large plan with a long
//! history: 500 paragraphs, 2,000 shared versions. Wanted: under 50 ms.
//!
//! `cargo bench --bench exchange`

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;

use cairn::exchange::share::{Graph, Kept, Version, Whose, settle};
use cairn::model::{Entry, Id, Kind, PlanField, Rev};
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};

const PARAS: usize = 500;
const REVISIONS: usize = 2_000;
const AT: &str = "2026-11-02T09:00:00Z";

fn para(n: usize, change: usize, by: &str) -> Value {
    let text = format!("Line {n}, written {change} times: more clinics and time to study.");
    json!({ "id": format!("p{n}"), "text": text, "by": by, "at": AT })
}

/// A plan of 500 paragraphs, as it is shared.
fn plan() -> Value {
    let mut fields: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for n in 0..PARAS {
        let field = PlanField::ALL[n % PlanField::ALL.len()].key();
        fields.entry(field).or_default().push(para(n, 0, "doctor"));
    }
    json!(fields)
}

/// Writes one paragraph anew.
fn write(plan: &mut Value, n: usize, change: usize, by: &str) {
    let field = PlanField::ALL[n % PlanField::ALL.len()].key();
    plan[field][n / PlanField::ALL.len()] = para(n, change, by);
}

fn version(parents: Vec<Rev>, body: &Value) -> Version {
    let entry = Entry::new(Kind::Plan, Id::new(1, 1), parents, body.clone()).unwrap();
    Version::new(entry)
}

/// The history: both wrote in turn, and each file arrived. Then the plan as it is here, and what
/// the other wrote meanwhile.
fn lived() -> (Graph, Value, Version) {
    let mut graph = Graph::new(Kind::Plan, Id::new(1, 1));
    let mut body = plan();
    let mut head = Vec::new();
    for n in 0..REVISIONS {
        let (by, whose) = [("doctor", Whose::Mine), ("supervisor", Whose::Theirs)][n % 2];
        write(&mut body, n % PARAS, n, by);
        let version = version(head, &body);
        head = vec![version.entry.rev];
        let (person, pair, covers) = (Id::new(2, 2), "pair".to_owned(), head.clone());
        graph.add([Kept { person, pair, whose, covers, version }]);
    }
    let mut theirs = body.clone();
    for n in 0..20 {
        write(&mut body, n * 7, REVISIONS + 1, "doctor");
        write(&mut theirs, n * 11, REVISIONS + 2, "supervisor");
    }
    (graph, body, version(head, &theirs))
}

fn merging(criterion: &mut Criterion) {
    let (graph, now, coming) = lived();
    let arrived: BTreeSet<Rev> = graph.heads().into_iter().collect();
    let coming = [coming];
    let none = BTreeMap::new();
    criterion.bench_function("merging a plan of 500 paragraphs with 2,000 versions", |it| {
        it.iter(|| settle(black_box(&graph), &coming, Some(&now), &arrived, &none).unwrap());
    });
    criterion.bench_function("what the same plan has to send", |it| {
        it.iter(|| black_box(&graph).outgoing(&arrived));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = merging
}
criterion_main!(benches);
