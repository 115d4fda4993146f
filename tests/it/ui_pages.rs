//! The pages of what is about to leave, seen as they will be printed; a layout of one's own; and
//! a file that is stopped while it is set.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use cairn::app::action::{DoorAction, SummaryAction};
use cairn::app::job::Passed;
use cairn::app::letter::{LetterAction, Topic};
use cairn::app::part::PartAction;
use cairn::app::press::{PressAction, SettingFile};
use cairn::app::{Action, App, Phase, Screen, State, Worker};
use cairn::model::{Body, Id, Receipt};
use cairn::platform::{Chosen, Existing, Wanted};
use egui::Role;
use egui_kittest::kittest::Queryable as _;

use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};

fn with_summary(mut app: App) -> App {
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    app
}

fn show(app: &mut App) {
    let id = app.state.open().unwrap().journal.find_people("Dr Amina Larkspur")[0].0;
    app.act(vec![Action::Summary(SummaryAction::Person(id))]);
}

/// A layout that keeps to the standards of the file: a title and a language.
const OWN: &str = "#set document(title: [Own])\n#set text(lang: \"en\", region: \"GB\")\n\
                   #set page(width: 300pt, height: 300pt)\n= Own\nShort\n";

fn receipts(app: &App) -> usize {
    let journal = &app.state.open().unwrap().journal;
    journal.all().filter(|(_, body)| matches!(body, Body::Receipt(_))).count()
}

#[test]
fn the_pages_are_seen_one_by_one_and_closed_by_escape() {
    let world = World::demo();
    let mut app = with_summary(world.app());
    show(&mut app);
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    harness.get_by_role_and_label(Role::Button, "See the pages").click_accesskit();
    harness.run();
    let all = {
        let shown = harness.state().app().state.open().unwrap().pages.as_ref().unwrap();
        shown.made.as_ref().unwrap().as_ref().unwrap().all
    };
    assert!(all >= 2, "the example has more than a page: {all}");
    harness.get_by_role_and_label(Role::Image, &format!("Page 1 of {all}"));
    picture(&mut harness, "pages_light");
    let top = |harness: &egui_kittest::Harness<'_, cairn::ui::Window>| {
        harness.get_by_role_and_label(Role::Image, &format!("Page 1 of {all}")).rect().top()
    };
    let before = top(&harness);
    harness.key_press(egui::Key::PageDown);
    harness.run();
    assert!(top(&harness) < before - 100.0, "the keyboard reaches the foot of the page");
    harness.get_by_role_and_label(Role::Button, "Next page").click();
    harness.run();
    harness.get_by_role_and_label(Role::Image, &format!("Page 2 of {all}"));
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(harness.query_by_label("As it will be printed").is_none());
}

#[test]
fn the_pages_fit_a_small_window() {
    let world = World::demo();
    let mut app = with_summary(world.app());
    show(&mut app);
    app.act(vec![Action::Press(PressAction::Show)]);
    let mut harness = world.window_of(app, Look::Light, [683.0, 427.0]);
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Close the pages");
    picture(&mut harness, "pages_narrow");
}

#[test]
fn a_layout_of_ones_own_sets_the_page_and_a_fault_in_it_is_told_with_its_line() {
    let world = World::demo();
    let layout = world.file("trust.typ");
    let answer = Chosen { path: layout.clone(), was_there: true };
    let desk = world
        .desk()
        .asking(Arc::new(move |_, wanted| matches!(wanted, Wanted::File).then(|| answer.clone())));
    let mut app = with_summary(world.app_with(desk));
    show(&mut app);
    app.act(vec![Action::Press(PressAction::Show)]);
    fs::write(&layout, "#let page = json(\"words.json\")\n#page.nowhere\n").unwrap();
    app.act(vec![Action::Press(PressAction::ChooseLayout)]);
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    harness.get_by_label_contains("trust.typ, line 2");
    let mut app = harness.state_mut().app_mut();
    fs::write(&layout, OWN).unwrap();
    app.act(vec![Action::Press(PressAction::ChooseLayout)]);
    let sizes = |app: &App| {
        let shown = app.state.open().unwrap().pages.as_ref().unwrap();
        let pages = shown.made.as_ref().unwrap().as_ref().unwrap();
        pages.pictures.iter().map(|it| (it.width, it.height)).collect::<Vec<_>>()
    };
    assert_eq!(sizes(app), [(450, 450)], "it is the own layout that sets the page");
    app.act(vec![Action::Press(PressAction::OurLayout)]);
    assert!(sizes(app).len() >= 2, "and Cairn’s own again");
    app = harness.state_mut().app_mut();
    app.act(vec![Action::Press(PressAction::ChooseLayout), Action::Press(PressAction::PutAway)]);
    let path = world.file("own.pdf");
    app.inputs.summary.path = path.display().to_string();
    app.inputs.summary.without_evidence = true;
    app.act(vec![Action::Summary(SummaryAction::Save)]);
    let pdf = fs::read(&path).unwrap();
    let words = String::from_utf8_lossy(&pdf).into_owned();
    assert!(words.contains("300 300]"), "the file is set by it too");
}

