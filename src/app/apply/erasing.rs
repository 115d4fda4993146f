//! Erasing a person for good, and the certificate of it; the yearly look.

use std::collections::BTreeSet;

use super::keeping::{forget, put_away, send};
use super::{go, record, toast};
use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::keeping::{Certified, KeepingJob, is_name_of};
use crate::app::letter::Topic;
use crate::app::retention;
use crate::app::screen::Screen;
use crate::app::state::{Open, State};
use crate::model::{Body, Id};

/// Erases the person whose name is typed. A reference that would name them is refused: the
/// certificate names no one.
pub fn erase(state: &mut State, inputs: &Inputs, id: Id, jobs: &mut Vec<Job>) {
    let now = state.now.clone();
    let Some(open) = state.open_mut() else { return };
    let Some(person) = open.journal.person(id) else { return };
    let form = &inputs.keeping;
    if is_name_of(&form.name, person) && !retention::names(&form.reference, person) {
        let certificate = retention::certificate(&open.journal, id, &form.reference, &now);
        send(state, KeepingJob::Erase(id, Box::new(certificate)), jobs);
    } else {
        open.keeping.tried = true;
    }
}

/// Takes the certificate of an erasure, and shows it.
pub fn erased(
    state: &mut State,
    inputs: &mut Inputs,
    (person, certified): (Id, Certified),
    jobs: &mut Vec<Job>,
) {
    let Some(open) = state.open_mut() else { return };
    drop_waiting(open, person);
    let bodies = open.journal.all();
    let gone: BTreeSet<Id> =
        bodies.filter(|(id, body)| body.about(*id) == Some(person)).map(|(id, _)| id).collect();
    // What is open of the person must not be kept when the screen is left for the certificate.
    forget(state, inputs, &|id| gone.contains(&id));
    put_away(state, inputs);
    let Some(open) = state.open_mut() else { return };
    match certified {
        Ok((id, receipt)) => {
            let left = receipt.erased.as_ref().map_or(0, |it| it.left);
            open.journal.put(id, Body::Receipt(receipt));
            go(state, inputs, Screen::Letter(Topic::Certificate(id)), jobs);
            let words = match left {
                0 => "Erased for good".to_owned(),
                1 => "Erased. 1 file could not be removed yet, and is not shown".to_owned(),
                n => format!("Erased. {n} files could not be removed yet, and are not shown"),
            };
            toast(state, words, None);
        }
        Err(notice) => open.banner = Some(notice),
    }
}

/// A save that waits to be tried again must not bring anything back of a person who is erased.
fn drop_waiting(open: &mut Open, person: Id) {
    for waiting in open.waiting.values_mut() {
        waiting.changes.retain(|change| change.body.about(change.id) != Some(person));
    }
    open.waiting.retain(|_, waiting| !waiting.changes.is_empty());
}

/// Notes that the yearly look is done today.
pub fn looked(state: &mut State, jobs: &mut Vec<Job>) {
    let today = state.today();
    record::change_settings(state, jobs, |settings| settings.looked_at = Some(today));
    toast(state, "Noted. Cairn asks again in a year", None);
}
