//! An access request is answered from the person's page: all of it is seen, other people's details
//! are taken out, and a receipt is kept.

use std::time::Instant;

use cairn::app::action::SessionAction;
use cairn::app::draft::Change;
use cairn::app::inputs::{PersonTab, SettingsTab};
use cairn::app::letter::{LetterAction, Topic};
use cairn::app::part::{Part, PartAction};
use cairn::app::{Action, App, Screen};
use cairn::model::{AccessRequest, Answer, Body, Id, Margin, Receipt};
use cairn::vault::Passphrase;
use egui::Role;
use egui_kittest::kittest::Queryable as _;

use crate::support::talk::{amina, as_drawn, press};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::{Harnessed, retype, says, state, type_into};
use crate::ui_person_about::enter;

const FARAH: &str = "Dr Farah Osierly";

/// So high that every line of the page is drawn.
const TALL: [f32; 2] = [1280.0, 30_000.0];

/// A record in which a private note names somebody else.
fn record(world: &World) -> (App, Id) {
    let mut app = as_drawn(world);
    let draft = app.inputs.draft.as_mut().unwrap();
    let note = |text: String| Margin { beside: None, text, basis: None };
    draft.session.margin.push(note(format!("Heron private words. {FARAH} saw it too.")));
    draft.touched = true;
    app.act(vec![Action::Session(SessionAction::FinishAndSend)]);
    app.state.toast = None;
    let id = amina(&app);
    (app, id)
}

fn page(world: &World, look: Look, size: [f32; 2], zoom: u16) -> Harnessed {
    let (mut app, id) = record(world);
    app.act(vec![Action::Letter(LetterAction::Show(Topic::Held(id)))]);
    app.inputs.letter.path = "/home/rowan/Documents/Access request.pdf".to_owned();
    app.state.look.zoom = zoom;
    let mut harness = world.window_of(app, look, size);
    harness.run();
    harness
}

fn private_lines(harness: &Harnessed) -> usize {
    let shown = state(harness).open().unwrap().letter.as_ref().unwrap();
    shown.page.as_ref().unwrap().preview.layers[2].leaves
}

fn newest_receipt(harness: &Harnessed) -> Receipt {
    let journal = &state(harness).open().unwrap().journal;
    (*journal.receipts()[0].1).clone()
}

fn tick(harness: &mut Harnessed, label: &str) {
    harness.get_by_role_and_label(Role::CheckBox, label).focus();
    harness.run();
    harness.key_press(egui::Key::Space);
    harness.run();
}

#[test]
fn an_access_request_is_answered_from_the_persons_page_without_somebody_elses_name() {
    let world = World::demo();
    let (mut app, id) = record(&world);
    app.act(vec![Action::Go(Screen::People(Some(id)))]);
    app.inputs.person_tab = PersonTab::About;
    let mut harness = world.window_of(app, Look::Light, TALL);
    harness.run();
    enter(&mut harness, "Answer an access request about Amina");
    for words in [
        "What leaves this machine",
        "Private notes leave with this.",
        "Private to me: all of it goes",
        "Heron private words.",
        "No hold stands.",
        "Other people’s details",
    ] {
        assert!(says(&harness, words), "{words}");
    }
    let private = private_lines(&harness);
    assert!(private > 3, "{private}");
    let number = private.to_string();
    assert!(harness.query_all_by_label(&number).next().is_some(), "{number} is on the page");

    // Nothing leaves before each detail was looked at.
    let file = world.file("Access request 2026-11-24.txt");
    press(&mut harness, "Kind of file: PDF");
    harness.get_by_role_and_label(Role::MenuItem, "Plain text").click_accesskit();
    harness.run();
    press(&mut harness, "Settle it to save");
    assert!(!file.exists());

    let out = format!("Take out “{FARAH}”");
    tick(&mut harness, &out);
    assert!(says(&harness, "Heron private words. [taken out] saw it too."), "seen at once");
    tick(&mut harness, &out);
    assert!(says(&harness, &format!("Heron private words. {FARAH} saw it too.")));
    tick(&mut harness, &out);
    if harness.query_by_role_and_label(Role::Button, "I have looked at each").is_some() {
        press(&mut harness, "I have looked at each");
    }
    press(&mut harness, "Save plain text");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("Heron private words. [taken out] saw it too."), "{text}");
    assert!(!text.contains("Osierly"), "{text}");
    assert!(text.contains("Third person to mention nights."), "a margin of an older talk");
    assert!(says(&harness, "Receipt kept. SHA-256 begins"));
    let receipt = newest_receipt(&harness);
    assert_eq!(receipt.what, "Everything held about one person, 1 detail taken out");
    assert_eq!((receipt.person, receipt.format.as_str()), (Some(id), "txt"));
}

