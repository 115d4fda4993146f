//! Taking back what an import brought in.

use jiff::Timestamp;

use super::{Change, save, toast};
use crate::app::brought::BroughtIn;
use crate::app::intake::{BATCH, size};
use crate::app::job::Job;
use crate::app::state::State;
use crate::model::{Action, Body, Person, Session};

/// The change that takes a new record out of every list again; its content stays in the versions.
pub fn taken_back(change: &Change, now: Timestamp) -> Option<Change> {
    let removed = Some(now);
    let body = match change.body.clone() {
        Body::Person(person) => Body::Person(Person { removed, ..person }),
        Body::Reflection(session) => Body::Reflection(Session { removed, ..session }),
        Body::Action(action) => Body::Action(Action { removed, ..action }),
        _ => return None,
    };
    Some(Change { id: change.id, body })
}

/// Takes the last import back: what it added goes out of every list, but for what was changed
/// since.
pub fn take_back(state: &mut State, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(brought) = open.brought.take() else { return };
    let kept = brought.changed(&open.journal);
    let journal = &open.journal;
    let mut out = Vec::new();
    for (id, body) in &brought.records {
        if BroughtIn::is_untouched(journal, *id, body) {
            out.extend(taken_back(&Change { id: *id, body: body.clone() }, now));
        }
    }
    let gone = out.len();
    let mut out = out.into_iter().peekable();
    while out.peek().is_some() {
        // A record file takes 1 MiB.
        let mut bytes = 0;
        let mut batch = Vec::new();
        while let Some(change) = out.next_if(|it| batch.is_empty() || bytes + size(it) <= BATCH) {
            bytes += size(&change);
            batch.push(change);
        }
        save(state, batch, jobs);
    }
    let mut said = format!("{} taken out again", brought.what.count(gone));
    if kept > 0 {
        let (was, stays) = if kept == 1 { ("was", "stays") } else { ("were", "stay") };
        let kept = brought.what.count(kept);
        said.push_str(&format!(". {kept} {was} changed since and {stays}"));
    }
    toast(state, said, None);
}
