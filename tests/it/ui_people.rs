//! Today, the people and their pages, adding someone, choosing a template.

use cairn::app::action::DoorAction;
use cairn::app::state::{Open, Opened, Phase};
use cairn::app::{Action, App, Screen};
use cairn::model::session::Role;
use cairn::model::{ActionState, Body, Id, Journal, Person, Session};
use cairn::ui::Window;
use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::window::{DESK, Look, picture, window};
use crate::support::world::{PASSWORD, World};

/// The record unlocked at a screen, in a window.
fn at(world: &World, screen: Screen) -> Harness<'static, Window> {
    world.at(screen, Look::Light, DESK)
}

/// A record that was never written, with these people in it.
fn only(world: &World, people: Vec<Person>, screen: Screen) -> Harness<'static, Window> {
    let mut journal = Journal::default();
    for (at, person) in people.into_iter().enumerate() {
        journal.put(Id::new(1 + at as u64, 1), Body::Person(person));
    }
    holding(world, journal, screen)
}

/// A record that was never written, with this in it.
fn holding(world: &World, journal: Journal, screen: Screen) -> Harness<'static, Window> {
    let opened = Opened { journal, ..Opened::default() };
    let mut app = world.app();
    app.tick(false);
    app.state.phase = Phase::Open(Box::new(Open::new(opened, screen)));
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    harness
}

fn named(name: &str) -> Person {
    Person { name: name.to_owned(), ..Person::default() }
}

fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

fn type_into(harness: &mut Harness<'_, Window>, label: &str, words: &str) {
    harness.get_by_label(label).focus();
    harness.run();
    harness.get_by_label(label).type_text(words);
    harness.run();
}

fn open<'a>(harness: &'a Harness<'_, Window>) -> &'a Open {
    harness.state().app().state.open().unwrap()
}

fn journal<'a>(harness: &'a Harness<'_, Window>) -> &'a Journal {
    &open(harness).journal
}

fn person(journal: &Journal, name: &str) -> Id {
    journal.find_people(name).first().unwrap().0
}

fn demo_person(world: &World, name: &str) -> Id {
    let mut app: App = world.app();
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    person(&app.state.open().unwrap().journal, name)
}

#[test]
fn an_empty_record_leads_to_the_first_person_by_keyboard() {
    let world = World::empty();
    let mut harness = only(&world, Vec::new(), Screen::Today);
    assert!(harness.get_by_label("Add a person").is_focused());
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(open(&harness).screen, Screen::AddPerson);
    assert!(harness.get_by_label("Name").is_focused());
    press(&mut harness, "Save");
    assert!(harness.query_by_label("Type a name").is_some(), "a name is asked for");
    type_into(&mut harness, "Name", "Dr Amina Larkspur");
    harness.key_press(Key::Enter);
    harness.run();
    let id = person(journal(&harness), "Dr Amina Larkspur");
    assert_eq!(open(&harness).screen, Screen::People(Some(id)));
    assert!(harness.query_by_label("Start the first meeting").is_some());
}

#[test]
fn a_new_person_can_be_met_at_once() {
    let world = World::empty();
    let mut harness = only(&world, Vec::new(), Screen::AddPerson);
    type_into(&mut harness, "Name", "Dr Seun Hawthorne");
    press(&mut harness, "Save and start a first session");
    let id = person(journal(&harness), "Dr Seun Hawthorne");
    assert_eq!(open(&harness).screen, Screen::Choose(Some(id)));
    assert!(harness.query_by_label("Because you and Dr Seun Hawthorne have not met yet").is_some());
    assert!(harness.get_by_label("Start now").is_focused());
    harness.key_press(Key::Enter);
    harness.run();
    let draft = harness.state().app().inputs.draft.as_ref().unwrap();
    assert_eq!(
        (draft.session.template.id.as_str(), draft.session.person),
        ("first-meeting", Some(id))
    );
}

