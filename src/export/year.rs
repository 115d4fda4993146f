//! A supervisor's year as an educator, for an appraisal: what was done, in numbers that tell of
//! nobody, and the supervisor's own words.
//!
//! A [`Year`] is made by an allow-list: which templates were used and for how long, the
//! supervisor's own learning, and the reflections that they chose, word for word. No name, no
//! outcome, no level of support and nothing that a doctor wrote has a place in it.

pub mod areas;
pub mod coaching;
pub mod figures;

use jiff::civil::Date;

use super::Period;
use super::letter::{Letter, Outline, Saying, layers};
use super::sheet::{self, Block, Cell, Column, Fact, Part, Sheet, date};
use crate::model::text::{answer_lines, count};
use crate::model::{Layer, Learning, Session, Settings, clean};
use areas::Evidence;
use figures::{Figures, Said};

/// The labels of the facts that are drawn large, in their order.
pub const LARGE: [&str; 3] = ["Conversations", "Time in them", "Planned meetings held"];

/// The title of the page.
pub const TITLE: &str = "My year as an educator";

/// A finished conversation, as far as a year looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Talk<'a> {
    /// The template, by id.
    pub template: &'a str,
    /// The day.
    pub date: Date,
    /// How long it took.
    pub minutes: Option<u16>,
    /// Which of the doctors it was with, counted from 1 in the order in which they came.
    pub doctor: Option<usize>,
}

/// What a year holds.
#[derive(Debug, Clone)]
pub struct Year<'a> {
    /// The owner of the record: their name and words.
    pub settings: &'a Settings,
    /// The days, the first and the last included.
    pub period: Period,
    /// The day it is made.
    pub today: Date,
    /// The finished conversations.
    pub talks: Vec<Talk<'a>>,
    /// The templates of the finished reflections.
    pub notes: Vec<&'a str>,
    /// With how many doctors.
    pub doctors: usize,
    /// Planned meetings: how many were held, and how many there were.
    pub meetings: (usize, usize),
    /// The templates that those were held from.
    pub planned: Vec<&'a str>,
    /// The reflections that the owner chose, about nobody of the record.
    pub reflections: Vec<&'a Session>,
    /// What was learned and taught elsewhere, oldest first.
    pub learning: Vec<&'a Learning>,
}

impl Letter {
    /// The page of a year.
    pub fn year(year: &Year<'_>) -> Letter {
        let evidence = Evidence::built_in();
        let figures = Figures::of(year, evidence);
        let mut parts = vec![areas_part(&figures), learning_part(year, evidence)];
        parts.extend(year.reflections.iter().map(|session| reflection_part(session)));
        let own = &year.settings.educator;
        parts.push(words_part("A change I made", &own.change));
        parts.push(words_part("Next year", &own.next_year));
        let outline = figures.rows.iter().map(|row| {
            let state = match (row.count, row.learning) {
                (Said::None, 0) => Outline::Empty,
                (Said::None | Said::Few, _) => Outline::Part,
                _ => Outline::Full,
            };
            (format!("{} {}", row.code, row.title), state)
        });
        let days = words_of(year.period);
        let saying = Saying {
            what: format!("{TITLE}, {}", days.replace('\u{a0}', " ")),
            file: TITLE,
            day: year.today,
            layers: nothing_goes(year.reflections.len()),
            left_out: "Left out: names of doctors, health, outcomes, support levels, anything a \
                       doctor wrote",
            notes: notes(year, &figures),
            outline: outline.collect(),
            names_no_doctor: true,
            may_tell: 0,
            holds_words: true,
        };
        let foot = "Counts are of what was recorded in Cairn. They are not a score.";
        of_the_owner(
            year.settings,
            year.today,
            (TITLE, days, foot),
            facts(year, &figures),
            (saying, parts),
        )
    }
}

/// A page about the owner alone.
fn of_the_owner(
    settings: &Settings,
    today: Date,
    (title, days, foot): (&str, String, &str),
    facts: Vec<(&str, String)>,
    (saying, parts): (Saying, Vec<Part>),
) -> Letter {
    let name = clean::line(&settings.your_name);
    let named: Vec<String> =
        Some(name.clone()).filter(|name| !name.is_empty()).into_iter().collect();
    let running = if name.is_empty() { days } else { format!("{name}, {days}") };
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let facts = facts.map(|(label, value)| Fact {
        label: label.to_owned(),
        wide: label == JOB_PLANNED,
        value,
    });
    Letter {
        saying,
        layers: vec![Layer::Private; parts.len()],
        sheet: Sheet {
            title: title.to_owned(),
            running,
            author: name.clone(),
            facts: facts.collect(),
            parts,
            nothing: "Nothing written yet".to_owned(),
            foot: foot.to_owned(),
            name: if name.is_empty() { "Name not recorded".to_owned() } else { name },
        },
        made_on: today,
        between: named.len(),
        named,
    }
}

/// No entry leaves; of some a copy does.
fn nothing_goes(copies: usize) -> [super::preview::LayerCount; 3] {
    let mut all = layers((0, ""), (0, "none goes"));
    let private = if copies == 0 { "entries stay" } else { "entries stay, copies go" };
    private.clone_into(&mut all[2].words);
    all
}

/// What else is said before it leaves.
fn notes(year: &Year<'_>, figures: &Figures) -> Vec<(String, String)> {
    let mut notes = vec![("No doctor is named".to_owned(), "or counted alone.".to_owned())];
    match year.reflections.len() {
        0 => {}
        1 => notes.push(("1 copy that you checked goes:".to_owned(), COPY.to_owned())),
        n => notes.push((format!("{n} copies that you checked go:"), COPY.to_owned())),
    }
    match figures.hidden() {
        0 => {}
        1 => notes.push(("1 count is hidden:".to_owned(), BELOW.to_owned())),
        n => notes.push((format!("{n} counts are hidden:"), BELOW.to_owned())),
    }
    notes
}

