//! The journal by keyboard, and with many reflections in it.

use cairn::app::state::{Open, Opened, Phase};
use cairn::app::{Action, Screen};
use cairn::library::Library;
use cairn::model::session::Role as Whose;
use cairn::model::{Body, Id, Journal, Session};
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::ToSpan as _;
use jiff::civil::date;

use crate::support::talk::{keys, press};
use crate::support::window::{DESK, Look};
use crate::support::world::World;

/// A journal of so many reflections, a day apart, the newest last.
fn with(world: &World, count: u64) -> Harness<'static, Window> {
    let library = Library::built_in().unwrap();
    let template = library.get("reflection-small").unwrap();
    let mut journal = Journal::default();
    for n in 0..count {
        let day = date(2026, 11, 20) - i64::try_from(count - n).unwrap().days();
        let mut session = Session::start(template, None, Whose::Supervisor, day, None);
        session.title = format!("Reflection {n}");
        journal.put(Id::new(1_000 + n, 1), Body::Reflection(session));
    }
    let opened = Opened { journal, ..Opened::default() };
    let mut app = world.app();
    app.tick(false);
    app.state.phase = Phase::Open(Box::new(Open::new(opened, Screen::Today)));
    app.act(vec![Action::Go(Screen::Journal)]);
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    harness
}

fn shown(harness: &Harness<'_, Window>) -> String {
    let heading = harness.get_all_by_role(Role::Heading);
    let mut titles = heading.filter_map(|node| node.accesskit_node().label());
    titles.find(|words| words.starts_with("Reflection ")).unwrap()
}

fn rows(harness: &Harness<'_, Window>) -> usize {
    let rows = harness.get_all_by_role(Role::Button);
    let names = rows.filter_map(|node| node.accesskit_node().label());
    names.filter(|name| name.starts_with("Reflection ")).count()
}

#[test]
fn a_reflection_is_chosen_and_gone_on_with_by_keyboard() {
    let world = World::empty();
    let mut harness = with(&world, 5);
    assert!(harness.get_by_role_and_label(Role::Button, "New reflection").is_focused());
    keys(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(harness.get_by_label_contains("Reflection 4, ").is_focused());
    // Tab alone changes nothing that is shown: the list is one stop.
    keys(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(shown(&harness), "Reflection 4");
    assert!(harness.get_by_role_and_label(Role::Button, "Go on writing").is_focused());
    keys(&mut harness, Modifiers::SHIFT, Key::Tab);
    for _ in 0..2 {
        keys(&mut harness, Modifiers::NONE, Key::ArrowDown);
    }
    assert_eq!(shown(&harness), "Reflection 2");
    assert!(harness.get_by_label_contains("Reflection 2, ").is_focused());
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.get_by_role_and_label(Role::Button, "Go on writing").is_focused());
    assert!(harness.state().app().inputs.draft.is_none(), "one key does one thing");
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    let draft = harness.state().app().inputs.draft.as_ref().unwrap();
    assert_eq!(draft.session.title, "Reflection 2");
}

#[test]
fn a_long_journal_is_listed_a_part_at_a_time() {
    let world = World::empty();
    let mut harness = with(&world, 100);
    assert_eq!(rows(&harness), 30);
    keys(&mut harness, Modifiers::NONE, Key::Tab);
    keys(&mut harness, Modifiers::NONE, Key::End);
    assert_eq!(shown(&harness), "Reflection 70");
    press(&mut harness, "Show earlier, 70 more");
    assert_eq!(rows(&harness), 60);
    assert_eq!(shown(&harness), "Reflection 70");
    press(&mut harness, "Show earlier, 40 more");
    press(&mut harness, "Show earlier, 10 more");
    assert_eq!(rows(&harness), 100);
    assert!(harness.query_by_label_contains("Show earlier").is_none());
}
