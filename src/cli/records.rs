//! Adding, listing, showing, finding and bringing in records.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{AddKind, End, Ended, Session, Stop, say};
use crate::app::draft::Change;
use crate::app::{Desk, Notice, intake};
use crate::import::jsonl;
use crate::model::{Body, Id, Journal, Kind, Person};
use crate::platform;
use crate::search;

/// The largest file that is brought in: far above a working life of notes.
const CAP: u64 = 2 * 1024 * 1024 * 1024;

/// `cairn add`
pub fn add(session: &Session, kind: AddKind, file: Option<&Path>) -> Ended {
    let file = file.unwrap_or(Path::new("-"));
    let lines = read(file)?;
    let [_] = lines.as_slice() else {
        return Err(Stop::Usage(format!("one JSON object is needed; there are {}.", lines.len())));
    };
    let (mut desk, opened) = session.unlocked()?;
    let body = match kind {
        AddKind::Session => Body::Session,
        AddKind::Reflection => Body::Reflection,
    };
    let now = (session.clock)().timestamp();
    let mut fresh = Session::fresh()?;
    let intake = intake::prepare(lines, body, &opened.journal, &mut fresh, now)
        .map_err(|error| bad_line(file, &error))?;
    if intake.known > 0 {
        return Err(Stop::Refused(Notice::new(
            "A record with this id was brought in before.",
            "It was not changed.",
            "Give the new one another id.",
        )));
    }
    for batch in &intake.batches {
        desk.save(batch, now).map_err(|error| Stop::from(Notice::from(&error)))?;
        desk.rest();
        let id = batch
            .iter()
            .find(|change| matches!(change.body, Body::Session(_) | Body::Reflection(_)));
        if let Some(change) = id {
            if session.json {
                return say::json(&json!({ "id": change.id }));
            }
            writeln!(say::out(), "{}", change.id)?;
        }
    }
    Ok(End::Fine)
}

/// `cairn import --format jsonl`
pub fn import(session: &Session, file: &Path) -> Ended {
    let mut lines = read(file)?;
    jsonl::name_by_content(&mut lines);
    let (mut desk, opened) = session.unlocked()?;
    let now = (session.clock)().timestamp();
    let mut fresh = Session::fresh()?;
    let intake = intake::prepare(lines, Body::Session, &opened.journal, &mut fresh, now)
        .map_err(|error| bad_line(file, &error))?;
    save_all(&mut desk, &intake.batches, now)?;
    if session.json {
        return say::json(&json!({
            "sessions": intake.sessions, "people": intake.people, "known": intake.known,
        }));
    }
    writeln!(
        say::out(),
        "{} conversations and {} people are new; {} conversations were here already.",
        intake.sessions,
        intake.people,
        intake.known
    )?;
    Ok(End::Fine)
}

/// Saves what is imported, batch by batch, and says how far it came when one can't be saved.
pub fn save_all(desk: &mut Desk, batches: &[Vec<Change>], now: Timestamp) -> Result<(), Stop> {
    let bar = progress(batches.len() as u64, "Saving");
    for (done, batch) in batches.iter().enumerate() {
        desk.save(batch, now).map_err(|error| {
            let notice = Notice::from(&error);
            Notice::new(
                notice.happened,
                format!("{done} of {} parts are saved.", batches.len()),
                format!("{} Importing again adds only what is missing.", notice.to_do),
            )
        })?;
        bar.inc(1);
    }
    desk.rest();
    bar.finish_and_clear();
    Ok(())
}

/// A progress bar on a terminal; nothing elsewhere.
pub fn progress(length: u64, what: &'static str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length).with_message(what);
    match ProgressStyle::with_template("{msg} {bar:30} {pos} of {len}, {eta} to go") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// The bytes of a file, or of standard input for `-`; at most so many.
pub fn bytes(file: &Path, most: u64) -> Result<Vec<u8>, Stop> {
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().take(most).read_to_end(&mut bytes).map(|_| bytes)
    } else {
        platform::read_file(file, most)
    };
    bytes.map_err(|error| {
        Stop::Usage(format!("{} can’t be read: {}.", say::cell(file.display()), error.kind()))
    })
}

fn read(file: &Path) -> Result<Vec<jsonl::Line>, Stop> {
    let bytes = bytes(file, CAP)?;
    jsonl::read(&bytes).map_err(|error| bad_line(file, &error))
}

fn bad_line(file: &Path, error: &impl Display) -> Stop {
    Stop::Refused(Notice::new(
        format!("{}: {error}.", say::cell(file.display())),
        "Nothing was brought in.",
        "Mend that line, then try again.",
    ))
}

/// `cairn list`
pub fn list(session: &Session, kind: Option<&str>, person: Option<&str>) -> Ended {
    let kind = kind.map(read_kind).transpose()?;
    let opened = match kind {
        None | Some(Kind::Action | Kind::Attachment) => session.unlocked()?.1,
        Some(_) => {
            let (mut desk, opened) = session.at_a_glance()?;
            desk.rest();
            opened
        }
    };
    let journal = &opened.journal;
    let person = person.map(|wanted| one_person(journal, wanted)).transpose()?;
    let person = person.map(|(id, _)| id);
    let mut rows: Vec<Row> = journal
        .all()
        .filter(|(_, body)| kind.is_none_or(|kind| body.kind() == kind))
        .filter(|(id, body)| person.is_none() || body.about(*id) == person)
        .map(|(id, body)| Row::new(id, &body, journal))
        .collect();
    rows.sort_by_key(|row| (row.date, row.id));
    if session.json {
        return say::json(&Value::Array(rows.iter().map(Row::json).collect()));
    }
    let mut out = say::list();
    for row in rows {
        let date = row.date.map(|date| date.to_string()).unwrap_or_default();
        writeln!(
            out,
            "{}  {:10}  {date:10}  {}  {}",
            row.id,
            row.kind.word(),
            say::cell(&row.title),
            say::cell(&row.person)
        )?;
    }
    out.flush()?;
    Ok(End::Fine)
}

