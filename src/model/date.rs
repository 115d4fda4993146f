//! Days as people write them.

use jiff::civil::Date;

use super::text::{long_date, month};

/// Why what was typed is not a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateProblem {
    /// It does not look like a day at all.
    #[error("Type a date such as 6 August {year}")]
    NotADate {
        /// The present year, for the example.
        year: i16,
    },
    /// The month has no such day.
    #[error("{day} {name} is not a date. Choose 1 to {last} {name}")]
    NoSuchDay {
        /// The day typed.
        day: u32,
        /// The month's name.
        name: &'static str,
        /// Its last day.
        last: i8,
    },
}

/// Reads a day: "6 August 2026", "6 Aug", "6/8/2026", "6.8.26", "2026-08-06", "today",
/// "tomorrow". Day before month, as in the United Kingdom. Without a year the next such day
/// is meant, today included.
///
/// # Errors
/// What to mend, in words for the person.
pub fn parse_date(text: &str, today: Date) -> Result<Date, DateProblem> {
    let not_a_date = DateProblem::NotADate { year: today.year() };
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "today" => return Ok(today),
        "tomorrow" => return today.tomorrow().map_err(|_| not_a_date),
        _ => {}
    }
    if let Ok(date) = text.parse::<Date>() {
        return Ok(date);
    }
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    let (day, month, year) = match parts.as_slice() {
        [day, month] => (*day, *month, None),
        [day, month, year] => (*day, *month, Some(*year)),
        _ => return Err(not_a_date),
    };
    let day = read_day(day).ok_or_else(|| not_a_date.clone())?;
    let month = read_month(month).ok_or_else(|| not_a_date.clone())?;
    match year {
        Some(year) => make(day, month, read_year(year).ok_or(not_a_date)?),
        None => {
            let this_year = make(day, month, today.year());
            match this_year {
                Ok(date) if date >= today => Ok(date),
                _ => make(day, month, today.year() + 1).or(this_year),
            }
        }
    }
}

fn read_day(text: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end));
    digits.unwrap_or(text).parse().ok()
}

fn read_month(text: &str) -> Option<i8> {
    if let Ok(number) = text.parse::<i8>() {
        return (1..=12).contains(&number).then_some(number);
    }
    if text.len() < 3 {
        return None;
    }
    (1..=12).find(|number| month(*number).to_lowercase().starts_with(text))
}

fn read_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

fn make(day: u32, number: i8, year: i16) -> Result<Date, DateProblem> {
    let first = Date::new(year, number, 1).map_err(|_| DateProblem::NotADate { year })?;
    let last = first.days_in_month();
    i8::try_from(day)
        .ok()
        .and_then(|day| Date::new(year, number, day).ok())
        .ok_or(DateProblem::NoSuchDay { day, name: month(number), last })
}

/// A day beside its neighbours: "Today", "Tomorrow", "Yesterday", "Fri 4 Dec" within the coming
/// or the last half year, else the long form.
pub fn near_date(date: Date, today: Date) -> String {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    match (date - today).get_days() {
        0 => "Today".to_owned(),
        1 => "Tomorrow".to_owned(),
        -1 => "Yesterday".to_owned(),
        days if days.abs() < 183 => {
            let weekday = WEEKDAYS[date.weekday().to_monday_zero_offset() as usize % 7];
            format!("{weekday} {} {}", date.day(), &month(date.month())[..3])
        }
        _ => long_date(date),
    }
}
