//! Files that come, go or become whole while the vault is open: another computer writes into the
//! same synced folder.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::current::{self, Content, Current};
use super::error::{Damage, Damaged, VaultError};
use super::load::{Found, Taken, read_all};
use super::names::{RECORDS, RecordName};
use super::opened::{Mode, OpenVault};
use super::snapshot::Text;
use super::standing::Standing;
use crate::model::attachment::without_bytes;
use crate::model::{Id, Kind, Rev};

/// What changed since the last look.
#[derive(Debug, Default)]
pub struct Refreshed {
    /// The newest versions of the records that changed.
    pub current: Vec<Current>,
    /// What the newest versions of these were before.
    pub before: BTreeMap<Id, Vec<Rev>>,
    /// The records that are no longer here.
    pub gone: BTreeSet<Id>,
    /// Whether anything changed, warnings and damaged files included.
    pub changed: bool,
}

impl OpenVault {
    /// Looks into the folder for what other computers wrote, and reads it.
    ///
    /// # Errors
    /// The folder is gone or can't be read. What is open stays open.
    pub fn refresh(&mut self, now: Timestamp) -> Result<Refreshed, VaultError> {
        let store = &*self.closed.store;
        store.stat(RECORDS).map_err(|error| VaultError::io(RECORDS, error))?;
        let mut found = Found::look(store);
        if let Some((dir, error)) = found.closed.take() {
            // What lies there is not known: everything stays as it was.
            return Err(VaultError::io(dir, error));
        }
        let unread: Vec<RecordName> = self.unread(&found);
        let gone: Vec<RecordName> =
            self.loaded.files.keys().filter(|name| !found.files.contains(name)).copied().collect();
        let same = found.is_same(&self.loaded.found);
        if same && unread.is_empty() && gone.is_empty() {
            return Ok(Refreshed::default());
        }
        let damaged_before = self.loaded.damaged.clone();
        let read = read_all(store, &self.secrets, &unread, Taken::of);
        let unread: BTreeSet<String> = unread.iter().map(RecordName::path_of).collect();
        let here = |file: &str| found.files.iter().any(|name| name.path() == file);
        let stays = |damaged: &Damaged| !unread.contains(&damaged.file) && here(&damaged.file);
        self.loaded.damaged.retain(stays);
        self.loaded.found = found;
        // What came back of somebody who was erased goes again.
        self.remove_erased();
        let mut changed: BTreeSet<Id> = BTreeSet::new();
        for name in &gone {
            let facts = self.loaded.files.remove(name);
            changed.extend(facts.iter().flat_map(|facts| &facts.entries).map(|entry| entry.id));
        }
        let mut texts: Vec<Text<'static>> = Vec::new();
        let mut come: Vec<RecordName> = Vec::new();
        let mut take = |name, taken: &mut Taken| {
            changed.extend(taken.facts.entries.iter().map(|entry| entry.id));
            texts.append(&mut taken.texts);
            come.push(name);
        };
        for (name, file) in read {
            self.loaded.put(name, file, &mut take);
        }
        if same && come.is_empty() && gone.is_empty() && damaged_before == self.loaded.damaged {
            return Ok(Refreshed::default());
        }
        let before = changed.iter().map(|id| (*id, self.records.heads(*id))).collect();
        self.work_in(&come, gone.is_empty(), &mut changed, now);
        let mut refreshed = Refreshed { changed: true, before, ..Refreshed::default() };
        refreshed.current = current::among(&self.records, texts).collect();
        self.hand_out(changed, &mut refreshed);
        Ok(refreshed)
    }

    /// The files that are new, and those that were not whole at the last look.
    fn unread(&self, found: &Found) -> Vec<RecordName> {
        let is_new = |name: &&RecordName| {
            !self.loaded.found.files.contains(name) && !self.standing.erased.contains(name)
        };
        let may_mend = |why: &Damage| {
            matches!(why, Damage::Empty | Damage::Hash | Damage::Header | Damage::Unreadable(_))
        };
        let damaged = self.loaded.damaged.iter().filter(|damaged| may_mend(&damaged.why));
        let damaged: BTreeSet<&str> = damaged.map(|damaged| damaged.file.as_str()).collect();
        let again =
            |name: &&RecordName| !damaged.is_empty() && damaged.contains(name.path().as_str());
        found.files.iter().filter(|name| is_new(name) || again(name)).copied().collect()
    }

    /// Puts what came into the graphs, and takes out what went or was erased.
    fn work_in(
        &mut self,
        come: &[RecordName],
        only_more: bool,
        changed: &mut BTreeSet<Id>,
        now: Timestamp,
    ) {
        self.note_holds();
        let standing = Standing::of(&self.loaded.files, &self.holds);
        let simple = only_more
            && standing.erased == self.standing.erased
            && standing.given_up == self.standing.given_up
            && standing.held_back == self.standing.held_back
            && standing.refused == self.standing.refused
            && come.iter().all(|name| standing.shows(name));
        if simple {
            for name in come {
                if let Some(facts) = self.loaded.files.get(name) {
                    self.records.add(*name, facts);
                }
            }
            self.standing = standing;
        } else {
            let before: BTreeSet<Id> = self.records.ids().collect();
            self.look_again(now);
            let after: BTreeSet<Id> = self.records.ids().collect();
            changed.extend(before.symmetric_difference(&after));
            self.remove_erased();
        }
        if let Mode::Writing(writer) = &mut self.mode {
            writer.see(&self.loaded.files);
        }
        self.warnings = self.look(&self.loaded, &self.standing, now);
    }

    /// The records that changed, as they are now.
    pub(super) fn hand_out(&self, changed: BTreeSet<Id>, refreshed: &mut Refreshed) {
        let given: BTreeSet<Id> = refreshed.current.iter().map(|current| current.id).collect();
        for id in changed.into_iter().filter(|id| !given.contains(id)) {
            match self.current_of(id) {
                Some(current) => refreshed.current.push(current),
                None if self.records.kind(id).is_none() => {
                    refreshed.gone.insert(id);
                }
                // Its file can't be read now: what is shown stays.
                None => {}
            }
        }
    }

    /// The newest version of one record, read from its file; nothing where there is none that
    /// can be read.
    pub fn current_of(&self, id: Id) -> Option<Current> {
        self.records.kind(id)?;
        let Some(head) = self.records.sole_head(id) else {
            return Some(Current { id, content: Content::Divided });
        };
        let entry = self.entry(id, head.rev).ok()?;
        let json = match entry.kind {
            Kind::Attachment => without_bytes(&entry.body),
            _ => entry.body.to_string(),
        };
        let content = Content::Whole(entry.kind, json.into());
        Some(Current { id, content })
    }
}