#[test]
fn today_shows_many_actions_a_part_at_a_time() {
    let world = World::demo();
    let mut harness = at(&world, Screen::Today);
    let action = journal(&harness).open_actions().next().unwrap().1.clone();
    drop(harness);
    let mut journal = Journal::default();
    journal.put(Id::new(1, 2), Body::Person(named("Dr Amina Larkspur")));
    for n in 0..100 {
        let text = format!("Number {n}");
        let action =
            cairn::model::Action { text, owner: cairn::model::Owner::Me, ..action.clone() };
        journal.put(Id::new(1 + n, 1), Body::Action(action));
    }
    harness = holding(&world, journal, Screen::Today);
    let rows = |harness: &Harness<'_, Window>| {
        let rows = harness.get_all_by_role(egui::Role::CheckBox);
        let names = rows.filter_map(|node| node.accesskit_node().label());
        names.filter(|name| name.starts_with("Number ")).count()
    };
    assert_eq!(rows(&harness), 12);
    for (words, shown) in
        [("Show more actions", 42), ("Show more actions", 72), ("Show all actions", 100)]
    {
        harness.get_by_label(words).click_accesskit();
        harness.run();
        assert_eq!(rows(&harness), shown);
    }
    assert!(harness.query_by_label_contains("Show all").is_none());
}

#[test]
fn an_action_is_ticked_on_today_and_the_tick_is_undone() {
    let world = World::demo();
    let mut harness = at(&world, Screen::Today);
    let (id, words) = {
        let mut mine = journal(&harness)
            .open_actions()
            .filter(|(_, action)| action.owner == cairn::model::Owner::Me);
        let (id, action) = mine.next().unwrap();
        (id, action.text.clone())
    };
    let before = journal(&harness).action(id).unwrap().state;
    let tick = |harness: &mut Harness<'_, Window>| {
        harness.get_by_role_and_label(egui::Role::CheckBox, &words).click_accesskit();
        harness.run();
    };
    tick(&mut harness);
    assert_eq!(journal(&harness).action(id).unwrap().state, ActionState::Done);
    assert!(harness.query_by_label("Done today").is_some());
    press(&mut harness, "Undo");
    assert_eq!(journal(&harness).action(id).unwrap().state, before);
}

#[test]
fn an_action_is_dropped_only_with_a_reason() {
    let world = World::demo();
    let amina = demo_person(&world, "Dr Amina Larkspur");
    let mut harness = at(&world, Screen::People(Some(amina)));
    harness
        .get_by_role(egui::Role::TabList)
        .get_all_by_role(egui::Role::Tab)
        .nth(1)
        .unwrap()
        .click();
    harness.run();
    let (id, words) = {
        let actions = journal(&harness).actions_with(amina);
        let (id, action) = actions.first().unwrap();
        assert!(action.is_open(), "the demonstration has an open action with Amina");
        (*id, action.text.clone())
    };
    press(&mut harness, &format!("Drop: {words}"));
    press(&mut harness, "Drop action");
    assert!(journal(&harness).action(id).unwrap().is_open());
    assert!(harness.query_by_label("Write the reason in a few words").is_some());
    type_into(&mut harness, "Why will it not be done?", "The course is full");
    press(&mut harness, "Drop action");
    let action = journal(&harness).action(id).unwrap();
    assert_eq!(
        (action.state, action.reason.as_str()),
        (ActionState::Dropped, "The course is full")
    );
    assert!(harness.query_by_label("Drop this action?").is_none());
    press(&mut harness, "Undo");
    let action = journal(&harness).action(id).unwrap();
    assert!(action.is_open() && action.reason.is_empty());
}

#[test]
fn the_list_is_filtered_by_name() {
    let world = World::demo();
    let mut harness = at(&world, Screen::People(None));
    assert!(harness.query_by_label_contains("Dr Mei Thistledown, ").is_some());
    type_into(&mut harness, "Filter by name", "seun");
    assert!(harness.query_by_label_contains("Dr Seun Hawthorne, ").is_some());
    assert!(harness.query_by_label_contains("Dr Mei Thistledown, ").is_none());
    type_into(&mut harness, "Filter by name", "zz");
    assert!(harness.query_by_label("No one of that name.").is_some());
}

