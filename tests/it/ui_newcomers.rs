//! Bringing people in from a table, in the window: every row shown before, taken back whole, by
//! keyboard alone.

use std::path::PathBuf;
use std::sync::Arc;

use cairn::app::newcomers::NewcomersAction;
use cairn::app::packs::PacksAction;
use cairn::app::{Action, App, Screen};
use cairn::import::people::MAX_BYTES;
use cairn::model::Body;
use cairn::platform::Chosen;
use cairn::search::Query;
use cairn::ui::Window;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::support::talk::{keys, press, window};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::says;

const TABLE: &str = "name,stage,specialty,placement,from,wte,arcp,id,GMC number\n\
    Dr Wren Alder,ST4,acute medicine,Larchfield Hospital,5 August 2026,80,9 June 2027,a1,7\n\
    Dr Amina Larkspur,IMT2,acute medicine,,,,,,\n\
    Dr Ishaan Teasel,F1,general surgery,Larchfield Hospital,5 August 2026,100,,a2,\n\
    Dr Wren Alder,F2,,,,,,,\n\
    Dr Sable Fennick,ST1,,Larchfield Hospital,,0.9,31 June 2027,,\n\
    Dr Ishaan Teasel,F1,general surgery,,,,,a2,\n";

fn file(world: &World, name: &str, bytes: &[u8]) -> PathBuf {
    let path = world.file(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// The program at the people; the dialog for a file answers with this one.
fn at_people(world: &World, chosen: PathBuf) -> App {
    let ask = Arc::new(move |_: &std::path::Path, _: &cairn::platform::Wanted| {
        Some(Chosen { path: chosen.clone(), was_there: true })
    });
    let mut app = World::unlock(world.app_with(world.desk().asking(ask)));
    app.act(vec![Action::Go(Screen::People(None))]);
    app
}

fn names(harness: &Harness<'_, Window>) -> Vec<String> {
    let open = harness.state().app().state.open().unwrap();
    open.journal.people().iter().map(|(_, person)| person.name.clone()).collect()
}

fn look(harness: &mut Harness<'_, Window>, path: PathBuf) {
    harness.state_mut().app_mut().act(vec![Action::Packs(PacksAction::Look(path))]);
    harness.run();
}

#[test]
fn a_table_is_chosen_shown_row_by_row_brought_in_and_taken_back_by_keyboard() {
    let world = World::demo();
    let path = file(&world, "rota.csv", TABLE.as_bytes());
    let mut harness = window(&world, at_people(&world, path));
    let before = names(&harness);
    press(&mut harness, "Bring people in…");
    assert!(says(&harness, "Dr Wren Alder,ST4"), "the columns are shown by an example");
    assert!(harness.get_by_label("Choose a table…").is_focused());
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    for words in [
        "Bring in 2 people?",
        "Table rota.csv. Nobody of it is here yet.",
        "1 person is here already, by the id in the file",
        "2 people have a name that is taken.",
        "1 row cannot be read and stays out.",
        "The column “GMC number” has no meaning here and is left out.",
        "ST4 acute medicine, 80% LTFT",
        "Somebody here has this name",
        "Same name as line 2",
        "Cannot be read",
        "Line 6",
        "“31 June 2027”: 31 June is not a date",
        "A placement needs its first day",
        "Here already",
    ] {
        assert!(says(&harness, words), "{words}");
    }
    assert_eq!(names(&harness), before, "nobody is there before they are wanted");
    assert!(harness.get_by_role_and_label(Role::Button, "Bring in 2 people").is_focused());

    // Back to the ticks: the last is that of the second Wren Alder, who is somebody else.
    let ticks: Vec<_> = harness.get_all_by_role(Role::CheckBox).collect();
    assert_eq!(ticks.len(), 4);
    ticks[3].focus();
    harness.run();
    keys(&mut harness, Modifiers::NONE, Key::Space);
    assert!(says(&harness, "Bring in 3 people?"));
    harness.get_all_by_role(Role::CheckBox).nth(2).unwrap().focus();
    harness.run();
    keys(&mut harness, Modifiers::NONE, Key::Space);
    press(&mut harness, "Bring in 2 people");
    let mut with = before.clone();
    with.extend(["Dr Wren Alder".to_owned(), "Dr Wren Alder".to_owned()]);
    with.sort();
    let mut now = names(&harness);
    now.sort();
    assert_eq!(now, with);
    assert!(says(&harness, "Brought in from rota.csv."));
    assert!(says(&harness, "1 person left out, as you chose."));

    assert!(harness.get_by_label("See them under People").is_focused());
    keys(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(harness.get_by_label("Take this import back").is_focused());
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(names(&harness), before);
    assert!(says(&harness, "2 people taken out again"));

    // Nobody of them is in a list or a search after a lock either.
    drop(harness);
    let app = World::unlock(world.app());
    let journal = &app.state.open().unwrap().journal;
    assert_eq!(journal.people().len(), before.len());
    assert!(
        cairn::search::hits(journal, &Query::read("Alder"), jiff::civil::date(2026, 11, 24))
            .is_empty()
    );
}

#[test]
fn somebody_about_whom_something_was_written_since_stays() {
    let world = World::demo();
    let path = file(&world, "rota.csv", b"name\nDr Wren Alder\nDr Ishaan Teasel\n");
    let mut harness = window(&world, at_people(&world, PathBuf::new()));
    let before = names(&harness).len();
    look(&mut harness, path);
    press(&mut harness, "Bring in 2 people");
    let app = harness.state_mut().app_mut();
    let (wren, _) = app.state.open().unwrap().brought.as_ref().unwrap().records[0].clone();
    app.act(vec![Action::Session(cairn::app::action::SessionAction::Start {
        template: "mid-point-review".to_owned(),
        person: Some(wren),
    })]);
    let draft = app.inputs.draft.as_mut().unwrap();
    draft.session.title.push_str(" again");
    draft.touched = true;
    app.act(vec![Action::Newcomers(NewcomersAction::Show)]);
    harness.run();
    assert!(says(&harness, "1 of them was changed since"));
    press(&mut harness, "Take this import back");
    assert!(says(&harness, "1 person taken out again. 1 person was changed since and stays"));
    assert_eq!(names(&harness).len(), before + 1);
}

#[test]
fn a_table_that_can_not_be_used_is_refused_in_words() {
    let world = World::demo();
    let mut harness = window(&world, at_people(&world, PathBuf::new()));
    press(&mut harness, "Bring people in…");
    let huge = vec![b'a'; MAX_BYTES + 1];
    for (name, bytes, said) in [
        ("a.csv", b"".as_slice(), "a.csv can’t be brought in: the file is empty"),
        ("b.csv", b"name\nZo\xeb\n", "line 2 is not UTF-8 text. Save the table as “CSV UTF-8”"),
        ("c.csv", b"Person,Stage\nA,F1\n", "the first row must name the columns"),
        ("d.csv", b"name\n", "there is no row below the first"),
        ("e.csv", huge.as_slice(), "e.csv is too large"),
        ("f.xlsx", b"PK\x03\x04\xff\xfe", "is not UTF-8 text"),
    ] {
        let path = file(&world, name, bytes);
        look(&mut harness, path);
        assert!(says(&harness, "This file cannot be used"), "{name}");
        assert!(says(&harness, said), "{name}: {said}");
    }
    press(&mut harness, "Back to people");
    assert!(matches!(harness.state().app().state.open().unwrap().screen, Screen::People(_)));
}

#[test]
fn a_plan_of_revision_is_taken_back_by_one_undo() {
    use cairn::app::revise::ReviseAction;
    use cairn::app::{Command, inputs::PersonTab};

    let world = World::demo();
    let mut app = at_people(&world, PathBuf::new());
    let id = crate::support::talk::amina(&app);
    let open = |app: &App| -> Vec<Body> {
        let journal = &app.state.open().unwrap().journal;
        journal.all().map(|(_, body)| body).filter(|it| matches!(it, Body::Action(_))).collect()
    };
    let before = open(&app);
    app.act(vec![Action::Revise(ReviseAction::Open(id, "PACES".to_owned()))]);
    let form = app.inputs.revise.as_mut().unwrap();
    form.day = "20 February 2027".to_owned();
    form.topics = vec![("Cardiology".to_owned(), 2), ("Neurology".to_owned(), 4)];
    app.act(vec![Action::Revise(ReviseAction::Preview)]);
    app.act(vec![Action::Revise(ReviseAction::Keep)]);
    let made = open(&app).len() - before.len();
    assert!(made > 10, "{made}");
    assert_eq!(app.inputs.person_tab, PersonTab::Actions);
    let toast = app.state.toast.as_ref().unwrap();
    assert_eq!(toast.text, format!("{made} actions added"));
    app.act(vec![Action::Do(Command::TakeBack)]);
    assert_eq!(open(&app), before);
    // Nor does the record know them after a lock, though every version of them is kept.
    let again = World::unlock(world.app());
    assert_eq!(open(&again).len(), before.len());
}

fn shown(world: &World, size: [f32; 2], zoom: u16) -> Harness<'static, Window> {
    let path = file(world, "rota.csv", TABLE.as_bytes());
    let mut app = at_people(world, path.clone());
    app.act(vec![Action::Packs(PacksAction::Look(path))]);
    app.state.look.zoom = zoom;
    let mut harness = world.window_of(app, Look::Light, size);
    harness.run();
    harness
}

#[test]
fn the_preview_looks_as_it_should() {
    picture(&mut shown(&World::demo(), DESK, 100), "newcomers");
}

#[test]
fn the_preview_fits_a_small_window() {
    picture(&mut shown(&World::demo(), [1024.0, 640.0], 150), "newcomers_narrow");
}

#[test]
fn the_page_before_a_table_is_chosen_looks_as_it_should() {
    let world = World::demo();
    let mut app = at_people(&world, PathBuf::new());
    app.act(vec![Action::Newcomers(NewcomersAction::Show)]);
    let mut harness = window(&world, app);
    harness.run();
    picture(&mut harness, "newcomers_choose");
}

#[test]
fn the_page_after_an_import_looks_as_it_should() {
    let world = World::demo();
    let mut harness = shown(&world, DESK, 100);
    press(&mut harness, "Bring in 2 people");
    picture(&mut harness, "newcomers_done");
}
