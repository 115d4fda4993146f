//! A career plan that a doctor and their supervisor write together: who wrote which paragraph,
//! what both agreed, and what changed since.
//!
//! Every paragraph has an identity of its own, so that two people who write in different ones
//! never meet in a merge. The first one of a field is always called [`FIRST`]: two people who
//! both begin an empty field meet in the same paragraph, and are asked.

mod agree;
mod change;
mod field;
mod write;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use super::session::Role as Author;
use super::{Extra, Id};
pub use agree::AgreedVersion;
pub use change::{Change, changes_between};
pub use field::{PlanField, Road};

/// The identity of the first paragraph that is written into an empty field.
pub const FIRST: &str = "first";

/// The paragraphs of a plan, by the key of their field; for a row of an option
/// `roads/<paragraph>`.
pub type Words = BTreeMap<String, Vec<String>>;

/// The plan of one pair. The words of its next steps are here; the steps that have an owner and
/// a day are [`super::Action`]s that came from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the lists are named as `PlanField`, which tells of each")]
pub struct Plan {
    /// The other one of the pair.
    pub person: Id,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub year1: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub year3: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub year5: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub self_assessment: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exploration: Vec<Para>,
    /// One paragraph for each option.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<PlanOption>,
    /// What is thought of the options: the identity of each is `<option>/<row>`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roads: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decision: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implementation: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barriers: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opportunities: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sponsorship: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub introductions: Vec<Para>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<Para>,
    /// What the four boxes are called.
    #[serde(default, skip_serializing_if = "Labels::is_usual")]
    pub labels: Labels,
    /// What one says to the other about a field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// Private notes of the owner of this record. They never travel.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Who agreed to which words, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<Acceptance>,
    /// The fields whose agreed words the owner of this record offered to the summary for the ARCP,
    /// by key. It never travels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<String>,
    /// What the owner of this record has looked at. It never travels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A paragraph, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Para {
    /// Which one of its field it is.
    pub id: String,
    /// What it says, without line breaks at its ends.
    pub text: String,
    /// Which of the two wrote it last.
    pub by: Author,
    /// What they were called then; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// An option is a paragraph: what it is, in a line.
pub type PlanOption = Para;

/// What one of the two says to the other about a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Which one it is.
    pub id: String,
    /// The key of the field that it stands beside.
    pub field: String,
    /// What it says.
    pub text: String,
    /// Whose it is.
    pub by: Author,
    /// What they were called then; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// When it was said.
    pub at: Timestamp,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A private note beside a field, for the owner of this record alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Which one it is.
    pub id: String,
    /// The key of the field that it stands beside.
    pub field: String,
    /// What it says.
    pub text: String,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// That one of the two agrees to the words of the plan as they stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// Which one it is.
    pub id: String,
    /// What the words come to, by [`Plan::digest_of`].
    pub digest: String,
    /// Who agrees.
    pub by: Author,
    /// What they were called then; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// When.
    pub on: Timestamp,
    /// The words.
    pub words: Words,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What the owner of this record has looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// When they last looked.
    pub at: Timestamp,
    /// The words that they saw.
    #[serde(default)]
    pub words: Words,
    /// The comments that they saw.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<String>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What the four boxes of a plan are called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Labels {
    /// The four stages: self-assessment, exploration, decision, implementation.
    #[default]
    FourStages,
    /// SCAN: self-awareness, career exploration, arriving at a decision, next steps.
    Scan,
}

impl Labels {
    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Labels::FourStages => "Four stages",
            Labels::Scan => "SCAN",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
    fn is_usual(&self) -> bool {
        *self == Labels::default()
    }
}

impl Plan {
    /// An empty plan with somebody.
    pub fn with(person: Id) -> Plan {
        Plan {
            person,
            year1: Vec::new(),
            year3: Vec::new(),
            year5: Vec::new(),
            why: Vec::new(),
            self_assessment: Vec::new(),
            exploration: Vec::new(),
            options: Vec::new(),
            roads: Vec::new(),
            decision: Vec::new(),
            implementation: Vec::new(),
            next: Vec::new(),
            promises: Vec::new(),
            barriers: Vec::new(),
            opportunities: Vec::new(),
            sponsorship: Vec::new(),
            introductions: Vec::new(),
            reviews: Vec::new(),
            labels: Labels::default(),
            comments: Vec::new(),
            notes: Vec::new(),
            accepted: Vec::new(),
            offered: Vec::new(),
            seen: None,
            extra: Extra::new(),
        }
    }

