//! The fields of a plan: their keys, headings and hints.

use serde::{Deserialize, Serialize};

use super::Labels;

/// A field of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanField {
    /// The aim for one year.
    Year1,
    /// The aim for three years.
    Year3,
    /// The aim for five years.
    Year5,
    /// What matters when the doctor decides.
    Why,
    /// The first of the four boxes.
    SelfAssessment,
    /// The second of the four boxes.
    Exploration,
    /// The options, one a line.
    Options,
    /// The third of the four boxes.
    Decision,
    /// The fourth of the four boxes.
    Implementation,
    /// Words about what comes next.
    Next,
    /// What the supervisor promises.
    Promises,
    /// What stands in the way.
    Barriers,
    /// What was offered, and taken.
    Opportunities,
    /// Who speaks for the doctor.
    Sponsorship,
    /// Who was introduced to whom.
    Introductions,
    /// When the two looked at the plan, and what they changed.
    Reviews,
}

impl PlanField {
    /// All fields, in the order of the page.
    pub const ALL: [PlanField; 16] = [
        PlanField::Year5,
        PlanField::Year3,
        PlanField::Year1,
        PlanField::Why,
        PlanField::SelfAssessment,
        PlanField::Exploration,
        PlanField::Options,
        PlanField::Decision,
        PlanField::Implementation,
        PlanField::Next,
        PlanField::Promises,
        PlanField::Barriers,
        PlanField::Opportunities,
        PlanField::Sponsorship,
        PlanField::Introductions,
        PlanField::Reviews,
    ];

    /// The key under which it is kept.
    pub const fn key(self) -> &'static str {
        match self {
            PlanField::Year1 => "year1",
            PlanField::Year3 => "year3",
            PlanField::Year5 => "year5",
            PlanField::Why => "why",
            PlanField::SelfAssessment => "self_assessment",
            PlanField::Exploration => "exploration",
            PlanField::Options => "options",
            PlanField::Decision => "decision",
            PlanField::Implementation => "implementation",
            PlanField::Next => "next",
            PlanField::Promises => "promises",
            PlanField::Barriers => "barriers",
            PlanField::Opportunities => "opportunities",
            PlanField::Sponsorship => "sponsorship",
            PlanField::Introductions => "introductions",
            PlanField::Reviews => "reviews",
        }
    }

    /// The field that is kept under a key.
    pub fn of_key(key: &str) -> Option<PlanField> {
        PlanField::ALL.into_iter().find(|field| field.key() == key)
    }

    /// Its name on the command line.
    pub const fn command(self) -> &'static str {
        match self {
            PlanField::SelfAssessment => "self-assessment",
            other => other.key(),
        }
    }

    /// The field with a name on the command line.
    pub fn of_command(name: &str) -> Option<PlanField> {
        PlanField::ALL.into_iter().find(|field| field.command() == name)
    }

    /// Its heading on the page.
    pub const fn heading(self, labels: Labels) -> &'static str {
        match (self, labels) {
            (PlanField::Year1, _) => "Where I want to be in one year",
            (PlanField::Year3, _) => "Where I want to be in three years",
            (PlanField::Year5, _) => "Where I want to be in five years",
            (PlanField::Why, _) => "What matters most in how I decide",
            (PlanField::SelfAssessment, Labels::FourStages) => "Self-assessment",
            (PlanField::SelfAssessment, Labels::Scan) => "Self-awareness",
            (PlanField::Exploration, Labels::FourStages) => "Exploration",
            (PlanField::Exploration, Labels::Scan) => "Career exploration",
            (PlanField::Options, _) => "Options",
            (PlanField::Decision, Labels::FourStages) => "Decision",
            (PlanField::Decision, Labels::Scan) => "Arriving at a decision",
            (PlanField::Implementation, Labels::FourStages) => "Putting it into practice",
            (PlanField::Implementation, Labels::Scan) => "Next steps on the way",
            (PlanField::Next, _) => "Next steps",
            (PlanField::Promises, _) => "What my supervisor will do",
            (PlanField::Barriers, _) => "What stands in the way",
            (PlanField::Opportunities, _) => "Opportunities offered and taken",
            (PlanField::Sponsorship, _) => "Who speaks up for me",
            (PlanField::Introductions, _) => "Introductions made",
            (PlanField::Reviews, _) => "Looking at the plan together",
        }
    }

    /// Its name in a list of changes.
    pub const fn short(self, labels: Labels) -> &'static str {
        match self {
            PlanField::Year1 => "One year",
            PlanField::Year3 => "Three years",
            PlanField::Year5 => "Five years",
            PlanField::Why => "What matters most",
            PlanField::Promises => "The supervisor’s promises",
            PlanField::Barriers => "Barriers",
            PlanField::Opportunities => "Opportunities",
            PlanField::Sponsorship => "Sponsorship",
            PlanField::Introductions => "Introductions",
            PlanField::Reviews => "Reviews",
            other => other.heading(labels),
        }
    }

    /// What to think of when writing it.
    pub const fn hint(self) -> &'static str {
        match self {
            PlanField::Year1 => "What would make the coming year a good one?",
            PlanField::Year3 => "Which post, which place, and what beside work?",
            PlanField::Year5 => "Where would you like to be? One line is enough to start.",
            PlanField::Why => "What must your work give you that you will not trade?",
            PlanField::SelfAssessment => {
                "What gives you energy, and what drains you? Which skills do others name?"
            }
            PlanField::Exploration => {
                "How are portfolios scored, and what are the dates? Whom can you ask who does \
                 this work? Which taster day would tell you most?"
            }
            PlanField::Options => "One line for each option. Each gets a table below.",
            PlanField::Decision => {
                "How did you make a decision that went well, and one that did not? What would \
                 change your mind?"
            }
            PlanField::Implementation => {
                "What evidence is missing? Who are the referees, and who practises with you? \
                 What if it does not work the first time?"
            }
            PlanField::Next => "What comes next, in words. Steps with a day stand below.",
            PlanField::Promises => {
                "Who could open a door, and will I ask them? What do I know that is written \
                 nowhere? Give each promise a day."
            }
            PlanField::Barriers => "What makes this harder here, and what would help?",
            PlanField::Opportunities => {
                "Projects, teaching, committees: who was offered them, and what came of it? Who \
                 else gets these chances?"
            }
            PlanField::Sponsorship => "Who puts your name forward when you are not in the room?",
            PlanField::Introductions => "Who was introduced to whom, when, and what for?",
            PlanField::Reviews => "When did you look at the plan, and what did you change?",
        }
    }
}

