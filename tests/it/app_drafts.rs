//! What is typed is not lost: when drafts are kept, when they become revisions, and what a
//! crash, a full disk or a lock in the middle leaves behind.

use cairn::app::action::{DoorAction, RecordAction, SessionAction};
use cairn::app::draft::{Change, Draft, Due};
use cairn::app::keeping::{Form, KeepingAction};
use cairn::app::part::{Part, PartAction, Slot};
use cairn::app::revise::ReviseAction;
use cairn::app::state::{Phase, Saved};
use cairn::app::{Action, App, Command, Screen};
use cairn::model::{Answer, Body, Id, Kind};
use jiff::SignedDuration;

use crate::support::world::{PASSWORD, World};

fn unlock(app: &mut App) {
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    assert!(matches!(app.state.phase, Phase::Open(_)), "unlocked");
}

fn start(app: &mut App) -> Id {
    let person = app.state.open().unwrap().journal.people()[0].0;
    let template = "mid-point-review".to_owned();
    app.act(vec![Action::Session(SessionAction::Start { template, person: Some(person) })]);
    app.inputs.draft.as_ref().unwrap().id
}

fn type_words(app: &mut App, words: &str) {
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.sections[0].items[0].answer = Some(Answer::Text(words.to_owned()));
    draft.touched = true;
}

fn first_answer(app: &App, id: Id) -> Option<String> {
    let held = app.state.open()?.journal.held(id)?;
    match held.session.sections[0].items[0].answer.as_ref()? {
        Answer::Text(words) => Some(words.clone()),
        _ => None,
    }
}

#[test]
fn a_draft_is_due_after_a_pause_and_at_the_latest_after_five_seconds() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    let id = start(&mut app);
    let session = app.inputs.draft.as_ref().unwrap().session.clone();
    let mut draft = Draft::new(id, Kind::Session, session);
    let t0 = world.now().timestamp();
    let at = |ms: i64| t0 + SignedDuration::from_millis(ms);

    draft.touched = true;
    draft.note(at(0));
    assert_eq!(draft.due(at(700)), None);
    assert_eq!(draft.due(at(800)), Some(Due::Draft));
    // Somebody who never pauses is kept all the same.
    for step in 1..10 {
        draft.touched = true;
        draft.note(at(step * 500));
        assert_eq!(draft.due(at(step * 500)), None, "after {step} half seconds");
    }
    draft.touched = true;
    draft.note(at(5_000));
    assert_eq!(draft.due(at(5_000)), Some(Due::Draft));
    draft.kept_as_draft();
    assert_eq!(draft.due(at(6_000)), None);
    assert_eq!(draft.due(at(600_000)), Some(Due::Revision));
}

#[test]
fn a_crash_loses_nothing_that_is_older_than_five_seconds() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    let id = start(&mut app);
    type_words(&mut app, "Nights have been long.");
    app.tick(true);
    world.pass(SignedDuration::from_secs(5));
    app.tick(false);
    // The process ends here, with no word of goodbye.
    drop(app);

    let mut app = world.app();
    unlock(&mut app);
    assert_eq!(first_answer(&app, id).as_deref(), Some("Nights have been long."));
    assert!(matches!(app.state.open().unwrap().saved, Saved::At(_)), "kept as a revision now");

    // The draft is gone once it is a revision: it is not offered a second time.
    app.act(vec![Action::Lock]);
    unlock(&mut app);
    assert!(app.state.toast.is_none());
}

#[test]
fn a_lock_in_the_middle_of_a_word_keeps_it_and_comes_back_to_it() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    let id = start(&mut app);
    type_words(&mut app, "She felt al");
    app.act(vec![Action::Lock]);
    assert!(app.inputs.draft.is_none(), "nothing typed stays in memory");
    unlock(&mut app);
    assert_eq!(first_answer(&app, id).as_deref(), Some("She felt al"));
    assert_eq!(app.state.open().unwrap().screen, Screen::Session(id));
    assert!(app.inputs.draft.is_some(), "open again where it was left");
}

