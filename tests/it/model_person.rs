//! What is known about a person: old records still read, every list merges member by member,
//! and history tells it in words.

use cairn::app::part::{Part, PartForm, Problems, ReadOn, Slot};
use cairn::model::compare::{changed, summary};
use cairn::model::fields::no_wider;
use cairn::model::merge::{Merged, Version, merge};
use cairn::model::natural_date::Known;
use cairn::model::person::is_same_exam;
use cairn::model::{
    Absence, AbsenceKind, Attempt, AttemptResult, Body, Entry, Exam, Goal, Id, Kind, Layer,
    PartTime, Person, Placement,
};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

const TODAY: Date = date(2026, 11, 24);

fn id(number: u128) -> Id {
    Id::new(1_790_000_000_000, number)
}

/// A person with something in every field.
fn full() -> Value {
    json!({
        "name": "Dr Amina Larkspur", "short_name": "Amina", "say": "ah-MEE-nah", "stage": "IMT2",
        "programme": "acute medicine", "wte": 80, "arcp_date": "2027-06-09",
        "next_exam": "PACES", "exam_date": "2027-02-20", "to_know": "Met her husband.",
        "adjustments": "No more than 3 nights in a row.", "adjustments_on": "2026-08-18",
        "cct_date": "2028-08-02",
        "placements": [
            { "id": id(1), "post": "acute medicine", "site": "Larchfield General",
              "from": "2026-08-05", "to": "2026-12-01", "supervisor": "Dr Farah Osierly",
              "wte": 80, "later": 1 },
            { "id": id(2), "post": "geriatric medicine", "from": "2026-12-02", "later": 1 }],
        "part_time": [{ "id": id(3), "from": "2026-08-05", "to": "2027-08-03", "wte": 80,
            "before": 100, "counted": true, "later": 1 }],
        "absences": [{ "id": id(4), "kind": "sickness", "from": "2026-09-01", "to": "2026-09-03",
            "days": 2, "rebate": 1, "counted": true, "later": 1 },
            { "id": id(14), "kind": "jury service", "from": "2026-10-05" }],
        "exams": [{ "id": id(5), "name": "PACES", "next": "2027-02-20", "booked": true, "cap": 6,
            "cap_of": "2024-01-01", "later": 1 }],
        "attempts": [{ "id": id(6), "exam": "Part 2 Written", "date": "2026-01-14",
            "result": "not_passed", "later": 1 },
            { "id": id(16), "exam": "Part 1", "result": "deferred" }],
        "past_arcps": [{ "id": id(7), "date": "2026-06-10", "outcome": "1", "later": 1 }],
        "goals": [{ "id": id(8), "text": "Lead the take by day", "since": "2026-08-18",
            "progress": "Twice, with support", "done": "2026-11-02", "layer": "shared",
            "later": 1 }],
        "next_meeting": { "date": "2026-11-24", "time": "14:30:00", "minutes": 40,
            "place": "Education centre", "template": "mid-point-review", "later": 1 },
        "archived": true, "handed_over": { "on": "2027-08-04", "to": "Dr Marshwood", "later": 1 },
        "keep_until": "2028-08-31", "hold": { "since": "2026-11-01", "why": "a request" },
        "source_id": "t7", "later": { "kept": true }
    })
}

#[test]
fn every_field_comes_back_as_it_was_and_so_do_those_of_a_newer_version() {
    let person: Person = serde_json::from_value(full()).unwrap();
    assert_eq!(serde_json::to_value(&person).unwrap(), full());
    assert_eq!(person.absences[1].kind, AbsenceKind::Other("jury service".to_owned()));
    assert_eq!(person.attempts[1].result, AttemptResult::Other("deferred".to_owned()));
    for kind in AbsenceKind::ALL {
        let written = serde_json::to_value(&kind).unwrap();
        assert_eq!(serde_json::from_value::<AbsenceKind>(written).unwrap(), kind);
    }
}

#[test]
fn a_record_of_an_earlier_version_reads_and_gains_nothing() {
    let old = json!({ "name": "Dr Amina Larkspur", "stage": "IMT2", "placements": [
        { "post": "acute medicine", "site": "Thornbury General", "from": "2026-08-05",
          "to": "2027-02-02" }] });
    let person: Person = serde_json::from_value(old.clone()).unwrap();
    assert!(person.placements[0].holds(TODAY));
    assert_eq!(serde_json::to_value(&person).unwrap(), old);
    let mut same = person.clone();
    same.give_ids(Some(&person), || panic!("nothing here is new"));
    assert_eq!(same, person);
}

