//! How long a question takes while it is typed, and the making of the index.
//!
//! `CAIRN_BENCH_CORPUS=FILE cargo bench --bench search`, where the file is a journal in JSON Lines.
//! Without one a small journal is made up.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;

use cairn::import::jsonl;
use cairn::model::{Body, Id, Journal};
use cairn::search::{Builder, Index, Query, Segment};
use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::date;

/// So many records make a part of the index, as in the program.
const PART: usize = 4_096;

fn records() -> Vec<(Id, Body)> {
    let bytes = std::env::var_os("CAIRN_BENCH_CORPUS")
        .map_or_else(made_up, |path| std::fs::read(path).unwrap());
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let mut records = Vec::new();
    for (number, line) in (0_u128..).zip(lines) {
        let line = jsonl::read(line).unwrap().remove(0);
        let id = Id::new(1, 100 * number);
        for (at, mut action) in (1_u128..).zip(line.actions) {
            action.from = Some(id);
            records.push((Id::new(1, 100 * number + at), Body::Action(action)));
        }
        records.push((id, Body::Session(line.session)));
    }
    records
}

fn made_up() -> Vec<u8> {
    let words = ["the", "rota", "was", "long", "feedback", "confidence", "of", "nights", "clinic"];
    let text =
        |n: usize| (0..300).map(|k| words[(n * 7 + k * k) % 9]).collect::<Vec<_>>().join(" ");
    let line =
        |n| format!("{{\"date\":\"2026-03-04\",\"fields\":[{{\"answer\":\"{}\"}}]}}\n", text(n));
    (0..1_000).map(line).collect::<String>().into_bytes()
}

/// The index, made on two cores.
fn index_of(records: &[(Id, Body)]) -> Index {
    let make = |some: &[(Id, Body)]| -> Vec<Segment> {
        let parts = some.chunks(PART).map(|part| {
            let mut builder = Builder::default();
            part.iter().for_each(|(id, body)| builder.push(*id, body));
            builder.segment()
        });
        parts.collect()
    };
    let (first, second) = records.split_at(records.len() / 2);
    let (one, other) = rayon::join(|| make(first), || make(second));
    let mut index = Index::default();
    one.into_iter().chain(other).for_each(|part| index.add(part, |_| true));
    index
}

fn searching(criterion: &mut Criterion) {
    let records = records();
    let text: usize = records
        .iter()
        .flat_map(|(_, body)| cairn::model::text::fields(body))
        .map(|field| field.text.len())
        .sum();
    let index = index_of(&records);
    let share = 100 * index.size() / text.max(1);
    let name = format!("index of {} records, of {share} % of the text's size", records.len());
    criterion.bench_function(&name, |it| it.iter(|| index_of(black_box(&records))));
    let journal = Journal::default();
    for asked in [
        "zephyrquill",
        "quokkabridge",
        "Žluťoučký",
        "f",
        "fe",
        "feedback",
        "t",
        "the of",
        "feedback confidence",
        "obsidiangate lanternfish",
        "\"of the\"",
        "\"on a scale of one to ten\"",
        "kind:action the",
        "before:2020 the",
    ] {
        let query = Query::read(asked);
        let found = index.find(&query, &journal, date(2026, 11, 24), 40).total;
        criterion.bench_function(&format!("asking for {asked} ({found} found)"), |it| {
            it.iter(|| index.find(black_box(&query), &journal, date(2026, 11, 24), 40));
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = searching
}
criterion_main!(benches);
