//! The ARCP summary on screen: what is shown is what leaves, and nothing leaves quietly.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use cairn::app::action::{DoorAction, SummaryAction};
use cairn::app::{Action, App};
use cairn::export::Format;
use cairn::model::text::fields;
use cairn::model::{Id, Journal, Layer};
use cairn::platform::Chosen;
use cairn::ui::Window;
use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};

const AMINA: &str = "Dr Amina Larkspur";

type Screen = Harness<'static, Window>;

fn unlock(mut app: App) -> App {
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    app
}

fn journal(app: &App) -> &Journal {
    &app.state.open().unwrap().journal
}

fn id_of(app: &App, name: &str) -> Id {
    journal(app).find_people(name)[0].0
}

/// The program with the summary of a person of the demonstration shown.
fn showing(world: &World, name: &str) -> App {
    let mut app = unlock(world.app());
    let id = id_of(&app, name);
    app.act(vec![Action::Summary(SummaryAction::Person(id))]);
    app
}

fn screen(world: &World, app: App) -> Screen {
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    harness
}

/// The summary of Amina as a text file is about to be written to `path`.
fn ready(world: &World, path: &Path) -> Screen {
    let mut app = showing(world, AMINA);
    app.act(vec![Action::Summary(SummaryAction::Format(Format::Text))]);
    app.inputs.summary.path = path.display().to_string();
    app.inputs.summary.without_evidence = true;
    screen(world, app)
}

fn press(harness: &mut Screen, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run();
}

fn page(app: &App) -> &cairn::app::state::SummaryPage {
    app.state.open().unwrap().summary.as_ref().unwrap().page.as_ref().unwrap()
}

/// Every private word of the record that is long enough to tell.
fn private_texts(journal: &Journal) -> Vec<String> {
    let mut texts = BTreeSet::new();
    for (_, body) in journal.all() {
        let held = fields(&body);
        texts.extend(held.into_iter().filter(|f| f.layer == Layer::Private).map(|f| f.text));
    }
    texts.into_iter().filter(|text| text.len() > 12).collect()
}

#[test]
fn the_list_leads_to_the_summary_of_a_person() {
    let world = World::demo();
    let mut harness = world.unlocked(Look::Light);
    harness.run();
    press(&mut harness, "ARCP summaries");
    harness.get_by_role_and_label(Role::Heading, "ARCP summaries");
    let row = harness.get_by(|node| {
        node.role() == Role::Button
            && node.label().is_some_and(|name| name.starts_with(AMINA) && name.contains("weeks"))
    });
    row.click();
    harness.run();
    harness.get_by_role_and_label(Role::Heading, "What leaves this machine");
    harness.get_by_role_and_label(Role::Heading, "Supervisor’s summary for ARCP");
}

#[test]
fn the_counts_are_those_of_the_file_and_nothing_private_is_in_it() {
    let world = World::demo();
    let path = world.file("summary.txt");
    let mut harness = ready(&world, &path);
    harness.get_by_label("Private to me: cannot be sent");
    let app = harness.state().app();
    let leaves = page(app).leaves.clone();
    let lines: Vec<String> = leaves.lines().map(|line| line.text.clone()).collect();
    let private = private_texts(journal(app));
    assert!(lines.len() > 2, "the demonstration offers lines");
    assert!(private.len() > 10, "the demonstration has private notes");
    harness.get_by_label(&leaves.counts.lines.to_string());
    let stay = format!("Shared: {} lines stay here", leaves.counts.shared);
    harness.get_by_label(&stay);

    press(&mut harness, "Save plain text");
    let text = fs::read_to_string(&path).unwrap();
    for line in lines.iter().flat_map(|line| line.lines()) {
        assert!(text.contains(line), "the file lacks: {line}");
    }
    for note in &private {
        assert!(!text.contains(note.as_str()), "the file holds a private note");
    }
}

