//! Vaults for tests: in memory, on a disk, and on a store that breaks on purpose.

use std::io;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use cairn::model::{Entry, Id, Kind};
use cairn::vault::store::memory::MemoryStore;
use cairn::vault::store::{Guard, Listed, NewFile, Stat, Store};
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

    /// The paths of the key files of one sort.
    pub fn key_files(&self, kind: &str) -> Vec<String> {
        let mut paths = self.store.paths();
        paths.retain(|path| path.starts_with(&format!("keys/{kind}-")));
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
pub fn at_every_call(mut attempt: impl FnMut(&Fault, &dyn Fn()) -> u32) {
    for works in [false, true] {
        for for_good in [false, true] {
            let mut hit = 0;
            for n in 1.. {
                assert!(n < 500, "it never ends");
                let fault = Fault::default();
                let errno = if n % 2 == 0 { EIO } else { ENOSPC };
                if attempt(&fault, &|| fault.arm(n, errno, works, for_good)) == 0 {
                    break;
                }
                hit = n;
            }
            assert!(hit > 3, "the fault must be hit to test anything");
        }
    }
}

/// A store that breaks at one call.
#[derive(Clone)]
pub struct FaultyStore<S> {
    inner: S,
    fault: Fault,
}

/// When and how it breaks; shared by the stores of one test.
#[derive(Clone, Default)]
pub struct Fault(Arc<Mutex<Plan>>);

#[derive(Default)]
struct Plan {
    /// Calls until the break; nothing when it does not break.
    countdown: Option<u32>,
    /// What the system says.
    errno: i32,
    /// Whether the call does its work before it reports the error.
    works: bool,
    /// Whether everything after the break is broken, too.
    for_good: bool,
    fired: Option<String>,
    log: Vec<String>,
}

impl Fault {
    /// Breaks at the `n`-th call from now, the first being 1.
    pub fn arm(&self, n: u32, errno: i32, works: bool, for_good: bool) {
        let mut plan = self.0.lock().unwrap();
        *plan = Plan { countdown: Some(n), errno, works, for_good, ..Plan::default() };
    }

    /// Works again; gives the call that broke.
    pub fn disarm(&self) -> Option<String> {
        let mut plan = self.0.lock().unwrap();
        plan.countdown = None;
        plan.fired.clone()
    }

    /// The calls since it was armed.
    pub fn log(&self) -> Vec<String> {
        self.0.lock().unwrap().log.clone()
    }

    /// Does a call, or breaks it.
    fn call<T>(
        &self,
        name: String,
        work: impl FnOnce() -> io::Result<T>,
        half: impl FnOnce(),
    ) -> io::Result<T> {
        let mut plan = self.0.lock().unwrap();
        plan.log.push(name.clone());
        match plan.countdown {
            Some(n) if n > 1 => plan.countdown = Some(n - 1),
            Some(_) => {
                if !plan.for_good {
                    plan.countdown = None;
                }
                plan.fired.get_or_insert(name);
                let error = io::Error::from_raw_os_error(plan.errno);
                if plan.works {
                    drop(plan);
                    work()?;
                } else {
                    half();
                }
                return Err(error);
            }
            None => {}
        }
        drop(plan);
        work()
    }
}

impl<S: Store + Clone> FaultyStore<S> {
    pub fn new(inner: S, fault: &Fault) -> FaultyStore<S> {
        FaultyStore { inner, fault: fault.clone() }
    }

    fn call<T>(
        &self,
        name: &str,
        path: &str,
        work: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        self.fault.call(format!("{name} {path}"), work, || {})
    }
}

struct FaultyFile {
    inner: Box<dyn NewFile>,
    fault: Fault,
    path: String,
}

impl NewFile for FaultyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (fault, path) = (self.fault.clone(), self.path.clone());
        let inner = std::cell::RefCell::new(&mut self.inner);
        fault.call(
            format!("write {path}"),
            || inner.borrow_mut().write(bytes),
            || inner.borrow_mut().write(&bytes[..bytes.len() / 2]).unwrap(),
        )
    }

    fn sync(&mut self) -> io::Result<()> {
        let (fault, path) = (self.fault.clone(), self.path.clone());
        fault.call(format!("sync {path}"), || self.inner.sync(), || {})
    }

    fn close(self: Box<Self>) -> io::Result<()> {
        let FaultyFile { inner, fault, path } = *self;
        fault.call(format!("close {path}"), || inner.close(), || {})
    }
}

impl<S: Store + Clone> Store for FaultyStore<S> {
    fn open_new(&self, path: &str) -> io::Result<Box<dyn NewFile>> {
        let inner = self.call("open_new", path, || self.inner.open_new(path))?;
        Ok(Box::new(FaultyFile { inner, fault: self.fault.clone(), path: path.to_owned() }))
    }

    fn sync_file(&self, path: &str) -> io::Result<()> {
        self.call("sync_file", path, || self.inner.sync_file(path))
    }

    fn rename_noreplace(&self, from: &str, to: &str) -> io::Result<()> {
        self.call("rename", from, || self.inner.rename_noreplace(from, to))
    }

    fn sync_dir(&self, dir: &str) -> io::Result<()> {
        self.call("sync_dir", dir, || self.inner.sync_dir(dir))
    }

    fn unlink(&self, path: &str) -> io::Result<()> {
        self.call("unlink", path, || self.inner.unlink(path))
    }

    fn mkdir(&self, dir: &str) -> io::Result<()> {
        self.call("mkdir", dir, || self.inner.mkdir(dir))
    }

    fn read(&self, path: &str, cap: u64) -> io::Result<Vec<u8>> {
        self.call("read", path, || self.inner.read(path, cap))
    }

    fn list(&self, dir: &str) -> io::Result<Vec<Listed>> {
        self.call("list", dir, || self.inner.list(dir))
    }

    fn stat(&self, path: &str) -> io::Result<Stat> {
        self.call("stat", path, || self.inner.stat(path))
    }

    /// Not counted: what it says is a hint.
    fn free_space(&self) -> io::Result<Option<u64>> {
        self.inner.free_space()
    }

    fn lock(&self, path: &str) -> io::Result<Option<Guard>> {
        self.call("lock", path, || self.inner.lock(path))
    }
}
