//! Reading a vault at its opening: what the local snapshot knows is not read again.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::Timestamp;

use super::current::{self, Content, Current, Following};
use super::error::VaultError;
use super::heads::Heads;
use super::hold::Holds;
use super::keys::Secrets;
use super::load::{Found, Loaded, Taken, load};
use super::names::RecordName;
use super::open::Closed;
use super::records::Records;
use super::snapshot::{Brought, Snapshot, Text};
use super::standing::Standing;
use super::verify::Progress;

/// What opening brings.
pub struct Read {
    pub loaded: Loaded,
    pub standing: Standing,
    pub holds: Holds,
    pub records: Records,
    pub snapshot: Snapshot,
    pub following: Following,
    pub current: Vec<Current>,
}

impl Read {
    /// Reads all records. Where this process may write, what is read goes into the snapshot.
    pub fn all(
        closed: &mut Closed,
        secrets: &Secrets,
        may_write: bool,
        now: Timestamp,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Read, VaultError> {
        let Closed { store, local, .. } = closed;
        let (found, (mut snapshot, brought)) =
            rayon::join(|| Found::look(&**store), || Snapshot::read(local, secrets));
        let held: Vec<RecordName> = brought.files.keys().copied().collect();
        let mut reading = Reading { closed, secrets, may_write, now, progress };
        let read = reading.read(found, &mut snapshot, brought, &BTreeSet::new())?;
        let erased = &read.standing.erased;
        if read.standing.erased_here.is_empty() && !held.iter().any(|name| erased.contains(name)) {
            return Ok(read.with(snapshot));
        }
        // Something of a person who was erased is still here, or in the snapshot. What can't be
        // removed now is found again at the next opening.
        if may_write {
            let _ = snapshot.erase(&reading.closed.local, secrets);
        }
        let hidden = read.standing.erased_here;
        let found = read.loaded.found;
        let read = reading.read(found, &mut snapshot, Brought::default(), &hidden)?;
        Ok(read.with(snapshot))
    }

    fn with(self, snapshot: Snapshot) -> Read {
        Read { snapshot, ..self }
    }
}

/// What reading needs.
struct Reading<'a, 'b> {
    closed: &'a mut Closed,
    secrets: &'a Secrets,
    may_write: bool,
    now: Timestamp,
    progress: &'b mut dyn FnMut(Progress) -> ControlFlow<()>,
}

impl Reading<'_, '_> {
    fn read(
        &mut self,
        found: Found,
        snapshot: &mut Snapshot,
        brought: Brought,
        hidden: &BTreeSet<RecordName>,
    ) -> Result<Read, VaultError> {
        let Reading { secrets, may_write, now, .. } = *self;
        let Closed { store, local, .. } = &mut *self.closed;
        let Brought { files: known, shown } = brought;
        let segments = snapshot.segments();
        let mut texts: Vec<Text<'static>> = Vec::new();
        let mut take = |_, taken: &mut Taken| {
            if may_write {
                snapshot.take(local, secrets, taken, now);
            }
            texts.append(&mut taken.texts);
        };
        let loaded = load(&**store, secrets, found, known, hidden, self.progress, &mut take)?;
        let before = Heads::read(local, secrets).map(|(heads, _)| heads.holds);
        let holds = Holds::of(&loaded.files, &before.unwrap_or_default());
        let standing = Standing::of(&loaded.files, &holds);
        let visible = loaded.files.iter().filter(|(name, _)| standing.shows(name));
        let records = Records::of(visible);
        let mut current: Vec<Current> = current::shown(&records, shown).collect();
        current.extend(current::among(&records, texts));
        let divided = records.divided().map(|id| Current { id, content: Content::Divided });
        current.extend(divided);
        let following =
            Following { segments: segments.into_iter().rev().collect(), files: Vec::new() };
        let snapshot = Snapshot::default();
        Ok(Read { loaded, standing, holds, records, snapshot, following, current })
    }
}
