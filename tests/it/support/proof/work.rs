//! What a process under test does: seeded saves, each announced before and acknowledged after.

use std::collections::BTreeMap;

use cairn::model::{Entry, Id, Kind};
use cairn::vault::{OpenVault, VaultError};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Dice, passphrase};
use crate::support::vault::cost;

/// One that works on an open vault and says what it does. `TRY` comes before an attempt, `ACK`
/// after the vault has acknowledged it, `ERR` after the vault has refused it.
pub struct Work<'a> {
    pub vault: OpenVault,
    dice: Dice,
    passphrase: u32,
    say: Box<dyn FnMut(&str) + 'a>,
}

impl<'a> Work<'a> {
    pub fn new(
        vault: OpenVault,
        passphrase: u32,
        seed: u64,
        say: impl FnMut(&str) + 'a,
    ) -> Work<'a> {
        Work { vault, dice: Dice::new(seed), passphrase, say: Box::new(say) }
    }

    /// Something that a person might do.
    pub fn step(&mut self) -> Result<(), VaultError> {
        match self.dice.below(100) {
            0..40 => self.add(),
            40..65 => self.edit(),
            65..77 => self.add_two(),
            77..90 => self.draft(),
            90..96 => self.clear(),
            _ => self.change_passphrase(),
        }
    }

    /// A new record.
    pub fn add(&mut self) -> Result<(), VaultError> {
        let entry = self.new_entry();
        self.save(vec![entry])
    }

    /// Two new records in one file.
    pub fn add_two(&mut self) -> Result<(), VaultError> {
        let entries = vec![self.new_entry(), self.new_entry()];
        self.save(entries)
    }

    /// The next version of a record.
    pub fn edit(&mut self) -> Result<(), VaultError> {
        let Some(id) = self.any_record() else { return self.add() };
        let parents = self.vault.records().heads(id);
        let body = self.body();
        self.save(vec![Entry::new(Kind::Reflection, id, parents, body).unwrap()])
    }

    fn save(&mut self, entries: Vec<Entry>) -> Result<(), VaultError> {
        let names: Vec<String> = entries.iter().map(named).collect();
        (self.say)(&format!("TRY save {}", names.join(" ")));
        let saved = self.vault.save(entries, Timestamp::now()).map(|saved| saved.file);
        self.tell(saved, "save")
    }

    /// The next words of a draft.
    pub fn draft(&mut self) -> Result<(), VaultError> {
        let drafts: Vec<Id> = self.vault.drafts().map(|(id, _)| id).collect();
        let id = match self.dice.below(3) {
            0 if !drafts.is_empty() => drafts[self.dice.below(drafts.len() as u64) as usize],
            _ => self.new_id(),
        };
        let content = self.text();
        (self.say)(&format!("TRY draft {id} {}", sha(content.as_bytes())));
        let put = self.vault.draft_put(id, content.as_bytes(), Timestamp::now());
        self.tell(put.map(|()| String::new()), "draft")
    }

    /// Removes a draft, as after a save.
    pub fn clear(&mut self) -> Result<(), VaultError> {
        let Some((id, _)) = self.vault.drafts().next() else { return self.draft() };
        (self.say)(&format!("TRY clear {id}"));
        let cleared = self.vault.draft_clear(id);
        self.tell(cleared.map(|()| String::new()), "clear")
    }

    /// Changes the passphrase to that of the next number.
    pub fn change_passphrase(&mut self) -> Result<(), VaultError> {
        // A number that no refused attempt has used, or the ledger could not tell them apart.
        let next = self.passphrase + 1 + self.dice.below(1000) as u32;
        (self.say)(&format!("TRY pass {next}"));
        let (old, new) = (passphrase(self.passphrase), passphrase(next));
        let changed = self.vault.change_passphrase(&old, &new, cost());
        if changed.is_ok() {
            self.passphrase = next;
        }
        self.tell(changed.map(|()| String::new()), "pass")
    }

    fn tell(&mut self, result: Result<String, VaultError>, what: &str) -> Result<(), VaultError> {
        match result {
            Ok(more) => {
                (self.say)(&format!("ACK {what} {more}"));
                Ok(())
            }
            Err(error) => {
                (self.say)(&format!("ERR {what} {error:?}"));
                Err(error)
            }
        }
    }

    fn any_record(&mut self) -> Option<Id> {
        let count = self.vault.records().len() as u64;
        let number = if count == 0 { return None } else { self.dice.below(count) };
        self.vault.records().ids().nth(number as usize)
    }

    fn new_id(&mut self) -> Id {
        Id::new(1_790_000_000_000 + self.dice.below(1 << 20), u128::from(self.dice.next()))
    }

    fn new_entry(&mut self) -> Entry {
        let (id, body) = (self.new_id(), self.body());
        Entry::new(Kind::Reflection, id, Vec::new(), body).unwrap()
    }

    fn body(&mut self) -> Value {
        note_of(&self.text())
    }

    /// Mostly a few lines; now and then some pages, or more than a system writes at once.
    fn text(&mut self) -> String {
        let length = match self.dice.below(20) {
            0..14 => self.dice.below(600),
            14..19 => self.dice.below(9_000),
            _ => self.dice.below(60_000),
        };
        let mut text = String::new();
        while (text.len() as u64) < length {
            text.push_str(&format!("{:x} ", self.dice.next()));
        }
        text
    }
}

/// The body of a reflection with this text, as the program itself keeps it.
pub fn note_of(text: &str) -> Value {
    json!({
        "template": { "id": "proof", "version": 1 }, "title": "Proof", "date": "2026-10-17",
        "sections": [], "margin": [{ "text": text }],
    })
}

/// Every version of every record in the vault, by name, with the hash of its JSON.
pub fn entries_of(vault: &OpenVault) -> BTreeMap<String, String> {
    let records = vault.records();
    let revisions = records.ids().flat_map(|id| records.revisions(id));
    revisions
        .map(|revision| {
            let (name, hash) = split(&named(&revision.entry));
            (name, hash)
        })
        .collect()
}

/// What the ledger calls a version: its record, its revision, the hash of its JSON.
fn named(entry: &Entry) -> String {
    let json = serde_json::to_vec(entry).unwrap();
    format!("{}:{}:{}", entry.id, entry.rev, sha(&json))
}

/// Takes such a name apart: the version, and the hash.
pub fn split(named: &str) -> (String, String) {
    let (version, hash) = named.rsplit_once(':').unwrap();
    (version.to_owned(), hash.to_owned())
}

/// The hash of bytes, for the ledger.
pub fn content_of(bytes: &[u8]) -> String {
    sha(bytes)
}

fn sha(bytes: &[u8]) -> String {
    cairn::vault::hex(&Sha256::digest(bytes))
}
