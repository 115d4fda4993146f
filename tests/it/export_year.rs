//! A supervisor's own year: whatever a record holds, the page names no doctor and says no number
//! that tells of one of them.

use std::collections::BTreeSet;

use cairn::app::educator::{letter, year_to};
use cairn::app::letter::Topic;
use cairn::export::sheet::Block;
use cairn::export::year::areas::Evidence;
use cairn::export::year::figures::{Figures, Said};
use cairn::export::year::{Talk, Year};
use cairn::export::{Format, Letter, Period};
use cairn::model::session::{PREPARE, Role};
use cairn::model::{
    Answer, Body, Educator, Id, Journal, Kind, Learning, LearningKind, Person, Session, Settings,
};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::support::world::LIBRARY;

const TODAY: Date = date(2026, 11, 24);
const DOCTOR: &str = "Zephyrine";

/// A conversation or a reflection: which template, with whom, how many days ago, how long.
type One = (usize, Option<u64>, i64, Option<u16>);

fn journal(all: &[One]) -> Journal {
    let mut journal = Journal::default();
    for n in 0..5 {
        let person = Person { name: format!("Dr {DOCTOR} {n}"), ..Person::default() };
        journal.put(Id::new(n + 1, 1), Body::Person(person));
    }
    let templates = LIBRARY.templates();
    for (at, (template, person, ago, minutes)) in all.iter().enumerate() {
        let template = &templates[template % templates.len()];
        let whom = person.map(|n| Id::new(n % 5 + 1, 1));
        let mut session =
            Session::start(template, whom, Role::Supervisor, TODAY - ago.days(), None);
        session.minutes = *minutes;
        session.title = format!("{} of {DOCTOR}", template.title);
        session.tags = vec![DOCTOR.to_lowercase()];
        for asked in session.sections.iter_mut().flat_map(|part| &mut part.items) {
            asked.answer = Some(Answer::Text(format!("{DOCTOR} wrote this")));
        }
        session.finished = Some("2026-11-24T12:00:00Z".parse().unwrap());
        let id = Id::new(100 + u64::try_from(at).unwrap(), 1);
        journal.put(
            id,
            match template.form.kind() {
                Kind::Reflection => Body::Reflection(session),
                _ => Body::Session(session),
            },
        );
    }
    journal
}

fn of(journal: &Journal) -> Letter {
    letter(journal, &LIBRARY, &Topic::Year(year_to(TODAY)), TODAY).unwrap()
}

