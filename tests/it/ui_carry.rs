//! From one conversation to the next: what carries forward with its age, and when the two meet.

use cairn::app::action::SessionAction;
use cairn::app::next_time::{NextTime, NotATime};
use cairn::app::{Action, App};
use cairn::model::training::Goal;
use cairn::model::{ActionState, Body, Id, Layer, Person, carry};
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::SignedDuration;
use jiff::civil::{date, time};

use crate::support::talk::{
    HARD, PROUD, amina, as_drawn, begin, draft, go_to, keys, press, unlocked, window,
};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::says;
use crate::ui_person_about::enter;

fn person(app: &App) -> (Id, Person) {
    let id = amina(app);
    (id, app.state.open().unwrap().journal.person(id).unwrap().clone())
}

/// Amina with a goal of August, in the record on disk.
fn with_a_goal(world: &World) {
    let app = unlocked(world);
    let (id, mut amina) = person(&app);
    amina.goals = vec![Goal {
        id: Some(Id::new(1, 1)),
        text: "Sit PACES in March".to_owned(),
        since: date(2026, 8, 6),
        progress: "Has booked a course.".to_owned(),
        done: None,
        dropped: None,
        reason: String::new(),
        layer: Layer::Shared,
        extra: serde_json::Map::new(),
    }];
    drop(app);
    let mut desk = world.desk();
    assert!(desk.find(&world.dir()).unwrap());
    let now = world.now().timestamp();
    desk.unlock(&cairn::vault::Passphrase::new(PASSWORD), now).unwrap_or_else(|_| panic!());
    let change = cairn::app::draft::Change { id, body: Body::Person(amina) };
    desk.save(&[change], now).unwrap();
}

fn finishing(world: &World) -> Harness<'static, Window> {
    let mut harness = window(world, as_drawn(world));
    press(&mut harness, "Finish session");
    harness
}

fn write(harness: &mut Harness<'_, Window>, label: &str, words: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run();
    keys(harness, Modifiers::COMMAND, Key::A);
    harness.get_by_role_and_label(Role::TextInput, label).type_text(words);
    harness.run();
}

#[test]
fn the_drawer_says_what_carries_forward_and_keeps_the_next_meeting() {
    let world = World::demo();
    with_a_goal(&world);
    let mut harness = finishing(&world);
    assert!(harness.get_by_role_and_label(Role::Button, "Finish").is_focused());
    for words in ["What carries forward", "Agreed today", "Sit PACES in March", "Set 3 months ago."]
    {
        assert!(says(&harness, words), "{words}");
    }
    write(&mut harness, "Day", "in 8 weeks");
    assert!(says(&harness, "Tuesday 19 January 2027"));
    write(&mut harness, "Time", "2.30 pm");
    press(&mut harness, "Finish");
    let (_, amina) = person(harness.state().app());
    let meeting = amina.next_meeting.unwrap();
    assert_eq!((meeting.date, meeting.time), (date(2027, 1, 19), Some(time(14, 30, 0, 0))));
    assert!(meeting.id.is_some());
}

