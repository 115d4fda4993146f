//! The log of access requests: who asked and when, by when the answer is due, what was saved for it.

use std::cmp::Reverse;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::export::AccessPack;
use crate::model::{AccessRequest, Id, Journal, Person};

/// A request with what is known of its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Who asked.
    pub person: Id,
    /// Their name.
    pub name: String,
    /// The place of the request in what is known of them.
    pub at: usize,
    /// The request.
    pub request: AccessRequest,
    /// The last file, or copy, that was made for it: its day, and how its SHA-256 begins.
    pub saved: Option<(Date, String)>,
}

/// Every request of the record: those that wait, by the day on which they are due, then those that
/// were answered, the newest first.
pub fn log(journal: &Journal, zone: &TimeZone) -> Vec<Logged> {
    let people = journal.people().into_iter();
    let mut all: Vec<Logged> =
        people.flat_map(|(id, person)| of_person(journal, zone, (id, person))).collect();
    all.sort_by_key(|one| {
        let open = one.request.is_open();
        let answered = one.request.answered.filter(|_| !open);
        (!open, open.then(|| one.request.due()), Reverse(answered), one.name.clone())
    });
    all
}

/// The requests of one person, in the same order.
pub fn of_person(journal: &Journal, zone: &TimeZone, (id, person): (Id, &Person)) -> Vec<Logged> {
    let requests = person.requests.iter().enumerate();
    let logged = requests.map(|(at, request)| Logged {
        person: id,
        name: person.name.clone(),
        at,
        request: request.clone(),
        saved: saved(journal, zone, id, request),
    });
    let mut all: Vec<Logged> = logged.collect();
    all.sort_by_key(|one| (!one.request.is_open(), Reverse(one.request.asked)));
    all
}

/// The newest receipt of a pack from the day it was asked for to the day it was answered.
fn saved(
    journal: &Journal,
    zone: &TimeZone,
    id: Id,
    request: &AccessRequest,
) -> Option<(Date, String)> {
    let sent = journal.sent(id).into_iter();
    let packs = sent.filter(|(_, receipt)| receipt.what.starts_with(AccessPack::TITLE));
    let with_day = packs.map(|(_, receipt)| {
        let digits = receipt.sha256.chars().take(12).collect::<String>();
        (receipt.at.to_zoned(zone.clone()).date(), digits)
    });
    let last = request.answered.unwrap_or(Date::MAX);
    with_day.filter(|(day, _)| (request.asked..=last).contains(day)).max_by_key(|(day, _)| *day)
}
