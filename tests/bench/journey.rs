//! What a person waits for: a save, an import, opening, the PDF. Ratios within one run count;
//! the machine's own speed does not.
//!
//! `cargo bench --bench journey`

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

mod common;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cairn::app::draft::Change;
use cairn::app::fresh::Fresh;
use cairn::app::job::summary_of;
use cairn::app::{Desk, demo, intake};
use cairn::export::{self, Format};
use cairn::import::jsonl;
use cairn::library::Library;
use cairn::model::{Body, Journal};
use cairn::platform::Folders;
use cairn::search;
use cairn::vault::Passphrase;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jiff::Zoned;
use jiff::civil::date;

use common::{PASSWORD, bare_save, desk, folder, lines};

const SESSIONS: usize = 10_000;

fn made(home: &Path) -> Desk {
    let mut desk = desk(home);
    let passphrase = Passphrase::new(PASSWORD);
    desk.create(&home.join("vault"), &passphrase, "Dr Example", Zoned::now().timestamp()).unwrap();
    desk
}

fn import(desk: &mut Desk, bytes: &[u8]) -> usize {
    let now = Zoned::now().timestamp();
    let lines = jsonl::read(bytes).unwrap();
    let intake =
        intake::prepare(lines, Body::Session, &Journal::default(), &mut Fresh::fixed(2), now)
            .unwrap();
    for batch in &intake.batches {
        desk.save(batch, now).unwrap();
    }
    intake.sessions
}

/// One conversation of the demonstration, as a change.
fn conversation(desk: &mut Desk) -> Change {
    let lines = jsonl::read(&lines(1)).unwrap();
    let now = Zoned::now().timestamp();
    let journal = desk.opened().journal;
    let intake = intake::prepare(lines, Body::Session, &journal, &mut Fresh::fixed(3), now);
    intake.unwrap().batches[0].iter().find(|c| matches!(c.body, Body::Session(_))).unwrap().clone()
}

fn newest_record(home: &Path) -> PathBuf {
    let mut files = Vec::new();
    let mut folders = vec![home.join("vault").join("records")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.into_iter().max_by_key(|path| path.file_name().map(ToOwned::to_owned)).unwrap()
}

fn saves(c: &mut Criterion) {
    let home = folder();
    let mut desk = made(home.path());
    let mut change = conversation(&mut desk);
    let now = Zoned::now().timestamp();
    desk.save(std::slice::from_ref(&change), now).unwrap();
    let size = fs::metadata(newest_record(home.path())).unwrap().len() as usize;
    let mut group = c.benchmark_group("one durable save");
    let bare = folder();
    let bytes = vec![7; size];
    let mut number = 0;
    group.bench_function("bare protocol", |b| {
        b.iter(|| {
            number += 1;
            bare_save(bare.path(), number, &bytes);
        });
    });
    let mut minutes = 0;
    group.bench_function("cairn", |b| {
        b.iter(|| {
            // Another state each time: the same one is not saved twice.
            minutes = (minutes + 1) % 60_000;
            if let Body::Session(session) = &mut change.body {
                session.minutes = Some(minutes);
            }
            desk.save(std::slice::from_ref(&change), now).unwrap();
        });
    });
    group.finish();
}

fn ten_thousand(c: &mut Criterion) {
    let bytes = lines(SESSIONS);
    let mut group = c.benchmark_group("10,000 conversations");
    group.sample_size(10);
    group.bench_function("import", |b| {
        b.iter_batched(
            || {
                let home = folder();
                let desk = made(home.path());
                (home, desk)
            },
            |(home, mut desk)| {
                assert_eq!(import(&mut desk, &bytes), SESSIONS);
                home
            },
            BatchSize::PerIteration,
        );
    });
    let home = folder();
    let mut kept = made(home.path());
    import(&mut kept, &bytes);
    drop(kept);
    group.bench_function("open and list", |b| {
        b.iter(|| {
            let mut desk = desk(home.path());
            desk.find(&home.path().join("vault")).unwrap();
            let now = Zoned::now().timestamp();
            let opened = desk.unlock(&Passphrase::new(PASSWORD), now).unwrap();
            let people = opened.journal.people();
            black_box(opened.journal.sessions_with(people[0].0).len())
        });
    });
    let mut desk = desk(home.path());
    desk.find(&home.path().join("vault")).unwrap();
    let opened = desk.unlock(&Passphrase::new(PASSWORD), Zoned::now().timestamp()).unwrap();
    group.bench_function("search by plain scan", |b| {
        let query = search::Query::read("portfolio clinic");
        b.iter(|| black_box(search::scan(&opened.journal, &query, date(2026, 11, 24)).len()));
    });
    group.finish();
}

fn unlock(c: &mut Criterion) {
    let home = folder();
    let passphrase = Passphrase::new(PASSWORD);
    let folders = Folders {
        vault: home.path().join("vault"),
        demo: home.path().join("demo"),
        state: home.path().join("state"),
        look: home.path().join("look.json"),
        documents: home.path().to_path_buf(),
    };
    let mut desk = Desk::new(&folders, Fresh::fixed(1), Arc::new(Zoned::now));
    let now = Zoned::now().timestamp();
    desk.create(&folders.vault, &passphrase, "Dr Example", now).unwrap();
    let mut group = c.benchmark_group("unlock");
    group.sample_size(10);
    group.bench_function("an empty record, scrypt 2^18", |b| {
        b.iter(|| {
            desk.find(&folders.vault).unwrap();
            desk.unlock(&passphrase, now).unwrap();
        });
    });
    group.finish();
}

fn pdf(c: &mut Criterion) {
    let home = folder();
    let library = Library::built_in().unwrap();
    let mut desk = desk(home.path());
    let now = Zoned::now();
    let opened = demo::make(
        &mut desk,
        &home.path().join("vault"),
        &Passphrase::new(PASSWORD),
        &library,
        &now,
        1,
    )
    .unwrap();
    let (person, _) = opened.journal.find_people(demo::DOCTOR)[0];
    let today = now.date();
    let from = today.saturating_sub(jiff::Span::new().years(1));
    let summary = summary_of(&opened.journal, person, (from, today), today).unwrap();
    let mut group = c.benchmark_group("ARCP summary");
    group.sample_size(20);
    for format in Format::ALL {
        group.bench_function(format.words(), |b| {
            b.iter(|| export::render(black_box(&summary), format).unwrap());
        });
    }
    group.finish();
}

criterion_group!(journey, saves, ten_thousand, unlock, pdf);
criterion_main!(journey);