    /// The paragraphs of a field.
    pub fn paras(&self, field: PlanField) -> &[Para] {
        match field {
            PlanField::Year1 => &self.year1,
            PlanField::Year3 => &self.year3,
            PlanField::Year5 => &self.year5,
            PlanField::Why => &self.why,
            PlanField::SelfAssessment => &self.self_assessment,
            PlanField::Exploration => &self.exploration,
            PlanField::Options => &self.options,
            PlanField::Decision => &self.decision,
            PlanField::Implementation => &self.implementation,
            PlanField::Next => &self.next,
            PlanField::Promises => &self.promises,
            PlanField::Barriers => &self.barriers,
            PlanField::Opportunities => &self.opportunities,
            PlanField::Sponsorship => &self.sponsorship,
            PlanField::Introductions => &self.introductions,
            PlanField::Reviews => &self.reviews,
        }
    }

    fn paras_mut(&mut self, field: PlanField) -> &mut Vec<Para> {
        match field {
            PlanField::Year1 => &mut self.year1,
            PlanField::Year3 => &mut self.year3,
            PlanField::Year5 => &mut self.year5,
            PlanField::Why => &mut self.why,
            PlanField::SelfAssessment => &mut self.self_assessment,
            PlanField::Exploration => &mut self.exploration,
            PlanField::Options => &mut self.options,
            PlanField::Decision => &mut self.decision,
            PlanField::Implementation => &mut self.implementation,
            PlanField::Next => &mut self.next,
            PlanField::Promises => &mut self.promises,
            PlanField::Barriers => &mut self.barriers,
            PlanField::Opportunities => &mut self.opportunities,
            PlanField::Sponsorship => &mut self.sponsorship,
            PlanField::Introductions => &mut self.introductions,
            PlanField::Reviews => &mut self.reviews,
        }
    }

    /// What a field says, one paragraph a line.
    pub fn text(&self, field: PlanField) -> String {
        let texts: Vec<&str> = self.paras(field).iter().map(|para| para.text.as_str()).collect();
        texts.join("\n")
    }

    /// What is thought of an option in one row; nothing where nobody wrote it.
    pub fn road(&self, option: &str, row: Road) -> Option<&Para> {
        let id = row.id(option);
        self.roads.iter().find(|para| para.id == id)
    }

    /// What the owner noted for themselves beside a field. Two computers may each have begun a
    /// note; they are shown as one.
    pub fn note(&self, field: &str) -> String {
        let notes = self.notes.iter().filter(|note| note.field == field);
        notes.map(|note| note.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The comments beside a field, the oldest first.
    pub fn comments_at(&self, field: &str) -> Vec<&Comment> {
        let mut comments: Vec<&Comment> =
            self.comments.iter().filter(|comment| comment.field == field).collect();
        comments.sort_by_key(|comment| (comment.at, &comment.id));
        comments
    }

    /// All words that both read, by field. A field without words is not there.
    pub fn words(&self) -> Words {
        let fields = PlanField::ALL.into_iter().map(|field| {
            let texts = self.paras(field).iter().map(|para| para.text.clone());
            (field.key().to_owned(), texts.collect::<Vec<_>>())
        });
        let known = |para: &&Para| {
            let option = para.id.split('/').next();
            self.options.iter().any(|it| Some(it.id.as_str()) == option)
        };
        let roads = self.roads.iter().filter(known);
        let roads = roads.map(|para| (format!("roads/{}", para.id), vec![para.text.clone()]));
        fields.chain(roads).filter(|(_, texts)| !texts.is_empty()).collect()
    }

    /// Whether nobody wrote anything that both read.
    pub fn is_empty(&self) -> bool {
        self.words().is_empty() && self.comments.is_empty()
    }
}
