//! Calendar files: what goes in, what can't, and that another program reads them.

use std::process::Command;

use cairn::export::calendar::{Called, Event, Shows, render};
use cairn::model::cycle::{Cycle, Expected};
use cairn::model::{Action, ActionState, Exam, Extra, Id, Layer, Meeting, Owner, Person};
use jiff::Timestamp;
use jiff::civil::{Date, Time, date, time};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);

fn id(number: u128) -> Id {
    Id::new(1_790_000_000_000, number)
}

fn made() -> Timestamp {
    "2026-11-24T13:42:05Z".parse().unwrap()
}

fn amina() -> Person {
    Person {
        name: "Dr Amina Larkspur".to_owned(),
        to_know: "XSECRETX".to_owned(),
        arcp_date: Some(date(2027, 6, 9)),
        next_meeting: Some(Meeting {
            id: Some(id(7)),
            date: TODAY,
            time: Some(time(14, 30, 0, 0)),
            minutes: Some(40),
            place: "Education centre, room 2; ask at the desk".to_owned(),
            ..Meeting::default()
        }),
        exams: vec![Exam {
            name: "PACES".to_owned(),
            next: Some(date(2027, 2, 20)),
            ..Exam::default()
        }],
        ..Person::default()
    }
}

fn action(layer: Layer) -> Action {
    Action {
        person: Some(id(1)),
        from: None,
        text: "Ask the rota lead".to_owned(),
        owner: Owner::Me,
        due: Some(date(2026, 12, 4)),
        state: ActionState::Open,
        settled: None,
        due_typed: String::new(),
        reason: String::new(),
        layer,
        made: TODAY,
        source_id: None,
        removed: None,
        extra: Extra::new(),
    }
}

fn all(shows: Shows) -> Vec<Event> {
    let person = amina();
    let mut events: Vec<Event> = [
        Event::meeting(id(1), &person, shows),
        Event::action(id(2), &action(Layer::Shared), Some(&person), shows),
        Event::arcp(id(1), &person, shows),
    ]
    .into_iter()
    .map(Option::unwrap)
    .collect();
    events.extend(Event::exams(id(1), &person, TODAY, shows));
    events
}

const EVERYTHING: Shows = Shows { called: Called::Name, words: true };

