//! A doctor hands over to their next supervisor: line by line, for the new pair alone.

use cairn::app::letter::{LetterAction, Topic};
use cairn::app::reads::Standing;
use cairn::app::{Action, App, Screen};
use cairn::model::{Body, Id, Kind, Layer};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::talk::{keys, press, unlocked, window};
use crate::support::window::picture;
use crate::support::world::World;
use crate::ui_doctor::{INES, PRIVATE, ROWAN, doctor, drawn, named, opened, pair, send, taken_in};
use crate::ui_door::{Harnessed, says};

pub fn handover(world: &World) -> (App, Id) {
    let mut app = unlocked(world);
    let id = named(&app.state.open().unwrap().journal, INES);
    app.act(vec![Action::Letter(LetterAction::Show(Topic::Handover(id)))]);
    (app, id)
}

/// The words of what has the keyboard.
fn here(harness: &Harnessed) -> String {
    let here = harness.query_by(|node| node.is_focused()).unwrap();
    here.accesskit_node().label().unwrap_or_default()
}

/// Goes to a line by the arrows and presses Space. The keyboard is on a line.
fn tick(harness: &mut Harnessed, words: &str) {
    keys(harness, Modifiers::NONE, Key::Home);
    for _ in 0..60 {
        if here(harness).contains(words) {
            keys(harness, Modifiers::NONE, Key::Space);
            return;
        }
        keys(harness, Modifiers::NONE, Key::ArrowDown);
    }
    panic!("no arrow came to {words}");
}

#[test]
fn the_next_supervisor_gets_what_is_ticked_and_nothing_else() {
    let world = doctor();
    let (rowan, _) = pair(&world, ROWAN);
    let (ines, _) = pair(&world, INES);
    let first = send(&world, ROWAN);
    taken_in(&rowan, &first);
    let (app, id) = handover(&world);
    let before = old_pair(&world);
    let mut harness = window(&world, app);
    assert!(says(&harness, "Only lines you tick go. Nothing is ticked for you."));
    assert!(says(&harness, "Only Dr Hazelbrook can open it. Paired face to face 24 November"));
    assert!(!says(&harness, "Turn the screen towards them"));
    let journal = |harness: &Harnessed| harness.state().app().state.open().unwrap().journal.clone();
    assert!(journal(&harness).person(id).unwrap().handover_ticked.is_empty());
    press(&mut harness, "Tick a line to save");
    harness.run();
    assert!(!world.file("Handover 2026-11-24.cairn").exists());
    let buttons: Vec<String> = harness
        .query_all_by_label_contains("Tick all")
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    assert!(!buttons.is_empty());
    assert!(buttons.iter().all(|it| !it.contains("Adjustments") && !it.contains("career plan")));

    // A paragraph of the plan, an answer, an adjustment, an action of one's own, a line agreed.
    tick(&mut harness, "Geriatric medicine, applying");
    tick(&mut harness, "Say hard news plainly");
    tick(&mut harness, "Bring the second case");
    tick(&mut harness, "Teaches students unasked");
    tick(&mut harness, "Speak to the rota lead");
    assert!(says(&harness, "The 5 ticked lines"));
    press(&mut harness, "Save the file for Dr Hazelbrook");
    assert!(says(&harness, "Receipt kept."));
    let receipts = journal(&harness);
    let receipts: Vec<_> = receipts.sent(id).into_iter().map(|(_, it)| it.what.clone()).collect();
    let is_handover = |what: &String| what.starts_with("Handover to the next supervisor");
    assert_eq!(receipts.iter().filter(|it| is_handover(it)).count(), 1, "{receipts:?}");
    drop(harness);

    let file = std::fs::read(world.file("Handover 2026-11-24.cairn")).unwrap();
    let (held, text) = taken_in(&ines, &file);
    for ticked in [
        "Geriatric medicine, applying",
        "Say hard news plainly",
        "Bring the second case",
        "Teaches students unasked",
        "Speak to the rota lead",
    ] {
        assert!(text.contains(ticked), "{ticked}");
    }
    let unticked =
        ["Work near my family", "80% of full time", "father", "PACES", "which Thursdays"];
    for left in unticked.iter().chain(&PRIVATE) {
        assert!(!text.contains(left), "{left}");
    }
    let them = held.people()[0].0;
    assert_eq!(held.actions_with(them).len(), 1, "only the doctor’s own becomes an action");
    let talk = held.sessions_with(them)[0].1;
    assert!(talk.items().all(|asked| asked.layer == Layer::Shared));
    assert!(talk.arcp.is_empty(), "nothing is For the ARCP again by itself");
    assert_eq!(held.plan_of(them).unwrap().1.words().len(), 1);

    // The pair before is as it was: nothing of it changed, nothing new waits for it, and the file
    // is not for them.
    assert_eq!(old_pair(&world), before);
    let (mut desk, journal) = opened(&rowan);
    assert!(desk.look_into(&file, &journal, rowan.now().timestamp()).is_err());
    desk.lock();
    // The same ticks again make the same things.
    let (mut app, _) = handover(&world);
    app.inputs.letter.path = world.file("again.cairn").to_string_lossy().into_owned();
    app.act(vec![Action::Letter(LetterAction::Save)]);
    let again = std::fs::read(world.file("again.cairn")).unwrap();
    let (held, _) = taken_in(&ines, &again);
    assert_eq!(held.sessions_with(them).len(), 1);
    assert_eq!(held.actions_with(them).len(), 1);
}

