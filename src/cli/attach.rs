//! Files attached to records.

use std::path::Path;

use serde_json::json;

use crate::platform::Existing;

use super::{End, Ended, Session, Stop, records, say};

/// `cairn attach`
pub fn attach(session: &Session, record: &str, file: &Path) -> Ended {
    let record = records::read_id(record)?;
    let (mut desk, opened) = session.unlocked()?;
    let Some(body) = opened.journal.get(record) else {
        return Err(Stop::Refused(records::no_such_record(record)));
    };
    let now = (session.clock)().timestamp();
    let (id, _) = desk.attach(record, body.about(record), file, now)?;
    if session.json {
        return say::json(&json!({ "id": id }));
    }
    writeln!(say::out(), "{id}")?;
    Ok(End::Fine)
}

/// `cairn detach`
pub fn detach(session: &Session, id: &str) -> Ended {
    let id = records::read_id(id)?;
    let (mut desk, _) = session.at_a_glance()?;
    desk.detach(id, (session.clock)().timestamp())?;
    writeln!(
        say::err(),
        "It is taken off. Its bytes stay in the versions before, until the person is erased."
    )?;
    Ok(End::Fine)
}

/// `cairn show --out`
pub fn write_out(session: &Session, id: &str, to: &Path) -> Ended {
    let id = records::read_id(id)?;
    let (mut desk, _) = session.at_a_glance()?;
    let path = desk.write_attachment(id, to, Existing::Keep)?;
    writeln!(say::err(), "It is in {}, not encrypted.", say::cell(path.display()))?;
    Ok(End::Fine)
}
