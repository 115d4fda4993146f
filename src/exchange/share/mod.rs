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
pub mod version;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub use carried::{Carried, CarriedError};
pub use graph::Graph;
pub use plan::SharedPlan;
pub use project::{SharedAction, SharedSession, Wider};
pub use version::{KINDS, Kept, Version, Whose};

use crate::model::fields::Field;
use crate::model::merge::{Conflict, Merged, Pick};
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
    let words = now.map(|now| graph.own_words(now));
    let joined = all.merged(words.as_deref())?;
    let Some(merged) = joined.merged else {
        let body = now.cloned().unwrap_or_default();
        return Ok(Settled { body, keep: Vec::new(), open: Vec::new() });
    };
    let (picks, open) = decided(&merged, picks, &joined.mine);
    let body = project::settled(graph.kind(), merged.settled(&picks));
    // An action that one of them took back is theirs alone again: nobody is asked.
    let is_gone = graph.kind() == Kind::Action && project::is_taken_back(&body);
    let open = if is_gone { Vec::new() } else { open };
    let mut keep: Vec<(Version, Whose, bool)> =
        new.into_iter().map(|version| (version, Whose::Theirs, false)).collect();
    if open.is_empty() {
        let says_it = |rev: &Rev| all.version(*rev).is_some_and(|(it, _)| it.entry.body == body);
        let undecided = all.undecided();
        let is_split = all.is_split();
        if !is_split && undecided.iter().all(says_it) && (graph.is_empty() || !undecided.is_empty())
        {
            for (version, _, is_held) in &mut keep {
                *is_held = undecided.contains(&version.entry.rev);
            }
        } else if is_split || !undecided.is_empty() || all.is_changed(&body) {
            keep.push((all.deciding(&body, arrived)?, Whose::Mine, true));
        }
    } else if let Some(words) = words
        && let Some(mine) = all.next_of(&words, arrived)?
    {
        keep.push((mine, Whose::Mine, true));
    }
    Ok(Settled { body, keep, open })
}

/// The person's decisions, those that need none, and, for what is left open, their own side.
fn decided(
    merged: &Merged,
    picks: &BTreeMap<Field, Pick>,
    mine: &BTreeSet<Rev>,
) -> (BTreeMap<Field, Pick>, Vec<Conflict>) {
    let mut all = merged.picks_of(mine);
    let is_open = |it: &&Conflict| !picks.contains_key(&it.field) && !it.says_the_same();
    let open = merged.conflicts.iter().filter(is_open).cloned().collect();
    all.extend(picks.clone());
    (all, open)
}
