//! People from a table: shown, brought in, taken back.

use super::{brought, go, packs, save, toast};
use crate::app::brought::{Brought, BroughtIn};
use crate::app::inputs::Inputs;
use crate::app::intake_people;
use crate::app::job::Job;
use crate::app::newcomers::{ComingPeople, NewcomersAction, NewcomersForm};
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::import::people::Table;

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: NewcomersAction, jobs: &mut Vec<Job>) {
    match wish {
        NewcomersAction::Show => {
            inputs.newcomers = NewcomersForm::default();
            go(state, inputs, Screen::BringPeople, jobs);
        }
        NewcomersAction::Choose => packs::choose(state, inputs, jobs),
        NewcomersAction::BringIn => bring_in(state, inputs, jobs),
        NewcomersAction::TakeBack => brought::take_back(state, jobs),
    }
}

/// Shows the people of a table that was read, unless nobody looks at it any more.
pub fn read(state: &mut State, inputs: &mut Inputs, (name, table): (String, Table)) {
    let Some(open) = state.open_mut() else { return };
    if !std::mem::take(&mut open.shelf.reading) {
        return;
    }
    inputs.newcomers = NewcomersForm::default();
    open.shelf.people = Some(ComingPeople::new(name, table, &open.journal));
    // The page that waited for the file gives its place to the one for people.
    open.screen = Screen::BringPeople;
}

/// Sets what is shown against the record as it is now.
pub fn refresh(state: &mut State) {
    let Some(open) = state.open_mut() else { return };
    if let Some(coming) = &mut open.shelf.people {
        coming.refresh(&open.journal);
    }
}

fn bring_in(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    let State { phase: crate::app::state::Phase::Open(open), fresh, .. } = &mut *state else {
        return;
    };
    if open.read_only.is_some() {
        return;
    }
    let Some(coming) = open.shelf.people.take() else { return };
    let form = &inputs.newcomers;
    let wanted = |line, standing| form.wants(line, standing);
    let intake = intake_people::prepare(coming.table, &open.journal, wanted, fresh, now);
    let words = intake.words();
    let records: Vec<_> =
        intake.batches.iter().flatten().map(|it| (it.id, it.body.clone())).collect();
    for batch in intake.batches {
        save(state, batch, jobs);
    }
    let said = format!("{} brought in", Brought::People.count(records.len()));
    if let Some(open) = state.open_mut().filter(|_| !records.is_empty()) {
        let what = Brought::People;
        open.brought = Some(BroughtIn { what, name: coming.name, records, words });
    }
    toast(state, said, None);
}
