//! A long working life: one record file for each conversation with its actions.
//!
//! `CAIRN_BENCH_RECORDS=100000 cargo bench --bench scale` says how many (10,000 without it);
//! `CAIRN_BENCH_CORPUS=FILE` takes the conversations from a jsonl file instead of made-up ones.
//! `CAIRN_BENCH_HOME=DIR` keeps the record there, so that a second run need not make it again.
//! The key derivation is left out: it costs the same whatever the record holds.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr, reason = "a benchmark")]

mod common;

use std::fs;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use cairn::app::draft::Change;
use cairn::app::fresh::Fresh;
use cairn::app::state::Opened;
use cairn::app::{Desk, intake};
use cairn::import::jsonl;
use cairn::model::{Body, Id, Journal, Session};
use cairn::vault::store::disk::DiskStore;
use cairn::vault::store::{Guard, Listed, NewFile, Stat, Store};
use cairn::vault::{Cost, Passphrase};
use criterion::{Criterion, criterion_group};
use jiff::Zoned;
use std::ops::ControlFlow;

use common::{PASSWORD, bare_save, desk, folder, lines};

/// Tells this program to weigh a record and do nothing else.
const WEIGH: &str = "CAIRN_BENCH_WEIGH";

/// The disk without waiting for it, to fill a record quickly.
struct Hasty(DiskStore);

struct HastyFile(Box<dyn NewFile>);

impl NewFile for HastyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write(bytes)
    }
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
    fn close(self: Box<Self>) -> io::Result<()> {
        self.0.close()
    }
}

impl Store for Hasty {
    fn open_new(&self, path: &str) -> io::Result<Box<dyn NewFile>> {
        Ok(Box::new(HastyFile(self.0.open_new(path)?)))
    }
    fn sync_file(&self, _: &str) -> io::Result<()> {
        Ok(())
    }
    fn rename_noreplace(&self, from: &str, to: &str) -> io::Result<()> {
        self.0.rename_noreplace(from, to)
    }
    fn sync_dir(&self, _: &str) -> io::Result<()> {
        Ok(())
    }
    fn unlink(&self, path: &str) -> io::Result<()> {
        self.0.unlink(path)
    }
    fn mkdir(&self, dir: &str) -> io::Result<()> {
        self.0.mkdir(dir)
    }
    fn read(&self, path: &str, cap: u64) -> io::Result<Vec<u8>> {
        self.0.read(path, cap)
    }
    fn list(&self, dir: &str) -> io::Result<Vec<Listed>> {
        self.0.list(dir)
    }
    fn stat(&self, path: &str) -> io::Result<Stat> {
        self.0.stat(path)
    }
    fn free_space(&self) -> io::Result<Option<u64>> {
        self.0.free_space()
    }
    fn lock(&self, path: &str) -> io::Result<Option<Guard>> {
        self.0.lock(path)
    }
}

/// Makes the record: each person in a file, each conversation with its actions in a file.
fn fill(home: &Path, bytes: &[u8]) {
    let now = Zoned::now().timestamp();
    let hasty = Box::new(|dir: &Path| Box::new(Hasty(DiskStore::new(dir))) as Box<dyn Store>);
    let mut desk = desk(home).for_tests(hasty, Cost::for_tests(1));
    desk.create(&home.join("vault"), &Passphrase::new(PASSWORD), "Dr Example", now).unwrap();
    let lines = jsonl::read(bytes).unwrap();
    let intake =
        intake::prepare(lines, Body::Session, &Journal::default(), &mut Fresh::fixed(2), now)
            .unwrap();
    let mut save = |changes: &[Change]| desk.save(changes, now).unwrap();
    for batch in intake.batches {
        let mut one: Vec<Change> = Vec::new();
        for change in batch {
            if !matches!(change.body, Body::Action(_)) && !one.is_empty() {
                save(&std::mem::take(&mut one));
            }
            one.push(change);
        }
        save(&one);
    }
}

/// The bytes of everything that was written, without prompts, ids and dates.
fn text_size(journal: &Journal) -> usize {
    let of =
        |body: &Body| cairn::model::text::fields(body).iter().map(|f| f.text.len()).sum::<usize>();
    journal.all().map(|(_, body)| of(&body)).sum()
}

/// Resident memory of this process in bytes, where the system tells.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").trim().parse::<usize>().unwrap_or(0) * 1024
}

