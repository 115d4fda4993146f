//! How well identifiers are found, on sentences that were written for it, and the single rules.

mod labelled;

use std::sync::LazyLock;

use cairn::review::{Finding, Grade, Kind, Reviewer, Settings};
use jiff::civil::date;
use labelled::{Figures, Set};

const LABELLED: &str = include_str!("../data/review/labelled.txt");
const CLEAN: &str = include_str!("../data/review/clean.txt");
const HELD_OUT: &str = include_str!("../data/review/held-out.txt");

fn reviewer() -> &'static Reviewer {
    static MADE: LazyLock<Reviewer> = LazyLock::new(|| Reviewer::built_in().unwrap());
    &MADE
}

fn found(text: &str) -> Vec<Finding> {
    let settings = Settings { today: Some(date(2026, 11, 22)), ..Settings::default() };
    reviewer().review(text, &settings, None)
}

/// The only finding.
#[track_caller]
fn only(text: &str) -> Finding {
    let mut found = found(text);
    assert_eq!(found.len(), 1, "{text}: {found:#?}");
    found.remove(0)
}

fn figures(name: &str, file: &str) -> Figures {
    let figures = Figures::of(reviewer(), &Set::read(file));
    eprintln!("REVIEW: {name}: {figures}");
    figures
}

#[test]
fn of_300_labelled_sentences_strong_identifiers_are_found_and_clean_ones_stay_quiet() {
    let labelled = figures("labelled", LABELLED);
    let clean = figures("clean", CLEAN);
    let remarks = [&labelled.remarks[..], &clean.remarks].concat();
    assert!(labelled.sentences + clean.sentences >= 300 && clean.sentences >= 120);
    assert!(labelled.strong.1 >= 120 && labelled.weak.1 >= 40, "{labelled}");
    assert!(labelled.strong.0 * 100 >= labelled.strong.1 * 99, "{remarks:#?}");
    assert!(labelled.weak.0 * 100 >= labelled.weak.1 * 95, "{remarks:#?}");
    assert!(clean.rate() < 2.0, "{remarks:#?}");
    assert_eq!(labelled.false_alarms, 0, "{remarks:#?}");
}

/// Its figures are told, and only a collapse fails: a bar just under the last figure would invite
/// to tune on it.
#[test]
fn the_held_out_sentences_tell_how_it_does_on_what_it_was_not_tuned_on() {
    let held_out = figures("held out", HELD_OUT);
    assert_eq!(held_out.sentences, 60);
    assert!(held_out.strong.0 * 10 >= held_out.strong.1 * 9, "{held_out}");
}

/// NHS, CHI and H&C numbers of the worked examples.
#[test]
fn the_worked_examples_are_graded_as_they_are_worked_out() {
    for (text, kind, grade) in [
        ("943 476 5919", Kind::NhsNumber, Grade::Strong),
        ("9434765919", Kind::NhsNumber, Grade::Strong),
        ("999 123 4567", Kind::NhsNumber, Grade::Weak),
        ("987 654 4321", Kind::NhsNumber, Grade::Weak),
        ("485 777 3456", Kind::NhsNumber, Grade::Weak),
        ("1507853025", Kind::ChiNumber, Grade::Strong),
        ("150785 3025", Kind::ChiNumber, Grade::Strong),
    ] {
        let found = only(&format!("It was {text} on the form."));
        assert_eq!((found.kind, found.grade, found.text.as_str()), (kind, grade, text));
    }
    let labelled = only("NHS no. 999 123 4567");
    assert_eq!((labelled.grade, labelled.text.as_str()), (Grade::Strong, "999 123 4567"));
    // Ten digits in one piece with a wrong check digit and no label may be anything.
    assert_eq!(found("Order 9991234567 came on time."), []);
    assert_eq!(found("Order 4857773456 came on time."), []);
}

/// The ranges, with check digits worked out here: nine in ten stems of a plausible range have one.
#[test]
fn every_plausible_range_is_strong_and_others_are_a_shape_alone() {
    let whole = |stem: u32| {
        let digits = format!("{stem:09}");
        let sum: u32 =
            digits.chars().zip((2..=10).rev()).map(|(c, by)| by * c.to_digit(10).unwrap()).sum();
        let check = (11 - sum % 11) % 11;
        (check < 10).then(|| format!("{digits}{check}"))
    };
    let grouped = |n: &str| format!("{} {} {}", &n[..3], &n[3..6], &n[6..]);
    let mut counted = 0;
    for (from, to, expected) in [
        (400_000_000, 499_999_999, Some(Kind::NhsNumber)),
        (600_000_000, 799_999_999, Some(Kind::NhsNumber)),
        (320_000_001, 399_999_999, Some(Kind::HcNumber)),
        (500_000_000, 599_999_999, None),
        (800_000_000, 899_999_999, None),
    ] {
        for stem in (from..to).step_by(7_654_321) {
            let Some(number) = whole(stem) else { continue };
            counted += 1;
            let plain = found(&format!("It was {number} there."));
            let apart = only(&format!("It was {} there.", grouped(&number)));
            if let Some(kind) = expected {
                assert_eq!((plain[0].kind, plain[0].grade), (kind, Grade::Strong), "{number}");
                assert_eq!((apart.kind, apart.grade), (kind, Grade::Strong), "{number}");
            } else {
                assert_eq!(plain, [], "{number}");
                assert_eq!((apart.kind, apart.grade), (Kind::NhsNumber, Grade::Weak), "{number}");
            }
        }
    }
    assert!(counted > 60, "{counted}");
}

