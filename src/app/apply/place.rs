//! Where the person is, for when they come back.

use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::place::Place;
use crate::app::state::State;

/// Keeps where the person is whenever they went somewhere else: not even a crash loses it.
pub fn keep(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let Some(open) = state.open_mut() else { return };
    let kept = open.place_kept.as_ref();
    if kept.is_none_or(|(screen, prompt)| (screen, prompt) != (&open.screen, &inputs.focus)) {
        open.place_kept = Some((open.screen.clone(), inputs.focus.clone()));
        jobs.push(Job::KeepPlace(Place::of(&open.screen, inputs)));
    }
}

/// The caret goes on with the words: once these are kept, so is its place.
pub fn went_on(state: &mut State, words_kept: bool) {
    if let Some(open) = state.open_mut().filter(|_| words_kept) {
        open.place_kept = None;
    }
}