/// What two computers made of one person, side by side.
fn side_by_side(base: &Value, a: impl Fn(&mut Value), b: impl Fn(&mut Value)) -> Merged {
    let first = Entry::new(Kind::Person, id(99), vec![], base.clone()).unwrap();
    let edit = |edit: &dyn Fn(&mut Value)| {
        let mut body = base.clone();
        edit(&mut body);
        Entry::new(Kind::Person, id(99), vec![first.rev], body).unwrap()
    };
    let (a, b) = (edit(&a), edit(&b));
    let versions: Vec<Version<'_>> = [&first, &a, &b]
        .iter()
        .map(|entry| Version {
            rev: entry.rev,
            parents: &entry.parents,
            body: &entry.body,
            writes: &[],
        })
        .collect();
    merge(Kind::Person, &versions, &[a.rev, b.rev]).unwrap()
}

#[test]
fn lists_merge_member_by_member_and_nobody_is_asked() {
    let merged = side_by_side(
        &full(),
        |one| {
            one["placements"][0]["supervisor"] = json!("Dr Elm");
            one["goals"][0]["progress"] = json!("Weekly now");
            one["attempts"].as_array_mut().unwrap().push(
                json!({ "id": id(20), "exam": "PACES", "date": "2026-11-20", "result": "passed" }),
            );
        },
        |one| {
            one["placements"][1]["to"] = json!("2027-04-06");
            one["goals"]
                .as_array_mut()
                .unwrap()
                .push(json!({ "id": id(21), "text": "Pass PACES", "since": "2026-11-20",
                        "layer": "private" }));
            one["absences"].as_array_mut().unwrap().remove(0);
            one["exams"][0]["next"] = json!("2027-06-05");
        },
    );
    assert_eq!(merged.conflicts, []);
    let person: Person = serde_json::from_value(merged.body).unwrap();
    assert_eq!(person.placements[0].supervisor, "Dr Elm");
    assert_eq!(person.placements[1].to, Some(date(2027, 4, 6)));
    assert_eq!(person.goals[0].progress, "Weekly now");
    assert_eq!(person.goals[1].text, "Pass PACES");
    assert_eq!(person.attempts.len(), 3);
    assert_eq!(person.absences.len(), 1);
    assert_eq!(person.exams[0].next, Some(date(2027, 6, 5)));
}

#[test]
fn members_that_look_alike_are_told_apart_by_their_ids() {
    // The same exam and result: without ids these would be one attempt.
    let attempt = |number: u128| json!({ "id": id(number), "exam": "PACES", "result": "passed" });
    let base = json!({ "name": "A", "attempts": [attempt(1), attempt(2)] });
    let merged = side_by_side(
        &base,
        |one| one["attempts"][0]["date"] = json!("2026-01-02"),
        |one| one["attempts"][1]["date"] = json!("2026-05-06"),
    );
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.body["attempts"][0]["date"], "2026-01-02");
    assert_eq!(merged.body["attempts"][1]["date"], "2026-05-06");
}

#[test]
fn the_same_member_changed_on_both_sides_is_asked_about_and_no_other() {
    let merged = side_by_side(
        &full(),
        |one| one["placements"][0]["supervisor"] = json!("Dr Elm"),
        |one| one["placements"][0]["supervisor"] = json!("Dr Oak"),
    );
    assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
    assert_eq!(merged.body["placements"].as_array().unwrap().len(), 2);
}

#[test]
fn placements_of_an_earlier_version_get_ids_where_they_change_and_still_merge() {
    let placement =
        |post: &str, from: &str, to: &str| json!({ "post": post, "from": from, "to": to });
    let base = json!({ "name": "A", "placements": [
        placement("acute medicine", "2026-08-05", "2026-12-01"),
        placement("geriatrics", "2026-12-02", "2027-04-06")] });
    let before: Person = serde_json::from_value(base.clone()).unwrap();
    let mut after = before.clone();
    after.placements[0].supervisor = "Dr Elm".to_owned();
    let mut made = 0;
    after.give_ids(Some(&before), || {
        made += 1;
        id(made)
    });
    assert_eq!(made, 1);
    assert_eq!((after.placements[0].id, after.placements[1].id), (Some(id(1)), None));
    let merged = side_by_side(
        &base,
        |one| *one = serde_json::to_value(&after).unwrap(),
        |one| one["placements"][1]["site"] = json!("Saltmarsh"),
    );
    assert_eq!(merged.conflicts, []);
    let person: Person = serde_json::from_value(merged.body).unwrap();
    assert_eq!(person.placements.len(), 2);
    assert_eq!(person.placements[0].supervisor, "Dr Elm");
    assert_eq!(person.placements[1].site, "Saltmarsh");
}

