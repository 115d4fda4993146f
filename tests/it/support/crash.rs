//! The oracle of the crash tests: it does what a person does on a watched computer, remembers
//! what was acknowledged, and judges what is found after a crash.

mod judge;
mod known;

use std::collections::BTreeSet;
use std::sync::Arc;

use cairn::model::{Entry, Id, Kind};
use cairn::vault::store::Store;
use cairn::vault::store::sim::crash::Disks;
use cairn::vault::store::sim::{Call, Fault, Image, Op, Sim};
use cairn::vault::{OpenVault, Passphrase, Vault, VaultError, Warning};
use serde_json::json;

use super::vault::{cost, go_on, holds_entry, id, note, now};

pub use judge::{Count, crash_everywhere, no_number_twice};
pub use known::Known;

use known::Held;

/// The disk of the vault's folder.
pub const VAULT: usize = 0;
/// The disk of local state.
pub const LOCAL: usize = 1;

/// EIO, ENOSPC, EDQUOT, EROFS, EACCES, EMFILE, ESTALE, EINTR, as Linux numbers them.
pub const ERRNOS: [i32; 8] = [5, 28, 122, 30, 13, 24, 116, 4];

/// What stands between the vault and its disks: nothing, or something that breaks a rule.
pub type Wrap = dyn Fn(usize, Box<dyn Store>) -> Box<dyn Store> + Sync;

/// Nothing stands in between.
pub fn plain(_: usize, store: Box<dyn Store>) -> Box<dyn Store> {
    store
}

/// What a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A new record.
    New,
    /// The next version of the newest record.
    Next,
    /// Two records in one save.
    Two,
    /// A record of three blocks.
    Large,
    /// A draft.
    Draft,
    /// The draft is cleared.
    Clear,
    /// Another passphrase.
    Passphrase,
    /// The program ends and is started again; the power stays on.
    Restart,
}

impl Step {
    /// All of them.
    pub const ALL: [Step; 8] = [
        Step::New,
        Step::Next,
        Step::Two,
        Step::Large,
        Step::Draft,
        Step::Clear,
        Step::Passphrase,
        Step::Restart,
    ];
}

/// A person at a watched computer.
pub struct Journey<'a> {
    pub sim: Sim,
    wrap: &'a Wrap,
    open: Option<OpenVault>,
    known: Known,
    /// What is known from so many calls on.
    moments: Vec<(usize, Known)>,
}

/// The id of the draft that is written and cleared.
fn draft_id() -> Id {
    id(500_000)
}

