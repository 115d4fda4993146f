//! Disks that fail under the whole program: what the corner of the screen says, what stays, and
//! that trying again brings everything home.

use cairn::app::action::{DoorAction, RecordAction, SessionAction};
use cairn::app::lock::WindowPlace;
use cairn::app::state::{Closing, Phase, Saved};
use cairn::app::{Action, App, Screen};
use cairn::model::{ActionState, Answer, Id, Layer};
use cairn::vault::Passphrase;
use cairn::vault::store::disk::DiskStore;
use cairn::vault::store::sim::{Fault, Machine, SimStore};
use jiff::SignedDuration;

use crate::support::world::{PASSWORD, World};

const FULL: i32 = 28;
const GONE: i32 = 19;
const WORDS: &str = "Nights have been long.";

/// The program on a record whose folder breaks on demand; this computer's own folder does not.
fn on_a_stick(world: &World, machine: &Machine) -> App {
    let (machine, dir) = (machine.clone(), world.dir());
    let desk = world.desk_on(Box::new(move |folder| {
        let disk = DiskStore::new(folder);
        if folder == dir { Box::new(SimStore::new(&machine, 0, disk)) } else { Box::new(disk) }
    }));
    let mut app = world.app_with(desk);
    unlock(&mut app);
    app
}

fn unlock(app: &mut App) {
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    assert!(app.state.open().is_some(), "unlocked");
}

fn type_in_a_session(app: &mut App) -> Id {
    let person = app.state.open().unwrap().journal.people()[0].0;
    let template = "mid-point-review".to_owned();
    app.act(vec![Action::Session(SessionAction::Start { template, person: Some(person) })]);
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.sections[0].items[0].answer = Some(Answer::Text(WORDS.to_owned()));
    draft.touched = true;
    draft.id
}

fn has_the_words(app: &App, id: Id) -> bool {
    let held = app.state.open().unwrap().journal.held(id);
    let answer = held.and_then(|held| held.session.sections[0].items[0].answer.as_ref());
    answer == Some(&Answer::Text(WORDS.to_owned()))
}

#[test]
fn a_full_disk_is_told_and_trying_again_saves() {
    let world = World::demo();
    let machine = Machine::new();
    let mut app = on_a_stick(&world, &machine);
    let id = type_in_a_session(&mut app);
    machine.arm(Fault::from(1, FULL));
    app.act(vec![Action::Go(Screen::Today)]);
    let Saved::Not(notice) = &app.state.open().unwrap().saved else { panic!("not told") };
    assert_eq!(notice.happened, "The disk is full, so this could not be saved.");
    assert!(has_the_words(&app, id), "the words are still on the screen");

    app.act(vec![Action::TryAgain]);
    assert!(matches!(app.state.open().unwrap().saved, Saved::Not(_)), "still full");
    machine.disarm();
    app.act(vec![Action::TryAgain]);
    assert!(matches!(app.state.open().unwrap().saved, Saved::At(_)));
    drop(app);
    let mut app = world.app();
    unlock(&mut app);
    assert!(has_the_words(&app, id));
}

#[test]
fn an_older_save_tried_again_does_not_undo_a_newer_one() {
    let world = World::demo();
    let machine = Machine::new();
    let mut app = on_a_stick(&world, &machine);
    let action = app.state.open().unwrap().journal.actions()[0].0;
    let settle = |how| vec![Action::Record(RecordAction::Settle(action, how))];
    machine.arm(Fault::from(1, FULL));
    app.act(settle(ActionState::Part));
    assert!(matches!(app.state.open().unwrap().saved, Saved::Not(_)));
    machine.disarm();
    app.act(settle(ActionState::Done));
    app.act(vec![Action::TryAgain]);
    assert!(matches!(app.state.open().unwrap().saved, Saved::At(_)));
    drop(app);
    let mut app = world.app();
    unlock(&mut app);
    let state = app.state.open().unwrap().journal.action(action).unwrap().state;
    assert_eq!(state, ActionState::Done);
}

