//! The rolling check after each opening: damage that came after the snapshot was written is
//! found though opening does not read the file, and nothing waits behind the check.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cairn::app::action::DoorAction;
use cairn::app::draft::Change;
use cairn::app::findings::Severity;
use cairn::app::job::Job;
use cairn::app::long::Task;
use cairn::app::{Action, App, Desk, Outcome, Worker};
use cairn::model::{Body, Id, Person};
use cairn::vault::{Passphrase, Share};

use crate::support::world::{PASSWORD, World};

fn unlock(app: &mut App) {
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Action::Door(DoorAction::Unlock)]);
    assert!(app.state.open().is_some(), "unlocked");
}

fn checking_all(world: &World) -> App {
    world.app_with(world.desk().checking(Share::ALL))
}

/// The demonstration record with its snapshot written, and one of its record files.
fn with_snapshot() -> (World, PathBuf) {
    let world = World::demo();
    let mut app = world.app();
    unlock(&mut app);
    app.finish();
    let records = world.dir().join("records");
    let file = files_below(&records).into_iter().nth(20).unwrap();
    (world, file)
}

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn flip(file: &Path) {
    let mut bytes = std::fs::read(file).unwrap();
    bytes[300] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

/// The files that are told as damaged, to be acted on.
fn told(app: &App) -> Vec<String> {
    let found = app.state.open().unwrap().findings.iter();
    let found = found.filter(|finding| finding.severity == Severity::Act);
    found.flat_map(|finding| finding.files.clone()).collect()
}

#[test]
fn a_byte_that_flips_in_a_file_which_opening_does_not_read_is_told_until_it_is_mended() {
    let (world, file) = with_snapshot();
    let sound = std::fs::read(&file).unwrap();
    flip(&file);
    let name = file.file_name().unwrap().to_str().unwrap();
    let mut app = checking_all(&world);
    unlock(&mut app);
    let damaged = told(&app);
    assert!(matches!(damaged.as_slice(), [file] if file.ends_with(name)), "{damaged:?}");
    app.finish();

    // The next openings check another part, and this file again.
    for _ in 0..3 {
        let mut app = world.app_with(world.desk().checking(Share::NONE));
        unlock(&mut app);
        assert_eq!(told(&app), damaged);
        app.finish();
    }

    std::fs::write(&file, sound).unwrap();
    let mut app = checking_all(&world);
    unlock(&mut app);
    assert!(told(&app).is_empty());
    app.finish();
}

#[test]
fn a_record_whose_file_is_mended_while_it_is_open_is_no_longer_told() {
    let (world, file) = with_snapshot();
    let sound = std::fs::read(&file).unwrap();
    flip(&file);
    let mut app = checking_all(&world);
    unlock(&mut app);
    assert_eq!(told(&app).len(), 1);
    std::fs::write(&file, sound).unwrap();
    app.ask(Job::Look);
    assert!(told(&app).is_empty());
}

#[test]
fn a_disk_that_is_pulled_out_during_the_check_is_not_called_damage() {
    let (world, _) = with_snapshot();
    let mut desk = opened(&world);
    let away = world.file("away");
    std::fs::rename(world.dir(), &away).unwrap();
    let outcomes = finish(&mut desk);
    assert!(!outcomes.iter().any(|outcome| matches!(outcome, Outcome::Arrived(_))));
    std::fs::rename(&away, world.dir()).unwrap();
    assert!(desk.record_state().damaged.is_empty());
}

/// A desk with the record open, all of it still to be checked.
fn opened(world: &World) -> Desk {
    let mut desk = world.desk().checking(Share::ALL);
    assert!(desk.find(&world.dir()).unwrap());
    desk.unlock(&Passphrase::new(PASSWORD), world.now().timestamp()).unwrap();
    assert!(desk.is_busy());
    desk
}

fn finish(desk: &mut Desk) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    while desk.is_busy() {
        outcomes.extend(desk.slice());
    }
    outcomes
}

fn save(ticket: u64) -> Job {
    let id = Id::new(1_790_000_000_000 + ticket, u128::from(ticket));
    let person = Person { name: format!("Dr New {ticket}"), ..Person::default() };
    let changes = vec![Change { id, body: Body::Person(person) }];
    Job::Save { ticket, changes, decides: false }
}

#[test]
fn a_save_in_the_middle_of_it_is_done_and_a_lock_ends_it() {
    let (world, file) = with_snapshot();
    flip(&file);
    let mut desk = opened(&world);
    let saved = desk.run(save(1));
    assert!(matches!(saved.as_slice(), [Outcome::Saved { result: Ok(()), .. }]));
    let outcomes = finish(&mut desk);
    let arrived = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Arrived(_)));
    assert_eq!(arrived.count(), 1, "what it found is told once");
    assert!(desk.slice().is_empty(), "and then there is nothing more to do");

    desk.run(Job::Lock);
    desk.unlock(&Passphrase::new(PASSWORD), world.now().timestamp()).unwrap();
    assert!(desk.is_busy());
    desk.run(Job::Lock);
    assert!(!desk.is_busy() && desk.slice().is_empty());
}

#[test]
fn the_window_is_not_woken_any_more_when_it_has_finished() {
    let (world, _) = with_snapshot();
    let mut desk = world.desk().checking(Share::ALL);
    assert!(desk.find(&world.dir()).unwrap());
    let wakes = Arc::new(Mutex::new(0));
    let count = wakes.clone();
    let mut worker = Worker::start(desk, move || *count.lock().unwrap() += 1).unwrap();
    worker.send(Job::Unlock { password: PASSWORD.to_owned().into() });
    loop {
        match worker.receive() {
            Some(Outcome::Done { task: Task::Rolling, .. }) => break,
            Some(_) => {}
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    }
    std::thread::sleep(Duration::from_millis(20));
    let before = *wakes.lock().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(*wakes.lock().unwrap(), before);
    assert!(worker.receive().is_none());
}
