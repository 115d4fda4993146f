//! The people of the record.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Extra;

/// A doctor supervised. A name is enough to begin with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The full name, as the person wants to be called ("Dr Amina Larkspur").
    pub name: String,
    /// The name used in sentences ("Amina").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub short_name: String,
    /// How to say the name ("ah-MEE-nah").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub say: String,
    /// Stage of training, free text with suggestions ("IMT2", "ST5").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stage: String,
    /// Programme or specialty ("acute medicine").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub programme: String,
    /// Whole-time equivalent in whole per cent; 100 is full time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wte: Option<u8>,
    /// The day of the next ARCP panel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arcp_date: Option<Date>,
    /// The next examination, in words ("PACES").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next_exam: String,
    /// The day of the next examination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exam_date: Option<Date>,
    /// What to know: adjustments and wishes, in the doctor's own words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to_know: String,
    /// Placements, in order of their dates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub placements: Vec<Placement>,
    /// Whether the person has moved to past people.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    /// While this stands, nothing about the person may be erased: somebody has asked for what
    /// is held about them, or a court may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// The identity this person had in the file they were imported from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Why nothing about a person may be erased, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// The day it was set.
    pub since: Date,
    /// Why ("access request of 3 March").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// One post in a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The post ("acute medicine").
    pub post: String,
    /// Where ("Thornbury General").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub site: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Person {
    /// The name for use in a sentence: the short name, else the full one.
    pub fn called(&self) -> &str {
        if self.short_name.is_empty() { &self.name } else { &self.short_name }
    }

    /// Stage, programme and working time in one line; empty when nothing is known.
    pub fn about(&self) -> String {
        let post = [self.stage.as_str(), self.programme.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        match self.wte {
            Some(wte) if wte < 100 && post.is_empty() => format!("{wte}% LTFT"),
            Some(wte) if wte < 100 => format!("{post}, {wte}% LTFT"),
            _ => post,
        }
    }

    /// Up to two initials for the pebble beside the name; titles do not count.
    pub fn initials(&self) -> String {
        let names: Vec<&str> =
            self.name.split_whitespace().filter(|word| !is_title(word)).collect();
        let letter = |word: &&str| word.chars().next().map(|c| c.to_uppercase().to_string());
        match names.as_slice() {
            [] => String::new(),
            [only] => letter(only).unwrap_or_default(),
            [first, .., last] => {
                letter(first).unwrap_or_default() + &letter(last).unwrap_or_default()
            }
        }
    }
}

/// Whether a word of a name is a title before it ("Dr", "Prof.").
pub fn is_title(word: &str) -> bool {
    const TITLES: [&str; 6] = ["dr", "mr", "mrs", "miss", "ms", "prof"];
    TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}
