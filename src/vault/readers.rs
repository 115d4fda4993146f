//! The readers of what lies inside a vault's files, each by itself: bytes in, what they mean out.
//! They are for whoever holds the readers against bytes that nobody wrote. Nothing here opens a
//! file, and what an authentication code guards is read with its key alone.

use zeroize::Zeroizing;

pub use super::envelope::{Envelope, LocalEnvelope};
pub use super::record_file::RecordFile;

use super::error::{Damage, VaultFileFault};
use super::keys::Secrets;
use super::mac::{MacKey, RECORD_LABEL};
use super::names::VaultId;
use super::{local, open, record_file, snapshot};

/// The label that the authentication code of a record begins with.
pub const LABEL: &str = RECORD_LABEL;

/// Reads the three lines of a record file.
///
/// # Errors
/// What is wrong with them.
pub fn record(key: &MacKey, text: &[u8]) -> Result<RecordFile, Damage> {
    record_file::parse(key, text)
}

/// Reads `VAULT.json`, and gives it as Cairn would write it.
///
/// # Errors
/// What is wrong with it.
pub fn vault_file(bytes: &[u8]) -> Result<Vec<u8>, VaultFileFault> {
    let file = open::parse_vault_file(bytes)?;
    file.bytes().map_err(|_| VaultFileFault::Foreign)
}

/// Reads the identity file that a key file holds, and gives it as Cairn would write it.
pub fn identity_file(text: &[u8]) -> Option<Zeroizing<String>> {
    Secrets::parse(text).map(|secrets| secrets.identity_file())
}

/// Reads the three lines of a file of local state, and gives its envelope and content. `path` is
/// within the vault's local state.
///
/// # Errors
/// What is wrong with them.
pub fn local_file(
    key: &MacKey,
    vault: VaultId,
    path: &str,
    text: &[u8],
) -> Result<(LocalEnvelope, Zeroizing<Vec<u8>>), Damage> {
    local::parse(key, vault, path, Zeroizing::new(text.to_vec()))
}

/// Reads the content of the local snapshot's list, and gives it as Cairn would write it.
pub fn snapshot_list(content: &[u8]) -> Option<Vec<u8>> {
    snapshot::List::parse(content)?.bytes()
}

/// Reads what the lists show from the local snapshot, and gives it as Cairn would write it.
pub fn snapshot_shown(content: &[u8]) -> Option<Vec<u8>> {
    let shown: Vec<snapshot::Shown> = postcard::from_bytes(content).ok()?;
    postcard::to_stdvec(&shown).ok()
}

/// Reads the texts in a segment of the local snapshot, and gives them as Cairn would write them.
pub fn snapshot_texts(content: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for text in snapshot::parse_texts(content)? {
        snapshot::append(&mut bytes, &text);
    }
    Some(bytes)
}
