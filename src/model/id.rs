//! Identities of records.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A ULID: 26 characters, the first ten hold the time of making in milliseconds.
///
/// Identities name draft files, so the text form is exactly the 26 upper-case characters of
/// Crockford's base 32 and nothing else is accepted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(ulid::Ulid);

/// What is kept beside a record in a draft of its own: the record's own draft may hold other words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// What is chosen for the places that two computers changed.
    Choices,
    /// Forms that are half typed.
    Forms,
}

/// The text is not exactly one ULID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identity: an identity is 26 characters, digits and capital letters")]
pub struct IdError;

impl Id {
    /// A new identity from the time in milliseconds since 1970 and 80 random bits
    /// (the low 80 bits of `random` count).
    pub const fn new(unix_ms: u64, random: u128) -> Self {
        Id(ulid::Ulid::from_parts(unix_ms, random))
    }

    /// An identity that belongs to this one and to no other, for what is kept beside a record. It
    /// has the same time and other random bits; the other way round gives this one again.
    pub const fn beside(self, what: Beside) -> Id {
        const RANDOM: u128 = (1 << 80) - 1;
        let turned = match what {
            Beside::Choices => RANDOM,
            Beside::Forms => RANDOM / 3,
        };
        Id(ulid::Ulid(self.0.0 ^ turned))
    }

    /// When the record was made, in milliseconds since 1970, by the clock of its maker.
    pub const fn unix_ms(self) -> u64 {
        self.0.timestamp_ms()
    }
}

impl FromStr for Id {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let id = ulid::Ulid::from_string(text).map_err(|_| IdError)?;
        // The decoder forgives lower case and look-alike letters; a file name may not.
        if id.to_string() == text { Ok(Id(id)) } else { Err(IdError) }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_u128(self.0.0)
        }
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return u128::deserialize(deserializer).map(|bits| Id(ulid::Ulid(bits)));
        }
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
