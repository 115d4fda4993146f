//! What was acknowledged, kept outside of the disk under test, and whether it is still there.

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use cairn::vault::{OpenVault, Warning};
use jiff::Timestamp;

use super::Place;
use super::work::{Work, check_shown, content_of, entries_of, split};
use crate::support::vault::go_on;

/// What a vault must hold. An attempt without an acknowledgement may have worked or not.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    created: bool,
    /// Versions that must be there, with the hash of their JSON.
    saved: BTreeMap<String, String>,
    /// About whom each of them is.
    about: BTreeMap<String, String>,
    /// Files that an acknowledged save named, and about whom they are.
    files: BTreeMap<String, String>,
    /// Saves of which each is there wholly or not at all.
    doubtful: Vec<BTreeMap<String, String>>,
    /// People of whom nothing may be there, by the record that says so; those of an erasure
    /// without an acknowledgement when that record is there.
    erased: BTreeMap<String, String>,
    half_erased: BTreeMap<String, String>,
    /// Receipts that the vault may hold, or one that it moved to.
    receipts: BTreeSet<String>,
    /// What a finished copy in another folder must hold, and the passphrase that opens it.
    copies: BTreeMap<&'static str, (u32, BTreeSet<String>)>,
    /// What each draft may be.
    drafts: BTreeMap<String, BTreeSet<Option<String>>>,
    /// The passphrases of which at least one opens the vault.
    passphrases: BTreeSet<u32>,
    /// The one of which that is certain.
    passphrase: u32,
    /// Those that were changed away with success since the last check.
    retired: BTreeSet<u32>,
    trying: Option<String>,
    refused: Vec<String>,
    acknowledged: u64,
    more: u64,
}

impl Ledger {
    /// For a folder without a vault.
    pub fn new() -> Ledger {
        Ledger { passphrases: [1].into(), passphrase: 1, ..Ledger::default() }
    }

    /// How many attempts were acknowledged.
    pub const fn acknowledged(&self) -> u64 {
        self.acknowledged
    }

    /// The passphrase that opens the vault.
    pub const fn passphrase(&self) -> u32 {
        self.passphrase
    }

    /// What was refused since the last check.
    pub fn refused(&self) -> &[String] {
        &self.refused
    }

    /// The files that acknowledged saves named.
    pub fn files(&self) -> impl Iterator<Item = &String> {
        self.files.keys()
    }

    /// The versions that must be there, whatever became of an erasure.
    pub fn must_hold(&self) -> impl Iterator<Item = &String> {
        let gone = |person: &String| {
            let mut erasures = self.erased.values().chain(self.half_erased.values());
            erasures.any(|erased| erased == person)
        };
        let kept = move |name: &&String| !self.about.get(*name).is_some_and(gone);
        self.saved.keys().filter(kept)
    }

    /// Takes note of what a process said.
    pub fn read_all(&mut self, lines: &[String]) {
        for line in lines {
            self.read(line);
        }
    }

    /// The same, up to a moment: what is acknowledged later may be there or not.
    pub fn read_until(&mut self, lines: &[String], moment: SystemTime) {
        let moment = moment.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos();
        let said_at = |line: &str| line.rsplit_once('@')?.1.parse::<u128>().ok();
        for line in lines {
            match said_at(line) {
                Some(at) if at > moment => self.read("ERR too late"),
                _ => self.read(line),
            }
        }
    }

