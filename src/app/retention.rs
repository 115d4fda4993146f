//! Who is kept, and until when: the yearly look, the date that Cairn suggests, and the
//! certificate of what is erased. Nothing here sets a date or erases anything.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _, Zoned};

use super::role::Words;
use super::roster::told_apart;
use super::state::{Open, Phase, State};
use crate::library::Library;
use crate::model::person::is_title;
use crate::model::text::{count, long_date, month};
use crate::model::{Certificate, Id, Journal, Kind, ListItem, Person, ReferenceList};
use crate::search::within;

/// The list of dated defaults; the owner may put their trust's in its place.
pub const LIST: &str = "keeping";
/// The group of that list whose row is for reverse mentoring.
const MENTORING: &str = "Reverse mentoring";
/// How the templates of reverse mentoring begin.
const MENTORING_TEMPLATES: &str = "reverse-mentoring-";

/// Everybody in the record, those to decide about first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeepList {
    /// The day it was made for.
    pub day: Option<Date>,
    /// Passed first, then on hold, then by date, then without a date.
    pub rows: Vec<Kept>,
    /// The day of the last yearly look.
    pub looked_at: Option<Date>,
    /// Why it is time to look; nothing while it is not.
    pub asks: Option<String>,
}

/// A person who is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Who.
    pub person: Id,
    /// Their name.
    pub name: String,
    /// "Supervised to August 2025", "You supervise them now".
    pub detail: String,
    /// Until when.
    pub until: Until,
    /// Why until then, in words.
    pub why: String,
    /// The date that Cairn suggests, where the end of supervision is known.
    pub suggested: Option<Suggested>,
}

/// Until when somebody is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// The day has passed.
    Passed(Date),
    /// Nothing about them may be erased.
    Hold,
    /// A day that is to come.
    Day(Date),
    /// No day is set.
    Open,
}

/// A date with what it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// The date.
    pub date: Date,
    /// "12 months after supervision".
    pub why: String,
}

impl KeepList {
    /// The list of a record.
    pub fn of(journal: &Journal, library: &Library, today: Date) -> KeepList {
        let called = told_apart(journal);
        let (list, words) = (library.list(LIST), Words::of(journal.settings().role));
        let people = journal.people().into_iter();
        let mut rows: Vec<Kept> = people
            .map(|(id, person)| {
                let name = called.get(&id).unwrap_or(&person.name).clone();
                kept(journal, (list, words), (id, person, name), today)
            })
            .collect();
        rows.sort_by_key(|row| row.until);
        let looked_at = journal.settings().looked_at;
        let asks = asks(journal, &rows, looked_at, today);
        KeepList { day: Some(today), rows, looked_at, asks }
    }

    /// How many keep-until dates have passed.
    pub fn passed(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.until, Until::Passed(_))).count()
    }

    /// What there is to decide, in words: "No one is due. Next look: October 2027."
    pub fn in_words(&self) -> String {
        let due = match self.passed() {
            0 => "No one is due.".to_owned(),
            1 => "1 date has passed.".to_owned(),
            n => format!("{n} dates have passed."),
        };
        match self.looked_at.and_then(next_look) {
            Some(next) => format!("{due} Next look: {}.", month_of(next)),
            None => due,
        }
    }
}

fn kept(
    journal: &Journal,
    (list, words): (Option<&ReferenceList>, Words),
    (id, person, name): (Id, &Person, String),
    today: Date,
) -> Kept {
    let end = end_of_supervision(journal, id, person);
    let suggested = end.and_then(|end| suggest(journal, list, id, end));
    let until = match (&person.hold, person.keep_until) {
        (Some(_), _) => Until::Hold,
        (None, Some(day)) if day < today => Until::Passed(day),
        (None, Some(day)) => Until::Day(day),
        (None, None) => Until::Open,
    };
    let why = match (&person.hold, person.keep_until, &suggested) {
        (Some(hold), ..) if hold.why.is_empty() => format!("Since {}", long_date(hold.since)),
        (Some(hold), ..) => format!("{}, since {}", hold.why, long_date(hold.since)),
        (_, Some(day), Some(it)) if day == it.date => it.why.clone(),
        (_, Some(_), _) => "A day you chose".to_owned(),
        (_, None, Some(it)) => format!("Suggested: {}, {}", long_date(it.date), it.why),
        (_, None, None) => "The end of supervision is not known".to_owned(),
    };
    let detail = match end.filter(|_| person.is_past()) {
        Some(end) => format!("Supervised to {}", month_of(end)),
        None if person.is_past() => "Among past people".to_owned(),
        None => words.supervised_now().to_owned(),
    };
    Kept { person: id, name, detail, until, why, suggested }
}

