//! The order of a summary, what is settled first, and the boxes to paste.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use cairn::app::action::{DoorAction, SummaryAction};
use cairn::app::state::{Phase, SummaryPage};
use cairn::app::{Action, App, Screen as Place};
use cairn::export::{Format, LineId};
use cairn::model::session::ArcpHeading;
use cairn::model::{ArcpLine, Body, Evidence, Id, Journal, Person};
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;

use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};

const AMINA: &str = "Dr Amina Larkspur";
const SMALL: [f32; 2] = [1024.0, 640.0];

pub type Screen = Harness<'static, Window>;

fn unlock(mut app: App) -> App {
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    app
}

fn journal(app: &App) -> &Journal {
    &app.state.open().unwrap().journal
}

fn amina(app: &App) -> Id {
    journal(app).find_people(AMINA)[0].0
}

pub fn page(app: &App) -> &SummaryPage {
    app.state.open().unwrap().summary.as_ref().unwrap().page.as_ref().unwrap()
}

/// The program with Amina’s summary shown.
pub fn summary(world: &World) -> App {
    let mut app = unlock(world.app());
    app.inputs.documents = "/home/rowan/Documents".into();
    let id = amina(&app);
    app.act(vec![Action::Summary(SummaryAction::Person(id))]);
    app
}

/// The same with the boxes shown.
fn boxes(world: &World) -> App {
    let mut app = summary(world);
    let id = amina(&app);
    app.act(vec![Action::Go(Place::Boxes(id))]);
    app
}

pub fn drawn(world: &World, app: App) -> Screen {
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    harness
}

fn narrow(world: &World, mut app: App) -> Screen {
    let look = cairn::app::Look { zoom: 150, ..app.state.look };
    app.act(vec![Action::Look(look)]);
    let mut harness = world.window_of(app, Look::Light, SMALL);
    harness.run();
    harness
}

pub fn press(harness: &mut Screen, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click_accesskit();
    harness.run();
}

fn focused(harness: &Screen) -> String {
    let node = harness.get_by(|node| node.is_focused());
    node.accesskit_node().label().unwrap_or_default()
}

pub fn lines(app: &App, heading: ArcpHeading) -> Vec<String> {
    let sections = &page(app).leaves.sections;
    let section = sections.iter().find(|section| section.heading == heading).unwrap();
    section.lines.iter().map(|line| line.text.clone()).collect()
}

/// Puts lines into the newest conversation with Amina that has any.
pub fn offer(app: &mut App, new: Vec<ArcpLine>) {
    let person = amina(app);
    let sessions = journal(app).sessions_with(person);
    let (id, session) = sessions.into_iter().find(|(_, s)| !s.arcp.is_empty()).unwrap();
    let (id, mut session) = (id, session.clone());
    session.arcp.extend(new);
    let Phase::Open(open) = &mut app.state.phase else { panic!("it is open") };
    open.journal.put(id, Body::Session(session));
    app.act(vec![
        Action::Go(Place::People(None)),
        Action::Summary(SummaryAction::Period(date(2020, 1, 1), date(2026, 11, 24))),
        Action::Summary(SummaryAction::Person(person)),
    ]);
    app.inputs.summary.from = "1 January 2020".to_owned();
}

pub fn pointing(text: &str) -> ArcpLine {
    let evidence =
        Evidence { what: "CBD".to_owned(), date: Some(date(2026, 10, 14)), ..Evidence::default() };
    ArcpLine {
        heading: ArcpHeading::Strengths,
        text: text.to_owned(),
        evidence: vec![evidence],
        agreed: true,
        from: None,
    }
}

pub const POINTS: &str = "Escalated well for the patient with NHS number 943 476 5919.";

