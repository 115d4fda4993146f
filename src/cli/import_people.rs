//! Bringing in people from a table.

use std::path::Path;

use serde_json::json;

use super::{End, Ended, Session, Stop, records, say};
use crate::app::{Notice, intake_people};
use crate::import::people;

/// What to do with what was read.
#[derive(Clone, Copy)]
pub struct How {
    /// Only say what would be done.
    pub preview: bool,
    /// Bring in those whose name is taken, as other people.
    pub same_name: bool,
}

/// `cairn import --format people-csv`
pub fn import(session: &Session, file: &Path, how: How) -> Ended {
    let bytes = records::bytes(file, people::MAX_BYTES as u64 + 1)?;
    let today = (session.clock)().date();
    let table = people::read(&bytes, today).map_err(|error| {
        Stop::Refused(Notice::new(
            format!("{}: {error}.", file.display()),
            "Nothing was brought in.",
            "Mend the table, then try again.",
        ))
    })?;
    let (mut desk, opened) = session.unlocked()?;
    let now = (session.clock)().timestamp();
    let mut fresh = Session::fresh()?;
    let wanted = |_, standing| how.same_name || standing == intake_people::Standing::New;
    let intake = intake_people::prepare(table, &opened.journal, wanted, &mut fresh, now);
    if !how.preview {
        for batch in &intake.batches {
            desk.save(batch, now).map_err(|error| Stop::from(Notice::from(&error)))?;
        }
        desk.rest();
    }
    let left_out = intake.same_name.iter().filter(|one| !one.comes_in).count();
    if session.json {
        say::json(&json!({
            "people": intake.new, "known": intake.known, "left_out": left_out,
            "preview": how.preview, "unknown_columns": intake.unknown,
            "same_name": intake.same_name.iter()
                .map(|one| json!({ "line": one.line, "name": one.name }))
                .collect::<Vec<_>>(),
        }))?;
    } else {
        let mut out = say::out();
        for words in intake.words() {
            writeln!(out, "{words}")?;
        }
        if how.preview {
            writeln!(out, "This was a preview. Nothing was changed.")?;
        } else if left_out > 0 {
            writeln!(out, "To bring in who was left out as other people, add --same-name.")?;
        }
    }
    Ok(if left_out > 0 { End::Warnings } else { End::Fine })
}
