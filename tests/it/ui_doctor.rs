//! The doctor's side: the role at the start, Today, what a supervisor can read, and the handover to
//! the next one; by label and by keyboard.

use cairn::app::action::RecordAction;
use cairn::app::desk::Whom;
use cairn::app::draft::Change;
use cairn::app::inputs::{PersonTab, SettingsTab};
use cairn::app::letter::Topic;
use cairn::app::reads::Standing;
use cairn::app::role::Owner;
use cairn::app::{Action, App, Command, Desk, Look as Size, Screen, demo};
use cairn::exchange::file::Form;
use cairn::model::session::Role as Owns;
use cairn::model::{Body, Id, Journal, Person};
use cairn::vault::Passphrase;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::talk::{keys, press, unlocked, window, write};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::{LIBRARY, PASSWORD, World};
use crate::ui_door::{Harnessed, says, type_into};

pub const AMINA: &str = "Dr Amina Larkspur";
pub const ROWAN: &str = "Dr Rowan Elderbrook";
pub const INES: &str = "Dr Ines Hazelbrook";
/// Words of the demonstration that only the doctor reads.
pub const PRIVATE: [&str; 6] = [
    "not sure that I want to stay",
    "how bad the second night was",
    "my old registrar",
    "somebody says the rota is the problem",
    "Do not tell anyone",
    "What I said about the second night",
];

/// A doctor's demonstration record, locked.
pub fn doctor() -> World {
    let world = World::empty();
    let mut desk = world.desk();
    let (password, now) = (Passphrase::new(PASSWORD), world.now());
    demo::make_of_a_doctor(&mut desk, &world.dir(), &password, &LIBRARY, &now, 1).unwrap();
    desk.lock();
    world
}

/// The record of a supervisor with the doctor as its only person.
fn supervisor_record(name: &str) -> (World, Id) {
    let world = World::empty();
    let now = world.now().timestamp();
    let mut desk = world.desk();
    desk.create(&world.dir(), &Passphrase::new(PASSWORD), name, now).unwrap();
    let id = Id::new(1_790_000_000_000, 1);
    let person = Person { name: AMINA.to_owned(), ..Person::default() };
    desk.save(&[Change { id, body: Body::Person(person) }], now).unwrap();
    desk.lock();
    (world, id)
}

pub fn opened(world: &World) -> (Desk, Journal) {
    let mut desk = world.desk();
    assert!(desk.find(&world.dir()).unwrap());
    let mut opened = desk.unlock(&Passphrase::new(PASSWORD), world.now().timestamp()).unwrap();
    desk.fill(&mut opened.journal);
    (desk, opened.journal)
}

pub fn named(journal: &Journal, name: &str) -> Id {
    journal.find_people(name)[0].0
}

/// Pairs the doctor with a supervisor, through the calls that the window uses.
pub fn pair(doctor: &World, supervisor: &str) -> (World, Id) {
    let (other, person) = supervisor_record(supervisor);
    let (mut own, journal) = opened(doctor);
    let now = doctor.now().timestamp();
    let whom = Whom { id: named(&journal, supervisor), name: supervisor };
    let back = Whom { id: person, name: AMINA };
    let [invitation, reply] = ["invitation", "reply"].map(|it| other.file(&format!("{it}.cairn")));
    let invited = own.invite(whom, AMINA, &invitation, now).unwrap();
    let bytes = std::fs::read(&invitation).unwrap();
    let (mut theirs, _) = opened(&other);
    theirs.accept_invitation(back, supervisor, (&bytes, &invited.words), &reply, now).unwrap();
    let bytes = std::fs::read(&reply).unwrap();
    own.finish_pairing(&bytes, |_| supervisor.to_owned(), now).unwrap();
    own.words_match(whom, now).unwrap();
    theirs.words_match(back, now).unwrap();
    own.lock();
    theirs.lock();
    (other, person)
}

/// Sends all that is shared with a supervisor; gives the file.
pub fn send(doctor: &World, supervisor: &str) -> Vec<u8> {
    let (mut desk, journal) = opened(doctor);
    let now = doctor.now().timestamp();
    let whom = Whom { id: named(&journal, supervisor), name: supervisor };
    let file = doctor.file("changes.cairn");
    desk.send_changes(whom, &journal, (&file, Form::Binary), |_| true, now).unwrap();
    desk.lock();
    std::fs::read(file).unwrap()
}

