//! What Today shows, as plain data with its words: made once after a change, never while drawing.

use std::collections::BTreeMap;

use jiff::Zoned;
use jiff::civil::Date;

use super::advice::{self, ago};
use super::preparing::{Points, points};
use super::role::Words;
use super::roster::told_apart;
use super::state::{Open, State};
use crate::model::countdown::{Countdown, countdowns, until};
use crate::model::cycle::{Cycle, Expected, HeldMeeting, Standing};
use crate::model::date::near_date;
use crate::model::text::count;
use crate::model::{Id, Journal, Kind, Meeting, Owner, Person};

/// Actions that fall due within so many days are shown as due.
const SOON: i32 = 7;

/// Everything that Today shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    /// The day it was made for.
    pub day: Date,
    /// What the day brings, in a sentence or two.
    pub sentence: String,
    /// Meetings that are arranged, the nearest first.
    pub next: Vec<NextMeeting>,
    /// Meetings that the year asks for now: those due, and those whose time is over.
    pub asked: Vec<AskedFor>,
    /// Open actions whose day has passed, the oldest first.
    pub overdue: Vec<DueAction>,
    /// Open actions due today or within a week.
    pub due: Vec<DueAction>,
    /// Panels and sittings ahead, the nearest first.
    pub countdowns: Vec<PersonCountdown>,
    /// Of a doctor in training: their own panel and sittings ahead, the nearest first.
    pub own: Vec<Countdown>,
    /// Of a doctor in training: what they want to talk about, by supervisor.
    pub points: BTreeMap<Id, Points>,
    /// People not met for long, the longest first, and those never met, who come last.
    pub not_seen: Vec<NotSeen>,
    /// What was begun and is not finished, newest first.
    pub drafts: Vec<Begun>,
    /// When the record was backed up.
    pub backup: Backup,
}

/// A meeting that is arranged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextMeeting {
    /// With whom.
    pub person: Id,
    /// Their name.
    pub name: String,
    /// What is arranged.
    pub meeting: Meeting,
    /// "Today 14:30, 40 minutes, Education centre".
    pub words: String,
}

/// A meeting that the year asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedFor {
    /// With whom.
    pub person: Id,
    /// Their name.
    pub name: String,
    /// Which meeting, and how it stands, in words.
    pub expected: Expected,
}

/// An open action with its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueAction {
    /// The action.
    pub action: Id,
    /// With whom it was agreed.
    pub person: Option<Id>,
    /// Their name, or nothing.
    pub name: String,
    /// What will be done.
    pub text: String,
    /// Who does it.
    pub owner: Owner,
    /// By when.
    pub due: Date,
    /// "2 days late", "today", "in 3 days".
    pub words: String,
}

/// A panel or a sitting that comes nearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonCountdown {
    /// Whose.
    pub person: Id,
    /// Their name.
    pub name: String,
    /// What, and how long it is.
    pub countdown: Countdown,
    /// How many of the year's meetings were held, and how many there are.
    pub meetings: (usize, usize),
}

/// A person not met for long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSeen {
    /// Who.
    pub person: Id,
    /// Their name.
    pub name: String,
    /// Whole weeks since the last meeting; nought where there was none.
    pub weeks: i32,
    /// "Not met for 10 weeks", "Not met yet".
    pub words: String,
}

/// Something that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// The conversation or reflection.
    pub id: Id,
    /// Which of the two.
    pub kind: Kind,
    /// "Dr Tomasz Fernhill, Task coaching".
    pub title: String,
    /// Its day, and how far it is: "Fri 20 Nov. 3 of 9 prompts have an answer."
    pub words: String,
}

/// The last backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// "Backed up yesterday", "Not backed up yet".
    pub words: String,
    /// Whether one is offered.
    pub is_due: bool,
}

/// What everyone is called where they stand without their post.
type Names = BTreeMap<Id, String>;

