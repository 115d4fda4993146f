//! Checking the whole vault, with and without a key.

use std::ops::ControlFlow;

use super::chain::{Warning, strange};
use super::error::{Damaged, VaultError, VaultFileFault};
use super::keys;
use super::load::{Found, is_desktop_file};
use super::names::{KEYS, KeyKind, KeyName, RECORDS, RESCUE_FILE, VAULT_FILE, is_temporary};
use super::record_file;
use super::store::Store;
use super::write::join;

/// How far a long piece of work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files done.
    pub done: usize,
    /// Files in all.
    pub total: usize,
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many record files are sound.
    pub files: usize,
    /// How many records they hold, each counted once. Without a key nobody can look inside, and
    /// each file counts as one.
    pub records: usize,
    /// Files that cannot be read, and why.
    pub damaged: Vec<Damaged>,
    /// What is not damage, and worth knowing.
    pub warnings: Vec<Warning>,
}

/// Checks all that can be checked without a key: names, hashes, headers.
///
/// # Errors
/// The folder is gone, or `progress` says to stop.
pub fn without_key(
    store: &dyn Store,
    file: Option<VaultFileFault>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Report, VaultError> {
    let mut report = Report::default();
    if keys::has_several(store, KeyKind::Recovery) {
        report.warnings.push(Warning::SeveralRecoveryKeys);
    }
    let found = Found::look(store);
    let total = found.files.len();
    for (index, name) in found.files.iter().enumerate() {
        match record_file::look_over(store, *name) {
            Ok(()) => {
                report.files += 1;
                report.records += 1;
            }
            Err(why) => report.damaged.push(Damaged { file: name.path(), why }),
        }
        if progress(Progress { done: index + 1, total }).is_break() {
            return Err(VaultError::Cancelled);
        }
    }
    add_names(&mut report, &found);
    report.warnings.extend(found.unknown.into_iter().map(strange));
    add_surroundings(&mut report, store, file)?;
    Ok(report)
}

/// Adds what the names under `records/` tell.
pub fn add_names(report: &mut Report, found: &Found) {
    report.damaged.extend(found.damaged.iter().cloned());
    let temporary = found.temporary.iter().cloned();
    report.warnings.extend(temporary.map(|file| Warning::Temporary { file }));
}

/// Adds what lies around the records: key files, the page for rescue, strange files.
pub fn add_surroundings(
    report: &mut Report,
    store: &dyn Store,
    file: Option<VaultFileFault>,
) -> Result<(), VaultError> {
    let root = store.list("").map_err(|error| VaultError::io(".", error))?;
    let known = [VAULT_FILE, RESCUE_FILE, KEYS, RECORDS];
    let strange =
        root.iter().map(|listed| &listed.name).filter(|name| !known.contains(&name.as_str()));
    add_strange(report, "", strange);
    if file.is_some() {
        report.warnings.push(Warning::Incomplete { file: VAULT_FILE.to_owned() });
    }
    if !root.iter().any(|listed| listed.name == RESCUE_FILE) {
        report.warnings.push(Warning::Incomplete { file: RESCUE_FILE.to_owned() });
    }
    let listed = store.list(KEYS).unwrap_or_default();
    let strange =
        listed.iter().map(|listed| &listed.name).filter(|name| KeyName::parse(name).is_err());
    add_strange(report, KEYS, strange);
    let keys = keys::list(store)?;
    for key in &keys {
        if let Err(why) = keys::look_over(store, *key) {
            report.damaged.push(Damaged { file: key.path(), why });
        }
    }
    let count = |kind: KeyKind| keys.iter().filter(|key| key.kind == kind).count();
    if count(KeyKind::Identity) > 1 {
        report.warnings.push(Warning::SeveralPassphrases);
    }
    for (kind, name) in [(KeyKind::Identity, "identity"), (KeyKind::Recovery, "recovery")] {
        if count(kind) == 0 {
            report.warnings.push(Warning::Incomplete { file: format!("{KEYS}/{name}-*.age") });
        }
    }
    Ok(())
}

fn add_strange<'a>(report: &mut Report, dir: &str, names: impl Iterator<Item = &'a String>) {
    for name in names.filter(|name| !is_desktop_file(name)) {
        let file = join(dir, name);
        let temporary = is_temporary(name);
        let warning = if temporary { Warning::Temporary { file } } else { strange(file) };
        report.warnings.push(warning);
    }
}