#[test]
fn a_save_tried_again_leaves_the_draft_of_newer_words_alone() {
    let world = World::demo();
    let machine = Machine::new();
    let mut app = on_a_stick(&world, &machine);
    let id = type_in_a_session(&mut app);
    let text = "Ring the rota lead.".to_owned();
    app.act(vec![Action::Session(SessionAction::AddAction { text, layer: Layer::Shared })]);
    machine.arm(Fault::from(1, FULL));
    app.act(vec![Action::Go(Screen::Today)]);
    // Newer words in the same conversation; the action waits in the save from before.
    app.act(vec![Action::Session(SessionAction::Open(id))]);
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.sections[0].items[0].answer = Some(Answer::Text("Newer.".to_owned()));
    draft.touched = true;
    app.act(vec![Action::Lock]);
    drop(app);
    machine.disarm();
    let mut app = world.app();
    unlock(&mut app);
    let journal = &app.state.open().unwrap().journal;
    let answer = journal.held(id).unwrap().session.sections[0].items[0].answer.clone();
    assert_eq!(answer, Some(Answer::Text("Newer.".to_owned())));
    let actions = journal.actions();
    let kept = actions.iter().filter(|(_, action)| action.text == "Ring the rota lead.");
    assert_eq!(kept.count(), 1, "and the action that was made before them");
}

#[test]
fn a_stick_pulled_out_before_a_lock_loses_nothing() {
    let world = World::demo();
    let machine = Machine::new();
    let mut app = on_a_stick(&world, &machine);
    let id = type_in_a_session(&mut app);
    machine.arm(Fault::from(1, GONE));
    app.act(vec![Action::Lock]);
    let Phase::Locked(locked) = &app.state.phase else { panic!("not locked") };
    let told = locked.unsaved.as_ref().map(ToString::to_string).unwrap_or_default();
    assert!(told.contains("no longer answers"), "{told}");
    drop(app);

    machine.disarm();
    let mut app = world.app();
    unlock(&mut app);
    assert!(has_the_words(&app, id), "the draft on this computer had them");
    assert!(matches!(app.state.open().unwrap().saved, Saved::At(_)), "and they are saved now");
}

#[test]
fn a_draft_that_cannot_be_kept_is_told_within_seconds() {
    let world = World::demo();
    let machine = Machine::new();
    let (broken, state) = (machine.clone(), world.file("state-home").join("cairn"));
    let desk = world.desk_on(Box::new(move |folder| {
        let disk = DiskStore::new(folder);
        if folder == state { Box::new(SimStore::new(&broken, 0, disk)) } else { Box::new(disk) }
    }));
    let mut app = world.app_with(desk);
    unlock(&mut app);
    type_in_a_session(&mut app);
    machine.arm(Fault::from(1, FULL));
    app.tick(true);
    world.pass(SignedDuration::from_secs(1));
    app.tick(false);
    assert!(matches!(app.state.open().unwrap().saved, Saved::Not(_)));
    // The record's own folder still takes it: leaving saves it all the same.
    app.act(vec![Action::Go(Screen::Today)]);
    assert!(matches!(app.state.open().unwrap().saved, Saved::At(_)));
}

/// The program on a computer whose every disk is watched.
fn on_one_computer(world: &World, machine: &Machine) -> App {
    let machine = machine.clone();
    let desk = world.desk_on(Box::new(move |folder| {
        Box::new(SimStore::new(&machine, 0, DiskStore::new(folder)))
    }));
    let mut app = world.app_with(desk);
    unlock(&mut app);
    app
}

/// Words that no disk took at a lock.
fn held_at_a_lock(world: &World, machine: &Machine) -> (App, Id) {
    let mut app = on_one_computer(world, machine);
    let id = type_in_a_session(&mut app);
    machine.set_room(Some(0));
    app.act(vec![Action::Lock]);
    (app, id)
}

fn handed_over(app: &App) -> bool {
    app.handover(WindowPlace::default()).is_some()
}

