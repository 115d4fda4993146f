//! Packs in the window: made from what is in the library, passed on, looked into, taken in, used
//! and taken out; hostile ones.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cairn::app::packs::PacksAction;
use cairn::app::{Action, App, Screen};
use cairn::library::Library;
use cairn::library::packs::{read_pack, write_pack};
use cairn::model::{Mark, PromptKind};
use cairn::platform::{Chosen, Wanted};
use egui::{DroppedFile, Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;
use serde_json::json;

use crate::support::pack::{a_pack, assert_only_added};
use crate::support::window::{DESK, Look};
use crate::support::world::World;
use crate::ui_door::{Harnessed, press, retype, says, state, type_into};

/// So high that nothing lies below its end: what is clicked must be in sight.
pub const HIGH: [f32; 2] = [1280.0, 9_000.0];
const CANARY: &str = "CANARY: she cried, then passed.";

pub fn light(world: &World, screen: Screen) -> Harnessed {
    world.at(screen, Look::Light, HIGH)
}

fn screen(harness: &Harnessed) -> Screen {
    state(harness).open().unwrap().screen.clone()
}

pub fn click(harness: &mut Harnessed, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    harness.run();
}

/// A file dropped on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

pub fn drop_file(harness: &mut Harnessed, path: &Path) {
    harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
    harness.step();
    harness.input_mut().dropped_files.clear();
    harness.run();
}

/// A program whose dialog for files answers with this one.
fn answering(world: &World, path: &Path) -> App {
    let path = path.to_owned();
    let desk = world.desk().asking(Arc::new(move |_, wanted| {
        assert_eq!(*wanted, Wanted::File);
        Some(Chosen { path: path.clone(), was_there: true })
    }));
    world.app_with(desk)
}

fn library(harness: &Harnessed) -> &Library {
    &state(harness).library
}

pub fn write(world: &World, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = world.file(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// The pack of the tests as a file.
pub fn pack_file(world: &World) -> PathBuf {
    write(world, "w9.json", write_pack(&a_pack()))
}

#[test]
fn a_stranger_makes_a_pack_and_a_colleague_brings_it_in_uses_it_and_takes_it_out() {
    let world = World::demo();
    let mut harness = light(&world, Screen::Choose(None));
    type_into(&mut harness, "Find a template", "failed an exam");
    press(&mut harness, "Star");
    type_into(&mut harness, "Comment", CANARY);
    click(&mut harness, Role::Tab, "Packs, 0");
    assert!(says(&harness, "No packs yet"));
    press(&mut harness, "Make a pack to pass on…");
    press(&mut harness, "See what leaves");
    assert!(says(&harness, "Say what it is called."), "and nothing is made");
    click(&mut harness, Role::CheckBox, "After a failed exam");
    click(&mut harness, Role::CheckBox, "Ready to sit?");
    type_into(&mut harness, "Name of the pack", "Exams on ward nine");
    type_into(&mut harness, "Whom to write to with remarks and faults", "exams@ward-nine.example");
    press(&mut harness, "See what leaves");
    assert!(says(&harness, "What leaves this machine"));
    let library = Library::built_in().unwrap();
    for id in ["after-a-failed-exam", "ready-to-sit"] {
        let sections = &library.get(id).unwrap().sections;
        for prompt in sections.iter().flat_map(|section| &section.prompts) {
            assert!(says(&harness, &prompt.text), "{}", prompt.text);
        }
    }
    type_into(&mut harness, "To whom", "Dr Lindqvist");
    press(&mut harness, "Save the pack");
    let file = world.file("Exams on ward nine pack 1.json");
    let text = fs::read_to_string(&file).unwrap();
    assert!(!text.contains("CANARY"), "what the owner thinks of it stays");
    let pack = read_pack("x.json", text.as_bytes(), &library).unwrap();
    assert_eq!((pack.id.as_str(), pack.templates.len()), ("exams-on-ward-nine", 2));
    let receipts = state(&harness).open().unwrap().journal.receipts();
    let receipt = receipts.iter().map(|(_, it)| it).find(|it| it.what.starts_with("Pack")).unwrap();
    assert_eq!(receipt.what, "Pack “Exams on ward nine, version 1”");
    assert_eq!(receipt.to, "Dr Lindqvist");
    drop(harness);

    let other = World::demo();
    let app = answering(&other, &file);
    let mut harness = other.at_of(app, Screen::Packs(None), Look::Light, HIGH);
    press(&mut harness, "Bring in a pack or template…");
    assert_eq!(screen(&harness), Screen::BringIn);
    assert!(says(&harness, "Nothing of it is taken in yet."));
    assert!(says(&harness, "exams@ward-nine.example"));
    assert_eq!(*state(&harness).library, library);
    press(&mut harness, "Show every word: Ready to sit?");
    assert!(says(&harness, &library.get("ready-to-sit").unwrap().if_it_turns));
    press(&mut harness, "Bring in");
    assert_eq!(screen(&harness), Screen::Packs(Some("exams-on-ward-nine".to_owned())));
    assert_only_added(&library, self::library(&harness));

    press(&mut harness, "Open After a failed exam");
    click(&mut harness, Role::ComboBox, "With whom?");
    click(&mut harness, Role::MenuItem, "Dr Mei Thistledown");
    press(&mut harness, "Star");
    press(&mut harness, "Start now");
    let Screen::Session(session) = screen(&harness) else { panic!("no session") };
    let prompts = &library.get("after-a-failed-exam").unwrap().sections[0].prompts;
    let written = prompts.iter().find(|prompt| prompt.kind == PromptKind::Text).unwrap();
    type_into(&mut harness, &format!("Shared. {}", written.text), "Ran out of time.");
    click(&mut harness, Role::Button, "Templates");
    click(&mut harness, Role::Tab, "Packs, 1");
    harness.get_by_label_contains("Exams on ward nine, Version 1").click();
    harness.run();
    press(&mut harness, "Take this pack out of my library");
    assert_eq!(*state(&harness).library, library, "nothing of it remains");
    let marks = |harness: &Harnessed| {
        state(harness).open().unwrap().journal.settings().library.into_keys().collect::<Vec<_>>()
    };
    let mark = Mark::of_template("exams-on-ward-nine/after-a-failed-exam");
    assert!(!marks(&harness).contains(&mark));
    press(&mut harness, "Undo");
    assert!(marks(&harness).contains(&mark));
    assert_only_added(&library, self::library(&harness));
    harness.get_by_label_contains("Exams on ward nine, Version 1").click();
    harness.run();
    press(&mut harness, "Take this pack out of my library");
    let journal = &state(&harness).open().unwrap().journal;
    let held = &journal.held(session).unwrap().session;
    let kept = held.items().any(|asked| asked.prompt.text == written.text);
    assert!(kept, "old sessions keep their questions");
}

#[test]
fn a_pack_taken_in_is_passed_on_as_it_came() {
    let world = World::demo();
    let file = pack_file(&world);
    let mut harness = light(&world, Screen::Today);
    drop_file(&mut harness, &file);
    press(&mut harness, "Bring in");
    press(&mut harness, "Pass on again…");
    retype(&mut harness, "File", "again.json");
    press(&mut harness, "Save the pack");
    assert_eq!(fs::read(world.file("again.json")).unwrap(), fs::read(&file).unwrap());
    // Another file of this name is not replaced unasked.
    write(&world, "theirs.json", "theirs");
    retype(&mut harness, "File", "theirs.json");
    press(&mut harness, "Save the pack");
    assert!(says(&harness, "There is a file with this name already."));
    assert_eq!(fs::read(world.file("theirs.json")).unwrap(), b"theirs");
}

#[test]
fn what_is_brought_in_goes_again_with_undo_and_an_older_one_stands_again() {
    let world = World::demo();
    let file = pack_file(&world);
    let mut harness = light(&world, Screen::Packs(None));
    let built_in = Library::built_in().unwrap();
    drop_file(&mut harness, &file);
    press(&mut harness, "Not now");
    assert_eq!(screen(&harness), Screen::Packs(None));
    assert_eq!(*state(&harness).library, built_in);
    drop_file(&mut harness, &file);
    press(&mut harness, "Bring in");
    press(&mut harness, "Undo");
    assert_eq!(*state(&harness).library, built_in);
    drop_file(&mut harness, &file);
    press(&mut harness, "Bring in");
    let with_the_first = state(&harness).library.clone();
    let mut second = a_pack();
    second.version = 2;
    second.templates[0].title = "Stuck, and now what?".to_owned();
    let second = write(&world, "second.json", write_pack(&second));
    drop_file(&mut harness, &second);
    assert!(says(&harness, "You have version 1 of this; the one here takes its place."));
    press(&mut harness, "Bring in");
    let title = |harness: &Harnessed| {
        library(harness).get("ward-nine/stuck-and-tangled").unwrap().title.clone()
    };
    assert_eq!(title(&harness), "Stuck, and now what?");
    press(&mut harness, "Undo");
    assert_eq!(*state(&harness).library, *with_the_first);
}

#[test]
fn a_single_template_is_looked_into_taken_in_and_shown_where_it_can_be_started() {
    let world = World::demo();
    let built_in = Library::built_in().unwrap();
    let mut template = built_in.get("ten-minute-check-in").unwrap().clone();
    template.title = "Coffee on ward nine".to_owned();
    let file = write(&world, "coffee.json", serde_json::to_vec(&template).unwrap());
    let mut harness = light(&world, Screen::Today);
    drop_file(&mut harness, &file);
    press(&mut harness, "Bring in");
    assert_eq!(screen(&harness), Screen::Choose(None));
    assert!(harness.query_by_role_and_label(Role::Heading, "Coffee on ward nine").is_some());
    assert_only_added(&built_in, library(&harness));
    press(&mut harness, "Undo");
    assert_eq!(*state(&harness).library, built_in);
}

#[test]
fn a_hostile_or_broken_file_is_told_with_its_places_and_nothing_is_taken_in() {
    let world = World::demo();
    let mut harness = light(&world, Screen::Packs(None));
    let built_in = Library::built_in().unwrap();
    let mut wrong = serde_json::to_value(a_pack()).unwrap();
    wrong["templates"][0]["sections"][0]["prompts"][0]["kind"] = json!("essay");
    wrong["title"] = json!("Pay \u{202e}back");
    let mut newer = serde_json::to_value(a_pack()).unwrap();
    newer["cairn_pack"] = json!(7);
    let module = built_in.modules()[0].text.clone();
    for (name, bytes, told) in [
        ("wrong.json", wrong.to_string(), "The kind “essay” is not known"),
        ("wrong.json", wrong.to_string(), "hidden character, U+202E"),
        ("newer.json", newer.to_string(), "was made by a newer Cairn"),
        (
            "half.json",
            "{\"cairn_pack\": 1,".to_owned(),
            "half.json cannot be read as JSON. At line 1",
        ),
        ("long.json", "[".repeat(1_100_000), "is too large"),
        ("deep.json", "[".repeat(500_000), "deep.json"),
        ("picture.json", "\u{0}\u{1}PNG".to_owned(), "picture.json"),
        ("alone.md", module, "A module comes in a pack."),
        ("list.csv", "title\nOne\n".to_owned(), "it does not say of which"),
        ("turn\u{202e}nosj.json", "{".to_owned(), "turnnosj.json"),
    ] {
        let file = write(&world, name, bytes);
        drop_file(&mut harness, &file);
        assert!(says(&harness, "This file cannot be used"), "{name}");
        assert!(says(&harness, told), "{name}: {told}");
        assert!(harness.query_by_role_and_label(Role::Button, "Bring in").is_none(), "{name}");
    }
    drop_file(&mut harness, &world.file("gone.json"));
    assert!(says(&harness, "can’t be read"));
    drop_file(&mut harness, &world.dir());
    assert!(says(&harness, "can’t be read"));
    assert_eq!(*state(&harness).library, built_in);
    let own = state(&harness).open().unwrap().journal.own().clone();
    assert!(own.packs.is_empty() && own.templates.is_empty() && own.lists.is_empty());
}

#[test]
fn a_file_that_is_named_before_the_record_is_open_is_shown_once_it_is() {
    let world = World::demo();
    let file = pack_file(&world);
    let mut app = world.app();
    app.act(vec![Action::Packs(PacksAction::Look(file))]);
    let mut harness = world.window_of(World::unlock(app), Look::Light, HIGH);
    harness.run();
    assert!(says(&harness, "Ward nine, version 1"));
    assert_eq!(*state(&harness).library, Library::built_in().unwrap());
}

#[test]
fn the_whole_way_in_is_done_by_keyboard() {
    let world = World::demo();
    let file = pack_file(&world);
    let mut harness = world.at_of(answering(&world, &file), Screen::Packs(None), Look::Light, DESK);
    // The most likely next step has the keyboard on each page.
    for _ in 0..2 {
        harness.key_press(Key::Enter);
        harness.run();
    }
    assert_eq!(screen(&harness), Screen::Packs(Some("ward-nine".to_owned())));
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    harness.run();
    assert_eq!(screen(&harness), Screen::Packs(None), "the preview is gone from the way back");
}

#[test]
fn a_record_that_can_only_be_read_shows_a_pack_and_takes_nothing_in() {
    let world = World::demo();
    let file = pack_file(&world);
    // The record is open elsewhere.
    let _first = World::unlock(world.app());
    let mut harness = light(&world, Screen::Packs(None));
    assert!(harness.query_by_label("Make a pack to pass on…").is_none());
    drop_file(&mut harness, &file);
    assert!(says(&harness, "Ward nine, version 1"));
    assert!(harness.query_by_role_and_label(Role::Button, "Bring in").is_none());
}
