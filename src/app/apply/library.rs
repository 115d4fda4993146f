//! What the owner thinks of templates and modules: a star, a rating, what worked, a comment.

use super::record::change_settings;
use super::{go, toast};
use crate::app::action::LibraryAction;
use crate::app::inputs::{Inputs, Marking};
use crate::app::job::Job;
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::model::{Body, Extra, Mark, Worked, clean};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: LibraryAction, jobs: &mut Vec<Job>) {
    if let LibraryAction::Choose(template) = wish {
        go(state, inputs, Screen::Choose(None), jobs);
        inputs.choose.template = Some(template);
        inputs.choose.preview = true;
        inputs.choose.bring_up = true;
        return;
    }
    if state.open().is_none_or(|open| open.read_only.is_some()) {
        return;
    }
    match wish {
        LibraryAction::Choose(_) => {}
        LibraryAction::Star(key, star) => change(state, jobs, &key, |mark| mark.star = star),
        LibraryAction::Rate(key, rating) => {
            let rating = rating.filter(|rating| (1..=Mark::HIGHEST).contains(rating));
            change(state, jobs, &key, |mark| mark.rating = rating);
        }
        LibraryAction::KeepTyped => keep_typed(state, inputs, jobs),
        LibraryAction::RemoveLine(key, at) => remove_line(state, &key, at, jobs),
    }
}

/// Keeps the line and the comment that are typed, and empties the line.
pub fn keep_typed(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Marking { of, line, comment, kept, .. } = &inputs.marking;
    let writable = state.open().is_some_and(|open| open.read_only.is_none());
    if of.is_empty() || !writable {
        return;
    }
    // What another computer wrote meanwhile stays, unless it was written here as well.
    let written = (comment != kept).then(|| clean::lines(comment));
    let (day, line) = (state.today(), clean::line(line));
    change(state, jobs, of, |mark| {
        if !line.is_empty() {
            mark.worked.push(Worked { day, text: line, extra: Extra::new() });
        }
        if let Some(comment) = written {
            mark.comment = comment;
        }
    });
    inputs.marking.kept.clone_from(&inputs.marking.comment);
    inputs.marking.line.clear();
    inputs.marking.adding = false;
}

fn remove_line(state: &mut State, key: &str, at: usize, jobs: &mut Vec<Job>) {
    let Some(open) = state.open() else { return };
    let (id, before) = (open.journal.settings_id(), open.journal.settings());
    change(state, jobs, key, |mark| {
        if at < mark.worked.len() {
            mark.worked.remove(at);
        }
    });
    let undo = id.map(|id| vec![super::Change { id, body: Body::Settings(before) }]);
    toast(state, "Line removed", undo);
}

/// Changes a mark. One with nothing in it is not kept.
fn change(state: &mut State, jobs: &mut Vec<Job>, key: &str, change: impl FnOnce(&mut Mark)) {
    change_settings(state, jobs, |settings| {
        let mut mark = settings.library.remove(key).unwrap_or_default();
        change(&mut mark);
        if mark != Mark::default() {
            settings.library.insert(key.to_owned(), mark);
        }
    });
}