/// Waits until the worker, which has a thread of its own, has brought something.
fn until(app: &mut App, done: &dyn Fn(&App) -> bool) {
    while !done(app) {
        std::thread::sleep(Duration::from_millis(5));
        app.tick(false);
    }
}

/// The program unlocked, with a worker on a thread of its own.
fn threaded(world: &World) -> App {
    let library = Arc::new(cairn::library::Library::built_in().unwrap());
    let now = (world.clock())();
    let fresh = cairn::app::fresh::Fresh::fixed(7);
    let state = State::new(world.dir(), Default::default(), library, fresh, now);
    let worker = Worker::start(world.desk(), || {}).unwrap();
    let mut app = App::new(state, worker, world.clock());
    until(&mut app, &|app| matches!(app.state.phase, Phase::Locked(_)));
    let mut app = with_summary(app);
    until(&mut app, &|app| app.state.open().is_some());
    app
}

/// The pages that are asked for come back after all that was asked for before them.
fn pages_came(app: &mut App) {
    app.act(vec![Action::Press(PressAction::Show)]);
    until(app, &|app| {
        let pages = app.state.open().unwrap().pages.as_ref();
        pages.is_some_and(|shown| shown.made.is_some())
    });
    std::thread::sleep(Duration::from_millis(300));
    app.tick(false);
}

/// Everything that is held about somebody, ready to be saved to a file.
fn with_pack(app: &mut App, path: &std::path::Path) {
    let id = app.state.open().unwrap().journal.find_people("Dr Amina Larkspur")[0].0;
    app.act(vec![Action::Letter(LetterAction::Show(Topic::Held(id)))]);
    until(app, &|app| {
        let shown = app.state.open().unwrap().letter.as_ref();
        shown.and_then(|shown| shown.page.as_ref()).is_some_and(|page| page.waits() == 0)
    });
    app.inputs.letter.path = path.display().to_string();
    app.inputs.letter.goes_anyway = true;
}

#[test]
fn a_letter_that_is_stopped_while_it_is_set_never_leaves() {
    let world = World::demo();
    let mut app = threaded(&world);
    let path = world.file("stopped pack.pdf");
    with_pack(&mut app, &path);
    let before = receipts(&app);
    app.act(vec![Action::Letter(LetterAction::Save), Action::Press(PressAction::Stop)]);
    assert_eq!(app.state.toast.as_ref().unwrap().text, "Stopped. Nothing left this machine");
    pages_came(&mut app);
    assert_eq!(receipts(&app), before);
    assert!(app.state.open().unwrap().letter.as_ref().unwrap().sending.is_none());
    // And it can be saved after all.
    app.act(vec![Action::Press(PressAction::PutAway), Action::Letter(LetterAction::Save)]);
    until(&mut app, &|app| app.state.open().unwrap().letter.as_ref().unwrap().sending.is_none());
    assert_eq!(receipts(&app), before + 1);
    assert!(path.exists());
}

