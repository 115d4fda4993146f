//! The reflection journal: a question to write about, and parts that are shared.

use std::sync::Arc;

use super::{Change, save, session, toast};
use crate::app::action::SessionAction;
use crate::app::inputs::Inputs;
use crate::app::job::Job;
use crate::app::reflection::{FREE, ReflectionAction, Sharing};
use crate::app::resize::{SIZES, resized};
use crate::app::state::State;
use crate::model::{Body, Kind, Prompt, PromptKind, Session};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: ReflectionAction, jobs: &mut Vec<Job>) {
    let Some(open) = state.open().filter(|open| open.read_only.is_none()) else { return };
    let today = state.today();
    match wish {
        ReflectionAction::WriteAbout(question) => {
            write_about(state, inputs, &question, jobs);
        }
        ReflectionAction::Resize(template) => resize(state, inputs, &template),
        ReflectionAction::Share(id) => {
            let held = open.journal.held(id).filter(|held| held.kind == Kind::Reflection);
            let people = open.journal.people();
            inputs.reflecting.sharing = held.map(|held| {
                let only = if let [(only, _)] = people.as_slice() { Some(*only) } else { None };
                Sharing::of(id, &held.session, held.session.person.or(only))
            });
        }
        ReflectionAction::ShareWith(person) => {
            if let Some(sharing) = &mut inputs.reflecting.sharing {
                sharing.with = Some(person);
                sharing.look(&open.journal, today);
            }
        }
        ReflectionAction::Tick(at, on) => {
            if let Some(sharing) = &mut inputs.reflecting.sharing {
                if on {
                    sharing.ticked.insert(at)
                } else {
                    sharing.ticked.remove(&at)
                };
                sharing.look(&open.journal, today);
            }
        }
        ReflectionAction::ShareAsItIs => {
            if let Some(sharing) = &mut inputs.reflecting.sharing {
                sharing.as_it_is = true;
            }
        }
        ReflectionAction::KeepShared => keep_shared(state, inputs, jobs),
        ReflectionAction::PutAway => inputs.reflecting.sharing = None,
    }
}

/// Begins free writing with the question in the place of its first one.
fn write_about(state: &mut State, inputs: &mut Inputs, question: &str, jobs: &mut Vec<Job>) {
    let start = SessionAction::Start { template: FREE.to_owned(), person: None };
    session::apply(state, inputs, start, jobs);
    let Some(draft) = inputs.draft.as_mut().filter(|draft| draft.session.is_blank()) else {
        return;
    };
    let mut items = draft.session.sections.iter_mut().flat_map(|part| &mut part.items);
    if let Some(first) = items.find(|asked| asked.prompt.kind == PromptKind::Text) {
        let prompt = Prompt { text: question.to_owned(), ..first.prompt.as_ref().clone() };
        first.prompt = Arc::new(prompt);
    }
}

/// Changes the questions of the open reflection, never what was written.
fn resize(state: &State, inputs: &mut Inputs, template: &str) {
    let Some(open) = state.open() else { return };
    let Some(to) = state.library.get(template) else { return };
    let Some(draft) = inputs.draft.as_mut().filter(|draft| draft.kind == Kind::Reflection) else {
        return;
    };
    if draft.session.finished.is_some() || !SIZES.contains(&template) {
        return;
    }
    let from = state.library.get(&draft.session.template.id);
    draft.session = resized(&draft.session, from, to, open.journal.settings().role);
    draft.touched = true;
    // The keyboard goes to the first question without an answer.
    inputs.focus = None;
    inputs.carets.remove(&draft.id);
}

/// Copies what is ticked into a shared conversation. Nothing leaves: it goes when the two exchange
/// a file, as everything else that is shared.
fn keep_shared(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let (today, now) = (state.today(), state.now.timestamp());
    let Some(sharing) = &inputs.reflecting.sharing else { return };
    let Some(copy) = sharing.copy(today, now) else { return };
    let person = copy.person.and_then(|id| state.open()?.journal.person(id));
    let Some(called) = person.map(|person| person.called().to_owned()) else { return };
    inputs.reflecting.sharing = None;
    let id = state.fresh.id(now);
    let removed = Session { removed: Some(now), ..copy.clone() };
    save(state, vec![Change { id, body: Body::Session(copy) }], jobs);
    let undo = Some(vec![Change { id, body: Body::Session(removed) }]);
    toast(state, format!("Shared with {called}. Nothing was sent"), undo);
}
