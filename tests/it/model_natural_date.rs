//! Days as people say them.

use cairn::model::changeover::{TrainingYear, changeover, last_changeover, next_changeover};
use cairn::model::countdown::{Towards, countdowns, until};
use cairn::model::natural_date::{Known, Meant, read, spoken};
use cairn::model::{Exam, Person};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

/// A Tuesday.
const TODAY: Date = date(2026, 11, 24);

fn known() -> Known {
    Known {
        arcp: Some(date(2027, 6, 9)),
        exam: Some(date(2027, 2, 20)),
        changeover: Some(date(2026, 12, 2)),
        ..Known::default()
    }
}

fn meant(text: &str) -> Meant {
    read(text, TODAY, &known()).unwrap_or_else(|error| panic!("{text}: {error}")).unwrap()
}

#[test]
fn words_mean_the_day_that_people_in_the_uk_mean() {
    for (text, day) in [
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 25)),
        ("yesterday", date(2026, 11, 23)),
        ("the day after tomorrow", date(2026, 11, 26)),
        ("Friday", date(2026, 11, 27)),
        ("by Friday", date(2026, 11, 27)),
        ("fri", date(2026, 11, 27)),
        ("this Friday", date(2026, 11, 27)),
        // On a Tuesday the next Tuesday to come is not today, and this one is.
        ("Tuesday", date(2026, 12, 1)),
        ("this Tuesday", TODAY),
        ("Monday", date(2026, 11, 30)),
        ("last Friday", date(2026, 11, 20)),
        ("last Monday", date(2026, 11, 23)),
        ("Friday next week", date(2026, 12, 4)),
        ("Monday this week", date(2026, 11, 23)),
        ("Friday week", date(2026, 12, 4)),
        ("a week on Friday", date(2026, 12, 4)),
        ("a fortnight on Friday", date(2026, 12, 11)),
        ("Friday in 3 weeks", date(2026, 12, 18)),
        ("in 6 weeks", date(2027, 1, 5)),
        ("6 weeks", date(2027, 1, 5)),
        ("six weeks", date(2027, 1, 5)),
        ("in a fortnight", date(2026, 12, 8)),
        ("two fortnights", date(2026, 12, 22)),
        ("a couple of weeks", date(2026, 12, 8)),
        ("in 10 days", date(2026, 12, 4)),
        ("in a month", date(2026, 12, 24)),
        ("in 3 months", date(2027, 2, 24)),
        ("in a year", date(2027, 11, 24)),
        ("two weeks ago", date(2026, 11, 10)),
        ("a week from today", date(2026, 12, 1)),
        ("end of the month", date(2026, 11, 30)),
        ("the end of this month", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("start of next month", date(2026, 12, 1)),
        ("end of the week", date(2026, 11, 27)),
        ("end of next week", date(2026, 12, 4)),
        ("end of February", date(2027, 2, 28)),
        ("end of February 2028", date(2028, 2, 29)),
        ("end of the year", date(2026, 12, 31)),
        ("3 March", date(2027, 3, 3)),
        ("3rd of March", date(2027, 3, 3)),
        ("March 3rd", date(2027, 3, 3)),
        ("March 3, 2028", date(2028, 3, 3)),
        ("Wednesday 3 March", date(2027, 3, 3)),
        ("Wed, 3rd March 2027.", date(2027, 3, 3)),
        ("24 November", TODAY),
        ("23 November", date(2027, 11, 23)),
        ("3/3/26", date(2026, 3, 3)),
        ("3/3", date(2027, 3, 3)),
        ("2026-12-01", date(2026, 12, 1)),
        ("the 14th", date(2026, 12, 14)),
        ("the 24th", TODAY),
        ("on the 31st", date(2026, 12, 31)),
        ("29 February 2028", date(2028, 2, 29)),
        ("first Wednesday in August", date(2027, 8, 4)),
        ("the first Wednesday in August 2026", date(2026, 8, 5)),
        ("last Friday of the month", date(2026, 11, 27)),
        ("second Tuesday of next month", date(2026, 12, 8)),
        ("third Monday in November", date(2027, 11, 15)),
        ("last Monday in November", date(2026, 11, 30)),
        ("ARCP", date(2027, 6, 9)),
        ("before ARCP", date(2027, 6, 8)),
        ("two weeks before ARCP", date(2027, 5, 26)),
        ("6 weeks before the exam", date(2027, 1, 9)),
        ("a month after changeover", date(2027, 1, 2)),
        // The working day before a Monday is a Friday.
        ("before Monday", date(2026, 11, 27)),
        ("before 3 March", date(2027, 3, 2)),
    ] {
        let found = meant(text);
        assert_eq!(found.date, day, "{text}: {}", found.words);
        assert_eq!(found.or, None, "{text}");
    }
    assert_eq!(meant("Friday").words, "Friday 27 November 2026");
    assert_eq!(read("", TODAY, &known()), Ok(None));
    assert_eq!(read("  \u{200b} ", TODAY, &known()), Ok(None));
}

