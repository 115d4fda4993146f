//! Pairing: the only place that reads and saves the keys of a pair. Two computers of one person
//! may both have written; what they wrote is merged by [`Kept::merged`], and nobody is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::Desk;
use crate::app::draft::Change;
use crate::app::job::Outcome;
use crate::app::notice::Notice;
use crate::app::packs::read_at_most;
use crate::app::pairing::{
    INVITATION, Known, MAX_BYTES, Paired, PairingCame, PairingJob, REPLY, already, not_paired,
};
use crate::exchange::pairing::{self, Kept, Pair, PairError};
use crate::model::{Body, Entry, Id, Kind, Person, Receipt};
use crate::platform::{self, Existing};
use crate::vault::{OpenVault, VaultError};

/// A pairing, and the record that keeps it.
pub(super) struct Held {
    pub(super) id: Id,
    pub(super) kept: Kept,
}

/// A person of the record, and what they are called.
#[derive(Debug, Clone, Copy)]
pub struct Whom<'a> {
    /// Which person.
    pub id: Id,
    /// Their name.
    pub name: &'a str,
}

/// An invitation that was written.
pub struct Invited {
    /// The six words to say aloud. They are kept nowhere.
    pub words: Zeroizing<String>,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// The file's receipt.
    pub receipt: Id,
    /// Whether an earlier invitation no longer counts.
    pub instead: bool,
}

impl Desk {
    /// Does what the window asks for. What it changed in the record is told before.
    pub(super) fn pair(&mut self, job: PairingJob, now: Timestamp) -> Vec<Outcome> {
        let mut changed = BTreeSet::new();
        let came = self.pair_and_note(job, &mut changed, now);
        let mut outcomes = self.show(&changed);
        outcomes.push(Outcome::Pairing(came.map(Box::new)));
        outcomes
    }

    /// The same; `changed` takes the records that the screens do not have yet.
    fn pair_and_note(
        &mut self,
        job: PairingJob,
        changed: &mut BTreeSet<Id>,
        now: Timestamp,
    ) -> Result<PairingCame, Notice> {
        match job {
            PairingJob::Invite { whom, own_name, out } => {
                let Invited { words, receipt, instead, .. } =
                    self.invite(whom.whom(), &own_name, &out, now)?;
                changed.insert(receipt);
                Ok(PairingCame::Invited { person: whom.id, words, out, receipt, instead })
            }
            PairingJob::Accept { whom, is_new, own_name, invitation, words, out } => {
                let bytes = read_at_most(&invitation, MAX_BYTES)?;
                let read = (bytes.as_slice(), words.as_str());
                let paired = self.accept_invitation(whom.whom(), &own_name, read, &out, now)?;
                let receipt = paired.file.map(|(receipt, _)| receipt).unwrap_or(whom.id);
                changed.insert(receipt);
                if is_new {
                    // Only now: wrong words must not leave somebody behind in the record.
                    let person = Person { name: whom.name, ..Person::default() };
                    let change = Change { id: whom.id, body: Body::Person(person) };
                    self.save(&[change], now).map_err(|error| Notice::from(&error))?;
                    changed.insert(whom.id);
                }
                Ok(PairingCame::Accepted { person: whom.id, out, receipt })
            }
            PairingJob::Finish { reply, names } => {
                let bytes = read_at_most(&reply, MAX_BYTES)?;
                let name_of = |id: Id| names.get(&id).cloned().unwrap_or_default();
                Ok(PairingCame::Finished(self.finish_pairing(&bytes, name_of, now)?.person))
            }
            PairingJob::Match(whom) => {
                self.words_match(whom.whom(), now)?;
                Ok(PairingCame::Matched(whom.id))
            }
            PairingJob::Stop(whom) => {
                self.stop_pairing(whom.whom(), now)?;
                Ok(PairingCame::Stopped(whom.id))
            }
        }
    }

    /// How each pairing stands, for the screens; what can't be read is told when it is used.
    pub(super) fn known_pairings(&self) -> BTreeMap<Id, Known> {
        let device = self.open_vault().and_then(OpenVault::device);
        let device = device.map(|device| device.to_string()).unwrap_or_default();
        let held = self.pairings().unwrap_or_default().into_iter();
        held.map(|held| (held.kept.person, Known::of(&held.kept, &device))).collect()
    }

