//! The local snapshot: what was read of the vault before, so that opening need not decrypt every
//! file again. It lies encrypted in local state and is a cache and nothing more: it is never
//! synced, any part of it may be missing or old, and what it says counts only for files that
//! still lie in the vault under the same name.
//!
//! Three sorts of file. `list-<n>.age` holds the facts of all files, and `shown-<n>.age` of the
//! same number what the lists show: apart, so that two cores read them; the newest pair that can
//! be read counts. `snapshot-<n>.age` is a segment of texts of about 1 MiB; a segment is never
//! changed. No number is ever used twice.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::facts::FileFacts;
use super::keys::Secrets;
use super::load::Taken;
use super::local::LocalState;
use super::names::RecordName;
use super::records::Records;
use super::standing::Files;
use crate::model::{Glance, Id, Kind, Rev};

/// The version of what lies in the files; another one is not read.
const VERSION: u32 = 2;
/// A segment is closed when it has this many bytes.
const SEGMENT: usize = 1024 * 1024;
/// A last segment smaller than this is written anew together with what is new.
const SMALL: usize = SEGMENT / 2;
/// The largest list that is read, in bytes: about ten times what 100,000 records need.
const MAX_LIST: u64 = 256 * 1024 * 1024;
/// More files than any computer writes; one of a higher number is none of them.
const MOST_FILES: u32 = 1 << 31;
const LIST: &str = "list";
const SHOWN: &str = "shown";
const TEXTS: &str = "snapshot";

/// The text of one version of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Text<'a> {
    /// What sort of record.
    pub kind: Kind,
    /// Which record.
    pub id: Id,
    /// Which version.
    pub rev: Rev,
    /// The body as JSON.
    pub json: Cow<'a, str>,
}

/// What the lists show of one version of a record.
pub type Shown = (Id, Rev, Glance);

/// The content of a list file.
#[derive(Deserialize)]
pub struct List {
    version: u32,
    files: Vec<(RecordName, FileFacts)>,
    segments: Vec<(u32, u32)>,
}

/// The same for writing, without copies.
#[derive(Serialize)]
struct ListOut<'a> {
    version: u32,
    files: Vec<(&'a RecordName, &'a FileFacts)>,
    segments: &'a [(u32, u32)],
}

impl List {
    /// Reads a list of this version.
    pub fn parse(content: &[u8]) -> Option<List> {
        postcard::from_bytes(content).ok().filter(|list: &List| list.version == VERSION)
    }

    /// The list as it is written.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let files = self.files.iter().map(|(name, facts)| (name, facts)).collect();
        let List { version, ref segments, .. } = *self;
        postcard::to_stdvec(&ListOut { version, files, segments }).ok()
    }
}

/// What a snapshot brought.
#[derive(Default)]
pub struct Brought {
    /// The facts of files that need not be read again.
    pub files: BTreeMap<RecordName, FileFacts>,
    /// What the lists show.
    pub shown: Vec<Shown>,
}

/// The snapshot on this computer, as far as it goes on.
#[derive(Default)]
pub struct Snapshot {
    /// The number of the list.
    list: u32,
    /// The closed segments with their sizes in bytes, oldest first.
    segments: Vec<(u32, u32)>,
    /// The highest number in use.
    highest: u32,
    /// Texts of the segment that is being filled, encoded.
    open: Vec<u8>,
    /// What the lists show, of all that was put in since the list was read.
    shown: Vec<Shown>,
}

impl Snapshot {
    /// Reads the newest list.
    pub fn read(local: &LocalState, secrets: &Secrets) -> (Snapshot, Brought) {
        let Numbers { lists, shown, segments } = numbers(local, secrets);
        let highest = lists.iter().chain(&shown).chain(&segments).copied().max().unwrap_or(0);
        for number in lists.into_iter().rev() {
            let (list, shown) = rayon::join(
                || read_list(local, secrets, number),
                || read_shown(local, secrets, number),
            );
            if let (Some(list), Some(shown)) = (list, shown) {
                let snapshot =
                    Snapshot { list: number, segments: list.segments, highest, ..Self::default() };
                // A file whose texts are in no segment is read again.
                let has_texts = |facts: &FileFacts| {
                    snapshot.segments.binary_search_by_key(&facts.segment, |(n, _)| *n).is_ok()
                };
                let files = list.files.into_iter().filter(|(_, facts)| has_texts(facts)).collect();
                return (snapshot, Brought { files, shown });
            }
        }
        (Snapshot { highest, ..Self::default() }, Brought::default())
    }

