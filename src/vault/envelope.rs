//! The three lines inside every encrypted file: the code that says who wrote it, the envelope
//! that says where it belongs, the content (`vault-format`, "A record file").
//!
//! The code is checked over the bytes as they lie, before anything is parsed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::Damage;
use super::mac::MacKey;
use super::names::{DeviceId, Hash128, VaultId};
use super::padme;

/// The version of the envelope.
pub const VERSION: u64 = 1;

/// The first line before and after its 64 digits.
const MAC_OPEN: &str = "{\"mac\":\"";
const MAC_CLOSE: &str = "\"}\n";
/// The length of the first line in bytes.
const MAC_LINE: usize = MAC_OPEN.len() + 64 + MAC_CLOSE.len();

/// A record file of some device, by its number and hash.
pub type Link = (u64, Hash128);

/// The second line of a record file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The version of the envelope.
    pub v: u64,
    /// The generation of the vault's identity.
    #[serde(rename = "gen")]
    pub generation: u32,
    /// The vault it belongs to.
    pub vault: VaultId,
    /// The computer that wrote it.
    pub dev: DeviceId,
    /// Its number on that computer.
    pub seq: u64,
    /// That computer's last acknowledged record; numbers between were attempts with an
    /// uncertain end. Nothing for the first.
    pub prev: Option<Link>,
    /// The newest records of other computers that changed since `prev`.
    pub seen: BTreeMap<DeviceId, Link>,
    /// When it was written by that computer's clock: for display, never for order.
    pub at: Timestamp,
}

/// The second line of a file of local state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalEnvelope {
    /// The version of the envelope.
    pub v: u64,
    /// The vault it belongs to.
    pub vault: VaultId,
    /// Rises with each writing; of two slots the higher counts.
    pub count: u64,
    /// How many bytes of the third line are content; the rest is padding.
    pub len: usize,
    /// When it was written, for display.
    pub at: Timestamp,
}

/// Joins the three lines and pads them. `content` must hold no line feed where the file is to
/// be read line by line; the code covers it in any case.
pub fn join(
    key: &MacKey,
    label: &str,
    envelope: &impl Serialize,
    content: &[u8],
) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
    let envelope = serde_json::to_vec(envelope)?;
    let bare = MAC_LINE + envelope.len() + 1 + content.len() + 1;
    let full = padme::padded(bare);
    let mut text = Zeroizing::new(Vec::with_capacity(full));
    text.extend_from_slice(&[0; MAC_LINE]);
    text.extend_from_slice(&envelope);
    text.push(b'\n');
    text.extend_from_slice(content);
    text.resize(full - 1, b' ');
    let code = key.code(label, &text[MAC_LINE..]);
    text.push(b'\n');
    text[..MAC_LINE].copy_from_slice(format!("{MAC_OPEN}{code}{MAC_CLOSE}").as_bytes());
    Ok(text)
}

/// How many bytes the three lines take with this content, before encryption.
pub fn joined_len(envelope: &impl Serialize, content: usize) -> Result<usize, serde_json::Error> {
    Ok(padme::padded(MAC_LINE + serde_json::to_vec(envelope)?.len() + 1 + content + 1))
}

/// Checks the code and splits off the envelope; gives the third line with its padding.
pub fn split<'a, E: DeserializeOwned>(
    key: &MacKey,
    label: &str,
    text: &'a [u8],
) -> Result<(E, &'a [u8]), Damage> {
    let (first, rest) = text.split_at_checked(MAC_LINE).ok_or(Damage::Shape)?;
    let rest = rest.strip_suffix(b"\n").ok_or(Damage::Shape)?;
    let code = first
        .strip_prefix(MAC_OPEN.as_bytes())
        .and_then(|first| first.strip_suffix(MAC_CLOSE.as_bytes()))
        .and_then(unhex)
        .ok_or(Damage::Shape)?;
    if !key.verify(label, rest, &code) {
        return Err(Damage::Mac);
    }
    let end = rest.iter().position(|byte| *byte == b'\n').ok_or(Damage::Shape)?;
    let (envelope, content) = (&rest[..end], &rest[end + 1..]);
    if version(envelope)? > VERSION {
        return Err(Damage::Newer);
    }
    let envelope = serde_json::from_slice(envelope).map_err(|_| Damage::Shape)?;
    Ok((envelope, content))
}

/// The version of the envelope in these three lines, as far as it can be made out. It is to be
/// believed only of a text whose code was checked.
pub fn version_of(text: &[u8]) -> Option<u64> {
    version(text.split(|byte| *byte == b'\n').nth(1)?).ok()
}

/// The third line with its padding, unchecked: only for a text that holds the very key of its
/// code. [`split`] has to follow.
pub fn third_line(text: &[u8]) -> Option<&[u8]> {
    text.split(|byte| *byte == b'\n').nth(2)
}

/// The version alone, so that what a newer Cairn wrote is told from what is damaged.
fn version(envelope: &[u8]) -> Result<u64, Damage> {
    #[derive(Deserialize)]
    struct Version {
        v: u64,
    }
    let version: Version = serde_json::from_slice(envelope).map_err(|_| Damage::Shape)?;
    if version.v == 0 { Err(Damage::Shape) } else { Ok(version.v) }
}

/// The bytes of 64 lower-case hexadecimal digits.
pub fn unhex(digits: &[u8]) -> Option<[u8; 32]> {
    let text = std::str::from_utf8(digits).ok()?;
    let (high, low) = text.split_at_checked(32)?;
    let (high, low): (Hash128, Hash128) = (high.parse().ok()?, low.parse().ok()?);
    let mut code = [0; 32];
    code[..16].copy_from_slice(&high.bytes());
    code[16..].copy_from_slice(&low.bytes());
    Some(code)
}
