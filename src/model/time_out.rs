//! Time out of training as Form R counts it, and times that overlap.

use jiff::civil::Date;

use super::changeover::TrainingYear;
use super::text::{count, long_date};
use super::{Absence, AbsenceKind, PastArcp, Person};

/// More days out of training in a year than this lead to a look at the end date.
pub const REVIEW_DAYS: u32 = 14;

/// Where that number comes from, and how sure it is.
pub const REVIEW_SOURCE: &str =
    "General Medical Council position of 2012, from general knowledge: check the current rule.";

/// Two times that lie partly on the same days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// Which ones, counted from 0 in the order given.
    pub between: (usize, usize),
    /// How many days they share.
    pub days: i32,
}

/// The pairs of times that share days. A time without a last day goes on without end, but what it
/// shares with another one that does is not a number of days, and is left out.
pub fn overlaps(times: impl IntoIterator<Item = (Date, Option<Date>)>) -> Vec<Overlap> {
    let mut times: Vec<(usize, (Date, Date))> = times
        .into_iter()
        .enumerate()
        .map(|(at, (from, to))| (at, (from, to.unwrap_or(Date::MAX))))
        .filter(|(_, (from, to))| from <= to)
        .collect();
    times.sort_by_key(|(at, (from, _))| (*from, *at));
    let mut found = Vec::new();
    for (place, (a, (_, a_to))) in times.iter().enumerate() {
        // The others are in the order of their first days: none later can reach back.
        let later = times.iter().skip(place + 1).take_while(|(_, (from, _))| from <= a_to);
        for (b, (from, b_to)) in later {
            let last = (*a_to).min(*b_to);
            if last != Date::MAX {
                let days = (last - *from).get_days() + 1;
                found.push(Overlap { between: (*a.min(b), *a.max(b)), days });
            }
        }
    }
    found
}

/// What overlaps in a person's placements and times away, in words, a line each.
pub fn overlap_words(person: &Person) -> Vec<String> {
    let days = |overlap: &Overlap| count(usize::try_from(overlap.days).unwrap_or(0), "day");
    let placements = overlaps(person.placements.iter().map(|one| (one.from, one.to)));
    let placements = placements.iter().map(|overlap| {
        let name = |at: usize| person.placements.get(at).map(|one| one.post.as_str());
        let (a, b) = overlap.between;
        let names = [name(a), name(b)].map(Option::unwrap_or_default).join(" and ");
        format!("{names} overlap by {}. Both are kept. Check the dates.", days(overlap))
    });
    let absences = overlaps(person.absences.iter().map(|one| (one.from, one.to)));
    let absences = absences.iter().map(|overlap| {
        format!("Two times away overlap by {}. Both are kept. Check the dates.", days(overlap))
    });
    placements.chain(absences).collect()
}

/// Time out of training in a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeOut {
    /// The first day of the stretch.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Whole days out of training, none counted twice.
    pub days: u32,
    /// What each time away adds, and what is left out, a line each.
    pub working: Vec<String>,
    /// What is said when it is more than [`REVIEW_DAYS`].
    pub note: Option<String>,
}

/// Counts whole days out of training: a part of a day is one, a day is counted once. Study and
/// annual leave, and time out of programme for training or research, do not count.
pub fn time_out(person: &Person, from: Date, to: Date) -> TimeOut {
    let mut working = Vec::new();
    let mut out: Vec<(Date, Date)> = Vec::new();
    let mut typed = 0;
    let mut absences: Vec<&Absence> = person.absences.iter().collect();
    absences.sort_by_key(|one| one.from);
    for one in absences {
        let last = one.to.unwrap_or(to).min(to);
        let first = one.from.max(from);
        if last < first {
            continue;
        }
        let span = days_between(first, last);
        let what = format!("{}, {}", one.kind.words(), super::training::days(one.from, one.to));
        if !counts(&one.kind) {
            working.push(format!("{what}: does not count."));
            continue;
        }
        match one.days {
            // What was typed is for the whole of it, of which this may be a part.
            Some(days) => {
                let days = u32::from(days).min(span);
                typed += days;
                working.push(format!("{what}: {} as typed.", days_words(days)));
            }
            None => {
                out.push((first, last));
                working.push(format!("{what}: {}.", days_words(span)));
            }
        }
    }
    let days = typed + union_days(out);
    let note = (days > REVIEW_DAYS).then(|| {
        format!(
            "More than {REVIEW_DAYS} days out of training in a year lead to a look at the end \
             date. {REVIEW_SOURCE}"
        )
    });
    TimeOut { from, to, days, working, note }
}

/// The stretch that Form R asks about: from the day after the last panel that sat, or else from
/// the first day of the training year, to a day.
pub fn since_last_arcp(person: &Person, to: Date) -> (Date, Date) {
    let panels = person.past_arcps.iter().map(|PastArcp { date, .. }| *date);
    let last = panels.filter(|date| *date < to).max();
    let from = last
        .and_then(|day| day.tomorrow().ok())
        .or_else(|| TrainingYear::of(to).map(|year| year.from))
        .unwrap_or(to);
    (from, to)
}

impl TimeOut {
    /// "12 days out of training, 5 August 2026 to 9 June 2027".
    pub fn words(&self) -> String {
        let time = format!("{} to {}", long_date(self.from), long_date(self.to));
        format!("{} out of training, {time}", days_words(self.days))
    }
}

/// The days that any of these times holds.
fn union_days(mut times: Vec<(Date, Date)>) -> u32 {
    times.sort_unstable();
    let mut total = 0;
    let mut reached: Option<Date> = None;
    for (first, last) in times {
        let first = match reached {
            Some(reached) if first <= reached => match reached.tomorrow() {
                Ok(next) => next,
                Err(_) => break,
            },
            _ => first,
        };
        if first <= last {
            total += days_between(first, last);
            reached = Some(last);
        }
    }
    total
}

fn days_between(first: Date, last: Date) -> u32 {
    u32::try_from((last - first).get_days() + 1).unwrap_or(0)
}

fn days_words(days: u32) -> String {
    count(usize::try_from(days).unwrap_or(usize::MAX), "day")
}

/// Whether Form R counts it. A phased return is work in part, and is not on its list.
const fn counts(kind: &AbsenceKind) -> bool {
    !matches!(
        kind,
        AbsenceKind::Study
            | AbsenceKind::Annual
            | AbsenceKind::Oopt
            | AbsenceKind::Oopr
            | AbsenceKind::PhasedReturn
    )
}
