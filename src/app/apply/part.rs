//! What is known of a person, changed a part at a time.

use super::{Change, go, save, toast, toast_with};
use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::letter::Topic;
use crate::app::part::{Part, PartAction, PartForm, ReadOn, title_of};
use crate::app::screen::Screen;
use crate::app::state::{Open, State, Undo};
use crate::model::{Body, Goal, Id, Person};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: PartAction, jobs: &mut Vec<Job>) {
    if let PartAction::ShowPast(past) = wish {
        return show_past(state, inputs, past, jobs);
    }
    if state.open().is_none_or(|open| open.read_only.is_some()) {
        return;
    }
    match wish {
        PartAction::Open(id, part, at) => open(state, inputs, (id, part, at), jobs),
        PartAction::Save => save_typed(state, inputs, jobs),
        PartAction::Cancel => cancel(state, inputs),
        PartAction::Remove => remove(state, inputs, jobs),
        PartAction::Reached(id, at) => reached(state, id, at, jobs),
        PartAction::Answered(id, at) => answered(state, id, at, jobs),
        PartAction::Archive(id, past) => {
            archive(state, id, past, jobs);
            // Whoever comes back is seen to be there.
            inputs.people_past &= past;
        }
        PartAction::ShowPast(_) => {}
    }
}

fn person(state: &State, id: Id) -> Option<&Person> {
    state.open()?.journal.person(id)
}

/// Another form that is open is kept first, as when its page is left.
fn open(
    state: &mut State,
    inputs: &mut Inputs,
    (id, part, at): (Id, Part, Option<usize>),
    jobs: &mut Vec<Job>,
) {
    keep(state, inputs, jobs);
    if let Some(waiting) = inputs.part.as_mut().filter(|waiting| waiting.person == id) {
        // What could not be read stays in sight until it is mended or left.
        waiting.tried = true;
        waiting.go_to = waiting.part.slots().first().copied();
        return;
    }
    if inputs.part.is_some() {
        cancel(state, inputs);
    }
    let Some(person) = person(state, id) else { return };
    inputs.revise.take_if(|form| !form.is_changed());
    inputs.part = Some(PartForm::of(id, part, at, person));
}

/// The person with what is typed; says in the form what has to be mended.
fn read(state: &State, inputs: &mut Inputs) -> Option<(Id, Person, Person)> {
    let form = inputs.part.as_mut()?;
    let before = person(state, form.person)?.clone();
    let known = state.known_of(form.person);
    let on = ReadOn { today: state.today(), known: &known };
    match form.read(&before, on) {
        Ok(after) => Some((form.person, before, after)),
        Err(problems) => {
            form.tried = true;
            form.go_to = form.part.slots().iter().find(|slot| problems.contains_key(slot)).copied();
            None
        }
    }
}

fn save_typed(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some((id, before, after)) = read(state, inputs) else { return };
    let Some(form) = inputs.part.take() else { return };
    inputs.part_left = Some((form.part, form.at));
    let words = match (form.part, form.is_new()) {
        (Part::DropGoal, _) => "Goal dropped".to_owned(),
        (Part::Meeting, _) => "Next meeting saved".to_owned(),
        (part, true) if part.can_go() => format!("{} added", part.title(false)),
        (part, _) => format!("{} saved", part.title(false)),
    };
    put(state, (id, before, after), words, jobs);
}

/// Saves a person and shows what takes it back. Nothing where nothing changed.
pub(super) fn put(
    state: &mut State,
    (id, before, mut after): (Id, Person, Person),
    words: String,
    jobs: &mut Vec<Job>,
) {
    if before == after {
        return;
    }
    let now = state.now.timestamp();
    after.give_ids(Some(&before), || state.fresh.id(now));
    save(state, vec![Change { id, body: Body::Person(after) }], jobs);
    toast(state, words, Some(vec![Change { id, body: Body::Person(before) }]));
}

