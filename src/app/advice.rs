//! What Cairn suggests: which template to begin with, who needs a look. Simple rules, each
//! with its reason in words, so that a person can see why and think otherwise.

use jiff::Zoned;
use jiff::civil::Date;

use super::role::Words;
use crate::library::Library;
use crate::model::template::Form;
use crate::model::{BackedUp, Id, Journal, Mark, Person, Receipt, Template};

/// After so many weeks without a meeting, a person needs a look.
const LONG_WEEKS: i32 = 8;
/// So many weeks before the panel, the report is the conversation to have.
const BEFORE_ARCP_WEEKS: i32 = 10;

/// Templates with the reason why they come first.
pub struct Suggested<'a> {
    /// "Because you have not met Amina yet".
    pub reason: String,
    /// The templates, best first.
    pub templates: Vec<&'a Template>,
}

/// The whole weeks since the last meeting, when they are so many that it needs a look.
pub fn long_not_met(journal: &Journal, person: Id, today: Date) -> Option<i32> {
    let weeks = weeks(journal.last_met(person)?, today);
    (weeks >= LONG_WEEKS).then_some(weeks)
}

/// Whole weeks from one day to another; negative when the second is earlier.
pub fn weeks(from: Date, to: Date) -> i32 {
    (to - from).get_days() / 7
}

/// The templates to begin with, for a person or before one is chosen.
pub fn suggest<'a>(
    journal: &Journal,
    library: &'a Library,
    person: Option<Id>,
    today: Date,
) -> Vec<Suggested<'a>> {
    let mut groups = Vec::new();
    let words = Words::of(journal.settings().role);
    if words.is_doctor() {
        let leads = |template: &&Template| words.leads(template);
        let templates = to_begin(library, person.is_some()).filter(leads).collect();
        groups.push(Suggested { reason: "For you to lead".to_owned(), templates });
    }
    if let Some((id, person)) =
        person.filter(|_| !words.is_doctor()).and_then(|id| Some((id, journal.person(id)?)))
    {
        let (template, reason) = for_person(journal, id, person, today);
        let templates = library.get(template).into_iter().collect();
        groups.push(Suggested { reason, templates });
    }
    let held = person.is_some();
    for (reason, templates) in [
        ("With your star", starred(journal, library, held)),
        ("You used these last", last_used(journal, library, held)),
        ("You use these most", most_used(journal, library, held)),
    ] {
        groups.push(Suggested { reason: reason.to_owned(), templates });
    }
    let mut seen: Vec<&str> = Vec::new();
    for group in &mut groups {
        group.templates.retain(|template| !seen.contains(&template.id.as_str()));
        seen.extend(group.templates.iter().map(|template| template.id.as_str()));
    }
    groups.retain(|group| !group.templates.is_empty());
    groups
}

fn for_person(journal: &Journal, id: Id, person: &Person, today: Date) -> (&'static str, String) {
    let called = person.called();
    if journal.last_met(id).is_none() {
        return ("first-meeting", format!("Because you and {called} have not met yet"));
    }
    let ahead = person.arcp_date.map(|panel| weeks(today, panel));
    match ahead.filter(|weeks| (0..=BEFORE_ARCP_WEEKS).contains(weeks)) {
        Some(0) => ("before-arcp", format!("Because {called}’s ARCP is this week")),
        Some(1) => ("before-arcp", format!("Because {called}’s ARCP is in 1 week")),
        Some(n) => ("before-arcp", format!("Because {called}’s ARCP is in {n} weeks")),
        None => ("mid-point-review", format!("Because {called}’s year is under way")),
    }
}

/// The templates to begin with; for a person, conversations only.
fn to_begin(library: &Library, held: bool) -> impl Iterator<Item = &Template> {
    let templates = library.templates().iter();
    templates.filter(move |template| !held || template.form == Form::Conversation)
}

/// The templates with the owner's star.
fn starred<'a>(journal: &Journal, library: &'a Library, held: bool) -> Vec<&'a Template> {
    let is_starred = |template: &&Template| {
        journal.mark(&Mark::of_template(&template.id)).is_some_and(|mark| mark.star)
    };
    to_begin(library, held).filter(is_starred).collect()
}

