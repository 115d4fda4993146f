//! Bringing notes in, in the window: shown before, taken back whole, by keyboard alone.

use std::path::PathBuf;
use std::sync::Arc;

use cairn::app::packs::PacksAction;
use cairn::app::{Action, App, Command, Screen};
use cairn::platform::Chosen;
use cairn::search::Query;
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::support::talk::{keys, press, window};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::says;

const LOG: &str = "# Log\n\nBefore it began.\n\n## 4 March 2026 Nights again\n\nThe bleep went \
    twice and nobody came.\n\n## 2026-03-11 18:30 Talked it through\n\nFarah asked what I had \
    wanted to happen. I had not thought of that.\n\n## Thursday 19 March 2026\n\nA quiet week.\n";

fn file(world: &World, name: &str, bytes: &[u8]) -> PathBuf {
    let path = world.file(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// The program at the journal; the dialog for a file answers with this one.
fn at_journal(world: &World, chosen: PathBuf) -> App {
    let ask = Arc::new(move |_: &std::path::Path, _: &cairn::platform::Wanted| {
        Some(Chosen { path: chosen.clone(), was_there: true })
    });
    let mut app = World::unlock(world.app_with(world.desk().asking(ask)));
    app.act(vec![Action::Go(Screen::Journal)]);
    app
}

/// From the journal to the page for bringing notes in.
fn begin(harness: &mut Harness<'_, Window>) {
    press(harness, "New reflection");
    harness.get_by_label("Bring notes in…").click_accesskit();
    harness.run();
}

fn count(harness: &Harness<'_, Window>) -> usize {
    harness.state().app().state.open().unwrap().journal.reflection_count()
}

#[test]
fn a_file_is_chosen_shown_brought_in_and_taken_back_by_keyboard() {
    let world = World::demo();
    let path = file(&world, "log.md", LOG.as_bytes());
    let mut harness = window(&world, at_journal(&world, path));
    let before = count(&harness);
    begin(&mut harness);
    assert!(harness.get_by_label("Choose a file…").is_focused());
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(says(&harness, "Bring in 4 notes?"));
    for words in [
        "Markdown file log.md",
        "3 headings begin with a date. Each begins a note of its own.",
        "1 note has no date: it gets today’s.",
        "Nights again",
        "The bleep went twice and nobody came.",
        "11 March 2026",
        "No date: today",
    ] {
        assert!(says(&harness, words), "{words}");
    }
    assert_eq!(count(&harness), before, "nothing is there before it is wanted");
    let bring = harness.get_by_role_and_label(Role::Button, "Bring in 4 notes");
    assert!(bring.is_focused());
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(count(&harness), before + 4);
    assert!(says(&harness, "Brought in from log.md."));
    assert!(says(&harness, "4 notes new, private."));

    // Tab goes from the way to the journal to the way back.
    assert!(harness.get_by_label("See them in the journal").is_focused());
    keys(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(harness.get_by_label("Take this import back").is_focused());
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(count(&harness), before);
    assert!(says(&harness, "4 notes taken out again"));
    // They are in no list and no search after a lock either, and can come in again.
    let mut app = world.app();
    drop(harness);
    app = World::unlock(app);
    let open = app.state.open().unwrap();
    assert_eq!(open.journal.reflection_count(), before);
    assert!(
        cairn::search::hits(
            &open.journal,
            &Query::read("bleep twice nobody"),
            jiff::civil::date(2026, 11, 24)
        )
        .is_empty()
    );
}

#[test]
fn what_was_changed_since_stays_and_that_is_said() {
    let world = World::demo();
    let path = file(&world, "log.md", LOG.as_bytes());
    let mut harness = window(&world, at_journal(&world, path.clone()));
    let before = count(&harness);
    begin(&mut harness);
    press(&mut harness, "Choose a file…");
    press(&mut harness, "Bring in 4 notes");
    let (id, _) = harness.state().app().state.open().unwrap().brought.as_ref().unwrap().records[1];
    harness.state_mut().app_mut().act(vec![Action::Go(Screen::Session(id))]);
    harness.run();
    press(&mut harness, "Change it");
    let title = harness.get_by_role_and_label(Role::TextInput, "Title");
    title.focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Title").type_text(" again");
    harness.run();
    harness.state_mut().app_mut().act(vec![Action::Notes(cairn::app::notes::NotesAction::Show)]);
    harness.run();
    assert!(says(&harness, "1 of them was changed since: it stays if you take the rest back."));
    press(&mut harness, "Take this import back");
    assert!(says(&harness, "3 notes taken out again. 1 note was changed since and stays"));
    assert_eq!(count(&harness), before + 1);

    // A second import brings in what is missing and leaves the other as it is.
    harness.state_mut().app_mut().act(vec![Action::Packs(PacksAction::Look(path))]);
    harness.run();
    assert!(says(&harness, "Bring in 3 notes?"));
    assert!(says(&harness, "1 note is here already: it stays as before."));
    assert!(says(&harness, "Here already"));
}

#[test]
fn a_file_dropped_anywhere_shows_its_notes_and_one_of_the_library_goes_there() {
    let world = World::demo();
    let mut harness = window(&world, at_journal(&world, PathBuf::new()));
    let look = |harness: &mut Harness<'_, Window>, path: PathBuf| {
        harness.state_mut().app_mut().act(vec![Action::Packs(PacksAction::Look(path))]);
        harness.run();
    };
    look(&mut harness, file(&world, "a.txt", b"4 March 2026: a note\nWith words."));
    assert!(says(&harness, "Bring in 1 note?"));
    look(&mut harness, file(&world, "b.docx", b"not a Word file"));
    assert!(says(&harness, "This file cannot be used"));
    assert!(says(&harness, "b.docx can’t be brought in: it can’t be opened"));
    look(&mut harness, file(&world, "c.json", b"{\"title\": 1}"));
    assert!(says(&harness, "This file cannot be used"));
    look(&mut harness, file(&world, "d.md", b"---\nlayout: x\n---\nA note"));
    assert!(says(&harness, "Bring in 1 note?"));
    harness.state_mut().app_mut().act(vec![Action::Do(Command::Back)]);
    harness.run();
    assert!(!says(&harness, "Bring in 1 note?"));
}

#[test]
fn a_log_can_come_in_as_one_note() {
    let world = World::demo();
    let path = file(&world, "log.md", LOG.as_bytes());
    let mut harness = window(&world, at_journal(&world, path));
    begin(&mut harness);
    press(&mut harness, "Choose a file…");
    harness.get_by_role_and_label(Role::RadioButton, "All as one note").click_accesskit();
    harness.run();
    assert!(says(&harness, "Bring in 1 note?"));
    press(&mut harness, "Bring in 1 note");
    assert!(says(&harness, "1 note new, private."));
}

fn shown(size: [f32; 2], zoom: u16) -> Harness<'static, Window> {
    let world = World::demo();
    let path = file(&world, "log.md", LOG.as_bytes());
    let mut app = at_journal(&world, path.clone());
    app.act(vec![Action::Packs(PacksAction::Look(path))]);
    app.state.look.zoom = zoom;
    let mut harness = world.window_of(app, Look::Light, size);
    harness.run();
    harness
}

#[test]
fn the_preview_looks_as_it_should() {
    picture(&mut shown(DESK, 100), "import_notes");
}

#[test]
fn the_preview_fits_a_small_window() {
    picture(&mut shown([1024.0, 640.0], 150), "import_notes_narrow");
}

#[test]
fn the_page_after_an_import_looks_as_it_should() {
    let world = World::demo();
    let path = file(&world, "log.md", LOG.as_bytes());
    let mut harness = window(&world, at_journal(&world, path));
    begin(&mut harness);
    press(&mut harness, "Choose a file…");
    press(&mut harness, "Bring in 4 notes");
    picture(&mut harness, "import_notes_done");
}
