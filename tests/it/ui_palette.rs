//! One box for doing and finding: everything that is unlocked, every command, by keyboard alone.

use cairn::app::action::SessionAction;
use cairn::app::palette::Line;
use cairn::app::{Action, Screen};
use cairn::model::{Id, Kind};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;

use crate::support::talk::{begun, keys, set, unlocked, window};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::{Harnessed, says};

const BOX: &str = "Search or do";

fn at(world: &World, look: Look, size: [f32; 2], zoom: u16) -> Harnessed {
    let mut app = unlocked(world);
    app.state.look.zoom = zoom;
    let mut harness = world.window_of(app, look, size);
    harness.run();
    harness
}

fn act(harness: &mut Harnessed, action: Action) {
    harness.state_mut().app_mut().act(vec![action]);
    harness.run();
}

fn opened(world: &World) -> Harnessed {
    let mut harness = at(world, Look::Light, DESK, 100);
    keys(&mut harness, Modifiers::COMMAND, Key::K);
    harness
}

fn typed(harness: &mut Harnessed, words: &str) {
    harness.get_by_role_and_label(Role::TextInput, BOX).type_text(words);
    harness.run();
}

fn press(harness: &mut Harnessed, key: Key) {
    keys(harness, Modifiers::NONE, key);
}

fn lines(harness: &Harnessed) -> Vec<Line> {
    let open = harness.state().app().state.open().unwrap();
    open.palette.as_ref().map(|palette| palette.lines.clone()).unwrap_or_default()
}

fn screen(harness: &Harnessed) -> Screen {
    harness.state().app().state.open().unwrap().screen.clone()
}

fn is_shut(harness: &Harnessed) -> bool {
    harness.query_by_role_and_label(Role::TextInput, BOX).is_none()
}

#[test]
fn a_sentence_of_long_ago_is_found_and_shown_where_it_stands() {
    let world = World::demo();
    let mut harness = opened(&world);
    typed(&mut harness, "protected clin");
    let all = lines(&harness);
    let hits: Vec<_> = all
        .iter()
        .filter_map(|line| match line {
            Line::Written(hit) if hit.kind == Kind::Session => Some(hit),
            _ => None,
        })
        .collect();
    assert!(!hits.is_empty(), "{all:?}");
    assert!(hits[0].snippet.to_lowercase().contains("clin"), "{hits:?}");
    let at = all.iter().position(|line| matches!(line, Line::Written(hit) if hit.id == hits[0].id));
    for _ in 0..at.unwrap() {
        press(&mut harness, Key::ArrowDown);
    }
    press(&mut harness, Key::Enter);
    assert!(is_shut(&harness));
    assert_eq!(screen(&harness), Screen::Session(hits[0].id));
    let find = harness.state().app().inputs.find.clone().unwrap();
    assert!(!find.hits.is_empty(), "the words are marked on the page: {find:?}");
}

#[test]
fn commands_people_and_templates_are_found_by_a_part_of_their_name() {
    let world = World::demo();
    let mut harness = opened(&world);
    typed(&mut harness, "seun");
    press(&mut harness, Key::Enter);
    let person = |id: Id| {
        let open = harness.state().app().state.open().unwrap();
        open.journal.person(id).unwrap().name.clone()
    };
    let Screen::People(Some(id)) = screen(&harness) else { panic!("{:?}", screen(&harness)) };
    assert_eq!(person(id), "Dr Seun Hawthorne");

    keys(&mut harness, Modifiers::COMMAND, Key::K);
    typed(&mut harness, "settngs");
    press(&mut harness, Key::Enter);
    assert_eq!(screen(&harness), Screen::Settings);

    keys(&mut harness, Modifiers::COMMAND, Key::K);
    typed(&mut harness, "mid-point");
    let at = lines(&harness)
        .iter()
        .position(|line| matches!(line, Line::Template(id, _) if id == "mid-point-review"));
    (0..at.unwrap()).for_each(|_| press(&mut harness, Key::ArrowDown));
    press(&mut harness, Key::Enter);
    assert_eq!(screen(&harness), Screen::Choose(None));
    assert_eq!(harness.state().app().inputs.choose.template.as_deref(), Some("mid-point-review"));

    // With nothing typed: the places seen last.
    keys(&mut harness, Modifiers::COMMAND, Key::K);
    assert!(
        matches!(&lines(&harness)[0], Line::Place(Screen::Settings, _)),
        "{:?}",
        lines(&harness)
    );
    assert!(
        matches!(&lines(&harness)[1], Line::Place(Screen::People(Some(_)), name) if name == "Dr Seun Hawthorne")
    );
    press(&mut harness, Key::Escape);
    assert!(is_shut(&harness));
}

