//! What the page of one person shows beyond the record itself: the meetings of their year, the
//! estimate of their end date, the days that have a name. Made once after a change.

use jiff::civil::Date;

use super::screen::Screen;
use super::state::{Open, Phase, State};
use super::today::year_of;
use crate::model::cct::{self, Estimate};
use crate::model::cycle::{Cycle, Expected, progress};
use crate::model::natural_date::Known;
use crate::model::time_out::{TimeOut, overlap_words, since_last_arcp, time_out};
use crate::model::{Id, Journal, Person};

/// What is worked out about one person.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonPage {
    /// Whose it is.
    pub person: Id,
    /// The day it was made for.
    pub day: Date,
    /// The name of the cycle that they follow, and what is unsure in it.
    pub cycle: Option<(String, String)>,
    /// Its templates, with the names of their meetings.
    pub templates: Vec<(String, String)>,
    /// The meetings of their year.
    pub year: Vec<Expected>,
    /// How many of these were held, and how many there are.
    pub held: (usize, usize),
    /// The next changeover.
    pub changeover: Option<Date>,
    /// The estimate of the end date; nothing without a date on record.
    pub estimate: Option<Result<Estimate, String>>,
    /// Times that overlap, a line each.
    pub overlaps: Vec<String>,
    /// Time out of training since the last panel.
    pub time_out: TimeOut,
    /// The days that have a name.
    pub known: Known,
    /// The person with every exam in one list.
    pub together: Person,
}

impl PersonPage {
    /// What there is about a person; nothing when there is no such person.
    pub fn of(journal: &Journal, cycles: &[Cycle], id: Id, today: Date) -> Option<PersonPage> {
        let person = journal.person(id)?;
        let cycle = Cycle::of(cycles, person);
        let year = year_of(journal, cycles, id, today);
        let (from, to) = since_last_arcp(person, today);
        let changeover = cycle.and_then(|cycle| cycle.next_changeover(today));
        let templates = cycle.map(|cycle| {
            let of = |one: &crate::model::cycle::CycleMeeting| {
                Some((one.templates.first()?.clone(), one.title.clone()))
            };
            cycle.meetings.iter().filter_map(of).collect()
        });
        Some(PersonPage {
            person: id,
            day: today,
            cycle: cycle.map(|cycle| (cycle.title.clone(), cycle.unsure.clone())),
            templates: templates.unwrap_or_default(),
            held: progress(&year),
            year,
            changeover,
            estimate: cct::estimate(person).map_err(|error| error.to_string()).transpose(),
            overlaps: overlap_words(person),
            time_out: time_out(person, from, to),
            known: Known { changeover, ..Known::of(person, today) },
            together: person.with_exams_together(),
        })
    }
}

impl State {
    /// Makes what the page shows anew where the record, the day or the person is another one.
    pub(super) fn refresh_page(&mut self) {
        let day = self.today();
        let Phase::Open(open) = &mut self.phase else { return };
        let Screen::People(person) = open.screen else { return };
        let Some(id) = person.or_else(|| open.first_person()) else { return };
        let changes = open.journal.changes();
        let is_same = open
            .page
            .as_ref()
            .is_some_and(|(made, page)| *made == changes && (page.day, page.person) == (day, id));
        if !is_same {
            let page = PersonPage::of(&open.journal, self.library.cycles(), id, day);
            open.page = page.map(|page| (changes, page));
        }
    }

    /// The days that have a name for a person.
    pub fn known_of(&self, id: Id) -> Known {
        let today = self.today();
        let person = self.open().and_then(|open| open.journal.person(id));
        let of = |person: &Person| {
            let cycle = self.library.cycle_of(person);
            let changeover = cycle.and_then(|cycle| cycle.next_changeover(today));
            Known { changeover, ..Known::of(person, today) }
        };
        person.map(of).unwrap_or_default()
    }
}

impl Open {
    /// What is worked out about a person, where it is their page that is shown.
    pub fn page_of(&self, id: Id) -> Option<&PersonPage> {
        self.page.as_ref().map(|(_, page)| page).filter(|page| page.person == id)
    }

    /// Who is shown where nobody is chosen: the first of the caseload.
    pub fn first_person(&self) -> Option<Id> {
        let roster = self.roster()?;
        roster.now.first().map(|row| row.id)
    }
}
