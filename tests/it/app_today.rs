//! What Today shows: quiet, in words, and made once after a change.

use std::time::{Duration, Instant};

use cairn::app::Action as Wish;
use cairn::app::action::{DoorAction, RecordAction};
use cairn::app::today::{Today, of, year_of};
use cairn::library::Library;
use cairn::model::{
    Action, ActionState, BackedUp, Body, Exam, Extra, HandedOver, Id, Journal, Layer, Meeting,
    Owner, Person, Placement, Receipt, Session, TemplateRef,
};
use jiff::civil::{Date, date, time};
use jiff::{SignedDuration, ToSpan as _, Zoned};

use crate::support::world::{PASSWORD, World};

const DAY: Date = date(2026, 11, 24);

fn now() -> Zoned {
    "2026-11-24T13:42:00+00:00[UTC]".parse().unwrap()
}

fn id(number: u128) -> Id {
    Id::new(1_790_000_000_000, number)
}

fn session(person: u128, day: Date, template: &str, finished: bool) -> Session {
    Session {
        person: Some(id(person)),
        template: TemplateRef { id: template.to_owned(), version: 1 },
        title: "A talk".to_owned(),
        date: day,
        time: None,
        minutes: None,
        spent: 0,
        place: String::new(),
        sections: Vec::new(),
        margin: Vec::new(),
        arcp: Vec::new(),
        tags: Vec::new(),
        kept: Vec::new(),
        brought: Vec::new(),
        links: Vec::new(),
        finished: finished.then(|| now().timestamp()),
        source_id: None,
        removed: None,
        extra: Extra::new(),
    }
}

fn action(person: u128, due: Option<Date>, owner: Owner) -> Action {
    Action {
        person: Some(id(person)),
        from: None,
        text: "Ask the rota lead".to_owned(),
        owner,
        due,
        state: ActionState::Open,
        settled: None,
        due_typed: String::new(),
        reason: String::new(),
        layer: Layer::Shared,
        made: DAY,
        source_id: None,
        removed: None,
        extra: Extra::new(),
    }
}

fn person(name: &str) -> Person {
    Person {
        name: name.to_owned(),
        stage: "IMT2".to_owned(),
        arcp_date: Some(date(2027, 6, 9)),
        placements: vec![Placement {
            post: "acute medicine".to_owned(),
            from: date(2026, 8, 5),
            to: Some(date(2026, 12, 1)),
            ..Placement::default()
        }],
        ..Person::default()
    }
}

fn made(journal: &Journal) -> Today {
    of(journal, Library::built_in().unwrap().cycles(), "vault", &now())
}

