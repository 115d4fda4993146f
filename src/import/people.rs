//! People from a table: a CSV file with a header row. Only the column `name` is needed.
//!
//! Nothing is guessed in silence: columns without a meaning are named, a row with a value that
//! can't be read is kept apart with what is wrong in it, and rows are never joined, whatever
//! their names.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::clean::{line, lines};
use crate::model::date::parse;
use crate::model::{Person, Placement};

/// The longest file in bytes: far above any department.
pub const MAX_BYTES: usize = 1024 * 1024;
/// The most rows.
pub const MAX_ROWS: usize = 2_000;
/// The most columns.
const MAX_COLUMNS: usize = 64;
/// Characters in a field, and in one that may have several lines.
const MAX_FIELD: usize = 200;
const MAX_WORDS: usize = 4_000;
/// The most problems that are listed.
const MAX_PROBLEMS: usize = 20;

/// A table of people, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The people, a row each.
    pub rows: Vec<Row>,
    /// The rows that can't be read.
    pub bad: Vec<BadRow>,
    /// The columns that were left out because they have no meaning here.
    pub unknown: Vec<String>,
}

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line it begins on, counted from 1.
    pub line: u64,
    /// The person.
    pub person: Person,
}

/// A row that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The line it begins on, counted from 1.
    pub line: u64,
    /// The name in it, as far as there is one.
    pub name: String,
    /// What is wrong with it.
    pub why: Vec<String>,
}

/// Why a table can't be read. Nothing is brought in then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeopleError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Blank,
    /// It is longer than any.
    #[error("the file holds {0} bytes; a table of people may hold {MAX_BYTES}")]
    TooLong(usize),
    /// The bytes are not UTF-8 text.
    #[error("line {0} is not UTF-8 text. Save the table as “CSV UTF-8”")]
    NotText(usize),
    /// It is no CSV.
    #[error("it can’t be read as CSV: {0}")]
    NotCsv(String),
    /// The first row does not name the columns.
    #[error("the first row must name the columns, and one must be “name”. Known: {KNOWN}")]
    NoName,
    /// More columns than any.
    #[error("there are {0} columns; the most is {MAX_COLUMNS}")]
    TooWide(usize),
    /// Two columns mean the same.
    #[error("the columns “{0}” and “{1}” mean the same. Leave one out")]
    Twice(String, String),
    /// More rows than any.
    #[error("there are more than {MAX_ROWS} rows")]
    TooMany,
    /// Only a header.
    #[error("there is no row below the first")]
    Empty,
    /// Fields that can't be read, with their lines.
    #[error("{}", .0.join("\n"))]
    Fields(Vec<String>),
}

/// A table as it may look.
pub const EXAMPLE: &str = "name,stage,specialty,placement,from,wte,arcp\n\
                           Dr Wren Alder,ST4,acute medicine,Larchfield,5/8/2026,80,9/6/2027\n\
                           Dr Ishaan Teasel,F1,general surgery,Larchfield,5/8/2026,100,\n";

/// The columns that have a meaning.
pub const KNOWN: &str = "name, short name, say, stage, programme, specialty, placement, from, to, \
                     supervisor, wte, arcp, exam, exam date, cct, adjustments, to know, id";

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Name,
    ShortName,
    Say,
    Stage,
    Programme,
    Specialty,
    Placement,
    From,
    To,
    Supervisor,
    Wte,
    Arcp,
    Exam,
    ExamDate,
    Cct,
    Adjustments,
    ToKnow,
    Id,
}

/// The meaning of a head, in any case, with spaces, hyphens or underscores.
fn column(head: &str) -> Option<Column> {
    let plain: Vec<String> = head
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    Some(match plain.join(" ").as_str() {
        "name" | "full name" => Column::Name,
        "short name" | "known as" | "called" => Column::ShortName,
        "say" | "how to say it" | "pronunciation" => Column::Say,
        "stage" | "grade" => Column::Stage,
        "programme" | "program" => Column::Programme,
        "specialty" | "speciality" | "post" => Column::Specialty,
        "placement" | "site" | "where" | "trust" | "hospital" => Column::Placement,
        "from" | "start" | "start date" => Column::From,
        "to" | "end" | "end date" => Column::To,
        "supervisor" | "clinical supervisor" => Column::Supervisor,
        "wte" | "fte" | "working time" => Column::Wte,
        "arcp" | "arcp date" => Column::Arcp,
        "exam" | "next exam" => Column::Exam,
        "exam date" => Column::ExamDate,
        "cct" | "cct date" => Column::Cct,
        "adjustments" => Column::Adjustments,
        "to know" | "what to know" => Column::ToKnow,
        "id" | "source id" => Column::Id,
        _ => return None,
    })
}

