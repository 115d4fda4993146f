//! What is known of a person, changed where it stands: by the words on the screen and by keyboard.

use cairn::app::inputs::PersonTab;
use cairn::app::{Action, Screen};
use cairn::model::{ActionState, AttemptResult, Id, Layer, Owner, Person};
use egui::{Event, Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::{date, time};

use crate::support::window::{DESK, Look};
use crate::support::world::World;
use crate::ui_door::{Harnessed, press, retype, says, state, type_into};

const AMINA: &str = "Dr Amina Larkspur";

/// Amina's page at a tab.
pub fn amina(world: &World, tab: PersonTab, look: Look, size: [f32; 2]) -> (Harnessed, Id) {
    let mut app = World::unlock(world.app());
    let id = app.state.open().unwrap().journal.find_people(AMINA)[0].0;
    app.act(vec![Action::Go(Screen::People(Some(id)))]);
    app.inputs.person_tab = tab;
    let mut harness = world.window_of(app, look, size);
    harness.run();
    (harness, id)
}

fn at(world: &World, tab: PersonTab) -> (Harnessed, Id) {
    amina(world, tab, Look::Light, DESK)
}

fn person(harness: &Harnessed, id: Id) -> Person {
    state(harness).open().unwrap().journal.person(id).unwrap().clone()
}

/// Gives a button the keyboard and presses Enter: it may lie below what the window shows.
pub fn enter(harness: &mut Harnessed, button: &str) {
    harness.get_by_role_and_label(Role::Button, button).focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
}

fn choose(harness: &mut Harnessed, label: &str, option: &str) {
    harness.get_by_role_and_label(Role::ComboBox, label).focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_role_and_label(Role::MenuItem, option).click_accesskit();
    harness.run();
}

fn key(harness: &mut Harnessed, key: Key) {
    harness.key_press(key);
    harness.run();
}

#[test]
fn a_placement_is_added_changed_taken_out_and_had_back() {
    let world = World::demo();
    let (mut harness, id) = at(&world, PersonTab::About);
    let before = person(&harness, id).placements;
    enter(&mut harness, "Add a placement");
    assert!(harness.get_by_role_and_label(Role::TextInput, "Post").is_focused());
    type_into(&mut harness, "Post", "cardiology");
    type_into(&mut harness, "Where", "Saltmarsh Infirmary");
    type_into(&mut harness, "First day", "first Wednesday in April 2027");
    assert!(says(&harness, "Wednesday 7 April 2027"), "what was understood is said");
    type_into(&mut harness, "Last day", "3 August 2027");
    type_into(&mut harness, "Clinical supervisor", "Dr Farah Osierly");
    type_into(&mut harness, "Working time, in per cent", "80");
    key(&mut harness, Key::Enter);
    assert!(says(&harness, "Placement added"));
    let after = person(&harness, id).placements;
    let new = after.last().unwrap();
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!((new.from, new.to), (date(2027, 4, 7), Some(date(2027, 8, 3))));
    assert_eq!((new.supervisor.as_str(), new.wte), ("Dr Farah Osierly", Some(80)));
    assert!(new.id.is_some(), "a new member has an identity");
    assert_eq!(after[..before.len()], before[..], "the others stand as they stood");

    let row =
        "Cardiology, Saltmarsh Infirmary, 7 April 2027 to 3 August 2027, Dr Farah Osierly, 80%";
    enter(&mut harness, row);
    retype(&mut harness, "Where", "Larchfield General");
    enter(&mut harness, "Save");
    assert_eq!(person(&harness, id).placements.last().unwrap().site, "Larchfield General");
    enter(&mut harness, &row.replace("Saltmarsh Infirmary", "Larchfield General"));
    enter(&mut harness, "Take out");
    assert_eq!(person(&harness, id).placements, before);
    press(&mut harness, "Undo");
    assert_eq!(person(&harness, id).placements.len(), before.len() + 1);
}

#[test]
fn bad_dates_are_said_under_their_fields_and_nothing_is_lost() {
    let world = World::demo();
    let (mut harness, id) = at(&world, PersonTab::About);
    let before = person(&harness, id);
    enter(&mut harness, "Change ARCP and end date");
    retype(&mut harness, "ARCP date", "31 June 2027");
    retype(&mut harness, "End date on record", "4 August 2028");
    key(&mut harness, Key::Enter);
    assert!(says(&harness, "There is no 31 June. Did you mean 30 June?"));
    assert!(harness.get_by_role_and_label(Role::TextInput, "ARCP date").is_focused());
    assert_eq!(person(&harness, id), before);
    let typed = harness.get_by_role_and_label(Role::TextInput, "End date on record").value();
    assert_eq!(typed.as_deref(), Some("4 August 2028"));
    retype(&mut harness, "ARCP date", "9 June 2027");
    key(&mut harness, Key::Enter);
    let after = person(&harness, id);
    assert_eq!(after.arcp_date, Some(date(2027, 6, 9)));
    assert_eq!(after.cct_date, Some(date(2028, 8, 4)));
    assert!(says(&harness, "9 Jun, 28 weeks"));
}

#[test]
fn placements_that_overlap_are_kept_and_said() {
    let world = World::demo();
    let (mut harness, id) = at(&world, PersonTab::About);
    let now = person(&harness, id).placement_on(date(2026, 11, 24)).unwrap().clone();
    enter(&mut harness, "Add a placement");
    type_into(&mut harness, "Post", "cardiology");
    type_into(&mut harness, "First day", &cairn::model::text::long_date(now.to.unwrap()));
    enter(&mut harness, "Save");
    assert!(says(&harness, "overlap by 1 day. Both are kept. Check the dates."));
    assert!(person(&harness, id).placements.contains(&now));
}

#[test]
fn an_absence_and_less_than_full_time_move_the_estimate_which_shows_its_working() {
    let world = World::demo();
    let (mut harness, id) = at(&world, PersonTab::About);
    enter(&mut harness, "Change ARCP and end date");
    retype(&mut harness, "End date on record", "2 August 2028");
    key(&mut harness, Key::Enter);
    assert!(
        says(&harness, "Programme ends: about 11 August 2028 (estimate)"),
        "9 days of sickness"
    );
    enter(&mut harness, "Add a time away");
    choose(&mut harness, "Sort", "Parental leave");
    type_into(&mut harness, "First day", "4 January 2027");
    type_into(&mut harness, "Last day", "3 May 2027");
    enter(&mut harness, "Save");
    // 120 days more, the first and the last included.
    assert!(says(&harness, "Programme ends: about 9 December 2028 (estimate)"));
    enter(&mut harness, "How this was estimated");
    assert!(says(&harness, "Parental leave, 4 January 2027 to 3 May 2027: 120 days add 120 days."));
    assert!(says(&harness, "An estimate. The programme and the deanery set the date."));
    enter(&mut harness, "Add less than full time");
    type_into(&mut harness, "Working time, in per cent", "80");
    type_into(&mut harness, "First day", "4 August 2027");
    type_into(&mut harness, "Last day", "1 August 2028");
    enter(&mut harness, "Save");
    // A fifth of 364 days is 72.8, which rounds to 73.
    assert!(says(&harness, "Programme ends: about 20 February 2029 (estimate)"));
    let known = person(&harness, id);
    assert_eq!((known.absences.len(), known.part_time.len()), (2, 1));
    assert!(known.absences.iter().chain([&known.absences[1]]).all(|one| one.to.is_some()));
}

#[test]
fn attempts_are_counted_against_a_cap_that_can_be_changed() {
    let world = World::demo();
    let (mut harness, id) = at(&world, PersonTab::About);
    assert!(says(&harness, "2 attempts used, 4 left"));
    assert!(says(&harness, "At most 6, by the rule of January 2024"));
    enter(&mut harness, "Add an attempt");
    let exam = harness.get_by_role_and_label(Role::TextInput, "Exam").value();
    assert_eq!(exam.as_deref(), Some("MRCP(UK) PACES"), "the one that is not passed");
    type_into(&mut harness, "Day of the attempt", "10 October 2026");
    choose(&mut harness, "Result", "Not passed");
    enter(&mut harness, "Save");
    let known = person(&harness, id);
    assert_eq!(known.attempts.last().unwrap().result, AttemptResult::NotPassed);
    assert!(says(&harness, "1 attempt used, 5 left"));
    let row = harness
        .get_all_by_role(Role::Button)
        .find_map(|node| node.accesskit_node().label().filter(|l| l.starts_with("MRCP(UK) PACES,")))
        .unwrap();
    enter(&mut harness, &row);
    retype(&mut harness, "Attempts allowed", "4");
    retype(&mut harness, "Date of that rule", "1 September 2026");
    enter(&mut harness, "Save");
    assert!(says(&harness, "1 attempt used, 3 left"));
    assert!(says(&harness, "At most 4, by the rule of September 2026"));
    harness.state_mut().app_mut().inputs.person_tab = PersonTab::Timeline;
    harness.run();
    assert!(says(&harness, "MRCP(UK) PACES: not passed"), "outcomes stand in the timeline");
    assert!(says(&harness, "Outcome 1"));
}

#[test]
fn an_exam_known_in_words_alone_is_in_the_list_and_moves_over_with_the_next_save() {
    let world = World::demo();
    let (mut harness, _) = at(&world, PersonTab::About);
    let tomasz = state(&harness).open().unwrap().journal.find_people("Dr Tomasz Fernhill")[0].0;
    harness.state_mut().app_mut().act(vec![Action::Go(Screen::People(Some(tomasz)))]);
    harness.run();
    let before = person(&harness, tomasz);
    assert_eq!(before.next_exam, "PACES (second attempt)");
    let row = harness
        .get_all_by_role(Role::Button)
        .find_map(|node| node.accesskit_node().label().filter(|l| l.starts_with("PACES (")))
        .unwrap();
    enter(&mut harness, &row);
    retype(&mut harness, "Exam", "PACES");
    type_into(&mut harness, "Attempts allowed", "6");
    enter(&mut harness, "Save");
    let after = person(&harness, tomasz);
    assert_eq!((after.next_exam.as_str(), after.exam_date), ("", None));
    assert_eq!(after.exams.len(), 1);
    assert_eq!((after.exams[0].name.as_str(), after.exams[0].next), ("PACES", before.exam_date));
}

#[test]
fn a_goal_is_set_followed_reached_and_another_dropped_with_a_reason() {
    let world = World::demo();
    let (mut harness, id) = at(&world, PersonTab::Actions);
    enter(&mut harness, "Add a goal");
    harness.event(Event::Text("Run the simulation day alone".to_owned()));
    harness.run();
    enter(&mut harness, "Save");
    let goal = person(&harness, id).goals.last().unwrap().clone();
    assert_eq!((goal.text.as_str(), goal.layer), ("Run the simulation day alone", Layer::Shared));
    assert_eq!((goal.since, goal.id.is_some()), (date(2026, 11, 24), true));
    enter(&mut harness, "Change goal: Run the simulation day alone");
    harness.get_by_role_and_label(Role::MultilineTextInput, "How far it is").focus();
    harness.run();
    harness.event(Event::Text("The first scenario is written".to_owned()));
    harness.run();
    enter(&mut harness, "Save");
    assert!(says(&harness, "How far: The first scenario is written"));
    enter(&mut harness, "Reached: Run the simulation day alone");
    assert_eq!(person(&harness, id).goals.last().unwrap().done, Some(date(2026, 11, 24)));

    let lead = "Lead the acute take by day, with support at hand";
    enter(&mut harness, &format!("Drop goal: {lead}"));
    enter(&mut harness, "Save");
    assert!(says(&harness, "Write the reason in a few words"));
    type_into(&mut harness, "Why will it not be followed?", "The rota has no day takes");
    key(&mut harness, Key::Enter);
    let dropped = person(&harness, id).goals[0].clone();
    assert_eq!((dropped.dropped, dropped.is_open()), (Some(date(2026, 11, 24)), false));
    assert!(says(&harness, "Why: The rota has no day takes"));
    press(&mut harness, "Undo");
    assert!(person(&harness, id).goals[0].is_open());
}

#[test]
fn the_next_meeting_is_arranged_moved_and_started_from_its_template() {
    let world = World::demo();
    let (mut harness, id) = at(&world, PersonTab::Year);
    let first = person(&harness, id).next_meeting.unwrap();
    enter(&mut harness, "Change the next meeting");
    retype(&mut harness, "Day", "next Friday");
    retype(&mut harness, "Time", "half past two");
    enter(&mut harness, "Save");
    assert!(says(&harness, "Type a time like 14:30 or 2.30 pm"));
    retype(&mut harness, "Time", "2.30 pm");
    enter(&mut harness, "Save");
    let moved = person(&harness, id).next_meeting.unwrap();
    assert_eq!(moved.time, Some(time(14, 30, 0, 0)));
    assert!(moved.date > first.date && moved.id.is_some());
    enter(&mut harness, "Change the next meeting");
    enter(&mut harness, "Take out");
    assert!(says(&harness, "No meeting is arranged."));
    press(&mut harness, "Undo");
    enter(&mut harness, "Start the meeting that is arranged");
    let draft = harness.state().app().inputs.draft.as_ref().unwrap();
    assert_eq!(draft.session.template.id, "mid-point-review");
    assert_eq!(draft.session.person, Some(id));
}

#[test]
fn the_year_shows_what_is_due_and_starts_it() {
    let world = World::demo();
    let (mut harness, id) = at(&world, PersonTab::Year);
    let open = state(&harness).open().unwrap();
    let page = open.page_of(id).unwrap();
    let (held, of) = page.held;
    assert!(of > 0);
    let due = page
        .year
        .iter()
        .find(|one| !matches!(one.standing, cairn::model::cycle::Standing::Held { .. }));
    let due = due.unwrap().clone();
    assert!(says(&harness, &format!("Meetings of the year: {held} of {of}")));
    assert!(says(&harness, &due.words));
    assert!(says(&harness, "Wednesday 2 December 2026, in 8 days"), "the changeover");
    let label = format!("Start: {}", due.title);
    let name = harness
        .get_all_by_role(Role::Button)
        .find_map(|node| node.accesskit_node().label().filter(|l| l.starts_with(&label)))
        .unwrap();
    harness
        .get_all_by_role(Role::Button)
        .find(|node| node.accesskit_node().label().is_some_and(|l| l == name))
        .unwrap()
        .click_accesskit();
    harness.run();
    let draft = harness.state().app().inputs.draft.as_ref().unwrap();
    assert_eq!(draft.session.template.id, due.template);
}

#[test]
fn revision_is_planned_looked_at_made_into_actions_and_one_of_them_is_moved() {
    let world = World::demo();
    let (mut harness, id) = at(&world, PersonTab::About);
    enter(&mut harness, "Plan revision for MRCP(UK) PACES");
    assert!(harness.get_by_role_and_label(Role::TextInput, "Topic 1").is_focused());
    harness.event(Event::Text("Cardiology".to_owned()));
    harness.run();
    key(&mut harness, Key::Enter);
    assert!(harness.get_by_role_and_label(Role::TextInput, "Topic 2").is_focused());
    harness.event(Event::Text("Communication".to_owned()));
    harness.run();
    retype(&mut harness, "Hours a week", "seventy");
    enter(&mut harness, "Show the plan");
    assert!(says(&harness, "Hours a week are a whole number from 1 to 60"));
    retype(&mut harness, "Hours a week", "4");
    enter(&mut harness, "Show the plan");
    assert!(says(&harness, "The plan"));
    let before = state(&harness).open().unwrap().journal.actions_with(id).len();
    let words = harness
        .get_all_by_role(Role::Button)
        .find_map(|node| {
            node.accesskit_node()
                .label()
                .filter(|l| l.starts_with("Add ") && l.ends_with(" actions"))
        })
        .unwrap();
    enter(&mut harness, &words);
    let made: Vec<_> = {
        let journal = &state(&harness).open().unwrap().journal;
        let actions = journal.actions_with(id).into_iter();
        actions
            .filter(|(_, action)| action.text.starts_with("Revise for MRCP(UK) PACES"))
            .map(|(id, action)| (id, action.clone()))
            .collect()
    };
    assert!(made.len() > 5);
    assert_eq!(words, format!("Add {} actions", made.len()));
    let now = state(&harness).open().unwrap().journal.actions_with(id).len();
    assert_eq!(now, before + made.len());
    assert!(made.iter().all(|(_, action)| action.owner == Owner::Them && action.due.is_some()));

    let (first, action) = &made[0];
    let more = format!("More about: {}", action.text);
    harness.get_by_role_and_label(Role::Button, &more).focus();
    harness.run();
    key(&mut harness, Key::Enter);
    harness.get_by_role_and_label(Role::MenuItem, "Move to another day…").click_accesskit();
    harness.run();
    retype(&mut harness, "To which day?", "30 February 2027");
    key(&mut harness, Key::Enter);
    assert!(says(&harness, "There is no 30 February"));
    retype(&mut harness, "To which day?", "in 2 weeks");
    key(&mut harness, Key::Enter);
    let moved = state(&harness).open().unwrap().journal.action(*first).unwrap().clone();
    assert_eq!((moved.due, moved.state), (Some(date(2026, 12, 8)), ActionState::Open));
    press(&mut harness, "Undo");
    let back = state(&harness).open().unwrap().journal.action(*first).unwrap().due;
    assert_eq!(back, action.due);
}

#[test]
fn escape_leaves_a_form_and_what_was_typed_can_be_had_back() {
    let world = World::demo();
    let (mut harness, id) = at(&world, PersonTab::About);
    enter(&mut harness, "Change adjustments of Amina");
    harness.event(Event::Text("A quiet room. ".to_owned()));
    harness.run();
    key(&mut harness, Key::Escape);
    assert!(harness.state().app().inputs.part.is_none());
    let opener = harness.get_by_role_and_label(Role::Button, "Change adjustments of Amina");
    assert!(opener.is_focused(), "the keyboard goes back to where it was");
    press(&mut harness, "Undo");
    enter(&mut harness, "Save");
    let known = person(&harness, id);
    assert!(known.adjustments.contains("A quiet room."));
    assert_eq!(known.adjustments_on, Some(date(2026, 11, 24)));
}

#[test]
fn a_person_goes_to_past_people_and_comes_back() {
    let world = World::demo();
    let (mut harness, id) = at(&world, PersonTab::Timeline);
    press(&mut harness, "More about this person");
    harness.get_by_role_and_label(Role::MenuItem, "Move to past people").click_accesskit();
    harness.run();
    assert!(person(&harness, id).archived);
    assert!(says(&harness, "Amina moved to past people"));
    let in_list = |harness: &Harnessed| {
        let mut rows = harness.query_all_by_label_contains("Dr Amina Larkspur, ");
        rows.any(|node| node.accesskit_node().role() == Role::Button)
    };
    assert!(!in_list(&harness), "the caseload is without them");
    press(&mut harness, "Past people 1");
    assert!(in_list(&harness) && says(&harness, "Among past people."));
    press(&mut harness, "Bring back to the caseload");
    assert!(!person(&harness, id).is_past());
    assert!(in_list(&harness), "the caseload is shown again, with them");

    harness.state_mut().app_mut().act(vec![Action::Go(Screen::People(Some(id)))]);
    harness.run();
    press(&mut harness, "More about this person");
    harness
        .get_by_role_and_label(Role::MenuItem, "Note a handover by other means")
        .click_accesskit();
    harness.run();
    type_into(&mut harness, "Day of the handover", "today");
    type_into(&mut harness, "To whom", "Dr Marshwood");
    key(&mut harness, Key::Enter);
    assert!(person(&harness, id).is_past());
    assert!(says(&harness, "Handed over to Dr Marshwood, 24 November 2026."));
}

#[test]
fn a_placement_is_added_by_tab_and_enter_alone() {
    let world = World::demo();
    let (mut harness, id) = at(&world, PersonTab::About);
    let before = person(&harness, id).placements.len();
    let tab_to = |harness: &mut Harnessed, name: &str| {
        for _ in 0..120 {
            let here = harness.query_by(|node| node.is_focused());
            let label = here.and_then(|node| node.accesskit_node().label());
            if label.is_some_and(|label| label == name) {
                return;
            }
            harness.key_press(Key::Tab);
            harness.run();
        }
        panic!("Tab never came to {name}");
    };
    let write = |harness: &mut Harnessed, words: &str| {
        harness.event(Event::Text(words.to_owned()));
        harness.run();
    };
    tab_to(&mut harness, "Add a placement");
    key(&mut harness, Key::Enter);
    write(&mut harness, "cardiology");
    tab_to(&mut harness, "First day");
    write(&mut harness, "7 April 2027");
    tab_to(&mut harness, "Save");
    key(&mut harness, Key::Enter);
    assert_eq!(person(&harness, id).placements.len(), before + 1);
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    harness.run();
}
