//! What a conversation holds round its prompts, by label and by keyboard.

use cairn::model::{Answer, Evidence};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;

use crate::support::talk::{answer_of, begun, draft, go_to, keys, press, unlock, window};
use crate::support::world::World;

#[test]
fn a_day_is_typed_as_it_is_said_and_what_was_understood_is_shown() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "before-arcp"));
    go_to(&mut harness, "deadline");
    let label = "Shared. By which day must it all be signed?";
    harness.get_by_label(label).type_text("in 6 weeks");
    harness.run();
    assert!(harness.query_by_label("Tuesday 5 January 2027").is_some());
    assert_eq!(answer_of(&harness, "deadline"), Some(Answer::Date(date(2027, 1, 5))));
    keys(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert_eq!(harness.get_by_label(label).value().as_deref(), Some("5 January 2027"));
}

#[test]
fn where_people_mean_different_days_the_other_one_is_offered() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "task-coaching"));
    press(&mut harness, "Add an action");
    harness.get_by_label("What will be done").type_text("Write to the day hospital");
    harness.get_by_label("By when").focus();
    harness.run();
    harness.get_by_label("By when").type_text("next Friday");
    harness.run();
    assert!(harness.query_by_label("Friday 4 December 2026").is_some());
    let due = |harness: &_| draft(harness).actions.values().next().unwrap().due;
    assert_eq!(due(&harness), Some(date(2026, 12, 4)));
    keys(&mut harness, Modifiers::NONE, Key::Tab);
    press(&mut harness, "Or Friday 27 November 2026");
    assert_eq!(due(&harness), Some(date(2026, 11, 27)));
    assert_eq!(harness.get_by_label("By when").value().as_deref(), Some("27 November 2026"));
}

#[test]
fn words_that_are_no_day_outlive_a_lock() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "task-coaching"));
    press(&mut harness, "Add an action");
    harness.get_by_label("What will be done").type_text("Write to the day hospital");
    harness.get_by_label("By when").focus();
    harness.run();
    harness.get_by_label("By when").type_text("after the rota");
    harness.run();
    keys(&mut harness, Modifiers::COMMAND, Key::L);
    unlock(&mut harness);
    assert!(harness.query_by_label("Date not clear").is_some());
    press(&mut harness, "Open: Write to the day hospital");
    assert_eq!(harness.get_by_label("By when").value().as_deref(), Some("after the rota"));
    let wrong =
        "Cairn cannot read this as a date. Type it like 6 August 2026, Friday or in 6 weeks";
    assert!(harness.query_by_label(wrong).is_some());
}

#[test]
fn evidence_is_of_a_day_that_has_been() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "end-of-placement"));
    go_to(&mut harness, "evidence");
    harness.get_by_label("Its date").focus();
    harness.run();
    harness.get_by_label("Its date").type_text("Friday");
    harness.run();
    let Some(Answer::Evidence(list)) = answer_of(&harness, "evidence") else { panic!() };
    assert_eq!(list, [Evidence { date: Some(date(2026, 11, 20)), ..Evidence::default() }]);
}
