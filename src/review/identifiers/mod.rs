//! Details that may point to a patient, or to the doctor, in a text. What is looked for and with
//! which grade follows the notes on identifiers of the field: a check digit in a plausible range,
//! or a label, is strong; a shape alone is weak. Finding nothing never means that nothing is
//! there.

mod codes;
mod contact;
mod dates;
mod names;
mod numbers;
mod people;
mod places;

pub use people::People;

use super::tokens::Tokens;
use super::words::{Label, Words};
use super::{Grade, Hit, Kind, Settings};

/// What the rules work with: one text, the lists, what the caller knows.
pub struct Search<'a> {
    pub tokens: &'a Tokens<'a>,
    pub words: &'a Words,
    pub settings: &'a Settings,
    pub people: &'a People,
}

/// What a rule tells about what it found.
struct Told {
    kind: Kind,
    grade: Grade,
    reason: &'static str,
    /// What could stand there instead.
    replacement: String,
}

impl Told {
    fn new(kind: Kind, grade: Grade, reason: &'static str, replacement: &str) -> Told {
        Told { kind, grade, reason, replacement: replacement.to_owned() }
    }
}

/// Everything found, in no order, with overlaps.
pub fn find<'a>(search: &Search<'a>, hits: &mut Vec<Hit<'a>>) {
    let tokens = search.tokens;
    for at in 0..tokens.len() {
        if tokens.is_number(at) {
            numbers::find(search, at, hits);
            dates::find(search, at, hits);
            places::find_age(search, at, hits);
        }
        if tokens.is_number(at) || tokens.is_mark(at, '+') || tokens.is_mark(at, '(') {
            contact::find_phone(search, at, hits);
        }
        if tokens.is_mark(at, '@') {
            contact::find_email(search, at, hits);
        }
        if tokens.is_number(at) || tokens.is_word(at) {
            codes::find(search, at, hits);
        }
        if tokens.is_word(at) {
            contact::find_postcode(search, at, hits);
            dates::find(search, at, hits);
            places::find(search, at, hits);
            places::find_age(search, at, hits);
            names::find(search, at, hits);
            people::find(search, at, hits);
        }
    }
    people::find_unspaced(search, hits);
    search.people.prefer(hits);
}

impl<'a> Search<'a> {
    /// Adds what lies from one token to another.
    fn add(&self, hits: &mut Vec<Hit<'a>>, first: usize, last: usize, told: Told) {
        let Told { kind, grade, reason, replacement } = told;
        hits.push(Hit {
            kind,
            grade,
            range: self.tokens.range(first, last),
            begins: self.begins(first),
            reason: reason.into(),
            advice: "".into(),
            replacement: Some(replacement),
            rule: None,
        });
    }

    /// Whether a token begins a sentence with a capital.
    fn begins(&self, at: usize) -> bool {
        use super::tokens::Case;
        self.tokens.get(at).is_some_and(|token| {
            token.first && !matches!(token.case, Case::Lower | Case::Caseless | Case::Mixed)
        })
    }

    /// The label that stands before a token, over marks and words such as "no" and "is", with
    /// its own first token.
    fn label_before(&self, at: usize) -> Option<(Label, usize)> {
        let tokens = self.tokens;
        let mut from = at;
        for _ in 0..8 {
            if tokens.get(from)?.gap == super::tokens::Gap::Paragraph {
                return None;
            }
            from = from.checked_sub(1)?;
            if tokens.is_word(from) {
                if let Some(found) = self.label_ending(from) {
                    return Some(found);
                }
                if !self.words.fillers.contains(tokens.word(from)) {
                    return None;
                }
            } else if !":=#-()[]./".chars().any(|mark| tokens.is_mark(from, mark)) {
                return None;
            }
        }
        None
    }

    /// The longest label whose last word is this token.
    fn label_ending(&self, last: usize) -> Option<(Label, usize)> {
        let known = self.words.labels.get(self.tokens.word(last))?;
        let fits = known.iter().filter_map(|(words, label)| {
            let mut first = last;
            for word in words.iter().skip(1) {
                first = self.word_before(first)?;
                if self.tokens.word(first) != word {
                    return None;
                }
            }
            Some((words.len(), *label, first))
        });
        fits.max_by_key(|(len, _, _)| *len).map(|(_, label, first)| (label, first))
    }

    /// The word before, over the marks inside a label (`H&C`, `D.O.B.`).
    fn word_before(&self, at: usize) -> Option<usize> {
        let mut at = at.checked_sub(1)?;
        while ".&-'/".chars().any(|mark| self.tokens.is_mark(at, mark)) {
            at = at.checked_sub(1)?;
        }
        self.tokens.is_word(at).then_some(at)
    }

    /// Whether a number goes on before this token or is part of something longer.
    fn is_glued(&self, at: usize) -> bool {
        let tokens = self.tokens;
        if !tokens.is_attached(at) || at == 0 {
            return false;
        }
        let before = at - 1;
        let inside = ".,/-".chars().any(|mark| tokens.is_mark(before, mark))
            && tokens.is_attached(before)
            && (before > 0 && tokens.is_number(before - 1));
        let money = "£$€+".chars().any(|mark| tokens.is_mark(before, mark));
        inside || money || tokens.is_number(before)
    }

    /// Whether a number goes on after this token.
    fn goes_on(&self, last: usize) -> bool {
        let tokens = self.tokens;
        if !tokens.is_attached(last + 1) {
            return false;
        }
        if tokens.is_number(last + 1) {
            return true;
        }
        ".,/-".chars().any(|mark| tokens.is_mark(last + 1, mark))
            && tokens.is_attached(last + 2)
            && tokens.is_number(last + 2)
    }
}
