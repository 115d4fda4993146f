//! The lines of a report, looked at as a panel would: short judgements, each resting on dated
//! evidence, with a next step; what was done rather than who somebody is; nothing that points to
//! a patient. It says what is to be thought about and never writes a word.

use super::{Family, Finding, Grade, Kind, Looking, Reviewer, Settings};
use crate::model::session::ArcpHeading;

/// The most sentences of a judgement, beside a next step.
pub const MOST_SENTENCES: usize = 2;
/// The most characters of a line. No portfolio prints a limit; two sentences and a next step fit.
pub const MOST_CHARACTERS: usize = 400;
/// A line of fewer words says too little to be weighed.
const FEWEST_WORDS: usize = 4;

/// A line, with what is known about it.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a> {
    /// Under which heading it stands; none for an answer as it stands.
    pub heading: Option<ArcpHeading>,
    /// Its words.
    pub text: &'a str,
    /// Whether it is a judgement that rests on nothing.
    pub lacks_evidence: bool,
}

/// Something to think about before a line leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// A judgement that rests on nothing.
    NoEvidence,
    /// It praises or blames without saying what was done.
    Vague(String),
    /// It is longer than a panel reads.
    TooLong {
        /// How many sentences, without the next step.
        sentences: usize,
        /// How many characters.
        characters: usize,
    },
    /// It is about the person and not about what they did: the words, and what to write instead.
    Person(String, String),
    /// There is no next step in it.
    NoNextStep,
    /// It may point to somebody. One that surely does is settled before anything leaves.
    Identifier(Box<Finding>),
}

impl Remark {
    /// What is remarked, in a few words.
    pub fn lead(&self) -> String {
        match self {
            Remark::NoEvidence => "No evidence linked yet.".to_owned(),
            Remark::Vague(words) if words.is_empty() => "Says very little.".to_owned(),
            Remark::Vague(words) => format!("“{words}” is vague."),
            Remark::TooLong { .. } => "Long for a panel.".to_owned(),
            Remark::Person(words, _) => format!("“{words}” is about the person."),
            Remark::NoNextStep => "No next step.".to_owned(),
            Remark::Identifier(found) => format!("“{}” may point to someone.", found.text),
        }
    }

    /// What to do about it.
    pub fn advice(&self) -> String {
        match self {
            Remark::NoEvidence => "Link what it rests on, with its day".to_owned(),
            Remark::Vague(_) => "Say what was done, and what came of it".to_owned(),
            Remark::TooLong { sentences, characters } => format!(
                "{sentences} sentences, {characters} characters. {MOST_SENTENCES} sentences and \
                 a next step, at most {MOST_CHARACTERS} characters, are read whole"
            ),
            Remark::Person(_, instead) => instead.trim_end_matches('.').to_owned(),
            Remark::NoNextStep => "Say what comes next, and by when".to_owned(),
            Remark::Identifier(found) => found.reason.trim_end_matches('.').to_owned(),
        }
    }

    /// Whether it has to be settled before anything leaves.
    pub fn blocks(&self) -> bool {
        matches!(self, Remark::Identifier(found) if found.grade == Grade::Strong)
    }
}

impl Reviewer {
    /// What is to be said about a line. About the doctor's own words nothing is, but that they
    /// may point to somebody.
    pub fn statement(&self, statement: Statement<'_>, settings: &Settings) -> Vec<Remark> {
        self.looking(settings).statement(statement, &[])
    }

    fn too_long(&self, text: &str) -> Option<Remark> {
        let characters = text.chars().count();
        let judging = sentences(text).filter(|sentence| !self.has_next_step(sentence));
        let sentences = judging.count();
        (sentences > MOST_SENTENCES || characters > MOST_CHARACTERS)
            .then_some(Remark::TooLong { sentences, characters })
    }
}

impl Looking<'_> {
    /// The same, where these words may stand in the line as well.
    pub fn statement(&self, statement: Statement<'_>, may_stand: &[String]) -> Vec<Remark> {
        let Statement { heading, text, lacks_evidence } = statement;
        let found = self.review(text, None, &|| false, may_stand);
        let mut remarks = Vec::new();
        let mut identifiers = Vec::new();
        let is_own = heading == Some(ArcpHeading::DoctorsWords);
        let (mut says_little, mut no_step) = (is_little(heading, text), false);
        for finding in found {
            match (finding.kind.family(), finding.kind) {
                (Family::Identifier, _) => {
                    identifiers.push(Remark::Identifier(Box::new(finding)));
                }
                _ if is_own => {}
                (_, Kind::VaguePraise) => {
                    says_little = false;
                    remarks.push(Remark::Vague(finding.text));
                }
                (_, Kind::Personality | Kind::Stereotype) => {
                    remarks.push(Remark::Person(finding.text, finding.advice));
                }
                (_, Kind::NoNextStep) => no_step = true,
                _ => {}
            }
        }
        if is_own {
            return identifiers;
        }
        if lacks_evidence {
            remarks.insert(0, Remark::NoEvidence);
        }
        if says_little {
            remarks.push(Remark::Vague(String::new()));
        }
        remarks.extend(self.reviewer.too_long(text));
        if no_step || (wants_a_step(heading) && !self.reviewer.has_next_step(text)) {
            remarks.push(Remark::NoNextStep);
        }
        remarks.extend(identifiers);
        remarks
    }
}

/// Judgements that are worth little without what comes next.
const fn wants_a_step(heading: Option<ArcpHeading>) -> bool {
    matches!(heading, Some(ArcpHeading::Capabilities | ArcpHeading::ToDevelop))
}

/// Whether a judgement is so short that it says next to nothing.
fn is_little(heading: Option<ArcpHeading>, text: &str) -> bool {
    let judges = matches!(
        heading,
        Some(ArcpHeading::Capabilities | ArcpHeading::Strengths | ArcpHeading::ToDevelop)
    );
    judges && text.split_whitespace().count() < FEWEST_WORDS
}

/// The sentences of a text: up to a full stop, a question or an exclamation before a space, or
/// the end of a line.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = |line: &'_ str| -> Vec<usize> {
        let marks = line.char_indices().filter(|(_, c)| matches!(c, '.' | '?' | '!'));
        let ends = marks.map(|(at, _)| at + 1);
        ends.filter(|at| line.get(*at..).is_none_or(|rest| rest.starts_with(' '))).collect()
    };
    text.lines().flat_map(move |line| {
        let mut from = 0;
        let mut parts = Vec::new();
        for end in ends(line).into_iter().chain([line.len()]) {
            parts.extend(line.get(from..end));
            from = end;
        }
        parts.into_iter().filter(|part| part.chars().any(char::is_alphanumeric))
    })
}