#[test]
fn the_keyboard_moves_in_the_list_and_the_page_follows() {
    let world = World::empty();
    let people = (0..300).map(|n| named(&format!("Dr Person {n:03}"))).collect();
    let mut harness = only(&world, people, Screen::People(None));
    let shown = |harness: &Harness<'_, Window>| match open(harness).screen {
        Screen::People(Some(id)) => journal(harness).person(id).unwrap().name.clone(),
        _ => String::new(),
    };
    assert!(harness.get_by_label_contains("Dr Person 000, ").is_focused());
    harness.key_press(Key::ArrowDown);
    harness.run();
    assert_eq!(shown(&harness), "Dr Person 001");
    harness.key_press(Key::End);
    harness.run();
    assert_eq!(shown(&harness), "Dr Person 299");
    assert!(harness.get_by_label_contains("Dr Person 299, ").is_focused());
    assert!(
        harness.query_by_label_contains("Dr Person 000, ").is_none(),
        "only the rows in view are drawn"
    );
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.get_by_label("New session").is_focused());
    harness.key_press_modifiers(egui::Modifiers::ALT, Key::ArrowLeft);
    harness.run();
    assert_eq!(open(&harness).screen, Screen::People(None), "the way back is not every row");
}

#[test]
fn a_page_shows_what_the_journal_holds() {
    let world = World::demo();
    let amina = demo_person(&world, "Dr Amina Larkspur");
    let mut harness = at(&world, Screen::People(Some(amina)));
    let journal = journal(&harness);
    let known = journal.person(amina).unwrap().clone();
    let (last, session) = journal.last_finished(amina).unwrap();
    let title = session.title.clone();
    let counts: Vec<usize> = [cairn::model::Layer::Shared, cairn::model::Layer::Private]
        .map(|l| session.count(l))
        .into();
    assert!(counts.iter().all(|count| *count > 0), "the demonstration fills both layers");
    assert!(harness.query_by_label(&format!("say “{}”", known.say)).is_some());
    let about = known.about();
    assert!(harness.query_all_by_label_contains(&about).next().is_some());
    assert!(harness.query_by_label("Today 14:30").is_some(), "the next meeting");
    let card = harness
        .get_all_by_role(egui::Role::Button)
        .find(|node| {
            node.accesskit_node().label().is_some_and(|label| {
                label.starts_with(&title) && label.contains(&format!("{} shared", counts[0]))
            })
        })
        .unwrap();
    card.click();
    harness.run();
    assert_eq!(open(&harness).screen, Screen::Session(last));
}

#[test]
fn the_timeline_shows_the_layers_that_are_asked_for() {
    let world = World::demo();
    let amina = demo_person(&world, "Dr Amina Larkspur");
    let mut harness = at(&world, Screen::People(Some(amina)));
    assert!(harness.query_all_by_label_contains(" shared").count() > 0);
    press(&mut harness, "Shared");
    assert_eq!(harness.query_all_by_label_contains(" shared").count(), 0);
    assert!(harness.query_all_by_label_contains(" private").count() > 0);
    press(&mut harness, "Private to me");
    press(&mut harness, "For the ARCP");
    assert!(harness.query_by_label("All three layers are hidden.").is_some());
    press(&mut harness, "Show all layers");
    assert!(harness.query_all_by_label_contains(" shared").count() > 0);
}

#[test]
fn nothing_private_says_so() {
    let world = World::demo();
    let mut app = world.app();
    app.tick(false);
    let library = cairn::library::Library::built_in().unwrap();
    let template = library.get("mid-point-review").unwrap();
    let id = Id::new(1, 1);
    let today = app.state.today();
    let session = Session::start(template, Some(id), Role::Supervisor, today, None);
    let mut journal = Journal::default();
    journal.put(id, Body::Person(named("Dr Amina Larkspur")));
    journal.put(Id::new(2, 1), Body::Session(session));
    let opened = Opened { journal, ..Opened::default() };
    app.state.phase = Phase::Open(Box::new(Open::new(opened, Screen::People(Some(id)))));
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    press(&mut harness, "Shared");
    press(&mut harness, "For the ARCP");
    assert!(harness.query_by_label("Nothing private here.").is_some());
}

