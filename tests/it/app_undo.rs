//! Undo and redo of a conversation: every step back and forward again, whatever was done.

use cairn::app::draft::{Draft, TAKEN_OUT};
use cairn::app::inputs::EditorSpot;
use cairn::app::timer::{IDLE, Timer};
use cairn::app::undo::Content;
use cairn::app::{Action, App, Command, Screen};
use cairn::model::{self, ActionState, Answer, ArcpLine, Basis, Journal, Layer, Margin, OtherView};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::support::talk::{begun, set};
use crate::support::world::World;

/// Something that a person does in a conversation.
#[derive(Debug, Clone)]
enum Deed {
    Type(usize, String),
    Move(usize, Layer),
    Mark(usize, Option<Basis>),
    View(usize, String),
    Note(String),
    DropNote,
    Line(String),
    Tag(String),
    Act(u8, String),
    Pause(u16),
}

fn deed() -> impl Strategy<Value = Deed> {
    let layer = prop::sample::select(vec![Layer::Private, Layer::Shared, Layer::Arcp]);
    prop_oneof![
        4 => (0..8usize, "[a-zé ]{1,6}").prop_map(|(at, words)| Deed::Type(at, words)),
        1 => (0..8usize, layer).prop_map(|(at, layer)| Deed::Move(at, layer)),
        1 => (0..8usize, prop::option::of(Just(Basis::Impression)))
            .prop_map(|(at, basis)| Deed::Mark(at, basis)),
        1 => (0..8usize, "[a-z]{0,4}").prop_map(|(at, words)| Deed::View(at, words)),
        1 => "[a-z]{1,4}".prop_map(Deed::Note),
        1 => Just(Deed::DropNote),
        1 => "[a-z]{1,4}".prop_map(Deed::Line),
        1 => "[a-z]{1,4}".prop_map(Deed::Tag),
        1 => (0..3u8, "[a-z]{1,4}").prop_map(|(at, words)| Deed::Act(at, words)),
        2 => (0..3000u16).prop_map(Deed::Pause),
    ]
}

fn act(draft: &mut Draft, deed: &Deed, model: &model::Action) {
    let count = draft.session.items().count();
    let mut items: Vec<&mut model::Asked> =
        draft.session.sections.iter_mut().flat_map(|part| &mut part.items).collect();
    match deed {
        Deed::Type(at, words) => {
            let asked = &mut items[at % count];
            let before = match &asked.answer {
                Some(Answer::Text(before)) => before.clone(),
                _ => String::new(),
            };
            asked.answer = Some(Answer::Text(before + words));
        }
        Deed::Move(at, layer) => items[at % count].layer = *layer,
        Deed::Mark(at, basis) => items[at % count].basis = *basis,
        Deed::View(at, words) => {
            let view = OtherView { who: "Amina".to_owned(), text: words.clone() };
            items[at % count].other_view = (!words.is_empty()).then_some(view);
        }
        Deed::Note(text) => {
            draft.session.margin.push(Margin { text: text.clone(), ..Margin::default() });
        }
        Deed::DropNote => drop(draft.session.margin.pop()),
        Deed::Line(text) => {
            draft.session.arcp.push(ArcpLine { text: text.clone(), ..ArcpLine::default() });
        }
        Deed::Tag(tag) => draft.session.tags.push(tag.clone()),
        Deed::Act(at, text) => {
            let id = cairn::app::fresh::Fresh::fixed(*at).id(Timestamp::UNIX_EPOCH);
            let action = model::Action { text: text.clone(), ..model.clone() };
            draft.set_action(&Journal::default(), id, action);
        }
        Deed::Pause(_) => return,
    }
    draft.touched = true;
}