#[test]
fn what_is_chosen_and_its_order_outlive_the_window() {
    let world = World::demo();
    let mut app = summary(&world);
    let before = lines(&app, ArcpHeading::Capabilities);
    let ids: Vec<LineId> = page(&app).leaves.sections[1].lines.iter().map(|l| l.id).collect();
    app.act(vec![
        Action::Summary(SummaryAction::Move(ids[2], 0)),
        Action::Summary(SummaryAction::LeaveOut(ids[1], true)),
        Action::Summary(SummaryAction::Portfolio("llp".to_owned())),
    ]);
    let mut wanted = vec![before[2].clone(), before[0].clone()];
    wanted.extend(before[3..].iter().cloned());
    assert_eq!(lines(&app, ArcpHeading::Capabilities), wanted);
    app.finish();
    drop(app);
    let app = summary(&world);
    assert_eq!(lines(&app, ArcpHeading::Capabilities), wanted);
    assert_eq!(page(&app).portfolio.unwrap().id, "llp");
}

#[test]
fn the_keyboard_alone_moves_a_line_and_it_is_said() {
    let world = World::demo();
    let mut harness = drawn(&world, summary(&world));
    let before = lines(harness.state().app(), ArcpHeading::Strengths);
    let name = format!("Leave out: {}", before[0]);
    harness.get_by_role_and_label(Role::Button, &name).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    harness.run();
    let after = lines(harness.state().app(), ArcpHeading::Strengths);
    assert_eq!((&after[0], &after[1]), (&before[1], &before[0]));
    harness.get_by_label_contains(&format!("Moved down: 2 of {}", before.len()));
    assert!(focused(&harness).ends_with(&before[0]), "it keeps the keyboard");
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    harness.run();
    assert_eq!(lines(harness.state().app(), ArcpHeading::Strengths), before);
    harness.get_by_label_contains("Moved up: 1 of");

    press(&mut harness, &format!("Move: {}", before[0]));
    harness.get_by_role_and_label(Role::MenuItem, "Move to the end").click();
    harness.run();
    let moved = lines(harness.state().app(), ArcpHeading::Strengths);
    assert_eq!(moved.last(), Some(&before[0]));
}

#[test]
fn a_line_is_dragged_to_its_place() {
    let world = World::demo();
    let mut harness = drawn(&world, summary(&world));
    let before = lines(harness.state().app(), ArcpHeading::EvidenceSeen);
    let grip = |harness: &Screen, at: usize| {
        let name = format!("Move: {}", before[at]);
        harness.get_by_role_and_label(Role::Button, &name).rect().center()
    };
    let (from, to) = (grip(&harness, 0), grip(&harness, 1));
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(to + egui::vec2(0.0, 6.0));
    harness.run_steps(2);
    harness.hover_at(to + egui::vec2(0.0, 30.0));
    harness.run_steps(2);
    harness.drop_at(to + egui::vec2(0.0, 30.0));
    harness.run();
    let after = lines(harness.state().app(), ArcpHeading::EvidenceSeen);
    assert_eq!((&after[0], &after[1]), (&before[1], &before[0]));
}

#[test]
fn what_points_to_a_patient_is_settled_with_a_reason_before_it_leaves() {
    let world = World::demo();
    let path = world.file("summary.txt");
    let mut app = summary(&world);
    offer(&mut app, vec![pointing(POINTS)]);
    app.act(vec![Action::Summary(SummaryAction::Format(Format::Text))]);
    app.inputs.summary.path = path.display().to_string();
    app.inputs.summary.without_evidence = true;
    app.act(vec![Action::Summary(SummaryAction::Save)]);
    assert!(!path.exists(), "nothing leaves without the window either");
    let mut harness = drawn(&world, app);
    harness.get_by_label_contains("1 place may point to someone.");
    press(&mut harness, "Settle 1 line to save");
    assert!(focused(&harness).ends_with(POINTS), "{}", focused(&harness));
    picture(&mut harness, "summary_identifier");

    press(&mut harness, "Keep it…");
    press(&mut harness, "Keep it with this reason");
    harness.get_by_label_contains("Say why in a few words.");
    harness.get_by_label("Why it stays").focus();
    harness.run();
    harness.get_by_label("Why it stays").type_text("A made-up number for teaching");
    harness.run();
    picture(&mut harness, "summary_keep_reason");
    press(&mut harness, "Keep it with this reason");
    assert!(harness.query_by_label_contains("may point to someone").is_none());
    press(&mut harness, "Save plain text");
    assert!(fs::read_to_string(&path).unwrap().contains("943 476 5919"));
    let app = harness.state().app();
    let (_, receipt) = journal(app).receipts()[0];
    assert_eq!(receipt.kept.len(), 1);
    assert_eq!(receipt.kept[0].reason, "A made-up number for teaching");
    assert_eq!((receipt.kept[0].kind.as_str(), receipt.kept[0].count()), ("nhs-number", 1));
    let receipt = serde_json::to_string(receipt).unwrap();
    assert!(!receipt.contains("476"), "the receipt itself points to nobody: {receipt}");
}

