//! Who is kept, and until when; the certificate of what was erased; what was sent.

use cairn::app::action::SessionAction;
use cairn::app::draft::Change;
use cairn::app::inputs::SettingsTab;
use cairn::app::keeping::{Form, KeepingAction};
use cairn::app::letter::{LetterAction, Topic};
use cairn::app::{Action, App, Screen};
use cairn::model::person::Hold;
use cairn::model::training::HandedOver;
use cairn::model::{Body, Certificate, Id, Journal, Person, Receipt};
use cairn::vault::Passphrase;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;

use crate::support::talk::as_drawn;
use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::{Harnessed, press, retype, says, state, type_into};

const AMINA: &str = "Dr Amina Larkspur";
const REFERENCE: &str = "Your own reference (the certificate names no one)";
const KEEP: &str = "Keep this record";
const NARROW: [f32; 2] = [480.0, 900.0];

fn journal(harness: &Harnessed) -> &Journal {
    &state(harness).open().unwrap().journal
}

/// The demonstration record after years: the first doctor's date has passed, the second is on
/// hold, the third is kept on, the fourth has no date. Gives them in this order.
fn years_later(world: &World) -> Vec<(Id, Person)> {
    let mut desk = world.desk();
    desk.find(&world.dir()).unwrap();
    let now = world.now().timestamp();
    let opened = desk.unlock(&Passphrase::new(PASSWORD), now).unwrap();
    let people = opened.journal.people().into_iter();
    let mut people: Vec<(Id, Person)> = people.map(|(id, it)| (id, it.clone())).collect();
    people.sort_by_key(|(_, person)| person.name != AMINA);
    let [(_, amina), (_, held), (_, kept), _] = people.as_mut_slice() else { panic!("four") };
    amina.archived = true;
    amina.handed_over = Some(HandedOver { on: date(2025, 8, 31), ..HandedOver::default() });
    amina.keep_until = Some(date(2026, 8, 31));
    held.hold = Some(Hold { since: date(2026, 3, 3), why: "Appeal open".to_owned() });
    held.keep_until = Some(date(2026, 2, 1));
    kept.keep_until = Some(date(2029, 4, 5));
    let body = |(id, person): &(Id, Person)| Change { id: *id, body: Body::Person(person.clone()) };
    let changes: Vec<Change> = people.iter().map(body).collect();
    desk.save(&changes, now).unwrap();
    people
}

/// The list in a window.
fn list(world: &World, size: [f32; 2]) -> Harnessed {
    let mut app = World::unlock(world.app());
    app.act(vec![Action::Go(Screen::Settings)]);
    app.inputs.settings.tab = SettingsTab::Keeping;
    let mut harness = world.window_of(app, Look::Light, size);
    harness.run();
    harness
}

fn focus_and_enter(harness: &mut Harnessed, button: &str) {
    harness.get_by_role_and_label(Role::Button, button).focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
}

fn lock_and_unlock(harness: &mut Harnessed) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run();
    type_into(harness, "Password", PASSWORD);
    press(harness, "Unlock");
}

#[test]
fn those_to_decide_about_come_first_and_each_says_why() {
    let world = World::demo();
    let people = years_later(&world);
    let harness = list(&world, [1280.0, 1000.0]);
    let top = |name: &str| harness.get_by_label(name).rect().top();
    let tops: Vec<f32> = people.iter().map(|(_, person)| top(&person.name)).collect();
    assert!(tops.is_sorted(), "passed, on hold, by date, without one: {tops:?}");
    assert!(says(&harness, "1 date has passed."));
    assert!(
        says(&harness, "31 August 2026, passed") && says(&harness, "Supervised to August 2025")
    );
    assert!(says(&harness, "12 months after supervision"));
    assert!(says(&harness, "Legal hold") && says(&harness, "Appeal open, since 3 March 2026"));
    assert!(says(&harness, "5 April 2029") && says(&harness, "No date yet"));
    assert!(says(&harness, "Suggested: "), "a date to start from, not set");
    assert!(journal(&harness).person(people[3].0).unwrap().keep_until.is_none());
    let erase = |at: usize| format!("Erase everything about {}", people[at].1.name);
    assert!(harness.query_by_label(&erase(0)).is_some());
    assert!(harness.query_by_label(&erase(1)).is_none(), "a hold refuses");
    assert!(harness.query_by_label(&erase(2)).is_none(), "not yet");
}

#[test]
fn a_record_is_kept_longer_by_the_keyboard_and_the_hold_can_be_seen() {
    let world = World::demo();
    let people = years_later(&world);
    let mut harness = list(&world, DESK);
    harness.get_by_label("Keep Dr Amina Larkspur longer").focus();
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    let see = format!("See the hold on {}", people[1].1.name);
    assert!(harness.get_by_label(&see).is_focused());
    harness.key_press(Key::ArrowUp);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    press(&mut harness, "Use 31 August 2026");
    retype(&mut harness, "Keep the record about them until", "31 August 2028");
    press(&mut harness, "Save");
    let kept = journal(&harness).person(people[0].0).unwrap().keep_until;
    assert_eq!(kept, Some(date(2028, 8, 31)));
    assert!(says(&harness, "31 August 2028") && says(&harness, "No one is due."));
    press(&mut harness, &see);
    assert_eq!(state(&harness).open().unwrap().screen, Screen::People(Some(people[1].0)));
    assert!(says(&harness, "On since 3 March 2026: Appeal open"));
}

