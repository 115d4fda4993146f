//! Measures of plain English for texts that ship with the program.

/// The sentences of a text. A full stop between digits or letters ends none.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (at, c) in text.char_indices() {
        if matches!(c, '.' | '?' | '!') {
            ended = true;
        } else if ended && c.is_whitespace() {
            sentences.push(text[start..at].trim());
            start = at;
            ended = false;
        } else if !matches!(c, '”' | '’' | '"' | ')') {
            ended = false;
        }
    }
    sentences.push(text[start..].trim());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

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
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
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

/// The Flesch-Kincaid grade of texts (Kincaid and others, 1975): about the school year in
/// which they can be read; reading age is some five years more.
pub fn grade<'a>(texts: impl Iterator<Item = &'a str>) -> f64 {
    let (mut count, mut words, mut syllables) = (0.0, 0.0, 0.0);
    for sentence in texts.flat_map(sentences) {
        count += 1.0;
        for word in sentence.split_whitespace() {
            words += 1.0;
            syllables += f64::from(self::syllables(word));
        }
    }
    0.39 * words / count + 11.8 * syllables / words - 15.59
}

/// Syllables of an English word by its groups of vowels; a silent final e does not count.
fn syllables(word: &str) -> u32 {
    let letters: Vec<char> =
        word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let vowel = |c: char| "aeiouy".contains(c);
    let mut groups = 0;
    let mut before = false;
    for c in &letters {
        if vowel(*c) && !before {
            groups += 1;
        }
        before = vowel(*c);
    }
    let silent = match letters.as_slice() {
        [.., x, 'l', 'e'] => vowel(*x),
        [.., 'e'] => true,
        [.., x, 'e', 'd'] => !matches!(x, 't' | 'd') && !vowel(*x),
        [.., x, 'e', 's'] => !matches!(x, 's' | 'c' | 'z' | 'x' | 'h' | 'g') && !vowel(*x),
        _ => false,
    };
    if silent && groups > 1 { groups - 1 } else { groups.max(1) }
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
