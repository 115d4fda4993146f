//! Evidence, capabilities and people, as they are entered in a session.

use cairn::app::App;
use cairn::model::Answer;
use cairn::ui::Window;
use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;

use crate::support::talk::{answer_of, begun, go_to, press, reflecting, session, window};
use crate::support::window::picture;
use crate::support::world::World;

/// Evidence of a support plan under way: one piece is entered.
fn with_evidence(world: &World) -> Harness<'static, Window> {
    let mut harness = window(world, begun(world, "support-plan-review"));
    go_to(&mut harness, "evidence");
    for (label, words) in
        [("What shows it", "CBD"), ("Its date", "3 November 2026"), ("Where it is", "Portfolio")]
    {
        harness.get_by_label(label).focus();
        harness.run();
        harness.get_by_label(label).type_text(words);
        harness.run();
    }
    harness
}

#[test]
fn evidence_is_entered_with_its_kind_its_date_and_its_place() {
    let world = World::demo();
    let mut harness = with_evidence(&world);
    let Some(Answer::Evidence(list)) = answer_of(&harness, "evidence") else {
        panic!("{:?}", answer_of(&harness, "evidence"))
    };
    let first = &list[0];
    assert_eq!((first.what.as_str(), first.place.as_str()), ("CBD", "Portfolio"));
    assert_eq!((first.date, list.len()), (Some(date(2026, 11, 3)), 1));
    press(&mut harness, "Add evidence");
    assert_eq!(harness.get_all_by_label("What shows it").count(), 2);
    for name in ["Evidence 1 CBD", "Evidence 2"] {
        let row = harness.get_by_role_and_label(Role::Group, name);
        row.get_by_label("What shows it");
        row.get_by_label("Remove this evidence");
    }
    picture(&mut harness, "session_evidence");
    press(&mut harness, "Offer to ARCP");
    let line = session(&harness).arcp.last().unwrap().clone();
    assert_eq!((line.text.as_str(), line.evidence[0].what.as_str()), ("", "CBD"));
    assert_eq!(line.from.as_deref(), Some("evidence"), "the judgement is still to be written");
}

#[test]
fn evidence_that_is_taken_out_again_leaves_no_answer() {
    let world = World::demo();
    let mut harness = with_evidence(&world);
    press(&mut harness, "Remove this evidence");
    assert_eq!(answer_of(&harness, "evidence"), None);
    let typed = harness.get_by_role_and_label(Role::TextInput, "Its date").value();
    assert_eq!(typed.unwrap_or_default(), "", "what was typed goes with it");
}

#[test]
fn a_capability_is_chosen_from_its_list_and_rated() {
    let world = World::demo();
    let mut harness = window(&world, reflecting(&world, "fairness-log"));
    go_to(&mut harness, "area");
    harness.get_by_role_and_label(Role::ComboBox, "Capability").click_accesskit();
    harness.run();
    let titles = area_titles(harness.state().app());
    harness.get_by_role_and_label(Role::MenuItem, &titles[1]).click_accesskit();
    harness.run();
    let rating = harness.get_by_role_and_label(Role::RadioGroup, "Rating");
    rating.get_by_role_and_label(Role::RadioButton, "4").click_accesskit();
    harness.run();
    harness.get_by_label("In words").focus();
    harness.run();
    harness.get_by_label("In words").type_text("Ran the induction");
    harness.run();
    let Some(Answer::Capability(list)) = answer_of(&harness, "area") else {
        panic!("{:?}", answer_of(&harness, "area"))
    };
    assert_eq!(list[0].title, titles[1]);
    assert_eq!((list[0].rating, list[0].words.as_str()), (Some(4), "Ran the induction"));
    assert!(!list[0].code.is_empty());
    let row = format!("Capability 1 {}", titles[1]);
    harness.get_by_role_and_label(Role::Group, &row).get_by_label("Rating");
    picture(&mut harness, "session_capability");
}

fn area_titles(app: &App) -> Vec<String> {
    let list = app.state.library.list("aome").unwrap();
    list.items.iter().map(|item| item.title.clone()).collect()
}

#[test]
fn a_person_is_named() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "career-do-it"));
    let label = "Shared. Who will speak for your work?";
    go_to(&mut harness, "referees");
    assert!(harness.get_by_label(label).is_focused());
    harness.get_by_label(label).type_text("Dr Fern Hollow");
    harness.run();
    let named = Answer::Person("Dr Fern Hollow".to_owned());
    assert_eq!(answer_of(&harness, "referees"), Some(named));
}
