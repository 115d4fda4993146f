//! Boxes of portfolios: everything chosen is in one, and nothing else.

use std::collections::BTreeSet;
use std::time::Instant;

use cairn::export::portfolio::{self, Part, all, as_text, blocks, suggested};
use cairn::export::{LineId, order};
use cairn::model::session::ArcpHeading;
use cairn::model::{ArcpLine, Person};
use jiff::civil::date;
use proptest::prelude::*;

use super::records::{CANARY, amina, amina_with_canaries, line, session};

#[test]
fn every_portfolio_has_a_date_and_sources_and_a_box_for_every_part() {
    let files = std::fs::read_dir("assets/portfolios").unwrap().count();
    assert_eq!((all().len(), files), (11, 11));
    let mut ids = BTreeSet::new();
    for one in all() {
        assert!(ids.insert(&one.id), "{} is there twice", one.id);
        assert!(!one.sources.is_empty() && !one.unsure.is_empty(), "{}", one.id);
        assert_eq!((one.checked.len(), one.version), (7, 1), "{}", one.id);
        let mut codes = BTreeSet::new();
        assert!(one.boxes.iter().all(|it| codes.insert(&it.code)), "{}", one.id);
        let parts: BTreeSet<Part> = one.boxes.iter().flat_map(|it| it.from.clone()).collect();
        let wanted = ArcpHeading::ALL.map(Part::Lines);
        let wanted = wanted.into_iter().chain([Part::About, Part::Answers, Part::Actions]);
        for part in wanted {
            assert!(parts.contains(&part), "{} has no box for {part:?}", one.id);
        }
        for it in &one.boxes {
            let own = it.from.contains(&Part::Lines(ArcpHeading::DoctorsWords));
            let judged = it.from.contains(&Part::Lines(ArcpHeading::Capabilities));
            assert!(!(own && judged), "{}: both people’s words in one box", one.id);
        }
    }
}

#[test]
fn stage_and_programme_suggest_the_portfolio() {
    let cases = [
        ("F2", "acute medicine", Some("horus")),
        ("FY1", "Foundation, Scotland", Some("turas")),
        ("GPST2", "emergency medicine", Some("fourteenfish")),
        ("ST3", "General practice", Some("fourteenfish")),
        ("IMT2", "acute medicine", Some("jrcptb")),
        ("ST5", "Emergency medicine", Some("kaizen-rcem")),
        ("ST4", "Paediatrics", Some("kaizen-rcpch")),
        ("ST2", "Clinical radiology", Some("kaizen-rcr")),
        ("ST6", "Intensive care medicine", Some("llp")),
        ("CT1", "Core psychiatry", Some("rcpsych")),
        ("ST4", "Trauma and orthopaedics surgery", Some("iscp")),
        ("ST4", "Medical ethics", None),
        ("", "", None),
    ];
    for (stage, programme, wanted) in cases {
        let person = Person {
            stage: stage.to_owned(),
            programme: programme.to_owned(),
            ..Person::default()
        };
        let found = suggested(&person).map(|it| it.id.as_str());
        assert_eq!(found, wanted, "{stage} {programme}");
        let used = portfolio::of(&person).unwrap();
        assert_eq!(used.id, wanted.unwrap_or("any"));
        let chosen = Person { portfolio: "llp".to_owned(), ..person };
        assert_eq!(portfolio::of(&chosen).unwrap().id, "llp");
    }
}

#[test]
fn every_chosen_line_is_in_a_box_and_what_is_left_out_in_none() {
    let records = amina();
    let whole = records.summary();
    let out: Vec<LineId> = whole.lines().map(|line| line.id).step_by(3).collect();
    let gone: Vec<&str> =
        whole.lines().filter(|line| out.contains(&line.id)).map(|l| l.text.as_str()).collect();
    let summary = records.summary_without(&out.iter().copied().collect());
    for one in all() {
        let blocks = blocks(one, &summary);
        let text = as_text(one, &blocks);
        for line in summary.lines() {
            assert!(text.contains(&line.text), "{}: {}", one.id, line.text);
            let holds = blocks.iter().filter(|block| block.lines.contains(&line.id));
            assert_eq!(holds.count(), 1, "{}: {}", one.id, line.text);
        }
        assert!(summary.actions.iter().all(|action| text.contains(&action.text)));
        assert!(gone.iter().all(|line| !text.contains(line)), "{}", one.id);
        for block in &blocks {
            assert!(!block.text.contains(['\t', '\u{a0}', '•']), "{}", block.label);
            assert_eq!(block.length, block.text.chars().count());
        }
        let keys: BTreeSet<&str> = blocks.iter().map(|block| block.key.as_str()).collect();
        let filled = blocks.iter().filter(|block| !block.text.is_empty()).count();
        assert!(keys.len() >= filled, "{}: two boxes are ticked together", one.id);
    }
}

