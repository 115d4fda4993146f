//! What a doctor gives to their next supervisor, and what others can read.

use super::summary::file;
use super::{letter, toast};
use crate::app::desk::ReadersJob;
use crate::app::handing::{Given, Giving, HandOver, changes};
use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::letter::Topic;
use crate::app::reads::Readers;
use crate::app::state::{Open, State};
use crate::model::Body;

/// Whether a page goes to somebody as a file for the pair.
pub fn goes_to_a_pair(open: &Open, topic: &Topic) -> bool {
    let Topic::Handover(id) = topic else { return false };
    open.words().is_doctor() && open.readers.pair(*id).is_some()
}

/// Whether that is what the page on the screen does.
pub fn is_asked(state: &State) -> bool {
    let shown = state.open().and_then(|open| Some((open, open.letter.as_ref()?)));
    shown.is_some_and(|(open, shown)| goes_to_a_pair(open, &shown.topic))
}

/// Has the file written, once all there is to settle is settled.
pub fn write(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    if letter::refresh(state, inputs, jobs) {
        // What was pressed was another page.
        return;
    }
    let (now, today) = (state.now.timestamp(), state.today());
    let id = state.fresh.id(now);
    let Some(path) = file(inputs, &inputs.letter.path) else { return };
    let mut fresh = state.fresh.clone();
    let Some(open) = state.open_mut() else { return };
    let journal = open.journal.clone();
    let Some(shown) = letter::ready(open) else { return };
    let Some(to) = shown.topic.person(&journal) else { return };
    let may_leave = letter::may_leave(shown, &inputs.letter);
    let candidates = shown.page.as_ref().and_then(|page| page.candidates.as_ref());
    let Some((candidates, person)) = candidates.zip(journal.person(to)).filter(|_| may_leave)
    else {
        return;
    };
    let name = journal.settings().your_name;
    let giving = Giving { journal: &journal, to, name: &name, now, today };
    let changes = changes(giving, candidates, &person.handover_ticked, &mut || fresh.id(now));
    let name = person.name.clone();
    let mut with = journal.clone();
    for change in &changes {
        with.put(change.id, change.body.clone());
    }
    shown.sending = Some(id);
    shown.notice = None;
    state.fresh = fresh;
    let job = HandOver { id, to, name, changes, journal: Box::new(with), path };
    jobs.push(Job::Readers(ReadersJob::HandOver(Box::new(job))));
}

/// Takes what came of it. The person may look at another page by now.
pub fn given(state: &mut State, given: Given) {
    let Some(open) = state.open_mut() else { return };
    for (id, body) in given.kept {
        open.journal.put(id, body);
    }
    let waiting = open.letter.as_mut().filter(|shown| shown.sending == Some(given.id));
    match (given.result, waiting) {
        (Ok(written), waiting) => {
            open.journal.put(written.id, Body::Receipt(written.receipt.clone()));
            if let Some(shown) = waiting {
                shown.sending = None;
                shown.written = Some(written);
            }
            toast(state, "Saved, and a receipt is kept", None);
        }
        (Err(notice), Some(shown)) => {
            shown.sending = None;
            shown.notice = Some(notice);
        }
        (Err(notice), None) => open.banner = Some(notice),
    }
}

/// Takes with whom the owner is paired, and what they have.
pub fn readers(state: &mut State, readers: Readers) {
    let Some(open) = state.open_mut() else { return };
    open.readers = readers;
    open.readers_came += 1;
}
