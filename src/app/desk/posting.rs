//! What the window asks of the exchange: what would leave, what came, and what to decide. Each
//! brings the records that it needs, as the screens show them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Desk, Whom};
use crate::app::exchanging::{Choice, Coming, ExchangeCame, ExchangeJob, Opened, too_large};
use crate::app::job::{Arrived, Outcome};
use crate::app::notice::Notice;
use crate::exchange::file::{MAX_TEXT, open_any};
use crate::exchange::share::Carried;
use crate::model::merge::{Conflict, Pick};
use crate::model::{Body, Id, Journal, Rev};
use crate::platform;

impl Desk {
    /// Does what the window asks.
    pub(super) fn exchange(&mut self, job: ExchangeJob, now: Timestamp) -> Vec<Outcome> {
        let (bodies, came) = match job {
            ExchangeJob::Compose { person, name, records } => {
                let whom = Whom { id: person, name: &name };
                let composed = self.to_send(whom, &journal_of(records));
                (
                    Vec::new(),
                    composed.map(|(things, checked)| ExchangeCame::Composed {
                        person,
                        things,
                        checked,
                    }),
                )
            }
            ExchangeJob::Send { person, name, records, wanted, out, form, alone } => {
                let whom = Whom { id: person, name: &name };
                let is_wanted = |id| wanted.contains(&id);
                let journal = journal_of(records);
                let came = match self.send_changes(whom, &journal, (&out, form), is_wanted, now) {
                    Ok(sent) => Ok(ExchangeCame::Sent { person, path: out, sent, alone }),
                    Err(_) if alone => Ok(ExchangeCame::NotSent(person)),
                    Err(notice) => Err(notice),
                };
                (Vec::new(), came)
            }
            ExchangeJob::Ready { person, name, records } => {
                let whom = Whom { id: person, name: &name };
                let ready = self.to_send(whom, &journal_of(records));
                let came = ready
                    .map(|(things, checked)| ExchangeCame::Ready { person, things, checked })
                    .unwrap_or(ExchangeCame::NotSent(person));
                (Vec::new(), Ok(came))
            }
            ExchangeJob::Folder { person, name, folder } => {
                let set = self.set_folder(Whom { id: person, name: &name }, folder, now);
                (Vec::new(), set.map(|()| ExchangeCame::FolderKept(person)))
            }
            ExchangeJob::InFolders(news) => {
                let came = self.in_folders(news, now);
                return came
                    .map(|came| Outcome::Exchanged(Ok(Box::new(came))))
                    .into_iter()
                    .collect();
            }
            ExchangeJob::Open(path) => {
                let opened = read(&path).and_then(|bytes| self.open_file(bytes, now));
                (Vec::new(), opened.map(|it| ExchangeCame::Opened(Box::new(it))))
            }
            ExchangeJob::OpenText(text) => {
                let opened = self.open_file(text.into_bytes(), now);
                (Vec::new(), opened.map(|it| ExchangeCame::Opened(Box::new(it))))
            }
            ExchangeJob::TakeIn(shown) => self.take_shown(*shown, now),
            ExchangeJob::Undecided { person, name, records } => {
                let whom = Whom { id: person, name: &name };
                let things = self.undecided(whom, &journal_of(records));
                (Vec::new(), things.map(|things| ExchangeCame::Undecided { person, things }))
            }
            ExchangeJob::Decide { person, name, records, thing, field, choice } => {
                let whom = Whom { id: person, name: &name };
                let before = self.heads_of(records.iter().map(|(id, _)| *id));
                let mut journal = journal_of(records);
                let pick = |id: Id, conflict: &Conflict, own: usize| {
                    let is_it = id == thing && conflict.field == field;
                    is_it.then(|| picked(&choice, conflict, own))
                };
                let changed = journal.changes();
                let decided = self.decide(whom, &mut journal, pick, now);
                let things = decided.and_then(|_| self.undecided(whom, &journal));
                let ids: Vec<Id> = before.keys().copied().collect();
                let changed = journal.changes() != changed;
                let bodies =
                    if changed { self.changed_bodies(&ids, &journal, before) } else { Vec::new() };
                (bodies, things.map(|things| ExchangeCame::Undecided { person, things }))
            }
        };
        // What is kept of a file that left is shown, too.
        let mut outcomes = match &came {
            Ok(ExchangeCame::Sent { sent, .. }) => self.show(&BTreeSet::from([sent.receipt])),
            Ok(ExchangeCame::FolderKept(_)) => self.tell_state(),
            _ => Vec::new(),
        };
        if !bodies.is_empty() {
            let record = self.record_state();
            outcomes.push(Outcome::Arrived(Arrived { bodies, gone: BTreeSet::new(), record }));
        }
        outcomes.push(Outcome::Exchanged(came.map(Box::new)));
        outcomes
    }

