//! Fairness in the window: published gaps, counts that are compared, files of outcomes, and the
//! owner's own practice.

use std::path::Path;
use std::sync::Arc;

use cairn::app::action::RecordAction;
use cairn::app::fairness::Page;
use cairn::app::{Action, App, Command, Screen};
use cairn::model::session::Role as Owner;
use cairn::platform::{Chosen, Wanted};
use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::{Harnessed, press, retype, says, state, type_into};
use crate::ui_person_about::enter;

fn fairness(world: &World) -> Harnessed {
    world.at(Screen::Fairness, Look::Light, DESK)
}

fn tab(harness: &mut Harnessed, page: Page) {
    harness.get_by_role_and_label(Role::Tab, page.words()).click_accesskit();
    harness.run();
}

fn count(harness: &mut Harnessed, counts: [&str; 4]) {
    let labels = ["How many had it", "Of how many", "How many had it there", "Of how many there"];
    for (label, number) in labels.into_iter().zip(counts) {
        retype(harness, label, number);
    }
}

/// A program whose dialog gives this file.
fn choosing(world: &World, path: &Path) -> App {
    let path = path.to_path_buf();
    let desk = world.desk().asking(Arc::new(move |_, wanted| match wanted {
        Wanted::File => Some(Chosen { path: path.clone(), was_there: true }),
        _ => None,
    }));
    world.app_with(desk)
}

/// The calculator with a file that was chosen.
fn with_file(world: &World, name: &str, text: &str) -> Harnessed {
    let path = world.file(name);
    std::fs::write(&path, text).unwrap();
    let app = choosing(world, &path);
    let mut harness = world.at_of(app, Screen::Fairness, Look::Light, DESK);
    tab(&mut harness, Page::Calculator);
    enter(&mut harness, "Open a CSV of outcomes…");
    harness
}

#[test]
fn the_rail_and_a_key_open_it_and_each_gap_is_said_in_words() {
    let world = World::demo();
    let mut harness = world.at(Screen::Today, Look::Light, DESK);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num6);
    harness.run();
    assert_eq!(state(&harness).open().unwrap().screen, Screen::Fairness);
    assert!(Command::Fairness.enabled(state(&harness)));
    assert!(says(&harness, "41 fewer in every 100."));
    assert!(says(&harness, "The figures fit a true gap of 32 to 48. One course, in 2002."));
    assert!(says(&harness, "67 of 256. Likely between 21 and 32"));
    for row in [
        "Trained overseas, PACES, against trained in the UK: 41 fewer. The data fit 32 to 48.",
        "Women, training posts, against men: 8 more. The data fit 7 to 9.",
        "Disabled doctors, training posts, against others: 6 more. The data fit 1 to 10.",
    ] {
        assert!(harness.query_by_label(row).is_some(), "{row}");
    }
    assert!(says(&harness, "Too few to say."));
    assert!(says(&harness, "The true rate could be anywhere from 21% to 94%."));
}

#[test]
fn more_detail_is_the_table_of_the_chart_and_leaves_as_it_is_seen() {
    let world = World::demo();
    let mut harness = fairness(&world);
    assert!(!says(&harness, "Does not show"));
    press(&mut harness, "More detail");
    assert!(
        says(&harness, "67 of 256 against 152 of 227") && says(&harness, "0.17 (0.12 to 0.26)")
    );
    assert!(says(&harness, "Does not show"));
    enter(&mut harness, "Save this table as CSV…");
    assert!(says(&harness, "What leaves this machine"));
    assert!(says(&harness, "No name of your people in it."));
    enter(&mut harness, "Save figures");
    assert!(says(&harness, "Saved, and a receipt is kept"));
    let open = state(&harness).open().unwrap();
    let receipt = open.journal.receipts()[0].1.clone();
    assert_eq!((receipt.format.as_str(), receipt.person), ("csv", None));
    assert_eq!(receipt.what, "Published figures, a table");
    let text = std::fs::read_to_string(world.file(&receipt.file)).unwrap();
    assert_eq!(text, open.fairness.leaving.as_ref().unwrap().text);
    assert!(text.contains("Bessant") && text.contains("152 of 227"), "{text}");
}

#[test]
fn a_chart_leaves_as_a_picture_with_its_words() {
    let world = World::demo();
    let mut harness = fairness(&world);
    enter(&mut harness, "Save this chart as a picture…");
    enter(&mut harness, "Save figures");
    let open = state(&harness).open().unwrap();
    let receipt = open.journal.receipts()[0].1.clone();
    let text = std::fs::read_to_string(world.file(&receipt.file)).unwrap();
    let tree = roxmltree::Document::parse(&text).unwrap();
    assert_eq!(tree.root_element().tag_name().name(), "svg");
    let said = tree.descendants().find(|it| it.has_tag_name("desc")).unwrap().text().unwrap();
    assert!(said.contains("Women, training posts, against men: 8 more."), "{said}");
}

