//! Spelling in British English: the dictionary of `assets/words/en-GB.*`, a list of medical words
//! written for this project, and the person's own words. Names, short forms in capitals, words
//! with digits and addresses are left alone.

use std::collections::HashSet;

use spellbook::{Dictionary, ParseDictionaryError};

use super::tokens::{Case, Tokens};
use super::words::words_of;
use super::{Grade, Hit, Kind};

const AFF: &str = include_str!("../../assets/words/en-GB.aff");
const DIC: &str = include_str!("../../assets/words/en-GB.dic");
const MEDICAL: &str = include_str!("../../assets/words/medical.txt");

/// How many suggestions are offered at the most.
const OFFERED: usize = 5;
/// A capitalised word at the beginning of a sentence that is in no list may be a name. From this
/// length on, and only beside a word of the dictionary, it is taken for a slip.
const SLIP: usize = 6;

/// The dictionary can't be read: a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("The dictionary en-GB can’t be read: {0}")]
pub struct SpellerError(ParseDictionaryError);

/// The dictionary and the medical words. Making one takes a while (see the benchmark `review`)
/// and some megabytes: make it on a worker when spelling is wanted first, and keep it.
pub struct Speller {
    dictionary: Dictionary,
    medical: HashSet<&'static str>,
}

/// A speller with what belongs to one person.
pub struct Own<'a> {
    speller: &'a Speller,
    own: HashSet<String>,
}

impl Speller {
    /// Reads the dictionary that comes with Cairn.
    ///
    /// # Errors
    /// It can't be read: a fault of the program.
    pub fn british() -> Result<Speller, SpellerError> {
        let words = MEDICAL.lines().filter(|line| !line.starts_with('#'));
        let medical = words.flat_map(str::split_whitespace).collect();
        Ok(Speller { dictionary: Dictionary::new(AFF, DIC).map_err(SpellerError)?, medical })
    }

    /// Whether a word is in a list; case and accents do not count for words that have neither.
    pub fn knows(&self, word: &str) -> bool {
        let folded = words_of(word).join(" ");
        self.dictionary.check(word) || self.knows_folded(&folded)
    }

    /// The most likely words for one that is in no list, best first, five at the most. It takes
    /// some milliseconds: for the word that the person looks at, not for all.
    pub fn suggest(&self, word: &str) -> Vec<String> {
        let plain = word.replace('’', "'");
        let lower = plain.to_lowercase();
        let near = neighbours(&lower).filter(|near| self.medical.contains(near.as_str()));
        let mut offered: Vec<String> = near.collect();
        self.dictionary.suggest(&plain, &mut offered);
        if plain.starts_with(char::is_uppercase) {
            offered = offered.iter().map(|word| super::capital(word)).collect();
        }
        let mut seen = HashSet::new();
        offered.retain(|word| seen.insert(word.clone()));
        offered.truncate(OFFERED);
        offered
    }

    pub(super) fn with_own(&self, own: &[String], names: &[String]) -> Own<'_> {
        let own = own.iter().chain(names).flat_map(|word| words_of(word)).collect();
        Own { speller: self, own }
    }

    fn knows_folded(&self, word: &str) -> bool {
        self.dictionary.check(word)
            || self.is_medical(word)
            || word.strip_suffix('s').is_some_and(|word| self.is_medical(word))
            || word.strip_suffix("es").is_some_and(|word| self.is_medical(word))
    }

    fn is_medical(&self, word: &str) -> bool {
        self.medical.contains(word)
    }
}

impl Own<'_> {
    /// Adds every word that is in no list.
    pub fn find<'a>(&self, tokens: &Tokens<'a>, hits: &mut Vec<Hit<'a>>) {
        let mut at = 0;
        while at < tokens.len() {
            let last = contraction_end(tokens, at);
            if tokens.is_word(at) && is_prose(tokens, at, last) && !self.is_right(tokens, at, last)
            {
                hits.push(Hit {
                    kind: Kind::Spelling,
                    grade: Grade::Hint,
                    range: tokens.range(at, at),
                    begins: false,
                    reason: "This word is in none of the lists: British English, medical \
                             words, your own."
                        .into(),
                    advice: "Choose another spelling, or add it to your own words.".into(),
                    replacement: None,
                    rule: None,
                });
            }
            at = last + 1;
        }
    }

    fn is_right(&self, tokens: &Tokens<'_>, at: usize, last: usize) -> bool {
        let word = tokens.word(at);
        let knows = |word: &str| self.own.contains(word) || self.speller.knows_folded(word);
        // "don't" is one word; "clinic's" is right when "clinic" is.
        let whole = last > at && knows(&format!("{word}'{}", tokens.word(last)));
        if whole || knows(word) || self.speller.dictionary.check(&super::capital(word)) {
            return true;
        }
        let part_of_compound = (at > 0 && tokens.is_mark(at - 1, '-') && tokens.is_attached(at))
            || (tokens.is_mark(last + 1, '-') && tokens.is_attached(last + 1));
        if part_of_compound && word.len() <= 4 {
            return true;
        }
        let capital = tokens.case(at) == Case::Title;
        capital
            && (word.len() < SLIP
                || !neighbours(word).any(|near| self.speller.dictionary.check(&near)))
    }
}

/// The last token of "don't" and "clinic's".
fn contraction_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let joined = tokens.joined(at).filter(|_| tokens.is_mark(at + 1, '\''));
    joined.filter(|last| tokens.word(*last).len() <= 2).unwrap_or(at)
}

/// Whether it is a word of prose: small letters, or a capital at the beginning of a sentence.
fn is_prose(tokens: &Tokens<'_>, at: usize, last: usize) -> bool {
    let word = tokens.word(at);
    let letters = word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let first = tokens.get(at).is_some_and(|token| token.first);
    let case = match tokens.case(at) {
        Case::Lower => true,
        Case::Title => first,
        _ => false,
    };
    let tight = |at: usize, marks: &str| {
        tokens.is_attached(at) && marks.chars().any(|mark| tokens.is_mark(at, mark))
    };
    let before = at > 0
        && tokens.is_attached(at)
        && "@/\\._#&=~'".chars().any(|mark| tokens.is_mark(at - 1, mark));
    let after = tight(last + 1, "@/\\_=~")
        || (tight(last + 1, ".") && tokens.is_attached(last + 2) && tokens.is_word(last + 2));
    letters && case && !before && !after
}

/// Every text one slip away: a letter too many, too few, another, or two in the wrong order.
fn neighbours(word: &str) -> impl Iterator<Item = String> + '_ {
    let cuts = || word.char_indices().map(|(at, _)| word.split_at(at));
    let ends = || cuts().chain([(word, "")]);
    let rest = |text: &str| text.chars().skip(1).collect::<String>();
    let left_out = cuts().map(move |(a, b)| format!("{a}{}", rest(b)));
    let turned = cuts().filter_map(|(a, b)| {
        let mut chars = b.chars();
        let (first, second) = (chars.next()?, chars.next()?);
        Some(format!("{a}{second}{first}{}", chars.as_str()))
    });
    let other =
        cuts().flat_map(move |(a, b)| ('a'..='z').map(move |c| format!("{a}{c}{}", rest(b))));
    let more = ends().flat_map(|(a, b)| ('a'..='z').map(move |c| format!("{a}{c}{b}")));
    turned.chain(left_out).chain(other).chain(more)
}
