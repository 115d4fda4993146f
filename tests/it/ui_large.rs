//! Long texts and long sessions: 50,000 words are opened, typed into and scrolled, and nothing is
//! drawn while nothing happens. Times are compared with those of a short session in the same run.

use std::time::{Duration, Instant};

use cairn::app::App;
use cairn::app::inputs::Caret;
use cairn::model::{Answer, Asked};
use cairn::ui::{Window, theme};
use eframe::App as _;
use egui::{Context, Event, FullOutput, RawInput, Rect, ViewportId, pos2, vec2};
use egui_kittest::kittest::Queryable as _;

use crate::support::talk::{HARD, begun, session, text_of, window};
use crate::support::window::DESK;
use crate::support::world::World;

const WORDS: usize = 50_000;

/// So many words in paragraphs of a hundred.
fn prose(words: usize) -> String {
    const SOME: [&str; 10] =
        ["the", "rota", "was", "long", "she", "asked", "for", "help", "with", "planning"];
    let mut text = String::new();
    for n in 0..words {
        text.push_str(SOME[(n * 7 + n / 10) % SOME.len()]);
        text.push(if n % 100 == 99 { '\n' } else { ' ' });
    }
    text
}

/// One answer of so many words.
fn one_answer(world: &World, words: usize) -> App {
    let mut app = begun(world, "mid-point-review");
    let draft = app.inputs.draft.as_mut().unwrap();
    crate::support::talk::set(&mut draft.session, "proud", &prose(words));
    let caret = Caret { prompt: "proud".to_owned(), at: Some(3) };
    let id = draft.id;
    app.inputs.carets.insert(id, caret);
    app
}

/// Five hundred answers of a hundred words.
fn many_answers(world: &World) -> App {
    let mut app = begun(world, "mid-point-review");
    let draft = app.inputs.draft.as_mut().unwrap();
    let items = &mut draft.session.sections[0].items;
    let pattern = items[0].clone();
    for n in 0..WORDS / 100 {
        let mut prompt = (*pattern.prompt).clone();
        prompt.id = format!("more-{n}");
        prompt.text = format!("Question {n}?");
        let answer = Some(Answer::Text(prose(100)));
        items.push(Asked { prompt: prompt.into(), answer, ..pattern.clone() });
    }
    app
}

/// The program in a window without a screen reader and without a painter: what a frame costs
/// the processor.
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
        Bare { ctx, window, frame: eframe::Frame::_new_kittest(), time: 0.0 }
    }

    fn draw(&mut self, events: Vec<Event>) -> FullOutput {
        self.time += 0.1;
        let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(DESK[0], DESK[1])));
        let input = RawInput { screen_rect, events, time: Some(self.time), ..RawInput::default() };
        let (window, frame) = (&mut self.window, &mut self.frame);
        let mut output = self.ctx.run_ui(input, |ui| {
            window.logic(ui.ctx(), frame);
            window.ui(ui, frame);
        });
        // There is no painter to hand them to.
        output.textures_delta.clear();
        output
    }

    /// The time of a frame with what makes the triangles.
    fn timed(&mut self, events: Vec<Event>) -> Duration {
        let begin = Instant::now();
        let output = self.draw(events);
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        assert!(!meshes.is_empty());
        begin.elapsed()
    }

    /// The quickest of so many frames, which nothing else on the machine held up: at rest, typed
    /// into, scrolled.
    fn figures(&mut self) -> [Duration; 3] {
        for _ in 0..5 {
            self.timed(Vec::new());
        }
        let quickest = |times: Vec<Duration>| times.into_iter().min().unwrap();
        let rest = quickest((0..9).map(|_| self.timed(Vec::new())).collect());
        let typed = (0..9).map(|_| self.timed(vec![Event::Text("x".to_owned())])).collect();
        let typed = quickest(typed);
        let wheel = || {
            let at = Event::PointerMoved(pos2(600.0, 400.0));
            let wheel = Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: vec2(0.0, -300.0),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: egui::Modifiers::NONE,
            };
            vec![at, wheel]
        };
        let scrolled = quickest((0..9).map(|_| self.timed(wheel())).collect());
        [rest, typed, scrolled]
    }
}

