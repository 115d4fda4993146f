//! What helps the writer of a note: details that may point to a patient or the doctor, words
//! about a person where behaviour would say more, and spelling.
//!
//! It explains and offers; it never blocks and never changes a text. A text in which nothing is
//! found has no *obvious* identifiers; it is not anonymous.
//!
//! All of it works on this computer from the dated lists in `assets/words`. [`Reviewer`] and
//! [`Speller`] are made once, on a worker; a review of a note takes a few milliseconds.

mod identifiers;
mod kind;
mod parts;
mod spelling;
pub mod statements;
mod tokens;
mod wording;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use jiff::civil::Date;

use identifiers::{People, Search};
pub use kind::{Family, Grade, Kind};
pub use spelling::{Speller, SpellerError};
pub use statements::{Remark, Statement};
use tokens::Tokens;
pub use wording::Rule;
use words::Words;
pub use words::WordsError;

/// What to look for, and what the caller knows.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Full names of the people on the caseload, with or without a title.
    pub names: Vec<String>,
    /// Words that are spelled as the person wants them.
    pub own_words: Vec<String>,
    /// Texts that the person chose to keep, as they were found.
    pub allowed: Vec<String>,
    /// Forms of hospital numbers: `#` is a digit, `@` a letter, anything else itself.
    pub hospital_patterns: Vec<String>,
    /// What not to look for.
    pub off: BTreeSet<Kind>,
    /// To offer "in their 60s" for a date of birth, and to know what is long ago.
    pub today: Option<Date>,
}

/// One place in a text with what is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// How sure that is.
    pub grade: Grade,
    /// Where it lies, in bytes; both ends are borders of characters.
    pub bytes: Range<usize>,
    /// Where it lies, in Unicode characters.
    pub chars: Range<usize>,
    /// The text there.
    pub text: String,
    /// Why it was found, in a sentence.
    pub reason: String,
    /// What the writer could do, where nothing can simply take its place; may be empty.
    pub advice: String,
    /// What could stand there instead.
    pub replacement: Option<String>,
    /// The rule of fair language that found it.
    pub rule: Option<String>,
}

/// What a rule found, before overlaps are settled.
struct Hit<'a> {
    kind: Kind,
    grade: Grade,
    range: Range<usize>,
    /// Whether it begins a sentence with a capital: so must what takes its place.
    begins: bool,
    reason: Cow<'a, str>,
    advice: Cow<'a, str>,
    replacement: Option<String>,
    rule: Option<&'a str>,
}

/// The lists, ready to review with. Made once; it takes some milliseconds.
pub struct Reviewer {
    words: Words,
}

impl Reviewer {
    /// With the lists that come with Cairn.
    ///
    /// # Errors
    /// A list can't be read: a fault of the program.
    pub fn built_in() -> Result<Reviewer, WordsError> {
        Ok(Reviewer { words: Words::built_in()? })
    }

    /// The rules of fair language, to show in a list.
    pub fn rules(&self) -> &[Rule] {
        self.words.rules()
    }

    /// Whether a text says what comes next.
    pub fn has_next_step(&self, text: &str) -> bool {
        self.words.rules.has_next_step(&Tokens::of(text))
    }

    /// Looks through a text. What is found comes in the order of the text and does not overlap.
    pub fn review(
        &self,
        text: &str,
        settings: &Settings,
        speller: Option<&Speller>,
    ) -> Vec<Finding> {
        self.review_until(text, settings, speller, &|| false)
    }

    /// The same, given up as soon as `stop` says so: then with what was found until there.
    pub fn review_until(
        &self,
        text: &str,
        settings: &Settings,
        speller: Option<&Speller>,
        stop: &dyn Fn() -> bool,
    ) -> Vec<Finding> {
        self.looking(settings).review(text, speller, stop, &[])
    }

    /// Ready to look through many texts with the same settings.
    pub fn looking<'a>(&'a self, settings: &'a Settings) -> Looking<'a> {
        Looking {
            reviewer: self,
            settings,
            people: People::new(&settings.names, &self.words),
            allowed: settings.allowed.iter().map(|text| folded(text)).collect(),
        }
    }
}

/// The lists with one set of settings, made ready once for many texts.
pub struct Looking<'a> {
    reviewer: &'a Reviewer,
    settings: &'a Settings,
    people: People,
    allowed: HashSet<String>,
}

impl Looking<'_> {
    /// Looks through a text, in which these words may stand as well; given up as soon as `stop`
    /// says so.
    fn review(
        &self,
        text: &str,
        speller: Option<&Speller>,
        stop: &dyn Fn() -> bool,
        may_stand: &[String],
    ) -> Vec<Finding> {
        let Looking { settings, people, allowed, .. } = self;
        let words = &self.reviewer.words;
        let may_stand: Vec<String> = may_stand.iter().map(|text| folded(text)).collect();
        let own = speller.map(|speller| speller.with_own(&settings.own_words, &settings.names));
        let mut findings = Vec::new();
        let mut chars = Chars { text, byte: 0, count: 0 };
        for part in parts::parts(text) {
            if stop() {
                break;
            }
            let Some(within) = text.get(part.clone()) else { break };
            let tokens = Tokens::of(within);
            let search = Search { tokens: &tokens, words, settings, people };
            let mut hits = Vec::new();
            identifiers::find(&search, &mut hits);
            words.rules.find(&tokens, &mut hits);
            if let Some(own) = &own {
                own.find(&tokens, &mut hits);
            }
            for hit in settle(hits) {
                let kept = !settings.off.contains(&hit.kind);
                let found = within.get(hit.range.clone()).unwrap_or_default();
                if !kept || found.is_empty() {
                    continue;
                }
                let plain = folded(found);
                if !allowed.contains(&plain) && !may_stand.contains(&plain) {
                    findings.push(finding(hit, part.start, found, &mut chars));
                }
            }
        }
        findings
    }
}

/// The same text whatever its case, accents and marks.
fn folded(text: &str) -> String {
    words::words_of(text).join(" ")
}

/// No two overlap: what is surer and longer stays. In the order of the text.
fn settle(mut hits: Vec<Hit<'_>>) -> Vec<Hit<'_>> {
    hits.sort_by_key(|hit| {
        (hit.kind.rank(hit.grade), usize::MAX - hit.range.len(), hit.range.start, hit.kind)
    });
    let mut kept: BTreeMap<usize, Hit<'_>> = BTreeMap::new();
    for hit in hits {
        let free = kept
            .range(..hit.range.end)
            .next_back()
            .is_none_or(|(_, before)| before.range.end <= hit.range.start);
        if free && !hit.range.is_empty() {
            kept.insert(hit.range.start, hit);
        }
    }
    kept.into_values().collect()
}

fn finding(hit: Hit<'_>, offset: usize, found: &str, chars: &mut Chars<'_>) -> Finding {
    let bytes = hit.range.start + offset..hit.range.end + offset;
    let range = chars.at(bytes.start)..chars.at(bytes.end);
    let replacement = hit.replacement.map(|text| if hit.begins { capital(&text) } else { text });
    Finding {
        kind: hit.kind,
        grade: hit.grade,
        bytes,
        chars: range,
        text: found.to_owned(),
        reason: hit.reason.into_owned(),
        advice: hit.advice.into_owned(),
        replacement,
        rule: hit.rule.map(str::to_owned),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Counts characters up to bytes, in rising order, going through the text once.
struct Chars<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl Chars<'_> {
    fn at(&mut self, byte: usize) -> usize {
        let between = self.text.get(self.byte..byte).unwrap_or_default();
        self.count += between.chars().count();
        self.byte = self.byte.max(byte);
        self.count
    }
}
