//! What the owner of the record did to learn or to teach as an educator.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Extra;

/// A course, a workshop, a book: what was learned or taught elsewhere, in the owner's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learning {
    /// The day; of several, the last.
    pub date: Date,
    /// What it was.
    pub title: String,
    /// What sort of learning.
    pub kind: LearningKind,
    /// How long it took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// Which of the seven areas for educators it shows, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<u8>,
    /// What the owner does differently since.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub changed: String,
    /// When it was taken out again. Its content stays in the versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Timestamp>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Sorts of learning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LearningKind {
    /// A course.
    #[default]
    Course,
    /// A workshop that the owner gave.
    WorkshopGiven,
    /// A workshop that the owner went to.
    WorkshopAttended,
    /// Being taught by somebody junior.
    ReverseMentoring,
    /// Reading.
    Reading,
    /// Training in conscious decisions.
    ConsciousDecisions,
    /// Anything else.
    Other,
}

impl LearningKind {
    /// All sorts, in the order in which they are offered.
    pub const ALL: [LearningKind; 7] = [
        LearningKind::Course,
        LearningKind::WorkshopGiven,
        LearningKind::WorkshopAttended,
        LearningKind::ReverseMentoring,
        LearningKind::Reading,
        LearningKind::ConsciousDecisions,
        LearningKind::Other,
    ];

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            LearningKind::Course => "Course",
            LearningKind::WorkshopGiven => "Workshop I gave",
            LearningKind::WorkshopAttended => "Workshop I went to",
            LearningKind::ReverseMentoring => "Reverse mentoring",
            LearningKind::Reading => "Reading",
            LearningKind::ConsciousDecisions => "Conscious decision-making",
            LearningKind::Other => "Something else",
        }
    }
}
