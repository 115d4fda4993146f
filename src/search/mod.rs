//! Finding words in what is unlocked: a plain scan over every field.

mod within;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::text::{Field, fields};
use crate::model::{Body, Id, Journal, Kind, Layer};

pub use within::within;

/// A record that holds all the words.
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
    /// The layer of the field the snippet is from.
    pub layer: Layer,
    /// Some words around the first match.
    pub snippet: String,
    /// How often the words stand in it; a title counts five times.
    pub weight: usize,
}

/// Finds the records that hold every word of the query, without regard to case and accents.
/// A word matches the beginning of a word. Best first: by weight, then the newest.
pub fn scan(journal: &Journal, query: &str) -> Vec<Hit> {
    let words: Vec<String> = query.split_whitespace().map(fold).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<Hit> =
        journal.all().filter_map(|(id, body)| match_record(id, &body, &words)).collect();
    hits.sort_by_key(|hit| std::cmp::Reverse((hit.weight, hit.date, hit.id)));
    hits
}

fn match_record(id: Id, body: &Body, words: &[String]) -> Option<Hit> {
    let fields = fields(body);
    let folded: Vec<String> = fields.iter().map(|field| fold(&field.text)).collect();
    let mut weight = 0;
    for word in words {
        let of_word: usize = fields
            .iter()
            .zip(&folded)
            .map(|(field, text)| {
                let times = starts(text, word).count();
                if matches!(field.name, "Title" | "Name") { 5 * times } else { times }
            })
            .sum();
        if of_word == 0 {
            return None;
        }
        weight += of_word;
    }
    let first = folded.iter().position(|text| starts(text, &words[0]).next().is_some())?;
    let Field { layer, text, .. } = &fields[first];
    let (title, date, source_id) = heading(body);
    Some(Hit {
        id,
        kind: body.kind(),
        date,
        title,
        source_id,
        layer: *layer,
        snippet: snippet(text, &words[0]),
        weight,
    })
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

/// Lower case, compatibility forms joined, accents taken off.
fn fold(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Where a folded word begins a word of a folded text.
fn starts<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word)
        .map(|(at, _)| at)
        .filter(|at| !text[..*at].chars().next_back().is_some_and(char::is_alphanumeric))
}

/// About 120 characters around the first word that begins with the folded word.
fn snippet(text: &str, word: &str) -> String {
    const BEFORE: usize = 40;
    const LENGTH: usize = 120;
    let tokens = text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty());
    let at = tokens
        .map(|token| (token.as_ptr() as usize - text.as_ptr() as usize, token))
        .find(|(_, token)| fold(token).starts_with(word))
        .map_or(0, |(at, _)| at);
    let from = text[..at].char_indices().rev().nth(BEFORE).map_or(0, |(from, _)| from);
    let to = text[from..].char_indices().nth(LENGTH).map_or(text.len(), |(to, _)| from + to);
    let body = text[from..to].split_whitespace().collect::<Vec<_>>().join(" ");
    let lead = if from > 0 { "…" } else { "" };
    let tail = if to < text.len() { "…" } else { "" };
    format!("{lead}{body}{tail}")
}