#[test]
fn next_friday_offers_the_other_day_that_some_mean() {
    let found = meant("next Friday");
    assert_eq!(found.words, "Friday 4 December 2026");
    assert_eq!(found.or, Some(date(2026, 11, 27)));
    // On a Sunday both are the same day.
    let sunday = date(2026, 11, 22);
    let found = read("next Friday", sunday, &known()).unwrap().unwrap();
    assert_eq!((found.date, found.or), (date(2026, 11, 27), None));
    // After Friday has passed, too.
    let found = read("next Tuesday", TODAY, &known()).unwrap().unwrap();
    assert_eq!((found.date, found.or), (date(2026, 12, 1), None));
}

#[test]
fn what_is_no_day_or_could_be_several_is_refused_with_what_to_type() {
    for (text, said) in [
        ("31 June", "There is no 31 June. Did you mean 30 June?"),
        ("31/6/2027", "There is no 31 June. Did you mean 30 June?"),
        ("June 31", "There is no 31 June. Did you mean 30 June?"),
        ("Thursday 31 June", "There is no 31 June. Did you mean 30 June?"),
        ("29 February 2027", "There is no 29 February 2027. Did you mean 28 February?"),
        ("2027-02-29", "There is no 29 February 2027. Did you mean 28 February?"),
        ("30 February 2028", "There is no 30 February. Did you mean 29 February?"),
        ("45 June", "45 June is not a date. Choose 1 to 30 June"),
        ("3/13/2027", "There is no month 13. Choose 1 to 12, the day first: 6/8/2026"),
        ("Friday 3 March 2027", "3 March 2027 is a Wednesday, not a Friday. Type one or the other"),
        (
            "fifth Friday in February 2027",
            "There is no fifth Friday in February 2027. The last is Friday 26 February 2027",
        ),
        ("next week", "Which day? Type it like Friday next week"),
        ("next month", "Which day? Type it like end of next month"),
        ("August", "Which day? Type it like first Wednesday in August"),
        ("August 2027", "Which day? Type it like first Wednesday in August"),
        ("soon", "Which day? Type it like 6 August 2026 or in 6 weeks"),
        (
            "at the end of the placement",
            "The end of the placement is not known yet. Type a date like 6 August 2026",
        ),
        ("in 900 months", "That is more than 50 years away. Type it like 6 August 2026"),
        ("3/3/1926", "That is more than 50 years away. Type it like 6 August 2026"),
    ] {
        let error = read(text, TODAY, &known()).map(|found| format!("{found:?}")).unwrap_err();
        assert_eq!(error.to_string(), said, "{text}");
    }
    for text in [
        "when pigs fly",
        "before",
        "in",
        "weeks in 6",
        "next",
        "first Wednesday",
        "in -3 weeks",
        "Friday Friday",
        "3 Smarch",
        "in 99999999999 weeks",
        "0th",
        "the 99th",
        "a week",
        "before before ARCP",
    ] {
        if text == "a week" || text == "before before ARCP" {
            assert!(read(text, TODAY, &known()).is_ok(), "{text}");
            continue;
        }
        assert!(read(text, TODAY, &known()).is_err(), "{text}");
    }
    let unknown = Known::default();
    let error = read("two weeks before ARCP", TODAY, &unknown).unwrap_err().to_string();
    assert_eq!(error, "The ARCP date is not known yet. Type a date like 6 August 2026");
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i32..60_000).prop_map(|days| date(1950, 1, 1).saturating_add(days.days()))
}

