//! The career plan in its window: written where it stands, read, agreed, sent as a file.

use cairn::app::letter::{LetterAction, Topic};
use cairn::app::plan::{PlanAction, PlanSpot};
use cairn::app::{Action, App, Screen};
use cairn::export::Format;
use cairn::model::plan::{Author, Plan, PlanField};
use cairn::model::{Id, Layer, Owner};
use cairn::search::Query;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::talk::{keys, made, press, unlocked, window};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::{Harnessed, says};

const PROMISES: &str = "What my supervisor will do";
const BARRIERS: &str = "What stands in the way";
/// A word that only the owner reads.
const CANARY: &str = "I have not asked Dr Bramble yet";

fn seun(app: &App) -> Id {
    app.state.open().unwrap().journal.find_people("Dr Seun Hawthorne")[0].0
}

fn plan_of(app: &App) -> Plan {
    let open = app.state.open().unwrap();
    let person = open.journal.people().iter().find_map(|(id, _)| open.journal.plan_of(*id));
    person.unwrap().1.clone()
}

fn plan(harness: &Harnessed) -> Plan {
    plan_of(harness.state().app())
}

/// The plan of the demonstration on the screen.
fn opened(world: &World, look: Look, size: [f32; 2], zoom: u16) -> Harnessed {
    let mut app = unlocked(world);
    let id = seun(&app);
    app.state.look.zoom = zoom;
    app.act(vec![Action::Go(Screen::Plan(id))]);
    let mut harness = world.window_of(app, look, size);
    harness.run();
    harness
}

fn act(harness: &mut Harnessed, action: Action) {
    harness.state_mut().app_mut().act(vec![action]);
    harness.run();
}

/// Types at the end of the field that has the keyboard.
fn type_on(harness: &mut Harnessed, words: &str) {
    harness.run();
    let field =
        harness.query_by(|node| node.is_focused() && node.role() == Role::MultilineTextInput);
    field.expect("a field has the keyboard").type_text(words);
    harness.run();
}

#[test]
fn the_plan_is_opened_from_the_page_of_the_person() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let id = seun(&app);
    app.act(vec![Action::Go(Screen::People(Some(id)))]);
    let mut harness = window(&world, app);
    harness.get_by_role_and_label(Role::Tab, "Career plan").click_accesskit();
    harness.run();
    assert!(says(&harness, "Version 1, agreed by you both"));
    press(&mut harness, "Open the career plan");
    harness.run();
    assert!(says(&harness, "Seun’s plan. You both write in it, on your own computers."));
    assert!(says(&harness, "Seun wrote this, yesterday at 21:40"));
}

#[test]
fn what_the_other_one_changed_is_told_and_marked_as_read() {
    let world = World::demo();
    let mut harness = opened(&world, Look::Light, DESK, 100);
    assert!(says(&harness, "Five years, “when I can” became"));
    assert!(says(&harness, "Next steps, Added “Apply for the"));
    assert!(says(&harness, "Nothing of yours was lost."));
    assert!(says(&harness, "Comment: Could the talk with"));
    press(&mut harness, "Mark all as read");
    assert!(says(&harness, "Nothing new."));
    assert!(plan(&harness).unseen().is_empty());
    // What I write myself is no news to me.
    press(&mut harness, &format!("Edit: {PROMISES}"));
    type_on(&mut harness, " By 1 December.");
    press(&mut harness, "Done");
    assert!(says(&harness, "Nothing new."));
}

#[test]
fn a_field_is_written_where_it_stands_and_taken_back() {
    let world = World::demo();
    let mut harness = opened(&world, Look::Light, DESK, 100);
    let before = plan(&harness);
    press(&mut harness, &format!("Edit: {BARRIERS}"));
    type_on(&mut harness, "\nNobody answers on Fridays.");
    assert!(says(&harness, "Seun sees this when you next send the plan"));
    keys(&mut harness, Modifiers::NONE, Key::Escape);
    let after = plan(&harness);
    let written = after.paras(PlanField::Barriers).last().unwrap();
    assert_eq!(written.text, "Nobody answers on Fridays.");
    assert_eq!((written.by, written.name.as_str()), (Author::Supervisor, "Dr Rowan Marshwood"));
    let [first, ..] = before.paras(PlanField::Barriers) else { panic!("it had words") };
    assert_eq!(&after.paras(PlanField::Barriers)[0], first, "what stood there is still Seun’s");
    act(&mut harness, Action::Do(cairn::app::Command::TakeBack));
    assert_eq!(plan(&harness), before);
}