#[test]
fn typed_counts_are_compared_in_words_and_small_ones_are_not() {
    let world = World::demo();
    let mut harness = fairness(&world);
    tab(&mut harness, Page::Calculator);
    count(&mut harness, ["67", "256", "152", "227"]);
    assert!(says(&harness, "First group: 26 of every 100 passed."));
    assert!(says(&harness, "The data fit a true gap of 32 to 48 fewer."));
    assert!(says(&harness, "It does not say why, and it tells you nothing about one doctor."));
    assert!(says(&harness, "0.17 (0.12 to 0.26)"), "the odds ratio with its interval");
    assert!(says(&harness, "people in each group."));

    count(&mut harness, ["4", "9", "152", "227"]);
    assert!(says(&harness, "First group: fewer than 10 people."));
    assert!(!says(&harness, "of every 100 passed."));
    count(&mut harness, ["20", "20", "152", "227"]);
    assert!(says(&harness, "A doctor could be picked out."));
    assert!(harness.query_by_label("Save as CSV…").is_none());
    // Nobody can be asked about with fewer than five.
    retype(&mut harness, "Smallest group that is shown", "3");
    assert!(says(&harness, "Never below 5"));
    count(&mut harness, ["2", "4", "152", "227"]);
    assert!(says(&harness, "First group: fewer than 5 people."));

    count(&mut harness, ["-2", "9", "152", "227"]);
    assert!(says(&harness, "A count cannot be below zero"));
    count(&mut harness, ["2.5", "9", "152", "227"]);
    assert!(says(&harness, "Write whole numbers"));
    count(&mut harness, ["10", "9", "152", "227"]);
    assert!(says(&harness, "The first number is at most the second"));
}

/// Three groups, one of them small, over four years and two exams.
fn outcomes() -> String {
    let mut text = "group,passed,year,exam,count\n".to_owned();
    for (at, year) in (2021..2025).enumerate() {
        for (exam, size) in [("Written", 30), ("Clinical", 40)] {
            text += &format!("UK,yes,{year},{exam},{}\nUK,no,{year},{exam},{size}\n", size * 3);
            text += &format!("Overseas,yes,{year},{exam},{}\n", size + 20 * at);
            text += &format!("Overseas,no,{year},{exam},{size}\n");
        }
    }
    text + "Elsewhere,yes,2021,Written,3\nElsewhere,no,2021,Written,2\n\
            Other,yes,2022,Written,14\nOther,no,2022,Written,12\n"
}

#[test]
fn a_file_shows_its_gap_over_years_and_strata_and_hides_the_small() {
    let world = World::demo();
    let harness = with_file(&world, "outcomes.csv", &outcomes());
    assert!(says(&harness, "Hidden: Elsewhere, Other."));
    assert!(says(&harness, "UK: 75 of every 100 passed."));
    assert!(says(&harness, "Like compared with like"));
    assert!(says(&harness, "Each year, Overseas gained "));
    assert!(says(&harness, "It cannot allow for what nobody wrote down."));
    assert!(harness.query_by_label_contains("Elsewhere:").is_none());
}

#[test]
fn what_a_file_shows_leaves_rounded_and_without_the_hidden() {
    let world = World::demo();
    let mut harness = with_file(&world, "outcomes.csv", &outcomes());
    enter(&mut harness, "Save the table as CSV…");
    assert!(says(&harness, "Nobody can be counted out."));
    enter(&mut harness, "Save figures");
    let open = state(&harness).open().unwrap();
    let receipt = open.journal.receipts()[0].1.clone();
    let text = std::fs::read_to_string(world.file(&receipt.file)).unwrap();
    assert!(text.contains("All,,Elsewhere,hidden,hidden,hidden,hidden"), "{text}");
    assert!(text.contains("All,,UK,1120,75%,"), "{text}");
    let journal = &open.journal;
    for (_, person) in journal.people() {
        assert!(!text.contains(&person.name), "{}", person.name);
    }
}

#[test]
fn a_file_that_is_wrong_is_refused_with_its_row_and_what_to_do() {
    let world = World::demo();
    let harness = with_file(&world, "wrong.csv", "group,passed,count\nUK,yes,5\nUK,no,-1\n");
    assert!(says(&harness, "Row 3: the count “-1” is below zero. Write a whole number from 0."));
    let named = with_file(&World::demo(), "named.csv", "name,group,passed\nA B,UK,yes\n");
    assert!(says(&named, "The column “name” could point to a person."));
    assert!(state(&named).open().unwrap().journal.receipts().is_empty());
}

