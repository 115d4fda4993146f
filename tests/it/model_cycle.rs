//! The meetings of a year: which there are, which were held, and how the others stand.

use std::sync::OnceLock;

use cairn::library::{Library, read_cycle};
use cairn::model::cycle::{Cycle, Expected, HeldMeeting, Standing, progress};
use cairn::model::{Id, Person, Placement};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::json;

use crate::support::prose::{grade, sentences};

const TODAY: Date = date(2026, 11, 24);

/// Read once: the library checks every file in it.
fn cycles() -> &'static [Cycle] {
    static CYCLES: OnceLock<Vec<Cycle>> = OnceLock::new();
    CYCLES.get_or_init(|| Library::built_in().unwrap().cycles().to_vec())
}

fn doctor(stage: &str, programme: &str) -> Person {
    let placement = |post: &str, from: Date, to: Date| Placement {
        post: post.to_owned(),
        from,
        to: Some(to),
        ..Placement::default()
    };
    Person {
        stage: stage.to_owned(),
        programme: programme.to_owned(),
        arcp_date: Some(date(2027, 6, 9)),
        placements: vec![
            placement("acute medicine", date(2026, 8, 5), date(2026, 12, 1)),
            placement("geriatrics", date(2026, 12, 2), date(2027, 4, 6)),
            placement("respiratory", date(2027, 4, 7), date(2027, 8, 3)),
        ],
        ..Person::default()
    }
}

fn held(number: u128, day: Date, template: &str) -> HeldMeeting<'_> {
    HeldMeeting { id: Id::new(1, number), date: day, template }
}

fn told(expected: &[Expected]) -> Vec<String> {
    let post = |one: &Expected| {
        if one.post.is_empty() { String::new() } else { format!(" ({})", one.post) }
    };
    expected.iter().map(|one| format!("{}{}: {}", one.title, post(one), one.words)).collect()
}

#[test]
fn the_stage_decides_and_then_the_programme() {
    let cycles = cycles();
    for (stage, programme, cycle) in [
        ("F1", "", "foundation"),
        ("FY2", "", "foundation"),
        ("f2", "surgery", "foundation"),
        ("GPST3", "", "gp"),
        ("ST1", "General Practice (vocational)", "gp"),
        ("ST2", "GP", "gp"),
        ("ST4", "gpa medicine", "hospital"),
        ("IMT2", "acute medicine", "hospital"),
        ("Fellow", "", "hospital"),
        ("", "", "hospital"),
    ] {
        let person = doctor(stage, programme);
        assert_eq!(Cycle::of(cycles, &person).unwrap().id, cycle, "{stage} {programme}");
    }
    assert_eq!(cycles[0].next_changeover(TODAY), Some(date(2026, 12, 2)));
    assert_eq!(cycles[1].next_changeover(TODAY), Some(date(2027, 2, 3)));
}

#[test]
fn a_foundation_year_has_its_four_meetings_and_an_end_to_each_post() {
    let person = doctor("F2", "");
    let expected = cycles()[0].expected(
        &person,
        &[held(1, date(2026, 8, 18), "first-meeting"), held(2, date(2026, 9, 9), "task-coaching")],
        TODAY,
    );
    assert_eq!(
        told(&expected),
        [
            "First meeting of the year: Held 18 August",
            "Second meeting: Due until 31 December",
            "End of placement (acute medicine): Due until 1 December",
            "Third meeting: From 1 March 2027 to 30 April 2027",
            "End of placement (geriatrics): From 9 March 2027 to 6 April 2027",
            "End-of-year report: From 1 May 2027 to 30 June 2027",
            "End of placement (respiratory): From 6 July 2027 to 3 August 2027",
        ]
    );
    assert_eq!(progress(&expected), (1, 7));
    assert_eq!(expected[1].template, "mid-point-review");
}