#[test]
fn everything_that_needs_a_look_is_there_with_its_words() {
    let mut journal = Journal::default();
    let mut put = |number: u128, body: Body| journal.put(id(number), body);
    let meeting = Meeting {
        date: DAY,
        time: Some(time(14, 30, 0, 0)),
        minutes: Some(40),
        place: "Education centre".to_owned(),
        ..Meeting::default()
    };
    put(
        1,
        Body::Person(Person {
            next_meeting: Some(meeting),
            exams: vec![Exam {
                name: "PACES".to_owned(),
                next: Some(date(2027, 2, 20)),
                ..Exam::default()
            }],
            ..person("Dr Amina Larkspur")
        }),
    );
    put(2, Body::Person(person("Dr Tomasz Fernhill")));
    put(3, Body::Person(Person { archived: true, ..person("Dr Past") }));
    put(4, Body::Person(Person { handed_over: Some(HandedOver::default()), ..person("Dr Moved") }));
    put(11, Body::Session(session(1, date(2026, 8, 18), "first-meeting", true)));
    put(12, Body::Session(session(2, date(2026, 9, 15), "first-meeting", true)));
    put(13, Body::Session(session(2, date(2026, 11, 20), "mid-point-review", false)));
    put(14, Body::Session(session(3, date(2026, 1, 5), "first-meeting", true)));
    put(21, Body::Action(action(1, Some(date(2026, 11, 22)), Owner::Me)));
    put(22, Body::Action(action(2, Some(DAY), Owner::Them)));
    put(23, Body::Action(action(2, Some(date(2026, 12, 1)), Owner::Me)));
    put(24, Body::Action(action(2, Some(date(2026, 12, 2)), Owner::Me)));
    put(25, Body::Action(action(2, None, Owner::Me)));
    let backup = BackedUp {
        vault: "vault".to_owned(),
        files: 1,
        damaged: 0,
        heads: std::collections::BTreeMap::new(),
        extra: Extra::new(),
    };
    let receipt = Receipt::of("Backup", "2026-11-23T09:00:00Z".parse().unwrap());
    put(31, Body::Receipt(Receipt { backup: Some(backup), ..receipt }));

    let today = made(&journal);
    assert_eq!(today.day, DAY);
    let next: Vec<_> =
        today.next.iter().map(|one| (one.name.as_str(), one.words.as_str())).collect();
    assert_eq!(next, [("Dr Amina Larkspur", "Today 14:30, 40 minutes, Education centre")]);
    let words = |list: &[cairn::app::today::DueAction]| -> Vec<(String, String)> {
        list.iter().map(|one| (one.name.clone(), one.words.clone())).collect()
    };
    let pair = |name: &str, words: &str| (name.to_owned(), words.to_owned());
    assert_eq!(words(&today.overdue), [pair("Dr Amina Larkspur", "2 days late")]);
    assert_eq!(
        words(&today.due),
        [pair("Dr Tomasz Fernhill", "today"), pair("Dr Tomasz Fernhill", "in 7 days")]
    );
    let ahead: Vec<_> = today
        .countdowns
        .iter()
        .map(|one| (one.name.as_str(), one.countdown.name.as_str(), one.countdown.words.as_str()))
        .collect();
    assert_eq!(
        ahead,
        [
            ("Dr Amina Larkspur", "PACES", "in 12 weeks"),
            ("Dr Amina Larkspur", "ARCP", "in 6 months"),
            ("Dr Tomasz Fernhill", "ARCP", "in 6 months"),
        ]
    );
    assert_eq!(today.countdowns[0].meetings, (1, 4));
    // Amina was not met for longer, and has a meeting arranged.
    let unseen: Vec<_> =
        today.not_seen.iter().map(|one| (one.name.as_str(), one.words.as_str())).collect();
    assert_eq!(unseen, [("Dr Tomasz Fernhill", "Not met for 10 weeks")]);
    let asked: Vec<_> = today
        .asked
        .iter()
        .map(|one| (one.name.as_str(), one.expected.title.as_str(), one.expected.words.as_str()))
        .collect();
    assert_eq!(
        asked,
        [
            ("Dr Amina Larkspur", "End of placement", "Due until 1 December"),
            ("Dr Tomasz Fernhill", "End of placement", "Due until 1 December"),
        ]
    );
    let drafts: Vec<_> =
        today.drafts.iter().map(|one| (one.title.as_str(), one.words.as_str())).collect();
    assert_eq!(drafts, [("Dr Tomasz Fernhill, A talk", "Fri 20 Nov")]);
    assert_eq!((today.backup.words.as_str(), today.backup.is_due), ("Backed up yesterday", false));
}

#[test]
fn a_backup_dated_ahead_by_a_wrong_clock_does_not_silence_the_reminder() {
    let mut journal = Journal::default();
    let mut backed_up = |number, at: &str, seq| {
        let backup = BackedUp {
            vault: "vault".to_owned(),
            files: seq,
            damaged: 0,
            heads: [("device".to_owned(), (seq, String::new()))].into(),
            extra: Extra::new(),
        };
        let receipt = Receipt::of("Backup", at.parse().unwrap());
        let body = Body::Receipt(Receipt { backup: Some(backup), ..receipt });
        journal.put(id(number), body);
        let backup = made(&journal).backup;
        (backup.words, backup.is_due)
    };
    let ahead = "Backed up on a date that is still to come, by this clock";
    assert_eq!(backed_up(31, "2031-01-01T09:00:00Z", 5), (ahead.to_owned(), true));
    let later = backed_up(32, "2026-11-23T09:00:00Z", 6);
    assert_eq!(later, ("Backed up yesterday".to_owned(), false), "the later one held more");
}

