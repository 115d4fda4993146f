//! Receipts: what left this computer, to whom, when.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::session::Kept;
use super::{Extra, Id};

/// Written to the journal after every export and every backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Whom it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Id>,
    /// What left, in words ("ARCP summary, 5 August 2026 to 9 June 2027").
    pub what: String,
    /// To whom, as far as the person said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// The kind of file ("pdf", "md", "txt", "json").
    pub format: String,
    /// The name of the file, without its folder.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// How many lines For the ARCP it held.
    pub lines: u32,
    /// SHA-256 of the bytes that left, in lower-case hexadecimal.
    pub sha256: String,
    /// When it left.
    pub at: Timestamp,
    /// What was taken for a detail that points to somebody, and left all the same, with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
    /// What a backup held; nothing for anything else that left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<BackedUp>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What a backup held when it was made, without the file of the receipt itself. The receipt's
/// `sha256` is that of all the files' paths, sorted, each with a line feed; a path ends with the
/// hash of the file's bytes, so the number stands for every byte of the backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackedUp {
    /// Which vault it was of: receipts are taken along when a vault moves to a new key.
    pub vault: String,
    /// How many record files.
    pub files: u64,
    /// How many more there were that could not be read and so were not copied.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub damaged: u64,
    /// The newest file of each computer: its number and hash.
    pub heads: BTreeMap<String, (u64, String)>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl BackedUp {
    /// How far the record had come: the sum of the numbers of its newest files. It only grows,
    /// so of two backups it says which is the later one, whatever the clocks said.
    pub fn reach(&self) -> u64 {
        self.heads.values().fold(0, |sum, (seq, _)| sum.saturating_add(*seq))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is that of serde")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Receipt {
    /// A receipt of something that is no summary: `what` it is, made at `at`.
    pub fn of(what: impl Into<String>, at: Timestamp) -> Receipt {
        Receipt {
            person: None,
            what: what.into(),
            to: String::new(),
            format: String::new(),
            file: String::new(),
            lines: 0,
            sha256: String::new(),
            at,
            kept: Vec::new(),
            backup: None,
            extra: Extra::new(),
        }
    }
}
