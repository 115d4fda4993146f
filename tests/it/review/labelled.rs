//! Sentences with what should be found in them, and how well the review finds it.

use std::fmt;
use std::ops::Range;

use cairn::review::{Family, Finding, Grade, Reviewer, Settings};
use jiff::civil::date;

/// What should be found.
pub struct Label {
    pub kind: String,
    pub strong: bool,
    pub bytes: Range<usize>,
}

/// One sentence of a file.
pub struct Sentence {
    pub text: String,
    pub labels: Vec<Label>,
}

/// A file of sentences: `#` is a remark, `@person` a name of the caseload, `[[kind grade|text]]`
/// what should be found.
pub struct Set {
    pub settings: Settings,
    pub sentences: Vec<Sentence>,
}

impl Set {
    pub fn read(file: &str) -> Set {
        let person = |line: &str| line.strip_prefix("@person ").map(str::to_owned);
        let names = file.lines().filter_map(person).collect();
        let today = Some(date(2026, 11, 22));
        let sentences =
            file.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '@']));
        Set {
            settings: Settings { names, today, ..Settings::default() },
            sentences: sentences.map(Sentence::read).collect(),
        }
    }

    pub fn words(&self) -> usize {
        self.sentences.iter().map(|it| it.text.split_whitespace().count()).sum()
    }
}

impl Sentence {
    fn read(line: &str) -> Sentence {
        let (mut text, mut labels, mut rest) = (String::new(), Vec::new(), line);
        while let Some((before, marked)) = rest.split_once("[[") {
            let (label, after) = marked.split_once("]]").unwrap();
            let (what, found) = label.split_once('|').unwrap();
            let (kind, grade) = what.split_once(' ').unwrap();
            text.push_str(before);
            let start = text.len();
            text.push_str(found);
            assert!(matches!(grade, "strong" | "weak"), "{line}");
            let (kind, strong) = (kind.to_owned(), grade == "strong");
            labels.push(Label { kind, strong, bytes: start..text.len() });
            rest = after;
        }
        text.push_str(rest);
        Sentence { text, labels }
    }
}

/// What came of a set.
#[derive(Default)]
pub struct Figures {
    pub sentences: usize,
    pub words: usize,
    pub strong: (usize, usize),
    pub weak: (usize, usize),
    /// Of those found, how many have the very ends that they should have.
    pub exact: usize,
    /// Identifiers found where there is none.
    pub false_alarms: usize,
    /// Hints on wording.
    pub hints: usize,
    /// What was missed or found wrongly, to read.
    pub remarks: Vec<String>,
}

impl Figures {
    pub fn of(reviewer: &Reviewer, set: &Set) -> Figures {
        let mut figures = Figures { words: set.words(), ..Figures::default() };
        for sentence in &set.sentences {
            figures.sentences += 1;
            let findings = reviewer.review(&sentence.text, &set.settings, None);
            figures.take(sentence, &findings);
        }
        figures
    }

    fn take(&mut self, sentence: &Sentence, findings: &[Finding]) {
        let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        for label in &sentence.labels {
            let found = findings.iter().find(|it| {
                overlap(&it.bytes, &label.bytes)
                    && it.kind.id() == label.kind
                    && (!label.strong || it.grade == Grade::Strong)
            });
            let count = if label.strong { &mut self.strong } else { &mut self.weak };
            count.1 += 1;
            if let Some(found) = found {
                count.0 += 1;
                if found.bytes == label.bytes {
                    self.exact += 1;
                } else {
                    self.remarks.push(format!("inexact {:?}: {}", found.text, sentence.text));
                }
            } else {
                self.remarks.push(format!("missed {}: {}", label.kind, sentence.text));
            }
        }
        for finding in findings {
            let expected = sentence.labels.iter().any(|it| overlap(&it.bytes, &finding.bytes));
            match finding.kind.family() {
                Family::Identifier if !expected => self.false_alarms += 1,
                Family::Wording => self.hints += 1,
                _ => continue,
            }
            let (kind, text) = (finding.kind.id(), &finding.text);
            self.remarks.push(format!("false {kind} {text:?}: {}", sentence.text));
        }
    }

    /// False alarms in 1,000 words.
    pub fn rate(&self) -> f64 {
        1000.0 * (self.false_alarms + self.hints) as f64 / self.words as f64
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures { sentences, words, strong, weak, exact, false_alarms, hints, .. } = self;
        write!(
            f,
            "{sentences} sentences, {words} words: strong {} of {}, weak {} of {}, {exact} with \
             the very ends; false alarms: {false_alarms} identifiers, {hints} hints on wording, \
             {:.2} in 1,000 words",
            strong.0,
            strong.1,
            weak.0,
            weak.1,
            self.rate()
        )
    }
}
