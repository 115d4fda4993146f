//! What is known about a person in plain words, for its history.

use serde::Deserialize;
use serde_json::Value;

use super::{layer, plain};
use crate::model::text::long_date;
use crate::model::training::days;
use crate::model::{
    Absence, AccessRequest, Attempt, Exam, Goal, HandedOver, Layer, Meeting, PartTime, PastArcp,
    Placement,
};

/// The lists whose members are fields of their own, with what one member is called.
pub const LISTS: [(&str, &str); 12] = [
    ("placements", "Placement"),
    ("part_time", "Less than full time"),
    ("absences", "Time away from training"),
    ("exams", "Exam"),
    ("attempts", "Exam attempt"),
    ("past_arcps", "ARCP panel"),
    ("goals", "Goal"),
    ("requests", "Access request"),
    ("summary_left_out", "Left out of the ARCP summary"),
    ("summary_order", "Order in the ARCP summary"),
    ("summary_pasted", "Pasted into the portfolio"),
    ("handover_ticked", "Ticked for the next supervisor"),
];

/// The keys of a person in the order of the page, but for the lists.
pub const ORDER: [&str; 23] = [
    "name",
    "short_name",
    "say",
    "supervises_as",
    "supervises_from",
    "supervises_until",
    "stage",
    "programme",
    "wte",
    "next_meeting",
    "arcp_date",
    "cct_date",
    "next_exam",
    "exam_date",
    "adjustments",
    "adjustments_on",
    "to_know",
    "portfolio",
    "archived",
    "handed_over",
    "keep_until",
    "hold",
    "source_id",
];

/// What a key is called, where its own name does not say it.
pub fn key_name(key: &str) -> &'static str {
    match key {
        "name" => "Name",
        "say" => "How to say it",
        "supervises_as" => "Role",
        "supervises_from" => "Supervises from",
        "supervises_until" => "Supervises until",
        "wte" => "Working time in per cent",
        "arcp_date" => "ARCP date",
        "cct_date" => "End of the programme on record",
        "to_know" => "What to know",
        "adjustments_on" => "Adjustments written on",
        "archived" => "Among past people",
        "hold" => "Hold against erasing",
        _ => "",
    }
}

/// Who reads a key, as far as it has a layer.
pub fn key_layer(key: &str) -> Option<Layer> {
    match key {
        "to_know" => Some(Layer::Private),
        "adjustments" => Some(Layer::Shared),
        _ => None,
    }
}

/// The value of a key that holds more than a text; nothing where the plain way will do.
pub fn key_words(key: &str, value: &Value) -> Option<String> {
    match key {
        "hold" => Some(hold(value)),
        "next_meeting" => Meeting::deserialize(value).ok().map(|one| meeting(&one)),
        "handed_over" => {
            let one = HandedOver::deserialize(value).ok()?;
            Some(joined([long_date(one.on), prefixed("to ", &one.to)]))
        }
        _ => None,
    }
}

/// What one member of a list is called, and who reads it.
pub fn item_name(list: &str, value: Option<&Value>) -> Option<(String, Option<Layer>)> {
    let (_, name) = LISTS.iter().find(|(known, _)| *known == list)?;
    let layer = match list {
        "goals" => value.and_then(|value| value.get("layer")).and_then(layer),
        _ => None,
    };
    Some(((*name).to_owned(), layer))
}

/// A member of a list in words; nothing where it is none of these, or an odd one.
pub fn item_words(list: &str, value: &Value) -> Option<String> {
    Some(match list {
        "placements" => placement(&Placement::deserialize(value).ok()?),
        "part_time" => part_time(&PartTime::deserialize(value).ok()?),
        "absences" => absence(&Absence::deserialize(value).ok()?),
        "exams" => exam(&Exam::deserialize(value).ok()?),
        "attempts" => attempt(&Attempt::deserialize(value).ok()?),
        "past_arcps" => {
            let one = PastArcp::deserialize(value).ok()?;
            joined([long_date(one.date), prefixed("outcome ", &one.outcome)])
        }
        "goals" => goal(&Goal::deserialize(value).ok()?),
        "requests" => request(&AccessRequest::deserialize(value).ok()?),
        "summary_left_out" => match value.as_str()?.strip_prefix("met:") {
            Some(day) => format!("That you met on {}", plain(&day.into())),
            None => "A line of it".to_owned(),
        },
        "summary_pasted" => "A box of it".to_owned(),
        "handover_ticked" => "A line of the handover".to_owned(),
        _ => return None,
    })
}

fn placement(one: &Placement) -> String {
    let wte = one.wte.map(|wte| format!("{wte}%")).unwrap_or_default();
    let supervisor = prefixed("clinical supervisor ", &one.supervisor);
    joined([one.words(), one.days(), supervisor, wte])
}

fn part_time(one: &PartTime) -> String {
    let before = one.before.map(|before| format!("instead of {before}%")).unwrap_or_default();
    joined([format!("{}%", one.wte), before, days(one.from, one.to), counted(one.counted)])
}

fn absence(one: &Absence) -> String {
    let lost = one.days.map(|days| format!("days lost: {days}")).unwrap_or_default();
    let rebate = one.rebate.map(|days| format!("days that count: {days}")).unwrap_or_default();
    let kind = one.kind.words().to_owned();
    joined([kind, days(one.from, one.to), lost, rebate, counted(one.counted)])
}

fn counted(counted: bool) -> String {
    if counted { "in the end date on record".to_owned() } else { String::new() }
}

fn exam(one: &Exam) -> String {
    let next = one.next.map(|day| format!("next sitting {}", long_date(day))).unwrap_or_default();
    let booked = if one.booked { "booked".to_owned() } else { String::new() };
    let mut words = joined([one.name.clone(), next, booked]);
    if let Some(cap) = one.cap_words() {
        words = format!("{words}. {cap}");
    }
    words
}

fn attempt(one: &Attempt) -> String {
    let day = one.date.map(long_date).unwrap_or_default();
    joined([one.exam.clone(), day, one.result.words().to_lowercase()])
}

fn goal(one: &Goal) -> String {
    let mut words = format!("{}\nSince {}", one.text, long_date(one.since));
    if !one.progress.is_empty() {
        words = format!("{words}\nProgress: {}", one.progress);
    }
    if let Some(done) = one.done {
        words = format!("{words}\nReached {}", long_date(done));
    }
    if let Some(dropped) = one.dropped {
        words = format!("{words}\nDropped {}: {}", long_date(dropped), one.reason);
    }
    format!("{words}\n{}", one.layer.words())
}

fn request(one: &AccessRequest) -> String {
    let due = one.answered.map(|_| format!("Due by {}", long_date(one.due())));
    let parts = [Some(one.asked_words()), due, Some(one.answer_words())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
}

fn meeting(one: &Meeting) -> String {
    let time = one.time.map(|at| format!("{:02}:{:02}", at.hour(), at.minute()));
    let minutes = one.minutes.map(|minutes| format!("{minutes} minutes")).unwrap_or_default();
    joined([long_date(one.date), time.unwrap_or_default(), minutes, one.place.clone()])
}

fn hold(value: &Value) -> String {
    let since = value.get("since").map(plain).unwrap_or_default();
    match value.get("why").and_then(Value::as_str) {
        Some(why) => format!("Since {since}: {why}"),
        None => format!("Since {since}"),
    }
}

fn prefixed(before: &str, words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("{before}{words}") }
}

/// The parts that say something, with commas between.
fn joined<const N: usize>(parts: [String; N]) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}
