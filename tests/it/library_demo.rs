//! The demonstration year: it fits its templates, is true on any day, and reads like notes
//! that a person took.

use std::collections::{BTreeMap, BTreeSet};

use cairn::library::Library;
use cairn::library::demo::{Demo, DemoError, demo, demo_of_a_doctor};
use cairn::model::session::{ArcpHeading, Role};
use cairn::model::{
    Action, ActionState, Answer, ArcpLine, Body, Id, Kind, Layer, Owner, Person, Session,
};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

use crate::support::prose::{sentences, unwanted};

const TODAY: Date = date(2026, 11, 24);

fn on(today: Date) -> Demo {
    demo(&Library::built_in().unwrap(), today, 7).unwrap()
}

/// Every record with its person, in the order of the demonstration.
fn records(demo: &Demo) -> Vec<(Option<&Person>, Id, &Body)> {
    let held = demo.people.iter().flat_map(|person| {
        let records = person.batches.iter().flatten();
        records.map(move |(id, body)| (Some(&person.person), *id, body))
    });
    held.chain(demo.alone.iter().map(|(id, body)| (None, *id, body))).collect()
}

fn sessions(demo: &Demo) -> Vec<&Session> {
    records(demo)
        .into_iter()
        .filter_map(|(_, _, body)| match body {
            Body::Session(session) | Body::Reflection(session) => Some(session),
            _ => None,
        })
        .collect()
}

fn actions(demo: &Demo) -> Vec<&Action> {
    records(demo)
        .into_iter()
        .filter_map(|(_, _, body)| match body {
            Body::Action(action) => Some(action),
            _ => None,
        })
        .collect()
}

fn lines<'a>(demo: &'a Demo, name: &str) -> Vec<&'a ArcpLine> {
    let person = demo.people.iter().find(|p| p.person.short_name == name).unwrap();
    person
        .batches
        .iter()
        .flatten()
        .filter_map(|(_, body)| match body {
            Body::Session(session) => Some(&session.arcp),
            _ => None,
        })
        .flatten()
        .collect()
}

#[test]
fn it_holds_about_forty_conversations_and_reflections_over_a_year() {
    let demo = on(TODAY);
    let kinds: Vec<Kind> = records(&demo).iter().map(|(_, _, body)| body.kind()).collect();
    let count = |kind| kinds.iter().filter(|k| **k == kind).count();
    assert_eq!(demo.people.len(), 4);
    assert!((28..=31).contains(&count(Kind::Session)), "{}", count(Kind::Session));
    assert!((10..=12).contains(&count(Kind::Reflection)), "{}", count(Kind::Reflection));
    let used: BTreeSet<&str> = sessions(&demo).iter().map(|s| s.template.id.as_str()).collect();
    assert_eq!(used.len(), 8, "the structures of an ordinary year: {used:?}");
    for person in &demo.people {
        assert!(person.batches.len() >= 7, "{}", person.person.name);
    }
    let first = sessions(&demo).iter().map(|s| s.date).min().unwrap();
    let age = (TODAY - first).get_days();
    assert!((300..=365).contains(&age), "{age} days");
}

#[test]
fn the_same_day_and_seed_give_the_same_records_and_another_seed_only_other_identities() {
    let library = Library::built_in().unwrap();
    let once = demo(&library, TODAY, 1).unwrap();
    assert_eq!(once, demo(&library, TODAY, 1).unwrap());
    let other = demo(&library, TODAY, 2).unwrap();
    let ids = |demo: &Demo| -> BTreeSet<Id> {
        let people = demo.people.iter().map(|p| p.id);
        people.chain(records(demo).iter().map(|(_, id, _)| *id)).collect()
    };
    let all = demo_size(&once);
    assert_eq!(ids(&once).len(), all, "identities are unique");
    assert!(ids(&once).is_disjoint(&ids(&other)));
    let answers =
        |demo: &Demo| sessions(demo).iter().map(|s| s.sections.clone()).collect::<Vec<_>>();
    assert_eq!(answers(&once), answers(&other));
}

fn demo_size(demo: &Demo) -> usize {
    demo.people.len() + records(demo).len()
}

