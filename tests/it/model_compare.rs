//! Two versions of a record side by side, in words.

use cairn::model::compare::{Fate, Row, changed, pieces, rows, summary};
use cairn::model::{Kind, Layer};
use proptest::prelude::*;
use serde_json::{Value, json};

fn differ(kind: Kind, before: &Value, after: &Value) -> Vec<Row> {
    changed(kind, before, after, &|_| Some("Amina".to_owned()))
}

fn told(rows: &[Row]) -> Vec<(&str, &str, &str)> {
    let text = |side: &'_ Option<String>| -> &'static str {
        side.clone().unwrap_or_else(|| "nothing".to_owned()).leak()
    };
    rows.iter().map(|row| (row.name.as_str(), text(&row.before), text(&row.after))).collect()
}

#[test]
fn what_is_known_of_a_person_is_told_by_its_name_on_the_form() {
    let before = json!({ "name": "Amina Larkspur", "stage": "IMT2", "wte": 60 });
    let after = json!({ "name": "Amina Larkspur", "stage": "IMT3", "wte": 60,
        "arcp_date": "2027-06-09", "placements": [
            { "post": "acute medicine", "site": "Thornbury General", "from": "2026-08-05",
              "to": "2027-02-02" }] });
    assert_eq!(
        told(&differ(Kind::Person, &before, &after)),
        [
            ("Stage", "IMT2", "IMT3"),
            ("ARCP date", "nothing", "9 June 2027"),
            (
                "Placement",
                "nothing",
                "acute medicine, Thornbury General, 5 August 2026 to 2 February 2027"
            ),
        ]
    );
}

#[test]
fn evidence_capabilities_and_people_are_told_in_words() {
    let body = |kind: &str, answer: Value| {
        json!({ "title": "Plan", "date": "2026-11-24", "sections": [
            { "title": "Now", "items": [
                { "prompt": { "id": "it", "text": "Which?", "layer": "shared", "kind": kind,
                  "list": "gpc" }, "layer": "shared", "answer": answer }] }] })
    };
    let told_of = |kind: &str, answer: Value| -> String {
        let rows = differ(Kind::Session, &body(kind, Value::Null), &body(kind, answer));
        rows[0].after.clone().unwrap()
    };
    let evidence = json!({ "evidence": [
        { "what": "CBD", "date": "2026-11-03", "place": "Portfolio" },
        { "what": "" },
        { "what": "A letter" }] });
    assert_eq!(told_of("evidence", evidence), "CBD, 3 November 2026, Portfolio\nA letter");
    let rated = json!({ "capability": [
        { "code": "2", "title": "Professional skills", "rating": 4, "words": "Leads the round" },
        { "title": "Teaching", "words": "Not seen yet" },
        { "title": "Audit" }] });
    assert_eq!(
        told_of("capability", rated),
        "Professional skills: 4 of 5. Leads the round\nTeaching: Not seen yet\nAudit"
    );
    assert_eq!(told_of("person", json!({ "person": "Dr Fern Hollow" })), "Dr Fern Hollow");
}

#[test]
fn an_answer_is_told_by_its_question_and_keeps_its_layer() {
    let body = |layer: &str, answer: Value| {
        json!({ "title": "Mid-point review", "date": "2026-11-24", "sections": [
            { "title": "How it is going", "items": [
                { "prompt": { "id": "hard", "text": "What has been hard?", "layer": "shared",
                  "kind": "text" }, "layer": layer, "answer": answer }] }] })
    };
    let before = body("shared", json!({ "text": "Nights." }));
    let after = body("private", json!({ "text": "Nights in October." }));
    let rows = differ(Kind::Session, &before, &after);
    assert_eq!(
        told(&rows),
        [
            ("Who reads “What has been hard?”", "Shared", "Private to me"),
            ("What has been hard?", "Nights.", "Nights in October."),
        ]
    );
    assert_eq!(rows[1].layer, (Some(Layer::Shared), Some(Layer::Private)));
    assert_eq!(summary(&rows), "1 layer and 1 answer");
    // The whole page: what did not change is there, too, but not how it is built.
    let whole = cairn::model::compare::rows(Kind::Session, &before, &before, &|_| None);
    let names: Vec<&str> = whole.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Title", "Day", "What has been hard?"]);
}

