//! The meetings that a programme asks for in a year, and which of them were held.
//!
//! The cycles themselves are dated data in `assets/cycles`. A meeting was held when a finished
//! conversation from one of its templates lies in its time, or shortly before. What was not held
//! is stated, never scored.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::changeover::{TrainingYear, next_changeover};
use super::text::{count, day_and_month, long_date};
use super::{Id, Person, Placement};

/// So many days before its time, and after it, a conversation still counts as the meeting.
const GRACE: i32 = 14;
/// A shorter placement has no mid-point.
const SHORT: i32 = 56;

/// The meetings of a year in one sort of programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cycle {
    /// A short name that stays (`foundation`).
    pub id: String,
    /// Rises with every change.
    pub version: u32,
    /// The title on screen.
    pub title: String,
    /// What it is.
    pub about: String,
    /// The year and month in which it was checked: "2026-11".
    pub checked: String,
    /// What is unsure in it.
    #[serde(default)]
    pub unsure: String,
    /// Where it comes from, with dates.
    pub sources: Vec<String>,
    /// The beginnings of stages that follow it ("F", "GPST"), and words in programmes. The cycle
    /// with neither is for everybody else.
    #[serde(default)]
    pub stages: Vec<String>,
    /// Words of a programme that follow it ("general practice").
    #[serde(default)]
    pub programmes: Vec<String>,
    /// The months whose first Wednesday is a changeover.
    pub changeovers: Vec<i8>,
    /// The meetings.
    pub meetings: Vec<CycleMeeting>,
}

/// A meeting that comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CycleMeeting {
    /// Unique within its cycle.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The templates it is held from.
    pub templates: Vec<String>,
    /// When.
    pub when: When,
    /// What is unsure about it.
    #[serde(default)]
    pub unsure: String,
}

/// When a meeting is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case", deny_unknown_fields)]
pub enum When {
    /// In the first days of a placement.
    PlacementStart {
        /// How many.
        within: i32,
    },
    /// In so many days before and after the middle of a placement.
    PlacementMiddle {
        /// How many.
        around: i32,
    },
    /// In the last days of a placement.
    PlacementEnd {
        /// How many.
        within: i32,
    },
    /// Before an ARCP panel.
    BeforeArcp {
        /// The first day is so many days before it.
        opens: i32,
        /// The last day is so many days before it.
        closes: i32,
    },
    /// From the first changeover of the year or the first day of a month to the end of another.
    Months {
        /// The first month.
        from: i8,
        /// The last month.
        to: i8,
    },
    /// So many months after the last one, or after the year began.
    Every {
        /// How many.
        months: i32,
        /// It opens so many days before.
        opens: i32,
    },
}

/// A finished conversation, as far as the cycle looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldMeeting<'a> {
    /// The record.
    pub id: Id,
    /// The day.
    pub date: Date,
    /// The template.
    pub template: &'a str,
}

/// How it stands with a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was held.
    Held {
        /// The conversation.
        session: Id,
        /// Its day.
        on: Date,
    },
    /// Its time is now.
    Due,
    /// Its time is over, and it can still be held.
    Late {
        /// Days since its last day.
        days: i32,
    },
    /// Its time is yet to come.
    Next,
    /// Its time is over and so is what it was for; none is recorded.
    NotRecorded,
}

/// A meeting that a person's year asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Which meeting of the cycle.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The template to begin with.
    pub template: String,
    /// The post it belongs to; empty where it belongs to the year.
    pub post: String,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// How it stands.
    pub standing: Standing,
    /// That in words: "Due until 2 September", "Held 12 August".
    pub words: String,
}

/// The time of a meeting: when it is due, and when a conversation may count as it.
struct Window {
    from: Date,
    to: Date,
    earliest: Date,
    latest: Date,
    post: String,
}