    /// The numbers of the segments, the newest first.
    pub fn segments(&self) -> Vec<u32> {
        self.segments.iter().rev().map(|(number, _)| *number).collect()
    }

    /// Takes in what was read of a file, and notes in its facts where the texts will lie.
    pub fn take(
        &mut self,
        local: &mut LocalState,
        secrets: &Secrets,
        taken: &mut Taken,
        now: Timestamp,
    ) {
        taken.facts.segment = self.highest + 1;
        self.shown.append(&mut taken.shown);
        for text in &taken.texts {
            append(&mut self.open, text);
        }
        if self.open.len() >= SEGMENT {
            self.close_segment(local, secrets, now);
        }
    }

    /// Writes the texts gathered so far. A segment that cannot be written is as good as lost:
    /// its files are read again.
    fn close_segment(&mut self, local: &mut LocalState, secrets: &Secrets, now: Timestamp) {
        if self.open.is_empty() {
            return;
        }
        self.highest += 1;
        let bytes = zeroize::Zeroizing::new(std::mem::take(&mut self.open));
        let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let path = path(TEXTS, self.highest);
        if local.write_cache(secrets, &path, u64::from(self.highest), &bytes, now).is_ok() {
            self.segments.push((self.highest, size));
        }
    }

    /// Opens a small last segment again, so that many short sessions do not make many files.
    pub fn reopen(&mut self, local: &LocalState, secrets: &Secrets, files: &mut Files) {
        if self.open.is_empty() || self.open.len() >= SMALL {
            return;
        }
        let Some((number, _)) = self.segments.pop_if(|(_, size)| (*size as usize) < SMALL) else {
            return;
        };
        match local.read(secrets, &path(TEXTS, number)) {
            Ok((envelope, bytes)) if envelope.count == u64::from(number) => {
                self.open.extend_from_slice(&bytes);
                let next = self.highest + 1;
                let held = files.values_mut().filter(|facts| facts.segment == number);
                held.for_each(|facts| facts.segment = next);
            }
            _ => {
                let held = files.values_mut().filter(|facts| facts.segment == number);
                held.for_each(|facts| facts.segment = 0);
            }
        }
    }

    /// Writes the list, after the texts that are still open, then removes what it replaces.
    pub fn keep(
        &mut self,
        local: &mut LocalState,
        secrets: &Secrets,
        files: &Files,
        records: &Records,
        now: Timestamp,
    ) {
        self.close_segment(local, secrets, now);
        let mut shown = std::mem::take(&mut self.shown);
        shown.extend(read_shown(local, secrets, self.list).unwrap_or_default());
        shown.retain(|(id, rev, _)| records.sole_head(*id).is_some_and(|head| head.rev == *rev));
        shown.sort_by_key(|(id, ..)| *id);
        shown.dedup_by_key(|(id, ..)| *id);
        let list =
            ListOut { version: VERSION, files: files.iter().collect(), segments: &self.segments };
        let number = self.highest + 1;
        // The list comes last: without it the other counts for nothing.
        if write(local, secrets, SHOWN, number, &shown, now)
            && write(local, secrets, LIST, number, &list, now)
        {
            let before = std::mem::replace(&mut self.list, number);
            self.highest = number;
            self.clear_but(local, secrets, &[before, number]);
        }
    }

    /// Removes what no list of these two needs.
    fn clear_but(&self, local: &LocalState, secrets: &Secrets, keep: &[u32]) {
        let mut there = numbers(local, secrets);
        there.lists.retain(|number| !keep.contains(number));
        there.shown.retain(|number| !keep.contains(number));
        there.segments.retain(|number| !self.segments.iter().any(|(used, _)| used == number));
        for path in there.paths() {
            // It is in nobody's way; the next time tries again.
            let _ = local.remove(secrets.vault, &path);
        }
    }