/// What Today shows of a record, under its name `vault`.
pub fn of(journal: &Journal, cycles: &[Cycle], vault: &str, now: &Zoned) -> Today {
    let day = now.date();
    let names = told_apart(journal);
    let mut today = Today {
        day,
        sentence: String::new(),
        next: Vec::new(),
        asked: Vec::new(),
        overdue: Vec::new(),
        due: Vec::new(),
        countdowns: Vec::new(),
        own: Vec::new(),
        points: BTreeMap::new(),
        not_seen: Vec::new(),
        drafts: drafts(journal, &names, day),
        backup: backup(journal, vault, now),
    };
    today.take_actions(journal, &names);
    let settings = journal.settings();
    let is_doctor = Words::of(settings.role).is_doctor();
    if is_doctor {
        today.own = countdowns(&settings.owner(), day);
    }
    // The meetings of a year are asked for of those who are supervised.
    let cycles = if is_doctor { &[] } else { cycles };
    for (id, person) in journal.people() {
        if !person.is_past() {
            let name = names.get(&id).unwrap_or(&person.name);
            today.take_person(journal, cycles, (id, name), person);
            if is_doctor {
                let next = person.next_meeting.as_ref().filter(|next| next.date >= day);
                today.points.insert(id, points(journal, id, next));
            }
        }
    }
    today.next.sort_by_key(|one| (one.meeting.date, one.meeting.time, one.person));
    today.asked.sort_by_key(|one| (one.expected.to, one.person));
    today.countdowns.sort_by_key(|one| (one.countdown.date, one.person));
    today.not_seen.sort_by_key(|one| (std::cmp::Reverse(one.weeks), one.person));
    today.sentence = match today.next.first().filter(|one| is_doctor && one.meeting.date == day) {
        Some(next) => you_meet(journal, next),
        None => today.in_words(journal),
    };
    today
}

/// How a person's year stands: the meetings that its cycle asks for.
pub fn year_of(journal: &Journal, cycles: &[Cycle], id: Id, today: Date) -> Vec<Expected> {
    let Some(person) = journal.person(id) else { return Vec::new() };
    let Some(cycle) = Cycle::of(cycles, person) else { return Vec::new() };
    let sessions = journal.sessions_with(id);
    let held: Vec<HeldMeeting<'_>> = sessions
        .into_iter()
        .filter(|(_, session)| session.was_held())
        .map(|(id, session)| HeldMeeting { id, date: session.date, template: &session.template.id })
        .collect();
    cycle.expected(person, &held, today)
}

impl Today {
    /// Whether there is nothing to do.
    pub fn is_quiet(&self) -> bool {
        self.next.is_empty()
            && self.asked.is_empty()
            && self.overdue.is_empty()
            && self.due.is_empty()
            && self.drafts.is_empty()
    }

    fn in_words(&self, journal: &Journal) -> String {
        let due = advice::actions_due(journal, self.day);
        let due = advice::due_sentence(due, self.drafts.len());
        match self.next.iter().filter(|one| one.meeting.date == self.day).count() {
            0 => due,
            talks => format!("{} today. {due}", count(talks, "conversation")),
        }
    }

    fn take_actions(&mut self, journal: &Journal, names: &Names) {
        for (id, action) in journal.open_actions() {
            // They come in the order of their days, those without one last.
            let Some(due) = action.due else { break };
            let ahead = (due - self.day).get_days();
            if ahead > SOON {
                break;
            }
            let name = action.person.and_then(|id| names.get(&id));
            let one = DueAction {
                action: id,
                person: action.person,
                name: name.cloned().unwrap_or_default(),
                text: action.text.clone(),
                owner: action.owner,
                due,
                words: match ahead {
                    ..0 => format!("{} late", count(ahead.unsigned_abs() as usize, "day")),
                    _ => until(due, self.day),
                },
            };
            if ahead < 0 { self.overdue.push(one) } else { self.due.push(one) }
        }
    }

