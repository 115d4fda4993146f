//! Room mode: the only thing on the screen while two people look at it.
//!
//! This file knows the record. It makes a [`Room`] of what both may read and hands that, and
//! nothing else, to `page`, which draws it.

mod answer;
mod foot;
mod page;

use egui::Ui;

use super::session::{agreed_before, agreed_here, room_left};
use crate::app::lock::{Idle, idle};
use crate::app::room::{Room, Talk};
use crate::app::state::Open;
use crate::ui::View;

/// Draws it in the whole window.
pub fn show(ui: &mut Ui, view: &mut View<'_>, open: &Open) {
    let (Some(mut draft), Some(on)) = (view.inputs.draft.take(), open.room) else { return };
    let person = draft.session.person.and_then(|id| open.journal.person(id));
    let last_time = agreed_before(open, &draft, view.state.now.time_zone());
    let own = agreed_here(open, &draft);
    let talk = Talk {
        session: &draft.session,
        last_time: &last_time,
        own: &own,
        called: person.map_or("the doctor", |person| person.called()),
    };
    let room = Room::of(&talk, view.inputs.room.at);
    view.inputs.room.at = room.at();
    let now = &view.state.now;
    let minutes = open.journal.settings().idle_minutes;
    let shown = page::Page {
        record: draft.id,
        time: on.time,
        left: room_left(&draft),
        saved: &open.saved,
        locks_soon: idle(view.state.last_touch, now.timestamp(), minutes) != Idle::Awake,
        now,
        wish: view.inputs.wish.take(),
        form: &mut view.inputs.room,
        out: view.out,
    };
    let room = page::show(ui, room, shown);
    if room.keep(&mut draft.session) {
        draft.touched = true;
    }
    view.inputs.draft = Some(draft);
}
