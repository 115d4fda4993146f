//! Work that takes longer than a moment: nothing waits behind it, it can be stopped, and a lock
//! stops it.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cairn::app::draft::Change;
use cairn::app::job::Job;
use cairn::app::long::{Ended, Finished, Task, Work};
use cairn::app::{Desk, Outcome, Worker};
use cairn::model::{Body, Id, Person};
use cairn::vault::store::disk::DiskStore;
use cairn::vault::store::{Guard, Listed, NewFile, Stat, Store};
use cairn::vault::{BackupMade, Passphrase};

use crate::support::world::{PASSWORD, World};

/// A disk on which every file takes a while to be made.
struct Slow(DiskStore, Arc<AtomicUsize>);

impl Store for Slow {
    fn open_new(&self, path: &str) -> io::Result<Box<dyn NewFile>> {
        std::thread::sleep(Duration::from_millis(5));
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.open_new(path)
    }
    fn sync_file(&self, path: &str) -> io::Result<()> {
        self.0.sync_file(path)
    }
    fn rename_noreplace(&self, from: &str, to: &str) -> io::Result<()> {
        self.0.rename_noreplace(from, to)
    }
    fn sync_dir(&self, dir: &str) -> io::Result<()> {
        self.0.sync_dir(dir)
    }
    fn unlink(&self, path: &str) -> io::Result<()> {
        self.0.unlink(path)
    }
    fn mkdir(&self, dir: &str) -> io::Result<()> {
        self.0.mkdir(dir)
    }
    fn read(&self, path: &str, cap: u64) -> io::Result<Vec<u8>> {
        self.0.read(path, cap)
    }
    fn list(&self, dir: &str) -> io::Result<Vec<Listed>> {
        self.0.list(dir)
    }
    fn stat(&self, path: &str) -> io::Result<Stat> {
        self.0.stat(path)
    }
    fn free_space(&self) -> io::Result<Option<u64>> {
        self.0.free_space()
    }
    fn lock(&self, path: &str) -> io::Result<Option<Guard>> {
        self.0.lock(path)
    }
}

/// The demonstration record, unlocked, on a slow disk; and how many files were made on it.
fn slow_desk(world: &World) -> (Desk, Arc<AtomicUsize>) {
    let made = Arc::new(AtomicUsize::new(0));
    let count = made.clone();
    let open =
        move |dir: &Path| -> Box<dyn Store> { Box::new(Slow(DiskStore::new(dir), count.clone())) };
    let mut desk = world.desk_on(Box::new(open));
    assert!(desk.find(&world.dir()).unwrap());
    unlock(&mut desk, world);
    (desk, made)
}

/// Unlocks and does what follows an opening.
fn unlock(desk: &mut Desk, world: &World) {
    desk.unlock(&Passphrase::new(PASSWORD), world.now().timestamp()).unwrap();
    while desk.is_busy() {
        desk.slice();
    }
}

fn backup(world: &World) -> Job {
    Job::Long(Work::Backup { to: world.file("backup") })
}

fn save(ticket: u64) -> Job {
    let id = Id::new(1_790_000_000_000 + ticket, u128::from(ticket));
    let person = Person { name: format!("Dr New {ticket}"), ..Person::default() };
    let changes = vec![Change { id, body: Body::Person(person) }];
    Job::Save { ticket, changes, decides: false }
}

fn finish(desk: &mut Desk) -> BackupMade {
    loop {
        for outcome in desk.slice() {
            match outcome {
                Outcome::Progress { task, progress } => {
                    assert!(task == Task::Backup && progress.done <= progress.total);
                }
                Outcome::Done { ended: Ended::Finished(Finished::Backup(made)), .. } => {
                    assert!(!desk.is_busy());
                    return *made;
                }
                _ => panic!("neither progress nor an end"),
            }
        }
    }
}

fn record_files(dir: &Path) -> usize {
    let mut found = 0;
    for entry in std::fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        let file = entry.file_type().unwrap().is_file();
        found += if file { 1 } else { record_files(&entry.path()) };
    }
    found
}