#[test]
fn today_asks_for_the_look_once_and_again_after_a_year() {
    let asks = |app: &App| app.state.open().unwrap().keep_list().unwrap().asks.clone();
    let world = World::demo();
    assert_eq!(asks(&World::unlock(world.app())), None, "a young record is left in peace");
    years_later(&world);
    let mut harness = world.at(Screen::Today, Look::Light, [1280.0, 1200.0]);
    assert!(says(&harness, "1 keep-until date has passed"));
    press(&mut harness, "Look at who is kept, and until when");
    assert!(says(&harness, "You have not looked yet"));
    press(&mut harness, "I have looked");
    assert!(says(&harness, "Last looked at today") && says(&harness, "Next look: November 2027."));
    lock_and_unlock(&mut harness);
    assert_eq!(journal(&harness).settings().looked_at, Some(date(2026, 11, 24)));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    harness.run();
    assert!(!says(&harness, "keep-until date has passed"), "it was looked at");
    drop(harness);
    world.move_to("2027-11-25T09:00:00+00:00[UTC]");
    let app = World::unlock(world.app());
    assert_eq!(asks(&app).as_deref(), Some("Look at who you keep"));
}

/// The words of the certificate on its page.
fn certificate_text(harness: &Harnessed) -> String {
    let shown = state(harness).open().unwrap().letter.as_ref().unwrap();
    shown.page.as_ref().unwrap().letter.text()
}

/// Erases the first doctor from the list, by the keyboard alone.
fn erase(harness: &mut Harnessed) {
    focus_and_enter(harness, "Erase everything about Dr Amina Larkspur");
    assert!(harness.get_by_label(KEEP).is_focused(), "the safe answer");
    type_into(harness, REFERENCE, "ES file 2024/07");
    type_into(harness, "Type “Dr Amina Larkspur” to be sure", AMINA);
    harness.key_press(Key::Enter);
    harness.run();
}

#[test]
fn erasing_leaves_a_certificate_that_names_no_one_and_outlasts_a_lock() {
    let world = World::demo();
    let people = years_later(&world);
    let mut harness = list(&world, DESK);
    erase(&mut harness);
    assert!(journal(&harness).person(people[0].0).is_none() && says(&harness, "Erased for good"));
    let text = certificate_text(&harness);
    for words in [
        Certificate::TITLE,
        "All records about one person, ",
        "24 November 2026, 13:42",
        "Keep-until date passed, 31 August 2026",
        "ES file 2024/07",
        "No one is named",
    ] {
        assert!(text.contains(words) || says(&harness, words), "{words}: {text}");
    }
    for name in ["Amina", "Larkspur"] {
        assert!(!text.contains(name) && !says(&harness, name), "{name}");
    }
    let words = text.lines().find_map(|line| line.strip_prefix("Check words: ")).unwrap();
    assert_eq!(words.split_whitespace().count(), 4, "{words}");
    press(&mut harness, "Save PDF");
    let file = world.file("Certificate of erasure 2026-11-24.pdf");
    assert!(std::fs::read(file).unwrap().starts_with(b"%PDF"));
    lock_and_unlock(&mut harness);
    let kept = journal(&harness).certificates();
    let [(_, certificate)] = kept.as_slice() else { panic!("{kept:?}") };
    assert!(certificate.entries > 10 && certificate.files > 0, "{certificate:?}");
    let json = serde_json::to_string(certificate).unwrap();
    assert!(!json.contains("Amina") && !json.contains("Larkspur"), "{json}");
    // The rail and the path at the top both lead there.
    harness.query_all_by_role_and_label(Role::Button, "Settings").next().unwrap().click();
    harness.run();
    harness.get_by_role_and_label(Role::Tab, "Keeping and deleting").click();
    harness.run();
    press(&mut harness, "Certificates 1");
    harness.get_by_label_contains("Number 1, ES file 2024/07, All records").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(certificate_text(&harness).contains(words), "the same four words");
}