/// The numbers that stand in places for numbers.
fn said(letter: &Letter) -> Vec<String> {
    let facts = letter.sheet.facts.iter();
    let facts = facts.filter(|it| cairn::export::year::LARGE.contains(&it.label.as_str()));
    let mut all: Vec<String> = facts.map(|it| it.value.clone()).collect();
    let Block::Table { rows, .. } = &letter.sheet.parts[0].blocks[0] else { panic!() };
    assert_eq!(rows.len(), 7);
    all.extend(rows.iter().map(|row| row[2].words.join(" ")));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_doctor_and_no_small_number_stands_on_the_page_of_any_year(
        all in prop::collection::vec(
            (0_usize..60, prop::option::of(0_u64..5), 0_i64..420, prop::option::of(5_u16..90)),
            0..60,
        ),
    ) {
        let journal = journal(&all);
        let page = of(&journal);
        for text in [page.text(), String::from_utf8(page.render(Format::Markdown).unwrap()).unwrap()] {
            prop_assert!(!text.to_lowercase().contains(&DOCTOR.to_lowercase()), "{text}");
        }
        for words in said(&page) {
            if words.starts_with("fewer than 3") || words.starts_with("less than 3") {
                continue;
            }
            for number in words.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()) {
                prop_assert!(number.parse::<usize>().unwrap() >= 3, "{words}");
            }
        }
        let log = letter(&journal, &LIBRARY, &Topic::Coaching(year_to(TODAY)), TODAY).unwrap();
        prop_assert!(!log.text().to_lowercase().contains(&DOCTOR.to_lowercase()));
    }

    #[test]
    fn taking_one_number_from_another_gives_no_small_one(
        uses in prop::collection::vec((0_usize..42, 1_usize..9), 0..8),
        of_own in 0_usize..3,
        meetings in 0_usize..12,
    ) {
        let templates = LIBRARY.templates();
        let talks = uses.iter().flat_map(|(at, times)| vec![templates[*at].id.as_str(); *times]);
        let talks: Vec<&str> = talks.chain(std::iter::repeat_n("own/one", of_own)).collect();
        let settings = Settings::default();
        let held = meetings.min(talks.len());
        let year = Year {
            settings: &settings,
            period: Period { from: date(2025, 11, 25), to: TODAY },
            today: TODAY,
            talks: talks
                .iter()
                .map(|template| Talk { template, date: TODAY, minutes: Some(30), doctor: None })
                .collect(),
            notes: Vec::new(),
            doctors: 2,
            meetings: (held, held),
            planned: Vec::new(),
            reflections: Vec::new(),
            learning: Vec::new(),
        };
        let figures = Figures::of(&year, Evidence::built_in());
        let exact = |said: Said| if let Said::Exactly(number) = said { Some(number) } else { None };
        let rows: Vec<usize> = figures.rows.iter().filter_map(|row| exact(row.count)).collect();
        let known = figures.rows.iter().map(|row| match row.count {
            Said::Exactly(number) | Said::MoreThan(number) => number,
            Said::None | Said::Few => 0,
        });
        let hides = |said: Said| matches!(said, Said::Few | Said::MoreThan(_));
        let few = figures.rows.iter().filter(|row| hides(row.count)).count();
        let small = |whole: usize, part: usize| whole > part && whole - part < 3;
        if let Some(talks) = exact(figures.talks) {
            for part in rows.iter().copied().chain(exact(figures.meetings.0)) {
                prop_assert!(!small(talks, part), "{talks} less {part}: {figures:?}");
            }
            let left = talks.saturating_sub(known.sum());
            prop_assert!(few == 0 || !(few..=2 * few).contains(&left), "{left}: {figures:?}");
        }
        for row in figures.rows.iter().filter_map(|row| exact(row.count)) {
            if let Some(meetings) = exact(figures.meetings.0) {
                prop_assert!(!small(row, meetings), "{row} less {meetings}");
            }
        }
        prop_assert_eq!(figures.doctors, None, "two doctors are not counted");
    }
}