/// The day that supervision ended, or will end by the placements that are known: handed over,
/// else the end of the last placement, else, of somebody in the past, the last meeting.
fn end_of_supervision(journal: &Journal, id: Id, person: &Person) -> Option<Date> {
    if let Some(over) = &person.handed_over {
        return Some(over.on);
    }
    let ends = person.placements.iter().map(|placement| placement.to);
    let last = ends.collect::<Option<Vec<Date>>>().and_then(|ends| ends.into_iter().max());
    last.or_else(|| person.archived.then(|| journal.last_met(id)).flatten())
}

fn suggest(
    journal: &Journal,
    list: Option<&ReferenceList>,
    id: Id,
    end: Date,
) -> Option<Suggested> {
    let talks = journal.sessions_with(id);
    let of_scheme = |template: &str| template.starts_with(MENTORING_TEMPLATES);
    let mentoring = !talks.is_empty() && talks.iter().all(|(_, talk)| of_scheme(&talk.template.id));
    let timed = list?.items.iter().filter_map(|item| Some((item, period(item)?)));
    let timed: Vec<(&ListItem, Span)> = timed.collect();
    let own = timed.iter().find(|(item, _)| mentoring && item.group == MENTORING);
    let (item, span) = own.or_else(|| timed.first())?;
    let after = if own.is_some() { "the scheme" } else { "supervision" };
    let date = end.checked_add(*span).ok()?;
    Some(Suggested { date, why: format!("{} after {after}", item.code) })
}

/// The time that the code of a row names: "12 months", "6 years".
fn period(item: &ListItem) -> Option<Span> {
    let (number, unit) = item.code.split_once(' ')?;
    let number: i16 = number.parse().ok().filter(|number| (1..=1200).contains(number))?;
    match unit {
        "month" | "months" => Some(number.months()),
        "year" | "years" => Some(number.years()),
        _ => None,
    }
}

/// A year after the last look.
fn next_look(looked_at: Date) -> Option<Date> {
    looked_at.checked_add(1.year()).ok()
}

fn month_of(day: Date) -> String {
    format!("{} {}", month(day.month()), day.year())
}

/// Why it is time to look: a date passed since the last look, or a year went by. Before the
/// first look it asks where there is somebody in the past, or a talk of more than a year ago.
fn asks(journal: &Journal, rows: &[Kept], looked_at: Option<Date>, today: Date) -> Option<String> {
    let is_new = |day: Date| looked_at.is_none_or(|looked| day >= looked);
    let passed = rows.iter().filter(|row| matches!(row.until, Until::Passed(day) if is_new(day)));
    match passed.count() {
        0 => {}
        1 => return Some("1 keep-until date has passed".to_owned()),
        n => return Some(format!("{n} keep-until dates have passed")),
    }
    let due = match looked_at {
        Some(looked) => next_look(looked).is_some_and(|next| next <= today),
        None => {
            let year_ago = today.checked_sub(1.year()).unwrap_or(today);
            let past = journal.people().iter().any(|(_, person)| person.is_past());
            past || journal.all_held().any(|(_, held)| held.session.date < year_ago)
        }
    };
    (due && !rows.is_empty()).then(|| "Look at who you keep".to_owned())
}

