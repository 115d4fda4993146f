//! Answers that a doctor wrote under the questions of a letter: from the text of a mail or a file
//! back to the questions.
//!
//! A question is known by its own words, with or without its number; quotation marks of mails,
//! typographic quotes, other dashes and lines that were broken anew do not matter. Words under no
//! question are given back as well: nothing is dropped.

mod value;

use unicode_normalization::UnicodeNormalization as _;

pub use value::value;

use crate::model::clean::{line, lines, visible};
use crate::model::template::ANSWER_HERE;
use crate::model::{Prompt, PromptKind, PromptLayer};

/// The longest text in bytes: far above any letter.
pub const MAX_BYTES: usize = 256 * 1024;
/// The lines over which the words of a question may be broken.
const BROKEN: usize = 12;

/// A question as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The prompt, by its id.
    pub prompt: String,
    /// Its number in the letter.
    pub number: usize,
    /// Its words.
    pub text: String,
    /// How it is answered.
    pub kind: PromptKind,
}

/// What a text holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The words under each question, in the order of the questions; empty where there are none.
    pub answers: Vec<String>,
    /// The questions that were found in the text.
    pub found: usize,
    /// What stands under no question.
    pub also: String,
}

/// The questions of a letter, from its prompts: those for both, in their order.
pub fn questions<'a>(prompts: impl Iterator<Item = &'a Prompt>) -> Vec<Question> {
    let sent = prompts
        .filter(|prompt| prompt.layer == PromptLayer::Shared && prompt.kind != PromptKind::Action);
    let question = |(at, prompt): (usize, &Prompt)| Question {
        prompt: prompt.id.clone(),
        number: at + 1,
        text: line(&prompt.text),
        kind: prompt.kind.clone(),
    };
    sent.enumerate().map(question).collect()
}

/// Finds the answers in a text. `letter` is the text that was sent: its own words are no answer.
pub fn read(text: &str, questions: &[Question], letter: &Letter) -> Reading {
    let text = visible(text);
    let text = Text::of(&text);
    let heads = heads(&text, questions, letter);
    let mut reading =
        Reading { answers: vec![String::new(); questions.len()], ..Reading::default() };
    let mut also = vec![text.words(Place::START, heads.first().map(|head| head.begins), 0)];
    let mut found = vec![false; questions.len()];
    for (at, head) in heads.iter().enumerate() {
        let next = heads.get(at + 1).map(|head| head.begins);
        let words = text.words(head.ends, next, text.depth(head.begins));
        let Some(question) = head.question else {
            also.push(words);
            continue;
        };
        found[question] = true;
        match &mut reading.answers[question] {
            answer if answer.is_empty() => *answer = words,
            // The same letter stands in the text twice, as where it is quoted below.
            answer if *answer == words => {}
            _ => also.push(words),
        }
    }
    also.retain(|words| !words.is_empty());
    reading.also = also.join("\n\n");
    reading.found = found.into_iter().filter(|found| *found).count();
    reading
}

/// What stands in a letter besides the questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    /// Its title.
    pub title: String,
    /// The lines below it.
    pub facts: Vec<String>,
    /// Its last line.
    pub foot: String,
}

/// A place in the text: a line, and a byte of what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(usize, usize);

impl Place {
    const START: Place = Place(0, 0);
}

/// Where the words of a letter stand in the text. What follows is the answer, or, without a
/// question, under none.
#[derive(Debug, Clone, Copy)]
struct Head {
    begins: Place,
    ends: Place,
    question: Option<usize>,
}

/// The text, line by line.
struct Text<'a> {
    /// Each line with its quotation marks and without.
    lines: Vec<(&'a str, &'a str)>,
}

impl<'a> Text<'a> {
    fn of(text: &'a str) -> Text<'a> {
        Text { lines: text.split('\n').map(|line| (line, unquoted(line, usize::MAX))).collect() }
    }

    /// How many quotation marks stand before a line.
    fn depth(&self, Place(at, _): Place) -> usize {
        let (whole, bare) = self.lines[at];
        whole[..whole.len() - bare.len()].matches('>').count()
    }

    /// The words from one place to another. Up to so many marks before a line are those of a mail
    /// that quotes; any more were typed.
    fn words(&self, from: Place, to: Option<Place>, depth: usize) -> String {
        let to = to.unwrap_or(Place(self.lines.len(), 0));
        let mut out = Vec::new();
        for at in from.0..to.0 {
            out.push(match (at == from.0, from.1) {
                (true, byte @ 1..) => &self.lines[at].1[byte..],
                _ if depth == 0 && from != Place::START => self.lines[at].0,
                _ => unquoted(
                    self.lines[at].0,
                    if from == Place::START { usize::MAX } else { depth },
                ),
            });
        }
        lines(&out.join("\n"))
    }

    /// Where a phrase ends that begins at this place, as far as it stands there.
    fn ends(&self, from: Place, phrase: &[char]) -> Option<Place> {
        let mut at = 0;
        for number in from.0..self.lines.len().min(from.0 + BROKEN) {
            let line = self.lines[number].1;
            let begin = if number == from.0 { from.1 } else { 0 };
            for (byte, c) in line[begin..].char_indices() {
                if at == phrase.len() {
                    return Some(Place(number, begin + byte));
                }
                for key in keys(c) {
                    if phrase.get(at) != Some(&key) {
                        return None;
                    }
                    at += 1;
                }
            }
            if at == phrase.len() {
                return Some(Place(number, line.len()));
            }
            if number > from.0 && line.trim().is_empty() {
                return None;
            }
        }
        None
    }

    /// What is left of the line at a place.
    fn rest(&self, Place(at, byte): Place) -> &'a str {
        &self.lines[at].1[byte..]
    }

