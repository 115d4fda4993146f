//! People whom the caller names: the caseload. Each name is found whole and in its parts, with
//! or without accents. A part that is a word as well (Will, May, Grace) needs a capital and
//! neighbours that fit a person.

use std::collections::{HashMap, HashSet};

use super::names::is_before_head;
use super::{Search, Told};
use crate::review::tokens::Case;
use crate::review::words::{Words, words_of};
use crate::review::{Grade, Hit, Kind};

const REASON: &str = "It is the name of somebody on your caseload.";
const WRITTEN: &str = "the doctor";
/// The most parts of a name that are taken together.
const LONGEST: usize = 5;

/// The names of a caseload, ready to look up.
pub struct People {
    /// Whole names by their first word.
    whole: HashMap<String, Vec<Vec<String>>>,
    parts: HashSet<String>,
    /// Names in scripts without spaces between words, as they are written.
    unspaced: Vec<String>,
}

impl People {
    /// From full names, with or without a title.
    pub fn new(names: &[String], words: &Words) -> People {
        let mut people =
            People { whole: HashMap::new(), parts: HashSet::new(), unspaced: Vec::new() };
        for name in names {
            let mut parts = words_of(name);
            let is_title = |part: &String| words.titles.contains(part);
            while parts.first().is_some_and(is_title) {
                parts.remove(0);
            }
            let trimmed = name.trim();
            if trimmed.chars().any(is_unspaced) && trimmed.chars().count() >= 2 {
                people.unspaced.push(trimmed.to_owned());
            }
            let long = |part: &&String| part.chars().count() >= 2 || !part.is_ascii();
            let kept = parts.iter().filter(long).filter(|part| !words.particles.contains(*part));
            people.parts.extend(kept.cloned());
            if let Some(first) = parts.first().filter(|_| parts.len() > 1) {
                people.whole.entry(first.clone()).or_default().push(parts);
            }
        }
        people
    }

    /// A title before a name of the caseload means the same person: one finding, not two.
    pub fn prefer(&self, hits: &mut [Hit<'_>]) {
        let mut own: Vec<_> =
            hits.iter().filter(|hit| hit.kind == Kind::Person).map(|hit| hit.range.end).collect();
        own.sort_unstable();
        for hit in hits.iter_mut().filter(|hit| hit.kind == Kind::Name) {
            if own.binary_search(&hit.range.end).is_ok() {
                hit.kind = Kind::Person;
                hit.grade = Grade::Strong;
                hit.reason = REASON.into();
                hit.replacement = Some(WRITTEN.to_owned());
            }
        }
    }
}

pub fn find<'a>(search: &Search<'a>, at: usize, hits: &mut Vec<Hit<'a>>) {
    let tokens = search.tokens;
    if let Some(last) = whole_at(search, at) {
        search.add(hits, at, last, Told::new(Kind::Person, Grade::Strong, REASON, WRITTEN));
        return;
    }
    if !search.people.parts.contains(tokens.word(at)) || is_before_head(search, at) {
        return;
    }
    let Some(grade) = part_grade(search, at) else { return };
    let mut last = at;
    // Parts of one name that follow one another are one finding: a second given name, or the
    // names in another order.
    for _ in 1..LONGEST {
        if !tokens.is_capital(last) {
            break;
        }
        let next = tokens.joined(last).unwrap_or(last + 1);
        let near = tokens.is_on_line(next) && search.people.parts.contains(tokens.word(next));
        if !(near && tokens.is_capital(next)) {
            break;
        }
        last = next;
    }
    search.add(hits, at, last, Told::new(Kind::Person, grade, REASON, WRITTEN));
}

