//! What only the one process that writes has: the lock, its place in the chain, its memory.

use std::io;

use jiff::{SignedDuration, Timestamp};

use super::chain::{self, Chain, Warning};
use super::error::VaultError;
use super::facts::FileFacts;
use super::heads::Heads;
use super::hold::Holds;
use super::keys::Secrets;
use super::load::Loaded;
use super::local::{LocalState, Turn};
use super::names::{DeviceId, Hash128, KEYS, RecordName, is_temporary};
use super::record_file;
use super::standing::{FileRef, Files};
use super::store::{Guard, Store};
use super::write::{Existing, Folders, join, write_file};
use crate::model::Entry;

/// How old a temporary file must be before it counts as left over.
const LEFT_OVER: SignedDuration = SignedDuration::from_hours(24);
/// More records than any computer writes. Anybody who can write into the folder can put a file of
/// a higher number there; nothing is counted on from it.
const MOST_RECORDS: u64 = 1 << 53;

/// The one that writes.
pub struct Writer {
    /// Held for as long as this lives.
    _lock: Guard,
    chain: Chain,
    heads: Heads,
    /// The heads that were written last.
    turn: Option<Turn>,
    /// Whether there is something newer to remember than what is durable.
    unwritten: bool,
    folders: Folders,
}

impl Writer {
    /// Goes on where this computer stopped, or begins under a new name when it does not know
    /// where that was, when a copy of it has written under the same name, or when somebody has
    /// used up its numbers.
    pub fn start(
        store: &dyn Store,
        local: &mut LocalState,
        secrets: &Secrets,
        loaded: &Loaded,
        lock: Guard,
        now: Timestamp,
    ) -> Result<(Writer, Vec<Warning>), VaultError> {
        let mut warnings = Vec::new();
        let remembered = Heads::read(local, secrets);
        let (mut heads, turn) = match remembered {
            Some((heads, turn)) if can_go_on(loaded, heads.device()) => (heads, Some(turn)),
            other => {
                if other.is_some() {
                    warnings.push(Warning::NewDevice);
                }
                Self::begin(local, secrets, loaded, now)?
            }
        };
        let before = heads.clone();
        warnings.extend(acknowledge_newer(store, loaded, &mut heads));
        let chain = Chain::resume(loaded, heads.device(), heads.own);
        heads.see(chain.others());
        let unwritten = heads != before || turn.is_none();
        let folders = Folders::default();
        let mut writer = Writer { _lock: lock, chain, heads, turn, unwritten, folders };
        writer.remember(local, secrets, now);
        clear_left_overs(store, local, secrets, loaded, writer.chain.device(), now);
        Ok((writer, warnings))
    }

    /// Takes a new name and writes it down.
    fn begin(
        local: &mut LocalState,
        secrets: &Secrets,
        loaded: &Loaded,
        now: Timestamp,
    ) -> Result<(Heads, Option<Turn>), VaultError> {
        let mut device = DeviceId::random()?;
        while loaded.found.files.iter().any(|name| name.device == device) {
            device = DeviceId::random()?;
        }
        let heads = Heads::new(device);
        heads.write_device(local, secrets, now)?;
        let turn = heads.write(local, secrets, Heads::last_turn(local, secrets), now)?;
        Ok((heads, Some(turn)))
    }

    /// The name under which this computer writes.
    pub const fn device(&self) -> DeviceId {
        self.chain.device()
    }

    /// Writes one file with these entries: durable when this gives no error, and wholly there
    /// or wholly absent when it does.
    pub fn save(
        &mut self,
        store: &dyn Store,
        secrets: &Secrets,
        entries: &[Entry],
        now: Timestamp,
    ) -> Result<(RecordName, FileFacts), VaultError> {
        let at = Timestamp::from_second(now.as_second()).unwrap_or(now);
        let envelope = self.chain.next(secrets, at);
        let (sealed, file) = record_file::build(secrets, &envelope, entries)?;
        let hash = Hash128::of(&sealed);
        let name = RecordName { device: envelope.dev, seq: envelope.seq, hash };
        self.chain.try_out(&envelope);
        if let Err(error) = self.place(store, name, &sealed) {
            self.folders.forget();
            return Err(error);
        }
        self.chain.acknowledge(&envelope, hash);
        self.heads.own = self.chain.prev();
        self.unwritten = true;
        Ok((name, FileFacts::of(&file)))
    }

    /// Newer records of other computers have been read.
    pub fn see(&mut self, files: &Files) {
        self.chain.see(&chain::newest(files));
        let before = self.heads.seen.clone();
        self.heads.see(self.chain.others());
        self.unwritten |= self.heads.seen != before;
    }

    /// Remembers a file as damaged, or as sound again.
    pub fn remember_damaged(&mut self, file: FileRef, damaged: bool) {
        let known = &mut self.heads.damaged;
        self.unwritten |= if damaged { known.insert(file) } else { known.remove(&file) };
    }

