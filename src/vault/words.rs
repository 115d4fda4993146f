//! Words that stand for bits, so that a person can compare or write down what a computer names.

use bip39::Language;

/// The first 44 bits as four English words of BIP 39.
pub fn four_words(bytes: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(bytes);
    let word = |at: u32| {
        // Eleven bits are below the 2048 words of the list.
        let index = usize::try_from((bits >> (128 - 11 * (at + 1))) & 0x7ff).unwrap_or_default();
        Language::English.word_list()[index]
    };
    [word(0), word(1), word(2), word(3)].join(" ")
}