/// What is held with the supervisor before, and what they have of it.
fn old_pair(world: &World) -> (Vec<(Id, Body)>, Vec<Id>) {
    let (mut desk, journal) = opened(world);
    let id = named(&journal, ROWAN);
    let readers = desk.readers().unwrap();
    desk.lock();
    let known = readers.of(id).unwrap().known.values().map(|known| known.kept).collect();
    let mut all = journal.all_about(id);
    all.retain(|(_, body)| matches!(body.kind(), Kind::Session | Kind::Action | Kind::Plan));
    (all, known)
}

#[test]
fn a_handover_to_somebody_unpaired_keeps_the_ticks_and_says_what_to_do() {
    let world = doctor();
    let (app, id) = handover(&world);
    let mut harness = window(&world, app);
    assert!(says(&harness, "You and Dr Hazelbrook are not paired yet."));
    assert!(says(&harness, "Your ticks are kept. Pair first"));
    assert!(!says(&harness, "Save the file for"));
    tick(&mut harness, "80% of full time");
    assert!(says(&harness, "1 line may tell of health."));
    drop(harness);
    pair(&world, INES);
    let (app, _) = handover(&world);
    let ticked = app.state.open().unwrap().journal.person(id).unwrap().handover_ticked.len();
    assert_eq!(ticked, 1);
    let mut harness = window(&world, app);
    press(&mut harness, "Save the file for Dr Hazelbrook");
    assert!(world.file("Handover 2026-11-24.cairn").exists());
}

#[test]
fn a_file_that_could_not_be_written_is_written_the_next_time() {
    let world = doctor();
    let (ines, _) = pair(&world, INES);
    let (mut app, id) = handover(&world);
    let page = app.state.open().unwrap().letter.as_ref().unwrap().page.as_ref().unwrap();
    let line = page.candidates.as_ref().unwrap().lines().next().unwrap().name.clone();
    app.act(vec![Action::Letter(LetterAction::Tick(vec![line], true))]);
    app.inputs.letter.path = world.file("no/such/folder/a.cairn").to_string_lossy().into_owned();
    app.act(vec![Action::Letter(LetterAction::Save)]);
    let notice = |app: &App| app.state.open().unwrap().letter.as_ref().unwrap().notice.clone();
    assert!(notice(&app).is_some());
    // It is kept here, and nobody says that it was sent.
    app.act(vec![Action::Go(Screen::Reads(id))]);
    let reads = app.state.open().unwrap().reads(id).unwrap();
    assert!(reads.things.iter().all(|thing| thing.standing == Standing::NotSent), "{reads:?}");
    app.act(vec![Action::Letter(LetterAction::Show(Topic::Handover(id)))]);
    let open = app.state.open().unwrap();
    assert!(open.journal.sent(id).iter().all(|(_, it)| !it.what.starts_with("Handover")));
    app.inputs.letter.path = world.file("a.cairn").to_string_lossy().into_owned();
    app.act(vec![Action::Letter(LetterAction::Save)]);
    assert!(notice(&app).is_none());
    let (held, _) = taken_in(&ines, &std::fs::read(world.file("a.cairn")).unwrap());
    let them = held.people()[0].0;
    assert!(held.plan_of(them).is_some() || !held.sessions_with(them).is_empty());
}

#[test]
fn the_handover_of_a_doctor_looks_as_drawn() {
    let (world, _) = drawn();
    pair(&world, INES);
    let (mut app, _) = handover(&world);
    app.inputs.letter.path = "/home/amina/Handover 2026-11-24.cairn".to_owned();
    let mut harness = window(&world, app);
    for words in ["Geriatric medicine", "Two clinics a month, all", "Say hard news", "80% of"] {
        tick(&mut harness, words);
    }
    picture(&mut harness, "doctor_handover");
}