#[test]
fn a_capability_is_a_box_of_its_own_with_its_evidence() {
    let summary = amina().summary();
    let found = blocks(portfolio::find("jrcptb").unwrap(), &summary);
    let each: Vec<_> = found.iter().filter(|it| it.label.starts_with("Capability in")).collect();
    assert_eq!(each.len(), 5);
    assert_eq!(each[0].label, "Capability in practice: comments: Acute take");
    assert!(each[0].text.ends_with("\nEvidence: ACAT, 22 October 2026"), "{}", each[0].text);
    assert!(each[4].text.contains("Supervisor’s view, not agreed"), "{}", each[4].text);
    assert!(found[0].text.starts_with("Dr Amina Larkspur\n"), "{}", found[0].text);
}

#[test]
fn nothing_private_is_in_a_box() {
    let summary = amina_with_canaries().summary();
    for one in all() {
        let blocks = blocks(one, &summary);
        assert!(!format!("{blocks:?}").contains(CANARY), "{}", one.id);
        assert!(!as_text(one, &blocks).contains(CANARY), "{}", one.id);
    }
}

#[test]
fn a_line_keeps_its_name_until_its_words_change() {
    let mut records = amina();
    let names = |records: &super::records::Records| -> Vec<String> {
        records.summary().lines().map(|line| line.id.to_string()).collect()
    };
    let before = names(&records);
    assert!(before.iter().all(|name| name.parse::<LineId>().unwrap().to_string() == *name));
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), before.len());
    // A line that is put before the others changes no name of theirs.
    let new = line(ArcpHeading::Strengths, "Put in later.", &[]);
    let talk = records.sessions.iter().position(|(_, talk)| talk.arcp.len() > 3).unwrap();
    records.sessions[talk].1.arcp.insert(0, new);
    let after = names(&records);
    assert!(before.iter().all(|name| after.contains(name)));
    records.sessions[talk].1.arcp[1].text.push('.');
    let changed = names(&records);
    assert_eq!(before.iter().filter(|name| !changed.contains(name)).count(), 1);
    assert!("line:x:y".parse::<LineId>().is_err() && "later:1".parse::<LineId>().is_err());
}

#[test]
fn boxes_of_2000_lines_are_made_in_a_moment() {
    let mut records = amina();
    let lines = (0..2_000).map(|n| ArcpLine {
        text: format!("Line {n}: takes a full share and calls early."),
        ..line(ArcpHeading::Capabilities, "", &[("CBD", date(2027, 1, 9))])
    });
    let (id, mut talk) = session(50, date(2027, 4, 1));
    talk.arcp = lines.collect();
    records.sessions.push((id, talk));
    let begin = Instant::now();
    let summary = records.summary();
    let boxes = blocks(portfolio::find("jrcptb").unwrap(), &summary);
    let took = begin.elapsed();
    eprintln!("PORTFOLIO: {} boxes of 2,000 lines in {took:?}", boxes.len());
    assert!(boxes.len() >= 2_005);
    assert!(took.as_secs() < 20, "{took:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// However lines are moved and left out, the page holds each of the others once.
    #[test]
    fn an_order_is_a_permutation(
        moves in prop::collection::vec((0usize..12, 0usize..14), 0..12),
        out in prop::collection::btree_set(0usize..22, 0..8),
    ) {
        let mut records = amina();
        let first = records.summary();
        let all: Vec<LineId> = first.lines().map(|line| line.id).collect();
        for (which, to) in moves {
            let summary = records.summary();
            let lines = &summary.sections[1 + which % 3].lines;
            let together: Vec<LineId> = lines.iter().map(|line| line.id).collect();
            let Some(line) = together.get(which % together.len().max(1)) else { continue };
            let place = order::move_to(&mut records.person, &together, *line, to).unwrap();
            let now = records.summary();
            let now = &now.sections[1 + which % 3].lines;
            prop_assert_eq!(now[place].id, *line);
            let rest = |lines: &[cairn::export::summary::Line]| -> Vec<LineId> {
                lines.iter().map(|line| line.id).filter(|id| id != line).collect()
            };
            prop_assert_eq!(rest(now), rest(lines), "the others keep their order");
        }
        for at in &out {
            if let Some(line) = all.get(*at) {
                order::leave_out(&mut records.person, *line, true);
            }
        }
        let gone = order::left_out(&records.person);
        let summary = records.summary_without(&gone);
        let mut left: Vec<LineId> = summary.lines().map(|line| line.id).collect();
        let mut wanted: Vec<LineId> =
            all.iter().copied().filter(|id| !gone.contains(id)).collect();
        left.sort_unstable();
        wanted.sort_unstable();
        prop_assert_eq!(left, wanted);
    }
}