/// Reads a table of which every row has to be right.
///
/// # Errors
/// The file is no table of people, or holds values that can't be read; all of these are named.
pub fn read(bytes: &[u8], today: Date) -> Result<Table, PeopleError> {
    let table = look(bytes, today)?;
    if table.bad.is_empty() {
        return Ok(table);
    }
    let problem = |row: &BadRow| {
        let line = row.line;
        row.why.iter().map(move |why| format!("line {line}: {why}")).collect::<Vec<_>>()
    };
    Err(PeopleError::Fields(table.bad.iter().flat_map(problem).take(MAX_PROBLEMS).collect()))
}

/// Reads a table, with the rows that can't be read beside those that can. Dates are as people in the UK write them, the day first; one without a year is
/// the nearest to `today`.
///
/// # Errors
/// The file is no table of people.
pub fn look(bytes: &[u8], today: Date) -> Result<Table, PeopleError> {
    if bytes.len() > MAX_BYTES {
        return Err(PeopleError::TooLong(bytes.len()));
    }
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = bytes.iter().take(error.valid_up_to());
        PeopleError::NotText(1 + before.filter(|byte| **byte == b'\n').count())
    })?;
    // With one kind of line end the reader counts the lines as an editor does.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter(&text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let heads = reader.headers().map_err(|error| PeopleError::NotCsv(error.to_string()))?.clone();
    if heads.iter().all(str::is_empty) && text.trim().is_empty() {
        return Err(PeopleError::Blank);
    }
    let (columns, unknown) = columns(&heads)?;
    let mut table = Table { rows: Vec::new(), bad: Vec::new(), unknown };
    for record in reader.records() {
        let record = record.map_err(|error| PeopleError::NotCsv(error.to_string()))?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if table.rows.len() + table.bad.len() == MAX_ROWS {
            return Err(PeopleError::TooMany);
        }
        let line = record.position().map_or(0, csv::Position::line);
        let mut problems = Problems(Vec::new());
        if record.len() > heads.len() {
            problems.add("there are more fields than columns. Put words with a comma in quotes");
        }
        let person = Fields { columns: &columns, record: &record }.person(today, &mut problems);
        match problems.0.is_empty() {
            true => table.rows.push(Row { line, person }),
            false => {
                let name = person.name.chars().take(MAX_FIELD).collect();
                table.bad.push(BadRow { line, name, why: problems.0 });
            }
        }
    }
    match table.rows.is_empty() && table.bad.is_empty() {
        true => Err(PeopleError::Empty),
        false => Ok(table),
    }
}

/// What stands most often in the first line between its fields.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let times = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    [b'\t', b';', b','].into_iter().max_by_key(|mark| times(*mark)).unwrap_or(b',')
}

type Columns = BTreeMap<Column, usize>;

fn columns(heads: &csv::StringRecord) -> Result<(Columns, Vec<String>), PeopleError> {
    if heads.len() > MAX_COLUMNS {
        return Err(PeopleError::TooWide(heads.len()));
    }
    let mut columns = Columns::new();
    let mut unknown = Vec::new();
    for (at, head) in heads.iter().enumerate() {
        match column(head) {
            Some(column) => {
                if let Some(before) = columns.insert(column, at) {
                    let name = |at: usize| line(heads.get(at).unwrap_or_default());
                    return Err(PeopleError::Twice(name(before), name(at)));
                }
            }
            None if head.is_empty() => {}
            None => unknown.push(line(head).chars().take(MAX_FIELD).collect()),
        }
    }
    if columns.contains_key(&Column::Name) {
        Ok((columns, unknown))
    } else {
        Err(PeopleError::NoName)
    }
}

/// What can't be read in a row.
struct Problems(Vec<String>);

impl Problems {
    fn add(&mut self, what: &str) {
        self.0.push(what.to_owned());
    }
}

/// The fields of a row by their meaning.
struct Fields<'a> {
    columns: &'a Columns,
    record: &'a csv::StringRecord,
}

