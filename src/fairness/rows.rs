//! De-identified outcomes from a CSV file, added up while they are read. No row is kept.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::Counts;

/// The longest file in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// The most rows.
pub const MAX_ROWS: u64 = 1_000_000;
/// The most groups, years and strata. Above it a column is no grouping, but a list of people.
pub const MAX_GROUPS: usize = 20;
/// The same of years and strata.
pub const MAX_PARTS: usize = 60;
const MAX_NAME: usize = 80;
const MAX_COUNT: u64 = 10_000_000;

/// How a file may look.
pub const EXAMPLE: &str =
    "group,passed,year,stratum\nUK,yes,2024,Written\nOverseas,no,2024,Written\n";

/// What a file says, added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// The groups, in the order in which they come.
    pub groups: Vec<String>,
    /// The strata, in the order in which they come; empty without that column.
    pub strata: Vec<String>,
    /// What the column with the strata is called.
    pub stratum_is: String,
    /// The counts by group, year and stratum, each counted from 0 but the year.
    pub cells: BTreeMap<(usize, Option<i32>, Option<usize>), Counts>,
    /// Columns that were not read.
    pub unread: Vec<String>,
}

/// Why a file can't be used. Nothing of it is shown then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the words say what each is")]
pub enum RowsError {
    #[error("The file is empty. Choose one with a row of column names and rows below it.")]
    Blank,
    #[error("The file is larger than 64 MB. Add the rows up into counts, with a column “count”.")]
    TooLong,
    #[error("There are more than 1,000,000 rows. Add them up into counts, with a column “count”.")]
    TooManyRows,
    #[error("Row {0} is not UTF-8 text. Save the table once more as “CSV UTF-8”.")]
    NotText(u64),
    #[error("Row {0} cannot be read as CSV. Look for a quotation mark that is not closed.")]
    NotCsv(u64),
    #[error("Row 1 needs a column “{0}”. It has: {1}. Rename the column, or add it.")]
    Missing(&'static str, String),
    #[error("The columns “{0}” and “{1}” mean the same. Take one out.")]
    Twice(String, String),
    #[error("The column “{0}” could point to a person. Take it out of the file first.")]
    Person(String),
    #[error(
        "“{0}” and “{1}” both describe who people are. Split by one of them only: two together \
         make groups so small that they point to people."
    )]
    TwoTraits(String, String),
    #[error("Row {0} has {1} fields, and row 1 has {2}. Put words with a comma in quotes.")]
    Fields(u64, usize, usize),
    #[error("Row {0}: “{1}” is empty. Fill it in, or take the row out.")]
    Empty(u64, &'static str),
    #[error("Row {0}: “{1}” begins like a formula. Save the table with values only.")]
    Formula(u64, String),
    #[error("Row {0}: “{1}” is no outcome. Write yes or no, pass or fail, 1 or 0.")]
    Outcome(u64, String),
    #[error("Row {0}: the count “{1}” is below zero. Write a whole number from 0.")]
    Negative(u64, String),
    #[error("Row {0}: the count “{1}” is no whole number. Write a whole number from 0.")]
    Fraction(u64, String),
    #[error("Row {0}: the count “{1}” is too large. The most is 10,000,000.")]
    Large(u64, String),
    #[error("Row {0}: “{1}” is no year. Write it with four digits, such as 2024.")]
    Year(u64, String),
    #[error("Row {0}: “{1}” is longer than 80 characters. A group needs a short name.")]
    LongName(u64, String),
    #[error(
        "Row {0}: “{1}” looks like a name, a number or an address of one person. Use groups of \
         people."
    )]
    OnePerson(u64, String),
    #[error("Row {0} brings more than {2} kinds of “{1}”. Join small ones first.")]
    TooManyNames(u64, &'static str, usize),
    #[error("There is no row below the column names. Add the outcomes, a row each.")]
    NoRows,
    #[error("There is one group only, “{0}”. A gap needs a second group to compare with.")]
    OneGroup(String),
}

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Group,
    Outcome,
    Year,
    Stratum,
    Count,
}

/// Words that describe who people are, rather than what they sat or where.
const TRAITS: [&str; 17] = [
    "ethnicity",
    "ethnic",
    "race",
    "sex",
    "gender",
    "disability",
    "disabled",
    "religion",
    "faith",
    "age",
    "orientation",
    "sexuality",
    "pregnancy",
    "marital",
    "pmq",
    "nationality",
    "deprivation",
];

/// Words in the name of a column that points to people.
const PERSONAL: [&str; 17] = [
    "name",
    "surname",
    "forename",
    "email",
    "mail",
    "gmc",
    "nhs",
    "id",
    "identifier",
    "dob",
    "birth",
    "birthday",
    "postcode",
    "address",
    "phone",
    "candidate",
    "number",
];

fn plain(head: &str) -> Vec<String> {
    let words = head.split(|c: char| !c.is_alphanumeric());
    words.filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
}

