//! Faults planted on purpose, each by a store that breaks one rule: the same checks that find
//! nothing wrong with the vault must find every one of them.

mod forged;

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use cairn::vault::store::sim::{Fault, Image};
use cairn::vault::store::{Listed, NewFile, Store};
use cairn::vault::{OpenVault, Vault, VaultError};

use crate::support::crash::{
    ERRNOS, Journey, LOCAL, Step, VAULT, Wrap, crash_everywhere, no_number_twice, plain,
};
use crate::support::twist::{Shared, Twist, Twisted};
use crate::support::vault::{World, note, now, passphrase};

/// A twist of the store under the vault's folder alone.
fn under_the_vault<T: Twist + Default + 'static>() -> Box<Wrap> {
    Box::new(|disk, store| match disk {
        VAULT => Box::new(Twisted::new(store, Arc::new(T::default()))),
        _ => store,
    })
}

/// What the oracle says of two saves when the power goes at any moment of them.
fn during(wrap: &Wrap) -> Result<(), String> {
    let mut journey = Journey::begin(wrap);
    let from = journey.sim.machine().calls();
    journey.step(Step::New)?;
    journey.step(Step::New)?;
    verdict_on(&journey, from)
}

/// What it says when the power goes after "Saved" was shown for both.
fn after(wrap: &Wrap) -> Result<(), String> {
    let mut journey = Journey::begin(wrap);
    journey.step(Step::New)?;
    journey.step(Step::New)?;
    verdict_on(&journey, journey.sim.machine().calls())
}

fn verdict_on(journey: &Journey<'_>, from: usize) -> Result<(), String> {
    crash_everywhere(journey, from, 500, &mut |_| Ok(())).map(|_| ())
}

/// Opens the vault on these stores.
fn unlock(store: Box<dyn Store>, local: Box<dyn Store>) -> OpenVault {
    let vault = Vault::find(store, local).unwrap().unwrap();
    vault.unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap()
}

#[track_caller]
fn caught(verdict: Result<(), String>, as_what: &str) {
    let why = verdict.expect_err("the planted fault was not noticed");
    assert!(why.starts_with(as_what), "noticed as something else: {why}");
}

#[test]
fn the_vault_without_any_planted_fault_passes_the_same_checks() {
    assert_eq!(during(&plain), Ok(()));
    assert_eq!(after(&plain), Ok(()));
    for word in ["sync", "close"] {
        assert_eq!(with_failing(word, &plain), Ok(()));
    }
    assert_eq!(while_erasing(&plain, |_| ()), Ok(()));
    assert_eq!(name_taken_meanwhile(&plain), Ok(()));
    assert_eq!(numbers_after_a_lost_memory(&plain), Ok(()));
    forged::pass_without_a_planted_fault();
}

#[derive(Default)]
struct NoFileSync;

impl Twist for NoFileSync {
    fn sync(&self, _: &mut dyn NewFile) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_file_that_is_never_synced_is_found_lost_or_garbage() {
    caught(after(&*under_the_vault::<NoFileSync>()), "N1: the acknowledged");
}

#[derive(Default)]
struct NoFolderSync;

impl Twist for NoFolderSync {
    fn sync_dir(&self, _: &dyn Store, _: &str) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_folder_that_is_never_synced_is_found_without_the_record() {
    caught(after(&*under_the_vault::<NoFolderSync>()), "N1: the acknowledged");
}

/// Syncs the folder only when the next call comes.
#[derive(Default)]
struct SyncLater(Mutex<Option<String>>);

impl Twist for SyncLater {
    fn before(&self, store: &dyn Store) {
        if let Some(dir) = self.0.lock().unwrap().take() {
            store.sync_dir(&dir).unwrap();
        }
    }

