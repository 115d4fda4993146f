//! The record's page in the settings: its state, the full check, backups, the recovery sheet,
//! moving; and restoring at the door.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cairn::app::action::DoorAction;
use cairn::app::inputs::SettingsTab;
use cairn::app::keeping::{Form, KeepingAction};
use cairn::app::long::Task;
use cairn::app::record_state::RecordState;
use cairn::app::state::{Phase, Recovery};
use cairn::app::{Action, App, Screen};
use cairn::model::{Id, Kind};
use cairn::platform::{Chosen, Wanted};
use cairn::vault::{Absence, Damage, Damaged, KnownBy, Progress, Warning};
use egui::{Key, Role};
use egui_kittest::kittest::Queryable as _;
use jiff::SignedDuration;
use zeroize::Zeroizing;

use crate::support::window::{DESK, Look, picture};
use crate::support::world::{PASSWORD, World};
use crate::ui_door::{Harnessed, NEW, field, is_open, press, says, state, type_into};

/// A published test vector of BIP 39: these words are nobody's key.
const VECTOR: &str = "void come effort suffer camp survey warrior heavy shoot primary clutch crush \
                      open amazing screen patrol group space point ten exist slush involve unfold";

/// The demonstration record, unlocked, on the record's page.
fn at_record(world: &World) -> Harnessed {
    let mut harness = world.unlocked(Look::Light);
    harness.run();
    press(&mut harness, "Settings");
    harness.get_by_role_and_label(Role::Tab, "Your record").click();
    harness.run();
    harness
}

/// The files of records under a folder.
fn record_files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![dir.join("records")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

fn back_up(harness: &mut Harnessed, to: &Path) {
    press(harness, "Back up…");
    type_into(harness, "Folder for the backup", &to.display().to_string());
    press(harness, "Back up");
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &to);
        } else {
            std::fs::copy(&path, &to).unwrap();
        }
    }
}

/// By its shortcut: its name tells how many actions are due.
fn go_today(harness: &mut Harnessed) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num1);
    harness.run();
}

fn unlock(harness: &mut Harnessed, password: &str) {
    type_into(harness, "Password", password);
    press(harness, "Unlock");
}

#[test]
fn a_backup_says_its_four_words_and_today_knows_of_it() {
    let world = World::demo();
    let mut harness = at_record(&world);
    assert!(says(&harness, "All is well") && says(&harness, "Never backed up."));
    // Without a folder nothing is begun.
    press(&mut harness, "Back up…");
    press(&mut harness, "Back up");
    assert!(says(&harness, "Name a folder."));
    assert!(field(&harness, "Folder for the backup").is_focused());
    type_into(&mut harness, "Folder for the backup", &world.file("stick").display().to_string());
    harness.key_press(Key::Enter);
    harness.run();
    assert!(says(&harness, "Backed up.") && says(&harness, "Write its four words on the stick."));
    assert!(says(&harness, "Last backed up today, on 24 November 2026, to “stick”."));
    assert_eq!(record_files(&world.file("stick")), {
        let here = record_files(&world.dir());
        let there = here
            .iter()
            .map(|file| world.file("stick").join(file.strip_prefix(world.dir()).unwrap()));
        there.collect::<Vec<_>>()
    });
    go_today(&mut harness);
    assert!(says(&harness, "Backed up today"));
    assert!(harness.query_by_label("Back up…").is_none(), "Today offers it only when it is due");
    world.pass(SignedDuration::from_hours(21 * 24));
    harness.run();
    unlock(&mut harness, PASSWORD);
    assert!(says(&harness, "Backed up 3 weeks ago"));
    press(&mut harness, "Back up…");
    assert!(field(&harness, "Folder for the backup").is_focused());
    assert_eq!(harness.state().app().inputs.settings.tab, SettingsTab::Record);
}

#[test]
fn a_backup_into_the_record_itself_is_refused_in_words() {
    let world = World::demo();
    let mut harness = at_record(&world);
    back_up(&mut harness, &world.dir().join("backup"));
    assert!(says(&harness, "The two folders are the same, or one lies in the other."));
    assert!(says(&harness, "Never backed up."));
}

#[test]
fn the_folder_can_be_chosen_in_the_desktops_dialog() {
    let world = World::demo();
    let chosen = world.file("stick");
    let answer = Chosen { path: chosen.clone(), was_there: true };
    let desk = world.desk().asking(Arc::new(move |_, wanted| {
        assert_eq!(*wanted, Wanted::Folder);
        Some(answer.clone())
    }));
    let mut app = world.app_with(desk);
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    app.act(vec![
        Action::Keeping(KeepingAction::Show),
        Action::Keeping(KeepingAction::Ask(Form::Backup)),
    ]);
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    press(&mut harness, "Choose: Folder for the backup");
    assert_eq!(harness.state().app().inputs.keeping.backup_to, chosen.display().to_string());
    // An answer after the form was put away changes nothing.
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Folder for the backup").is_none());
}

