//! What somebody types to find something, read.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::words::words;
use crate::model::{Kind, Layer};

/// More words than this are not looked for: nobody types them.
const MOST_TERMS: usize = 32;

/// A question, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// A record holds each of them.
    pub terms: Vec<Term>,
    /// What else is true of a record.
    pub filters: Filters,
    /// What of the question could not be read.
    pub problems: Vec<Problem>,
}

/// A word, or words that stand side by side in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The words, folded; at least one.
    pub words: Vec<String>,
    /// Whether the last of them is whole. Otherwise words that begin with it are meant, too.
    pub whole: bool,
}

/// What is true of a record besides its words. What is empty holds for every record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// About one of these people: of each the beginnings of the words of their name.
    pub people: Vec<Vec<String>>,
    /// With all of these tags: of each its beginning, folded.
    pub tags: Vec<String>,
    /// Of one of these kinds.
    pub kinds: BTreeSet<Kind>,
    /// Found in one of these layers.
    pub layers: BTreeSet<Layer>,
    /// Of a day before this one.
    pub before: Option<Date>,
    /// Of this day or a later one.
    pub after: Option<Date>,
    /// An action came of it.
    pub has_action: bool,
}

/// A part of a question that could not be read; the rest of it counts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No kind is called so.
    #[error("No kind of record is called “{0}”. Try conversation, reflection, action or person.")]
    Kind(String),
    /// No layer is called so.
    #[error("No layer is called “{0}”. There are private, shared and arcp.")]
    Layer(String),
    /// Not a day, a month or a year.
    #[error("“{0}” is not a day. Write 2026, 2026-11 or 2026-11-23.")]
    Day(String),
    /// Only actions can be asked for.
    #[error("“has:{0}” means nothing here. There is has:action.")]
    Has(String),
    /// More words than are looked for.
    #[error("Only the first {MOST_TERMS} words are looked for.")]
    TooMany,
}

/// The words before a colon that narrow a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the filter of its name")]
pub enum Narrow {
    Person,
    Tag,
    Kind,
    Layer,
    Before,
    After,
    Has,
}

impl Narrow {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Narrow; 7] = [
        Narrow::Person,
        Narrow::Tag,
        Narrow::Kind,
        Narrow::Layer,
        Narrow::Before,
        Narrow::After,
        Narrow::Has,
    ];

    /// As it is typed, without the colon.
    pub const fn word(self) -> &'static str {
        match self {
            Narrow::Person => "person",
            Narrow::Tag => "tag",
            Narrow::Kind => "kind",
            Narrow::Layer => "layer",
            Narrow::Before => "before",
            Narrow::After => "after",
            Narrow::Has => "has",
        }
    }

    /// What a part of a question narrows it to, and by what.
    pub fn of(part: &str) -> Option<(Narrow, &str)> {
        let (word, value) = part.split_once(':')?;
        let narrow = Narrow::ALL.into_iter().find(|it| it.word().eq_ignore_ascii_case(word))?;
        Some((narrow, value))
    }
}

/// The kinds that are asked for by a word of their own, with that word.
pub const KINDS: [(&str, Kind); 8] = [
    ("conversation", Kind::Session),
    ("reflection", Kind::Reflection),
    ("action", Kind::Action),
    ("person", Kind::Person),
    ("plan", Kind::Plan),
    ("template", Kind::Template),
    ("learning", Kind::Learning),
    ("file", Kind::Attachment),
];

/// The layers, with the words that ask for them.
pub const LAYERS: [(&str, Layer); 3] =
    [("private", Layer::Private), ("shared", Layer::Shared), ("arcp", Layer::Arcp)];

impl Query {
    /// Reads a question. Words stand for those that begin with them; in quotation marks they stand
    /// for themselves, side by side. The marks may still be open.
    pub fn read(typed: &str) -> Query {
        let mut query = Query::default();
        for part in parts(typed) {
            match Narrow::of(part) {
                // Nothing is typed after it yet.
                Some((_, value)) if words(value).is_empty() => {}
                Some((narrow, value)) => query.narrow(narrow, value),
                None => query.ask(part),
            }
        }
        if query.terms.len() > MOST_TERMS {
            query.terms.truncate(MOST_TERMS);
            query.problems.push(Problem::TooMany);
        }
        query
    }