    fn sync_dir(&self, _: &dyn Store, dir: &str) -> io::Result<()> {
        *self.0.lock().unwrap() = Some(dir.to_owned());
        Ok(())
    }
}

#[test]
fn a_save_acknowledged_before_its_sync_is_found_lost() {
    caught(after(&*under_the_vault::<SyncLater>()), "N1: the acknowledged");
}

/// Leaves out the sync that makes the name of a new folder durable.
#[derive(Default)]
struct NoParentSync;

impl Twist for NoParentSync {
    fn sync_dir(&self, store: &dyn Store, dir: &str) -> io::Result<()> {
        let is_bucket = dir.matches('/').count() == 2;
        if dir.starts_with("records") && !is_bucket { Ok(()) } else { store.sync_dir(dir) }
    }
}

#[test]
fn a_new_folder_whose_parent_is_not_synced_is_found_gone_with_its_record() {
    caught(after(&*under_the_vault::<NoParentSync>()), "N1: the acknowledged");
}

/// A fault at the first call of this sort that the next save makes in the vault's folder.
fn failing_in_the_next_save(journey: &mut Journey<'_>, word: &str) -> Result<Fault, String> {
    // The first save also makes folders; all after it make the same calls.
    journey.step(Step::New)?;
    let before = journey.sim.machine().calls();
    journey.step(Step::New)?;
    let record = journey.sim.machine().record(before);
    let at = record.iter().position(|op| op.disk == VAULT && op.call.parts().0 == word);
    Ok(Fault::once(u32::try_from(at.unwrap() + 1).unwrap(), ERRNOS[0]))
}

/// What is said of a save in which a call of this sort fails.
fn with_failing(word: &str, wrap: &Wrap) -> Result<(), String> {
    let mut journey = Journey::begin(wrap);
    let fault = failing_in_the_next_save(&mut journey, word)?;
    let failed = journey.step_failing(Step::New, fault)?.expect("the call is made");
    assert_eq!(failed.call.parts().0, word);
    Ok(())
}

#[derive(Default)]
struct CloseErrorIgnored;

impl Twist for CloseErrorIgnored {
    fn close(&self, file: Box<dyn NewFile>) -> io::Result<()> {
        file.close().or(Ok(()))
    }
}

#[test]
fn an_ignored_error_of_closing_is_a_success_after_an_error() {
    caught(with_failing("close", &*under_the_vault::<CloseErrorIgnored>()), "N6: ");
}

#[derive(Default)]
struct SyncRetried;

impl Twist for SyncRetried {
    fn sync(&self, file: &mut dyn NewFile) -> io::Result<()> {
        file.sync().or_else(|_| file.sync())
    }
}

#[test]
fn a_sync_tried_again_after_an_error_is_noticed_and_its_record_is_found_lost() {
    let wrap = under_the_vault::<SyncRetried>();
    caught(with_failing("sync", &*wrap), "N6: ");
    // Without that check the crash itself shows it: the second sync lied.
    let mut journey = Journey::begin(&*wrap);
    let fault = failing_in_the_next_save(&mut journey, "sync").unwrap();
    journey.sim.machine().arm(fault);
    assert_eq!(journey.step(Step::New), Ok(()));
    assert!(journey.sim.machine().disarm().is_some());
    caught(verdict_on(&journey, journey.sim.machine().calls()), "N1: the acknowledged");
}

/// Before each rename of a record, a sync program puts a file of the same name there.
#[derive(Default)]
struct NameTaken;

const TAKEN: &[u8] = b"put there by a sync program";

impl Twist for NameTaken {
    fn rename(&self, store: &dyn Store, from: &str, to: &str) -> io::Result<()> {
        let mut file = store.open_new(to)?;
        file.write(TAKEN)?;
        file.close()?;
        store.rename_noreplace(from, to)
    }
}

#[derive(Default)]
struct ReplacingRename;

impl Twist for ReplacingRename {
    fn rename(&self, store: &dyn Store, from: &str, to: &str) -> io::Result<()> {
        match store.unlink(to) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => store.rename_noreplace(from, to),
        }
    }
}

/// Whether a file that got the name first keeps its bytes, and the save says that it failed.
fn name_taken_meanwhile(wrap: &Wrap) -> Result<(), String> {
    let world = World::empty();
    drop(world.create().unwrap());
    let below = wrap(VAULT, Box::new(world.store.clone()));
    let taken = Twisted::new(below, Arc::new(NameTaken));
    let mut open = unlock(Box::new(taken), Box::new(world.local.clone()));
    let result = open.save(vec![note(1, "text")], now());
    let files = world.record_files();
    let kept = files.iter().filter(|path| !path.contains("~$"));
    if kept.clone().any(|path| world.store.get(path).unwrap() != TAKEN) || kept.count() != 1 {
        return Err("N2: a file that had the name was replaced".to_owned());
    }
    match result {
        Err(VaultError::NameExists { .. }) => Ok(()),
        other => Err(format!("N6: the save says {other:?}")),
    }
}

#[test]
fn a_rename_that_replaces_is_noticed_by_the_file_that_was_there() {
    caught(name_taken_meanwhile(&*under_the_vault::<ReplacingRename>()), "N2: ");
}

/// Holds the record's name back until the heads that name it are durable.
#[derive(Default)]
struct HeadsFirst {
    vault: Mutex<Option<Shared>>,
    waiting: Mutex<Vec<(String, String)>>,
}

struct VaultSide(Arc<HeadsFirst>);
struct LocalSide(Arc<HeadsFirst>);

impl Twist for VaultSide {
    fn rename(&self, store: &dyn Store, from: &str, to: &str) -> io::Result<()> {
        if !to.starts_with("records/") {
            return store.rename_noreplace(from, to);
        }
        self.0.waiting.lock().unwrap().push((from.to_owned(), to.to_owned()));
        Ok(())
    }
}

impl Twist for LocalSide {
    fn rename(&self, store: &dyn Store, from: &str, to: &str) -> io::Result<()> {
        store.rename_noreplace(from, to)?;
        for (from, to) in self.0.waiting.lock().unwrap().drain(..) {
            let vault = self.0.vault.lock().unwrap();
            let vault = vault.as_ref().unwrap().lock().unwrap();
            vault.rename_noreplace(&from, &to)?;
            vault.sync_dir(to.rsplit_once('/').unwrap().0)?;
        }
        Ok(())
    }
}

#[test]
fn heads_written_before_their_record_are_noticed_as_a_loss() {
    let state = Arc::new(HeadsFirst::default());
    let wrap = move |disk: usize, store: Box<dyn Store>| -> Box<dyn Store> {
        let store: Shared = Arc::new(Mutex::new(store));
        if disk == LOCAL {
            return Box::new(Twisted::of(store, Arc::new(LocalSide(state.clone()))));
        }
        state.waiting.lock().unwrap().clear();
        *state.vault.lock().unwrap() = Some(store.clone());
        Box::new(Twisted::of(store, Arc::new(VaultSide(state.clone()))))
    };
    caught(during(&wrap), "N1: the acknowledged entry");
}

/// While it is told to, holds the name of a record back until other records have been removed.
#[derive(Default)]
struct ErasedFirst {
    on: AtomicBool,
    waiting: Mutex<Option<(String, String)>>,
}

impl Twist for Arc<ErasedFirst> {
    fn rename(&self, store: &dyn Store, from: &str, to: &str) -> io::Result<()> {
        if !self.on.load(Ordering::Relaxed) || !to.starts_with("records/") {
            return store.rename_noreplace(from, to);
        }
        *self.waiting.lock().unwrap() = Some((from.to_owned(), to.to_owned()));
        Ok(())
    }

