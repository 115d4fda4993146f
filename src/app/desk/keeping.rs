//! Keeping the open record: its state for the screens, erasing, what is held back, accepting a
//! folder that was set back.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Desk, Slot};
use crate::app::draft::{self, Change};
use crate::app::fresh::Fresh;
use crate::app::job::Outcome;
use crate::app::keeping::{Certified, KeepingJob, Kept};
use crate::app::notice::Notice;
use crate::app::record_state::RecordState;
use crate::app::settling::Settling;
use crate::app::unfinished::Unfinished;
use crate::model::{Body, Certificate, Id, Receipt};
use crate::vault::{Damage, Damaged, Erased, OpenVault, Refreshed, VaultError};

impl Desk {
    /// What there is to know about the open record's files: after opening, and after each look
    /// at what other computers wrote.
    pub fn record_state(&self) -> RecordState {
        let Slot::Open(vault) = &self.slot else { return RecordState::default() };
        let shapeless = self.shapeless.iter();
        let shapeless = shapeless.map(|id| Damaged { file: id.to_string(), why: Damage::Shape });
        RecordState {
            vault: vault.id().to_string(),
            damaged: vault.damaged().into_iter().chain(shapeless).collect(),
            warnings: vault.warnings().to_vec(),
            unsettled: self.unsettled.clone(),
            pairings: self.known_pairings(),
            checked: None,
        }
    }

    pub(super) fn keep(&mut self, job: KeepingJob, now: Timestamp) -> Vec<Outcome> {
        let (kept, changed) = match job {
            KeepingJob::Erase(person, certificate) => {
                let erased = self.erase_and_certify(person, *certificate, now);
                let (certified, changed) =
                    apart(erased, |(erased, certified)| (Box::new(certified), erased.changed));
                (Kept::Erased(person, certified), changed)
            }
            KeepingJob::SettleHeldBack { person, keep } => {
                let settled = self.settle_held_back(person, keep, now);
                let (result, changed) = apart(settled, |erased| ((), erased.changed));
                (Kept::Settled { keep, result }, changed)
            }
            KeepingJob::Accept => {
                let (result, changed) = apart(self.accept_restore(), |came| ((), came));
                (Kept::Accepted(result), changed)
            }
        };
        let mut outcomes = vec![Outcome::Kept(kept)];
        outcomes.extend(changed.into_iter().flat_map(|changed| self.arrive(changed)));
        outcomes
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
        .inspect(|_| self.forget_unkept(|about| about == person))
    }

    /// Erases everything about a person, then keeps the certificate of it, with what was counted.
    ///
    /// # Errors
    /// As [`Desk::erase`]. When it is done and only the certificate could not be kept, that is
    /// said in its place.
    pub fn erase_and_certify(
        &mut self,
        person: Id,
        certificate: Certificate,
        now: Timestamp,
    ) -> Result<(Erased, Certified), Notice> {
        let erased = self.erase(person, now)?;
        let certificate = Certificate {
            files: erased.files as u64,
            left: erased.left.len() as u64,
            ..certificate
        };
        let what = format!("{}, number {}", Certificate::TITLE, certificate.number);
        let receipt = Receipt { erased: Some(certificate), ..Receipt::of(what, now) };
        let id = self.fresh.id(now);
        let change = Change { id, body: Body::Receipt(receipt.clone()) };
        let kept = self.save(&[change], now).map(|()| (id, receipt)).map_err(|error| {
            let why = Notice::from(&error);
            let happened =
                format!("Erased for good. The certificate could not be kept: {}", why.happened);
            Notice::new(happened, why.safe, why.to_do)
        });
        Ok((erased, kept))
    }

    /// Forgets what no disk took about such people.
    fn forget_unkept(&mut self, whose: impl Fn(Id) -> bool) {
        if let Desk { slot: Slot::Open(vault), unkept, .. } = self {
            unkept.forget(vault, |content| is_draft_about(content, &whose));
        }
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
    pub fn accept_restore(&mut self) -> Result<Refreshed, Notice> {
        let now = self.now();
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
        let Slot::Open(vault) = &self.slot else { return Vec::new() };
        let erased: BTreeSet<Id> = vault.erased_people().collect();
        self.forget_unkept(|about| erased.contains(&about));
        let Desk { slot: Slot::Open(vault), unkept, bases: shown, .. } = self else {
            return Vec::new();
        };
        // One that can't be removed now is not offered either.
        let _ = clear_drafts(vault, |about| erased.contains(&about));
        // A draft that a newer version wrote stays where it is, for that version.
        // What no disk took is newer than what lies there.
        let newer = unkept.of(vault);
        let older = vault.drafts().filter(|(id, _)| !newer.contains_key(id));
        let all = older.map(|(_, draft)| &draft.content).chain(newer.values());
        let mut drafts = Vec::new();
        for (changes, bases) in all.filter_map(|content| draft::read(content).ok()) {
            if is_about(&changes, |about| erased.contains(&about)) {
                continue;
            }
            for (id, base) in bases {
                if base != vault.records().heads(id) {
                    shown.show(id, base);
                }
            }
            drafts.push(changes);
        }
        drafts
    }
}

/// What to tell, and what changed.
fn apart<T, U>(
    result: Result<T, Notice>,
    split: impl FnOnce(T) -> (U, Refreshed),
) -> (Result<U, Notice>, Option<Refreshed>) {
    match result.map(split) {
        Ok((told, changed)) => (Ok(told), Some(changed)),
        Err(notice) => (Err(notice), None),
    }
}

fn told<T>(result: Result<T, VaultError>) -> Result<T, Notice> {
    result.map_err(|error| Notice::from(&error))
}

/// Removes the drafts in which anything is about such a person. One that a newer version wrote
/// can't be read, and stays for that version.
fn clear_drafts(vault: &mut OpenVault, whose: impl Fn(Id) -> bool) -> Result<(), VaultError> {
    let drafts = vault.drafts().filter(|(_, draft)| is_draft_about(&draft.content, &whose));
    let drafts: Vec<Id> = drafts.map(|(id, _)| id).collect();
    drafts.into_iter().try_for_each(|id| vault.draft_clear(id))
}

fn is_draft_about(content: &[u8], whose: impl Fn(Id) -> bool) -> bool {
    if let Some(forms) = Unfinished::read(content) {
        return whose(forms.about);
    }
    match Settling::read(content) {
        Some(settling) => settling.about.is_some_and(whose),
        None => draft::read(content).is_ok_and(|(changes, _)| is_about(&changes, whose)),
    }
}

fn is_about(changes: &[Change], whose: impl Fn(Id) -> bool) -> bool {
    changes.iter().any(|change| change.body.about(change.id).is_some_and(&whose))
}
