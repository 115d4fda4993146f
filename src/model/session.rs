//! Sessions: a conversation as it was held, and a reflection as it was written.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::template::Form;
use super::{Basis, Extra, Id, Layer, OtherView, Prompt, PromptLayer, Template};

/// A conversation held with a person, or a reflection written alone; the record's kind says
/// which. The prompts are kept as asked that day, so a later change to the template does not
/// touch them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// With whom. A reflection may be about no one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Id>,
    /// From which template, in which version.
    pub template: TemplateRef,
    /// The title: at first the template's.
    pub title: String,
    /// The day it was held.
    pub date: Date,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// How long it took, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// Seconds that were really spent in it here, pauses not counted.
    #[serde(default, skip_serializing_if = "is_none_spent")]
    pub spent: u32,
    /// Where it was held.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The parts with their prompts and answers.
    pub sections: Vec<AskedSection>,
    /// Private notes in the margin.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub margin: Vec<Margin>,
    /// Lines offered to the ARCP summary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arcp: Vec<ArcpLine>,
    /// Tags, in lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What the check of the writing found and the writer kept, and why. Only the writer reads
    /// it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
    /// Answers that the other person wrote before the meeting and that were brought in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub brought: Vec<BroughtAnswers>,
    /// What it belongs to: conversations, reflections and things learned. It is shown at both.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Id>,
    /// When it was finished; open until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished: Option<Timestamp>,
    /// The identity it had in the file it was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// When the import that brought it in was taken back. Its content stays in the versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Timestamp>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Answers that the other person wrote before the meeting: whose they were, and since when they are
/// here. The answers themselves may have been changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtAnswers {
    /// Who wrote them, by name.
    pub who: String,
    /// The day they were brought in.
    pub on: Date,
    /// The prompts that they answer, by id.
    pub prompts: Vec<String>,
}

/// The template a session was held from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateRef {
    /// The template's id.
    pub id: String,
    /// Its version that day.
    pub version: u32,
}

/// A part of the conversation, as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedSection {
    /// The heading.
    pub title: String,
    /// The prompts with their answers.
    pub items: Vec<Asked>,
}

/// One prompt as it was asked, with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The prompt, copied from the template. The journal holds each wording once.
    #[serde(with = "shared")]
    pub prompt: Arc<Prompt>,
    /// Who reads the answer.
    pub layer: Layer,
    /// The answer, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// What the answer rests on, where the writer says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// What somebody says who sees it differently.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_view: Option<OtherView>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
const fn is_none_spent(spent: &u32) -> bool {
    *spent == 0
}

/// A shared prompt is written as the prompt itself.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::model::Prompt;

    pub fn serialize<S: Serializer>(prompt: &Arc<Prompt>, to: S) -> Result<S::Ok, S::Error> {
        prompt.as_ref().serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<Prompt>, D::Error> {
        Prompt::deserialize(from).map(Arc::new)
    }
}

/// An answer. An action prompt has none: its actions are records of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Free text.
    Text(String),
    /// A number on the prompt's scale.
    Scale(u8),
    /// What was chosen: one, or several where the prompt allows it.
    Choice(Vec<String>),
    /// A day.
    Date(Date),
    /// The items that were ticked.
    Checked(Vec<String>),
    /// References to dated evidence.
    Evidence(Vec<Evidence>),
    /// Capabilities that were chosen, each with its rating.
    Capability(Vec<CapabilityRating>),
    /// Someone by name.
    Person(String),
}

/// A capability that was chosen from a list. Its title is kept as it was that day, so a later
/// list changes nothing here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapabilityRating {
    /// Its code in the list; empty where it is in none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Its title.
    pub title: String,
    /// From [`CapabilityRating::LOWEST`] to [`CapabilityRating::HIGHEST`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// The rating in words, or what it rests on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// A private note beside the conversation. It has no layer, because it can only be Private.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Margin {
    /// The prompt it stands beside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
    /// The note.
    pub text: String,
    /// What it rests on, where the writer says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
}

