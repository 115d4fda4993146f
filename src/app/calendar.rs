//! A calendar file before it leaves: what goes into it, and the very lines.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;

use super::job::Written;
use super::notice::Notice;
use super::today::year_of;
use crate::export::calendar::{Called, Event, Shows, render};
use crate::export::plain_name;
use crate::model::cycle::{Cycle, Standing};
use crate::model::text::count;
use crate::model::{Id, Journal, Layer, Person};

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarAction {
    /// Show what would leave: of one person, or of the whole caseload.
    Ask(Option<Id>),
    /// Something of what goes in was chosen anew.
    Chosen,
    /// Put it away.
    PutAway,
    /// Ask in the desktop's own dialog where to write the file.
    Choose,
    /// Write the file that is typed.
    Save,
}

/// What is chosen and typed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct CalendarForm {
    /// What an event says of the person.
    pub called: Called,
    /// Whether the words of actions, exams and meetings go in.
    pub words: bool,
    /// Sorts of events that stay here.
    pub left_out: Vec<Sort>,
    /// To whom it goes, for the receipt.
    pub recipient: String,
    /// The file, as typed or chosen.
    pub path: String,
    /// The file that the desktop's dialog has asked about, if it was there already.
    pub asked_about: Option<PathBuf>,
}

/// Sorts of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "`words` says what each holds")]
pub enum Sort {
    Meetings,
    Expected,
    Actions,
    Dates,
}

impl Sort {
    /// All sorts, in the order in which they are offered.
    pub const ALL: [Sort; 4] = [Sort::Meetings, Sort::Expected, Sort::Actions, Sort::Dates];

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Sort::Meetings => "Meetings that are arranged",
            Sort::Expected => "Last days of the meetings of the year",
            Sort::Actions => "Days when actions are due",
            Sort::Dates => "ARCP panels and exams",
        }
    }
}

/// A calendar file that is about to leave.
pub struct CalendarLeaving {
    /// Of whom; nothing for the whole caseload.
    pub person: Option<Id>,
    /// What leaves, the nearest first.
    pub events: Vec<Event>,
    /// How many actions stay because they are Private.
    pub private: usize,
    /// Names of people that stand in the lines though no name was chosen: in the words of an
    /// action, mostly.
    pub named: Vec<String>,
    /// Whether the desktop's dialog for the file is open.
    pub asking: bool,
    /// Whether it is being written.
    pub busy: bool,
    /// What did not work.
    pub notice: Option<Notice>,
    /// The last file that was written, with its receipt.
    pub written: Option<Written>,
}

/// What goes into a calendar file, the nearest first.
pub fn events(
    journal: &Journal,
    cycles: &[Cycle],
    of: Option<Id>,
    form: &CalendarForm,
    today: Date,
) -> Vec<Event> {
    let shows = Shows { called: form.called, words: form.words };
    let goes = |sort: Sort| !form.left_out.contains(&sort);
    let mut events = Vec::new();
    for (id, person) in chosen(journal, of) {
        if goes(Sort::Meetings) {
            events.extend(Event::meeting(id, person, shows));
        }
        if goes(Sort::Expected) {
            let year = year_of(journal, cycles, id, today).into_iter();
            let ahead = year.filter(|one| !matches!(one.standing, Standing::Held { .. }));
            events.extend(ahead.map(|one| Event::expected(id, person, &one, shows)));
        }
        if goes(Sort::Actions) {
            let actions = journal.actions_with(id).into_iter();
            let event = |(id, action)| Event::action(id, action, Some(person), shows);
            events.extend(actions.filter_map(event));
        }
        if goes(Sort::Dates) {
            events.extend(Event::arcp(id, person, shows));
            events.extend(Event::exams(id, person, today, shows));
        }
    }
    events.retain(|event| event.day() >= today);
    events.sort_by(|a, b| (a.day(), a.title()).cmp(&(b.day(), b.title())));
    events
}

fn chosen(journal: &Journal, of: Option<Id>) -> Vec<(Id, &Person)> {
    let mut people = journal.people();
    people.retain(|(id, person)| match of {
        Some(of) => *id == of,
        None => !person.is_past(),
    });
    people
}

/// How many actions with a day ahead stay because they are Private.
pub fn private(journal: &Journal, of: Option<Id>, today: Date) -> usize {
    let is_private = |action: &crate::model::Action| {
        let ahead = action.due.is_some_and(|due| due >= today);
        action.layer == Layer::Private && action.is_open() && ahead
    };
    let people = chosen(journal, of).into_iter();
    people
        .flat_map(|(id, _)| journal.actions_with(id))
        .filter(|(_, action)| is_private(action))
        .count()
}

/// People of the record whose names stand in the lines.
pub fn named(journal: &Journal, events: &[Event]) -> Vec<String> {
    let words = |event: &Event| format!("{} {}", event.title(), event.place()).to_lowercase();
    let lines: Vec<String> = events.iter().map(words).collect();
    let has = |name: &str| {
        let name = name.trim().to_lowercase();
        !name.is_empty() && lines.iter().any(|line| line.contains(&name))
    };
    let people = journal.people().into_iter();
    let named = people.filter(|(_, person)| has(&person.name) || has(&person.short_name));
    named.map(|(_, person)| person.name.clone()).collect()
}

/// The text of the file.
pub fn text(events: &[Event], now: Timestamp) -> String {
    render(events, now)
}

/// What the receipt says left: "Calendar, 5 entries".
pub fn what(events: &[Event]) -> String {
    match events.len() {
        1 => "Calendar, 1 entry".to_owned(),
        n => format!("Calendar, {n} entries"),
    }
}

/// A name for the file, which names nobody: file names show themselves.
pub fn file_name(today: Date) -> String {
    plain_name(["Cairn", "calendar"].into_iter(), &format!(" {today}.ics"))
}

/// "3 private actions stay here".
pub fn private_words(private: usize) -> String {
    match private {
        0 => "cannot be sent".to_owned(),
        n => format!("{} stay here", count(n, "action")),
    }
}
