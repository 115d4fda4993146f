//! Backing up: a copy of every file in a second folder, to which files are only ever added.
//!
//! A backup is a vault: the same files under the same names, which any copy of Cairn opens, and
//! stock age too. It needs no key but for its receipt, a record that says what it held, and
//! whose file is copied as well. The receipt has four words, from its revision, for writing on
//! the stick.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::copy::{
    CopyError, Copying, Ground, Put, Step, copy_key, copy_vault_file, look_at_ground, write_rescue,
};
use super::error::{Damage, Damaged, VaultError};
use super::facts::Matter;
use super::keys;
use super::load::Found;
use super::names::{Hash128, KeyKind, KeyName, RecordName, hex};
use super::opened::OpenVault;
use super::standing;
use super::store::Store;
use super::words::four_words;
use super::write::unlink_if_there;
use crate::model::{BackedUp, Body, Entry, Id, Kind, Receipt, Rev};

/// What the receipt of a new recovery key is called.
const NEW_RECOVERY_KEY: &str = "New recovery key";

/// A backup that is being made, a file at a time, so that saves can come in between. Dropping
/// it stops it; what is copied stays, and the next backup to the same folder goes on from it.
pub struct Backup {
    to: Box<dyn Store>,
    place: String,
    receipt: Id,
    copying: Copying,
    begun: bool,
}

/// A finished backup.
#[derive(Debug)]
pub struct BackupMade {
    /// How many record files it holds of those that the vault has.
    pub files: usize,
    /// How many of them were missing there before.
    pub copied: usize,
    /// How many of them were damaged there before and are sound now.
    pub mended: usize,
    /// Files of the vault that can't be read and so were not copied.
    pub damaged: Vec<Damaged>,
    /// Record files that the backup has and the vault no longer: they could be restored.
    pub only_there: usize,
    /// The receipt, or why it could not be kept. The copy is whole without it.
    pub receipt: Result<(Id, Receipt), VaultError>,
}

impl Backup {
    /// Begins a backup into a folder that is missing, or free, or holds an earlier backup of the
    /// same vault. `place` says where in words; `receipt` is the identity of the receipt.
    ///
    /// That the two folders do not lie in one another is for the caller to see to: a store does
    /// not know where it lies.
    ///
    /// # Errors
    /// The folder holds another vault, or does not answer.
    pub fn start(
        vault: &OpenVault,
        to: Box<dyn Store>,
        place: impl Into<String>,
        receipt: Id,
    ) -> Result<Backup, CopyError> {
        look_at_ground(&*vault.closed.store, &*to)?;
        let mut copying = Copying::default();
        copying.look(&*vault.closed.store, &erased(vault));
        Ok(Backup { to, place: place.into(), receipt, copying, begun: false })
    }

    /// Does the next step: one file, or the last one with the receipt.
    ///
    /// # Errors
    /// One of the two folders refused; what is copied stays, and the vault is as it was.
    pub fn step(
        &mut self,
        vault: &mut OpenVault,
        now: Timestamp,
    ) -> Result<Step<BackupMade>, CopyError> {
        if !self.begun {
            self.begin(&*vault.closed.store)?;
            self.begun = true;
        } else if !self.copying.step(&*vault.closed.store, &*self.to)?
            && self.copying.look(&*vault.closed.store, &erased(vault)) == 0
        {
            return self.finish(vault, now).map(Step::Done);
        }
        Ok(Step::More(self.copying.progress()))
    }

    /// Whose backup it is comes first, so that one that is cut off can be gone on with.
    fn begin(&mut self, from: &dyn Store) -> Result<(), CopyError> {
        self.copying.make_folders(&*self.to).map_err(CopyError::Target)?;
        copy_vault_file(from, &*self.to)?;
        write_rescue(&*self.to).map_err(CopyError::Target)?;
        self.copy_keys(from)
    }

    fn copy_keys(&mut self, from: &dyn Store) -> Result<(), CopyError> {
        for key in keys::list(from).map_err(CopyError::Source)? {
            if let Put::Left(why) = copy_key(from, &*self.to, key)? {
                self.copying.note(Damaged { file: key.path(), why });
            }
        }
        Ok(())
    }

