//! A programme director's file of 60,000 outcomes: read, added up, and what may be shown of it.

#![allow(missing_docs, clippy::expect_used, reason = "a benchmark")]

use std::hint::black_box;

use cairn::fairness::report::Report;
use cairn::fairness::rows::read;
use cairn::fairness::suppression::Rules;
use criterion::{Criterion, criterion_group, criterion_main};

/// Six groups over eight years and twelve exams.
fn file() -> String {
    let mut file = "group,passed,year,exam\n".to_owned();
    let mut seed: u32 = 7;
    for _ in 0..60_000 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let outcome = if (seed >> 8) % 100 < 70 { "pass" } else { "fail" };
        let (group, year, exam) = ((seed >> 11) % 6, 2017 + (seed >> 15) % 8, (seed >> 20) % 12);
        file += &format!("Group {group},{outcome},{year},Exam {exam}\n");
    }
    file
}

fn outcomes(bench: &mut Criterion) {
    let file = file();
    bench.bench_function("fairness/60,000 rows", |it| {
        it.iter(|| {
            let outcomes = read(black_box(file.as_bytes())).expect("it is whole");
            let report = Report::new(&outcomes, Rules::default());
            let answers = (report.gap(0, 1), report.trend(0, 1), report.joined(0, 1));
            black_box((report, answers))
        });
    });
}

criterion_group!(benches, outcomes);
criterion_main!(benches);