/// The lines with their folds taken out.
fn unfolded(file: &str) -> Vec<String> {
    file.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

#[test]
fn without_a_choice_it_names_nobody_and_tells_nothing() {
    let file = render(&all(Shows::default()), made());
    let said: Vec<String> =
        unfolded(&file).into_iter().filter(|line| line.starts_with("SUMMARY")).collect();
    assert_eq!(
        said,
        ["SUMMARY:Meeting", "SUMMARY:Action due", "SUMMARY:ARCP panel", "SUMMARY:Exam"]
    );
    for word in ["Amina", "Larkspur", "rota", "PACES", "XSECRETX", &id(1).to_string()] {
        assert!(!file.contains(word), "{word}");
    }
    let initials = Shows { called: Called::Initials, words: false };
    assert!(render(&all(initials), made()).contains("SUMMARY:Meeting\\, AL\r\n"));
    assert_eq!(all(EVERYTHING)[1].title(), "Ask the rota lead, Dr Amina Larkspur");
}

#[test]
fn nothing_private_closed_or_without_a_day_becomes_an_event() {
    let event = |action: &Action| Event::action(id(2), action, None, EVERYTHING);
    assert!(event(&action(Layer::Private)).is_none());
    assert!(event(&action(Layer::Arcp)).is_some());
    assert!(event(&Action { due: None, ..action(Layer::Shared) }).is_none());
    assert!(event(&Action { state: ActionState::Done, ..action(Layer::Shared) }).is_none());
    let nobody = Person::default();
    assert!(Event::meeting(id(1), &nobody, EVERYTHING).is_none());
    assert!(Event::arcp(id(1), &nobody, EVERYTHING).is_none());
}

#[test]
fn times_are_those_of_the_clocks_in_the_uk() {
    let start = |day: Date, at: Time| -> String {
        let mut person = amina();
        let meeting = person.next_meeting.as_mut().unwrap();
        (meeting.date, meeting.time) = (day, Some(at));
        let file = render(&[Event::meeting(id(1), &person, Shows::default()).unwrap()], made());
        let lines = unfolded(&file);
        let find = |name: &str| lines.iter().find_map(|line| line.strip_prefix(name)).unwrap();
        format!("{} {}", find("DTSTART:"), find("DTEND:"))
    };
    let half_past_two = time(14, 30, 0, 0);
    assert_eq!(start(TODAY, half_past_two), "20261124T143000Z 20261124T151000Z");
    assert_eq!(start(date(2026, 7, 1), half_past_two), "20260701T133000Z 20260701T141000Z");
    // The clocks go forward on 28 March 2027 and back on 31 October 2027.
    assert_eq!(start(date(2027, 3, 27), half_past_two), "20270327T143000Z 20270327T151000Z");
    assert_eq!(start(date(2027, 3, 28), half_past_two), "20270328T133000Z 20270328T141000Z");
    assert_eq!(start(date(2027, 10, 31), half_past_two), "20271031T143000Z 20271031T151000Z");
    assert_eq!(start(date(2027, 3, 28), time(1, 30, 0, 0)), "20270328T013000Z 20270328T021000Z");
    assert_eq!(start(TODAY, time(23, 50, 0, 0)), "20261124T235000Z 20261125T003000Z");
}

#[test]
fn the_same_event_keeps_its_name_when_it_moves() {
    let uid = |person: &Person| -> String {
        let file = render(&[Event::meeting(id(1), person, Shows::default()).unwrap()], made());
        unfolded(&file).into_iter().find(|line| line.starts_with("UID:")).unwrap()
    };
    let mut person = amina();
    let before = uid(&person);
    person.next_meeting.as_mut().unwrap().date = date(2026, 12, 1);
    assert_eq!(uid(&person), before);
    person.next_meeting.as_mut().unwrap().id = Some(id(8));
    assert_ne!(uid(&person), before);
    let file = render(&all(EVERYTHING), made());
    assert_eq!(file, render(&all(EVERYTHING), made()));
    let uids: std::collections::BTreeSet<String> =
        unfolded(&file).into_iter().filter(|line| line.starts_with("UID:")).collect();
    assert_eq!(uids.len(), 4);
}

#[test]
fn meetings_that_the_year_asks_for_can_go_in_too() {
    let cycles = cairn::library::Library::built_in().unwrap();
    let person = amina();
    let cycle = Cycle::of(cycles.cycles(), &person).unwrap();
    let expected: Vec<Expected> = cycle.expected(&person, &[], TODAY);
    let event = Event::expected(id(1), &person, &expected[0], EVERYTHING);
    assert_eq!(event.title(), "Report before ARCP, Dr Amina Larkspur");
    assert_eq!(event.day(), date(2027, 5, 26));
}

/// What Python's `icalendar` reads: a line for each event.
fn read_by_python(file: &str) -> Option<Vec<String>> {
    const SCRIPT: &str = "import sys, icalendar\n\
        cal = icalendar.Calendar.from_ical(sys.stdin.buffer.read())\n\
        for e in cal.walk('VEVENT'):\n\
        \x20   print('|'.join([str(e['SUMMARY']), str(e.decoded('DTSTART')), \
        str(e.decoded('DTEND')), str(e.get('LOCATION', '')), str(e.decoded('DTSTAMP')), \
        str(len(e.errors))]))\n";
    let mut python = Command::new("python3")
        .args(["-c", SCRIPT])
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .ok()?;
    std::io::Write::write_all(&mut python.stdin.take()?, file.as_bytes()).ok()?;
    let done = python.wait_with_output().ok()?;
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    if said.contains("ModuleNotFoundError") {
        return None;
    }
    assert!(done.status.success(), "{said}");
    let out = String::from_utf8(done.stdout).unwrap();
    Some(out.lines().map(str::to_owned).collect())
}

#[test]
fn another_program_reads_the_same() {
    let mut person = amina();
    person.name = "Dr Łucja ‘Lu’ Ó Súilleabháin-Παπαδοπούλου 李小龙 ".repeat(4).trim().to_owned();
    let long = Event::meeting(id(3), &person, EVERYTHING).unwrap();
    let title = long.title().to_owned();
    let mut events = all(EVERYTHING);
    events.push(long);
    let Some(read) = read_by_python(&render(&events, made())) else {
        eprintln!("SKIPPED: Python's icalendar is not here (python3 -m pip install icalendar)");
        return;
    };
    let stamp = "2026-11-24 13:42:05+00:00|0";
    let place = "Education centre, room 2; ask at the desk";
    let time = format!("2026-11-24 14:30:00+00:00|2026-11-24 15:10:00+00:00|{place}|{stamp}");
    assert_eq!(
        read,
        [
            format!("Meeting, Dr Amina Larkspur|{time}"),
            format!("Ask the rota lead, Dr Amina Larkspur|2026-12-04|2026-12-05||{stamp}"),
            format!("ARCP panel, Dr Amina Larkspur|2027-06-09|2027-06-10||{stamp}"),
            format!("PACES, Dr Amina Larkspur|2027-02-20|2027-02-21||{stamp}"),
            format!("{title}|{time}"),
        ]
    );
}

#[test]
fn without_words_a_file_does_not_say_where_people_meet() {
    let quiet = render(&all(Shows { words: false, ..EVERYTHING }), made());
    assert!(!quiet.contains("LOCATION"), "{quiet}");
    let event = Event::meeting(id(1), &amina(), EVERYTHING).unwrap();
    assert_eq!(event.place(), "Education centre, room 2; ask at the desk");
    assert_eq!(event.hours(), Some((time(14, 30, 0, 0), time(15, 10, 0, 0))));
}

proptest! {
    #[test]
    fn no_text_breaks_out_of_its_line(text in "\\PC{0,120}|[\\s\\S]{0,60}") {
        let mut person = amina();
        person.name = text.clone();
        person.next_meeting.as_mut().unwrap().place = text.clone();
        let words = Action { text, ..action(Layer::Shared) };
        let mut events = all(EVERYTHING);
        events.extend(Event::meeting(id(1), &person, EVERYTHING));
        events.extend(Event::action(id(2), &words, Some(&person), EVERYTHING));
        let file = render(&events, made());
        prop_assert!(file.ends_with("END:VCALENDAR\r\n"));
        for line in file.split("\r\n") {
            prop_assert!(line.len() <= 75, "{} bytes: {line}", line.len());
            prop_assert!(!line.contains(['\r', '\n']));
        }
        let known = ["BEGIN", "VERSION", "PRODID", "CALSCALE", "UID", "DTSTAMP", "DTSTART", "DTEND",
            "SUMMARY", "LOCATION", "CLASS", "TRANSP", "END"];
        for line in unfolded(&file).iter().filter(|line| !line.is_empty()) {
            let name = line.split([':', ';']).next().unwrap();
            prop_assert!(known.contains(&name), "{line}");
        }
    }
}