#[test]
fn an_action_is_told_in_the_words_of_its_row() {
    let before = json!({ "text": "Debrief", "owner": "me", "due": "2026-12-04", "state": "open",
        "layer": "shared", "made": "2026-11-24" });
    let mut after = before.clone();
    after["state"] = json!("done");
    after["settled"] = json!("2026-12-01");
    after["due"] = json!("2026-12-05");
    assert_eq!(
        told(&differ(Kind::Action, &before, &after)),
        [
            ("Due date", "4 December 2026", "5 December 2026"),
            ("How far it is", "Not yet", "Done"),
            ("Answered on", "nothing", "1 December 2026"),
        ]
    );
}

#[test]
fn a_note_that_was_changed_is_one_row_and_one_that_went_is_another() {
    let before =
        json!({ "margin": [{ "text": "Ask Farah." }, { "beside": "x", "text": "Gone." }] });
    let after = json!({ "margin": [{ "text": "Ask Farah first." }] });
    let rows = differ(Kind::Session, &before, &after);
    assert_eq!(
        told(&rows),
        [("Private note", "Ask Farah.", "Ask Farah first."), ("Beside “x”", "Gone.", "nothing")]
    );
    assert_eq!(summary(&rows), "2 private notes");
    assert!(rows.iter().all(|row| row.layer() == Some(Layer::Private)));
}

#[test]
fn changed_words_stand_together() {
    let told = |before: &str, after: &str| -> String {
        let sign = |fate| match fate {
            Fate::Kept => "",
            Fate::Removed => "-",
            Fate::Added => "+",
        };
        let pieces = pieces(before, after).into_iter();
        pieces.map(|piece| format!("[{}{}]", sign(piece.fate), piece.text)).collect()
    };
    assert_eq!(
        told("about the lady in bed 4 and went home", "about a patient on nights and went home"),
        "[about ][-the lady in bed 4][+a patient on nights][ and went home]"
    );
    assert_eq!(told("", "new"), "[+new]");
    assert_eq!(told("same", "same"), "[same]");
}

#[test]
fn a_text_too_long_to_compare_word_by_word_is_still_told() {
    let (before, after) = ("old ".repeat(15_000), "new ".repeat(15_000));
    let pieces = pieces(&before, &after);
    assert_eq!(pieces.iter().map(|p| p.fate).collect::<Vec<_>>(), [Fate::Removed, Fate::Added]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_pieces_hold_both_texts_to_the_letter(
        before in "([a-c]{1,2}[ \n]){0,12}",
        after in "([a-c]{1,2}[ \n.]){0,12}",
    ) {
        let of = |without: Fate| -> String {
            let kept = pieces(&before, &after).into_iter().filter(|piece| piece.fate != without);
            kept.map(|piece| piece.text).collect()
        };
        prop_assert_eq!(of(Fate::Added), before.as_str());
        prop_assert_eq!(of(Fate::Removed), after.as_str());
    }

    #[test]
    fn any_two_bodies_can_be_set_side_by_side(before in body(), after in body()) {
        for kind in [Kind::Session, Kind::Person, Kind::Action, Kind::Settings, Kind::Goal] {
            let all = rows(kind, &before, &after, &|_| None);
            prop_assert!(all.iter().all(|row| !row.name.is_empty()));
            let back = changed(kind, &after, &before, &|_| None);
            prop_assert_eq!(back.is_empty(), all.iter().all(|row| !row.is_changed()));
        }
    }
}

/// Bodies of no particular form, with the names that mean something now and then.
fn body() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..5_u32).prop_map(Value::from),
        "[a-z ]{0,8}".prop_map(Value::from),
        Just(json!("2026-11-24")),
    ];
    let key = prop::sample::select(vec![
        "title",
        "sections",
        "items",
        "prompt",
        "id",
        "layer",
        "answer",
        "margin",
        "arcp",
        "tags",
        "text",
        "placements",
        "other_thing",
        "hold",
        "template",
    ]);
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key.clone(), inner, 0..5)
                .prop_map(|map| map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}