impl Cycle {
    /// The cycle that a person follows: by stage, or else by programme, or else the one for
    /// everybody else.
    pub fn of<'a>(cycles: &'a [Cycle], person: &Person) -> Option<&'a Cycle> {
        let (stage, programme) = (person.stage.to_lowercase(), person.programme.to_lowercase());
        let by_stage = |cycle: &&Cycle| cycle.stages.iter().any(|one| is_stage(&stage, one));
        let by_programme = |cycle: &&Cycle| {
            cycle.programmes.iter().any(|words| has_words(&programme, &words.to_lowercase()))
        };
        let other = |cycle: &&Cycle| cycle.stages.is_empty() && cycle.programmes.is_empty();
        let find = |test: &dyn Fn(&&Cycle) -> bool| cycles.iter().find(test);
        find(&by_stage).or_else(|| find(&by_programme)).or_else(|| find(&other))
    }

    /// The next changeover after a day.
    pub fn next_changeover(&self, after: Date) -> Option<Date> {
        next_changeover(after, &self.changeovers)
    }

    /// The meetings of the training year that today lies in, in the order of their days.
    pub fn expected(
        &self,
        person: &Person,
        held: &[HeldMeeting<'_>],
        today: Date,
    ) -> Vec<Expected> {
        let Some(year) = TrainingYear::of(today) else { return Vec::new() };
        let mut all: Vec<Expected> = Vec::new();
        for meeting in &self.meetings {
            let of = |one: &&HeldMeeting<'_>| meeting.templates.iter().any(|t| t == one.template);
            let mut held: Vec<&HeldMeeting<'_>> = held.iter().filter(of).collect();
            held.sort_by_key(|one| (one.date, one.id));
            for window in meeting.when.windows(person, year, &held) {
                all.push(meeting.expected(window, &mut held, today));
            }
        }
        all.sort_by_key(|one| (one.from, one.to));
        all
    }
}

/// How many of these were held, and how many there are.
pub fn progress(expected: &[Expected]) -> (usize, usize) {
    let is_held = |one: &&Expected| matches!(one.standing, Standing::Held { .. });
    (expected.iter().filter(is_held).count(), expected.len())
}

/// Whether a stage is one of those that begin like this and go on with a number: "F" is the
/// beginning of "F2", not of "Fellow".
pub fn is_stage(stage: &str, start: &str) -> bool {
    let rest = stage.trim().strip_prefix(&start.to_lowercase());
    rest.is_some_and(|rest| rest.trim_start().chars().all(|c| c.is_ascii_digit()))
}

/// Whether words stand in a text as whole words.
pub fn has_words(text: &str, words: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric();
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        !before.ends_with(is_letter) && !after.starts_with(is_letter)
    })
}

impl CycleMeeting {
    /// One meeting in its time. The conversation that counts as it counts as no other of the
    /// same code.
    fn expected(&self, window: Window, held: &mut Vec<&HeldMeeting<'_>>, today: Date) -> Expected {
        let fits = |one: &&HeldMeeting<'_>| {
            (window.earliest..=window.latest).contains(&one.date) && one.date <= today
        };
        let found = held.iter().position(fits).map(|at| held.remove(at));
        let standing = match found {
            Some(one) => Standing::Held { session: one.id, on: one.date },
            None if today < window.from => Standing::Next,
            None if today <= window.to => Standing::Due,
            None if today <= window.latest => {
                Standing::Late { days: (today - window.to).get_days() }
            }
            None => Standing::NotRecorded,
        };
        Expected {
            words: words(standing, window.from, window.to, today),
            code: self.code.clone(),
            title: self.title.clone(),
            template: self.templates.first().cloned().unwrap_or_default(),
            post: window.post,
            from: window.from,
            to: window.to,
            standing,
        }
    }
}

fn words(standing: Standing, from: Date, to: Date, today: Date) -> String {
    let day = |day: Date| {
        if day.year() == today.year() { day_and_month(day) } else { long_date(day) }
    };
    match standing {
        Standing::Held { on, .. } => format!("Held {}", day(on)),
        Standing::Due => format!("Due until {}", day(to)),
        Standing::Late { days } => {
            let late = count(usize::try_from(days).unwrap_or(0), "day");
            format!("Was due until {}, {late} ago", day(to))
        }
        Standing::Next => format!("From {} to {}", day(from), day(to)),
        Standing::NotRecorded => "None recorded".to_owned(),
    }
}