    /// What the record keeps of the pairing with a person; nothing when there never was one.
    ///
    /// # Errors
    /// In words: a pairing can't be read by this version.
    pub fn pairing_of(&self, person: Id) -> Result<Option<Kept>, Notice> {
        let mut held = self.pairings()?.into_iter();
        Ok(held.find(|held| held.kept.person == person).map(|held| held.kept))
    }

    /// Writes an invitation for a person to a new file, and keeps what its reply will need.
    ///
    /// # Errors
    /// In words. Nothing was changed, unless it says that the file is written.
    pub fn invite(
        &mut self,
        whom: Whom<'_>,
        own_name: &str,
        out: &Path,
        now: Timestamp,
    ) -> Result<Invited, Notice> {
        let Held { id, kept } = self.unpaired(whom)?;
        let (invitation, pending) = pairing::invite(own_name, self.cost(), now).map_err(told)?;
        let instead = kept.pending.is_some();
        let held = Held { id, kept: kept.invited(pending) };
        let file = (out, invitation.bytes.as_slice());
        let (receipt, sha256) = self.hand_over(file, &held, (INVITATION, whom.name), now)?;
        Ok(Invited { words: invitation.words, sha256, receipt, instead })
    }

    /// Takes a person's invitation with the six words as they are typed, writes the reply to a
    /// new file and keeps the pair.
    ///
    /// # Errors
    /// As [`Desk::invite`].
    pub fn accept_invitation(
        &mut self,
        whom: Whom<'_>,
        own_name: &str,
        (invitation, words): (&[u8], &str),
        out: &Path,
        now: Timestamp,
    ) -> Result<Paired, Notice> {
        let Held { id, kept } = self.unpaired(whom)?;
        let cost = self.cost();
        let (reply, pair) =
            pairing::accept(invitation, words, own_name, cost, now).map_err(told)?;
        let own = self.pairings()?.into_iter().filter_map(|held| held.kept.pending);
        if own.into_iter().any(|pending| pending.made(&pair)) {
            return Err(told(PairError::Own));
        }
        let held = Held { id, kept: kept.paired(pair.clone()) };
        let what = (REPLY, whom.name);
        let file = Some(self.hand_over((out, &reply), &held, what, now)?);
        Ok(Paired { person: whom.id, pair, checked: false, file })
    }

    /// Takes the reply to an invitation of this record, whoever it was for. `name_of` tells what a
    /// person is called.
    ///
    /// # Errors
    /// In words; nothing was changed. A second, different reply is told as an alarm.
    pub fn finish_pairing(
        &mut self,
        reply: &[u8],
        name_of: impl Fn(Id) -> String,
        now: Timestamp,
    ) -> Result<Paired, Notice> {
        self.may_write()?;
        let mut refused = PairError::OtherInvitation;
        for Held { id, kept } in self.pairings()? {
            let Some(pending) = &kept.pending else { continue };
            let pair = match pairing::finish(pending, reply, self.cost(), now) {
                Ok(pair) => pair,
                Err(PairError::OtherInvitation) => continue,
                Err(error) => {
                    refused = error;
                    break;
                }
            };
            let person = kept.person;
            return match &kept.pair {
                Some(held) if held.id == pair.id => {
                    Ok(Paired { person, pair, checked: kept.checked, file: None })
                }
                Some(_) => Err(already(&name_of(person))),
                None => {
                    let held = Held { id, kept: kept.paired(pair.clone()) };
                    self.keep_pairing(&held, Vec::new(), now).map_err(|e| Notice::from(&e))?;
                    Ok(Paired { person, pair, checked: false, file: None })
                }
            };
        }
        Err(told(refused))
    }

    /// Keeps that the two compared their four words and found them the same.
    ///
    /// # Errors
    /// In words; nothing was changed.
    pub fn words_match(&mut self, whom: Whom<'_>, now: Timestamp) -> Result<Pair, Notice> {
        let Held { id, kept } = self.held(whom)?;
        let Some(pair) = kept.pair.clone() else { return Err(not_paired(whom.name)) };
        if !kept.checked {
            let held = Held { id, kept: Kept { checked: true, ..kept } };
            self.keep_pairing(&held, Vec::new(), now).map_err(|error| Notice::from(&error))?;
        }
        Ok(pair)
    }

    /// Ends the pairing with a person, or takes an open invitation back. The newest version of
    /// the record then holds no keys of it.
    ///
    /// # Errors
    /// In words; nothing was changed.
    pub fn stop_pairing(&mut self, whom: Whom<'_>, now: Timestamp) -> Result<(), Notice> {
        let Held { id, kept } = self.held(whom)?;
        if kept.pair.is_none() && kept.pending.is_none() {
            return Err(not_paired(whom.name));
        }
        let held = Held { id, kept: kept.stopped(now) };
        self.keep_pairing(&held, Vec::new(), now).map_err(|error| Notice::from(&error))
    }

