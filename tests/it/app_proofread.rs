//! The check of what is written, without a window: when it looks, what it forgets, and that its
//! marks stay on the words they belong to.

use std::time::{Duration, Instant};

use cairn::app::inputs::EditorSpot;
use cairn::app::proofread::{Done, Proofreader, Work};
use cairn::review::Settings;
use cairn::ui::widgets::marks::{Mark, MarkKind, pieces};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::support::talk::{begun, set};
use crate::support::world::World;

fn spot() -> EditorSpot {
    EditorSpot::Prompt("hard".to_owned())
}

fn write(app: &mut cairn::app::App, words: &str) {
    let draft = app.inputs.draft.as_mut().unwrap();
    set(&mut draft.session, "hard", words);
    draft.touched = true;
    app.tick(true);
}

#[test]
fn it_looks_once_the_writer_pauses_and_marks_stay_with_their_words() {
    let world = World::demo();
    let mut app = begun(&world, "mid-point-review");
    let words = "Ring 07700 900123 today.";
    write(&mut app, words);
    world.pass(SignedDuration::from_millis(500));
    app.tick(false);
    assert!(app.inputs.writing.found(&spot(), words).is_empty(), "still typing");
    world.pass(SignedDuration::from_millis(250));
    app.tick(false);
    assert_eq!(app.inputs.writing.found(&spot(), words).len(), 1);
    let longer = "Please ring 07700 900123 today.";
    let moved = app.inputs.writing.found(&spot(), longer).first().cloned().unwrap();
    assert_eq!(&longer[moved.bytes], "07700 900123");
    let changed = "Please ring 07700 today.";
    assert!(app.inputs.writing.found(&spot(), changed).is_empty(), "the words are gone");
}

#[test]
fn nothing_is_asked_for_once_all_is_checked() {
    let world = World::demo();
    let mut app = begun(&world, "mid-point-review");
    write(&mut app, "Nights were long.");
    assert!(app.next_tick_ms().is_some_and(|ms| ms <= 700));
    world.pass(SignedDuration::from_secs(1));
    app.tick(false);
    app.tick(false);
    assert!(app.next_tick_ms().is_none_or(|ms| ms >= 1_000), "{:?}", app.next_tick_ms());
}

#[test]
fn a_thread_checks_and_forgets_what_a_lock_overtakes() {
    let mut reader = Proofreader::start(|| ()).unwrap();
    let work = |number| Work::Text {
        spot: spot(),
        number,
        text: "Ring 07700 900123.".to_owned().into(),
        settings: Settings::default().into(),
    };
    let wait = |reader: &mut Proofreader| {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            match reader.receive() {
                Some(Done::Text { number, findings, .. }) => break (number, findings.len()),
                _ if Instant::now() > until => panic!("no answer"),
                _ => std::thread::sleep(Duration::from_millis(5)),
            }
        }
    };
    reader.send(work(1));
    assert_eq!(wait(&mut reader), (1, 1));
    reader.send(work(2));
    reader.forget();
    reader.send(work(3));
    assert_eq!(wait(&mut reader).0, 3, "what came before the lock is gone");
}

fn kind() -> impl Strategy<Value = MarkKind> {
    prop::sample::select(MarkKind::ALL.to_vec())
}

proptest! {
    #[test]
    fn marked_pieces_are_the_whole_text_and_lie_where_the_marks_lie(
        text in "(\\PC|[\u{300}-\u{310}]|[\u{200b}-\u{200f}]|👩🏽‍⚕️|\n){0,60}",
        marks in prop::collection::vec((0_usize..120, 0_usize..120, kind()), 0..12),
    ) {
        let marks: Vec<Mark> =
            marks.into_iter().map(|(from, to, kind)| Mark::new(kind, from..to)).collect();
        let pieces = pieces(&text, &marks);
        prop_assert_eq!(pieces.iter().map(|(piece, _)| *piece).collect::<String>(), text.clone());
        let mut at = 0;
        for (piece, kind) in pieces {
            let covers = |mark: &&Mark| {
                text.get(mark.bytes.clone()).is_some_and(|marked| !marked.is_empty())
                    && mark.bytes.start <= at
                    && at + piece.len() <= mark.bytes.end
            };
            let over = marks.iter().filter(covers).map(|mark| mark.kind).max();
            prop_assert_eq!(kind, over);
            at += piece.len();
        }
    }
}
