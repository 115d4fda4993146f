//! People, actions and settings.

use jiff::SignedDuration;

use super::{Change, go, save, toast};
use crate::app::action::RecordAction;
use crate::app::inputs::Inputs;
use crate::app::inputs::PersonForm;
use crate::app::job::Job;
use crate::app::person_form;
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::model::natural_date;
use crate::model::text::{day_and_month, long_date};
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
        RecordAction::Move => move_action(state, inputs, jobs),
        RecordAction::SaveSettings => save_settings(state, inputs, jobs),
        RecordAction::IdleMinutes(minutes) => {
            change_settings(state, jobs, |settings| settings.idle_minutes = minutes);
        }
        RecordAction::OwnWord(word, keep) => {
            own_word(state, inputs, &clean::line(&word), keep, jobs);
        }
        RecordAction::Role(role) => {
            change_settings(state, jobs, |settings| settings.role = role);
        }
        RecordAction::CheckWording(on) => {
            change_settings(state, jobs, |settings| settings.check_wording = on);
            inputs.writing.look_again();
        }
        RecordAction::CheckSpelling(on) => {
            change_settings(state, jobs, |settings| settings.check_spelling = on);
            inputs.writing.look_again();
        }
        RecordAction::DailyQuestion(on) => {
            change_settings(state, jobs, |settings| settings.daily_question = on);
        }
    }
}

/// What is typed about a new person, as far as it can be read and is not in the record yet.
fn typed_person(state: &mut State, inputs: &mut Inputs) -> Option<(Id, Person)> {
    let open = state.open().filter(|open| open.read_only.is_none())?;
    if open.screen != Screen::AddPerson {
        return None;
    }
    let person = inputs.person.read_what_can_be(state.today())?;
    let id = person_id(state, inputs);
    (state.open()?.journal.person(id) != Some(&person)).then_some((id, person))
}

/// Whose form it is.
fn person_id(state: &mut State, inputs: &mut Inputs) -> Id {
    let now = state.now.timestamp();
    *inputs.person.new.get_or_insert_with(|| state.fresh.id(now))
}

/// Keeps what is typed about a new person when the form is left in the middle. Cancelling
/// empties the form before.
pub fn keep_person(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    if state.open().is_none_or(|open| open.screen != Screen::AddPerson) {
        return;
    }
    let Some((id, person)) = typed_person(state, inputs) else {
        forget_new(inputs, jobs);
        return;
    };
    let words = format!("{} added", person.called());
    // The save clears the draft, or needs it where it fails.
    inputs.person.drafted = None;
    save(state, vec![Change { id, body: Body::Person(person) }], jobs);
    toast(state, words, None);
}

/// Hands what is typed about a new person over as a draft, every few seconds while it changes.
pub fn draft_person(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    const PAUSE: SignedDuration = SignedDuration::from_secs(5);
    let now = state.now.timestamp();
    let Some((id, person)) = typed_person(state, inputs) else { return };
    let drafted = &mut inputs.person.drafted;
    if let Some((drafted, at)) = drafted {
        let waits = *at <= now && now.duration_since(*at) < PAUSE;
        if waits || **drafted == person {
            return;
        }
    }
    *drafted = Some((Box::new(person.clone()), now));
    jobs.push(Job::Draft { id, changes: vec![Change { id, body: Body::Person(person) }] });
}

/// Empties the form, and forgets its draft.
fn drop_person(inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    forget_new(inputs, jobs);
    inputs.person = PersonForm::default();
}

/// Forgets the draft of somebody new who is not there any more, or has no name by now.
fn forget_new(inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    if let (Some(id), Some(_)) = (inputs.person.new, inputs.person.drafted.take()) {
        jobs.push(Job::Forget(id));
    }
}

/// Saves what is typed and gives whose it is; nothing when something has to be mended first.
fn save_person(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) -> Option<Id> {
    let today = state.today();
    let form = &mut inputs.person;
    form.tried = true;
    let person = form.read(today)?;
    let id = person_id(state, inputs);
    inputs.person.drafted = None;
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

/// Gives an action the day that is typed; an empty field is none.
fn move_action(state: &mut State, inputs: &mut Inputs, jobs: &mut Vec<Job>) {
    let Some(moving) = &mut inputs.moving else { return };
    let (id, today) = (moving.action, state.today());
    let Some(before) = state.open().and_then(|open| open.journal.action(id)).cloned() else {
        inputs.moving = None;
        return;
    };
    let known = before.person.map(|person| state.known_of(person)).unwrap_or_default();
    let meant = match natural_date::read(&moving.day, today, &known) {
        Ok(meant) => meant,
        Err(error) => {
            moving.wrong = Some(error.to_string());
            return;
        }
    };
    inputs.moving = None;
    let due = meant.map(|meant| meant.date);
    if due == before.due {
        return;
    }
    let words = match due {
        Some(day) => format!("Moved to {}", day_and_month(day)),
        None => "The action has no day now".to_owned(),
    };
    let due_typed = String::new();
    let action = crate::model::Action { due, due_typed, ..before.clone() };
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
    let day = |day: Option<jiff::civil::Date>| day.map(long_date).unwrap_or_default();
    let own = settings.own;
    inputs.settings.own = [own.exam, day(own.exam_date), day(own.arcp_date)];
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
    let today = state.today();
    let [exam, exam_date, arcp_date] = inputs.settings.own.clone();
    change_settings(state, jobs, |settings| {
        if !your_name.is_empty() {
            your_name.clone_into(&mut settings.your_name);
        }
        if !noun.is_empty() {
            noun.clone_into(&mut settings.noun);
        }
        exam.trim().clone_into(&mut settings.own.exam);
        // What is no day changes nothing, and the field says so.
        if let Ok(day) = person_form::day(&exam_date, today) {
            settings.own.exam_date = day;
        }
        if let Ok(day) = person_form::day(&arcp_date, today) {
            settings.own.arcp_date = day;
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