#[test]
fn a_line_that_points_to_a_patient_is_out_of_the_way_when_it_is_left_out() {
    let world = World::demo();
    let mut app = summary(&world);
    offer(&mut app, vec![pointing(POINTS)]);
    assert_eq!(page(&app).blocked().len(), 1);
    let line = page(&app).blocked()[0].0;
    app.act(vec![Action::Summary(SummaryAction::LeaveOut(line, true))]);
    assert!(page(&app).blocked().is_empty());
}

#[test]
fn remarks_stand_under_the_line() {
    let world = World::demo();
    let mut app = summary(&world);
    offer(&mut app, vec![pointing("She is doing well this year.")]);
    let harness = drawn(&world, app);
    harness.get_by_label_contains("“doing well” is vague.");
}

#[test]
fn a_line_shows_its_mark_and_where_it_was_said() {
    let world = World::demo();
    let mut app = summary(&world);
    let person = amina(&app);
    let sessions = journal(&app).sessions_with(person);
    let (id, session) = sessions.into_iter().find(|(_, s)| !s.arcp.is_empty()).unwrap();
    let (id, mut session) = (id, session.clone());
    let asked = &mut session.sections[0].items[0];
    asked.basis = Some(cairn::model::Basis::Reported);
    let from = Some(asked.prompt.id.clone());
    session.arcp[0].from = from;
    let (text, title) = (session.arcp[0].text.clone(), session.title.clone());
    let day = cairn::model::text::long_date(session.date);
    let Phase::Open(open) = &mut app.state.phase else { panic!("it is open") };
    open.journal.put(id, Body::Session(session));
    app.act(vec![Action::Summary(SummaryAction::Period(date(2020, 1, 1), date(2026, 11, 24)))]);
    assert!(page(&app).whole.lines().any(|line| line.text == text && line.basis.is_some()));
    let blocks = format!("{:?}", page(&app).blocks);
    assert!(!blocks.contains("Reported to me"), "the mark is the writer’s own");
    let harness = drawn(&world, app);
    harness.get_by_label_contains("Reported to me. Agreed by you both");
    let said = harness.get_all_by_label_contains(&format!("{title}, {day}")).count();
    assert!(said > 0);
    harness.get_by_role_and_label(Role::Button, &format!("Open the session of {day}: {text}"));
}

#[test]
fn the_checks_name_what_is_missing_and_lead_there() {
    let world = World::demo();
    let mut harness = drawn(&world, summary(&world));
    harness.get_by_label_contains("To look at:");
    press(&mut harness, "Show all that this report needs");
    harness.get_by_label_contains("MRCP(UK) PACES");
    picture(&mut harness, "summary_checks");
    press(&mut harness, "Open: Meetings of the year");
    assert_eq!(
        harness.state().app().state.open().unwrap().screen,
        Place::People(Some(amina(harness.state().app())))
    );
    harness.get_by_role_and_label(Role::Heading, AMINA);
}