    fn finish(&mut self, vault: &mut OpenVault, now: Timestamp) -> Result<BackupMade, CopyError> {
        // The passphrase may have changed meanwhile.
        self.copy_keys(&*vault.closed.store)?;
        self.remove_superseded(vault)?;
        let Copying { copied, mended, .. } = self.copying;
        let erased = erased(vault);
        self.copying.sound.retain(|name| !erased.contains(name));
        let files = self.copying.sound.len();
        let mut there = Found::look(&*self.to).files;
        self.erase(there.intersection(&erased))?;
        there.retain(|name| !erased.contains(name));
        let here = Found::look(&*vault.closed.store).files;
        let receipt = self.receipt(vault, now);
        let kept = save_receipt(vault, self.receipt, &receipt, now);
        self.copying.look(&*vault.closed.store, &erased);
        while self.copying.step(&*vault.closed.store, &*self.to)? {}
        Ok(BackupMade {
            files,
            copied,
            mended,
            damaged: std::mem::take(&mut self.copying.damaged),
            only_there: there.difference(&here).count(),
            receipt: kept.map(|()| (self.receipt, receipt)),
        })
    }

    /// Removes files of people who were erased. The record that says so is there already.
    fn erase<'a>(&self, files: impl Iterator<Item = &'a RecordName>) -> Result<(), CopyError> {
        let mut folders = BTreeSet::new();
        for name in files {
            unlink_if_there(&*self.to, &name.path())
                .map_err(|error| CopyError::Target(VaultError::io(name.path(), error)))?;
            folders.insert(name.folder());
        }
        for folder in folders {
            self.to
                .sync_dir(&folder)
                .map_err(|error| CopyError::Target(VaultError::io(folder, error)))?;
        }
        Ok(())
    }

    fn receipt(&self, vault: &OpenVault, now: Timestamp) -> Receipt {
        let Copying { sound, damaged, .. } = &self.copying;
        let sum = Sum::of(sound.iter().copied());
        Receipt {
            to: self.place.clone(),
            sha256: sum.sha256,
            backup: Some(BackedUp {
                vault: vault.id().to_string(),
                files: sum.files,
                damaged: damaged.len() as u64,
                heads: sum.heads,
                extra: crate::model::Extra::new(),
            }),
            ..Receipt::of("Backup", now)
        }
    }

    /// Removes the key files of an older passphrase or recovery key, which the vault has no
    /// longer. Only those that a file stands for which is known to open the vault: whoever can
    /// write into the vault's folder could put a later number there that opens nothing.
    fn remove_superseded(&self, vault: &OpenVault) -> Result<(), CopyError> {
        let here = keys::list(&*vault.closed.store).map_err(CopyError::Source)?;
        let there = keys::list(&*self.to).map_err(CopyError::Target)?;
        let mut good = known_good(vault);
        good.retain(|key| here.contains(key));
        good.retain(|key| self.copying.damaged.iter().all(|damaged| damaged.file != key.path()));
        let superseded: Vec<KeyName> = there
            .into_iter()
            .filter(|key| !here.contains(key))
            .filter(|key| good.iter().any(|good| good.stands_for(key)))
            .collect();
        if superseded.is_empty() {
            return Ok(());
        }
        keys::remove(&*self.to, &superseded).map_err(CopyError::Target)
    }
}

/// The key files that are known to open the vault: the one that did, and the recovery files
/// that a record names.
fn known_good(vault: &OpenVault) -> Vec<KeyName> {
    let named = receipts(vault)
        .filter(|(_, receipt)| receipt.what == NEW_RECOVERY_KEY)
        .filter_map(|(_, receipt)| KeyName::parse(&receipt.file).ok())
        .filter(|key| key.kind == KeyKind::Recovery);
    named.chain(vault.secrets.opened_with).collect()
}

/// The receipts in the vault.
fn receipts(vault: &OpenVault) -> impl Iterator<Item = (Id, Receipt)> {
    vault.entries_of(Kind::Receipt).into_iter().filter_map(|entry| {
        match Body::read(entry.kind, &entry.body) {
            Ok(Body::Receipt(receipt)) => Some((entry.id, receipt)),
            _ => None,
        }
    })
}

