//! The worker's desk: the vault, open or closed, and the files that a person chose.
//! The command line works at the same desk, without the thread.

mod arrivals;
pub mod attach;
mod door;
mod drafting;
mod exchanging;
mod export;
mod history;
mod incoming;
mod keeping;
mod pairing;
mod posting;
mod readers;
mod reading;
mod recovery;
mod telling;
mod watching;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::Clock;
use super::draft::Change;
use super::fresh::Fresh;
use super::job::{AskPath, Job, Outcome};
use super::long::Long;
use super::notice::Notice;
use super::role::Owner;
use super::settings::Look;
use super::state::Opened;
use crate::model::{Id, Rev};
use crate::platform::{self, Existing, Folders};
use crate::vault::store::Store;
use crate::vault::store::disk::DiskStore;
use crate::vault::{Cost, DeviceId, OpenVault, Passphrase, Share, Vault, VaultError};

use door::opened_or_refused;
pub use export::{Filing, Sending};
pub use incoming::{not_read, read_incoming};
pub use pairing::{Invited, Whom};
pub use readers::ReadersJob;

/// Gives the store for a folder; tests give one that breaks.
pub type OpenStore = Box<dyn Fn(&Path) -> Box<dyn Store> + Send>;

/// Everything that touches a key or a disk.
pub struct Desk {
    default_dir: PathBuf,
    state_dir: PathBuf,
    look_file: PathBuf,
    open_store: OpenStore,
    pub(super) ask_path: AskPath,
    cost: Cost,
    share: Share,
    slot: Slot,
    /// The folder of the record in the slot.
    pub(super) dir: PathBuf,
    /// Long work under way, the next one to go on with first.
    pub(super) long: VecDeque<Box<dyn Long>>,
    /// What the screens have been shown where the vault holds more.
    bases: arrivals::Bases,
    /// How many places there are to settle in each record that two computers changed.
    unsettled: BTreeMap<Id, usize>,
    /// What neither the record nor a draft took.
    unkept: drafting::Unkept,
    fresh: Fresh,
    clock: Clock,
    /// Records of the open vault that do not have the shape of their kind.
    shapeless: BTreeSet<Id>,
    /// What lies in the folders that are shared with others.
    folders: watching::Folders,
}

enum Slot {
    Empty,
    Closed(Box<Vault>),
    Open(Box<OpenVault>),
}

impl Desk {
    /// A desk on this computer's disk.
    pub fn new(folders: &Folders, fresh: Fresh, clock: Clock) -> Desk {
        Desk {
            default_dir: folders.vault.clone(),
            state_dir: folders.state.clone(),
            look_file: folders.look.clone(),
            open_store: Box::new(|dir| Box::new(DiskStore::new(dir))),
            ask_path: Arc::new(platform::ask_path),
            cost: Cost::FIXED,
            share: Share::USUAL,
            slot: Slot::Empty,
            dir: folders.vault.clone(),
            long: VecDeque::new(),
            bases: arrivals::Bases::default(),
            unsettled: BTreeMap::new(),
            unkept: drafting::Unkept::default(),
            fresh,
            clock,
            shapeless: BTreeSet::new(),
            folders: watching::Folders::default(),
        }
    }

    /// The same with another store and a cheaper key derivation. For tests alone: no command,
    /// setting or environment variable leads here.
    #[must_use]
    pub fn for_tests(self, open_store: OpenStore, cost: Cost) -> Desk {
        Desk { open_store, cost, ..self }
    }

    /// The same with another way to ask for the name of a file.
    #[must_use]
    pub fn asking(self, ask_path: AskPath) -> Desk {
        Desk { ask_path, ..self }
    }

    /// The same with another part of the files to check after each opening.
    #[must_use]
    pub fn checking(self, share: Share) -> Desk {
        Desk { share, ..self }
    }

