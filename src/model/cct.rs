//! An estimate of the new end of a programme after time out and less than full time.
//!
//! The arithmetic is that of NHS England's calculator, `cct-calc-core` of April 2026
//! (github.com/Health-Education-England/cct-calc-core), step by step and in the same floating
//! point, so that both round alike. It is an estimate: only the programme sets the date.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::text::{count, long_date};
use super::time_out::{Overlap, overlaps};
use super::training::{PartTime, days};
use super::{Absence, AbsenceKind, Person};

/// Where the arithmetic comes from.
pub const SOURCE: &str = "NHS England, cct-calc-core, April 2026";

/// What stands under every estimate.
pub const CAUTION: &str = "An estimate. The programme and the deanery set the date.";

/// Why a number of days can't be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CctError {
    /// The last day comes before the first.
    #[error("The last day is before the first. Check the dates")]
    Backwards,
    /// No day at all.
    #[error("There is no day between these dates. Check them")]
    NoDays,
    /// A working time below 10 % or above 100 %.
    #[error("Working time must be from 10% to 100%")]
    Wte,
    /// More days back than there were.
    #[error("More days count as training than the time is long. Check them")]
    Rebate,
    /// The calendar ends there.
    #[error("The date lies beyond the calendar. Check the dates")]
    Calendar,
}

/// The days of a time, the first and the last included.
///
/// # Errors
/// The last comes before the first.
pub fn inclusive_days(from: Date, to: Date) -> Result<i32, CctError> {
    if to < from {
        return Err(CctError::Backwards);
    }
    Ok((to - from).get_days() + 1)
}

/// The days that an absence adds. `rebate` is what counts as training all the same.
///
/// # Errors
/// No days, or a rebate that is not between none and all of them.
pub fn absence_extension(full_days: i32, rebate: f64) -> Result<i32, CctError> {
    if full_days <= 0 {
        return Err(CctError::NoDays);
    }
    if !(0.0..=f64::from(full_days)).contains(&rebate) {
        return Err(CctError::Rebate);
    }
    Ok(full_days - round(rebate))
}

/// The days that a time of less than full time adds: at `wte` per cent instead of `before`. They
/// are fewer than none where the working time rises.
///
/// # Errors
/// No days, or a working time that is not from 10 to 100 per cent.
pub fn part_time_extension(full_days: i32, wte: u8, before: u8) -> Result<i32, CctError> {
    if full_days <= 0 {
        return Err(CctError::NoDays);
    }
    if !(10..=100).contains(&wte) || !(10..=100).contains(&before) {
        return Err(CctError::Wte);
    }
    let (wte, before) = (f64::from(wte) / 100.0, f64::from(before) / 100.0);
    let full_days = f64::from(full_days);
    Ok(round(full_days - full_days * (wte / before)))
}

/// A half goes up, below zero as well: the rule of the published calculator.
fn round(number: f64) -> i32 {
    let floor = number.floor();
    let up = if number - floor >= 0.5 { 1 } else { 0 };
    #[expect(clippy::cast_possible_truncation, reason = "days of a calendar fit")]
    let floor = floor as i32;
    floor + up
}

/// The day so many days later, or earlier.
///
/// # Errors
/// The calendar ends there.
pub fn new_date(base: Date, days: i32) -> Result<Date, CctError> {
    base.checked_add(days.days()).map_err(|_| CctError::Calendar)
}

/// An estimate with its working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// The date on record that it starts from.
    pub on_record: Date,
    /// The estimated date.
    pub date: Date,
    /// The days that are added, in all.
    pub days: i32,
    /// How it was worked out, a line each.
    pub working: Vec<String>,
    /// What could not be counted, or is counted twice, a line each.
    pub doubts: Vec<String>,
}

impl Estimate {
    /// "About 25 December 2028 (estimate)".
    pub fn words(&self) -> String {
        format!("About {} (estimate)", long_date(self.date))
    }
}