/// The files of people who were erased. The backup must not keep them either.
fn erased(vault: &OpenVault) -> BTreeSet<RecordName> {
    let entries = vault.loaded.files.values().flat_map(|facts| &facts.entries);
    let erasures = entries.filter_map(|entry| match &entry.matter {
        Matter::Erase(erasure) => Some(erasure),
        _ => None,
    });
    erasures
        .filter(|erasure| erasure.person.is_some_and(|id| vault.standing.people.contains(&id)))
        .flat_map(|erasure| erasure.files.iter().map(standing::name))
        .collect()
}

/// Keeps a record that says which recovery file is the vault's own.
pub(super) fn vouch_for(
    vault: &mut OpenVault,
    key: KeyName,
    receipt: Id,
    now: Timestamp,
) -> Result<(), VaultError> {
    let body = Receipt { file: key.to_string(), ..Receipt::of(NEW_RECOVERY_KEY, now) };
    save_receipt(vault, receipt, &body, now)
}

fn save_receipt(
    vault: &mut OpenVault,
    id: Id,
    receipt: &Receipt,
    now: Timestamp,
) -> Result<(), VaultError> {
    vault.save(vec![entry(id, receipt)?], now).map(|_| ())
}

fn entry(id: Id, receipt: &Receipt) -> Result<Entry, VaultError> {
    let body = Body::Receipt(receipt.clone()).write().map_err(|_| VaultError::NotTheSame)?;
    Ok(Entry::new(Kind::Receipt, id, Vec::new(), body)?)
}

/// The four words of a receipt: the first 44 bits of its revision. They name this backup and no
/// other, for writing on the stick, or a certificate of what was erased; nothing for what is
/// neither.
pub fn receipt_words(id: Id, receipt: &Receipt) -> Option<String> {
    if receipt.backup.is_none() && receipt.erased.is_none() {
        return None;
    }
    let rev: Rev = entry(id, receipt).ok()?.rev;
    Some(four_words(rev.bytes()))
}

/// What a receipt counts.
struct Sum {
    files: u64,
    heads: BTreeMap<String, (u64, String)>,
    sha256: String,
}

impl Sum {
    fn of(names: impl Iterator<Item = RecordName>) -> Sum {
        let mut heads = BTreeMap::new();
        let mut list = String::new();
        let mut files = 0;
        let sorted: BTreeSet<RecordName> = names.collect();
        for name in sorted {
            files += 1;
            // In the order of names, so the last of a device is its newest.
            heads.insert(name.device.to_string(), (name.seq, name.hash.to_string()));
            // Writing into a string does not go wrong.
            let _ = writeln!(list, "{}", name.path());
        }
        Sum { files, heads, sha256: hex(&Sha256::digest(list.as_bytes())) }
    }
}

/// How the vault's files compare with a receipt: what a restore has to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The receipt.
    pub receipt: Receipt,
    /// Its four words.
    pub words: String,
    /// How many files of those it counted are here and have sound bytes.
    pub files: u64,
    /// The newest files that it names and that are not here, by computer.
    pub missing_heads: Vec<String>,
    /// Whether every file that it counted is here, and none beside them that is older.
    pub same: bool,
}

impl Compared {
    /// Whether nothing that the backup held is missing.
    pub fn nothing_missing(&self) -> bool {
        let counted = self.receipt.backup.as_ref().map_or(0, |backup| backup.files);
        self.same || (self.missing_heads.is_empty() && self.files >= counted)
    }
}

