//! The library on paper, and the card for when a talk turns into something else.

use std::fs;

use cairn::app::Screen;
use cairn::app::paper::{Page, PaperOf, PrintForm, Whom};
use cairn::library::Library;
use cairn::model::Layer;
use cairn::model::session::Role as Owner;
use egui::{Key, Role};

use crate::export_summary::files::with_tool;
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::{press, retype, says, type_into};
use crate::ui_packs::{click, light};

fn pdf(world: &World, name: &str) -> (Vec<u8>, String) {
    let bytes = fs::read(world.file(name)).unwrap();
    if let Some(report) = with_tool("qpdf", &["--check"], &[], &bytes) {
        assert!(report.contains("No syntax or stream encoding errors"), "{report}");
    }
    let words = with_tool("pdftotext", &["-raw"], &["-"], &bytes).unwrap_or_default();
    (bytes, words.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_sheet_for_the_room_leaves_out_what_one_person_alone_answers_unless_it_is_chosen() {
    let world = World::demo();
    let mut harness = light(&world, Screen::Choose(None));
    type_into(&mut harness, "Find a template", "Mid-point review");
    press(&mut harness, "Print…");
    press(&mut harness, "Save PDF");
    assert!(says(&harness, "Mid-point review sheet.pdf is saved. Print it from there"));
    press(&mut harness, "Print…");
    press(&mut harness, "Save PDF");
    assert!(says(&harness, "There is a file with this name already."));
    retype(&mut harness, "File", "all.pdf");
    click(&mut harness, Role::RadioButton, "For me alone");
    press(&mut harness, "Save PDF");
    let (_, room) = pdf(&world, "Mid-point review sheet.pdf");
    let (_, whole) = pdf(&world, "all.pdf");
    if room.is_empty() {
        return;
    }
    let library = Library::built_in().unwrap();
    let sections = &library.get("mid-point-review").unwrap().sections;
    let (mut shared, mut private) = (0, 0);
    for prompt in sections.iter().flat_map(|section| &section.prompts) {
        let words = prompt.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match prompt.layer.for_role(Owner::Supervisor) {
            Some(Layer::Shared) => {
                shared += 1;
                assert!(room.contains(&words) && whole.contains(&words), "{words}");
            }
            Some(_) => {
                private += 1;
                assert!(!room.contains(&words), "{words}");
                assert!(whole.contains(&words), "{words}");
            }
            None => assert!(!room.contains(&words) && !whole.contains(&words), "{words}"),
        }
    }
    assert!(shared > 0 && private > 0, "the template has both");
    let turns = &library.get("mid-point-review").unwrap().if_it_turns;
    let turns = turns.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!room.contains(&turns) && whole.contains(&turns), "{turns}");
    assert!(!room.contains("Say: “") && whole.contains("Say: “"), "words to borrow");
}

#[test]
fn the_exercise_and_the_card_of_a_module_are_printed_from_its_page() {
    let world = World::demo();
    let mut harness = light(&world, Screen::Learning(Some("challenging-conversations".to_owned())));
    press(&mut harness, "Print the exercise…");
    press(&mut harness, "Save PDF");
    press(&mut harness, "Print the card…");
    press(&mut harness, "Save PDF");
    let library = Library::built_in().unwrap();
    let module = library.module("challenging-conversations").unwrap();
    let (_, sheet) = pdf(&world, &format!("{} sheet.pdf", module.title));
    let (_, card) = pdf(&world, &format!("{} card.pdf", module.title));
    if sheet.is_empty() {
        return;
    }
    for step in &module.workshop.steps {
        assert!(sheet.contains(&step.title), "{}", step.title);
    }
    assert!(card.contains(&module.card.title));
}

#[test]
fn a_doctors_sheet_never_has_the_supervisors_questions() {
    let library = Library::built_in().unwrap();
    let form = PrintForm { whom: Whom::Me, ..PrintForm::default() };
    for template in library.templates() {
        let of = PaperOf::Template(template.id.clone());
        for (role, others) in [
            (Owner::Doctor, "Private to the supervisor"),
            (Owner::Supervisor, "Private to the doctor"),
        ] {
            let asks = |prompt: &cairn::model::Prompt| prompt.layer.for_role(role).is_some();
            if !template.sections.iter().flat_map(|part| &part.prompts).any(asks) {
                continue;
            }
            let page = Page::of(&library, &of, &form, role);
            let Some(Page::Blank(page)) = page else { panic!("{}", template.id) };
            let mut asked = page.sections.iter().flat_map(|part| &part.questions);
            assert!(asked.all(|question| question.layer != others), "{}", template.id);
        }
    }
}

#[test]
fn what_to_do_when_a_talk_turns_is_a_press_away_from_module_and_session() {
    let world = World::demo();
    let library = Library::built_in().unwrap();
    let module = library.module("challenging-conversations").unwrap();
    let mut harness = light(&world, Screen::Learning(Some(module.id.clone())));
    press(&mut harness, "Open the card");
    for template in module.templates.iter().filter_map(|id| library.get(id)) {
        click(&mut harness, Role::ComboBox, "In which talk?");
        click(&mut harness, Role::MenuItem, &template.title);
        assert!(says(&harness, &template.if_it_turns), "{}", template.id);
    }
    press(&mut harness, "Close the card");
    let words = &library.get("progress-conversation").unwrap().if_it_turns;
    assert!(!says(&harness, words));
    drop(harness);
    for size in [DESK, [1000.0, 700.0]] {
        let mut harness = world.at(Screen::Choose(None), Look::Light, [1280.0, 3000.0]);
        type_into(&mut harness, "Find a template", "Progress conversation");
        click(&mut harness, Role::ComboBox, "With whom?");
        click(&mut harness, Role::MenuItem, "Dr Mei Thistledown");
        press(&mut harness, "Start now");
        harness.set_size(size.into());
        harness.run();
        press(&mut harness, "When it turns into something else");
        assert!(says(&harness, words));
        harness.key_press(Key::Escape);
        harness.run();
        assert!(!says(&harness, words));
    }
}

#[test]
fn printing_looks_as_drawn() {
    let world = World::demo();
    let mut harness = world.at(Screen::Choose(None), Look::Light, DESK);
    type_into(&mut harness, "Find a template", "Mid-point review");
    press(&mut harness, "Print…");
    retype(&mut harness, "File", "Mid-point review sheet.pdf");
    picture(&mut harness, "print_form");
}

#[test]
fn the_exit_card_looks_as_drawn() {
    let module = Screen::Learning(Some("challenging-conversations".to_owned()));
    let mut harness = light(&World::demo(), module);
    press(&mut harness, "Open the card");
    harness.set_size(DESK.into());
    harness.run();
    picture(&mut harness, "exit_card");
}
