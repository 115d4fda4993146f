//! People, actions and settings.

use jiff::SignedDuration;

use super::{Change, go, save, toast};
use crate::app::action::RecordAction;
use crate::app::inputs::{Inputs, PersonForm};
use crate::app::job::Job;
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::model::text::long_date;
use crate::model::{ActionState, Body, Id, Person, Settings, clean};

pub fn apply(state: &mut State, inputs: &mut Inputs, wish: RecordAction, jobs: &mut Vec<Job>) {
    if state.open().is_none_or(|open| open.read_only.is_some()) {
        return;
    }
    match wish {
        RecordAction::SavePerson => {
            if let Some(id) = save_person(state, inputs, jobs) {
                go(state, inputs, Screen::People(Some(id)), jobs);
            }
        }
        RecordAction::SavePersonAndMeet => {
            if let Some(id) = save_person(state, inputs, jobs) {
                go(state, inputs, Screen::Choose(Some(id)), jobs);
            }
        }
        RecordAction::DropPerson => drop_person(inputs, jobs),
        RecordAction::Settle(id, how) => settle(state, id, how, String::new(), jobs),
        RecordAction::Drop(id, reason) => {
            let reason = reason.trim().to_owned();
            if !reason.is_empty() {
                inputs.dropping = None;
                settle(state, id, ActionState::Dropped, reason, jobs);
            }
        }
        RecordAction::SaveSettings => save_settings(state, inputs, jobs),
        RecordAction::IdleMinutes(minutes) => {
            change_settings(state, jobs, |settings| settings.idle_minutes = minutes);
        }
        RecordAction::OwnWord(word, keep) => {
            own_word(state, inputs, &clean::line(&word), keep, jobs);
        }
        RecordAction::CheckWording(on) => {
            change_settings(state, jobs, |settings| settings.check_wording = on);
            inputs.writing.look_again();
        }
        RecordAction::CheckSpelling(on) => {
            change_settings(state, jobs, |settings| settings.check_spelling = on);
            inputs.writing.look_again();
        }
    }
}

/// Fills the form with what is known about a person, or empties it for a new one.
pub fn fill_person(state: &State, inputs: &mut Inputs, id: Option<Id>) {
    let person = id.and_then(|id| state.open()?.journal.person(id));
    inputs.person = match person {
        None => PersonForm::default(),
        Some(person) => PersonForm {
            editing: id,
            name: person.name.clone(),
            short_name: person.short_name.clone(),
            say: person.say.clone(),
            stage: person.stage.clone(),
            programme: person.programme.clone(),
            wte: person.wte.map(|wte| wte.to_string()).unwrap_or_default(),
            arcp_date: person.arcp_date.map(long_date).unwrap_or_default(),
            next_exam: person.next_exam.clone(),
            exam_date: person.exam_date.map(long_date).unwrap_or_default(),
            to_know: person.to_know.clone(),
            more: true,
            tried: false,
            ..PersonForm::default()
        },
    };
}

/// What is typed in the form that is shown, as far as it can be read and is not in the record
/// yet.
fn typed_person(state: &mut State, inputs: &mut Inputs) -> Option<(Id, Person)> {
    let open = state.open().filter(|open| open.read_only.is_none())?;
    if !matches!(open.screen, Screen::PersonForm(_)) {
        return None;
    }
    let id = person_id(state, inputs);
    let held = state.open()?.journal.person(id).cloned();
    let before = held.clone().unwrap_or_default();
    let person = inputs.person.read_what_can_be(state.today(), &before)?.over(before);
    (held.as_ref() != Some(&person)).then_some((id, person))
}

/// Whose form it is.
fn person_id(state: &mut State, inputs: &mut Inputs) -> Id {
    let PersonForm { editing, new, .. } = &mut inputs.person;
    let now = state.now.timestamp();
    editing.unwrap_or_else(|| *new.get_or_insert_with(|| state.fresh.id(now)))
}

/// Keeps what is typed about a person when the form is left in the middle. Cancelling empties
/// the form before.
pub fn keep_person(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some((id, person)) = typed_person(state, inputs) else { return };
    let name = person.called().to_owned();
    let before = state.open().and_then(|open| open.journal.person(id)).cloned();
    let (words, undo) = match before {
        Some(before) => {
            let undo = vec![Change { id, body: Body::Person(before) }];
            (format!("Changes to {name} kept"), Some(undo))
        }
        None => (format!("{name} added"), None),
    };
    save(state, vec![Change { id, body: Body::Person(person) }], jobs);
    toast(state, words, undo);
}