#[test]
fn a_saved_file_has_a_receipt_on_the_timeline() {
    let world = World::demo();
    let path = world.file("summary.txt");
    let mut harness = ready(&world, &path);
    harness.get_by_label("To whom").focus();
    harness.run();
    harness.get_by_label("To whom").type_text("Panel office");
    harness.run();
    press(&mut harness, "Save plain text");
    let app = harness.state().app();
    let (id, receipt) = journal(app).receipts()[0];
    assert_eq!(receipt.to, "Panel office");
    assert_eq!(receipt.file, "summary.txt");
    assert_eq!(receipt.lines as usize, page(app).leaves.counts.lines);
    let amina = id_of(app, AMINA);
    let on_timeline = journal(app).timeline(amina).iter().any(
        |(_, event)| matches!(event, cairn::model::journal::Event::Receipt(held, _) if *held == id),
    );
    assert!(on_timeline);
    let digits = receipt.sha256[..12].to_owned();
    harness.get_by_label_contains(&digits);
    harness.get_by_label_contains("Receipt kept");
}

#[test]
fn a_day_left_out_is_not_in_the_file() {
    let world = World::demo();
    let path = world.file("summary.txt");
    let mut harness = ready(&world, &path);
    let days = |harness: &Screen| page(harness.state().app()).leaves.facts.meetings.clone();
    let all = days(&harness);
    let day = cairn::model::text::long_date(all[0]);
    press(&mut harness, &format!("Leave out: we met on {day}"));
    assert_eq!(days(&harness), all[1..]);
    press(&mut harness, "Save plain text");
    let written = fs::read_to_string(&path).unwrap();
    let met = written.lines().find(|line| line.contains("We met on")).unwrap();
    assert!(!met.replace('\u{a0}', " ").contains(&day), "{met}");
    press(&mut harness, &format!("Put back: we met on {day}"));
    assert_eq!(days(&harness), all);
}

#[test]
fn a_line_left_out_is_not_in_the_file() {
    let world = World::demo();
    let path = world.file("summary.txt");
    let mut harness = ready(&world, &path);
    let text = page(harness.state().app()).leaves.lines().next().unwrap().text.clone();
    let before = page(harness.state().app()).leaves.counts.lines;
    press(&mut harness, &format!("Leave out: {text}"));
    assert_eq!(page(harness.state().app()).leaves.counts.lines, before - 1);
    harness.get_by_label_contains("1 line left out by you.");
    harness.get_by_role_and_label(Role::Button, &format!("Put back: {text}"));
    press(&mut harness, "Save plain text");
    assert!(!fs::read_to_string(&path).unwrap().contains(&text));

    press(&mut harness, &format!("Put back: {text}"));
    press(&mut harness, "Save plain text");
    assert!(fs::read_to_string(&path).unwrap().contains(&text), "its own file may be replaced");
}

#[test]
fn a_line_without_evidence_is_settled_before_it_leaves() {
    let world = World::demo();
    let path = world.file("summary.txt");
    let mut harness = ready(&world, &path);
    let open = page(harness.state().app()).without_evidence().len();
    assert!(open > 0, "the demonstration has a line without evidence");
    press(&mut harness, "Ask me again");
    let held = match open {
        1 => "Settle 1 line to save".to_owned(),
        n => format!("Settle {n} lines to save"),
    };
    press(&mut harness, &held);
    assert!(!path.exists());
    let focused = harness.get_by(|node| node.is_focused());
    let name = focused.accesskit_node().label().unwrap();
    assert!(name.starts_with("Open the session of"), "the line has the keyboard: {name}");

    press(&mut harness, "Send without evidence");
    press(&mut harness, "Save plain text");
    assert!(fs::read_to_string(&path).unwrap().contains("No evidence linked"));
}

#[test]
fn what_is_not_settled_does_not_leave_without_the_window_either() {
    let world = World::demo();
    let path = world.file("summary.pdf");
    let mut app = showing(&world, AMINA);
    app.inputs.summary.path = path.display().to_string();
    app.act(vec![Action::Summary(SummaryAction::Save)]);
    assert!(!path.exists());
    assert!(journal(&app).receipts().is_empty());
}

#[test]
fn a_record_that_is_only_read_shows_the_page_and_says_why_no_more() {
    let world = World::demo();
    let writing = unlock(world.app());
    let harness = screen(&world, showing(&world, AMINA));
    harness.get_by_role_and_label(Role::Heading, "Supervisor’s summary for ARCP");
    harness.get_by_label_contains("It cannot be saved now");
    assert!(harness.query_by_label_contains("Save PDF").is_none());
    assert!(harness.query_by_label_contains("to save").is_none());
    drop(writing);
}