    pub fn read(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "TRY" => self.try_out(rest),
            "ACK" => self.acknowledge(rest),
            "ERR" => {
                self.refused.push(rest.to_owned());
                self.trying = None;
            }
            _ => {}
        }
    }

    fn try_out(&mut self, attempt: &str) {
        self.trying = Some(attempt.to_owned());
        let words: Vec<&str> = attempt.split(' ').collect();
        match words[..] {
            ["save", person, ..] => {
                let tried: BTreeMap<_, _> = words[2..].iter().map(|name| split(name)).collect();
                let about = tried.keys().map(|name| (name.clone(), person.to_owned()));
                self.about.extend(about);
                self.doubtful.push(tried);
            }
            ["erase", person, says] => {
                self.half_erased.insert(says.to_owned(), person.to_owned());
            }
            ["draft", id, hash] => {
                self.draft(id).insert(Some(hash.to_owned()));
            }
            ["clear", id] => {
                self.draft(id).insert(None);
            }
            ["pass", number] => {
                self.passphrases.insert(number.parse().unwrap());
            }
            ["backup", receipt] | ["move", _, receipt] => {
                self.receipts.insert(receipt.to_owned());
            }
            ["create"] => {}
            _ => panic!("an attempt that the ledger does not know: {attempt}"),
        }
    }

    fn draft(&mut self, id: &str) -> &mut BTreeSet<Option<String>> {
        self.drafts.entry(id.to_owned()).or_insert_with(|| [None].into())
    }

    fn acknowledge(&mut self, rest: &str) {
        let attempt = self.trying.take().expect("an attempt before its acknowledgement");
        self.acknowledged += 1;
        let words: Vec<&str> = attempt.split(' ').collect();
        match words[..] {
            ["save", person, ..] => {
                self.saved.extend(self.doubtful.pop().unwrap());
                let file = rest.split(' ').nth(1).unwrap();
                self.files.insert(file.to_owned(), person.to_owned());
            }
            ["erase", person, says] => {
                self.half_erased.remove(says);
                self.erased.insert(says.to_owned(), person.to_owned());
            }
            ["draft", id, hash] => *self.draft(id) = [Some(hash.to_owned())].into(),
            ["clear", id] => *self.draft(id) = [None].into(),
            ["pass", number] => {
                let number = number.parse().unwrap();
                self.passphrases.remove(&number);
                self.retired.append(&mut self.passphrases);
                self.passphrases = [number].into();
                self.passphrase = number;
            }
            ["backup", _] => self.copied("backup", self.passphrase),
            ["move", number, _] => self.copied("moved", number.parse().unwrap()),
            ["create"] => self.created = true,
            _ => panic!("an acknowledgement of nothing: {attempt}"),
        }
    }

    fn copied(&mut self, folder: &'static str, passphrase: u32) {
        let held = self.must_hold().cloned().collect();
        self.copies.insert(folder, (passphrase, held));
    }

    /// Opens what is left, without any help, and checks every promise; then saves once more.
    /// Gives false where nothing was ever acknowledged and nothing can be opened.
    pub fn check(&mut self, place: &Place) -> Result<bool, String> {
        self.trying = None;
        self.refused.clear();
        let Some(mut vault) = self.open(place)? else { return Ok(false) };
        let held = entries_of(&vault);
        check_shown(&mut vault, &held)?;
        self.check_records(&vault, held)?;
        self.check_drafts(&vault)?;
        self.check_files(&vault, place)?;
        self.check_copies(place)?;
        self.save_once_more(vault)?;
        Ok(true)
    }

    fn open(&mut self, place: &Place) -> Result<Option<OpenVault>, String> {
        let tried = std::mem::take(&mut self.passphrases);
        let mut open = None;
        for number in tried.iter().rev().copied() {
            match open {
                // While one has it open the others can still read it.
                Some(_) if place.opens(number) => {}
                Some(_) => continue,
                None => match place.open(number) {
                    Ok(vault) => open = Some(vault),
                    Err(_) => continue,
                },
            }
            self.passphrases.insert(number);
        }
        // One that was certain opens it still, or the change has worked after all.
        let newest = self.passphrases.last().copied();
        self.passphrase = newest.unwrap_or(self.passphrase);
        let read_only = open.as_ref().map(OpenVault::read_only);
        match read_only {
            Some(None) => self.created = true,
            Some(Some(why)) if self.created => return Err(format!("only for reading: {why}")),
            None if self.created => {
                let why = place.open(self.passphrase()).err();
                return Err(format!("none of the passphrases {tried:?} opens it: {why:?}"));
            }
            _ => {
                // It was never acknowledged; what is there is no promise.
                *self = Ledger { acknowledged: self.acknowledged, ..Ledger::new() };
                return Ok(None);
            }
        }
        let retired = std::mem::take(&mut self.retired);
        match retired.into_iter().find(|number| place.opens(*number)) {
            Some(number) => Err(format!("the passphrase {number} was changed and still opens it")),
            None => Ok(open),
        }
    }

    fn check_records(
        &mut self,
        vault: &OpenVault,
        mut held: BTreeMap<String, String>,
    ) -> Result<(), String> {
        self.check_erased(&mut held)?;
        for attempt in std::mem::take(&mut self.doubtful) {
            let there = attempt.iter().filter(|(name, _)| held.contains_key(*name)).count();
            match there {
                0 => {}
                all if all == attempt.len() => self.saved.extend(attempt),
                _ => return Err(format!("a part of a save is there: {attempt:?}")),
            }
        }
        if let Some((name, _)) = self.saved.iter().find(|(name, _)| !held.contains_key(*name)) {
            return Err(format!("acknowledged and lost: {name}; {:?}", vault.damaged()));
        }
        let may_hold = |(name, hash): &(&String, &String)| {
            let receipt = name.split(':').next().is_some_and(|id| self.receipts.contains(id));
            receipt || self.saved.get(*name) == Some(hash)
        };
        match held.iter().find(|version| !may_hold(version)) {
            Some((name, _)) => Err(format!("changed, or never written: {name}")),
            None => Ok(()),
        }
    }

    /// What was erased is gone for good, and the record that says so is there and one more.
    fn check_erased(&mut self, held: &mut BTreeMap<String, String>) -> Result<(), String> {
        let says = |id: &str, held: &BTreeMap<String, String>| {
            held.keys().find(|name| name.starts_with(id)).cloned()
        };
        for (id, person) in std::mem::take(&mut self.half_erased) {
            if says(&id, held).is_some() {
                self.erased.insert(id, person);
            }
        }
        for (id, person) in &self.erased {
            let Some(name) = says(id, held) else {
                return Err(format!("{person} was erased, and no record says so"));
            };
            held.remove(&name);
            let theirs = |name: &String| self.about.get(name) == Some(person);
            if let Some(name) = held.keys().find(|name| theirs(name)) {
                return Err(format!("erased and there again: {name}"));
            }
            self.saved.retain(|name, _| !theirs(name));
            self.doubtful.iter_mut().for_each(|attempt| attempt.retain(|name, _| !theirs(name)));
        }
        self.doubtful.retain(|attempt| !attempt.is_empty());
        Ok(())
    }

    fn check_drafts(&mut self, vault: &OpenVault) -> Result<(), String> {
        let mut held: BTreeMap<String, String> = vault
            .drafts()
            .map(|(id, draft)| (id.to_string(), content_of(&draft.content)))
            .collect();
        for (id, may_be) in &mut self.drafts {
            let is = held.remove(id);
            if !may_be.contains(&is) {
                return Err(format!("the draft {id} is {is:?} and should be one of {may_be:?}"));
            }
            *may_be = [is].into();
        }
        if held.is_empty() { Ok(()) } else { Err(format!("drafts that nobody wrote: {held:?}")) }
    }

    fn check_files(&self, vault: &OpenVault, place: &Place) -> Result<(), String> {
        let report =
            vault.verify(Timestamp::now(), &mut go_on).map_err(|error| format!("{error:?}"))?;
        if !report.damaged.is_empty() || !vault.damaged().is_empty() {
            return Err(format!("damaged: {:?} {:?}", report.damaged, vault.damaged()));
        }
        let several = self.passphrases.len() > 1;
        let fine = |warning: &&Warning| match warning {
            Warning::Temporary { .. } => true,
            Warning::SeveralPassphrases => several,
            _ => false,
        };
        let strange = report.warnings.iter().chain(vault.warnings()).find(|found| !fine(found));
        if let Some(warning) = strange {
            return Err(format!("a warning without a cause: {warning}"));
        }
        let is_there = |file: &String| place.vault.join(file).exists();
        let erased = |person: &String| self.erased.values().any(|gone| gone == person);
        match self.files.iter().find(|(file, person)| is_there(file) == erased(person)) {
            Some((file, person)) if erased(person) => Err(format!("erased and there: {file}")),
            Some((file, _)) => Err(format!("an acknowledged file is gone: {file}")),
            None => Ok(()),
        }
    }

    /// A copy that was acknowledged holds everything; one that was cut off holds nothing damaged.
    fn check_copies(&self, place: &Place) -> Result<(), String> {
        for folder in ["backup", "moved"] {
            let copy = place.beside(folder);
            let Ok(Some(vault)) = copy.find() else {
                match self.copies.get(folder) {
                    Some(_) => return Err(format!("the finished {folder} is not there")),
                    None => continue,
                }
            };
            let report = vault.verify(&mut go_on).map_err(|error| format!("{error:?}"))?;
            if !report.damaged.is_empty() {
                return Err(format!("the {folder} is damaged: {:?}", report.damaged));
            }
            let Some((passphrase, must)) = self.copies.get(folder) else { continue };
            let open = copy.open(*passphrase).map_err(|error| format!("{folder}: {error:?}"))?;
            let held = entries_of(&open);
            // A person who was erased later is still in a copy that was made before.
            if let Some(name) = must.iter().find(|name| !held.contains_key(*name)) {
                return Err(format!("{name} is not in the finished {folder}"));
            }
        }
        Ok(())
    }

    fn save_once_more(&mut self, vault: OpenVault) -> Result<(), String> {
        self.more += 1;
        let seed = 0xffff_0000 + self.more * 0x1_0000_0001;
        let mut said = Vec::new();
        let saved = {
            let say = |line: &str| said.push(line.to_owned());
            let mut work = Work::new(vault, self.passphrase(), seed, say);
            let saved = work.edit();
            if self.more.is_multiple_of(2) {
                // Now and then it ends as it should.
                drop(work.vault.lock(Timestamp::now()));
            }
            saved
        };
        // The check itself is not one of the saves that are counted.
        let acknowledged = self.acknowledged;
        self.read_all(&said);
        self.acknowledged = acknowledged;
        saved.map_err(|error| format!("the next save is refused: {error:?}"))
    }
}
