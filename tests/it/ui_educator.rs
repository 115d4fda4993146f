//! My year as an educator and the coaching log, in their window, by label.

use cairn::app::educator::{EducatorAction, LearningForm, year_to};
use cairn::app::letter::{LetterAction, Topic};
use cairn::app::{Action, Screen};
use cairn::export::Format;
use cairn::model::Learning;
use cairn::ui::Window;
use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::talk::{made, press, unlock, unlocked, window};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::says;

fn learning(harness: &Harness<'_, Window>) -> Vec<Learning> {
    let open = harness.state().app().state.open().unwrap();
    open.journal.learning().into_iter().map(|(_, one)| one.clone()).collect()
}

fn type_into(harness: &mut Harness<'_, Window>, label: &str, words: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, label).type_text(words);
    harness.run();
}

fn at_the_journal(world: &World) -> Harness<'static, Window> {
    let mut app = unlocked(world);
    app.act(vec![Action::Go(Screen::Journal)]);
    window(world, app)
}

#[test]
fn a_course_and_a_reflection_go_into_the_year_and_the_file_is_as_the_page() {
    let world = World::demo();
    let mut harness = at_the_journal(&world);
    press(&mut harness, "My year as an educator");
    for words in ["The seven areas", "No doctor is named", "PDF, not encrypted.", "entries stay"] {
        assert!(says(&harness, words), "{words}");
    }
    press(&mut harness, "Add what you did elsewhere");
    press(&mut harness, "Add it");
    assert!(says(&harness, "Type what it was") && says(&harness, "Type the day"));
    type_into(&mut harness, "What", "Coaching for educators");
    type_into(&mut harness, "Day", "3 March 2026");
    type_into(&mut harness, "Hours", "6");
    press(&mut harness, "Add it");
    assert_eq!(learning(&harness)[0].title, "Coaching for educators");
    assert_eq!(learning(&harness)[0].minutes, Some(360));
    assert!(says(&harness, "6 hours"), "it stands on the page");

    let tick = "I talked for most of it, 16 January";
    harness.get_by_role_and_label(Role::CheckBox, tick).click_accesskit();
    harness.run();
    assert!(says(&harness, "1 copy that you checked goes:"));
    let act = Action::Letter(LetterAction::Format(Format::Text));
    harness.state_mut().app_mut().act(vec![act]);
    harness.run();
    press(&mut harness, "Save plain text");
    let file = world.file("My year as an educator 2026-11-24.txt");
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("Reflection: I talked for most of it"), "{text}");
    assert!(text.contains("A silence was probably the useful thing."), "{text}");
    assert!(text.contains("Coaching for educators\nCourse"), "{text}");
    let open = harness.state().app().state.open().unwrap();
    for (_, person) in open.journal.people() {
        let surname = person.name.split_whitespace().last().unwrap();
        assert!(!text.contains(surname), "{surname}: {text}");
    }
    let (_, receipt) = open.journal.receipts()[0];
    assert_eq!(receipt.what, "My year as an educator, 25 November 2025 to 24 November 2026");
    assert_eq!((receipt.person, receipt.lines, receipt.format.as_str()), (None, 0, "txt"));
}

#[test]
fn words_that_name_a_doctor_do_not_leave_with_the_year() {
    let world = World::demo();
    let mut app = unlocked(&world);
    let topic = Topic::Year(year_to(app.state.today()));
    app.act(vec![Action::Letter(LetterAction::Show(topic))]);
    app.inputs.educator.change = "I now wait for Dr Amina Larkspur to finish.".to_owned();
    let mut harness = window(&world, app);
    let keep = Action::Educator(EducatorAction::Keep);
    harness.state_mut().app_mut().act(vec![keep]);
    harness.run();
    assert!(says(&harness, "Somebody of your record is named."));
    assert!(!says(&harness, "Send it as it is"));
    harness.state_mut().app_mut().inputs.letter.goes_anyway = true;
    harness.run();
    press(&mut harness, "Settle it to save");
    harness.state_mut().app_mut().act(vec![Action::Letter(LetterAction::Save)]);
    assert!(!world.file("My year as an educator 2026-11-24.pdf").exists());
}