#[test]
fn the_checks_fit_a_small_window() {
    let world = World::demo();
    let mut app = summary(&world);
    app.inputs.summary.checks = true;
    picture(&mut narrow(&world, app), "summary_checks_narrow");
}

#[derive(Default)]
struct Clips(Mutex<Vec<String>>);

impl cairn::ui::outgoing::Computer for Clips {
    fn copy(&self, text: zeroize::Zeroizing<String>) {
        self.0.lock().unwrap().push(text.to_string());
    }

    fn forget_copied(&self) {}

    fn start_anew(&self, _: &cairn::app::lock::Handover) {}
}

#[test]
fn boxes_are_copied_one_after_the_other_by_the_keyboard() {
    let world = World::demo();
    let mut harness = drawn(&world, summary(&world));
    press(&mut harness, "Copy box by box");
    harness.get_by_role_and_label(Role::Heading, "Boxes to paste");
    let clips = Arc::new(Clips::default());
    let taker: Arc<dyn cairn::ui::outgoing::Computer> = clips.clone();
    harness.ctx.add_plugin(cairn::ui::outgoing::Outgoing(taker));
    let filled: BTreeMap<String, String> = page(harness.state().app())
        .blocks
        .iter()
        .filter(|block| !block.text.is_empty())
        .map(|block| (block.label.clone(), block.text.clone()))
        .collect();
    let mut seen = Vec::new();
    for _ in 0..3 {
        let name = focused(&harness);
        let label = name.strip_prefix("Copy: ").unwrap().to_owned();
        harness.key_press(Key::Enter);
        harness.run();
        harness.get_by_label_contains("Copied.");
        seen.push(label);
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
        harness.run();
    }
    seen.dedup();
    assert_eq!(seen.len(), 3, "{seen:?}");
    let copied = clips.0.lock().unwrap().clone();
    if !copied.is_empty() {
        let wanted: Vec<String> = seen.iter().map(|label| filled[label].clone()).collect();
        assert_eq!(copied, wanted);
    }
}

#[test]
fn a_box_is_ticked_as_pasted_until_its_words_change() {
    let world = World::demo();
    let mut harness = drawn(&world, boxes(&world));
    let label = page(harness.state().app()).blocks[0].label.clone();
    let tick = format!("Pasted: {label}");
    harness.get_by_role_and_label(Role::CheckBox, &tick).click_accesskit();
    harness.run();
    harness.get_by_label_contains("1 of ");
    let app = harness.state().app();
    let (_, receipt) = journal(app).receipts()[0];
    assert!(receipt.what.ends_with(&label) && receipt.format == "paste", "{receipt:?}");
    assert_eq!(receipt.sha256.len(), 64);
    let person = amina(app);
    assert_eq!(journal(app).person(person).unwrap().summary_pasted.len(), 1);

    // After a restart the tick is there; another period is other words.
    let mut app = unlock(world.app());
    app.act(vec![Action::Go(Place::Boxes(person))]);
    let done = |app: &App| {
        let known = journal(app).person(person).unwrap().summary_pasted.clone();
        page(app).blocks.iter().filter(|block| known.contains(&block.key)).count()
    };
    assert_eq!(done(&app), 1);
    app.act(vec![Action::Summary(SummaryAction::Period(date(2026, 9, 1), date(2026, 11, 24)))]);
    assert_eq!(done(&app), 0);
}

#[test]
fn the_portfolio_is_proposed_and_can_be_changed() {
    let world = World::demo();
    let mut harness = drawn(&world, boxes(&world));
    let select = harness.get_by_role_and_label(Role::ComboBox, "Portfolio");
    let shown = select.accesskit_node().value().unwrap_or_default();
    assert_eq!(shown, "Physician ePortfolio (JRCPTB), by the programme");
    harness.get_by_label_contains("Unsure.");
    let label = "Capability in practice: comments: Acute take";
    harness.get_by_role_and_label(Role::Heading, label);
    let mut app = boxes(&World::demo());
    app.act(vec![Action::Summary(SummaryAction::Portfolio("fourteenfish".to_owned()))]);
    assert!(page(&app).blocks.iter().any(|block| block.label == "AKT and SCA"));
    harness.run();
}

