//! Revisions: one version of one record, and how it is named.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Id, Kind};

/// The name of a revision: the first 128 bits of SHA-256 over the entry without its `rev`,
/// written as RFC 8785 JSON. Two machines that make the same change make the same revision.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rev([u8; 16]);

/// The text is not 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a revision: a revision is 32 lower-case hexadecimal digits")]
pub struct RevError;

/// What is wrong with an entry, apart from its body's own shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// A name of a field holds a character outside ASCII; their order would be uncertain.
    #[error("a field name holds a character that is not ASCII")]
    Key,
    /// A number is a fraction, or too large for every reader to hold exactly.
    #[error("a number is not a whole number below 2^53")]
    Number,
    /// More parents than [`Entry::MAX_PARENTS`].
    #[error("an entry names more than 64 parents")]
    Parents,
    /// The stored name does not fit the content.
    #[error("the revision's name does not fit its content")]
    Name,
}

/// One record's version, as it lies in a record file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// What sort of thing it is.
    pub kind: Kind,
    /// Which thing it is, the same over all its versions.
    pub id: Id,
    /// The name of this version.
    pub rev: Rev,
    /// The versions it was made from: none for the first, several for a merge. Sorted.
    pub parents: Vec<Rev>,
    /// The content.
    pub body: Value,
}

impl Rev {
    /// Its sixteen bytes.
    pub const fn bytes(self) -> [u8; 16] {
        self.0
    }
}

impl Entry {
    /// The most parents an entry may name.
    pub const MAX_PARENTS: usize = 64;

    /// Makes a version and names it. The parents are sorted, doubles removed.
    pub fn new(
        kind: Kind,
        id: Id,
        mut parents: Vec<Rev>,
        body: Value,
    ) -> Result<Entry, EntryError> {
        parents.sort_unstable();
        parents.dedup();
        let mut entry = Entry { kind, id, rev: Rev([0; 16]), parents, body };
        entry.rev = entry.named()?;
        Ok(entry)
    }

    /// Checks that the entry keeps the rules and that its name fits its content. Gives the body
    /// as RFC 8785 JSON, which the check needs anyway.
    pub fn check(&self) -> Result<String, EntryError> {
        let body = self.canonical_body()?;
        if !self.parents.is_sorted() || self.named_by(&body) != self.rev {
            return Err(EntryError::Name);
        }
        Ok(body)
    }

    /// The name that the content deserves.
    fn named(&self) -> Result<Rev, EntryError> {
        Ok(self.named_by(&self.canonical_body()?))
    }

    fn canonical_body(&self) -> Result<String, EntryError> {
        if self.parents.len() > Self::MAX_PARENTS {
            return Err(EntryError::Parents);
        }
        canonical(&self.body)?;
        // `serde_json` keeps keys in byte order and writes strings and whole numbers as
        // RFC 8785 does; `canonical` has refused what it would write differently.
        Ok(self.body.to_string())
    }

    /// The name of an entry with this body in RFC 8785 form. The other fields are written in
    /// the order of their names.
    fn named_by(&self, body: &str) -> Rev {
        let mut hash = Sha256::new();
        hash.update(b"{\"body\":");
        hash.update(body);
        let Entry { id, kind, parents, .. } = self;
        hash.update(format!(",\"id\":\"{id}\",\"kind\":\"{}\",\"parents\":[", kind.word()));
        for (at, parent) in parents.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            hash.update(format!("{comma}\"{parent}\""));
        }
        hash.update(b"]}");
        let mut name = [0; 16];
        name.copy_from_slice(&hash.finalize()[..16]);
        Rev(name)
    }
}

/// Refuses JSON whose RFC 8785 form would need more than sorted ASCII keys and whole numbers.
fn canonical(value: &Value) -> Result<(), EntryError> {
    const LIMIT: u64 = 1 << 53;
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
        Value::Number(number) => {
            let whole = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
            if whole.is_some_and(|n| n < LIMIT) { Ok(()) } else { Err(EntryError::Number) }
        }
        Value::Array(items) => items.iter().try_for_each(canonical),
        Value::Object(fields) => fields.iter().try_for_each(|(key, value)| {
            if key.is_ascii() { canonical(value) } else { Err(EntryError::Key) }
        }),
    }
}

impl FromStr for Rev {
    type Err = RevError;

    fn from_str(text: &str) -> Result<Self, RevError> {
        let digits = text.as_bytes();
        if digits.len() != 32 {
            return Err(RevError);
        }
        let mut name = [0; 16];
        for (byte, pair) in name.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Ok(Rev(name))
    }
}

fn nibble(digit: u8) -> Result<u8, RevError> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(RevError),
    }
}

impl fmt::Display for Rev {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Rev {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Rev {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Rev {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return <[u8; 16]>::deserialize(deserializer).map(Rev);
        }
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
