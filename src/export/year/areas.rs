//! The seven areas for educators and what shows each: dated data in `assets/evidence`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

const FILE: &str = include_str!("../../../assets/evidence/aome.json");

/// Which templates show which area, and which of them are coaching.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The list of the areas (`aome`).
    pub id: String,
    /// Rises with every change.
    pub version: u32,
    /// What it is.
    pub about: String,
    /// The year and month in which it was checked: "2026-11".
    pub checked: String,
    /// What is unsure in it.
    pub unsure: String,
    /// Where it comes from, with dates.
    pub sources: Vec<String>,
    /// The areas, in order.
    pub areas: Vec<Area>,
    /// The purposes of coaching.
    pub coaching: Vec<Shows>,
}

/// An area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Its number in the list: "1" to "7".
    pub code: String,
    /// Its title beside the page.
    pub title: String,
    /// Its title in the table.
    pub short: String,
    /// What shows it.
    pub shows: Vec<Shows>,
}

/// Templates of one purpose, under words that tell of nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shows {
    /// The words.
    pub words: String,
    /// The templates, by id.
    pub templates: Vec<String>,
}

impl Shows {
    /// Whether a template is one of these.
    pub fn holds(&self, template: &str) -> bool {
        self.templates.iter().any(|id| id == template)
    }
}

impl Evidence {
    /// What comes with Cairn. It is empty by a fault of the program alone; a test keeps that from
    /// a released build.
    pub fn built_in() -> &'static Evidence {
        static READ: LazyLock<Evidence> =
            LazyLock::new(|| serde_json::from_str(FILE).unwrap_or_default());
        &READ
    }

    /// The purpose of a coaching template; nothing for any other.
    pub fn coaching(&self, template: &str) -> Option<&str> {
        self.coaching.iter().find(|one| one.holds(template)).map(|one| one.words.as_str())
    }
}