    /// The place of the next word: here, or at the beginning of the line after.
    fn next_word(&self, place: Place) -> Place {
        let rest = self.rest(place);
        let space = rest.len() - rest.trim_start().len();
        match rest.trim().is_empty() && place.0 + 1 < self.lines.len() {
            true => Place(place.0 + 1, 0),
            false => Place(place.0, place.1 + space),
        }
    }
}

/// A line without up to so many of the marks that stand before a line in a mail that quotes.
fn unquoted(line: &str, most: usize) -> &str {
    let mut rest = line;
    for _ in 0..most {
        let Some(inside) = rest.trim_start_matches(' ').strip_prefix('>') else { break };
        rest = inside.strip_prefix(' ').unwrap_or(inside);
    }
    rest
}

/// A character as it is compared: in lower case, with one kind of quote and dash. White space and
/// the marks of Markdown count for nothing.
fn keys(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => Some('\''),
        '“' | '”' | '„' | '‟' | '″' => Some('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '−' => Some('-'),
        '*' | '_' | '\\' | '#' => None,
        c if c.is_whitespace() => None,
        c => Some(c),
    };
    plain.into_iter().nfkc().flat_map(char::to_lowercase)
}

/// The words of a letter as they are compared.
fn phrase(words: &str) -> Vec<char> {
    words.chars().flat_map(keys).collect()
}

/// A place at which the words of a question stand.
struct Candidate {
    begins: Place,
    ends: Place,
    phrase: usize,
    /// The number before it.
    number: Option<usize>,
    /// Whether the words follow after which an answer is written.
    marked: bool,
}

/// Where the words of the letter stand, in the order of the text.
fn heads(text: &Text<'_>, questions: &[Question], letter: &Letter) -> Vec<Head> {
    let phrases: Vec<Vec<char>> = questions.iter().map(|it| phrase(&it.text)).collect();
    let mut candidates = Vec::new();
    for at in 0..text.lines.len() {
        candidates.extend(candidate(text, at, questions, &phrases));
    }
    let mut heads = chosen(&candidates, questions, &phrases);
    if heads.is_empty() {
        heads = numbered(text, questions);
    }
    heads.extend(frame(text, letter));
    heads.sort_by_key(|head| head.begins);
    heads
}

/// The words of a question at the beginning of a line.
fn candidate(
    text: &Text<'_>,
    at: usize,
    questions: &[Question],
    phrases: &[Vec<char>],
) -> Option<Candidate> {
    let begins = Place(at, 0);
    let line = text.rest(begins);
    if line.trim().is_empty() {
        return None;
    }
    let (number, after) = number(line);
    let number_ends = Place(at, after);
    let found = phrases.iter().enumerate().filter(|(_, phrase)| !phrase.is_empty());
    let mut found = found.filter_map(|(index, phrase)| {
        let with = number.and_then(|_| Some((text.ends(number_ends, phrase)?, number)));
        let (ends, number) = with.or_else(|| Some((text.ends(begins, phrase)?, None)))?;
        let rest = text.rest(ends);
        let whole = rest.trim().is_empty();
        let closed = phrase.last().is_some_and(|last| "?.!:".contains(*last));
        let apart = rest.starts_with(char::is_whitespace);
        (whole || apart && (closed || number.is_some())).then_some((index, ends, number))
    });
    // Of several with the same words the one whose number it is.
    let first = found.next()?;
    let longest = found.fold(first, |best, it| {
        let right = |it: &(usize, Place, Option<usize>)| it.2 == Some(questions[it.0].number);
        if (it.1, right(&it)) > (best.1, right(&best)) { it } else { best }
    });
    let (phrase, ends, number) = longest;
    let (ends, marked) = after_question(text, ends, &questions[phrase].kind);
    Some(Candidate { begins, ends, phrase, number, marked })
}

