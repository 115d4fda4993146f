//! Names with a title or another cue. A title is the best sign there is; a given name with a
//! capitalised word after it is weak, for places, prizes and diseases carry names as well.

use super::{Search, Told};
use crate::review::tokens::{Case, Gap};
use crate::review::{Grade, Hit, Kind};

/// The most words of a name.
const LONGEST: usize = 4;

pub fn find<'a>(search: &Search<'a>, at: usize, hits: &mut Vec<Hit<'a>>) {
    let word = search.tokens.word(at);
    if search.words.titles.contains(word) || search.words.weak_titles.contains(word) {
        find_titled(search, at, hits);
    } else if search.words.cues.contains(word) {
        find_after_cue(search, at, hits);
    } else if search.words.given.contains(word) {
        find_given(search, at, hits);
    }
}

fn find_titled<'a>(search: &Search<'a>, title: usize, hits: &mut Vec<Hit<'a>>) {
    let (tokens, words) = (search.tokens, search.words);
    let is_small = tokens.case(title) == Case::Lower;
    let short = tokens.word(title).len() <= 4;
    if is_small && !words.typed_small.contains(tokens.word(title)) {
        return;
    }
    let mut next = title + 1;
    if tokens.is_mark(next, '.') && tokens.is_attached(next) {
        // "the doctor. Yours": the stop ends a sentence.
        if !short {
            return;
        }
        next += 1;
    }
    let near = |at: usize| {
        tokens.get(at).is_some_and(|token| matches!(token.gap, Gap::Space | Gap::Line))
            || tokens.is_mark(at - 1, '.')
    };
    if !near(next) {
        return;
    }
    // Prof Sir John Smith
    let second = tokens.word(next);
    if tokens.is_capital(next)
        && (words.titles.contains(second) || words.weak_titles.contains(second))
        && name_from(search, next + 1).is_some()
    {
        return;
    }
    let shouted = tokens.case(title) == Case::Upper;
    let (last, grade) = if let Some(last) = name_from(search, next) {
        let lone = shouted && !has_shouted_name(search, next);
        let weak = words.weak_titles.contains(tokens.word(title));
        let thing = weak && words.things.contains(tokens.word(next));
        if lone || thing {
            return;
        }
        (last, if weak || shouted { Grade::Weak } else { Grade::Strong })
    } else if is_small && is_small_name(search, title, next) {
        (next, Grade::Weak)
    } else {
        return;
    };
    let colleague = words.colleague_titles.contains(tokens.word(title));
    let (reason, written) = if colleague {
        ("A title with a name points to one person. A role says enough.", "a colleague")
    } else {
        ("A title with a name points to one person.", "the patient")
    };
    search.add(hits, title, last, Told::new(Kind::Name, grade, reason, written));
}

/// "MR JONES" is a name, "MR ANGIO" and "DR" in a table may not be: only long words count.
fn has_shouted_name(search: &Search<'_>, at: usize) -> bool {
    search.tokens.word(at).chars().count() >= 4
        && !search.words.after_small_title.contains(search.tokens.word(at))
}

/// "mrs pemberton": only after titles that nobody takes for another word.
fn is_small_name(search: &Search<'_>, title: usize, at: usize) -> bool {
    let (tokens, words) = (search.tokens, search.words);
    let article = title > 0
        && matches!(tokens.word(title - 1), "the" | "a" | "my" | "her" | "his" | "another" | "no");
    let alone = matches!(tokens.word(title), "mr" | "mrs" | "dr");
    alone
        && !article
        && tokens.is_on_line(at)
        && tokens.is_word(at)
        && tokens.word(at).chars().count() >= 3
        && tokens.word(at).chars().all(char::is_alphabetic)
        && !words.after_small_title.contains(tokens.word(at))
}

/// The last token of a name that begins here: initials, particles, capitalised words.
fn name_from(search: &Search<'_>, first: usize) -> Option<usize> {
    let (tokens, words) = (search.tokens, search.words);
    let (mut at, mut last, mut parts) = (first, None, 0);
    while parts < LONGEST && tokens.is_word(at) {
        let near = at == first || tokens.get(at).is_some_and(|token| token.gap <= Gap::Space);
        if !near {
            break;
        }
        let word = tokens.word(at);
        let part = match tokens.case(at) {
            // A letter alone stands for a person who has no name here; before a name it is one.
            Case::Initial if !begins_joined(search, at) => Part::Initial,
            Case::Lower if words.particles.contains(word) => Part::Particle,
            Case::Title | Case::Initial => Part::Name,
            Case::Upper if word.chars().count() >= 4 || tokens.joined(at).is_some() => Part::Name,
            Case::Caseless => Part::Name,
            _ => break,
        };
        if part == Part::Name && words.not_names.contains(word) {
            break;
        }
        // What follows a name of two parts is more of the sentence than of the name.
        if part == Part::Name && tokens.case(at) == Case::Caseless && last.is_some() {
            break;
        }
        at = joined_end(search, at);
        if part == Part::Name {
            last = Some(at);
        }
        parts += 1;
        at += 1;
        if part == Part::Initial && tokens.is_mark(at, '.') && tokens.is_attached(at) {
            at += 1;
        }
        // "A.B. Patel"
        if part != Part::Initial && tokens.is_attached(at) {
            break;
        }
    }
    last
}

