//! The state of the record: what could not be read, and what a person may want to know of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Zoned;

use super::pairing::Known;
use crate::model::Id;
use crate::vault::{Damaged, Report, Warning};

/// What opening, looking again and the full check have found. The desk fills it after each of
/// them (`Desk::record_state`); what only the full check can see stays until the next one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordState {
    /// The record's own name, as its files and the receipts of its backups give it.
    pub vault: String,
    /// Files that can't be read.
    pub damaged: Vec<Damaged>,
    /// What is not damage, and worth knowing.
    pub warnings: Vec<Warning>,
    /// The records that two computers changed side by side, where the person has to decide:
    /// how many places there are to settle in each.
    pub unsettled: BTreeMap<Id, usize>,
    /// How the pairing with each person stands, without its keys.
    pub pairings: BTreeMap<Id, Known>,
    /// What the last full check found, since the record was opened.
    pub checked: Option<Checked>,
}

/// The end of a full check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// When.
    pub at: Zoned,
    /// How many files it read.
    pub files: usize,
    /// How many records they hold.
    pub records: usize,
    damaged: Vec<Damaged>,
    warnings: Vec<Warning>,
}

impl Checked {
    /// How many files it found that can't be read.
    pub fn damaged(&self) -> usize {
        self.damaged.len()
    }
}

impl RecordState {
    /// Takes a newer state from the desk, and keeps what the last full check found.
    pub fn look_again(&mut self, newer: RecordState) {
        let checked = newer.checked.or_else(|| self.checked.take());
        *self = RecordState { checked, ..newer };
    }

    /// Takes what a full check found.
    pub fn take_check(&mut self, at: Zoned, report: &Report) {
        let Report { files, records, damaged, warnings } = report;
        let (damaged, warnings) = (damaged.clone(), warnings.clone());
        let (files, records) = (*files, *records);
        self.checked = Some(Checked { at, files, records, damaged, warnings });
    }

    /// Every file that can't be read, once.
    pub fn all_damaged(&self) -> Vec<&Damaged> {
        let checked = self.checked.iter().flat_map(|checked| &checked.damaged);
        let mut seen = BTreeSet::new();
        let all = self.damaged.iter().chain(checked);
        all.filter(|damaged| seen.insert(damaged.file.as_str())).collect()
    }

    /// Every warning that holds now, once and in order.
    pub fn all_warnings(&self) -> BTreeSet<&Warning> {
        let checked = self.checked.iter().flat_map(|checked| &checked.warnings);
        self.warnings.iter().chain(checked.filter(|warning| only_checked(warning))).collect()
    }

    /// What other computers wrote about an erased person before they knew: whom, how many files.
    pub fn held_back(&self) -> impl Iterator<Item = (Id, usize)> {
        self.warnings.iter().filter_map(|warning| match warning {
            Warning::HeldBack { person, files } => Some((*person, *files)),
            _ => None,
        })
    }
}

/// Whether only the full check looks for it; everything else is looked for at each opening and
/// each new look, which know better.
const fn only_checked(warning: &Warning) -> bool {
    matches!(
        warning,
        Warning::Temporary { .. } | Warning::SeveralPassphrases | Warning::Incomplete { .. }
    )
}
