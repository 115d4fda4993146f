//! A part of the index: some records, and where each word stands in them.
//!
//! Of each word two streams of bytes are kept. `posts`: for each *part* (what of a record lies in
//! one layer) that holds it, the distance from the part before and how much it counts there.
//! `places`: for each of these parts the distances between its places, ended by a nought. Numbers
//! are written seven bits to a byte.

use std::collections::HashMap;

use jiff::civil::Date;

use super::query::{Query, Term};
use super::rank::{self, MOST};
use super::words::{each_word, words};
use crate::model::text::fields;
use crate::model::{Body, Id, Kind, Layer};

/// What is known of a record besides its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    /// Which record.
    pub id: Id,
    /// What it is.
    pub kind: Kind,
    /// Its day, where it has one.
    pub date: Option<Date>,
    /// Whom it is about.
    pub person: Option<Id>,
    /// Its tags, folded.
    pub tags: Box<[Box<str>]>,
    /// Of an action: what it came of.
    pub from: Option<Id>,
}

impl Doc {
    /// What is known of a record.
    pub fn of(id: Id, body: &Body) -> Doc {
        let mut doc = Doc {
            id,
            kind: body.kind(),
            date: None,
            person: None,
            tags: Box::default(),
            from: None,
        };
        match body {
            Body::Person(_) => doc.person = Some(id),
            Body::Session(session) | Body::Reflection(session) => {
                doc.date = Some(session.date);
                doc.person = session.person;
                let tags = session.tags.iter().map(|tag| words(tag).join(" ").into_boxed_str());
                doc.tags = tags.collect();
            }
            Body::Action(action) => {
                doc.date = Some(action.made);
                doc.person = action.person;
                doc.from = action.from.filter(|_| action.removed.is_none());
            }
            Body::Learning(learning) => doc.date = Some(learning.date),
            Body::Plan(plan) => doc.person = Some(plan.person),
            _ => {}
        }
        doc
    }
}

/// A part of the index that is made.
#[derive(Debug, Clone, Default)]
pub struct Segment {
    /// The records, in the order of their numbers.
    pub docs: Vec<Doc>,
    /// Of each part the number of its record and its layer.
    parts: Vec<(u32, Layer)>,
    /// In the order of the alphabet.
    words: Vec<Word>,
    letters: Box<str>,
    bytes: Box<[u8]>,
}

/// Places of some words, by part.
#[derive(Default)]
struct Ends {
    /// In the order of the parts; within one, in order too.
    places: Vec<(u32, u32)>,
    /// Of each part, counted from one, where its places begin.
    begin: Vec<u32>,
}

impl Ends {
    fn new(mut places: Vec<(u32, u32)>, parts: usize) -> Ends {
        // Of one word they come in order; of several they do not.
        if !places.is_sorted() {
            places.sort_unstable();
        }
        let mut begin = vec![0; parts + 2];
        for (part, _) in &places {
            if let Some(count) = begin.get_mut(*part as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut begin {
            sum += *count;
            *count = sum;
        }
        Ends { places, begin }
    }

    fn of(&self, part: u32) -> &[(u32, u32)] {
        let at = part as usize;
        let (Some(start), Some(end)) = (self.begin.get(at), self.begin.get(at + 1)) else {
            return &[];
        };
        self.places.get(*start as usize..*end as usize).unwrap_or_default()
    }

    fn any(&self, part: u32) -> bool {
        !self.of(part).is_empty()
    }

    fn has(&self, part: u32, place: u32) -> bool {
        self.of(part).binary_search(&(part, place)).is_ok()
    }
}

/// Where a word's letters, posts and places end; they begin where those of the word before end.
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    letters: u32,
    posts: u32,
    places: u32,
    /// In how many parts it stands.
    parts: u32,
}

/// A part of the index that grows.
#[derive(Debug, Default)]
pub struct Builder {
    docs: Vec<Doc>,
    parts: Vec<(u32, Layer)>,
    known: HashMap<Box<str>, u32>,
    words: Vec<Growing>,
}

#[derive(Debug, Default)]
struct Growing {
    posts: Vec<u8>,
    places: Vec<u8>,
    parts: u32,
    /// The part before the one that is being read, counted from one.
    before: u32,
    /// The part that is being read, counted from one; nought at the beginning.
    part: u32,
    count: u32,
    place: u32,
}

impl Builder {
    /// Takes a record in.
    pub fn push(&mut self, id: Id, body: &Body) {
        let fields = fields(body);
        let doc = number(self.docs.len());
        self.docs.push(Doc::of(id, body));
        let mut place = 0;
        for layer in Layer::ALL {
            let mut of_layer = fields.iter().filter(|field| field.layer == layer).peekable();
            if of_layer.peek().is_none() {
                continue;
            }
            self.parts.push((doc, layer));
            for field in of_layer {
                let weight = rank::weight(field.name);
                each_word(&field.text, |word, _| {
                    place += 1;
                    self.note(word, weight, place);
                });
                // What ends one field and begins the next does not stand side by side.
                place += 1;
            }
        }
    }

