//! Room mode: what two people may look at, and nothing else.

use std::sync::Arc;

use cairn::app::room::{At, Countdown, Room, RoomAction, Step, Talk};
use cairn::app::{Action as Act, Command, Screen};
use cairn::library::Library;
use cairn::model::session::{ArcpHeading, Role};
use cairn::model::{
    Action, ActionState, Answer, ArcpLine, CapabilityRating, Evidence, Id, Layer, Margin, Owner,
    PromptKind, PromptLayer, Session,
};
use jiff::SignedDuration;
use jiff::civil::date;
use proptest::prelude::*;

use crate::support::talk;
use crate::support::world::World;

const CANARY: &str = "CANARY";

fn canary(number: usize) -> String {
    format!("{CANARY}-{number}")
}

fn action(layer: Layer, text: String, reason: String) -> Action {
    Action {
        person: None,
        from: None,
        text,
        owner: Owner::Me,
        due: None,
        due_typed: canary(20),
        state: ActionState::Open,
        settled: None,
        reason,
        layer,
        made: date(2026, 11, 1),
        source_id: None,
        removed: None,
        extra: serde_json::Map::new(),
    }
}

/// An answer of any kind with these words in every place that takes words.
fn answer(kind: u8, words: &str) -> Answer {
    let words = words.to_owned();
    match kind % 6 {
        0 => Answer::Text(words),
        1 => Answer::Choice(vec![words.clone(), words]),
        2 => Answer::Checked(vec![words]),
        3 => Answer::Person(words),
        4 => Answer::Evidence(vec![Evidence {
            what: words.clone(),
            date_typed: words.clone(),
            date: None,
            place: words,
        }]),
        _ => Answer::Capability(vec![CapabilityRating {
            code: words.clone(),
            title: words.clone(),
            rating: Some(2),
            words,
        }]),
    }
}

/// A conversation from a template in which each prompt lies in a layer by chance, with a canary
/// in every place that only the writer reads.
fn planted(template: usize, layers: &[u8], kinds: &[u8]) -> (Session, Vec<(Id, Action)>) {
    let library = Library::built_in().unwrap();
    let templates = library.templates();
    let template = &templates[template % templates.len()];
    let day = date(2026, 11, 24);
    let mut session = Session::start(template, None, Role::Supervisor, day, None);
    session.margin = vec![Margin { beside: Some(canary(1)), text: canary(2), basis: None }];
    session.tags = vec![canary(3)];
    session.place = canary(4);
    session.source_id = Some(canary(5));
    session.title = canary(6);
    session.extra.insert("later".to_owned(), canary(7).into());
    session.arcp = vec![ArcpLine {
        heading: ArcpHeading::Concerns,
        text: "for the panel".to_owned(),
        ..ArcpLine::default()
    }];
    let mut chance = layers.iter().zip(kinds).cycle();
    for section in &mut session.sections {
        let mut shown = false;
        for asked in &mut section.items {
            let (layer, kind) = chance.next().unwrap();
            asked.layer = Layer::ALL[usize::from(layer % 3)];
            if asked.layer == Layer::Private {
                let prompt = Arc::make_mut(&mut asked.prompt);
                prompt.text = canary(8);
                prompt.why = canary(9);
                prompt.phrases = vec![canary(10)];
                if let PromptKind::Choice { options, .. } = &mut prompt.kind {
                    options.push(canary(11));
                }
                asked.answer = Some(answer(*kind, &canary(12)));
            } else {
                shown |= asked.prompt.kind != PromptKind::Action;
                asked.answer = Some(answer(*kind, "both read this"));
                let prompt = Arc::make_mut(&mut asked.prompt);
                // Words to borrow are for whoever leads, about the other.
                prompt.phrases = vec![canary(13)];
                if prompt.layer != PromptLayer::Shared {
                    prompt.why = canary(14);
                }
            }
        }
        if !shown {
            section.title = canary(15);
        }
    }
    let actions = vec![
        (Id::new(1, 1), action(Layer::Private, canary(16), canary(17))),
        (Id::new(1, 2), action(Layer::Shared, "agreed".to_owned(), canary(18))),
        (Id::new(1, 3), action(Layer::Arcp, "for the panel".to_owned(), canary(19))),
    ];
    (session, actions)
}