#[test]
fn what_was_added_is_taken_out_again_and_what_is_typed_is_there_the_next_time() {
    let world = World::demo();
    let mut harness = at_the_journal(&world);
    press(&mut harness, "My year as an educator");
    press(&mut harness, "Add what you did elsewhere");
    type_into(&mut harness, "What", "A book on listening");
    type_into(&mut harness, "Day", "3 March 2026");
    press(&mut harness, "Add it");
    press(&mut harness, "Take out A book on listening");
    assert!(learning(&harness).is_empty());
    let next = |harness: &Harness<'_, Window>, words: &str| {
        let field = harness.get_by_role_and_label(Role::MultilineTextInput, "Next year");
        if words.is_empty() { field.focus() } else { field.type_text(words) }
    };
    next(&harness, "");
    harness.run();
    next(&harness, "Teach it once.");
    harness.run();
    harness.state_mut().app_mut().act(vec![Action::Go(Screen::Journal)]);
    harness.run();
    press(&mut harness, "My year as an educator");
    let own = harness.state().app().state.open().unwrap().journal.settings().educator;
    assert_eq!(own.next_year, "Teach it once.");
    assert!(says(&harness, "Teach it once."));
}

/// The year with a workshop on it.
fn with_workshop(world: &World) -> Harness<'static, Window> {
    let mut harness = at_the_journal(world);
    press(&mut harness, "My year as an educator");
    press(&mut harness, "Add what you did elsewhere");
    type_into(&mut harness, "What", "Workshop on feedback");
    type_into(&mut harness, "Day", "3 March 2026");
    type_into(&mut harness, "Hours", "1.5");
    press(&mut harness, "Add it");
    harness
}

#[test]
fn what_was_added_is_changed_and_the_change_taken_back() {
    let world = World::demo();
    let mut harness = with_workshop(&world);
    press(&mut harness, "Change Workshop on feedback");
    assert!(says(&harness, "Change what you did elsewhere"));
    let field = |harness: &Harness<'_, Window>, label: &str| {
        let node = harness.get_by_role_and_label(Role::TextInput, label);
        node.accesskit_node().value().unwrap_or_default()
    };
    assert_eq!(
        (field(&harness, "Day"), field(&harness, "Hours")),
        ("3 March 2026".into(), "1.5".into())
    );
    type_into(&mut harness, "What", " and praise");
    picture(&mut harness, "educator_change");
    press(&mut harness, "Save");
    let changed = learning(&harness);
    assert_eq!(changed.len(), 1, "it is the same record");
    let title = changed[0].title.clone();
    assert!(title.contains("Workshop on feedback") && title.contains("and praise"), "{title}");
    assert_eq!(changed[0].minutes, Some(90));
    press(&mut harness, "Undo");
    assert_eq!(learning(&harness)[0].title, "Workshop on feedback");
    press(&mut harness, "Take out Workshop on feedback");
    assert!(learning(&harness).is_empty());
    press(&mut harness, "Undo");
    assert_eq!(learning(&harness)[0].title, "Workshop on feedback");
}