    /// Does a job and gives what came of it. Long work is only begun: [`Desk::slice`] goes on.
    pub fn run(&mut self, job: Job) -> Vec<Outcome> {
        let now = self.now();
        let mut outcomes = match job {
            Job::Find { .. } | Job::Create { .. } | Job::Lock => self.stop_all(),
            _ => Vec::new(),
        };
        outcomes.push(match job {
            Job::Long(work) => return self.begin(work),
            Job::Look => return self.look_everywhere(),
            Job::Readers(job) => return self.ask_readers(job, now),
            Job::Keeping(job) => return self.keep(job, now),
            Job::Exchange(job) => return self.exchange(job, now),
            Job::Pairing(job) => return self.pair(job, now),
            Job::Show(ids) => return self.show(&ids),
            Job::Took(ids) => {
                self.bases.took(&ids);
                return Vec::new();
            }
            Job::StopLong(task) => return self.stop(task),
            Job::Forget(id) => {
                self.clear_draft(id);
                return Vec::new();
            }
            Job::RecoveryKeyChecked => return self.recovery_key_checked(),
            Job::NewRecoveryKey => {
                Outcome::RecoveryKey(self.new_recovery_key(now).map(|key| self.shown(&key)))
            }
            Job::Find { dir } => self.found(&dir),
            Job::Create { dir, password, your_name, role } => {
                let owner = Owner { name: &your_name, role };
                match self.create(&dir, &Passphrase::new(&password), owner, now) {
                    Ok((recovery, opened)) => {
                        let recovery = self.shown(&recovery);
                        Outcome::Created { recovery, opened }
                    }
                    Err(notice) => Outcome::Refused(notice),
                }
            }
            Job::Unlock { password } => {
                opened_or_refused(self.unlock(&Passphrase::new(&password), now))
            }
            Job::Recover { key, password } => {
                opened_or_refused(self.recover(&key, &Passphrase::new(&password), now))
            }
            Job::ChangePassword { old, new } => Outcome::PasswordChanged(
                self.change_passphrase(&Passphrase::new(&old), &Passphrase::new(&new)),
            ),
            Job::SaveSheet { path, sheet } => Outcome::Sheet(
                platform::write_file(&path, sheet.as_bytes(), Existing::Keep)
                    .map_err(|error| Notice::not_written(&path, &error))
                    .map(|()| path),
            ),
            Job::KeepPlace(place) => {
                self.keep_place(&place, now);
                return Vec::new();
            }
            Job::Lock => {
                self.lock();
                Outcome::Locked { held: self.unkept.is_any() }
            }
            Job::History(id) => Outcome::History(id, self.history(id)),
            Job::Save { ticket, changes, decides } => {
                let result = self.save_or_draft(&changes, decides, now);
                let beside = self.saved_beside(&changes);
                outcomes.push(Outcome::Saved { ticket, result });
                if !beside.is_empty() {
                    outcomes.extend(self.show(&beside));
                }
                return outcomes;
            }
            Job::Draft { id, changes } => Outcome::Drafted(self.draft(id, &changes, now)),
            Job::DraftSettling(id, settling) => {
                Outcome::Drafted(self.draft_settling(id, &settling, now))
            }
            Job::DraftForms(forms) => Outcome::Drafted(self.draft_forms(&forms, now)),
            Job::Set(setting) => setting.run(),
            Job::Gather(gathering) => gathering.run(),
            Job::Attach { record, about, file } => {
                Outcome::Attached(self.attach(record, about, &file, now))
            }
            Job::Detach(id) => Outcome::Attached(self.detach(id, now).map(|file| (id, file))),
            Job::CopyOut { id, path, existing } => {
                Outcome::CopiedOut(self.write_attachment(id, &path, existing))
            }
            Job::Read { path, built_in, as_what } => {
                read_incoming(&path, &built_in, &as_what, self.today())
            }
            Job::PassOn { of, content, path, existing, receipt: (id, receipt) } => {
                let file = (path.as_path(), existing);
                Outcome::PassedOn(of, id, self.pass_on(&content, file, (id, *receipt), now))
            }
            Job::Print { page, path, existing } => {
                Outcome::Printed(self.print(&page, &path, existing).map(|()| path))
            }
            Job::AskPath { folder, wanted, asker } => {
                Outcome::Path { asker, chosen: (self.ask_path)(&folder, &wanted) }
            }
            Job::KeepLook(look) => {
                self.keep_look(look);
                return Vec::new();
            }
        });
        outcomes
    }

    /// The present moment.
    pub(super) fn now(&self) -> Timestamp {
        (self.clock)().timestamp()
    }

    /// The day it is.
    pub(super) fn today(&self) -> jiff::civil::Date {
        (self.clock)().date()
    }

    /// A new identity.
    pub(super) fn new_id(&mut self) -> Id {
        let now = self.now();
        self.fresh.id(now)
    }

    /// Random bits.
    pub(super) fn random(&mut self) -> u128 {
        self.fresh.random()
    }

    /// How much is checked after each opening.
    pub(super) const fn share(&self) -> Share {
        self.share
    }