#[test]
fn my_practice_counts_and_never_divides() {
    let world = World::demo();
    let mut harness = fairness(&world);
    tab(&mut harness, Page::Practice);
    assert!(says(&harness, "It is no score."));
    let today = state(&harness).today();
    let open = state(&harness).open().unwrap();
    let given = cairn::app::fairness::given(&open.journal, today);
    let amina = given.iter().find(|it| it.name == "Dr Amina Larkspur").unwrap();
    assert!(amina.talks > 0 && amina.promises > 0, "{amina:?}");
    let names: Vec<&str> = given.iter().map(|it| it.name.as_str()).collect();
    let people = open.journal.people();
    let in_order: Vec<&str> = people
        .iter()
        .filter(|(_, person)| !person.is_past())
        .map(|(_, person)| person.name.as_str())
        .collect();
    assert_eq!(names, in_order, "by name, never by rank");
    assert!(harness.query_by_label_contains("%").is_none(), "no rate of one's own doctors");
    enter(&mut harness, "Write in the fairness log");
    let draft = harness.state().app().inputs.draft.as_ref().unwrap();
    assert_eq!((draft.session.template.id.as_str(), draft.session.person), ("fairness-log", None));
}

#[test]
fn nothing_typed_stays_after_the_screen_is_left() {
    let world = World::demo();
    let mut harness = fairness(&world);
    tab(&mut harness, Page::Calculator);
    type_into(&mut harness, "How many had it", "67");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num1);
    harness.run();
    assert_eq!(harness.state().app().inputs.fairness, Default::default());
}

#[test]
fn what_is_known_looks_as_it_should() {
    picture(&mut fairness(&World::demo()), "fairness_light");
}

#[test]
fn what_is_known_looks_as_it_should_in_the_dark() {
    picture(&mut World::demo().at(Screen::Fairness, Look::Dark, DESK), "fairness_dark");
}

#[test]
fn the_calculator_looks_as_it_should() {
    let mut harness = fairness(&World::demo());
    tab(&mut harness, Page::Calculator);
    count(&mut harness, ["67", "256", "152", "227"]);
    picture(&mut harness, "fairness_calculator");
}

#[test]
fn a_file_of_outcomes_looks_as_it_should() {
    let world = World::demo();
    let path = world.file("outcomes.csv");
    std::fs::write(&path, outcomes()).unwrap();
    let app = choosing(&world, &path);
    let mut harness = world.at_of(app, Screen::Fairness, Look::Light, [1280.0, 2300.0]);
    tab(&mut harness, Page::Calculator);
    enter(&mut harness, "Open a CSV of outcomes…");
    picture(&mut harness, "fairness_file");
}

#[test]
fn everything_about_exams_looks_as_it_should() {
    let world = World::demo();
    let mut harness = world.at(Screen::Fairness, Look::Light, [1280.0, 2000.0]);
    harness.get_by_role_and_label(Role::RadioButton, "Exams").click_accesskit();
    harness.run();
    picture(&mut harness, "fairness_exams");
}

#[test]
fn what_leaves_looks_as_it_should() {
    let mut harness = fairness(&World::demo());
    enter(&mut harness, "Save this table as CSV…");
    retype(&mut harness, "File", "gaps.csv");
    picture(&mut harness, "fairness_leaves");
}

#[test]
fn no_page_reaches_beyond_a_small_window() {
    for (size, zoom) in [([1024.0, 640.0], 150), ([560.0, 800.0], 100)] {
        let world = World::demo();
        let path = world.file("outcomes.csv");
        std::fs::write(&path, outcomes()).unwrap();
        let mut app = choosing(&world, &path);
        app.state.look.zoom = zoom;
        let mut harness = world.at_of(app, Screen::Fairness, Look::Light, size);
        let width = harness.ctx.content_rect().width();
        let within = |harness: &Harnessed| {
            for node in harness.root().children_recursive() {
                let of = node.accesskit_node();
                if of.data().bounds().is_some() && of.role() != Role::TextRun {
                    let right = node.rect().right();
                    assert!(
                        right <= width + 0.5,
                        "{:?} {:?} ends at {right}",
                        of.role(),
                        of.label()
                    );
                }
            }
        };
        press(&mut harness, "More detail");
        within(&harness);
        tab(&mut harness, Page::Calculator);
        count(&mut harness, ["67", "256", "152", "227"]);
        enter(&mut harness, "Open a CSV of outcomes…");
        within(&harness);
        tab(&mut harness, Page::Practice);
        within(&harness);
    }
}

#[test]
fn a_doctor_in_training_has_no_caseload_to_look_at() {
    let world = World::demo();
    let mut app = World::unlock(world.app());
    app.act(vec![Action::Record(RecordAction::Role(Owner::Doctor)), Action::Go(Screen::Fairness)]);
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    assert!(harness.query_by_role_and_label(Role::Tab, "Gap calculator").is_some());
    assert!(harness.query_by_role_and_label(Role::Tab, "My practice").is_none());
    assert!(!says(&harness, "Ask who got your time"));
}

#[test]
fn what_is_known_fits_a_small_window() {
    let world = World::demo();
    let mut app = world.app();
    app.state.look.zoom = 150;
    let mut harness = world.at_of(app, Screen::Fairness, Look::Light, [1024.0, 640.0]);
    picture(&mut harness, "fairness_narrow");
}

#[test]
fn my_practice_looks_as_it_should() {
    let mut harness = fairness(&World::demo());
    tab(&mut harness, Page::Practice);
    picture(&mut harness, "fairness_practice");
}