#[test]
fn a_save_is_done_while_a_backup_is_under_way_and_is_in_it() {
    // A disk takes long enough for something to come in between.
    let world = World::another_demo();
    let (desk, _) = slow_desk(&world);
    let mut worker = Worker::start(desk, || {}).unwrap();
    worker.send(backup(&world));
    let (mut saved_after, mut progress, mut sent) = (None, 0, 0);
    let began = Instant::now();
    let made = loop {
        assert!(began.elapsed() < Duration::from_secs(60), "it never ends");
        match worker.receive() {
            Some(Outcome::Progress { progress: p, .. }) => {
                if p.total > 0 && sent == 0 {
                    sent = 1;
                    worker.send(save(1));
                }
                progress += 1;
            }
            Some(Outcome::Saved { result, .. }) => {
                result.unwrap();
                saved_after = Some(progress);
            }
            Some(Outcome::Done { ended: Ended::Finished(Finished::Backup(made)), .. }) => {
                break made;
            }
            Some(_) => panic!("neither progress, nor a save, nor an end"),
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    };
    let saved_after = saved_after.expect("the save came before the end of the backup");
    assert!(saved_after <= 4, "the save waited for {saved_after} slices");
    assert!(progress > saved_after, "the backup went on after it");
    assert_eq!(made.files + 1, record_files(&world.file("backup/records")));
    assert_eq!(
        record_files(&world.file("backup/records")),
        record_files(&world.dir().join("records"))
    );
}

#[test]
fn a_backup_that_is_stopped_or_locked_out_stays_and_the_next_one_goes_on() {
    let world = World::demo();
    let (mut desk, files) = slow_desk(&world);
    desk.run(backup(&world));
    assert!(desk.is_busy());
    assert!(matches!(desk.slice().as_slice(), [Outcome::Progress { .. }]));
    let stopped = desk.run(Job::StopLong(Task::Backup));
    assert!(matches!(stopped.as_slice(), [Outcome::Done { ended: Ended::Stopped, .. }]));
    assert!(!desk.is_busy() && desk.slice().is_empty());
    assert!(desk.run(Job::StopLong(Task::Backup)).is_empty(), "there is nothing to stop");

    desk.run(backup(&world));
    desk.slice();
    let locked = desk.run(Job::Lock);
    assert!(matches!(
        locked.as_slice(),
        [
            Outcome::Done { task: Task::Backup, ended: Ended::Stopped },
            Outcome::Locked { held: false }
        ]
    ));
    assert!(!desk.is_busy());
    let refused = desk.run(backup(&world));
    assert!(matches!(refused.as_slice(), [Outcome::Done { ended: Ended::Failed(_), .. }]));

    unlock(&mut desk, &world);
    desk.run(backup(&world));
    // Beginning it once more takes the place of the first.
    desk.run(backup(&world));
    let made = finish(&mut desk);
    assert!(made.copied < made.files, "{} of {} were there", made.copied, made.files);
    let before = files.load(Ordering::Relaxed);
    desk.run(backup(&world));
    assert_eq!(finish(&mut desk).copied, 0);
    assert!(files.load(Ordering::Relaxed) - before < 8, "only the receipt is new");
}

#[test]
fn folders_within_each_other_are_refused() {
    let world = World::demo();
    let mut desk = world.desk();
    assert!(desk.find(&world.dir()).unwrap());
    desk.unlock(&Passphrase::new(PASSWORD), world.now().timestamp()).unwrap();
    let link = world.file("link");
    #[cfg(unix)]
    std::os::unix::fs::symlink(world.dir(), &link).unwrap();
    let inside = world.dir().join("new").join("backup");
    let above = world.dir().parent().unwrap().to_path_buf();
    let missing = world.file("not there").join("backup");
    let detour = world.dir().join("keys").join("..").join("backup");
    for to in [world.dir(), inside, above, link.join("backup"), missing, detour] {
        let before = record_files(&world.dir());
        let refused = desk.run(Job::Long(Work::Backup { to: to.clone() }));
        let [Outcome::Done { ended: Ended::Failed(notice), .. }] = refused.as_slice() else {
            panic!("{} was taken", to.display());
        };
        assert!(!notice.happened.is_empty() && !notice.to_do.is_empty());
        assert_eq!(record_files(&world.dir()), before);
        assert!(!world.file("not there").exists());
    }
}