#[test]
fn nothing_typed_is_lost_at_a_lock() {
    let world = World::demo();
    let mut harness = opened(&world, Look::Light, DESK, 100);
    press(&mut harness, &format!("Edit: {PROMISES}"));
    type_on(&mut harness, " A new promise.");
    act(&mut harness, Action::Lock);
    drop(harness);

    let mut app = unlocked(&world);
    let id = seun(&app);
    assert!(plan_of(&app).text(PlanField::Promises).ends_with("A new promise."));

    // A comment speaks to somebody: it waits in its form.
    app.act(vec![Action::Go(Screen::Plan(id))]);
    let spot = PlanSpot::Comment(PlanField::Barriers);
    app.act(vec![Action::Plan(PlanAction::Write(id, spot.clone()))]);
    app.inputs.plan.as_mut().unwrap().typed = "Shall I ask the rota office?".to_owned();
    app.act(vec![Action::Lock]);
    let app = World::unlock(world.app());
    assert!(plan_of(&app).comments_at("barriers").is_empty());
    let form = app.inputs.plan.as_ref().expect("it is back in its form");
    assert_eq!((form.spot.clone(), form.typed.as_str()), (spot, "Shall I ask the rota office?"));
}

#[test]
fn both_have_to_agree() {
    let world = World::demo();
    let mut harness = opened(&world, Look::Light, DESK, 100);
    assert!(says(&harness, "Version 1, agreed by you both"));
    assert!(says(&harness, "changed since"));
    press(&mut harness, "Agree this version");
    assert!(says(&harness, "You agreed this version. Waiting for Seun."));
    assert_eq!(plan(&harness).agreed().unwrap().number, 1);
    assert!(harness.query_by_label("Agree this version").is_none(), "once is enough");
}

#[test]
fn a_step_is_an_action_like_the_others() {
    let world = World::demo();
    let mut harness = opened(&world, Look::Light, DESK, 100);
    press(&mut harness, "Add a step");
    type_on(&mut harness, "Ring the faculty office");
    let form = harness.state_mut().app_mut().inputs.plan.as_mut().unwrap();
    form.due = "1 December".to_owned();
    form.owner = Owner::Me;
    harness.run();
    press(&mut harness, "Add the step");
    let open = harness.state().app().state.open().unwrap();
    let person = seun(harness.state().app());
    let (plan, _) = open.journal.plan_of(person).unwrap();
    let step = open.journal.actions_with(person).into_iter().find(|(_, it)| it.from == Some(plan));
    let (_, step) = step.unwrap();
    assert_eq!((step.text.as_str(), step.owner), ("Ring the faculty office", Owner::Me));
    assert_eq!((step.layer, step.due), (Layer::Shared, Some(jiff::civil::date(2026, 12, 1))));
    assert!(harness.query_by_role_and_label(Role::CheckBox, "Ring the faculty office").is_some());
}

#[test]
fn a_private_note_never_leaves_with_the_plan() {
    let world = World::demo();
    let mut harness = opened(&world, Look::Light, DESK, 100);
    assert!(says(&harness, CANARY), "the owner reads it");
    let id = seun(harness.state().app());
    for (agreed, format) in [(false, Format::Text), (true, Format::Markdown)] {
        act(&mut harness, Action::Letter(LetterAction::Show(Topic::Plan(id, agreed))));
        assert!(says(&harness, "private notes beside the plan"));
        let letter = crate::ui_answers::letter(harness.state().app(), &Topic::Plan(id, agreed));
        for format in Format::ALL {
            let bytes = letter.render(format).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains(CANARY), "{format:?}");
        }
        act(&mut harness, Action::Letter(LetterAction::Format(format)));
        let text = letter.text();
        assert!(text.contains("Family first."), "{text}");
        assert_eq!(text.contains("one day a week"), !agreed, "{text}");
        assert_eq!(text.contains("Version 1, agreed by both"), agreed, "{text}");
        assert!(!text.contains("before the form is due"), "comments stay here");
    }
    // The name of somebody outside is to be settled first.
    harness.state_mut().app_mut().inputs.letter.goes_anyway = true;
    harness.run();
    press(&mut harness, "Save Markdown");
    assert!(world.file("Career plan 2026-11-24.md").exists());
}

#[test]
fn the_search_finds_the_words_of_a_plan() {
    let world = World::demo();
    let app = unlocked(&world);
    let open = app.state.open().unwrap();
    let hits = cairn::search::hits(
        &open.journal,
        &Query::read("simulation role"),
        jiff::civil::date(2026, 11, 24),
    );
    assert!(hits.iter().any(|hit| hit.title == "Career plan" && hit.layer == Layer::Shared));
}

#[test]
fn a_record_of_a_doctor_writes_as_the_doctor() {
    let world = World::demo();
    let mut harness = opened(&world, Look::Light, DESK, 100);
    act(&mut harness, Action::Go(Screen::Settings));
    harness.get_by_role_and_label(Role::Tab, "Words").click_accesskit();
    harness.run();
    let doctor = "I am a doctor in training";
    harness.get_by_role_and_label(Role::RadioButton, doctor).click_accesskit();
    harness.run();
    let id = seun(harness.state().app());
    act(&mut harness, Action::Go(Screen::Plan(id)));
    assert!(says(&harness, "Your plan. You both write in it"));
}

/// An empty plan with somebody new.
fn empty(world: &World, size: [f32; 2]) -> Harnessed {
    let mut app = made(world);
    app.inputs.person.name = "Dr Noor Fernway".to_owned();
    app.act(vec![Action::Record(cairn::app::action::RecordAction::SavePerson)]);
    let id = app.state.open().unwrap().journal.people()[0].0;
    app.act(vec![Action::Go(Screen::Plan(id))]);
    app.state.toast = None;
    let mut harness = world.window_of(app, Look::Light, size);
    harness.run();
    harness
}