    fn note(&mut self, word: &str, weight: u32, place: u32) {
        let part = number(self.parts.len());
        let at = match self.known.get(word) {
            Some(at) => *at,
            None => {
                let at = number(self.words.len());
                self.known.insert(word.into(), at);
                self.words.push(Growing::default());
                at
            }
        };
        if let Some(word) = self.words.get_mut(at as usize) {
            word.note(part, weight, place);
        }
    }

    /// How many records it holds.
    pub fn len(&self) -> usize {
        self.docs.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.docs.is_empty()
    }

    /// A record by its number.
    pub fn doc(&self, number: u32) -> Option<&Doc> {
        self.docs.get(number as usize)
    }

    /// What it holds, to be asked.
    pub fn segment(&self) -> Segment {
        let mut order: Vec<(&str, u32)> =
            self.known.iter().map(|(word, at)| (&**word, *at)).collect();
        order.sort_unstable();
        let mut segment = Segment {
            docs: self.docs.clone(),
            parts: self.parts.clone(),
            words: Vec::with_capacity(order.len()),
            ..Segment::default()
        };
        let (mut letters, mut bytes) = (String::new(), Vec::new());
        for (word, at) in order {
            let Some(growing) = self.words.get(at as usize) else { continue };
            letters.push_str(word);
            bytes.extend_from_slice(&growing.posts);
            growing.finish(&mut bytes);
            let posts = number(bytes.len());
            bytes.extend_from_slice(&growing.places);
            bytes.push(0);
            let (letters, places) = (number(letters.len()), number(bytes.len()));
            segment.words.push(Word { letters, posts, places, parts: growing.parts });
        }
        segment.letters = letters.into_boxed_str();
        segment.bytes = bytes.into_boxed_slice();
        segment
    }
}

impl Growing {
    fn note(&mut self, part: u32, weight: u32, place: u32) {
        if self.part != part {
            if self.part != 0 {
                let mut posts = std::mem::take(&mut self.posts);
                self.finish(&mut posts);
                self.posts = posts;
                self.places.push(0);
            }
            (self.before, self.part) = (self.part, part);
            (self.count, self.place) = (0, 0);
            self.parts += 1;
        }
        self.count = (self.count + weight).min(MOST);
        write(&mut self.places, place - self.place);
        self.place = place;
    }

    fn finish(&self, posts: &mut Vec<u8>) {
        write(posts, self.part - self.before);
        posts.push(u8::try_from(self.count).unwrap_or(u8::MAX));
    }
}

/// How many there are, as the index counts. It never holds more than fit: four thousand million
/// bytes of words are more than a computer's memory holds beside the record itself.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn write(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

#[inline]
fn read(bytes: &[u8], at: &mut usize) -> Option<u32> {
    // Nearly all are of one byte.
    let first = *bytes.get(*at)?;
    if first < 0x80 {
        *at += 1;
        return Some(u32::from(first));
    }
    let (mut number, mut shift) = (0_u32, 0);
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
}

impl Segment {
    /// The records that answer a question, in the order of their numbers. `may` says which are
    /// asked at all, by number.
    pub fn matches(&self, query: &Query, may: impl Fn(u32, &Doc) -> bool) -> Vec<(u32, u32)> {
        let layers = Layer::ALL.map(|layer| {
            let asked = &query.filters.layers;
            asked.is_empty() || asked.contains(&layer)
        });
        // How many terms each record holds so far, and what they are worth.
        let mut held = vec![(0_u32, 0_u32); self.docs.len()];
        let mut counts = vec![0_u32; self.docs.len()];
        for (number, term) in (0_u32..).zip(&query.terms) {
            counts.fill(0);
            if let [word] = term.words.as_slice() {
                self.count_word(word, term.whole, layers, &mut counts);
            } else {
                self.count_phrase(term, layers, &mut counts);
            }
            let mut any = false;
            for ((terms, worth), count) in held.iter_mut().zip(&counts) {
                if *terms == number && *count > 0 {
                    *terms += 1;
                    *worth += rank::worth(*count);
                    any = true;
                }
            }
            if !any {
                return Vec::new();
            }
        }
        let wanted = number(query.terms.len());
        if wanted == 0 {
            // Without words a record answers that has any in these layers.
            let in_layers = self.in_layers(layers);
            held.iter_mut().zip(in_layers).for_each(|((terms, _), any)| *terms = u32::from(!any));
        }
        let docs = (0_u32..).zip(&self.docs).zip(held);
        let found =
            docs.filter(|((number, doc), (terms, _))| *terms == wanted && may(*number, doc));
        found.map(|((number, _), (_, worth))| (number, worth)).collect()
    }

