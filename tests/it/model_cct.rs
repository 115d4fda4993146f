//! The estimate of an end date by the published arithmetic, time out of training, and overlaps.

use cairn::model::cct::{
    CctError, absence_extension, estimate, inclusive_days, new_date, part_time_extension,
};
use cairn::model::time_out::{overlap_words, overlaps, since_last_arcp, time_out};
use cairn::model::{Absence, AbsenceKind, PartTime, PastArcp, Person, Placement};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// The published fixtures: Health-Education-England/cct-calc-core, commit b0fc1b9 of April 2026,
/// `fixtures/calculation-test-cases.json`. Dates that do not parse can't be written here.
#[test]
fn the_published_cases_come_out_to_the_day() {
    for (from, to, days) in [
        (date(2026, 1, 1), date(2026, 1, 11), Ok(11)),
        (date(2026, 6, 15), date(2026, 6, 15), Ok(1)),
        (date(2026, 3, 1), date(2026, 3, 31), Ok(31)),
        (date(2026, 1, 25), date(2026, 2, 5), Ok(12)),
        (date(2026, 2, 5), date(2026, 1, 25), Err(CctError::Backwards)),
    ] {
        assert_eq!(inclusive_days(from, to), days);
    }
    for (days, rebate, expected) in [
        (11, 0.0, Ok(11)),
        (11, 2.4, Ok(9)),
        (11, 2.5, Ok(8)),
        (11, 11.0, Ok(0)),
        (0, 0.0, Err(CctError::NoDays)),
        (11, -1.0, Err(CctError::Rebate)),
        (11, 12.0, Err(CctError::Rebate)),
    ] {
        assert_eq!(absence_extension(days, rebate), expected, "{days} less {rebate}");
    }
    for (days, wte, before, expected) in [
        (11, 80, 100, Ok(2)),
        (11, 50, 100, Ok(6)),
        (11, 100, 100, Ok(0)),
        (10, 60, 80, Ok(3)),
        (0, 50, 100, Err(CctError::NoDays)),
        (11, 9, 100, Err(CctError::Wte)),
        (11, 110, 100, Err(CctError::Wte)),
        (11, 50, 9, Err(CctError::Wte)),
        (11, 50, 110, Err(CctError::Wte)),
    ] {
        assert_eq!(part_time_extension(days, wte, before), expected, "{days} at {wte}/{before}");
    }
    for (base, days, expected) in [
        (date(2027, 8, 1), 11, date(2027, 8, 12)),
        (date(2027, 8, 1), 2, date(2027, 8, 3)),
        (date(2027, 6, 1), 31, date(2027, 7, 2)),
        (date(2027, 12, 1), 1, date(2027, 12, 2)),
        (date(2027, 8, 1), -3, date(2027, 7, 29)),
    ] {
        assert_eq!(new_date(base, days), Ok(expected));
    }
    assert_eq!(new_date(Date::MAX, 1), Err(CctError::Calendar));
    // A half goes up below zero as well, as JavaScript and Java round: -2.5 is -2.
    assert_eq!(part_time_extension(10, 100, 80), Ok(-2));
}

fn part_time(from: Date, to: Option<Date>, wte: u8) -> PartTime {
    PartTime { from, to, wte, ..PartTime::default() }
}

fn absence(kind: AbsenceKind, from: Date, to: Option<Date>) -> Absence {
    Absence { kind, from, to, ..Absence::default() }
}

