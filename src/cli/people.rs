//! Holding and erasing what is kept about a person, and accepting a folder that was set back.

use serde_json::json;

use super::{End, Ended, Session, Stop, ask, records, say};
use crate::app::draft::Change;
use crate::app::keeping::is_name_of;
use crate::app::long::receipt_words;
use crate::app::{Notice, findings, retention};
use crate::model::person::Hold;
use crate::model::text::count;
use crate::model::{Body, Person};

/// `cairn hold`: puts a person on hold, or takes them off.
pub fn hold(session: &Session, wanted: &str, why: &str, off: bool) -> Ended {
    let (mut desk, opened) = session.unlocked()?;
    let (id, person) = records::one_person(&opened.journal, wanted)?;
    let now = (session.clock)();
    let hold = (!off).then(|| Hold { since: now.date(), why: why.trim().to_owned() });
    if person.hold.is_some() == hold.is_some() {
        let words = if off { "is not on hold" } else { "is on hold already" };
        writeln!(say::err(), "{} {words}. Nothing was changed.", say::cell(&person.name))?;
        return Ok(End::Fine);
    }
    let held = Person { hold, ..person.clone() };
    let change = Change { id, body: Body::Person(held) };
    desk.save(&[change], now.timestamp()).map_err(|error| Stop::from(Notice::from(&error)))?;
    desk.rest();
    let words = if off { "is off hold" } else { "is on hold: nothing about them can be erased" };
    writeln!(say::err(), "{} {words}.", say::cell(&person.name))?;
    Ok(End::Fine)
}

/// `cairn erase`: asks for the name first, unless it is said that nobody need be asked.
pub fn erase(session: &Session, wanted: &str, yes: bool) -> Ended {
    let (mut desk, opened) = session.unlocked()?;
    let (id, person) = records::one_person(&opened.journal, wanted)?;
    let about = opened.journal.about(id);
    if !yes {
        writeln!(
            say::err(),
            "This erases {}, {}, {} and everything else about {}, on all your computers. It \
             can’t be undone. Backups keep it until the next backup to them.",
            count(about.sessions, "conversation"),
            count(about.reflections, "reflection"),
            count(about.actions, "action"),
            say::cell(&person.name),
        )?;
        let typed = ask::line(&format!("Type “{}” to erase it for good", say::cell(&person.name)))?;
        if !is_name_of(&typed, person) {
            return Err(Stop::Refused(Notice::new(
                "That is not the name.",
                "Nothing was erased.",
                "",
            )));
        }
    }
    let now = (session.clock)();
    let certificate = retention::certificate(&opened.journal, id, "", &now);
    let (erased, certified) = desk.erase_and_certify(id, certificate, now.timestamp())?;
    let words = certified?;
    let words = receipt_words(words.0, &words.1);
    if session.json {
        let certificate = words.as_deref();
        say::json(&json!({
            "files": erased.files, "left": erased.left, "certificate": certificate,
        }))?;
    } else {
        writeln!(say::out(), "Erased: {}.", count(erased.files, "file"))?;
        for file in &erased.left {
            writeln!(say::out(), "Not removed yet, and not shown: {file}")?;
        }
        if let Some(words) = words {
            writeln!(say::out(), "A certificate is kept. Its four words: {words}.")?;
        }
    }
    Ok(if erased.left.is_empty() { End::Fine } else { End::Warnings })
}

/// `cairn accept-restore`: what is missing is no longer warned about.
pub fn accept_restore(session: &Session) -> Ended {
    let (mut desk, opened) = session.unlocked()?;
    desk.accept_restore()?;
    let before = opened.findings();
    let now = findings::findings(&desk.record_state(), &opened.journal);
    for finding in before.iter().filter(|finding| !now.contains(finding)) {
        writeln!(say::out(), "Accepted: {}", finding.notice.happened)?;
    }
    for finding in &now {
        writeln!(say::out(), "Still so: {}", finding.notice)?;
    }
    Ok(if findings::to_look_at(&now) == 0 { End::Fine } else { End::Warnings })
}
