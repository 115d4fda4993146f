//! How long it is to a day, in words.

use jiff::civil::Date;

use super::Person;

/// What is counted down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Towards {
    /// An ARCP panel.
    Arcp,
    /// A sitting of an examination.
    Exam,
}

/// A day that comes nearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Countdown {
    /// What it is.
    pub towards: Towards,
    /// Its name: "ARCP", "PACES".
    pub name: String,
    /// The day.
    pub date: Date,
    /// Whole days until then.
    pub days: i32,
    /// "in 9 weeks", "tomorrow".
    pub words: String,
}

/// The panel and the sittings that lie ahead of a person, the nearest first.
pub fn countdowns(person: &Person, today: Date) -> Vec<Countdown> {
    let arcp = person.arcp_date.filter(|day| *day >= today).map(|day| (Towards::Arcp, "ARCP", day));
    let exams = person.sittings_ahead(today).into_iter();
    let exams = exams.map(|(name, day)| (Towards::Exam, name, day));
    let mut all: Vec<Countdown> = arcp
        .into_iter()
        .chain(exams)
        .map(|(towards, name, date)| Countdown {
            towards,
            name: name.to_owned(),
            date,
            days: (date - today).get_days(),
            words: until(date, today),
        })
        .collect();
    all.sort_by_key(|one| (one.date, one.towards));
    all
}

/// How long it is from today to a day: "today", "tomorrow", "in 9 days", "in 3 weeks",
/// "in 7 months", "in 2 years", and back: "yesterday", "9 days ago", "3 weeks ago".
pub fn until(date: Date, today: Date) -> String {
    let days = (date - today).get_days();
    match days {
        0 => return "today".to_owned(),
        1 => return "tomorrow".to_owned(),
        -1 => return "yesterday".to_owned(),
        _ => {}
    }
    let (number, unit) = match days.abs() {
        near @ ..14 => (near, "days"),
        near @ 14..=182 => (near / 7, "weeks"),
        // A month is the twelfth part of a year; two years may be a day shorter than that.
        far @ 183..730 => (far * 12 / 365, "months"),
        far => ((far * 4 / 1461).max(2), "years"),
    };
    if days > 0 { format!("in {number} {unit}") } else { format!("{number} {unit} ago") }
}