/// Weighs an open record in a process of its own, where nothing else was done before.
fn weigh_apart(home: &Path) {
    let program = std::env::current_exe().unwrap();
    Command::new(program).env(WEIGH, home).status().unwrap();
}

fn weigh(home: &Path) {
    let before = resident();
    let (mut desk, mut opened) = open(home);
    desk.fill(&mut opened.journal);
    let (after, text) = (resident(), text_size(&opened.journal));
    eprintln!(
        "memory: {after} bytes resident ({before} before) for {text} bytes of text, {:.2} times",
        after as f64 / text as f64
    );
}

fn open(home: &Path) -> (Desk, Opened) {
    let mut desk = desk(home);
    desk.find(&home.join("vault")).unwrap();
    let opened = desk.unlock(&Passphrase::new(PASSWORD), Zoned::now().timestamp()).unwrap();
    (desk, opened)
}

/// What a list needs: the people, and the newest conversations of the first.
fn list(opened: &Opened) -> usize {
    let people = opened.journal.people();
    opened.journal.sessions_with(people[0].0).len() + opened.journal.open_actions().count()
}

fn scale(c: &mut Criterion) {
    let count = std::env::var("CAIRN_BENCH_RECORDS").ok().and_then(|n| n.parse().ok());
    let count: usize = count.unwrap_or(10_000);
    let temporary = folder();
    let kept = std::env::var_os("CAIRN_BENCH_HOME").map(PathBuf::from);
    let home = kept.as_deref().unwrap_or(temporary.path());
    if !home.join("vault").exists() {
        let bytes = match std::env::var_os("CAIRN_BENCH_CORPUS") {
            Some(file) => fs::read(file).unwrap(),
            None => lines(count),
        };
        fill(home, &bytes);
    }
    let mut group = c.benchmark_group(format!("{count} records"));
    group.sample_size(10);
    group.bench_function("cold: everything read, lists and texts", |b| {
        b.iter_batched(
            || fs::remove_dir_all(home.join("state")).unwrap_or_default(),
            |()| {
                let (mut desk, mut opened) = open(home);
                desk.fill(&mut opened.journal);
                black_box(list(&opened))
            },
            criterion::BatchSize::PerIteration,
        );
    });
    {
        let (mut desk, mut opened) = open(home);
        desk.fill(&mut opened.journal);
        desk.rest();
    }
    group.bench_function("warm: to a usable list", |b| {
        b.iter_with_large_drop(|| {
            let (desk, opened) = open(home);
            black_box(list(&opened));
            (desk, opened)
        });
    });
    group.bench_function("warm: with all texts", |b| {
        b.iter_with_large_drop(|| {
            let (mut desk, mut opened) = open(home);
            desk.fill(&mut opened.journal);
            (desk, opened)
        });
    });
    weigh_apart(home);
    let (mut desk, mut opened) = open(home);
    desk.fill(&mut opened.journal);
    group.bench_function("full check", |b| {
        b.iter(|| {
            let vault = desk.open_vault().unwrap();
            let now = Zoned::now().timestamp();
            black_box(vault.verify(now, &mut |_| ControlFlow::Continue(())).unwrap().files)
        });
    });
    group.sample_size(60);
    let mut held: Vec<(Id, Session)> =
        opened.journal.all_held().take(500).map(|(id, held)| (id, held.session.clone())).collect();
    let size = 4096;
    let bare = folder();
    let bytes = vec![7; size];
    let mut number: usize = 0;
    group.bench_function("one durable file by the bare protocol", |b| {
        b.iter(|| {
            number += 1;
            bare_save(bare.path(), number, &bytes);
        });
    });
    let now = Zoned::now().timestamp();
    group.bench_function("one durable save", |b| {
        b.iter(|| {
            number += 1;
            let next = number % held.len();
            let (id, session) = &mut held[next];
            session.minutes = Some(session.minutes.unwrap_or(0) % 60_000 + 1);
            let body = Body::Session(session.clone());
            desk.save(&[Change { id: *id, body }], now).unwrap();
        });
    });
    group.finish();
}

criterion_group!(benches, scale);

fn main() {
    match std::env::var_os(WEIGH) {
        Some(home) => weigh(Path::new(&home)),
        None => benches(),
    }
}
