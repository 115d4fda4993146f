//! The full check, some files at a time, so that saves can come in between.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::copy::Step;
use super::error::VaultError;
use super::load::{Found, Loaded, Taken, read_all};
use super::names::RecordName;
use super::opened::OpenVault;
use super::standing::Standing;
use super::verify::{self, Progress, Report};
use crate::model::Id;

/// How many files are read in one step, on all cores.
const STEP: usize = 256;

/// A check that is under way: every file of the vault is read again, whatever is known of it.
/// Dropping it stops it.
pub struct Check {
    todo: Vec<RecordName>,
    seen: BTreeSet<RecordName>,
    loaded: Loaded,
    records: BTreeMap<RecordName, Vec<Id>>,
}

impl Check {
    /// Begins.
    pub fn start(vault: &OpenVault) -> Check {
        let (seen, records) = (BTreeSet::new(), BTreeMap::new());
        let mut check = Check { todo: Vec::new(), seen, loaded: Loaded::default(), records };
        check.look(vault);
        check
    }

    /// Looks which files are there, and which of them have not been read yet.
    fn look(&mut self, vault: &OpenVault) {
        let found = Found::look(&*vault.closed.store);
        let erased = &vault.standing.erased;
        let new = found.files.difference(&self.seen).filter(|name| !erased.contains(name));
        self.todo = new.copied().collect();
        // The next ones are taken from the end.
        self.todo.reverse();
        self.seen.extend(&found.files);
        self.loaded.found = found;
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        let total = self.seen.len();
        Progress { done: total - self.todo.len(), total }
    }

    /// Reads the next files; the last step gives the report.
    ///
    /// # Errors
    /// The folder is gone.
    pub fn step(&mut self, vault: &OpenVault, now: Timestamp) -> Result<Step<Report>, VaultError> {
        if self.todo.is_empty() {
            // What was saved or has come meanwhile is checked too.
            self.look(vault);
        }
        if self.todo.is_empty() {
            return self.report(vault, now).map(Step::Done);
        }
        let names = self.todo.split_off(self.todo.len().saturating_sub(STEP));
        let names: Vec<RecordName> = names.into_iter().rev().collect();
        for (name, read) in read_all(&*vault.closed.store, &vault.secrets, &names, Taken::of) {
            let records = &mut self.records;
            let mut count = |name, taken: &mut Taken| {
                records.insert(name, taken.facts.entries.iter().map(|entry| entry.id).collect());
            };
            self.loaded.put(name, read, &mut count);
        }
        Ok(Step::More(self.progress()))
    }

    fn report(&mut self, vault: &OpenVault, now: Timestamp) -> Result<Report, VaultError> {
        // What was erased meanwhile is neither damaged nor missing.
        let Loaded { files, damaged, found } = &mut self.loaded;
        files.retain(|name, _| found.files.contains(name));
        let here: BTreeSet<String> = found.files.iter().map(|name| name.path()).collect();
        damaged.retain(|damaged| here.contains(&damaged.file));
        let ids = self.records.iter().filter(|(name, _)| files.contains_key(name));
        let ids: BTreeSet<&Id> = ids.flat_map(|(_, ids)| ids).collect();
        let standing = Standing::of(&self.loaded.files, &vault.holds);
        let mut report = Report {
            files: self.loaded.files.len(),
            records: ids.len(),
            damaged: self.loaded.damaged.clone(),
            warnings: vault.look(&self.loaded, &standing, now),
        };
        verify::add_names(&mut report, &self.loaded.found);
        let fault = vault.closed.file.as_ref().err().copied();
        verify::add_surroundings(&mut report, &*vault.closed.store, fault)?;
        Ok(report)
    }
}