/// Leaves the form. What was typed can be had back for a while.
fn cancel(state: &mut State, inputs: &mut Inputs) {
    let Some(form) = inputs.part.take() else { return };
    inputs.part_left = Some((form.part, form.at));
    if form.is_changed() {
        toast_with(state, "Not saved", Some(Undo::Part(Box::new(form))));
    }
}

/// Shows a form again that was left.
pub fn put_back(state: &mut State, inputs: &mut Inputs, mut form: PartForm, jobs: &mut Vec<Job>) {
    let there = match form.part {
        Part::Request => Screen::Letter(Topic::Held(form.person)),
        _ => Screen::People(Some(form.person)),
    };
    // A goal is dropped in a conversation too.
    let with = inputs.draft.as_ref().and_then(|draft| draft.session.person);
    let is_here = form.part == Part::DropGoal && with == Some(form.person);
    if !is_here && state.open().is_some_and(|open| open.screen != there) {
        go(state, inputs, there, jobs);
    }
    form.go_to = form.part.slots().first().copied();
    inputs.part = Some(form);
}

fn remove(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some(form) = inputs.part.take() else { return };
    inputs.part_left = Some((form.part, None));
    let Some(before) = person(state, form.person).cloned() else { return };
    let after = form.without(&before);
    let words = match form.part {
        Part::Meeting => "Meeting taken out".to_owned(),
        part => format!("Taken out: {}", title_of(&form.before, part, form.at)),
    };
    put(state, (form.person, before, after), words, jobs);
}

fn reached(state: &mut State, id: Id, at: usize, jobs: &mut Vec<Job>) {
    let today = state.today();
    let Some(before) = person(state, id).cloned() else { return };
    let mut after = before.clone();
    let Some(goal) = after.goals.get_mut(at) else { return };
    let (done, words) = match goal.is_open() {
        true => (Some(today), "Goal reached"),
        false => (None, "Goal open again"),
    };
    *goal = Goal { done, dropped: None, reason: String::new(), ..goal.clone() };
    put(state, (id, before, after), words.to_owned(), jobs);
}

fn answered(state: &mut State, id: Id, at: usize, jobs: &mut Vec<Job>) {
    let today = state.today();
    let Some(before) = person(state, id).cloned() else { return };
    let mut after = before.clone();
    let Some(request) = after.requests.get_mut(at) else { return };
    request.answered = Some(today);
    put(state, (id, before, after), "Answered today".to_owned(), jobs);
}

fn archive(state: &mut State, id: Id, past: bool, jobs: &mut Vec<Job>) {
    let Some(before) = person(state, id).cloned() else { return };
    let handed_over = before.handed_over.clone().filter(|_| past);
    let after = Person { archived: past, handed_over, ..before.clone() };
    let Some(said) = state.open().map(Open::words) else { return };
    let called = before.called();
    let words = match past {
        true => format!("{called} moved to past people"),
        false => format!("{called} {}", said.is_back()),
    };
    put(state, (id, before, after), words, jobs);
}

/// Shows one of the two lists, at its first person.
fn show_past(state: &mut State, inputs: &mut Inputs, past: bool, jobs: &mut Vec<Job>) {
    inputs.people_past = past;
    inputs.people_filter.clear();
    let first = state.open().and_then(|open| {
        let roster = open.roster()?;
        let rows = if past { &roster.past } else { &roster.now };
        rows.first().map(|row| row.id)
    });
    go(state, inputs, Screen::People(first), jobs);
}

/// Keeps what is typed when its page is left, or at a lock. What can't be read stays in the form,
/// which is there again when the page is; so does what only its own button may decide.
pub fn keep(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some(form) = inputs.part.take() else { return };
    let Some(before) = person(state, form.person).cloned() else { return };
    if !form.is_changed() {
        return;
    }
    let known = state.known_of(form.person);
    let on = ReadOn { today: state.today(), known: &known };
    match form.read(&before, on) {
        Ok(after) if !form.decides() => {
            let words = format!("Changes to {} kept", before.called());
            put(state, (form.person, before, after), words, jobs);
        }
        _ => inputs.part = Some(form),
    }
}