#[test]
fn a_damaged_file_is_found_by_the_check_and_mended_from_a_backup() {
    let world = World::demo();
    let mut harness = at_record(&world);
    back_up(&mut harness, &world.file("stick"));
    press(&mut harness, "Check now");
    assert!(says(&harness, "Checked today at 13:42. All 49 files are sound"));
    let file = record_files(&world.dir()).swap_remove(3);
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[300] ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    press(&mut harness, "Check now");
    assert!(says(&harness, "1 thing to look at") && says(&harness, "13:42. 1 file can’t be read"));
    assert!(says(&harness, "1 file is damaged and can’t be read."));
    press(&mut harness, "Show the file: 1 file is damaged and can’t be read.");
    assert!(says(&harness, &file.file_name().unwrap().to_string_lossy()));
    // The finding has its own way out; the row below has the same.
    harness.get_all_by_role_and_label(Role::Button, "Restore…").next().unwrap().click();
    harness.run();
    type_into(&mut harness, "Folder of the backup", &world.file("stick").display().to_string());
    press(&mut harness, "Restore");
    assert!(says(&harness, "Restored.") && says(&harness, "1 mended"));
    assert!(says(&harness, "All is well"));
    press(&mut harness, "Check now");
    assert!(says(&harness, "All is well") && says(&harness, "All 49 files are sound"));
}

#[test]
fn a_folder_that_was_set_back_is_told_once_and_accepted() {
    let world = World::demo();
    copy_folder(&world.dir(), &world.file("old"));
    let mut harness = at_record(&world);
    harness.get_by_role_and_label(Role::Tab, "You").click();
    harness.run();
    crate::ui_door::retype(&mut harness, "Your name", "Dr Helen Marsh-Wood");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::L);
    harness.run();
    // Something sets the folder back to what it was this morning.
    std::fs::remove_dir_all(world.dir()).unwrap();
    copy_folder(&world.file("old"), &world.dir());
    unlock(&mut harness, PASSWORD);
    go_today(&mut harness);
    let what = "The folder was set back to an older state: 1 later save is missing.";
    assert!(says(&harness, what), "a banner tells it");
    press(&mut harness, "See it");
    assert!(says(&harness, what) && says(&harness, "press Accept"));
    go_today(&mut harness);
    assert!(!says(&harness, what), "it was seen");
    assert!(says(&harness, "1 thing to look at"));
    press(&mut harness, "See what to look at");
    press(&mut harness, "Accept as it is now");
    assert!(says(&harness, "Accepted as it is now") && says(&harness, "All is well"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::L);
    harness.run();
    unlock(&mut harness, PASSWORD);
    go_today(&mut harness);
    assert!(!says(&harness, "to look at"), "it stays accepted");
}

/// The words and the two that are asked for, of the sheet that is shown.
fn sheet(harness: &Harnessed) -> (Vec<String>, [usize; 2]) {
    let sheet = state(harness).open().unwrap().keeping.sheet.as_ref().unwrap();
    let words = sheet.recovery.words.iter().map(|word| word.to_string()).collect();
    (words, sheet.recovery.asked)
}

fn check_sheet(harness: &mut Harnessed) -> String {
    let (words, asked) = sheet(harness);
    press(harness, "Hide the words and check");
    for at in asked {
        type_into(harness, &format!("Word {}", at + 1), &words[at]);
    }
    press(harness, "Done");
    words.join(" ")
}

#[test]
fn a_new_recovery_sheet_is_shown_once_checked_and_opens_the_record() {
    let world = World::demo();
    let mut harness = world.unlocked(Look::Light);
    harness.run();
    press(&mut harness, "Settings");
    press(&mut harness, "Make a new recovery sheet");
    assert!(says(
        &harness,
        "Once you have checked the new sheet, the old one no longer opens this record."
    ));
    press(&mut harness, "Make a new one");
    let (words, _) = sheet(&harness);
    assert!(harness.query_by_label(&format!("1 {}", words[0])).is_some());
    // Whoever goes elsewhere is reminded, and finds it again.
    go_today(&mut harness);
    assert!(says(&harness, "The recovery sheet is not checked"));
    press(&mut harness, "Back to the sheet");
    let key = check_sheet(&mut harness);
    assert!(says(&harness, "Recovery sheet checked"));
    assert!(state(&harness).open().unwrap().keeping.sheet.is_none());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::L);
    harness.run();
    press(&mut harness, "Use my recovery sheet");
    type_into(&mut harness, "The 24 words, or the key below them", &key);
    type_into(&mut harness, "New password", NEW);
    type_into(&mut harness, "New password once more", NEW);
    press(&mut harness, "Set it and unlock");
    assert!(is_open(&harness));
}

