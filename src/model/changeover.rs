//! The days on which doctors change posts, and the training year.

use jiff::civil::{Date, Weekday};

use super::natural_date::nth_in_month;
use super::text::long_date;

/// August, the month in which the training year begins.
const AUGUST: i8 = 8;

/// The changeover of a month: its first Wednesday. Nothing where there is no such month.
pub fn changeover(year: i16, month: i8) -> Option<Date> {
    nth_in_month(Date::new(year, month, 1).ok()?, 1, Weekday::Wednesday)
}

/// The next changeover after a day, of those in these months.
pub fn next_changeover(after: Date, months: &[i8]) -> Option<Date> {
    changeovers(after, months).find(|day| *day > after)
}

/// The last changeover on or before a day, of those in these months.
pub fn last_changeover(until: Date, months: &[i8]) -> Option<Date> {
    changeovers(until, months).filter(|day| *day <= until).last()
}

/// The changeovers of the year before a day, its own and the next, in order.
fn changeovers(near: Date, months: &[i8]) -> impl Iterator<Item = Date> {
    let mut months = months.to_vec();
    months.sort_unstable();
    let years = (-1..=1).filter_map(move |years| near.year().checked_add(years));
    years.flat_map(move |year| {
        let days: Vec<Date> = months.iter().filter_map(|month| changeover(year, *month)).collect();
        days
    })
}

/// A training year: from the first Wednesday in August to the day before the next one (GMC).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrainingYear {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl TrainingYear {
    /// The one that a day lies in; nothing at the ends of the calendar.
    pub fn of(day: Date) -> Option<TrainingYear> {
        let from = last_changeover(day, &[AUGUST])?;
        let next = next_changeover(day, &[AUGUST])?;
        Some(TrainingYear { from, to: next.yesterday().ok()? })
    }

    /// "5 August 2026 to 3 August 2027".
    pub fn words(self) -> String {
        format!("{} to {}", long_date(self.from), long_date(self.to))
    }
}