#[test]
fn leaving_a_conversation_in_which_nothing_was_typed_saves_nothing() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    let id = start(&mut app);
    app.act(vec![Action::Go(Screen::Today)]);
    assert!(app.state.open().unwrap().journal.held(id).is_none());
}

#[test]
fn what_is_typed_about_a_person_outlasts_a_lock_a_crash_and_another_page() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    let to_know = |app: &App, id: Id| app.state.open().unwrap().journal.person(id).unwrap().clone();
    let id = app.state.open().unwrap().journal.people()[0].0;
    app.act(vec![Action::Keeping(KeepingAction::Ask(Form::Hold(id)))]);
    app.inputs.keeping.why = "access request".to_owned();
    app.act(vec![Action::Keeping(KeepingAction::Hold(id))]);
    assert!(to_know(&app, id).hold.is_some());
    let edit = |app: &mut App, words: &str| {
        app.act(vec![Action::Go(Screen::People(Some(id)))]);
        app.act(vec![Action::Part(PartAction::Open(id, Part::ToKnow, None))]);
        type_part(app, Slot::ToKnow, words);
    };
    edit(&mut app, "Needs a break at two.");
    app.act(vec![Action::Lock]);
    unlock(&mut app);
    assert_eq!(to_know(&app, id).to_know, "Needs a break at two.");
    assert!(to_know(&app, id).hold.is_some(), "a hold is not lifted by writing about somebody");

    edit(&mut app, "Prefers the morning.");
    world.pass(SignedDuration::from_secs(6));
    app.tick(true);
    drop(app);
    let mut app = world.app();
    unlock(&mut app);
    let form = app.inputs.part.as_ref().unwrap();
    assert_eq!(form.text(Slot::ToKnow), "Prefers the morning.", "the form is there again");
    app.act(vec![Action::Part(PartAction::Save)]);
    assert_eq!(to_know(&app, id).to_know, "Prefers the morning.");

    edit(&mut app, "Likes tea.");
    app.act(vec![Action::Go(Screen::Today)]);
    assert_eq!(to_know(&app, id).to_know, "Likes tea.");
    app.act(vec![Action::Do(Command::TakeBack)]);
    assert_eq!(to_know(&app, id).to_know, "Prefers the morning.");

    edit(&mut app, "Never mind.");
    world.pass(SignedDuration::from_secs(6));
    app.tick(true);
    app.act(vec![Action::Part(PartAction::Cancel), Action::Go(Screen::Today)]);
    drop(app);
    let mut app = world.app();
    unlock(&mut app);
    assert_eq!(to_know(&app, id).to_know, "Prefers the morning.", "cancelled is cancelled");
    assert!(app.inputs.part.is_none());
}

#[test]
fn words_taken_out_again_do_not_come_back_with_the_next_unlock() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    let id = app.state.open().unwrap().journal.people()[0].0;
    let person = |app: &App| app.state.open().unwrap().journal.person(id).unwrap().clone();
    let before = person(&app);
    for end in 0..3 {
        app.act(vec![Action::Go(Screen::People(Some(id)))]);
        app.act(vec![Action::Part(PartAction::Open(id, Part::ToKnow, None))]);
        type_part(&mut app, Slot::ToKnow, "Better not written.");
        world.pass(SignedDuration::from_secs(6));
        app.tick(true);
        type_part(&mut app, Slot::ToKnow, &before.to_know);
        match end {
            0 => app.act(vec![Action::Part(PartAction::Save)]),
            1 => app.act(vec![Action::Go(Screen::Today)]),
            _ => app.act(vec![Action::Lock]),
        }
        drop(app);
        app = world.app();
        unlock(&mut app);
        assert_eq!(person(&app).to_know, before.to_know, "way out {end}");
        assert!(app.inputs.part.is_none(), "way out {end}");
    }
    let people = app.state.open().unwrap().journal.people().len();
    for locks in [false, true] {
        app.act(vec![Action::Go(Screen::AddPerson)]);
        app.inputs.person.name = "Dr Not Anyone".to_owned();
        world.pass(SignedDuration::from_secs(6));
        app.tick(true);
        app.inputs.person.name.clear();
        app.act(vec![if locks { Action::Lock } else { Action::Go(Screen::Today) }]);
        drop(app);
        app = world.app();
        unlock(&mut app);
        assert_eq!(app.state.open().unwrap().journal.people().len(), people, "nobody was added");
    }
}

