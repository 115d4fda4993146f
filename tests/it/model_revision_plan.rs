//! Plans of revision: the same for the same input, within the hours, with growing pauses, and
//! plain about too little time.

use std::collections::BTreeMap;

use cairn::model::revision_plan::{PAUSES, PlanError, StudyDay, Topic, Wanted, What, plan};
use cairn::model::{Layer, Owner};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

const FROM: Date = date(2026, 11, 24);

fn wanted(days: i32, hours: u8, confidences: &[u8]) -> Wanted {
    let topic = |(at, confidence): (usize, &u8)| Topic {
        name: format!("Topic {}", at + 1),
        confidence: *confidence,
    };
    Wanted {
        exam: "PACES".to_owned(),
        exam_date: FROM + days.days(),
        from: FROM,
        hours_a_week: hours,
        rest: Weekday::Sunday,
        topics: confidences.iter().enumerate().map(topic).collect(),
    }
}

fn whole(blocks: &[StudyDay], test: impl Fn(&What) -> bool) -> Vec<Date> {
    let days = blocks.iter().filter(|day| day.blocks.iter().any(|block| test(&block.what)));
    days.map(|day| day.date).collect()
}

#[test]
fn a_plan_with_enough_time_holds_every_topic_review_and_mock() {
    let plan = plan(&wanted(88, 6, &[1, 2, 3, 4, 5, 3])).unwrap();
    assert_eq!(plan.short, None, "{}", plan.words());
    let mocks = whole(&plan.days, |what| *what == What::Mock);
    let before: Vec<i32> = mocks.iter().map(|day| (FROM + 88.days() - *day).get_days()).collect();
    assert_eq!(before, [42, 21, 7]);
    let first = whole(&plan.days, |what| *what == What::First("Topic 1".to_owned()));
    let reviews: Vec<Date> = (1..=5)
        .flat_map(|n| whole(&plan.days, |what| *what == What::Review("Topic 1".to_owned(), n)))
        .collect();
    assert_eq!(reviews.len(), 5, "the least sure topic comes back at every pause");
    let seen = *first.last().unwrap();
    for (review, pause) in reviews.iter().zip(PAUSES) {
        let waited = (*review - seen).get_days();
        assert!((pause..=pause + 3).contains(&waited), "{waited} for {pause}");
    }
    let sure = whole(&plan.days, |what| matches!(what, What::Review(name, _) if name == "Topic 5"));
    assert_eq!(sure.len(), 3, "what is known well comes back less often");
    let words = plan.words();
    assert!(words.ends_with("2027.") && words.contains("hours on"), "{words}");
}

#[test]
fn its_days_become_actions_that_can_be_moved() {
    let plan = plan(&wanted(60, 4, &[2, 4])).unwrap();
    let actions = plan.actions(None, FROM, Layer::Shared);
    assert_eq!(actions.len(), plan.days.len());
    for (action, day) in actions.iter().zip(&plan.days) {
        assert_eq!(
            (action.due, action.layer, action.owner),
            (Some(day.date), Layer::Shared, Owner::Them)
        );
    }
    assert!(
        actions[0].text.starts_with("Revise for PACES: 60 minutes. Topic 1, first pass"),
        "{}",
        actions[0].text
    );
}

#[test]
fn too_little_time_is_said_with_what_would_be_enough() {
    let few = plan(&wanted(30, 2, &[1; 12])).unwrap();
    let short = few.short.clone().expect("12 unknown topics do not fit into 8 hours");
    assert!(short.topics.len() >= 5, "{short:?}");
    let words = few.words();
    assert!(words.contains("Too little time: no time for Topic"), "{words}");
    let hours = short.hours_needed.expect("more hours hold it");
    assert!(words.contains(&format!("About {hours} hours a week would hold it all.")), "{words}");
    assert_eq!(plan(&wanted(30, hours, &[1; 12])).unwrap().short, None);
    assert!(plan(&wanted(30, hours - 1, &[1; 12])).unwrap().short.is_some());
    // The day before the exam is free, so nothing fits.
    let none = plan(&wanted(1, 40, &[3])).unwrap();
    assert_eq!(none.days, []);
    let words = none.words();
    assert!(words.contains("no day for study") && words.contains("a later sitting"), "{words}");
}