/// What a supervisor holds once a file is taken in, all of it in one text.
pub fn taken_in(world: &World, file: &[u8]) -> (Journal, String) {
    let (mut desk, mut journal) = opened(world);
    let now = world.now().timestamp();
    let coming = desk.look_into(file, &journal, now).unwrap();
    desk.take_in(&coming, &mut journal, now).unwrap();
    desk.lock();
    let bodies = journal.all().filter_map(|(_, body)| body.write().ok());
    let text = bodies.map(|body| body.to_string()).collect::<Vec<_>>().join("\n");
    (journal, text)
}

pub fn app_at(world: &World, screen: Screen) -> App {
    let mut app = unlocked(world);
    app.act(vec![Action::Go(screen)]);
    app
}

#[test]
fn a_new_record_asks_whose_it_is_and_keeps_it() {
    let world = World::empty();
    let mut harness = window(&world, world.app());
    assert!(says(&harness, "One record for each doctor you supervise"));
    type_into(&mut harness, "Your name", AMINA);
    harness.get_by_role_and_label(Role::RadioButton, "I supervise doctors").focus();
    harness.run();
    keys(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert!(says(&harness, "Your own record of your training conversations"));
    assert!(says(&harness, "You and your supervisor both see it"));
    press(&mut harness, "Continue");
    type_into(&mut harness, "Password", PASSWORD);
    type_into(&mut harness, "Type it once more", PASSWORD);
    press(&mut harness, "Make my record");
    drop(harness);
    let (_, journal) = opened(&world);
    assert_eq!(journal.settings().role, Owns::Doctor);
    assert_eq!(journal.settings().your_name, AMINA);
    let mut harness = window(&world, unlocked(&world));
    assert!(says(&harness, "Add your supervisor. A name is enough."));
    press(&mut harness, "Add a supervisor");
    type_into(&mut harness, "Name", ROWAN);
    press(&mut harness, "More about the person");
    type_into(&mut harness, "Role", "Educational supervisor");
    type_into(&mut harness, "Supervises from", "5 August 2026");
    assert!(!says(&harness, "ARCP date") && !says(&harness, "Stage"));
    press(&mut harness, "Save");
    let open = harness.state().app().state.open().unwrap();
    let person = open.journal.person(named(&open.journal, ROWAN)).unwrap();
    assert_eq!(person.supervises_as, "Educational supervisor");
    assert!(person.supervises_from.is_some());
}

#[test]
fn today_of_a_doctor_prepares_the_meeting_and_counts_down_to_their_own_days() {
    let world = doctor();
    let mut harness = world.at(Screen::Today, Look::Light, DESK);
    assert!(says(&harness, "You meet Dr Elderbrook at 14:30."));
    assert!(says(&harness, "With Dr Rowan Elderbrook, your educational supervisor"));
    assert!(says(&harness, "Nights, and who to ring"));
    assert!(says(&harness, "PACES") && says(&harness, "12 weeks"));
    assert!(says(&harness, "ARCP") && says(&harness, "28 weeks"));
    assert!(says(&harness, "Three minutes for yourself"));
    assert!(harness.get_by_role_and_label(Role::Button, "Prepare").is_focused());
    keys(&mut harness, Modifiers::NONE, Key::Enter);
    let open = harness.state().app().state.open().unwrap();
    let Screen::Session(id) = open.screen else { panic!("{:?}", open.screen) };
    assert_eq!(open.journal.held(id).unwrap().session.template.id, "three-things");

    // Of the meeting after that one the list is new, and what is written lies in Shared.
    let mut person = open.journal.person(named(&open.journal, ROWAN)).unwrap().clone();
    let of = named(&open.journal, ROWAN);
    person.next_meeting.as_mut().unwrap().date = jiff::civil::date(2026, 12, 21);
    drop(harness);
    let (mut desk, journal) = opened(&world);
    let now = world.now().timestamp();
    let (_, talk) = journal.last_finished(of).unwrap();
    let mut met = talk.clone();
    met.template.id = "mid-point-review".to_owned();
    met.date = world.now().date();
    let met = Change { id: Id::new(1_795_000_000_000, 3), body: Body::Session(met) };
    desk.save(&[met, Change { id: of, body: Body::Person(person) }], now).unwrap();
    desk.lock();
    world.pass(jiff::SignedDuration::from_hours(24 * 7));
    let mut harness = world.at(Screen::Today, Look::Light, DESK);
    assert!(says(&harness, "Nothing yet. Prepare, and write up to three things."));
    press(&mut harness, "Prepare");
    write(&mut harness, "Shared. What do I want to talk about first?", "My rota in March");
    harness.state_mut().app_mut().act(vec![Action::Do(Command::Today)]);
    harness.run();
    assert!(says(&harness, "My rota in March") && says(&harness, "Shared, not sent yet"));
}

#[test]
fn what_my_supervisor_can_read_says_what_was_sent_and_what_waits() {
    let world = doctor();
    let harness = world.at(Screen::Today, Look::Light, DESK);
    assert!(says(&harness, "Pair in your first meeting"));
    assert!(says(&harness, "nothing sent yet"));
    drop(harness);

    let (other, _) = pair(&world, ROWAN);
    let file = send(&world, ROWAN);
    let (_, held) = taken_in(&other, &file);
    let app = app_at(&world, Screen::Today);
    let open = app.state.open().unwrap();
    let id = named(&open.journal, ROWAN);
    let reads = open.reads(id).unwrap().clone();
    let today = world.now().date();
    assert!(reads.things.iter().all(|thing| thing.standing == Standing::Sent(today)), "{reads:?}");
    assert_eq!(reads.last_sent, Some(today));
    assert_eq!(reads.arcp.len(), 2);
    // 3 reflections, 4 private answers and notes, an action, a note beside the plan.
    assert_eq!(reads.private_count, 9, "{:?}", reads.private);
    let mut harness = window(&world, app);
    assert!(says(&harness, "Paired face to face 24 November"));
    assert!(says(&harness, "last sent 24 November") && says(&harness, "Sent 24 November"));
    assert!(says(&harness, "What was sent cannot be called back."));

    // Every word that they hold stands on the page, and no private one.
    press(&mut harness, "Read all of it");
    for shared in ["Nights, and who to ring", "The ward asked for me by name", "My father is ill"] {
        assert!(held.contains(shared), "{shared}");
        assert!(says(&harness, shared), "{shared}");
    }
    for private in PRIVATE {
        assert!(!held.contains(private), "{private}");
        assert!(!says(&harness, private), "{private}");
    }
    assert!(!says(&harness, "wait to be sent") && !says(&harness, "waits to be sent"));
    press(&mut harness, "What was sent");
    assert!(says(&harness, "Changes for both"));
    keys(&mut harness, Modifiers::NONE, Key::Escape);

    // What is changed since waits, and says so; a send tells it anew.
    let journal = &harness.state().app().state.open().unwrap().journal;
    let (plan_id, plan) = journal.plan_of(id).unwrap();
    let mut plan = plan.clone();
    plan.why[0].text = "Time to think, and a garden.".to_owned();
    drop(harness);
    let (mut desk, _) = opened(&world);
    let change = Change { id: plan_id, body: Body::Plan(plan) };
    desk.save(&[change], world.now().timestamp()).unwrap();
    desk.lock();
    let app = app_at(&world, Screen::Reads(id));
    let standing = |app: &App| {
        let reads = app.state.open().unwrap().reads(id).unwrap().clone();
        reads.things.into_iter().find(|thing| thing.id == plan_id).unwrap().standing
    };
    assert_eq!(standing(&app), Standing::Changed(today));
    drop(app);
    let harness = window(&world, app_at(&world, Screen::Reads(id)));
    assert!(says(&harness, "1 is shared and waits to be sent."));
    assert!(says(&harness, "Time to think, and a garden."));
    drop(harness);
    std::fs::remove_file(world.file("changes.cairn")).unwrap();
    send(&world, ROWAN);
    assert_eq!(standing(&app_at(&world, Screen::Reads(id))), Standing::Sent(today));
}

#[test]
fn a_supervisor_sees_what_the_doctor_can_read() {
    let world = World::demo();
    let app = unlocked(&world);
    let open = app.state.open().unwrap();
    let id = named(&open.journal, AMINA);
    let mut harness = window(&world, app_at(&world, Screen::People(Some(id))));
    press(&mut harness, "More about this person");
    harness.get_by_role_and_label(Role::MenuItem, "What Amina can read").click_accesskit();
    harness.run();
    assert!(says(&harness, "What Amina can read"));
    assert!(says(&harness, "Nothing was sent yet."));
    assert!(says(&harness, "You are not paired, so nothing can be sent."));
}

/// Words that belong to a supervisor's record.
const SUPERVISORS: [&str; 7] = [
    "you supervise",
    "caseload",
    "the doctor both",
    "Add a person",
    "All people",
    "doctors I supervise",
    "Turn the screen",
];

#[test]
fn no_screen_of_a_doctor_speaks_to_a_supervisor() {
    let world = doctor();
    let app = unlocked(&world);
    let open = app.state.open().unwrap();
    let id = named(&open.journal, ROWAN);
    let talk = open.journal.sessions_with(id)[0].0;
    drop(app);
    let screens = [
        Screen::Today,
        Screen::People(Some(id)),
        Screen::AddPerson,
        Screen::Choose(None),
        Screen::Choose(Some(id)),
        Screen::Session(talk),
        Screen::Journal,
        Screen::Summary(None),
        Screen::Plan(id),
        Screen::Reads(id),
        Screen::Letter(Topic::Handover(named_of(&world, INES))),
        Screen::Letter(Topic::Note(talk)),
        Screen::History(id),
        Screen::Help,
    ];
    for screen in screens {
        for size in [DESK, [1024.0, 640.0]] {
            let harness = world.at(screen.clone(), Look::Light, size);
            for words in SUPERVISORS {
                assert!(!says(&harness, words), "{screen:?} says {words}");
            }
            if size == DESK {
                assert!(says(&harness, "My supervisors"), "{screen:?}");
            }
        }
    }
    for tab in [PersonTab::Actions, PersonTab::Year, PersonTab::Plan, PersonTab::About] {
        let mut app = app_at(&world, Screen::People(Some(id)));
        app.inputs.person_tab = tab;
        let mut harness = window(&world, app);
        press(&mut harness, "More about this person");
        for words in SUPERVISORS.into_iter().chain(["Placement", "Send questions", "End of the"]) {
            assert!(!says(&harness, words), "{tab:?} says {words}");
        }
    }
    for tab in [SettingsTab::You, SettingsTab::Record, SettingsTab::Keeping] {
        let mut app = app_at(&world, Screen::Settings);
        app.inputs.settings.tab = tab;
        let harness = window(&world, app);
        for words in SUPERVISORS.into_iter().chain(["You supervise", "What you call the doctor"]) {
            assert!(!says(&harness, words), "{tab:?} says {words}");
        }
    }
}

fn named_of(world: &World, name: &str) -> Id {
    let (mut desk, journal) = opened(world);
    desk.lock();
    named(&journal, name)
}

#[test]
fn the_role_is_changed_in_settings_and_the_words_follow() {
    let world = World::demo();
    let mut harness = window(&world, unlocked(&world));
    assert!(harness.query_by_role_and_label(Role::Button, "My supervisors").is_none());
    let change = Action::Record(RecordAction::Role(Owns::Doctor));
    harness.state_mut().app_mut().act(vec![change]);
    harness.run();
    assert!(harness.query_by_role_and_label(Role::Button, "My supervisors").is_some());
}

#[test]
fn a_doctor_is_offered_what_a_doctor_leads_first() {
    let world = doctor();
    let harness = world.at(Screen::Choose(None), Look::Light, DESK);
    assert!(says(&harness, "For you to lead"));
    assert!(says(&harness, "Three things for today"));
    assert!(says(&harness, "Led by you."));
}

#[test]
fn the_summary_that_a_doctor_makes_is_about_the_doctor() {
    let world = doctor();
    let (mut desk, journal) = opened(&world);
    desk.lock();
    let today = world.now().date();
    let id = named(&journal, ROWAN);
    let period = (jiff::civil::date(2026, 8, 1), today);
    let summary = cairn::app::job::summary_of(&journal, id, period, today).unwrap();
    assert_eq!(summary.facts.name, AMINA);
    assert_eq!(summary.facts.arcp_date, journal.settings().own.arcp_date);
    // The list for today is no meeting.
    assert!(!summary.facts.meetings.contains(&jiff::civil::date(2026, 11, 20)));
    assert_eq!(summary.facts.meetings.len(), 3);
}

#[test]
fn a_doctor_types_their_own_exam_and_arcp_once() {
    let world = World::empty();
    let mut desk = world.desk();
    let owner = Owner { name: AMINA, role: Owns::Doctor };
    let now = world.now().timestamp();
    desk.create(&world.dir(), &Passphrase::new(PASSWORD), owner, now).unwrap();
    drop(desk);
    let mut made = app_at(&world, Screen::Settings);
    made.inputs.settings.tab = SettingsTab::You;
    let mut harness = window(&world, made);
    type_into(&mut harness, "Your next exam", "PACES");
    type_into(&mut harness, "Day of the exam", "20 February 2027");
    type_into(&mut harness, "Your ARCP date", "the day after never");
    harness.state_mut().app_mut().act(vec![Action::Do(Command::Today)]);
    harness.run();
    let own = harness.state().app().state.open().unwrap().journal.settings().own;
    assert_eq!((own.exam.as_str(), own.arcp_date), ("PACES", None));
    assert_eq!(own.exam_date, Some(jiff::civil::date(2027, 2, 20)));
}

/// Nothing reaches beyond the window, and what is pressed is large enough.
pub fn fits(harness: &Harnessed, width: f32) {
    for node in harness.root().children_recursive() {
        let of = node.accesskit_node();
        if of.data().bounds().is_some() && of.role() != Role::TextRun {
            let right = node.rect().right();
            assert!(right <= width + 0.5, "{:?} {:?} ends at {right}", of.role(), of.label());
        }
        if of.role() == Role::Button {
            assert!(node.rect().height() >= 24.0, "{:?}", of.label());
        }
    }
}

#[test]
fn a_small_window_at_150_per_cent_holds_it_all() {
    const SMALL: [f32; 2] = [1024.0, 640.0];
    let world = doctor();
    pair(&world, INES);
    let rowan = named_of(&world, ROWAN);
    let ines = named_of(&world, INES);
    for screen in [Screen::Today, Screen::Reads(rowan), Screen::Letter(Topic::Handover(ines))] {
        let mut app = app_at(&world, screen);
        app.state.look = Size { zoom: 150, ..app.state.look };
        let mut harness = world.window_of(app, Look::Light, SMALL);
        harness.run();
        fits(&harness, SMALL[0] / 1.5);
    }
}

#[test]
fn the_choice_at_the_start_looks_as_drawn() {
    let world = World::empty();
    let mut app = world.app();
    app.inputs.door.role = Owns::Doctor;
    let mut harness = window(&world, app);
    harness.state_mut().app_mut().inputs.door.folder = "/home/amina/Cairn".to_owned();
    harness.run();
    picture(&mut harness, "welcome_role");
}

/// A doctor who is paired with both supervisors. What was written two days ago waits; everything
/// else was sent.
pub fn drawn() -> (World, Id) {
    let world = doctor();
    let (other, _) = pair(&world, ROWAN);
    let (mut desk, journal) = opened(&world);
    let id = named(&journal, ROWAN);
    let waits = journal.sessions_with(id).iter().map(|(id, _)| *id).max().unwrap();
    let now = world.now().timestamp();
    let file = world.file("sent.cairn");
    let (whom, wanted) = (Whom { id, name: ROWAN }, |thing: Id| thing != waits);
    desk.send_changes(whom, &journal, (&file, Form::Binary), wanted, now).unwrap();
    desk.lock();
    taken_in(&other, &std::fs::read(&file).unwrap());
    (world, id)
}

#[test]
fn today_of_a_doctor_looks_as_drawn() {
    let (world, _) = drawn();
    picture(&mut world.at(Screen::Today, Look::Light, DESK), "doctor_today");
}

#[test]
fn today_of_a_doctor_looks_as_drawn_in_the_dark() {
    let (world, _) = drawn();
    picture(&mut world.at(Screen::Today, Look::Dark, DESK), "doctor_today_dark");
}

#[test]
fn what_they_can_read_looks_as_drawn() {
    let (world, id) = drawn();
    picture(&mut world.at(Screen::Reads(id), Look::Light, DESK), "doctor_reads");
}

#[test]
fn the_page_of_a_supervisor_looks_as_drawn() {
    let (world, id) = drawn();
    picture(&mut world.at(Screen::People(Some(id)), Look::Light, DESK), "doctor_supervisor");
}

#[test]
fn today_of_a_doctor_in_a_small_window() {
    let (world, _) = drawn();
    picture(&mut world.at(Screen::Today, Look::Light, [683.0, 427.0]), "doctor_today_small");
}
