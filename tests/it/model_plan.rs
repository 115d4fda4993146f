//! A career plan keeps who wrote which paragraph, what both agreed, and what changed since.

use std::collections::BTreeSet;

use cairn::model::compare::rows;
use cairn::model::merge::{Version, merge};
use cairn::model::plan::{Author, FIRST, Labels, Plan, PlanField, Road, changes_between};
use cairn::model::text::fields;
use cairn::model::{Body, Entry, Id, Kind, Layer, Rev};
use jiff::Timestamp;
use proptest::prelude::*;

const PERSON: Id = Id::new(1, 1);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

/// Identities that no other record of the test has.
fn fresh(from: u128) -> impl FnMut() -> Id {
    let mut next = from;
    move || {
        next += 1;
        Id::new(2, next)
    }
}

fn author(is_doctor: bool) -> (Author, &'static str) {
    if is_doctor { (Author::Doctor, "Dr Ash") } else { (Author::Supervisor, "Dr Birch") }
}

/// Texts of up to five lines of few words, so that lines come again and blank ones stand between.
fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just(String::new()),
        "[ab]{1,2}( [cd]{1,2}){0,2}",
        Just("  teach one day a week  ".to_owned()),
    ];
    prop::collection::vec(line, 0..5).prop_map(|lines| lines.join("\n"))
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

proptest! {
    /// Whatever is written, in whatever order: the field says it, no identity comes twice, what
    /// nobody touched keeps its identity and author, and what is new is its writer's.
    #[test]
    fn a_field_says_what_was_written_and_by_whom(
        writings in prop::collection::vec((text(), any::<bool>()), 1..6)
    ) {
        let mut fresh = fresh(100);
        let mut plan = Plan::with(PERSON);
        for (n, (text, is_doctor)) in writings.iter().enumerate() {
            let (by, name) = author(*is_doctor);
            let before = plan.clone();
            let now = at(i64::try_from(n).unwrap());
            plan.set_field(PlanField::Barriers, text, by, name, now, &mut fresh);
            prop_assert_eq!(plan.text(PlanField::Barriers), lines(text).join("\n"));
            let ids: BTreeSet<&str> = plan.barriers.iter().map(|para| para.id.as_str()).collect();
            prop_assert_eq!(ids.len(), plan.barriers.len());
            for para in &plan.barriers {
                let same = before.barriers.iter().find(|old| old.id == para.id);
                if same.is_none_or(|old| old.text != para.text) {
                    prop_assert_eq!((para.by, para.name.as_str(), para.at), (by, name, now));
                } else {
                    prop_assert_eq!(Some(para), same);
                }
            }
            if before.barriers.is_empty() && !plan.barriers.is_empty() {
                prop_assert_eq!(&plan.barriers[0].id, FIRST);
            }
            // The same again changes nothing.
            let (other, name) = author(!is_doctor);
            let once = plan.clone();
            plan.set_field(PlanField::Barriers, text, other, name, at(99), &mut fresh);
            prop_assert_eq!(&plan, &once);
        }
        let json = Body::Plan(plan.clone()).write().unwrap();
        prop_assert_eq!(Body::read(Kind::Plan, &json).unwrap(), Body::Plan(plan));
    }

    /// A version is agreed when both agree to the same words, whichever record came first; later
    /// words leave it as it was and show as changes against it.
    #[test]
    fn agreed_words_stay_as_they_were(
        first in text(), later in text(), doctor_first in any::<bool>()
    ) {
        prop_assume!(!lines(&first).is_empty());
        let mut fresh = fresh(100);
        let mut plan = Plan::with(PERSON);
        let (doctor, name) = author(true);
        plan.set_field(PlanField::Year5, &first, doctor, name, at(0), &mut fresh);
        let (one, other) = (author(doctor_first), author(!doctor_first));
        prop_assert!(plan.accept(one.0, one.1, at(1), fresh().to_string()));
        prop_assert!(!plan.accept(one.0, one.1, at(2), fresh().to_string()), "twice is once");
        prop_assert!(plan.agreed().is_none(), "one alone agrees nothing");
        prop_assert!(plan.accept(other.0, other.1, at(3), fresh().to_string()));
        let agreed = plan.agreed().unwrap();
        prop_assert_eq!(agreed.number, 1);
        prop_assert_eq!(&agreed.names, &["Dr Ash".to_owned(), "Dr Birch".to_owned()]);
        prop_assert_eq!(agreed.since(), at(3));
        prop_assert!(plan.changed_since_agreed().is_empty());

        plan.set_field(PlanField::Year5, &later, doctor, name, at(4), &mut fresh);
        prop_assert_eq!(plan.agreed().unwrap(), agreed.clone());
        let differs = lines(&first) != lines(&later);
        prop_assert_eq!(plan.changed_since_agreed().len(), usize::from(differs));
        plan.accepted.reverse();
        prop_assert_eq!(plan.agreed().unwrap(), agreed, "the order of the list says nothing");
    }

    /// Changes name exactly the fields that differ, and their pieces give both texts.
    #[test]
    fn changes_tell_both_texts(old in text(), new in text(), third in text()) {
        let mut fresh = fresh(100);
        let (by, name) = author(true);
        let mut plan = Plan::with(PERSON);
        plan.set_field(PlanField::Next, &old, by, name, at(0), &mut fresh);
        plan.set_field(PlanField::Why, &third, by, name, at(0), &mut fresh);
        let before = plan.words();
        plan.set_field(PlanField::Next, &new, by, name, at(1), &mut fresh);
        let changes = changes_between(&before, &plan.words());
        prop_assert_eq!(changes.len(), usize::from(lines(&old) != lines(&new)));
        for change in changes {
            prop_assert_eq!(change.field(), Some(PlanField::Next));
            let said = |fates: [bool; 3]| -> String {
                let pieces = change.pieces();
                pieces.into_iter().filter(|p| fates[p.fate as usize]).map(|p| p.text).collect()
            };
            prop_assert_eq!(said([true, true, false]), lines(&old).join("\n"));
            prop_assert_eq!(said([true, false, true]), lines(&new).join("\n"));
            prop_assert!(!change.words().is_empty());
        }
    }
}

