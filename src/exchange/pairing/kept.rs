//! What a record keeps of a pairing.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Pair, Pending, Side};
use crate::model::{Extra, Id, Rev};

/// The body of a record of kind `pairing`: one for each person, kept when a pairing ends. It
/// holds keys; what lists and copies may show of it says [`crate::model::record::shown`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// With whom: the person of this record.
    pub person: Id,
    /// The pair, once both messages are read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<Pair>,
    /// The invitation that was made here last, also once it was answered: a second reply to it
    /// is an alarm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
    /// Whether the two compared their four words and found them the same.
    #[serde(default)]
    pub checked: bool,
    /// When the last pairing was ended; what is older counts no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unpaired: Option<Timestamp>,
    /// The newest versions that have arrived from the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arrived: Vec<Rev>,
    /// How many files were made for the other.
    #[serde(default)]
    pub sent: u64,
    /// The folder that the two share, by the computer on which it lies.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub folders: BTreeMap<String, Watched>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A folder through which files go to and fro.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Watched {
    /// Where it lies on that computer.
    pub path: String,
    /// Whether files are put into it without being asked for.
    #[serde(default)]
    pub by_itself: bool,
    /// The names of one's own files in it that the other has not confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}

impl Kept {
    /// Nothing yet with this person.
    pub fn new(person: Id) -> Kept {
        Kept {
            person,
            pair: None,
            pending: None,
            checked: false,
            unpaired: None,
            arrived: Vec::new(),
            sent: 0,
            folders: BTreeMap::new(),
            extra: Extra::new(),
        }
    }

    /// With an invitation that waits for its reply.
    #[must_use]
    pub fn invited(self, pending: Pending) -> Kept {
        Kept { pending: Some(pending), ..self }
    }

    /// With a new pair, not compared yet, for which nothing has been sent or has arrived. An own
    /// invitation stays only where the pair came of it.
    #[must_use]
    pub fn paired(self, pair: Pair) -> Kept {
        let invited = pair.side == Side::Inviter;
        let pending = self.pending.filter(|_| invited).map(|it| it.answered_by(&pair));
        let pair = Some(pair);
        Kept { pair, pending, checked: false, arrived: Vec::new(), sent: 0, ..self }
    }

    /// With all keys taken out.
    #[must_use]
    pub fn stopped(self, now: Timestamp) -> Kept {
        Kept {
            pair: None,
            pending: None,
            checked: false,
            unpaired: Some(now),
            arrived: Vec::new(),
            folders: BTreeMap::new(),
            ..self
        }
    }

    /// What two computers of one person wrote side by side. An end outlasts what began before
    /// it; of two pairs the compared one stands, then the later one.
    #[must_use]
    pub fn merged(self, other: Kept) -> Kept {
        let unpaired = self.unpaired.max(other.unpaired);
        let stands = |when: Timestamp| unpaired.is_none_or(|end| when > end);
        let rank = |kept: &Kept| {
            let pair = kept.pair.as_ref().filter(|pair| stands(pair.when))?;
            Some((kept.checked, pair.when, pair.id))
        };
        let (first, second) =
            if rank(&self) >= rank(&other) { (self, other) } else { (other, self) };
        let pair = first.pair.filter(|pair| stands(pair.when));
        let same = |kept: &Option<Pair>| {
            pair.is_some() && kept.as_ref().map(|it| it.id) == pair.as_ref().map(|it| it.id)
        };
        let mut arrived = if pair.is_some() { first.arrived } else { Vec::new() };
        let is_same = same(&second.pair);
        if is_same {
            arrived.extend(second.arrived);
            arrived.sort_unstable();
            arrived.dedup();
        }
        let pending = [first.pending, second.pending].into_iter().flatten();
        let pending = pending.filter(|pending| stands(pending.when));
        // Of one invitation, the state after its reply.
        let pending = pending.max_by_key(|pending| (pending.when, pending.answered));
        let mut extra = second.extra;
        extra.extend(first.extra);
        let mut folders = if pair.is_some() { first.folders } else { BTreeMap::new() };
        for (computer, theirs) in second.folders.into_iter().filter(|_| is_same) {
            let folder = folders.entry(computer).or_default();
            *folder = theirs.max(std::mem::take(folder));
        }
        Kept {
            person: first.person,
            checked: pair.is_some() && (first.checked || (is_same && second.checked)),
            sent: if is_same || pair.is_none() { first.sent.max(second.sent) } else { first.sent },
            pair,
            pending,
            unpaired,
            arrived,
            folders,
            extra,
        }
    }
}