#[test]
fn an_empty_record_asks_for_nothing() {
    let today = made(&Journal::default());
    assert!(today.next.is_empty() && today.asked.is_empty() && today.overdue.is_empty());
    assert!(today.countdowns.is_empty() && today.not_seen.is_empty() && today.drafts.is_empty());
    assert_eq!((today.backup.words.as_str(), today.backup.is_due), ("Not backed up yet", false));
    assert_eq!(year_of(&Journal::default(), &[], id(1), DAY), []);
}

/// A caseload far above any: 200 people, 10,000 conversations, 4,000 actions.
fn caseload() -> Journal {
    let mut records = Vec::new();
    for who in 0..200_u128 {
        let name = format!("Dr Number {who}");
        records.push((id(who), Body::Person(person(&name)), false));
        for held in 0..50_i32 {
            let day = DAY - (held * 9).days();
            let template = ["first-meeting", "mid-point-review", "before-arcp"][held as usize % 3];
            let body = Body::Session(session(who, day, template, held > 0));
            records.push((id(1_000 + who * 100 + held as u128), body, false));
        }
        for due in 0..20_i32 {
            let body = Body::Action(action(who, Some(DAY + (due * 5 - 20).days()), Owner::Me));
            records.push((id(100_000 + who * 100 + due as u128), body, false));
        }
    }
    Journal::of(records)
}

#[test]
fn a_large_caseload_is_made_quickly_and_only_after_a_change() {
    let journal = caseload();
    let library = Library::built_in().unwrap();
    let mut times: Vec<Duration> = (0..7)
        .map(|_| {
            let start = Instant::now();
            let today = of(&journal, library.cycles(), "vault", &now());
            let took = start.elapsed();
            assert_eq!((today.countdowns.len(), today.drafts.len()), (200, 200));
            took
        })
        .collect();
    times.sort();
    eprintln!("Today of 200 people and 10,000 conversations: {:?} (middle of 7)", times[3]);
    // Generous: this is an unoptimised build on a shared machine.
    assert!(times[3] < Duration::from_secs(10), "{times:?}");
}

#[test]
fn it_follows_the_record_and_the_day_without_being_asked() {
    let world = World::demo();
    let mut app = world.app();
    app.inputs.door.password = PASSWORD.to_owned();
    app.act(vec![Wish::Door(DoorAction::Unlock)]);
    app.tick(false);
    let open = app.state.open().unwrap();
    let before = open.today().unwrap().clone();
    assert_eq!(before.day, DAY);
    assert!(!before.countdowns.is_empty());
    let changes = open.journal.changes();
    app.tick(false);
    let open = app.state.open().unwrap();
    assert_eq!(open.journal.changes(), changes, "looking changes nothing");
    assert_eq!(open.today(), Some(&before));

    let one = before.overdue.iter().chain(&before.due).next().unwrap().action;
    app.act(vec![Wish::Record(RecordAction::Settle(one, ActionState::Done))]);
    app.tick(false);
    let after = app.state.open().unwrap().today().unwrap().clone();
    assert!(after.overdue.iter().chain(&after.due).all(|due| due.action != one));

    // Somebody is there through the night.
    for _ in 0..24 * 15 {
        world.pass(SignedDuration::from_mins(4));
        app.tick(true);
    }
    assert_eq!(app.state.open().unwrap().today().unwrap().day, date(2026, 11, 25));
}