#[test]
fn a_reason_half_typed_does_not_drop_a_goal() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    let has_goal = |person: &cairn::model::Person| person.goals.iter().any(|goal| goal.is_open());
    let people = app.state.open().unwrap().journal.people();
    let id = people.iter().find(|(_, person)| has_goal(person)).unwrap().0;
    drop(people);
    let goals = |app: &App| app.state.open().unwrap().journal.person(id).unwrap().goals.clone();
    let before = goals(&app);
    let at = before.iter().position(|goal| goal.is_open());
    for locks in [false, true] {
        app.act(vec![Action::Go(Screen::People(Some(id)))]);
        app.act(vec![Action::Part(PartAction::Open(id, Part::DropGoal, at))]);
        type_part(&mut app, Slot::Reason, "S");
        world.pass(SignedDuration::from_secs(6));
        app.tick(true);
        app.act(vec![if locks { Action::Lock } else { Action::Go(Screen::Today) }]);
        drop(app);
        app = world.app();
        unlock(&mut app);
        assert_eq!(goals(&app), before);
    }
}

fn type_part(app: &mut App, slot: Slot, words: &str) {
    let form = app.inputs.part.as_mut().unwrap();
    form.typed.insert(slot, words.to_owned());
}

#[test]
fn a_form_that_cannot_be_read_yet_outlasts_a_page_a_lock_and_a_crash_as_it_was_typed() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    let id = app.state.open().unwrap().journal.find_people("Dr Amina Larkspur")[0].0;
    let person = |app: &App| app.state.open().unwrap().journal.person(id).unwrap().clone();
    let before = person(&app);
    app.act(vec![Action::Go(Screen::People(Some(id)))]);
    app.act(vec![Action::Part(PartAction::Open(id, Part::Programme, None))]);
    type_part(&mut app, Slot::Arcp, "31 June 2027");
    type_part(&mut app, Slot::Cct, "4 August 2028");
    let is_whole = |app: &App, after: &str| {
        let form = app.inputs.part.as_ref().unwrap_or_else(|| panic!("gone after {after}"));
        assert_eq!(form.text(Slot::Arcp), "31 June 2027", "{after}");
        assert_eq!(form.text(Slot::Cct), "4 August 2028", "{after}");
        assert_eq!(person(app), before, "nothing is changed in silence: {after}");
    };
    app.act(vec![Action::Go(Screen::Today), Action::Go(Screen::People(Some(id)))]);
    is_whole(&app, "another page");
    app.act(vec![Action::Lock]);
    unlock(&mut app);
    is_whole(&app, "a lock");
    drop(app);
    let mut app = world.app();
    unlock(&mut app);
    is_whole(&app, "a crash");
    type_part(&mut app, Slot::Arcp, "30 June 2027");
    app.act(vec![Action::Part(PartAction::Save)]);
    assert_eq!(person(&app).arcp_date, Some(jiff::civil::date(2027, 6, 30)));
    assert_eq!(person(&app).cct_date, Some(jiff::civil::date(2028, 8, 4)));
    drop(app);
    let mut app = world.app();
    unlock(&mut app);
    assert!(app.inputs.part.is_none(), "what is saved is not offered again");
}

