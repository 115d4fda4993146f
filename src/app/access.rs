//! The access-request pack on its page: who else stands in it, and what is taken out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::letter::{Sources, reviewer};
use crate::export::access::{AccessPack, NotRead, stands_in};
use crate::export::letter::{Between, Letter};
use crate::library::Library;
use crate::model::person::is_title;
use crate::model::text::{fields, long_date};
use crate::model::{Body, Held, Id, Journal, Kind, Person};
use crate::review::{self, Family};

/// The pack, with what there is to decide before it leaves.
pub struct HeldPage {
    /// Whose it is.
    pub person: Id,
    /// Everything that is held.
    pub(super) pack: AccessPack,
    /// Words that may point to somebody else, in the order of the page.
    pub details: Vec<Detail>,
    /// Conversations and reflections with others, or about nobody, in which the name stands. They
    /// are not in the pack.
    pub elsewhere: Vec<String>,
    /// How many conversations are still without their texts.
    pub waits: usize,
}

/// Words that may point to somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The words.
    pub words: String,
    /// What they seem to be ("Name", "NHS number").
    pub what: &'static str,
    /// Under which headings they stand, each once.
    pub places: Vec<String>,
}

impl HeldPage {
    /// Everything about a person; nothing where there is no such person.
    pub(super) fn new(id: Id, from: &Sources<'_>) -> Option<HeldPage> {
        let journal = from.journal;
        let person = journal.person(id)?;
        let settings = journal.settings();
        let between = Between { person, id, settings: &settings, today: from.today };
        let name = |id| named(journal, id);
        let not_read = NotRead { damaged: from.damaged };
        let pack = AccessPack::new(between, &journal.all_about(id), &name, not_read);
        let two = [person.name.as_str(), person.short_name.as_str(), settings.your_name.as_str()];
        let details = details(&pack, (journal, id), &two, from);
        let waits = journal.short_about(id);
        Some(HeldPage {
            person: id,
            pack,
            details,
            elsewhere: elsewhere(journal, id, person),
            waits,
        })
    }

    /// The page without what is taken out, and who else is named on it then.
    pub(super) fn letter(&self, out: &BTreeSet<String>) -> Letter {
        let mut letter = self.pack.letter(out);
        let is_name = |it: &&Detail| {
            let names = [review::Kind::Person, review::Kind::Name].map(review::Kind::title);
            names.contains(&it.what)
        };
        let left = self.details.iter().filter(|it| !out.contains(&it.words));
        letter.also_names(left.filter(is_name).map(|it| it.words.clone()));
        letter
    }

    /// What stays in it of what may point to somebody else.
    pub(super) fn left_in(&self, out: &BTreeSet<String>) -> Vec<String> {
        let words = self.details.iter().map(|it| &it.words);
        words.filter(|words| !out.contains(*words)).cloned().collect()
    }
}

/// What a record or a person is called where another record points to it.
fn named(journal: &Journal, id: Id) -> Option<String> {
    if let Some(person) = journal.person(id) {
        return Some(person.name.clone());
    }
    match journal.get(id)? {
        Body::Session(talk) | Body::Reflection(talk) => {
            Some(format!("{}, {}", talk.title, long_date(talk.date)))
        }
        Body::Action(action) => Some(action.text),
        _ => Some("Another record".to_owned()),
    }
}

/// What may point to somebody else: what the check finds, and every name that stands in a place
/// meant for one.
fn details(
    pack: &AccessPack,
    (journal, id): (&Journal, Id),
    two: &[&str],
    from: &Sources<'_>,
) -> Vec<Detail> {
    let letter = pack.letter(&BTreeSet::new());
    let text = Text::of(&letter, from.built_in);
    let others = journal.people().into_iter().filter(|(other, _)| *other != id);
    let names = others.map(|(_, person)| person.name.clone());
    let settings = review::Settings {
        names: names.chain(pack.others().iter().cloned()).collect(),
        today: Some(from.today),
        ..review::Settings::default()
    };
    let mut found = Found::default();
    for one in reviewer().map(|it| it.review(&text.words, &settings, None)).unwrap_or_default() {
        if one.kind.family() == Family::Identifier && !is_of(&one.text, two) {
            found.add(&one.text, one.kind.title(), text.heading(one.bytes.start));
        }
    }
    for name in pack.others().iter().filter(|name| !is_of(name, two)) {
        if found.by_words.contains_key(&name.to_lowercase()) {
            continue;
        }
        for (start, line) in text.lines() {
            if stands_in(line, name) {
                found.add(name, review::Kind::Name.title(), text.heading(start));
            }
        }
    }
    found.all
}

