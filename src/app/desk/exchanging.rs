//! Sending what two people share, and taking in what the other sent.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pairing::Held;
use super::telling::{is_finished, told};
use super::{Desk, Whom, history};
use crate::app::draft::Change;
use crate::app::exchanging::{
    Coming, ComingThing, Picks, Sent, Told, needs_earlier, never_shared, title,
};
use crate::app::history::name_of;
use crate::app::notice::Notice;
use crate::app::pairing::not_paired;
use crate::exchange::armour;
use crate::exchange::file::{self, Envelope, Form};
use crate::exchange::pairing::{Pair, Side};
use crate::exchange::share::{
    self, Carried, Graph, KINDS, Kept, Settled, Version, Whose, lay, project, settle,
};
use crate::model::merge::{Conflict, Pick};
use crate::model::{Body, Entry, Id, Journal, Kind, Rev, compare};
use crate::vault::VaultError;

/// What a pair shares, as this record holds it.
struct Together {
    held: Held,
    pair: Pair,
    graphs: BTreeMap<Id, Graph>,
    arrived: BTreeSet<Rev>,
}

/// What would leave: nothing of it is kept yet.
struct Composed {
    together: Together,
    entries: Vec<Entry>,
    things: Vec<Told>,
}

impl Desk {
    /// Writes one file with all that the other has not confirmed. `wanted` says which things may
    /// leave; what stays out now goes with a later file.
    ///
    /// # Errors
    /// In words; nothing left, unless it says that the file is written.
    pub fn send_changes(
        &mut self,
        whom: Whom<'_>,
        journal: &Journal,
        (out, form): (&Path, Form),
        wanted: impl Fn(Id) -> bool,
        now: Timestamp,
    ) -> Result<Sent, Notice> {
        self.send_what(whom, ("Changes for both", journal), (out, form), wanted, now)
    }

    /// The same, where the receipt says what it is.
    pub(super) fn send_what(
        &mut self,
        whom: Whom<'_>,
        (what, journal): (&str, &Journal),
        (out, form): (&Path, Form),
        wanted: impl Fn(Id) -> bool,
        now: Timestamp,
    ) -> Result<Sent, Notice> {
        let dev = self.device()?;
        let Composed { together, entries, things } = self.compose(whom, journal, &wanted)?;
        if !entries.is_empty() {
            self.keep_entries(entries, now)?;
        }
        let graphs = together.graphs.values().filter(|graph| wanted(graph.id()));
        let versions = graphs.flat_map(|graph| graph.outgoing(&together.arrived)).collect();
        let heads = together.graphs.values().flat_map(Graph::arrived).collect();
        let Together { mut held, pair, .. } = together;
        held.kept.sent += 1;
        Desk::note_file(&mut held.kept, dev, out);
        let envelope = Envelope::new(&pair, dev, held.kept.sent, heads, now);
        let body = Carried { versions }.write()?;
        let sealed = file::seal(&pair, &envelope, &body)?;
        let bytes = match form {
            Form::Binary => sealed,
            Form::Armoured => armour::armour(&sealed).into_bytes(),
        };
        let (receipt, sha256) = self.hand_over((out, &bytes), &held, (what, whom.name), now)?;
        Ok(Sent { things, receipt, sha256, checked: held.kept.checked })
    }

    /// What a file would hold for a person, in words, and whether the two compared their four
    /// words. Nothing is kept and nothing leaves.
    ///
    /// # Errors
    /// In words.
    pub fn to_send(
        &mut self,
        whom: Whom<'_>,
        journal: &Journal,
    ) -> Result<(Vec<Told>, bool), Notice> {
        let composed = self.compose(whom, journal, &|_| true)?;
        Ok((composed.things, composed.together.held.kept.checked))
    }

    /// Makes the versions of all that the other has not confirmed, without keeping them.
    fn compose(
        &mut self,
        whom: Whom<'_>,
        journal: &Journal,
        wanted: &impl Fn(Id) -> bool,
    ) -> Result<Composed, Notice> {
        let mut together = self.together(whom)?;
        let (mut things, mut made) = (Vec::new(), Vec::new());
        for (id, kind, body) in things_of(journal, whom.id, together.pair.side) {
            let graph = together.graphs.entry(id).or_insert_with(|| Graph::new(kind, id));
            let body = match (body, graph.is_empty()) {
                (Some(body), _) => body,
                (None, false) => project::taken_back(),
                (None, true) => continue,
            };
            if !wanted(id) {
                continue;
            }
            let before = graph.common(&together.arrived).cloned().unwrap_or_else(|| json!({}));
            let next = graph.next(&body, &together.arrived).map_err(refused)?;
            if let Some(version) = next {
                let pair = together.pair.id.to_string();
                let kept = (version, Whose::Mine, true);
                let entries = self.shared_entries(whom.id, &pair, id, vec![kept], None)?;
                graph.add(kept_of(&entries));
                made.extend(entries);
            }
            if !graph.outgoing(&together.arrived).is_empty() {
                let rows = compare::changed(kind, &before, &body, &|id| name_of(journal, id));
                let title = title(kind, &body);
                let finished = is_finished(kind, &body);
                things.push(Told { id, kind, title, finished, rows, both: Vec::new() });
            }
        }
        Ok(Composed { together, entries: made, things })
    }