/// Every step of the room, as a person walks through it.
fn walk(talk: &Talk<'_>) -> Vec<Room> {
    let mut rooms = vec![Room::of(talk, At::LastTime)];
    while let Some((next, _)) = rooms.last().unwrap().next.clone() {
        rooms.push(Room::of(talk, next));
        assert!(rooms.len() < 200, "the room has an end");
    }
    rooms
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_private_is_in_any_step_of_the_room(
        template in 0usize..64,
        layers in prop::collection::vec(any::<u8>(), 1..24),
        kinds in prop::collection::vec(any::<u8>(), 24),
    ) {
        let (session, actions) = planted(template, &layers, &kinds);
        let talk =
            Talk { session: &session, last_time: &actions, own: &actions, called: "Amina" };
        let rooms = walk(&talk);
        let shown = session
            .items()
            .filter(|asked| asked.layer != Layer::Private && asked.prompt.kind != PromptKind::Action)
            .count();
        let questions =
            rooms.iter().filter(|room| matches!(room.step, Step::Question(_))).count();
        prop_assert_eq!(questions, shown);
        for room in rooms {
            let whole = format!("{room:?}");
            prop_assert!(!whole.contains(CANARY), "{}", whole);
            let at = room.at();
            // Whatever place is asked for, a private one never comes.
            let mut kept = session.clone();
            prop_assert!(!room.keep(&mut kept));
            prop_assert_eq!(&kept, &session, "{:?}", at);
        }
        for part in 0..session.sections.len() + 1 {
            for item in 0..12 {
                let whole = format!("{:?}", Room::of(&talk, At::Prompt(part, item)));
                prop_assert!(!whole.contains(CANARY), "{}", whole);
            }
        }
    }
}

#[test]
fn an_answer_that_became_private_meanwhile_is_not_written_over() {
    let (mut session, _) = planted(0, &[1], &[0]);
    let talk = Talk { session: &session, last_time: &[], own: &[], called: "" };
    let mut room = Room::of(&talk, At::LastTime);
    let Step::Question(question) = &mut room.step else { panic!("{room:?}") };
    question.answer = Some(Answer::Text("from the room".to_owned()));
    let (part, item) = question.at;
    session.sections[part].items[item].layer = Layer::Private;
    let before = session.clone();
    assert!(!room.clone().keep(&mut session));
    assert_eq!(session, before);
    session.sections[part].items[item].layer = Layer::Shared;
    assert!(room.keep(&mut session));
    let answer = session.sections[part].items[item].answer.clone();
    assert_eq!(answer, Some(Answer::Text("from the room".to_owned())));
}

#[test]
fn the_time_is_told_in_words_stands_still_and_comes_to_its_end() {
    let now = World::empty().now().timestamp();
    let after = |seconds: i64| now + SignedDuration::from_secs(seconds);
    let mut time = Countdown::new(40, 18, now);
    assert_eq!((time.words(now).as_str(), time.minutes()), ("22 minutes left", 40));
    assert_eq!(time.words(after(1)), "22 minutes left");
    assert_eq!(time.words(after(60)), "21 minutes left");
    assert_eq!(time.words(after(21 * 60)), "1 minute left");
    assert_eq!(time.words(after(21 * 60 + 1)), "Less than a minute left");
    assert_eq!(time.words(after(22 * 60)), "Time is up");
    assert!(time.runs(after(10)) && !time.runs(after(22 * 60)));
    assert!((time.part(now) - 0.55).abs() < 0.001 && time.part(after(3600)) == 0.0);
    time.toggle(after(60));
    assert!(time.is_paused() && !time.runs(after(90)) && time.ends().is_none());
    assert_eq!(time.words(after(600)), "21 minutes left");
    time.toggle(after(660));
    assert_eq!(time.words(after(660)), "21 minutes left");
    assert_eq!(time.words(after(660 + 21 * 60)), "Time is up");
    // A clock that was set back shows no more than the whole, and a talk that ran over begins anew.
    assert_eq!(Countdown::new(10, 0, now).words(after(-900)), "10 minutes left");
    assert_eq!(Countdown::new(10, 25, now).words(now), "10 minutes left");
}

#[test]
fn in_the_room_only_what_shows_nothing_more_can_be_done_and_a_lock_ends_it() {
    let world = World::demo();
    let mut app = talk::begun(&world, "mid-point-review");
    assert!(Command::RoomMode.enabled(&app.state));
    app.act(vec![Act::Do(Command::RoomMode)]);
    assert!(app.state.open().unwrap().room.is_some());
    let enabled = Command::ALL.into_iter().filter(|command| command.enabled(&app.state));
    let enabled: Vec<&str> = enabled.map(Command::text).collect();
    let size = ["Make everything larger", "Make everything smaller", "Normal size"];
    let steps = ["Next prompt", "Previous prompt", "Make an action", "Room mode", "Back", "Lock"];
    assert_eq!(enabled, [steps.as_slice(), size.as_slice()].concat());

    let id = app.inputs.draft.as_ref().unwrap().id;
    app.act(vec![Act::Lock]);
    let mut app = World::unlock(app);
    let open = app.state.open().unwrap();
    assert!(open.room.is_none(), "the room does not come back by itself");
    // Nothing was written, so nothing was kept; the place is the same.
    assert_eq!(open.screen, Screen::Session(id));
    app.act(vec![Act::Go(Screen::Today)]);
    assert!(!Command::RoomMode.enabled(&app.state));
}