#[test]
fn a_question_is_narrowed_step_by_step_and_widened_again() {
    let world = World::demo();
    let mut harness = opened(&world);
    let total = |harness: &Harnessed| {
        let open = harness.state().app().state.open().unwrap();
        open.palette.as_ref().unwrap().total.unwrap_or_default()
    };
    typed(&mut harness, "the");
    let all = total(&harness);
    typed(&mut harness, " person:ami");
    assert!(
        matches!(&lines(&harness)[0], Line::Narrow(part, name) if part == "person:\"Dr Amina Larkspur\"" && name == "Dr Amina Larkspur")
    );
    press(&mut harness, Key::Enter);
    let form = harness.state().app().inputs.palette.clone().unwrap();
    assert_eq!(form.typed.trim(), "the");
    let hers = total(&harness);
    assert!(hers > 0 && hers < all, "{hers} of {all}");
    press(&mut harness, Key::Tab);
    let private = total(&harness);
    assert!(private < hers);
    assert!(lines(&harness).iter().all(|line| match line {
        Line::Written(hit) => hit.layer == cairn::model::Layer::Private,
        _ => true,
    }));
    harness.get_by_label("Not only layer:private").click();
    harness.run();
    assert_eq!(total(&harness), hers);
    // What cannot be read is said, and the rest counts.
    typed(&mut harness, " before:soon ");
    assert!(says(&harness, "“soon” is not a day"));
}

#[test]
fn a_slip_of_the_finger_is_answered_with_the_word_that_is_there() {
    let world = World::demo();
    let mut harness = opened(&world);
    typed(&mut harness, "rotta");
    assert!(says(&harness, "Did you mean “rota”?"));
    press(&mut harness, Key::Enter);
    let found = lines(&harness);
    assert!(found.iter().any(|line| matches!(line, Line::Written(_))), "{found:?}");
    typed(&mut harness, " qqqqqzzzz");
    assert!(says(&harness, "Nothing found"));
}

#[test]
fn what_is_saved_is_found_at_once_and_nothing_after_a_lock() {
    let world = World::demo();
    let mut app = begun(&world, "mid-point-review");
    let session = &mut app.inputs.draft.as_mut().unwrap().session;
    set(session, "proud", "She steadied the quokkabridge.");
    let mut harness = window(&world, app);
    act(&mut harness, Action::Session(SessionAction::Finish));
    harness.run();
    keys(&mut harness, Modifiers::COMMAND, Key::K);
    typed(&mut harness, "quokka");
    let found = lines(&harness);
    let hits: Vec<_> = found.iter().filter(|line| matches!(line, Line::Written(_))).collect();
    assert_eq!(hits.len(), 1, "{found:?}");
    act(&mut harness, Action::Lock);
    harness.run();
    assert!(is_shut(&harness) && harness.state().app().inputs.palette.is_none());
    keys(&mut harness, Modifiers::COMMAND, Key::K);
    assert!(is_shut(&harness), "there is nothing to search");
}

#[test]
fn while_two_look_at_the_screen_it_stays_shut() {
    let world = World::demo();
    let mut harness = window(&world, begun(&world, "mid-point-review"));
    keys(&mut harness, Modifiers::NONE, Key::F11);
    keys(&mut harness, Modifiers::COMMAND, Key::K);
    assert!(is_shut(&harness));
}

fn rota(look: Look, name: &str) {
    let world = World::demo();
    let mut harness = at(&world, look, DESK, 100);
    keys(&mut harness, Modifiers::COMMAND, Key::K);
    typed(&mut harness, "rota");
    press(&mut harness, Key::ArrowDown);
    picture(&mut harness, name);
}

#[test]
fn it_looks_as_drawn() {
    rota(Look::Light, "palette_light");
}

#[test]
fn it_looks_as_drawn_in_the_dark() {
    rota(Look::Dark, "palette_dark");
}

#[test]
fn with_nothing_typed_it_offers_what_is_common() {
    let world = World::demo();
    picture(&mut opened(&world), "palette_empty");
}

#[test]
fn it_fits_a_small_window() {
    let world = World::demo();
    let mut harness = at(&world, Look::Light, [1024.0, 640.0], 150);
    harness.run();
    keys(&mut harness, Modifiers::COMMAND, Key::K);
    typed(&mut harness, "the");
    press(&mut harness, Key::ArrowUp);
    picture(&mut harness, "palette_narrow");
}
