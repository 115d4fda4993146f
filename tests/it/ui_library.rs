//! The library in the window: the modules, the table of what serves which aim, choosing by
//! moment, time and aim, and what the owner thinks of it.

use cairn::app::Screen;
use cairn::library::Library;
use cairn::model::Mark;
use egui::{Key, Modifiers, Role};

use egui_kittest::kittest::Queryable as _;

use crate::support::command::Terminal;
use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::{Harnessed, press, retype, says, state, type_into};

const NARROW: [f32; 2] = [1024.0, 640.0];
/// The module of the pictures.
const HARD: &str = "challenging-conversations";

/// In a window so high that nothing lies below its end: what is clicked must be in sight.
fn light(world: &World, screen: Screen) -> Harnessed {
    world.at(screen, Look::Light, [1280.0, 12_000.0])
}

fn module(id: &str) -> Screen {
    Screen::Learning(Some(id.to_owned()))
}

fn screen(harness: &Harnessed) -> Screen {
    state(harness).open().unwrap().screen.clone()
}

fn chosen(harness: &Harnessed) -> Option<String> {
    harness.state().app().inputs.choose.template.clone()
}

fn mark(harness: &Harnessed, key: &str) -> Mark {
    state(harness).open().unwrap().journal.mark(key).cloned().unwrap_or_default()
}

fn choose(harness: &mut Harnessed, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    harness.run();
}

fn row(harness: &mut Harnessed, words: &str) {
    harness.query_all_by_label_contains(words).next().expect(words).click();
    harness.run();
}

#[test]
fn every_module_is_two_clicks_away_and_says_what_it_is() {
    let world = World::demo();
    let mut harness = light(&world, Screen::Today);
    for known in Library::built_in().unwrap().modules() {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
        harness.run();
        press(&mut harness, "Templates");
        row(&mut harness, &format!("{}, ", known.title));
        assert_eq!(screen(&harness), module(&known.id));
        for words in ["It does show", "It does not show", "Templates for this", "Read further"] {
            assert!(says(&harness, words), "{} says {words}", known.id);
        }
        let minutes = known.workshop.minutes();
        assert!(says(&harness, &format!("Exercise for a workshop, {minutes} minutes")));
        assert!(says(&harness, "Sources checked "));
        for line in &known.card.lines {
            assert!(says(&harness, line), "{} has the line {line}", known.id);
        }
    }
}

#[test]
fn a_template_is_used_from_its_module_by_keyboard_alone() {
    let world = World::demo();
    let mut harness = light(&world, module("exam-support"));
    let library = Library::built_in().unwrap();
    let second = library.module("exam-support").unwrap().templates[1].clone();
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(screen(&harness), Screen::Choose(None));
    assert_eq!(chosen(&harness), Some(second.clone()));
    let title = &library.get(&second).unwrap().title;
    assert!(harness.query_by_role_and_label(Role::Heading, title).is_some());
    // And back to what explains it.
    let words = format!("Learn more: {}", library.module("exam-support").unwrap().title);
    press(&mut harness, &words);
    assert_eq!(screen(&harness), module("exam-support"));
}

#[test]
fn a_moment_said_aloud_finds_its_template() {
    let world = World::demo();
    let mut harness = light(&world, Screen::Choose(None));
    type_into(&mut harness, "Find a template", "failed an exam");
    row(&mut harness, "A doctor failed an exam, After a failed exam");
    assert_eq!(chosen(&harness).as_deref(), Some("after-a-failed-exam"));
    assert!(says(&harness, "This talk is support. No rating comes out of it."));

    let mut harness = light(&world, Screen::Choose(None));
    choose(&mut harness, Role::RadioButton, "By moment");
    row(&mut harness, "A doctor is off sick, ");
    assert_eq!(chosen(&harness).as_deref(), Some("wellbeing-and-return"));
}

#[test]
fn only_what_fits_the_time_and_the_aim_is_listed() {
    let world = World::demo();
    let mut harness = light(&world, Screen::Choose(None));
    choose(&mut harness, Role::ComboBox, "Time there is");
    choose(&mut harness, Role::MenuItem, "10 minutes");
    choose(&mut harness, Role::ComboBox, "Aim or programme");
    choose(&mut harness, Role::MenuItem, "Conscious decision-making");
    let library = Library::built_in().unwrap();
    for template in library.templates() {
        let fits = template.minutes.0 <= 10 && template.aims.iter().any(|aim| aim == "P2");
        let words = format!("{}, {}", template.title, template.purpose);
        let listed = harness.query_all_by_label_contains(&words).next().is_some();
        assert_eq!(listed, fits, "{}", template.id);
    }
}