    fn unlink(&self, store: &dyn Store, path: &str) -> io::Result<()> {
        store.unlink(path)?;
        let waiting = self.waiting.lock().unwrap().take();
        waiting.map_or(Ok(()), |(from, to)| store.rename_noreplace(&from, &to))
    }
}

/// Leaves the memory of the computer as it is meanwhile, so that nothing else is wrong.
struct NothingNoted(Arc<ErasedFirst>);

impl Twist for NothingNoted {
    fn rename(&self, store: &dyn Store, from: &str, to: &str) -> io::Result<()> {
        if self.0.on.load(Ordering::Relaxed) && to.contains("heads-") {
            return store.unlink(from);
        }
        store.rename_noreplace(from, to)
    }
}

/// What the oracle says when the power goes while a person is erased.
fn while_erasing(wrap: &Wrap, twist: impl Fn(bool)) -> Result<(), String> {
    let mut journey = Journey::begin(wrap);
    journey.step(Step::Meet)?;
    journey.step(Step::New)?;
    let from = journey.sim.machine().calls();
    twist(true);
    journey.step(Step::Erase)?;
    twist(false);
    verdict_on(&journey, from)
}

#[test]
fn a_person_erased_before_the_record_that_says_so_is_missed() {
    let state = Arc::new(ErasedFirst::default());
    let (twist, on) = (state.clone(), move |on| state.on.store(on, Ordering::Relaxed));
    let wrap = move |disk: usize, store: Box<dyn Store>| -> Box<dyn Store> {
        match disk {
            VAULT => Box::new(Twisted::new(store, Arc::new(twist.clone()))),
            _ => Box::new(Twisted::new(store, Arc::new(NothingNoted(twist.clone())))),
        }
    };
    caught(while_erasing(&wrap, on), "N1: a person is lost and not erased");
}

/// Hides the newest record from whoever looks into its folder.
#[derive(Default)]
struct NewestHidden;

impl Twist for NewestHidden {
    fn list(&self, store: &dyn Store, dir: &str) -> io::Result<Vec<Listed>> {
        let mut listed = store.list(dir)?;
        if dir.matches('/').count() == 2 {
            listed.pop();
        }
        Ok(listed)
    }
}

/// Whether a computer that was cut off before it remembered its last save goes on with a number
/// of its own.
fn numbers_after_a_lost_memory(wrap: &Wrap) -> Result<(), String> {
    let (world, mut open, _) = World::with_vault();
    open.save(vec![note(1, "one")], now()).unwrap();
    let memory = world.local.copy();
    open.save(vec![note(2, "two")], now()).unwrap();
    drop(open);
    let mut open = unlock(wrap(VAULT, Box::new(world.store.clone())), Box::new(memory.clone()));
    open.save(vec![note(3, "three")], now()).unwrap();
    no_number_twice(&Image::of(&[world.store.clone(), memory]))
}

#[test]
fn a_number_used_twice_is_noticed() {
    let verdict = numbers_after_a_lost_memory(&*under_the_vault::<NewestHidden>());
    caught(verdict, "the number of ");
}