/// A line offered to the ARCP summary: a judgement, tied to evidence. It has no layer, because
/// it can only be For the ARCP.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArcpLine {
    /// Which heading of the summary it belongs under.
    pub heading: ArcpHeading,
    /// The words.
    pub text: String,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Whether both people agreed it in the meeting.
    pub agreed: bool,
    /// The prompt it was offered from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// Words that the check of the writing found, and that the writer kept. It has no layer, because
/// it can only be Private.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// What they were taken for, by its stable name.
    pub kind: String,
    /// The words, as they were found.
    pub text: String,
    /// Why they stay; empty for what was simply put away.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// The headings of an ARCP summary under which lines are offered
/// (`domain.md` 2.1 and 2.4).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ArcpHeading {
    /// Counts and themes of the evidence read.
    EvidenceSeen,
    /// A judgement about a capability.
    Capabilities,
    /// What the doctor does well.
    #[default]
    Strengths,
    /// What to develop next, with the support offered.
    ToDevelop,
    /// What became of the last objectives.
    LastObjectives,
    /// What comes next.
    NextObjectives,
    /// Examinations.
    Exams,
    /// Events and complaints: none, or where they are recorded.
    Concerns,
    /// What the doctor says, never edited.
    DoctorsWords,
}

/// A reference to dated evidence in the portfolio.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What it is ("MSF", "CBD").
    pub what: String,
    /// Its date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Its date as it was typed, as long as it is no day that Cairn can read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date_typed: String,
    /// Where it is: the portfolio, a letter, a file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
}

/// Whose record this is: it decides which private prompts are asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// An educational supervisor, mentor or educator.
    #[default]
    Supervisor,
    /// A doctor in training.
    Doctor,
}

/// The template from which a doctor says what they want to talk about.
pub const PREPARE: &str = "three-things";
/// What stands in the place of a template where lines were given to the next supervisor.
pub const HANDED_OVER: &str = "handed-over";
/// What stands in the place of a template where parts of a reflection were shared.
pub const SHARED_PARTS: &str = "shared-parts";

impl Session {
    /// Whether two people met in it. A list for the next meeting, lines that were handed over and
    /// parts of a reflection are conversations in form alone.
    pub fn is_meeting(&self) -> bool {
        ![PREPARE, HANDED_OVER, SHARED_PARTS].contains(&self.template.id.as_str())
    }

    /// Whether it was finished, and two people met in it.
    pub fn was_held(&self) -> bool {
        self.finished.is_some() && self.is_meeting()
    }

    /// Begins a conversation or a reflection from a template. Prompts that are private to
    /// somebody else are left out: they are asked only in that person's Cairn.
    pub fn start(
        template: &Template,
        person: Option<Id>,
        role: Role,
        date: Date,
        time: Option<Time>,
    ) -> Session {
        let sections = template
            .sections
            .iter()
            .map(|section| AskedSection {
                title: section.title.clone(),
                items: section
                    .shown()
                    .filter_map(|prompt| {
                        let layer = prompt.layer.for_role(role)?;
                        Some(Asked::new(Arc::new(prompt.clone()), layer, None))
                    })
                    .collect(),
            })
            .filter(|section: &AskedSection| !section.items.is_empty())
            .collect();
        Session {
            person,
            template: TemplateRef { id: template.id.clone(), version: template.version },
            title: template.title.clone(),
            date,
            time,
            minutes: None,
            spent: 0,
            place: String::new(),
            sections,
            margin: Vec::new(),
            arcp: Vec::new(),
            tags: Vec::new(),
            kept: Vec::new(),
            brought: Vec::new(),
            links: Vec::new(),
            finished: None,
            source_id: None,
            removed: None,
            extra: Extra::new(),
        }
    }

    /// All prompts with their answers, in order.
    pub fn items(&self) -> impl Iterator<Item = &Asked> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// From where the answer to a prompt was brought in, if it was: the last time counts.
    pub fn origin(&self, prompt: &str) -> Option<&BroughtAnswers> {
        self.brought.iter().rev().find(|it| it.prompts.iter().any(|id| id == prompt))
    }

    /// How many answers and notes stand in a layer; empty ones do not count.
    pub fn count(&self, layer: Layer) -> usize {
        let answers = self.items().filter(|a| a.layer == layer && a.is_answered()).count();
        match layer {
            Layer::Private => {
                answers + self.margin.iter().filter(|note| !note.text.trim().is_empty()).count()
            }
            Layer::Shared => answers,
            Layer::Arcp => {
                answers + self.arcp.iter().filter(|line| !line.text.trim().is_empty()).count()
            }
        }
    }