/// How many times as long as the same in a short session.
fn times(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

#[test]
fn a_long_session_is_drawn_typed_into_and_scrolled_like_a_short_one() {
    let world = World::demo();
    let short = Bare::new(one_answer(&world, 100)).figures();
    let many = Bare::new(many_answers(&world)).figures();
    let names = ["at rest", "typed into", "scrolled"];
    for ((name, short), many) in names.into_iter().zip(short).zip(many) {
        eprintln!("500 answers, {name}: {:.1} times ({many:?}/{short:?})", times(many, short));
        assert!(times(many, short) < 8.0, "{name}: {many:?} against {short:?}");
    }
}

#[test]
fn a_long_answer_is_drawn_typed_into_and_scrolled() {
    let world = World::demo();
    let short = Bare::new(one_answer(&world, 100)).figures();
    let long = Bare::new(one_answer(&world, WORDS)).figures();
    let names = ["at rest", "typed into", "scrolled"];
    for ((name, short), long) in names.into_iter().zip(short).zip(long) {
        eprintln!("50,000 words, {name}: {:.1} times ({long:?}/{short:?})", times(long, short));
        // Five hundred times the words.
        assert!(times(long, short) < 60.0, "{name}: {long:?} against {short:?}");
    }
}

#[test]
fn a_key_is_on_the_screen_with_its_own_frame() {
    let world = World::demo();
    let mut bare = Bare::new(one_answer(&world, 20_000));
    for _ in 0..3 {
        bare.draw(Vec::new());
    }
    let output = bare.draw(vec![Event::Text("Q".to_owned())]);
    let drawn = output.shapes.iter().any(|shape| match &shape.shape {
        egui::Shape::Text(text) => text.galley.text().starts_with("theQ help"),
        _ => false,
    });
    assert!(drawn, "in the frame of the key itself");
    let draft = bare.window.app().inputs.draft.as_ref().unwrap();
    assert!(text_of(&draft.session, "proud").starts_with("theQ help"));
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let worlds = [World::demo(), World::demo()];
    for app in [one_answer(&worlds[0], 1_000), many_answers(&worlds[1])] {
        let mut bare = Bare::new(app);
        for _ in 0..10 {
            bare.draw(Vec::new());
        }
        let output = bare.draw(Vec::new());
        let delay = output.viewport_output[&ViewportId::ROOT].repaint_delay;
        assert!(delay >= Duration::from_millis(100), "{delay:?}");
    }
}

#[test]
fn the_shortcut_goes_through_all_prompts_of_a_long_session() {
    let world = World::demo();
    let mut bare = Bare::new(many_answers(&world));
    for _ in 0..3 {
        bare.draw(Vec::new());
    }
    let next = |pressed: bool| Event::Key {
        key: egui::Key::Enter,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: egui::Modifiers::COMMAND,
    };
    for _ in 0..60 {
        bare.draw(vec![next(true)]);
        bare.draw(vec![next(false)]);
    }
    bare.draw(vec![Event::Text("Here".to_owned())]);
    let draft = bare.window.app().inputs.draft.as_ref().unwrap();
    let typed = draft.session.items().position(
        |asked| matches!(&asked.answer, Some(Answer::Text(words)) if words.contains("Here")),
    );
    assert!(typed.is_some_and(|at| at >= 55), "{typed:?}");
}

#[test]
fn a_screen_reader_gets_every_prompt_of_a_long_session() {
    let world = World::demo();
    let mut harness = window(&world, many_answers(&world));
    harness.get_by_label("Shared. Question 499?").focus();
    harness.run();
    assert!(harness.get_by_label("Shared. Question 499?").is_focused());
    assert_eq!(text_of(session(&harness), "hard"), "", "{HARD} is untouched");
}