#[test]
fn a_hospital_post_has_a_beginning_a_middle_and_an_end() {
    let person = doctor("IMT2", "acute medicine");
    let cycle = &cycles()[2];
    let none = cycle.expected(&person, &[], TODAY);
    assert_eq!(
        told(&none)[..3],
        [
            "First meeting and learning agreement (acute medicine): Was due until 2 September, 83 \
             days ago",
            "Mid-point review (acute medicine): None recorded",
            "End of placement (acute medicine): Due until 1 December",
        ]
    );
    assert_eq!(none.last().unwrap().words, "From 6 July 2027 to 3 August 2027");
    let report = none.iter().find(|one| one.code == "report").unwrap();
    assert_eq!((report.from, report.to), (date(2027, 3, 31), date(2027, 5, 26)));

    let some = cycle.expected(
        &person,
        &[
            held(1, date(2026, 7, 29), "first-meeting-new-to-uk"),
            held(2, date(2026, 10, 6), "mid-point-review"),
        ],
        TODAY,
    );
    assert_eq!(
        told(&some)[0].as_str(),
        "First meeting and learning agreement (acute medicine): Held 29 July"
    );
    assert_eq!(told(&some)[1].as_str(), "Mid-point review (acute medicine): Held 6 October");
    assert!(matches!(some[1].standing, Standing::Held { session, .. } if session == Id::new(1, 2)));
}

#[test]
fn the_review_in_general_practice_comes_back_six_months_after_the_last() {
    let person = doctor("GPST2", "");
    let cycle = &cycles()[1];
    let esr = |held: &[HeldMeeting<'_>]| -> Vec<(Date, Date)> {
        let all = cycle.expected(&person, held, TODAY);
        all.iter().filter(|one| one.code == "esr").map(|one| (one.from, one.to)).collect()
    };
    assert_eq!(
        esr(&[]),
        [(date(2026, 12, 25), date(2027, 2, 5)), (date(2027, 6, 24), date(2027, 8, 5)),]
    );
    // Held a little early, the next is six months from then; one of the year before counts too.
    let early = [held(1, date(2027, 1, 20), "mid-point-review")];
    let all = cycle.expected(&person, &early, date(2027, 3, 1));
    let esr_of: Vec<&Expected> = all.iter().filter(|one| one.code == "esr").collect();
    assert_eq!(esr_of[0].words, "Held 20 January");
    assert_eq!(esr_of[1].to, date(2027, 7, 20));
    let before = [held(1, date(2026, 7, 1), "before-arcp")];
    assert_eq!(esr(&before)[0].1, date(2027, 1, 1));
}

#[test]
fn a_conversation_counts_once_and_never_before_it_was_held() {
    let person = doctor("IMT2", "");
    let cycle = &cycles()[2];
    let one = [held(1, date(2026, 12, 1), "end-of-placement")];
    let ends = |today: Date| {
        let all = cycle.expected(&person, &one, today);
        let ends = all.into_iter().filter(|one| one.code == "end");
        ends.filter(|one| matches!(one.standing, Standing::Held { .. })).count()
    };
    assert_eq!(ends(TODAY), 0, "a date ahead is a plan");
    assert_eq!(ends(date(2027, 8, 1)), 1);
}

#[test]
fn odd_placements_bring_no_odd_meetings() {
    let mut person = doctor("IMT2", "");
    let cycle = &cycles()[2];
    person.arcp_date = None;
    person.placements.truncate(1);
    person.placements[0].to = None;
    let all = told(&cycle.expected(&person, &[], TODAY));
    assert_eq!(all.len(), 1, "{all:?}");
    // It ends before it begins.
    person.placements[0].to = Some(date(2026, 8, 1));
    assert_eq!(cycle.expected(&person, &[], TODAY), []);
    // Too short for a middle.
    person.placements[0].to = Some(date(2026, 9, 1));
    let codes: Vec<String> =
        cycle.expected(&person, &[], TODAY).into_iter().map(|one| one.code).collect();
    assert_eq!(codes, ["first", "end"]);
    person.placements[0] =
        Placement { from: Date::MAX, to: Some(Date::MAX), ..Placement::default() };
    assert_eq!(cycle.expected(&person, &[], TODAY), []);
    assert_eq!(cycle.expected(&person, &[], Date::MAX), []);
}

