//! A calendar file from the window: what goes is seen before, and read back after.

use cairn::app::Screen;
use cairn::app::calendar::{self, CalendarForm};
use cairn::export::calendar::Called;
use cairn::model::Layer;
use egui::Role;
use egui_kittest::kittest::Queryable as _;

use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::{Harnessed, press, retype, says, state, type_into};
use crate::ui_person_about::enter;

fn ask(world: &World) -> Harnessed {
    let mut harness = world.at(Screen::Today, Look::Light, DESK);
    enter(&mut harness, "Calendar file…");
    harness
}

/// The titles in a calendar file.
fn titles(text: &str) -> Vec<String> {
    let whole = text.replace("\r\n ", "");
    let lines = whole.split("\r\n").filter_map(|line| line.strip_prefix("SUMMARY:"));
    lines.map(|line| line.replace("\\,", ",").replace("\\;", ";")).collect()
}

#[test]
fn what_is_seen_is_what_leaves_and_it_names_nobody_unless_chosen() {
    let world = World::demo();
    let mut harness = ask(&world);
    assert!(says(&harness, "What leaves this machine"));
    assert!(says(&harness, "No name of your people in it."));
    let path = world.file("Cairn calendar 2026-11-24.ics");
    enter(&mut harness, "Save calendar");
    assert!(says(&harness, "Saved, and a receipt is kept"));
    let text = std::fs::read_to_string(&path).unwrap();
    let shown: Vec<String> = {
        let open = state(&harness).open().unwrap();
        open.calendar.as_ref().unwrap().events.iter().map(|e| e.title().to_owned()).collect()
    };
    assert!(!shown.is_empty());
    assert_eq!(titles(&text), shown, "every line that was shown, and no other");
    let journal = &state(&harness).open().unwrap().journal;
    for (_, known) in journal.people() {
        assert!(!text.contains(known.called()), "{}", known.name);
    }
    for (_, action) in journal.actions() {
        assert!(!text.contains(&action.text), "no words of an action");
    }
    assert_eq!(journal.receipts()[0].1.format, "ics");
    assert_eq!(journal.receipts()[0].1.what, format!("Calendar, {} entries", shown.len()));
}

#[test]
fn a_name_is_warned_of_and_private_actions_never_go() {
    let world = World::demo();
    let mut harness = ask(&world);
    harness.get_by_role_and_label(Role::RadioButton, "Full name").click();
    harness.run();
    harness
        .get_by_role_and_label(Role::CheckBox, "With the words of actions, exams and meetings")
        .click();
    harness.run();
    assert!(says(&harness, "names in it:"));
    assert!(says(&harness, "Meeting, Dr Amina Larkspur"));
    let meets: Vec<String> = {
        let open = state(&harness).open().unwrap();
        let events = &open.calendar.as_ref().unwrap().events;
        events.iter().filter(|e| e.hours().is_some()).map(|e| e.place().to_owned()).collect()
    };
    let place = meets.iter().find(|place| !place.is_empty()).unwrap();
    assert!(says(&harness, place) && says(&harness, " to "), "where and when is seen as well");
    retype(&mut harness, "File", "words.ics");
    type_into(&mut harness, "To whom", "my own phone");
    enter(&mut harness, "Save calendar");
    let text = std::fs::read_to_string(world.file("words.ics")).unwrap().replace("\r\n ", "");
    let journal = &state(&harness).open().unwrap().journal;
    assert_eq!(journal.receipts()[0].1.to, "my own phone");
    let mut private = 0;
    for (_, action) in journal.actions() {
        if action.layer == Layer::Private {
            private += 1;
            assert!(!text.contains(&action.text), "{}", action.text);
        }
    }
    assert!(private > 0, "the demonstration has a private action");
}

#[test]
fn a_file_that_is_there_is_not_replaced_without_being_asked_about() {
    let world = World::demo();
    let path = world.file("mine.ics");
    std::fs::write(&path, "mine").unwrap();
    let mut harness = ask(&world);
    retype(&mut harness, "File", "mine.ics");
    enter(&mut harness, "Save calendar");
    assert!(says(&harness, "There is a file with this name already."));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    enter(&mut harness, "Close");
    assert!(!says(&harness, "What leaves this machine"));
}

#[test]
fn the_file_of_one_person_holds_nothing_of_another() {
    let world = World::demo();
    let mut harness = world.at(Screen::People(None), Look::Light, DESK);
    press(&mut harness, "More about this person");
    harness.get_by_role_and_label(Role::MenuItem, "Calendar file…").click_accesskit();
    harness.run();
    assert!(says(&harness, "A calendar file about Dr Amina Larkspur."));
    harness.get_by_role_and_label(Role::RadioButton, "Full name").click();
    harness.run();
    enter(&mut harness, "Save calendar");
    let text = std::fs::read_to_string(world.file("Cairn calendar 2026-11-24.ics")).unwrap();
    assert!(text.contains("Amina") && !text.contains("Tomasz") && !text.contains("Seun"));
    let journal = &state(&harness).open().unwrap().journal;
    let amina = journal.find_people("Dr Amina Larkspur")[0].0;
    assert_eq!(journal.receipts()[0].1.person, Some(amina));
}

#[test]
fn it_looks_as_drawn() {
    let world = World::demo();
    let mut harness = ask(&world);
    // The folder of a test is another one each time.
    retype(&mut harness, "File", "Cairn calendar.ics");
    picture(&mut harness, "calendar");
}

#[test]
fn nothing_that_only_the_writer_reads_is_in_a_calendar_with_all_its_words() {
    const CANARY: &str = "canary";
    let world = World::demo();
    let (mut app, talk) = crate::ui_shared_note::finished(&world);
    let id = crate::support::talk::amina(&app);
    let open = app.state.open().unwrap();
    assert!(!open.journal.held(talk).unwrap().session.kept.is_empty());
    let mut person = open.journal.person(id).unwrap().clone();
    for words in [&mut person.to_know, &mut person.adjustments, &mut person.say] {
        *words = CANARY.to_owned();
    }
    for goal in &mut person.goals {
        goal.layer = Layer::Private;
        goal.text = CANARY.to_owned();
        goal.progress = CANARY.to_owned();
    }
    let open = app.state.open().unwrap();
    let (today, cycles) = (app.state.today(), app.state.library.cycles().to_vec());
    let mut journal = open.journal.clone();
    journal.put(id, cairn::model::Body::Person(person));
    let form = CalendarForm { called: Called::Name, words: true, ..CalendarForm::default() };
    let events = calendar::events(&journal, &cycles, None, &form, today);
    assert!(events.iter().any(|event| event.title().contains("Debrief within a day")));
    let text = calendar::text(&events, app.state.now.timestamp());
    assert!(text.contains("Amina") && !text.contains(CANARY), "{text}");
    app.finish();
}