#[test]
fn the_button_that_stops_a_letter_is_there_until_it_is_set() {
    let world = World::demo();
    let mut app = World::unlock(world.app());
    let person = app.state.open().unwrap().journal.find_people("Dr Amina Larkspur")[0].0;
    app.act(vec![Action::Letter(LetterAction::Show(Topic::Held(person)))]);
    // As it stands while the pages are being set, which here takes no time.
    let (id, at) = (Id::new(1_790_000_000_000, 77), world.now().timestamp());
    let file = SettingFile {
        of: Passed::Letter,
        path: world.file("pack.pdf"),
        existing: Existing::Keep,
        receipt: Box::new(Receipt::of("Everything held about one person", at)),
    };
    let Phase::Open(open) = &mut app.state.phase else { panic!("it is open") };
    open.setting.insert(id, file);
    open.letter.as_mut().unwrap().sending = Some(id);
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run_steps(3);
    harness.get_by_label("Setting the pages. Nothing has left yet");
    assert!(harness.query_by_role_and_label(Role::Button, "Save PDF").is_none());
    harness.get_by_role_and_label(Role::Button, "Stop making the file").click_accesskit();
    harness.run();
    harness.get_by_label_contains("Stopped. Nothing left this machine");
    assert!(harness.query_by_role_and_label(Role::Button, "Stop making the file").is_none());
    let open = harness.state().app().state.open().unwrap();
    assert!(open.setting.is_empty() && open.letter.as_ref().unwrap().sending.is_none());
    assert!(!world.file("pack.pdf").exists());
}

#[test]
fn a_save_does_not_wait_for_a_letter_that_is_being_set() {
    let world = World::demo();
    let mut app = threaded(&world);
    with_pack(&mut app, &world.file("pack.pdf"));
    let id = app.state.open().unwrap().journal.find_people("Dr Tomasz Fernhill")[0].0;
    app.act(vec![Action::Letter(LetterAction::Save), Action::Part(PartAction::Archive(id, true))]);
    // The first to be done ends the wait: setting a page takes far longer than a save.
    until(&mut app, &|app| {
        let open = app.state.open().unwrap();
        open.waiting.is_empty() || open.setting.is_empty()
    });
    let open = app.state.open().unwrap();
    assert!(open.waiting.is_empty() && !open.setting.is_empty(), "the save came first");
    app.act(vec![Action::Press(PressAction::Stop)]);
}

#[test]
fn a_letter_leaves_though_another_page_is_looked_at_meanwhile() {
    let world = World::demo();
    let mut app = threaded(&world);
    let path = world.file("pack.pdf");
    with_pack(&mut app, &path);
    let before = receipts(&app);
    app.act(vec![Action::Letter(LetterAction::Save), Action::Go(Screen::Today)]);
    show(&mut app);
    until(&mut app, &|app| receipts(app) > before);
    assert!(path.exists());
    let open = app.state.open().unwrap();
    assert!(open.setting.is_empty() && open.summary.as_ref().unwrap().written.is_none());
}

#[test]
fn a_lock_before_a_file_is_set_is_told_at_the_next_unlock() {
    let world = World::demo();
    let mut app = threaded(&world);
    let path = world.file("locked pack.pdf");
    with_pack(&mut app, &path);
    let before = receipts(&app);
    app.act(vec![Action::Letter(LetterAction::Save), Action::Lock]);
    until(&mut app, &|app| !app.state.is_locking());
    // Even by a program that was started anew.
    app.finish();
    let mut harness = world.window_of(World::unlock(world.app()), Look::Light, DESK);
    harness.run();
    harness.get_by_label_contains("A file was not saved, because the record was locked first.");
    picture(&mut harness, "pages_locked_first");
    let app = harness.state_mut().app_mut();
    assert_eq!(receipts(app), before);
    assert!(!path.exists());
    // It is told once.
    app.tick(false);
    app.act(vec![Action::Lock]);
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    assert_eq!(app.state.open().unwrap().banner, None);
}

#[test]
fn a_file_that_is_stopped_while_it_is_set_never_leaves() {
    let world = World::demo();
    let mut app = threaded(&world);
    show(&mut app);
    let path = world.file("stopped.pdf");
    app.inputs.summary.path = path.display().to_string();
    app.inputs.summary.without_evidence = true;
    let before = receipts(&app);
    app.act(vec![Action::Summary(SummaryAction::Save), Action::Press(PressAction::Stop)]);
    pages_came(&mut app);
    assert_eq!(receipts(&app), before);
    assert!(app.state.open().unwrap().summary.as_ref().unwrap().sending.is_none());
    app.finish();
    assert!(!path.exists());
}
