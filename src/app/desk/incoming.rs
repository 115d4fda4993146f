//! Files that are looked into before anything of them is taken in.

use std::path::Path;

use jiff::civil::Date;

use crate::app::job::{Outcome, ReadAs};
use crate::app::notes::ComingNotes;
use crate::app::notice::Notice;
use crate::app::packs::{Refused, file_name, is_csv, read_at_most, read_file};
use crate::export::pdf::{Layout, layout};
use crate::fairness::rows::{self, Outcomes, RowsError};
use crate::import::people::PeopleError;
use crate::import::{answers, notes, people};
use crate::library::{self, Library};
use crate::model::ReferenceList;

/// Reads a file that somebody wants to bring in and checks it as a whole. Nothing of it is taken
/// in.
pub fn read_incoming(path: &Path, built_in: &Library, as_what: &ReadAs, today: Date) -> Outcome {
    let name = file_name(path);
    let instead_of = match as_what {
        ReadAs::Text => return Outcome::ReadText(text_in(path, &name)),
        ReadAs::Outcomes => return Outcome::ReadOutcomes(name.clone(), outcomes_in(path, &name)),
        ReadAs::Layout => return Outcome::Layout(layout_in(path, &name)),
        ReadAs::People => return people_in(path, name, today),
        ReadAs::Anything if is_csv(path) => return people_in(path, name, today),
        ReadAs::Anything => None,
        ReadAs::List(list) => Some(list.as_ref()),
    };
    if let Some(notes) = notes_in(path, &name, built_in, instead_of, today) {
        return notes;
    }
    let read = read_file(path).map_err(|notice| Refused::because(notice.sentence()));
    let read = read.and_then(|bytes| {
        library::read_incoming(&name, &bytes, built_in, instead_of, today)
            .map(Box::new)
            .map_err(|error| Refused::from(&error))
    });
    Outcome::Read(name, read)
}

/// What is said when the computer gives no room to read a file in.
pub fn not_read(path: &Path, as_what: &ReadAs) -> Outcome {
    let name = file_name(path);
    let lead = format!("{name} could not be read: the computer is out of room for more work.");
    let refused = Refused::because(lead + " Close other programs and try again.");
    match as_what {
        ReadAs::Text => Outcome::ReadText(Err(refused)),
        ReadAs::Outcomes => Outcome::ReadOutcomes(name, Err(refused)),
        ReadAs::Layout => Outcome::Layout(Err(Notice::new(refused.lead, "", ""))),
        ReadAs::Anything | ReadAs::List(_) | ReadAs::People => Outcome::Read(name, Err(refused)),
    }
}

/// A layout of one's own, or why there is none.
fn layout_in(path: &Path, name: &str) -> Result<Layout, Notice> {
    let bytes = read_at_most(path, layout::MAX_BYTES)?;
    Layout::own(name, &bytes).map_err(|error| Notice::new(error.to_string(), "", ""))
}

/// The text of a file, or why there is none.
fn text_in(path: &Path, name: &str) -> Result<String, Refused> {
    let bytes = read_at_most(path, answers::MAX_BYTES);
    let bytes = bytes.map_err(|notice| Refused::because(notice.sentence()))?;
    let text = notes::decoded(&bytes).map_err(|error| {
        let to_do = "Open it where it was written, copy its text and paste it here.";
        Refused::because(format!("{name} can’t be read: {error}. {to_do}"))
    })?;
    match text.trim().is_empty() {
        true => Err(Refused::because(format!("{name} is empty. Nothing was changed."))),
        false => Ok(text),
    }
}

/// The outcomes in a file, added up, or why there are none.
fn outcomes_in(path: &Path, name: &str) -> Result<Box<Outcomes>, Refused> {
    let bytes = read_at_most(path, rows::MAX_BYTES);
    let bytes = bytes.map_err(|notice| Refused::because(notice.sentence()))?;
    let because = |error: RowsError| format!("{name} was not read. {error} Nothing of it is kept.");
    rows::read(&bytes).map(Box::new).map_err(|error| Refused::because(because(error)))
}

/// The people of a table, or why there are none.
fn people_in(path: &Path, name: String, today: Date) -> Outcome {
    let bytes = match read_at_most(path, people::MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(notice) => return Outcome::Read(name, Err(Refused::because(notice.sentence()))),
    };
    match people::look(&bytes, today) {
        Ok(table) => Outcome::ReadPeople(name, table),
        Err(error) => {
            let mut lead = format!("{name} can’t be brought in: {error}. Nothing was changed.");
            if error == PeopleError::NoName {
                lead.push_str(
                    " If it is to take the place of a list, it does not say of which: open that \
                     list under Lists, then bring the file in there.",
                );
            }
            Outcome::Read(name, Err(Refused::because(lead)))
        }
    }
}

/// What is in a file of notes; nothing where it holds something else. A module of the library is
/// Markdown as well, and stays one.
fn notes_in(
    path: &Path,
    name: &str,
    built_in: &Library,
    instead_of: Option<&ReferenceList>,
    today: Date,
) -> Option<Outcome> {
    let bytes = read_at_most(path, notes::MAX_BYTES).ok().filter(|_| instead_of.is_none())?;
    let format = notes::Format::of(name, &bytes)?;
    if format == notes::Format::Markdown
        && library::read_incoming(name, &bytes, built_in, None, today).is_ok()
    {
        return None;
    }
    let read = |one_note| notes::read(format, &bytes, today, one_note);
    Some(match read(false) {
        Err(error) => {
            let lead = format!("{name} can’t be brought in: {error}. Nothing was changed.");
            Outcome::Read(name.to_owned(), Err(Refused::because(lead)))
        }
        Ok(reading) => {
            let whole = (reading.by_date > 1).then(|| read(true).ok()).flatten();
            Outcome::ReadNotes(Box::new(ComingNotes { name: name.to_owned(), reading, whole }))
        }
    })
}