#[test]
fn the_built_in_cycles_are_dated_sourced_and_plain() {
    for cycle in cycles() {
        assert_eq!(cycle.checked, "2026-11", "{}", cycle.id);
        let texts = [cycle.about.as_str(), cycle.unsure.as_str()];
        for sentence in texts.iter().flat_map(|text| sentences(text)) {
            assert!(sentence.split_whitespace().count() <= 20, "{}: {sentence}", cycle.id);
        }
        assert!(grade(texts.into_iter()) <= 9.0, "{}: {}", cycle.id, grade(texts.into_iter()));
        assert!(cycle.sources.len() >= 3);
    }
}

#[test]
fn a_broken_cycle_says_what_to_mend() {
    let sound = || {
        json!({ "id": "mine", "version": 1, "title": "Mine", "about": "My own.",
            "checked": "2026-11", "sources": ["Me, 2026"], "changeovers": [8],
            "meetings": [{ "code": "a", "title": "A", "templates": ["first-meeting"],
                "when": { "at": "placement_start", "within": 28 } }] })
    };
    assert!(read_cycle("mine.json", sound().to_string().as_bytes()).is_ok());
    for (pointer, value, words) in [
        ("/sources", json!([]), "a cycle needs at least one source"),
        ("/changeovers", json!([13]), "must be months from 1 to 12"),
        ("/meetings/0/templates", json!([]), "it needs at least one template"),
        ("/meetings/0/when/within", json!(-3), "days from 0 to 366"),
        ("/meetings/0/when", json!({ "at": "sometimes" }), "unknown variant"),
        ("/meetings/0/when", json!({ "at": "every", "months": 0, "opens": 1 }), "“when” must give"),
    ] {
        let mut cycle = sound();
        *cycle.pointer_mut(pointer).unwrap() = value;
        let error = read_cycle("mine.json", cycle.to_string().as_bytes()).unwrap_err().to_string();
        assert!(error.contains(words), "{pointer}: {error}");
    }
    assert!(read_cycle("x", b"[").is_err());
    assert!(read_cycle("x", &vec![b'['; 2 << 20]).is_err());
}

proptest! {
    #[test]
    fn no_meeting_is_due_outside_its_time(
        ahead in 0_i32..360,
        sessions in prop::collection::vec((0_i32..400, 0_usize..4), 0..20),
        which in 0_usize..3,
        arcp in prop::option::of(0_i32..700),
    ) {
        let templates = ["first-meeting", "mid-point-review", "end-of-placement", "before-arcp"];
        let today = date(2026, 8, 5) + ahead.days();
        let mut person = doctor("", "");
        person.arcp_date = arcp.map(|arcp| date(2026, 8, 5) + arcp.days());
        let held: Vec<HeldMeeting<'_>> = sessions
            .iter()
            .enumerate()
            .map(|(at, (day, template))| {
                held(at as u128, date(2026, 7, 1) + day.days(), templates[*template])
            })
            .collect();
        let all = cycles()[which].expected(&person, &held, today);
        let mut used = Vec::new();
        for one in &all {
            prop_assert!(one.from <= one.to, "{one:?}");
            match one.standing {
                Standing::Due => prop_assert!(one.from <= today && today <= one.to),
                Standing::Late { days } => prop_assert_eq!(days, (today - one.to).get_days()),
                Standing::Next => prop_assert!(today < one.from),
                Standing::NotRecorded => prop_assert!(one.to < today),
                Standing::Held { on, session } => {
                    prop_assert!(on <= today);
                    prop_assert!(!used.contains(&(one.code.clone(), session)), "counted twice");
                    used.push((one.code.clone(), session));
                }
            }
        }
        prop_assert!(all.windows(2).all(|pair| pair[0].from <= pair[1].from));
    }
}