#[test]
fn what_is_half_typed_about_learning_outlasts_a_lock_and_a_look_at_another_page() {
    let world = World::demo();
    let mut harness = with_workshop(&world);
    press(&mut harness, "Add what you did elsewhere");
    type_into(&mut harness, "What", "A course without a day");
    let lock = |harness: &mut Harness<'_, Window>| {
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
        harness.run();
        assert!(harness.state().app().inputs.educator.adding.is_none(), "nothing stays in memory");
        unlock(harness);
        harness.run();
    };
    lock(&mut harness);
    assert!(says(&harness, "What you had not finished typing is back in its form"));
    let title = harness.get_by_role_and_label(Role::TextInput, "What");
    assert_eq!(title.accesskit_node().value().as_deref(), Some("A course without a day"));
    harness.state_mut().app_mut().act(vec![Action::Go(Screen::Journal)]);
    harness.run();
    press(&mut harness, "My year as an educator");
    type_into(&mut harness, "Day", "4 March 2026");
    press(&mut harness, "Add it");
    assert_eq!(learning(&harness).len(), 2);
    lock(&mut harness);
    assert!(!says(&harness, "is back in its form"), "what was kept is not offered again");
    assert_eq!(learning(&harness).len(), 2);

    // One that is changed is still the same record after it.
    press(&mut harness, "Change Workshop on feedback");
    let title = "Day";
    crate::ui_door::retype(&mut harness, title, "no day");
    lock(&mut harness);
    crate::ui_door::retype(&mut harness, title, "5 March 2026");
    press(&mut harness, "Save");
    let days: Vec<String> = learning(&harness).iter().map(|it| it.date.to_string()).collect();
    assert_eq!(days, ["2026-03-04", "2026-03-05"]);
}

#[test]
fn an_empty_year_says_so_in_every_row() {
    let world = World::empty();
    let mut app = made(&world);
    let topic = Topic::Year(year_to(app.state.today()));
    app.act(vec![Action::Letter(LetterAction::Show(topic))]);
    let shown = app.state.open().unwrap().letter.as_ref().unwrap();
    let text = shown.page.as_ref().unwrap().letter.text();
    assert_eq!(text.matches("What shows it: Nothing recorded\nCount: none").count(), 7, "{text}");
    assert!(text.contains("Conversations: Nothing recorded"), "{text}");
    let harness = window(&world, app);
    assert!(says(&harness, "1 Safe and effective care, nothing recorded"));
    assert!(says(&harness, "No reflection of these dates is finished."));
    assert!(says(&harness, "Areas 1, 2, 3, 4, 5, 6 and 7 have little to show."));
}

fn shown(
    topic: fn(cairn::export::Period) -> Topic,
    size: [f32; 2],
    zoom: u16,
) -> Harness<'static, Window> {
    let world = World::demo();
    let mut app = unlocked(&world);
    let period = year_to(app.state.today());
    app.act(vec![Action::Letter(LetterAction::Show(topic(period)))]);
    app.inputs.educator.change = "I turn to each person by name, once, on every round.".to_owned();
    app.inputs.educator.adding = Some(LearningForm {
        date: "3 March 2026".to_owned(),
        title: "Workshop on hard conversations".to_owned(),
        kind: cairn::model::LearningKind::WorkshopGiven,
        hours: "2.5".to_owned(),
        area: 3,
        changed: "I ask first what they have tried.".to_owned(),
        ..LearningForm::default()
    });
    let wishes = [EducatorAction::Keep, EducatorAction::KeepLearning];
    app.act(wishes.map(Action::Educator).to_vec());
    app.inputs.letter.path = "/home/rowan/Documents/My year.pdf".to_owned();
    app.state.toast = None;
    app.state.look.zoom = zoom;
    let mut harness = world.window_of(app, Look::Light, size);
    harness.run();
    harness
}

#[test]
fn the_year_looks_as_it_should() {
    picture(&mut shown(Topic::Year, DESK, 100), "educator_light");
}

#[test]
fn the_form_for_what_was_done_elsewhere_looks_as_it_should() {
    let mut harness = shown(Topic::Year, DESK, 100);
    harness.state_mut().app_mut().act(vec![Action::Educator(EducatorAction::Add)]);
    harness.run();
    press(&mut harness, "Add it");
    picture(&mut harness, "educator_add");
}

#[test]
fn the_year_fits_a_small_window() {
    picture(&mut shown(Topic::Year, [1024.0, 640.0], 150), "educator_narrow");
}

#[test]
fn the_coaching_log_looks_as_it_should() {
    picture(&mut shown(Topic::Coaching, DESK, 100), "coaching_log_light");
}
