//! The order of the lines of a summary, and what of it stays here, as a person's record keeps
//! both.

use std::collections::{BTreeSet, HashMap};

use super::LineId;
use crate::model::Person;

/// What a person chose to leave out, by any summary. Names of a newer version are passed over.
pub fn left_out(person: &Person) -> BTreeSet<LineId> {
    person.summary_left_out.iter().filter_map(|name| name.parse().ok()).collect()
}

/// Leaves a line out, or puts it back.
pub fn leave_out(person: &mut Person, line: LineId, out: bool) {
    let name = line.to_string();
    person.summary_left_out.retain(|known| *known != name);
    if out {
        person.summary_left_out.push(name);
    }
}

/// Puts items into the order that is kept: those that are named there first, in that order, the
/// others after them as they stand.
pub(super) fn sort<T>(items: &mut [T], kept: &[String], id: impl Fn(&T) -> LineId) {
    if kept.is_empty() {
        return;
    }
    let names = kept.iter().enumerate();
    let places: HashMap<LineId, usize> =
        names.filter_map(|(at, name)| Some((name.parse().ok()?, at))).collect();
    items.sort_by_key(|item| places.get(&id(item)).copied().unwrap_or(usize::MAX));
}

/// Moves a line among those that stand with it to a place counted from 0, and keeps the order of
/// all of them. Says where it stands now; nothing where it is not among them.
pub fn move_to(
    person: &mut Person,
    together: &[LineId],
    line: LineId,
    place: usize,
) -> Option<usize> {
    let from = together.iter().position(|known| *known == line)?;
    let mut order = together.to_vec();
    order.remove(from);
    let place = place.min(order.len());
    order.insert(place, line);
    let names: Vec<String> = order.iter().map(LineId::to_string).collect();
    let moved: BTreeSet<&String> = names.iter().collect();
    person.summary_order.retain(|name| !moved.contains(name));
    person.summary_order.extend(names);
    Some(place)
}