proptest! {
    #[test]
    fn a_day_of_the_week_is_within_a_week_and_of_that_name(today in any_day(), at in 0_usize..7) {
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let found = read(names[at], today, &Known::default()).unwrap().unwrap().date;
        prop_assert!(found > today && (found - today).get_days() <= 7);
        prop_assert_eq!(found.weekday().to_monday_zero_offset() as usize, at);
        let next = format!("next {}", names[at]);
        let next = read(&next, today, &Known::default()).unwrap().unwrap();
        prop_assert!(next.date > today && (next.date - today).get_days() <= 13);
        prop_assert_eq!(next.or.unwrap_or(next.date), found);
    }

    #[test]
    fn what_is_shown_is_read_back_as_the_same_day(today in any_day(), ahead in 0_i32..10_000) {
        let day = today.saturating_add(ahead.days());
        let found = read(&spoken(day), today, &Known::default()).unwrap().unwrap();
        prop_assert_eq!(found.date, day);
        prop_assert_eq!(found.words, spoken(day));
    }

    #[test]
    fn no_words_stop_the_program(text in "\\PC{0,30}", today in any_day()) {
        let _ = read(&text, today, &known());
    }

    #[test]
    fn no_mixture_of_known_words_stops_the_program(
        words in prop::collection::vec(prop::sample::select(vec![
            "next", "last", "this", "in", "a", "the", "of", "before", "after", "end", "first",
            "fifth", "week", "weeks", "month", "year", "friday", "march", "3", "31", "2027", "on",
            "fortnight", "arcp", "couple", "ago", "3rd", "day", "99999", "start", "29",
        ]), 0..7),
        today in any_day(),
    ) {
        let _ = read(&words.join(" "), today, &known());
    }

    #[test]
    fn a_training_year_holds_its_day_and_meets_the_next(day in any_day()) {
        let year = TrainingYear::of(day).unwrap();
        prop_assert!(year.from <= day && day <= year.to);
        prop_assert_eq!(year.from.weekday(), Weekday::Wednesday);
        prop_assert_eq!((year.from.month(), year.to.weekday()), (8, Weekday::Tuesday));
        prop_assert!(year.from.day() <= 7);
        let after = TrainingYear::of(year.to.tomorrow().unwrap()).unwrap();
        prop_assert_eq!(after.from, year.to.tomorrow().unwrap());
    }
}

#[test]
fn the_ends_of_the_calendar_are_no_days() {
    for text in ["tomorrow", "in 6 weeks", "friday", "friday next week", "end of next month"] {
        assert!(read(text, Date::MAX, &Known::default()).is_err(), "{text}");
    }
    assert!(read("yesterday", Date::MIN, &Known::default()).is_err());
    assert!(TrainingYear::of(Date::MAX).is_none());
}

#[test]
fn changeovers_are_first_wednesdays() {
    for (year, month, day) in
        [(2025, 8, 6), (2026, 8, 5), (2026, 12, 2), (2027, 2, 3), (2027, 4, 7), (2028, 8, 2)]
    {
        assert_eq!(changeover(year, month), Some(date(year, month, day)));
    }
    assert_eq!(changeover(2026, 13), None);
    assert_eq!(next_changeover(TODAY, &[8, 12, 4]), Some(date(2026, 12, 2)));
    assert_eq!(next_changeover(date(2026, 12, 2), &[8, 12, 4]), Some(date(2027, 4, 7)));
    assert_eq!(next_changeover(TODAY, &[8, 2]), Some(date(2027, 2, 3)));
    assert_eq!(last_changeover(date(2026, 8, 5), &[8]), Some(date(2026, 8, 5)));
    assert_eq!(last_changeover(date(2026, 8, 4), &[8]), Some(date(2025, 8, 6)));
    assert_eq!(next_changeover(TODAY, &[]), None);
    let year = TrainingYear::of(TODAY).unwrap();
    assert_eq!(year.words(), "5 August 2026 to 3 August 2027");
}

#[test]
fn how_long_it_is_is_said_in_words() {
    for (days, words) in [
        (0, "today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
        (13, "in 13 days"),
        (14, "in 2 weeks"),
        (182, "in 26 weeks"),
        (183, "in 6 months"),
        (365, "in 12 months"),
        (730, "in 2 years"),
        (1461, "in 4 years"),
        (-1, "yesterday"),
        (-9, "9 days ago"),
        (-21, "3 weeks ago"),
    ] {
        assert_eq!(until(TODAY + days.days(), TODAY), words, "{days}");
    }
    let person = Person {
        arcp_date: Some(date(2027, 6, 9)),
        exams: vec![Exam {
            name: "PACES".to_owned(),
            next: Some(date(2027, 2, 20)),
            ..Exam::default()
        }],
        ..Person::default()
    };
    let told: Vec<_> = countdowns(&person, TODAY)
        .into_iter()
        .map(|one| (one.towards, one.name, one.days, one.words))
        .collect();
    assert_eq!(
        told,
        [
            (Towards::Exam, "PACES".to_owned(), 88, "in 12 weeks".to_owned()),
            (Towards::Arcp, "ARCP".to_owned(), 197, "in 6 months".to_owned()),
        ]
    );
    assert_eq!(countdowns(&person, date(2027, 6, 10)), []);
}