struct Row {
    id: Id,
    kind: Kind,
    date: Option<Date>,
    title: String,
    person: String,
    source_id: Option<String>,
}

impl Row {
    fn new(id: Id, body: &Body, journal: &Journal) -> Row {
        let (title, date, source_id) = search::heading(body);
        let person = body.about(id).and_then(|id| journal.person(id));
        let person = person.map(|person| person.name.clone()).unwrap_or_default();
        Row { id, kind: body.kind(), date, title, person, source_id }
    }

    fn json(&self) -> Value {
        json!({
            "id": self.id, "kind": self.kind, "date": self.date, "title": self.title,
            "person": self.person, "source_id": self.source_id,
        })
    }
}

fn read_kind(word: &str) -> Result<Kind, Stop> {
    serde_json::from_value(Value::String(word.to_owned()))
        .map_err(|_| Stop::Usage(format!("{word} is not a kind of record.")))
}

/// The one person meant by an id or a full name; with the choices when there are several.
pub fn one_person<'a>(journal: &'a Journal, wanted: &str) -> Result<(Id, &'a Person), Stop> {
    let found = journal.find_people(wanted);
    match found.as_slice() {
        [(id, person)] => Ok((*id, person)),
        [] => {
            let names: Vec<&str> =
                journal.people().iter().map(|(_, person)| person.name.as_str()).collect();
            let choices = match names.len() {
                0 => "There is nobody in the record yet.".to_owned(),
                1..=20 => format!("There are: {}.", say::cell(names.join(", "))),
                n => format!("There are {n} people; `cairn list --kind person` lists them."),
            };
            Err(Stop::Refused(Notice::new(
                format!("Nobody here is called {}.", say::cell(wanted)),
                "Nothing was changed.",
                choices,
            )))
        }
        several => {
            let choices: Vec<String> =
                several.iter().map(|(id, p)| format!("{id} ({}, {})", p.name, p.about())).collect();
            let choices = say::cell(choices.join("; "));
            Err(Stop::Refused(Notice::new(
                format!("{} people are called {}.", several.len(), say::cell(wanted)),
                "Nothing was changed.",
                format!("Name one by its id: {choices}."),
            )))
        }
    }
}

/// Reads an id.
pub fn read_id(id: &str) -> Result<Id, Stop> {
    id.parse().map_err(|_| Stop::Usage(format!("{id} is not an id. `cairn list` shows them.")))
}

/// What to say where nothing has this id.
pub fn no_such_record(id: Id) -> Notice {
    Notice::new(
        format!("There is no record {id}."),
        "Nothing was changed.",
        "`cairn list` shows what there is.",
    )
}

/// A record's body as it is kept, with an attached file's bytes.
pub fn whole(desk: &mut Desk, id: Id, body: Body) -> Result<Value, Stop> {
    let body = match body {
        Body::Attachment(_) => Body::Attachment(desk.attachment(id)?),
        body => body,
    };
    body.write().map_err(|error| Stop::Usage(error.to_string()))
}

/// `cairn show`
pub fn show(session: &Session, id: &str) -> Ended {
    let wanted = read_id(id)?;
    let (mut desk, opened) = session.unlocked()?;
    let Some(body) = opened.journal.get(wanted) else {
        return Err(Stop::Refused(no_such_record(wanted)));
    };
    if session.json {
        let value = whole(&mut desk, wanted, body)?;
        return say::json(&value);
    }
    let (title, date, _) = search::heading(&body);
    let date = date.map(crate::model::text::long_date).unwrap_or_default();
    let mut out = say::out();
    writeln!(out, "{}\n{date}", say::cell(title))?;
    for field in crate::model::text::fields(&body).iter().filter(|field| field.name != "Title") {
        writeln!(out, "\n{} [{}]\n{}", say::cell(field.name), field.layer.words(), field.text)?;
    }
    for (id, file) in opened.journal.attachments_of(wanted) {
        writeln!(out, "\nAttached: {} ({} bytes), {id}", say::cell(&file.name), file.size)?;
    }
    Ok(End::Fine)
}

/// `cairn search`
pub fn search(session: &Session, words: &str) -> Ended {
    let (_, opened) = session.unlocked()?;
    let query = search::Query::read(words);
    for problem in &query.problems {
        writeln!(say::err(), "{problem}")?;
    }
    let hits = search::hits(&opened.journal, &query, (session.clock)().date());
    if session.json {
        let hits = hits.iter().map(|hit| {
            json!({
                "id": hit.id, "kind": hit.kind, "date": hit.date, "title": hit.title,
                "source_id": hit.source_id, "snippet": hit.snippet,
            })
        });
        return say::json(&Value::Array(hits.collect()));
    }
    let mut out = say::list();
    for hit in &hits {
        let date = hit.date.map(|date| date.to_string()).unwrap_or_default();
        let (title, snippet) = (say::cell(&hit.title), say::cell(&hit.snippet));
        writeln!(out, "{}  {date:10}  {title}\n    {snippet}", hit.id)?;
    }
    out.flush()?;
    writeln!(say::err(), "{} found.", hits.len())?;
    Ok(End::Fine)
}
