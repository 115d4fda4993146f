//! Meetings and due dates as a calendar file (RFC 5545).
//!
//! An [`Event`] can only be made from what is Shared or For the ARCP, and it carries no name and
//! no words unless the caller chooses so: a calendar lies on other computers, and shows itself on
//! locked screens. The few lines of the format are written here by hand.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use sha2::{Digest, Sha256};

use crate::model::clean::line;
use crate::model::cycle::Expected;
use crate::model::{Action, Id, Layer, Person};

/// The longest line in bytes, without its end.
const FOLD: usize = 75;
/// The clock in the UK by its rule, so that no database of time zones is needed: summer time from
/// the last Sunday in March to the last Sunday in October, at 01:00 universal time.
const LONDON: &str = "GMT0BST,M3.5.0/1,M10.5.0";
/// A meeting without a length takes an hour in the calendar.
const MINUTES: u16 = 60;

/// What an event says of the person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Called {
    /// Nothing: "Meeting".
    #[default]
    Nobody,
    /// "Meeting, AL".
    Initials,
    /// "Meeting, Dr Amina Larkspur".
    Name,
}

/// What the caller lets into the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shows {
    /// What stands for the person.
    pub called: Called,
    /// Whether the words of an action go in; else "Action due" does.
    pub words: bool,
}

/// One event. It can't be made from anything Private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    uid: String,
    title: String,
    when: When,
    place: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Day(Date),
    At(Date, Time, u16),
}

impl Event {
    /// The next meeting with a person; nothing where none is arranged.
    pub fn meeting(id: Id, person: &Person, shows: Shows) -> Option<Event> {
        let meeting = person.next_meeting.as_ref()?;
        // A meeting keeps its event when it is moved.
        let about = match meeting.id {
            Some(meeting) => format!("meeting {meeting}"),
            None => format!("meeting {id} {}", meeting.date),
        };
        let when = match meeting.time {
            Some(time) => When::At(meeting.date, time, meeting.minutes.unwrap_or(MINUTES).max(1)),
            None => When::Day(meeting.date),
        };
        let title = with_person("Meeting", person, shows);
        let place = if shows.words { line(&meeting.place) } else { String::new() };
        Some(Event { uid: uid(&about), title, when, place })
    }

    /// The day an action is due; nothing for one that has no such day, is closed, or is Private.
    pub fn action(id: Id, action: &Action, person: Option<&Person>, shows: Shows) -> Option<Event> {
        let due = action.due.filter(|_| action.is_open() && action.layer != Layer::Private)?;
        let words = line(&action.text);
        let words = if shows.words && !words.is_empty() { words } else { "Action due".to_owned() };
        let title = match person {
            Some(person) => with_person(&words, person, shows),
            None => words,
        };
        Some(Event::on(&format!("action {id}"), title, due))
    }

    /// The day of the next ARCP panel.
    pub fn arcp(id: Id, person: &Person, shows: Shows) -> Option<Event> {
        let day = person.arcp_date?;
        Some(Event::on(&format!("arcp {id}"), with_person("ARCP panel", person, shows), day))
    }

    /// The days of the next sittings. Their names are words.
    pub fn exams(id: Id, person: &Person, today: Date, shows: Shows) -> Vec<Event> {
        let sittings = person.sittings_ahead(today).into_iter();
        let event = |(name, day): (&str, Date)| {
            let words = if shows.words { line(name) } else { "Exam".to_owned() };
            Event::on(&format!("exam {id} {name}"), with_person(&words, person, shows), day)
        };
        sittings.map(event).collect()
    }

    /// The last day of a meeting that the year asks for.
    pub fn expected(id: Id, person: &Person, expected: &Expected, shows: Shows) -> Event {
        let about = format!("cycle {id} {} {}", expected.code, expected.from);
        let words = if shows.words { line(&expected.title) } else { "Meeting due".to_owned() };
        Event::on(&about, with_person(&words, person, shows), expected.to)
    }