fn open_cell(harness: &mut Harnessed, aim: &str, title: &str) {
    let row = harness.get_by_role_and_label(Role::Row, aim);
    row.get_by_role_and_label(Role::Button, title).click_accesskit();
    harness.run();
}

fn back_to_the_table(harness: &mut Harnessed) {
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    harness.run();
    assert_eq!(screen(harness), Screen::Coverage);
}

#[test]
fn every_cell_of_the_table_opens_what_it_names() {
    let world = World::demo();
    let mut harness = light(&world, Screen::Choose(None));
    choose(&mut harness, Role::Tab, "What serves which aim");
    assert_eq!(screen(&harness), Screen::Coverage);
    let library = Library::built_in().unwrap();
    for row in library.coverage() {
        let of_aim = harness.get_by_role_and_label(Role::Row, row.aim.words);
        for title in row.templates.iter().map(|template| &template.title) {
            let there = of_aim.query_by_role_and_label(Role::Button, title).is_some();
            assert!(there, "{} has {title}", row.aim.code);
        }
        for title in row.modules.iter().map(|module| &module.title) {
            let there = of_aim.query_all_by_label(title).next().is_some();
            assert!(there, "{} has {title}", row.aim.code);
        }
    }
    for row in library.coverage() {
        for template in &row.templates {
            open_cell(&mut harness, row.aim.words, &template.title);
            assert_eq!(screen(&harness), Screen::Choose(None));
            assert_eq!(chosen(&harness).as_ref(), Some(&template.id));
            back_to_the_table(&mut harness);
        }
        for known in &row.modules {
            open_cell(&mut harness, row.aim.words, &known.title);
            assert_eq!(screen(&harness), module(&known.id));
            back_to_the_table(&mut harness);
        }
    }
}

#[test]
fn marks_are_kept_leave_with_nothing_and_come_back_after_a_lock() {
    let world = World::demo();
    let mut harness = light(&world, module("reverse-mentoring"));
    press(&mut harness, "Star");
    press(&mut harness, "Add a line");
    harness.get_by_label("What worked").type_text("I counted to ten.");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(says(&harness, "I counted to ten. 24 November 2026"));
    choose(&mut harness, Role::RadioButton, "4");
    // Still in the field: the lock keeps it.
    type_into(&mut harness, "Comment", "Best in the second term.");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run();
    type_into(&mut harness, "Password", PASSWORD);
    press(&mut harness, "Unlock");
    let kept = mark(&harness, "module:reverse-mentoring");
    assert!(kept.star);
    assert_eq!((kept.rating, kept.comment.as_str()), (Some(4), "Best in the second term."));
    assert_eq!(kept.worked.len(), 1);
    // The page of the module is shown again; in the list it now comes first.
    press(&mut harness, "Learning");
    let starred = harness.get_by_label_contains("Starred, ").rect().top();
    let other = harness.get_by_label_contains("Aim 1 of the toolkit").rect().top();
    assert!(starred < other);
    drop(harness);

    // Nothing of it leaves with a summary or with a pack that has the module in it.
    let terminal = Terminal::on(world);
    let file = |name: &str| terminal.world.file(name).to_str().unwrap().to_owned();
    let (summary, pack) = (file("summary.json"), file("pack.json"));
    let export = ["export", "--person", "Dr Amina Larkspur", "--format", "json", "--out", &summary];
    terminal.run(&export).fine();
    let make = ["templates", "export", "--own", "--name", "x", "--title", "X", "--out", &pack];
    terminal.run(&[&make[..], &["module:reverse-mentoring"]].concat()).fine();
    for file in [summary, pack] {
        let words = std::fs::read_to_string(&file).unwrap();
        for mark in ["Best in the second term", "I counted to ten", "\"star\"", "\"rating\""] {
            assert!(!words.contains(mark), "{mark} in {file}");
        }
    }
}