#[test]
fn odd_input_is_refused_with_what_to_mend() {
    assert_eq!(plan(&wanted(0, 6, &[3])), Err(PlanError::NotAhead));
    assert_eq!(plan(&wanted(-9, 6, &[3])), Err(PlanError::NotAhead));
    assert_eq!(plan(&wanted(401, 6, &[3])), Err(PlanError::TooFar));
    assert_eq!(plan(&wanted(88, 6, &[])), Err(PlanError::Topics));
    assert_eq!(plan(&wanted(88, 6, &[3; 101])), Err(PlanError::Topics));
    assert_eq!(plan(&wanted(88, 6, &[0])), Err(PlanError::Confidence));
    assert_eq!(plan(&wanted(88, 6, &[6])), Err(PlanError::Confidence));
    assert_eq!(plan(&wanted(88, 0, &[3])), Err(PlanError::Hours));
    assert_eq!(plan(&wanted(88, 61, &[3])), Err(PlanError::Hours));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_plan_keeps_its_promises(
        days in 1_i32..=200,
        hours in 1_u8..=20,
        confidences in prop::collection::vec(1_u8..=5, 1..15),
        rest in 0_i8..7,
    ) {
        let rest = Weekday::from_monday_zero_offset(rest).unwrap();
        let wanted = Wanted { rest, ..wanted(days, hours, &confidences) };
        let made = plan(&wanted).unwrap();
        prop_assert_eq!(&made, &plan(&wanted).unwrap(), "the same again");
        let mut weeks: BTreeMap<i32, i32> = BTreeMap::new();
        for day in &made.days {
            prop_assert!(day.date >= FROM && day.date < wanted.exam_date.yesterday().unwrap());
            prop_assert!(day.date.weekday() != rest, "the day of rest is free");
            prop_assert!(!day.blocks.is_empty() && day.blocks.iter().all(|one| one.minutes > 0));
            *weeks.entry((day.date - FROM).get_days() / 7).or_default() += day.minutes();
        }
        let most = i32::from(hours) * 60;
        prop_assert!(weeks.values().all(|minutes| *minutes <= most), "{:?} of {}", weeks, most);
        prop_assert!(made.days.windows(2).all(|pair| pair[0].date < pair[1].date));
        // What has its place and what is missing are all there is.
        let mut passes: BTreeMap<String, i32> = BTreeMap::new();
        for block in made.days.iter().flat_map(|day| &day.blocks) {
            if let What::First(name) = &block.what {
                *passes.entry(name.clone()).or_default() += block.minutes;
            }
        }
        let short = made.short.as_ref();
        let missing = short.map_or(0, |short| short.topics.len());
        prop_assert_eq!(passes.len() + missing, confidences.len());
        let all: i32 = confidences.iter().map(|c| [90, 75, 60, 45, 30][usize::from(*c) - 1]).sum();
        let not_begun: i32 = wanted.topics.iter()
            .filter(|topic| short.is_some_and(|short| short.topics.contains(&topic.name)))
            .map(|topic| [90, 75, 60, 45, 30][usize::from(topic.confidence) - 1])
            .sum();
        let begun = short.map_or(0, |short| short.minutes);
        prop_assert_eq!(passes.values().sum::<i32>() + not_begun + begun, all);
        if let Some(hours) = short.and_then(|short| short.hours_needed) {
            let enough = plan(&Wanted { hours_a_week: hours, ..wanted.clone() }).unwrap();
            prop_assert_eq!(enough.short, None);
        }
    }
}
