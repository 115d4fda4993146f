//! What is found while someone writes: marked in the text, said below it, never in the way.

use cairn::app::inputs::EditorSpot;
use cairn::app::{Action, Screen};
use cairn::model::{Answer, Kept};
use cairn::ui::Window;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;

use crate::support::talk::{
    HARD, PROUD, begun, keys, press, reflecting, session, text_of, unlock, window, write,
};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;

const BED: &str = "She felt alone making the call about Mrs Onslow in bed 4 that night.";

/// The writer pauses: what was written is checked.
fn pause(world: &World, harness: &mut Harness<'_, Window>) {
    world.pass(SignedDuration::from_millis(750));
    harness.run();
    // What a word may mean is asked for when it is shown.
    harness.run();
    harness.run();
}

fn says(harness: &Harness<'_, Window>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn a_place_to_check_is_said_under_the_text_after_a_pause() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, HARD, BED);
    assert!(harness.query_by_label("Replace").is_none(), "not while typing");
    assert!(says(&harness, "Checking…"));
    pause(&world, &mut harness);
    assert!(harness.query_by_label("Keep…").is_some());
    let node = harness.get_by_label(HARD);
    let described = node.accesskit_node().description().unwrap_or_default();
    assert!(described.contains("to check"), "a screen reader gets it: {described}");
    assert_eq!(text_of(session(&harness), "hard"), BED, "nothing was changed");
}

#[test]
fn f8_goes_to_the_next_place_and_ctrl_full_stop_takes_its_suggestion() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, PROUD, "Led the round. Rang 07700 900123 herself.");
    write(&mut harness, HARD, BED);
    pause(&world, &mut harness);
    keys(&mut harness, Modifiers::NONE, Key::F8);
    assert!(harness.get_by_label(PROUD).is_focused(), "from the last it goes to the first");
    assert!(says(&harness, "to check"), "the other text keeps its sign");
    keys(&mut harness, Modifiers::NONE, Key::F8);
    assert!(harness.get_by_label(HARD).is_focused());
    keys(&mut harness, Modifiers::COMMAND, Key::Period);
    harness.run();
    let after = text_of(session(&harness), "hard");
    assert_ne!(after, BED);
    assert!(!after.contains("Onslow"), "{after}");
    assert!(after.starts_with("She felt alone making the call about "), "{after}");
    assert!(after.ends_with(" in bed 4 that night."), "{after}");
    assert!(harness.get_by_label(HARD).is_focused(), "one can write on");
}

/// Whether the row under the text in use lies above the foot of the window with its border.
fn row_is_whole(harness: &Harness<'_, Window>) -> bool {
    let foot = harness.get_by_role_and_label(egui::Role::Button, "Finish session").rect().top();
    harness.get_by_label("Keep…").rect().bottom() + 18.0 <= foot
}

#[test]
fn the_row_of_a_place_comes_whole_into_view() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, PROUD, "Led the round. Rang 07700 900123 herself.");
    write(&mut harness, HARD, BED);
    pause(&world, &mut harness);
    for height in [620.0, 650.0, 680.0, 710.0, 740.0, 770.0, 800.0] {
        harness.set_size(egui::vec2(1280.0, height));
        harness.get_by_role_and_label(egui::Role::Button, "Last time").click_accesskit();
        harness.run();
        for text in [PROUD, HARD, HARD] {
            keys(&mut harness, Modifiers::NONE, Key::F8);
            assert!(harness.get_by_label(text).is_focused());
            assert!(row_is_whole(&harness), "{text} at {height}");
        }
        // From the last it goes to the first.
        keys(&mut harness, Modifiers::NONE, Key::F8);
        harness.get_by_label(HARD).focus();
        harness.run();
        assert!(row_is_whole(&harness), "the same where the text was gone to by itself");
    }
}

fn key(harness: &mut Harness<'_, Window>, pressed: bool, modifiers: Modifiers) {
    let key = Key::Period;
    let physical_key = None;
    harness.event(egui::Event::Key { key, physical_key, pressed, repeat: false, modifiers });
}

