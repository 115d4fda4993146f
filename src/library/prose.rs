//! Measures of plain English. They guide; nothing is refused because of them.

/// The years between the first class at school and birth: a grade and these make an age.
const BEFORE_SCHOOL: f64 = 5.0;

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
pub fn syllables(word: &str) -> u32 {
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

/// The age at which most people can read these texts, in years.
pub fn reading_age<'a>(texts: impl Iterator<Item = &'a str>) -> f64 {
    grade(texts) + BEFORE_SCHOOL
}
