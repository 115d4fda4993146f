//! Finding without an index: every word of every record is looked at. One question on the command
//! line is quicker answered so, and the index is tested against it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use super::index::Place;
use super::query::{Query, Term};
use super::rank::{self, MOST, Recency};
use super::segment::Doc;
use super::words::{each_word, words};
use crate::model::text::{Field, fields};
use crate::model::{Body, Id, Journal, Layer};

/// The records that answer a question, the best first, as the index finds them.
pub fn scan(journal: &Journal, query: &Query, today: Date) -> Vec<Place> {
    if query.is_empty() {
        return Vec::new();
    }
    let all: Vec<(Id, Body)> = journal.all().collect();
    let acted: BTreeSet<Id> = all.iter().filter_map(|(id, body)| Doc::of(*id, body).from).collect();
    let names: BTreeMap<Id, Vec<String>> =
        journal.people().into_iter().map(|(id, person)| (id, words(&person.name))).collect();
    let recency = Recency::on(today);
    let found = all.iter().filter_map(|(id, body)| {
        let doc = Doc::of(*id, body);
        let name = doc.person.and_then(|person| names.get(&person));
        if !is_meant(&doc, query, name, acted.contains(id)) {
            return None;
        }
        let score = worth(body, query)? + recency.of(doc.date);
        Some(Place { score, date: doc.date, id: *id, kind: doc.kind })
    });
    let mut found: Vec<Place> = found.collect();
    found.sort_unstable_by(|one, other| other.cmp(one));
    found
}

/// Where a term stands in a text, in bytes.
pub fn places(text: &str, term: &Term) -> Vec<Range<usize>> {
    let mut all: Vec<(String, Range<usize>)> = Vec::new();
    each_word(text, |word, place| all.push((word.to_owned(), place)));
    let last = term.words.len() - 1;
    let holds = |some: &[(String, Range<usize>)]| {
        some.iter().zip(&term.words).enumerate().all(|(at, ((has, _), wanted))| {
            if at < last || term.whole { has == wanted } else { has.starts_with(wanted.as_str()) }
        })
    };
    let found = all.windows(last + 1).filter(|some| holds(some));
    found.filter_map(|some| Some(some.first()?.1.start..some.last()?.1.end)).collect()
}

fn is_meant(doc: &Doc, query: &Query, name: Option<&Vec<String>>, acted: bool) -> bool {
    let filters = &query.filters;
    let called = |wanted: &Vec<String>| {
        let holds = |word: &String| {
            name.is_some_and(|name| name.iter().any(|has| has.starts_with(word.as_str())))
        };
        wanted.iter().all(holds)
    };
    (filters.people.is_empty() || filters.people.iter().any(called))
        && (filters.kinds.is_empty() || filters.kinds.contains(&doc.kind))
        && filters.before.is_none_or(|day| doc.date.is_some_and(|date| date < day))
        && filters.after.is_none_or(|day| doc.date.is_some_and(|date| date >= day))
        && (acted || !filters.has_action)
        && filters.tags.iter().all(|tag| doc.tags.iter().any(|has| has.starts_with(tag)))
}

/// What the words of a question are worth in a record; nothing where one is missing.
fn worth(body: &Body, query: &Query) -> Option<u32> {
    let layers = &query.filters.layers;
    let asked = |field: &Field<'_>| layers.is_empty() || layers.contains(&field.layer);
    let fields: Vec<Field<'_>> = fields(body).into_iter().filter(asked).collect();
    if fields.is_empty() {
        return None;
    }
    let mut sum = 0;
    for term in &query.terms {
        let count = if let [_] = term.words.as_slice() {
            counted(&fields, term)
        } else {
            let times = fields.iter().map(|field| places(&field.text, term).len()).sum::<usize>();
            u32::try_from(times).unwrap_or(u32::MAX)
        };
        if count == 0 {
            return None;
        }
        sum += rank::worth(count);
    }
    Some(sum)
}

/// How much one word, or what begins with it, counts.
fn counted(fields: &[Field<'_>], term: &Term) -> u32 {
    let mut counts: BTreeMap<(Layer, String), u32> = BTreeMap::new();
    for field in fields {
        each_word(&field.text, |word, place| {
            let holds = places(&field.text[place], term).len() == 1;
            if holds {
                let count = counts.entry((field.layer, word.to_owned())).or_default();
                *count = (*count + rank::weight(field.name)).min(MOST);
            }
        });
    }
    counts.values().sum()
}