    /// Of each record whether it has a part in one of these layers.
    fn in_layers(&self, layers: [bool; 3]) -> Vec<bool> {
        let mut in_layers = vec![false; self.docs.len()];
        for (doc, layer) in &self.parts {
            if let Some(slot) = in_layers.get_mut(*doc as usize) {
                *slot |= layers[*layer as usize];
            }
        }
        in_layers
    }

    /// Adds up how much a word, or what begins with it, counts in each record.
    fn count_word(&self, word: &str, whole: bool, layers: [bool; 3], counts: &mut [u32]) {
        for at in self.range(word, whole) {
            let (posts, _) = self.streams(at);
            let (mut next, mut part) = (0, 0);
            while let Some(step) = read(posts, &mut next) {
                part += step as usize;
                let (Some(count), Some((doc, layer))) = (posts.get(next), self.parts.get(part - 1))
                else {
                    break;
                };
                next += 1;
                if layers[*layer as usize]
                    && let Some(slot) = counts.get_mut(*doc as usize)
                {
                    *slot += u32::from(*count);
                }
            }
        }
    }

    /// Counts how often words stand side by side in each record.
    fn count_phrase(&self, term: &Term, layers: [bool; 3], counts: &mut [u32]) {
        // Where the words so far end.
        let mut ends = Ends::default();
        let last = term.words.len() - 1;
        for (at, word) in term.words.iter().enumerate() {
            let whole = term.whole || at < last;
            let mut found = Vec::new();
            for word in self.range(word, whole) {
                if at == 0 {
                    self.each_place(word, |_| true, |part, place| found.push((part, place)));
                } else {
                    let tell = |part, place: u32| {
                        if ends.has(part, place - 1) {
                            found.push((part, place));
                        }
                    };
                    self.each_place(word, |part| ends.any(part), tell);
                }
            }
            if found.is_empty() {
                return;
            }
            ends = Ends::new(found, self.parts.len());
        }
        for (part, _) in ends.places {
            let Some((doc, layer)) = self.parts.get(part as usize - 1) else { continue };
            if layers[*layer as usize]
                && let Some(slot) = counts.get_mut(*doc as usize)
            {
                *slot += 1;
            }
        }
    }

    /// Tells each place of a word in those parts that are wanted.
    fn each_place(&self, at: usize, wanted: impl Fn(u32) -> bool, mut tell: impl FnMut(u32, u32)) {
        let (posts, mut places) = self.streams(at);
        let (mut next, mut part) = (0, 0);
        while let Some(step) = read(posts, &mut next) {
            next += 1;
            part += step;
            let end = places.iter().position(|byte| *byte == 0).unwrap_or(places.len());
            if wanted(part) {
                let (mut at, mut place) = (0, 0);
                while let Some(step) = read(&places[..end], &mut at) {
                    place += step;
                    tell(part, place);
                }
            }
            places = places.get(end + 1..).unwrap_or_default();
        }
    }

    /// The words that begin so, with in how many parts each stands.
    pub fn beginning(&self, word: &str) -> impl Iterator<Item = (&str, u32)> {
        self.range(word, false).map(|at| (self.text(at), self.words[at].parts))
    }

    /// The numbers of the words that are meant.
    fn range(&self, word: &str, whole: bool) -> std::ops::Range<usize> {
        let (mut low, mut high) = (0, self.words.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.text(middle) < word { low = middle + 1 } else { high = middle }
        }
        let (start, mut low, mut high) = (low, low, self.words.len());
        while low < high {
            let middle = low.midpoint(high);
            let text = self.text(middle);
            let inside = if whole { text == word } else { text.starts_with(word) };
            if inside { low = middle + 1 } else { high = middle }
        }
        start..low
    }

    fn before(&self, at: usize) -> Word {
        at.checked_sub(1).map(|at| self.words[at]).unwrap_or_default()
    }

    fn text(&self, at: usize) -> &str {
        &self.letters[self.before(at).letters as usize..self.words[at].letters as usize]
    }

    fn streams(&self, at: usize) -> (&[u8], &[u8]) {
        let (start, word) = (self.before(at).places as usize, self.words[at]);
        let (posts, places) = (word.posts as usize, word.places as usize);
        (&self.bytes[start..posts], &self.bytes[posts..places])
    }

    /// How many bytes it takes in memory.
    pub fn size(&self) -> usize {
        let docs: usize = self.docs.iter().map(|doc| size_of::<Doc>() + 24 * doc.tags.len()).sum();
        docs + self.parts.len() * size_of::<(u32, Layer)>()
            + self.words.len() * size_of::<Word>()
            + self.letters.len()
            + self.bytes.len()
    }
}
