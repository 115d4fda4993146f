//! Days as people write them.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::text::{day_and_month, long_date, month as month_name};

/// Why a text is not a date. Each says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The month has fewer days.
    #[error("{day} {month} is not a date. Choose 1 to {last} {month}")]
    NoSuchDay {
        /// The day that was typed.
        day: i32,
        /// The month's name.
        month: &'static str,
        /// Its last day in that year.
        last: i8,
    },
    /// A number for the month above 12.
    #[error("There is no month {0}. Choose 1 to 12, the day first: 6/8/2026")]
    NoSuchMonth(i32),
    /// Anything else.
    #[error("Cairn cannot read this as a date. Type it like 6 August 2026")]
    Unclear,
}

/// Years a person may mean.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Reads a date as people in the UK write it, the day first: "6 August 2026", "6 Aug",
/// "6/8/2026", "6.8.26", or the ISO form "2026-08-06". Without a year it is the one nearest to
/// `today`. An empty text is no date and no error.
///
/// # Errors
/// When the text is not a date; the error says what to type.
pub fn parse(text: &str, today: Date) -> Result<Option<Date>, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    let (day, month, year) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (*day, *month, Some(*year)),
        [day, month, year] => (*day, *month, Some(*year)),
        [day, month] => (*day, *month, None),
        _ => return Err(DateError::Unclear),
    };
    let day = number(day.trim_end_matches(|c: char| c.is_ascii_alphabetic()))?;
    let month = month_number(month)?;
    let date = match year {
        Some(year) => on_day(full_year(year)?, month, day)?,
        None => nearest(month, day, today)?,
    };
    Ok(Some(date))
}

fn number(text: &str) -> Result<i32, DateError> {
    let all_digits =
        !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    if all_digits { text.parse().map_err(|_| DateError::Unclear) } else { Err(DateError::Unclear) }
}

fn month_number(text: &str) -> Result<i8, DateError> {
    if let Ok(month) = number(text) {
        return i8::try_from(month)
            .ok()
            .filter(|month| (1..=12).contains(month))
            .ok_or(DateError::NoSuchMonth(month));
    }
    let typed = text.to_lowercase();
    (1..=12)
        .find(|number| {
            let name = month_name(*number).to_lowercase();
            typed.len() >= 3 && (name.starts_with(&typed) || typed == "sept" && *number == 9)
        })
        .ok_or(DateError::Unclear)
}

fn full_year(text: &str) -> Result<i16, DateError> {
    let year = number(text)?;
    let year = match text.len() {
        4 if YEARS.contains(&year) => year,
        2 => 2000 + year,
        _ => return Err(DateError::Unclear),
    };
    i16::try_from(year).map_err(|_| DateError::Unclear)
}

fn on_day(year: i16, month: i8, day: i32) -> Result<Date, DateError> {
    let first = Date::new(year, month, 1).map_err(|_| DateError::Unclear)?;
    let last = first.days_in_month();
    i8::try_from(day)
        .ok()
        .and_then(|day| Date::new(year, month, day).ok())
        .ok_or(DateError::NoSuchDay { day, month: month_name(month), last })
}

fn nearest(month: i8, day: i32, today: Date) -> Result<Date, DateError> {
    let years = [today.year() - 1, today.year(), today.year() + 1];
    let found = years
        .into_iter()
        .filter_map(|year| on_day(year, month, day).ok())
        .min_by_key(|date| (*date - today).get_days().abs());
    found.map_or_else(|| on_day(today.year(), month, day), Ok)
}

/// The first day of the year that ends with this day: the day after the same day a year ago.
pub fn year_up_to(last: Date) -> Date {
    last.checked_sub(1.year()).and_then(Date::tomorrow).unwrap_or(last)
}

/// A day with its year only where that is another one than now: "6 August", "6 August 2025".
pub fn day_and_other_year(date: Date, today: Date) -> String {
    if date.year() == today.year() { day_and_month(date) } else { long_date(date) }
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
            format!("{weekday} {} {}", date.day(), &month_name(date.month())[..3])
        }
        _ => long_date(date),
    }
}
