//! The six words that one person says to the other.

use zeroize::Zeroizing;

use super::PairError;
use crate::vault::{Passphrase, names, words};

/// How many there are.
const WORDS: usize = 6;

/// Six new words: 66 random bits.
pub fn new() -> Result<Zeroizing<String>, PairError> {
    let bytes = Zeroizing::new(names::random::<16>().map_err(|_| PairError::NoRandom)?);
    Ok(words::six_words(*bytes))
}

/// Reads six words as they are typed: capitals, spaces, line breaks, numbers and commas between
/// them do not matter.
pub fn read(typed: &str) -> Result<Passphrase, PairError> {
    let lower = Zeroizing::new(typed.to_lowercase());
    let said = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let mut plain = Zeroizing::new(String::with_capacity(lower.len() + 1));
    let mut many = 0;
    let mut unknown = None;
    for word in said {
        many += 1;
        if unknown.is_none() && !words::is_word(word) {
            unknown = Some(many);
        }
        if many > 1 {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    match unknown {
        _ if many != WORDS => Err(PairError::WordCount(many)),
        Some(place) => Err(PairError::UnknownWord(place)),
        None => Ok(Passphrase::new(&plain)),
    }
}
