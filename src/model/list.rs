//! Reference lists, as data: capabilities, outcomes, exams.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Extra;

/// A list to choose from or to look up, with its date and its sources. Loading and checking are
/// the work of `library`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferenceList {
    /// A short name that stays (`gpc`).
    pub id: String,
    /// Rises with every change.
    pub version: u32,
    /// The title on screen.
    pub title: String,
    /// What it is, and who keeps it.
    pub about: String,
    /// The year and month in which it was checked: "2026-10".
    pub checked: String,
    /// What is unsure in it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unsure: String,
    /// Where it comes from, with dates.
    pub sources: Vec<String>,
    /// What it holds, in order.
    pub items: Vec<ListItem>,
    /// When a person's own list was taken out of the library. Its content stays in the versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Timestamp>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// One item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListItem {
    /// Unique within its list.
    pub code: String,
    /// The official name.
    pub title: String,
    /// What it means, in our words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// The heading it stands under.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// What is unsure about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unsure: String,
}

impl ReferenceList {
    /// The item with this code.
    pub fn item(&self, code: &str) -> Option<&ListItem> {
        self.items.iter().find(|item| item.code == code)
    }
}
