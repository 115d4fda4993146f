//! The recovery key: 32 random bytes, shown once, as 24 words or as an age secret key.

use std::fmt;

use bech32::{Bech32, Hrp};
use bip39::{Language, Mnemonic};
use zeroize::Zeroizing;

use super::error::VaultError;
use super::names;

/// What the text of every age secret key begins with.
const PREFIX: &str = "AGE-SECRET-KEY-1";
/// How long the text of an age secret key is, in characters.
const KEY_LENGTH: usize = 74;
/// How many words stand for 32 bytes.
const WORDS: usize = 24;

/// A key that opens the vault when the passphrase is forgotten. It is wiped when dropped and
/// never shown by accident.
///
/// The 24 words are the English list of BIP 39 with the 32 bytes as entropy; no seed is derived
/// from them.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey(Zeroizing<[u8; 32]>);

/// Why a text is not a recovery key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryKeyError {
    /// There are not 24 words.
    #[error("a recovery key has 24 words, this has {0}")]
    WordCount(usize),
    /// A word is not in the list. Words are counted from 1.
    #[error("word {0} is not one of the recovery words")]
    UnknownWord(usize),
    /// All words are in the list, but they do not belong together: one is another word, or two
    /// changed places.
    #[error("the 24 words do not belong together")]
    Checksum,
    /// The text begins like an age secret key and is not one.
    #[error("the secret key has a wrong or missing letter")]
    SecretKey,
}

impl RecoveryKey {
    /// A new key.
    pub(super) fn random() -> Result<RecoveryKey, VaultError> {
        Ok(RecoveryKey(Zeroizing::new(names::random()?)))
    }

    /// Reads 24 words, or the text of an age secret key, also with the comments of a file
    /// around it. Capitals, spaces, line breaks, numbers and commas between words do not matter.
    ///
    /// # Errors
    /// Says what is wrong by the number of the word, never by the word itself.
    pub fn parse(text: &str) -> Result<RecoveryKey, RecoveryKeyError> {
        let upper = Zeroizing::new(text.to_uppercase());
        match upper.find(PREFIX) {
            Some(at) => Self::parse_secret_key(&upper[at..]),
            None => Self::parse_words(text),
        }
    }

    fn parse_secret_key(text: &str) -> Result<RecoveryKey, RecoveryKeyError> {
        let mut key = Zeroizing::new(String::with_capacity(KEY_LENGTH));
        key.extend(text.chars().filter(|c| !c.is_whitespace() && c.is_ascii()).take(KEY_LENGTH));
        secret_key_bytes(&key).map(RecoveryKey).ok_or(RecoveryKeyError::SecretKey)
    }

    fn parse_words(text: &str) -> Result<RecoveryKey, RecoveryKeyError> {
        let lower = Zeroizing::new(text.to_lowercase());
        let mut plain = Zeroizing::new(String::with_capacity(lower.len() + 1));
        for word in lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            plain.push_str(word);
            plain.push(' ');
        }
        let count = plain.split_whitespace().count();
        if count != WORDS {
            return Err(RecoveryKeyError::WordCount(count));
        }
        let words =
            Mnemonic::parse_in_normalized(Language::English, &plain).map_err(|why| match why {
                bip39::Error::UnknownWord(index) => RecoveryKeyError::UnknownWord(index + 1),
                bip39::Error::BadWordCount(count) => RecoveryKeyError::WordCount(count),
                bip39::Error::InvalidChecksum
                | bip39::Error::BadEntropyBitCount(_)
                | bip39::Error::AmbiguousLanguages(_) => RecoveryKeyError::Checksum,
            })?;
        let (entropy, _) = words.to_entropy_array();
        let entropy = Zeroizing::new(entropy);
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(&entropy[..32]);
        Ok(RecoveryKey(bytes))
    }

    /// The 24 words with single spaces between them.
    pub fn words(&self) -> Zeroizing<String> {
        // The longest word of the list has eight letters.
        let mut text = Zeroizing::new(String::with_capacity(WORDS * 9));
        // 32 bytes are one of the lengths that BIP 39 has, so this always gives words.
        if let Ok(words) = Mnemonic::from_entropy_in(Language::English, self.0.as_slice()) {
            for word in words.words() {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
        }
        text
    }

    /// The key as an age secret key, `AGE-SECRET-KEY-1...`: what stock age takes with `-i`.
    pub fn as_age_key(&self) -> Zeroizing<String> {
        secret_key_text(&self.0)
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(..)")
    }
}

/// The text of an age secret key of these bytes.
pub(super) fn secret_key_text(bytes: &[u8; 32]) -> Zeroizing<String> {
    let hrp = Hrp::parse_unchecked("AGE-SECRET-KEY-");
    let mut text = Zeroizing::new(String::with_capacity(KEY_LENGTH));
    // Writing into a string cannot go wrong, and 32 bytes are below every limit of Bech32.
    let _ = bech32::encode_upper_to_fmt::<Bech32, String>(&mut text, hrp, bytes);
    text
}

/// The 32 bytes of an age secret key's text.
fn secret_key_bytes(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let checked = bech32::primitives::decode::CheckedHrpstring::new::<Bech32>(text).ok()?;
    if !checked.hrp().as_str().eq_ignore_ascii_case("AGE-SECRET-KEY-") {
        return None;
    }
    let mut bytes = Zeroizing::new([0; 32]);
    let mut found = checked.byte_iter();
    for byte in bytes.iter_mut() {
        *byte = found.next()?;
    }
    found.next().is_none().then_some(bytes)
}
