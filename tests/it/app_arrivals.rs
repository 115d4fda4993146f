//! Two computers on one folder, with the program running on both.

use cairn::app::action::{DoorAction, RecordAction, SessionAction};
use cairn::app::{Action, App, Job, Screen};
use cairn::model::{Answer, Id};

use crate::support::world::{PASSWORD, World};

/// The program with the demonstration record open.
fn unlocked(world: &World) -> App {
    open(world.app())
}

/// The same on another computer: another folder for its local state.
fn elsewhere(world: &World) -> App {
    open(world.app_with(world.desk_elsewhere()))
}

fn open(mut app: App) -> App {
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    assert!(app.state.open().is_some());
    app
}

fn open_session(app: &mut App) -> Id {
    let journal = &app.state.open().unwrap().journal;
    let (id, _) = journal.all_held().find(|(_, held)| held.session.finished.is_some()).unwrap();
    app.act(vec![Action::Session(SessionAction::Open(id))]);
    id
}

/// Writes into the first text prompt of the open conversation.
fn write(app: &mut App, words: &str) {
    let draft = app.inputs.draft.as_mut().unwrap();
    let mut items = draft.session.sections.iter_mut().flat_map(|section| &mut section.items);
    let text = items.find(|item| matches!(item.answer, Some(Answer::Text(_)))).unwrap();
    text.answer = Some(Answer::Text(words.to_owned()));
    draft.touched = true;
}

/// Every answer of a conversation as the journal shows it.
fn words(app: &App, id: Id) -> String {
    let held = app.state.open().unwrap().journal.held(id).unwrap();
    format!("{:?}", held.session.items().map(|item| &item.answer).collect::<Vec<_>>())
}

#[test]
fn what_the_other_computer_saves_shows_here_within_a_look() {
    let world = World::demo();
    let (mut here, mut there) = (unlocked(&world), elsewhere(&world));
    let id = open_session(&mut there);
    write(&mut there, "A word from the other computer.");
    there.act(vec![Action::Go(Screen::Today)]);
    assert!(!words(&here, id).contains("from the other computer"));
    here.ask(Job::Look);
    assert!(words(&here, id).contains("from the other computer"));
    // It was taken: what is written now follows from it.
    here.act(vec![Action::Session(SessionAction::Open(id))]);
    write(&mut here, "A word from here.");
    here.act(vec![Action::Go(Screen::Today)]);
    there.ask(Job::Look);
    assert!(words(&there, id).contains("A word from here."));
}

#[test]
fn what_arrives_for_others_leaves_undo_alone_and_what_arrives_for_this_one_shows() {
    let world = World::demo();
    let (mut here, mut there) = (unlocked(&world), elsewhere(&world));
    let id = open_session(&mut here);
    write(&mut here, "Written and saved here.");
    for _ in 0..5 {
        here.tick(true);
        world.pass(jiff::SignedDuration::from_mins(3));
    }
    here.tick(true);
    let draft = here.inputs.draft.as_ref().unwrap();
    assert!(!draft.is_changed() && draft.can_undo(), "it is saved, and can be taken back");
    let spent = draft.spent(world.now().timestamp());

    there.state.last_touch = world.now().timestamp();
    there.ask(Job::Look);
    let journal = &there.state.open().unwrap().journal;
    let others = journal.all_held().filter(|(_, held)| held.session.finished.is_some());
    let (other, _) = others.map(|(id, held)| (id, held.kind)).find(|(it, _)| *it != id).unwrap();
    there.act(vec![Action::Session(SessionAction::Open(other))]);
    write(&mut there, "About another conversation.");
    there.act(vec![Action::Go(Screen::Today)]);
    here.ask(Job::Look);
    assert!(words(&here, other).contains("About another"), "it came");
    let draft = here.inputs.draft.as_ref().unwrap();
    assert!(draft.can_undo(), "what was written can still be taken back");
    assert_eq!(draft.spent(world.now().timestamp()), spent);

    there.act(vec![Action::Session(SessionAction::Open(id))]);
    write(&mut there, "About the open one.");
    there.act(vec![Action::Go(Screen::Today)]);
    here.ask(Job::Look);
    let shown = format!("{:?}", here.inputs.draft.as_ref().unwrap().session);
    assert!(shown.contains("About the open one."), "{shown}");
}

#[test]
fn words_being_written_here_are_never_laid_over_words_that_arrive() {
    let world = World::demo();
    let (mut here, mut there) = (unlocked(&world), elsewhere(&world));
    let id = open_session(&mut here);
    write(&mut here, "Being written here.");
    assert_eq!(open_session(&mut there), id);
    write(&mut there, "Saved there first.");
    there.act(vec![Action::Go(Screen::Today)]);
    here.ask(Job::Look);
    let draft = here.inputs.draft.as_ref().unwrap();
    assert!(format!("{:?}", draft.session).contains("Being written here."), "typing goes on");
    here.act(vec![Action::Go(Screen::Today)]);
    // Both are in the record, side by side, on every computer.
    let mut desk = world.desk_elsewhere();
    assert!(desk.find(&world.dir()).unwrap());
    let now = world.now().timestamp();
    desk.unlock(&cairn::vault::Passphrase::new(PASSWORD), now).unwrap();
    let vault = desk.open_vault().unwrap();
    let heads = vault.records().heads(id);
    assert_eq!(heads.len(), 2, "two newest versions");
    let all: String =
        heads.iter().map(|rev| vault.entry(id, *rev).unwrap().body.to_string()).collect();
    assert!(all.contains("Being written here.") && all.contains("Saved there first."));
}

#[test]
fn a_draft_left_by_a_crash_does_not_hide_what_the_other_computer_wrote_since() {
    let world = World::demo();
    let mut here = unlocked(&world);
    let id = open_session(&mut here);
    write(&mut here, "Typed before the crash.");
    here.tick(true);
    world.pass(jiff::SignedDuration::from_secs(6));
    here.tick(false);
    // The program is gone without a lock.
    drop(here);
    let mut there = elsewhere(&world);
    assert_eq!(open_session(&mut there), id);
    write(&mut there, "Written elsewhere since.");
    there.act(vec![Action::Go(Screen::Today)]);
    drop(there);
    drop(unlocked(&world));
    let mut desk = world.desk();
    assert!(desk.find(&world.dir()).unwrap());
    desk.unlock(&cairn::vault::Passphrase::new(PASSWORD), world.now().timestamp()).unwrap();
    let vault = desk.open_vault().unwrap();
    let heads = vault.records().heads(id);
    let all: String =
        heads.iter().map(|rev| vault.entry(id, *rev).unwrap().body.to_string()).collect();
    assert!(all.contains("Typed before the crash."), "{all}");
    assert!(all.contains("Written elsewhere since."), "{all}");
}

#[test]
fn an_action_settled_elsewhere_is_settled_here() {
    let world = World::demo();
    let (mut here, mut there) = (unlocked(&world), elsewhere(&world));
    let action = there.state.open().unwrap().journal.open_actions().next().unwrap().0;
    let done = cairn::model::ActionState::Done;
    there.act(vec![Action::Record(RecordAction::Settle(action, done))]);
    here.ask(Job::Look);
    let held = here.state.open().unwrap().journal.action(action).unwrap();
    assert_eq!(held.state, done);
}
