//! Words that stand for bits, so that a person can compare or write down what a computer names.

use bip39::Language;
use zeroize::Zeroizing;

/// The first 44 bits as four English words of BIP 39.
pub fn four_words(bytes: [u8; 16]) -> String {
    words(bytes, 4).as_str().to_owned()
}

/// The first 66 bits as six English words of BIP 39, with single spaces between them.
pub fn six_words(bytes: [u8; 16]) -> Zeroizing<String> {
    words(bytes, 6)
}

/// Whether a word, in lower case, is in the list.
pub fn is_word(word: &str) -> bool {
    Language::English.word_list().contains(&word)
}

/// The word of the list that was most likely meant by one that is not in it: the only one that
/// begins with the same four letters, else one that differs in a letter or two.
pub fn near(word: &str) -> Option<&'static str> {
    let list = Language::English.word_list().iter().copied();
    let begins = |other: &&str| word.get(..4).is_some_and(|first| other.starts_with(first));
    if let Some(found) = list.clone().find(begins) {
        return Some(found);
    }
    let most = if word.len() < 5 { 1 } else { 2 };
    let told = list.map(|other| (letters_apart(word, other), other));
    told.filter(|(apart, _)| *apart <= most).min().map(|(_, found)| found)
}

/// How many letters have to be put in, taken out or changed.
fn letters_apart(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.bytes().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], at + 1);
        for (to, other) in b.bytes().enumerate() {
            let change = corner + usize::from(letter != other);
            corner = row[to + 1];
            row[to + 1] = change.min(corner + 1).min(row[to] + 1);
        }
    }
    row[b.len()]
}

fn words(bytes: [u8; 16], many: u32) -> Zeroizing<String> {
    let bits = Zeroizing::new(u128::from_be_bytes(bytes));
    // The longest word of the list has eight letters, so the text never moves.
    let mut text = Zeroizing::new(String::with_capacity(9 * 11));
    for at in 0..many.min(11) {
        // Eleven bits are below the 2048 words of the list.
        let index = usize::try_from((*bits >> (128 - 11 * (at + 1))) & 0x7ff).unwrap_or_default();
        if at > 0 {
            text.push(' ');
        }
        text.push_str(Language::English.word_list()[index]);
    }
    text
}