    /// What a passphrase costs to try.
    pub(super) const fn cost(&self) -> Cost {
        self.cost
    }

    /// The store for a folder.
    pub(super) fn store(&self, dir: &Path) -> Box<dyn Store> {
        (self.open_store)(dir)
    }

    /// Everything in the open record, typed.
    pub fn opened(&mut self) -> Opened {
        self.bases = arrivals::Bases::default();
        let Slot::Open(vault) = &mut self.slot else {
            return Opened::default();
        };
        let current = vault.all_current();
        let reading::Gathered { journal, shapeless, unsettled } = reading::gather(vault, current);
        self.shapeless = shapeless;
        self.unsettled = unsettled;
        self.folders.forget();
        let read_only = vault.read_only().map(|why| Notice::from(&why));
        let drafts = self.drafts_left();
        let unfinished = self.forms_left();
        self.go_on_after_opening();
        let (record, place) = (self.record_state(), self.place());
        Opened { journal, read_only, record, drafts, unfinished, place }
    }

    /// Forgets the key.
    pub fn lock(&mut self) {
        self.slot = match std::mem::replace(&mut self.slot, Slot::Empty) {
            Slot::Open(vault) => Slot::Closed(Box::new(vault.lock((self.clock)().timestamp()))),
            other => other,
        };
    }

    pub(super) fn vault(&mut self) -> Result<&mut OpenVault, VaultError> {
        match &mut self.slot {
            Slot::Open(vault) => Ok(vault),
            _ => Err(VaultError::FolderMissing { file: String::new() }),
        }
    }

    /// The computer that writes, in a record that can be written to.
    pub(super) fn device(&mut self) -> Result<DeviceId, Notice> {
        let vault = self.vault().map_err(|error| Notice::from(&error))?;
        match (vault.device(), vault.read_only()) {
            (Some(device), _) => Ok(device),
            (None, Some(why)) => Err(Notice::from(&why)),
            (None, None) => Err(Notice::from(&VaultError::NotTheSame)),
        }
    }

    /// The open vault, for checking it.
    pub fn open_vault(&self) -> Option<&OpenVault> {
        match &self.slot {
            Slot::Open(vault) => Some(vault),
            _ => None,
        }
    }

    /// The closed vault, for checking it without a key.
    pub fn closed_vault(&self) -> Option<&Vault> {
        match &self.slot {
            Slot::Closed(vault) => Some(vault),
            _ => None,
        }
    }

    /// Makes changes durable: one file for each person that they are about. In a record that two
    /// computers changed, a change elsewhere decides nothing: what is to be settled stays so.
    ///
    /// # Errors
    /// The first file that could not be saved; those before it are durable.
    pub fn save(&mut self, changes: &[Change], now: Timestamp) -> Result<(), VaultError> {
        self.save_as(changes, false, now)
    }

    /// The same; `decides` says that the person has settled all there was to settle.
    fn save_as(
        &mut self,
        changes: &[Change],
        decides: bool,
        now: Timestamp,
    ) -> Result<(), VaultError> {
        let Desk { slot: Slot::Open(vault), bases, .. } = self else {
            return Err(VaultError::FolderMissing { file: String::new() });
        };
        for changes in by_person(changes) {
            let mut entries = Vec::with_capacity(changes.len());
            for change in changes {
                let parents = bases.parents(vault, change.id);
                entries.extend(history::entries(vault, change, &parents, decides)?);
            }
            if !entries.is_empty() {
                let mut saved: BTreeMap<Id, Vec<Rev>> = BTreeMap::new();
                for entry in &entries {
                    saved.entry(entry.id).or_default().push(entry.rev);
                }
                vault.save(entries, now)?;
                saved.into_iter().for_each(|(id, revs)| bases.saved(id, revs));
            }
        }
        Ok(())
    }

    fn keep_look(&self, look: Look) {
        let folder = self.look_file.parent().unwrap_or(Path::new("."));
        // A theme that is forgotten is not worth a message.
        let _ = platform::make_folder(folder)
            .and_then(|()| platform::write_file(&self.look_file, &look.write(), Existing::Replace));
    }
}

/// Groups changes by the person they are about, so that one person can be erased later: entries
/// about different people never share a file. The order within a group stays.
fn by_person(changes: &[Change]) -> Vec<Vec<&Change>> {
    let mut groups: BTreeMap<Option<Id>, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        groups.entry(change.body.about(change.id)).or_default().push(change);
    }
    groups.into_values().collect()
}
