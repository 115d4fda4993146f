//! Days as people say them: "next Friday", "in 6 weeks", "first Wednesday in August",
//! "two weeks before ARCP". The answer comes with the words to show, so that nothing is guessed
//! in silence; where people mean different days by the same words, the other day comes with it.

mod phrases;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::Person;
use super::date::{DateError, parse};
use super::text::{day_and_month, long_date, month};

/// A day that was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// The day.
    pub date: Date,
    /// It in words, to show beside what was typed: "Friday 27 November 2026".
    pub words: String,
    /// Another day that some people mean by the same words, to offer.
    pub or: Option<Date>,
}

/// Days that have a name for the person at hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// The next ARCP panel.
    pub arcp: Option<Date>,
    /// The next examination.
    pub exam: Option<Date>,
    /// The next changeover.
    pub changeover: Option<Date>,
    /// The next meeting.
    pub meeting: Option<Date>,
    /// The last day of the placement.
    pub placement_end: Option<Date>,
    /// The end of the programme.
    pub cct: Option<Date>,
}

/// Why words are no day. Each says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NaturalDateError {
    /// The month has fewer days.
    #[error("There is no {said}. Did you mean {}?", day_and_month(*.meant))]
    NoSuchDay {
        /// What was typed: "31 June", "29 February 2027".
        said: String,
        /// The last day of that month.
        meant: Date,
    },
    /// The month has no fifth day of that name.
    #[error("There is no fifth {weekday} in {month}. The last is {}", spoken(*.last))]
    NoFifth {
        /// The day of the week.
        weekday: &'static str,
        /// The month and year.
        month: String,
        /// The last one of it.
        last: Date,
    },
    /// A day of the week that does not belong to the date.
    #[error("{} is a {}, not a {said}. Type one or the other", long_date(*.date), weekday(*.date))]
    OtherWeekday {
        /// The day of the week that was typed.
        said: &'static str,
        /// The date that was typed with it.
        date: Date,
    },
    /// Words that stand for several days.
    #[error("Which day? Type it like {0}")]
    WhichDay(&'static str),
    /// A day that has a name and is not known.
    #[error("{0} is not known yet. Type a date like 6 August 2026")]
    NotKnown(&'static str),
    /// So far off that it must be a slip.
    #[error("That is more than 50 years away. Type it like 6 August 2026")]
    TooFar,
    /// Something else about the numbers.
    #[error(transparent)]
    Date(DateError),
    /// Anything else.
    #[error("Cairn cannot read this as a date. Type it like 6 August 2026, Friday or in 6 weeks")]
    Unclear,
}

/// Nobody plans further ahead, or looks further back.
const FURTHEST_YEARS: i32 = 50;

/// Reads a day as people in the UK say it. A date without a year, and a day of the week, is the
/// next one to come. An empty text is no day and no error.
///
/// # Errors
/// When the words are no day, or could be several; the error says what to type.
pub fn read(text: &str, today: Date, known: &Known) -> Result<Option<Meant>, NaturalDateError> {
    let text = plain(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return Ok(None);
    }
    let reader = phrases::Reader { today, known };
    let (date, or) = reader.read(&words)?;
    let years = i32::from(date.year()) - i32::from(today.year());
    if years.abs() > FURTHEST_YEARS {
        return Err(NaturalDateError::TooFar);
    }
    Ok(Some(Meant { date, words: spoken(date), or: or.filter(|or| *or != date) }))
}

/// The same for a day that has most likely been: a date without a year is the one nearest to
/// today, and a day of the week alone is the last one.
///
/// # Errors
/// As [`read`].
pub fn read_back(
    text: &str,
    today: Date,
    known: &Known,
) -> Result<Option<Meant>, NaturalDateError> {
    let text = plain(text);
    if let Ok(Some(date)) = parse(&text, today) {
        return Ok(Some(Meant { date, words: spoken(date), or: None }));
    }
    let last = phrases::is_weekday(&text).then(|| format!("last {text}"));
    read(last.as_deref().unwrap_or(&text), today, known)
}

impl Known {
    /// The days that are known of a person.
    pub fn of(person: &Person, today: Date) -> Known {
        let ahead = |day: Option<Date>| day.filter(|day| *day >= today);
        Known {
            arcp: ahead(person.arcp_date),
            exam: person.sittings_ahead(today).first().map(|(_, day)| *day),
            changeover: None,
            meeting: ahead(person.next_meeting.as_ref().map(|meeting| meeting.date)),
            placement_end: person.placement_on(today).and_then(|placement| placement.to),
            cct: person.cct_date,
        }
    }
}

/// A day with its day of the week: "Friday 27 November 2026".
pub fn spoken(date: Date) -> String {
    format!("{} {}", weekday(date), long_date(date))
}

/// The name of a day of the week.
pub fn weekday(date: Date) -> &'static str {
    name_of(date.weekday())
}

