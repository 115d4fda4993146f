//! What a report needs, held against a year of records.

use cairn::export::readiness::{About, Check, Ground, Standing, checks};
use cairn::export::summary::Summary;
use cairn::model::time_out::REVIEW_DAYS;
use cairn::model::training::AttemptResult;
use cairn::model::{
    Absence, AbsenceKind, Action, Attempt, Exam, Id, Layer, Owner, Person, Session,
};
use jiff::civil::date;

use super::records::{Records, action, amina, id};

fn checked(records: &Records) -> Vec<Check> {
    let summary = records.summary();
    checked_with(records, &summary)
}

fn checked_with(records: &Records, summary: &Summary) -> Vec<Check> {
    let sessions: Vec<(Id, &Session)> = records.sessions.iter().map(|(i, s)| (*i, s)).collect();
    let actions: Vec<(Id, &Action)> = records.actions.iter().map(|(i, a)| (*i, a)).collect();
    checks(&Ground {
        person: &records.person,
        summary,
        sessions: &sessions,
        actions: &actions,
        expected: &[],
        capabilities: None,
        today: date(2027, 5, 20),
    })
}

fn one(checks: &[Check], about: About) -> (Standing, &str) {
    let found = checks.iter().find(|check| check.about == about).unwrap();
    (found.standing, &found.words)
}

#[test]
fn a_year_says_what_is_there_and_what_is_missing() {
    let records = amina();
    let checks = checked(&records);
    let order: Vec<About> = checks.iter().map(|check| check.about).collect();
    assert_eq!(order, About::ALL);
    assert_eq!(one(&checks, About::DoctorsWords).0, Standing::Done);
    assert_eq!(one(&checks, About::Exams).0, Standing::Done);
    let (standing, words) = one(&checks, About::FormR);
    assert_eq!(standing, Standing::Gap, "{words}");
    let (standing, words) = one(&checks, About::Evidence);
    assert!(standing == Standing::Gap && words.contains("Communication and shared"), "{words}");
    let (standing, words) = one(&checks, About::Actions);
    assert!(standing == Standing::Gap && words.contains("are still open"), "{words}");
    assert_eq!(one(&checks, About::Meetings).0, Standing::NotHere);
    assert_eq!(one(&checks, About::TimeOut).0, Standing::NotHere);
    for check in &checks {
        assert!(check.words.ends_with('.') && !check.words.contains(['%', '!']), "{check:?}");
    }
}

#[test]
fn exams_tell_attempts_and_cap_and_time_away_the_fourteen_days() {
    let mut records = amina();
    let person = &mut records.person;
    person.exams = vec![Exam {
        name: "PACES".to_owned(),
        cap: Some(6),
        next: Some(date(2027, 6, 30)),
        ..Exam::default()
    }];
    let failed = Attempt { exam: "PACES".to_owned(), ..Attempt::default() };
    person.attempts = vec![Attempt { result: AttemptResult::NotPassed, ..failed }];
    let away = Absence {
        kind: AbsenceKind::Sickness,
        from: date(2027, 1, 4),
        to: Some(date(2027, 1, 12)),
        ..Absence::default()
    };
    person.absences = vec![away.clone()];
    let checks = checked(&records);
    let (_, words) = one(&checks, About::Exams);
    assert!(words.contains("PACES, 1 of 6 attempts used, next on 30 June 2027"), "{words}");
    let (standing, words) = one(&checks, About::TimeOut);
    assert!(standing == Standing::Done && words.contains("9 days"), "{words}");

    records.person.absences =
        vec![Absence { from: date(2027, 1, 4), to: Some(date(2027, 1, 29)), ..away }];
    let checks = checked(&records);
    let (standing, words) = one(&checks, About::TimeOut);
    assert_eq!(standing, Standing::Gap);
    assert!(words.contains(&format!("More than {REVIEW_DAYS}")), "{words}");
}

#[test]
fn an_empty_record_is_told_calmly() {
    let mut records = amina();
    records.sessions.clear();
    records.actions.clear();
    records.person = Person { name: "Dr Mei Fernhollow".to_owned(), ..Person::default() };
    let checks = checked(&records);
    let gaps: Vec<About> =
        checks.iter().filter(|it| it.standing == Standing::Gap).map(|it| it.about).collect();
    assert_eq!(gaps, [About::FormR, About::DoctorsWords]);
    assert!(checks.iter().all(|check| check.standing != Standing::Done));
}

#[test]
fn an_action_that_only_the_writer_reads_is_not_told() {
    let mut records = amina();
    records.actions.clear();
    records.actions.push((id(60), action("Ask occupational health", Owner::Me, Layer::Private)));
    let checks = checked(&records);
    let (standing, words) = one(&checks, About::Actions);
    assert_eq!(standing, Standing::NotHere, "{words}");
}