/// Where the answer begins: after how the question is answered, and the words that ask for it.
fn after_question(text: &Text<'_>, ends: Place, kind: &PromptKind) -> (Place, bool) {
    let mut place = ends;
    for words in [kind.how().as_str(), ANSWER_HERE] {
        let next = text.next_word(place);
        let ends = (!words.is_empty()).then(|| text.ends(next, &phrase(words))).flatten();
        place = ends.unwrap_or(place);
    }
    (place, place != ends)
}

/// A number at the beginning of a line, and where it ends: "3 ", "3.", "## 3)".
fn number(line: &str) -> (Option<usize>, usize) {
    let marks = line.trim_start_matches(['#', '*', ' ', '_']);
    let digits = marks.len() - marks.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let Some(number) = marks[..digits].parse().ok().filter(|_| digits <= 3) else {
        return (None, 0);
    };
    let rest = &marks[digits..];
    let rest = rest.strip_prefix('\\').unwrap_or(rest);
    let point = rest.strip_prefix(['.', ')', ':']);
    let after = point.unwrap_or(rest);
    let apart = point.is_some() || after.starts_with(char::is_whitespace);
    if apart { (Some(number), line.len() - after.len()) } else { (None, 0) }
}

/// Each question at the places that are surest: with its number and the words that ask for an
/// answer, then with one of the two, then by its words alone.
fn chosen(candidates: &[Candidate], questions: &[Question], phrases: &[Vec<char>]) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    let mut used = vec![false; candidates.len()];
    let mut has = vec![false; questions.len()];
    for rank in 0..4 {
        for (at, candidate) in candidates.iter().enumerate() {
            if used[at] {
                continue;
            }
            let same = |question: &usize| phrases[*question] == phrases[candidate.phrase];
            let right = |question: &usize| candidate.number == Some(questions[*question].number);
            let mut of = (0..questions.len()).filter(same);
            let question = match rank {
                // One that stands there twice, whole, is the letter itself quoted once more.
                0 if candidate.marked => of.find(right),
                1 => of.find(|it| right(it) && !has[*it]),
                2 if candidate.marked => of.find(|it| !has[*it]),
                3 => of.find(|it| !has[*it]),
                _ => None,
            };
            if let Some(question) = question {
                (used[at], has[question]) = (true, true);
                let Candidate { begins, ends, .. } = *candidate;
                heads.push(Head { begins, ends, question: Some(question) });
            }
        }
    }
    heads
}

/// Answers that begin with the numbers alone, where no question stands in the text.
fn numbered(text: &Text<'_>, questions: &[Question]) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    let mut last = 0;
    for at in 0..text.lines.len() {
        let (number, ends) = number(text.rest(Place(at, 0)));
        let pointed = text.lines[at].1[..ends].ends_with(['.', ')', ':']);
        let Some(number) = number.filter(|it| pointed && *it > last && *it <= questions.len())
        else {
            continue;
        };
        last = number;
        let question = questions.iter().position(|it| it.number == number);
        heads.push(Head { begins: Place(at, 0), ends: Place(at, ends), question });
    }
    heads
}

/// The words of the letter besides its questions: its head, its foot.
fn frame(text: &Text<'_>, letter: &Letter) -> Vec<Head> {
    let mut heads = Vec::new();
    let (title, foot) = (phrase(&letter.title), phrase(&letter.foot));
    let facts: Vec<Vec<char>> = letter.facts.iter().map(|fact| phrase(fact)).collect();
    let mut at = 0;
    while at < text.lines.len() {
        let begins = Place(at, 0);
        let whole = |words: &[char]| {
            let blank = words.is_empty() || text.rest(begins).trim().is_empty();
            let ends = text.ends(begins, words).filter(|_| !blank)?;
            text.rest(ends).trim().is_empty().then_some(ends)
        };
        if let Some(ends) = whole(&foot) {
            heads.push(Head { begins, ends, question: None });
            at = ends.0;
        } else if let Some(ends) = whole(&title) {
            let ends = facts_end(text, ends, &facts);
            heads.push(Head { begins, ends, question: None });
            at = ends.0;
        }
        at += 1;
    }
    heads
}

/// Where the lines end that stand below the title of a letter.
fn facts_end(text: &Text<'_>, title: Place, facts: &[Vec<char>]) -> Place {
    let mut ends = title;
    let mut at = title.0 + 1;
    while at < text.lines.len() {
        let here = Place(at, 0);
        let fact = facts.iter().filter(|fact| !fact.is_empty());
        let fact = fact.filter_map(|fact| text.ends(here, fact)).max();
        match fact.filter(|ends| text.rest(*ends).trim().is_empty()) {
            Some(fact) => (ends, at) = (fact, fact.0),
            None if text.rest(here).trim().is_empty() => {}
            None => break,
        }
        at += 1;
    }
    ends
}