    /// Removes all of it durably, because it holds what must not be anywhere any more. The
    /// numbers go on.
    ///
    /// # Errors
    /// The disk refused.
    pub fn erase(
        &mut self,
        local: &LocalState,
        secrets: &Secrets,
    ) -> Result<(), super::error::VaultError> {
        let there = numbers(local, secrets);
        *self = Snapshot { highest: self.highest, ..Self::default() };
        for path in there.paths() {
            local.remove(secrets.vault, &path)?;
        }
        local.sync(secrets.vault)
    }

    /// Whether a list names all that was taken in.
    pub const fn is_kept(&self) -> bool {
        self.list > 0 && self.open.is_empty()
    }
}

/// Reads the texts of a segment; nothing where it is lost or damaged.
pub fn read_segment(
    local: &LocalState,
    secrets: &Secrets,
    number: u32,
) -> Option<Vec<Text<'static>>> {
    let (envelope, bytes) = local.read(secrets, &path(TEXTS, number)).ok()?;
    if envelope.count != u64::from(number) {
        return None;
    }
    parse_texts(&bytes)
}

/// Reads the texts of a segment's content.
pub fn parse_texts(content: &[u8]) -> Option<Vec<Text<'static>>> {
    let mut texts = Vec::new();
    let mut rest = content;
    while !rest.is_empty() {
        let (text, more) = postcard::take_from_bytes::<Text<'static>>(rest).ok()?;
        texts.push(text);
        rest = more;
    }
    Some(texts)
}

/// Puts a text at the end of a segment's content.
pub fn append(content: &mut Vec<u8>, text: &Text<'_>) {
    // Writing into memory does not go wrong.
    if let Ok(bytes) = postcard::to_stdvec(text) {
        content.extend_from_slice(&bytes);
    }
}

fn read_list(local: &LocalState, secrets: &Secrets, number: u32) -> Option<List> {
    if number == 0 {
        return None;
    }
    let (envelope, bytes) = local.read_up_to(secrets, &path(LIST, number), MAX_LIST).ok()?;
    if envelope.count == u64::from(number) { List::parse(&bytes) } else { None }
}

fn read_shown(local: &LocalState, secrets: &Secrets, number: u32) -> Option<Vec<Shown>> {
    let (envelope, bytes) = local.read_up_to(secrets, &path(SHOWN, number), MAX_LIST).ok()?;
    let shown = postcard::from_bytes(&bytes).ok()?;
    (envelope.count == u64::from(number)).then_some(shown)
}

/// Writes one file of the pair; says whether it is there.
fn write(
    local: &mut LocalState,
    secrets: &Secrets,
    stem: &str,
    number: u32,
    content: &impl Serialize,
    now: Timestamp,
) -> bool {
    let Ok(bytes) = postcard::to_stdvec(content).map(zeroize::Zeroizing::new) else { return false };
    local.write_cache(secrets, &path(stem, number), u64::from(number), &bytes, now).is_ok()
}

/// The numbers of the files that lie there, each sort in order.
struct Numbers {
    lists: Vec<u32>,
    shown: Vec<u32>,
    segments: Vec<u32>,
}

impl Numbers {
    fn paths(self) -> impl Iterator<Item = String> {
        let sorts = [(LIST, self.lists), (SHOWN, self.shown), (TEXTS, self.segments)];
        sorts
            .into_iter()
            .flat_map(|(stem, numbers)| numbers.into_iter().map(move |n| path(stem, n)))
    }
}

fn numbers(local: &LocalState, secrets: &Secrets) -> Numbers {
    let listed = local.list(secrets.vault, "");
    let of = |stem: &str| {
        let mut numbers: Vec<u32> = listed
            .iter()
            .filter_map(|listed| {
                let number = listed.name.strip_prefix(stem)?.strip_prefix('-')?;
                number.strip_suffix(".age")?.parse().ok()
            })
            .filter(|number| *number < MOST_FILES)
            .collect();
        numbers.sort_unstable();
        numbers
    };
    Numbers { lists: of(LIST), shown: of(SHOWN), segments: of(TEXTS) }
}

fn path(stem: &str, number: u32) -> String {
    format!("{stem}-{number:08}.age")
}
