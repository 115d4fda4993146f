//! How long a summary takes to become a file, and to be looked at.
//!
//! `cargo bench --bench export`

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::collections::BTreeSet;
use std::hint::black_box;

use cairn::export::pdf::Press;
use cairn::export::{Format, Period, Sheet, Subject, Summary, render};
use cairn::model::session::ArcpHeading;
use cairn::model::{ArcpLine, Evidence, Extra, Id, Person, Session, Settings, TemplateRef};
use criterion::{Criterion, criterion_group, criterion_main};
use jiff::ToSpan as _;
use jiff::civil::date;

/// A person with so many conversations, each of which offered so many lines.
fn summary(conversations: usize, lines: usize) -> Summary {
    let (from, to) = (date(2026, 8, 5), date(2027, 8, 3));
    let person = Person { name: "Dr Amina Larkspur".to_owned(), ..Person::default() };
    let settings = Settings { your_name: "Dr Rowan Elderbrook".to_owned(), ..Settings::default() };
    let id = |n: usize| Id::new(1_800_000_000_000, n as u128);
    let line = |n: usize| ArcpLine {
        heading: ArcpHeading::ALL[n % ArcpHeading::ALL.len()],
        text: format!(
            "Takes a full share of the unselected take and calls early when a patient worsens. \
             Next step {n}: lead the take twice by July."
        ),
        evidence: vec![Evidence {
            what: "ACAT".to_owned(),
            date: Some(date(2026, 10, 22)),
            ..Evidence::default()
        }],
        agreed: true,
        from: None,
    };
    let sessions: Vec<(Id, Session)> = (0..conversations)
        .map(|n| {
            let session = Session {
                brought: Vec::new(),
                links: Vec::new(),
                person: Some(id(1)),
                date: from + i64::try_from(n % 360).unwrap().days(),
                arcp: (0..lines).map(|k| line(n * lines + k)).collect(),
                template: TemplateRef { id: "mid-point-review".to_owned(), version: 1 },
                title: String::new(),
                time: None,
                minutes: None,
                spent: 0,
                place: String::new(),
                sections: Vec::new(),
                margin: Vec::new(),
                tags: Vec::new(),
                kept: Vec::new(),
                finished: None,
                source_id: None,
                removed: None,
                extra: Extra::new(),
            };
            (id(n + 2), session)
        })
        .collect();
    let subject = Subject {
        id: id(1),
        person: &person,
        settings: &settings,
        period: Period { from, to },
        plan: None,
        today: to,
    };
    let sessions = sessions.iter().map(|(id, session)| (*id, session));
    Summary::new(subject, sessions, std::iter::empty(), &BTreeSet::new())
}

fn exporting(criterion: &mut Criterion) {
    let year = summary(40, 1);
    let large = summary(1_000, 1);
    let statements = summary(200, 10);
    // The first page reads the faces and the library of the compiler.
    render(&year, Format::Pdf).unwrap();
    let mut bench = |name: &str, summary: &Summary, format| {
        criterion.bench_function(name, |it| {
            it.iter(|| render(black_box(summary), format).unwrap());
        });
    };
    bench("PDF of a year of 40 conversations", &year, Format::Pdf);
    bench("PDF of 1,000 conversations", &large, Format::Pdf);
    bench("PDF of 2,000 statements", &statements, Format::Pdf);
    bench("Word file of 2,000 statements", &statements, Format::Docx);
    let sheet = Sheet::new(&year);
    criterion.bench_function("pictures of a year of 40 conversations", |it| {
        it.iter(|| Press::default().pages(&sheet, date(2027, 8, 3), 1.5, usize::MAX).unwrap());
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = exporting
}
criterion_main!(benches);
