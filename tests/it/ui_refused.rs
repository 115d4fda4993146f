//! A file that cannot be written: what happened, what is safe and what to do is said on the page,
//! no receipt is kept, and with the cause out of the way the same press works.

use std::path::Path;

use cairn::app::letter::{LetterAction, Topic};
use cairn::app::{Action, App, Notice};
use cairn::export::Format;
use egui::Role;
use egui_kittest::kittest::Queryable as _;

use crate::support::proof::{SmallDisk, skipped};
use crate::support::talk::{amina, press};
use crate::support::window::{DESK, Look, picture};
use crate::support::world::World;
use crate::ui_door::{Harnessed, says};

/// Everything held about one person, with nothing left to settle.
fn letter(world: &World, format: Format, path: &Path) -> Harnessed {
    let mut app = World::unlock(world.app());
    let id = amina(&app);
    app.act(vec![Action::Letter(LetterAction::Show(Topic::Held(id)))]);
    app.act(vec![Action::Letter(LetterAction::Format(format))]);
    app.inputs.letter.goes_anyway = true;
    app.inputs.letter.path = path.display().to_string();
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    harness
}

fn summary(world: &World, format: Format, path: &Path) -> Harnessed {
    use cairn::app::action::SummaryAction as S;
    let mut app = World::unlock(world.app());
    let id = amina(&app);
    app.act(vec![Action::Summary(S::Person(id)), Action::Summary(S::Format(format))]);
    app.inputs.summary.without_evidence = true;
    app.inputs.summary.path = path.display().to_string();
    let mut harness = world.window_of(app, Look::Light, DESK);
    harness.run();
    harness
}

fn receipts(app: &App) -> usize {
    app.state.open().unwrap().journal.receipts().len()
}

fn save(harness: &mut Harnessed) {
    let button = harness.get_by(|node| {
        let label = node.label().unwrap_or_default();
        node.role() == Role::Button && (label == "Save PDF" || label == "Save Word file")
    });
    button.click_accesskit();
    harness.run();
}

/// Everything that leaves is refused at this place, in these words.
fn is_refused(path: &Path, happened: &str, to_do: &str) {
    for format in [Format::Pdf, Format::Docx] {
        for page in [letter, summary] {
            let path = path.with_extension(format.extension());
            // A record of its own: one that is opened twice in a row can still be held by a
            // program that another test is just starting.
            let world = World::demo();
            let mut harness = page(&world, format, &path);
            save(&mut harness);
            for words in [happened, "Nothing left this machine. Your record is unchanged.", to_do] {
                assert!(says(&harness, words), "{format:?}, {}: {words}", path.display());
            }
            assert_eq!(receipts(harness.state().app()), 0);
            assert!(!path.exists());
        }
    }
}

#[test]
fn a_folder_that_is_gone_is_told_and_can_be_made() {
    let world = World::demo();
    let folder = world.file("gone");
    let path = folder.join("page.pdf");
    is_refused(&path, "that folder is not there", "Make the folder, or choose another place.");
    let nowhere = Path::new("/home/rowan/No such folder/Access request.pdf");
    let other = World::demo();
    let mut harness = letter(&other, Format::Pdf, nowhere);
    save(&mut harness);
    picture(&mut harness, "refused_folder");
    let mut harness = letter(&world, Format::Pdf, &path);
    std::fs::create_dir(&folder).unwrap();
    press(&mut harness, "Save PDF");
    assert!(says(&harness, "Receipt kept."));
    assert!(std::fs::read(path).unwrap().starts_with(b"%PDF"));
}

#[test]
fn a_place_where_nobody_may_write_is_told() {
    // The administrator is refused there, too.
    let folder = Path::new("/sys");
    if !folder.is_dir() {
        skipped("no folder where nobody may write");
        return;
    }
    let (path, says) = (folder.join("page.pdf"), "Cairn is not allowed to write there");
    is_refused(&path, says, "Choose another place.");
}

#[test]
fn a_full_disk_is_told_and_nothing_of_the_file_stays_on_it() {
    let Some(disk) = SmallDisk::new("size=4k") else { return };
    let path = disk.path().join("page.pdf");
    std::fs::write(disk.path().join("filler"), [0; 4096]).unwrap();
    let to_do = "Make room there, or choose another place.";
    is_refused(&path, "that disk is full", to_do);
    let left: Vec<_> = std::fs::read_dir(disk.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "only what was there: {left:?}");
}

#[test]
fn a_file_that_another_program_has_open_is_told() {
    let world = World::demo();
    let file = world.file("open.docx");
    std::fs::write(&file, "theirs").unwrap();
    let of = |kind: std::io::ErrorKind| Notice::not_written(&file, &kind.into());
    let busy = of(std::io::ErrorKind::ResourceBusy);
    assert!(busy.happened.ends_with("another program has it open."), "{busy:?}");
    assert_eq!(busy.to_do, "Close it there, or choose another name.");
    // Some systems say no more than that it is not allowed.
    let denied = of(std::io::ErrorKind::PermissionDenied);
    assert_eq!(denied.to_do, "Close it where it is open, or choose another name.");
}