#[test]
fn what_is_offered_reads_well_where_it_stands() {
    for (text, wanted) in [
        ("Mr Jones’s wife rang.", "The patient’s wife rang."),
        ("I saw Mrs Jones.", "I saw the patient."),
        ("I asked Dr Patel to help.", "I asked a colleague to help."),
        ("He works on ward 7B now.", "He works on a ward now."),
        ("A fall on the Cedar ward.", "A fall on a ward."),
        ("A 93-year-old man.", "A 90-or-over man."),
        ("She is aged 97 and well.", "She is aged 90 or over and well."),
        ("A man born on 12 March 1958.", "A man in their 60s."),
        ("The patient, DOB 12/03/1958, came.", "The patient, in their 60s, came."),
        ("A baby born on 9 June 2026 came.", "A baby under a year old came."),
        ("She died on 3 March 2026.", "She died in March 2026."),
        ("Write to a.b@example.org now.", "Write to (e-mail address left out) now."),
        ("It said 943 476 5919.", "It said (NHS number left out)."),
    ] {
        let found = only(text);
        let mut changed = text.to_owned();
        changed.replace_range(found.bytes.clone(), found.replacement.as_deref().unwrap());
        assert_eq!(changed, wanted);
    }
}

#[test]
fn places_are_given_in_bytes_and_in_characters() {
    let found = only("👩🏽‍⚕️ e\u{301}é → NHS 943\u{a0}476\u{a0}5919.");
    assert_eq!(found.text, "943\u{a0}476\u{a0}5919");
    let before = "👩🏽‍⚕️ e\u{301}é → NHS ";
    assert_eq!(found.bytes.start, before.len());
    assert_eq!(found.chars, before.chars().count()..before.chars().count() + 12);
}

#[test]
fn what_the_person_keeps_or_switches_off_is_not_found_again() {
    let text = "Mr Jones, ward 3, K7654321, AB-12345.";
    let mut settings = Settings::default();
    let kinds = |settings: &Settings| -> Vec<Kind> {
        reviewer().review(text, settings, None).iter().map(|found| found.kind).collect()
    };
    assert_eq!(kinds(&settings), [Kind::Name, Kind::WardOrBed, Kind::HospitalNumber]);
    settings.allowed.push("Ward 3".to_owned());
    assert_eq!(kinds(&settings), [Kind::Name, Kind::HospitalNumber]);
    settings.off.insert(Kind::Name);
    assert_eq!(kinds(&settings), [Kind::HospitalNumber]);
    settings.hospital_patterns.push("@@-#####".to_owned());
    assert_eq!(kinds(&settings), [Kind::HospitalNumber, Kind::HospitalNumber]);
}

/// With the doctor of the note switched off, a title before the name brings nothing back.
#[test]
fn somebody_on_the_caseload_is_one_kind_with_and_without_a_title() {
    let mut settings = Settings { names: vec!["Dr Amina Larkspur".into()], ..Settings::default() };
    let text = "Dr Larkspur, Amina, Dr Amina Larkspur and Dr Fernhill met.";
    let kinds = |settings: &Settings| -> Vec<Kind> {
        reviewer().review(text, settings, None).iter().map(|found| found.kind).collect()
    };
    assert_eq!(kinds(&settings), [Kind::Person, Kind::Person, Kind::Person, Kind::Name]);
    settings.off.insert(Kind::Person);
    assert_eq!(kinds(&settings), [Kind::Name]);
}

#[test]
fn a_long_text_is_looked_through_to_its_end_and_can_be_given_up() {
    let line = "Nothing is in this line of the note, and it goes on for a while.\n";
    for filler in [line.repeat(4_000), line.replace('\n', " ").repeat(4_000), "x".repeat(300_000)] {
        let text = format!("Mr Jones. {filler} NHS 943 476 5919");
        let settings = Settings::default();
        let found = reviewer().review(&text, &settings, None);
        let texts: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["Mr Jones", "943 476 5919"]);
        assert_eq!(found[1].chars.end, text.chars().count());
        let asked = std::cell::Cell::new(0);
        let stop = || asked.replace(asked.get() + 1) > 0;
        assert_eq!(reviewer().review_until(&text, &settings, None, &stop).len(), 1);
    }
}