    /// Looks into a file of the other's and says what it would change. Nothing is taken in.
    ///
    /// # Errors
    /// In words; nothing was changed.
    pub fn look_into(
        &mut self,
        bytes: &[u8],
        journal: &Journal,
        at: Timestamp,
    ) -> Result<Coming, Notice> {
        let all = self.pairings()?;
        let pairs: Vec<Pair> = all.iter().filter_map(|held| held.kept.pair.clone()).collect();
        let (pair, envelope, body) = file::open_any(&pairs, bytes)?;
        let carried = Carried::read(&body)?;
        let held = all
            .iter()
            .find(|held| held.kept.pair.as_ref().is_some_and(|known| known.id == pair.id));
        let Some(person) = held.map(|held| held.kept.person) else {
            return Err(not_paired(&pair.their_name));
        };
        let graphs = self.graphs(person, pair)?;
        let arrived: BTreeSet<Rev> = envelope.arrived.iter().copied().collect();
        let mut coming = Coming {
            person,
            pair: pair.clone(),
            made: envelope.at,
            things: Vec::new(),
            arrived: envelope.arrived,
            settled: Vec::new(),
        };
        for (id, kind) in carried.things() {
            let graph = graphs.get(&id).cloned().unwrap_or_else(|| Graph::new(kind, id));
            let own = journal.get(id);
            if graph.kind() != kind || (graph.is_empty() && self.knows(id)?) {
                return Err(never_shared());
            }
            let versions = carried.of(id);
            if !graph.can_take(&versions) {
                return Err(needs_earlier());
            }
            if graph.unknown(&versions).is_empty() {
                continue;
            }
            let now = shared_now(own.as_ref(), &graph, pair.side);
            let settled = settle(&graph, &versions, now.as_ref(), &arrived, &BTreeMap::new());
            let settled = settled.map_err(refused)?;
            let after =
                laid_over((kind, own.as_ref()), now.as_ref(), &settled, person, (pair.side, at));
            if let Some(after) = after? {
                coming.things.push(told(id, own.as_ref(), &after, &settled, journal));
            }
            coming.settled.push(ComingThing { id, kind, settled });
        }
        Ok(coming)
    }

    /// Takes in what was looked into, thing by thing, each wholly or not at all. What both
    /// changed stays open, and one's own words stand until the person decides.
    ///
    /// # Errors
    /// In words; things before the one that could not be saved are taken in.
    pub fn take_in(
        &mut self,
        coming: &Coming,
        journal: &mut Journal,
        now: Timestamp,
    ) -> Result<(), Notice> {
        let mut held = self.held_with(coming.person, &coming.pair.their_name)?;
        for ComingThing { id, kind, settled } in &coming.settled {
            let pair = (coming.person, &coming.pair);
            self.keep_settled(pair, (*id, *kind), settled.clone(), journal, now)?;
        }
        if held.kept.arrived != coming.arrived {
            held.kept.arrived.clone_from(&coming.arrived);
            let graphs = self.graphs(coming.person, &coming.pair)?;
            self.tidy(&mut held.kept, graphs.values());
            self.keep_pairing(&held, Vec::new(), now).map_err(|error| Notice::from(&error))?;
        }
        self.folders.look_again();
        Ok(())
    }

    /// What both changed and nobody has decided, thing by thing.
    ///
    /// # Errors
    /// In words.
    pub fn undecided(&mut self, whom: Whom<'_>, journal: &Journal) -> Result<Vec<Told>, Notice> {
        let together = self.together(whom)?;
        let mut all = Vec::new();
        for (id, settled) in open(&together, journal, &Picks::new())? {
            let own = journal.get(id);
            if let Some(body) = own.as_ref().and_then(|body| body.write().ok()) {
                all.push(told(id, own.as_ref(), &body, &settled, journal));
            }
        }
        Ok(all)
    }

