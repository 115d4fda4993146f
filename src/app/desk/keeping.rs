//! Keeping the open record: its state for the screens, erasing, what is held back, accepting a
//! folder that was set back.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Desk, Slot, reading};
use crate::app::draft::{self, Change};
use crate::app::fresh::Fresh;
use crate::app::job::Outcome;
use crate::app::keeping::{Changed, Gone, KeepingJob, Kept};
use crate::app::notice::Notice;
use crate::app::record_state::RecordState;
use crate::model::Id;
use crate::vault::{Damage, Damaged, Erased, OpenVault, Refreshed, VaultError};

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
            divided: vault.records().divided().count(),
            checked: None,
        }
    }

    pub(super) fn keep(&mut self, job: KeepingJob, now: Timestamp) -> Outcome {
        Outcome::Kept(match job {
            KeepingJob::Erase(person) => {
                let erased = self.erase(person, now);
                let gone = erased.map(|erased| {
                    let left = erased.left.len();
                    Gone { left, changed: self.changed(erased.changed) }
                });
                Kept::Erased(person, gone)
            }
            KeepingJob::SettleHeldBack { person, keep } => {
                let settled = self.settle_held_back(person, keep, now);
                let result = settled.map(|erased| self.changed(erased.changed));
                Kept::Settled { keep, result }
            }
            KeepingJob::Accept => {
                Kept::Accepted(self.accept_restore(now).map(|came| self.changed(came)))
            }
            KeepingJob::LookAgain => {
                let came = self.vault().and_then(|vault| vault.refresh(now));
                Kept::Looked(told(came).map(|came| self.changed(came)))
            }
        })
    }

    /// Erases everything about a person, drafts included.
    ///
    /// # Errors
    /// In words; nothing was removed.
    pub fn erase(&mut self, person: Id, now: Timestamp) -> Result<Erased, Notice> {
        told(self.with_fresh(|vault, fresh| {
            let erased = vault.erase(person, &mut || fresh.id(now), now)?;
            // One that stays is dropped at the next opening.
            let _ = clear_drafts(vault, |about| about == person);
            Ok(erased)
        }))
    }

    /// Decides what becomes of what is held back about an erased person.
    ///
    /// # Errors
    /// In words; nothing was changed.
    pub fn settle_held_back(
        &mut self,
        person: Id,
        keep: bool,
        now: Timestamp,
    ) -> Result<Erased, Notice> {
        told(self.with_fresh(|vault, fresh| {
            vault.settle_held_back(person, keep, &mut || fresh.id(now), now)
        }))
    }

    /// Accepts the folder as it is now: what is missing is no longer warned about.
    ///
    /// # Errors
    /// In words; the warnings stay.
    pub fn accept_restore(&mut self, now: Timestamp) -> Result<Refreshed, Notice> {
        let id = self.fresh.id(now);
        told(self.vault().and_then(|vault| vault.accept_restore(id, now)))
    }

    fn with_fresh<T>(
        &mut self,
        ask: impl FnOnce(&mut OpenVault, &mut Fresh) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        let mut fresh = self.fresh.clone();
        let result = self.vault().and_then(|vault| ask(vault, &mut fresh));
        self.fresh = fresh;
        result
    }

    /// What drafts hold that a crash or a lost disk left behind. Those about people who were
    /// erased meanwhile, here or on another computer, are dropped.
    pub(super) fn drafts_left(&mut self) -> Vec<Vec<Change>> {
        let Slot::Open(vault) = &mut self.slot else { return Vec::new() };
        let erased: BTreeSet<Id> = vault.erased_people().collect();
        // One that can't be removed now is not offered either.
        let _ = clear_drafts(vault, |about| erased.contains(&about));
        let drafts = vault.drafts().filter_map(|(_, draft)| draft::read(&draft.content).ok());
        drafts.filter(|changes| !is_about(changes, |about| erased.contains(&about))).collect()
    }

    /// What the vault says has changed, typed for the screens.
    fn changed(&mut self, refreshed: Refreshed) -> Changed {
        let Slot::Open(vault) = &self.slot else { return Changed::default() };
        let Refreshed { current, mut gone, .. } = refreshed;
        let mut bodies = Vec::with_capacity(current.len());
        for current in current {
            let id = current.id;
            match reading::body(vault, current) {
                Ok(Some(body)) => {
                    self.shapeless.remove(&id);
                    bodies.push((id, body));
                }
                Ok(None) => {
                    gone.insert(id);
                }
                Err(_) => {
                    self.shapeless.insert(id);
                }
            }
        }
        self.shapeless.retain(|id| !gone.contains(id));
        Changed { bodies, gone, record: self.record_state() }
    }
}

fn told<T>(result: Result<T, VaultError>) -> Result<T, Notice> {
    result.map_err(|error| Notice::from(&error))
}

/// Removes the drafts in which anything is about such a person. One that a newer version wrote
/// can't be read, and stays for that version.
fn clear_drafts(vault: &mut OpenVault, whose: impl Fn(Id) -> bool) -> Result<(), VaultError> {
    let read = vault.drafts().filter_map(|(id, draft)| Some((id, draft::read(&draft.content).ok()?)));
    let drafts = read.filter(|(_, changes)| is_about(changes, &whose));
    let drafts: Vec<Id> = drafts.map(|(id, _)| id).collect();
    drafts.into_iter().try_for_each(|id| vault.draft_clear(id))
}

fn is_about(changes: &[Change], whose: impl Fn(Id) -> bool) -> bool {
    changes.iter().any(|change| change.body.about(change.id).is_some_and(&whose))
}
