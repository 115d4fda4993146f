//! Find on a page: what is typed is marked, counted and gone to; Esc goes back to writing.

use cairn::app::action::SessionAction;
use cairn::app::{Action, Screen};
use cairn::model::OtherView;
use cairn::search::within;
use cairn::ui::Window;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use proptest::prelude::*;

use crate::support::talk::{
    HARD, PROUD, ROTA, amina, begun, keys, session, set, text_of, unlocked, window,
};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;

const BOX: &str = "Find on this page";

fn talk(world: &World) -> cairn::app::App {
    let mut app = begun(world, "mid-point-review");
    let session = &mut app.inputs.draft.as_mut().unwrap().session;
    set(session, "proud", "Led the rota group. The new rota holds.");
    set(session, "hard", "Nights. Zoë’s RÔTA was hers too.");
    set(session, "rota", "Better since August.");
    app
}

fn look_for(harness: &mut Harness<'_, Window>, words: &str) {
    keys(harness, Modifiers::COMMAND, Key::F);
    assert!(harness.get_by_label(BOX).is_focused());
    harness.get_by_label(BOX).type_text(words);
    harness.run();
}

#[test]
fn all_are_counted_and_gone_to_whatever_their_case_and_accents() {
    let world = World::demo();
    let mut harness = window(&world, talk(&world));
    look_for(&mut harness, "rota");
    assert!(harness.query_by_label("1 of 3").is_some());
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_label("2 of 3").is_some());
    assert!(harness.get_by_label(BOX).is_focused(), "one can go on");
    keys(&mut harness, Modifiers::NONE, Key::F3);
    keys(&mut harness, Modifiers::NONE, Key::F3);
    assert!(harness.query_by_label("1 of 3").is_some(), "from the last to the first");
    keys(&mut harness, Modifiers::SHIFT, Key::Enter);
    assert!(harness.query_by_label("3 of 3").is_some());
    keys(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label(BOX).is_none());
    assert!(harness.get_by_label(HARD).is_focused(), "the keyboard is where it was found");
    harness.get_by_label(HARD).type_text("list");
    harness.run();
    assert_eq!(text_of(session(&harness), "hard"), "Nights. Zoë’s list was hers too.");
}

#[test]
fn nothing_found_is_said_and_the_keyboard_goes_back() {
    let world = World::demo();
    let mut harness = window(&world, talk(&world));
    harness.get_by_label(ROTA).focus();
    harness.run();
    look_for(&mut harness, "zebra");
    assert!(harness.query_by_label("Nothing found").is_some());
    keys(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.get_by_label(ROTA).is_focused());
    assert!(!harness.get_by_label(PROUD).is_focused());
}

#[test]
fn it_looks_as_drawn_in_a_session() {
    let world = World::demo();
    let mut harness = window(&world, talk(&world));
    look_for(&mut harness, "rota");
    picture(&mut harness, "find_session");
}

#[test]
fn it_fits_a_small_window() {
    let world = World::demo();
    let mut app = talk(&world);
    app.state.look.zoom = 150;
    let mut harness = world.window_of(app, Look::Dark, [1024.0, 640.0]);
    harness.run();
    look_for(&mut harness, "rota");
    picture(&mut harness, "find_narrow");
}

#[test]
fn it_finds_in_what_is_read() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let person = amina(&app);
    let (id, _) = *app.state.open().unwrap().journal.sessions_with(person).first().unwrap();
    app.act(vec![Action::Go(Screen::Session(id))]);
    let mut harness = window(&world, app);
    look_for(&mut harness, "the");
    assert!(harness.query_all_by_label_contains("1 of ").next().is_some());
    picture(&mut harness, "find_finished");
}

