//! Cairn opens where it stopped: after a lock, after it was ended, and after a crash.

use cairn::app::action::SessionAction;
use cairn::app::place::Place;
use cairn::app::state::Phase;
use cairn::app::{Action, App, Job, Screen};
use cairn::model::Id;
use egui_kittest::kittest::Queryable as _;
use jiff::SignedDuration;

use crate::support::talk::{HARD, amina, begun, go_to, unlock, unlocked, window, write};
use crate::support::window::{DESK, Look};
use crate::support::world::World;
use crate::ui_door::{Harnessed, says};

fn screen(app: &App) -> Screen {
    app.state.open().unwrap().screen.clone()
}

/// Writes under the second prompt of a conversation, in the window; gives the program with it.
fn writing(world: &World) -> (Harnessed, Id) {
    let mut harness = window(world, begun(world, "mid-point-review"));
    go_to(&mut harness, "hard");
    write(&mut harness, HARD, "Nights have been long. ");
    let id = harness.state().app().inputs.draft.as_ref().unwrap().id;
    (harness, id)
}

/// The program started anew and unlocked: it stands where it stopped.
fn goes_on(world: &World, id: Id) -> Harnessed {
    let mut harness = world.window_of(world.app(), Look::Light, DESK);
    harness.run();
    unlock(&mut harness);
    assert_eq!(screen(harness.state().app()), Screen::Session(id));
    assert!(harness.get_by_label(HARD).is_focused(), "at the prompt that was in use");
    harness.event(egui::Event::Text("And lonely.".to_owned()));
    harness.run();
    let words = crate::support::talk::text_of(crate::support::talk::session(&harness), "hard");
    assert_eq!(words, "Nights have been long. And lonely.", "and where the caret was");
    harness
}

#[test]
fn a_program_that_was_ended_opens_the_conversation_at_its_prompt() {
    let world = World::demo();
    let (mut harness, id) = writing(&world);
    harness.state_mut().app_mut().finish();
    drop(harness);
    goes_on(&world, id);
}

#[test]
fn a_program_that_crashed_does_as_well() {
    let world = World::demo();
    let (mut harness, id) = writing(&world);
    world.pass(SignedDuration::from_secs(5));
    harness.run();
    // No word of goodbye: the program is not told that it ends.
    drop(harness);
    let harness = goes_on(&world, id);
    assert!(says(&harness, "Words from last time, not yet saved then, are back in their place"));
}

#[test]
fn a_lock_comes_back_to_it_in_the_same_program() {
    let world = World::demo();
    let (mut harness, id) = writing(&world);
    harness.state_mut().app_mut().act(vec![Action::Lock]);
    harness.run();
    unlock(&mut harness);
    assert_eq!(screen(harness.state().app()), Screen::Session(id));
    assert!(harness.get_by_label(HARD).is_focused());
}

#[test]
fn every_other_place_is_opened_again_too() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let person = amina(&app);
    for place in [Screen::People(Some(person)), Screen::Journal, Screen::Summary(Some(person))] {
        app.act(vec![Action::Go(place.clone())]);
        app.finish();
        app = unlocked(&world);
        assert_eq!(screen(&app), place);
    }
}

#[test]
fn what_is_gone_gives_way_to_today() {
    let world = World::demo();
    let (person, nobody) = (amina(&unlocked(&world)), Id::new(9, 9));
    // A conversation without a word is not kept.
    let mut app = begun(&world, "mid-point-review");
    app.tick(true);
    app.finish();
    assert_eq!(screen(&unlocked(&world)), Screen::Today);
    // Somebody who was erased on another computer meanwhile.
    for (place, opens) in [
        (Screen::People(Some(person)), Screen::People(Some(person))),
        (Screen::People(Some(nobody)), Screen::Today),
        (Screen::Session(nobody), Screen::Today),
        (Screen::History(nobody), Screen::Today),
        (Screen::TemplateEdit(nobody), Screen::Today),
    ] {
        let mut app = unlocked(&world);
        let place = Place { screen: Some(place), ..Place::default() };
        app.ask(Job::KeepPlace(place));
        drop(app);
        let app = unlocked(&world);
        assert!(matches!(app.state.phase, Phase::Open(_)));
        assert_eq!(screen(&app), opens);
    }
}

#[test]
fn a_place_of_an_earlier_version_has_no_screen() {
    let place: Place = serde_json::from_str(r#"{"carets":{},"stopped":[]}"#).unwrap();
    assert_eq!(place.screen, None);
    let mut app = begun(&World::demo(), "mid-point-review");
    app.act(vec![Action::Session(SessionAction::BeginToFinish)]);
    let words = serde_json::to_string(&Place::of(&screen(&app), &app.inputs)).unwrap();
    assert!(!words.contains("Amina"), "ids and numbers alone: {words}");
}