#[derive(PartialEq, Eq)]
enum Part {
    Initial,
    Particle,
    Name,
}

/// D'Arcy, O'Brien: the letter is no initial.
fn begins_joined(search: &Search<'_>, at: usize) -> bool {
    search.tokens.joined(at).is_some_and(|next| search.tokens.is_capital(next))
}

/// The end of Smith-Jones, O'Brien, Al-Hassan; not of "Jones's".
fn joined_end(search: &Search<'_>, at: usize) -> usize {
    let mut last = at;
    for _ in 1..LONGEST {
        let Some(next) = search.tokens.joined(last) else { break };
        let capital = search.tokens.is_capital(next);
        let caseless = search.tokens.case(next) == Case::Caseless && search.tokens.is_word(next);
        if !capital && !caseless {
            break;
        }
        last = next;
    }
    last
}

/// "patient John Smith", "his wife Susan".
fn find_after_cue<'a>(search: &Search<'a>, cue: usize, hits: &mut Vec<Hit<'a>>) {
    let (tokens, words) = (search.tokens, search.words);
    let mut at = cue + 1;
    if tokens.is_mark(at, ',') || tokens.is_mark(at, '.') {
        at += 1;
    }
    if !tokens.is_on_line(at)
        || !tokens.is_capital(at)
        || tokens.get(at).is_some_and(|token| token.first)
        || !words.given.contains(tokens.word(at))
        || is_thing(search, at)
    {
        return;
    }
    let last = surname_after(search, at).unwrap_or(at);
    if !is_before_head(search, last) {
        add_weak(search, at, last, hits);
    }
}

fn find_given<'a>(search: &Search<'a>, at: usize, hits: &mut Vec<Hit<'a>>) {
    let (tokens, words) = (search.tokens, search.words);
    if !tokens.is_capital(at) || is_thing(search, at) {
        return;
    }
    let first = tokens.get(at).is_some_and(|token| token.first);
    if first && words.also_words.contains(tokens.word(at)) {
        return;
    }
    let Some(last) = surname_after(search, at) else { return };
    if !is_before_head(search, last) {
        add_weak(search, at, last, hits);
    }
}

fn add_weak<'a>(search: &Search<'a>, first: usize, last: usize, hits: &mut Vec<Hit<'a>>) {
    let reason = "It looks like the name of a person.";
    search.add(hits, first, last, Told::new(Kind::Name, Grade::Weak, reason, "(name left out)"));
}

/// A capitalised word right after a given name, which is no word of another kind.
fn surname_after(search: &Search<'_>, at: usize) -> Option<usize> {
    let (tokens, words) = (search.tokens, search.words);
    let next = at + 1;
    let near = tokens.is_on_line(next) && !tokens.is_attached(next);
    let fits = near
        && (tokens.case(next) == Case::Title || begins_joined(search, next))
        && !words.not_names.contains(tokens.word(next))
        && !words.things.contains(tokens.word(next))
        && !words.heads.contains(tokens.word(next));
    fits.then(|| joined_end(search, next))
}

/// Whether a name is part of the name of a thing: in the list, or "St" and the like before.
fn is_thing(search: &Search<'_>, at: usize) -> bool {
    let (tokens, words) = (search.tokens, search.words);
    words.allowed.at(tokens, at).next().is_some()
        || (at > 0 && words.allowed.at(tokens, at - 1).next().is_some())
        || word_before(search, at).is_some_and(|before| words.before_places.contains(before))
}

fn word_before<'a>(search: &Search<'a>, at: usize) -> Option<&'a str> {
    let before = at.checked_sub(1)?;
    let before = if search.tokens.is_mark(before, '.') { before.checked_sub(1)? } else { before };
    Some(search.tokens.word(before))
}

/// "Parkinson's disease", "Radcliffe Hospital": what stands here names no person.
pub fn is_before_head(search: &Search<'_>, last: usize) -> bool {
    let tokens = search.tokens;
    let mut at = last;
    for _ in 0..2 {
        let Some(next) = tokens.next_word(at) else { return false };
        let next = if tokens.word(next) == "s" {
            let Some(next) = tokens.next_word(next) else { return false };
            next
        } else {
            next
        };
        if search.words.heads.contains(tokens.word(next)) {
            return true;
        }
        // "Glasgow Coma Scale": only over another capitalised word.
        if !tokens.is_capital(next) {
            return false;
        }
        at = next;
    }
    false
}
