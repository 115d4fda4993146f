//! Long texts and long sessions: 50,000 words are opened, typed into and scrolled, and nothing is
//! drawn while nothing happens. What a frame hands to the painter is counted here; how long it takes
//! is measured by the benchmark of frames.

use std::time::Duration;

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

    /// The corners of the triangles of a frame: what is laid out for it without being seen is
    /// among them.
    fn corners(&mut self, events: Vec<Event>) -> usize {
        let output = self.draw(events);
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let corners = meshes.iter().map(|mesh| match &mesh.primitive {
            egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
            egui::epaint::Primitive::Callback(_) => 0,
        });
        corners.sum()
    }

    /// The largest frame at rest, typed into, scrolled.
    fn figures(&mut self) -> [usize; 3] {
        for _ in 0..5 {
            self.draw(Vec::new());
        }
        let rest = self.corners(Vec::new());
        let typed = (0..5).map(|_| self.corners(vec![Event::Text("x".to_owned())])).max();
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
        let scrolled = (0..5).map(|_| self.corners(wheel())).max();
        [rest, typed.unwrap(), scrolled.unwrap()]
    }
}

/// Asserts that a frame of the long one is not much more than one of the short one.
fn assert_like(long: App, short: App) {
    let (long, short) = (Bare::new(long).figures(), Bare::new(short).figures());
    eprintln!("corners at rest, typed into, scrolled: {long:?} against {short:?}");
    for ((name, long), short) in ["at rest", "typed into", "scrolled"].iter().zip(long).zip(short) {
        assert!(long < 3 * short, "{name}: {long} corners against {short}");
    }
}

#[test]
fn of_a_long_session_only_what_is_in_view_is_drawn() {
    let [long, short] = [World::demo(), World::demo()];
    assert_like(many_answers(&long), one_answer(&short, 100));
}

#[test]
fn of_a_long_answer_only_what_is_in_view_is_drawn() {
    let [long, short] = [World::demo(), World::demo()];
    assert_like(one_answer(&long, WORDS), one_answer(&short, 100));
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
