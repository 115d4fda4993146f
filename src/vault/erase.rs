//! Erasing a person (`vault-format`, "Erasing, backing up"): first a durable record that says so,
//! then the files go. Whatever is cut off, what is left is finished at the next opening, here or
//! on another computer.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::json;

use super::chain::{Absence, Warning};
use super::error::VaultError;
use super::hold::Holds;
use super::names::{Hash128, RecordName};
use super::opened::{Mode, OpenVault, writer};
use super::refresh::Refreshed;
use super::standing::{Erasure, FileRef, Standing, file_ref};
use super::store::MAX_FILE;
use super::write::unlink_if_there;
use crate::model::{Entry, Id, Kind};

/// So many files are named by one record, which must stay well below its greatest size.
const NAMED: usize = 10_000;

/// What came of erasing a person. The record that says so is durable.
#[derive(Debug, Default)]
pub struct Erased {
    /// How many files were about them.
    pub files: usize,
    /// Files that could not be removed yet; they are not shown, and the next opening tries again.
    pub left: Vec<String>,
    /// What this changed of what is shown, and what other computers had written meanwhile.
    pub changed: Refreshed,
}

/// What another computer wrote about an erased person before it knew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBack {
    /// The person.
    pub person: Id,
    /// How many files.
    pub files: usize,
}

impl Erased {
    /// The same, with what had come before it and was not erased.
    fn after(mut self, came: Refreshed) -> Erased {
        let Refreshed { current, gone, before, .. } = came;
        let erased = &self.changed.gone;
        let stays = current.into_iter().filter(|current| !erased.contains(&current.id));
        self.changed.current.splice(0..0, stays);
        self.changed.gone.extend(gone);
        self.changed.before.extend(before);
        self
    }
}

impl OpenVault {
    /// Erases everything about a person. `fresh` gives the identities of the records that say
    /// so. What other computers have written and this one has not seen is held back when it
    /// comes, and asked about.
    ///
    /// # Errors
    /// [`VaultError::OnHold`], or the record could not be saved: then nothing was removed.
    pub fn erase(
        &mut self,
        person: Id,
        fresh: &mut dyn FnMut() -> Id,
        now: Timestamp,
    ) -> Result<Erased, VaultError> {
        writer(&mut self.mode)?;
        // What has come from elsewhere meanwhile goes too.
        let came = self.refresh(now)?;
        if self.holds.has(person) {
            return Err(VaultError::OnHold);
        }
        let about = self.loaded.files.iter().filter(|(_, facts)| facts.is_about(person));
        let files: Vec<FileRef> = about.map(|(name, _)| file_ref(name)).collect();
        if files.is_empty() {
            return Err(VaultError::NoSuchRecord);
        }
        let erased = self.erase_files(person, &files, fresh, now)?;
        Ok(erased.after(came))
    }

    fn erase_files(
        &mut self,
        person: Id,
        files: &[FileRef],
        fresh: &mut dyn FnMut() -> Id,
        now: Timestamp,
    ) -> Result<Erased, VaultError> {
        let all = self.loaded.files.values().flat_map(|facts| &facts.entries);
        let of_person = all.filter(|entry| entry.about == Some(person));
        let ids: BTreeSet<Id> = of_person.map(|entry| entry.id).collect();
        for named in files.chunks(NAMED) {
            let erasure = Erasure {
                person: Some(person),
                files: named.iter().copied().collect(),
                kept: BTreeSet::new(),
            };
            self.say(fresh(), &erasure, now)?;
        }
        self.look_again(now);
        let left = self.remove_erased();
        self.warnings = self.look(&self.loaded, &self.standing, now);
        Ok(Erased { files: files.len(), left, changed: self.shown_of(ids) })
    }

    /// The people who were erased and of whom nothing is shown.
    pub fn erased_people(&self) -> impl Iterator<Item = Id> {
        let shown = self.loaded.files.iter().filter(|(name, _)| self.standing.shows(name));
        let shown = shown.flat_map(|(_, facts)| &facts.entries).filter_map(|entry| entry.about);
        let shown: BTreeSet<Id> = shown.collect();
        self.standing.people.iter().copied().filter(move |person| !shown.contains(person))
    }

    /// What other computers wrote about erased people before they knew. It is not shown.
    pub fn held_back(&self) -> impl Iterator<Item = HeldBack> {
        let held = self.standing.held_back.iter();
        held.map(|(person, files)| HeldBack { person: *person, files: files.len() })
    }

    /// Decides what becomes of what is held back about a person: it is shown again, or erased
    /// too.
    ///
    /// # Errors
    /// As [`OpenVault::erase`].
    pub fn settle_held_back(
        &mut self,
        person: Id,
        keep: bool,
        fresh: &mut dyn FnMut() -> Id,
        now: Timestamp,
    ) -> Result<Erased, VaultError> {
        writer(&mut self.mode)?;
        let held = self.standing.held_back.get(&person).ok_or(VaultError::NoSuchRecord)?;
        let files: Vec<FileRef> = held.iter().map(file_ref).collect();
        if !keep {
            return self.erase_files(person, &files, fresh, now);
        }
        let entries = held.iter().filter_map(|name| self.loaded.files.get(name));
        let ids = entries.flat_map(|facts| &facts.entries).map(|entry| entry.id).collect();
        for kept in files.chunks(NAMED) {
            let erasure = Erasure {
                person: Some(person),
                files: BTreeSet::new(),
                kept: kept.iter().copied().collect(),
            };
            self.say(fresh(), &erasure, now)?;
        }
        self.look_again(now);
        self.warnings = self.look(&self.loaded, &self.standing, now);
        Ok(Erased { files: files.len(), left: Vec::new(), changed: self.shown_of(ids) })
    }