    fn on(about: &str, title: String, day: Date) -> Event {
        Event { uid: uid(about), title, when: When::Day(day), place: String::new() }
    }

    /// The words that will stand in the calendar.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Where it is; empty when the file does not say.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// From when to when, on this computer's clock; nothing for a whole day.
    pub fn hours(&self) -> Option<(Time, Time)> {
        match self.when {
            When::Day(_) => None,
            When::At(_, time, minutes) => {
                Some((time, time.wrapping_add(SignedDuration::from_mins(i64::from(minutes)))))
            }
        }
    }

    /// The day that it is on.
    pub const fn day(&self) -> Date {
        match self.when {
            When::Day(day) | When::At(day, ..) => day,
        }
    }
}

fn with_person(words: &str, person: &Person, shows: Shows) -> String {
    let called = match shows.called {
        Called::Nobody => String::new(),
        Called::Initials => line(&person.initials()),
        Called::Name => line(&person.name),
    };
    if called.is_empty() { words.to_owned() } else { format!("{words}, {called}") }
}

/// The same event has the same name in every file, and the name tells nothing of the record.
fn uid(about: &str) -> String {
    let digest = Sha256::new().chain_update(b"cairn calendar\n").chain_update(about).finalize();
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}@cairn.invalid")
}

/// The file. The same events and moment give the same bytes.
pub fn render(events: &[Event], made: Timestamp) -> String {
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cairn//Cairn//EN"] {
        put(&mut out, line);
    }
    put(&mut out, "CALSCALE:GREGORIAN");
    let stamp = made.strftime("%Y%m%dT%H%M%SZ").to_string();
    for event in events {
        put(&mut out, "BEGIN:VEVENT");
        put(&mut out, &format!("UID:{}", event.uid));
        put(&mut out, &format!("DTSTAMP:{stamp}"));
        for line in event.when.lines() {
            put(&mut out, &line);
        }
        put(&mut out, &format!("SUMMARY:{}", escaped(&event.title)));
        if !event.place.is_empty() {
            put(&mut out, &format!("LOCATION:{}", escaped(&event.place)));
        }
        put(&mut out, "CLASS:PRIVATE");
        if matches!(event.when, When::Day(_)) {
            put(&mut out, "TRANSP:TRANSPARENT");
        }
        put(&mut out, "END:VEVENT");
    }
    put(&mut out, "END:VCALENDAR");
    out
}

impl When {
    fn lines(self) -> Vec<String> {
        let (start, end) = match self {
            When::Day(day) => (day, day.tomorrow().unwrap_or(day)),
            When::At(day, time, minutes) => {
                let start = day.to_datetime(time);
                let in_utc = |at: DateTime| at.strftime("%Y%m%dT%H%M%SZ").to_string();
                if let Some(start) = utc(start) {
                    let end = start.checked_add(i64::from(minutes).minutes()).unwrap_or(start);
                    return vec![
                        format!("DTSTART:{}", in_utc(start)),
                        format!("DTEND:{}", in_utc(end)),
                    ];
                }
                (day, day.tomorrow().unwrap_or(day))
            }
        };
        let day = |day: Date| day.strftime("%Y%m%d").to_string();
        vec![format!("DTSTART;VALUE=DATE:{}", day(start)), format!("DTEND;VALUE=DATE:{}", day(end))]
    }
}

/// A time on the clocks of the UK in universal time. One that is skipped in March is an hour
/// later; of two that are alike in October it is the first.
fn utc(local: DateTime) -> Option<DateTime> {
    let zone = TimeZone::posix(LONDON).ok()?;
    let moment = local.to_zoned(zone).ok()?;
    Some(moment.timestamp().to_zoned(TimeZone::UTC).datetime())
}

/// Text as a value: RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out
}

/// Adds a line, folded so that none is longer than 75 bytes and no character is split.
fn put(out: &mut String, line: &str) {
    let mut room = FOLD;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = FOLD - 1;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}