#[test]
fn an_estimate_shows_its_working_and_says_what_it_is() {
    let mut person = Person {
        cct_date: Some(date(2028, 8, 1)),
        part_time: vec![part_time(date(2026, 8, 5), Some(date(2027, 8, 3)), 80)],
        absences: vec![
            Absence {
                rebate: Some(14),
                ..absence(AbsenceKind::Parental, date(2027, 9, 1), Some(date(2027, 12, 31)))
            },
            Absence {
                counted: true,
                ..absence(AbsenceKind::Sickness, date(2026, 1, 1), Some(date(2026, 3, 1)))
            },
            absence(AbsenceKind::Oopr, date(2028, 1, 1), Some(date(2028, 2, 1))),
            absence(AbsenceKind::Sickness, date(2028, 3, 1), None),
        ],
        ..Person::default()
    };
    let found = estimate(&person).unwrap().unwrap();
    // 364 days at 80 % add 73 (72.8), 122 days of leave less 14 add 108.
    assert_eq!((found.days, found.date), (181, date(2029, 1, 29)));
    assert_eq!(found.words(), "About 29 January 2029 (estimate)");
    assert_eq!(
        found.working,
        [
            "The date on record is 1 August 2028.",
            "80% from 5 August 2026 to 3 August 2027: 364 days at 80% instead of 100% add 73 days.",
            "Parental leave, 1 September 2027 to 31 December 2027: 122 days less 14 days that count \
             as training add 108 days.",
            "181 days are added: about 29 January 2029. Arithmetic: NHS England, cct-calc-core, \
             April 2026.",
        ]
    );
    assert_eq!(
        found.doubts,
        [
            "Out of programme, research (OOPR), 1 January 2028 to 1 February 2028: the published \
             rule does not say what it adds. Ask the programme.",
            "Sickness, from 1 March 2028: it has no last day yet, so it is not in the estimate.",
        ]
    );
    person.cct_date = None;
    assert_eq!(estimate(&person), Ok(None));
}

#[test]
fn overlaps_and_odd_entries_are_said_and_never_stop_it() {
    let mut person = Person {
        cct_date: Some(date(2028, 8, 1)),
        absences: vec![
            absence(AbsenceKind::Sickness, date(2027, 1, 1), Some(date(2027, 1, 20))),
            absence(AbsenceKind::Unpaid, date(2027, 1, 15), Some(date(2027, 1, 31))),
            absence(AbsenceKind::Oope, date(2027, 5, 5), Some(date(2027, 5, 1))),
        ],
        part_time: vec![part_time(date(2027, 6, 1), None, 5)],
        ..Person::default()
    };
    let found = estimate(&person).unwrap().unwrap();
    assert_eq!(found.days, 37);
    let doubts = found.doubts.join("\n");
    for words in [
        "Two of these times overlap by 6 days, which count twice.",
        "The last day is before the first",
        "Working time must be from 10% to 100%",
    ] {
        assert!(doubts.contains(words), "{words}\n{doubts}");
    }
    person.cct_date = Some(Date::MAX);
    assert_eq!(estimate(&person), Err(CctError::Calendar));
    let nothing = Person { cct_date: Some(date(2028, 8, 1)), ..Person::default() };
    let found = estimate(&nothing).unwrap().unwrap();
    assert_eq!(found.date, date(2028, 8, 1));
    assert!(found.working[1].contains("Nothing is recorded"));
}

#[test]
fn placements_that_overlap_are_told_with_the_number_of_days() {
    let placement = |post: &str, from: Date, to: Option<Date>| Placement {
        post: post.to_owned(),
        from,
        to,
        ..Placement::default()
    };
    let person = Person {
        placements: vec![
            placement("Geriatrics", date(2026, 12, 2), Some(date(2027, 4, 6))),
            placement("Acute medicine", date(2026, 8, 5), Some(date(2026, 12, 7))),
            placement("Respiratory", date(2027, 4, 7), None),
        ],
        absences: vec![
            absence(AbsenceKind::Sickness, date(2027, 1, 1), Some(date(2027, 1, 2))),
            absence(AbsenceKind::Unpaid, date(2027, 1, 2), Some(date(2027, 1, 3))),
        ],
        ..Person::default()
    };
    assert_eq!(
        overlap_words(&person),
        [
            "Geriatrics and Acute medicine overlap by 6 days. Both are kept. Check the dates.",
            "Two times away overlap by 1 day. Both are kept. Check the dates.",
        ]
    );
}

