//! What carries forward from one conversation to the next, and for how long it has.

use jiff::civil::Date;

use super::{Action, Id, Journal};

/// How long ago a day was: "today", "3 days ago", "6 weeks ago", "5 months ago".
pub fn ago(day: Date, today: Date) -> String {
    let days = (today - day).get_days();
    let words = |number: i32, one: &str, many: &str| match number {
        1 => format!("1 {one} ago"),
        n => format!("{n} {many} ago"),
    };
    match days {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        2..=13 => words(days, "day", "days"),
        14..=83 => words(days / 7, "week", "weeks"),
        84..=730 => words(days * 12 / 365, "month", "months"),
        _ => words(days / 365, "year", "years"),
    }
}

/// How often an action was carried: the finished conversations after the day it was agreed,
/// without the one in `held`.
pub fn times_carried(journal: &Journal, action: &Action, held: Id) -> usize {
    let Some(person) = action.person else { return 0 };
    let after = journal.sessions_with(person).into_iter();
    let after = after.take_while(|(_, session)| session.date > action.made);
    after
        .filter(|(id, session)| {
            *id != held && Some(*id) != action.from && session.finished.is_some()
        })
        .count()
}

/// "Agreed 6 weeks ago, carried twice".
pub fn age_words(journal: &Journal, action: &Action, held: Id, today: Date) -> String {
    let agreed = format!("Agreed {}", ago(action.made, today));
    match times_carried(journal, action, held) {
        0 => agreed,
        1 => format!("{agreed}, carried once"),
        2 => format!("{agreed}, carried twice"),
        n => format!("{agreed}, carried {n} times"),
    }
}
