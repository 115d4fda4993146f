//! The history of a record, and what two computers changed, as a person meets them.

use cairn::app::action::{DoorAction, HistoryAction, RecordAction, SessionAction};
use cairn::app::inputs::Choice;
use cairn::app::{Action, App, Job, Screen};
use cairn::model::{ActionState, Id, Layer};
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;

use crate::support::talk::{amina, begun, keys, press, set, text_of};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};

/// The program on another computer that shares the folder.
fn elsewhere(world: &World) -> App {
    let mut app = world.app_with(world.desk_elsewhere());
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    app
}

pub fn open(app: &App) -> &cairn::app::state::Open {
    app.state.open().unwrap()
}

/// Changes an open conversation and leaves it, so that it is saved.
pub fn write(
    world: &World,
    app: &mut App,
    id: Id,
    change: impl FnOnce(&mut cairn::model::Session),
) {
    // Somebody sat at this computer all the while.
    world.pass(SignedDuration::from_mins(5));
    app.state.last_touch = world.now().timestamp();
    app.act(vec![Action::Session(SessionAction::Open(id))]);
    let draft = app.inputs.draft.as_mut().unwrap();
    change(&mut draft.session);
    draft.touched = true;
    app.act(vec![Action::Go(Screen::Today)]);
}

pub fn hard(app: &App, id: Id) -> String {
    text_of(&open(app).journal.held(id).unwrap().session, "hard")
}

/// A conversation in three versions.
fn three_versions(world: &World) -> (App, Id) {
    let mut app = begun(world, "mid-point-review");
    let draft = app.inputs.draft.as_mut().unwrap();
    let id = draft.id;
    set(&mut draft.session, "hard", "Nights in October.");
    draft.touched = true;
    app.act(vec![Action::Go(Screen::Today)]);
    write(world, &mut app, id, |talk| {
        set(talk, "hard", "Nights in October. She felt alone about the lady in bed 4.");
        set(talk, "proud", "Led the Thursday board round for six weeks.");
    });
    write(world, &mut app, id, |talk| {
        set(talk, "hard", "Nights in October. She felt alone about a patient on nights.");
        talk.margin = vec![cairn::model::Margin {
            beside: Some("hard".to_owned()),
            text: "Third person to mention nights. Speak to Farah first.".to_owned(),
            basis: None,
        }];
    });
    (app, id)
}

/// A conversation that two computers changed without having seen one another's words.
pub fn both_changed(world: &World) -> (App, App, Id) {
    let (mut here, id) = three_versions(world);
    let mut there = elsewhere(world);
    write(world, &mut here, id, |talk| {
        set(talk, "hard", "Nights in October, and the handover at eight.");
        set(talk, "help", "A mentor on the ward.");
    });
    write(world, &mut there, id, |talk| {
        set(talk, "hard", "Nights in October: the rota, not Amina.");
        talk.margin[0].text = "Third person. Ask the rota team.".to_owned();
        talk.title = "Mid-point review, with Farah".to_owned();
    });
    here.ask(Job::Look);
    (here, there, id)
}

fn history_window(world: &World, app: App, look: Look, size: [f32; 2]) -> Harness<'static, Window> {
    let mut harness = world.window_of(app, look, size);
    harness.run();
    harness
}

fn shown(world: &World, mut app: App, screen: Screen) -> Harness<'static, Window> {
    app.act(vec![Action::Go(screen)]);
    history_window(world, app, Look::Light, DESK)
}

fn app<'h>(harness: &'h Harness<'_, Window>) -> &'h App {
    harness.state().app()
}