#[test]
fn time_out_counts_whole_days_once_and_says_where_the_limit_comes_from() {
    let (from, to) = (date(2026, 8, 5), date(2027, 8, 3));
    let mut person = Person {
        absences: vec![
            absence(AbsenceKind::Sickness, date(2026, 9, 1), Some(date(2026, 9, 5))),
            // Two days of it are counted already.
            absence(AbsenceKind::Unpaid, date(2026, 9, 4), Some(date(2026, 9, 8))),
            Absence {
                days: Some(2),
                ..absence(AbsenceKind::Unauthorised, date(2026, 10, 1), Some(date(2026, 10, 31)))
            },
            absence(AbsenceKind::Study, date(2026, 11, 2), Some(date(2026, 11, 6))),
            absence(AbsenceKind::Oopt, date(2027, 1, 1), Some(date(2027, 2, 1))),
            absence(AbsenceKind::Sickness, date(2025, 1, 1), Some(date(2025, 2, 1))),
            // Only its first day lies in the year before.
            absence(AbsenceKind::Sickness, date(2026, 8, 4), Some(date(2026, 8, 8))),
        ],
        ..Person::default()
    };
    let out = time_out(&person, from, to);
    assert_eq!(out.days, 8 + 2 + 4);
    assert_eq!(out.note, None, "exactly 14 days lead to nothing");
    assert_eq!(out.words(), "14 days out of training, 5 August 2026 to 3 August 2027");
    assert_eq!(out.working.len(), 6);
    assert!(
        out.working.iter().any(|line| line.contains("Study leave") && line.contains("not count"))
    );
    person.absences.push(absence(AbsenceKind::Sickness, date(2027, 8, 3), None));
    let out = time_out(&person, from, to);
    assert_eq!(out.days, 15);
    let note = out.note.unwrap();
    assert!(note.contains("More than 14 days") && note.contains("2012"), "{note}");
    assert!(note.contains("check the current rule"), "{note}");
    assert_eq!(since_last_arcp(&person, date(2027, 5, 1)), (from, date(2027, 5, 1)));
    person.past_arcps = vec![PastArcp { date: date(2026, 6, 10), ..PastArcp::default() }];
    assert_eq!(since_last_arcp(&person, date(2027, 5, 1)).0, date(2026, 6, 11));
}

fn a_time() -> impl Strategy<Value = (Date, Option<Date>)> {
    (0_i32..400, prop::option::of(-5_i32..90)).prop_map(|(from, length)| {
        let from = date(2026, 8, 5) + from.days();
        (from, length.map(|length| from + length.days()))
    })
}

proptest! {
    #[test]
    fn overlaps_are_those_found_day_by_day(times in prop::collection::vec(a_time(), 0..6)) {
        let found = overlaps(times.iter().copied());
        let holds = |at: usize, day: Date| {
            let (from, to) = times[at];
            from <= day && to.is_none_or(|to| day <= to)
        };
        for a in 0..times.len() {
            for b in a + 1..times.len() {
                if times[a].1.is_none() && times[b].1.is_none() {
                    continue;
                }
                let shared = (0..600)
                    .map(|ahead| date(2026, 8, 1) + ahead.days())
                    .filter(|day| holds(a, *day) && holds(b, *day))
                    .count();
                let said = found.iter().find(|one| one.between == (a, b)).map_or(0, |one| one.days);
                prop_assert_eq!(said, i32::try_from(shared).unwrap());
            }
        }
    }

    #[test]
    fn days_out_are_those_counted_one_by_one(times in prop::collection::vec(a_time(), 0..6)) {
        let (from, to) = (date(2026, 8, 5), date(2027, 8, 3));
        let absences = times.iter().map(|(from, to)| absence(AbsenceKind::Sickness, *from, *to));
        let person = Person { absences: absences.collect(), ..Person::default() };
        let out = (0..(to - from).get_days() + 1)
            .map(|ahead| from + ahead.days())
            .filter(|day| times.iter().any(|(a, b)| a <= day && b.is_none_or(|b| *day <= b)))
            .count();
        prop_assert_eq!(time_out(&person, from, to).days as usize, out);
    }

    #[test]
    fn part_time_never_adds_more_than_its_days(days in 1_i32..2000, wte in 10_u8..=100) {
        let added = part_time_extension(days, wte, 100).unwrap();
        prop_assert!((0..=days).contains(&added));
        let exact = f64::from(days) * f64::from(100 - wte) / 100.0;
        prop_assert!((f64::from(added) - exact).abs() <= 0.5 + 1e-9);
    }
}