#[derive(Default)]
struct Found {
    all: Vec<Detail>,
    by_words: BTreeMap<String, usize>,
}

impl Found {
    fn add(&mut self, words: &str, what: &'static str, place: &str) {
        let at = *self.by_words.entry(words.to_lowercase()).or_insert_with(|| {
            self.all.push(Detail { words: words.to_owned(), what, places: Vec::new() });
            self.all.len() - 1
        });
        if let Some(detail) = self.all.get_mut(at)
            && detail.places.last().is_none_or(|last| last != place)
        {
            detail.places.push(place.to_owned());
        }
    }
}

/// Whether every word of it, but for a title, is a name of one of the two between whom it goes.
fn is_of(found: &str, two: &[&str]) -> bool {
    let letters = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let own: BTreeSet<String> =
        two.iter().flat_map(|name| name.split_whitespace()).map(letters).collect();
    let mut words = found.split_whitespace().filter(|word| !is_title(word)).peekable();
    words.peek().is_some()
        && words.all(|word| {
            let word = letters(word);
            own.contains(word.trim_end_matches("’s").trim_end_matches("'s"))
        })
}

/// The words of the page one below another, with the heading that each stands under.
struct Text<'a> {
    words: String,
    headings: Vec<(usize, &'a str)>,
}

impl<'a> Text<'a> {
    fn of(letter: &'a Letter, built_in: &Library) -> Text<'a> {
        let mut text = Text { words: String::new(), headings: Vec::new() };
        // The same questions are asked in every conversation.
        let mut asked: HashMap<&str, bool> = HashMap::new();
        // The covering words come with Cairn.
        for part in letter.sheet.parts.iter().skip(1) {
            if !part.sub {
                text.headings.push((text.words.len(), &part.title));
            }
            if !*asked.entry(&part.title).or_insert_with(|| built_in.asks(&part.title)) {
                text.push(&part.title);
            }
            for cell in part.cells() {
                cell.words.iter().chain(&cell.notes).for_each(|words| text.push(words));
            }
        }
        text
    }

    fn push(&mut self, words: &str) {
        self.words.push_str(words);
        self.words.push('\n');
    }

    fn heading(&self, at: usize) -> &'a str {
        let next = self.headings.partition_point(|(start, _)| *start <= at);
        next.checked_sub(1).and_then(|last| self.headings.get(last)).map_or("", |(_, it)| *it)
    }

    /// The lines with the byte at which each begins.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.words.split_inclusive('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        })
    }
}

/// Where else the name stands: conversations and reflections that are not filed under the person.
fn elsewhere(journal: &Journal, id: Id, person: &Person) -> Vec<String> {
    let names = [person.name.as_str(), person.called()];
    let says = |held: &Held| {
        let body = held.body();
        let named = |text: &str| names.iter().any(|name| stands_in(text, name));
        fields(&body).iter().any(|field| named(&field.text))
    };
    let others = journal.all_held().filter(|(_, held)| held.session.person != Some(id));
    let mut found: Vec<(Date, String)> = others
        .filter(|(_, held)| says(held))
        .map(|(_, held)| {
            let sort = if held.kind == Kind::Reflection { "Reflection" } else { "Conversation" };
            let day = held.session.date;
            (day, format!("{sort}, {}: {}", long_date(day), held.session.title))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, title)| title).collect()
}
