//! Laws of the review that hold for any text: places between characters, in order, apart; the
//! same answer every time; a text with what is offered put in is a text.

use std::sync::LazyLock;

use cairn::review::{Finding, Reviewer, Settings, Speller};
use jiff::civil::date;
use proptest::prelude::*;

static REVIEWER: LazyLock<Reviewer> = LazyLock::new(|| Reviewer::built_in().unwrap());
static SPELLER: LazyLock<Speller> = LazyLock::new(|| Speller::british().unwrap());

/// Pieces that the rules look for, and what breaks readers of text.
const PIECES: [&str; 60] = [
    "NHS",
    "no",
    ":",
    "943 476 5919",
    "9434765919",
    "1507853025",
    "DOB",
    "12/03/1958",
    "12 March",
    "1958",
    "born on",
    "Mr",
    "Dr.",
    "O’Brien",
    "Jones’s",
    "van der",
    "ward",
    "Bed",
    "7B",
    "4",
    "93",
    "-year-old",
    "aged",
    "LS99 4QX",
    "07700 900123",
    "+44 (0)",
    "(",
    ")",
    "@",
    "a.b@example.org",
    "GMC",
    "7123456",
    "YHD/023/118/N",
    "MRN",
    "K1234567",
    "Will",
    "May",
    "Grace",
    "Amina",
    "王伟",
    "محمد",
    "प्रिया",
    "lazy",
    "aggressive",
    "treatment",
    "needs to improve",
    "died",
    "👩🏽‍⚕️",
    "e\u{301}",
    "\u{ad}",
    "\u{200d}",
    "\u{a0}",
    "\u{202e}",
    "\n",
    "\r\n",
    "\u{0}",
    "９４３",
    "٩٤",
    "ﷺ",
    "ß",
];

fn settings() -> Settings {
    let names =
        ["Dr Amina Larkspur", "Will Okafor", "May", "王伟", "محمد السيد", "प्रिया", "", "\u{301}"];
    Settings {
        names: names.map(str::to_owned).to_vec(),
        own_words: vec!["zzz".to_owned()],
        hospital_patterns: vec!["@@##".to_owned(), String::new(), "é#".to_owned()],
        today: Some(date(2026, 11, 22)),
        ..Settings::default()
    }
}

fn hold(text: &str) -> Result<Vec<Finding>, TestCaseError> {
    let found = REVIEWER.review(text, &settings(), Some(&SPELLER));
    let mut before = 0;
    for it in &found {
        prop_assert!(it.bytes.start >= before && it.bytes.start < it.bytes.end, "{it:?}");
        prop_assert_eq!(text.get(it.bytes.clone()), Some(it.text.as_str()));
        prop_assert_eq!(text[..it.bytes.start].chars().count(), it.chars.start);
        prop_assert_eq!(text[..it.bytes.end].chars().count(), it.chars.end);
        prop_assert!(!it.reason.is_empty());
        prop_assert!(it.replacement.as_deref().is_none_or(|offered| !offered.is_empty()));
        before = it.bytes.end;
    }
    prop_assert_eq!(&REVIEWER.review(text, &settings(), Some(&SPELLER)), &found);
    // From the end, so that the places before stay where they are.
    let mut changed = text.to_owned();
    for it in found.iter().rev() {
        if let Some(offered) = &it.replacement {
            changed.replace_range(it.bytes.clone(), offered);
        }
    }
    REVIEWER.review(&changed, &settings(), None);
    Ok(found)
}

fn cases() -> ProptestConfig {
    let cases = std::env::var("CAIRN_REVIEW_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases.unwrap_or(300)) }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_text_is_answered_by_the_law(text in "\\PC{0,80}") {
        hold(&text)?;
    }

    #[test]
    fn any_pieces_in_a_row_are_answered_by_the_law(
        pieces in prop::collection::vec((prop::sample::select(&PIECES[..]), any::<bool>()), 0..24),
    ) {
        let text: String =
            pieces.iter().map(|(piece, gap)| format!("{piece}{}", if *gap { " " } else { "" })).collect();
        hold(&text)?;
    }

    /// What can't be seen, or is another way to write the same, hides no number.
    #[test]
    fn a_number_is_found_however_it_is_written(
        hidden in prop::collection::vec(0_usize..13, 0..6),
        gap in prop::sample::select(vec![" ", "\u{a0}", "\u{2009}", "-", "\u{2011}", "–", ""]),
        zero in prop::sample::select(vec!['0', '０', '٠', '۰', '०', '௦']),
    ) {
        let mut number: Vec<String> = format!("943{gap}476{gap}5919")
            .chars()
            .map(|c| match c.to_digit(10) {
                Some(digit) => char::from_u32(u32::from(zero) + digit).unwrap().to_string(),
                None => c.to_string(),
            })
            .collect();
        for at in hidden {
            // Inside, and not right at a dash: there it would be a mark of its own.
            let at = at.clamp(1, number.len() - 1);
            number[at - 1].push('\u{ad}');
        }
        let text = format!("The form of {} was kept.", number.concat());
        let found = hold(&text)?;
        prop_assert!(found.iter().any(|it| it.kind.id() == "nhs-number"), "{text:?}");
    }
}