#[test]
fn two_members_with_one_id_are_both_kept_and_get_ids_of_their_own() {
    let goal = |text: &str| json!({ "id": id(1), "text": text, "since": "2026-08-18" });
    let base = json!({ "name": "A", "goals": [goal("One"), goal("Two")] });
    let merged =
        side_by_side(&base, |one| one["stage"] = json!("F1"), |one| one["wte"] = json!(60));
    assert_eq!(merged.body["goals"].as_array().unwrap().len(), 2);
    let mut person: Person = serde_json::from_value(base).unwrap();
    let before = person.clone();
    person.give_ids(Some(&before), || id(7));
    assert_eq!((person.goals[0].id, person.goals[1].id), (Some(id(1)), Some(id(7))));
    assert_eq!(person.goals[0].layer, Layer::Private, "the narrowest, where none is said");
}

#[test]
fn history_tells_every_field_in_words() {
    let rows = changed(Kind::Person, &json!({}), &full(), &|_| None);
    let told: Vec<String> = rows
        .iter()
        .map(|row| format!("{}: {}", row.name, row.after.clone().unwrap_or_default()))
        .collect();
    for words in [
        "How to say it: ah-MEE-nah",
        "Next meeting: 24 November 2026, 14:30, 40 minutes, Education centre",
        "End of the programme on record: 2 August 2028",
        "Adjustments written on: 18 August 2026",
        "Handed over: 4 August 2027, to Dr Marshwood",
        "Keep until: 31 August 2028",
        "Hold against erasing: Since 1 November 2026: a request",
        "Placement: acute medicine, Larchfield General, 5 August 2026 to 1 December 2026, \
         clinical supervisor Dr Farah Osierly, 80%",
        "Placement: geriatric medicine, from 2 December 2026",
        "Less than full time: 80%, instead of 100%, 5 August 2026 to 3 August 2027, in the end \
         date on record",
        "Time away from training: Sickness, 1 September 2026 to 3 September 2026, days lost: 2, \
         days that count: 1, in the end date on record",
        "Time away from training: jury service, from 5 October 2026",
        "Exam: PACES, next sitting 20 February 2027, booked. At most 6, by the rule of January 2024",
        "Exam attempt: Part 2 Written, 14 January 2026, not passed",
        "ARCP panel: 10 June 2026, outcome 1",
        "Goal: Lead the take by day\nSince 18 August 2026\nProgress: Twice, with support\n\
         Reached 2 November 2026\nShared",
    ] {
        assert!(told.iter().any(|said| said == words), "{words}\n{told:#?}");
    }
    let layer = |name: &str| rows.iter().find(|row| row.name == name).unwrap().layer();
    assert_eq!(layer("What to know"), Some(Layer::Private));
    assert_eq!(layer("Adjustments"), Some(Layer::Shared));
    assert_eq!(layer("Goal"), Some(Layer::Shared));
    let mut after = full();
    after["goals"] = json!([]);
    after["part_time"].as_array_mut().unwrap().push(json!({ "from": "2027-08-04", "wte": 60 }));
    after["part_time"].as_array_mut().unwrap().push(json!({ "from": "2028-08-04", "wte": 50 }));
    let rows = changed(Kind::Person, &full(), &after, &|_| None);
    assert_eq!(summary(&rows), "1 goal and 2 times of less than full time");
}

#[test]
fn bringing_back_an_older_version_shows_a_goal_to_no_more_readers() {
    let mut now = full();
    now["goals"][0]["layer"] = json!("private");
    let back = no_wider(Kind::Person, &full(), &now);
    assert_eq!(back["goals"][0]["layer"], "private");
    assert_eq!(back["goals"][0]["text"], "Lead the take by day");
}

/// Types into a part of the full person and reads it back.
fn saved(part: Part, at: Option<usize>, typed: &[(Slot, &str)]) -> Result<Person, Problems> {
    let held: Person = serde_json::from_value(full()).unwrap();
    let mut form = PartForm::of(id(99), part, at, &held);
    for (slot, words) in typed {
        form.typed.insert(*slot, (*words).to_owned());
    }
    form.read(&held, ReadOn { today: TODAY, known: &Known::default() })
}