/// A plan in which the doctor began.
fn begun() -> (Plan, impl FnMut() -> Id) {
    let mut fresh = fresh(100);
    let (by, name) = author(true);
    let mut plan = Plan::with(PERSON);
    let words = "A consultant who teaches when I can, near Leeds.";
    plan.set_field(PlanField::Year5, words, by, name, at(0), &mut fresh);
    plan.set_field(PlanField::Options, "Emergency medicine\nAcute", by, name, at(0), &mut fresh);
    (plan, fresh)
}

#[test]
fn changes_are_told_in_plain_words() {
    let (mut plan, mut fresh) = begun();
    let (by, name) = author(true);
    plan.look(at(1));
    let words = "A consultant who teaches one day a week, near Leeds.";
    plan.set_field(PlanField::Year5, words, by, name, at(2), &mut fresh);
    plan.set_field(PlanField::Barriers, "Childcare on Fridays", by, name, at(2), &mut fresh);
    let option = plan.options[0].id.clone();
    plan.set_road((&option, Road::Anchors), "Leeds", by, name, at(2));
    let told: Vec<(String, String)> =
        plan.unseen().iter().map(|it| (it.heading(Labels::FourStages), it.words())).collect();
    let expected = [
        ("Five years", "“when I can” became “one day a week”"),
        ("Anchors, of an option", "Added “Leeds”"),
        ("Barriers", "Added “Childcare on Fridays”"),
    ];
    assert_eq!(told, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn what_i_write_myself_is_no_news() {
    let (mut plan, mut fresh) = begun();
    assert!(plan.unseen().is_empty(), "who never looked is told nothing word by word");
    plan.look(at(1));
    let (doctor, name) = author(true);
    plan.set_field(PlanField::Barriers, "Childcare", doctor, name, at(2), &mut fresh);
    let (me, mine) = author(false);
    plan.set_field(PlanField::Promises, "Ring Dr Bramble", me, mine, at(3), &mut fresh);
    plan.wrote(PlanField::Promises.key(), at(3));
    let unseen: Vec<_> = plan.unseen().iter().map(|change| change.field()).collect();
    assert_eq!(unseen, [Some(PlanField::Barriers)]);
}

#[test]
fn a_table_goes_with_its_option() {
    let (mut plan, mut fresh) = begun();
    let (by, name) = author(true);
    let [first, second] = [0, 1].map(|at| plan.options[at].id.clone());
    plan.set_road((&first, Road::Stress), "Nights", by, name, at(1));
    plan.set_road((&second, Road::Stress), "Few nights", by, name, at(1));
    plan.set_field(PlanField::Options, "Acute", by, name, at(2), &mut fresh);
    assert_eq!(plan.options[0].id, second);
    let left: Vec<&str> = plan.roads.iter().map(|para| para.text.as_str()).collect();
    assert_eq!(left, ["Few nights"]);
    assert_eq!(plan.road(&second, Road::Stress).map(|para| para.text.as_str()), Some("Few nights"));
}

#[test]
fn an_acceptance_with_other_words_agrees_nothing() {
    let (mut plan, mut fresh) = begun();
    for (by, name) in [author(true), author(false)] {
        plan.accept(by, name, at(1), fresh().to_string());
    }
    assert!(plan.agreed().is_some());
    plan.accepted[0].words.insert("promises".to_owned(), vec!["A house".to_owned()]);
    assert!(plan.agreed().is_none());
}

#[test]
fn a_private_note_is_in_no_words_of_the_plan() {
    let (mut plan, mut fresh) = begun();
    plan.set_note(PlanField::Year5, "Is this what she wants?", &mut fresh);
    plan.set_note(PlanField::Year5, "Is this what she wants herself?", &mut fresh);
    assert_eq!(plan.notes.len(), 1);
    assert_eq!(plan.note("year5"), "Is this what she wants herself?");
    assert!(!format!("{:?}", plan.words()).contains("herself"));
    let body = Body::Plan(plan);
    let private: Vec<String> = fields(&body)
        .into_iter()
        .filter(|field| field.layer == Layer::Private)
        .map(|field| field.text)
        .collect();
    assert_eq!(private, ["Is this what she wants herself?"]);
}

/// What two computers make of the same plan, and how much they ask.
fn merged(base: &Plan, mine: &Plan, theirs: &Plan) -> (Plan, usize) {
    let entry = |plan: &Plan, parents: Vec<Rev>| {
        let body = Body::Plan(plan.clone()).write().unwrap();
        Entry::new(Kind::Plan, PERSON, parents, body).unwrap()
    };
    let first = entry(base, Vec::new());
    let both = [mine, theirs].map(|plan| entry(plan, vec![first.rev]));
    let all = [&first, &both[0], &both[1]];
    let versions = all.map(|one| Version {
        rev: one.rev,
        parents: &one.parents,
        body: &one.body,
        writes: &[],
    });
    let merged = merge(Kind::Plan, &versions, &[both[0].rev, both[1].rev]).unwrap();
    let Body::Plan(plan) = Body::read(Kind::Plan, &merged.body).unwrap() else {
        panic!("still a plan")
    };
    (plan, merged.conflicts.len())
}

#[test]
fn two_who_write_in_different_paragraphs_never_meet() {
    let (base, _) = begun();
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    let (me, my_name) = author(false);
    let (them, name) = author(true);
    let options = "Emergency medicine, with simulation\nAcute";
    mine.set_field(PlanField::Options, options, me, my_name, at(1), &mut fresh(200));
    mine.look(at(1));
    theirs.set_field(
        PlanField::Options,
        "Emergency medicine\nAcute\nPalliative",
        them,
        name,
        at(2),
        &mut fresh(300),
    );
    theirs.look(at(2));
    let (both, asked) = merged(&base, &mine, &theirs);
    assert_eq!(both.text(PlanField::Options), format!("{options}\nPalliative"));
    assert_eq!(asked, 0);
}

#[test]
fn two_who_begin_the_same_empty_field_are_asked() {
    let (base, _) = begun();
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    for (plan, is_doctor, from) in [(&mut mine, false, 200), (&mut theirs, true, 300)] {
        let (by, name) = author(is_doctor);
        plan.set_field(PlanField::Promises, name, by, name, at(1), &mut fresh(from));
    }
    let (_, asked) = merged(&base, &mine, &theirs);
    assert_eq!(asked, 1);
}

#[test]
fn the_history_names_the_fields_as_the_page_does() {
    let (plan, mut fresh) = begun();
    let before = Body::Plan(plan.clone()).write().unwrap();
    let mut plan = plan;
    let (by, name) = author(false);
    plan.set_field(PlanField::Promises, "Ring Dr Bramble", by, name, at(5), &mut fresh);
    plan.look(at(6));
    let after = Body::Plan(plan).write().unwrap();
    let rows = rows(Kind::Plan, &before, &after, &|_| None);
    let changed: Vec<(&str, Option<Layer>)> =
        rows.iter().filter(|r| r.is_changed()).map(|r| (r.name.as_str(), r.layer())).collect();
    assert_eq!(changed, [("What my supervisor will do", Some(Layer::Shared))]);
    assert_eq!(rows[0].name, "Where I want to be in five years", "in the order of the page");
}