#[test]
fn what_is_typed_about_one_template_never_lands_on_another() {
    let world = World::demo();
    let mut harness = light(&world, Screen::Choose(None));
    choose(&mut harness, Role::RadioButton, "Exams");
    row(&mut harness, "After a failed exam, ");
    press(&mut harness, "Star");
    type_into(&mut harness, "Comment", "Tea first.");
    row(&mut harness, "Ready to sit?, ");
    assert_eq!(mark(&harness, "template:after-a-failed-exam").comment, "Tea first.");
    assert_eq!(mark(&harness, "template:ready-to-sit"), Mark::default());
    retype(&mut harness, "Comment", "Check the rules.");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    harness.run();
    assert_eq!(mark(&harness, "template:ready-to-sit").comment, "Check the rules.");
    assert_eq!(mark(&harness, "template:after-a-failed-exam").comment, "Tea first.");
    press(&mut harness, "Templates");
    assert!(says(&harness, "With your star"));
}

#[test]
fn a_line_that_was_removed_comes_back_with_undo() {
    let world = World::demo();
    let mut harness = light(&world, module("leadership"));
    press(&mut harness, "Add a line");
    harness.get_by_label("What worked").type_text("Short and often.");
    harness.run();
    press(&mut harness, "Keep the line");
    press(&mut harness, "Remove the line: Short and often.");
    assert_eq!(mark(&harness, "module:leadership"), Mark::default());
    press(&mut harness, "Undo");
    assert_eq!(mark(&harness, "module:leadership").worked[0].text, "Short and often.");
    // What was set after the line went is no part of what Undo takes back.
    press(&mut harness, "Remove the line: Short and often.");
    press(&mut harness, "Star");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert!(mark(&harness, "module:leadership").star);
    assert!(harness.query_by_role_and_label(Role::Button, "Undo").is_none());
}

#[test]
fn enter_on_a_template_asks_for_whom_and_a_reflection_is_about_nobody() {
    let world = World::demo();
    let mut harness = light(&world, Screen::Choose(None));
    let enter = |harness: &mut Harnessed, template: &str| {
        let library = Library::built_in().unwrap();
        let template = library.get(template).unwrap();
        let words = format!("{}, {}", template.title, template.purpose);
        // The row that is chosen is the one that Tab reaches.
        row(harness, &words);
        harness.query_all_by_label_contains(&words).next().unwrap().focus();
        harness.run();
        assert!(harness.query_all_by_label_contains(&words).next().unwrap().is_focused());
        harness.key_press(Key::Enter);
        harness.run();
    };
    let whom = |harness: &Harnessed| {
        harness.get_by_role_and_label(Role::ComboBox, "With whom?").is_focused()
    };
    enter(&mut harness, "handover");
    assert!(whom(&harness));
    assert_eq!(screen(&harness), Screen::Choose(None));
    harness.get_by_role_and_label(Role::Button, "Choose a person to start").click_accesskit();
    harness.run();
    assert!(whom(&harness), "the button goes to what is missing, too");
    choose(&mut harness, Role::ComboBox, "With whom?");
    choose(&mut harness, Role::MenuItem, "Dr Mei Thistledown");
    enter(&mut harness, "reflection-small");
    assert_eq!(harness.state().app().inputs.draft.as_ref().unwrap().session.person, None);

    drop(harness);
    let mut harness = light(&world, Screen::Choose(None));
    row(&mut harness, "Handover to the next supervisor, ");
    choose(&mut harness, Role::ComboBox, "With whom?");
    choose(&mut harness, Role::MenuItem, "Dr Mei Thistledown");
    enter(&mut harness, "handover");
    let person = harness.state().app().inputs.draft.as_ref().unwrap().session.person.unwrap();
    let open = state(&harness).open().unwrap();
    assert_eq!(open.journal.person(person).unwrap().name, "Dr Mei Thistledown");
}

#[test]
fn ground_rules_stand_before_the_first_prompt() {
    let world = World::demo();
    let mut harness = light(&world, Screen::Choose(None));
    type_into(&mut harness, "Find a template", "A doctor failed an exam");
    choose(&mut harness, Role::ComboBox, "With whom?");
    choose(&mut harness, Role::MenuItem, "Dr Mei Thistledown");
    press(&mut harness, "Start now");
    let rules = harness.get_by_label_contains("This talk is support. No rating comes out of it.");
    let library = Library::built_in().unwrap();
    let first = &library.get("after-a-failed-exam").unwrap().sections[0].prompts[0].text;
    let prompt = harness.get_by_role_and_label(Role::Heading, first);
    assert!(rules.rect().bottom() <= prompt.rect().top());
}

