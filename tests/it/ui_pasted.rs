//! Text as other programs hand it over, in every script: nothing is lost, nothing is silently
//! changed, whatever the clock says.

use cairn::app::inputs::Choose;
use cairn::app::{Action, App, Screen};
use cairn::model::{Id, Kind};
use cairn::ui::Window;
use egui::{Event, Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;

use crate::support::talk::{HARD, begin, begun, keys, session, text_of, unlocked, write};
use crate::support::window::{DESK, Look};
use crate::support::world::World;
use crate::ui_door::{Harnessed, retype, says, state, type_into};
use crate::ui_person_about::enter;

/// As it comes from a word processor: quotes, dashes, soft hyphens, spaces that do not break, tabs,
/// line ends of two kinds, a line break of a form, joiners.
const WORD: &str = "“Nights”\u{a0}were\u{a0}hard – she’d\tsaid so…\r\nCo\u{ad}or\u{ad}di\u{ad}nation\
                    \u{b}helped.\u{2028}fi\u{fb01}nal\r\n\u{202f}12\u{2011}hour\u{a0}shifts\u{2060}.";

/// Names and words in scripts that need joiners, marks and other directions.
const SCRIPTS: [&str; 9] = [
    "عائشة بنت خالد",
    "فاطمه\u{200c}زهرا",
    "آمنہ خان نے کہا",
    "प्रिया शर्मा क्\u{200d}ष",
    "கார்த்திகா ஸ்ரீ",
    "王小明",
    "Zo\u{308}e O’Connor\u{2011}Smith",
    "👩🏽\u{200d}⚕️ 👨\u{200d}👩\u{200d}👧",
    "Ngũgĩ Şükran Łukasz",
];

/// A window on a computer without fonts for these scripts: what it can't draw is a box.
fn window_of(app: App) -> Harnessed {
    let builder = crate::support::window::window(Look::Light, DESK).allow_missing_glyphs();
    let mut harness = builder.build_eframe(move |creation| Window::new(creation, app));
    harness.run();
    harness
}

/// The same at a screen of the record.
fn at(world: &World, screen: Screen) -> Harnessed {
    let mut app = unlocked(world);
    app.act(vec![Action::Go(screen)]);
    window_of(app)
}

/// The answer to a prompt of a conversation, in a program that was started anew.
fn read_again(world: &World, id: Id) -> String {
    let app = unlocked(world);
    let held = app.state.open().unwrap().journal.held(id).unwrap();
    assert_eq!(held.kind, Kind::Session);
    text_of(&held.session, "hard")
}

#[test]
fn what_is_pasted_into_an_answer_is_kept_to_the_letter() {
    let world = World::demo();
    let mut harness = window_of(begun(&world, "mid-point-review"));
    let pasted = format!("{WORD}\n{}", SCRIPTS.join("\n"));
    harness.get_by_label(HARD).focus();
    harness.run();
    harness.event(Event::Paste(pasted.clone()));
    harness.run();
    assert_eq!(text_of(session(&harness), "hard"), pasted);
    // The check of the writing looks through it, and the caret walks through it.
    world.pass(SignedDuration::from_millis(750));
    harness.run();
    for _ in 0..60 {
        harness.key_press(Key::ArrowLeft);
    }
    harness.run();
    let id = harness.state().app().inputs.draft.as_ref().unwrap().id;
    harness.state_mut().app_mut().act(vec![Action::Go(Screen::Today)]);
    drop(harness);
    assert_eq!(read_again(&world, id), pasted);
}

#[test]
fn names_of_every_script_are_kept_found_and_drawn() {
    let world = World::demo();
    let mut harness = at(&world, Screen::AddPerson);
    for name in SCRIPTS {
        harness.state_mut().app_mut().act(vec![Action::Go(Screen::AddPerson)]);
        harness.run();
        harness.get_by_role_and_label(Role::TextInput, "Name").focus();
        harness.run();
        harness.event(Event::Paste(format!("  {name}\r\n")));
        harness.run();
        enter(&mut harness, "Save");
    }
    drop(harness);
    let mut harness = at(&world, Screen::People(None));
    let journal = &state(&harness).open().unwrap().journal;
    let names: Vec<String> = journal.people().iter().map(|(_, one)| one.name.clone()).collect();
    for name in SCRIPTS {
        assert!(names.iter().any(|kept| kept == name), "{name:?} in {names:?}");
        retype(&mut harness, "Filter by name", name);
        assert!(says(&harness, name), "{name} is found");
        assert!(!says(&harness, "Dr Mei Thistledown"), "and the others are not");
    }
}

#[test]
fn a_paste_over_what_is_selected_that_does_not_fit_can_be_taken_back() {
    let world = World::demo();
    let mut harness = window_of(begun(&world, "mid-point-review"));
    write(&mut harness, HARD, "What stood here first.");
    world.pass(SignedDuration::from_secs(3));
    harness.run();
    keys(&mut harness, Modifiers::COMMAND, Key::A);
    harness.event(Event::Paste("நோயாளி ".repeat(60_000)));
    harness.run();
    let words = text_of(session(&harness), "hard");
    assert!(words.len() <= 700_000 && words.len() > 690_000, "{}", words.len());
    assert!(says(&harness, "This record is full"), "it is said");
    keys(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(session(&harness), "hard"), "What stood here first.");
}

#[test]
fn two_people_of_one_name_are_told_apart_wherever_they_are_listed_or_chosen() {
    let world = World::demo();
    for stage in ["ST3", ""] {
        let mut harness = at(&world, Screen::AddPerson);
        harness.state_mut().app_mut().inputs.person.more = true;
        harness.run();
        type_into(&mut harness, "Name", "dr amina  larkspur");
        if !stage.is_empty() {
            type_into(&mut harness, "Stage", stage);
        }
        enter(&mut harness, "Save");
    }
    let mut harness = at(&world, Screen::People(None));
    let open = state(&harness).open().unwrap();
    let same = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let people = open.journal.people();
    let ids: Vec<Id> = people
        .iter()
        .filter(|(_, person)| same(&person.name) == "dr amina larkspur")
        .map(|(id, _)| *id)
        .collect();
    assert_eq!(ids.len(), 3);
    let called: std::collections::BTreeSet<String> =
        ids.iter().map(|id| open.called(*id).to_owned()).collect();
    assert_eq!(called.len(), 3, "{called:?}");
    // In the list, with a filter: three rows that differ.
    type_into(&mut harness, "Filter by name", "amina");
    let rows: std::collections::BTreeSet<String> = harness
        .query_all_by_role(Role::Button)
        .filter_map(|row| row.accesskit_node().label())
        .filter(|label| same(label).starts_with("dr amina larkspur"))
        .collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    // Where one is chosen for a conversation.
    let app = harness.state_mut().app_mut();
    app.act(vec![Action::Go(Screen::Choose(None))]);
    app.inputs.choose = Choose { ask_whom: true, ..Choose::default() };
    harness.run();
    harness.get_by_role_and_label(Role::ComboBox, "With whom?").focus();
    harness.run();
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    for name in called {
        let rows = harness.query_all_by_role_and_label(Role::MenuItem, &name).count();
        assert_eq!(rows, 1, "{name}");
    }
}

/// Holds a conversation with these words and leaves it.
fn hold(app: App, words: &str) -> (App, Id) {
    let mut app = begin(app, "ten-minute-check-in");
    let draft = app.inputs.draft.as_mut().unwrap();
    let id = draft.id;
    let asked = draft.session.sections[0].items.first_mut().unwrap();
    asked.answer = Some(cairn::model::Answer::Text(words.to_owned()));
    draft.touched = true;
    app.act(vec![Action::Go(Screen::Today)]);
    (app, id)
}

fn words_of(app: &App, id: Id) -> String {
    let held = app.state.open().unwrap().journal.held(id).unwrap();
    match &held.session.sections[0].items[0].answer {
        Some(cairn::model::Answer::Text(words)) => words.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_clock_that_was_wrong_loses_nothing_and_hides_nothing() {
    let world = World::demo();
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    // The clock runs half a year ahead, and somebody writes.
    world.pass(days(180));
    let (app, ahead) = hold(unlocked(&world), "written ahead");
    drop(app);
    // It is put right: what was written in the future is there, with the day it was given.
    world.pass(-days(180));
    let (mut app, after) = hold(unlocked(&world), "written after");
    assert_eq!(words_of(&app, ahead), "written ahead");
    let open = app.state.open().unwrap();
    let day = open.journal.held(ahead).unwrap().session.date;
    assert_eq!(day, world.now().date().saturating_add(jiff::Span::new().days(180)));
    let person = crate::support::talk::amina(&app);
    let order: Vec<Id> = open.journal.sessions_with(person).iter().map(|(id, _)| *id).collect();
    let at = |id| order.iter().position(|held| *held == id).unwrap();
    assert!(at(ahead) < at(after), "the newest day first, whenever it was written");

    // A change of a record that was saved in the future is the one that holds.
    app.act(vec![Action::Go(Screen::Session(ahead))]);
    let draft = app.inputs.draft.as_mut().unwrap();
    let asked = &mut draft.session.sections[0].items[0];
    asked.answer = Some(cairn::model::Answer::Text("put right".to_owned()));
    draft.touched = true;
    app.act(vec![Action::Go(Screen::Today)]);
    drop(app);
    let mut app = unlocked(&world);
    assert_eq!(words_of(&app, ahead), "put right");
    assert_eq!(words_of(&app, after), "written after");
    // Both versions are in its history, in the order in which they were made.
    app.act(vec![Action::Go(Screen::History(ahead))]);
    let history = app.state.open().unwrap().history.as_ref().unwrap().as_ref();
    let history = history.unwrap_or_else(|notice| panic!("{notice:?}"));
    let [.., older, newer] = history.versions.as_slice() else { panic!("one version") };
    assert!(newer.at < older.at, "by the clocks it is the other way round");
    assert_eq!((newer.parents.as_slice(), newer.is_newest), ([older.rev].as_slice(), true));

    // Typing while the clock is set back is kept too.
    app.act(vec![Action::Go(Screen::Session(after))]);
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.sections[0].items[0].answer =
        Some(cairn::model::Answer::Text("typed before".to_owned()));
    draft.touched = true;
    app.tick(true);
    world.pass(-days(3));
    app.tick(false);
    drop(app);
    assert_eq!(words_of(&unlocked(&world), after), "typed before");
}
