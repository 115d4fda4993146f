//! The lists of a person, changed a member at a time.

use super::Part;
use crate::model::text::long_date;
use crate::model::training::days;
use crate::model::{
    Absence, AccessRequest, Attempt, Exam, Goal, Id, PartTime, PastArcp, Person, Placement,
};

/// A member of a list, found again by its identity or, where it has none yet, by being the same.
pub trait Member: Clone + PartialEq {
    /// Its identity.
    fn id(&self) -> Option<Id>;
}

macro_rules! members {
    ($($kind:ty),*) => {
        $(impl Member for $kind {
            fn id(&self) -> Option<Id> {
                self.id
            }
        })*
    };
}

members!(Placement, PartTime, Absence, Exam, Attempt, PastArcp, Goal, AccessRequest);

/// Puts a member in the place of the one that stood at `at` when the form was opened. One that is
/// no longer there comes back as a new one: nothing typed is lost. `None` takes it out.
pub fn put<T: Member>(now: &mut Vec<T>, before: &[T], at: Option<usize>, new: Option<T>) {
    let old = at.and_then(|at| before.get(at));
    let is_same = |one: &T, old: &T| match (one.id(), old.id()) {
        (Some(one), Some(old)) => one == old,
        _ => one == old,
    };
    let place = old.and_then(|old| now.iter().position(|one| is_same(one, old)));
    match (place, new) {
        (Some(place), Some(new)) => {
            if let Some(there) = now.get_mut(place) {
                *there = new;
            }
        }
        (Some(place), None) => drop(now.remove(place)),
        (None, Some(new)) => now.push(new),
        (None, None) => {}
    }
}

/// A person without a member of one of the lists, or without the next meeting.
pub fn without(now: &Person, before: &Person, part: Part, at: Option<usize>) -> Person {
    let mut now = now.clone();
    match part {
        Part::Placement => put(&mut now.placements, &before.placements, at, None),
        Part::PartTime => put(&mut now.part_time, &before.part_time, at, None),
        Part::Absence => put(&mut now.absences, &before.absences, at, None),
        Part::Exam => {
            now = now.with_exams_together();
            put(&mut now.exams, &before.exams, at, None);
        }
        Part::Attempt => put(&mut now.attempts, &before.attempts, at, None),
        Part::Panel => put(&mut now.past_arcps, &before.past_arcps, at, None),
        Part::Goal => put(&mut now.goals, &before.goals, at, None),
        Part::Request => put(&mut now.requests, &before.requests, at, None),
        Part::Meeting => now.next_meeting = None,
        _ => {}
    }
    now
}

/// What a member is called in a message: "Acute medicine, Larchfield General".
pub fn title_of(person: &Person, part: Part, at: Option<usize>) -> String {
    let at = at.unwrap_or(usize::MAX);
    let words = match part {
        Part::Placement => person.placements.get(at).map(Placement::words),
        Part::PartTime => {
            person.part_time.get(at).map(|one| format!("{}%, {}", one.wte, days(one.from, one.to)))
        }
        Part::Absence => {
            let words = |one: &Absence| format!("{}, {}", one.kind.words(), days(one.from, one.to));
            person.absences.get(at).map(words)
        }
        Part::Exam => person.exams.get(at).map(|one| one.name.clone()),
        Part::Attempt => person.attempts.get(at).map(|one| format!("Attempt at {}", one.exam)),
        Part::Panel => person.past_arcps.get(at).map(|one| format!("ARCP {}", long_date(one.date))),
        Part::Goal => person.goals.get(at).map(|one| one.text.clone()),
        Part::Request => {
            person.requests.get(at).map(|one| format!("Request of {}", long_date(one.asked)))
        }
        _ => None,
    };
    words.unwrap_or_else(|| part.title(false).to_owned())
}