#[test]
fn a_place_that_cannot_be_written_changes_nothing() {
    let world = World::demo();
    let there = world.file("there.txt");
    fs::write(&there, "mine").unwrap();
    let folder = world.file("folder");
    fs::create_dir(&folder).unwrap();
    let missing = world.file("missing").join("summary.txt");
    for (path, says) in [
        (&missing, "that folder is not there"),
        (&folder, "that is a folder, not the name of a file"),
        (&there, "There is a file with this name already."),
    ] {
        let mut harness = ready(&world, path);
        press(&mut harness, "Save plain text");
        harness.get_by_label_contains(says);
        harness.get_by_label_contains("othing left this machine");
        assert!(journal(harness.state().app()).receipts().is_empty(), "{says}");
    }
    assert_eq!(fs::read_to_string(&there).unwrap(), "mine");
    assert!(fs::read_dir(&folder).unwrap().next().is_none());
    assert!(!missing.exists());
}

#[test]
fn a_period_that_cannot_be_read_is_told_and_holds_the_file_back() {
    let world = World::demo();
    let path = world.file("summary.txt");
    let mut app = showing(&world, AMINA);
    app.inputs.summary.path = path.display().to_string();
    app.inputs.summary.without_evidence = true;
    app.inputs.summary.from = "31 June 2026".to_owned();
    let mut harness = screen(&world, app);
    harness.get_by_label("There is no 31 June. Did you mean 30 June?");
    press(&mut harness, "Check the period to save");
    assert!(!path.exists());
    assert!(harness.get_by_label("From").is_focused());
}

#[test]
fn a_period_that_ends_before_it_begins_is_told() {
    let world = World::demo();
    let mut app = showing(&world, AMINA);
    app.inputs.summary.to = "1 January 2020".to_owned();
    let harness = screen(&world, app);
    harness.get_by_label_contains("The period ends before it begins.");
}

#[test]
fn a_shorter_period_is_shown_at_once() {
    let world = World::demo();
    let mut harness = screen(&world, showing(&world, AMINA));
    harness.get_by_label("From").focus();
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.get_by_label("From").type_text("24 November 2026");
    harness.run();
    harness.key_press(egui::Key::Tab);
    harness.run();
    let period = page(harness.state().app()).leaves.facts.period;
    assert_eq!(period.from, jiff::civil::date(2026, 11, 24));
}

#[test]
fn a_pdf_is_a_pdf() {
    let world = World::demo();
    let path = world.file("summary.pdf");
    let mut app = showing(&world, AMINA);
    app.inputs.summary.path = path.display().to_string();
    app.inputs.summary.without_evidence = true;
    let mut harness = screen(&world, app);
    press(&mut harness, "Save PDF");
    assert!(fs::read(&path).unwrap().starts_with(b"%PDF"));
}

#[test]
fn another_kind_of_file_changes_the_ending_of_its_name() {
    let world = World::demo();
    let mut harness = screen(&world, showing(&world, AMINA));
    press(&mut harness, "Kind of file: PDF");
    harness.get_by_role_and_label(Role::MenuItem, "Markdown").click();
    harness.run();
    let path = harness.state().app().inputs.summary.path.clone();
    assert!(path.ends_with("ARCP summary 2026-11-24.md"), "{path}");
    harness.get_by_label_contains("Markdown, not encrypted.");
}

#[test]
fn the_dialog_gives_the_file_and_may_replace_what_it_asked_about() {
    let world = World::demo();
    let path = world.file("chosen.txt");
    fs::write(&path, "old").unwrap();
    let answer = Chosen { path: path.clone(), was_there: true };
    let desk = world.desk().asking(Arc::new(move |_, _| Some(answer.clone())));
    let mut app = unlock(world.app_with(desk));
    let id = id_of(&app, AMINA);
    app.act(vec![
        Action::Summary(SummaryAction::Person(id)),
        Action::Summary(SummaryAction::Format(Format::Text)),
    ]);
    app.inputs.summary.without_evidence = true;
    let mut harness = screen(&world, app);
    // It lies below what can be seen; a screen reader presses it there.
    harness.get_by_label("Choose where to save the file").click_accesskit();
    harness.run();
    assert_eq!(harness.state().app().inputs.summary.path, path.display().to_string());
    press(&mut harness, "Save plain text");
    assert!(fs::read_to_string(&path).unwrap().contains(AMINA));
}

