//! The state of the record, for the screens.

use super::{Desk, Slot};
use crate::app::record_state::RecordState;
use crate::vault::{Damage, Damaged};

impl Desk {
    /// What there is to know about the open record's files: after opening, and after each look
    /// at what other computers wrote.
    pub fn record_state(&self) -> RecordState {
        let Slot::Open(vault) = &self.slot else { return RecordState::default() };
        let shapeless = self.shapeless.iter();
        let shapeless = shapeless.map(|id| Damaged { file: id.to_string(), why: Damage::Shape });
        RecordState {
            files: vault.files(),
            damaged: vault.damaged().into_iter().chain(shapeless).collect(),
            warnings: vault.warnings().to_vec(),
            unsettled: self.unsettled.clone(),
            checked: None,
        }
    }
}
