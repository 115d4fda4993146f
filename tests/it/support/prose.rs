//! Measures of plain English for texts that ship with the program.

pub use cairn::library::prose::{grade, sentences, syllables};
use cairn::model::text::MONTHS;

/// A word, a date or a mark that has no place in these texts. Dates are kept as days from
/// today, so a month or a year would be wrong for most of the year.
pub fn unwanted(text: &str) -> Option<String> {
    const WORDS: [&str; 22] = [
        "anonymised",
        "anonymized",
        "please",
        "failed to",
        "invalid",
        "oops",
        "confidential",
        "junior doctor",
        "bame",
        "bme",
        "trainee’s fault",
        "!",
        "lorem",
        "colour-blind",
        "mentee",
        "he/she",
        "utilise",
        "synergy",
        "best in class",
        " etc",
        "weak doctor",
        "attitude problem",
    ];
    let lower = text.to_lowercase();
    if let Some(word) = WORDS.iter().find(|word| lower.contains(**word)) {
        return Some((*word).to_owned());
    }
    text.split(|c: char| !c.is_alphanumeric())
        .find(|word| {
            MONTHS.contains(word) || (word.len() == 4 && word.chars().all(|c| c.is_ascii_digit()))
        })
        .map(ToString::to_string)
}

#[test]
fn sentences_and_syllables_are_counted_as_by_hand() {
    assert_eq!(
        sentences("One. Two? “Three.” And 2.5 more"),
        ["One.", "Two?", "“Three.”", "And 2.5 more"]
    );
    for (word, count) in [
        ("the", 1),
        ("table", 2),
        ("named", 1),
        ("needed", 2),
        ("supervisor", 4),
        ("people", 2),
        ("notes", 1),
        ("pages", 2),
    ] {
        assert_eq!(syllables(word), count, "{word}");
    }
    assert!(grade(["The cat sat on the mat."].into_iter()) < 1.0);
    assert_eq!(unwanted("Seen in March"), Some("March".to_owned()));
    assert_eq!(unwanted("It may be so. Marching on."), None);
}