#[test]
fn it_finds_in_what_somebody_says_who_sees_it_differently() {
    let world = World::demo();
    let mut app = talk(&world);
    let session = &mut app.inputs.draft.as_mut().unwrap().session;
    let items = session.sections.iter_mut().flat_map(|part| &mut part.items);
    let asked = items.into_iter().find(|asked| asked.prompt.id == "hard").unwrap();
    let text = "It was the lantern, not the rota.".to_owned();
    let view = OtherView { who: "Amina".to_owned(), text };
    let label = format!("Shared. {}. What has been hard?", view.lead());
    asked.other_view = Some(view);
    app.inputs.draft.as_mut().unwrap().touched = true;
    let mut harness = window(&world, app);
    look_for(&mut harness, "lantern");
    assert!(harness.query_by_label("1 of 1").is_some());
    keys(&mut harness, Modifiers::NONE, Key::Escape);
    harness.run();
    assert!(harness.get_by_label(&label).is_focused(), "the keyboard is where it was found");
    harness.event(egui::Event::Text("night".to_owned()));
    harness.run();
    let asked = crate::support::talk::session(&harness).items();
    let view = asked.into_iter().find_map(|asked| asked.other_view.clone()).unwrap();
    assert_eq!(view.text, "It was the night, not the rota.");

    // The same once the conversation is finished.
    let app = harness.state_mut().app_mut();
    let id = app.inputs.draft.as_ref().unwrap().id;
    app.act(vec![Action::Session(SessionAction::Finish), Action::Go(Screen::Session(id))]);
    harness.run();
    look_for(&mut harness, "night, not");
    assert!(harness.query_by_label("1 of 1").is_some());
    let find = harness.state().app().inputs.find.as_ref().unwrap();
    assert!(!find.bring_up, "it came into view");
}

/// A module's page with the box open.
fn module(size: [f32; 2], zoom: u16, words: &str) -> Harness<'static, Window> {
    let world = World::demo();
    let mut app = unlocked(&world);
    let id = app.state.library.modules().first().unwrap().id.clone();
    app.act(vec![Action::Go(Screen::Learning(Some(id)))]);
    app.state.look.zoom = zoom;
    let mut harness = world.window_of(app, Look::Light, size);
    harness.run();
    look_for(&mut harness, words);
    harness
}

#[test]
fn it_finds_all_there_is_to_read_on_the_page_of_a_module() {
    for (size, zoom) in [(DESK, 100), ([1024.0, 640.0], 150)] {
        let mut harness = module(size, zoom, "the");
        let hits = harness.state().app().inputs.find.as_ref().unwrap().hits.clone();
        let texts: std::collections::BTreeSet<usize> = hits.iter().map(|(text, _)| *text).collect();
        assert!(hits.len() > 40 && texts.len() > 15, "{} in {}", hits.len(), texts.len());
        for at in 0..hits.len() {
            let find = harness.state().app().inputs.find.as_ref().unwrap();
            assert_eq!((find.at, find.bring_up), (at, false), "{at} came into view");
            harness.key_press(Key::F3);
            harness.step();
            harness.step();
        }
        keys(&mut harness, Modifiers::NONE, Key::Escape);
        assert!(harness.query_by_label(BOX).is_none());
    }
}

#[test]
fn it_looks_as_drawn_on_the_page_of_a_module() {
    picture(&mut module(DESK, 100, "feedback"), "find_module");
}

#[test]
fn it_fits_a_small_window_on_the_page_of_a_module() {
    picture(&mut module([1024.0, 640.0], 150, "feedback"), "find_module_narrow");
}

#[test]
fn it_looks_as_drawn_in_a_reflection() {
    let world = World::demo();
    let mut harness = world.at(Screen::Journal, Look::Light, DESK);
    look_for(&mut harness, "the");
    assert!(harness.query_all_by_label_contains("1 of ").next().is_some());
    picture(&mut harness, "find_journal");
}

fn hostile() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "e\u{301}",
        "\u{ad}",
        "\u{200b}",
        "ﬁ",
        "İ",
        "ß",
        "👩🏽‍⚕️",
        "العربية",
        "தமிழ்",
        "हिन्दी",
        "中文",
        "\u{300}",
        "\u{202e}",
        "ROTA",
        "rota",
        " ",
        "\n",
        "\u{0}",
        "Å",
        "K",
    ]);
    prop::collection::vec(odd, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn what_is_found_lies_on_borders_of_characters_and_is_what_was_wanted(text in hostile(), plain in "[a-z ]{0,12}") {
        let text = format!("{text}{plain}rota{text}");
        let hits = within(&text, "Rôta");
        prop_assert!(!hits.is_empty());
        let mut end = 0;
        for hit in hits {
            prop_assert!(hit.start >= end);
            end = hit.end;
            let found = text.get(hit);
            prop_assert!(found.is_some_and(|found| within(found, "rota").len() == 1), "{found:?}");
        }
    }
}
