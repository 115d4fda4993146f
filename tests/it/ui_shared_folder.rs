//! A folder that two people share: what comes by it is told, and nothing is taken in unseen.

use std::fs;
use std::path::{Path, PathBuf};

use cairn::app::pairing::Stands;
use cairn::app::plan::PlanSpot;
use cairn::app::shared_folder::FolderAction;
use cairn::app::state::Phase;
use cairn::app::{Action, Job, Screen};
use cairn::model::plan::PlanField;
use egui::Role;
use egui_kittest::kittest::Queryable as _;
use jiff::SignedDuration;

use crate::support::talk::write;
use crate::support::window::picture;
use crate::ui_exchange::{act, plan, two, whom, writes};
use crate::ui_pairing::{MARTEN, Side};
use crate::ui_pairing_pictures::as_drawn;

const NOTE: &str = "zephyrine, and for nobody else";
const AIM: PlanSpot = PlanSpot::Field(PlanField::Year5);
const WHY: PlanSpot = PlanSpot::Field(PlanField::Why);

/// Chooses the folder on the page of the pairing.
fn uses(side: &mut Side, folder: &Path) {
    let person = whom(side);
    side.go(Screen::Pair(person));
    write(&mut side.harness, "Folder on this computer", &folder.to_string_lossy());
    side.press("Use this folder");
}

fn looks(side: &mut Side) {
    side.harness.state_mut().app_mut().ask(Job::Look);
    side.harness.run();
}

/// Two who are paired and share a folder.
fn sharing() -> (Side, Side, tempfile::TempDir) {
    let (mut heron, mut marten) = two();
    let folder = tempfile::tempdir().unwrap();
    uses(&mut heron, folder.path());
    uses(&mut marten, folder.path());
    (heron, marten, folder)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Puts what is new into the folder, by the buttons.
fn puts(side: &mut Side) {
    let person = whom(side);
    side.go(Screen::Plan(person));
    let send = side.button("Send to ");
    side.press(&send);
    side.press("Put it in the shared folder");
}

fn minutes(side: &mut Side, minutes: i64) {
    side.world.pass(SignedDuration::from_mins(minutes));
    side.harness.state_mut().app_mut().tick(false);
    side.harness.run();
}

#[test]
fn what_came_by_the_folder_is_told_on_today_and_taken_in_only_when_it_was_seen() {
    let (mut heron, mut marten, folder) = sharing();
    writes(&mut heron, AIM, "A consultant who teaches.");
    writes(&mut heron, PlanSpot::Note(PlanField::Year5), NOTE);
    puts(&mut heron);
    assert_eq!(files(folder.path()).len(), 1);
    looks(&mut heron);
    heron.go(Screen::Today);
    assert!(!heron.says("Between you and others"), "one’s own file is no news");

    marten.go(Screen::Today);
    looks(&mut marten);
    assert!(marten.says("Dr Quiet Heron sent 1 change"));
    let journal = &marten.app().state.open().unwrap().journal;
    assert!(journal.plan_of(whom(&marten)).is_none(), "nothing is taken in by itself");
    picture(&mut marten.harness, "today_shared_folder");
    marten.press("Look: Dr Quiet Heron sent 1 change");
    assert!(marten.says("A consultant who teaches."));
    marten.press("Take it in");
    assert_eq!(plan(&marten).text(PlanField::Year5), "A consultant who teaches.");
    looks(&mut marten);
    marten.go(Screen::Today);
    assert!(!marten.says("Between you and others"), "it is no news any more");

    // The answer tells that all has arrived: then the first file is taken away again.
    writes(&mut marten, WHY, "I like to teach.");
    puts(&mut marten);
    assert_eq!(files(folder.path()).len(), 2);
    looks(&mut heron);
    heron.go(Screen::Today);
    heron.press(&heron.button("Look: "));
    heron.press("Take it in");
    assert_eq!(plan(&heron).text(PlanField::Why), "I like to teach.");
    let left = files(folder.path());
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].to_string_lossy().ends_with("b.cairn"), "the other’s file is the other’s");
}

#[test]
fn what_is_finished_goes_by_itself_once_nobody_writes() {
    let (mut heron, mut marten, folder) = sharing();
    let person = whom(&heron);
    heron.go(Screen::Pair(person));
    heron
        .harness
        .get_by_role_and_label(Role::CheckBox, "Put what is finished into it by itself")
        .click_accesskit();
    heron.harness.run();
    writes(&mut heron, AIM, "A consultant who teaches.");
    minutes(&mut heron, 1);
    assert!(files(folder.path()).is_empty(), "somebody may still be writing");
    minutes(&mut heron, 2);
    assert_eq!(files(folder.path()).len(), 1);
    assert!(heron.says("Sent to Amina: 1 thing"));
    let receipts = heron.app().state.open().unwrap().journal.receipts().len();
    assert!(receipts > 0, "it has a receipt");
    // Nothing new: nothing goes.
    minutes(&mut heron, 3);
    assert_eq!(files(folder.path()).len(), 1);

    // What may point to somebody else waits.
    writes(&mut heron, WHY, "Like NHS number 943 476 5919.");
    minutes(&mut heron, 3);
    assert_eq!(files(folder.path()).len(), 1, "it was not sent");
    heron.go(Screen::Today);
    assert!(heron.says("What is new for Dr Amina Marten waits for you"));
    heron.press("Look: What is new for Dr Amina Marten waits for you");
    assert!(heron.says("943 476 5919"));

    looks(&mut marten);
    marten.go(Screen::Today);
    assert!(marten.says("Dr Quiet Heron sent 1 change"));
}

#[test]
fn a_folder_that_can_not_be_used_says_so() {
    let (mut heron, marten) = two();
    uses(&mut heron, Path::new("/no/such/folder"));
    assert!(heron.says("There is no folder /no/such/folder."));
    let own = heron.world.dir();
    uses(&mut heron, &own);
    assert!(heron.says("This is the folder of your own record."));
    assert!(marten.says("Paired with Dr Quiet Heron") || marten.says("Paired"));

    let folder = tempfile::tempdir().unwrap();
    uses(&mut heron, folder.path());
    assert!(heron.says(&folder.path().display().to_string()));
    fs::write(folder.path().join("cairn-2026-11-23-1b.cairn"), b"half a file").unwrap();
    looks(&mut heron);
    assert!(heron.says("1 file in it can’t be opened. "));
    let gone = folder.path().to_path_buf();
    drop(folder);
    looks(&mut heron);
    assert!(heron.says("The folder can’t be found now. "));
    fs::create_dir(&gone).unwrap();
    looks(&mut heron);
    assert!(!heron.says("The folder can’t be found now. "));
    let person = whom(&heron);
    act(&mut heron, Action::Folder(FolderAction::Stop(person)));
    assert!(!heron.says(&gone.display().to_string()));
    fs::remove_dir(&gone).unwrap();
}

#[test]
fn the_folder_on_the_page_of_the_pairing_looks_as_drawn() {
    let (mut heron, _marten, _folder) = sharing();
    let person = whom(&heron);
    heron.go(Screen::Pair(person));
    as_drawn(&mut heron, MARTEN);
    let app = heron.harness.state_mut().app_mut();
    app.state.toast = None;
    let Phase::Open(open) = &mut app.state.phase else { panic!() };
    let known = open.record.pairings.get_mut(&person).unwrap();
    let Stands::Paired(both) = &mut known.stands else { panic!() };
    both.folder.as_mut().unwrap().path = PathBuf::from("/home/quiet/OneDrive/Amina and me");
    heron.harness.run();
    picture(&mut heron.harness, "pair_folder");
}
