//! What the proofs on real processes and real disks share: the process that saves and is killed,
//! the ledger of what it acknowledged, small file systems, and tools that may be missing.

mod disk;
mod forgetful;
mod ledger;
mod process;
mod syncthing;
mod trace;
mod work;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cairn::vault::store::Store;
use cairn::vault::store::disk::DiskStore;
use cairn::vault::{OpenVault, Passphrase, ReadOnly, Vault, VaultError};
use tempfile::TempDir;

use super::vault::cost;

use forgetful::Forgetful;

pub use disk::{FileSystem, LoopDisk, SmallDisk};
pub use ledger::Ledger;
pub use process::{Order, Running, say as process_says};
pub use syncthing::{Daemon, pair};
pub use trace::{CHANGING, Call, Fault, LOOKING, trace, wait_for_go};
pub use work::{Work, entries_of};

/// The folder of a vault and that of the computer's own state.
#[derive(Debug, Clone)]
pub struct Place {
    pub vault: PathBuf,
    pub state: PathBuf,
    /// What its store forgets; empty for one that does its work.
    pub fault: String,
}

impl Place {
    /// Both in one folder, so that both lie on the disk under test. The real program finds
    /// the state when `XDG_STATE_HOME` is its `home`.
    pub fn under(dir: &Path) -> Place {
        let home = dir.join("home");
        std::fs::create_dir_all(&home).unwrap();
        Place { vault: dir.join("vault"), state: home.join("cairn"), fault: String::new() }
    }

    pub fn stores(&self) -> (Box<dyn Store>, Box<dyn Store>) {
        let store = |folder: &Path| -> Box<dyn Store> {
            let disk = DiskStore::new(folder);
            match self.fault.as_str() {
                "" => Box::new(disk),
                fault => Box::new(Forgetful::new(disk, fault)),
            }
        };
        (store(&self.vault), store(&self.state))
    }

    pub fn create(&self) -> Result<OpenVault, VaultError> {
        let (store, local) = self.stores();
        let now = jiff::Timestamp::now();
        Ok(Vault::create(store, local, &passphrase(1), cost(), now)?.0)
    }

    pub fn find(&self) -> Result<Option<Vault>, VaultError> {
        let (store, local) = self.stores();
        Vault::find(store, local)
    }

    /// Another vault in a folder beside this one, with a state of its own.
    pub fn beside(&self, folder: &str) -> Place {
        let vault = self.vault.with_file_name(folder);
        let state = self.state.with_file_name(folder);
        Place { vault, state, fault: String::new() }
    }

    /// Opens with the passphrase of this number, for writing as soon as nobody else does.
    ///
    /// A lock goes with its process. But a process that is being started by another thread of
    /// this test has a copy of every open file until it has become another program, so a lock
    /// that was just given back may be seen for a moment.
    pub fn open(&self, number: u32) -> Result<OpenVault, VaultError> {
        let begun = Instant::now();
        loop {
            let vault = self.find()?.ok_or(VaultError::NoKeyFile)?;
            let now = jiff::Timestamp::now();
            let open = vault.unlock(&passphrase(number), now).map_err(|(_, error)| error)?;
            let locked = open.read_only() == Some(ReadOnly::Locked);
            if !locked || begun.elapsed() > Duration::from_secs(1) {
                return Ok(open);
            }
        }
    }

    /// Whether the passphrase of this number opens it, if only for reading.
    pub fn opens(&self, number: u32) -> bool {
        let vault = self.find().unwrap().unwrap();
        vault.unlock(&passphrase(number), jiff::Timestamp::now()).is_ok()
    }

    /// A copy of both folders under another one.
    pub fn copy_to(&self, dir: &Path) -> Place {
        let copy = Place::under(dir);
        copy_folder(&self.vault, &copy.vault);
        copy_folder(&self.state, &copy.state);
        copy
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The passphrase of this number; a change goes to the next.
pub fn passphrase(number: u32) -> Passphrase {
    Passphrase::new(&format!("correct horse battery staple {number}"))
}

/// A file with it for the real program.
pub fn passphrase_file(dir: &Path, number: u32) -> PathBuf {
    let file = dir.join("passphrase");
    std::fs::write(&file, format!("correct horse battery staple {number}\n")).unwrap();
    file
}

/// Random numbers from a seed.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// SplitMix64.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub const fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// A time of at most so many milliseconds, to the microsecond.
    pub const fn time(&mut self, most_ms: u64) -> Duration {
        Duration::from_micros(self.below(most_ms * 1000))
    }
}

/// How often a proof is tried, and when it stops.
pub struct Tally {
    what: &'static str,
    wanted: u64,
    done: u64,
    begun: Instant,
    limit: Duration,
}

impl Tally {
    /// So many, as the environment variable says, or `wanted`; at most for half an hour.
    pub fn new(what: &'static str, variable: &str, wanted: u64) -> Tally {
        let read = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
        let wanted = read(variable).unwrap_or(wanted);
        let limit = Duration::from_secs(60 * read("CAIRN_PROOF_MINUTES").unwrap_or(30));
        Tally { what, wanted, done: 0, begun: Instant::now(), limit }
    }

