//! What the other of each pair can read, as the record's shared versions tell it, and the file with
//! which a doctor gives chosen lines to their next supervisor.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Desk, Whom};
use crate::app::draft::Change;
use crate::app::handing::{Given, HandOver};
use crate::app::job::{Outcome, Written};
use crate::app::notice::Notice;
use crate::app::reads::{Known, Paired, Readers};
use crate::exchange::file::Form;
use crate::exchange::share::Kept;
use crate::model::{Body, Id, Kind, Receipt, Rev};

/// What the worker is asked about pairs.
pub enum ReadersJob {
    /// What they can read now. It is asked for after each opening; whatever sends or takes in
    /// something asks again.
    Look,
    /// Write the file for the next supervisor.
    HandOver(Box<HandOver>),
}

impl Desk {
    /// Does what is asked about pairs.
    pub(super) fn ask_readers(&mut self, job: ReadersJob, now: Timestamp) -> Vec<Outcome> {
        let given = match job {
            ReadersJob::Look => None,
            ReadersJob::HandOver(job) => Some(self.give(*job, now)),
        };
        let given = given.map(|given| Outcome::Given(Box::new(given)));
        // Without them the view says less; nothing else depends on it.
        let readers = self.readers().ok().map(|readers| Outcome::Readers(Box::new(readers)));
        given.into_iter().chain(readers).collect()
    }

    /// With whom the owner is paired, and the newest version of each thing that went to them or
    /// came from them. What an ended pairing carried stays theirs.
    ///
    /// # Errors
    /// In words: a pairing can't be read by this version.
    pub fn readers(&mut self) -> Result<Readers, Notice> {
        let mut readers = Readers::default();
        for held in self.pairings()? {
            let kept = held.kept;
            let checked = kept.checked;
            let pair = kept.pair.map(|pair| Paired { when: pair.when, checked, side: pair.side });
            readers.put_pair(kept.person, pair);
        }
        let vault = self.vault().map_err(|error| Notice::from(&error))?;
        let all = vault.entries_of(Kind::Shared).into_iter();
        let all: Vec<(Id, Kept)> = all
            .filter_map(|entry| Some((entry.id, serde_json::from_value::<Kept>(entry.body).ok()?)))
            .collect();
        // Of the versions of a thing those stand from which no other was made.
        let before = |kept: &Kept| {
            let version = &kept.version;
            let revs = version.entry.parents.iter().chain(&version.instead_of);
            revs.map(|rev| (version.entry.id, *rev)).collect::<Vec<_>>()
        };
        let older: BTreeSet<(Id, Rev)> = all.iter().flat_map(|(_, kept)| before(kept)).collect();
        for (id, kept) in all {
            let shared = kept.version.entry;
            if !older.contains(&(shared.id, shared.rev)) {
                let known = Known { kind: shared.kind, body: shared.body, kept: id };
                readers.put((kept.person, shared.id), known);
            }
        }
        Ok(readers)
    }

    /// Keeps what a doctor gives to their next supervisor, then writes it for the new pair alone.
    /// What is kept and could not be written goes with the next file for them.
    fn give(&mut self, job: HandOver, now: Timestamp) -> Given {
        let HandOver { id, to, name, changes, journal, path } = job;
        if let Err(error) = self.save(&changes, now) {
            return Given { id, kept: Vec::new(), result: Err(Notice::from(&error)) };
        }
        let is_given = |thing: Id| changes.iter().any(|change| change.id == thing);
        let whom = Whom { id: to, name: &name };
        let sent = self.send_what(whom, (GIVEN, &journal), (&path, Form::Binary), is_given, now);
        let result = sent.map(|sent| {
            let (id, receipt) = self.receipt_of(&sent.sha256).unwrap_or_else(|| {
                (self.new_id(), Receipt { sha256: sent.sha256, ..Receipt::of(GIVEN, now) })
            });
            Written { path, id, receipt }
        });
        let kept = changes.into_iter().map(|Change { id, body }| (id, body)).collect();
        Given { id, kept, result }
    }

    /// The receipt of a file, by its hash.
    fn receipt_of(&mut self, sha256: &str) -> Option<(Id, Receipt)> {
        let all = self.vault().ok()?.entries_of(Kind::Receipt).into_iter();
        all.rev().find_map(|entry| match Body::read(entry.kind, &entry.body) {
            Ok(Body::Receipt(receipt)) if receipt.sha256 == sha256 => Some((entry.id, receipt)),
            _ => None,
        })
    }
}

/// What such a file is, for its receipt.
const GIVEN: &str = "Handover to the next supervisor, ticked by the doctor";
