//! The box for doing and finding.

use super::{do_command, go, library};
use crate::app::action::LibraryAction;
use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::palette::{Line, PaletteAction, PaletteForm, offered};
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::app::writing::Find;
use crate::model::{Body, Id};
use crate::search::{Hit, Segment};

/// Shows the box, or puts it away.
pub fn toggle(state: &mut State, inputs: &mut Inputs) {
    if inputs.palette.take().is_some() {
        return close(state, inputs);
    }
    inputs.palette = Some(PaletteForm::default());
    ask(state, inputs);
}

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: PaletteAction, jobs: &mut Vec<Job>) {
    match wish {
        PaletteAction::Ask => {
            if let Some(form) = &mut inputs.palette {
                form.take_narrowing();
                form.chosen = 0;
            }
            ask(state, inputs);
        }
        PaletteAction::Narrow(part, by) => {
            if let Some(form) = &mut inputs.palette {
                form.narrowed.retain(|held| *held != part);
                if by {
                    form.narrowed.push(part);
                }
                form.chosen = 0;
            }
            ask(state, inputs);
        }
        PaletteAction::Take(at) => {
            let line = state.open().and_then(|open| open.palette.as_ref()?.lines.get(at).cloned());
            line.into_iter().for_each(|line| take(state, inputs, line, jobs));
        }
        PaletteAction::Close => close(state, inputs),
    }
}

/// Takes in a part of the index of words.
pub fn learned(state: &mut State, inputs: &Inputs, part: Segment) {
    if let Some(open) = state.open_mut() {
        open.finder.add(part, &open.journal);
    }
    ask(state, inputs);
}

/// Takes in some of what changed, and answers again where that changes the answer.
pub fn learn(state: &mut State, inputs: &Inputs) {
    let Some(open) = state.open_mut() else { return };
    let size = open.finder.index().len();
    open.finder.learn(&mut open.journal);
    if open.finder.index().len() != size {
        ask(state, inputs);
    }
}

fn ask(state: &mut State, inputs: &Inputs) {
    let Some(form) = &inputs.palette else { return };
    let Some(open) = state.open() else { return };
    let palette = offered(state, open, form);
    if let Some(open) = state.open_mut() {
        open.palette = Some(palette);
    }
}

fn close(state: &mut State, inputs: &mut Inputs) {
    inputs.palette = None;
    if let Some(open) = state.open_mut() {
        open.palette = None;
    }
}

fn take(state: &mut State, inputs: &mut Inputs, line: Line, jobs: &mut Vec<Job>) {
    match line {
        Line::Narrow(part, _) => {
            if let Some(form) = &mut inputs.palette {
                // It takes the place of what was typed of it.
                let typed = crate::search::parts(&form.typed);
                let kept = typed.split_last().map_or(&[][..], |(_, kept)| kept).join(" ");
                form.typed = if kept.is_empty() { kept } else { format!("{kept} ") };
            }
            return apply(state, inputs, PaletteAction::Narrow(part, true), jobs);
        }
        Line::Meant(words) => {
            if let Some(form) = &mut inputs.palette {
                form.typed = words;
            }
            return apply(state, inputs, PaletteAction::Ask, jobs);
        }
        _ => {}
    }
    let question = inputs.palette.as_ref().map(PaletteForm::question).unwrap_or_default();
    close(state, inputs);
    match line {
        Line::Do(command) => do_command(state, inputs, command, jobs),
        Line::Person(id, _) => go(state, inputs, Screen::People(Some(id)), jobs),
        Line::Template(id, _) => {
            let person = state.open().and_then(|open| match open.screen {
                Screen::People(person) => person,
                _ => None,
            });
            go(state, inputs, Screen::Choose(person), jobs);
            library::apply(state, inputs, LibraryAction::Choose(id), jobs);
        }
        Line::Place(screen, _) => go(state, inputs, screen, jobs),
        Line::Written(hit) => open_found(state, inputs, &hit, &question, jobs),
        Line::Narrow(..) | Line::Meant(_) => {}
    }
}

/// Opens a record that was found, at the words where that page has a box for them.
fn open_found(
    state: &mut State,
    inputs: &mut Inputs,
    hit: &Hit,
    question: &str,
    jobs: &mut Vec<Job>,
) {
    let Some(screen) = state.open().and_then(|open| place_of(&open.journal.get(hit.id)?, hit.id))
    else {
        return;
    };
    let is_talk = matches!(screen, Screen::Session(_));
    go(state, inputs, screen, jobs);
    let wanted = hit.marks.first().and_then(|mark| hit.snippet.get(mark.clone()));
    if let Some(wanted) = wanted.filter(|_| is_talk && !question.trim().is_empty()) {
        inputs.find = Some(Find::words(wanted));
    }
}

/// The screen that shows a record.
fn place_of(body: &Body, id: Id) -> Option<Screen> {
    Some(match body {
        Body::Person(_) => Screen::People(Some(id)),
        Body::Session(_) | Body::Reflection(_) => Screen::Session(id),
        Body::Action(action) => match (action.from, action.person) {
            (_, Some(person)) => Screen::People(Some(person)),
            (Some(from), None) => Screen::Session(from),
            (None, None) => Screen::Today,
        },
        Body::Plan(plan) => Screen::Plan(plan.person),
        Body::Template(_) => Screen::TemplateEdit(id),
        Body::Attachment(file) => Screen::Session(file.record),
        Body::Learning(_) => Screen::Journal,
        _ => Screen::Settings,
    })
}
