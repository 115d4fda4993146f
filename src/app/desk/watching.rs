//! The folders that are shared with others: looked into while the record is open, and put files
//! into. Nothing of them is taken in here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use super::{Desk, Whom};
use crate::app::exchanging::ExchangeCame;
use crate::app::job::Outcome;
use crate::app::notice::Notice;
use crate::app::shared_folder::{
    File, Folder, Found, InFolder, News, Reading, Waiting, not_a_folder, own_folder,
};
use crate::exchange::file::{FileError, open_any};
use crate::exchange::pairing::{Kept, Watched};
use crate::exchange::share::Graph;
use crate::model::Id;
use crate::platform::{self, Stamp};
use crate::vault::DeviceId;

/// What was found in the folders so far.
#[derive(Default)]
pub(super) struct Folders {
    seen: BTreeMap<PathBuf, (Stamp, Verdict)>,
    missing: BTreeSet<Id>,
    /// What the screens were told.
    told: BTreeMap<Id, InFolder>,
    under_way: Arc<AtomicBool>,
}

/// What a file in a folder is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    /// One's own, or somebody else's.
    NotForUs,
    /// Nothing in it is new.
    Known,
    /// Damaged, or still on its way.
    Unreadable,
    New(Waiting),
}

impl Folders {
    /// The screens know nothing.
    pub(super) fn forget(&mut self) {
        *self = Folders { under_way: Arc::clone(&self.under_way), ..Folders::default() };
    }

    /// Something was taken in: what was new may be so no longer.
    pub(super) fn look_again(&mut self) {
        self.seen.retain(|_, (_, verdict)| *verdict == Verdict::NotForUs);
    }
}

impl Desk {
    /// Looks for what came by itself: into the record's own folder, and into shared ones.
    pub(super) fn look_everywhere(&mut self) -> Vec<Outcome> {
        let mut outcomes = self.look();
        outcomes.extend(self.folders_to_read().and_then(Reading::run));
        outcomes
    }

    /// The shared folders, to be looked into without a key; none while that is under way.
    pub fn folders_to_read(&mut self) -> Option<Reading> {
        let device = self.device().ok()?.to_string();
        let all = self.pairings().unwrap_or_default().into_iter();
        let folders: Vec<(Id, PathBuf)> = all
            .filter(|held| held.kept.pair.is_some())
            .filter_map(|held| {
                let folder = held.kept.folders.get(&device)?;
                Some((held.kept.person, PathBuf::from(&folder.path)))
            })
            .collect();
        let Folders { seen, missing, told, under_way } = &mut self.folders;
        let nothing = folders.is_empty() && told.is_empty();
        if nothing || under_way.swap(true, Ordering::AcqRel) {
            return None;
        }
        let is_there = |path: &Path| folders.iter().any(|(_, folder)| path.starts_with(folder));
        seen.retain(|path, _| is_there(path));
        let known = seen.iter().map(|(path, (stamp, _))| (path.clone(), *stamp)).collect();
        let (missing, under_way) = (missing.clone(), Arc::clone(under_way));
        Some(Reading { folders, known, missing, under_way })
    }

    /// Opens what is new in the folders, and tells what waits where that has changed.
    pub(super) fn in_folders(&mut self, News(found): News, now: Timestamp) -> Option<ExchangeCame> {
        let mut told = BTreeMap::new();
        let before = std::mem::take(&mut self.folders.seen);
        self.folders.missing.clear();
        for (person, found) in found {
            let mut inside = InFolder::default();
            match found {
                Found::Missing => {
                    inside.missing = true;
                    self.folders.missing.insert(person);
                }
                Found::Files(files) => {
                    for File { path, stamp, bytes } in files {
                        let verdict = match (bytes, before.get(&path)) {
                            (Some(bytes), _) => self.verdict(&path, &bytes, now),
                            (None, Some((_, known))) => known.clone(),
                            (None, None) => continue,
                        };
                        inside.add(&verdict);
                        self.folders.seen.insert(path, (stamp, verdict));
                    }
                }
            }
            told.insert(person, inside);
        }
        let is_news = told != self.folders.told;
        self.folders.told.clone_from(&told);
        is_news.then_some(ExchangeCame::InFolders(told))
    }

