//! What the check of the summary offers takes the place of words that point to somebody.

use cairn::app::Action;
use cairn::app::action::SummaryAction;
use cairn::export::Format;
use cairn::model::ArcpLine;
use cairn::model::session::ArcpHeading;
use egui::Role;
use egui_kittest::kittest::Queryable as _;

use crate::support::window::picture;
use crate::support::world::World;
use crate::ui_boxes::{POINTS, drawn, lines, offer, page, pointing, press, summary};

#[test]
fn what_the_check_offers_takes_the_place_of_words_that_point_to_a_patient() {
    const WARD: &str = "Managed a deteriorating patient, NHS 943 476 5919, with good escalation.";
    let world = World::demo();
    let path = world.file("summary.txt");
    let mut app = summary(&world);
    offer(&mut app, vec![pointing("Calm on nights, and asked for by name."), pointing(WARD)]);
    let line = page(&app).blocked()[0].0;
    // It was moved to the front, and stays there under its new words.
    app.act(vec![Action::Summary(SummaryAction::Move(line, 0))]);
    app.act(vec![Action::Summary(SummaryAction::Format(Format::Text))]);
    app.inputs.summary.path = path.display().to_string();
    app.inputs.summary.without_evidence = true;
    let mut harness = drawn(&world, app);
    harness.get_by_label_contains("1 place may point to someone.");
    picture(&mut harness, "summary_replace");
    let offered = harness.get_by(|node| {
        node.role() == Role::Button && node.label().is_some_and(|it| it.starts_with("Use “"))
    });
    offered.click_accesskit();
    harness.run();
    assert!(harness.query_by_label_contains("may point to someone").is_none());
    harness.get_by_label_contains("It is to be agreed again");
    let strengths = lines(harness.state().app(), ArcpHeading::Strengths);
    assert!(strengths[0].starts_with("Managed a deteriorating patient"), "{strengths:?}");
    assert!(!strengths[0].contains("943"), "{strengths:?}");
    let sections = &page(harness.state().app()).leaves.sections;
    let changed = sections.iter().flat_map(|it| &it.lines).find(|it| it.text == strengths[0]);
    assert!(!changed.unwrap().agreed, "they agreed to what it said before");
    press(&mut harness, "Undo");
    harness.get_by_label_contains("1 place may point to someone.");
    assert!(!path.exists());
    assert!(lines(harness.state().app(), ArcpHeading::Strengths)[0] == WARD);
}

#[test]
fn the_doctors_own_words_are_offered_no_other_words() {
    let world = World::demo();
    let mut app = summary(&world);
    let own = ArcpLine { heading: ArcpHeading::DoctorsWords, ..pointing(POINTS) };
    offer(&mut app, vec![own]);
    let harness = drawn(&world, app);
    harness.get_by_label_contains("1 place may point to someone.");
    assert!(harness.query_by_label_contains("Use “").is_none());
}