    fn take_person(
        &mut self,
        journal: &Journal,
        cycles: &[Cycle],
        (id, name): (Id, &String),
        person: &Person,
    ) {
        let year = year_of(journal, cycles, id, self.day);
        let meetings = crate::model::cycle::progress(&year);
        let meeting = person.next_meeting.as_ref().filter(|one| one.date >= self.day);
        if let Some(meeting) = meeting {
            self.next.push(NextMeeting {
                person: id,
                name: name.clone(),
                meeting: meeting.clone(),
                words: meeting_words(meeting, self.day),
            });
        }
        let is_asked =
            |one: &Expected| matches!(one.standing, Standing::Due | Standing::Late { .. });
        let asked = year.into_iter().filter(is_asked);
        self.asked.extend(asked.map(|expected| AskedFor {
            person: id,
            name: name.clone(),
            expected,
        }));
        let ahead = countdowns(person, self.day).into_iter();
        self.countdowns.extend(ahead.map(|countdown| PersonCountdown {
            person: id,
            name: name.clone(),
            countdown,
            meetings,
        }));
        // Whoever has a meeting arranged needs no other reminder.
        if meeting.is_some() {
            return;
        }
        let unseen = match advice::long_not_met(journal, id, self.day) {
            Some(weeks) => Some((weeks, format!("Not met for {weeks} weeks"))),
            None if journal.sessions_with(id).is_empty() => Some((0, "Not met yet".to_owned())),
            None => None,
        };
        self.not_seen.extend(unseen.map(|(weeks, words)| NotSeen {
            person: id,
            name: name.clone(),
            weeks,
            words,
        }));
    }
}

/// "You meet Dr Elderbrook at 14:30."
fn you_meet(journal: &Journal, next: &NextMeeting) -> String {
    let called = journal.person(next.person).map_or(next.name.as_str(), Person::called);
    match next.meeting.time {
        Some(time) => format!("You meet {called} at {:02}:{:02}.", time.hour(), time.minute()),
        None => format!("You meet {called} today."),
    }
}

fn meeting_words(meeting: &Meeting, today: Date) -> String {
    let mut words = near_date(meeting.date, today);
    if let Some(time) = meeting.time {
        words = format!("{words} {:02}:{:02}", time.hour(), time.minute());
    }
    if let Some(minutes) = meeting.minutes {
        words = format!("{words}, {}", count(usize::from(minutes), "minute"));
    }
    if !meeting.place.is_empty() {
        words = format!("{words}, {}", meeting.place);
    }
    words
}

fn drafts(journal: &Journal, names: &Names, today: Date) -> Vec<Begun> {
    let begun = journal.unfinished().into_iter();
    begun
        .map(|(id, held)| {
            let session = &held.session;
            let title = match session.person.and_then(|id| names.get(&id)) {
                Some(name) => format!("{name}, {}", session.title),
                None => session.title.clone(),
            };
            let answered = session.items().filter(|asked| asked.is_answered()).count();
            let day = near_date(session.date, today);
            let words = match session.items().count() {
                0 => day,
                of => format!("{day}. {answered} of {of} prompts have an answer."),
            };
            Begun { id, kind: held.kind, title, words }
        })
        .collect()
}

fn backup(journal: &Journal, vault: &str, now: &Zoned) -> Backup {
    let last = advice::last_backup(journal, vault, now);
    let words = match &last {
        Some(last) => format!("Backed up {}", ago(last.days)),
        None => "Not backed up yet".to_owned(),
    };
    Backup { words, is_due: advice::backup_is_due(journal, last.as_ref()) }
}

impl State {
    /// Makes what Today shows anew where the record or the day is another one.
    pub(super) fn refresh_today(&mut self) {
        let day = self.today();
        let (library, now) = (&self.library, &self.now);
        let super::state::Phase::Open(open) = &mut self.phase else { return };
        let changes = open.journal.changes();
        let is_same =
            open.today.as_ref().is_some_and(|(made, today)| *made == changes && today.day == day);
        if !is_same {
            let today = of(&open.journal, library.cycles(), &open.record.vault, now);
            open.today = Some((changes, today));
        }
    }
}

impl Open {
    /// What Today shows; nothing before the first tick.
    pub fn today(&self) -> Option<&Today> {
        self.today.as_ref().map(|(_, today)| today)
    }
}