#[test]
fn an_action_that_was_being_agreed_is_kept_when_the_room_ends_or_the_record_locks() {
    let world = World::demo();
    let mut app = talk::begun(&world, "mid-point-review");
    let id = app.inputs.draft.as_ref().unwrap().id;
    for (words, due, ends) in [
        ("Ask the rota lead", "31 February", Act::Room(RoomAction::On(false))),
        ("Book the course", "4 December", Act::Go(Screen::Today)),
        ("Write to the college", "", Act::Lock),
    ] {
        if app.state.open().unwrap().screen != Screen::Session(id) {
            app.act(vec![Act::Go(Screen::Session(id))]);
        }
        app.act(vec![Act::Do(Command::RoomMode)]);
        assert!(app.state.open().unwrap().room.is_some());
        app.inputs.room.action = words.to_owned();
        app.inputs.room.due = due.to_owned();
        app.act(vec![ends]);
        if app.state.open().is_none() {
            app = World::unlock(app);
        }
    }
    app.act(vec![Act::Go(Screen::Today)]);
    let journal = &app.state.open().unwrap().journal;
    let agreed = |words: &str| {
        let mut all = journal.actions().into_iter().map(|(_, action)| action);
        all.find(|action| action.text == words).unwrap().clone()
    };
    let unread = agreed("Ask the rota lead");
    assert_eq!((unread.due, unread.due_typed.as_str()), (None, "31 February"));
    assert_eq!(agreed("Book the course").due, Some(date(2026, 12, 4)));
    assert_eq!(agreed("Write to the college").layer, Layer::Shared);
}

#[test]
fn undo_after_the_room_settled_an_action_leaves_it_open_and_not_dropped() {
    let world = World::demo();
    let mut app = talk::begun(&world, "mid-point-review");
    let open = app.state.open().unwrap();
    let amina = app.inputs.draft.as_ref().unwrap().session.person.unwrap();
    let mut theirs = open.journal.actions_with(amina).into_iter();
    let (id, before) = theirs
        .find(|(_, action)| action.is_open() && action.layer != Layer::Private)
        .map(|(id, action)| (id, action.clone()))
        .unwrap();
    drop(theirs);
    app.act(vec![Act::Do(Command::RoomMode)]);
    app.act(vec![Act::Room(RoomAction::Settle(id, ActionState::Done))]);
    for _ in 0..4 {
        world.pass(SignedDuration::from_mins(4));
        app.tick(true);
    }
    app.act(vec![Act::Room(RoomAction::On(false))]);
    let held =
        |app: &cairn::app::App| app.state.open().unwrap().journal.action(id).unwrap().clone();
    assert_eq!(held(&app).state, ActionState::Done, "kept as a version");
    while app.inputs.draft.as_ref().unwrap().can_undo() {
        app.act(vec![Act::Do(Command::Undo)]);
    }
    app.act(vec![Act::Go(Screen::Today)]);
    assert_eq!(held(&app), before);
}

#[test]
fn the_page_of_the_room_has_no_way_to_the_record() {
    for source in [
        include_str!("../../src/ui/screens/room/page.rs"),
        include_str!("../../src/ui/screens/room/answer.rs"),
        include_str!("../../src/ui/screens/room/foot.rs"),
    ] {
        for name in ["View", "Open,", "state::Open", "Draft", "Journal", "Inputs", "Session"] {
            assert!(!source.contains(name), "{name}");
        }
    }
}

#[test]
fn the_clock_is_asked_once_a_second_only_while_it_runs() {
    let world = World::demo();
    let mut app = talk::begun(&world, "mid-point-review");
    assert!(app.next_tick_ms().unwrap() > 1_000);
    app.act(vec![Act::Do(Command::RoomMode)]);
    assert_eq!(app.next_tick_ms(), Some(1_000));
    app.act(vec![Act::Room(RoomAction::Pause)]);
    assert!(app.next_tick_ms().unwrap() > 1_000);
}