const COPY: &str = "reflections, word for word";
const BELOW: &str = "below 3 it says “fewer than 3”";
const JOB_PLANNED: &str = "Job plan";

/// "25 November 2025 to 24 November 2026".
fn words_of(period: Period) -> String {
    format!("{} to {}", date(period.from), date(period.to))
}

fn facts(year: &Year<'_>, figures: &Figures) -> Vec<(&'static str, String)> {
    let hours = match figures.hours {
        None => String::new(),
        Some(0..=2) => "less than 3 hours".to_owned(),
        Some(hours) => format!("{hours} hours"),
    };
    let hours = if figures.some_unknown && !hours.is_empty() {
        format!("{hours}, not all timed")
    } else {
        hours
    };
    let meetings = match figures.meetings {
        (_, 0) => String::new(),
        (Said::None, _) => Said::None.words(),
        (Said::Exactly(held), of) => format!("{held} of {of}"),
        (said, _) => said.words(),
    };
    vec![
        ("Dates", words_of(year.period)),
        ("Role", "Educational supervisor".to_owned()),
        (LARGE[0], figures.talks.words()),
        (LARGE[1], hours),
        (LARGE[2], meetings),
        (JOB_PLANNED, job_planned(year, figures)),
        ("My learning", learned(year)),
    ]
}

/// How long the learning took that is listed, where that is known.
fn learned(year: &Year<'_>) -> String {
    let minutes = year.learning.iter().filter_map(|one| one.minutes);
    match minutes.fold(0_u16, u16::saturating_add) {
        0 => String::new(),
        minutes => length(minutes),
    }
}

/// The time that a job plan gives: 1 programmed activity is 4 hours of a week. How many doctors
/// there are can be had from it, so it is there only where that may be said.
fn job_planned(year: &Year<'_>, figures: &Figures) -> String {
    let each = usize::from(year.settings.educator.pa_each());
    if each == 0 {
        return String::new();
    }
    let Some(doctors) = figures.doctors else {
        return format!("{} PA for each doctor. 1 PA is 4 hours a week.", pa(each));
    };
    let days = (year.period.to - year.period.from).get_days() + 1;
    let days = usize::try_from(days).unwrap_or(0);
    let hours = (each * doctors * 4 * days + 350) / 700;
    format!(
        "{} PA for {doctors} doctors, about {hours} hours in these dates. It is also for \
         reading, reports and leave.",
        pa(each * doctors)
    )
}

/// "0.25", "1.0".
fn pa(hundredths: usize) -> String {
    match hundredths % 10 {
        0 => format!("{}.{}", hundredths / 100, hundredths % 100 / 10),
        _ => format!("{}.{:02}", hundredths / 100, hundredths % 100),
    }
}

fn areas_part(figures: &Figures) -> Part {
    let rows = figures.rows.iter().map(|row| {
        let shown =
            if row.shown_by.is_empty() { Said::None.words() } else { row.shown_by.join(". ") };
        let count = match (row.count, row.learning) {
            (Said::None, 0) => "none".to_owned(),
            (Said::None, _) => "my own learning".to_owned(),
            (said, _) => said.words(),
        };
        vec![Cell::of(format!("{} {}", row.code, row.short)), Cell::of(shown), Cell::of(count)]
    });
    let head = vec![
        Column::points("Area", 104),
        Column::wide("What shows it"),
        Column::points("Count", 100),
    ];
    Part::table("The seven areas", head, rows.collect())
}

/// What was learned and taught, in the owner's own words.
fn learning_part(year: &Year<'_>, evidence: &Evidence) -> Part {
    let rows = year.learning.iter().map(|one| {
        let area = one.area.and_then(|area| {
            let area = area.to_string();
            evidence.areas.iter().find(|known| known.code == area)
        });
        let area = area.map(|area| format!(". Area {}, {}", area.code, area.short));
        let mut notes = vec![format!("{}{}", one.kind.words(), area.unwrap_or_default())];
        let changed = clean::line(&one.changed);
        if !changed.is_empty() {
            notes.push(format!("What changed: {changed}"));
        }
        let title = Cell { words: vec![clean::line(&one.title)], notes };
        let minutes = one.minutes.map(length).unwrap_or_default();
        vec![Cell::of(date(one.date)), title, Cell::of(minutes)]
    });
    let head =
        vec![Column::points("Date", 104), Column::wide("What I did"), Column::points("Time", 100)];
    Part::table("What I learned and taught", head, rows.collect())
}

/// "45 minutes", "1 hour", "1.5 hours".
pub fn length(minutes: u16) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => count(usize::from(minutes), "minute"),
        (hours, 0) => count(usize::from(hours), "hour"),
        (hours, 30) => format!("{hours}.5 hours"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// A reflection word for word: each question that was answered, and the answer.
fn reflection_part(session: &Session) -> Part {
    let cells = session.items().filter_map(|asked| {
        let words = clean::lines(&answer_lines(asked.answer.as_ref()?));
        let words = sheet::paragraphs(&words);
        let asked = vec![clean::line(&asked.prompt.text)];
        (!words.is_empty()).then_some(Cell { words, notes: asked })
    });
    Part::quotes(format!("Reflection: {}", clean::line(&session.title)), cells)
}

fn words_part(title: &str, words: &str) -> Part {
    let words = sheet::paragraphs(&clean::lines(words));
    let cell = (!words.is_empty()).then_some(Block::Text(Cell { words, notes: Vec::new() }));
    Part { title: title.to_owned(), sub: false, blocks: cell.into_iter().collect() }
}