    /// Decides about things that both changed. What is not picked stays open.
    ///
    /// # Errors
    /// In words.
    pub fn decide(
        &mut self,
        whom: Whom<'_>,
        journal: &mut Journal,
        pick: impl Fn(Id, &Conflict, usize) -> Option<Pick>,
        now: Timestamp,
    ) -> Result<usize, Notice> {
        let together = self.together(whom)?;
        let undecided = open(&together, journal, &Picks::new())?;
        let mut picks = Picks::new();
        for (id, settled) in &undecided {
            let of = settled.open.iter();
            let graph = together.graphs.get(id);
            let own = |it: &Conflict| graph.map_or(0, |graph| graph.own_side(it, None));
            let of = of.filter_map(|it| Some((it.field.clone(), pick(*id, it, own(it))?)));
            picks.insert(*id, of.collect());
        }
        let mut decided = 0;
        for (id, settled) in all_settled(&together, journal, &picks)? {
            let kind = together.graphs.get(&id).map_or(Kind::Plan, Graph::kind);
            decided += picks.get(&id).map_or(0, BTreeMap::len);
            self.keep_settled((whom.id, &together.pair), (id, kind), settled, journal, now)?;
        }
        Ok(decided)
    }

    /// Keeps what became of a thing: one's own record and the shared versions, in one save.
    fn keep_settled(
        &mut self,
        (person, pair): (Id, &Pair),
        (id, kind): (Id, Kind),
        settled: Settled,
        journal: &mut Journal,
        now: Timestamp,
    ) -> Result<(), Notice> {
        let own = journal.get(id);
        let before = own.as_ref().and_then(|body| project::shared(body, pair.side));
        let after =
            laid_over((kind, own.as_ref()), before.as_ref(), &settled, person, (pair.side, now));
        let change = match after? {
            Some(after) => {
                let body = Body::read(kind, &after).map_err(|_| share::CarriedError::Shape)?;
                Some(Change { id, body })
            }
            None => None,
        };
        let entries = match &change {
            Some(change) => self.own_entries(change)?,
            None => Vec::new(),
        };
        let revs: Option<Vec<Rev>> =
            (!entries.is_empty()).then(|| entries.iter().map(|entry| entry.rev).collect());
        let name = pair.id.to_string();
        let shared = self.shared_entries(person, &name, id, settled.keep, revs.as_deref())?;
        if entries.is_empty() && shared.is_empty() {
            return Ok(());
        }
        self.keep_entries(entries.into_iter().chain(shared).collect(), now)?;
        if let Some(change) = change {
            journal.put(id, change.body);
        }
        Ok(())
    }

    /// The versions to keep of one's own record; none where nothing changes in it.
    fn own_entries(&mut self, change: &Change) -> Result<Vec<Entry>, Notice> {
        let told = |error: VaultError| Notice::from(&error);
        let vault = self.vault().map_err(told)?;
        let parents = vault.records().heads(change.id);
        history::entries(vault, change, &parents, false).map_err(told)
    }

    /// The records that keep shared versions. `revs` are the versions of one's own record that
    /// hold what they say; without, the newest that it has.
    fn shared_entries(
        &mut self,
        person: Id,
        pair: &str,
        id: Id,
        keep: Vec<(Version, Whose, bool)>,
        revs: Option<&[Rev]>,
    ) -> Result<Vec<Entry>, Notice> {
        let vault = self.vault().map_err(|error| Notice::from(&error))?;
        let heads = vault.records().heads(id);
        let own = revs.map_or(heads, <[Rev]>::to_vec);
        let mut entries = Vec::new();
        for (version, whose, is_held) in keep {
            // What was taken back before it arrived is in no record of one's own.
            let held = if own.is_empty() { vec![version.entry.rev] } else { own.clone() };
            let covers = if is_held { held } else { Vec::new() };
            let kept = Kept { person, pair: pair.to_owned(), whose, covers, version };
            let body = serde_json::to_value(&kept).unwrap_or_default();
            let entry = Entry::new(Kind::Shared, self.new_id(), Vec::new(), body);
            entries.push(entry.map_err(refused)?);
        }
        Ok(entries)
    }

    fn keep_entries(&mut self, entries: Vec<Entry>, now: Timestamp) -> Result<(), Notice> {
        let told = |error: VaultError| Notice::from(&error);
        let saved: Vec<(Id, Rev)> = entries.iter().map(|entry| (entry.id, entry.rev)).collect();
        self.vault().map_err(told)?.save(entries, now).map_err(told)?;
        for (id, rev) in saved {
            self.bases.saved(id, vec![rev]);
        }
        Ok(())
    }