#[test]
fn a_move_ends_with_a_new_sheet_and_the_new_record_opens() {
    let world = World::demo();
    let mut harness = at_record(&world);
    let journal = &state(&harness).open().unwrap().journal;
    let records = journal.all().filter(|(_, body)| body.kind() != Kind::Receipt).count();
    press(&mut harness, "Move…");
    assert!(says(&harness, "This can’t be undone."));
    press(&mut harness, "Move to a new key");
    assert!(says(&harness, "Type a password first."));
    type_into(&mut harness, "New password", NEW);
    type_into(&mut harness, "New password once more", NEW);
    press(&mut harness, "Move to a new key");
    assert!(says(&harness, "Write down the sheet of the new record"));
    check_sheet(&mut harness);
    assert!(says(&harness, "Moved to a new key") && says(&harness, "record (moved)"));
    press(&mut harness, "Open the new one");
    assert_eq!(state(&harness).dir, world.file("record (moved)"));
    unlock(&mut harness, NEW);
    let open = state(&harness).open().unwrap();
    let others = open.journal.all().filter(|(_, body)| body.kind() != Kind::Receipt);
    assert_eq!(others.count(), records, "all but the receipt of the move was there before");
    assert!(open.findings.is_empty());
    assert!(world.dir().join("VAULT.json").exists(), "the old one stays");
}

#[test]
fn a_record_that_is_open_elsewhere_can_be_checked_and_not_changed() {
    let world = World::demo();
    let mut first = world.unlocked(Look::Light);
    first.run();
    let mut harness = at_record(&world);
    for button in ["Back up…", "Restore…", "Move…"] {
        assert!(harness.query_by_label(button).is_none(), "{button}");
    }
    press(&mut harness, "Check now");
    assert!(says(&harness, "Checked today at 13:42"));
}

#[test]
fn a_record_is_brought_back_at_the_door() {
    let world = World::demo();
    let mut harness = at_record(&world);
    back_up(&mut harness, &world.file("stick"));
    drop(harness);
    std::fs::remove_dir_all(world.dir()).unwrap();
    let mut harness = world.window(Look::Light, DESK);
    harness.run();
    press(&mut harness, "Open a record I already have");
    press(&mut harness, "Restore from a backup");
    press(&mut harness, "Restore");
    assert!(says(&harness, "Name the folder of the backup."));
    assert!(field(&harness, "Folder of the backup").is_focused());
    type_into(&mut harness, "Folder of the backup", &world.file("nowhere").display().to_string());
    press(&mut harness, "Restore");
    assert!(
        says(&harness, "There is nothing of a record in the folder of the backup")
            || says(&harness, "The folder of the backup is not there")
    );
    crate::ui_door::retype(
        &mut harness,
        "Folder of the backup",
        &world.file("stick").display().to_string(),
    );
    press(&mut harness, "Restore");
    assert!(says(&harness, "Your record is back:"));
    unlock(&mut harness, PASSWORD);
    assert!(is_open(&harness));
    assert!(!state(&harness).open().unwrap().journal.people().is_empty());
}

/// The program on the record's page, with a folder that is the same in every run.
fn still(world: &World) -> App {
    let mut app = world.app();
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    app.act(vec![Action::Keeping(KeepingAction::Show)]);
    app.state.dir = "C:\\Users\\helen\\OneDrive\\Cairn".into();
    app
}

/// A record with so many things wrong with it that most sorts of words show.
fn troubled(app: &mut App) {
    let Phase::Open(open) = &mut app.state.phase else { panic!("locked") };
    let file =
        |seq: u32| format!("records/a3kq7xz2/00000/{seq:08}-0d4f9c1b77e2a4518c1d6e9f0a2b3c4d.age");
    let missing =
        |seq, class| Warning::Missing { file: file(seq), known_by: KnownBy::OtherDevice, class };
    let newer = RecordState {
        damaged: (1..=12).map(|seq| Damaged { file: file(seq), why: Damage::Hash }).collect(),
        warnings: vec![
            missing(30, Absence::SetBack),
            missing(31, Absence::SetBack),
            missing(40, Absence::OnItsWay),
            Warning::HeldBack { person: Id::new(1, 1), files: 3 },
            Warning::ConflictCopy { file: "VAULT (Helen's laptop).json".to_owned() },
        ],
        ..open.record.clone()
    };
    open.tell(newer);
}

