//! What a process under test does: seeded saves, each announced before and acknowledged after.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use cairn::model::{Entry, Id, Kind};
use cairn::vault::store::disk::DiskStore;
use cairn::vault::{
    Backup, BackupMade, Content, CopyError, Current, Moved, Moving, OpenVault, Step, VaultError,
};
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
    /// About whom records may be; people of this worker alone, so that nobody else's are erased.
    people: Vec<Id>,
    say: Box<dyn FnMut(&str) + 'a>,
}

impl<'a> Work<'a> {
    pub fn new(
        vault: OpenVault,
        passphrase: u32,
        seed: u64,
        say: impl FnMut(&str) + 'a,
    ) -> Work<'a> {
        let dice = Dice::new(seed);
        Work { vault, dice, passphrase, people: Vec::new(), say: Box::new(say) }
    }

    /// Something that a person might do.
    pub fn step(&mut self) -> Result<(), VaultError> {
        match self.dice.below(100) {
            0..38 => self.add(),
            38..58 => self.edit(),
            58..68 => self.add_two(),
            68..70 => self.attach(),
            70..74 => self.erase(),
            74..85 => self.draft(),
            85..90 => self.clear(),
            90..93 => self.settle(),
            93..96 => self.vault.refresh(Timestamp::now()).map(|_| ()),
            _ => self.change_passphrase(),
        }
    }

    /// A new record, about somebody or about nobody.
    pub fn add(&mut self) -> Result<(), VaultError> {
        let about = self.somebody();
        let entry = self.new_entry(about);
        self.save(about, vec![entry])
    }

    /// A new record about somebody.
    pub fn add_about(&mut self) -> Result<(), VaultError> {
        while self.people.is_empty() {
            self.add()?;
        }
        let about = self.people.first().copied();
        let entry = self.new_entry(about);
        self.save(about, vec![entry])
    }

    /// Two new records in one file.
    pub fn add_two(&mut self) -> Result<(), VaultError> {
        let about = self.somebody();
        let entries = vec![self.new_entry(about), self.new_entry(about)];
        self.save(about, entries)
    }

    /// The next version of a record.
    pub fn edit(&mut self) -> Result<(), VaultError> {
        match self.any_record() {
            Some(entry) => self.edit_entry(&entry),
            None => self.add(),
        }
    }

    /// The next version of this record, which joins all that stand side by side.
    pub fn edit_this(&mut self, id: Id) -> Result<(), VaultError> {
        let head = *self.vault.records().heads(id).last().unwrap();
        let entry = self.vault.entry(id, head)?;
        self.edit_entry(&entry)
    }

    fn edit_entry(&mut self, entry: &Entry) -> Result<(), VaultError> {
        let parents = self.vault.records().heads(entry.id);
        let about = cairn::model::record::about(entry.kind, entry.id, &entry.body);
        let body = self.body(about);
        self.save(about, vec![Entry::new(entry.kind, entry.id, parents, body).unwrap()])
    }

    /// A file beside the notes, larger than any note.
    pub fn attach(&mut self) -> Result<(), VaultError> {
        let about = self.somebody();
        let mut body = json!({ "name": "letter.pdf", "data": "QUJD".repeat(75_000) });
        if let Some(person) = about {
            body["person"] = json!(person);
        }
        let entry = Entry::new(Kind::Attachment, self.new_id(), Vec::new(), body).unwrap();
        self.save(about, vec![entry])
    }

    fn save(&mut self, about: Option<Id>, entries: Vec<Entry>) -> Result<(), VaultError> {
        let names: Vec<String> = entries.iter().map(named).collect();
        let about = about.map_or("-".to_owned(), |person| person.to_string());
        (self.say)(&format!("TRY save {about} {}", names.join(" ")));
        let saved = self.vault.save(entries, Timestamp::now()).map(|saved| saved.file);
        self.tell(saved, "save")
    }

    /// Erases somebody, when there is somebody.
    pub fn erase(&mut self) -> Result<(), VaultError> {
        let held = |person: &Id| self.vault.records().kind(*person).is_some();
        let Some(at) = self.people.iter().position(held) else { return self.add() };
        let (person, says) = (self.people.remove(at), self.new_id());
        (self.say)(&format!("TRY erase {person} {says}"));
        let erased = self.vault.erase(person, &mut || says, Timestamp::now());
        self.tell(erased.map(|_| String::new()), "erase")
    }

    /// A pause in the work, or its end: what makes the next opening quick is written.
    pub fn settle(&mut self) -> Result<(), VaultError> {
        self.vault.settle(Timestamp::now());
        Ok(())
    }

    /// Copies everything to another folder.
    pub fn back_up(&mut self, to: &Path) -> Result<(), VaultError> {
        let receipt = self.new_id();
        (self.say)(&format!("TRY backup {receipt}"));
        let made = self.copy_all(to, receipt).map_err(either);
        let whole = made.and_then(|made| match (made.receipt, made.damaged.is_empty()) {
            (Ok(_), true) => Ok(String::new()),
            // It is told that something is missing.
            (Ok(_), false) => Err(VaultError::NotTheSame),
            (Err(error), _) => Err(error),
        });
        self.tell(whole, "backup")
    }

    fn copy_all(&mut self, to: &Path, receipt: Id) -> Result<BackupMade, CopyError> {
        let store = Box::new(DiskStore::new(to));
        let mut backup = Backup::start(&self.vault, store, "proof", receipt)?;
        loop {
            if let Step::Done(made) = backup.step(&mut self.vault, Timestamp::now())? {
                return Ok(made);
            }
        }
    }

    /// Encrypts everything anew in another folder, which the passphrase of that number opens.
    pub fn move_to(&mut self, to: &Path, number: u32) -> Result<(), VaultError> {
        let receipt = self.new_id();
        (self.say)(&format!("TRY move {number} {receipt}"));
        let moved = self.encrypt_anew(to, number, receipt).map_err(either);
        let whole = moved.and_then(|moved| match moved.left.is_empty() {
            true => Ok(String::new()),
            false => Err(VaultError::NotTheSame),
        });
        self.tell(whole, "move")
    }

    fn encrypt_anew(&mut self, to: &Path, number: u32, receipt: Id) -> Result<Moved, CopyError> {
        let store = Box::new(DiskStore::new(to));
        let passphrase = passphrase(number);
        let mut moving = Moving::start(&self.vault, store, &passphrase, cost(), receipt)?;
        loop {
            if let Step::Done(moved) = moving.step(&self.vault, Timestamp::now())? {
                return Ok(moved);
            }
        }
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

    /// Changes the passphrase to that of another number.
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
                let at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
                (self.say)(&format!("ACK {what} {more} @{}", at.as_nanos()));
                Ok(())
            }
            Err(error) => {
                (self.say)(&format!("ERR {what} {error:?}"));
                Err(error)
            }
        }
    }

    /// A record whose newest version can be read and may be changed.
    fn any_record(&mut self) -> Option<Entry> {
        let records = self.vault.records();
        let kinds = [Some(Kind::Reflection), Some(Kind::Person)];
        let ids: Vec<Id> = records.ids().filter(|id| kinds.contains(&records.kind(*id))).collect();
        let number = if ids.is_empty() { return None } else { self.dice.below(ids.len() as u64) };
        let id = ids[number as usize];
        let head = *self.vault.records().heads(id).last()?;
        self.vault.entry(id, head).ok()
    }

    /// Nobody, somebody new, or somebody known.
    fn somebody(&mut self) -> Option<Id> {
        match self.dice.below(4) {
            0 | 1 => None,
            2 if !self.people.is_empty() => {
                let at = self.dice.below(self.people.len() as u64);
                Some(self.people[at as usize])
            }
            _ => {
                let person = self.new_id();
                self.people.push(person);
                let entry = Entry::new(Kind::Person, person, Vec::new(), self.body(Some(person)));
                // Whoever could not be saved is nobody.
                let saved = self.save(Some(person), vec![entry.unwrap()]);
                saved.is_ok().then_some(person)
            }
        }
    }

    fn new_id(&mut self) -> Id {
        Id::new(1_790_000_000_000 + self.dice.below(1 << 20), u128::from(self.dice.next()))
    }

    fn new_entry(&mut self, about: Option<Id>) -> Entry {
        let (id, body) = (self.new_id(), self.body(about));
        Entry::new(Kind::Reflection, id, Vec::new(), body).unwrap()
    }

    fn body(&mut self, about: Option<Id>) -> Value {
        let mut body = note_of(&self.text());
        if let Some(person) = about {
            body["person"] = json!(person);
        }
        body
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

fn either(error: CopyError) -> VaultError {
    match error {
        CopyError::Source(error) | CopyError::Target(error) => error,
    }
}

/// The body of a reflection with this text, as the program itself keeps it. It does for a
/// person, too.
pub fn note_of(text: &str) -> Value {
    json!({
        "template": { "id": "proof", "version": 1 }, "title": "Proof", "date": "2026-10-17",
        "name": "Dr Quiet Heron", "sections": [], "margin": [{ "text": text }],
    })
}

/// Every version of every record in the vault, by name, with the hash of its JSON.
pub fn entries_of(vault: &OpenVault) -> BTreeMap<String, String> {
    let records = vault.records();
    let versions = records.ids().flat_map(|id| records.revisions(id).map(move |one| (id, one.rev)));
    let read = versions.map(|(id, rev)| match vault.entry(id, rev) {
        Ok(entry) => split(&named(&entry)),
        Err(error) => (format!("{id}:{rev}"), format!("{error:?}")),
    });
    read.collect()
}

/// What the vault hands out to be shown, held against what was read from the files.
pub fn check_shown(vault: &mut OpenVault, held: &BTreeMap<String, String>) -> Result<(), String> {
    let mut current = vault.all_current();
    while let Some(more) = vault.next_texts() {
        current.extend(more);
    }
    let mut shown = BTreeMap::new();
    for Current { id, content } in current {
        if let Content::Whole(kind, json) = content {
            shown.insert(id, (kind, serde_json::from_str(&json).unwrap()));
        }
    }
    let records = vault.records();
    for id in records.ids().filter(|id| records.kind(*id) != Some(Kind::Attachment)) {
        let Some(head) = records.sole_head(id) else { continue };
        let Some((kind, body)) = shown.remove(&id) else {
            return Err(format!("{id} is not shown"));
        };
        let parents = head.parents.clone();
        let (name, hash) = split(&named(&Entry { kind, id, rev: head.rev, parents, body }));
        if held.get(&name) != Some(&hash) {
            return Err(format!("{name} is shown as something else"));
        }
    }
    Ok(())
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
