//! From what the vault hands out to what the screens read.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::arrivals::is_short;
use crate::model::merge::{self, Merged, Version};
use crate::model::{Body, Entry, Id, Journal, Rev};
use crate::vault::{Content, Current, OpenVault, VaultError};

/// Why a record could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It does not have the shape of its kind.
    #[error("it does not hold a record of this format")]
    Shape(#[from] serde_json::Error),
    /// Its file could not be read.
    #[error("{0}")]
    Vault(#[from] VaultError),
}

/// A record as it is shown.
pub struct Shown {
    /// What it holds.
    pub body: Body,
    /// How many fields the person has to decide, because two computers changed them.
    pub unsettled: usize,
}

/// Puts a record's newest version into the journal. A glance never takes the place of a whole.
/// Gives how many fields the person has to decide.
///
/// # Errors
/// The record can't be shown; the journal stays as it was.
pub fn put(journal: &mut Journal, vault: &OpenVault, current: Current) -> Result<usize, ReadError> {
    let (id, short) = (current.id, is_short(&current));
    let Shown { body, unsettled } = shown(vault, current)?;
    if short {
        journal.put_short(id, body);
    } else {
        journal.put(id, body);
    }
    Ok(unsettled)
}

/// A record's newest version, typed; several are merged by field.
///
/// # Errors
/// The record can't be shown.
pub fn shown(vault: &OpenVault, current: Current) -> Result<Shown, ReadError> {
    let id = current.id;
    let body = match current.content {
        Content::Whole(kind, json) => Body::parse(kind, &json)?,
        Content::Glance(glance) => glance.into_body()?,
        Content::Divided => return divided(vault, id),
    };
    Ok(Shown { body, unsettled: 0 })
}

fn divided(vault: &OpenVault, id: Id) -> Result<Shown, ReadError> {
    let heads = vault.records().heads(id);
    let kind = vault.records().kind(id).ok_or(VaultError::NoSuchRecord)?;
    let merged = merged(vault, id, &heads)?;
    let body = match (Body::read(kind, &merged.body), heads.last()) {
        (Err(_), Some(head)) => Body::read(kind, &vault.entry(id, *head)?.body)?,
        (read, _) => read?,
    };
    Ok(Shown { body, unsettled: merged.conflicts.len() })
}

/// These newest versions of a record, merged by field. A version between that can't be read
/// counts as missing.
///
/// # Errors
/// None of the newest versions can be read.
pub fn merged(vault: &OpenVault, id: Id, heads: &[Rev]) -> Result<Merged, VaultError> {
    let records = vault.records();
    let graph: BTreeMap<Rev, &[Rev]> =
        records.revisions(id).map(|version| (version.rev, version.parents.as_slice())).collect();
    let needed = merge::needed(|rev| graph.get(&rev).copied(), heads);
    let entries: Vec<Entry> =
        needed.into_iter().filter_map(|rev| vault.entry(id, rev).ok()).collect();
    let versions: Vec<Version<'_>> = entries
        .iter()
        .map(|Entry { rev, parents, body, .. }| Version { rev: *rev, parents, body })
        .collect();
    let kind = records.kind(id).ok_or(VaultError::NoSuchRecord)?;
    merge::merge(kind, &versions, heads).ok_or(VaultError::NoSuchRecord)
}

/// Reads many texts on all cores. One that can't be shown is left out: it was named at opening.
pub fn parse_all(texts: Vec<Current>) -> Vec<(Id, Body)> {
    let parse = |current: Current| match current.content {
        Content::Whole(kind, json) => Some((current.id, Body::parse(kind, &json).ok()?)),
        Content::Glance(_) | Content::Divided => None,
    };
    texts.into_par_iter().filter_map(parse).collect()
}