#[test]
fn a_year_says_what_was_done_and_what_the_job_plan_gives() {
    let at = |id: &str| LIBRARY.templates().iter().position(|one| one.id == id).unwrap();
    let mut all: Vec<One> = Vec::new();
    for n in 0..12 {
        all.push((at("mid-point-review"), Some(n), 10 * i64::try_from(n).unwrap(), Some(40)));
    }
    all.extend([(at("after-a-serious-event"), Some(1), 30, None); 2]);
    all.extend([(at("career-explore"), Some(2), 40, Some(30)); 4]);
    let mut journal = journal(&all);
    let text = of(&journal).text();
    for words in [
        // 12 and 4 make 16, and one row hides what it has: 18 would tell it.
        "Conversations: more than 16",
        "Time in them: 10 hours, not all timed",
        "Job plan: 1.25 PA for 5 doctors, about 261 hours in these dates.",
        "5 Progress\nWhat shows it: Meetings of the training year\nCount: 12",
        "6 Development\nWhat shows it: Career conversations\nCount: 4",
        "1 Safe care\nWhat shows it: Conversations and reflections\nCount: fewer than 3",
        "4 Assessment\nWhat shows it: Nothing recorded\nCount: none",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let course = Learning {
        date: date(2026, 3, 3),
        title: "Hard conversations".to_owned(),
        kind: LearningKind::Course,
        minutes: Some(330),
        area: Some(4),
        changed: "I count to seven.".to_owned(),
        removed: None,
        extra: serde_json::Map::new(),
    };
    journal.put(Id::new(900, 1), Body::Learning(course));
    let text = of(&journal).text();
    for words in [
        "My learning: 5.5 hours",
        "4 Assessment\nWhat shows it: Course\nCount: my own learning",
        "3 March 2026\nWhat I did: Hard conversations\nCourse. Area 4, Assessment\n\
         What changed: I count to seven.\nTime: 5.5 hours",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn the_coaching_log_counts_hours_and_gives_numbers_only_when_asked() {
    let at = |id: &str| LIBRARY.templates().iter().position(|one| one.id == id).unwrap();
    let all = [
        (at("task-coaching"), Some(3), 20, Some(30)),
        (at("mid-point-review"), Some(3), 15, Some(45)),
        (at("career-explore"), Some(1), 10, Some(60)),
        (at("task-coaching"), Some(3), 5, Some(30)),
    ];
    let mut journal = journal(&all);
    let log = |journal: &Journal| {
        let topic = Topic::Coaching(year_to(TODAY));
        letter(journal, &LIBRARY, &topic, TODAY).unwrap().text()
    };
    let text = log(&journal);
    assert!(text.contains("Conversations: 3\nTime in all: 2 hours"), "{text}");
    assert!(text.contains("4 November 2026\nKind of talk: Coaching\nLength: 30 minutes"), "{text}");
    assert!(!text.contains("Doctor 1"), "{text}");
    let educator = Educator { numbered: true, ..Educator::default() };
    journal.put(Id::new(7, 7), Body::Settings(Settings { educator, ..Settings::default() }));
    let text = log(&journal);
    let with: Vec<&str> = text.lines().filter(|line| line.starts_with("With: ")).collect();
    assert_eq!(with, ["With: Doctor 1", "With: Doctor 2", "With: Doctor 1"]);
}

#[test]
fn the_seven_areas_name_templates_that_are_there_and_leave_none_out() {
    let evidence = Evidence::built_in();
    let list = LIBRARY.list("aome").unwrap();
    let codes: Vec<&str> = evidence.areas.iter().map(|area| area.code.as_str()).collect();
    assert_eq!(codes, list.items.iter().map(|item| item.code.as_str()).collect::<Vec<_>>());
    let shows = evidence.areas.iter().flat_map(|area| &area.shows);
    let named: BTreeSet<&str> = shows.flat_map(|one| &one.templates).map(String::as_str).collect();
    let there: BTreeSet<&str> = LIBRARY.templates().iter().map(|one| one.id.as_str()).collect();
    // A doctor's own list before a meeting is no work of an educator.
    let work = there.iter().copied().filter(|id| *id != PREPARE);
    assert_eq!(named, work.collect());
    let coaching = evidence.coaching.iter().flat_map(|one| &one.templates);
    assert!(coaching.into_iter().all(|id| there.contains(id.as_str())));
    assert!(!evidence.sources.is_empty() && !evidence.unsure.is_empty());
}

#[test]
fn learning_of_another_shape_is_kept_as_it_lies() {
    let strange = serde_json::json!({ "kind": "hologram", "date": [2031], "by": "a newer Cairn" });
    let body = Body::read(Kind::Learning, &strange).unwrap();
    assert_eq!(body, Body::Other(Kind::Learning, strange.clone()));
    assert_eq!(body.write().unwrap(), strange);
    let known = serde_json::json!({
        "date": "2026-03-03", "title": "A course", "kind": "course", "later": true,
    });
    let body = Body::read(Kind::Learning, &known).unwrap();
    assert!(matches!(body, Body::Learning(_)));
    assert_eq!(body.write().unwrap(), known, "a newer field stays");
}