impl<'a> Journey<'a> {
    /// With a new vault.
    pub fn begin(wrap: &'a Wrap) -> Journey<'a> {
        let sim = Sim::start(&Image::empty(2));
        let stores = |disk| wrap(disk, Box::new(sim.store(disk)));
        let (open, key) = super::vault::create(stores(VAULT), stores(LOCAL)).unwrap();
        let known = Known::of_new_vault(key);
        let moments = vec![(sim.machine().calls(), known.clone())];
        Journey { sim, wrap, open: Some(open), known, moments }
    }

    /// On disks as a crash or an orderly end left them. What was uncertain is now there or not.
    pub fn resume(image: &Image, known: &Known, wrap: &'a Wrap) -> Result<Journey<'a>, String> {
        let sim = Sim::start(image);
        let known = known.clone();
        let moments = vec![(0, known.clone())];
        let mut journey = Journey { sim, wrap, open: None, known, moments };
        journey.start_program()?;
        journey.judge()?;
        journey.settle();
        Ok(journey)
    }

    /// The same computer and vault in the hands of a store that keeps the rules.
    pub fn image(&self) -> Image {
        self.sim.image()
    }

    /// What may be relied on now.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// The open vault.
    pub fn vault(&mut self) -> &mut OpenVault {
        self.open.as_mut().unwrap()
    }

    /// Does one thing.
    pub fn step(&mut self, step: Step) -> Result<(), String> {
        self.known.count += 1;
        let count = self.known.count;
        match step {
            Step::New => self.save(vec![note(count, &format!("record {count}"))]),
            Step::Next => self.save(vec![self.next_version()]),
            Step::Two => {
                let (one, two) = (note(count, "one of two"), note(100_000 + count, "two of two"));
                self.save(vec![one, two])
            }
            Step::Large => self.save(vec![note(count, &"long ".repeat(2000))]),
            Step::Draft => self.draft(Some(format!("draft {count}"))),
            Step::Clear => self.draft(None),
            Step::Passphrase => self.change_passphrase(format!("passphrase {count}")),
            Step::Restart => {
                self.open = None;
                self.start_program()
            }
        }
    }

    /// Does one thing while a call fails: success is not reported, nothing older changes, and no
    /// file is synced a second time. Gives the call, or nothing when there were fewer calls.
    pub fn step_failing(&mut self, step: Step, fault: Fault) -> Result<Option<Op>, String> {
        let machine = self.sim.machine().clone();
        let before = machine.calls();
        machine.arm(fault);
        let result = self.step(step);
        let Some(failed) = machine.disarm() else { return result.map(|()| None) };
        // Heads are written after a save and may be lost.
        let promised = if matches!(step, Step::Draft | Step::Clear) { LOCAL } else { VAULT };
        if result.is_ok() && failed.disk == promised {
            return Err(format!("N6: {step:?} reports success after {failed}"));
        }
        no_second_sync(&machine.record(before))?;
        self.known.judge_bytes(&self.image())?;
        Ok(Some(failed))
    }

    fn next_version(&self) -> Entry {
        let vault = self.open.as_ref().unwrap();
        let Some(held) = self.known.saved.last() else {
            return note(self.known.count, "the first of all");
        };
        let id = held.entries[0].id;
        let body = json!({ "text": format!("version {}", self.known.count) });
        Entry::new(Kind::Reflection, id, vault.records().heads(id), body).unwrap()
    }

    fn save(&mut self, entries: Vec<Entry>) -> Result<(), String> {
        self.known.uncertain.push(Arc::new(entries.clone()));
        self.note_moment();
        let result = self.vault().save(entries.clone(), now());
        let saved = result.map_err(|error| format!("a save failed: {error:?}"))?;
        self.known.uncertain.pop();
        let bytes = self.sim.disk(VAULT).get(&saved.file);
        self.known.saved.push(Arc::new(Held { file: Some((saved.file, bytes)), entries }));
        self.note_moment();
        Ok(())
    }

    fn draft(&mut self, text: Option<String>) -> Result<(), String> {
        let drafts = self.known.drafts.entry(draft_id()).or_insert_with(|| vec![None]);
        drafts.push(text.clone());
        self.note_moment();
        let result = match &text {
            Some(text) => self.vault().draft_put(draft_id(), text.as_bytes(), now()),
            None => self.vault().draft_clear(draft_id()),
        };
        result.map_err(|error| format!("a draft failed: {error:?}"))?;
        self.known.drafts.insert(draft_id(), vec![text]);
        self.note_moment();
        Ok(())
    }

    fn change_passphrase(&mut self, new: String) -> Result<(), String> {
        self.known.passphrases.push(new.clone());
        self.note_moment();
        let candidates: Vec<Passphrase> =
            self.known.passphrases.iter().map(|text| Passphrase::new(text)).collect();
        let (newest, older) = candidates.split_last().unwrap();
        // After a change that was cut off only one of two may be right.
        let changed = older
            .iter()
            .rev()
            .map(|old| self.open.as_mut().unwrap().change_passphrase(old, newest, cost()))
            .find(|result| !matches!(result, Err(VaultError::WrongPassphrase)));
        match changed {
            Some(Ok(())) => {}
            Some(Err(error)) => return Err(format!("a change failed: {error:?}")),
            None => return Err("no passphrase is right".to_owned()),
        }
        self.known.former.append(&mut self.known.passphrases);
        self.known.former.pop();
        self.known.passphrases.push(new);
        self.note_moment();
        Ok(())
    }

    fn note_moment(&mut self) {
        self.moments.push((self.sim.machine().calls(), self.known.clone()));
    }

    /// Starts the program and unlocks; writing is possible.
    fn start_program(&mut self) -> Result<(), String> {
        let store = |disk| (self.wrap)(disk, Box::new(self.sim.store(disk)));
        let vault = match Vault::find(store(VAULT), store(LOCAL)) {
            Ok(Some(vault)) => vault,
            Ok(None) => return Err("N4: the vault is not found".to_owned()),
            Err(error) => return Err(format!("N4: the vault cannot be looked at: {error:?}")),
        };
        let open = vault.unlock_with_recovery_key(&self.known.key, now());
        let open = open.map_err(|(_, error)| format!("N4: it does not open: {error:?}"))?;
        if let Some(why) = open.read_only() {
            return Err(format!("N4: it opens for reading only: {why}"));
        }
        self.open = Some(open);
        Ok(())
    }

    /// After a start, what was uncertain counts as saved where it is there, and is gone for good
    /// where it is not.
    fn settle(&mut self) {
        let open = self.open.as_ref().unwrap();
        for entries in std::mem::take(&mut self.known.uncertain) {
            if entries.iter().all(|entry| holds_entry(open, entry)) {
                let entries = entries.to_vec();
                self.known.saved.push(Arc::new(Held { file: None, entries }));
            }
        }
        for (id, options) in &mut self.known.drafts {
            let text = draft_text(open, *id);
            options.retain(|option| *option == text);
        }
    }

    /// Whether the open vault shows all that may be relied on, and nothing that nobody wrote.
    pub fn judge(&self) -> Result<(), String> {
        let open = self.open.as_ref().unwrap();
        let known = &self.known;
        let mut expected = BTreeSet::new();
        for entry in known.saved.iter().flat_map(|held| &held.entries) {
            if !holds_entry(open, entry) {
                return Err(format!("N1: the acknowledged entry {} is lost", entry.id));
            }
            expected.insert((entry.id, entry.rev));
        }
        for entries in &known.uncertain {
            let there = entries.iter().filter(|entry| holds_entry(open, entry)).count();
            if there != 0 && there != entries.len() {
                return Err("N3: a part of a save is there".to_owned());
            }
            expected.extend(entries.iter().take(there).map(|entry| (entry.id, entry.rev)));
        }
        let shown: usize =
            open.records().ids().map(|id| open.records().revisions(id).count()).sum();
        if shown != expected.len() {
            return Err(format!("{shown} versions are shown, {} were written", expected.len()));
        }
        for (id, options) in &known.drafts {
            let text = draft_text(open, *id);
            if !options.contains(&text) {
                return Err(format!("the draft is {text:?}, and may be {options:?}"));
            }
        }
        self.judge_warnings(open.warnings())
    }

    /// Nothing may alarm the person who did nothing but lose power.
    fn judge_warnings(&self, warnings: &[Warning]) -> Result<(), String> {
        let several = self.known.passphrases.len() > 1;
        let alarm = warnings.iter().find(|warning| match warning {
            Warning::Temporary { .. } => false,
            Warning::SeveralPassphrases => !several,
            _ => true,
        });
        alarm.map_or(Ok(()), |alarm| Err(format!("a false alarm: {alarm}")))
    }

    /// Whether a whole check finds nothing wrong, but for files that were never acknowledged.
    /// The start has just read every record; what it found is the same check's result.
    fn judge_whole(&self) -> Result<(), String> {
        self.judge()?;
        let open = self.open.as_ref().unwrap();
        let store = |disk| Box::new(self.sim.disk(disk).clone());
        let closed = Vault::find(store(VAULT), store(LOCAL)).ok().flatten();
        let report = closed.unwrap().verify(&mut go_on).map_err(|error| format!("{error:?}"))?;
        let at_start = open.damaged();
        let bad = report.damaged.iter().chain(&at_start).find(|damaged| {
            self.known.is_acknowledged(&damaged.file) || !damaged.file.starts_with("records/")
        });
        match bad {
            Some(bad) => Err(format!("N2: {} is damaged: {}", bad.file, bad.why)),
            None => self.judge_warnings(&report.warnings),
        }
    }

    /// What is known at each moment from this call on, with the disks at that moment.
    pub fn each_moment(&self, from: usize, mut visit: impl FnMut(&Disks, &Known, usize)) {
        let record = self.sim.machine().record(0);
        let mut disks = self.sim.disks_at_start();
        for calls in 0..=record.len() {
            if calls > 0 {
                disks.apply(&record[calls - 1]);
            }
            let changed = calls == 0 || record[calls - 1].changes() || calls == record.len();
            if calls < from || !changed {
                continue;
            }
            let phase = self.moments.partition_point(|(since, _)| *since <= calls);
            if phase > 0 {
                visit(&disks, &self.moments[phase - 1].1, phase);
            }
        }
    }
}

fn draft_text(open: &OpenVault, id: Id) -> Option<String> {
    open.draft_get(id).map(|draft| String::from_utf8_lossy(&draft.content).into_owned())
}

/// After a failed sync the system may have thrown the bytes away, and a second sync would lie.
fn no_second_sync(record: &[Op]) -> Result<(), String> {
    let mut failed = BTreeSet::new();
    for op in record {
        if let Call::Sync { file, .. } = &op.call {
            if failed.contains(file) {
                return Err(format!("a second sync after a failed one: {op}"));
            }
            if op.error.is_some() {
                failed.insert(*file);
            }
        }
    }
    Ok(())
}
