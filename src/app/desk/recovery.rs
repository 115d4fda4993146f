//! The recovery key, on its way to the screen.

use jiff::Timestamp;

use super::Desk;
use crate::app::job::Outcome;
use crate::app::notice::Notice;
use crate::app::state::Recovery;
use crate::vault::{OpenVault, RecoveryKey};

impl Desk {
    /// The recovery key for the screen, with two different words to ask for.
    pub(in crate::app) fn shown(&mut self, key: &RecoveryKey) -> Recovery {
        const WORDS: u128 = 24;
        let first = self.fresh.random() % WORDS;
        let second = (first + 1 + self.fresh.random() % (WORDS - 1)) % WORDS;
        Recovery::of(key, [first.min(second) as usize, first.max(second) as usize])
    }

    /// Makes a new recovery key for the open record. The old sheet opens it until
    /// [`Desk::shut_older_recovery_keys_out`].
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

    /// Shuts the older recovery keys out, once the person has the new one.
    ///
    /// # Errors
    /// In words; an older sheet may still open the record.
    pub fn shut_older_recovery_keys_out(&mut self) -> Result<(), Notice> {
        let done = self.vault().and_then(OpenVault::shut_older_recovery_keys_out);
        done.map_err(|error| Notice {
            safe: "The new recovery sheet works, and so may the old one.".to_owned(),
            ..Notice::from(&error)
        })
    }

    /// The same for the window, with what it changed of the record's state.
    pub(super) fn recovery_key_checked(&mut self) -> Vec<Outcome> {
        let done = self.shut_older_recovery_keys_out();
        let mut outcomes: Vec<Outcome> = done.err().map(Outcome::NotShutOut).into_iter().collect();
        outcomes.extend(self.tell_state());
        outcomes
    }
}