#[test]
fn every_record_points_to_its_person_and_every_action_to_its_conversation() {
    let demo = on(TODAY);
    for person in &demo.people {
        let mut before = person.id;
        for batch in &person.batches {
            let (from, Body::Session(session)) = &batch[0] else { panic!("no session first") };
            assert_eq!(session.person, Some(person.id));
            assert!(before < *from, "batches go from old to new");
            before = *from;
            for (id, body) in &batch[1..] {
                let Body::Action(action) = body else { panic!("no action") };
                assert_eq!((action.person, action.from), (Some(person.id), Some(*from)));
                assert_eq!(action.made, session.date);
                assert!(from.unix_ms() <= id.unix_ms());
            }
        }
    }
    assert!(demo.alone.iter().all(|(_, body)| body.kind() == Kind::Reflection));
}

#[test]
fn bodies_survive_being_written_and_read() {
    let demo = on(TODAY);
    for (_, id, body) in records(&demo) {
        let again = Body::read(body.kind(), &body.write().unwrap()).unwrap();
        assert_eq!(&again, body, "{id}");
    }
}

#[test]
fn dates_hold_all_year_round() {
    // Steps of 11 days meet every day of the week.
    let mut today = date(2027, 1, 1);
    while today < date(2029, 1, 1) {
        check_dates(&on(today), today);
        today = today.checked_add(11.days()).unwrap();
    }
    for today in [date(2027, 2, 28), date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)] {
        check_dates(&on(today), today);
    }
}

fn check_dates(demo: &Demo, today: Date) {
    let weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    for person in &demo.people {
        let who = &person.person;
        assert!(who.arcp_date.unwrap() > today && who.exam_date.is_none_or(|day| day > today));
        let now = who.placements.iter().filter(|p| p.holds(today)).count();
        assert_eq!(now, 1, "{}: one post on {today}", who.name);
        for pair in who.placements.windows(2) {
            assert_eq!(pair[0].to.unwrap().tomorrow().unwrap(), pair[1].from, "{}", who.name);
            assert_eq!(pair[1].from.weekday(), Weekday::Wednesday);
        }
        for (_, body) in person.batches.iter().flatten() {
            let Body::Session(session) = body else { continue };
            let day = session.date;
            assert!(!weekend(day) && day < today, "{day}");
            assert!(who.wte == Some(100) || day.weekday() != Weekday::Wednesday, "{day}");
            for item in session.arcp.iter().flat_map(|line| &line.evidence) {
                assert!(item.date.unwrap() <= day, "{}: {}", who.name, item.what);
            }
        }
    }
    let unfinished: Vec<_> = sessions(demo).into_iter().filter(|s| s.finished.is_none()).collect();
    assert_eq!(unfinished.len(), 1);
    assert!((today - unfinished[0].date).get_days() <= 3, "picked up this week");
    for action in actions(demo) {
        let settled = action.settled;
        assert!(action.due.unwrap() >= action.made, "{}", action.text);
        assert!(settled.is_none_or(|day| day >= action.made && day < today), "{}", action.text);
    }
}

#[test]
fn actions_are_in_every_state_on_both_sides() {
    for today in [TODAY, date(2027, 2, 27), date(2028, 2, 29)] {
        let demo = on(today);
        let actions = actions(&demo);
        for owner in [Owner::Me, Owner::Them] {
            let mine = || actions.iter().filter(move |action| action.owner == owner);
            assert!(mine().any(|a| a.state == ActionState::Done));
            assert!(mine().any(|a| a.state == ActionState::Part));
            assert!(mine().any(|a| a.state == ActionState::Dropped));
            assert!(mine().any(|a| a.days_late(today).is_some()), "{owner:?} overdue on {today}");
            assert!(mine().any(|a| a.is_open() && a.due.unwrap() > today), "{owner:?} to come");
        }
        assert!(actions.iter().any(|a| a.layer == Layer::Private));
        for action in &actions {
            assert_eq!(action.state == ActionState::Dropped, !action.reason.is_empty());
            assert_eq!(action.state == ActionState::Open, action.settled.is_none());
        }
    }
}

#[test]
fn one_doctor_has_a_summary_under_every_heading() {
    let demo = on(TODAY);
    let lines = lines(&demo, "Amina");
    let headings: BTreeSet<ArcpHeading> = lines.iter().map(|line| line.heading).collect();
    assert_eq!(headings, ArcpHeading::ALL.into_iter().collect());
    assert!(lines.len() >= 16, "{}", lines.len());
    assert_eq!(lines.iter().filter(|line| !line.agreed).count(), 1);
    assert_eq!(lines.iter().filter(|line| line.evidence.is_empty()).count(), 1);
    for name in ["Mei", "Tomasz", "Seun"] {
        assert!(!self::lines(&demo, name).is_empty(), "{name}");
    }
}

