//! The passphrase.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// A passphrase in Unicode's composed form (NFC), so that the same letters typed on another
/// keyboard open the vault. It is wiped when dropped and never shown.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes what was typed. Spaces count.
    pub fn new(text: &str) -> Passphrase {
        // NFC makes UTF-8 at most three times as long (Unicode Technical Report 36, 3.1): with
        // room for that, no copy is left behind by growing.
        let mut composed = Zeroizing::new(String::with_capacity(text.len() * 3));
        composed.extend(text.nfc());
        Passphrase(composed)
    }

    /// The text, for the key derivation alone.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}
