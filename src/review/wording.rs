//! Fair language: rules from `assets/words/wording.json`. Each says why a word is worth a second
//! look and what to write instead. A rule knows when the word is about a disease, a patient or a
//! guideline and keeps quiet then.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::tokens::Tokens;
use super::words::{Phrases, WordsError};
use super::{Grade, Hit, Kind};

/// How many words before and after are looked at for what makes a word innocent.
const BEFORE: usize = 6;
const AFTER: usize = 2;
/// How far a sentence is looked through, in tokens, to either side.
const SENTENCE: usize = 40;

/// A rule as it stands in the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// A short name that stays.
    pub id: String,
    /// Which of the kinds of wording it is.
    pub kind: Kind,
    /// The words it looks for.
    pub phrases: Vec<String>,
    /// Why it is worth a second look.
    pub reason: String,
    /// What the writer could do.
    pub offer: String,
    /// It keeps quiet when one of these stands within two words after.
    #[serde(default)]
    pub unless_after: Vec<String>,
    /// It keeps quiet when one of these stands within six words before, in the same sentence.
    #[serde(default)]
    pub unless_before: Vec<String>,
    /// It keeps quiet when one of these stands in the same sentence.
    #[serde(default)]
    pub unless_in_sentence: Vec<String>,
    /// It keeps quiet when one of these stands in the same paragraph.
    #[serde(default)]
    pub unless_in_paragraph: Vec<String>,
    /// It speaks only when one of these stands in the same sentence.
    #[serde(default)]
    pub only_with: Vec<String>,
    /// Where it rests, beyond the sources of the file.
    #[serde(default)]
    pub source: String,
    /// What is doubtful about it.
    #[serde(default)]
    pub unsure: String,
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "what is only for the reader of the file is checked to be there")]
pub struct RuleFile {
    id: String,
    version: u32,
    title: String,
    about: String,
    checked: String,
    unsure: String,
    sources: Vec<String>,
    /// Words that several rules share, named `@name` there.
    lists: HashMap<String, Vec<String>>,
    rules: Vec<Rule>,
}

/// Words and phrases that make a rule keep quiet, or speak.
struct Cues(Phrases<()>, bool);

impl Cues {
    fn new(
        rule: &str,
        words: &[String],
        lists: &HashMap<String, Vec<String>>,
    ) -> Result<Cues, WordsError> {
        let mut phrases = Phrases::new();
        for word in words {
            match word.strip_prefix('@') {
                None => phrases.add(word, ()),
                Some(list) => lists
                    .get(list)
                    .ok_or_else(|| WordsError::NoList {
                        rule: rule.to_owned(),
                        list: list.to_owned(),
                    })?
                    .iter()
                    .for_each(|word| phrases.add(word, ())),
            }
        }
        Ok(Cues(phrases, words.is_empty()))
    }

    fn is_in(&self, tokens: &Tokens<'_>, mut places: impl Iterator<Item = usize>) -> bool {
        !self.1 && places.any(|at| self.0.at(tokens, at).next().is_some())
    }
}

struct Ready {
    after: Cues,
    before: Cues,
    sentence: Cues,
    paragraph: Cues,
    only: Cues,
}

/// All rules, ready to look up.
pub struct Rules {
    all: Vec<Rule>,
    ready: Vec<Ready>,
    phrases: Phrases<usize>,
    /// Words that say what comes next.
    said_steps: Cues,
}

/// The list of words that say what comes next.
const SAID_STEPS: &str = "@said_next_steps";

impl Rules {
    pub fn new(file: RuleFile) -> Result<Rules, WordsError> {
        let RuleFile { lists, rules, .. } = file;
        let (mut ready, mut phrases) = (Vec::new(), Phrases::new());
        for (at, rule) in rules.iter().enumerate() {
            rule.phrases.iter().for_each(|phrase| phrases.add(phrase, at));
            let cues = |words| Cues::new(&rule.id, words, &lists);
            ready.push(Ready {
                after: cues(&rule.unless_after)?,
                before: cues(&rule.unless_before)?,
                sentence: cues(&rule.unless_in_sentence)?,
                paragraph: cues(&rule.unless_in_paragraph)?,
                only: cues(&rule.only_with)?,
            });
        }
        // A rule's own words may be named only once in a text at a place: `settle` sees to it.
        let unique: HashSet<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
        debug_assert_eq!(unique.len(), rules.len(), "two rules have one id");
        let said_steps = Cues::new("the next step of a line", &[SAID_STEPS.to_owned()], &lists)?;
        Ok(Rules { all: rules, ready, phrases, said_steps })
    }

    pub fn all(&self) -> &[Rule] {
        &self.all
    }

    /// Whether what comes next is said.
    pub fn has_next_step(&self, tokens: &Tokens<'_>) -> bool {
        self.said_steps.is_in(tokens, 0..tokens.len())
    }

    pub fn find<'a>(&'a self, tokens: &Tokens<'a>, hits: &mut Vec<Hit<'a>>) {
        for at in (0..tokens.len()).filter(|at| tokens.is_word(*at)) {
            for (last, rule) in self.phrases.at(tokens, at) {
                let (Some(ready), Some(rule)) = (self.ready.get(rule), self.all.get(rule)) else {
                    continue;
                };
                if ready.speaks(tokens, at, last) {
                    hits.push(Hit {
                        kind: rule.kind,
                        grade: Grade::Hint,
                        range: tokens.range(at, last),
                        begins: false,
                        reason: rule.reason.as_str().into(),
                        advice: rule.offer.as_str().into(),
                        replacement: None,
                        rule: Some(&rule.id),
                    });
                }
            }
        }
    }
}

impl Ready {
    fn speaks(&self, tokens: &Tokens<'_>, first: usize, last: usize) -> bool {
        let same = |at: &usize| tokens.same_sentence(*at, first);
        let mut next = last;
        let after = std::iter::from_fn(|| {
            next = tokens.next_word(next)?;
            Some(next)
        });
        if self.after.is_in(tokens, after.take(AFTER).filter(same)) {
            return false;
        }
        let words = |at: &usize| tokens.is_word(*at);
        let before = (0..first).rev().take_while(same).filter(words).take(BEFORE);
        if self.before.is_in(tokens, before) {
            return false;
        }
        let from = first.saturating_sub(SENTENCE);
        let to = tokens.len().min(last + SENTENCE);
        if self.sentence.is_in(tokens, (from..to).filter(same)) {
            return false;
        }
        if self.paragraph.is_in(tokens, paragraph(tokens, first)) {
            return false;
        }
        self.only.1 || self.only.is_in(tokens, (from..to).filter(same))
    }
}

/// The tokens of the paragraph, as far as three sentences reach.
fn paragraph(tokens: &Tokens<'_>, at: usize) -> std::ops::Range<usize> {
    use super::tokens::Gap;
    let far = 3 * SENTENCE;
    let begins = |at: &usize| tokens.get(*at).is_some_and(|token| token.gap == Gap::Paragraph);
    let from = (at.saturating_sub(far)..=at).rev().find(begins).unwrap_or(at.saturating_sub(far));
    let end = tokens.len().min(at + far);
    let to = (at + 1..end).find(begins).unwrap_or(end);
    from..to
}