/// What the certificate of erasing a person will say, before it is done.
pub fn certificate(journal: &Journal, id: Id, reference: &str, now: &Zoned) -> Certificate {
    let about = journal.about(id);
    let entries = 1
        + about.sessions
        + about.reflections
        + about.actions
        + about.attachments
        + about.receipts
        + about.plans
        + about.others;
    let sent = journal.sent(id);
    let places: std::collections::BTreeSet<&str> = journal
        .all_receipts()
        .filter(|(_, receipt)| receipt.backup.is_some())
        .map(|(_, receipt)| receipt.to.as_str())
        .collect();
    let number = journal.certificates().iter().map(|(_, it)| it.number).max().unwrap_or(0) + 1;
    let until = journal.person(id).and_then(|person| person.keep_until);
    let why = match until {
        Some(day) if day < now.date() => format!("Keep-until date passed, {}", long_date(day)),
        _ => "The owner of the record decided it".to_owned(),
    };
    let minute = jiff::civil::time(now.hour(), now.minute(), 0, 0);
    Certificate {
        number,
        when: now.date().to_datetime(minute),
        why,
        entries: entries as u64,
        sent: sent.len() as u64,
        last_sent: sent.first().map(|(_, it)| it.at.to_zoned(now.time_zone().clone()).date()),
        backups: places.len() as u64,
        reference: reference.trim().to_owned(),
        ..Certificate::default()
    }
}

/// Whether a reference would name the person on a certificate that names no one.
pub fn names(reference: &str, person: &Person) -> bool {
    telling_words(person).iter().any(|word| has_word(reference, word))
}

/// Whether a word stands in a text, not as a part of another.
fn has_word(text: &str, word: &str) -> bool {
    let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    within(text, word).into_iter().any(|hit| {
        let before = text.get(..hit.start).and_then(|text| text.chars().next_back());
        let after = text.get(hit.end..).and_then(|text| text.chars().next());
        is_end(before) && is_end(after)
    })
}

/// The words of a name that tell whose it is: no titles, nothing shorter than three letters.
fn telling_words(person: &Person) -> Vec<&str> {
    let words = person.name.split_whitespace().chain(person.short_name.split_whitespace());
    words.filter(|word| !is_title(word) && word.chars().count() > 2).collect()
}

/// The owner's own reflections that are not about a person and name them all the same: erasing
/// the person leaves these. The newest first.
pub fn mentions(journal: &Journal, id: Id) -> Vec<(Id, String)> {
    let Some(person) = journal.person(id) else { return Vec::new() };
    let words = telling_words(person);
    let own = journal
        .all_held()
        .filter(|(_, held)| held.kind == Kind::Reflection && held.session.person != Some(id));
    let mut found: Vec<(Date, Id, String)> = own
        .filter(|(_, held)| {
            let body = held.body();
            let fields = crate::model::text::fields(&body);
            let has = |word: &&str| fields.iter().any(|it| has_word(&it.text, word));
            words.iter().any(has)
        })
        .map(|(id, held)| {
            let day = held.session.date;
            (day, id, format!("{}, {}", held.session.title, long_date(day)))
        })
        .collect();
    found.sort_by_key(|(day, id, _)| std::cmp::Reverse((*day, *id)));
    found.into_iter().map(|(_, id, words)| (id, words)).collect()
}

/// "14 conversations, 2 reflections, 22 actions, and what is known about them".
pub fn goes(journal: &Journal, id: Id) -> String {
    let about = journal.about(id);
    let parts = [
        (about.sessions, "conversation"),
        (about.reflections, "reflection"),
        (about.actions, "action"),
        (about.attachments, "attached file"),
        (about.receipts, "receipt"),
        (about.plans, "career plan"),
        (about.others, "other record"),
    ];
    let parts = parts.into_iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = parts.map(|(number, noun)| count(number, noun)).collect();
    match parts.is_empty() {
        true => "what is known about them".to_owned(),
        false => format!("{}, and what is known about them", parts.join(", ")),
    }
}

impl State {
    /// Makes the list anew where the record or the day is another one.
    pub(super) fn refresh_keep_list(&mut self) {
        let day = self.today();
        let library = &self.library;
        let Phase::Open(open) = &mut self.phase else { return };
        let changes = open.journal.changes();
        let is_same = open
            .keep_list
            .as_ref()
            .is_some_and(|(made, it)| *made == changes && it.day == Some(day));
        if !is_same {
            open.keep_list = Some((changes, KeepList::of(&open.journal, library, day)));
        }
    }
}

impl Open {
    /// Who is kept, and until when; nothing before the first tick.
    pub fn keep_list(&self) -> Option<&KeepList> {
        self.keep_list.as_ref().map(|(_, list)| list)
    }
}
