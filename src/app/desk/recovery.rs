//! The recovery key, on its way to the screen.

use jiff::Timestamp;

use super::Desk;
use crate::app::notice::Notice;
use crate::app::state::Recovery;
use crate::vault::RecoveryKey;

impl Desk {
    /// The recovery key for the screen, with two different words to ask for.
    pub(in crate::app) fn shown(&mut self, key: &RecoveryKey) -> Recovery {
        const WORDS: u128 = 24;
        let first = self.fresh.random() % WORDS;
        let second = (first + 1 + self.fresh.random() % (WORDS - 1)) % WORDS;
        Recovery::of(key, [first.min(second) as usize, first.max(second) as usize])
    }

    /// Makes a new recovery key for the open record; the old sheet no longer opens it.
    ///
    /// # Errors
    /// In words; the old recovery key still works.
    pub fn new_recovery_key(&mut self, now: Timestamp) -> Result<RecoveryKey, Notice> {
        let receipt = self.fresh.id(now);
        let key = self.vault().and_then(|vault| vault.new_recovery_key(receipt, now));
        key.map_err(|error| Notice {
            safe: "Your old recovery sheet still works.".to_owned(),
            ..Notice::from(&error)
        })
    }
}
