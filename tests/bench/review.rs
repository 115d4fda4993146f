//! How long the review of a note takes, and the loading of what it needs.
//!
//! `cargo bench --bench review`

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;

use cairn::review::{Reviewer, Settings, Speller};
use criterion::{Criterion, criterion_group, criterion_main};

const SENTENCES: &str = include_str!("../data/review/labelled.txt");

/// A note of 2,000 words, with more in it to find than any real one.
fn note() -> String {
    let sentences = SENTENCES.lines().filter(|line| !line.starts_with(['#', '@']));
    let words = sentences.flat_map(str::split_whitespace);
    words.cycle().take(2_000).collect::<Vec<_>>().join(" ")
}

fn reviewing(criterion: &mut Criterion) {
    let reviewer = Reviewer::built_in().unwrap();
    let speller = Speller::british().unwrap();
    let names = (0..200).map(|n| format!("Dr Person{n} Surname{n}")).collect();
    let settings = Settings { names, ..Settings::default() };
    let note = note();
    criterion.bench_function("review of a note of 2,000 words", |it| {
        it.iter(|| reviewer.review(black_box(&note), &settings, None));
    });
    criterion.bench_function("the same with spelling", |it| {
        it.iter(|| reviewer.review(black_box(&note), &settings, Some(&speller)));
    });
    criterion.bench_function("loading the lists", |it| it.iter(|| Reviewer::built_in().unwrap()));
    criterion.bench_function("loading the dictionary", |it| {
        it.iter(|| Speller::british().unwrap());
    });
    criterion.bench_function("suggestions for one word", |it| {
        it.iter(|| speller.suggest(black_box("recieved")));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = reviewing
}
criterion_main!(benches);