#[test]
fn the_certificate_says_which_files_could_not_be_removed_yet() {
    let world = World::demo();
    let now = world.now();
    let mut desk = world.desk();
    desk.find(&world.dir()).unwrap();
    desk.unlock(&Passphrase::new(PASSWORD), now.timestamp()).unwrap();
    let certificate = Certificate {
        number: 1,
        when: now.datetime(),
        why: "Keep-until date passed".to_owned(),
        entries: 52,
        files: 41,
        left: 2,
        ..Certificate::default()
    };
    let receipt = Receipt { erased: Some(certificate), ..Receipt::of("Erased", now.timestamp()) };
    let id = Id::new(1_790_000_000_000, 7);
    desk.save(&[Change { id, body: Body::Receipt(receipt) }], now.timestamp()).unwrap();
    drop(desk);
    let screen = Screen::Letter(Topic::Certificate(id));
    let mut harness = world.at(screen, Look::Light, DESK);
    assert!(says(&harness, "Not removed yet"));
    assert!(says(&harness, "2 files. They are not shown, and Cairn tries at each start"));
    press(&mut harness, "Kind of file: PDF");
    harness.get_by_role_and_label(Role::MenuItem, "Plain text").click_accesskit();
    harness.run();
    press(&mut harness, "Save plain text");
    let text = std::fs::read_to_string(world.file("Certificate of erasure 2026-11-24.txt"));
    assert!(text.unwrap().contains("Not removed yet: 2 files."), "and the file says so");
}

#[test]
fn a_reference_that_names_the_person_is_refused() {
    let world = World::demo();
    let people = years_later(&world);
    let mut harness = list(&world, DESK);
    focus_and_enter(&mut harness, "Erase everything about Dr Amina Larkspur");
    type_into(&mut harness, REFERENCE, "file of larkspur");
    assert!(says(&harness, "This names them."));
    press(&mut harness, "Erase for good and save the certificate");
    assert!(harness.get_by_role_and_label(Role::TextInput, REFERENCE).is_focused());
    type_into(&mut harness, "Type “Dr Amina Larkspur” to be sure", AMINA);
    harness.key_press(Key::Enter);
    harness.run();
    assert!(journal(&harness).person(people[0].0).is_some(), "nothing was erased");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label(KEEP).is_none());
}

/// A note that was sent, and its talk.
fn sent(world: &World) -> (App, Id) {
    let mut app = as_drawn(world);
    let talk = app.inputs.draft.as_ref().unwrap().id;
    app.act(vec![Action::Session(SessionAction::FinishAndSend)]);
    app.inputs.letter.path = world.file("Note.pdf").to_string_lossy().into_owned();
    app.act(vec![Action::Letter(LetterAction::Save)]);
    app.act(vec![Action::ToastGone]);
    (app, talk)
}

#[test]
fn what_was_sent_is_listed_for_the_talk_and_for_the_person() {
    let world = World::demo();
    let (mut app, talk) = sent(&world);
    let open = app.state.open().unwrap();
    let receipts = open.journal.sent(talk);
    let [(_, receipt)] = receipts.as_slice() else { panic!("{receipts:?}") };
    let sha = receipt.sha256.clone();
    let person = receipt.person.unwrap();
    assert_eq!(receipt.of, Some(talk));
    app.act(vec![Action::Go(Screen::Session(talk))]);
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    press(&mut harness, "Show what was sent");
    for words in ["Note of the conversation of", "Note.pdf", AMINA, sha.as_str()] {
        assert!(says(&harness, words), "{words}");
    }
    harness.key_press(Key::Escape);
    harness.run();
    assert!(!says(&harness, &sha));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.run();
    let here = state(&harness).open().unwrap();
    assert_eq!(here.first_person(), Some(person));
    press(&mut harness, "Show what was sent");
    assert!(says(&harness, &sha));
}

#[test]
fn who_is_kept_looks_as_drawn() {
    let world = World::demo();
    years_later(&world);
    picture(&mut list(&world, DESK), "keep_until_light");
}

#[test]
fn who_is_kept_in_a_narrow_window() {
    let world = World::demo();
    years_later(&world);
    picture(&mut list(&world, NARROW), "keep_until_narrow");
}

#[test]
fn a_date_that_is_changed_and_the_certificates_look_as_drawn() {
    let world = World::demo();
    let people = years_later(&world);
    let mut harness = list(&world, [1280.0, 1150.0]);
    erase(&mut harness);
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    harness.run();
    press(&mut harness, "Certificates 1");
    press(&mut harness, &format!("Change how long {} is kept", people[2].1.name));
    picture(&mut harness, "keep_longer");
}

#[test]
fn today_with_a_date_that_passed_looks_as_drawn() {
    let world = World::demo();
    years_later(&world);
    picture(&mut world.at(Screen::Today, Look::Light, DESK), "today_keep");
}

#[test]
fn the_certificate_looks_as_drawn() {
    let world = World::demo();
    years_later(&world);
    let mut harness = list(&world, DESK);
    erase(&mut harness);
    // The folder of a test is another one at every run.
    retype(&mut harness, "File", "C:\\Users\\helen\\Documents\\Certificate of erasure.pdf");
    picture(&mut harness, "certificate_light");
}

#[test]
fn what_was_sent_looks_as_drawn() {
    let world = World::demo();
    let (mut app, talk) = sent(&world);
    app.act(vec![
        Action::Go(Screen::Session(talk)),
        Action::Keeping(KeepingAction::Ask(Form::Sent(talk))),
    ]);
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    picture(&mut harness, "receipts_light");
}