#[test]
fn an_empty_plan_begins_with_one_line() {
    let world = World::empty();
    let mut harness = empty(&world, DESK);
    press(&mut harness, "Write the first line");
    type_on(&mut harness, "A rheumatologist by the sea.");
    press(&mut harness, "Done");
    let plan = plan(&harness);
    assert_eq!(plan.year5[0].id, "first");
    assert_eq!(plan.text(PlanField::Year5), "A rheumatologist by the sea.");
}

#[test]
fn nothing_of_the_plan_reaches_beyond_a_small_window() {
    let world = World::demo();
    for (size, zoom) in [([1024.0, 640.0], 150_u16), (DESK, 100)] {
        let harness = opened(&world, Look::Light, size, zoom);
        let most = size[0] / f32::from(zoom) * 100.0;
        for node in harness.root().children_recursive() {
            let of = node.accesskit_node();
            if of.data().bounds().is_some() && of.role() != Role::TextRun {
                let right = node.rect().right();
                assert!(right <= most + 0.5, "{:?} {:?} ends at {right}", of.role(), of.label());
            }
        }
    }
}

#[test]
fn the_plan_looks_as_drawn() {
    let world = World::demo();
    picture(&mut opened(&world, Look::Light, DESK, 100), "plan_light");
}

#[test]
fn the_plan_in_the_dark_looks_as_it_should() {
    let world = World::demo();
    picture(&mut opened(&world, Look::Dark, DESK, 100), "plan_dark");
}

#[test]
fn the_whole_plan_looks_as_it_should() {
    let world = World::demo();
    picture(&mut opened(&world, Look::Light, [1280.0, 2900.0], 100), "plan_whole");
}

#[test]
fn the_plan_fits_a_small_window() {
    let world = World::demo();
    picture(&mut opened(&world, Look::Light, [1024.0, 640.0], 150), "plan_narrow");
}

#[test]
fn an_empty_plan_looks_as_it_should() {
    let world = World::empty();
    picture(&mut empty(&world, DESK), "plan_empty");
}

#[test]
fn a_plan_that_is_written_in_looks_as_it_should() {
    let world = World::demo();
    let mut harness = opened(&world, Look::Light, DESK, 100);
    press(&mut harness, "Edit: Where I want to be in three years");
    harness.run_steps(4);
    picture(&mut harness, "plan_writing");
}

#[test]
fn a_version_that_both_agreed_stands_in_the_timeline_and_opens_the_plan() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let id = seun(&app);
    app.act(vec![Action::Go(Screen::People(Some(id)))]);
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    harness.get_by_label_contains("Career plan. Version 1, agreed by you both").click();
    harness.run();
    let open = harness.state().app().state.open().unwrap();
    assert_eq!(open.screen, Screen::Plan(id));
}

#[test]
fn what_both_agreed_goes_into_the_summary_when_it_is_offered_and_later_words_do_not() {
    let world = World::demo();
    let mut harness = opened(&world, Look::Light, DESK, 100);
    let person = seun(harness.state().app());
    let agreed = plan(&harness).agreed().unwrap();
    let words = agreed.words.get(PlanField::Year5.key()).unwrap()[0].clone();
    let lines = |harness: &Harnessed| {
        let open = harness.state().app().state.open().unwrap();
        let period = (jiff::civil::date(2025, 8, 1), jiff::civil::date(2026, 11, 24));
        let summary = cairn::app::job::whole_of(&open.journal, person, period, period.1).unwrap();
        summary.lines().map(|line| (line.text.clone(), line.agreed)).collect::<Vec<_>>()
    };
    let of_plan = |lines: &[(String, bool)]| {
        lines.iter().filter(|(text, _)| text.contains("Where I want to be")).cloned().collect()
    };
    let before: Vec<(String, bool)> = of_plan(&lines(&harness));
    assert!(before.is_empty(), "nothing of the plan leaves by itself: {before:?}");

    press(&mut harness, "Offer to ARCP: Where I want to be in five years");
    let offered: Vec<(String, bool)> = of_plan(&lines(&harness));
    assert_eq!(offered.len(), 1);
    assert!(offered[0].0.contains(&words) && offered[0].1, "{offered:?}");

    act(&mut harness, Action::Plan(PlanAction::Write(person, PlanSpot::Field(PlanField::Year5))));
    let form = &mut harness.state_mut().app_mut().inputs.plan.as_mut().unwrap().typed;
    *form = "A quokkabridge instead.".to_owned();
    act(&mut harness, Action::Plan(PlanAction::Keep));
    assert!(plan(&harness).text(PlanField::Year5).contains("quokkabridge"));
    assert_eq!(of_plan(&lines(&harness)) as Vec<(String, bool)>, offered, "only what was agreed");

    press(&mut harness, "Offered to ARCP: Where I want to be in five years");
    assert!((of_plan(&lines(&harness)) as Vec<(String, bool)>).is_empty());
}