/// The three templates used last, the last one first.
fn last_used<'a>(journal: &Journal, library: &'a Library, held: bool) -> Vec<&'a Template> {
    let mut used: Vec<_> = to_begin(library, held)
        .filter_map(|template| Some((journal.last_used(&template.id)?, template)))
        .collect();
    used.sort_by_key(|(last, _)| std::cmp::Reverse(*last));
    used.into_iter().take(3).map(|(_, template)| template).collect()
}

/// The three templates used most; for a person, conversations only.
fn most_used<'a>(journal: &Journal, library: &'a Library, held: bool) -> Vec<&'a Template> {
    let mut used: Vec<(usize, &Template)> = to_begin(library, held)
        .map(|template| (journal.uses(&template.id), template))
        .filter(|(uses, _)| *uses > 0)
        .collect();
    used.sort_by_key(|(uses, _)| std::cmp::Reverse(*uses));
    used.into_iter().take(3).map(|(_, template)| template).collect()
}

/// How many of the owner's actions are due or late.
pub fn actions_due(journal: &Journal, today: Date) -> usize {
    journal.due_by(today)
}

/// What needs the owner today, in one sentence: actions that are due, writing that is open.
pub fn due_sentence(due: usize, unfinished: usize) -> String {
    let due = match due {
        0 => "None of your actions is due".to_owned(),
        1 => "1 of your actions is due".to_owned(),
        n => format!("{n} of your actions are due"),
    };
    match unfinished {
        0 => format!("{due}."),
        1 => format!("{due}, and 1 thing you began is not finished."),
        n => format!("{due}, and {n} things you began are not finished."),
    }
}

/// After so many days without a backup Today offers one.
const BACKUP_DAYS: i32 = 14;
/// A date so little ahead is that of another time zone.
const A_DAY_AHEAD: i32 = -1;
/// With so many conversations and reflections in it, a record deserves its first backup.
const WORTH_A_BACKUP: usize = 5;

/// The last backup of a record.
pub struct LastBackup<'a> {
    /// The receipt's identity.
    pub id: Id,
    /// Its receipt.
    pub receipt: &'a Receipt,
    /// When it was made.
    pub at: Zoned,
    /// How many days ago; negative when it is dated ahead of the clock.
    pub days: i32,
}

/// The last backup of the record with this name; one of the record that it was moved from does
/// not count.
pub fn last_backup<'a>(journal: &'a Journal, vault: &str, now: &Zoned) -> Option<LastBackup<'a>> {
    let reach_of = |receipt: &Receipt| {
        receipt.backup.as_ref().filter(|backup| backup.vault == vault).map(BackedUp::reach)
    };
    let backups = journal
        .all_receipts()
        .filter_map(|(id, receipt)| Some((reach_of(receipt)?, receipt.at, id, receipt)));
    let (.., id, receipt) = backups.max_by_key(|(reach, at, id, _)| (*reach, *at, *id))?;
    let at = receipt.at.to_zoned(now.time_zone().clone());
    let days = (now.date() - at.date()).get_days();
    Some(LastBackup { id, receipt, at, days })
}

/// Whether Today offers a backup: the last one is old, or its age can't be told because it is
/// dated ahead of the clock, or a record worth one never had any.
pub fn backup_is_due(journal: &Journal, last: Option<&LastBackup<'_>>) -> bool {
    match last {
        Some(last) => !(A_DAY_AHEAD..BACKUP_DAYS).contains(&last.days),
        None => journal.all_held().nth(WORTH_A_BACKUP - 1).is_some(),
    }
}

/// "today", "yesterday", "5 days ago", "3 weeks ago", "4 months ago".
pub fn ago(days: i32) -> String {
    match days {
        // A clock that was wrong, then or now.
        ..A_DAY_AHEAD => "on a date that is still to come, by this clock".to_owned(),
        A_DAY_AHEAD..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        2..=13 => format!("{days} days ago"),
        14..=60 => format!("{} weeks ago", days / 7),
        _ => format!("{} months ago", days / 30),
    }
}
