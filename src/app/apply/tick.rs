//! What time alone brings: drafts, revisions, the place that was reached, the lock.

use super::{history, lock, palette, place, record, session, shared_folder, template, unfinished};
use crate::app::draft::{Draft, Due};
use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::lock::{Idle, idle};
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::app::template_edit::TemplateEdit;

/// What time brings: drafts that are due, the lock, toasts that go.
pub fn tick(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let now = state.now.timestamp();
    // A clock that was set back must not keep the record open.
    state.last_touch = state.last_touch.min(now);
    palette::learn(state, inputs);
    session::spend(state, inputs);
    if let Some(draft) = &mut inputs.draft {
        draft.note(now);
        let due = draft.due(now);
        match due {
            Some(Due::Revision) => session::keep(state, inputs, jobs),
            Some(Due::Draft) => session::keep_draft(state, inputs, jobs),
            None => {}
        }
        place::went_on(state, due.is_some());
    }
    place::keep(state, inputs, jobs);
    record::draft_person(state, inputs, jobs);
    unfinished::keep(state, inputs, false, jobs);
    template::keep_due(state, inputs, jobs);
    history::keep_chosen(state, inputs, false, jobs);
    shared_folder::send_what_is_due(state, inputs, jobs);
    if idle_is_over(state)
        && let Some(open) = state.open()
    {
        let minutes = open.journal.settings().idle_minutes;
        lock(state, inputs, Some(minutes), jobs);
    }
    state.refresh_library();
}

/// Whether a record is open that nobody has touched for as long as its settings allow.
pub fn idle_is_over(state: &State) -> bool {
    state.open().is_some_and(|open| {
        let minutes = open.journal.settings().idle_minutes;
        idle(state.last_touch, state.now.timestamp(), minutes) == Idle::Over
    })
}

/// Milliseconds until [`tick`] should be called again, if time alone will bring something.
pub fn next_tick_ms(state: &State, inputs: &Inputs) -> Option<u64> {
    if state.open().is_some_and(|open| open.finder.is_behind()) {
        return Some(1);
    }
    let writes = inputs.edits.values().any(TemplateEdit::is_unkept);
    if writes || inputs.draft.as_ref().is_some_and(Draft::is_unkept) {
        return Some(200);
    }
    let open = state.open()?;
    let typing = matches!(open.screen, Screen::AddPerson | Screen::BothChanged(_));
    let forms = inputs.part.is_some() || inputs.revise.is_some();
    if typing || forms || inputs.educator.adding.is_some() {
        return Some(2_000);
    }
    let now = state.now.timestamp();
    if open.room.and_then(|room| room.time).is_some_and(|time| time.runs(now)) {
        return Some(1_000);
    }
    let minutes = open.journal.settings().idle_minutes;
    let slow = session::next_minute_ms(state, inputs).unwrap_or(15_000).min(15_000);
    match idle(state.last_touch, now, minutes) {
        Idle::Awake => Some(slow),
        Idle::Soon | Idle::Over => Some(1_000),
    }
}
