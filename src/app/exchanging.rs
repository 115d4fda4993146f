//! What two people send one another, in words: what leaves, what came, what both changed.

use std::collections::BTreeMap;

use super::notice::Notice;
use crate::exchange::file::FileError;
use crate::exchange::pairing::Pair;
use crate::exchange::share::{CarriedError, Settled};
use crate::model::compare::Row;
use crate::model::fields::Field;
use crate::model::merge::Pick;
use crate::model::{Id, Kind, Rev};

/// What the person decides about a thing that both changed, field by field.
pub type Picks = BTreeMap<Id, BTreeMap<Field, Pick>>;

/// One thing that leaves or came, in words.
#[derive(Debug, Clone)]
pub struct Told {
    /// Which thing.
    pub id: Id,
    /// What sort of thing it is.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
    /// What is new in it, field by field.
    pub rows: Vec<Row>,
    /// The fields that both changed, each with one's own words and the other's.
    pub both: Vec<Both>,
}

/// A field that both changed.
#[derive(Debug, Clone)]
pub struct Both {
    /// What it is called.
    pub name: String,
    /// One's own words, which stand until the person decides.
    pub mine: String,
    /// The other's.
    pub theirs: String,
}

/// A file that was written for the other.
#[derive(Debug, Clone)]
pub struct Sent {
    /// What left.
    pub things: Vec<Told>,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// Whether the two compared their four words.
    pub checked: bool,
}

/// A file of the other's that was looked into. Nothing of it is taken in yet.
#[derive(Debug, Clone)]
pub struct Coming {
    /// From whom: the person of this record.
    pub person: Id,
    /// The pair.
    pub pair: Pair,
    /// What it would change.
    pub things: Vec<Told>,
    /// What the other has of one's own.
    pub(super) arrived: Vec<Rev>,
    /// What would become of each thing.
    pub(super) settled: Vec<ComingThing>,
}

/// One thing of a file, with what would become of it.
#[derive(Debug, Clone)]
pub(super) struct ComingThing {
    pub id: Id,
    pub kind: Kind,
    pub settled: Settled,
}

impl Coming {
    /// Whether nothing in it is new.
    pub fn is_known(&self) -> bool {
        self.settled.is_empty()
    }

    /// How many fields both changed.
    pub fn undecided(&self) -> usize {
        self.things.iter().map(|thing| thing.both.len()).sum()
    }
}

const SAFE: &str = "Nothing was changed.";

impl From<FileError> for Notice {
    fn from(error: FileError) -> Notice {
        use FileError as E;
        let again = "Ask for the file once more.";
        match error {
            E::NotAnExchangeFile | E::Shape => Notice::new(
                "This is not a file with changes for you.",
                SAFE,
                "Choose the file that the other person sent.",
            ),
            E::TooLarge => Notice::new("This file is too large.", SAFE, again),
            E::Damaged => Notice::new("This file is damaged or was cut short.", SAFE, again),
            E::NotForThisPair | E::Foreign => Notice::new(
                "This file is for somebody else, or from a pairing that was ended.",
                SAFE,
                "Choose the file that was made for you.",
            ),
            E::Forged => Notice::new(
                "This file is not from the person you are paired with.",
                SAFE,
                "Do not use it. Ask the other person whether they sent it.",
            ),
            E::OwnFile => Notice::new(
                "This file was made here. It is meant for the other person.",
                SAFE,
                "Give it to them, and open the file that they make.",
            ),
            E::Newer(_) => Notice::new(
                "A newer version of Cairn made this file.",
                SAFE,
                "Update Cairn on this computer, then try again.",
            ),
            E::NotMade => Notice::new("The file could not be made.", SAFE, "Try again."),
        }
    }
}

impl From<CarriedError> for Notice {
    fn from(error: CarriedError) -> Notice {
        let happened = match error {
            CarriedError::Shape => "This file does not hold what it should.",
            CarriedError::TooMany => "This file holds more changes than one file may.",
            CarriedError::Kind => "This file holds something that is never shared.",
        };
        Notice::new(happened, SAFE, "Ask the other person to send their changes again.")
    }
}

/// That a file names a record of one's own that was never shared with whoever sent it.
pub fn never_shared() -> Notice {
    Notice::new(
        "This file names a record that you never shared with this person.",
        SAFE,
        "Do not use it. Ask the other person how the file was made.",
    )
}

/// That a file builds on an earlier one that is not here.
pub fn needs_earlier() -> Notice {
    Notice::new(
        "This file builds on changes that are not here.",
        SAFE,
        "Send your own changes: the answer to them brings everything.",
    )
}

/// What a thing is called where it is told.
pub fn title(kind: Kind, body: &serde_json::Value) -> String {
    let text = |key: &str| body.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
    match kind {
        Kind::Plan => "Career plan".to_owned(),
        Kind::Action => format!("Action: {}", text("text")),
        _ => format!("{}, {}", text("title"), text("date")),
    }
}
