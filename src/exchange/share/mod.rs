//! What two people hold in common, and how the words of one meet the words of the other.
//!
//! - Each shared thing has a [`Graph`] of shared versions, apart from the vault's own versions of
//!   it: what is typed between two files never travels.
//! - Everything is merged in the shape in which it is shared ([`project`]); what comes of it is
//!   laid over one's own record ([`lay`]), whose Private parts are in none of this.
//! - Nothing is dropped: a version that lost stays, here and in the record's own history.

pub mod carried;
pub mod graph;
pub mod lay;
pub mod plan;
pub mod project;
pub mod say;
pub mod version;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub use carried::{Carried, CarriedError};
pub use graph::Graph;
pub use plan::SharedPlan;
pub use project::{SharedAction, SharedSession, Wider};
pub use version::{KINDS, Kept, Version, Whose};

use crate::model::fields::Field;
use crate::model::merge::{Conflict, Pick};
use crate::model::revision::EntryError;
use crate::model::{Kind, Rev};

/// What follows from taking in versions, or from deciding: nothing of it is kept yet.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The thing as both would share it, to be laid over one's own record.
    pub body: Value,
    /// What is to be kept, in this order: who made it, and whether one's own record then holds
    /// what it says.
    pub keep: Vec<(Version, Whose, bool)>,
    /// What both changed and the person has not decided. Their own words stand meanwhile.
    pub open: Vec<Conflict>,
}

/// What would become of a thing with these versions of the other's. `now` is what is shared of
/// it here, nothing for a thing that is new; `arrived` what the other has confirmed, `picks` what the person decided.
///
/// # Errors
/// The result would break a rule of every record; then nothing was taken.
pub fn settle(
    graph: &Graph,
    coming: &[Version],
    now: Option<&Value>,
    arrived: &BTreeSet<Rev>,
    picks: &BTreeMap<Field, Pick>,
) -> Result<Settled, EntryError> {
    let new: Vec<Version> = graph.unknown(coming).into_iter().cloned().collect();
    let all = graph.clone().with(&new);
    let words = now.map(|now| graph.words(now)).transpose()?.flatten();
    let Some(joined) = all.joined(words) else {
        let body = now.cloned().unwrap_or_default();
        return Ok(Settled { body, keep: Vec::new(), open: Vec::new() });
    };
    let own = joined.words.as_ref().map(|words| words.entry.rev);
    let body = all.shown(&joined.merged, picks, own);
    let asked = joined.merged.conflicts.iter().filter(|it| !it.says_the_same());
    let (decided, mut open): (Vec<Conflict>, Vec<Conflict>) =
        asked.cloned().partition(|it| picks.contains_key(&it.field));
    // An action that one of them took back is theirs alone again: nobody is asked.
    if graph.kind() == Kind::Action && project::is_taken_back(&body) {
        open.clear();
    }
    let is_held = open.is_empty();
    let mut keep: Vec<(Version, Whose, bool)> =
        new.into_iter().map(|version| (version.clone(), version.maker(), is_held)).collect();
    for (version, ..) in &mut keep {
        version.returned = false;
    }
    if own.is_some() || !decided.is_empty() {
        keep.push((all.saying(&body, arrived, &joined, &open)?, Whose::Mine, true));
    }
    Ok(Settled { body, keep, open })
}
