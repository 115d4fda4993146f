//! Forms that are half typed: into drafts while they are, and back after the next opening.

use jiff::SignedDuration;

use super::toast;
use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::part::ReadOn;
use crate::app::plan::plan_with;
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::app::unfinished::Unfinished;
use crate::model::{Body, Id, Learning};

/// How long a draft may lag behind what is typed.
const PAUSE: SignedDuration = SignedDuration::from_secs(5);

/// Keeps what is half typed as drafts: what changed since the last, after a pause or, where there
/// is no more time (`all`), at once.
pub fn keep(state: &mut State, inputs: &mut Inputs, all: bool, jobs: &mut Vec<Job>) {
    if state.open().is_none_or(|open| open.read_only.is_some()) {
        return;
    }
    let newcomer = newcomer(state, inputs);
    let now = state.now.timestamp();
    for unfinished in Unfinished::of(inputs, newcomer) {
        let about = unfinished.about;
        if let Some((kept, at)) = inputs.unfinished.get(&about) {
            let waits = !all && *at <= now && now.duration_since(*at) < PAUSE;
            if waits || *kept == unfinished {
                continue;
            }
        }
        jobs.push(Job::DraftForms(Box::new(unfinished.clone())));
        inputs.unfinished.insert(about, (unfinished, now));
    }
}

/// Forgets the drafts of forms that were saved, left or emptied: what was taken out again must not
/// be offered, nor kept, after the next unlock.
pub fn forget_settled(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    if inputs.unfinished.is_empty() || state.open().is_none() {
        return;
    }
    let newcomer = newcomer(state, inputs);
    let left = Unfinished::of(inputs, newcomer);
    inputs.unfinished.retain(|about, _| {
        let stays = left.iter().any(|one| one.about == *about);
        if !stays {
            jobs.push(Job::Forget(Unfinished::draft_of(*about)));
        }
        stays
    });
}

/// The identity of somebody new about whom something is typed that can't be saved yet.
fn newcomer(state: &mut State, inputs: &mut Inputs) -> Option<Id> {
    let adding = state.open().is_some_and(|open| open.screen == Screen::AddPerson);
    let form = &inputs.person;
    if !adding || !form.is_changed() || form.read(state.today()).is_some() {
        return None;
    }
    let now = state.now.timestamp();
    Some(*inputs.person.new.get_or_insert_with(|| state.fresh.id(now)))
}

/// Puts the forms back that were half typed when the record was last open here. What was saved
/// meanwhile, and what is about somebody who is gone, is forgotten.
pub fn put_back(
    state: &mut State,
    inputs: &mut Inputs,
    found: Vec<Unfinished>,
    jobs: &mut Vec<Job>,
) {
    let now = state.now.timestamp();
    let mut back = false;
    for unfinished in found {
        let about = unfinished.about;
        inputs.unfinished.insert(about, (unfinished.clone(), now));
        let Unfinished { part, revise, plan, newcomer, learning, .. } = unfinished;
        let Some(open) = state.open() else { return };
        let (adding, person) = (open.screen == Screen::AddPerson, open.journal.person(about));
        if let (Some(form), Some(person), None) = (part, person, &inputs.part) {
            let known = state.known_of(about);
            let is_saved = form
                .read(person, ReadOn { today: state.today(), known: &known })
                .is_ok_and(|after| after == *person);
            if !is_saved {
                inputs.part = Some(form);
                back = true;
            }
        }
        if let (Some(form), true, None) = (revise, person.is_some(), &inputs.revise) {
            inputs.revise = Some(form);
            back = true;
        }
        if let (Some(form), true, None) = (plan, person.is_some(), &inputs.plan) {
            let stands = form.spot.text(&plan_with(open, about).1);
            if form.spot.decides() || form.words(&stands).trim() != stands {
                inputs.plan = Some(form);
                back = true;
            }
        }
        if let (Some(form), true) = (newcomer, adding) {
            inputs.person = form;
            back = true;
        }
        if let (Some(form), None) = (learning, &inputs.educator.adding) {
            let known = state.open().and_then(|open| open.journal.get(about));
            let known = match &known {
                Some(Body::Learning(known)) => Some(known),
                _ => None,
            };
            let typed = form.learning(state.today());
            let is_saved = known.zip(typed).is_some_and(|(known, typed)| {
                Learning { extra: known.extra.clone(), ..typed } == *known
            });
            // One that was taken out meanwhile is not to come back by itself.
            if !is_saved && (form.is_new() || known.is_some_and(|it| it.removed.is_none())) {
                inputs.educator.adding = Some(form);
                back = true;
            }
        }
    }
    forget_settled(state, inputs, jobs);
    if back {
        toast(state, "What you had not finished typing is back in its form", None);
    }
}