/// Estimates the end of a person's programme from the date on record and whatever it does not
/// count yet. Nothing where there is no date on record.
///
/// # Errors
/// The calendar ends before the estimate.
pub fn estimate(person: &Person) -> Result<Option<Estimate>, CctError> {
    let Some(on_record) = person.cct_date else { return Ok(None) };
    let mut estimate = Estimate {
        on_record,
        date: on_record,
        days: 0,
        working: vec![format!("The date on record is {}.", long_date(on_record))],
        doubts: Vec::new(),
    };
    let part_time: Vec<&PartTime> = person.part_time.iter().filter(|one| !one.counted).collect();
    for one in &part_time {
        let what = format!("{}% from {}", one.wte, time(one.from, one.to, on_record));
        estimate.add(&what, add_part_time(one, on_record));
    }
    let absences: Vec<&Absence> = person.absences.iter().filter(|one| !one.counted).collect();
    for one in &absences {
        let what = format!("{}, {}", one.kind.words(), days(one.from, one.to));
        match (extends(&one.kind), one.to) {
            (false, _) => estimate.doubts.push(format!(
                "{what}: the published rule does not say what it adds. Ask the programme."
            )),
            (true, None) => estimate
                .doubts
                .push(format!("{what}: it has no last day yet, so it is not in the estimate.")),
            (true, Some(to)) => estimate.add(&what, add_absence(one, to)),
        }
    }
    let last = |to: Option<Date>| Some(to.unwrap_or(on_record));
    let absence_days = absences.iter().filter(|one| extends(&one.kind));
    let twice = overlaps(absence_days.map(|one| (one.from, one.to)))
        .into_iter()
        .chain(overlaps(part_time.iter().map(|one| (one.from, last(one.to)))));
    estimate.doubts.extend(twice.map(|Overlap { days, .. }| {
        format!("Two of these times overlap by {}, which count twice.", count_days(days))
    }));
    estimate.date = new_date(on_record, estimate.days)?;
    if estimate.working.len() == 1 {
        estimate.working.push("Nothing is recorded that would change it.".to_owned());
    }
    let total = match estimate.days {
        0 => "No days are added".to_owned(),
        days @ 1.. => format!("{} are added", count_days(days)),
        days => format!("{} are taken off", count_days(-days)),
    };
    let day = long_date(estimate.date);
    estimate.working.push(format!("{total}: about {day}. Arithmetic: {SOURCE}."));
    Ok(Some(estimate))
}

impl Estimate {
    fn add(&mut self, what: &str, added: Result<(i32, String), CctError>) {
        match added {
            Ok((days, how)) => {
                self.days = self.days.saturating_add(days);
                self.working.push(format!("{what}: {how}."));
            }
            Err(error) => self.doubts.push(format!("{what}: not counted. {error}.")),
        }
    }
}

fn add_part_time(one: &PartTime, on_record: Date) -> Result<(i32, String), CctError> {
    let full = inclusive_days(one.from, one.to.unwrap_or(on_record))?;
    let before = one.before.unwrap_or(100);
    let added = part_time_extension(full, one.wte, before)?;
    let of = format!("{} at {}% instead of {before}%", count_days(full), one.wte);
    let adds = if added < 0 {
        format!("take off {}", count_days(-added))
    } else {
        format!("add {}", count_days(added))
    };
    Ok((added, format!("{of} {adds}")))
}

fn add_absence(one: &Absence, to: Date) -> Result<(i32, String), CctError> {
    let full = inclusive_days(one.from, to)?;
    let rebate = one.rebate.unwrap_or(0);
    let added = absence_extension(full, f64::from(rebate))?;
    let less = match rebate {
        0 => String::new(),
        rebate => format!(" less {} that count as training", count_days(i32::from(rebate))),
    };
    Ok((added, format!("{}{less} add {}", count_days(full), count_days(added))))
}

/// Whether the published calculator has a rule for it.
const fn extends(kind: &AbsenceKind) -> bool {
    matches!(
        kind,
        AbsenceKind::Oopc
            | AbsenceKind::Oope
            | AbsenceKind::Oopp
            | AbsenceKind::Parental
            | AbsenceKind::PhasedReturn
            | AbsenceKind::Shielding
            | AbsenceKind::Sickness
            | AbsenceKind::Unpaid
    )
}

fn time(from: Date, to: Option<Date>, on_record: Date) -> String {
    match to {
        Some(to) => format!("{} to {}", long_date(from), long_date(to)),
        None => format!("{} to the date on record, {}", long_date(from), long_date(on_record)),
    }
}

/// "1 day", "12 days".
fn count_days(days: i32) -> String {
    count(usize::try_from(days).unwrap_or(0), "day")
}
