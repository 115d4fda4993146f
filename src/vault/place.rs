//! Where the person stopped, on this computer: carets and the like, never a word of the record.
//! It lies encrypted in local state and may be lost.

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::error::VaultError;
use super::opened::OpenVault;

/// Its file in local state.
const PLACE: &str = "place";

impl OpenVault {
    /// Remembers the place; the one before is forgotten.
    ///
    /// # Errors
    /// This computer's folder does not take it.
    pub fn keep_place(&mut self, place: &[u8], now: Timestamp) -> Result<(), VaultError> {
        self.closed.local.write_cache(&self.secrets, PLACE, 1, place, now)
    }

    /// The place that was remembered last; nothing where none was, or its file is damaged.
    pub fn place(&self) -> Option<Zeroizing<Vec<u8>>> {
        self.closed.local.read(&self.secrets, PLACE).ok().map(|(_, place)| place)
    }
}