#[test]
fn a_day_that_is_none_stops_the_end_until_it_is_mended() {
    let world = World::demo();
    let mut harness = finishing(&world);
    write(&mut harness, "Day", "31 June");
    keys(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(says(&harness, "There is no 31 June. Did you mean 30 June?"));
    press(&mut harness, "Mend the next meeting to finish");
    assert!(draft(&harness).session.finished.is_none());
    write(&mut harness, "Day", "next Friday");
    press(&mut harness, "Finish");
    assert!(person(harness.state().app()).1.next_meeting.is_some());
}

#[test]
fn times_are_read_as_people_type_them() {
    let read = |typed: &str| NextTime { time: typed.to_owned(), ..NextTime::default() }.clock();
    for (typed, hour, minute) in
        [("14:30", 14, 30), ("2.30pm", 14, 30), ("2 PM", 14, 0), ("9", 9, 0), ("12 am", 0, 0)]
    {
        assert_eq!(read(typed), Ok(Some(time(hour, minute, 0, 0))), "{typed}");
    }
    assert_eq!(read(" "), Ok(None));
    for typed in ["25:00", "14:3o", "13 pm", "half two", "14:60", "1430:00"] {
        assert_eq!(read(typed), Err(NotATime), "{typed}");
    }
}

#[test]
fn what_was_agreed_comes_up_with_its_age_until_it_is_done_or_dropped_with_a_reason() {
    let world = World::demo();
    let mut app = as_drawn(&world);
    app.act(vec![Action::Session(SessionAction::Finish)]);
    // Six weeks later, and once more, each time with a new conversation.
    for _ in 0..2 {
        world.pass(SignedDuration::from_hours(21 * 24));
        app.tick(true);
        app = World::unlock(app);
        app = begin(app, "ten-minute-check-in");
        let draft = app.inputs.draft.as_mut().unwrap();
        draft.touched = true;
        app.act(vec![Action::Session(SessionAction::Finish)]);
    }
    app.tick(true);
    let app = begin(app, "ten-minute-check-in");
    let mut harness = window(&world, app);
    assert!(says(&harness, "Debrief within a day of any hard night"));
    assert!(says(&harness, "Agreed 6 weeks ago, carried"));
    let is_it = |it: &cairn::model::Action| it.text.starts_with("Debrief within");
    let choices = harness.query_all_by_role_and_label(Role::RadioButton, "Drop").count();
    assert!(choices > 0);
    // The last of the list is the newest.
    let name = "Debrief within a day of any hard night. You, agreed 24 November, by 4 December";
    let group = harness.get_by_label(name);
    group.get_by_role_and_label(Role::RadioButton, "Drop").click_accesskit();
    harness.run();
    assert!(says(&harness, "Why will it not be done?"));
    press(&mut harness, "Drop it");
    assert!(says(&harness, "Say why in a few words"));
    assert!(!draft(&harness).actions.values().any(is_it), "without a reason it stays");
    write(&mut harness, "Why will it not be done?", "The rota changed");
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    let dropped = draft(&harness).actions.values().find(|it| is_it(it)).unwrap();
    assert_eq!(
        (dropped.state, dropped.reason.as_str()),
        (ActionState::Dropped, "The rota changed")
    );
    assert!(!says(&harness, "Why will it not be done?"));
}

#[test]
fn what_was_answered_after_midnight_stays_with_the_conversation() {
    let world = World::demo();
    let mut app = as_drawn(&world);
    app.act(vec![Action::Session(SessionAction::Finish)]);
    world.move_to("2026-12-02T00:20:00+10:00[+10:00]");
    app.tick(true);
    let mut app = begin(World::unlock(app), "ten-minute-check-in");
    let person = amina(&app);
    let open = app.state.open().unwrap();
    let agreed = open.journal.actions_with(person).into_iter();
    let agreed = agreed.map(|(id, action)| (id, action.clone()));
    let is_it = |it: &cairn::model::Action| it.is_open() && it.text.starts_with("Debrief");
    let (id, mut action) = agreed.into_iter().find(|(_, it)| is_it(it)).unwrap();
    (action.state, action.settled) = (ActionState::Done, Some(date(2026, 12, 2)));
    let talking = app.inputs.draft.as_mut().unwrap();
    let talk = talking.id;
    talking.set_action(&app.state.open().unwrap().journal, id, action);
    app.act(vec![Action::Session(SessionAction::Finish)]);
    app.act(vec![Action::Session(SessionAction::Open(talk))]);
    let harness = window(&world, app);
    assert!(draft(&harness).session.finished.is_some());
    assert!(says(&harness, "Debrief within a day of any hard night"), "with its answer");
}

#[test]
fn goals_come_up_on_top_until_they_are_reached() {
    let world = World::demo();
    with_a_goal(&world);
    let mut harness = window(&world, crate::support::talk::begun(&world, "mid-point-review"));
    assert!(says(&harness, "Set 3 months ago. Has booked a course."));
    harness.get_by_label("Goal reached: Sit PACES in March").click_accesskit();
    harness.run();
    let (_, amina) = person(harness.state().app());
    assert_eq!(amina.goals[0].done, Some(date(2026, 11, 24)));
    // It stays in view today, to be taken back.
    harness.get_by_label("Goal reached: Sit PACES in March").click_accesskit();
    harness.run();
    assert_eq!(person(harness.state().app()).1.goals[0].done, None);
}

#[test]
fn a_goal_is_dropped_in_a_conversation_with_a_reason_by_keyboard_alone() {
    let world = World::demo();
    with_a_goal(&world);
    let mut harness = window(&world, crate::support::talk::begun(&world, "mid-point-review"));
    let goal = |harness: &Harness<'_, Window>| {
        person(harness.state().app()).1.goals.into_iter().next().unwrap()
    };
    enter(&mut harness, "Drop goal: Sit PACES in March");
    assert!(says(&harness, "Drop this goal"));
    enter(&mut harness, "Save");
    assert!(goal(&harness).is_open(), "without a reason it stays");
    let field = harness.get_by_role_and_label(Role::TextInput, "Why will it not be followed?");
    assert!(field.is_focused(), "what is missing has the keyboard");
    keys(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!says(&harness, "Drop this goal"));
    let opener = "Drop goal: Sit PACES in March";
    assert!(harness.get_by_role_and_label(Role::Button, opener).is_focused());
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    harness.event(egui::Event::Text("Chose another specialty".to_owned()));
    harness.run();
    enter(&mut harness, "Save");
    assert_eq!(goal(&harness).dropped, Some(date(2026, 11, 24)));
    assert_eq!(goal(&harness).reason, "Chose another specialty");
    assert!(says(&harness, "Goal dropped") && says(&harness, "Why: Chose another specialty"));
    assert!(harness.state().app().inputs.draft.is_some(), "the conversation goes on");
    harness.state_mut().app_mut().act(vec![Action::ToastGone]);
    harness.run();
    picture(&mut harness, "session_goal_dropped");
    enter(&mut harness, "Follow again: Sit PACES in March");
    assert!(goal(&harness).is_open());
}