fn content(draft: &Draft) -> Content {
    Content::of(&draft.session, &draft.actions)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn undoing_all_gives_the_start_and_redoing_all_gives_the_end(
        deeds in prop::collection::vec(deed(), 1..40),
    ) {
        let library = cairn::library::Library::built_in().unwrap();
        let template = library.get("mid-point-review").unwrap();
        let today = jiff::civil::date(2026, 11, 24);
        let session =
            model::Session::start(template, None, Default::default(), today, None);
        let sample = sample_action(today);
        let mut world = Vec::new();
        let mut now: Timestamp = "2026-11-24T13:42:00Z".parse().unwrap();
        let id = cairn::app::fresh::Fresh::fixed(9).id(now);
        let mut draft = Draft::new(id, model::Kind::Session, session);
        let start = content(&draft);
        for deed in &deeds {
            if let Deed::Pause(ms) = deed {
                now += SignedDuration::from_millis(i64::from(*ms));
            }
            act(&mut draft, deed, &sample);
            draft.note(now);
            world.push(content(&draft));
        }
        let end = content(&draft);
        let journal = Journal::default();
        let mut back = Vec::new();
        while draft.undo(now, &journal).is_some() {
            let stands = content(&draft);
            // Each step is a state that there was, never a mixture.
            prop_assert!(stands == start || world.contains(&stands));
            back.push(stands);
        }
        prop_assert_eq!(content(&draft), start);
        back.pop();
        while let Some(stands) = back.pop() {
            draft.redo(now, &journal).unwrap();
            prop_assert_eq!(content(&draft), stands);
        }
        while draft.redo(now, &journal).is_some() {}
        prop_assert_eq!(content(&draft), end);
    }
}

fn sample_action(made: jiff::civil::Date) -> model::Action {
    model::Action {
        person: None,
        from: None,
        text: String::new(),
        owner: model::Owner::Me,
        due: None,
        state: ActionState::Open,
        settled: None,
        due_typed: String::new(),
        reason: String::new(),
        layer: Layer::Shared,
        made,
        source_id: None,
        removed: None,
        extra: model::Extra::new(),
    }
}

fn typed(app: &mut App, prompt: &str, words: &str) {
    let draft = app.inputs.draft.as_mut().unwrap();
    set(&mut draft.session, prompt, words);
    draft.touched = true;
    app.tick(true);
}

fn words(app: &App, prompt: &str) -> Option<String> {
    let draft = app.inputs.draft.as_ref().unwrap();
    let asked = draft.session.items().find(|asked| asked.prompt.id == prompt).unwrap();
    asked.answer.as_ref().map(model::text::answer_words)
}

fn undo(app: &mut App) {
    app.act(vec![Action::Do(Command::Undo)]);
}

#[test]
fn words_typed_without_a_pause_are_one_step_and_the_caret_stands_at_the_change() {
    let world = World::demo();
    let mut app = begun(&world, "mid-point-review");
    for text in ["N", "Ni", "Nights"] {
        world.pass(SignedDuration::from_millis(150));
        typed(&mut app, "hard", text);
    }
    world.pass(SignedDuration::from_secs(2));
    typed(&mut app, "hard", "Nights in October");
    typed(&mut app, "proud", "The board round");
    undo(&mut app);
    assert_eq!(words(&app, "proud"), None, "another prompt is another step");
    undo(&mut app);
    assert_eq!(words(&app, "hard").as_deref(), Some("Nights"));
    let form = &app.inputs.editor;
    assert_eq!(form.go_to, Some(EditorSpot::Prompt("hard".to_owned())));
    assert_eq!((form.caret, app.inputs.focus.as_deref()), (Some(6), Some("hard")));
    undo(&mut app);
    assert_eq!(words(&app, "hard"), None);
    undo(&mut app);
    app.act(vec![Action::Do(Command::Redo)]);
    assert_eq!(words(&app, "hard").as_deref(), Some("Nights"));
    typed(&mut app, "hard", "Days");
    app.act(vec![Action::Do(Command::Redo)]);
    assert_eq!(words(&app, "hard").as_deref(), Some("Days"), "a new step ends what was undone");
}