const fn name_of(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// In lower case, without commas, full stops at the end and characters that nobody sees.
fn plain(text: &str) -> String {
    let text = super::clean::line(text).to_lowercase().replace(',', " ");
    text.trim().trim_end_matches('.').to_owned()
}

/// A date with a month in words or in numbers. Without a year it is the next one to come.
fn dated(words: &[&str], today: Date) -> Result<Date, NaturalDateError> {
    let text = words.join(" ");
    let has_year =
        words.len() > 2 || text.split(['/', '.', '-']).filter(|part| !part.is_empty()).count() > 2;
    let found = match parse(&text, today) {
        Ok(found) => found.ok_or(NaturalDateError::Unclear)?,
        Err(error) => return Err(refused(&error, has_year, &text, today)),
    };
    if has_year || found >= today {
        return Ok(found);
    }
    // 29 February comes only every fourth year, or eighth.
    let coming = (1..=8).find_map(|years| {
        let year = found.year().checked_add(years)?;
        Date::new(year, found.month(), found.day()).ok()
    });
    coming.ok_or(NaturalDateError::Unclear)
}

fn refused(error: &DateError, has_year: bool, text: &str, today: Date) -> NaturalDateError {
    let DateError::NoSuchDay { day, month: name, last } = error else {
        return match error {
            DateError::Unclear => NaturalDateError::Unclear,
            other => NaturalDateError::Date(other.clone()),
        };
    };
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).collect();
    let year = parts.iter().find(|part| part.len() == 4).or(parts.last());
    let year = year.and_then(|year| year.parse::<i16>().ok());
    let year = match year.filter(|_| has_year) {
        Some(year @ 0..=99) => year + 2000,
        Some(year) => year,
        None => today.year(),
    };
    let number = (1..=12).find(|number| month(*number) == *name).unwrap_or(1);
    match Date::new(year, number, *last) {
        Ok(meant) if *day > i32::from(*last) && *day <= 31 => {
            let leap_day = *day == 29 && number == 2;
            let of = if leap_day { format!(" {year}") } else { String::new() };
            NaturalDateError::NoSuchDay { said: format!("{day} {name}{of}"), meant }
        }
        _ => NaturalDateError::Date(error.clone()),
    }
}

/// The last working day before another day, Monday to Friday. Bank holidays are not known.
fn working_day_before(day: Date) -> Option<Date> {
    let mut before = day.yesterday().ok()?;
    while matches!(before.weekday(), Weekday::Saturday | Weekday::Sunday) {
        before = before.yesterday().ok()?;
    }
    Some(before)
}

/// The `nth` day of a name in the month of a day, counted from 1; -1 is the last.
pub(super) fn nth_in_month(of: Date, nth: i8, day: Weekday) -> Option<Date> {
    of.nth_weekday_of_month(nth, day).ok()
}

fn add(day: Date, number: i32, unit: Unit) -> Option<Date> {
    match unit {
        Unit::Day => day.checked_add(number.days()).ok(),
        Unit::Week => day.checked_add(number.checked_mul(7)?.days()).ok(),
        Unit::Month => day.checked_add(number.months()).ok(),
        Unit::Year => day.checked_add(number.years()).ok(),
    }
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}