#[test]
fn words_that_no_disk_takes_at_a_lock_are_there_after_it() {
    let world = World::demo();
    let machine = Machine::new();
    let (mut app, id) = held_at_a_lock(&world, &machine);
    let Phase::Locked(locked) = &app.state.phase else { panic!("not locked") };
    let told = locked.unsaved.as_ref().map(ToString::to_string).unwrap_or_default();
    assert!(told.contains("full") && told.contains("only in this window"), "{told}");
    assert!(app.state.held && !handed_over(&app), "a new process would not have them");

    // Still full: they are back on the screen, and said not to be saved.
    unlock(&mut app);
    assert!(has_the_words(&app, id));
    assert!(matches!(app.state.open().unwrap().saved, Saved::Not(_)));
    app.act(vec![Action::Lock]);
    assert!(app.state.held && !handed_over(&app));

    machine.set_room(None);
    unlock(&mut app);
    assert!(has_the_words(&app, id));
    assert!(matches!(app.state.open().unwrap().saved, Saved::At(_)));
    app.act(vec![Action::Lock]);
    assert!(!app.state.held && handed_over(&app), "nothing is held any more");
    drop(app);
    let mut app = world.app();
    unlock(&mut app);
    assert!(has_the_words(&app, id));
    assert!(app.state.toast.is_none(), "not offered a second time");
}

#[test]
fn words_that_no_disk_took_outlast_a_look_at_another_folder() {
    let world = World::demo();
    let machine = Machine::new();
    let (mut app, id) = held_at_a_lock(&world, &machine);
    for folder in [world.file("elsewhere"), world.dir()] {
        app.inputs.door.folder = folder.display().to_string();
        app.act(vec![Action::Door(DoorAction::Folder)]);
    }
    machine.set_room(None);
    unlock(&mut app);
    assert!(has_the_words(&app, id));
}

#[test]
fn words_on_a_disk_that_no_longer_answers_are_held_through_a_lock_by_itself() {
    let world = World::demo();
    let machine = Machine::new();
    let mut app = on_one_computer(&world, &machine);
    let id = type_in_a_session(&mut app);
    machine.arm(Fault::from(1, GONE));
    let minutes = app.state.open().unwrap().journal.settings().idle_minutes;
    world.pass(SignedDuration::from_mins(i64::from(minutes)));
    app.tick(false);
    assert!(matches!(app.state.phase, Phase::Locked(_)) && app.state.held);
    machine.disarm();
    unlock(&mut app);
    assert!(has_the_words(&app, id));
    assert!(matches!(app.state.open().unwrap().saved, Saved::At(_)));
}

#[test]
fn the_newest_of_the_words_are_held_and_not_an_older_draft() {
    let world = World::demo();
    let machine = Machine::new();
    let mut app = on_one_computer(&world, &machine);
    let id = type_in_a_session(&mut app);
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.sections[0].items[0].answer = Some(Answer::Text("Nights".to_owned()));
    app.tick(true);
    world.pass(SignedDuration::from_secs(1));
    app.tick(false);
    assert!(matches!(app.state.open().unwrap().saved, Saved::At(_)), "in a draft");
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.sections[0].items[0].answer = Some(Answer::Text(WORDS.to_owned()));
    draft.touched = true;
    machine.set_room(Some(0));
    app.act(vec![Action::Lock]);
    machine.set_room(None);
    unlock(&mut app);
    assert!(has_the_words(&app, id));
}

#[test]
fn what_is_held_about_a_person_who_was_erased_elsewhere_is_dropped() {
    let world = World::demo();
    let machine = Machine::new();
    let (mut app, id) = held_at_a_lock(&world, &machine);
    machine.set_room(None);
    let now = world.now().timestamp();
    let mut other = world.desk_elsewhere();
    assert!(other.find(&world.dir()).unwrap());
    let opened = other.unlock(&Passphrase::new(PASSWORD), now).unwrap();
    other.erase(opened.journal.people()[0].0, now).unwrap();

    unlock(&mut app);
    assert!(app.state.open().unwrap().journal.held(id).is_none());
    app.act(vec![Action::Lock]);
    assert!(!app.state.held);
}

#[test]
fn a_window_that_holds_words_does_not_close_before_the_person_says_so() {
    let world = World::demo();
    let machine = Machine::new();
    let mut app = on_one_computer(&world, &machine);
    assert!(app.close(), "nothing is held");
    unlock(&mut app);
    let id = type_in_a_session(&mut app);
    machine.set_room(Some(0));
    assert!(!app.close());
    assert_eq!(app.state.closing, Closing::Asked);
    app.act(vec![Action::CloseAnyway(false)]);
    machine.set_room(None);
    unlock(&mut app);
    assert!(has_the_words(&app, id));
    assert!(app.close());

    let (mut app, _) = held_at_a_lock(&world, &machine);
    assert!(!app.close());
    app.act(vec![Action::CloseAnyway(true)]);
    assert!(app.close());
}