#[test]
fn the_day_they_asked_is_kept_with_the_day_the_answer_is_due_until_it_is_answered() {
    let world = World::demo();
    let mut harness = page(&world, Look::Light, TALL, 100);
    press(&mut harness, "Note the day Amina asked");
    type_into(&mut harness, "Day they asked", "30 December 2026");
    press(&mut harness, "Save");
    assert!(says(&harness, "Type a day that has been"));
    retype(&mut harness, "Day they asked", "31 October");
    press(&mut harness, "Save");
    assert!(says(&harness, "Asked on 31 October 2026."));
    assert!(
        says(&harness, "Answer by 30 November 2026, in 6 days"),
        "the shorter month ends first"
    );
    // It is a part of what is held, and of the answer.
    assert!(says(&harness, "Access request: Asked on 31 October 2026"));

    // The log in the settings shows it and leads back.
    let log = |harness: &mut Harnessed| {
        let app = harness.state_mut().app_mut();
        app.act(vec![Action::Go(Screen::Settings)]);
        app.inputs.settings.tab = SettingsTab::Keeping;
        harness.run();
    };
    log(&mut harness);
    assert!(says(&harness, "Answer by 30 November 2026, in 6 days, Asked on 31 October 2026"));
    assert!(says(&harness, "Nothing was saved for it"));
    harness.get_by_label_contains("Answer by 30 November 2026").click_accesskit();
    harness.run();

    // The answer is saved for other programs, then given.
    let file = world.file("Access request 2026-11-24.json");
    press(&mut harness, "Kind of file: PDF");
    harness.get_by_role_and_label(Role::MenuItem, "JSON").click_accesskit();
    harness.run();
    press(&mut harness, "I have looked at each");
    press(&mut harness, "Save JSON");
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert_eq!((&json["format"], &json["version"]), (&"cairn-page".into(), &1.into()));
    let saved = format!("SHA-256 begins {}", &newest_receipt(&harness).sha256[..12]);
    assert!(says(&harness, &format!("Saved or copied on 24 November 2026, {saved}")));
    press(&mut harness, "Answered today: the request of 31 October 2026");
    assert!(says(&harness, "Answered on 24 November 2026"));
    log(&mut harness);
    assert!(says(&harness, "Answered on 24 November 2026, Asked on 31 October 2026"));
    assert!(says(&harness, &saved));
}

#[test]
fn a_request_is_answered_from_the_settings_too() {
    let world = World::demo();
    let mut app = World::unlock(world.app());
    app.act(vec![Action::Go(Screen::Settings)]);
    app.inputs.settings.tab = SettingsTab::Keeping;
    let mut harness = world.window_of(app, Look::Light, TALL);
    harness.run();
    press(&mut harness, "Answer an access request…");
    assert!(says(&harness, "Who asked?"));
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(says(&harness, "Private notes leave with this."), "the first of the list");
}

/// Amina asked in October and Farah long ago; one more was answered.
fn with_requests(world: &World) -> App {
    let (mut app, id) = record(world);
    let day = |month, day| jiff::civil::date(2026, month, day);
    let request = |asked, answered| AccessRequest { asked, answered, ..AccessRequest::default() };
    let journal = &app.state.open().unwrap().journal;
    let mut person = journal.person(id).unwrap().clone();
    person.requests = vec![request(day(2, 3), Some(day(2, 20))), request(day(10, 31), None)];
    let people = journal.people();
    let (other, late) = people.iter().find(|(other, _)| *other != id).unwrap();
    let (other, mut late) = (*other, (*late).clone());
    late.requests = vec![request(day(10, 20), None)];
    let cairn::app::Phase::Open(open) = &mut app.state.phase else { panic!("it is open") };
    open.journal.put(id, Body::Person(person));
    open.journal.put(other, Body::Person(late));
    app
}

#[test]
fn the_log_of_requests_looks_as_it_should() {
    let world = World::demo();
    let mut app = with_requests(&world);
    app.act(vec![Action::Go(Screen::Settings)]);
    app.inputs.settings.tab = SettingsTab::Keeping;
    app.inputs.settings.answering = true;
    let mut harness = world.window_of(app, Look::Light, [1280.0, 1500.0]);
    harness.run();
    assert!(says(&harness, "Answer by 20 November 2026. That day has passed"));
    picture(&mut harness, "access_log");
}

