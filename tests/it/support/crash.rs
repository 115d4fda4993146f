//! The oracle of the crash tests: it does what a person does on a watched computer, remembers
//! what was acknowledged, and judges what is found after a crash.

mod judge;
mod known;

use std::collections::BTreeSet;
use std::sync::Arc;

use cairn::model::{Entry, Id, Kind, Rev};
use cairn::vault::store::Store;
use cairn::vault::store::sim::crash::Disks;
use cairn::vault::store::sim::{Call, Fault, Image, Op, Sim};
use cairn::vault::{OpenVault, Passphrase, Vault, VaultError, Warning};
use serde_json::json;

use super::vault::{cost, go_on, head, holds_entry, id, note, now};

pub use judge::{Count, crash_everywhere, judge, no_number_twice};
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
    /// A new person, with a conversation in the same save.
    Meet,
    /// The newest person is erased; where there is none, one is met.
    Erase,
    /// The program is killed and started again; the power stays on.
    Restart,
    /// The vault is locked and unlocked.
    Lock,
}

impl Step {
    /// All of them.
    pub const ALL: [Step; 11] = [
        Step::New,
        Step::Next,
        Step::Two,
        Step::Large,
        Step::Draft,
        Step::Clear,
        Step::Passphrase,
        Step::Meet,
        Step::Erase,
        Step::Restart,
        Step::Lock,
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

    /// Ends the program, as a kill does.
    pub fn close(&mut self) {
        self.open = None;
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
            Step::New => self.save(vec![note(count, &format!("record {count}"))], None),
            Step::Next => self.save(vec![self.next_version()], None),
            Step::Two => {
                let (one, two) = (note(count, "one of two"), note(100_000 + count, "two of two"));
                self.save(vec![one, two], None)
            }
            Step::Large => self.save(vec![note(count, &"long ".repeat(2000))], None),
            Step::Draft => self.draft(Some(format!("draft {count}"))),
            Step::Clear => self.draft(None),
            Step::Passphrase => self.change_passphrase(format!("passphrase {count}")),
            Step::Meet => self.meet(),
            Step::Erase => self.erase(),
            Step::Restart => {
                self.open = None;
                self.start_program()
            }
            Step::Lock => {
                drop(self.open.take().map(|open| open.lock(now())));
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
        if result.is_ok() && is_promised(step, &failed) {
            return Err(format!("N6: {step:?} reports success after {failed}"));
        }
        no_second_sync(&machine.record(before))?;
        self.known.judge_bytes(&self.image())?;
        Ok(Some(failed))
    }

    fn next_version(&self) -> Entry {
        let vault = self.open.as_ref().unwrap();
        let Some(held) = self.known.saved.iter().rfind(|held| held.person.is_none()) else {
            return note(self.known.count, "the first of all");
        };
        let id = held.entries[0].id;
        let body = json!({ "text": format!("version {}", self.known.count) });
        Entry::new(Kind::Reflection, id, vault.records().heads(id), body).unwrap()
    }

    fn save(&mut self, entries: Vec<Entry>, person: Option<Id>) -> Result<(), String> {
        self.known.uncertain.push((Arc::new(entries.clone()), person));
        self.note_moment();
        let result = self.vault().save(entries.clone(), now());
        let saved = result.map_err(|error| format!("a save failed: {error:?}"))?;
        self.known.uncertain.pop();
        let bytes = self.sim.disk(VAULT).get(&saved.file);
        self.known.saved.push(Arc::new(Held { file: Some((saved.file, bytes)), person, entries }));
        self.note_moment();
        Ok(())
    }

    fn meet(&mut self) -> Result<(), String> {
        let (person, talk) = (id(self.known.count), id(100_000 + self.known.count));
        let entry = |kind, id, body| Entry::new(kind, id, Vec::new(), body).unwrap();
        let entries = vec![
            entry(Kind::Person, person, json!({ "name": "Dr Quill" })),
            entry(Kind::Session, talk, json!({ "person": person, "text": "met" })),
        ];
        self.save(entries, Some(person))
    }

    fn erase(&mut self) -> Result<(), String> {
        let Some(person) = self.known.saved.iter().rev().find_map(|held| held.person) else {
            return self.meet();
        };
        let is_about = |held: &mut Arc<Held>| held.person == Some(person);
        let about: Vec<Arc<Held>> = self.known.saved.extract_if(.., is_about).collect();
        self.known.erasing.extend(about.iter().cloned());
        self.note_moment();
        let mut number = 200_000 + 10 * self.known.count;
        let mut fresh = || {
            number += 1;
            id(number)
        };
        let erased = self.vault().erase(person, &mut fresh, now());
        let erased = erased.map_err(|error| format!("erasing failed: {error:?}"))?;
        if !erased.left.is_empty() {
            return Err(format!("left after erasing: {:?}", erased.left));
        }
        self.known.erasing.retain(|held| held.person != Some(person));
        self.known.erased.extend(about);
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
        for (entries, person) in std::mem::take(&mut self.known.uncertain) {
            if entries.iter().all(|entry| shows(open, entry)) {
                let held = Held { file: None, person, entries: entries.to_vec() };
                self.known.saved.push(Arc::new(held));
            }
        }
        for held in std::mem::take(&mut self.known.erasing) {
            let there = held.entries.iter().all(|entry| shows(open, entry));
            let list = if there { &mut self.known.saved } else { &mut self.known.erased };
            list.push(held);
        }
        for (id, options) in &mut self.known.drafts {
            let text = draft_text(open, *id);
            options.retain(|option| *option == text);
        }
    }

    /// Whether the open vault shows all that may be relied on and nothing that nobody wrote, and
    /// alarms nobody.
    pub fn judge(&self) -> Result<(), String> {
        self.judge_entries()?;
        self.judge_warnings(self.open.as_ref().unwrap().warnings())
    }

    /// Whether it shows all that may be relied on and nothing that nobody wrote.
    pub fn judge_entries(&self) -> Result<(), String> {
        let open = self.open.as_ref().unwrap();
        let known = &self.known;
        let mut expected = BTreeSet::new();
        let mut expect = |entries: &[Entry]| {
            expected.extend(entries.iter().map(|entry| (entry.id, entry.rev)));
        };
        for held in &known.saved {
            if let Some(entry) = held.entries.iter().find(|entry| !shows(open, entry)) {
                return Err(format!("N1: the acknowledged entry {} is lost", entry.id));
            }
            expect(&held.entries);
        }
        for (entries, _) in &known.uncertain {
            match entries.iter().filter(|entry| shows(open, entry)).count() {
                0 => {}
                there if there == entries.len() => expect(entries),
                _ => return Err("N3: a part of a save is there".to_owned()),
            }
        }
        for held in &known.erasing {
            let there = held.entries.iter().filter(|entry| shows(open, entry)).count();
            match (there, is_erased(open, held)) {
                (0, true) => {}
                (there, false) if there == held.entries.len() => expect(&held.entries),
                (_, true) => return Err("N7: a part of an erased person is shown".to_owned()),
                (_, false) => return Err("N1: a person is lost and not erased".to_owned()),
            }
        }
        let no_erasure = |id: &Id| open.records().kind(*id) != Some(Kind::Erase);
        let shown = open.records().ids().filter(no_erasure);
        let shown: BTreeSet<(Id, Rev)> =
            shown.flat_map(|id| open.records().revisions(id).map(move |r| (id, r.rev))).collect();
        if let Some((id, _)) = shown.symmetric_difference(&expected).next() {
            return Err(format!("N7: {id} is shown, and nobody wrote it or somebody erased it"));
        }
        for (id, options) in &known.drafts {
            let text = draft_text(open, *id);
            if !options.contains(&text) {
                return Err(format!("the draft is {text:?}, and may be {options:?}"));
            }
        }
        Ok(())
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
        let known = &self.known;
        let bad = report.damaged.into_iter().chain(open.damaged()).find(|damaged| {
            known.is_acknowledged(&damaged.file) || !damaged.file.starts_with("records/")
        });
        if let Some(bad) = bad {
            return Err(format!("N2: {} is damaged: {}", bad.file, bad.why));
        }
        let lost = |entry: &&Entry| !holds_entry(open, entry);
        if let Some(entry) = known.saved.iter().flat_map(|held| &held.entries).find(lost) {
            return Err(format!("N1: {} is not as it was written", entry.id));
        }
        let back = |held: &&Arc<Held>| {
            held.file.as_ref().is_some_and(|(file, _)| self.sim.disk(VAULT).get(file).is_some())
        };
        if known.erased.iter().any(|held| back(&held)) {
            return Err("N7: a file about an erased person is there".to_owned());
        }
        self.judge_warnings(&report.warnings)
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

/// Whether the vault shows this version. Its name is the hash of its content, which was checked
/// when it was read.
fn shows(open: &OpenVault, entry: &Entry) -> bool {
    open.records().revision(entry.id, entry.rev).is_some()
}

/// Whether a record says that the person of this save was erased.
fn is_erased(open: &OpenVault, held: &Held) -> bool {
    let person = held.person.unwrap().to_string();
    let says_so = |id: &Id| {
        let entry = head(open, *id);
        entry.is_some_and(|entry| {
            entry.kind == Kind::Erase && entry.body["person"] == person.as_str()
        })
    };
    open.records().ids().any(|id| says_so(&id))
}

fn draft_text(open: &OpenVault, id: Id) -> Option<String> {
    open.draft_get(id).map(|draft| String::from_utf8_lossy(&draft.content).into_owned())
}

/// Whether a step may not report success when this call of it failed.
fn is_promised(step: Step, failed: &Op) -> bool {
    match step {
        Step::Draft | Step::Clear => failed.disk == LOCAL,
        // The record that says so is durable by then, or the step fails; a name that comes back
        // is removed at the next opening and never shown.
        Step::Erase if matches!(failed.call, Call::SyncDir { .. }) => false,
        // Heads are written after a save and may be lost.
        _ => failed.disk == VAULT,
    }
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