fn whole_at(search: &Search<'_>, first: usize) -> Option<usize> {
    let tokens = search.tokens;
    let known = search.people.whole.get(tokens.word(first))?;
    let fits = known.iter().filter_map(|parts| {
        let mut last = first;
        for part in parts.iter().skip(1) {
            last = tokens.next_word(last)?;
            // An initial or its full stop may stand between.
            if tokens.word(last) != part && tokens.case(last) == Case::Initial {
                last = tokens.next_word(last)?;
            }
            if tokens.word(last) != part {
                return None;
            }
        }
        let capital = tokens.case(first) != Case::Lower || tokens.case(last) != Case::Lower;
        let plain = parts.iter().any(|part| !search.words.also_words.contains(part));
        (capital || plain).then_some(last)
    });
    fits.max()
}

fn part_grade(search: &Search<'_>, at: usize) -> Option<Grade> {
    let (tokens, words) = (search.tokens, search.words);
    let word = tokens.word(at);
    let is_word = words.also_words.contains(word) || words.particles.contains(word);
    match tokens.case(at) {
        Case::Caseless => Some(Grade::Strong),
        Case::Lower if is_word || word.chars().count() < 4 => None,
        Case::Lower => Some(Grade::Weak),
        // Short capitals are short forms: "LI", "AN".
        Case::Upper if word.chars().count() < 4 => None,
        Case::Initial | Case::Mixed => None,
        _ if !is_word => Some(Grade::Strong),
        _ if words.also_months.contains(word) && is_month(search, at) => None,
        _ => ambiguous(search, at),
    }
}

/// A name that is a word as well, with a capital.
fn ambiguous(search: &Search<'_>, at: usize) -> Option<Grade> {
    let (tokens, words) = (search.tokens, search.words);
    let token = tokens.get(at)?;
    let possessive = tokens.is_mark(at + 1, '\'') && tokens.word(at + 2) == "s";
    let next = tokens.word(at + 1);
    if token.first {
        let month = words.also_months.contains(tokens.word(at));
        return if possessive && !month {
            Some(Grade::Strong)
        } else {
            // "Will to book the clinic": how actions are written.
            let acts = next == "to" && !month && tokens.is_word(at + 2);
            (acts || words.person_verbs.contains(next)).then_some(Grade::Weak)
        };
    }
    // Titles of things are written with capitals all along.
    let title_before = at > 0 && tokens.is_capital(at - 1) && tokens.is_on_line(at);
    let title_after = tokens.is_capital(at + 1) && tokens.is_on_line(at + 1);
    if (title_before && !search.words.titles.contains(tokens.word(at - 1))) || title_after {
        return None;
    }
    let near = at.saturating_sub(12)..(at + 12).min(tokens.len());
    let is_model = near
        .filter(|other| tokens.same_sentence(*other, at))
        .any(|other| words.model_words.contains(tokens.word(other)));
    (!is_model).then_some(Grade::Strong)
}

/// Whether "May" is the month here.
fn is_month(search: &Search<'_>, at: usize) -> bool {
    let (tokens, words) = (search.tokens, search.words);
    let number = |at: usize| {
        tokens.is_number(at) || tokens.word(at).starts_with(|c: char| c.is_ascii_digit())
    };
    let before = at.checked_sub(1);
    number(at + 1)
        || before.is_some_and(|at| number(at) || words.month_cues.contains(tokens.word(at)))
        || (!tokens.is_attached(at + 1) && words.month_events.contains(tokens.word(at + 1)))
        || (tokens.is_mark(at + 1, '/') || before.is_some_and(|at| tokens.is_mark(at, '/')))
}

/// Names in scripts that put no space between words.
pub fn find_unspaced<'a>(search: &Search<'a>, hits: &mut Vec<Hit<'a>>) {
    let text = search.tokens.text;
    for name in &search.people.unspaced {
        for (at, found) in text.match_indices(name.as_str()) {
            hits.push(Hit {
                kind: Kind::Person,
                grade: Grade::Strong,
                range: at..at + found.len(),
                begins: false,
                reason: REASON.into(),
                advice: "".into(),
                replacement: Some(WRITTEN.to_owned()),
                rule: None,
            });
        }
    }
}

/// Chinese, Japanese, Korean and Thai letters: words are not parted, or carry endings.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}')
}
