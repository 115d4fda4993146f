//! The history of a record as the screens show it: its versions, what changed in each, and what
//! two computers changed side by side.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan as _, Zoned};
use serde_json::Value;

use super::inputs::Choice;
use crate::model::compare::{self, Row};
use crate::model::date::day_and_other_year;
use crate::model::fields::Field;
use crate::model::merge::Merged;
use crate::model::{Body, Id, Journal, Kind, Rev};

/// Every version of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// Which record.
    pub id: Id,
    /// What sort of record.
    pub kind: Kind,
    /// The versions that can be read, the oldest first. They are numbered from 1.
    pub versions: Vec<Version>,
    /// How many more there are that can't be read.
    pub unreadable: usize,
    /// How its newest versions are shown as one, where there are several.
    pub merged: Option<Merged>,
    /// What was chosen for their places and is in a draft, not settled yet.
    pub chosen: BTreeMap<Field, Choice>,
}

/// One version of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Its name.
    pub rev: Rev,
    /// The versions it was made from.
    pub parents: Vec<Rev>,
    /// When it was written, by the clock of the computer that wrote it.
    pub at: Timestamp,
    /// Which computer wrote it.
    pub by: Computer,
    /// Whether no other version was made from it.
    pub is_newest: bool,
    /// What it holds.
    pub body: Value,
}

/// The computer that wrote a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Computer {
    /// This one.
    This,
    /// Another one; by the first characters of its name in the record where there are several.
    Another(Option<String>),
}

impl History {
    /// The number of a version, counted from 1.
    pub fn number(&self, rev: Rev) -> Option<usize> {
        self.versions.iter().position(|version| version.rev == rev).map(|at| at + 1)
    }

    /// What the record says now; several newest versions as they are shown.
    pub fn now(&self) -> Option<&Value> {
        let newest = || self.versions.iter().rev().find(|version| version.is_newest);
        let merged = self.merged.as_ref().map(|merged| &merged.body);
        merged.or_else(|| newest().map(|version| &version.body))
    }

    /// A version by its name.
    pub fn version(&self, rev: Rev) -> Option<&Version> {
        self.versions.iter().find(|version| version.rev == rev)
    }

    /// The version that one is compared with at first: one that it was made from.
    pub fn before(&self, version: &Version) -> Option<&Version> {
        self.versions.iter().rev().find(|other| version.parents.contains(&other.rev))
    }

    /// What changed in a version, in a few words.
    pub fn what(&self, version: &Version, journal: &Journal) -> String {
        let words = match (self.before(version), version.parents.len()) {
            (None, 0) => return "The first version".to_owned(),
            (None, _) => return "The versions before it can’t be read".to_owned(),
            (Some(before), _) => compare::summary(&self.changed(before, version, journal)),
        };
        match (version.parents.len() > 1, words.is_empty()) {
            (true, _) => "Two versions brought together".to_owned(),
            (false, true) => "Nothing that is read here".to_owned(),
            (false, false) => capital(&words),
        }
    }

    fn changed(&self, before: &Version, after: &Version, journal: &Journal) -> Vec<Row> {
        compare::changed(self.kind, &before.body, &after.body, &|id| name_of(journal, id))
    }

    /// Two versions side by side, the older first; one alone is compared with itself.
    pub fn rows(&self, before: &Version, after: &Version, journal: &Journal) -> Vec<Row> {
        compare::rows(self.kind, &before.body, &after.body, &|id| name_of(journal, id))
    }
}

impl Computer {
    /// The words on screen.
    pub fn words(&self) -> String {
        match self {
            Computer::This => "This computer".to_owned(),
            Computer::Another(None) => "Another computer".to_owned(),
            Computer::Another(Some(name)) => format!("Another computer ({name})"),
        }
    }
}

/// The name of a person of the record.
pub fn name_of(journal: &Journal, id: Id) -> Option<String> {
    journal.person(id).map(|person| person.name.clone())
}

/// "Today, 13:42", "Yesterday, 9:05", "12 October, 10:05".
pub fn when(at: Timestamp, now: &Zoned) -> String {
    let at = at.to_zoned(now.time_zone().clone());
    let day = match at.date() {
        day if day == now.date() => "Today".to_owned(),
        day if Some(day) == now.date().checked_sub(1.day()).ok() => "Yesterday".to_owned(),
        day => day_and_other_year(day, now.date()),
    };
    format!("{day}, {:02}:{:02}", at.hour(), at.minute())
}

/// What a record is called in a list, and the name of the person it is about, which may be empty.
pub fn title(journal: &Journal, id: Id) -> (String, String) {
    let whose = |person: Option<Id>| person.and_then(|id| name_of(journal, id)).unwrap_or_default();
    match journal.get(id) {
        Some(Body::Person(person)) => (person.name, String::new()),
        Some(Body::Session(session) | Body::Reflection(session)) => {
            (session.title, whose(session.person))
        }
        Some(Body::Action(action)) => (action.text, whose(action.person)),
        Some(Body::Attachment(file)) => (file.name, whose(file.person)),
        Some(Body::Template(template)) => (template.title, String::new()),
        Some(Body::Pack(pack)) => (pack.title, String::new()),
        Some(Body::List(list)) => (list.title, String::new()),
        Some(Body::Settings(_)) => ("Your settings".to_owned(), String::new()),
        Some(Body::Receipt(receipt)) => (receipt.what, whose(receipt.person)),
        Some(Body::Learning(learning)) => (learning.title, String::new()),
        Some(Body::Plan(plan)) => ("Career plan".to_owned(), whose(Some(plan.person))),
        Some(Body::Other(kind, _)) => (capital(kind.word()), String::new()),
        None => ("A record".to_owned(), String::new()),
    }
}

/// The same on one line: "Dr Amina Larkspur, Mid-point review".
pub fn full_title(journal: &Journal, id: Id) -> String {
    match title(journal, id) {
        (title, whose) if whose.is_empty() => title,
        (title, whose) => format!("{whose}, {title}"),
    }
}

/// "2 places to settle".
pub fn places(count: usize) -> String {
    if count == 1 { "1 place to settle".to_owned() } else { format!("{count} places to settle") }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
