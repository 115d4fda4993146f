//! A date typed as words, and the reading of it.

use egui::{Response, Ui};
use jiff::civil::Date;

use super::field::Field;

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

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

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

/// Writes a date as the design has it: "6 August 2026".
pub fn write(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

/// The name of a month from 1 to 12.
pub fn month_name(month: i8) -> &'static str {
    let index = usize::try_from(month - 1).unwrap_or_default();
    MONTHS.get(index).copied().unwrap_or("January")
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
    let found = MONTHS.iter().position(|name| {
        typed.len() >= 3
            && (name.to_lowercase().starts_with(&typed) || typed == "sept" && *name == "September")
    });
    found.and_then(|index| i8::try_from(index + 1).ok()).ok_or(DateError::Unclear)
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

/// A field for a date. What is typed is a text of the caller's; leaving the field writes it out
/// in full, or shows what is wrong.
#[must_use = "show it"]
pub struct DateField<'a> {
    label: &'a str,
    hint: Option<&'a str>,
    width: f32,
    label_hidden: bool,
}

/// What a date field holds.
#[derive(Debug)]
pub struct DateShown {
    /// The box's response.
    pub response: Response,
    /// The date, `None` when the box is empty.
    pub date: Result<Option<Date>, DateError>,
}

impl<'a> DateField<'a> {
    /// A field with this label.
    pub const fn new(label: &'a str) -> Self {
        DateField {
            label,
            hint: Some("For example, 6 August 2026"),
            width: 220.0,
            label_hidden: false,
        }
    }

    /// Another hint.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// No hint, in a row where the dates beside it show how one is written.
    pub const fn no_hint(mut self) -> Self {
        self.hint = None;
        self
    }

    /// Keeps the label for screen readers only, where the heading above is the question.
    pub const fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    /// Another width of the box, in points.
    pub const fn width(mut self, points: f32) -> Self {
        self.width = points;
        self
    }

    /// Shows it. `today` settles the year when none is typed.
    pub fn show(self, ui: &mut Ui, typed: &mut String, today: Date) -> DateShown {
        let id = ui.make_persistent_id(("date", self.label));
        let writing = ui.memory(|memory| memory.has_focus(id));
        // While it is being written nothing is wrong yet.
        let error = if writing { None } else { parse(typed, today).err() };
        let error = error.map(|error| error.to_string());
        let mut field = Field::new(self.label).error(error.as_deref()).width(self.width).id(id);
        if let Some(hint) = self.hint {
            field = field.hint(hint);
        }
        if self.label_hidden {
            field = field.label_hidden();
        }
        let response = field.show(ui, typed);
        let date = parse(typed, today);
        if let (true, Ok(Some(date))) = (response.lost_focus(), &date) {
            *typed = write(*date);
        }
        DateShown { response, date }
    }
}
