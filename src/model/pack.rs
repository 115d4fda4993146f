//! Packs: templates, modules and lists that one colleague passes to another in one file.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Extra, ReferenceList, Template};

/// A pack, as the file and the record hold it. Inside it, things name each other by their own
/// ids; in the library each stands under the pack's (`ward-nine/first-week`), so that a pack can
/// add to the library and never replace what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// The version of the form of the file.
    #[serde(rename = "cairn_pack")]
    pub format: u32,
    /// A short name that stays.
    pub id: String,
    /// Rises with every change.
    pub version: u32,
    /// What it is called.
    pub title: String,
    /// What is in it and for whom.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// Whom to send remarks and faults to: text to copy, never a link.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// How it may be used and passed on.
    pub licence: String,
    /// The templates.
    #[serde(default)]
    pub templates: Vec<Template>,
    /// The learning modules.
    #[serde(default)]
    pub modules: Vec<PackModule>,
    /// The reference lists.
    #[serde(default)]
    pub lists: Vec<ReferenceList>,
    /// When it was taken out of the library. What it held stays in the versions before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Timestamp>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A learning module as its file is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackModule {
    /// What its file is called.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Pack {
    /// The form of file that this version writes, and the newest that it reads.
    pub const FORMAT: u32 = 1;

    /// What stays of it once it is taken out of the library: its name, and nothing to use.
    #[must_use]
    pub fn without_content(self, removed: Timestamp) -> Pack {
        Pack {
            removed: Some(removed),
            templates: Vec::new(),
            modules: Vec::new(),
            lists: Vec::new(),
            ..self
        }
    }
}