#[test]
fn nothing_can_be_copied_before_what_points_to_a_patient_is_settled() {
    let world = World::demo();
    let mut app = summary(&world);
    offer(&mut app, vec![pointing(POINTS)]);
    let id = amina(&app);
    app.act(vec![Action::Go(Place::Boxes(id))]);
    let mut harness = drawn(&world, app);
    harness.get_by_label_contains("Something to settle first");
    assert!(harness.query_by_label_contains("Copy:").is_none());
    picture(&mut harness, "boxes_to_settle");
    press(&mut harness, "Go to the summary");
    harness.get_by_label_contains("1 place may point to someone.");
}

#[test]
fn a_record_that_is_only_read_shows_its_boxes_and_copies_none() {
    let world = World::demo();
    let writing = unlock(world.app());
    let harness = drawn(&world, boxes(&world));
    harness.get_by_label_contains("They cannot be copied now");
    assert!(harness.query_by_label_contains("Copy:").is_none());
    assert!(harness.query_by_label_contains("Pasted:").is_none());
    drop(writing);
}

#[test]
fn without_lines_the_boxes_say_where_they_come_from() {
    let world = World::demo();
    let mut app = boxes(&world);
    let day = date(2019, 1, 1);
    app.act(vec![Action::Summary(SummaryAction::Period(day, day))]);
    let mut harness = drawn(&world, app);
    harness.get_by_label_contains("No lines to paste");
    picture(&mut harness, "boxes_empty");
}

#[test]
fn the_boxes_look_as_drawn() {
    let world = World::demo();
    let mut harness = drawn(&world, boxes(&world));
    picture(&mut harness, "boxes_light");
}

#[test]
fn the_boxes_fit_a_small_window() {
    let world = World::demo();
    let mut harness = narrow(&world, boxes(&world));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    harness.run();
    picture(&mut harness, "boxes_narrow");
}

#[test]
fn two_thousand_lines_do_not_stall_the_summary() {
    let world = World::demo();
    let mut app = summary(&world);
    // Each line is looked through for the names of all of them.
    let Phase::Open(open) = &mut app.state.phase else { panic!("it is open") };
    for number in 0..100 {
        let person =
            Person { name: format!("Dr Wren{number} Thistle{number}"), ..Person::default() };
        open.journal.put(Id::new(1_790_000_000_000, 9_000 + number), Body::Person(person));
    }
    let many = (0..2_000)
        .map(|n| pointing(&format!("Line {n}: took a full share of the take and called early.")));
    let begin = Instant::now();
    offer(&mut app, many.collect());
    let first = begin.elapsed();
    assert!(page(&app).leaves.counts.lines > 2_000);
    let line = page(&app).whole.sections[2].lines[1_000].id;
    let (from, to) = (date(2020, 1, 2), date(2026, 11, 24));
    let begin = Instant::now();
    app.act(vec![Action::Summary(SummaryAction::Period(from, to))]);
    let made = begin.elapsed();
    let begin = Instant::now();
    app.act(vec![Action::Summary(SummaryAction::Move(line, 3))]);
    let moved = begin.elapsed();
    let mut harness = drawn(&world, app);
    let begin = Instant::now();
    harness.run_steps(10);
    let frame = begin.elapsed() / 10;
    let rows = harness
        .get_all_by(|node| node.label().is_some_and(|name| name.starts_with("Leave out: ")))
        .count();
    eprintln!(
        "SUMMARY: 2,000 lines: the first page is made in {first:?}, the next in {made:?}, a move with its save takes {moved:?}, \
         a frame {frame:?}, {rows} lines are drawn"
    );
    // Generous for a slow build: what is looked for is work for each name at each line.
    assert!(first.as_secs() < 20, "{first:?}");
    assert!(rows < 200, "{rows} rows are drawn");
}