#[test]
fn a_placement_without_its_post_a_plan_of_revision_and_somebody_without_a_name_outlast_a_lock() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    let id = app.state.open().unwrap().journal.find_people("Dr Amina Larkspur")[0].0;
    let lock_and_crash = |mut app: App| {
        app.act(vec![Action::Lock]);
        drop(app);
        let mut app = world.app();
        unlock(&mut app);
        app
    };
    app.act(vec![Action::Go(Screen::People(Some(id)))]);
    app.act(vec![Action::Part(PartAction::Open(id, Part::Placement, None))]);
    type_part(&mut app, Slot::Site, "Larkfield General");
    let mut app = lock_and_crash(app);
    assert_eq!(app.inputs.part.as_ref().unwrap().text(Slot::Site), "Larkfield General");
    app.act(vec![Action::Part(PartAction::Cancel)]);
    app.act(vec![Action::Revise(ReviseAction::Open(id, "PACES".to_owned()))]);
    let form = app.inputs.revise.as_mut().unwrap();
    form.topics[0].0 = "Neurology".to_owned();
    form.hours = "about five".to_owned();
    app.act(vec![Action::Go(Screen::Today), Action::Go(Screen::People(Some(id)))]);
    let mut app = lock_and_crash(app);
    assert!(app.inputs.part.is_none(), "what was left is not offered again");
    let form = app.inputs.revise.as_ref().unwrap();
    assert_eq!((form.topics[0].0.as_str(), form.hours.as_str()), ("Neurology", "about five"));
    app.act(vec![Action::Revise(ReviseAction::Cancel), Action::Go(Screen::AddPerson)]);
    app.inputs.person.to_know = "Starts in February.".to_owned();
    let people = app.state.open().unwrap().journal.people().len();
    let mut app = lock_and_crash(app);
    assert_eq!(app.inputs.person.to_know, "Starts in February.");
    app.inputs.person.name = "Dr Juniper Vale".to_owned();
    app.act(vec![Action::Record(RecordAction::SavePerson)]);
    let app = lock_and_crash(app);
    assert_eq!(app.state.open().unwrap().journal.people().len(), people + 1);
    assert_eq!(app.inputs.person.to_know, "", "what is saved is not offered again");
}

#[test]
fn a_clock_that_is_set_back_neither_keeps_the_record_open_nor_puts_drafts_off() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    let id = start(&mut app);
    type_words(&mut app, "Before the clock moved");
    app.tick(true);
    world.pass(SignedDuration::from_hours(-50));
    app.tick(false);
    world.pass(SignedDuration::from_secs(6));
    app.tick(false);
    assert!(!app.inputs.draft.as_ref().unwrap().is_unkept(), "kept within seconds");
    let minutes = app.state.open().unwrap().journal.settings().idle_minutes;
    world.pass(SignedDuration::from_mins(i64::from(minutes)));
    app.tick(false);
    assert!(app.state.open().is_none(), "locked after the minutes that are set");
    unlock(&mut app);
    assert_eq!(first_answer(&app, id).as_deref(), Some("Before the clock moved"));
}

#[test]
fn the_record_locks_by_itself_after_the_minutes_that_are_set() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    let minutes = app.state.open().unwrap().journal.settings().idle_minutes;
    world.pass(SignedDuration::from_mins(i64::from(minutes) - 1));
    app.tick(false);
    assert!(app.state.open().is_some());
    app.tick(true);
    world.pass(SignedDuration::from_mins(i64::from(minutes) - 1));
    app.tick(false);
    assert!(app.state.open().is_some(), "a key in between starts the time again");
    world.pass(SignedDuration::from_mins(1));
    app.tick(false);
    assert!(app.state.open().is_none(), "locked");
}

#[test]
fn a_key_pressed_after_hours_of_sleep_does_not_find_the_record_open() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    app.tick(true);
    world.pass(SignedDuration::from_hours(9));
    app.tick(true);
    assert!(app.state.open().is_none(), "locked, though the first thing to come is a key");
}

#[test]
fn changes_read_back_from_a_draft_as_they_were() {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    let journal = &app.state.open().unwrap().journal;
    let changes: Vec<Change> = journal.all().map(|(id, body)| Change { id, body }).collect();
    assert!(changes.iter().any(|change| matches!(change.body, Body::Action(_))));
    let rev: cairn::model::Rev = "00112233445566778899aabbccddeeff".parse().unwrap();
    let bases = changes.iter().map(|change| (change.id, vec![rev])).collect();
    let bytes = cairn::app::draft::write(&changes, &bases).unwrap();
    assert_eq!(cairn::app::draft::read(&bytes).unwrap(), (changes, bases));
}