#[test]
fn the_log_of_requests_fits_a_small_window() {
    let world = World::demo();
    let mut app = with_requests(&world);
    app.act(vec![Action::Go(Screen::Settings)]);
    app.inputs.settings.tab = SettingsTab::Keeping;
    let mut harness = world.window_of(app, Look::Light, [683.0, 1500.0]);
    harness.run();
    picture(&mut harness, "access_log_narrow");
}

#[test]
fn the_day_they_asked_looks_as_it_should_beside_the_page() {
    let world = World::demo();
    let mut app = with_requests(&world);
    let id = amina(&app);
    app.act(vec![
        Action::Letter(LetterAction::Show(Topic::Held(id))),
        Action::Part(PartAction::Open(id, Part::Request, Some(1))),
    ]);
    app.inputs.letter.path = "/home/rowan/Documents/Access request.pdf".to_owned();
    let mut harness = world.window_of(app, Look::Light, [1280.0, 2000.0]);
    harness.run();
    picture(&mut harness, "access_asked");
}

#[test]
fn a_hold_is_offered_while_the_request_is_open() {
    let world = World::demo();
    let mut harness = page(&world, Look::Light, TALL, 100);
    press(&mut harness, "Put Amina on hold");
    assert!(says(&harness, "Put Amina on hold?"));
    type_into(&mut harness, "Why", "access request of 20 November");
    press(&mut harness, "Put on hold");
    assert!(says(&harness, "On hold since 24 November 2026."));
    assert!(!says(&harness, "No hold stands."));
    // The hold is a part of what is held.
    assert!(says(&harness, "access request of 20 November"));
}

#[test]
fn what_was_ticked_is_forgotten_at_a_lock_and_nothing_breaks() {
    let world = World::demo();
    let mut harness = page(&world, Look::Light, TALL, 100);
    tick(&mut harness, &format!("Take out “{FARAH}”"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
    harness.run();
    crate::support::talk::unlock(&mut harness);
    assert!(says(&harness, "Private notes leave with this."));
    assert!(says(&harness, &format!("Heron private words. {FARAH} saw it too.")));
}

#[test]
fn of_hundreds_of_conversations_only_those_in_view_are_drawn() {
    const MANY: usize = 200;
    let world = World::demo();
    let mut desk = world.desk();
    let now = world.now().timestamp();
    assert!(desk.find(&world.dir()).unwrap());
    let opened = desk.unlock(&Passphrase::new(PASSWORD), now).unwrap();
    let id = opened.journal.find_people("Dr Amina Larkspur")[0].0;
    let (_, pattern) = opened.journal.sessions_with(id)[0];
    let words = "the rota was long she asked for help with planning the clinics ".repeat(3);
    let changes: Vec<Change> = (0..MANY)
        .map(|number| {
            let mut talk = pattern.clone();
            talk.title = format!("Talk {number}");
            for asked in talk.sections.iter_mut().flat_map(|part| &mut part.items) {
                if matches!(asked.answer, Some(Answer::Text(_))) {
                    asked.answer = Some(Answer::Text(format!("{words}{number}")));
                }
            }
            let fresh = Id::new(1_790_000_000_000, 1_000 + number as u128);
            Change { id: fresh, body: Body::Session(talk) }
        })
        .collect();
    for some in changes.chunks(80) {
        desk.save(some, now).unwrap();
    }
    drop(desk);
    let mut app = World::unlock(world.app());
    let begin = Instant::now();
    app.act(vec![Action::Letter(LetterAction::Show(Topic::Held(id)))]);
    let made = begin.elapsed();
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    let begin = Instant::now();
    harness.step();
    let frame = begin.elapsed();
    // Generous for a slow build: what is looked for is work that grows with the square.
    assert!(made.as_secs() < 60 && frame.as_secs() < 10, "made in {made:?}, drawn in {frame:?}");
    let drawn = harness.query_all_by(|node| {
        let label = node.label();
        label.is_some_and(|label| label.contains(": Talk "))
    });
    let drawn = drawn.count();
    assert!(drawn < MANY / 5, "{drawn} are drawn");
    let shown = state(&harness).open().unwrap().letter.as_ref().unwrap();
    let parts = &shown.page.as_ref().unwrap().letter.sheet.parts;
    assert!(parts.iter().filter(|part| part.title.contains(": Talk ")).count() == MANY);
}

#[test]
fn the_pack_looks_as_it_should() {
    let world = World::demo();
    picture(&mut page(&world, Look::Light, DESK, 100), "access_light");
}

#[test]
fn the_pack_fits_a_small_window() {
    let world = World::demo();
    picture(&mut page(&world, Look::Light, [1024.0, 640.0], 150), "access_narrow");
}
