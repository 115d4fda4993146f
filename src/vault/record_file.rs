//! One record file: one save, wholly there or not at all.

use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use super::envelope::{self, Envelope};
use super::error::{Damage, VaultError};
use super::keys::Secrets;
use super::mac::{MacKey, RECORD_LABEL};
use super::names::{Hash128, RecordName};
use super::seal::{self, SealError};
use super::store::{MAX_FILE, Store};
use crate::model::attachment::without_bytes;
use crate::model::{Entry, Kind};

/// The largest record file without an attachment, in bytes on disk.
pub const MAX_RECORD: u64 = 1024 * 1024;
/// The least that encryption adds to the plain text, in bytes: header, nonce and one tag.
const LEAST_OVERHEAD: u64 = 200;

/// What a sound record file holds.
#[derive(Debug)]
pub struct RecordFile {
    /// Where it belongs and what came before it.
    pub envelope: Envelope,
    /// The entries of kinds that this version knows, each with a name that fits.
    pub entries: Vec<Entry>,
    /// Their bodies as RFC 8785 JSON, in the same order; those of attachments without the bytes,
    /// which are read when they are wanted.
    pub bodies: Vec<Box<str>>,
    /// Whether it also holds kinds that this version does not know.
    pub has_unknown: bool,
}

/// Encrypts a record file. Gives an error when it would be too large, before anything is
/// encrypted, and when it would not read back as what it was. Also gives what was read back.
pub fn build(
    secrets: &Secrets,
    envelope: &Envelope,
    entries: &[Entry],
) -> Result<(Vec<u8>, RecordFile), VaultError> {
    let content = Zeroizing::new(serde_json::to_vec(entries).map_err(|_| VaultError::NotTheSame)?);
    let limit = limit(entries);
    let plain =
        envelope::joined_len(envelope, content.len()).map_err(|_| VaultError::NotTheSame)?;
    check_size(plain, LEAST_OVERHEAD, limit)?;
    let text = envelope::join(&secrets.records, RECORD_LABEL, envelope, &content)
        .map_err(|_| VaultError::NotTheSame)?;
    let read = parse(&secrets.records, &text).map_err(|_| VaultError::NotTheSame)?;
    if read.envelope != *envelope || read.entries != entries || read.has_unknown {
        return Err(VaultError::NotTheSame);
    }
    let sealed = secrets.identity.encrypt(&text).map_err(|_| VaultError::NotTheSame)?;
    check_size(sealed.len(), 0, limit)?;
    Ok((sealed, read))
}

/// Reads a record file, in the order that the format demands: nothing is parsed before the hash,
/// the header, the encryption and the code have been found good.
pub fn read(store: &dyn Store, secrets: &Secrets, name: RecordName) -> Result<RecordFile, Damage> {
    let sealed = sealed(store, name)?;
    let text = secrets.identity.decrypt(&sealed).map_err(|why| match why {
        SealError::Header => Damage::Header,
        _ => Damage::Decrypt,
    })?;
    let file = parse(&secrets.records, &text)?;
    let Envelope { generation, vault, dev, seq, .. } = file.envelope;
    if (generation, vault, dev, seq) != (secrets.generation, secrets.vault, name.device, name.seq) {
        return Err(Damage::Place);
    }
    if len(&sealed) > limit(&file.entries) && !file.has_unknown {
        return Err(Damage::TooLarge);
    }
    Ok(file)
}

/// What can be said of a record file without a key.
pub fn look_over(store: &dyn Store, name: RecordName) -> Result<(), Damage> {
    sealed(store, name).map(|_| ())
}

/// The bytes of a record file, after all that can be checked without a key.
pub fn sealed(store: &dyn Store, name: RecordName) -> Result<Vec<u8>, Damage> {
    let sealed = store.read(&name.path(), MAX_FILE).map_err(|error| Damage::io(&error))?;
    check_sealed(&sealed, name)?;
    Ok(sealed)
}

fn check_sealed(sealed: &[u8], name: RecordName) -> Result<(), Damage> {
    if sealed.is_empty() {
        return Err(Damage::Empty);
    }
    if Hash128::of(sealed) != name.hash {
        return Err(Damage::Hash);
    }
    seal::scan_header(sealed).map_err(|_| Damage::Header)
}

/// Reads the three lines.
pub fn parse(key: &MacKey, text: &[u8]) -> Result<RecordFile, Damage> {
    let (envelope, content) = envelope::split(key, RECORD_LABEL, text)?;
    if content.contains(&b'\n') {
        return Err(Damage::Shape);
    }
    let (entries, has_unknown) = match serde_json::from_slice::<Vec<Entry>>(content) {
        Ok(entries) => (entries, false),
        Err(_) => parse_known(content)?,
    };
    if entries.is_empty() && !has_unknown {
        return Err(Damage::Shape);
    }
    let bodies = entries.iter().map(|entry| {
        let body = entry.check()?;
        Ok(match entry.kind {
            Kind::Attachment => without_bytes(&entry.body).into(),
            _ => Box::from(body),
        })
    });
    let bodies = bodies.collect::<Result<_, _>>().map_err(Damage::Entry)?;
    Ok(RecordFile { envelope, entries, bodies, has_unknown })
}

/// Reads the entries of known kinds from a file that also has others.
fn parse_known(content: &[u8]) -> Result<(Vec<Entry>, bool), Damage> {
    let values: Vec<Value> = serde_json::from_slice(content).map_err(|_| Damage::Shape)?;
    let (known, unknown): (Vec<Value>, Vec<Value>) = values.into_iter().partition(has_known_kind);
    let entries: Result<Vec<Entry>, _> = known.iter().map(Entry::deserialize).collect();
    Ok((entries.map_err(|_| Damage::Shape)?, !unknown.is_empty()))
}

/// Whether this version can read the entry; one without any kind counts as known and damaged.
fn has_known_kind(entry: &Value) -> bool {
    match entry.get("kind") {
        Some(kind @ Value::String(_)) => Kind::deserialize(kind).is_ok(),
        _ => true,
    }
}

/// The most bytes on disk for these entries.
fn limit(entries: &[Entry]) -> u64 {
    let attached = entries.iter().any(|entry| entry.kind == Kind::Attachment);
    if attached { MAX_FILE } else { MAX_RECORD }
}

fn check_size(bytes: usize, more: u64, limit: u64) -> Result<(), VaultError> {
    let size = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_add(more);
    if size > limit { Err(VaultError::TooLarge { size, limit }) } else { Ok(()) }
}

fn len(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}