fn is_trait(head: &str) -> bool {
    plain(head).iter().any(|word| TRAITS.contains(&word.as_str()))
}

fn column(head: &str) -> Option<Column> {
    Some(match plain(head).join(" ").as_str() {
        "group"
        | "ethnicity"
        | "ethnic group"
        | "sex"
        | "gender"
        | "disability"
        | "pmq"
        | "pmq region"
        | "place of qualification"
        | "religion"
        | "age group" => Column::Group,
        "outcome" | "passed" | "pass" | "achieved" | "result" | "offered" | "appointed" => {
            Column::Outcome
        }
        "year" => Column::Year,
        "stratum" | "exam" | "specialty" | "speciality" | "site" | "sitting" | "programme"
        | "grade" | "stage" | "region" => Column::Stratum,
        "count" | "people" | "how many" => Column::Count,
        _ => return None,
    })
}

/// Which field is which.
#[derive(Default)]
struct Columns {
    group: Option<usize>,
    outcome: Option<usize>,
    year: Option<usize>,
    stratum: Option<usize>,
    count: Option<usize>,
}

/// Reads a file and adds it up.
///
/// # Errors
/// The first thing that is wrong, with its row and what to do.
pub fn read(bytes: &[u8]) -> Result<Outcomes, RowsError> {
    if bytes.len() > MAX_BYTES {
        return Err(RowsError::TooLong);
    }
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = bytes.iter().take(error.valid_up_to());
        RowsError::NotText(1 + before.filter(|byte| **byte == b'\n').count() as u64)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(at) = text.find('\0') {
        let rows = text.get(..at).unwrap_or_default().matches('\n').count();
        return Err(RowsError::NotText(1 + rows as u64));
    }
    if text.trim().is_empty() {
        return Err(RowsError::Blank);
    }
    // With one kind of line end the reader counts the rows as a spreadsheet does.
    let text = match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter(&text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let heads = reader.headers().map_err(|_| RowsError::NotCsv(1))?.clone();
    let mut adding = Adding::default();
    let columns = columns(&heads, &mut adding.out)?;
    let mut record = csv::StringRecord::new();
    let mut rows = 0;
    loop {
        let more = reader.read_record(&mut record);
        let row = record.position().map_or(0, |at| row_at(&text, at));
        match more {
            Ok(false) => break,
            Ok(true) => {}
            Err(_) => return Err(RowsError::NotCsv(row)),
        }
        if record.iter().all(str::is_empty) {
            continue;
        }
        rows += 1;
        if rows > MAX_ROWS {
            return Err(RowsError::TooManyRows);
        }
        if record.len() != heads.len() {
            return Err(RowsError::Fields(row, record.len(), heads.len()));
        }
        adding.row(&columns, &record, row)?;
    }
    adding.finish()
}

/// The row that a record begins on; its place is told before the empty rows that are passed over.
fn row_at(text: &str, at: &csv::Position) -> u64 {
    let from = usize::try_from(at.byte()).unwrap_or_default();
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    at.line() + rest.iter().take_while(|byte| **byte == b'\n').count() as u64
}

fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let times = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    [b'\t', b';', b','].into_iter().max_by_key(|mark| times(*mark)).unwrap_or(b',')
}

fn columns(heads: &csv::StringRecord, out: &mut Outcomes) -> Result<Columns, RowsError> {
    let mut found = Columns::default();
    let mut traits: Option<&str> = None;
    for (at, head) in heads.iter().enumerate() {
        let meaning = column(head);
        if meaning.is_none() && plain(head).iter().any(|it| PERSONAL.contains(&it.as_str())) {
            return Err(RowsError::Person(short(head)));
        }
        if is_trait(head)
            && let Some(before) = traits.replace(head)
        {
            return Err(RowsError::TwoTraits(short(before), short(head)));
        }
        let Some(meaning) = meaning else {
            out.unread.push(short(head));
            continue;
        };
        let place = match meaning {
            Column::Group => &mut found.group,
            Column::Outcome => &mut found.outcome,
            Column::Year => &mut found.year,
            Column::Stratum => &mut found.stratum,
            Column::Count => &mut found.count,
        };
        if let Some(before) = place.replace(at) {
            let before = heads.get(before).unwrap_or_default();
            return Err(RowsError::Twice(short(before), short(head)));
        }
        if meaning == Column::Stratum {
            out.stratum_is = short(head);
        }
    }
    let has = || short(&heads.iter().collect::<Vec<_>>().join(", "));
    match (found.group, found.outcome) {
        (None, _) => Err(RowsError::Missing("group", has())),
        (_, None) => Err(RowsError::Missing("passed", has())),
        _ => Ok(found),
    }
}

/// What is added up, with where each name stands.
#[derive(Default)]
struct Adding {
    out: Outcomes,
    groups: HashMap<String, usize>,
    strata: HashMap<String, usize>,
    years: BTreeMap<i32, ()>,
}

