//! Reference lists: capabilities, outcomes, exams. Dated data with sources; a person may put
//! their own in the place of any of them.

use jiff::civil::Date;
use serde_json::Value;

use super::error::{FileError, Problem, Sort};
use super::file::{self, whole};
use super::problems::{MAX_LIST, MAX_PASSAGE, MAX_SHORT, Need, Object, Problems, quoted};
use crate::model::{Extra, ListItem, ReferenceList};

/// The most items of a list.
const MAX_ITEMS: usize = 1000;
/// Characters in a code.
const MAX_CODE: usize = 24;
const LIST_FIELDS: [&str; 8] =
    ["id", "version", "title", "about", "checked", "unsure", "sources", "items"];
const ITEM_FIELDS: [&str; 5] = ["code", "title", "about", "group", "unsure"];

/// Reads one list file. `name` is how errors call the file.
///
/// # Errors
/// The file is longer than 1 MiB, not UTF-8, not JSON, or breaks rules of lists; then all its
/// problems are listed with their places.
pub fn read_list(name: &str, bytes: &[u8]) -> Result<ReferenceList, FileError> {
    file::read_json(Sort::List, name, bytes, check)
}

/// All problems of a list file; none when it can be used.
pub fn check(value: &Value) -> Vec<Problem> {
    let mut problems = Problems::default();
    let place = whole(Sort::List);
    match value.as_object() {
        Some(object) => list(&mut problems, place, object),
        None => problems.add(place, "the file must hold one JSON object, in { and }."),
    }
    problems.0
}

fn list(problems: &mut Problems, place: &str, object: &Object) {
    problems.known_fields(place, object, &LIST_FIELDS, &[]);
    problems.id(place, object);
    problems.number(place, object, "version", 1, u64::from(u32::MAX));
    problems.text(place, object, "title", MAX_SHORT, Need::Required);
    problems.text(place, object, "about", MAX_PASSAGE, Need::Required);
    problems.month(place, object, "checked");
    problems.text(place, object, "unsure", MAX_PASSAGE, Need::Optional);
    problems.texts(place, object, "sources", MAX_PASSAGE, Need::Required);
    if object.get("sources").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        problems.add(place, "a list needs at least one source.");
    }
    let Some(items) = problems.list(place, object, "items", MAX_ITEMS, Need::Required) else {
        return;
    };
    if items.is_empty() {
        problems.add(place, "a list needs at least one item.");
    }
    let mut codes = Codes::default();
    for (index, value) in items.iter().enumerate() {
        let code = value.get("code").and_then(Value::as_str);
        let place = match code {
            Some(code) => format!("Item {} ({})", index + 1, quoted(code)),
            None => format!("Item {}", index + 1),
        };
        let Some(object) = problems.object(&place, value) else { continue };
        problems.known_fields(&place, object, &ITEM_FIELDS, &[]);
        problems.text(&place, object, "code", MAX_CODE, Need::Required);
        problems.text(&place, object, "title", MAX_SHORT, Need::Required);
        for key in ["about", "unsure"] {
            problems.text(&place, object, key, MAX_PASSAGE, Need::Optional);
        }
        problems.text(&place, object, "group", MAX_SHORT, Need::Optional);
        if let Some(code) = code {
            codes.add(problems, place, code);
        }
    }
}

/// The codes met so far, with their places. Two that differ only in case would be mistaken for
/// one another.
#[derive(Default)]
struct Codes(Vec<(String, String)>);

impl Codes {
    fn add(&mut self, problems: &mut Problems, place: String, code: &str) {
        let code = code.trim().to_lowercase();
        match self.0.iter().find(|(known, _)| *known == code) {
            Some((_, first)) => problems
                .add(&place, format!("this code is used before, in: {first}. Choose another.")),
            None => self.0.push((code, place)),
        }
    }
}

const COLUMNS: &str = "code, title, about, group, unsure";

