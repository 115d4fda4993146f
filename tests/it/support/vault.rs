//! Vaults for tests: in memory and on a disk.

use std::ops::ControlFlow;

use cairn::model::{Entry, Id, Kind};
use cairn::vault::store::Store;
use cairn::vault::store::memory::MemoryStore;
use cairn::vault::store::sim::{Fault, Machine, Work};
use cairn::vault::{
    Cost, Damage, OpenVault, Passphrase, Progress, RecoveryKey, Report, Vault, VaultError,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// The passphrase of every test's vault.
pub fn passphrase() -> Passphrase {
    Passphrase::new("correct horse battery staple")
}

/// So little work that a test is quick.
pub fn cost() -> Cost {
    Cost::for_tests(2)
}

/// A fixed moment.
pub fn now() -> Timestamp {
    "2026-10-17T10:00:00Z".parse().unwrap()
}

/// Some minutes later.
pub fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

/// A store of the test's choosing under `store`, and one for local state.
#[derive(Clone)]
pub struct World {
    pub store: MemoryStore,
    pub local: MemoryStore,
}

impl World {
    /// No vault yet.
    pub fn empty() -> World {
        World { store: MemoryStore::new(), local: MemoryStore::new() }
    }

    /// With a new vault, open, and its recovery key.
    pub fn with_vault() -> (World, OpenVault, RecoveryKey) {
        let world = World::empty();
        let (open, key) = world.create().unwrap();
        (world, open, key)
    }

    pub fn create(&self) -> Result<(OpenVault, RecoveryKey), VaultError> {
        create(Box::new(self.store.clone()), Box::new(self.local.clone()))
    }

    pub fn find(&self) -> Vault {
        self.try_find().unwrap().expect("a vault")
    }

    pub fn try_find(&self) -> Result<Option<Vault>, VaultError> {
        Vault::find(Box::new(self.store.clone()), Box::new(self.local.clone()))
    }

    pub fn open(&self) -> OpenVault {
        self.find().unlock(&passphrase(), now()).map_err(|(_, error)| error).unwrap()
    }

    pub fn try_open(&self, passphrase: &Passphrase) -> Result<OpenVault, VaultError> {
        self.find().unlock(passphrase, now()).map_err(|(_, error)| error)
    }

    /// The same folder on another computer.
    pub fn elsewhere(&self) -> World {
        World { store: self.store.clone(), local: MemoryStore::new() }
    }

    /// A copy of everything, as a backup of the whole disk would be.
    pub fn copy(&self) -> World {
        World { store: self.store.copy(), local: self.local.copy() }
    }

    /// The paths of all record files.
    pub fn record_files(&self) -> Vec<String> {
        let mut paths = self.store.paths();
        paths.retain(|path| path.starts_with("records/"));
        paths
    }

    /// The paths of the key files of one sort, or of both without a word.
    pub fn key_files(&self, kind: &str) -> Vec<String> {
        let mut paths = self.store.paths();
        paths.retain(|path| path.starts_with(&format!("keys/{kind}")));
        paths
    }
}

/// A new vault at the least cost.
pub fn create(
    store: Box<dyn Store>,
    local: Box<dyn Store>,
) -> Result<(OpenVault, RecoveryKey), VaultError> {
    Vault::create(store, local, &passphrase(), cost(), now())
}

/// The id of the record with this number.
pub fn id(number: u64) -> Id {
    Id::new(1_790_000_000_000 + number, u128::from(number))
}

/// A first version of a reflection.
pub fn note(number: u64, text: &str) -> Entry {
    entry(number, json!({ "text": text }))
}

/// A first version of a reflection with any body.
pub fn entry(number: u64, body: Value) -> Entry {
    Entry::new(Kind::Reflection, id(number), Vec::new(), body).unwrap()
}

/// The next version of a record that the vault holds.
pub fn next_version(vault: &OpenVault, number: u64, text: &str) -> Entry {
    let parents = vault.records().heads(id(number));
    assert!(!parents.is_empty());
    Entry::new(Kind::Reflection, id(number), parents, json!({ "text": text })).unwrap()
}

/// The text of the shown version.
pub fn text(vault: &OpenVault, number: u64) -> Option<String> {
    let head = vault.records().heads(id(number)).last().copied()?;
    vault.entry(id(number), head).ok()?.body["text"].as_str().map(ToOwned::to_owned)
}

/// The entry of the one newest version of a record.
pub fn head(vault: &OpenVault, id: Id) -> Option<Entry> {
    let head = vault.records().sole_head(id)?.rev;
    vault.entry(id, head).ok()
}

/// Whether the vault holds exactly this version.
pub fn holds_entry(vault: &OpenVault, entry: &Entry) -> bool {
    vault.entry(entry.id, entry.rev).is_ok_and(|found| found == *entry)
}

/// A whole check that nobody stops.
pub fn verify(vault: &OpenVault) -> Report {
    vault.verify(now(), &mut go_on).unwrap()
}

/// Why a file is damaged, from a whole check.
pub fn damage(vault: &OpenVault, file: &str) -> Option<Damage> {
    verify(vault).damaged.into_iter().find(|damaged| damaged.file == file).map(|found| found.why)
}

/// Never stops.
pub fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The path that a record file would have if its name fitted these bytes.
pub fn renamed(path: &str, bytes: &[u8]) -> String {
    let (stem, _) = path.rsplit_once('-').unwrap();
    format!("{stem}-{}.age", cairn::vault::names::Hash128::of(bytes))
}

/// The disk is gone.
pub const EIO: i32 = 5;
/// The disk is full.
pub const ENOSPC: i32 = 28;

/// Calls `attempt` with a fault at the first call, the second and so on until none is hit, for
/// each sort of fault; the fault is armed in it. A full disk and a broken one take turns.
pub fn at_every_call(attempt: impl FnMut(&Machine, &dyn Fn()) -> u32) {
    at_calls(1, attempt);
}

/// The same at one call of so many, for work whose every attempt takes long. Each sort of fault
/// begins at another call, so that together they come to all.
pub fn at_calls(stride: u32, mut attempt: impl FnMut(&Machine, &dyn Fn()) -> u32) {
    let mut sort = 0;
    for work in [Work::Half, Work::All] {
        for lasting in [false, true] {
            let (mut hit, first) = (0, 1 + sort % stride);
            sort += 1;
            for at in (first..).step_by(stride as usize) {
                assert!(at < 500, "it never ends");
                let machine = Machine::new();
                let errno = if (at / stride).is_multiple_of(2) { EIO } else { ENOSPC };
                let fault = Fault { at, errno, work, lasting };
                if attempt(&machine, &|| machine.arm(fault)) == 0 {
                    break;
                }
                hit = at;
            }
            assert!(hit > 3, "the fault must be hit to test anything");
        }
    }
}