    /// Remembers who is on hold.
    pub fn remember_holds(&mut self, holds: &Holds) {
        if self.heads.holds != *holds {
            self.heads.holds.clone_from(holds);
            self.unwritten = true;
        }
    }

    fn place(
        &mut self,
        store: &dyn Store,
        name: RecordName,
        sealed: &[u8],
    ) -> Result<(), VaultError> {
        // When a stick is pulled out its mount point may stay as an empty folder, and the
        // record would go there.
        store.stat(KEYS).map_err(|error| VaultError::io(KEYS, error))?;
        let full = io::Error::from(io::ErrorKind::StorageFull);
        match store.free_space() {
            Ok(Some(free)) if usize::try_from(free).is_ok_and(|free| free < sealed.len()) => {
                return Err(VaultError::io(name.path(), full));
            }
            // Where the system does not say, the writing itself will.
            _ => {}
        }
        self.folders.ensure(store, &name.folder())?;
        write_file(store, &name.folder(), &name.to_string(), sealed, Existing::Keep)
    }

    /// Writes down what to remember, durably, if there is anything new: in a pause after saving,
    /// not with each save. Nothing depends on its success: what is lost here is found again in
    /// the records.
    pub fn remember(&mut self, local: &mut LocalState, secrets: &Secrets, now: Timestamp) {
        if !self.unwritten {
            return;
        }
        if let Ok(turn) = self.heads.write(local, secrets, self.turn, now) {
            (self.turn, self.unwritten) = (Some(turn), false);
        }
    }

    /// This computer, and what it remembers.
    pub const fn heads(&self) -> &Heads {
        &self.heads
    }
}

/// Whether this computer may write under its name.
fn can_go_on(loaded: &Loaded, device: DeviceId) -> bool {
    let mut own = loaded.found.files.iter().filter(|name| name.device == device);
    !is_forked(&loaded.files, device) && own.all(|name| name.seq < MOST_RECORDS)
}

/// Whether two sound files of this computer share a number: a copy of it has written too.
fn is_forked(files: &Files, device: DeviceId) -> bool {
    let own: Vec<u64> = of_device(files, device, 0).map(|(name, _)| name.seq).collect();
    own.windows(2).any(|pair| pair[0] == pair[1])
}

/// The sound files of one computer from a number on.
fn of_device(
    files: &Files,
    device: DeviceId,
    from: u64,
) -> impl Iterator<Item = (&RecordName, &FileFacts)> {
    let first = RecordName { device, seq: from, hash: Hash128::LEAST };
    files.range(first..).take_while(move |(name, _)| name.device == device)
}

/// Takes this computer's records that are newer than its memory for acknowledged, after making
/// them durable: the last session was cut off between writing one and remembering it.
fn acknowledge_newer(store: &dyn Store, loaded: &Loaded, heads: &mut Heads) -> Option<Warning> {
    let device = heads.device();
    let known = heads.own.map_or(0, |(seq, _)| seq);
    for (name, _) in of_device(&loaded.files, device, known.saturating_add(1)) {
        let synced = store.sync_file(&name.path()).and_then(|()| store.sync_dir(&name.folder()));
        if synced.is_err() {
            return Some(Warning::NotSynced { file: name.path() });
        }
        heads.own = Some((name.seq, name.hash));
    }
    None
}

/// Removes temporary files a day old where nobody else writes: a cut-off writing left them.
fn clear_left_overs(
    store: &dyn Store,
    local: &LocalState,
    secrets: &Secrets,
    loaded: &Loaded,
    device: DeviceId,
    now: Timestamp,
) {
    let own = format!("{}/", device.folder());
    let in_records = loaded.found.temporary.iter().filter(|path| path.starts_with(&own)).cloned();
    let in_keys = temporaries(store, KEYS);
    for path in in_records.chain(in_keys) {
        remove_if_old(store, &path, now);
    }
    let folder = secrets.vault.to_string();
    for dir in [folder.clone(), join(&folder, super::local::DRAFTS)] {
        for path in temporaries(local.store(), &dir) {
            remove_if_old(local.store(), &path, now);
        }
    }
}

fn temporaries(store: &dyn Store, dir: &str) -> Vec<String> {
    let listed = store.list(dir).unwrap_or_default();
    let names = listed.into_iter().map(|listed| listed.name).filter(|name| is_temporary(name));
    names.map(|name| join(dir, &name)).collect()
}

fn remove_if_old(store: &dyn Store, path: &str, now: Timestamp) {
    let modified = store.stat(path).ok().and_then(|stat| stat.modified);
    if modified.is_some_and(|modified| now.duration_since(modified) >= LEFT_OVER) {
        // It is in nobody's way; the next start tries again.
        let _ = store.unlink(path);
    }
}
