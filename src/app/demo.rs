//! The demonstration: a year in the life of one fictional supervisor, in a real record.

use std::path::Path;

use jiff::Zoned;

use super::Desk;
use super::draft::Change;
use super::notice::Notice;
use super::state::Opened;
use crate::library::Library;
use crate::library::demo::{Demo, DemoError, demo, demo_of_a_doctor};
use crate::model::{Body, Id};
use crate::vault::Passphrase;

/// The passphrase of every demonstration: it protects nothing, and is printed.
pub const PASSPHRASE: &str = "quiet heron copper lantern";

/// Whose summary the demonstration exports.
pub const DOCTOR: &str = "Dr Amina Larkspur";

/// Makes the record, with all dates relative to today, and gives what is in it.
///
/// # Errors
/// In words: the folder can't be written, or holds something already.
pub fn make(
    desk: &mut Desk,
    dir: &Path,
    passphrase: &Passphrase,
    library: &Library,
    now: &Zoned,
    seed: u64,
) -> Result<Opened, Notice> {
    made(desk, (dir, passphrase), demo(library, now.date(), seed), now)
}

/// The same of a doctor in training: their own record, with two supervisors.
///
/// # Errors
/// As [`make`].
pub fn make_of_a_doctor(
    desk: &mut Desk,
    dir: &Path,
    passphrase: &Passphrase,
    library: &Library,
    now: &Zoned,
    seed: u64,
) -> Result<Opened, Notice> {
    made(desk, (dir, passphrase), demo_of_a_doctor(library, now.date(), seed), now)
}

fn made(
    desk: &mut Desk,
    (dir, passphrase): (&Path, &Passphrase),
    year: Result<Demo, DemoError>,
    now: &Zoned,
) -> Result<Opened, Notice> {
    let year = year.map_err(|error| Notice::new(error.to_string(), "Nothing was made.", ""))?;
    let at = now.timestamp();
    let (_, opened) = desk.create(dir, passphrase, year.settings.your_name.as_str(), at)?;
    if let Some(id) = opened.journal.settings_id() {
        keep(desk, vec![(id, Body::Settings(year.settings))], now)?;
    }
    for person in year.people {
        keep(desk, vec![(person.id, Body::Person(person.person))], now)?;
        for batch in person.batches {
            keep(desk, batch, now)?;
        }
        if let Some(plan) = person.plan {
            keep(desk, vec![plan], now)?;
        }
    }
    for record in year.alone {
        keep(desk, vec![record], now)?;
    }
    Ok(desk.opened())
}

fn keep(desk: &mut Desk, records: Vec<(Id, Body)>, now: &Zoned) -> Result<(), Notice> {
    let changes: Vec<Change> = records.into_iter().map(|(id, body)| Change { id, body }).collect();
    desk.save(&changes, now.timestamp()).map_err(|error| Notice::from(&error))
}