fn shown(world: &World, app: App, look: Look, size: [f32; 2]) -> Harnessed {
    let mut harness = world.window_of(app, look, size);
    harness.run();
    harness
}

#[test]
fn the_record_looks_as_drawn() {
    let world = World::demo();
    let mut harness = shown(&world, still(&world), Look::Light, DESK);
    assert!(harness.get_by_label("Check now").is_focused());
    picture(&mut harness, "record");
}

#[test]
fn a_troubled_record_looks_as_drawn() {
    let world = World::demo();
    let mut app = still(&world);
    troubled(&mut app);
    let mut harness = shown(&world, app, Look::Light, DESK);
    picture(&mut harness, "record_troubled");
}

#[test]
fn a_troubled_record_in_dark() {
    let world = World::demo();
    let mut app = still(&world);
    troubled(&mut app);
    let mut harness = shown(&world, app, Look::Dark, DESK);
    picture(&mut harness, "record_troubled_dark");
}

#[test]
fn a_troubled_record_in_a_narrow_window() {
    let world = World::demo();
    let mut app = still(&world);
    troubled(&mut app);
    let mut harness = shown(&world, app, Look::Light, [480.0, 800.0]);
    picture(&mut harness, "record_troubled_narrow");
}

#[test]
fn long_work_looks_as_drawn() {
    let world = World::demo();
    let mut app = still(&world);
    app.state.long.under_way.insert(Task::Verify, Progress { done: 61, total: 128 });
    app.state.long.under_way.insert(Task::Backup, Progress { done: 0, total: 0 });
    let mut harness = shown(&world, app, Look::Light, DESK);
    assert!(says(&harness, "61 of 128 files"));
    picture(&mut harness, "record_checking");
}

fn form(world: &World, form: Form) -> Harnessed {
    let mut app = still(world);
    app.act(vec![Action::Keeping(KeepingAction::Ask(form))]);
    app.inputs.keeping.move_to = "C:\\Users\\helen\\OneDrive\\Cairn (moved)".to_owned();
    shown(world, app, Look::Light, DESK)
}

#[test]
fn the_form_for_a_backup_looks_as_drawn() {
    let world = World::demo();
    picture(&mut form(&world, Form::Backup), "record_backup_form");
}

#[test]
fn the_form_for_a_move_looks_as_drawn() {
    let world = World::demo();
    picture(&mut form(&world, Form::Move), "record_move_form");
}

#[test]
fn a_new_sheet_looks_as_drawn() {
    let world = World::demo();
    let mut app = still(&world);
    app.act(vec![
        Action::Keeping(KeepingAction::Ask(Form::NewSheet)),
        Action::Keeping(KeepingAction::NewRecoveryKey),
    ]);
    let Phase::Open(open) = &mut app.state.phase else { panic!("locked") };
    open.keeping.sheet.as_mut().unwrap().recovery = Recovery {
        words: VECTOR.split_whitespace().map(|word| Zeroizing::new(word.to_owned())).collect(),
        age_key: Zeroizing::new(String::new()),
        asked: [6, 18],
    };
    let mut harness = shown(&world, app, Look::Light, DESK);
    picture(&mut harness, "record_new_sheet");
}

#[test]
fn restoring_at_the_door_looks_as_drawn() {
    let world = World::empty();
    let mut app = world.app();
    app.act(vec![Action::Door(DoorAction::UseBackup(true))]);
    app.inputs.keeping.restore_from = "E:\\Cairn backup".to_owned();
    app.inputs.keeping.restore_to = "C:\\Users\\helen\\OneDrive\\Cairn".to_owned();
    let mut harness = shown(&world, app, Look::Light, DESK);
    picture(&mut harness, "door_restore");
}

#[test]
fn today_offers_a_backup_and_tells_what_to_look_at() {
    let world = World::demo();
    let mut app = still(&world);
    troubled(&mut app);
    app.act(vec![Action::Keeping(KeepingAction::Seen), Action::Go(Screen::Today)]);
    let mut harness = shown(&world, app, Look::Light, DESK);
    assert!(says(&harness, "Not backed up yet") && says(&harness, "3 things to look at"));
    picture(&mut harness, "today_record");
}