/// A row of the table that looks at one option: ROADS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words of the method; `prompt` says what each asks")]
pub enum Road {
    Realistic,
    Opportunities,
    Anchors,
    Development,
    Stress,
}

impl Road {
    /// All rows, in order.
    pub const ALL: [Road; 5] =
        [Road::Realistic, Road::Opportunities, Road::Anchors, Road::Development, Road::Stress];

    /// The key of the row.
    pub const fn key(self) -> &'static str {
        match self {
            Road::Realistic => "realistic",
            Road::Opportunities => "opportunities",
            Road::Anchors => "anchors",
            Road::Development => "development",
            Road::Stress => "stress",
        }
    }

    /// The name of the row.
    pub const fn name(self) -> &'static str {
        match self {
            Road::Realistic => "Realistic",
            Road::Opportunities => "Opportunities",
            Road::Anchors => "Anchors",
            Road::Development => "Development",
            Road::Stress => "Stress",
        }
    }

    /// What it asks.
    pub const fn prompt(self) -> &'static str {
        match self {
            Road::Realistic => "How competitive is it, and what is your evidence?",
            Road::Opportunities => "Are posts where you need to live?",
            Road::Anchors => "What must your work give you that you will not trade?",
            Road::Development => "Will you still be growing in ten years?",
            Road::Stress => "Which of its pressures do you cope with, and which drain you?",
        }
    }

    /// The identity of the paragraph of this row for an option.
    pub fn id(self, option: &str) -> String {
        format!("{option}/{}", self.key())
    }

    /// The option and the row that the identity of a paragraph names.
    pub fn of_id(id: &str) -> Option<(&str, Road)> {
        let (option, key) = id.split_once('/')?;
        Some((option, Road::ALL.into_iter().find(|row| row.key() == key)?))
    }
}