#[test]
fn nothing_reaches_beyond_a_small_window() {
    let world = World::demo();
    for size in [NARROW, [480.0, 640.0]] {
        for shown in
            [Screen::Choose(None), Screen::Learning(None), module("leadership"), Screen::Coverage]
        {
            let harness = world.at(shown.clone(), Look::Light, size);
            for role in [Role::Button, Role::Tab, Role::RadioButton, Role::Label, Role::Heading] {
                for node in harness.query_all_by_role(role) {
                    let right = node.rect().right();
                    assert!(right <= size[0] + 1.0, "{shown:?} at {size:?}: {role:?} to {right}");
                }
            }
        }
    }
}

#[test]
fn marks_and_ground_rules_look_as_drawn() {
    let world = World::demo();
    let mut harness = world.at(Screen::Choose(None), Look::Light, [1280.0, 1900.0]);
    type_into(&mut harness, "Find a template", "A doctor failed an exam");
    press(&mut harness, "Star");
    press(&mut harness, "Add a line");
    harness.get_by_label("What worked").type_text("I asked how they were, and waited.");
    harness.run();
    press(&mut harness, "Keep the line");
    choose(&mut harness, Role::RadioButton, "4");
    harness.event(egui::Event::PointerGone);
    harness.run();
    picture(&mut harness, "library_marks");
}

#[test]
fn ground_rules_in_a_session_look_as_drawn() {
    let world = World::demo();
    let mut harness = world.at(Screen::Choose(None), Look::Light, DESK);
    type_into(&mut harness, "Find a template", "A doctor failed an exam");
    choose(&mut harness, Role::ComboBox, "With whom?");
    choose(&mut harness, Role::MenuItem, "Dr Mei Thistledown");
    press(&mut harness, "Start now");
    harness.event(egui::Event::PointerGone);
    harness.run();
    picture(&mut harness, "session_ground_rules");
}

fn drawn(screen: Screen, look: Look, size: [f32; 2], name: &str) {
    let world = World::demo();
    let mut harness = world.at(screen, look, size);
    picture(&mut harness, name);
}

#[test]
fn the_list_of_modules_looks_as_drawn() {
    drawn(Screen::Learning(None), Look::Light, DESK, "learning_light");
}

#[test]
fn the_list_of_modules_looks_as_drawn_in_dark() {
    drawn(Screen::Learning(None), Look::Dark, DESK, "learning_dark");
}

#[test]
fn the_list_of_modules_in_a_narrow_window() {
    drawn(Screen::Learning(None), Look::Light, NARROW, "learning_narrow");
}

#[test]
fn a_module_looks_as_drawn() {
    drawn(module(HARD), Look::Light, DESK, "module_light");
}

#[test]
fn a_module_looks_as_drawn_in_dark() {
    drawn(module(HARD), Look::Dark, DESK, "module_dark");
}

#[test]
fn a_module_in_a_narrow_window() {
    drawn(module(HARD), Look::Light, NARROW, "module_narrow");
}

#[test]
fn a_module_down_to_its_end() {
    drawn(module(HARD), Look::Light, [1280.0, 2600.0], "module_whole");
}

#[test]
fn the_table_looks_as_drawn() {
    drawn(Screen::Coverage, Look::Light, DESK, "coverage_light");
}

#[test]
fn the_table_looks_as_drawn_in_dark() {
    drawn(Screen::Coverage, Look::Dark, DESK, "coverage_dark");
}

#[test]
fn the_table_in_a_narrow_window() {
    drawn(Screen::Coverage, Look::Light, NARROW, "coverage_narrow");
}

#[test]
fn choosing_looks_as_drawn() {
    drawn(Screen::Choose(None), Look::Light, DESK, "library_light");
}

#[test]
fn choosing_looks_as_drawn_in_dark() {
    drawn(Screen::Choose(None), Look::Dark, DESK, "library_dark");
}

#[test]
fn choosing_in_a_narrow_window() {
    drawn(Screen::Choose(None), Look::Light, NARROW, "library_narrow");
}

#[test]
fn choosing_by_moment_with_a_filter_looks_as_drawn() {
    let world = World::demo();
    let mut harness = world.at(Screen::Choose(None), Look::Light, DESK);
    choose(&mut harness, Role::RadioButton, "By moment");
    choose(&mut harness, Role::ComboBox, "Time there is");
    choose(&mut harness, Role::MenuItem, "30 minutes");
    harness.event(egui::Event::PointerGone);
    harness.run();
    picture(&mut harness, "library_moments");
}
