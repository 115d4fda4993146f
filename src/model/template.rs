//! Templates: the structure of a conversation or a reflection, as data.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Extra;
use super::clean::line;

/// A structured conversation: its purpose, its parts and its prompts.
///
/// Built in (`assets/templates/*.json`) or the person's own. Loading and checking them is the
/// work of `library`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// A short name that stays, in lower-case letters, digits and hyphens (`mid-point-review`).
    pub id: String,
    /// Rises with every change of the words or the prompts.
    pub version: u32,
    /// The title on screen, in sentence case.
    pub title: String,
    /// What the conversation is for, in one sentence.
    pub purpose: String,
    /// When to use it, one or two sentences.
    #[serde(default)]
    pub when: String,
    /// When to use something else.
    #[serde(default)]
    pub when_not: String,
    /// Whether it is held with another person or written alone.
    pub form: Form,
    /// Under which situation the library lists it.
    pub situation: Situation,
    /// Who leads: "You", "You and the doctor", "The doctor".
    pub lead: String,
    /// Planned minutes: the shortest and the longest.
    pub minutes: (u16, u16),
    /// The aims (A1 to A5) and programmes (P1 to P3) of the toolkit it serves.
    #[serde(default)]
    pub aims: Vec<String>,
    /// By which someone would look for it, as said aloud: "A doctor failed an exam".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moments: Vec<String>,
    /// What both must know before they begin.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ground_rules: Vec<String>,
    /// Why these questions, one or two sentences.
    #[serde(default)]
    pub why: String,
    /// What to do when the talk turns into something else (patient safety, illness, misconduct).
    #[serde(default)]
    pub if_it_turns: String,
    /// Where the structure comes from, with dates.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The parts, in order.
    pub sections: Vec<Section>,
    /// When a person's own template was taken out of the library. Its content stays in the
    /// versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Timestamp>,
    /// What a newer version may hold.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Whether a template is a conversation or a reflection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Held with a person.
    Conversation,
    /// Written alone.
    Reflection,
}

/// The situations under which the library lists templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Situation {
    /// The meetings of the training year.
    RegularMeetings,
    /// Coaching structures.
    Coaching,
    /// Careers.
    Careers,
    /// Revision and examinations.
    Exams,
    /// Difficult talks about progress.
    HardConversations,
    /// Culture, language and belonging.
    CultureAndBelonging,
    /// Writing alone.
    Reflection,
}

/// One part of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The heading in the outline: one or two words.
    pub title: String,
    /// Its prompts, in order.
    pub prompts: Vec<Prompt>,
}

/// One question, as it is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Prompt {
    /// Unique within its template, in lower-case letters, digits and hyphens.
    pub id: String,
    /// The question.
    pub text: String,
    /// Why this question is asked, one or two sentences.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Words to borrow for a hard moment, or an example.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phrases: Vec<String>,
    /// Who will read the answer, unless the writer decides otherwise.
    pub layer: PromptLayer,
    /// Whether it stays in the template without being asked, printed or counted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// How it is answered.
    #[serde(flatten)]
    pub kind: PromptKind,
}

/// The layer in which an answer starts. "For the ARCP" is never one: a line gets there only
/// by a person's act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromptLayer {
    /// Both people read it.
    Shared,
    /// Only the writer reads it, whoever that is.
    Private,
    /// Private to the supervisor, and asked only in the supervisor's Cairn.
    Supervisor,
    /// Private to the doctor, and asked only in the doctor's Cairn.
    Doctor,
}

/// How a prompt is answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PromptKind {
    /// Free writing.
    Text,
    /// A whole number between two ends that have words.
    Scale {
        /// The lowest number.
        from: u8,
        /// The highest number.
        to: u8,
        /// What the lowest means.
        low: String,
        /// What the highest means.
        high: String,
    },
    /// One of a few, or several.
    Choice {
        /// What can be chosen.
        options: Vec<String>,
        /// Whether more than one may be chosen.
        #[serde(default)]
        many: bool,
    },
    /// A day.
    Date,
    /// Things to tick.
    Checklist {
        /// What can be ticked.
        items: Vec<String>,
    },
    /// Dated evidence: what it is, its day, where it is.
    Evidence,
    /// Capabilities of a list, each rated from 1 to 5 or in words.
    Capability {
        /// The id of the reference list (`gpc`, `gmp`).
        list: String,
    },
    /// Someone by name: a contact, a buddy, a referee.
    Person,
    /// What will be done, by whom, by when: answered by actions.
    Action,
}

impl PromptLayer {
    /// Who reads the answer, in words for whoever writes or checks a template.
    pub const fn words(self) -> &'static str {
        match self {
            PromptLayer::Shared => "Shared",
            PromptLayer::Private => "Private",
            PromptLayer::Supervisor => "Private to the supervisor",
            PromptLayer::Doctor => "Private to the doctor",
        }
    }
}

impl Template {
    /// All its prompts in order, hidden ones too.
    pub fn prompts(&self) -> impl Iterator<Item = &Prompt> {
        self.sections.iter().flat_map(|section| &section.prompts)
    }

    /// How many prompts it asks.
    pub fn prompt_count(&self) -> usize {
        self.prompts().filter(|prompt| !prompt.hidden).count()
    }

    /// The same with only the prompts of these layers, and without parts that have none left;
    /// nothing when no prompt is.
    pub fn asking(&self, layers: impl Fn(PromptLayer) -> bool) -> Option<Template> {
        let mut asked = self.clone();
        for section in &mut asked.sections {
            section.prompts.retain(|prompt| layers(prompt.layer));
        }
        asked.sections.retain(|section| !section.prompts.is_empty());
        (!asked.sections.is_empty()).then_some(asked)
    }
}

impl Section {
    /// Its prompts that are asked, in order.
    pub fn shown(&self) -> impl Iterator<Item = &Prompt> {
        self.prompts.iter().filter(|prompt| !prompt.hidden)
    }
}

impl Situation {
    /// All situations, in the order of the library.
    pub const ALL: [Situation; 7] = [
        Situation::RegularMeetings,
        Situation::Coaching,
        Situation::Careers,
        Situation::Exams,
        Situation::HardConversations,
        Situation::CultureAndBelonging,
        Situation::Reflection,
    ];

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Situation::RegularMeetings => "Regular meetings",
            Situation::Coaching => "Coaching",
            Situation::Careers => "Careers",
            Situation::Exams => "Exams",
            Situation::HardConversations => "Hard conversations",
            Situation::CultureAndBelonging => "Culture and belonging",
            Situation::Reflection => "Reflection",
        }
    }
}

/// After these words the answer to a question is written.
pub const ANSWER_HERE: &str = "Your answer:";

impl PromptKind {
    /// How a question of this kind is answered, in words; empty where there is nothing to say.
    pub fn how(&self) -> String {
        let list =
            |words: &[String]| words.iter().map(|it| line(it)).collect::<Vec<_>>().join(" / ");
        match self {
            PromptKind::Scale { from, to, low, high } => {
                format!("A number from {from} ({}) to {to} ({})", line(low), line(high))
            }
            PromptKind::Choice { options, many: false } => format!("Choose one: {}", list(options)),
            PromptKind::Choice { options, many: true } => format!("Choose any: {}", list(options)),
            PromptKind::Checklist { items } => format!("Tick what is done: {}", list(items)),
            PromptKind::Date => "A date".to_owned(),
            PromptKind::Person => "A name".to_owned(),
            PromptKind::Evidence => "What it is, its date, where it is".to_owned(),
            PromptKind::Text | PromptKind::Capability { .. } | PromptKind::Action => String::new(),
        }
    }
}
