//! The list of people as it is drawn: made once after a change, never while drawing.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::advice;
use super::state::{Open, Phase, State};
use crate::model::date::near_date;
use crate::model::text::long_date;
use crate::model::{Id, Journal, Person};

/// Everyone in the record, with the words of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// The day it was made for.
    pub day: Option<Date>,
    /// Those who are supervised now, by name.
    pub now: Vec<RosterRow>,
    /// Those who were archived or handed over, by name.
    pub past: Vec<RosterRow>,
    /// What each is called where one is listed or chosen by name alone.
    called: BTreeMap<Id, String>,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// Who.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// The same for finding by name.
    pub find: String,
    /// Their initials.
    pub initials: String,
    /// "IMT2 acute medicine".
    pub post: String,
    /// "5 open, Larchfield General": the open actions, and where the placement is.
    pub place: String,
    /// "Today 14:30", the next meeting, or else "Met Thu 22 Oct".
    pub when: String,
    /// Whether they were not met for long.
    pub attention: bool,
}

impl Roster {
    /// The list of a record.
    pub fn of(journal: &Journal, today: Date) -> Roster {
        let called = told_apart(journal);
        let mut roster = Roster { day: Some(today), called, ..Roster::default() };
        for (id, person) in journal.people() {
            let row = row(journal, id, person, today);
            if person.is_past() { roster.past.push(row) } else { roster.now.push(row) }
        }
        roster
    }

    /// What somebody is called where they are listed or chosen by name alone: the name, and where
    /// others have the same, what tells them apart.
    pub fn called(&self, id: Id) -> &str {
        self.called.get(&id).map_or("", String::as_str)
    }
}

fn row(journal: &Journal, id: Id, person: &Person, today: Date) -> RosterRow {
    let site = person.placement_on(today).map(|one| match one.site.as_str() {
        "" => one.post.as_str(),
        site => site,
    });
    let actions = journal.actions_with(id).into_iter();
    let open = match actions.filter(|(_, action)| action.is_open()).count() {
        0 => String::new(),
        open => format!("{open} open"),
    };
    let place = [&open, site.unwrap_or_default()];
    let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let attention = !person.is_past() && advice::long_not_met(journal, id, today).is_some();
    RosterRow {
        id,
        name: person.name.clone(),
        find: person.name.to_lowercase(),
        initials: person.initials(),
        post: person.about(),
        place: place.join(", "),
        when: when(journal, id, person, today),
        attention,
    }
}

/// The next meeting, or else the last one.
fn when(journal: &Journal, id: Id, person: &Person, today: Date) -> String {
    let met = match (journal.last_met(id), advice::long_not_met(journal, id, today)) {
        (_, Some(weeks)) => format!("Not met for {weeks} weeks"),
        (None, None) => "Not met yet".to_owned(),
        (Some(met), None) => match (today - met).get_days() {
            0 => "Met today".to_owned(),
            1 => "Met yesterday".to_owned(),
            2..183 => format!("Met {}", near_date(met, today)),
            _ => format!("Met {}", long_date(met)),
        },
    };
    let next = person.next_meeting.as_ref().filter(|one| one.date >= today && !person.is_past());
    next.map_or(met, |one| {
        let time = one.time.map(|time| format!(" {}", super::part::clock(time)));
        format!("{}{}", near_date(one.date, today), time.unwrap_or_default())
    })
}

/// What everyone is called by name alone. Of several with one name each gets stage and programme,
/// and where these are the same as well, or not known, a number in the order they were added.
pub(super) fn told_apart(journal: &Journal) -> BTreeMap<Id, String> {
    let mut named: BTreeMap<String, Vec<(Id, &Person)>> = BTreeMap::new();
    for (id, person) in journal.people() {
        let plain = crate::model::clean::line(&person.name).to_lowercase();
        named.entry(plain).or_default().push((id, person));
    }
    let mut called = BTreeMap::new();
    for mut same in named.into_values() {
        same.sort_by_key(|(id, _)| *id);
        let alone = same.len() == 1;
        for (at, (id, person)) in same.iter().enumerate() {
            let about = person.about();
            let others = same.iter().filter(|(other, _)| other != id);
            let is_only = !about.is_empty() && others.into_iter().all(|(_, o)| o.about() != about);
            let words = match (alone, is_only) {
                (true, _) => person.name.clone(),
                (false, true) => format!("{}, {about}", person.name),
                (false, false) => format!("{} ({})", person.name, at + 1),
            };
            called.insert(*id, words);
        }
    }
    called
}

impl State {
    /// Makes the list anew where the record or the day is another one.
    pub(super) fn refresh_roster(&mut self) {
        let day = self.today();
        let Phase::Open(open) = &mut self.phase else { return };
        let changes = open.journal.changes();
        let is_same = open
            .roster
            .as_ref()
            .is_some_and(|(made, roster)| *made == changes && roster.day == Some(day));
        if !is_same {
            open.roster = Some((changes, Roster::of(&open.journal, day)));
        }
    }
}

impl Open {
    /// The list of people; nothing before the first tick.
    pub fn roster(&self) -> Option<&Roster> {
        self.roster.as_ref().map(|(_, roster)| roster)
    }

    /// What somebody is called where they are listed or chosen by name alone.
    pub fn called(&self, id: Id) -> &str {
        let known = self.roster().map(|roster| roster.called(id)).filter(|name| !name.is_empty());
        let name = || self.journal.person(id).map_or("", |person| person.name.as_str());
        known.unwrap_or_else(name)
    }
}