    /// Looks into a file, with those records of one's own that it tells of.
    pub(super) fn open_file(&mut self, bytes: Vec<u8>, now: Timestamp) -> Result<Opened, Notice> {
        let (person, ids) = self.told_of(&bytes)?;
        let journal = self.own(ids.iter().copied().chain([person]));
        let coming = self.look_into(&bytes, &journal, now)?;
        Ok(Opened { coming, bytes: Arc::from(bytes), records: ids, changed_since: false })
    }

    /// Whom a file is from, and the things that it tells of.
    fn told_of(&mut self, bytes: &[u8]) -> Result<(Id, Vec<Id>), Notice> {
        let all = self.pairings()?;
        let pairs = all.iter().filter_map(|held| held.kept.pair.as_ref());
        let (pair, _, body) = open_any(pairs, bytes)?;
        let carried = Carried::read(&body)?;
        let held = all
            .iter()
            .find(|held| held.kept.pair.as_ref().is_some_and(|known| known.id == pair.id));
        let person = held.map_or(Id::new(0, 0), |held| held.kept.person);
        Ok((person, carried.things().into_iter().map(|(id, _)| id).collect()))
    }

    /// Records of one's own as they are kept.
    fn own(&mut self, ids: impl Iterator<Item = Id>) -> Journal {
        let Ok(vault) = self.vault() else { return Journal::default() };
        let mut journal = Journal::default();
        for id in ids {
            if let Some(current) = vault.current_of(id)
                && let Ok(shown) = super::reading::shown(vault, current)
            {
                journal.put(id, shown.body);
            }
        }
        journal
    }

    /// Takes in what was shown. Where something changed since, that is shown first.
    fn take_shown(
        &mut self,
        shown: Opened,
        now: Timestamp,
    ) -> (Vec<(Id, Body)>, Result<ExchangeCame, Notice>) {
        let again = match self.open_file(shown.bytes.to_vec(), now) {
            Ok(again) => again,
            Err(notice) => return (Vec::new(), Err(notice)),
        };
        if again.coming.things != shown.coming.things {
            let again = Opened { changed_since: true, ..again };
            return (Vec::new(), Ok(ExchangeCame::Opened(Box::new(again))));
        }
        let ids = again.records;
        let before = self.heads_of(ids.iter().copied());
        let coming: Coming = again.coming;
        let mut journal = self.own(ids.iter().copied().chain([coming.person]));
        let taken = self.take_in(&coming, &mut journal, now);
        let bodies = self.changed_bodies(&ids, &journal, before);
        let person = coming.person;
        let came = taken.map(|()| ExchangeCame::TakenIn {
            person,
            at: now,
            changes: coming.things.iter().map(|thing| thing.rows.len()).sum(),
            undecided: coming.undecided(),
        });
        (bodies, came)
    }

    fn heads_of(&mut self, ids: impl Iterator<Item = Id>) -> BTreeMap<Id, Vec<Rev>> {
        let Ok(vault) = self.vault() else { return BTreeMap::new() };
        ids.map(|id| (id, vault.records().heads(id))).collect()
    }

    /// Those of these records that have a newer version now, and remembers that the screens show
    /// the one before: words that are being typed into one are not to be saved over it.
    fn changed_bodies(
        &mut self,
        ids: &[Id],
        journal: &Journal,
        before: BTreeMap<Id, Vec<Rev>>,
    ) -> Vec<(Id, Body)> {
        let after = self.heads_of(ids.iter().copied());
        let mut bodies = Vec::new();
        for (id, heads) in before {
            if after.get(&id).is_none_or(|now| *now == heads) {
                continue;
            }
            if let Some(body) = journal.get(id) {
                self.bases.show(id, heads);
                bodies.push((id, body));
            }
        }
        bodies
    }
}

fn journal_of(records: Vec<(Id, Body)>) -> Journal {
    let mut journal = Journal::default();
    records.into_iter().for_each(|(id, body)| journal.put(id, body));
    journal
}

fn not_read(path: &Path, error: &std::io::Error) -> Notice {
    Notice::new(
        format!("{} can’t be read: {}.", path.display(), error.kind()),
        "Nothing was changed.",
        "Check its name and its folder.",
    )
}

fn read(path: &Path) -> Result<Vec<u8>, Notice> {
    let cap = MAX_TEXT as u64;
    let bytes = platform::read_file(path, cap).map_err(|error| {
        if error.kind() == std::io::ErrorKind::FileTooLarge {
            too_large()
        } else {
            not_read(path, &error)
        }
    })?;
    Ok(bytes)
}

/// What a choice means for a field that both changed.
fn picked(choice: &Choice, conflict: &Conflict, own: usize) -> Pick {
    match choice {
        Choice::Mine => Pick::Side(own),
        Choice::Theirs => {
            let sides = 0..conflict.sides.len();
            Pick::Side(sides.into_iter().find(|side| *side != own).unwrap_or(own))
        }
        Choice::Both => Pick::All,
        Choice::New(words) => Pick::New(words.clone()),
    }
}
