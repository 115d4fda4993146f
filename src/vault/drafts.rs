//! Drafts: what is being typed, encrypted on this computer until it is saved as a revision.

use std::collections::BTreeMap;

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::error::VaultError;
use super::keys::Secrets;
use super::local::{DRAFTS, LocalFile, LocalState, Slot, Turn};
use super::names::VaultId;
use super::opened::OpenVault;
use super::record_file::MAX_RECORD;
use super::write::join;
use crate::model::Id;

/// The largest draft, in bytes: what a save refuses as too large is still kept here.
const MAX_DRAFT: u64 = 8 * MAX_RECORD;

/// A draft as it was last made durable.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What was typed, in the form that the caller gave it.
    pub content: Zeroizing<Vec<u8>>,
    /// When it was written, by this computer's clock.
    pub at: Timestamp,
    turn: Turn,
}

/// A draft that no disk takes: encrypted to the vault's own identity, so that it outlasts a lock
/// in memory and nobody reads it there.
pub struct SealedDraft {
    vault: VaultId,
    id: Id,
    sealed: Vec<u8>,
}

impl SealedDraft {
    /// The record that it is of, in the vault that can open it.
    pub const fn place(&self) -> (VaultId, Id) {
        (self.vault, self.id)
    }

    /// The encrypted bytes, all that is kept of the words.
    pub fn bytes(&self) -> &[u8] {
        &self.sealed
    }
}

impl OpenVault {
    /// Encrypts what could not be made durable.
    ///
    /// # Errors
    /// What was encrypted does not read back the same.
    pub fn seal_draft(&self, id: Id, content: &[u8]) -> Result<SealedDraft, VaultError> {
        let sealed = self.secrets.identity.encrypt(content).map_err(|_| VaultError::NotTheSame)?;
        Ok(SealedDraft { vault: self.secrets.vault, id, sealed })
    }

    /// What such a draft holds; nothing when it is of another vault.
    pub fn open_draft(&self, draft: &SealedDraft) -> Option<Zeroizing<Vec<u8>>> {
        let own = draft.vault == self.secrets.vault;
        own.then(|| self.secrets.identity.decrypt(&draft.sealed).ok()).flatten()
    }
}

/// The drafts of one vault on this computer.
#[derive(Debug, Default)]
pub struct Drafts(BTreeMap<Id, Draft>);

impl Drafts {
    /// Reads all drafts. Of a draft whose newer slot is damaged, the older one.
    pub fn read(local: &LocalState, secrets: &Secrets) -> Drafts {
        let mut drafts = BTreeMap::new();
        for listed in local.list(secrets.vault, DRAFTS) {
            let Some(id) = id_of(&listed.name) else { continue };
            if drafts.contains_key(&id) {
                continue;
            }
            if let Some(LocalFile { turn, at, content }) = local.read_slots(secrets, &stem(id)) {
                drafts.insert(id, Draft { content, at, turn });
            }
        }
        Drafts(drafts)
    }

    /// The draft of a record.
    pub fn get(&self, id: Id) -> Option<&Draft> {
        self.0.get(&id)
    }

    /// All drafts, by the record they are of.
    pub fn iter(&self) -> impl Iterator<Item = (Id, &Draft)> {
        self.0.iter().map(|(id, draft)| (*id, draft))
    }

    /// Makes a draft durable. The one before stays in the other slot.
    pub fn put(
        &mut self,
        local: &mut LocalState,
        secrets: &Secrets,
        id: Id,
        content: &[u8],
        now: Timestamp,
    ) -> Result<(), VaultError> {
        let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
        if size > MAX_DRAFT {
            return Err(VaultError::TooLarge { size, limit: MAX_DRAFT });
        }
        let last = self.0.get(&id).map(|draft| draft.turn);
        let turn = local.write_slots(secrets, &stem(id), last, content, now)?;
        let content = Zeroizing::new(content.to_vec());
        self.0.insert(id, Draft { content, at: now, turn });
        Ok(())
    }

    /// Removes a draft; one that is not there is as good as removed.
    pub fn clear(
        &mut self,
        local: &mut LocalState,
        secrets: &Secrets,
        id: Id,
    ) -> Result<(), VaultError> {
        let last = self.0.get(&id).map(|draft| draft.turn);
        local.clear_slots(secrets, &stem(id), last)?;
        self.0.remove(&id);
        Ok(())
    }
}

fn stem(id: Id) -> String {
    join(DRAFTS, &id.to_string())
}

/// The record that a file in the folder of drafts belongs to.
fn id_of(name: &str) -> Option<Id> {
    let id = name.get(..26)?.parse().ok()?;
    let is_slot = [Slot::A, Slot::B].iter().any(|slot| slot.name(&name[..26]) == name);
    is_slot.then_some(id)
}