    /// Whether it asks for nothing at all.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.filters == Filters::default()
    }

    fn ask(&mut self, part: &str) {
        let mut words = words(part);
        let whole = part.starts_with(is_mark) && part.len() > 1 && part.ends_with(is_mark);
        // Of words side by side the next one has just been begun: half of all words follow.
        if !whole && words.len() > 1 && words.last().is_some_and(|word| word.len() == 1) {
            words.pop();
        }
        if !words.is_empty() {
            self.terms.push(Term { words, whole });
        }
    }

    fn narrow(&mut self, narrow: Narrow, value: &str) {
        let plain = value.trim_matches(is_mark);
        let filters = &mut self.filters;
        let problem = match narrow {
            Narrow::Person => {
                filters.people.push(words(plain));
                return;
            }
            Narrow::Tag => {
                filters.tags.push(words(plain).join(" "));
                return;
            }
            Narrow::Kind => match begins(&KINDS, plain) {
                Some(kind) => {
                    filters.kinds.insert(kind);
                    return;
                }
                None => Problem::Kind(plain.to_owned()),
            },
            Narrow::Layer => match begins(&LAYERS, plain) {
                Some(layer) => {
                    filters.layers.insert(layer);
                    return;
                }
                None => Problem::Layer(plain.to_owned()),
            },
            Narrow::Before | Narrow::After => match first_day(plain) {
                Some(day) if narrow == Narrow::Before => {
                    filters.before = Some(filters.before.map_or(day, |held| held.min(day)));
                    return;
                }
                Some(day) => {
                    filters.after = Some(filters.after.map_or(day, |held| held.max(day)));
                    return;
                }
                None => Problem::Day(plain.to_owned()),
            },
            Narrow::Has if !plain.is_empty() && "actions".starts_with(&plain.to_lowercase()) => {
                filters.has_action = true;
                return;
            }
            Narrow::Has => Problem::Has(plain.to_owned()),
        };
        self.problems.push(problem);
    }
}

/// The parts between spaces, where quotation marks hold words together.
pub fn parts(typed: &str) -> Vec<&str> {
    let (mut parts, mut start, mut marked) = (Vec::new(), None, false);
    for (at, c) in typed.char_indices() {
        if c.is_whitespace() && !marked {
            parts.extend(start.take().map(|from| &typed[from..at]));
            continue;
        }
        start.get_or_insert(at);
        if is_mark(c) {
            // Closing, it ends the part.
            if marked {
                let end = at + c.len_utf8();
                parts.extend(start.take().map(|from| &typed[from..end]));
            }
            marked = !marked;
        }
    }
    parts.extend(start.map(|from| &typed[from..]));
    parts
}

const fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

fn begins<T: Copy>(all: &[(&str, T)], typed: &str) -> Option<T> {
    let typed = typed.to_lowercase();
    let typed = if typed == "session" { "conversation" } else { typed.as_str() };
    let typed = typed.strip_suffix('s').filter(|one| one.len() > 3).unwrap_or(typed);
    all.iter().find(|(word, _)| !typed.is_empty() && word.starts_with(typed)).map(|(_, it)| *it)
}

/// The first day of "2026", "2026-11" or "2026-11-23".
fn first_day(typed: &str) -> Option<Date> {
    if let Ok(day) = typed.parse::<Date>() {
        return Some(day);
    }
    let (year, month) = typed.split_once('-').unwrap_or((typed, "1"));
    if year.len() != 4 {
        return None;
    }
    let first = date(year.parse().ok().filter(|year| (1..=9999).contains(year))?, 1, 1);
    let month: i64 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    first.checked_add((month - 1).months()).ok()
}
