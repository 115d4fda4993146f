//! What one file carries: versions of shared things, and nothing that could be anything else.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::project::is_sound;
use super::version::{KINDS, Version};
use crate::model::{Id, Kind};

/// The most versions a file may carry.
pub const MOST: usize = 10_000;

/// The versions of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Carried {
    /// Of all things, in the order of their names.
    pub versions: Vec<Version>,
}

/// Why what a file carries is not taken. None holds a word of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CarriedError {
    /// It is no list of versions.
    #[error("the file does not hold what it should")]
    Shape,
    /// It has more than [`MOST`] versions.
    #[error("the file holds too many changes")]
    TooMany,
    /// A thing of a kind that is never shared.
    #[error("the file holds something that is never shared")]
    Kind,
}

impl Carried {
    /// As it lies in a file: one line.
    ///
    /// # Errors
    /// There are too many.
    pub fn write(&self) -> Result<Vec<u8>, CarriedError> {
        if self.versions.len() > MOST {
            return Err(CarriedError::TooMany);
        }
        serde_json::to_vec(self).map_err(|_| CarriedError::Shape)
    }

    /// Reads what a file carries. Every version is of a kind that may be shared, has only the
    /// fields that may be, and is named as its content deserves.
    ///
    /// # Errors
    /// Nothing of it is to be used then.
    pub fn read(body: &[u8]) -> Result<Carried, CarriedError> {
        let carried: Carried = serde_json::from_slice(body).map_err(|_| CarriedError::Shape)?;
        if carried.versions.len() > MOST {
            return Err(CarriedError::TooMany);
        }
        let mut kinds: BTreeMap<Id, Kind> = BTreeMap::new();
        for Version { entry, .. } in &carried.versions {
            let one_kind = *kinds.entry(entry.id).or_insert(entry.kind) == entry.kind;
            if !KINDS.contains(&entry.kind) || !one_kind {
                return Err(CarriedError::Kind);
            }
            if entry.check().is_err() || !is_sound(entry.kind, &entry.body) {
                return Err(CarriedError::Shape);
            }
        }
        Ok(carried)
    }

    /// The things that it is about.
    pub fn things(&self) -> BTreeSet<(Id, Kind)> {
        self.versions.iter().map(|version| (version.entry.id, version.entry.kind)).collect()
    }

    /// The versions of one thing.
    pub fn of(&self, id: Id) -> Vec<Version> {
        self.versions.iter().filter(|version| version.entry.id == id).cloned().collect()
    }
}