    /// What a person and the owner share.
    fn together(&mut self, whom: Whom<'_>) -> Result<Together, Notice> {
        let held = self.held_with(whom.id, whom.name)?;
        let Some(pair) = held.kept.pair.clone() else { return Err(not_paired(whom.name)) };
        let graphs = self.graphs(whom.id, &pair)?;
        let arrived = held.kept.arrived.iter().copied().collect();
        Ok(Together { held, pair, graphs, arrived })
    }

    pub(super) fn held_with(&mut self, person: Id, name: &str) -> Result<Held, Notice> {
        let mut all = self.pairings()?.into_iter();
        all.find(|held| held.kept.person == person).ok_or_else(|| not_paired(name))
    }

    /// The shared versions that are kept for a pair, thing by thing.
    fn graphs(&mut self, person: Id, pair: &Pair) -> Result<BTreeMap<Id, Graph>, Notice> {
        let name = pair.id.to_string();
        let vault = self.vault().map_err(|error| Notice::from(&error))?;
        let mut things: BTreeMap<(Id, Kind), Vec<Kept>> = BTreeMap::new();
        for Entry { body, .. } in vault.entries_of(Kind::Shared) {
            let Ok(kept) = serde_json::from_value::<Kept>(body) else { continue };
            if (kept.person, &kept.pair) == (person, &name) {
                let entry = &kept.version.entry;
                things.entry((entry.id, entry.kind)).or_default().push(kept);
            }
        }
        let mut graphs = BTreeMap::new();
        for ((id, kind), kept) in things {
            graphs.entry(id).or_insert_with(|| Graph::new(kind, id)).add(kept);
        }
        Ok(graphs)
    }

    /// Whether the record holds anything of this name.
    fn knows(&mut self, id: Id) -> Result<bool, Notice> {
        let vault = self.vault().map_err(|error| Notice::from(&error))?;
        Ok(vault.records().kind(id).is_some())
    }
}

/// All things of a person that may be shared, with what is shared of each now.
fn things_of(journal: &Journal, person: Id, side: Side) -> Vec<(Id, Kind, Option<Value>)> {
    let all = journal.all_about(person).into_iter();
    let all = all.filter(|(_, body)| KINDS.contains(&body.kind()));
    all.map(|(id, body)| (id, body.kind(), project::shared(&body, side))).collect()
}

/// What is shared of one's own record now; nothing for a thing that is new here.
fn shared_now(own: Option<&Body>, graph: &Graph, side: Side) -> Option<Value> {
    project::shared_now(own?, !graph.is_empty(), side)
}

/// One's own record with what became of what is shared. Nothing where the other took it back
/// before anything of it arrived; then there is no record to make.
fn laid_over(
    (kind, own): (Kind, Option<&Body>),
    before: Option<&Value>,
    settled: &Settled,
    person: Id,
    (side, now): (Side, Timestamp),
) -> Result<Option<Value>, share::CarriedError> {
    if own.is_none() && project::is_taken_back(&settled.body) {
        return Ok(None);
    }
    let shape = |_| share::CarriedError::Shape;
    let own = own.map(Body::write).transpose().map_err(shape)?;
    let empty = json!({});
    let before = before.unwrap_or(&empty);
    let after = lay::overlay((kind, own.as_ref()), (before, &settled.body), person, side, now);
    Body::read(kind, &after).map(|_| Some(after)).map_err(shape)
}

/// What became of each thing with these decisions.
fn all_settled(
    together: &Together,
    journal: &Journal,
    picks: &Picks,
) -> Result<Vec<(Id, Settled)>, Notice> {
    let mut all = Vec::new();
    let none = BTreeMap::new();
    for (id, graph) in &together.graphs {
        let own = journal.get(*id);
        let now = shared_now(own.as_ref(), graph, together.pair.side);
        let picks = picks.get(id).unwrap_or(&none);
        let settled =
            settle(graph, &[], now.as_ref(), &together.arrived, picks).map_err(refused)?;
        if !settled.open.is_empty() || !picks.is_empty() {
            all.push((*id, settled));
        }
    }
    Ok(all)
}

/// The same, where something is still to be decided.
fn open(
    together: &Together,
    journal: &Journal,
    picks: &Picks,
) -> Result<Vec<(Id, Settled)>, Notice> {
    let mut all = all_settled(together, journal, picks)?;
    all.retain(|(_, settled)| !settled.open.is_empty());
    Ok(all)
}

fn kept_of(entries: &[Entry]) -> Vec<Kept> {
    let of = |entry: &Entry| serde_json::from_value(entry.body.clone()).ok();
    entries.iter().filter_map(of).collect()
}

fn refused(error: crate::model::revision::EntryError) -> Notice {
    Notice::from(&VaultError::from(error))
}
