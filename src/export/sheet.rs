//! The summary in words, in the order of the page. Every file that people read is set from
//! this, so that all say the same.

use jiff::civil::Date;
use serde::Serialize;

use super::summary::{ActionLine, EvidenceRef, Facts, Line, Section, Summary};
use crate::model::ActionState;
use crate::model::session::{ArcpHeading, Role};
use crate::model::text::long_date;

/// A page of words. Dates hold no-break spaces, so that no line ends inside one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// The title of the page.
    pub title: String,
    /// Whose summary it is.
    pub name: String,
    /// The supervisor, as the author; empty when not known.
    pub author: String,
    /// Labels and values under the name.
    pub facts: Vec<Fact>,
    /// The numbered parts, in order.
    pub parts: Vec<Part>,
    /// What an empty part says.
    pub nothing: &'static str,
    /// What stands at the top from the second page on: whose it is and about when.
    pub running: String,
    /// What stands at the foot of every page.
    pub foot: String,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: &'static str,
    /// The value; never empty.
    pub value: String,
    /// Whether it needs the whole width of the page.
    pub wide: bool,
}

/// One numbered part. With no rows it says [`Sheet::nothing`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The heading.
    pub title: String,
    /// The heads of the columns.
    pub head: Vec<&'static str>,
    /// The rows; each has one cell for every head.
    pub rows: Vec<Vec<Cell>>,
    /// Whether it is somebody's own words, set as a quotation and not as a table.
    pub quote: bool,
}

/// The words of a cell, then what is said about them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// What was written, one paragraph each.
    pub words: Vec<String>,
    /// Evidence and standing, one line each.
    pub notes: Vec<String>,
}

/// The label of the days of the meetings: there can be many.
pub const MEETINGS: &str = "We met on";

/// A date in words, "6 August 2026", with no-break spaces.
pub fn date(day: Date) -> String {
    long_date(day).replace(' ', "\u{a0}")
}

impl Sheet {
    /// The words of a summary.
    pub fn new(summary: &Summary) -> Sheet {
        let facts = &summary.facts;
        let view = view(facts.made_by);
        let mut parts: Vec<Part> =
            summary.sections.iter().map(|section| part(section, view)).collect();
        if !summary.answers.is_empty() {
            parts.push(table(
                "From our conversations".to_owned(),
                "Question, answer and evidence",
                &summary.answers,
                view,
            ));
        }
        parts.push(actions(&summary.actions));
        let name = match facts.name.as_str() {
            "" => "Name not recorded".to_owned(),
            name => name.to_owned(),
        };
        Sheet {
            title: match facts.made_by {
                Role::Supervisor => "Supervisor’s summary for ARCP".to_owned(),
                Role::Doctor => "Summary for ARCP".to_owned(),
            },
            running: format!("{name}, {}", period(facts)),
            name,
            author: facts.supervisor.clone(),
            facts: fact_rows(facts),
            parts,
            nothing: "Nothing recorded",
            foot: foot(summary),
        }
    }
}

/// What stands under a line that only one of the two stands for.
pub(super) const fn view(of: Role) -> &'static str {
    match of {
        Role::Supervisor => "Supervisor’s view, not agreed",
        Role::Doctor => "Doctor’s view, not agreed",
    }
}

fn period(facts: &Facts) -> String {
    format!("{} to {}", date(facts.period.from), date(facts.period.to))
}

/// The facts that are known, in the order of reading.
fn fact_rows(facts: &Facts) -> Vec<Fact> {
    let programme = [facts.programme.as_str(), facts.stage.as_str()]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let working_time = facts.wte.map_or_else(String::new, |wte| match wte {
        100 => "Full time".to_owned(),
        part => format!("{part}% of full time"),
    });
    let meetings = match facts.meetings.as_slice() {
        [] => "Not stated".to_owned(),
        days => days.iter().map(|day| date(*day)).collect::<Vec<_>>().join(", "),
    };
    [
        ("Programme", programme),
        ("Period", period(facts)),
        ("Working time", working_time),
        ("ARCP panel", facts.arcp_date.map_or_else(String::new, date)),
        ("Supervisor", facts.supervisor.clone()),
        ("Made on", date(facts.made_on)),
        (MEETINGS, meetings),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(label, value)| Fact { label, value, wide: label == MEETINGS })
    .collect()
}

