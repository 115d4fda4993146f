//! From what the vault hands out to what the screens read.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::arrivals::is_short;
use crate::model::merge::{self, Merged, Version};
use crate::model::{Body, Entry, Id, Journal, Kind, Rev, record};
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

/// What opening makes of all that the vault hands out.
#[derive(Default)]
pub struct Gathered {
    /// What could be shown.
    pub journal: Journal,
    /// What could not.
    pub shapeless: BTreeSet<Id>,
    /// How many fields of which records the person has to decide.
    pub unsettled: BTreeMap<Id, usize>,
}

/// Types the newest versions of all records, on all cores.
pub fn gather(vault: &OpenVault, currents: Vec<Current>) -> Gathered {
    let (divided, sole): (Vec<Current>, Vec<Current>) =
        currents.into_iter().partition(|current| current.content == Content::Divided);
    let typed = sole.into_par_iter().map(|current| {
        let (id, short) = (current.id, is_short(&current));
        sole_body(current.content).map(|body| (id, body, short)).ok_or(id)
    });
    let typed: Vec<Result<(Id, Body, bool), Id>> = typed.collect();
    let mut gathered = Gathered::default();
    let shapeless = &mut gathered.shapeless;
    let known = typed.into_iter().filter_map(|typed| typed.map_err(|id| shapeless.insert(id)).ok());
    gathered.journal = Journal::of(known.collect());
    for current in divided {
        let id = current.id;
        match shown(vault, current) {
            Ok(shown) => {
                gathered.journal.put(id, shown.body);
                gathered.unsettled.extend((shown.unsettled > 0).then_some((id, shown.unsettled)));
            }
            Err(_) => drop(gathered.shapeless.insert(id)),
        }
    }
    gathered
}

fn sole_body(content: Content) -> Option<Body> {
    match content {
        Content::Whole(kind, json) => Body::parse(kind, &json).ok(),
        Content::Glance(glance) => glance.into_body().ok(),
        Content::Divided => None,
    }
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
    // A pairing is merged by rules of its own: nobody is asked.
    let unsettled = if kind == Kind::Pairing { 0 } else { merged.conflicts.len() };
    Ok(Shown { body, unsettled })
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
    let needed = merge::needed(|rev| graph.get(&rev).copied(), |_| false, heads);
    let entries: Vec<Entry> =
        needed.into_iter().filter_map(|rev| vault.entry(id, rev).ok()).map(without_keys).collect();
    let versions: Vec<Version<'_>> = entries
        .iter()
        .map(|Entry { rev, parents, body, .. }| Version { rev: *rev, parents, body, writes: &[] })
        .collect();
    let kind = records.kind(id).ok_or(VaultError::NoSuchRecord)?;
    merge::merge(kind, &versions, heads).ok_or(VaultError::NoSuchRecord)
}

/// A version as it may be shown.
fn without_keys(entry: Entry) -> Entry {
    Entry { body: record::shown(entry.kind, entry.body), ..entry }
}

/// Reads many texts on all cores. One that can't be shown is left out: it was named at opening.
pub fn parse_all(texts: Vec<Current>) -> Vec<(Id, Body)> {
    let parse = |current: Current| match current.content {
        Content::Whole(kind, json) => Some((current.id, Body::parse(kind, &json).ok()?)),
        Content::Glance(_) | Content::Divided => None,
    };
    texts.into_par_iter().filter_map(parse).collect()
}