#[test]
fn an_action_that_is_in_the_record_by_now_is_dropped_by_undo_and_put_back_by_redo() {
    let world = World::demo();
    let mut app = begun(&world, "task-coaching");
    typed_any(&mut app);
    let text = "Write to the day hospital".to_owned();
    let wish = cairn::app::action::SessionAction::AddAction { text, layer: Layer::Shared };
    world.pass(SignedDuration::from_secs(5));
    app.act(vec![Action::Session(wish)]);
    app.tick(true);
    for _ in 0..3 {
        world.pass(SignedDuration::from_mins(4));
        app.tick(true);
    }
    let id = *app.inputs.draft.as_ref().unwrap().actions.keys().next().unwrap();
    assert!(app.state.open().unwrap().journal.action(id).is_some(), "ten minutes have passed");
    undo(&mut app);
    let action = app.inputs.draft.as_ref().unwrap().actions[&id].clone();
    assert_eq!((action.state, action.reason.as_str()), (ActionState::Dropped, TAKEN_OUT));
    app.act(vec![Action::Do(Command::Redo)]);
    assert_eq!(app.inputs.draft.as_ref().unwrap().actions[&id].state, ActionState::Open);
}

fn typed_any(app: &mut App) {
    let draft = app.inputs.draft.as_mut().unwrap();
    let first = draft.session.items().next().unwrap().prompt.id.clone();
    set(&mut draft.session, &first, "Something");
    draft.touched = true;
    app.tick(true);
}

#[test]
fn a_lock_forgets_the_steps() {
    let world = World::demo();
    let mut app = begun(&world, "mid-point-review");
    typed(&mut app, "hard", "Nights");
    app.act(vec![Action::Lock]);
    assert!(app.inputs.draft.is_none());
    let mut app = World::unlock(app);
    assert!(matches!(app.state.open().unwrap().screen, Screen::Session(_)));
    undo(&mut app);
    assert_eq!(words(&app, "hard").as_deref(), Some("Nights"));
}

#[test]
fn time_counts_from_touch_to_touch_and_pauses_do_not() {
    let mut timer = Timer::default();
    let at = |seconds: i64| Timestamp::from_second(1_700_000_000 + seconds).unwrap();
    assert_eq!(timer.touched(at(0)), 0);
    assert_eq!(timer.touched(at(60)), 60);
    assert_eq!(timer.running(at(90)), SignedDuration::from_secs(30));
    assert_eq!(timer.running(at(60 + IDLE.as_secs() + 1)), SignedDuration::ZERO);
    assert_eq!(timer.touched(at(60 + IDLE.as_secs() + 1)), 0, "nobody was there");
    assert_eq!(timer.touched(at(0)), 0, "the clock was set back");
    assert_eq!(timer.touched(at(10)), 10);
    timer.stop();
    assert_eq!(timer.touched(at(70)), 0, "it was stopped");
}

#[test]
fn the_time_spent_outlives_a_lock_and_stays_stopped_over_it() {
    let world = World::demo();
    let mut app = begun(&world, "mid-point-review");
    app.tick(true);
    world.pass(SignedDuration::from_mins(3));
    typed(&mut app, "hard", "Nights");
    app.act(vec![Action::Session(cairn::app::action::SessionAction::Time(false))]);
    app.act(vec![Action::Lock]);
    world.pass(SignedDuration::from_mins(2));
    let mut app = World::unlock(app);
    app.tick(true);
    world.pass(SignedDuration::from_mins(2));
    app.tick(true);
    let spent = |app: &App| app.inputs.draft.as_ref().unwrap().session.spent;
    assert_eq!(spent(&app), 180);
    app.act(vec![Action::Session(cairn::app::action::SessionAction::Time(true))]);
    world.pass(SignedDuration::from_mins(1));
    app.tick(true);
    assert_eq!(spent(&app), 240);
    assert!(app.next_tick_ms().unwrap() <= 60_000);
}