    /// Whether there is another one to do; gives its number, the first being 0.
    pub fn next(&mut self) -> Option<u64> {
        if self.done >= self.wanted || self.begun.elapsed() > self.limit {
            return None;
        }
        self.done += 1;
        Some(self.done - 1)
    }

    /// How many there are to do.
    pub const fn wanted(&self) -> u64 {
        self.wanted
    }

    /// There are no more than these.
    pub const fn at_most(&mut self, count: u64) {
        if count < self.wanted {
            self.wanted = count;
        }
    }

    /// Prints the figure that was reached.
    pub fn print(&self, more: &str) {
        let seconds = self.begun.elapsed().as_secs_f64();
        let (what, done, wanted) = (self.what, self.done, self.wanted);
        eprintln!("PROOF: {what}: {done} of {wanted} in {seconds:.1} s{more}");
    }
}

/// Runs a proof in a process of its own, which is this program with this one test: it starts
/// others all the time, and each has a copy of every open file, locks too, until it has become
/// another program. The tests beside it must not see that.
pub fn alone<F: FnOnce()>(proof: F) {
    alone_with(proof, &[]);
}

/// The same in these surroundings.
pub fn alone_with<F: FnOnce()>(proof: F, variables: &[(&str, &str)]) {
    const VARIABLE: &str = "CAIRN_PROOF_ALONE";
    if std::env::var_os(VARIABLE).is_some() {
        return proof();
    }
    // "it::module::test::{{closure}}"
    let name = std::any::type_name::<F>().split_once("::").unwrap().1;
    let name = name.trim_end_matches("::{{closure}}");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--include-ignored", "--nocapture"])
        .env(VARIABLE, "1")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let (out, err) = (&output.stdout, String::from_utf8_lossy(&output.stderr));
    let figures = err.lines().filter(|line| line.starts_with("PROOF") || line.starts_with("SKIP"));
    figures.for_each(|line| eprintln!("{line}"));
    let out = String::from_utf8_lossy(out);
    assert!(output.status.success() && out.contains("1 passed"), "{out}\n{err}");
}

/// Does `work` on several threads until the tally is full; each thread has a number of its own.
/// The results come back in no order.
pub fn in_threads<T: Send>(
    threads: u64,
    tally: &mut Tally,
    work: impl Fn(u64, &dyn Fn() -> Option<u64>) -> T + Sync,
) -> Vec<T> {
    let shared = std::sync::Mutex::new(tally);
    let next = || shared.lock().unwrap().next();
    std::thread::scope(|scope| {
        let (work, next) = (&work, &next);
        let running: Vec<_> =
            (0..threads).map(|thread| scope.spawn(move || work(thread, next))).collect();
        let joined = running.into_iter().map(|thread| match thread.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.collect()
    })
}

/// A temporary folder in memory, where there is such a place: what a process leaves behind when
/// it is killed does not depend on the disk, and waiting for one would leave time for fewer.
pub fn quick_folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// Says aloud that a proof was left out.
pub fn skipped(why: &str) {
    eprintln!("SKIPPED: {why}");
}

/// Whether these programs are there; says aloud which is missing.
pub fn has_tools(names: &[&str]) -> bool {
    let missing = names.iter().find(|name| {
        let places = search_path();
        !std::env::split_paths(&places).any(|dir| dir.join(name).is_file())
    });
    if let Some(name) = missing {
        skipped(&format!("{name} is not installed"));
    }
    missing.is_none()
}

/// Whether this process may mount; says it aloud when not.
pub fn is_root() -> bool {
    let root = rustix::process::getuid().is_root();
    if !root {
        skipped("needs the rights of root");
    }
    root
}

/// A program of the system, also one that only root has on the path.
pub fn tool(name: &str) -> Command {
    let mut command = Command::new(name);
    command.env("PATH", search_path()).stdin(Stdio::null());
    command
}

fn search_path() -> std::ffi::OsString {
    let mut path = std::env::var_os("PATH").unwrap_or_default();
    path.push(":/usr/sbin:/sbin");
    path
}

/// Runs a program to its end and says whether it ended well.
pub fn ran(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {} {}", output.status, String::from_utf8_lossy(&output.stderr)))
}
