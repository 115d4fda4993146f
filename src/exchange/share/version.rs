//! One shared version of one thing, as a vault keeps it and as a file carries it.

use serde::{Deserialize, Serialize};

use crate::model::merge::Write;
use crate::model::{Entry, Id, Kind, Rev};

/// What may travel, by kind. The bodies are made from allow-lists ([`super::project`]), so what
/// is Private has no way into one.
pub const KINDS: [Kind; 3] = [Kind::Plan, Kind::Session, Kind::Action];

/// Who made a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The owner of this vault.
    Mine,
    /// The other of the pair, whatever author it names.
    Theirs,
}

/// A version of a shared thing. Its name and its parents are those of shared versions: what a
/// vault keeps for itself between two files never travels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The version: which thing, from which versions, saying what.
    pub entry: Entry,
    /// Versions of the same maker that this one stands for. They may never have arrived, and
    /// they are not sent again: words that were taken back since are in no later file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instead_of: Vec<Rev>,
    /// What its maker said as well as the other, and what is still to be decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub writes: Vec<Write>,
    /// In a file: that whoever takes it made it, and whoever sends it did not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub returned: bool,
}

impl Version {
    /// A version of which nothing more is to be said.
    pub const fn new(entry: Entry) -> Version {
        Version { entry, instead_of: Vec::new(), writes: Vec::new(), returned: false }
    }

    /// Who made it, for whoever takes it from a file.
    pub const fn maker(&self) -> Whose {
        if self.returned { Whose::Mine } else { Whose::Theirs }
    }

    /// Whether it leaves something to be decided.
    pub fn is_open(&self) -> bool {
        self.writes.iter().any(|write| !write.beside.is_empty())
    }
}

/// A version as it is kept, in a record of kind `shared`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The other of the pair.
    pub person: Id,
    /// Which pair.
    pub pair: String,
    /// Who made it.
    pub whose: Whose,
    /// The versions of the vault's own record that hold what it says. None while the person
    /// has not decided between it and their own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Rev>,
    /// The version.
    #[serde(flatten)]
    pub version: Version,
}
