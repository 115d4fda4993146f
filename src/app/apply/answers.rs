//! Answers that a doctor wrote before a meeting: shown, brought in, taken back.

use super::{go, packs, session, toast_with};
use crate::app::action::SessionAction;
use crate::app::answers::{AnswersAction, AnswersForm, AnswersInto, ComingAnswers, look};
use crate::app::inputs::Inputs;
use crate::app::intake::{LARGEST, size};
use crate::app::job::Job;
use crate::app::packs::Refused;
use crate::app::screen::Screen;
use crate::app::state::{State, Undo};
use crate::import::answers::MAX_BYTES;
use crate::model::Id;

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: AnswersAction, jobs: &mut Vec<Job>) {
    match wish {
        AnswersAction::Show(person, into) => {
            go(state, inputs, Screen::Answers(person), jobs);
            inputs.answers.into = into;
        }
        AnswersAction::Choose => packs::choose(state, inputs, jobs),
        AnswersAction::Look => see(state, inputs),
        AnswersAction::Into(into) => {
            inputs.answers.into = Some(into);
            see(state, inputs);
        }
        AnswersAction::Change => {
            if let Some(open) = state.open_mut() {
                open.answers = None;
            }
        }
        AnswersAction::BringIn => bring_in(state, inputs, jobs),
    }
}

/// Forgets what was typed and looked into.
pub fn put_away(state: &mut State, inputs: &mut Inputs) {
    inputs.answers = AnswersForm::default();
    if let Some(open) = state.open_mut() {
        open.answers = None;
    }
}

/// Whose answers the page is for.
fn person(state: &State) -> Option<Id> {
    match state.open()?.screen {
        Screen::Answers(person) => Some(person),
        _ => None,
    }
}

/// Takes the text of a file, unless nobody looks at it any more.
pub fn read(state: &mut State, inputs: &mut Inputs, read: Result<String, Refused>) {
    let Some(open) = state.open_mut() else { return };
    if !std::mem::take(&mut open.shelf.reading) {
        return;
    }
    match read {
        Ok(text) => {
            inputs.answers.text = text;
            see(state, inputs);
        }
        Err(refused) => inputs.answers.wrong = Some(refused.lead),
    }
}

/// Looks what the text holds.
fn see(state: &mut State, inputs: &mut Inputs) {
    let form = &mut inputs.answers;
    form.wrong = None;
    if form.text.trim().is_empty() {
        form.wrong = Some("There is no text yet. Paste it, or open a file.".to_owned());
        return;
    }
    if form.text.len() > MAX_BYTES {
        let most = MAX_BYTES / 1024;
        form.wrong = Some(format!("The text is too long: the most is {most} KiB."));
        return;
    }
    let Some((person, open)) = person(state).zip(state.open()) else { return };
    let coming = look(state, open, (person, &form.text, form.into.as_ref()));
    if coming.is_none() {
        form.wrong = Some("There is no template with questions for both of you.".to_owned());
    }
    if let Some(open) = state.open_mut() {
        open.answers = coming;
    }
}

fn bring_in(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    // The conversation may have been changed elsewhere since the text was looked into.
    let into = state.open().and_then(|open| open.answers.as_ref()).map(|it| it.into.clone());
    inputs.answers.into = into;
    see(state, inputs);
    let Some(id) = person(state) else { return };
    let today = state.today();
    let Some(open) = state.open_mut().filter(|open| open.read_only.is_none()) else { return };
    let Some(whom) = open.journal.person(id).cloned() else { return };
    let Some(coming) = open.answers.take() else { return };
    let form = std::mem::take(&mut inputs.answers);
    if !begin(state, inputs, (id, &coming), jobs) {
        return;
    }
    let now = state.now.timestamp();
    let Some(draft) = inputs.draft.as_mut() else { return };
    let before = draft.clone();
    let said = coming.fill(draft, (&whom, form.layer()), today);
    let too_large = draft.changes().iter().any(|change| size(change) > LARGEST);
    if too_large {
        *draft = before;
        let words = "Together with the session the text is too long for one record. Nothing was \
                     brought in";
        toast_with(state, words, None);
        return;
    }
    draft.note(now);
    let undo = Undo::Answers(draft.id, Box::new((before.session, draft.session.clone())));
    toast_with(state, said, Some(undo));
}

/// Goes to the conversation that takes the answers, or begins it.
fn begin(
    state: &mut State,
    inputs: &mut Inputs,
    (person, coming): (Id, &ComingAnswers),
    jobs: &mut Vec<Job>,
) -> bool {
    match &coming.into {
        AnswersInto::Session(id) => session::apply(state, inputs, SessionAction::Open(*id), jobs),
        AnswersInto::Template(template) => {
            let (template, person) = (template.clone(), Some(person));
            session::apply(state, inputs, SessionAction::Start { template, person }, jobs);
        }
    }
    let on_screen = |draft: &crate::app::draft::Draft| {
        draft.session.person == Some(person) && draft.session.finished.is_none()
    };
    inputs.draft.as_ref().is_some_and(on_screen)
}

/// Takes answers back that were just brought in. What was written since stays: then nothing is
/// taken back, and Undo goes step by step.
pub fn take_back(
    state: &mut State,
    inputs: &mut Inputs,
    id: Id,
    (before, after): (crate::model::Session, crate::model::Session),
) {
    let now = state.now.timestamp();
    let Some(draft) = inputs.draft.as_mut().filter(|draft| draft.id == id) else { return };
    let spent = draft.session.spent;
    if draft.session == (crate::model::Session { spent, ..after }) {
        draft.session = crate::model::Session { spent, ..before };
        draft.touched = true;
        draft.note(now);
    } else {
        toast_with(state, "You have written since. Undo goes back step by step", None);
    }
}