    fn verdict(&mut self, path: &Path, bytes: &[u8], now: Timestamp) -> Verdict {
        let all = self.pairings().unwrap_or_default();
        let pairs = all.iter().filter_map(|held| held.kept.pair.as_ref());
        match open_any(pairs, bytes) {
            Ok(_) => {}
            Err(FileError::NotForThisPair | FileError::Foreign | FileError::OwnFile) => {
                return Verdict::NotForUs;
            }
            Err(_) => return Verdict::Unreadable,
        }
        let Ok(opened) = self.open_file(bytes.to_vec(), now) else { return Verdict::Unreadable };
        let coming = &opened.coming;
        if coming.is_known() {
            return Verdict::Known;
        }
        Verdict::New(Waiting {
            path: path.to_path_buf(),
            made: coming.made,
            changes: coming.things.iter().map(|thing| thing.rows.len()).sum(),
            both: coming.undecided(),
        })
    }

    /// Keeps which folder is shared with somebody on this computer; nothing for none.
    pub(super) fn set_folder(
        &mut self,
        whom: Whom<'_>,
        folder: Option<Folder>,
        now: Timestamp,
    ) -> Result<(), Notice> {
        let device = self.device()?.to_string();
        let mut held = self.held_with(whom.id, whom.name)?;
        match folder {
            None => drop(held.kept.folders.remove(&device)),
            Some(Folder { path, by_itself }) => {
                if !path.is_absolute() || !platform::is_folder(&path) {
                    return Err(not_a_folder(&path));
                }
                if platform::overlap(&path, &self.dir) {
                    return Err(own_folder());
                }
                let path = path.to_string_lossy().into_owned();
                let watched = held.kept.folders.entry(device).or_default();
                if watched.path != path {
                    watched.files.clear();
                }
                (watched.path, watched.by_itself) = (path, by_itself);
            }
        }
        self.folders.look_again();
        self.keep_pairing(&held, Vec::new(), now).map_err(|error| Notice::from(&error))
    }

    /// Notes a file that is about to be put into the shared folder, to take it away once all that
    /// went has arrived.
    pub(super) fn note_file(kept: &mut Kept, device: DeviceId, out: &Path) {
        let Some(watched) = kept.folders.get_mut(&device.to_string()) else { return };
        let name = out.file_name().and_then(|name| name.to_str());
        if let Some(name) = name
            && out.parent() == Some(Path::new(&watched.path))
        {
            watched.files.push(name.to_owned());
        }
    }

    /// Takes one's own files out of the shared folder, where the other has confirmed all that was
    /// ever sent.
    pub(super) fn tidy<'a>(
        &mut self,
        kept: &mut Kept,
        mut graphs: impl Iterator<Item = &'a Graph>,
    ) {
        let Ok(device) = self.device() else { return };
        let arrived: BTreeSet<_> = kept.arrived.iter().copied().collect();
        let Some(Watched { path, files, .. }) = kept.folders.get_mut(&device.to_string()) else {
            return;
        };
        if graphs.all(|graph| graph.outgoing(&arrived).is_empty()) {
            for name in files.drain(..) {
                // One that somebody took away already, or that is held open, is no matter.
                let _ = platform::remove_file(&Path::new(path).join(name));
            }
        }
    }
}

impl InFolder {
    fn add(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::NotForUs | Verdict::Known => {}
            Verdict::Unreadable => self.unreadable += 1,
            Verdict::New(new) => {
                if self.waiting.as_ref().is_none_or(|known| known.made < new.made) {
                    self.waiting = Some(new.clone());
                }
            }
        }
    }
}
