//! The cycles of meetings: dated data with sources.

use std::collections::BTreeSet;

use super::Library;
use super::error::{FileError, Problem, Sort};
use super::file::{self, whole};
use crate::model::Person;
use crate::model::cycle::{Cycle, When};

/// Reads one file.
///
/// # Errors
/// It is no cycle, or one whose meetings could not be worked out.
pub fn read_cycle(name: &str, bytes: &[u8]) -> Result<Cycle, FileError> {
    let cycle: Cycle = file::typed(Sort::Cycle, name, file::json(Sort::Cycle, name, bytes)?)?;
    file::unless(Sort::Cycle, name, problems(&cycle))?;
    Ok(cycle)
}

/// What no type says.
fn problems(cycle: &Cycle) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |place: &str, what: &str| {
        problems.push(Problem { place: place.to_owned(), what: what.to_owned() });
    };
    let is_month = |month: &i8| (1..=12).contains(month);
    if cycle.sources.is_empty() {
        add(whole(Sort::Cycle), "a cycle needs at least one source.");
    }
    if cycle.changeovers.is_empty() || !cycle.changeovers.iter().all(is_month) {
        add(whole(Sort::Cycle), "“changeovers” must be months from 1 to 12.");
    }
    let mut codes = BTreeSet::new();
    for meeting in &cycle.meetings {
        let place = format!("The meeting “{}”", meeting.code);
        if !codes.insert(&meeting.code) {
            add(&place, "this code is used before. Choose another.");
        }
        if meeting.templates.is_empty() {
            add(&place, "it needs at least one template.");
        }
        let days = |days: i32| (0..=366).contains(&days);
        let is_time = match meeting.when {
            When::PlacementStart { within } | When::PlacementEnd { within } => days(within),
            When::PlacementMiddle { around } => days(around),
            When::BeforeArcp { opens, closes } => days(opens) && (0..=opens).contains(&closes),
            When::Months { from, to } => is_month(&from) && is_month(&to),
            When::Every { months, opens } => (1..=24).contains(&months) && days(opens),
        };
        if !is_time {
            add(&place, "“when” must give days from 0 to 366, or months.");
        }
    }
    problems
}

impl Library {
    /// The cycles of meetings; the one for everybody else is the last.
    pub fn cycles(&self) -> &[Cycle] {
        &self.cycles
    }

    /// The cycle that a person follows.
    pub fn cycle_of(&self, person: &Person) -> Option<&Cycle> {
        Cycle::of(&self.cycles, person)
    }
}