fn part(section: &Section, view: &str) -> Part {
    let title = section.heading.words().to_owned();
    if section.heading == ArcpHeading::DoctorsWords {
        let rows = section.lines.iter().map(|line| vec![own_words(line)]).collect();
        return Part { title, head: Vec::new(), rows, quote: true };
    }
    table(title, line_head(section.heading), &section.lines, view)
}

pub(super) fn table(title: String, head: &'static str, lines: &[Line], view: &str) -> Part {
    Part {
        title,
        head: vec![head, "Recorded"],
        rows: lines
            .iter()
            .map(|line| vec![judgement(line, view), one(date(line.recorded))])
            .collect(),
        quote: false,
    }
}

/// The head of the column that holds the lines.
const fn line_head(heading: ArcpHeading) -> &'static str {
    match heading {
        ArcpHeading::EvidenceSeen => "What was seen",
        ArcpHeading::Capabilities | ArcpHeading::Strengths => "Judgement and its evidence",
        ArcpHeading::ToDevelop => "What to develop, support and evidence",
        ArcpHeading::LastObjectives => "Objective, what became of it, and evidence",
        ArcpHeading::NextObjectives => "Objective and support offered",
        ArcpHeading::Exams => "Examination",
        ArcpHeading::Concerns => "Statement",
        ArcpHeading::DoctorsWords => "Words",
    }
}

fn judgement(line: &Line, view: &str) -> Cell {
    let mut notes = Vec::new();
    if line.lacks_evidence() {
        notes.push("No evidence linked".to_owned());
    }
    if !line.evidence.is_empty() {
        let list = line.evidence.iter().map(evidence).collect::<Vec<_>>().join(". ");
        notes.push(format!("Evidence: {list}"));
    }
    if line.is_unagreed() {
        notes.push(view.to_owned());
    }
    Cell { words: paragraphs(&line.text), notes }
}

fn own_words(line: &Line) -> Cell {
    let mut notes = vec![format!("Recorded {}. It is unchanged.", date(line.recorded))];
    if !line.evidence.is_empty() {
        let list = line.evidence.iter().map(evidence).collect::<Vec<_>>().join(". ");
        notes.insert(0, format!("Evidence: {list}"));
    }
    Cell { words: paragraphs(&line.text), notes }
}

fn evidence(evidence: &EvidenceRef) -> String {
    match evidence.date {
        Some(day) => format!("{}, {}", evidence.what, date(day)),
        None => format!("{}, no date", evidence.what),
    }
}

pub(super) fn actions(actions: &[ActionLine]) -> Part {
    let rows = actions
        .iter()
        .map(|action| {
            vec![
                Cell { words: paragraphs(&action.text), notes: Vec::new() },
                one(action.owner.clone()),
                one(action.due.map_or_else(|| "No date".to_owned(), date)),
                one(state(action.state).to_owned()),
            ]
        })
        .collect();
    Part {
        title: "Actions".to_owned(),
        head: vec!["Action", "Who", "By", "State"],
        rows,
        quote: false,
    }
}

const fn state(state: ActionState) -> &'static str {
    match state {
        ActionState::Open => "Open",
        ActionState::Part => "Part",
        ActionState::Done => "Done",
        ActionState::Dropped => "Dropped",
    }
}

fn foot(summary: &Summary) -> String {
    let made = date(summary.facts.made_on);
    let counts = summary.counts;
    let from = match (counts.agreed, counts.not_agreed) {
        (0, 0) => String::new(),
        (_, 0) => " from lines both agreed".to_owned(),
        (agreed, not) => format!(". {not} of {} lines not agreed", agreed + not),
    };
    format!("Made on {made}{from}. Supports the portfolio report, does not replace it.")
}

fn one(words: String) -> Cell {
    Cell { words: vec![words], notes: Vec::new() }
}

pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.trim().is_empty()).map(ToString::to_string).collect()
}