#[test]
fn a_shortcut_that_is_held_down_takes_one_suggestion_and_types_nothing() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, HARD, "Ask Mrs Onslow, Mrs Fenwick and Mrs Hale");
    pause(&world, &mut harness);
    for _ in 0..3 {
        key(&mut harness, true, Modifiers::COMMAND);
        harness.run();
        harness.run();
    }
    // Ctrl is let go first: the key goes on, as a full stop.
    for _ in 0..3 {
        key(&mut harness, true, Modifiers::NONE);
        harness.event(egui::Event::Text(".".to_owned()));
        harness.run();
    }
    let after = text_of(session(&harness), "hard");
    assert_eq!(after.matches("Mrs").count(), 2, "{after}");
    assert!(!after.contains('.'), "{after}");
    key(&mut harness, false, Modifiers::NONE);
    key(&mut harness, true, Modifiers::NONE);
    harness.event(egui::Event::Text(".".to_owned()));
    key(&mut harness, false, Modifiers::NONE);
    harness.run();
    assert_eq!(text_of(session(&harness), "hard").matches('.').count(), 1, "then it is typed");
}

#[test]
fn keeping_what_surely_points_to_someone_takes_a_reason_and_is_remembered() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, PROUD, "Rang 07700 900123 herself.");
    pause(&world, &mut harness);
    press(&mut harness, "Keep…");
    press(&mut harness, "Keep with this reason");
    assert!(says(&harness, "Say in a few words why it stays"));
    harness.get_by_label("Why it stays").focus();
    harness.run();
    harness.get_by_label("Why it stays").type_text("The number of the ward, not of a person");
    harness.run();
    press(&mut harness, "Keep with this reason");
    let [Kept { kind, text, reason }] = session(&harness).kept.as_slice() else { panic!() };
    assert_eq!((kind.as_str(), text.as_str()), ("phone", "07700 900123"));
    assert_eq!(reason, "The number of the ward, not of a person");
    pause(&world, &mut harness);
    assert!(harness.query_by_label("Keep…").is_none(), "it is not said again");
    assert!(says(&harness, "No obvious identifiers found"));
}

#[test]
fn a_word_becomes_ones_own_and_can_be_taken_out_again() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, PROUD, "She kept a zorblequip for the team.");
    pause(&world, &mut harness);
    press(&mut harness, "Add to my words");
    pause(&world, &mut harness);
    assert!(harness.query_by_label("Add to my words").is_none());
    let own = |harness: &Harness<'_, Window>| {
        harness.state().app().state.open().unwrap().journal.settings().own_words
    };
    assert_eq!(own(&harness), ["zorblequip"]);
    harness.state_mut().app_mut().act(vec![Action::Go(Screen::Settings)]);
    harness.run();
    harness.get_by_label("Words").click();
    harness.run();
    picture(&mut harness, "settings_words");
    press(&mut harness, "Take out zorblequip");
    assert!(own(&harness).is_empty());
    harness.get_by_label("A word to add").focus();
    harness.run();
    harness.get_by_label("A word to add").type_text("Oyelaran");
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(own(&harness), ["Oyelaran"]);
}

#[test]
fn a_spelling_slip_is_put_right_by_the_row() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, PROUD, "She will recieve the rota on Monday.");
    pause(&world, &mut harness);
    press(&mut harness, "Replace");
    assert_eq!(text_of(session(&harness), "proud"), "She will receive the rota on Monday.");
}

#[test]
fn switching_spelling_off_leaves_identifiers_marked() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    let off = cairn::app::action::RecordAction::CheckSpelling(false);
    harness.state_mut().app_mut().act(vec![Action::Record(off)]);
    write(&mut harness, PROUD, "She will recieve it. Ring 07700 900123.");
    pause(&world, &mut harness);
    assert!(harness.query_by_label("Add to my words").is_none());
    assert!(harness.query_by_label("Keep…").is_some());
}

#[test]
fn people_of_the_caseload_are_known() {
    let world = World::demo();
    let mut harness = window(&world, reflecting(&world, "reflection-medium"));
    write(&mut harness, "Private to me. What?", "I thought of larkspur all week.");
    pause(&world, &mut harness);
    assert!(says(&harness, "to check") || says(&harness, "may point"));
}

