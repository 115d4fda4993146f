//! What a frame costs the processor: the pass over the screen and the triangles, without the
//! painter. A session with 50,000 words in one answer and in 500, at rest and typed into; and a
//! caseload of 200 people with 10,000 sessions. Wanted: under 8 ms for 95 of 100 frames.
//!
//! `cargo bench --bench frames`

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

#[allow(dead_code, reason = "the other benchmarks use the rest")]
mod common;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cairn::app::action::{DoorAction, SessionAction};
use cairn::app::fresh::Fresh;
use cairn::app::inputs::Caret;
use cairn::app::{Action, App, Look, Screen, State, Worker, intake};
use cairn::import::jsonl;
use cairn::library::Library;
use cairn::model::{Answer, Asked, Body, Journal};
use cairn::ui::{Window, theme};
use cairn::vault::Passphrase;
use criterion::{Criterion, criterion_group, criterion_main};
use eframe::App as _;
use egui::{Context, Event, RawInput, Rect, pos2, vec2};
use jiff::Zoned;
use tempfile::TempDir;

use common::{PASSWORD, desk, folder, lines};

const SESSIONS: usize = 10_000;
const WORDS: usize = 50_000;

/// A record of 200 people with 10,000 sessions, unlocked.
fn app(home: &TempDir) -> App {
    let dir = home.path().join("vault");
    let now = Zoned::now();
    if !dir.exists() {
        let mut desk = desk(home.path());
        desk.create(&dir, &Passphrase::new(PASSWORD), "Dr Example", now.timestamp()).unwrap();
        let lines = jsonl::read(&lines(SESSIONS)).unwrap();
        let mut fresh = Fresh::fixed(2);
        let intake =
            intake::prepare(lines, Body::Session, &Journal::default(), &mut fresh, now.timestamp());
        for batch in &intake.unwrap().batches {
            desk.save(batch, now.timestamp()).unwrap();
        }
    }
    let library = Arc::new(Library::built_in().unwrap());
    let state = State::new(dir, Look::default(), library, Fresh::fixed(3), now);
    let mut app = App::new(state, Worker::inline(desk(home.path())), Arc::new(Zoned::now));
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    assert!(app.state.open().is_some(), "the record opens");
    app
}

/// One word of every hundred is in no list, so that it is marked.
fn prose(words: usize) -> String {
    let known = ["the", "rota", "was", "long", "she", "asked"];
    let word = |n: usize| if n % 100 == 50 { "hndovr" } else { known[n % known.len()] };
    (0..words).map(|n| format!("{}{}", word(n), if n % 100 == 99 { '\n' } else { ' ' })).collect()
}

/// A session with all words in its first answer, or in one answer for every hundred.
fn writing(mut app: App, many: bool) -> App {
    let person = app.state.open().unwrap().journal.people().first().map(|(id, _)| *id);
    let template = "mid-point-review".to_owned();
    app.act(vec![Action::Session(SessionAction::Start { template, person })]);
    let draft = app.inputs.draft.as_mut().unwrap();
    let items = &mut draft.session.sections[0].items;
    let first = items[0].clone();
    items[0].answer = Some(Answer::Text(prose(if many { 100 } else { WORDS })));
    for n in 0..if many { WORDS / 100 } else { 0 } {
        let mut prompt = (*first.prompt).clone();
        prompt.id = format!("more-{n}");
        let answer = Some(Answer::Text(prose(100)));
        items.push(Asked { prompt: prompt.into(), answer, ..first.clone() });
    }
    let caret = Caret { prompt: first.prompt.id.clone(), at: Some(3) };
    let id = draft.id;
    app.inputs.carets.insert(id, caret);
    app
}

struct Bare {
    ctx: Context,
    window: Window,
    frame: eframe::Frame,
    time: f64,
}

impl Bare {
    fn new(app: App) -> Bare {
        let ctx = Context::default();
        theme::install(&ctx);
        ctx.disable_accesskit();
        let creation = eframe::CreationContext::_new_kittest(ctx.clone());
        let window = Window::new(&creation, app);
        let mut bare = Bare { ctx, window, frame: eframe::Frame::_new_kittest(), time: 0.0 };
        for _ in 0..10 {
            bare.draw(Vec::new());
        }
        bare
    }

    fn draw(&mut self, events: Vec<Event>) -> Duration {
        self.time += 0.02;
        let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0)));
        let input = RawInput { screen_rect, events, time: Some(self.time), ..RawInput::default() };
        let (window, frame) = (&mut self.window, &mut self.frame);
        let begin = Instant::now();
        let mut output = self.ctx.run_ui(input, |ui| {
            window.logic(ui.ctx(), frame);
            window.ui(ui, frame);
        });
        output.textures_delta.clear();
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        begin.elapsed()
    }

    /// Prints what 95 of 100 frames stay under.
    fn slowest(&mut self, name: &str, events: &[Event]) {
        let mut times: Vec<Duration> = (0..300).map(|_| self.draw(events.to_vec())).collect();
        times.sort();
        println!("{name}: 95 of 100 frames within {:?}", times[times.len() * 95 / 100]);
    }
}

fn frames(c: &mut Criterion) {
    let home = folder();
    let key = [Event::Text("x".to_owned())];
    for (name, many) in [("50,000 words in one answer", false), ("in 500 answers", true)] {
        let mut bare = Bare::new(writing(app(&home), many));
        bare.slowest(&format!("{name}, at rest"), &[]);
        bare.slowest(&format!("{name}, typed into"), &key);
        c.bench_function(&format!("frame/{name}"), |b| b.iter(|| bare.draw(Vec::new())));
    }
    for (name, screen) in [("today", Screen::Today), ("people", Screen::People(None))] {
        let mut app = app(&home);
        app.act(vec![Action::Go(screen)]);
        let mut bare = Bare::new(app);
        bare.slowest(&format!("{name} of 200 people"), &[]);
        c.bench_function(&format!("frame/{name} of 200 people"), |b| {
            b.iter(|| bare.draw(Vec::new()));
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = frames
}
criterion_main!(benches);
