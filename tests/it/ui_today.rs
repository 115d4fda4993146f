//! Today, and the list of people: one source, quiet, quick with a large caseload.

use cairn::app::state::{Open, Opened, Phase};
use cairn::app::{Screen, roster::Roster};
use cairn::model::{Body, Id, Journal, Meeting, Person};
use egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::{date, time};

use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::{Harnessed, press, says, state};

const NARROW: [f32; 2] = [683.0, 427.0];

fn holding(world: &World, people: Vec<Person>, screen: Screen) -> Harnessed {
    let mut journal = Journal::default();
    for (at, person) in people.into_iter().enumerate() {
        journal.put(Id::new(1 + at as u64, 1), Body::Person(person));
    }
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

#[test]
fn the_next_meeting_starts_at_once_from_its_template() {
    let world = World::demo();
    let mut harness = world.at(Screen::Today, Look::Light, DESK);
    assert!(says(&harness, "1 conversation today."));
    assert!(says(&harness, "Today 14:30, 40 minutes"));
    assert!(harness.get_by_role_and_label(Role::Button, "Start session").is_focused());
    harness.key_press(egui::Key::Enter);
    harness.run();
    let draft = harness.state().app().inputs.draft.as_ref().unwrap();
    assert_eq!(draft.session.template.id, "mid-point-review");
}

#[test]
fn everything_of_today_is_on_the_screen_and_leads_on() {
    let world = World::demo();
    let mut harness = world.at(Screen::Today, Look::Light, DESK);
    let today = state(&harness).open().unwrap().today().unwrap().clone();
    assert!(!today.countdowns.is_empty() && !today.drafts.is_empty());
    for one in today.countdowns.iter().take(4) {
        assert!(says(&harness, &one.countdown.words), "{}", one.countdown.words);
    }
    for one in today.drafts.iter().take(3) {
        assert!(says(&harness, &one.title) && says(&harness, &one.words));
    }
    for one in today.asked.iter().take(5) {
        assert!(says(&harness, &one.expected.words), "{}", one.expected.words);
    }
    for one in &today.not_seen {
        assert!(says(&harness, &one.words), "{}", one.words);
    }
    assert!(says(&harness, &today.backup.words));
    let first = &today.countdowns[0];
    let row = harness
        .get_all_by_role(Role::Button)
        .find(|node| {
            let label = node.accesskit_node().label().unwrap_or_default();
            label.starts_with(&first.name) && label.ends_with(&first.countdown.words)
        })
        .unwrap();
    row.click_accesskit();
    harness.run();
    assert_eq!(state(&harness).open().unwrap().screen, Screen::People(Some(first.person)));
}

#[test]
fn with_nothing_to_do_it_says_so_and_nags_about_nothing() {
    let meeting = Meeting { date: date(2026, 11, 20), ..Meeting::default() };
    let person = Person { next_meeting: Some(meeting), ..named("Dr Amina Larkspur") };
    let harness = holding(&World::empty(), vec![person], Screen::Today);
    assert!(says(&harness, "Nothing needs you today."));
    assert!(says(&harness, "Not met yet"));
    assert!(!says(&harness, "Counting down") && !says(&harness, "Calendar file…"));
}

#[test]
fn people_with_the_same_name_are_told_apart_wherever_they_are_chosen() {
    let world = World::empty();
    let meeting =
        |day| Some(Meeting { date: day, time: Some(time(9, 0, 0, 0)), ..Meeting::default() });
    let people = vec![
        Person { stage: "ST4".to_owned(), ..named("Dr Sam Lee") },
        Person {
            stage: "F2".to_owned(),
            next_meeting: meeting(date(2026, 11, 27)),
            ..named("dr sam  lee")
        },
        Person { next_meeting: meeting(date(2026, 11, 26)), ..named("Dr Ada Moss") },
        named("Dr Ada Moss"),
        named("Dr Alone"),
    ];
    let harness = holding(&world, people.clone(), Screen::Today);
    assert!(says(&harness, "dr sam  lee, F2"), "told apart by the stage");
    let roster: &Roster = state(&harness).open().unwrap().roster().unwrap();
    let called = |at: u64| roster.called(Id::new(at, 1)).to_owned();
    assert_eq!((called(1), called(2)), ("Dr Sam Lee, ST4".into(), "dr sam  lee, F2".into()));
    assert_eq!((called(3), called(4)), ("Dr Ada Moss (1)".into(), "Dr Ada Moss (2)".into()));
    assert_eq!(called(5), "Dr Alone");
    let mut harness = holding(&world, people, Screen::Choose(None));
    harness.get_by_role_and_label(Role::ComboBox, "With whom?").click();
    harness.run();
    for name in ["Dr Sam Lee, ST4", "Dr Ada Moss (1)", "Dr Ada Moss (2)"] {
        assert!(harness.query_by_role_and_label(Role::MenuItem, name).is_some(), "{name}");
    }
}

#[test]
fn the_list_shows_post_next_meeting_and_open_actions() {
    let world = World::demo();
    let harness = world.at(Screen::People(None), Look::Light, DESK);
    let journal = &state(&harness).open().unwrap().journal;
    let amina = journal.find_people("Dr Amina Larkspur")[0].0;
    let open = journal.actions_with(amina).iter().filter(|(_, a)| a.is_open()).count();
    let row = format!(
        "Dr Amina Larkspur, Today 14:30, IMT2 acute medicine, {open} open, Saltmarsh Infirmary"
    );
    assert!(harness.query_by_role_and_label(Role::Button, &row).is_some(), "{row}");
}

#[test]
fn two_hundred_people_are_kept_ready_and_only_those_in_view_are_drawn() {
    let world = World::empty();
    let people = (0..200).map(|n| named(&format!("Dr Number {n:03}"))).collect();
    let mut harness = holding(&world, people, Screen::People(None));
    let rows = |harness: &Harnessed| harness.query_all_by_label_contains("Dr Number ").count();
    assert!(rows(&harness) < 30, "{}", rows(&harness));
    let before: *const Roster = state(&harness).open().unwrap().roster().unwrap();
    harness.run();
    let after: *const Roster = state(&harness).open().unwrap().roster().unwrap();
    assert!(std::ptr::eq(before, after), "nothing is made anew while nothing changes");
    harness.get_by_label("Filter by name").focus();
    harness.run();
    harness.get_by_label("Filter by name").type_text("number 199");
    harness.run();
    assert_eq!(harness.query_all_by_label_contains("Dr Number 199, ").count(), 1);
    press(&mut harness, "Dr Number 199, Not met yet");
    assert_eq!(state(&harness).open().unwrap().screen, Screen::People(Some(Id::new(200, 1))));
}

#[test]
fn the_list_fits_a_small_window() {
    let world = World::demo();
    let mut harness = world.at(Screen::People(None), Look::Light, NARROW);
    picture(&mut harness, "people_narrow");
}

#[test]
fn a_quiet_day_looks_as_drawn() {
    let mut harness = holding(&World::empty(), vec![named("Dr Amina Larkspur")], Screen::Today);
    picture(&mut harness, "today_quiet");
}
