//! What is typed and not yet in the record: drafts on this computer, and what no disk takes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::Desk;
use crate::app::draft::{self, Change};
use crate::app::notice::Notice;
use crate::app::place::Place;
use crate::model::Id;
use crate::vault::{OpenVault, SealedDraft, VaultError};

/// Drafts that neither the record nor this computer's folder took, encrypted. They stay over a
/// lock, and with another record open, until they are kept; the end of the process loses them.
#[derive(Default)]
pub struct Unkept(Vec<SealedDraft>);

impl Unkept {
    /// Whether there are any, of any record.
    pub const fn is_any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Those of this vault, by the record they are of.
    pub fn of(&self, vault: &OpenVault) -> BTreeMap<Id, Zeroizing<Vec<u8>>> {
        let open = |draft| Some((SealedDraft::place(draft).1, vault.open_draft(draft)?));
        self.0.iter().filter_map(open).collect()
    }

    /// Forgets those of this vault of which `is_gone` says so.
    pub fn forget(&mut self, vault: &OpenVault, is_gone: impl Fn(&[Change]) -> bool) {
        self.0.retain(|draft| {
            let content = vault.open_draft(draft);
            let read = content.and_then(|content| draft::read(&content).ok());
            !read.is_some_and(|(changes, _)| is_gone(&changes))
        });
    }

    fn put(&mut self, draft: SealedDraft) {
        self.0.retain(|held| held.place() != draft.place());
        self.0.push(draft);
    }

    fn kept(&mut self, vault: &OpenVault, id: Id) {
        self.0.retain(|held| held.place() != (vault.id(), id));
    }
}

impl Desk {
    /// Saves, and clears the draft that this makes needless: that of the first of what changed.
    /// What can't be saved goes into that draft, so that a lock or a crash does not lose it.
    pub(super) fn save_or_draft(
        &mut self,
        changes: &[Change],
        decides: bool,
        now: Timestamp,
    ) -> Result<(), Notice> {
        let result = self.save_as(changes, decides, now);
        match (&result, changes.first().map(|change| change.id)) {
            (Ok(()), Some(id)) => self.clear_draft(id),
            (Err(_), Some(id)) => {
                // The error of the save is the one to tell.
                let _ = self.draft(id, changes, now);
            }
            (_, None) => {}
        }
        result.map_err(|error| Notice::from(&error))
    }

    /// Remembers where the person stopped. It may be lost: nothing written is in it.
    pub(super) fn keep_place(&mut self, place: &Place, now: Timestamp) {
        if let (Ok(bytes), Ok(vault)) = (serde_json::to_vec(place), self.vault()) {
            let _ = vault.keep_place(&bytes, now);
        }
    }

    /// Where the person stopped the last time.
    pub(super) fn place(&self) -> Place {
        let kept = self.open_vault().and_then(OpenVault::place);
        kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Forgets a draft.
    pub(super) fn clear_draft(&mut self, id: Id) {
        let Desk { slot: super::Slot::Open(vault), unkept, .. } = self else { return };
        unkept.kept(vault, id);
        // A draft that stays is only offered once more; it can't lose anything.
        let _ = vault.draft_clear(id);
    }

    /// Keeps changes as a draft: on this computer, or encrypted in memory where it takes none.
    pub(super) fn draft(
        &mut self,
        id: Id,
        changes: &[Change],
        now: Timestamp,
    ) -> Result<(), Notice> {
        let bases = self.bases_of(changes);
        let bytes = Zeroizing::new(
            draft::write(changes, &bases).map_err(|_| Notice::from(&VaultError::NotTheSame))?,
        );
        let unopened = VaultError::FolderMissing { file: String::new() };
        let Desk { slot: super::Slot::Open(vault), unkept, .. } = self else {
            return Err(Notice::from(&unopened));
        };
        match vault.draft_put(id, &bytes, now) {
            Ok(()) => {
                unkept.kept(vault, id);
                Ok(())
            }
            Err(error) => {
                vault.seal_draft(id, &bytes).map(|draft| unkept.put(draft)).map_err(told)?;
                Err(told(error))
            }
        }
    }
}

fn told(error: VaultError) -> Notice {
    Notice::from(&error)
}