impl When {
    fn windows(
        self,
        person: &Person,
        year: TrainingYear,
        held: &[&HeldMeeting<'_>],
    ) -> Vec<Window> {
        let placements = || {
            let here = |one: &&Placement| {
                one.from <= year.to && one.to.is_none_or(|to| one.from <= to && year.from <= to)
            };
            person.placements.iter().filter(here)
        };
        match self {
            When::PlacementStart { within } => {
                placements().filter_map(|one| start(one, within)).collect()
            }
            When::PlacementMiddle { around } => {
                placements().filter_map(|one| middle(one, around)).collect()
            }
            When::PlacementEnd { within } => {
                placements().filter_map(|one| end(one, within)).collect()
            }
            When::BeforeArcp { opens, closes } => {
                let panel = person.arcp_date.filter(|day| *day >= year.from);
                panel.and_then(|day| before(day, opens, closes)).into_iter().collect()
            }
            When::Months { from, to } => months(year, from, to).into_iter().collect(),
            When::Every { months, opens } => every(year, months, opens, held),
        }
    }
}

fn start(one: &Placement, within: i32) -> Option<Window> {
    let last = plus(one.from, within)?;
    let to = one.to.map_or(last, |end| end.min(last));
    let latest = one.to.unwrap_or(plus(to, 3 * within)?);
    let earliest = plus(one.from, -GRACE)?;
    Some(Window { from: one.from, to, earliest, latest, post: one.post.clone() })
}

fn middle(one: &Placement, around: i32) -> Option<Window> {
    let end = one.to?;
    let length = (end - one.from).get_days() + 1;
    let middle = plus(one.from, length / 2).filter(|_| length >= SHORT)?;
    let (from, to) = (plus(middle, -around)?, plus(middle, around)?);
    // As early as a quarter of the way, and until the end begins.
    let earliest = plus(one.from, length / 4)?.min(from);
    let latest = plus(one.from, length * 3 / 4)?.max(to);
    Some(Window { from, to, earliest, latest, post: one.post.clone() })
}

fn end(one: &Placement, within: i32) -> Option<Window> {
    let to = one.to?;
    let from = plus(to, -within)?.max(one.from);
    let window = Window { from, to, earliest: from, latest: plus(to, GRACE)?, post: String::new() };
    Some(Window { earliest: plus(from, -GRACE)?.max(one.from), post: one.post.clone(), ..window })
}

fn before(panel: Date, opens: i32, closes: i32) -> Option<Window> {
    let (from, to) = (plus(panel, -opens)?, plus(panel, -closes)?);
    Some(Window { from, to, earliest: from, latest: panel, post: String::new() })
}

fn months(year: TrainingYear, from: i8, to: i8) -> Option<Window> {
    let first = |month: i8| {
        let of = if month >= year.from.month() { year.from.year() } else { year.to.year() };
        Date::new(of, month, 1).ok()
    };
    let from = first(from)?.max(year.from);
    let to = first(to)?.last_of_month().min(year.to).max(from);
    let (earliest, latest) = (plus(from, -GRACE)?.max(year.from), plus(to, GRACE)?.min(year.to));
    Some(Window { from, to, earliest, latest, post: String::new() })
}

/// Each is so many months after the last that was held, or that would have been.
fn every(year: TrainingYear, months: i32, opens: i32, held: &[&HeldMeeting<'_>]) -> Vec<Window> {
    let before = held.iter().map(|one| one.date).filter(|day| *day < year.from).max();
    let far_back = |day: &Date| plus(*day, 366).is_some_and(|year_on| year_on >= year.from);
    let mut last = before.filter(far_back).unwrap_or(year.from);
    let mut windows = Vec::new();
    while windows.len() < 12 {
        let Ok(to) = last.checked_add(months.max(1).months()) else { break };
        let Some(from) = plus(to, -opens) else { break };
        if from > year.to {
            break;
        }
        let (Some(earliest), Some(latest)) = (plus(from, -2 * GRACE), plus(to, 2 * GRACE)) else {
            break;
        };
        let fits = |day: &Date| (earliest..=latest).contains(day);
        last = held.iter().map(|one| one.date).find(fits).unwrap_or(to);
        if to >= year.from {
            windows.push(Window { from, to, earliest, latest, post: String::new() });
        }
    }
    windows
}

fn plus(day: Date, days: i32) -> Option<Date> {
    day.checked_add(days.days()).ok()
}
