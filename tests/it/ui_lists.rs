//! The lists in the window: shown in full with their dates and what is unsure, replaced by one's
//! own and back.

use std::fs;
use std::sync::Arc;

use cairn::app::Screen;
use cairn::library::Library;
use cairn::platform::Chosen;
use egui::{Key, Role};
use egui_kittest::kittest::Queryable as _;

use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::{Harnessed, press, says, state};

const NARROW: [f32; 2] = [683.0, 600.0];

fn lists(id: &str) -> Screen {
    Screen::Lists(Some(id.to_owned()))
}

/// A window at a list whose dialog for files answers with a CSV file of this text.
fn choosing(world: &World, id: &str, csv: &str, size: [f32; 2]) -> Harnessed {
    let path = world.file("ours.csv");
    fs::write(&path, csv).unwrap();
    let desk = world
        .desk()
        .asking(Arc::new(move |_, _| Some(Chosen { path: path.clone(), was_there: true })));
    world.at_of(world.app_with(desk), lists(id), Look::Light, size)
}

const HIGH: [f32; 2] = [1280.0, 9_000.0];
const CSV: &str = "code,title,about\nA,Our own first,\nB,Our own second,With a reason\n";

#[test]
fn every_list_is_shown_in_full_with_its_date_its_sources_and_what_is_unsure() {
    let world = World::demo();
    let library = Library::built_in().unwrap();
    assert_eq!(library.lists().len(), 17);
    let harness = world.at(Screen::Lists(None), Look::Light, HIGH);
    for list in library.lists() {
        assert!(says(&harness, &list.title), "{}", list.title);
    }
    for list in library.lists() {
        let harness = world.at(lists(&list.id), Look::Light, [1280.0, 30_000.0]);
        assert!(says(&harness, "Checked "), "{}", list.id);
        for words in list.sources.iter().chain([&list.unsure]) {
            assert!(says(&harness, words), "{}: {words}", list.id);
        }
        for item in &list.items {
            for words in [&item.title, &item.about, &item.unsure] {
                assert!(says(&harness, words), "{}: {words}", list.id);
            }
        }
    }
}

#[test]
fn a_list_gives_way_to_ones_own_and_comes_back() {
    let world = World::demo();
    let mut harness = choosing(&world, "gpc", CSV, HIGH);
    press(&mut harness, "Use my own CSV instead…");
    assert!(says(&harness, "Our own second"));
    assert!(says(&harness, "Nothing of it is taken in yet."));
    assert!(state(&harness).library.list("gpc").unwrap().items.len() > 2);
    press(&mut harness, "Use this list");
    assert_eq!(state(&harness).open().unwrap().screen, lists("gpc"));
    assert!(says(&harness, "Your own. 2 items. Checked November 2026."));
    press(&mut harness, "Back to the built-in list");
    assert_eq!(*state(&harness).library, Library::built_in().unwrap());
    press(&mut harness, "Undo");
    assert_eq!(state(&harness).library.list("gpc").unwrap().items.len(), 2);
    press(&mut harness, "Back to the built-in list");
    assert_eq!(*state(&harness).library, Library::built_in().unwrap());
}

#[test]
fn a_csv_that_breaks_rules_is_told_line_by_line() {
    let world = World::demo();
    let csv = "code,title,colour\nA,One,red\nA,,blue\n";
    let mut harness = choosing(&world, "oop", csv, HIGH);
    press(&mut harness, "Use my own CSV instead…");
    for words in ["The column “colour” has no meaning here", "Line 3", "“title” is empty."]
    {
        assert!(says(&harness, words), "{words}");
    }
    assert_eq!(*state(&harness).library, Library::built_in().unwrap());
    harness.set_size(DESK.into());
    harness.run();
    picture(&mut harness, "list_refused");
    // The mended file is chosen from here; it is still clear of which list it takes the place.
    fs::write(world.file("ours.csv"), "code,title\nA,One\n").unwrap();
    press(&mut harness, "Choose another file…");
    press(&mut harness, "Use this list");
    assert_eq!(state(&harness).library.list("oop").unwrap().items.len(), 1);
}

#[test]
fn a_list_is_replaced_by_keyboard_alone() {
    let world = World::demo();
    let mut harness = choosing(&world, "ltft", CSV, DESK);
    for _ in 0..2 {
        harness.key_press(Key::Enter);
        harness.run();
    }
    assert_eq!(state(&harness).library.list("ltft").unwrap().items.len(), 2);
}

#[test]
fn the_lists_look_as_drawn() {
    drawn(Screen::Lists(None), Look::Light, DESK, "lists_light");
}

#[test]
fn a_list_looks_as_drawn() {
    drawn(lists("arcp-outcomes"), Look::Light, DESK, "list_light");
}

#[test]
fn a_list_looks_as_drawn_in_dark() {
    drawn(lists("arcp-outcomes"), Look::Dark, DESK, "list_dark");
}

#[test]
fn a_list_in_a_narrow_window() {
    drawn(lists("exams"), Look::Light, NARROW, "list_narrow");
}

fn drawn(screen: Screen, look: Look, size: [f32; 2], name: &str) {
    picture(&mut World::demo().at(screen, look, size), name);
}

#[test]
fn nothing_reaches_beyond_a_small_window() {
    let world = World::demo();
    for size in [NARROW, [480.0, 640.0]] {
        for shown in [Screen::Lists(None), lists("exams"), lists("gpc")] {
            let harness = world.at(shown.clone(), Look::Light, size);
            for role in [Role::Button, Role::Tab, Role::Label, Role::Heading] {
                for node in harness.query_all_by_role(role) {
                    let right = node.rect().right();
                    assert!(right <= size[0] + 1.0, "{shown:?} at {size:?}: {role:?} to {right}");
                }
            }
        }
    }
}