/// Everything that is written on the screen.
fn words(harness: &Harness<'_, Window>) -> String {
    let nodes = harness.root().children_recursive();
    let words = nodes.map(|node| {
        let node = node.accesskit_node();
        [node.label(), node.value()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    words.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_shortcut_shows_every_version_and_what_changed_in_the_newest() {
    let world = World::demo();
    let (mut app, id) = three_versions(&world);
    app.act(vec![Action::Session(SessionAction::Open(id))]);
    let mut harness = history_window(&world, app, Look::Light, DESK);
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    harness.get_by_label("Version 2 beside version 3");
    for row in [
        "Today, 13:52, This computer, 1 answer and 1 private note",
        "Today, 13:47, This computer, 2 answers",
        "Today, 13:42, This computer, The first version",
    ] {
        harness.get_by_role_and_label(Role::Button, row);
    }
    let words = words(&harness);
    assert!(words.contains("[removed: the lady in bed 4]"), "{words}");
    assert!(words.contains("[added: a patient on nights]"), "{words}");
    assert!(words.contains("Beside “What has been hard?”"), "{words}");
    // Only what changed, when that is asked for.
    assert!(harness.query_all_by_label_contains("most proud").count() > 0);
    harness.get_by_label("Changes only").click_accesskit();
    harness.run();
    assert_eq!(harness.query_all_by_label_contains("most proud").count(), 0);
}

#[test]
fn any_two_versions_can_be_set_side_by_side_and_one_be_read_alone() {
    let world = World::demo();
    let (app, id) = three_versions(&world);
    let mut harness = shown(&world, app, Screen::History(id));
    harness.get_by_role_and_label(Role::ComboBox, "Compare with").click_accesskit();
    harness.run();
    harness.get_by_label_contains("Beside version 1").click();
    harness.run();
    harness.get_by_label("Version 1 beside version 3");
    harness.get_by_role_and_label(Role::ComboBox, "Compare with").click_accesskit();
    harness.run();
    harness.get_by_label("As it was, alone").click();
    harness.run();
    harness.get_by_label("Version 3");
    assert!(!words(&harness).contains("[removed"), "one version alone has no changes");
    // The arrows go through the list, and the page follows.
    harness.get_by_label("Today, 13:52, This computer, 1 answer and 1 private note").focus();
    harness.run();
    keys(&mut harness, Modifiers::NONE, Key::ArrowDown);
    harness.get_by_label("Version 1 beside version 2");
}

#[test]
fn a_version_that_is_restored_is_a_new_one_and_can_be_undone() {
    let world = World::demo();
    let (app, id) = three_versions(&world);
    let mut harness = shown(&world, app, Screen::History(id));
    press(&mut harness, "Today, 13:42, This computer, The first version");
    press(&mut harness, "Restore version 1 as version 4");
    assert_eq!(hard(self::app(&harness), id), "Nights in October.");
    harness.get_by_label("Version 3 beside version 4");
    harness.get_by_label("Version 1 is back, as version 4");
    press(&mut harness, "Undo");
    let after = "Nights in October. She felt alone about a patient on nights.";
    assert_eq!(hard(self::app(&harness), id), after);
    drop(harness);
    // All of it is on the disk: five versions, none gone.
    let mut desk = world.desk();
    desk.find(&world.dir()).unwrap();
    let now = world.now().timestamp();
    let journal =
        desk.unlock(&cairn::vault::Passphrase::new(PASSWORD), now).map_err(|n| n.sentence());
    assert!(journal.is_ok());
    assert_eq!(desk.open_vault().unwrap().records().revisions(id).count(), 5);
}

#[test]
fn restoring_shows_nothing_to_more_readers() {
    let world = World::demo();
    let (mut app, id) = three_versions(&world);
    write(&world, &mut app, id, |talk| {
        let mut items = talk.sections.iter_mut().flat_map(|part| &mut part.items);
        items.find(|item| item.prompt.id == "hard").unwrap().layer = Layer::Private;
    });
    app.act(vec![Action::Go(Screen::History(id))]);
    let first = match &open(&app).history {
        Some(Ok(history)) => history.versions[0].rev,
        _ => panic!("no history"),
    };
    app.act(vec![Action::History(HistoryAction::Restore(first))]);
    let session = &open(&app).journal.held(id).unwrap().session;
    let item = session.items().find(|item| item.prompt.id == "hard").unwrap();
    assert_eq!((hard(&app, id).as_str(), item.layer), ("Nights in October.", Layer::Private));
}

#[test]
fn what_can_only_be_read_can_be_looked_at_and_not_brought_back() {
    let world = World::demo();
    let (writing, id) = three_versions(&world);
    let mut reading = world.app();
    reading.inputs.door.password = PASSWORD.to_owned();
    reading.act(vec![Action::Door(DoorAction::Unlock)]);
    reading.act(vec![Action::Go(Screen::History(id))]);
    assert!(open(&reading).read_only.is_some());
    let first = match &open(&reading).history {
        Some(Ok(history)) => history.versions[0].rev,
        _ => panic!("no history"),
    };
    reading.act(vec![Action::History(HistoryAction::Restore(first))]);
    assert_eq!(hard(&reading, id), hard(&writing, id));
    let harness = history_window(&world, reading, Look::Light, DESK);
    harness.get_by_label("Version 2 beside version 3");
    assert_eq!(harness.query_all_by_label_contains("Restore").count(), 0);
}

#[test]
fn a_person_and_an_action_have_their_history_in_a_menu() {
    let world = World::demo();
    let mut app = crate::support::talk::unlocked(&world);
    let person = amina(&app);
    let actions = open(&app).journal.actions_with(person);
    let (action, words) = actions.first().map(|(id, a)| (*id, a.text.clone())).unwrap();
    app.act(vec![Action::Record(RecordAction::Settle(action, ActionState::Part))]);
    let mut harness = shown(&world, app, Screen::People(Some(person)));
    press(&mut harness, "More about this person");
    harness.get_by_role_and_label(Role::MenuItem, "History").click_accesskit();
    harness.run();
    harness.get_by_label("Version 1");
    keys(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    harness.get_by_label_contains("Goals and actions").click_accesskit();
    harness.run();
    press(&mut harness, &format!("More about: {words}"));
    harness.get_by_role_and_label(Role::MenuItem, "History").click_accesskit();
    harness.run();
    harness.get_by_label("Version 1 beside version 2");
    harness.get_by_label_contains("Changed: How far it is");
}

#[test]
fn two_that_wrote_at_once_are_told_and_settle_it_place_by_place() {
    let world = World::demo();
    let (here, mut there, id) = both_changed(&world);
    // What did not meet is merged already.
    let talk = &open(&here).journal.held(id).unwrap().session;
    assert_eq!(talk.title, "Mid-point review, with Farah");
    assert_eq!(text_of(talk, "help"), "A mentor on the ward.");
    let mut harness = shown(&world, here, Screen::Today);
    harness.get_by_label("Changed on two computers");
    press(&mut harness, "Dr Amina Larkspur, Mid-point review, with Farah, 1 place to settle");
    assert_eq!(open(app(&harness)).screen, Screen::BothChanged(id));
    let seen = words(&harness);
    assert!(seen.contains("the handover at eight"), "{seen}");
    assert!(seen.contains("the rota, not Amina"), "{seen}");
    // Not before it is chosen.
    press(&mut harness, "Choose in 1 place");
    assert!(open(app(&harness)).record.unsettled.contains_key(&id));
    harness.get_by_label("Choose one of these");
    harness
        .get_by_role_and_label(Role::RadioButton, "Keep what this computer has")
        .click_accesskit();
    harness.run();
    press(&mut harness, "Keep this");
    harness.get_by_label("Nothing to settle");
    assert!(open(app(&harness)).record.unsettled.is_empty());
    assert_eq!(hard(app(&harness), id), "Nights in October, and the handover at eight.");
    // The other computer agrees, and what was not chosen stays in the history.
    there.ask(Job::Look);
    assert!(open(&there).record.unsettled.is_empty());
    assert_eq!(hard(&there, id), "Nights in October, and the handover at eight.");
    there.act(vec![Action::Go(Screen::History(id))]);
    let Some(Ok(history)) = &open(&there).history else { panic!("no history") };
    assert_eq!((history.versions.len(), history.merged.is_none()), (6, true));
    let kept = history.versions.iter().any(|v| v.body.to_string().contains("the rota, not Amina"));
    assert!(kept, "the version that was not chosen is still there");
}

#[test]
fn both_can_be_kept_or_something_new_be_written() {
    for (choice, expected) in
        [("Keep both", "handover at eight.\n\n"), ("Write something new", "My own words.")]
    {
        let world = World::demo();
        let (here, _there, id) = both_changed(&world);
        let mut harness = shown(&world, here, Screen::BothChanged(id));
        harness.get_by_role_and_label(Role::RadioButton, choice).click_accesskit();
        harness.run();
        if choice == "Write something new" {
            let field = "What it should say";
            harness.get_by_role_and_label(Role::MultilineTextInput, field).focus();
            harness.run();
            keys(&mut harness, Modifiers::COMMAND, Key::A);
            harness.get_by_role_and_label(Role::MultilineTextInput, field).type_text(expected);
            harness.run();
        }
        press(&mut harness, "Keep this");
        let settled = hard(app(&harness), id);
        let other = "Nights in October: the rota, not Amina.";
        match choice {
            "Keep both" => assert!(
                settled.contains("the handover at eight.") && settled.contains(other),
                "{settled}"
            ),
            _ => assert_eq!(settled, expected),
        }
    }
}

#[test]
fn writing_elsewhere_in_the_record_settles_nothing() {
    let world = World::demo();
    let (mut here, mut there, id) = both_changed(&world);
    write(&world, &mut here, id, |talk| set(talk, "help", "Two mentors."));
    assert_eq!(open(&here).record.unsettled.get(&id), Some(&1));
    there.ask(Job::Look);
    assert_eq!(open(&there).record.unsettled.get(&id), Some(&1));
    let talk = &open(&there).journal.held(id).unwrap().session;
    assert_eq!(text_of(talk, "help"), "Two mentors.");
    there.act(vec![Action::Go(Screen::BothChanged(id))]);
    let Some(Ok(history)) = &open(&there).history else { panic!("no history") };
    let conflicts = &history.merged.as_ref().unwrap().conflicts;
    let sides: Vec<&str> = (0..2).filter_map(|side| conflicts[0].text(side)).collect();
    assert!(sides.iter().any(|words| words.contains("handover")), "{sides:?}");
    assert!(sides.iter().any(|words| words.contains("not Amina")), "{sides:?}");
    // Looking and leaving writes nothing.
    let before = std::fs::read_dir(world.dir().join("records")).unwrap().count();
    there.act(vec![Action::Session(SessionAction::Open(id)), Action::Go(Screen::Today)]);
    assert_eq!(std::fs::read_dir(world.dir().join("records")).unwrap().count(), before);
}

#[test]
fn what_was_chosen_and_typed_is_out_of_memory_while_locked_and_there_again_afterwards() {
    let world = World::demo();
    let (mut here, _there, id) = both_changed(&world);
    here.act(vec![Action::Go(Screen::BothChanged(id))]);
    let Some(Ok(history)) = &open(&here).history else { panic!("no history") };
    let field = history.merged.as_ref().unwrap().conflicts[0].field.clone();
    here.inputs.history.choices.insert(field.clone(), Choice::New("half a sentence".to_owned()));
    here.act(vec![Action::Lock]);
    assert!(here.state.open().is_none() && here.inputs.history.choices.is_empty());
    here.inputs.door.password = PASSWORD.to_owned();
    here.act(vec![Action::Door(DoorAction::Unlock)]);
    assert_eq!(open(&here).screen, Screen::BothChanged(id), "back where it was left");
    assert!(matches!(&open(&here).history, Some(Ok(_))));
    assert_eq!(open(&here).record.unsettled.get(&id), Some(&1));
    let words = Choice::New("half a sentence".to_owned());
    assert_eq!(here.inputs.history.choices.get(&field), Some(&words), "from its draft");

    // What is written in the conversation meanwhile has a draft of its own.
    here.act(vec![
        Action::Session(SessionAction::Open(id)),
        Action::Session(SessionAction::Reopen),
    ]);
    write(&world, &mut here, id, |talk| set(talk, "help", "Two mentors."));
    here.act(vec![Action::Go(Screen::BothChanged(id))]);
    assert_eq!(here.inputs.history.choices.get(&field), Some(&words));
    here.act(vec![Action::History(HistoryAction::Settle)]);
    let talk = &open(&here).journal.held(id).unwrap().session;
    assert_eq!(text_of(talk, "hard"), "half a sentence");
    assert_eq!(open(&here).record.unsettled.get(&id), None);
    here.act(vec![Action::Lock]);
    here.inputs.door.password = PASSWORD.to_owned();
    here.act(vec![Action::Door(DoorAction::Unlock), Action::Go(Screen::BothChanged(id))]);
    assert!(here.inputs.history.choices.is_empty(), "nothing is left to choose");
}

#[test]
fn words_that_were_typed_to_settle_something_survive_a_crash() {
    let world = World::demo();
    let (mut here, there, id) = both_changed(&world);
    drop(there);
    here.act(vec![Action::Go(Screen::BothChanged(id))]);
    let Some(Ok(history)) = &open(&here).history else { panic!("no history") };
    let field = history.merged.as_ref().unwrap().conflicts[0].field.clone();
    here.inputs.history.choices.insert(field.clone(), Choice::New("half".to_owned()));
    here.tick(false);
    // The program ends without a lock.
    drop(here);
    let mut app = crate::support::talk::unlocked(&world);
    app.act(vec![Action::Go(Screen::BothChanged(id))]);
    assert_eq!(app.inputs.history.choices.get(&field), Some(&Choice::New("half".to_owned())));
}

#[test]
fn both_screens_fit_a_small_window() {
    let world = World::demo();
    let (mut here, there, id) = both_changed(&world);
    drop(there);
    for (screen, width) in [
        (Screen::History(id), 480.0),
        (Screen::BothChanged(id), 480.0),
        (Screen::History(id), 700.0),
        (Screen::BothChanged(id), 900.0),
    ] {
        here.act(vec![Action::Go(screen.clone())]);
        let mut harness = history_window(&world, here, Look::Light, [width, 640.0]);
        for node in harness.root().children_recursive() {
            let node_of = node.accesskit_node();
            if node_of.data().bounds().is_some() && node_of.role() != Role::TextRun {
                let right = node.rect().right();
                let label = (node_of.role(), node_of.label(), node_of.value());
                assert!(right <= width + 0.5, "{screen:?} at {width}: {label:?} ends at {right}");
            }
        }
        if screen == Screen::History(id) {
            harness.get_by_role_and_label(Role::ComboBox, "Version");
        }
        harness.run();
        drop(harness);
        here = crate::support::talk::unlocked(&world);
    }
}

fn history_picture(look: Look, size: [f32; 2], name: &str) {
    let world = World::demo();
    let (mut app, id) = three_versions(&world);
    app.act(vec![Action::Go(Screen::History(id))]);
    let mut harness = history_window(&world, app, look, size);
    picture(&mut harness, name);
}

fn both_changed_picture(look: Look, name: &str) {
    let world = World::demo();
    let (mut here, _there, id) = both_changed(&world);
    here.act(vec![Action::Go(Screen::BothChanged(id))]);
    let mut harness = history_window(&world, here, look, DESK);
    harness.get_by_role_and_label(Role::RadioButton, "Write something new").click_accesskit();
    harness.run();
    picture(&mut harness, name);
}

#[test]
fn history_in_light() {
    history_picture(Look::Light, DESK, "history_light");
}

#[test]
fn history_in_dark() {
    history_picture(Look::Dark, DESK, "history_dark");
}

#[test]
fn history_in_a_small_window() {
    history_picture(Look::Light, [620.0, 760.0], "history_narrow");
}

#[test]
fn both_changed_in_light() {
    both_changed_picture(Look::Light, "both_changed_light");
}

#[test]
fn both_changed_in_dark() {
    both_changed_picture(Look::Dark, "both_changed_dark");
}

#[test]
fn a_conversation_that_two_computers_changed() {
    let world = World::demo();
    let (mut here, _there, id) = both_changed(&world);
    here.act(vec![Action::Session(SessionAction::Open(id))]);
    let mut harness = history_window(&world, here, Look::Light, DESK);
    picture(&mut harness, "both_changed_session");
}

#[test]
fn a_day_with_something_to_settle() {
    let world = World::demo();
    let (here, _there, _) = both_changed(&world);
    let mut harness = history_window(&world, here, Look::Light, DESK);
    picture(&mut harness, "both_changed_today");
}
