//! Reading and writing dates.

use cairn::model::date::{DateError, parse};
use cairn::model::text::long_date;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);

#[test]
fn a_date_is_read_as_people_write_it() {
    for (typed, expected) in [
        ("6 August 2026", date(2026, 8, 6)),
        ("6 Aug 2026", date(2026, 8, 6)),
        ("6 august 2026", date(2026, 8, 6)),
        ("6th August 2026", date(2026, 8, 6)),
        ("  6  August,  2026 ", date(2026, 8, 6)),
        ("6/8/2026", date(2026, 8, 6)),
        ("06/08/2026", date(2026, 8, 6)),
        ("6.8.26", date(2026, 8, 6)),
        ("6-8-2026", date(2026, 8, 6)),
        ("2026-08-06", date(2026, 8, 6)),
        ("2026/8/6", date(2026, 8, 6)),
        ("29 February 2028", date(2028, 2, 29)),
        ("1 sept 2026", date(2026, 9, 1)),
        ("31/12/1999", date(1999, 12, 31)),
    ] {
        assert_eq!(parse(typed, TODAY), Ok(Some(expected)), "{typed}");
    }
}

#[test]
fn without_a_year_it_is_the_nearest_one() {
    assert_eq!(parse("6 Aug", TODAY), Ok(Some(date(2026, 8, 6))));
    assert_eq!(parse("4 Dec", TODAY), Ok(Some(date(2026, 12, 4))));
    assert_eq!(parse("9 June", TODAY), Ok(Some(date(2026, 6, 9))));
    assert_eq!(parse("1 Feb", TODAY), Ok(Some(date(2027, 2, 1))));
    assert_eq!(parse("28/12", date(2027, 1, 5)), Ok(Some(date(2026, 12, 28))));
    assert_eq!(parse("29 Feb", date(2027, 6, 1)), Ok(Some(date(2028, 2, 29))));
}

#[test]
fn an_empty_text_is_no_date_and_no_error() {
    assert_eq!(parse("", TODAY), Ok(None));
    assert_eq!(parse("   ", TODAY), Ok(None));
}

#[test]
fn an_error_says_what_to_type() {
    for (typed, said) in [
        ("31 June 2027", "31 June is not a date. Choose 1 to 30 June"),
        ("31/6", "31 June is not a date. Choose 1 to 30 June"),
        ("29 February 2027", "29 February is not a date. Choose 1 to 28 February"),
        ("0 March 2027", "0 March is not a date. Choose 1 to 31 March"),
        ("6/13/2026", "There is no month 13. Choose 1 to 12, the day first: 6/8/2026"),
        ("next week", "Cairn cannot read this as a date. Type it like 6 August 2026"),
        ("6 Smarch 2026", "Cairn cannot read this as a date. Type it like 6 August 2026"),
        ("6 Ju 2026", "Cairn cannot read this as a date. Type it like 6 August 2026"),
        ("6/8/126", "Cairn cannot read this as a date. Type it like 6 August 2026"),
        ("6/8/1626", "Cairn cannot read this as a date. Type it like 6 August 2026"),
        ("2026", "Cairn cannot read this as a date. Type it like 6 August 2026"),
    ] {
        assert_eq!(parse(typed, TODAY).unwrap_err().to_string(), said, "{typed}");
    }
    assert_eq!(parse("999999999999/1/2026", TODAY), Err(DateError::Unclear));
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(year in 1900_i16..=2199, month in 1_i8..=12, day in 1_i8..=28) {
        let day = date(year, month, day);
        prop_assert_eq!(parse(&long_date(day), TODAY), Ok(Some(day)));
        prop_assert_eq!(parse(&day.to_string(), TODAY), Ok(Some(day)));
    }

    #[test]
    fn no_text_stops_the_program(text in "\\PC{0,24}") {
        let _ = parse(&text, TODAY);
    }

    #[test]
    fn numbers_never_stop_the_program(text in "[0-9]{1,5}[-/. ][0-9]{1,5}[-/. ]?[0-9]{0,5}") {
        if let Ok(Some(read)) = parse(&text, TODAY) {
            prop_assert!((1900..=2199).contains(&read.year()));
        }
    }
}
