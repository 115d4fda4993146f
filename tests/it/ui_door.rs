//! At the door: making a record, unlocking it, the recovery sheet.

use cairn::app::action::DoorAction;
use cairn::app::state::{Phase, Recovery, State};
use cairn::app::{Action, App, Screen};
use cairn::model::text::fields;
use cairn::ui::Window;
use egui::{Event, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;
use zeroize::Zeroizing;

use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};

pub const NEW: &str = "orchard velvet tunnel mango";

/// A published test vector of BIP 39: these words are nobody's key.
const VECTOR: &str = "void come effort suffer camp survey warrior heavy shoot primary clutch crush \
                      open amazing screen patrol group space point ten exist slush involve unfold";

/// The program in its window.
pub type Harnessed = Harness<'static, Window>;

pub fn press(harness: &mut Harnessed, button: &str) {
    harness.get_by_role_and_label(Role::Button, button).click();
    harness.run();
    // The pointer is painted into pictures.
    harness.event(Event::PointerGone);
    harness.run();
}

pub fn field<'h>(harness: &'h Harnessed, label: &'h str) -> egui_kittest::Node<'h> {
    harness
        .query_by_role_and_label(Role::PasswordInput, label)
        .or_else(|| harness.query_by_role_and_label(Role::TextInput, label))
        .unwrap_or_else(|| harness.get_by_role_and_label(Role::MultilineTextInput, label))
}

pub fn type_into(harness: &mut Harnessed, label: &str, words: &str) {
    field(harness, label).focus();
    harness.run();
    field(harness, label).type_text(words);
    harness.run();
}

/// Puts other words into a field that holds some.
pub fn retype(harness: &mut Harnessed, label: &str, words: &str) {
    field(harness, label).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, egui::Key::A);
    harness.run();
    field(harness, label).type_text(words);
    harness.run();
}

