//! What comes first: how often the words stand in a record, those of its name above others, and
//! how recent it is.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// The most that one word counts in one layer of one record.
pub const MOST: u32 = 255;

/// How much a word counts that stands in a field of this name.
pub fn weight(field: &str) -> u32 {
    if matches!(field, "Title" | "Name") { 5 } else { 1 }
}

/// What a term adds that counts so much: twice as often is one more.
pub const fn worth(count: u32) -> u32 {
    u32::BITS - count.leading_zeros()
}

/// What the day of a record adds.
#[derive(Debug, Clone, Copy)]
pub struct Recency([Date; 3]);

impl Recency {
    /// As it is seen on this day: the last month, half year and two years count.
    pub fn on(today: Date) -> Recency {
        Recency([31, 183, 731].map(|days| today.saturating_sub(days.days())))
    }

    /// What a day adds.
    pub fn of(self, day: Option<Date>) -> u32 {
        let Recency(since) = self;
        day.map_or(0, |day| since.iter().map(|since| u32::from(day >= *since)).sum())
    }
}