#[test]
fn dropping_a_goal_fits_a_small_window() {
    let world = World::demo();
    with_a_goal(&world);
    let mut app = crate::support::talk::begun(&world, "mid-point-review");
    app.state.look.zoom = 150;
    let mut harness = world.window_of(app, Look::Light, [1024.0, 640.0]);
    harness.run();
    enter(&mut harness, "Drop goal: Sit PACES in March");
    picture(&mut harness, "session_drop_goal_narrow");
}

#[test]
fn from_what_was_agreed_the_next_prompt_is_the_first() {
    let world = World::demo();
    let mut harness = window(&world, crate::support::talk::begun(&world, "mid-point-review"));
    go_to(&mut harness, "hard");
    let done = harness.query_all_by_role_and_label(Role::RadioButton, "Done").next().unwrap();
    done.focus();
    harness.run();
    keys(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(harness.get_by_label(PROUD).is_focused());
    keys(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(harness.get_by_label(HARD).is_focused(), "and from there it goes on");
}

#[test]
fn ages_are_told_in_words() {
    let today = date(2026, 11, 24);
    for (day, words) in [
        (date(2026, 11, 24), "today"),
        (date(2026, 11, 25), "today"),
        (date(2026, 11, 23), "yesterday"),
        (date(2026, 11, 14), "10 days ago"),
        (date(2026, 10, 13), "6 weeks ago"),
        (date(2026, 6, 24), "5 months ago"),
        (date(2024, 6, 1), "2 years ago"),
    ] {
        assert_eq!(carry::ago(day, today), words);
    }
}

fn shown(size: [f32; 2], zoom: u16) -> Harness<'static, Window> {
    let world = World::demo();
    with_a_goal(&world);
    let mut app = as_drawn(&world);
    app.state.look.zoom = zoom;
    app.act(vec![Action::Session(SessionAction::BeginToFinish)]);
    app.inputs.next_time.day = "in 8 weeks".to_owned();
    app.inputs.next_time.time = "14:30".to_owned();
    let mut harness = world.window_of(app, Look::Light, size);
    harness.run();
    // What is to be filled in comes into view.
    harness.get_by_role_and_label(Role::TextInput, "Time").focus();
    harness.run();
    harness
}

#[test]
fn the_end_of_a_conversation_looks_as_drawn() {
    picture(&mut shown(DESK, 100), "finish_next_time");
}

#[test]
fn the_end_of_a_conversation_fits_a_small_window() {
    picture(&mut shown([1024.0, 640.0], 150), "finish_next_time_narrow");
}
