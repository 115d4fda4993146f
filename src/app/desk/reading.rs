//! From what the vault hands out to what the screens read.

use rayon::prelude::*;

use super::arrivals::is_short;
use crate::model::{Body, Id, Journal};
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

/// Puts a record's newest version into the journal. A glance never takes the place of a whole.
///
/// # Errors
/// The record can't be shown; the journal stays as it was.
pub fn put(journal: &mut Journal, vault: &OpenVault, current: Current) -> Result<(), ReadError> {
    let (id, short) = (current.id, is_short(&current));
    match body(vault, current)? {
        Some(body) if short => journal.put_short(id, body),
        Some(body) => journal.put(id, body),
        None => {}
    }
    Ok(())
}

/// A record's newest version, typed; nothing where there is none.
///
/// # Errors
/// The record can't be shown.
pub fn body(vault: &OpenVault, current: Current) -> Result<Option<Body>, ReadError> {
    let id = current.id;
    Ok(match current.content {
        Content::Whole(kind, json) => Some(Body::parse(kind, &json)?),
        Content::Glance(glance) => Some(glance.into_body()?),
        Content::Divided => match vault.records().heads(id).last() {
            Some(head) => {
                let entry = vault.entry(id, *head)?;
                Some(Body::read(entry.kind, &entry.body)?)
            }
            None => None,
        },
    })
}

/// Reads many texts on all cores. One that can't be shown is left out: it was named at opening.
pub fn parse_all(texts: Vec<Current>) -> Vec<(Id, Body)> {
    let parse = |current: Current| match current.content {
        Content::Whole(kind, json) => Some((current.id, Body::parse(kind, &json).ok()?)),
        Content::Glance(_) | Content::Divided => None,
    };
    texts.into_par_iter().filter_map(parse).collect()
}