/// Compares the vault's files with the receipt of its latest backup, by what that held and not by
/// the clock; nothing when it was never backed up.
pub(super) fn compare(vault: &OpenVault) -> Option<Compared> {
    let own = vault.id().to_string();
    let reach_of = |receipt: &Receipt| {
        receipt.backup.as_ref().filter(|backup| backup.vault == own).map(BackedUp::reach)
    };
    let backups =
        receipts(vault).filter_map(|(id, receipt)| Some((reach_of(&receipt)?, id, receipt)));
    let (_, id, receipt) = backups.max_by_key(|(reach, id, receipt)| (*reach, receipt.at, *id))?;
    let words = receipt_words(id, &receipt)?;
    let backup = receipt.backup.as_ref()?;
    let damaged: BTreeSet<String> = vault.damaged().into_iter().map(|d| d.file).collect();
    // What was erased since is not missing.
    let mut here = vault.standing.erased.clone();
    here.extend(&vault.standing.given_up);
    let files = Found::look(&*vault.closed.store).files.into_iter();
    here.extend(files.filter(|name| !damaged.contains(&name.path())));
    let counted = here.iter().copied().filter(|name| {
        let head = backup.heads.get(&name.device.to_string());
        head.is_some_and(|(seq, _)| name.seq <= *seq)
    });
    let sum = Sum::of(counted);
    let missing_heads = backup.heads.iter().filter_map(|(device, (seq, hash))| {
        let device = device.parse().ok()?;
        let name = RecordName { device, seq: *seq, hash: hash.parse::<Hash128>().ok()? };
        (!here.contains(&name)).then(|| name.path())
    });
    let missing_heads = missing_heads.collect();
    let same = sum.files == backup.files && sum.sha256 == receipt.sha256;
    Some(Compared { words, files: sum.files, missing_heads, same, receipt })
}

/// Brings a vault back from a backup, or mends one with it: a file at a time, without a key.
/// Dropping it stops it; the next restore into the same folder goes on from it.
pub struct Restore {
    from: Box<dyn Store>,
    to: Box<dyn Store>,
    copying: Copying,
    ground: Ground,
    begun: bool,
}

/// A finished restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// How many record files of the backup are here now.
    pub files: usize,
    /// How many of them were missing here before.
    pub copied: usize,
    /// How many of them were damaged here before and are sound now.
    pub mended: usize,
    /// Files of the backup that can't be read and so were not copied.
    pub damaged: Vec<Damaged>,
    /// Whether there was nothing of a vault here before.
    pub fresh: bool,
}

impl Restore {
    /// Begins to restore into a folder that is missing or free, or to mend one that holds the
    /// same vault.
    ///
    /// # Errors
    /// There is no backup, or the folder holds another vault, or one of the two does not answer.
    pub fn start(from: Box<dyn Store>, to: Box<dyn Store>) -> Result<Restore, CopyError> {
        let ground = look_at_ground(&*from, &*to)?;
        let mut copying = Copying::default();
        copying.look(&*from, &BTreeSet::new());
        Ok(Restore { from, to, copying, ground, begun: false })
    }

    /// Does the next step: one file, or the last one with `VAULT.json`.
    ///
    /// # Errors
    /// One of the two folders refused; what is copied stays, and the backup is as it was.
    pub fn step(&mut self) -> Result<Step<Restored>, CopyError> {
        let (from, to) = (&*self.from, &*self.to);
        if !self.begun {
            self.copying.make_folders(to).map_err(CopyError::Target)?;
            self.copy_keys()?;
            self.begun = true;
        } else if !self.copying.step(from, to)? {
            write_rescue(to).map_err(CopyError::Target)?;
            copy_vault_file(from, to)?;
            return Ok(Step::Done(Restored {
                files: self.copying.sound.len(),
                copied: self.copying.copied,
                mended: self.copying.mended,
                damaged: std::mem::take(&mut self.copying.damaged),
                fresh: self.ground == Ground::Free,
            }));
        }
        Ok(Step::More(self.copying.progress()))
    }

    /// Key files come back only where there is none of their sort: an older one would let in a
    /// passphrase or a recovery key that was changed after the backup.
    fn copy_keys(&mut self) -> Result<(), CopyError> {
        let (from, to) = (&*self.from, &*self.to);
        let mut held: Vec<KeyName> = Vec::new();
        for key in keys::list(to).map_err(CopyError::Target)? {
            match keys::look_over(to, key) {
                Ok(()) => held.push(key),
                // It may well be sound, and its passphrase the one that holds.
                Err(Damage::Unreadable(kind)) => {
                    return Err(CopyError::Target(VaultError::io(key.path(), kind.into())));
                }
                Err(_) => {}
            }
        }
        for key in keys::list(from).map_err(CopyError::Source)? {
            if held.iter().any(|held| held.kind == key.kind) {
                continue;
            }
            if let Put::Left(why) = copy_key(from, to, key)? {
                self.copying.note(Damaged { file: key.path(), why });
            }
        }
        Ok(())
    }
}