#[test]
fn a_heading_brings_its_part_of_the_page() {
    let world = World::demo();
    let mut harness = screen(&world, showing(&world, AMINA));
    let place =
        |harness: &Screen| harness.get_by_role_and_label(Role::Heading, "Actions").rect().top();
    let before = place(&harness);
    harness
        .get_by(|node| {
            node.role() == Role::Button && node.label().is_some_and(|n| n.starts_with("Actions, "))
        })
        .click();
    harness.run();
    assert!(place(&harness) < before);
}

#[test]
fn a_line_opens_its_session() {
    let world = World::demo();
    let mut harness = screen(&world, showing(&world, AMINA));
    harness
        .get_all_by(|node| {
            node.role() == Role::Button
                && node.label().is_some_and(|name| name.starts_with("Open the session of"))
        })
        .next()
        .unwrap()
        .click();
    harness.run();
    let screen = &harness.state().app().state.open().unwrap().screen;
    assert!(matches!(screen, cairn::app::Screen::Session(_)));
}

/// The summary with a folder of documents that is the same on every computer.
fn for_picture(world: &World) -> App {
    let mut app = unlock(world.app());
    app.inputs.documents = "/home/rowan/Documents".into();
    let id = id_of(&app, AMINA);
    app.act(vec![Action::Summary(SummaryAction::Person(id))]);
    app
}

fn summary_in(look: Look) {
    let world = World::demo();
    let mut harness = world.window_of(for_picture(&world), look, DESK);
    harness.run();
    picture(&mut harness, &format!("summary_{}", look.name()));
}

#[test]
fn the_summary_looks_as_drawn_in_light() {
    summary_in(Look::Light);
}

#[test]
fn the_summary_looks_as_drawn_in_dark() {
    summary_in(Look::Dark);
}

#[test]
fn the_list_of_summaries_looks_as_drawn() {
    let world = World::demo();
    let mut app = unlock(world.app());
    app.act(vec![Action::Go(cairn::app::Screen::Summary(None))]);
    let mut harness = screen(&world, app);
    picture(&mut harness, "summaries_light");
}

#[test]
fn an_error_and_a_line_left_out_look_as_drawn() {
    let world = World::demo();
    let mut app = for_picture(&world);
    let line = page(&app).whole.lines().nth(1).unwrap().id;
    app.act(vec![Action::Summary(SummaryAction::LeaveOut(line, true))]);
    app.inputs.summary.path = "/nowhere/at/all/summary.pdf".to_owned();
    app.inputs.summary.without_evidence = true;
    app.act(vec![Action::Summary(SummaryAction::Save)]);
    let mut harness = screen(&world, app);
    picture(&mut harness, "summary_not_written");
}

#[test]
fn in_a_window_of_middle_width_what_leaves_is_a_drawer() {
    let world = World::demo();
    let mut harness = world.window_of(for_picture(&world), Look::Light, [900.0, 700.0]);
    harness.run();
    press(&mut harness, "What leaves");
    picture(&mut harness, "summary_drawer");
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(harness.query_by_label("What leaves this machine").is_none());
    assert!(harness.get_by_label("What leaves").is_focused());
}

#[test]
fn in_a_narrow_window_all_stands_below_each_other() {
    let world = World::demo();
    let mut harness = world.window_of(for_picture(&world), Look::Light, [600.0, 800.0]);
    harness.run();
    picture(&mut harness, "summary_narrow");
    harness.get_by_label("What leaves this machine");
    harness.get_by_label("Settle 1 line to save");
}

#[test]
fn without_lines_it_says_where_they_come_from() {
    let world = World::demo();
    let mut app = for_picture(&world);
    let day = jiff::civil::date(2019, 1, 1);
    app.act(vec![Action::Summary(SummaryAction::Period(day, day))]);
    app.inputs.summary.from = "1 January 2019".to_owned();
    app.inputs.summary.to = "1 January 2019".to_owned();
    let mut harness = screen(&world, app);
    harness.get_by_label_contains("In a session, choose Offer to ARCP.");
    press(&mut harness, "Offer a line to save");
    assert!(harness.get_by_label("Open Amina’s page").is_focused());
    picture(&mut harness, "summary_empty");
}