/// Hands what is typed about a person over as a draft, every few seconds while it changes.
pub fn draft_person(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    const PAUSE: SignedDuration = SignedDuration::from_secs(5);
    let now = state.now.timestamp();
    let Some((id, person)) = typed_person(state, inputs) else { return };
    if let Some((drafted, at)) = &inputs.person.drafted {
        let waits = *at <= now && now.duration_since(*at) < PAUSE;
        if waits || **drafted == person {
            return;
        }
    }
    inputs.person.drafted = Some((Box::new(person.clone()), now));
    jobs.push(Job::Draft { id, changes: vec![Change { id, body: Body::Person(person) }] });
}

/// Empties the form, and forgets its draft.
fn drop_person(inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let form = std::mem::take(&mut inputs.person);
    if let (Some(id), Some(_)) = (form.editing.or(form.new), form.drafted) {
        jobs.push(Job::Forget(id));
    }
}

/// Saves what is typed and gives whose it is; nothing when something has to be mended first.
fn save_person(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) -> Option<Id> {
    let today = state.today();
    let form = &mut inputs.person;
    form.tried = true;
    let fields = form.read(today)?;
    let id = person_id(state, inputs);
    let held = state.open().and_then(|open| open.journal.person(id)).cloned();
    let person = fields.over(held.unwrap_or_default());
    save(state, vec![Change { id, body: Body::Person(person) }], jobs);
    Some(id)
}

fn settle(state: &mut State, id: Id, how: ActionState, reason: String, jobs: &mut Vec<Job>) {
    let today = state.today();
    let Some(before) = state.open().and_then(|open| open.journal.action(id)).cloned() else {
        return;
    };
    let mut action = before.clone();
    action.state = how;
    action.settled = (how != ActionState::Open).then_some(today);
    action.reason = reason;
    let words = match how {
        ActionState::Done => "Action done",
        ActionState::Part => "Action part done",
        ActionState::Open => "Action open again",
        ActionState::Dropped => "Action dropped",
    };
    save(state, vec![Change { id, body: Body::Action(action) }], jobs);
    toast(state, words, Some(vec![Change { id, body: Body::Action(before) }]));
}

/// Adds a word to the writer's own, or takes it away.
fn own_word(state: &mut State, inputs: &mut Inputs, word: &str, keep: bool, jobs: &mut Vec<Job>) {
    if word.is_empty() {
        return;
    }
    change_settings(state, jobs, |settings| {
        settings.own_words.retain(|own| own != word);
        if keep {
            settings.own_words.push(word.to_owned());
            settings.own_words.sort_by_key(|own| own.to_lowercase());
        }
    });
    inputs.writing.look_again();
    let words = if keep { "added to" } else { "taken out of" };
    toast(state, format!("“{word}” {words} your words"), None);
}

/// Fills the fields of the settings with what the record holds.
pub fn fill_settings(state: &State, inputs: &mut Inputs) {
    let Some(open) = state.open() else { return };
    let settings = open.journal.settings();
    inputs.settings.your_name = settings.your_name;
    inputs.settings.noun = settings.noun;
}

/// Keeps what is typed in the settings when they are left in the middle of a field.
pub fn keep_settings(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let here = state
        .open()
        .is_some_and(|open| open.screen == Screen::Settings && open.read_only.is_none());
    if here {
        save_settings(state, inputs, jobs);
    }
}

/// An empty field changes nothing: both are needed wherever they are used.
fn save_settings(state: &mut State, inputs: &Inputs, jobs: &mut Vec<Job>) {
    let your_name = inputs.settings.your_name.trim();
    let noun = inputs.settings.noun.trim();
    change_settings(state, jobs, |settings| {
        if !your_name.is_empty() {
            your_name.clone_into(&mut settings.your_name);
        }
        if !noun.is_empty() {
            noun.clone_into(&mut settings.noun);
        }
    });
}

/// Changes the settings, if there is anything to change.
pub fn change_settings(state: &mut State, jobs: &mut Vec<Job>, change: impl FnOnce(&mut Settings)) {
    let now = state.now.timestamp();
    let Some(open) = state.open() else { return };
    let before = open.journal.settings();
    let id = open.journal.settings_id();
    let mut settings = before.clone();
    change(&mut settings);
    if settings != before {
        let id = id.unwrap_or_else(|| state.fresh.id(now));
        save(state, vec![Change { id, body: Body::Settings(settings) }], jobs);
    }
}