pub fn says(harness: &Harnessed, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

pub fn state(harness: &Harnessed) -> &State {
    &harness.state().app().state
}

pub fn is_open(harness: &Harnessed) -> bool {
    matches!(state(harness).phase, Phase::Open(_))
}

fn window(world: &World) -> Harnessed {
    let mut harness = world.window(Look::Light, DESK);
    harness.run();
    harness
}

fn at_password(world: &World) -> Harnessed {
    let mut harness = window(world);
    type_into(&mut harness, "Your name", "Dr Helen Marshwood");
    press(&mut harness, "Continue");
    harness
}

fn at_sheet(world: &World) -> Harnessed {
    let mut harness = at_password(world);
    type_into(&mut harness, "Password", PASSWORD);
    type_into(&mut harness, "Type it once more", PASSWORD);
    press(&mut harness, "Make my record");
    harness
}

fn recovery(harness: &Harnessed) -> (Vec<String>, [usize; 2]) {
    let Phase::Welcome(welcome) = &state(harness).phase else { panic!("no welcome") };
    let recovery = &welcome.sheet.as_ref().unwrap().recovery;
    (recovery.words.iter().map(|word| word.to_string()).collect(), recovery.asked)
}

#[test]
fn a_record_is_made_and_its_sheet_is_checked() {
    let world = World::empty();
    let mut harness = at_sheet(&world);
    let (words, asked) = recovery(&harness);
    for (at, word) in words.iter().enumerate() {
        assert!(harness.query_by_label(&format!("{} {word}", at + 1)).is_some());
    }
    press(&mut harness, "Hide the words and check");
    assert!(
        words
            .iter()
            .enumerate()
            .all(|(at, word)| { harness.query_by_label(&format!("{} {word}", at + 1)).is_none() })
    );
    let labels = asked.map(|at| format!("Word {}", at + 1));
    type_into(&mut harness, &labels[0], "zzzz");
    press(&mut harness, &format!("Type word {} to go on", asked[0] + 1));
    let wrong = format!("That is not word {} on the sheet.", asked[0] + 1);
    assert!(says(&harness, &wrong));
    assert!(!is_open(&harness));
    for (label, at) in labels.iter().zip(asked) {
        let four: String = words[at].chars().take(4).collect();
        retype(&mut harness, label, &four.to_uppercase());
    }
    assert!(!says(&harness, &wrong));
    press(&mut harness, "Open my record");
    let open = state(&harness).open().unwrap();
    assert_eq!(open.screen, Screen::Today);
    assert!(!open.sheet_unchecked);
    assert_eq!(open.journal.settings().your_name, "Dr Helen Marshwood");
}

#[test]
fn the_sheet_can_wait_and_be_saved_to_a_file() {
    let world = World::empty();
    let mut harness = at_sheet(&world);
    let file = world.file("stick.txt");
    press(&mut harness, "Save to a stick…");
    retype(&mut harness, "File for the recovery sheet", &file.display().to_string());
    press(&mut harness, "Save the sheet");
    assert!(says(&harness, "Saved to"));
    let sheet = std::fs::read_to_string(&file).unwrap();
    let (words, _) = recovery(&harness);
    assert!(words.iter().all(|word| sheet.contains(word.as_str())));
    assert!(sheet.contains("AGE-SECRET-KEY-"));
    assert!(!sheet.contains("Marshwood"));
    // A second time it is not replaced.
    press(&mut harness, "Save the sheet");
    assert!(says(&harness, "There is a file with this name already."));
    press(&mut harness, "Hide the words and check");
    press(&mut harness, "Do this later");
    assert!(state(&harness).open().unwrap().sheet_unchecked);
}

#[test]
fn a_name_is_needed() {
    let world = World::empty();
    let mut harness = window(&world);
    press(&mut harness, "Continue");
    assert!(says(&harness, "Type your name."));
    assert!(field(&harness, "Your name").is_focused());
}

#[test]
fn a_weak_password_is_refused_with_advice() {
    let world = World::empty();
    let mut harness = at_password(&world);
    type_into(&mut harness, "Password", "password1");
    type_into(&mut harness, "Type it once more", "password1");
    press(&mut harness, "Make my record");
    assert!(says(&harness, "Use four words that nobody would put together."));
    assert!(field(&harness, "Password").is_focused());
    assert!(!world.dir().exists());
}

#[test]
fn ones_own_name_makes_a_password_weak() {
    let world = World::empty();
    let mut harness = at_password(&world);
    type_into(&mut harness, "Password", "helenmarshwood");
    assert!(says(&harness, "Strength 1 of 4"));
}

#[test]
fn two_passwords_that_differ_are_told() {
    let world = World::empty();
    let mut harness = at_password(&world);
    type_into(&mut harness, "Password", PASSWORD);
    type_into(&mut harness, "Type it once more", NEW);
    press(&mut harness, "Make my record");
    assert!(says(&harness, "These do not match. Type it once more."));
    assert!(field(&harness, "Type it once more").is_focused());
    assert!(!world.dir().exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_made_is_told_and_another_chosen() {
    let world = World::empty();
    let mut harness = window(&world);
    type_into(&mut harness, "Your name", "Dr Helen Marshwood");
    let file = world.file("a file");
    std::fs::write(&file, "not a folder").unwrap();
    let inside = file.join("record").display().to_string();
    retype(&mut harness, "Folder of the record", &inside);
    press(&mut harness, "Continue");
    type_into(&mut harness, "Password", PASSWORD);
    type_into(&mut harness, "Type it once more", PASSWORD);
    press(&mut harness, "Make my record");
    assert!(says(&harness, "Nothing was created."));
    press(&mut harness, "Choose another folder");
    assert_eq!(field(&harness, "Folder of the record").value().unwrap(), inside);
}

#[test]
fn a_record_that_exists_is_found_from_the_welcome() {
    let (empty, demo) = (World::empty(), World::demo());
    let mut harness = window(&empty);
    press(&mut harness, "Open a record I already have");
    press(&mut harness, "Look in this folder");
    assert!(says(&harness, "There is no record in this folder."));
    retype(&mut harness, "Folder of the record", &demo.dir().display().to_string());
    press(&mut harness, "Look in this folder");
    type_into(&mut harness, "Password", PASSWORD);
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(is_open(&harness));
}

#[test]
fn only_the_right_password_unlocks() {
    let world = World::demo();
    let mut harness = window(&world);
    assert!(field(&harness, "Password").is_focused());
    type_into(&mut harness, "Password", "not this one");
    press(&mut harness, "Unlock");
    assert!(says(&harness, "That password does not open this record. Your record is safe."));
    assert!(!says(&harness, "damaged"));
    assert!(field(&harness, "Password").is_focused());
    assert_eq!(field(&harness, "Password").value().unwrap_or_default(), "");
    type_into(&mut harness, "Password", PASSWORD);
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(is_open(&harness));
}

#[test]
fn a_damaged_key_file_is_not_taken_for_a_wrong_password() {
    let world = World::demo();
    let keys = std::fs::read_dir(world.dir().join("keys")).unwrap();
    for key in keys.map(|key| key.unwrap().path()) {
        let name = key.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("identity-") {
            std::fs::write(&key, "damaged").unwrap();
        }
    }
    let mut harness = window(&world);
    type_into(&mut harness, "Password", PASSWORD);
    press(&mut harness, "Unlock");
    assert!(says(&harness, "damaged"));
    assert!(!says(&harness, "That password does not open this record."));
}

#[test]
fn caps_lock_is_told_before_an_attempt() {
    let world = World::demo();
    let mut harness = window(&world);
    type_into(&mut harness, "Password", "c");
    assert!(!says(&harness, "Caps Lock is on"));
    type_into(&mut harness, "Password", "OPPER");
    assert!(says(&harness, "Caps Lock is on"));
}

#[test]
fn the_sheet_opens_the_record_and_sets_a_new_password() {
    let world = World::empty();
    let mut harness = at_sheet(&world);
    let (words, _) = recovery(&harness);
    press(&mut harness, "Hide the words and check");
    press(&mut harness, "Do this later");
    harness.key_press_modifiers(Modifiers::COMMAND, egui::Key::L);
    harness.run();
    press(&mut harness, "Use my recovery sheet");
    let label = "The 24 words, or the key below them";
    type_into(&mut harness, label, &words[..23].join(" "));
    type_into(&mut harness, "New password", NEW);
    type_into(&mut harness, "New password once more", NEW);
    press(&mut harness, "Set it and unlock");
    assert!(says(&harness, "The recovery key has 24 words. There are 23 here."));
    retype(&mut harness, label, &words.join(" "));
    type_into(&mut harness, "New password", NEW);
    type_into(&mut harness, "New password once more", NEW);
    press(&mut harness, "Set it and unlock");
    assert!(is_open(&harness));
    harness.key_press_modifiers(Modifiers::COMMAND, egui::Key::L);
    harness.run();
    type_into(&mut harness, "Password", PASSWORD);
    press(&mut harness, "Unlock");
    assert!(says(&harness, "That password does not open this record."));
    type_into(&mut harness, "Password", NEW);
    press(&mut harness, "Unlock");
    assert!(is_open(&harness));
}

/// Everything that a person wrote or is called in the demonstration.
fn written(harness: &Harnessed) -> Vec<String> {
    let open = state(harness).open().unwrap();
    let mut all: Vec<String> = open.journal.people().iter().map(|(_, p)| p.name.clone()).collect();
    for (_, body) in open.journal.all() {
        all.extend(fields(&body).into_iter().map(|field| field.text));
    }
    all.retain(|text| text.len() > 3);
    all
}

fn labels(harness: &Harnessed) -> String {
    let mut all = String::new();
    let mut nodes = vec![harness.root()];
    while let Some(node) = nodes.pop() {
        for text in [node.accesskit_node().label(), node.accesskit_node().value()] {
            all.push_str(&text.unwrap_or_default());
            all.push('\n');
        }
        nodes.extend(node.children());
    }
    all
}

#[test]
fn a_locked_window_holds_nothing_of_the_record() {
    let world = World::demo();
    let mut harness = world.unlocked(Look::Light);
    harness.run();
    let written = written(&harness);
    assert!(written.len() > 50, "the demonstration has words to look for");
    harness.key_press_modifiers(Modifiers::COMMAND, egui::Key::L);
    harness.run();
    let shown = labels(&harness);
    assert!(shown.contains("Cairn is locked"));
    assert!(shown.contains("What you were writing is saved."));
    for text in written {
        assert!(!shown.contains(&text), "the locked window shows {text:?}");
    }
}

#[test]
fn it_says_why_it_locked_by_itself() {
    let world = World::demo();
    let mut harness = world.unlocked(Look::Light);
    harness.run();
    world.pass(SignedDuration::from_mins(11));
    harness.run();
    assert!(says(&harness, "Locked at 13:53 after 10 minutes without use."));
}

/// The program at a step of the welcome, with nothing in it that changes from run to run.
fn still(world: &World, steps: &[DoorAction], size: [f32; 2]) -> Harnessed {
    let mut app: App = world.app();
    app.act(Vec::new());
    app.inputs.door.your_name = "Dr Helen Marshwood".to_owned();
    app.inputs.door.password = PASSWORD.to_owned();
    app.inputs.door.again = PASSWORD.to_owned();
    for step in steps {
        app.act(vec![Action::Door(step.clone())]);
    }
    if let Phase::Welcome(welcome) = &mut app.state.phase
        && let Some(sheet) = &mut welcome.sheet
    {
        sheet.recovery = Recovery {
            words: VECTOR.split_whitespace().map(|word| Zeroizing::new(word.to_owned())).collect(),
            age_key: Zeroizing::new(String::new()),
            asked: [6, 18],
        };
    }
    app.inputs.door.folder = "C:\\Users\\helen\\AppData\\Roaming\\cairn\\vault".to_owned();
    app.inputs.door.again.clear();
    if steps.is_empty() {
        app.inputs.door.your_name.clear();
    }
    let mut harness = world.window_of(app, Look::Light, size);
    harness.run();
    harness
}

#[test]
fn welcome_you_looks_as_drawn() {
    let world = World::empty();
    let mut harness = still(&world, &[], DESK);
    picture(&mut harness, "welcome_you");
}

#[test]
fn welcome_in_a_narrow_window() {
    let world = World::empty();
    let mut harness = still(&world, &[], [480.0, 800.0]);
    picture(&mut harness, "welcome_narrow");
}

#[test]
fn welcome_password_looks_as_drawn() {
    let world = World::empty();
    let mut harness = still(&world, &[DoorAction::Next], DESK);
    picture(&mut harness, "welcome_password");
}

#[test]
fn welcome_sheet_looks_as_drawn() {
    let world = World::empty();
    let mut harness = still(&world, &[DoorAction::Next, DoorAction::Next], DESK);
    picture(&mut harness, "welcome_sheet");
}

#[test]
fn welcome_sheet_in_a_narrow_window() {
    let world = World::empty();
    let mut harness = still(&world, &[DoorAction::Next, DoorAction::Next], [480.0, 800.0]);
    picture(&mut harness, "welcome_sheet_narrow");
}

#[test]
fn welcome_check_looks_as_drawn() {
    let world = World::empty();
    let mut harness = still(&world, &[DoorAction::Next, DoorAction::Next], DESK);
    press(&mut harness, "Hide the words and check");
    type_into(&mut harness, "Word 7", "warr");
    type_into(&mut harness, "Word 19", "poi");
    picture(&mut harness, "welcome_check");
}

#[test]
fn unlock_looks_as_drawn() {
    let world = World::demo();
    let mut harness = window(&world);
    picture(&mut harness, "unlock");
}

#[test]
fn unlock_says_that_the_password_is_wrong() {
    let world = World::demo();
    let mut harness = window(&world);
    type_into(&mut harness, "Password", "not this one");
    press(&mut harness, "Unlock");
    picture(&mut harness, "unlock_wrong");
}

#[test]
fn unlock_with_the_sheet_looks_as_drawn() {
    let world = World::demo();
    let mut harness = window(&world);
    press(&mut harness, "Use my recovery sheet");
    picture(&mut harness, "unlock_recovery");
}
