//! The oracle of the crash tests: it does what a person does on a watched computer, remembers
//! what was acknowledged, and judges what is found after a crash.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};

use cairn::model::{Entry, Id, Kind};
use cairn::vault::store::Store;
use cairn::vault::store::sim::crash::Disks;
use cairn::vault::store::sim::{Call, Image, Op, Sim};
use cairn::vault::{OpenVault, Passphrase, RecoveryKey, Vault, VaultError, Warning};
use serde_json::json;

use super::vault::{cost, go_on, holds_entry, id, note, now};

/// The disk of the vault's folder.
pub const VAULT: usize = 0;
/// The disk of local state.
pub const LOCAL: usize = 1;

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

/// A save that was acknowledged: to the person, with its file, or by a start that found it.
#[derive(Debug)]
struct Held {
    file: Option<(String, Option<Vec<u8>>)>,
    entries: Vec<Entry>,
}

/// What the person may rely on at a moment.
#[derive(Clone)]
pub struct Known {
    /// Opens the vault at once, where a passphrase takes time.
    key: Arc<RecoveryKey>,
    saved: Vec<Arc<Held>>,
    /// Saves that failed or were cut off: wholly there or wholly absent.
    uncertain: Vec<Arc<Vec<Entry>>>,
    /// What a draft may be.
    drafts: BTreeMap<Id, Vec<Option<String>>>,
    /// At least one of these opens the vault; the last is the newest.
    passphrases: Vec<String>,
    /// None of these opens it.
    former: Vec<String>,
    /// What was found of passphrases on key files seen before.
    doors: Arc<Mutex<HashMap<u64, Result<(), String>>>>,
    /// How many records and other things were begun, for names that are not used twice.
    count: u64,
}

impl Known {
    fn of_new_vault(key: RecoveryKey) -> Known {
        Known {
            key: Arc::new(key),
            saved: Vec::new(),
            uncertain: Vec::new(),
            drafts: BTreeMap::new(),
            passphrases: vec!["correct horse battery staple".to_owned()],
            former: Vec::new(),
            doors: Arc::default(),
            count: 0,
        }
    }

    fn is_acknowledged(&self, path: &str) -> bool {
        self.saved.iter().any(|held| held.file.as_ref().is_some_and(|(file, _)| file == path))
    }

    /// Whether one of the right passphrases opens the vault and no former one does. Only the
    /// key files decide, so what is known of them is not tried again.
    fn judge_doors(&self, image: &Image) -> Result<(), String> {
        let mut hasher = DefaultHasher::new();
        for path in image.paths(VAULT).filter(|path| !path.starts_with("records")) {
            (path, image.get(VAULT, path)).hash(&mut hasher);
        }
        (&self.passphrases, &self.former).hash(&mut hasher);
        let key = hasher.finish();
        if let Some(result) = self.doors.lock().unwrap().get(&key) {
            return result.clone();
        }
        let result = self.try_doors(image);
        self.doors.lock().unwrap().insert(key, result.clone());
        result
    }

    fn try_doors(&self, image: &Image) -> Result<(), String> {
        let opens = |text: &String| {
            let found = Vault::find(Box::new(image.store(VAULT)), Box::new(image.store(LOCAL)));
            let vault = found.ok().flatten();
            vault.is_some_and(|vault| vault.unlock(&Passphrase::new(text), now()).is_ok())
        };
        if let Some(former) = self.former.iter().find(|former| opens(former)) {
            return Err(format!("the former {former} opens the vault"));
        }
        if self.passphrases.iter().any(opens) {
            Ok(())
        } else {
            Err("N4: no passphrase opens the vault".to_owned())
        }
    }
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
        let bad = report.damaged.iter().chain(open.damaged()).find(|damaged| {
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

/// Whether this state of the disks, found after a crash, keeps every promise: all that was
/// acknowledged is there to the byte, what was not is wholly there or wholly absent, the vault
/// opens without help, takes another save, and is sound after the next start.
pub fn judge<'a>(image: &Image, known: &Known, wrap: &'a Wrap) -> Result<Journey<'a>, String> {
    for (file, bytes) in known.saved.iter().filter_map(|held| held.file.as_ref()) {
        match image.get(VAULT, file) {
            Some(found) if Some(found) == bytes.as_deref() => {}
            Some(_) => return Err(format!("N1: the acknowledged {file} was changed")),
            None => return Err(format!("N1: the acknowledged {file} is lost")),
        }
    }
    known.judge_doors(image)?;
    let mut journey = Journey::resume(image, known, wrap)?;
    journey.step(Step::New)?;
    journey.step(Step::Restart)?;
    journey.judge_whole()?;
    no_number_twice(&journey.image())?;
    no_temporary_read(&journey.sim.machine().record(0))?;
    Ok(journey)
}

/// Whether no two record files of a computer have one number.
pub fn no_number_twice(image: &Image) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for path in image.paths(VAULT).filter(|path| path.starts_with("records/")) {
        let numbered = path.rsplit_once('-').map_or(path, |(numbered, _)| numbered);
        if !path.contains("~$") && !seen.insert(numbered) {
            return Err(format!("the number of {path} was used twice"));
        }
    }
    Ok(())
}

/// That no temporary file is ever read is why states that differ in one's bytes alone are alike.
fn no_temporary_read(record: &[Op]) -> Result<(), String> {
    let reads = |op: &&Op| matches!(&op.call, Call::Read { path } if path.contains("~$"));
    record.iter().find(reads).map_or(Ok(()), |op| Err(format!("a left-over was used: {op}")))
}

/// What was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Moments at which the power went.
    pub moments: usize,
    /// Legal states of the disks at these moments.
    pub states: usize,
    /// Of them, those that differ from all others of the same workload and the same knowledge.
    pub distinct: usize,
    /// Of them, those that differ in more than bytes of temporary files, and were opened.
    pub opened: usize,
    /// Moments at which there were too many states to build all.
    pub sampled: usize,
}

impl Count {
    /// Adds another count.
    pub fn add(&mut self, other: Count) {
        self.moments += other.moments;
        self.states += other.states;
        self.distinct += other.distinct;
        self.opened += other.opened;
        self.sampled += other.sampled;
    }
}

/// Lets the power go at every moment of a journey from this call on, and judges every legal
/// state of the disks; `more` may go on from a state that was found good.
pub fn crash_everywhere<'a>(
    journey: &Journey<'a>,
    from: usize,
    bound: usize,
    more: &mut dyn FnMut(&Journey<'a>) -> Result<(), String>,
) -> Result<Count, String> {
    let mut count = Count::default();
    let (mut trees, mut read) = (HashSet::new(), HashSet::new());
    let mut result = Ok(());
    journey.each_moment(from, |disks, known, phase| {
        if result.is_err() {
            return;
        }
        count.moments += 1;
        let states = disks.states(bound, u64::try_from(count.moments).unwrap());
        count.sampled += usize::from(!states.complete);
        for image in states.images {
            count.states += 1;
            if !trees.insert((image.key(), phase)) {
                continue;
            }
            count.distinct += 1;
            if !read.insert((image.key_without_bytes_of("~$"), phase)) {
                continue;
            }
            count.opened += 1;
            result = judge(&image, known, journey.wrap).and_then(|journey| more(&journey));
            if let Err(why) = &mut result {
                let paths: Vec<&str> = image.paths(VAULT).chain(image.paths(LOCAL)).collect();
                why.push_str(&format!("\nthe disks held {paths:#?}"));
                return;
            }
        }
    });
    result.map(|()| count)
}