#[test]
fn templates_ask_with_whom_and_reflections_do_not() {
    let world = World::demo();
    let mut harness = at(&world, Screen::Choose(None));
    press(&mut harness, "Choose a person to start");
    assert!(harness.state().app().inputs.draft.is_none());
    harness.get_by_role_and_label(egui::Role::ComboBox, "With whom?").click();
    harness.run();
    harness.get_by_role_and_label(egui::Role::MenuItem, "Dr Mei Thistledown").click();
    harness.run();
    press(&mut harness, "Start now");
    let mei = person(journal(&harness), "Dr Mei Thistledown");
    assert_eq!(harness.state().app().inputs.draft.as_ref().unwrap().session.person, Some(mei));

    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num5);
    harness.run();
    harness.get_by_role_and_label(egui::Role::RadioButton, "Reflection").click();
    harness.run();
    press(&mut harness, "Start now");
    let draft = harness.state().app().inputs.draft.as_ref().unwrap();
    assert_eq!(draft.session.template.id, "reflection-small");
}

#[test]
fn a_template_is_found_by_a_word_of_its_prompts() {
    let world = World::demo();
    let mut harness = at(&world, Screen::Choose(None));
    type_into(&mut harness, "Find a template", "tgrow");
    assert!(harness.query_by_label_contains("Task coaching (TGROW), ").is_some());
    assert!(harness.query_by_label_contains("Mid-point review, ").is_none());
    type_into(&mut harness, "Find a template", "zz");
    press(&mut harness, "Show all templates");
    assert!(harness.query_by_label_contains("Mid-point review, ").is_some());
}

#[test]
fn names_of_any_length_and_script_break_nothing() {
    let world = World::empty();
    let long = format!("Dr {}", "Featherstonehaugh ".repeat(17));
    let unbroken = "W".repeat(300);
    let people = [
        Person {
            arcp_date: Some("2027-01-20".parse().unwrap()),
            stage: unbroken.clone(),
            ..named(&long)
        },
        named(&unbroken),
        named("دكتورة أمينة الزهراء"),
    ];
    for screen in [Screen::Today, Screen::People(None), Screen::Choose(None)] {
        for size in [DESK, [683.0, 427.0]] {
            let mut journal = Journal::default();
            for (at, person) in people.iter().enumerate() {
                journal.put(Id::new(1 + at as u64, 1), Body::Person(person.clone()));
            }
            let opened = Opened { journal, ..Opened::default() };
            let mut app = world.app();
            app.tick(false);
            app.state.phase = Phase::Open(Box::new(Open::new(opened, screen.clone())));
            // The tests have no system fonts, so Arabic shows as boxes here.
            let builder = window(Look::Light, size).allow_missing_glyphs();
            let mut harness = builder.build_eframe(|creation| Window::new(creation, app));
            harness.run();
            let width = size[0];
            for node in harness.get_all_by_role(egui::Role::Button) {
                let rect = node.rect();
                assert!(rect.right() <= width + 1.0, "{screen:?} at {width} is too wide: {rect:?}");
            }
        }
    }
}

/// One picture of the demonstration; `amina` is the person of the page.
fn drawn(screen: impl FnOnce(Id) -> Screen, look: Look, size: [f32; 2], name: &str) {
    let world = World::demo();
    let amina = demo_person(&world, "Dr Amina Larkspur");
    let mut harness = world.at(screen(amina), look, size);
    picture(&mut harness, name);
}

#[test]
fn today_looks_as_drawn() {
    drawn(|_| Screen::Today, Look::Light, DESK, "today_light");
}

#[test]
fn today_looks_as_drawn_in_dark() {
    drawn(|_| Screen::Today, Look::Dark, DESK, "today_dark");
}

#[test]
fn today_fits_a_small_window() {
    drawn(|_| Screen::Today, Look::Light, [683.0, 427.0], "today_narrow");
}

#[test]
fn a_person_looks_as_drawn() {
    drawn(|amina| Screen::People(Some(amina)), Look::Light, DESK, "person_light");
}

#[test]
fn choosing_looks_as_drawn() {
    drawn(|amina| Screen::Choose(Some(amina)), Look::Light, DESK, "choose_light");
}

#[test]
fn the_form_looks_as_drawn() {
    drawn(|_| Screen::AddPerson, Look::Light, DESK, "person_form");
}

#[test]
fn no_people_look_as_drawn() {
    let mut harness = only(&World::empty(), Vec::new(), Screen::People(None));
    picture(&mut harness, "people_empty");
}
