//! The numbers of a year, and how they are said so that none tells of one person.
//!
//! A number from 1 to 2 is never said. Nor can it be had by taking one number from another:
//!
//! - The number of a row counts conversations and reflections; the number of conversations counts
//!   neither reflections nor rows. A conversation may count in several rows, or in none (a
//!   template of one's own). So the rows add up to nothing.
//! - Learning is listed in full and so is in no number.
//! - Where a number would still be one or two more than what it holds (the meetings, one row, or
//!   all rows and what they hide), it is said as "more than" that: made of what is said already,
//!   it tells nothing new.
//! - The number of doctors is not said below three, and then neither is anything that is made by
//!   multiplying with it.

use super::areas::{Area, Evidence, Shows};
use super::{Talk, Year};

/// The smallest number that is said.
pub const LEAST: usize = 3;

/// A number as it may be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Nothing was recorded.
    None,
    /// There is something, of which the number is not said.
    Few,
    /// So many.
    Exactly(usize),
    /// More than so many.
    MoreThan(usize),
}

impl Said {
    /// A number as it may be said.
    pub const fn of(number: usize) -> Said {
        match number {
            0 => Said::None,
            few if few < LEAST => Said::Few,
            number => Said::Exactly(number),
        }
    }

    /// The same beside numbers of what it holds, which are said too.
    fn beside(self, held: impl Iterator<Item = usize>) -> Said {
        let Said::Exactly(number) = self else { return self };
        let near = |held: &usize| *held >= LEAST && *held < number && number - held < LEAST;
        held.filter(near).min().map_or(self, Said::MoreThan)
    }

    /// The words on the page.
    pub fn words(self) -> String {
        match self {
            Said::None => "Nothing recorded".to_owned(),
            Said::Few => "fewer than 3".to_owned(),
            Said::Exactly(number) => number.to_string(),
            Said::MoreThan(number) if number < LEAST => format!("{LEAST} or more"),
            Said::MoreThan(number) => format!("more than {number}"),
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The area's number in the list.
    pub code: String,
    /// Its title beside the page.
    pub title: String,
    /// Its title in the table.
    pub short: String,
    /// What shows it, each in words that stand for three or more.
    pub shown_by: Vec<String>,
    /// How much.
    pub count: Said,
    /// How many kinds of learning were added for it.
    pub learning: usize,
    /// Whether it counts conversations, and not reflections alone.
    of_talks: bool,
}

/// The numbers of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Conversations.
    pub talks: Said,
    /// Whole hours in them; nothing where it would tell of a number that is not said.
    pub hours: Option<usize>,
    /// Whether the length of some is not known.
    pub some_unknown: bool,
    /// Planned meetings: how many were held, and how many there were.
    pub meetings: (Said, usize),
    /// Doctors, where there were three or more.
    pub doctors: Option<usize>,
    /// A row for each area.
    pub rows: Vec<Row>,
}

impl Figures {
    /// The numbers of a year.
    pub fn of(year: &Year<'_>, evidence: &Evidence) -> Figures {
        let mut rows: Vec<Row> = evidence.areas.iter().map(|area| row(year, area)).collect();
        let (held, of) = year.meetings;
        let held_said = if of < LEAST { Said::of(held.min(LEAST - 1)) } else { Said::of(held) };
        let said_meetings = match held_said {
            Said::Exactly(number) => Some(number),
            _ => None,
        };
        for (row, area) in rows.iter_mut().zip(&evidence.areas) {
            let holds = |template: &&str| area.shows.iter().any(|shows| shows.holds(template));
            if year.planned.iter().all(holds) {
                row.count = row.count.beside(said_meetings.into_iter());
            }
        }
        let talks = talks(year.talks.len(), &rows, said_meetings);
        let known = year.talks.iter().filter_map(|talk| talk.minutes);
        let minutes: usize = known.clone().map(usize::from).sum();
        let is_said = !matches!(talks, Said::None | Said::Few) && known.count() >= LEAST;
        Figures {
            talks,
            hours: is_said.then_some((minutes + 30) / 60),
            some_unknown: year.talks.iter().any(|talk| talk.minutes.is_none()),
            meetings: (held_said, of),
            doctors: Some(year.doctors).filter(|doctors| *doctors >= LEAST),
            rows,
        }
    }

    /// How many numbers are there that are not said.
    pub fn hidden(&self) -> usize {
        let rows = self.rows.iter().map(|row| row.count);
        rows.chain([self.talks, self.meetings.0]).filter(|said| *said == Said::Few).count()
    }
}

fn row(year: &Year<'_>, area: &Area) -> Row {
    let uses = || year.talks.iter().map(|talk: &Talk| talk.template).chain(year.notes.clone());
    let count_of = |shows: &Shows| uses().filter(|template| shows.holds(template)).count();
    let said = area.shows.iter().filter(|shows| count_of(shows) >= LEAST);
    let mut shown_by: Vec<String> = said.map(|shows| shows.words.clone()).collect();
    let holds = |template: &&str| area.shows.iter().any(|shows| shows.holds(template));
    let count = Said::of(uses().filter(holds).count());
    if shown_by.is_empty() && count != Said::None {
        shown_by.push("Conversations and reflections".to_owned());
    }
    let mut kinds: Vec<&str> = Vec::new();
    for learning in year
        .learning
        .iter()
        .filter(|one| one.area.map(|a| a.to_string()) == Some(area.code.clone()))
    {
        if !kinds.contains(&learning.kind.words()) {
            kinds.push(learning.kind.words());
        }
    }
    let learning = kinds.len();
    shown_by.extend(kinds.into_iter().map(str::to_owned));
    Row {
        code: area.code.clone(),
        title: area.title.clone(),
        short: area.short.clone(),
        shown_by,
        count,
        learning,
        of_talks: year.talks.iter().any(|talk| holds(&talk.template)),
    }
}

/// The number of conversations beside those of the rows and of the meetings.
fn talks(number: usize, rows: &[Row], meetings: Option<usize>) -> Said {
    let said = || {
        let rows = rows.iter().filter(|row| row.of_talks);
        rows.filter_map(|row| match row.count {
            Said::Exactly(number) | Said::MoreThan(number) => Some(number),
            Said::None | Said::Few => None,
        })
    };
    let is_hidden = |row: &&Row| matches!(row.count, Said::Few | Said::MoreThan(_));
    let few = rows.iter().filter(|row| row.of_talks).filter(is_hidden).count();
    let sum: usize = said().sum();
    // As one who took each conversation for a part of one row would reckon.
    let is_left = few > 0 && (sum + few..=sum + 2 * few).contains(&number);
    match Said::of(number) {
        Said::Exactly(_) if is_left => Said::MoreThan(sum.max(LEAST - 1)),
        exact => exact.beside(said().chain(meetings)),
    }
}
