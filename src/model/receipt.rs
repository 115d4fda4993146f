//! Receipts: what left this computer, to whom, when.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Extra, Id};

/// Written to the journal after every export.
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
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}
