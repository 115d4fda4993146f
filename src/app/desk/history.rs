//! Every version of a record, read for the screens, and what a save makes of several.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;

use super::{Desk, reading};
use crate::app::draft::Change;
use crate::app::history::{Computer, History, Version};
use crate::app::notice::Notice;
use crate::app::settling::Settling;
use crate::model::record::shown;
use crate::model::{Entry, Id, Kind, Rev};
use crate::vault::{DeviceId, OpenVault, Revision, VaultError};

impl Desk {
    /// Every version of a record that can be read, the oldest first.
    pub(super) fn history(&mut self, id: Id) -> Result<Box<History>, Notice> {
        let settling = self.settling(id);
        let read = self.vault().and_then(|vault| read(vault, id));
        let with_chosen = |mut history: History| {
            let is_open = history.merged.as_ref().is_some_and(|one| !one.conflicts.is_empty());
            match settling {
                Some(settling) if is_open => history.chosen = settling.into_choices(),
                // It was settled elsewhere, so there is nothing left to choose.
                Some(_) => self.clear_draft(Settling::draft_of(id)),
                None => {}
            }
            Box::new(history)
        };
        read.map(with_chosen).map_err(|error| Notice::from(&error))
    }
}

fn read(vault: &OpenVault, id: Id) -> Result<History, VaultError> {
    let records = vault.records();
    let kind = records.kind(id).ok_or(VaultError::NoSuchRecord)?;
    let heads = records.heads(id);
    let here = vault.device();
    let others: BTreeSet<DeviceId> = records
        .revisions(id)
        .map(Revision::device)
        .filter(|device| Some(*device) != here)
        .collect();
    let several = others.len() > 1;
    let mut versions = Vec::new();
    let mut unreadable = 0;
    for revision in oldest_first(records.revisions(id)) {
        match vault.entry(id, revision.rev) {
            Ok(Entry { rev, parents, body, .. }) => versions.push(Version {
                rev,
                parents,
                at: revision.at,
                by: computer(revision.device(), here, several),
                is_newest: heads.contains(&rev),
                body: shown(kind, body),
            }),
            Err(_) => unreadable += 1,
        }
    }
    let merged = (heads.len() > 1).then(|| reading::merged(vault, id, &heads)).transpose()?;
    Ok(History { id, kind, versions, unreadable, merged, chosen: BTreeMap::new() })
}

fn computer(device: DeviceId, here: Option<DeviceId>, several: bool) -> Computer {
    if Some(device) == here {
        return Computer::This;
    }
    Computer::Another(several.then(|| device.to_string().chars().take(4).collect()))
}

/// Each version after those it was made from; side by side, the order of their clocks.
fn oldest_first<'a>(revisions: impl Iterator<Item = &'a Revision>) -> Vec<&'a Revision> {
    let all: BTreeMap<Rev, &Revision> =
        revisions.map(|revision| (revision.rev, revision)).collect();
    let mut children: BTreeMap<Rev, Vec<Rev>> = BTreeMap::new();
    let mut waits_for: BTreeMap<Rev, usize> = BTreeMap::new();
    for revision in all.values() {
        let known: Vec<Rev> =
            revision.parents.iter().filter(|parent| all.contains_key(parent)).copied().collect();
        waits_for.insert(revision.rev, known.len());
        for parent in known {
            children.entry(parent).or_default().push(revision.rev);
        }
    }
    let free = waits_for.iter().filter(|(_, count)| **count == 0).map(|(rev, _)| *rev);
    let mut ready: BTreeSet<(Timestamp, Rev)> =
        free.filter_map(|rev| Some((all.get(&rev)?.at, rev))).collect();
    let mut order = Vec::with_capacity(all.len());
    while let Some((_, rev)) = ready.pop_first() {
        order.extend(all.get(&rev).copied());
        for child in children.remove(&rev).unwrap_or_default() {
            let Some(count) = waits_for.get_mut(&child) else { continue };
            *count = count.saturating_sub(1);
            if *count == 0 {
                ready.extend(all.get(&child).map(|child| (child.at, child.rev)));
            }
        }
    }
    order
}

/// The versions that a save keeps of a record; none where nothing was changed.
///
/// # Errors
/// The change can't be written as a record.
pub fn entries(
    vault: &OpenVault,
    change: &Change,
    parents: &[Rev],
    decides: bool,
) -> Result<Vec<Entry>, VaultError> {
    let (id, kind) = (change.id, change.body.kind());
    if kind == Kind::Pairing {
        // What the screens hold of one is without its keys: only `desk::pairing` saves one.
        return Err(VaultError::NotTheSame);
    }
    let body = change.body.write().map_err(|_| VaultError::NotTheSame)?;
    let mut entries = Vec::with_capacity(1);
    for body in bodies(vault, id, parents, body, decides) {
        if !holds(vault, parents, kind, id, &body)? {
            entries.push(Entry::new(kind, id, parents.to_vec(), body)?);
        }
    }
    Ok(entries)
}

/// Where a save is made from several versions and the person was not asked about what they hold
/// side by side, each side goes on standing beside the new version; and showing them merged is
/// no change.
fn bodies(vault: &OpenVault, id: Id, parents: &[Rev], body: Value, decides: bool) -> Vec<Value> {
    if parents.len() < 2 || decides {
        return vec![body];
    }
    match reading::merged(vault, id, parents) {
        Ok(merged) if merged.body == body => Vec::new(),
        Ok(merged) => merged.with_open_conflicts(&body),
        // What can't be read can't be kept beside it; the versions themselves stay.
        Err(_) => vec![body],
    }
}

/// Whether the one version that a new one would be made from holds the same already.
fn holds(
    vault: &OpenVault,
    parents: &[Rev],
    kind: Kind,
    id: Id,
    body: &Value,
) -> Result<bool, VaultError> {
    let [parent] = parents else { return Ok(false) };
    let Some(held) = vault.records().revision(id, *parent) else { return Ok(false) };
    // A version with the same parents and the same name holds the same.
    Ok(Entry::new(kind, id, held.parents.clone(), body.clone())?.rev == held.rev)
}