    /// These records as they are shown now, those that are not shown any more among `gone`.
    fn shown_of(&self, ids: BTreeSet<Id>) -> Refreshed {
        let mut changed = Refreshed { changed: true, ..Refreshed::default() };
        self.hand_out(ids, &mut changed);
        changed
    }

    /// Writes an erasure down as a record.
    fn say(&mut self, id: Id, erasure: &Erasure, now: Timestamp) -> Result<(), VaultError> {
        let body = serde_json::to_value(erasure).map_err(|_| VaultError::NotTheSame)?;
        self.save(vec![Entry::new(Kind::Erase, id, Vec::new(), body)?], now).map(|_| ())
    }

    /// Accepts the folder as it is now, after it was set back or a backup was restored: what is
    /// missing is no longer warned about.
    ///
    /// # Errors
    /// Not saved.
    pub fn accept_restore(&mut self, id: Id, now: Timestamp) -> Result<Refreshed, VaultError> {
        writer(&mut self.mode)?;
        let came = self.refresh(now)?;
        let missing: BTreeSet<FileRef> = self.lost(now).iter().map(file_ref).collect();
        let heads = super::chain::newest(&self.loaded.files);
        let body = json!({ "heads": heads, "missing": missing });
        self.save(vec![Entry::new(Kind::AcceptRestore, id, Vec::new(), body)?], now)?;
        // A hold whose file is missing is accepted as missing too, unless it may still come.
        let waits = |warning: &Warning| {
            matches!(warning, Warning::Missing { class: Absence::OnItsWay, .. })
        };
        if !self.look(&self.loaded, &self.standing, now).iter().any(waits) {
            self.holds = Holds::default();
        }
        self.look_again(now);
        self.warnings = self.look(&self.loaded, &self.standing, now);
        Ok(came)
    }

    /// Works out anew what may be shown, after an erasure or an acceptance.
    pub(super) fn look_again(&mut self, _now: Timestamp) {
        self.note_holds();
        self.standing = Standing::of(&self.loaded.files, &self.holds);
        let standing = &self.standing;
        self.loaded.files.retain(|name, _| !standing.erased_here.contains(name));
        let visible = self.loaded.files.iter().filter(|(name, _)| standing.shows(name));
        self.records = super::records::Records::of(visible);
    }

    /// Takes in who is on hold now, and remembers it.
    pub(super) fn note_holds(&mut self) {
        self.holds = Holds::of(&self.loaded.files, &self.holds);
        if let Mode::Writing(writer) = &mut self.mode {
            writer.remember_holds(&self.holds);
        }
    }

    /// Removes the copies that a sync program made of files of erased people: their content is
    /// the same, and the page for rescue would read them. Gives what is left.
    fn remove_copies(&mut self) -> Vec<String> {
        let store = &*self.closed.store;
        let erased = &self.standing.erased;
        let is_copy = |file: &str| {
            let of = |name: &&RecordName| file.starts_with(name.path().trim_end_matches(".age"));
            let same = |name: &RecordName| {
                store.read(file, MAX_FILE).is_ok_and(|bytes| Hash128::of(&bytes) == name.hash)
            };
            !erased.is_empty() && erased.iter().find(of).is_some_and(same)
        };
        let unknown = &mut self.loaded.found.unknown;
        let (copies, others) = std::mem::take(unknown).into_iter().partition(|it| is_copy(it));
        *unknown = others;
        let copies: Vec<String> = copies;
        let left = copies.into_iter().filter(|file| unlink_if_there(store, file).is_err());
        let left: Vec<String> = left.collect();
        unknown.extend(left.iter().cloned());
        left
    }

    /// Removes the files of erased people, and the snapshot that may hold their texts. Gives
    /// what is left.
    pub(super) fn remove_erased(&mut self) -> Vec<String> {
        let Mode::Writing(_) = self.mode else { return Vec::new() };
        let mut left = self.remove_copies();
        let store = &*self.closed.store;
        let found = &mut self.loaded.found.files;
        let here: Vec<RecordName> =
            self.standing.erased.iter().filter(|name| found.contains(name)).copied().collect();
        if here.is_empty() {
            return left;
        }
        let mut folders = BTreeSet::new();
        for name in here {
            match unlink_if_there(store, &name.path()) {
                Ok(()) => {
                    found.remove(&name);
                    folders.insert(name.folder());
                }
                Err(_) => left.push(name.path()),
            }
        }
        // A name that comes back after a power cut is removed at the next opening.
        left.extend(folders.into_iter().filter(|folder| store.sync_dir(folder).is_err()));
        // The same for the snapshot: as long as it is there, the next opening finds it too old.
        let _ = self.snapshot.erase(&self.closed.local, &self.secrets);
        self.following.without_snapshot(&self.loaded.files);
        self.loaded.files.values_mut().for_each(|facts| facts.segment = 0);
        left
    }
}
