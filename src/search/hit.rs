//! A record that was found, for telling: its name, its day, and the words around the place.

use std::ops::Range;

use jiff::civil::Date;

use super::query::Query;
use super::scan::places;
use crate::model::text::{Field, fields};
use crate::model::{Body, Id, Kind, Layer};

/// How many characters are told before the first place that was found, and how many in all.
const BEFORE: usize = 40;
const LENGTH: usize = 120;

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which record.
    pub id: Id,
    /// What it is.
    pub kind: Kind,
    /// Its day, where it has one.
    pub date: Option<Date>,
    /// Its title or name.
    pub title: String,
    /// The identity it had in the file it was imported from.
    pub source_id: Option<String>,
    /// Under which question or heading the words stand.
    pub field: String,
    /// The layer of these words.
    pub layer: Layer,
    /// Some words around the first match.
    pub snippet: String,
    /// Where in these what was looked for stands, in bytes; they do not overlap.
    pub marks: Vec<Range<usize>>,
}

impl Hit {
    /// Tells of a record that was found; nothing where none of its words answer the question. Of
    /// a question without words the first words are told.
    pub fn of(id: Id, body: &Body, query: &Query) -> Option<Hit> {
        let asked = |field: &Field<'_>| {
            let layers = &query.filters.layers;
            layers.is_empty() || layers.contains(&field.layer)
        };
        let (title, date, source_id) = heading(body);
        let all: Vec<Field<'_>> = fields(body).into_iter().filter(asked).collect();
        // The field that holds most of what was asked for; the name is told anyhow.
        let held = |field: &&Field<'_>| {
            let terms = query.terms.iter();
            let held = terms.filter(|term| !places(&field.text, term).is_empty()).count();
            2 * held + usize::from(field.text != title)
        };
        let field = all.iter().rev().max_by_key(held)?;
        let (snippet, marks) = snippet(&field.text, query);
        let (field, layer) = (field.name.to_owned(), field.layer);
        Some(Hit { id, kind: body.kind(), date, title, source_id, field, layer, snippet, marks })
    }
}

/// A record's title, day and imported identity.
pub fn heading(body: &Body) -> (String, Option<Date>, Option<String>) {
    match body {
        Body::Person(person) => (person.name.clone(), None, person.source_id.clone()),
        Body::Session(session) | Body::Reflection(session) => {
            (session.title.clone(), Some(session.date), session.source_id.clone())
        }
        Body::Action(action) => (action.text.clone(), Some(action.made), action.source_id.clone()),
        Body::Receipt(receipt) => (receipt.what.clone(), None, None),
        Body::Attachment(file) => (file.name.clone(), None, None),
        Body::Template(template) => (template.title.clone(), None, None),
        Body::Pack(pack) => (pack.title.clone(), None, None),
        Body::List(list) => (list.title.clone(), None, None),
        Body::Learning(learning) => (learning.title.clone(), Some(learning.date), None),
        Body::Plan(_) => ("Career plan".to_owned(), None, None),
        Body::Settings(_) | Body::Other(..) => (body.kind().word().to_owned(), None, None),
    }
}

/// The places of all that was asked for in a text, in order and without overlaps.
pub fn marks(text: &str, query: &Query) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> =
        query.terms.iter().flat_map(|term| places(text, term)).collect();
    all.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    all.retain(|range| {
        let apart = range.start >= end;
        end = end.max(range.end);
        apart
    });
    all
}

/// About 120 characters around the first place, on one line, with the places in them.
fn snippet(text: &str, query: &Query) -> (String, Vec<Range<usize>>) {
    let found = marks(text, query);
    let at = found.first().map_or(0, |first| first.start);
    let from = text[..at].char_indices().rev().nth(BEFORE).map_or(0, |(from, _)| from);
    let from = if from == 0 { 0 } else { next_word(text, from, at) };
    let to = text[from..].char_indices().nth(LENGTH).map_or(text.len(), |(to, _)| from + to);
    let mut told = String::from(if from > 0 { "…" } else { "" });
    let mut marked = Vec::new();
    let mut after = from;
    for range in found.into_iter().filter(|range| range.start >= from && range.end <= to) {
        push_line(&mut told, &text[after..range.start]);
        let start = told.len();
        push_line(&mut told, &text[range.clone()]);
        marked.push(start..told.len());
        after = range.end;
    }
    push_line(&mut told, &text[after..to]);
    told.push_str(if to < text.len() { "…" } else { "" });
    (told, marked)
}

/// Where the first whole word begins, so that none is cut; the place itself where there is none.
fn next_word(text: &str, from: usize, at: usize) -> usize {
    let gap = text[from..at].find(char::is_whitespace).map(|gap| from + gap);
    gap.map_or(from, |gap| text[gap..at].find(|c: char| !c.is_whitespace()).map_or(at, |n| gap + n))
}

/// Adds words, each gap between them as one space.
fn push_line(told: &mut String, words: &str) {
    for c in words.chars() {
        if !c.is_whitespace() {
            told.push(c);
        } else if !told.ends_with(' ') && !told.is_empty() {
            told.push(' ');
        }
    }
}