#[test]
fn what_the_doctor_says_stands_unchanged_in_the_summary() {
    let demo = on(TODAY);
    let mut seen = 0;
    for session in sessions(&demo) {
        for line in session.arcp.iter().filter(|l| l.heading == ArcpHeading::DoctorsWords) {
            let asked = session.items().find(|a| Some(&a.prompt.id) == line.from.as_ref()).unwrap();
            assert_eq!(asked.answer, Some(Answer::Text(line.text.clone())));
            seen += 1;
        }
    }
    assert!(seen >= 2);
}

/// Everything that a person is supposed to have typed.
fn written(demo: &Demo) -> Vec<String> {
    let mut texts = Vec::new();
    for session in sessions(demo) {
        texts.extend(session.items().filter_map(|asked| match &asked.answer {
            Some(Answer::Text(text)) => Some(text.clone()),
            _ => None,
        }));
        texts.extend(session.margin.iter().map(|note| note.text.clone()));
        let lines = session.arcp.iter().filter(|l| l.heading != ArcpHeading::DoctorsWords);
        texts.extend(lines.map(|line| line.text.clone()));
    }
    for action in actions(demo) {
        texts.extend([action.text.clone(), action.reason.clone()]);
    }
    texts.extend(demo.people.iter().map(|p| p.person.to_know.clone()));
    texts
}

#[test]
fn the_notes_read_plainly_and_never_repeat_a_sentence() {
    let demo = on(TODAY);
    let texts = written(&demo);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for text in &texts {
        assert_eq!(unwanted(text), None, "{text}");
        for sentence in sentences(text) {
            let words = sentence.split_whitespace().count();
            assert!(words <= 30, "{words} words: {sentence}");
            *seen.entry(sentence.to_owned()).or_default() += 1;
        }
    }
    let twice: Vec<&String> = seen.iter().filter(|(_, n)| **n > 1).map(|(s, _)| s).collect();
    assert!(twice.is_empty(), "{twice:?}");
    for session in sessions(&demo) {
        for text in [&session.title, &session.place] {
            assert_eq!(unwanted(text), None, "{text}");
        }
    }
}

#[test]
fn the_notes_name_no_patient_and_no_other_doctor_of_the_record() {
    let demo = on(TODAY);
    let names: Vec<&str> = demo.people.iter().map(|p| p.person.short_name.as_str()).collect();
    for (person, _, body) in records(&demo) {
        let text = body.write().unwrap().to_string();
        for name in &names {
            let own = person.is_some_and(|person| person.short_name == *name);
            assert!(own || !text.contains(name), "{name} in a record of somebody else: {text}");
        }
    }
    let title_or_bed = |text: &str| {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        words.windows(2).any(|pair| {
            ["Mr", "Mrs", "Miss"].contains(&pair[0])
                || (pair[0].eq_ignore_ascii_case("bed")
                    && pair[1].starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    // The supervisor was once called "Mr Marsh" by mistake; that is no patient.
    let texts = written(&demo);
    let found: Vec<&String> = texts.iter().filter(|text| title_or_bed(text)).collect();
    assert!(found.iter().all(|text| text.contains("Mr Marsh")), "{found:?}");
}

#[test]
fn a_clock_at_the_end_of_the_calendar_is_told() {
    let library = Library::built_in().unwrap();
    for today in [Date::MIN, Date::MAX] {
        assert_eq!(demo(&library, today, 0), Err(DemoError::Clock { today }));
    }
}

#[test]
fn the_record_of_a_doctor_holds_on_any_day() {
    let library = Library::built_in().unwrap();
    for day in 0..400 {
        let today = TODAY.checked_add(day.days()).unwrap();
        let demo = demo_of_a_doctor(&library, today, 1).unwrap();
        assert_eq!(demo.settings.role, Role::Doctor);
        assert!(demo.settings.own.exam_date.unwrap() > today);
        let now = demo.people.iter().filter(|one| one.person.supervises_on(today)).count();
        assert_eq!((demo.people.len(), now), (2, 1), "{today}");
    }
    let today = Date::MAX;
    assert_eq!(demo_of_a_doctor(&library, today, 0), Err(DemoError::Clock { today }));
}