    /// Whether nothing at all has been written yet.
    pub fn is_blank(&self) -> bool {
        Layer::ALL.into_iter().all(|layer| self.count(layer) == 0)
    }
}

impl Asked {
    /// A prompt with its answer, and nothing beside it.
    pub const fn new(prompt: Arc<Prompt>, layer: Layer, answer: Option<Answer>) -> Asked {
        Asked { prompt, layer, answer, basis: None, other_view: None }
    }

    /// Whether there is an answer with something in it.
    pub fn is_answered(&self) -> bool {
        match &self.answer {
            None => false,
            Some(Answer::Text(text) | Answer::Person(text)) => !text.trim().is_empty(),
            Some(Answer::Choice(list) | Answer::Checked(list)) => !list.is_empty(),
            Some(Answer::Evidence(list)) => !list.iter().all(Evidence::is_blank),
            Some(Answer::Capability(list)) => !list.iter().all(CapabilityRating::is_blank),
            Some(Answer::Scale(_) | Answer::Date(_)) => true,
        }
    }
}

impl Evidence {
    /// Whether nothing has been written into it.
    pub fn is_blank(&self) -> bool {
        let words = [&self.what, &self.date_typed, &self.place];
        self.date.is_none() && words.into_iter().all(|words| words.trim().is_empty())
    }
}

impl ArcpLine {
    /// Whether another line says the same: what both agreed to in the one, they would in the
    /// other.
    pub fn says_the_same(&self, other: &ArcpLine) -> bool {
        (&self.text, self.heading, &self.evidence) == (&other.text, other.heading, &other.evidence)
    }
}

impl CapabilityRating {
    /// The lowest rating.
    pub const LOWEST: u8 = 1;
    /// The highest rating.
    pub const HIGHEST: u8 = 5;

    /// Whether nothing has been chosen or written.
    pub fn is_blank(&self) -> bool {
        self.rating.is_none() && self.title.trim().is_empty() && self.words.trim().is_empty()
    }
}

impl PromptLayer {
    /// The layer in which an answer starts in the Cairn of this role, or nothing when the
    /// prompt is private to the other person.
    pub const fn for_role(self, role: Role) -> Option<Layer> {
        match (self, role) {
            (PromptLayer::Shared, _) => Some(Layer::Shared),
            (PromptLayer::Private, _)
            | (PromptLayer::Supervisor, Role::Supervisor)
            | (PromptLayer::Doctor, Role::Doctor) => Some(Layer::Private),
            (PromptLayer::Supervisor, Role::Doctor) | (PromptLayer::Doctor, Role::Supervisor) => {
                None
            }
        }
    }
}

impl Form {
    /// The kind of record a template of this form makes.
    pub const fn kind(self) -> super::Kind {
        match self {
            Form::Conversation => super::Kind::Session,
            Form::Reflection => super::Kind::Reflection,
        }
    }
}

impl ArcpHeading {
    /// All headings, in the order of the summary.
    pub const ALL: [ArcpHeading; 9] = [
        ArcpHeading::EvidenceSeen,
        ArcpHeading::Capabilities,
        ArcpHeading::Strengths,
        ArcpHeading::ToDevelop,
        ArcpHeading::LastObjectives,
        ArcpHeading::NextObjectives,
        ArcpHeading::Exams,
        ArcpHeading::Concerns,
        ArcpHeading::DoctorsWords,
    ];

    /// The heading as printed.
    pub const fn words(self) -> &'static str {
        match self {
            ArcpHeading::EvidenceSeen => "Evidence seen",
            ArcpHeading::Capabilities => "Capabilities",
            ArcpHeading::Strengths => "Strengths",
            ArcpHeading::ToDevelop => "To develop",
            ArcpHeading::LastObjectives => "Last objectives",
            ArcpHeading::NextObjectives => "Next objectives",
            ArcpHeading::Exams => "Exams",
            ArcpHeading::Concerns => "Concerns statement",
            ArcpHeading::DoctorsWords => "In the doctor’s own words",
        }
    }
}
