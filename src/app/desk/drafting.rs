//! What is typed and not yet in the record: drafts on this computer, and what no disk takes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::Desk;
use crate::app::draft::{self, Change};
use crate::app::notice::Notice;
use crate::app::place::Place;
use crate::app::settling::Settling;
use crate::app::unfinished::Unfinished;
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

    /// Forgets those of this vault of which `is_gone` says so by their content.
    pub fn forget(&mut self, vault: &OpenVault, is_gone: impl Fn(&[u8]) -> bool) {
        self.0.retain(|draft| !vault.open_draft(draft).is_some_and(|content| is_gone(&content)));
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
        let written = draft::write(changes, &bases);
        self.put_draft(id, written.map_err(|_| told(VaultError::NotTheSame))?, now)
    }

    /// The same for what is chosen for the places that two computers changed.
    pub(super) fn draft_settling(
        &mut self,
        id: Id,
        settling: &Settling,
        now: Timestamp,
    ) -> Result<(), Notice> {
        let (id, written) = (Settling::draft_of(id), settling.write());
        self.put_draft(id, written.map_err(|_| told(VaultError::NotTheSame))?, now)
    }

    /// What was chosen for the places of a record and is in its draft.
    pub(super) fn settling(&self, id: Id) -> Option<Settling> {
        let id = Settling::draft_of(id);
        let Desk { slot: super::Slot::Open(vault), unkept, .. } = self else { return None };
        let newer = unkept.of(vault).remove(&id);
        let older = || vault.drafts().find(|(of, _)| *of == id).map(|(_, draft)| &draft.content);
        match &newer {
            Some(content) => Settling::read(content),
            None => older().and_then(|content| Settling::read(content)),
        }
    }

    /// The same for forms that are half typed.
    pub(super) fn draft_forms(&mut self, forms: &Unfinished, now: Timestamp) -> Result<(), Notice> {
        let (id, written) = (Unfinished::draft_of(forms.about), forms.write());
        self.put_draft(id, written.map_err(|_| told(VaultError::NotTheSame))?, now)
    }

    /// The forms that are in drafts, of people who are there.
    pub(super) fn forms_left(&self) -> Vec<Unfinished> {
        let Desk { slot: super::Slot::Open(vault), unkept, .. } = self else { return Vec::new() };
        let newer = unkept.of(vault);
        let older = vault.drafts().filter(|(id, _)| !newer.contains_key(id));
        let all = older.map(|(_, draft)| &draft.content).chain(newer.values());
        all.filter_map(|content| Unfinished::read(content)).collect()
    }

    fn put_draft(&mut self, id: Id, bytes: Vec<u8>, now: Timestamp) -> Result<(), Notice> {
        let bytes = Zeroizing::new(bytes);
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