impl Fields<'_> {
    fn raw(&self, column: Column) -> &str {
        self.columns.get(&column).and_then(|at| self.record.get(*at)).unwrap_or_default()
    }

    fn text(&self, column: Column, problems: &mut Problems) -> String {
        let text = line(self.raw(column));
        if text.chars().count() > MAX_FIELD {
            let what = format!("“{column:?}” has more than {MAX_FIELD} characters");
            problems.add(&what.to_lowercase());
        }
        text
    }

    fn words(&self, column: Column, problems: &mut Problems) -> String {
        let words = lines(self.raw(column));
        if words.chars().count() > MAX_WORDS {
            let what = format!("“{column:?}” has more than {MAX_WORDS} characters");
            problems.add(&what.to_lowercase());
        }
        words
    }

    fn date(&self, column: Column, today: Date, problems: &mut Problems) -> Option<Date> {
        let text = self.text(column, problems);
        parse(&text, today).unwrap_or_else(|error| {
            let text: String = text.chars().take(40).collect();
            problems.add(&format!("“{text}”: {error}"));
            None
        })
    }

    fn wte(&self, problems: &mut Problems) -> Option<u8> {
        let text = self.text(Column::Wte, problems);
        if text.is_empty() {
            return None;
        }
        let wte = working_time(&text);
        if wte.is_none() {
            let text: String = text.chars().take(40).collect();
            let what = "working time is a number from 10 to 100, or from 0.1 to 1";
            problems.add(&format!("“{text}”: {what}"));
        }
        wte
    }

    fn person(&self, today: Date, problems: &mut Problems) -> Person {
        let name = self.text(Column::Name, problems);
        if name.is_empty() {
            problems.add("the name is empty");
        }
        let programme = self.text(Column::Programme, problems);
        let specialty = self.text(Column::Specialty, problems);
        let placement = self.placement(&specialty, today, problems);
        let id = self.text(Column::Id, problems);
        Person {
            name,
            short_name: self.text(Column::ShortName, problems),
            say: self.text(Column::Say, problems),
            stage: self.text(Column::Stage, problems),
            programme: if programme.is_empty() { specialty } else { programme },
            wte: self.wte(problems),
            arcp_date: self.date(Column::Arcp, today, problems),
            cct_date: self.date(Column::Cct, today, problems),
            to_know: self.words(Column::ToKnow, problems),
            adjustments: self.words(Column::Adjustments, problems),
            placements: placement.into_iter().collect(),
            next_exam: self.text(Column::Exam, problems),
            exam_date: self.date(Column::ExamDate, today, problems),
            source_id: (!id.is_empty()).then_some(id),
            ..Person::default()
        }
    }

    fn placement(
        &self,
        specialty: &str,
        today: Date,
        problems: &mut Problems,
    ) -> Option<Placement> {
        let site = self.text(Column::Placement, problems);
        let supervisor = self.text(Column::Supervisor, problems);
        let from = self.date(Column::From, today, problems);
        let to = self.date(Column::To, today, problems);
        let Some(from) = from else {
            if to.is_some() || !site.is_empty() || !supervisor.is_empty() {
                problems.add("a placement needs its first day, in the column “from”");
            }
            return None;
        };
        if to.is_some_and(|to| to < from) {
            problems.add("the placement ends before it begins");
        }
        let post = if specialty.is_empty() { site.clone() } else { specialty.to_owned() };
        let site = if specialty.is_empty() { String::new() } else { site };
        Some(Placement { post, site, from, to, supervisor, ..Placement::default() })
    }
}

/// A working time in whole per cent: "80", "80%", "0.8", "1.0". Nobody works 1 %, so that 1 is
/// all of it.
fn working_time(text: &str) -> Option<u8> {
    let is_percent = text.ends_with('%');
    let digits = text.trim_end_matches('%').trim();
    let is_number = !digits.is_empty()
        && digits.len() <= 6
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = digits.parse().ok().filter(|_| is_number)?;
    let percent = if number <= 1.0 && !is_percent { number * 100.0 } else { number };
    let whole = percent.round();
    if !(10.0..=100.0).contains(&whole) || (percent - whole).abs() > 1e-6 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "10 to 100")]
    let whole = whole as u8;
    Some(whole)
}