impl Adding {
    fn row(&mut self, at: &Columns, record: &csv::StringRecord, row: u64) -> Result<(), RowsError> {
        let field = |at: Option<usize>| at.map(|at| record.get(at).unwrap_or_default());
        let group = field(at.group).unwrap_or_default();
        let group =
            place(&mut self.groups, &mut self.out.groups, group, (row, "group"), MAX_GROUPS)?;
        let yes = outcome(field(at.outcome).unwrap_or_default(), row)?;
        let year = field(at.year).map(|it| year(it, row)).transpose()?;
        if let Some(year) = year {
            self.years.insert(year, ());
            if self.years.len() > MAX_PARTS {
                return Err(RowsError::TooManyNames(row, "year", MAX_PARTS));
            }
        }
        let stratum = match field(at.stratum) {
            Some(name) => {
                let names = &mut self.out.strata;
                Some(place(&mut self.strata, names, name, (row, "stratum"), MAX_PARTS)?)
            }
            None => None,
        };
        let people = field(at.count).map_or(Ok(1), |it| count(it, row))?;
        self.out.cells.entry((group, year, stratum)).or_default().add(yes, people);
        Ok(())
    }

    fn finish(self) -> Result<Outcomes, RowsError> {
        match self.out.groups.as_slice() {
            [] => Err(RowsError::NoRows),
            [one] => Err(RowsError::OneGroup(one.clone())),
            _ => Ok(self.out),
        }
    }
}

/// Where a name stands among those that came before it; capitals and double spaces do not count.
fn place(
    known: &mut HashMap<String, usize>,
    names: &mut Vec<String>,
    name: &str,
    (row, what): (u64, &'static str),
    most: usize,
) -> Result<usize, RowsError> {
    if let Some(at) = known.get(name) {
        return Ok(*at);
    }
    if name.is_empty() {
        return Err(RowsError::Empty(row, what));
    }
    formula(name, row)?;
    if name.chars().count() > MAX_NAME {
        return Err(RowsError::LongName(row, short(name)));
    }
    if is_one_person(name) {
        return Err(RowsError::OnePerson(row, short(name)));
    }
    let same = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let at = match names.iter().position(|it| it.to_lowercase() == same) {
        Some(at) => at,
        None => {
            if names.len() == most {
                return Err(RowsError::TooManyNames(row, what, most));
            }
            names.push(name.split_whitespace().collect::<Vec<_>>().join(" "));
            names.len() - 1
        }
    };
    known.insert(name.to_owned(), at);
    Ok(at)
}

/// An address, a title before a name, or a number with six digits or more.
fn is_one_person(name: &str) -> bool {
    let titled = ["dr ", "dr. ", "mr ", "mrs ", "ms ", "miss ", "prof "];
    let lower = name.to_lowercase();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    name.contains('@') || digits >= 6 || titled.iter().any(|title| lower.starts_with(title))
}

fn formula(field: &str, row: u64) -> Result<(), RowsError> {
    match field.starts_with(['=', '+', '-', '@']) {
        true => Err(RowsError::Formula(row, short(field))),
        false => Ok(()),
    }
}

fn outcome(field: &str, row: u64) -> Result<bool, RowsError> {
    const YES: [&str; 8] = ["1", "yes", "y", "true", "pass", "passed", "achieved", "offered"];
    const NO: [&str; 9] =
        ["0", "no", "n", "false", "fail", "failed", "not achieved", "not passed", "not offered"];
    let is_one = |words: &[&str]| words.iter().any(|it| field.eq_ignore_ascii_case(it));
    match () {
        () if is_one(&YES) => Ok(true),
        () if is_one(&NO) => Ok(false),
        () if field.is_empty() => Err(RowsError::Empty(row, "passed")),
        () => {
            formula(field, row)?;
            Err(RowsError::Outcome(row, short(field)))
        }
    }
}

fn year(field: &str, row: u64) -> Result<i32, RowsError> {
    let year = field.parse().ok().filter(|year| (1950..=2100).contains(year));
    year.ok_or_else(|| match field.is_empty() {
        true => RowsError::Empty(row, "year"),
        false => formula(field, row).err().unwrap_or_else(|| RowsError::Year(row, short(field))),
    })
}

fn count(field: &str, row: u64) -> Result<u64, RowsError> {
    if let Ok(count) = field.parse::<u64>() {
        return match count <= MAX_COUNT {
            true => Ok(count),
            false => Err(RowsError::Large(row, short(field))),
        };
    }
    let number: Option<f64> = field.parse().ok();
    Err(match number {
        _ if field.is_empty() => RowsError::Empty(row, "count"),
        Some(number) if number < 0.0 => RowsError::Negative(row, short(field)),
        Some(number) if number > MAX_COUNT as f64 => RowsError::Large(row, short(field)),
        None if field.starts_with(['=', '+', '-', '@']) => RowsError::Formula(row, short(field)),
        _ => RowsError::Fraction(row, short(field)),
    })
}

fn short(words: &str) -> String {
    words.chars().take(40).collect()
}