#[test]
fn saving_a_part_changes_only_what_is_in_it() {
    let held: Person = serde_json::from_value(full()).unwrap();
    let name = [(Slot::Name, " Dr  Amina Larkspur "), (Slot::Stage, "IMT3")];
    let after = saved(Part::Name, None, &name).unwrap();
    assert_eq!(after, Person { stage: "IMT3".to_owned(), ..held.clone() });
    // Every part that is opened and saved as it is leaves the person as they were, but for the
    // exam that was known in words alone.
    let together = held.with_exams_together();
    for (part, at) in [
        (Part::Programme, None),
        (Part::Placement, Some(1)),
        (Part::PartTime, Some(0)),
        (Part::Absence, Some(0)),
        (Part::Absence, Some(1)),
        (Part::Panel, Some(0)),
        (Part::Goal, Some(0)),
        (Part::Meeting, None),
        (Part::Adjustments, None),
        (Part::ToKnow, None),
        (Part::KeepUntil, None),
        (Part::HandedOver, None),
    ] {
        assert_eq!(saved(part, at, &[]).unwrap(), held, "{part:?}");
    }
    for (part, at) in [(Part::Exam, Some(0)), (Part::Attempt, Some(0)), (Part::Attempt, Some(1))] {
        assert_eq!(saved(part, at, &[]).unwrap(), together, "{part:?}");
    }
    assert_eq!((together.next_exam.as_str(), together.exam_date), ("", None));
    assert_eq!(together.exams.len(), 1, "it is the same exam");
}

#[test]
fn an_exam_known_in_words_alone_moves_into_the_list_with_the_next_save_of_one() {
    let held = Person {
        next_exam: "PACES".to_owned(),
        exam_date: Some(date(2027, 2, 20)),
        ..Person::default()
    };
    let mut form = PartForm::of(id(99), Part::Exam, None, &held);
    form.typed.insert(Slot::Exam, "Part 1".to_owned());
    let after = form.read(&held, ReadOn { today: TODAY, known: &Known::default() }).unwrap();
    assert_eq!((after.next_exam.as_str(), after.exam_date), ("", None));
    let names: Vec<_> = after.exams.iter().map(|one| (one.name.as_str(), one.next)).collect();
    assert_eq!(names, [("PACES", Some(date(2027, 2, 20))), ("Part 1", None)]);
    assert_eq!(after.sittings_ahead(TODAY), held.sittings_ahead(TODAY));
}

#[test]
fn an_exam_that_is_renamed_keeps_its_attempts() {
    let typed = [(Slot::Exam, "MRCP(UK) Part 2")];
    let mut held: Person = serde_json::from_value(full()).unwrap();
    held.attempts[0].exam = "paces".to_owned();
    held.exams[0].id = None;
    let mut form = PartForm::of(id(99), Part::Exam, Some(0), &held);
    form.typed.insert(typed[0].0, typed[0].1.to_owned());
    let after = form.read(&held, ReadOn { today: TODAY, known: &Known::default() }).unwrap();
    assert_eq!(after.exams.len(), 1);
    assert_eq!(after.exams[0].name, "MRCP(UK) Part 2");
    assert_eq!(after.attempts_at("MRCP(UK) Part 2").len(), 1);
}

#[test]
fn bad_dates_and_numbers_are_said_where_they_are() {
    let problems = |part, typed: &[(Slot, &str)]| saved(part, None, typed).unwrap_err();
    let placement = problems(
        Part::Placement,
        &[
            (Slot::Post, "Cardiology"),
            (Slot::From, "31 June 2027"),
            (Slot::To, "29 February 2027"),
            (Slot::Wte, "120"),
        ],
    );
    assert_eq!(placement[&Slot::From], "There is no 31 June. Did you mean 30 June?");
    assert!(placement[&Slot::To].starts_with("There is no 29 February 2027."));
    assert_eq!(placement[&Slot::Wte], "Type a whole number from 1 to 100");
    let backwards = [(Slot::Post, "A"), (Slot::From, "5 May 2027"), (Slot::To, "1 May 2027")];
    let backwards = problems(Part::Placement, &backwards);
    assert_eq!(backwards[&Slot::To], "The last day is before the first. Check the dates");
    let part_time = problems(Part::PartTime, &[(Slot::Wte, "5"), (Slot::From, "soon")]);
    assert_eq!(part_time[&Slot::Wte], "Type a whole number from 10 to 100");
    assert!(part_time.contains_key(&Slot::From));
    let meeting = problems(Part::Meeting, &[(Slot::Day, ""), (Slot::Time, "25:10")]);
    assert_eq!(meeting[&Slot::Time], "Type a time like 14:30 or 2.30 pm");
    assert!(meeting.contains_key(&Slot::Day));
}

