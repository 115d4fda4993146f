//! Files attached to records.

use std::fmt;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{Extra, Id};

/// The largest file that can be attached, in bytes (`vault-format`, "A record file", Limits).
pub const MAX_ATTACHMENT: u64 = 10 * 1024 * 1024;

/// The field of the body that holds the bytes.
const DATA: &str = "data";

/// A file attached to a record. In the journal it is without its bytes, which are read when they
/// are wanted; one without them can't be written, so that none is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Whom it is about, so that it is erased with them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Id>,
    /// The record it belongs to.
    pub record: Id,
    /// What the file was called: for reading alone. A file is never written under it as it is.
    pub name: String,
    /// What sort of file, as far as its name tells ("application/pdf").
    pub media_type: String,
    /// How many bytes it has.
    pub size: u64,
    /// When it was taken off the record. Its bytes stay in the versions before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Timestamp>,
    /// The bytes; nothing when they have not been read, or when it was taken off.
    #[serde(default, rename = "data", skip_serializing_if = "Option::is_none")]
    pub bytes: Option<Bytes>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Attachment {
    /// Whether it can be written: nothing that it holds is missing.
    pub const fn is_whole(&self) -> bool {
        self.bytes.is_some() || self.removed.is_some()
    }
}

/// The body of an attachment without its bytes, as JSON; any other body as it is.
pub fn without_bytes(body: &Value) -> String {
    let Value::Object(fields) = body else { return body.to_string() };
    let rest = fields.iter().filter(|(name, _)| *name != DATA);
    Value::Object(rest.map(|(name, value)| (name.clone(), value.clone())).collect()).to_string()
}

/// The bytes of a file. As JSON they are base 64 (RFC 4648, section 4).
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.0.len())
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        decode(&text).map(Bytes).ok_or_else(|| D::Error::custom("not base 64"))
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as base 64 on one line, padded (RFC 4648, section 4).
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            if at <= three.len() {
                let index = (bits >> (18 - 6 * at)) & 0x3f;
                text.push(char::from(ALPHABET[index as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// Reads exactly what [`encode`] writes; of two texts for the same bytes only one is taken.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.as_bytes();
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (last, others) = match text.len().checked_sub(4) {
        Some(at) => (&text[at..], &text[..at]),
        None => return Some(bytes),
    };
    for four in others.chunks_exact(4) {
        let bits: u32 = four.iter().try_fold(0, |bits, c| Some(bits << 6 | digit(*c)?))?;
        bytes.extend_from_slice(&bits.to_be_bytes()[1..]);
    }
    let padding = last.iter().rev().take_while(|c| **c == b'=').count();
    if padding > 2 {
        return None;
    }
    let digits = &last[..4 - padding];
    let bits: u32 = digits.iter().try_fold(0, |bits, c| Some(bits << 6 | digit(*c)?))?;
    let three = (bits << (6 * padding)).to_be_bytes();
    let (kept, spare) = three[1..].split_at(3 - padding);
    bytes.extend_from_slice(kept);
    spare.iter().all(|byte| *byte == 0).then_some(bytes)
}

fn digit(c: u8) -> Option<u32> {
    Some(u32::from(match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}
