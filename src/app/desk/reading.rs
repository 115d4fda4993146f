//! From what the vault hands out to the journal that the screens read.

use crate::model::{Body, Journal};
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

/// A record's newest version, typed; nothing where there is none.
///
/// # Errors
/// The record can't be shown.
pub fn body(vault: &OpenVault, current: Current) -> Result<Option<Body>, ReadError> {
    let id = current.id;
    Ok(Some(match current.content {
        Content::Whole(kind, json) => Body::parse(kind, &json)?,
        Content::Glance(glance) => glance.into_body()?,
        Content::Divided => {
            let Some(head) = vault.records().heads(id).last().copied() else { return Ok(None) };
            let entry = vault.entry(id, head)?;
            Body::read(entry.kind, &entry.body)?
        }
    }))
}

/// Puts a record's newest version into the journal. A glance never takes the place of a whole.
///
/// # Errors
/// The record can't be shown; the journal stays as it was.
pub fn put(journal: &mut Journal, vault: &OpenVault, current: Current) -> Result<(), ReadError> {
    let id = current.id;
    let is_short = matches!(&current.content, Content::Glance(glance) if glance.is_short());
    match body(vault, current)? {
        Some(body) if is_short => journal.put_short(id, body),
        Some(body) => journal.put(id, body),
        None => {}
    }
    Ok(())
}