#[test]
fn a_time_is_read_as_people_write_it() {
    let read = |words: &str| {
        let typed = [(Slot::Day, "next Friday"), (Slot::Time, words)];
        saved(Part::Meeting, None, &typed).unwrap().next_meeting.unwrap()
    };
    for (words, hour, minute) in [
        ("14:30", 14, 30),
        ("14.30", 14, 30),
        ("1430", 14, 30),
        ("2.30 pm", 14, 30),
        ("9am", 9, 0),
        ("12 am", 0, 0),
        ("12pm", 12, 0),
        ("noon", 12, 0),
    ] {
        let meeting = read(words);
        assert_eq!(meeting.time, jiff::civil::Time::new(hour, minute, 0, 0).ok(), "{words}");
        assert_eq!(meeting.minutes, Some(40), "the rest stays");
    }
}

#[test]
fn the_working_time_of_a_day_is_the_nearest_that_is_known() {
    let mut person = Person::default();
    assert_eq!(person.wte_on(TODAY), 100);
    person.wte = Some(90);
    assert_eq!(person.wte_on(TODAY), 90);
    let from = date(2026, 8, 5);
    person.placements = vec![Placement {
        from,
        to: Some(date(2026, 12, 1)),
        wte: Some(80),
        ..Placement::default()
    }];
    assert_eq!(person.wte_on(TODAY), 80);
    assert_eq!(person.wte_on(date(2026, 12, 2)), 90);
    person.part_time = vec![PartTime { from: date(2026, 11, 1), wte: 60, ..PartTime::default() }];
    assert_eq!(person.wte_on(TODAY), 60);
}

#[test]
fn attempts_are_counted_against_the_cap() {
    let attempt = |result: AttemptResult| Attempt {
        exam: "mrcp(uk)  paces".to_owned(),
        result,
        ..Attempt::default()
    };
    let mut person = Person {
        attempts: vec![
            attempt(AttemptResult::NotPassed),
            attempt(AttemptResult::Absent),
            attempt(AttemptResult::Withdrawn),
        ],
        ..Person::default()
    };
    let paces = Exam { name: "MRCP(UK) PACES".to_owned(), cap: Some(6), ..Exam::default() };
    assert_eq!(person.attempts_used(&paces), (2, Some(4)));
    let few = Exam { cap: Some(1), ..paces.clone() };
    assert_eq!(person.attempts_used(&few), (2, Some(0)));
    assert_eq!(person.attempts_used(&Exam { cap: None, ..paces.clone() }), (2, None));
    person.exams = vec![paces];
    person.rename_exam("MRCP(UK) PACES", "PACES");
    assert_eq!(person.attempts_at("PACES").len(), 3);
    assert!(is_same_exam(&person.exams[0].name, "paces"));
}

#[test]
fn the_sittings_ahead_come_from_the_list_and_from_the_short_form_once_each() {
    let exam =
        |name: &str, next: Option<Date>| Exam { name: name.to_owned(), next, ..Exam::default() };
    let person = Person {
        next_exam: "paces".to_owned(),
        exam_date: Some(date(2027, 2, 20)),
        exams: vec![
            exam("SCE", Some(date(2027, 9, 1))),
            exam("PACES", Some(date(2027, 2, 20))),
            exam("Part 1", Some(date(2026, 1, 1))),
            exam("Part 2", None),
        ],
        ..Person::default()
    };
    let ahead = person.sittings_ahead(TODAY);
    assert_eq!(ahead, [("PACES", date(2027, 2, 20)), ("SCE", date(2027, 9, 1))]);
}

#[test]
fn what_is_known_is_found_by_search_in_its_layer() {
    let body = Body::Person(serde_json::from_value(full()).unwrap());
    let fields = cairn::model::text::fields(&body);
    let layer = |text: &str| fields.iter().find(|field| field.text.contains(text)).unwrap().layer;
    assert_eq!(layer("husband"), Layer::Private);
    assert_eq!(layer("3 nights"), Layer::Shared);
    assert_eq!(layer("Osierly"), Layer::Shared);
    assert_eq!(layer("Lead the take"), Layer::Shared);
    let goal = Goal {
        id: None,
        text: "Quiet hope".to_owned(),
        since: TODAY,
        progress: String::new(),
        done: None,
        dropped: None,
        reason: String::new(),
        layer: Layer::Private,
        extra: cairn::model::Extra::new(),
    };
    let body = Body::Person(Person {
        goals: vec![goal],
        absences: vec![Absence::default()],
        ..Person::default()
    });
    assert_eq!(cairn::model::text::fields(&body)[0].layer, Layer::Private);
}
