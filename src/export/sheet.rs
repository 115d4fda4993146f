//! A page in words, in the order of reading. Every file that people read is set from this, so
//! that all say the same; and how a summary becomes one.

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
    /// The parts, in order. They are numbered, but for those below another.
    pub parts: Vec<Part>,
    /// What an empty part says.
    pub nothing: String,
    /// What stands at the top from the second page on: whose it is and about when.
    pub running: String,
    /// What stands at the foot of every page.
    pub foot: String,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// The value; never empty.
    pub value: String,
    /// Whether it needs the whole width of the page.
    pub wide: bool,
}

/// A heading with what stands under it. With nothing under it, it says [`Sheet::nothing`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The heading.
    pub title: String,
    /// Whether it belongs to the part before it: its heading is one level lower and has no number.
    pub sub: bool,
    /// What stands under the heading, in order.
    pub blocks: Vec<Block>,
}

/// Something under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// Paragraphs.
    Text(Cell),
    /// Somebody's own words, unchanged.
    Quote(Cell),
    /// A list with bullets; each item has at least one paragraph.
    List {
        /// The items.
        items: Vec<Cell>,
    },
    /// A table with a row of heads, which stands on every page that the table goes on to.
    Table {
        /// The columns.
        head: Vec<Column>,
        /// The rows; each has one cell for every column.
        rows: Vec<Vec<Cell>>,
    },
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Its width in points; the columns without one share what is left.
    pub width: Option<u16>,
}

/// The words of a cell, an item or a quotation, then what is said about them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// What was written, one paragraph each.
    pub words: Vec<String>,
    /// Evidence and standing, one line each, smaller.
    pub notes: Vec<String>,
}

impl Cell {
    /// One paragraph and nothing said about it.
    pub fn of(words: impl Into<String>) -> Cell {
        Cell { words: vec![words.into()], notes: Vec::new() }
    }
}

impl Column {
    /// A column as wide as the others leave it.
    pub fn wide(head: impl Into<String>) -> Column {
        Column { head: head.into(), width: None }
    }

    /// A column of so many points.
    pub fn points(head: impl Into<String>, width: u16) -> Column {
        Column { head: head.into(), width: Some(width) }
    }
}

impl Part {
    /// A part with one table; with no rows it is empty.
    pub fn table(title: impl Into<String>, head: Vec<Column>, rows: Vec<Vec<Cell>>) -> Part {
        let blocks = if rows.is_empty() { Vec::new() } else { vec![Block::Table { head, rows }] };
        Part { title: title.into(), sub: false, blocks }
    }

    /// A part of quotations.
    pub fn quotes(title: impl Into<String>, cells: impl IntoIterator<Item = Cell>) -> Part {
        let blocks = cells.into_iter().map(Block::Quote).collect();
        Part { title: title.into(), sub: false, blocks }
    }

    /// What stands under the heading row by row: the columns, where it is a table, and the cells.
    pub fn rows(&self) -> impl Iterator<Item = (&[Column], &[Cell])> {
        type Rows<'a> = Box<dyn Iterator<Item = (&'a [Column], &'a [Cell])> + 'a>;
        self.blocks.iter().flat_map(|block| -> Rows<'_> {
            match block {
                Block::Text(cell) | Block::Quote(cell) => {
                    Box::new(std::iter::once((&[][..], std::slice::from_ref(cell))))
                }
                Block::List { items } => {
                    Box::new(items.iter().map(|item| (&[][..], std::slice::from_ref(item))))
                }
                Block::Table { head, rows } => {
                    Box::new(rows.iter().map(move |row| (head.as_slice(), row.as_slice())))
                }
            }
        })
    }

    /// Every cell, in the order of reading.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.rows().flat_map(|(_, row)| row)
    }
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
            nothing: "Nothing recorded".to_owned(),
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
    .map(|(label, value)| Fact { label: label.to_owned(), value, wide: label == MEETINGS })
    .collect()
}

fn part(section: &Section, view: &str) -> Part {
    let title = section.heading.words().to_owned();
    if section.heading == ArcpHeading::DoctorsWords {
        return Part::quotes(title, section.lines.iter().map(own_words));
    }
    table(title, line_head(section.heading), &section.lines, view)
}

pub(super) fn table(title: String, head: &str, lines: &[Line], view: &str) -> Part {
    let row = |line: &Line| vec![judgement(line, view), Cell::of(date(line.recorded))];
    let head = vec![Column::wide(head), Column::points("Recorded", 96)];
    Part::table(title, head, lines.iter().map(row).collect())
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

pub(super) fn evidence(evidence: &EvidenceRef) -> String {
    match evidence.date {
        Some(day) => format!("{}, {}", evidence.what, date(day)),
        None => format!("{}, no date", evidence.what),
    }
}

pub(super) fn actions(actions: &[ActionLine]) -> Part {
    let row = |action: &ActionLine| {
        vec![
            Cell { words: paragraphs(&action.text), notes: Vec::new() },
            Cell::of(action.owner.clone()),
            Cell::of(action.due.map_or_else(|| "No date".to_owned(), date)),
            Cell::of(state(action.state)),
        ]
    };
    let head = vec![
        Column::wide("Action"),
        Column::points("Who", 104),
        Column::points("By", 96),
        Column::points("State", 52),
    ];
    Part::table("Actions", head, actions.iter().map(row).collect())
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

pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.trim().is_empty()).map(ToString::to_string).collect()
}