#[test]
fn a_lock_forgets_what_was_found() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, HARD, BED);
    pause(&world, &mut harness);
    harness.state_mut().app_mut().act(vec![Action::Lock]);
    let inputs = &mut harness.state_mut().app_mut().inputs;
    let spot = EditorSpot::Prompt("hard".to_owned());
    assert!(inputs.writing.found(&spot, BED).is_empty());
    harness.run();
    unlock(&mut harness);
    pause(&world, &mut harness);
    assert!(harness.query_by_label("Keep…").is_some(), "and it is found again");
}

#[test]
fn text_of_any_script_is_written_and_checked() {
    let world = World::demo();
    let app = begun(&world, "mid-point-review");
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    for words in [
        "👩🏽‍⚕️ Ring 07700 900123 👍🏿",
        "عائشة بنت خالد 07700 900123",
        "آمنہ خان نے کہا 07700 900123",
        "प्रिया शर्मा 07700 900123",
        "கார்த்திகா 07700 900123",
        "王小明 07700 900123",
        "Zo\u{308}e\u{301}\u{ad} ring\u{200b} 07700 900123",
    ] {
        let draft = harness.state_mut().app_mut().inputs.draft.as_mut().unwrap();
        crate::support::talk::set(&mut draft.session, "hard", words);
        draft.touched = true;
        harness.state_mut().app_mut().tick(true);
        world.pass(SignedDuration::from_millis(750));
        harness.state_mut().app_mut().tick(false);
        let writing = &mut harness.state_mut().app_mut().inputs.writing;
        let spot = EditorSpot::Prompt("hard".to_owned());
        let found = writing.found(&spot, words);
        assert!(found.iter().any(|f| f.text == "07700 900123"), "{words}: {found:?}");
        for finding in found {
            assert_eq!(&words[finding.bytes.clone()], finding.text);
        }
    }
}

#[test]
fn a_paste_over_the_limit_keeps_what_stood_there_and_says_so() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, HARD, "First. ");
    harness.event(egui::Event::Paste("ward round é\n".repeat(60_000)));
    harness.run();
    let Some(Answer::Text(words)) = crate::support::talk::answer_of(&harness, "hard") else {
        panic!()
    };
    assert!(words.starts_with("First. ward round"));
    let written = cairn::model::text::json_len(&words);
    assert!(written <= 700_000 && written > 690_000, "{written}");
    assert!(says(&harness, "This record is full"));
    harness.state_mut().app_mut().act(vec![Action::Go(Screen::Today)]);
    let saved = &harness.state().app().state.open().unwrap().saved;
    assert!(matches!(saved, cairn::app::state::Saved::At(_)), "it is kept: {saved:?}");
}

/// A place to check in the text in use and in another.
fn drawn(look: Look, size: [f32; 2], zoom: u16, name: &str) {
    let world = World::demo();
    let mut app = begun(&world, "mid-point-review");
    app.state.look.zoom = zoom;
    let mut harness = world.window_of(app, look, size);
    harness.run();
    write(&mut harness, PROUD, "She is a pleasure to work with. Ask Mrs Onslow.");
    write(&mut harness, HARD, BED);
    pause(&world, &mut harness);
    picture(&mut harness, name);
}

#[test]
fn a_hint_looks_as_drawn_in_light() {
    drawn(Look::Light, DESK, 100, "writing_hint_light");
}

#[test]
fn a_hint_looks_as_drawn_in_dark() {
    drawn(Look::Dark, DESK, 100, "writing_hint_dark");
}

#[test]
fn a_hint_fits_a_small_window() {
    drawn(Look::Light, [1024.0, 640.0], 150, "writing_hint_narrow");
}

#[test]
fn a_spelling_hint_looks_as_drawn() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    write(&mut harness, PROUD, "She will recieve the rota on Monday.");
    pause(&world, &mut harness);
    picture(&mut harness, "writing_spelling");
}

#[test]
fn a_wording_hint_looks_as_drawn() {
    let world = World::demo();
    let mut harness = window(&world, reflecting(&world, "reflection-medium"));
    write(&mut harness, "Private to me. What?", "He is arrogant. He was a pleasure to work with.");
    pause(&world, &mut harness);
    picture(&mut harness, "writing_wording");
}