    /// All pairings, one for each person.
    pub(super) fn pairings(&self) -> Result<Vec<Held>, Notice> {
        let mut by_person: BTreeMap<Id, Held> = BTreeMap::new();
        let entries = self.open_vault().into_iter().flat_map(|it| it.entries_of(Kind::Pairing));
        for Entry { id, body, .. } in entries {
            let kept: Kept = serde_json::from_value(body).map_err(|_| unreadable())?;
            let held = match by_person.remove(&kept.person) {
                Some(held) => Held { id: held.id.min(id), kept: held.kept.merged(kept) },
                None => Held { id, kept },
            };
            by_person.insert(held.kept.person, held);
        }
        Ok(by_person.into_values().collect())
    }

    /// The pairing with a person, or the beginnings of one.
    fn held(&mut self, whom: Whom<'_>) -> Result<Held, Notice> {
        self.may_write()?;
        let found = self.pairings()?.into_iter().find(|held| held.kept.person == whom.id);
        Ok(found.unwrap_or_else(|| Held { id: self.new_id(), kept: Kept::new(whom.id) }))
    }

    /// The same, where the two are not paired yet.
    fn unpaired(&mut self, whom: Whom<'_>) -> Result<Held, Notice> {
        let held = self.held(whom)?;
        if held.kept.pair.is_some() { Err(already(whom.name)) } else { Ok(held) }
    }

    /// That the record takes changes: a file that leaves and whose keys are not kept is of no use.
    fn may_write(&mut self) -> Result<(), Notice> {
        let vault = self.vault().map_err(|error| Notice::from(&error))?;
        vault.read_only().map_or(Ok(()), |why| Err(Notice::from(&why)))
    }

    /// Writes a file for the other, then the pairing and the file's receipt, in one save. Gives
    /// the receipt's identity and the file's hash.
    pub(super) fn hand_over(
        &mut self,
        (path, bytes): (&Path, &[u8]),
        held: &Held,
        (what, to): (&str, &str),
        now: Timestamp,
    ) -> Result<(Id, String), Notice> {
        platform::write_file(path, bytes, Existing::Keep)
            .map_err(|error| Notice::not_written(path, &error))?;
        let receipt = Receipt {
            person: Some(held.kept.person),
            to: to.to_owned(),
            format: "cairn".to_owned(),
            file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            sha256: format!("{:x}", Sha256::digest(bytes)),
            ..Receipt::of(what, now)
        };
        let sha256 = receipt.sha256.clone();
        let id = self.new_id();
        let kept = receipt_entry(id, receipt);
        kept.and_then(|entry| self.keep_pairing(held, vec![entry], now)).map_err(|error| {
            let why = Notice::from(&error);
            Notice::new(
                format!("The file is written, but its keys could not be kept: {}", why.happened),
                why.safe,
                format!("Delete the file: it is of no use. {}", why.to_do),
            )
        })?;
        Ok((id, sha256))
    }

    pub(super) fn keep_pairing(
        &mut self,
        held: &Held,
        beside: Vec<Entry>,
        now: Timestamp,
    ) -> Result<(), VaultError> {
        let body = serde_json::to_value(&held.kept).map_err(|_| VaultError::NotTheSame)?;
        let vault = self.vault()?;
        let parents = vault.records().heads(held.id);
        let entry = Entry::new(Kind::Pairing, held.id, parents, body)?;
        let revs = vec![entry.rev];
        let entries = std::iter::once(entry).chain(beside).collect();
        vault.save(entries, now)?;
        self.bases.saved(held.id, revs);
        self.rest();
        Ok(())
    }
}

fn receipt_entry(id: Id, receipt: Receipt) -> Result<Entry, VaultError> {
    let body = Body::Receipt(receipt).write().map_err(|_| VaultError::NotTheSame)?;
    Ok(Entry::new(Kind::Receipt, id, Vec::new(), body)?)
}

fn told(error: PairError) -> Notice {
    Notice::from(&error)
}

fn unreadable() -> Notice {
    Notice::new(
        "A pairing can’t be read by this version of Cairn.",
        "It was left as it is.",
        "A newer version of Cairn may read it.",
    )
}