/// Reads a person's own list from a CSV file with a header row, to stand in the place of a
/// list from `today` on. Only the column `title` is needed; a row without a code gets its number as one.
///
/// # Errors
/// As for [`read_list`]; the places are the lines of the file.
pub fn read_list_csv(
    name: &str,
    bytes: &[u8],
    instead_of: &ReferenceList,
    today: Date,
) -> Result<ReferenceList, FileError> {
    // The reader counts the lines of Windows wrongly.
    let text = file::text(Sort::List, name, bytes)?.replace("\r\n", "\n");
    let mut problems = Problems::default();
    let items = rows(&mut problems, &text);
    file::unless(Sort::List, name, problems.0)?;
    Ok(ReferenceList {
        id: instead_of.id.clone(),
        version: instead_of.version,
        title: instead_of.title.clone(),
        about: "In the place of the list that comes with Cairn.".to_owned(),
        checked: format!("{:04}-{:02}", today.year(), today.month()),
        unsure: String::new(),
        // Not the file's name: it may hold somebody's, and a pack would carry it on.
        sources: vec!["The owner’s own file".to_owned()],
        items,
        removed: None,
        extra: Extra::new(),
    })
}

fn rows(problems: &mut Problems, text: &str) -> Vec<ListItem> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = match reader.headers() {
        Ok(headers) => headers.iter().map(str::to_lowercase).collect::<Vec<_>>(),
        Err(error) => {
            problems.add("Line 1", format!("this cannot be read as CSV: {error}."));
            return Vec::new();
        }
    };
    if headers.len() > MAX_LIST {
        let what = format!("there are {} columns. Known: {COLUMNS}.", headers.len());
        problems.add("Line 1", what);
        return Vec::new();
    }
    for header in headers.iter().filter(|header| !ITEM_FIELDS.contains(&header.as_str())) {
        let what = format!("the column {} has no meaning here. Known: {COLUMNS}.", quoted(header));
        problems.add("Line 1", what);
    }
    if !headers.iter().any(|header| header == "title") {
        problems.add("Line 1", "the first row must name the columns, and one must be “title”.");
        return Vec::new();
    }
    let mut codes = Codes::default();
    let mut items = Vec::new();
    for record in reader.records() {
        if items.len() == MAX_ITEMS {
            let what = format!("there are too many rows. The most is {MAX_ITEMS}.");
            problems.add(whole(Sort::List), what);
            break;
        }
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                problems.add(whole(Sort::List), format!("this cannot be read as CSV: {error}."));
                break;
            }
        };
        let place = format!("Line {}", record.position().map_or(0, csv::Position::line));
        if record.len() > headers.len() {
            let what = "there are more fields than columns. Put words with a comma in quotes.";
            problems.add(&place, what);
        }
        let item = item(problems, &place, items.len() + 1, |column| {
            let at = headers.iter().position(|header| header == column)?;
            record.get(at)
        });
        codes.add(problems, place, &item.code);
        items.push(item);
    }
    if items.is_empty() {
        problems.add(whole(Sort::List), "a list needs at least one row below its first.");
    }
    items
}

fn item<'a>(
    problems: &mut Problems,
    place: &str,
    number: usize,
    get: impl Fn(&str) -> Option<&'a str>,
) -> ListItem {
    let mut take = |column: &str, most: usize| {
        let text = get(column).unwrap_or_default();
        problems.plain(place, &format!("“{column}”"), text, most);
        text.to_owned()
    };
    let mut item = ListItem {
        code: take("code", MAX_CODE),
        title: take("title", MAX_SHORT),
        about: take("about", MAX_PASSAGE),
        group: take("group", MAX_SHORT),
        unsure: take("unsure", MAX_PASSAGE),
    };
    if item.title.is_empty() {
        problems.add(place, "“title” is empty.");
    }
    if item.code.is_empty() {
        item.code = number.to_string();
    }
    item
}
