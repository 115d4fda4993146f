//! Room mode in the window: by label, by keyboard alone, and how it looks.

use cairn::app::room::At;
use cairn::model::{Answer, Layer, Margin, Owner};
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;

use crate::support::talk::{
    HARD, PROUD, answer_of, as_drawn, draft, keys, press, session, text_of, unlock, window,
};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::says;

const F11: Key = Key::F11;

/// Everything that a screen reader can find in the window.
fn all_words(harness: &Harness<'_, Window>) -> String {
    let mut words = Vec::new();
    let mut rest = vec![harness.root()];
    while let Some(node) = rest.pop() {
        let access = node.accesskit_node();
        words.extend(access.label());
        words.extend(access.value());
        words.extend(access.description());
        rest.extend(node.children());
    }
    words.join("\n")
}

fn room(world: &World) -> Harness<'static, Window> {
    let mut harness = window(world, as_drawn(world));
    keys(&mut harness, Modifiers::NONE, F11);
    harness
}

#[test]
fn the_room_is_entered_walked_and_left_by_keyboard_and_typing_goes_to_the_same_draft() {
    let world = World::demo();
    let mut harness = room(&world);
    assert!(says(&harness, "Only the shared page is on this screen"));
    // It begins at the question that was in use, with the keyboard in its box.
    assert!(says(&harness, "22 minutes left, of 40. Ends at 14:22"));
    assert!(harness.get_by_label(HARD).is_focused());
    harness.get_by_label(HARD).type_text(". Wants to debrief within a day");
    harness.run();
    assert!(text_of(session(&harness), "hard").ends_with("Wants to debrief within a day"));
    assert!(draft(&harness).is_unkept());

    keys(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert!(harness.get_by_label(PROUD).is_focused());
    keys(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(harness.get_by_label(HARD).is_focused());

    keys(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(says(&harness, "Leave room mode?"));
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(!says(&harness, "Leave room mode?"), "Stay is the safe answer and has the focus");
    assert!(harness.get_by_label(HARD).is_focused());
    keys(&mut harness, Modifiers::NONE, F11);
    keys(&mut harness, Modifiers::NONE, Key::Tab);
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(!says(&harness, "Only the shared page is on this screen"));
    assert!(harness.get_by_label(HARD).is_focused(), "the page goes on where the talk was");
}

#[test]
fn nothing_private_can_be_found_in_the_room_and_its_parts_are_passed_over() {
    let world = World::demo();
    let mut app = as_drawn(&world);
    let draft = app.inputs.draft.as_mut().unwrap();
    let items = draft.session.sections.iter_mut().flat_map(|part| &mut part.items);
    let mut private = Vec::new();
    for asked in items.into_iter().filter(|asked| asked.layer == Layer::Private) {
        asked.answer = Some(Answer::Text("canary in an answer".to_owned()));
        private.push(asked.prompt.text.clone());
    }
    draft.session.margin.push(Margin {
        beside: None,
        text: "canary in the margin".to_owned(),
        basis: None,
    });
    draft.session.tags.push("canary in a tag".to_owned());
    for action in draft.actions.values_mut() {
        action.layer = Layer::Private;
        action.text = "canary in an action".to_owned();
    }
    assert!(!private.is_empty());
    let mut harness = window(&world, app);
    keys(&mut harness, Modifiers::NONE, F11);
    let mut places = 0;
    while harness.state().app().inputs.room.at != At::Actions {
        let words = all_words(&harness);
        assert!(words.contains("Stage 1 of "), "{words}");
        for secret in private.iter().map(String::as_str).chain(["canary", "Signals", "Quieter"]) {
            assert!(!words.contains(secret), "{secret}: {words}");
        }
        keys(&mut harness, Modifiers::COMMAND, Key::Enter);
        places += 1;
        assert!(places < 40);
    }
    assert!(!all_words(&harness).contains("canary"));
    assert!(places > 5);
}

#[test]
fn a_lock_in_the_room_comes_back_to_the_page_and_not_to_the_room() {
    let world = World::demo();
    let mut harness = room(&world);
    harness.get_by_label(HARD).type_text(" last words");
    harness.run();
    keys(&mut harness, Modifiers::COMMAND, Key::L);
    assert!(says(&harness, "Password"));
    unlock(&mut harness);
    assert!(!says(&harness, "Only the shared page is on this screen"));
    assert!(text_of(session(&harness), "hard").ends_with("last words"));
    assert!(says(&harness, "Finish session"));
}

#[test]
fn time_runs_in_words_stops_and_says_when_it_is_up() {
    let world = World::demo();
    let mut harness = room(&world);
    world.pass(SignedDuration::from_mins(5));
    harness.run();
    assert!(says(&harness, "17 minutes left, of 40. Ends at 14:22"));
    press(&mut harness, "Pause");
    world.pass(SignedDuration::from_mins(4));
    harness.run();
    assert!(says(&harness, "17 minutes left, of 40. Paused"));
    press(&mut harness, "Go on");
    assert!(says(&harness, "17 minutes left, of 40. Ends at 14:26"));
    // It would lock by itself if nobody touched it for so long.
    for _ in 0..6 {
        world.pass(SignedDuration::from_mins(3));
        harness.key_press(Key::ArrowRight);
        harness.run();
    }
    assert!(says(&harness, "Time is up, of 40"));
}

#[test]
fn an_action_is_agreed_in_the_room_by_keyboard() {
    let world = World::demo();
    let mut harness = room(&world);
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    let field = "What will be done";
    assert!(harness.get_by_label(field).is_focused());
    harness.get_by_label(field).type_text("Ask the rota lead about nights");
    harness.run();
    harness.get_by_role_and_label(Role::RadioButton, "Amina").click_accesskit();
    harness.run();
    harness.get_by_label("By when").focus();
    harness.run();
    harness.get_by_label("By when").type_text("4 December");
    harness.run();
    press(&mut harness, "Agree this");
    let agreed = draft(&harness).actions.values().find(|it| it.text.starts_with("Ask the rota"));
    let agreed = agreed.unwrap();
    assert_eq!((agreed.owner, agreed.layer), (Owner::Them, Layer::Shared));
    assert_eq!(agreed.due, Some(jiff::civil::date(2026, 12, 4)));
    assert!(says(&harness, "Ask the rota lead about nights"));
    assert!(harness.get_by_label(field).is_focused(), "ready for the next one");
}

#[test]
fn scales_and_lists_are_answered_in_the_room() {
    let world = World::demo();
    let app = crate::support::talk::begun(&world, "ten-minute-check-in");
    let mut harness = window(&world, app);
    keys(&mut harness, Modifiers::NONE, F11);
    for _ in 0..12 {
        if says(&harness, "How is work going at the moment?") {
            break;
        }
        keys(&mut harness, Modifiers::COMMAND, Key::Enter);
    }
    harness.get_by_role_and_label(Role::RadioButton, "7").click_accesskit();
    harness.run();
    assert_eq!(answer_of(&harness, "how"), Some(Answer::Scale(7)));
}

fn shown(look: Look, size: [f32; 2], zoom: Option<u16>) -> Harness<'static, Window> {
    let world = World::demo();
    let mut app = as_drawn(&world);
    if let Some(zoom) = zoom {
        app.state.look.zoom = zoom;
    }
    let mut harness = world.window_of(app, look, size);
    harness.run();
    keys(&mut harness, Modifiers::NONE, F11);
    harness
}

#[test]
fn the_room_looks_as_drawn() {
    picture(&mut shown(Look::Light, DESK, None), "room_light");
}

#[test]
fn the_room_looks_as_drawn_in_the_dark() {
    picture(&mut shown(Look::Dark, DESK, None), "room_dark");
}

#[test]
fn the_room_fits_a_small_window_at_one_and_a_half_times_the_size() {
    picture(&mut shown(Look::Light, [1024.0, 640.0], Some(150)), "room_narrow");
}
