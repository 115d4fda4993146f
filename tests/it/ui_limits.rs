//! How much one record holds: what would not fit into its file is never taken into the window.

use cairn::app::inputs::PersonTab;
use cairn::app::state::Saved;
use cairn::app::{Action, Screen};
use cairn::model::text::{json_len, json_len_of};
use cairn::model::{Action as Agreed, Evidence};
use egui::Event;
use egui_kittest::kittest::Queryable as _;

use crate::support::talk::{HARD, begun, press, session, text_of, window, write};
use crate::support::window::{DESK, Look};
use crate::support::world::World;
use crate::ui_door::says;
use crate::ui_person_about::{amina, enter};

#[test]
fn letters_are_counted_as_json_writes_them() {
    for letter in ('\0'..='\u{300}').chain(['\u{2028}', '\u{fffd}', '王', '🙂']) {
        let written = json_len(letter.encode_utf8(&mut [0; 4]));
        assert_eq!(json_len_of(letter) + 2, written, "{letter:?}");
    }
}

#[test]
fn a_paste_of_signs_that_take_twice_their_room_is_cut_so_that_it_can_be_saved() {
    let world = World::demo();
    let mut app = begun(&world, "mid-point-review");
    let draft = app.inputs.draft.as_mut().unwrap();
    // What else the record holds takes its room too.
    let now = world.now();
    let long = || "w".repeat(100_000);
    let evidence = Evidence { what: long(), ..Evidence::default() };
    draft.session.sections[0].items[2].answer =
        Some(cairn::model::Answer::Evidence(vec![evidence]));
    let action: Agreed = serde_json::from_value(serde_json::json!({
        "text": long(), "owner": "me", "made": now.date(), "state": "open",
        "layer": "shared",
    }))
    .unwrap();
    let id = app.state.fresh.id(now.timestamp());
    draft.actions.insert(id, action);
    let mut harness = window(&world, app);
    write(&mut harness, HARD, "Mine. ");
    harness.event(Event::Paste("\"\\\n\t".repeat(500_000)));
    harness.run();
    let kept = text_of(session(&harness), "hard");
    assert!(kept.starts_with("Mine. \"\\"), "nothing before it is lost");
    let written = json_len(&kept);
    assert!(written > 490_000 && written < 500_000, "{written}");
    assert!(says(&harness, "This record is full"));
    harness.state_mut().app_mut().act(vec![Action::Go(Screen::Today)]);
    let saved = &harness.state().app().state.open().unwrap().saved;
    assert!(matches!(saved, Saved::At(_)), "it is kept: {saved:?}");
}

#[test]
fn what_is_known_of_a_person_takes_no_more_than_its_record_holds() {
    let world = World::demo();
    let (mut harness, id) = amina(&world, PersonTab::About, Look::Light, DESK);
    enter(&mut harness, "Change what to know about Amina");
    harness.get_by_role(egui::Role::MultilineTextInput).focus();
    harness.run();
    harness.event(Event::Paste("\"ward\"\n".repeat(200_000)));
    harness.run();
    assert!(says(&harness, "No more fits"));
    press(&mut harness, "Save");
    let open = harness.state().app().state.open().unwrap();
    assert!(matches!(open.saved, Saved::At(_)), "it is kept: {:?}", open.saved);
    let person = open.journal.person(id).unwrap();
    assert!((690_000..=700_000).contains(&json_len(person)), "{}", json_len(person));
}
